//! Uploads that are never held in memory as a whole.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::bodies::Probe;
use crate::runtime::{Body, Call, Client, Error, ErrorKind, File, Request, Style, TransportError, Upload};

/// A stream of chunks, or of an error.
pub struct Chunks(VecDeque<Result<Bytes, String>>);

impl Chunks {
    pub fn of(chunks: &[&'static str]) -> Self {
        Self(chunks.iter().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))).collect())
    }

    fn breaking(mut self) -> Self {
        self.0.push_back(Err("the disk is gone".to_owned()));
        self
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, String>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// What the transport is given: headers, and the body read to its end.
type Read = (http::HeaderMap, Option<u64>, Result<Vec<u8>, TransportError>);

/// Reads what is sent.
#[derive(Clone, Default)]
struct Reading(std::sync::Arc<std::sync::Mutex<Vec<Read>>>);

impl crate::runtime::Transport for Reading {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> crate::runtime::BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            let length = body.length();
            let mut read = Ok(Vec::new());
            while let Some(chunk) = std::future::poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
                match (chunk, &mut read) {
                    (Ok(chunk), Ok(read)) => read.extend_from_slice(&chunk),
                    (Err(error), _) => {
                        read = Err(error);
                        break;
                    }
                    (Ok(_), Err(_)) => {}
                }
            }
            self.0.lock().unwrap().push((head.headers, length, read));
            Ok(http::Response::new(Body::empty()))
        })
    }

    fn sleep(&self, _: std::time::Duration) -> crate::runtime::BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

fn upload(upload: Upload) -> impl Fn(&mut Call) -> Result<(), Error> + Clone + Send + Sync + 'static {
    move |call| {
        call.path("arg", Style::Simple, "x")?;
        call.bytes("text/plain", upload.clone())
    }
}

async fn read(fill: impl Fn(&mut Call) -> Result<(), Error> + Clone + Send + Sync + 'static) -> Read {
    let transport = Reading::default();
    let client = Client::builder().transport(transport.clone()).build().unwrap();
    Request::new(&client, Probe(fill)).await.unwrap();
    transport.0.lock().unwrap().pop().unwrap()
}

#[tokio::test]
async fn a_stream_has_the_length_it_was_given_or_none() {
    let (headers, length, body) = read(upload(Upload::stream(Chunks::of(&["ab", "", "c"])))).await;
    assert_eq!((length, headers.get("content-length")), (None, None));
    assert_eq!(headers["content-type"], "text/plain");
    assert_eq!(body.unwrap(), b"abc");
    let (headers, length, body) = read(upload(Upload::stream(Chunks::of(&["ab", "c"])).with_length(3))).await;
    assert_eq!((length, &headers["content-length"]), (Some(3), &http::HeaderValue::from(3)));
    assert_eq!(body.unwrap(), b"abc");
    let body = Body::from_stream(Chunked(Chunks::of(&["ab"]))).with_length(2);
    assert_eq!(read(upload(body.into())).await.1, Some(2));
    assert_eq!(read(upload(Upload::from(Body::from("abc")).with_length(9))).await.1, Some(3));
}

/// Chunks as a transport gives them.
struct Chunked(Chunks);

impl Stream for Chunked {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.0).poll_next(context);
        next.map_err(|error| TransportError::new(crate::runtime::TransportErrorKind::Lost, error))
    }
}

#[tokio::test]
async fn a_stream_of_another_length_is_broken_off() {
    for length in [0, 2, 4] {
        let (.., body) = read(upload(Upload::stream(Chunks::of(&["ab", "c"])).with_length(length))).await;
        let source = std::error::Error::source(&body.unwrap_err()).unwrap().to_string();
        assert_eq!(source, "the stream has not the length that was announced", "{length}");
    }
    let (.., body) = read(upload(Upload::stream(Chunks::of(&["ab"]).breaking()))).await;
    assert_eq!(std::error::Error::source(&body.unwrap_err()).unwrap().to_string(), "the disk is gone");
}

#[tokio::test]
async fn a_stream_is_sent_once_and_not_lost_by_a_call_that_is_refused() {
    let transport = Reading::default();
    let client = Client::builder().transport(transport.clone()).build().unwrap();
    let request = Request::new(&client, Probe(upload(Upload::stream(Chunks::of(&["abc"])))));
    let refused = request.clone().header("no header", "x").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Argument);
    request.clone().await.unwrap();
    let again = request.await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Argument);
    assert!(again.to_string().contains("this stream was sent before"), "{again}");
    assert_eq!(transport.0.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_form_with_a_stream_is_one() {
    for length in [None, Some(3)] {
        let mut content = Upload::stream(Chunks::of(&["ab", "c"]));
        if let Some(length) = length {
            content = content.with_length(length);
        }
        let file = File::new("a.bin", content);
        let (headers, known, body) = read(move |call| {
            call.path("arg", Style::Simple, "x")?;
            call.part("kind", None, "note")?;
            call.file("file", None, &file)?;
            call.part("last", None, &1)
        })
        .await;
        let media = headers["content-type"].to_str().unwrap();
        let mark = media.strip_prefix("multipart/form-data; boundary=").unwrap();
        let disposition = "Content-Disposition: form-data; name=";
        let expected = format!(
            "--{mark}\r\n{disposition}\"kind\"\r\n\r\nnote\r\n\
             --{mark}\r\n{disposition}\"file\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n\
             --{mark}\r\n{disposition}\"last\"\r\n\r\n1\r\n--{mark}--\r\n"
        );
        assert_eq!(String::from_utf8(body.unwrap()).unwrap(), expected);
        assert_eq!(known, length.map(|_| expected.len() as u64));
        assert_eq!(headers.contains_key("content-length"), length.is_some());
    }
}

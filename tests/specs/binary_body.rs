//! Bytes and streams of them on their way up.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use spec_binary_body::{Body, Client, ErrorKind, File, Host, Upload};

use crate::server::{Answer, Server};

/// What a file read piece by piece would give.
struct Pieces(VecDeque<io::Result<Bytes>>);

impl Pieces {
    fn of(pieces: &[&'static str]) -> Self {
        Self(pieces.iter().map(|piece| Ok(Bytes::from_static(piece.as_bytes()))).collect())
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 7]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let files = client.files();
    files.store("a.pdf", vec![0, 159, 146]).await.expect("an answer");
    let request = server.request();
    assert_eq!((request.line.as_str(), &request.body[..]), ("PUT /files/a.pdf HTTP/1.1", &[0, 159, 146][..]));
    assert_eq!(request.header("content-type"), Some("application/pdf"));
    assert_eq!(request.header("content-length"), Some("3"));
    files.store("a.png", Upload::from("PNG").with_content_type("image/png")).await.expect("an answer");
    assert_eq!(server.request().header("content-type"), Some("image/png"));

    files.store("s", Upload::stream(Pieces::of(&["one, ", "", "two"]))).await.expect("an answer");
    let request = server.request();
    assert_eq!((request.header("transfer-encoding"), request.header("content-length")), (Some("chunked"), None));
    assert_eq!(request.text(), "one, two");
    let call = files.append("s").body(Upload::stream(Pieces::of(&["one, ", "two"])).with_length(8));
    call.clone().await.expect("an answer");
    let request = server.request();
    assert_eq!((request.header("transfer-encoding"), request.header("content-length")), (None, Some("8")));
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.text(), "one, two");
    let again = call.await.expect_err("a stream is read once");
    assert_eq!(again.kind(), ErrorKind::Argument);

    files.append("s").await.expect("an answer");
    let request = server.request();
    assert_eq!((request.header("content-type"), request.header("content-length")), (None, Some("0")));
    files.append("s").body(Body::from("")).await.expect("an answer");
    assert_eq!(server.request().header("content-type"), Some("application/octet-stream"), "empty is not absent");

    let film = File::new("f.mp4", Upload::stream(Pieces::of(&["on", "e"])));
    client.albums().create(film).await.expect("an answer");
    let request = server.request();
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    let mark = request.header("content-type").and_then(|media| media.split_once("boundary=")).expect("a boundary").1;
    let head =
        "Content-Disposition: form-data; name=\"film\"; filename=\"f.mp4\"\r\nContent-Type: application/octet-stream";
    assert_eq!(request.text(), format!("--{mark}\r\n{head}\r\n\r\none\r\n--{mark}--\r\n"));

    // A stream that breaks, or is longer or shorter than it said, ends the call: half a file is never a whole one.
    for (upload, broken) in [
        (Upload::stream(Pieces(VecDeque::from([Ok("a".into()), Err(io::Error::other("the disk is gone"))]))), true),
        (Upload::stream(Pieces::of(&["abc"])).with_length(2), true),
        (Upload::stream(Pieces::of(&["abc"])).with_length(4), true),
        (Upload::stream(Pieces::of(&["abc"])).with_length(3), false),
    ] {
        let whole = listen();
        let client = Client::builder().base_url(Host::Default, &whole.0).build().expect("a client");
        let result = client.files().store("s", upload).await;
        assert_eq!(result.is_err(), broken, "{result:?}");
        assert_eq!(whole.1.join().expect("the listener"), !broken);
    }
}

/// Says whether one whole request arrived, and answers it then.
fn listen() -> (String, std::thread::JoinHandle<bool>) {
    use std::io::{BufRead as _, Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).expect("a timeout");
        let mut reader = io::BufReader::new(stream);
        let mut length = None;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return false;
            }
            length = length.or_else(|| line.strip_prefix("content-length: ").and_then(|text| text.trim().parse().ok()));
            if line == "\r\n" {
                break;
            }
        }
        let is_whole = match length {
            Some(length) => reader.read_exact(&mut vec![0; length]).is_ok(),
            None => {
                let mut rest = Vec::new();
                let _ = reader.read_to_end(&mut rest);
                rest.ends_with(b"0\r\n\r\n")
            }
        };
        if is_whole {
            let _ = reader.get_mut().write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n");
        }
        is_whole
    });
    (url, thread)
}

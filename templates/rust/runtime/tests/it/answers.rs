//! What becomes of answers, and of their absence.

use std::error::Error as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::requests::client;
use crate::runtime::{Body, Client, DecodeError, Error, ErrorKind, TransportError, TransportErrorKind};
use crate::sample::ChargeStatus;
use crate::scripted::{Act, Scripted, response};

async fn create(transport: &Scripted) -> Error {
    client(transport).charges().create(1, "THB").idempotency_key("k-1").max_retries(0).await.unwrap_err()
}

async fn retrieve(transport: &Scripted) -> Error {
    client(transport).charges().retrieve("chrg_1").max_retries(0).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_has_all_it_came_in() {
    let body = r#"{"id":"chrg_1","status":"brand_new","extra":{"a":1}}"#;
    let mut given = response(201, body);
    given.headers_mut().insert("x-trace", "t-1".parse().unwrap());
    let transport = Scripted::new([Act::Answer(given)]);
    let answer = client(&transport).charges().retrieve("chrg_1").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(answer.request_id(), Some("t-1"));
    assert_eq!(answer.headers()["x-trace"], "t-1");
    assert_eq!(answer.body(), body);
    assert_eq!(answer.attempts(), 1);
    assert_eq!(answer.json().unwrap()["extra"]["a"], 1);
    assert_eq!(answer.status, ChargeStatus::Unknown("brand_new".to_owned()));
    assert_eq!(answer.amount, None);
    assert_eq!(answer.into_inner().id, "chrg_1");
}

#[tokio::test]
async fn an_error_answer_says_what_the_api_said() {
    let mut given = response(404, r#"{"object":"error","code":"not_found","message":"charge\nchrg_1 was not found"}"#);
    given.headers_mut().insert("x-request-id", "r-1".parse().unwrap());
    let error = create(&Scripted::new([Act::Answer(given)])).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.operation(), Some("charges.create"));
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.message(), "charge\nchrg_1 was not found");
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.idempotency_key(), Some("k-1"));
    assert_eq!(error.attempts(), 1);
    assert!(error.body().starts_with(b"{\"object\""));
    assert!(!error.is_retryable() && !error.outcome_unknown());
    assert_eq!(
        error.to_string(),
        "charges.create: HTTP 404 Not Found: not_found: charge chrg_1 was not found (request id r-1)"
    );
}

#[tokio::test]
async fn error_bodies_need_not_be_json() {
    let error = create(&Scripted::answering(502, "<html>Bad gateway</html>")).await;
    assert_eq!((error.kind(), error.code(), error.message()), (ErrorKind::Api, None, ""));
    assert_eq!(error.body(), "<html>Bad gateway</html>");
    assert_eq!(error.to_string(), "charges.create: HTTP 502 Bad Gateway; it may have been carried out");
    for odd in ["", "null", "[]", "\"x\"", r#"{"code":null}"#, r#"{"code":"#] {
        assert_eq!(create(&Scripted::answering(400, odd)).await.code(), None, "{odd}");
    }
    let error = create(&Scripted::answering(400, r#"{"code":17,"message":{"a":1}}"#)).await;
    assert_eq!((error.code(), error.message()), (Some("17"), r#"{"a":1}"#));
}

#[tokio::test]
async fn what_may_be_tried_again_and_what_may_have_happened() {
    for (status, retryable, unknown) in [
        (400, false, false),
        (401, false, false),
        (408, true, true),
        (409, false, false),
        (499, false, true),
        (600, false, true),
        (429, true, false),
        (500, true, true),
        (503, true, true),
        (302, false, true),
        (303, false, true),
        (307, false, false),
        (308, false, false),
    ] {
        let error = create(&Scripted::answering(status, "{}")).await;
        assert_eq!((error.is_retryable(), error.outcome_unknown()), (retryable, unknown), "{status}");
        let error = retrieve(&Scripted::answering(status, "{}")).await;
        assert_eq!((error.is_retryable(), error.outcome_unknown()), (retryable, false), "{status}");
    }
    for (kind, becomes, unknown) in [
        (TransportErrorKind::Connect, ErrorKind::Connect, false),
        (TransportErrorKind::Lost, ErrorKind::Lost, true),
        (TransportErrorKind::Invalid, ErrorKind::Config, false),
    ] {
        let error = create(&Scripted::new([Act::Fail(kind)])).await;
        assert_eq!((error.kind(), error.outcome_unknown()), (becomes, unknown));
        assert_eq!(error.is_retryable(), kind != TransportErrorKind::Invalid);
        assert_eq!(error.attempts(), 1);
        assert!(error.status().is_none() && error.headers().is_empty());
        let cause = error.source().unwrap().downcast_ref::<TransportError>().unwrap();
        assert_eq!(cause.source().unwrap().to_string(), "scripted");
    }
}

#[tokio::test]
async fn redirects_are_never_followed() {
    let mut given = response(307, "");
    given.headers_mut().insert("location", "https://evil.test/".parse().unwrap());
    let transport = Scripted::new([Act::Answer(given)]);
    let error = create(&transport).await;
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(error.headers()["location"], "https://evil.test/");
    assert_eq!(transport.seen().len(), 1);
}

#[tokio::test]
async fn a_call_ends_when_its_time_is_up() {
    let transport = Scripted::new([Act::Hang]).late();
    let error = client(&transport).charges().create(1, "THB").timeout(Duration::from_millis(1500)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable() && error.outcome_unknown());
    assert_eq!(transport.slept(), [Duration::from_millis(1500)]);
    let text = "charges.create: timeout: no answer within 1.5 seconds; it may have been carried out";
    assert_eq!(error.to_string(), text);

    let stuck = Act::Answer(http::Response::new(Body::from_stream(Stuck)));
    let error = retrieve(&Scripted::new([stuck]).late()).await;
    assert_eq!(error.kind(), ErrorKind::Timeout, "reading the body counts too");
}

struct Stuck;

impl futures_core::Stream for Stuck {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

/// A body of endless kilobytes that counts how many were taken.
struct Endless(Arc<AtomicUsize>);

impl futures_core::Stream for Endless {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Bytes::from_static(&[b' '; 1024]))))
    }
}

#[tokio::test]
async fn reading_stops_at_the_limit() {
    let taken = Arc::new(AtomicUsize::new(0));
    let mut endless = http::Response::new(Body::from_stream(Endless(Arc::clone(&taken))));
    endless.headers_mut().insert("x-echo", "for skey_1, nobody else".parse().unwrap());
    let transport = Scripted::new([Act::Answer(endless)]);
    let builder = Client::builder().secret_key("skey_1").max_response_bytes(10 * 1024);
    let client = builder.transport(transport).build().unwrap();
    let error = client.charges().create(1, "THB").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(error.outcome_unknown() && !error.is_retryable());
    assert_eq!(taken.load(Ordering::Relaxed), 11);
    let text = "charges.create: answer too large (HTTP 200 OK): more than 10240 bytes; it may have been carried out";
    assert_eq!(error.to_string(), text);
    let headers = format!("{:?}", error.headers());
    assert!(headers.contains("x-echo") && !headers.contains("skey_1"), "{headers}");
}

/// A body that breaks after its first bytes.
struct Breaking(bool);

impl futures_core::Stream for Breaking {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let first = std::mem::replace(&mut self.0, true);
        Poll::Ready(Some(match first {
            false => Ok(Bytes::from_static(b"{\"id\":")),
            true => Err(TransportError::new(TransportErrorKind::Lost, "reset")),
        }))
    }
}

#[tokio::test]
async fn a_body_that_breaks_leaves_the_status() {
    let broken = |status: u16| {
        let body = Body::from_stream(Breaking(false));
        Scripted::new([Act::Answer(http::Response::builder().status(status).body(body).unwrap())])
    };
    let error = create(&broken(200)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Lost, Some(StatusCode::OK)));
    assert!(error.outcome_unknown() && error.is_retryable());
    let error = create(&broken(404)).await;
    assert_eq!((error.kind(), error.outcome_unknown()), (ErrorKind::Api, false));
}

#[tokio::test]
async fn decode_errors_name_the_place_and_not_the_value() {
    let body = r#"[{"id":"chrg_1"},{"refund_of":{"amount":"4242424242424242"}}]"#;
    let mut given = response(200, body);
    given.headers_mut().insert("x-request-id", "r-2".parse().unwrap());
    let error = client(&Scripted::new([Act::Answer(given)])).charges().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!((error.status(), error.request_id()), (Some(StatusCode::OK), Some("r-2")));
    assert_eq!(error.body(), body);
    let cause = error.source().unwrap().downcast_ref::<DecodeError>().unwrap();
    assert_eq!((cause.path(), cause.line()), ("[1].refund_of.amount", 1));
    let text = error.to_string();
    assert!(text.contains("[1].refund_of.amount: invalid type: string, expected i64 at line 1 column"), "{text}");
    assert!(!format!("{error} {error:?} {cause:?}").contains("4242"));

    for malformed in ["", "{", "<html>", "[1]", "{\"id\":\"a\",}"] {
        let error = create(&Scripted::answering(200, malformed)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{malformed}");
        assert!(error.outcome_unknown(), "it was answered with success: sending it again may do it twice");
    }
}

#[test]
fn errors_are_small_and_travel() {
    fn travels<T: std::error::Error + Send + Sync + 'static>() {}
    travels::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

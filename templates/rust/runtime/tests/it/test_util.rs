//! What the crate gives to tests of code that uses it.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use serde_json::json;

use crate::runtime::test_util::{Reply, Sample, Sampled, Scripted, page_of, sample};
use crate::runtime::{Body, Client, ErrorKind, TransportErrorKind, Upload};
use crate::sample::{Charge, ChargeStatus};

impl Sampled for Charge {
    fn json() -> Cow<'static, str> {
        r#"{"id": "chrg_1", "amount": 100, "status": "failed"}"#.into()
    }
}

fn client(transport: &Scripted) -> Client {
    Client::builder().secret_key("skey_canary").public_key("pkey_canary").transport(transport.clone()).build().unwrap()
}

#[tokio::test]
async fn replies_are_given_in_order_and_requests_are_kept() {
    let api = Scripted::new();
    api.push(Reply::json(200, &sample::<Charge>().unwrap()).header("x-trace", "t-1"));
    api.push(Reply::json(404, &json!({"code": "not_found"})));
    let charges = client(&api).charges();
    let answer = charges.create(100, "THB").send().await.unwrap();
    assert_eq!((answer.id.as_str(), answer.request_id()), ("chrg_1", Some("t-1")));
    assert_eq!(charges.retrieve("chrg_2").await.unwrap_err().code(), Some("not_found"));
    assert_eq!(api.left(), 0);
    let requests = api.requests();
    let lines: Vec<_> = requests.iter().map(|sent| format!("{} {}", sent.method(), sent.path())).collect();
    assert_eq!(lines, ["POST /charges", "GET /charges/chrg_2"]);
    assert_eq!(requests[0].json::<serde_json::Value>().unwrap()["amount"], 100);
    assert_eq!(requests[0].header("authorization"), Some("Basic c2tleV9jYW5hcnk6"));
    let shown = format!("{api:?} {requests:?} {:?} {:?}", requests[0].headers(), Reply::bytes(200, "canary"));
    assert!(!shown.contains("canary") && !shown.contains("c2tleV9jYW5hcnk6"), "{shown}");
}

#[tokio::test]
async fn failures_are_retried_and_no_time_passes_but_on_its_clock() {
    let api = Scripted::new();
    api.push(Reply::failure(TransportErrorKind::Timeout));
    api.push(Reply::failure(TransportErrorKind::Connect));
    api.push(Reply::bytes(429, "").header("retry-after", "7"));
    let error = client(&api).charges().retrieve("chrg_1").timeout(Duration::from_secs(60)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 3));
    assert_eq!(api.waits().len(), 2);
    assert_eq!(api.elapsed(), Duration::from_secs(60) + api.waits().iter().sum::<Duration>());
}

#[tokio::test]
async fn a_script_that_ends_too_early_or_cannot_be_played_fails_the_call() {
    use std::error::Error as _;

    let api = Scripted::new();
    api.push(Reply::bytes(7, ""));
    api.push(Reply::bytes(200, "{}").header("a b", "c"));
    let charges = client(&api).charges();
    for said in ["reply 1 of the script cannot be given: 7 is no status", "reply 2", "no reply left for request 3"] {
        let error = charges.retrieve("chrg_1").await.unwrap_err();
        assert_eq!(error.attempts(), 1);
        let source = error.source().and_then(|error| error.source()).unwrap().to_string();
        assert!(source.contains(said), "{source}");
    }
}

/// Stands still until others have had their turn.
struct Slow(u8);

impl futures_core::Stream for Slow {
    type Item = Result<Bytes, crate::runtime::TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0 += 1;
        context.waker().wake_by_ref();
        match self.0 {
            5 => std::task::Poll::Ready(Some(Ok(Bytes::from_static(b"abc")))),
            6 => std::task::Poll::Ready(None),
            _ => std::task::Poll::Pending,
        }
    }
}

#[tokio::test]
async fn an_upload_that_stands_still_is_waited_for() {
    let api = Scripted::new();
    api.push(Reply::bytes(200, "{}"));
    let upload = Upload::from(Body::from_stream(Slow(0)));
    client(&api).request(http::Method::POST, "/documents").body("text/plain", upload).await.unwrap();
    assert_eq!(&**api.requests()[0].body(), b"abc");
    assert!(api.waits().is_empty());
}

#[cfg(feature = "blocking")]
#[test]
fn clients_that_block_are_served_too() {
    let api = Scripted::new();
    api.push(Reply::failure(TransportErrorKind::Connect));
    api.push(Reply::json(200, &sample::<Charge>().unwrap()));
    let client =
        crate::runtime::blocking::Client::builder().secret_key("skey_1").transport(api.clone()).build().unwrap();
    assert_eq!(client.charges().create(1, "THB").send().unwrap().id, "chrg_1");
    assert_eq!((api.requests().len(), api.waits().len()), (2, 1));
}

#[test]
fn samples_are_changed_by_place() {
    let charge = Sample::<Charge>::new()
        .with("/status", ChargeStatus::Successful)
        .with("/refund_of", json!({"id": "chrg_2"}))
        .with("/refund_of/amount", 5)
        .without("/amount")
        .build()
        .unwrap();
    assert_eq!((charge.status, charge.amount), (ChargeStatus::Successful, None));
    assert!(charge.refund_of.is_some());
    for (changed, said) in [
        (Sample::<Charge>::new().with("/no/where", 1), "/no/where: there is no such place in the sample"),
        (Sample::<Charge>::new().without("/none"), "/none: there is no such place in the sample"),
        (Sample::<Charge>::new().with("/amount", "much"), "amount: invalid type: string, expected i64"),
    ] {
        let error = changed.build().unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
    assert_eq!(sample::<Vec<Charge>>().unwrap().len(), 1);
    let page: serde_json::Value = serde_json::from_str(&page_of::<Charge>(r#"{"total": 1}"#, "data")).unwrap();
    assert_eq!(page["data"][0]["id"], "chrg_1");
}

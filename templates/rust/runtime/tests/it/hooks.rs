//! What hooks see of a call, and what they may add to it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::runtime::{Attempt, Client, End, Hook, Outcome, TransportErrorKind};
use crate::scripted::{Act, Scripted, response};

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Hook for Log {
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let Attempt { operation, method, path, host, number, .. } = attempt;
        self.0.lock().unwrap().push(format!("{number} {operation} {method} {host} {path}"));
        headers.insert("traceparent", HeaderValue::from_static("00-1-2-01"));
        headers.insert("authorization", HeaderValue::from_static("Basic b3RoZXI6"));
        headers.insert("idempotency-key", HeaderValue::from_static("other"));
        headers.insert("content-length", HeaderValue::from_static("0"));
    }

    fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        let end = match &outcome.end {
            End::Answer { status, request_id } => format!("{status} {request_id:?}"),
            End::Failure(error) => format!("{error}"),
            End::Abandoned => "abandoned".to_owned(),
        };
        let again = if outcome.retry_in.is_some() { "; again" } else { "" };
        self.0.lock().unwrap().push(format!("{} {end}{again}", attempt.number));
    }
}

fn client(transport: &Scripted, log: &Log) -> Client {
    Client::builder().secret_key("skey_1").hook(log.clone()).transport(transport.clone()).build().unwrap()
}

#[tokio::test]
async fn a_hook_sees_every_attempt_and_adds_headers_that_are_not_ours() {
    let mut last = response(200, "{}");
    last.headers_mut().insert("x-trace", "t-1".parse().unwrap());
    let script = [Act::Fail(TransportErrorKind::Connect), Act::Answer(response(429, "")), Act::Answer(last)];
    let (transport, log) = (Scripted::new(script), Log::default());
    client(&transport, &log).charges().create(1, "THB").idempotency_key("k-1").await.unwrap();
    assert_eq!(
        log.lines(),
        [
            "1 charges.create POST api.example.com /charges",
            "1 charges.create: no connection; again",
            "2 charges.create POST api.example.com /charges",
            "2 charges.create: HTTP 429 Too Many Requests; again",
            "3 charges.create POST api.example.com /charges",
            "3 200 OK Some(\"t-1\")",
        ]
    );
    for seen in transport.seen() {
        assert_eq!(seen.header("traceparent"), Some("00-1-2-01"));
        assert_eq!(seen.header("authorization"), Some("Basic c2tleV8xOg=="));
        assert_eq!(seen.header("idempotency-key"), Some("k-1"));
        assert_eq!(seen.header("content-length"), Some("29"));
    }
}

#[tokio::test]
async fn paths_are_shown_with_their_braces_and_the_end_is_always_told() {
    let (transport, log) = (Scripted::new([Act::Hang]), Log::default());
    let call = client(&transport, &log).charges().retrieve("chrg_secret").send();
    let call = tokio::spawn(call);
    while transport.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    call.abort();
    assert!(call.await.is_err());
    assert_eq!(log.lines(), ["1 charges.retrieve GET api.example.com /charges/{id}", "1 abandoned"]);

    let (transport, log) = (Scripted::new([Act::Hang]).late(), Log::default());
    client(&transport, &log).charges().create(1, "THB").timeout(Duration::from_secs(5)).await.unwrap_err();
    let lines = log.lines();
    assert_eq!(lines[1], "1 charges.create: timeout: no answer within 5 seconds; it may have been carried out");
}

#[tokio::test]
async fn what_is_refused_before_it_is_sent_is_no_attempt() {
    let (transport, log) = (Scripted::default(), Log::default());
    client(&transport, &log).charges().retrieve("..").await.unwrap_err();
    assert!(log.lines().is_empty());
}

//! Calls that hold their thread: the same requests, the same answers and errors as those that are awaited.

use std::fmt::Debug;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crate::runtime::blocking;
use crate::runtime::{
    Answer, Body, BoxFuture, Client, Error, ErrorKind, Transport, TransportError, TransportErrorKind,
};
use crate::scripted::{Act, Scripted, response};

/// A script, by what it does.
type Case = (&'static str, fn() -> Vec<Act>);

const CASES: &[Case] = &[
    ("an answer", || vec![Act::Answer(response(200, r#"{"id":"chrg_1","amount":1}"#))]),
    ("an answer that others come before", || vec![Act::Later(response(200, r#"{"id":"chrg_1"}"#))]),
    ("a refusal", || vec![Act::Answer(response(400, r#"{"code":"invalid_charge","message":"no"}"#))]),
    ("a failure of the server", || vec![Act::Answer(response(500, "oops"))]),
    ("a redirect", || vec![Act::Answer(response(307, ""))]),
    ("something else", || vec![Act::Answer(response(200, "<html>"))]),
    ("too much", || vec![Act::Answer(response(200, LONG))]),
    ("no connection", || vec![Act::Fail(TransportErrorKind::Connect)]),
    ("a lost connection", || vec![Act::Fail(TransportErrorKind::Lost)]),
    ("a request that cannot be sent", || vec![Act::Fail(TransportErrorKind::Invalid)]),
];

const LONG: &str =
    r#"{"id":"chrg_1","status":"a status of more than a hundred bytes, which is more than this client may hold"}"#;

/// All that a caller can see of how a call ended.
fn told<T: Debug>(result: &Result<Answer<T>, Error>) -> String {
    match result {
        Ok(answer) => format!("{answer:?}, attempts: {}, body: {:?}", answer.attempts(), answer.body()),
        Err(error) => {
            let (attempts, key) = (error.attempts(), error.idempotency_key());
            format!("{error}: {error:?}, attempts: {attempts}, key: {key:?}")
        }
    }
}

#[test]
fn both_kinds_of_client_send_and_tell_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (name, script) in CASES {
        let awaited = Scripted::new(script());
        let client =
            Client::builder().secret_key("skey_1").transport(awaited.clone()).max_response_bytes(100).build().unwrap();
        let request = client.charges().create(100, "THB").card("tokn_1").idempotency_key("k-1").header("x-own", "1");
        let expected = told(&runtime.block_on(request.send()));

        let held = Scripted::new(script());
        let client = blocking::Client::builder().secret_key("skey_1").transport(held.clone());
        let client = client.max_response_bytes(100).build().unwrap();
        let request = client.charges().create(100, "THB").card("tokn_1").idempotency_key("k-1").header("x-own", "1");
        assert_eq!(told(&request.send()), expected, "{name}");

        assert_eq!(format!("{:?}", held.seen()), format!("{:?}", awaited.seen()), "{name}");
        assert_eq!(held.slept().len(), awaited.slept().len(), "{name}");
        assert!(!held.seen().is_empty(), "{name}");
    }
}

#[test]
fn a_call_that_is_late_ends_with_its_timeout() {
    let transport = Scripted::new([Act::Hang]).late();
    let client = blocking::Client::builder().secret_key("skey_1").transport(transport.clone()).build().unwrap();
    let error = client.charges().create(100, "THB").timeout(Duration::from_secs(7)).send().unwrap_err();
    assert_eq!((error.kind(), error.outcome_unknown()), (ErrorKind::Timeout, true));
    assert_eq!(transport.slept(), [Duration::from_secs(7)]);
}

#[test]
fn what_cannot_be_sent_is_refused_before() {
    let transport = Scripted::default();
    let client = blocking::Client::builder().transport(transport.clone()).build().unwrap();
    let error = client.charges().retrieve("chrg_1").send().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Config, Some("charges.retrieve")));
    assert!(transport.seen().is_empty());
}

/// Answers from another thread, once the calling one waits.
struct Elsewhere;

impl Transport for Elsewhere {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut is_begun = false;
        let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
        Box::pin(std::future::poll_fn(move |context| {
            if done.load(std::sync::atomic::Ordering::Acquire) {
                return Poll::Ready(Ok(response(200, r#"{"id":"chrg_1"}"#)));
            }
            if !std::mem::replace(&mut is_begun, true) {
                let (done, waker) = (done.clone(), context.waker().clone());
                std::thread::spawn(move || {
                    done.store(true, std::sync::atomic::Ordering::Release);
                    waker.wake();
                });
            }
            Poll::Pending
        }))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_thread_that_waits_is_woken() {
    let client = blocking::Client::builder().secret_key("skey_1").transport(Elsewhere).build().unwrap();
    let charge: crate::sample::Charge = client.charges().retrieve("chrg_1").send().unwrap().into_inner();
    assert_eq!(charge.id, "chrg_1");
}

#[test]
fn a_client_may_be_shared_between_threads() {
    fn is_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    let client = blocking::Client::builder().secret_key("skey_1").transport(Scripted::default()).build().unwrap();
    is_shareable(&client);
    let request: blocking::Request<_> = client.charges().list();
    is_shareable(&request);
}

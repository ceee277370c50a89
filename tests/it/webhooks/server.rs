//! A server on the loopback that verifies what is posted to it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use omise::types::EventKey;
use omise::webhooks::Verifier;
use tokio::net::TcpListener;

use super::{BODY, BY_OLD_SECRET, BY_SECRET, SIGNED_AT, verifier};
use crate::support::ask;

type Seen = Arc<Mutex<Vec<EventKey>>>;

async fn received(State((verifier, seen)): State<(Verifier, Seen)>, headers: HeaderMap, body: Bytes) -> StatusCode {
    match verifier.verify(&headers, body) {
        Ok(event) => {
            seen.lock().expect("not poisoned").push(event.key);
            StatusCode::OK
        }
        Err(error) if error.is_refusal() => StatusCode::UNAUTHORIZED,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

// Posting holds the thread; the server has another.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_genuine_is_taken() {
    let seen = Seen::default();
    let app = Router::new().route("/hook", post(received)).with_state((verifier(), Arc::clone(&seen)));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let server = tokio::spawn(axum::serve(listener, app).into_future());

    let posted = |lines: &str, body: &[u8]| ask::posted(&address, "/hook", lines, body);
    let lines =
        |signature: &str, at: u64| format!("omise-signature: {signature}\r\nomise-signature-timestamp: {at}\r\n");
    let genuine = [
        lines(BY_SECRET, SIGNED_AT),
        lines(BY_OLD_SECRET, SIGNED_AT),
        lines(&format!("{BY_OLD_SECRET}, {BY_SECRET}"), SIGNED_AT),
        lines(&format!("{},{BY_SECRET}", "0".repeat(64)), SIGNED_AT),
    ];
    for lines in &genuine {
        assert_eq!(posted(lines, BODY.as_bytes()), 200, "{lines}");
    }
    let forged = [
        String::new(),
        lines(&"0".repeat(64), SIGNED_AT),
        lines(BY_SECRET, SIGNED_AT + 1),
        lines("", SIGNED_AT),
        format!("omise-signature: {BY_SECRET}\r\n"),
        format!("{}omise-signature-timestamp: {SIGNED_AT}\r\n", lines(BY_SECRET, SIGNED_AT)),
        lines(&format!("sha256={BY_SECRET}"), SIGNED_AT),
    ];
    for lines in &forged {
        assert_eq!(posted(lines, BODY.as_bytes()), 401, "{lines}");
    }
    // The same JSON, written again, is another text.
    let rewritten = BODY.replace(':', ": ");
    assert_eq!(posted(&genuine[0], rewritten.as_bytes()), 401);
    server.abort();
    assert_eq!(*seen.lock().expect("not poisoned"), vec![EventKey::ChargeComplete; genuine.len()]);
}

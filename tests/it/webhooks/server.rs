//! A server on the loopback that verifies what is posted to it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use omise::types::EventKey;
use omise::webhooks::Verifier;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{BODY, BY_OLD_SECRET, BY_SECRET, SIGNED_AT, verifier};

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

/// Posts a body with these header lines, and gives the status.
async fn posted(to: SocketAddr, lines: &str, body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(to).await.expect("it connects");
    let head = format!(
        "POST /hook HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nContent-Length: {}\r\n{lines}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("it is sent");
    stream.write_all(body).await.expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it is answered");
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{answer}"))
}

#[tokio::test]
async fn only_what_is_genuine_is_taken() {
    let seen = Seen::default();
    let app = Router::new().route("/hook", post(received)).with_state((verifier(), Arc::clone(&seen)));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(axum::serve(listener, app).into_future());

    let lines =
        |signature: &str, at: u64| format!("omise-signature: {signature}\r\nomise-signature-timestamp: {at}\r\n");
    let genuine = [
        lines(BY_SECRET, SIGNED_AT),
        lines(BY_OLD_SECRET, SIGNED_AT),
        lines(&format!("{BY_OLD_SECRET}, {BY_SECRET}"), SIGNED_AT),
        lines(&format!("{},{BY_SECRET}", "0".repeat(64)), SIGNED_AT),
    ];
    for lines in &genuine {
        assert_eq!(posted(address, lines, BODY.as_bytes()).await, 200, "{lines}");
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
        assert_eq!(posted(address, lines, BODY.as_bytes()).await, 401, "{lines}");
    }
    // The same JSON, written again, is another text.
    let rewritten = BODY.replace(':', ": ");
    assert_eq!(posted(address, &genuine[0], rewritten.as_bytes()).await, 401);
    server.abort();
    assert_eq!(*seen.lock().expect("not poisoned"), vec![EventKey::ChargeComplete; genuine.len()]);
}

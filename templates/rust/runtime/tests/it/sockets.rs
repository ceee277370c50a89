//! The built-in transport against real sockets.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::runtime::{Client, ErrorKind};

/// Answers one connection with that text and gives what it received.
async fn serve(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut received = Vec::new();
        loop {
            let mut buffer = [0; 4096];
            let count = socket.read(&mut buffer).await.unwrap();
            received.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&received).into_owned();
            let done = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                body.len() >= length.map_or(0, |length| length.parse().unwrap())
            });
            if done || count == 0 {
                socket.write_all(answer.as_bytes()).await.unwrap();
                if answer.is_empty() {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                return text;
            }
        }
    });
    (url, served)
}

fn client(url: &str) -> Client {
    Client::builder().secret_key("skey_1").base_url_at(0, url).build().unwrap()
}

#[tokio::test]
async fn a_request_goes_out_and_its_answer_comes_in() {
    let (url, served) =
        serve("HTTP/1.1 200 OK\r\nx-request-id: r-1\r\ncontent-length: 15\r\n\r\n{\"id\":\"chrg_1\"}").await;
    let answer = client(&url).charges().create(100, "THB").idempotency_key("k-1").send().await.unwrap();
    assert_eq!((answer.id.as_str(), answer.request_id()), ("chrg_1", Some("r-1")));
    let received = served.await.unwrap();
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"amount":100,"currency":"THB"}"#);
    assert!(head.starts_with("POST /charges HTTP/1.1\r\n"), "{head}");
    let mut headers: Vec<&str> = head.lines().skip(1).collect();
    headers.sort_unstable();
    let host = format!("host: {}", url.trim_start_matches("http://"));
    assert_eq!(
        headers,
        [
            "accept: application/json",
            "api-version: 2019-05-29",
            "authorization: Basic c2tleV8xOg==",
            "content-length: 31",
            "content-type: application/json",
            host.as_str(),
            "idempotency-key: k-1",
            "user-agent: sample-rust/0.1.0",
        ]
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (url, served) = serve("HTTP/1.1 307 Temporary Redirect\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n").await;
    let error = client(&url).charges().create(100, "THB").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    served.await.unwrap();
}

#[tokio::test]
async fn a_refused_connection_has_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).charges().create(100, "THB").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_retryable() && !error.outcome_unknown());
}

#[tokio::test]
async fn a_connection_that_closes_leaves_the_outcome_open() {
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\""] {
        let (url, served) = serve(answer).await;
        let error = client(&url).charges().create(100, "THB").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Lost, "{error:?}");
        assert!(error.outcome_unknown());
        served.await.unwrap();
    }
}

#[tokio::test]
async fn silence_ends_with_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let request = client(&url).charges().create(100, "THB").timeout(Duration::from_millis(100));
    let error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    drop(listener);
}

#[test]
fn without_tokio_there_is_an_error_and_no_panic() {
    let mut sent = Box::pin(client("http://127.0.0.1:9").charges().retrieve("chrg_1").send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = sent.as_mut().poll(&mut context) else { panic!("it waits") };
    assert_eq!((error.kind(), error.outcome_unknown()), (ErrorKind::Config, false));
    let cause = std::error::Error::source(&error).and_then(std::error::Error::source).unwrap();
    assert!(cause.to_string().contains("tokio"), "{cause}");
}

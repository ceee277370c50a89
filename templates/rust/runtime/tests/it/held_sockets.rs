//! Calls of a blocking client over real sockets of this machine.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http::Method;

use crate::runtime::{
    Call, DecodeError, Endpoint, Error, ErrorKind, Evidence, Operation, RetryClass, Streams, Upload, blocking, decode,
};

/// Serves every connection in turn, each to its end; `serve` gets the socket and what was read of the first request.
fn serve(serve: impl Fn(&mut TcpStream, String) + Send + 'static) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = channel();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            while let Some(request) = request(&mut socket) {
                sender.send(request.clone()).unwrap();
                serve(&mut socket, request);
            }
        }
    });
    (url, received)
}

/// Reads one request, whatever the framing of its body.
fn request(socket: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut byte = [0];
    loop {
        if !matches!(socket.read(&mut byte), Ok(1)) {
            return None;
        }
        text.push(char::from(byte[0]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let is_whole = match length {
            Some(length) => body.len() == length.parse::<usize>().unwrap(),
            None if head.contains("transfer-encoding: chunked") => body.ends_with("0\r\n\r\n"),
            None => true,
        };
        if is_whole {
            return Some(text);
        }
    }
}

fn client(url: &str) -> blocking::Client {
    blocking::Client::builder().max_retries(0).secret_key("skey_1").base_url_at(0, url).build().unwrap()
}

const CHARGE: &[u8] = b"HTTP/1.1 200 OK\r\nx-request-id: r-1\r\ncontent-length: 15\r\n\r\n{\"id\":\"chrg_1\"}";

#[test]
fn requests_go_out_as_they_are_and_share_a_connection() {
    let (url, received) = serve(|socket, _| socket.write_all(CHARGE).unwrap());
    let client = client(&url);
    let answer = client.charges().create(100, "THB").idempotency_key("k-1").send().unwrap();
    assert_eq!((answer.id.as_str(), answer.request_id()), ("chrg_1", Some("r-1")));
    let first = received.recv().unwrap();
    let (head, body) = first.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"amount":100,"currency":"THB"}"#);
    assert!(head.starts_with("POST /charges HTTP/1.1\r\n"), "{head}");
    let mut headers: Vec<&str> = head.lines().skip(1).collect();
    headers.sort_unstable();
    let host = format!("host: {}", url.trim_start_matches("http://"));
    let expected = [
        "accept: application/json",
        "api-version: 2019-05-29",
        "authorization: Basic c2tleV8xOg==",
        "content-length: 31",
        "content-type: application/json",
        host.as_str(),
        "idempotency-key: k-1",
        "user-agent: sample-rust/0.1.0",
    ];
    assert_eq!(headers, expected);

    // The server looks at a second connection only after the first: an answer means that it was the same.
    client.charges().retrieve("chrg_1").send().unwrap();
    let second = received.recv().unwrap();
    assert!(second.starts_with("GET /charges/chrg_1 HTTP/1.1\r\n"), "{second}");
    assert!(!second.contains("content-length") && !second.contains("transfer-encoding"), "{second}");
}

#[test]
fn nothing_outlives_its_timeout() {
    let silence: fn(&mut TcpStream) = |_| thread::sleep(Duration::from_secs(600));
    let slow_head: fn(&mut TcpStream) = |socket| drip(socket, b"HTTP/1.1 200 OK\r\n", b"x-padding: 1\r\n");
    let slow_body: fn(&mut TcpStream) =
        |socket| drip(socket, b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", b" ");
    let slow_chunks: fn(&mut TcpStream) =
        |socket| drip(socket, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n");
    for behave in [silence, slow_head, slow_body, slow_chunks] {
        let (url, _received) = serve(move |socket, _| behave(socket));
        let error = client(&url).charges().create(100, "THB").timeout(Duration::from_millis(300)).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        assert!(error.outcome_unknown());
        assert_eq!(error.message(), "no answer within 0.3 seconds");
    }
}

/// Sends a beginning, and then a little now and then, faster than any patience with standing still.
fn drip(socket: &mut TcpStream, beginning: &[u8], drop: &[u8]) {
    socket.write_all(beginning).unwrap();
    while socket.write_all(drop).is_ok() {
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_timeout_of_the_client_holds_too() {
    let (url, _received) = serve(|_, _| thread::sleep(Duration::from_secs(600)));
    let client = blocking::Client::builder().max_retries(0).secret_key("skey_1").base_url_at(0, url);
    let client = client.timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.charges().retrieve("chrg_1").send().unwrap_err();
    assert_eq!((error.kind(), error.outcome_unknown()), (ErrorKind::Timeout, false));
}

#[test]
fn an_answer_without_a_length_ends_with_the_connection() {
    let (url, _received) = serve(|socket, _| {
        socket.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"id\":\"chrg_1\"}").unwrap();
        socket.shutdown(std::net::Shutdown::Both).unwrap();
    });
    assert_eq!(client(&url).charges().retrieve("chrg_1").send().unwrap().id, "chrg_1");
}

/// A file to send or to fetch.
#[derive(Clone, Debug)]
struct Copy {
    file: Option<Upload>,
}

impl Operation for Copy {
    type Output = Bytes;
    const ENDPOINT: Endpoint = Endpoint {
        id: "files.copy",
        method: Method::PUT,
        path: "/file",
        host: 0,
        security: &[],
        retry: RetryClass::Idempotent,
        evidence: Evidence::Published,
        accept: None,
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        match &self.file {
            Some(file) => call.bytes("application/octet-stream", file.clone()),
            None => Ok(()),
        }
    }

    fn decode(body: &Bytes) -> Result<Bytes, DecodeError> {
        decode::bytes(body)
    }
}

impl Streams for Copy {}

fn copy(url: &str, file: Option<Upload>) -> blocking::Request<Copy> {
    blocking::Request::new(&client(url), Copy { file })
}

#[test]
fn a_file_is_sent_as_it_is_read() {
    let (url, received) = serve(|socket, _| socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap());
    let file = || Upload::reader(std::io::Cursor::new("x".repeat(100_000)));
    copy(&url, Some(file().with_length(100_000))).send().unwrap();
    let sent = received.recv().unwrap();
    assert!(sent.contains("\r\ncontent-length: 100000\r\n") && sent.ends_with(&"x".repeat(100_000)));

    copy(&url, Some(file())).send().unwrap();
    let sent = received.recv().unwrap();
    assert!(sent.contains("\r\ntransfer-encoding: chunked\r\n") && !sent.contains("content-length"));
    assert_eq!(sent.split_once("\r\n\r\n").unwrap().1.matches('x').count(), 100_000);

    copy(&url, None).send().unwrap();
    let sent = received.recv().unwrap();
    assert!(sent.contains("\r\ncontent-length: 0\r\n"), "{sent}");
}

#[test]
fn a_file_that_ends_early_breaks_the_call_off() {
    let (url, _received) = serve(|socket, _| socket.write_all(CHARGE).unwrap());
    let file = Upload::reader(std::io::Cursor::new("short")).with_length(100_000);
    assert_eq!(copy(&url, Some(file)).send().unwrap_err().kind(), ErrorKind::Lost);
}

#[test]
fn an_answer_is_read_as_it_arrives() {
    let (url, _received) = serve(|socket, _| {
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n").unwrap();
        for _ in 0..100 {
            socket.write_all(&[b'x'; 1000]).unwrap();
        }
    });
    let client =
        blocking::Client::builder().max_retries(0).base_url_at(0, &url).max_response_bytes(10).build().unwrap();
    let answer = blocking::Request::new(&client, Copy { file: None }).stream().unwrap();
    assert_eq!((answer.status().as_u16(), answer.attempts()), (200, 1));
    let mut text = String::new();
    answer.into_inner().read_to_string(&mut text).unwrap();
    assert_eq!(text, "x".repeat(100_000));
}

#[test]
fn an_answer_that_stands_still_or_breaks_says_so() {
    let (url, _received) = serve(|socket, _| {
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nxx").unwrap();
        thread::sleep(Duration::from_secs(600));
    });
    let mut reader = copy(&url, None).timeout(Duration::from_millis(200)).stream().unwrap().into_inner();
    let mut two = [0; 2];
    reader.read_exact(&mut two).unwrap();
    assert_eq!(reader.read(&mut two).unwrap_err().kind(), std::io::ErrorKind::TimedOut);

    let (url, _received) = serve(|socket, _| {
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nxx").unwrap();
        socket.shutdown(std::net::Shutdown::Both).unwrap();
    });
    let mut reader = copy(&url, None).stream().unwrap().into_inner();
    let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionAborted);
}

#[test]
fn an_answer_that_drips_is_no_standing_still() {
    let (url, _received) = serve(|socket, _| {
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n").unwrap();
        for _ in 0..10 {
            thread::sleep(Duration::from_millis(250));
            socket.write_all(b"x").unwrap();
        }
    });
    let mut reader = copy(&url, None).timeout(Duration::from_secs(2)).stream().unwrap().into_inner();
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    assert_eq!(text, "xxxxxxxxxx");
}

#[test]
fn times_that_never_end_are_waited_for() {
    let (url, _received) = serve(|socket, _| socket.write_all(CHARGE).unwrap());
    let builder =
        || blocking::Client::builder().secret_key("skey_1").base_url_at(0, &url).connect_timeout(Duration::MAX);
    let client = builder().timeout(Duration::MAX).build().unwrap();
    assert_eq!(client.charges().retrieve("chrg_1").send().unwrap().id, "chrg_1");
    // The server takes one connection at a time.
    drop(client);
    let client = builder().build().unwrap();
    assert_eq!(client.charges().retrieve("chrg_1").timeout(Duration::MAX).send().unwrap().id, "chrg_1");
}

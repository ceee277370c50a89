//! One plain HTTP/1.1 request, written by hand: what is asked reaches the server byte for byte.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// Sends `line` (`GET /charges`), header `lines` that each end their line, and a body. The whole answer, head first.
pub(crate) fn ask(address: &str, line: &str, lines: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let head = format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{length}{lines}\r\n");
    stream.write_all(&[head.as_bytes(), body].concat()).expect("it takes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

/// Posts a body with these header lines, and gives the status of the answer.
pub(crate) fn posted(address: &str, path: &str, lines: &str, body: &[u8]) -> u16 {
    let answer = ask(address, &format!("POST {path}"), lines, body);
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{answer}"))
}

//! A real HTTP/1.1 server on 127.0.0.1 that records the exact bytes of requests and answers from a script.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// `POST /charges HTTP/1.1`.
    pub line: String,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body bytes.
    pub body: Vec<u8>,
}

impl Recorded {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }
}

/// A server that answers its script, one answer a connection, and stops.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Receiver<Recorded>,
}

/// An answer from the script.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Bytes of the body that are really sent.
    sent: usize,
}

impl Answer {
    /// An answer of JSON.
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::new(status, body.into()).header("Content-Type", "application/json; charset=utf-8")
    }

    /// An answer without a media type.
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("X-Request-Id".to_owned(), "req-1".to_owned())];
        let body = body.into();
        Self { status, headers, sent: body.len(), body }
    }

    /// Breaks the connection off after that many bytes of the body.
    pub(crate) fn cut_after(mut self, bytes: usize) -> Self {
        self.sent = bytes;
        self
    }

    /// With one more header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn head(&self) -> String {
        let lines: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = self.body.len();
        format!("HTTP/1.1 {} Answer\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n", self.status)
    }
}

impl Server {
    /// Answers these, in order.
    pub(crate) fn answering(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (sender, requests) = channel();
        std::thread::spawn(move || {
            for answer in answers {
                let (stream, _) = listener.accept().expect("a connection");
                let recorded = serve(stream, &answer);
                if sender.send(recorded).is_err() {
                    return;
                }
            }
        });
        Self { address, requests }
    }

    /// One answer of status 200 and JSON.
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self::answering(vec![Answer::json(200, body)])
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request it answered.
    pub(crate) fn request(&self) -> Recorded {
        self.requests.recv_timeout(Duration::from_secs(10)).expect("a request arrived")
    }
}

fn serve(stream: TcpStream, answer: &Answer) -> Recorded {
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    let mut reader = BufReader::new(stream);
    let recorded = read(&mut reader);
    let stream = reader.get_mut();
    let (head, body) = (answer.head(), answer.body.get(..answer.sent).expect("so many bytes"));
    // A client may hang up before the end of an answer it finds too large.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    recorded
}

fn read(reader: &mut BufReader<TcpStream>) -> Recorded {
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request line");
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        let header = header.trim_end();
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').expect("a header has a colon");
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let body = if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") {
        chunks(reader)
    } else {
        let length = headers.iter().find(|(name, _)| name == "content-length");
        bytes(reader, length.map_or(0, |(_, value)| value.parse().expect("a length")))
    };
    Recorded { line: line.trim_end().to_owned(), headers, body }
}

fn bytes(reader: &mut BufReader<TcpStream>, length: usize) -> Vec<u8> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body");
    body
}

/// The body of a request whose length was not known when it began.
fn chunks(reader: &mut BufReader<TcpStream>) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a chunk's length");
        let length = usize::from_str_radix(line.trim_end(), 16).expect("a hexadecimal length");
        body.extend(bytes(reader, length));
        bytes(reader, 2);
        if length == 0 {
            return body;
        }
    }
}

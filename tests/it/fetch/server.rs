//! A server on 127.0.0.1 that sends exactly the bytes it is told to, which need not be HTTP, and keeps what it was asked.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::fetch::DOCUMENT;

/// What is done with one connection.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// These bytes are sent, and the connection is closed.
    Bytes(Vec<u8>),
    /// These bytes are sent one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// These bytes are sent, then nothing more for longer than anyone waits.
    Stall(Vec<u8>),
    /// The connection is closed with the request unread, which resets it.
    Reset,
}

impl Answer {
    /// A whole answer: the status line's end, header lines, and a body with its length.
    pub(crate) fn http(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let length = format!("Content-Length: {}", body.as_ref().len());
        Self::unbounded(status, &[headers, &[length.as_str()]].concat(), body)
    }

    /// An answer whose length nothing says but the headers given.
    pub(crate) fn unbounded(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n");
        Self::Bytes([head.as_bytes(), body.as_ref()].concat())
    }

    /// An OpenAPI document.
    pub(crate) fn document() -> Self {
        Self::http("200 OK", &["Content-Type: application/yaml", "ETag: \"v1\""], DOCUMENT)
    }

    pub(crate) fn redirect(location: &str) -> Self {
        Self::http("302 Found", &[&format!("Location: {location}")], "")
    }
}

/// The server. It answers the last of its answers for ever.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn answering(answers: Vec<Answer>) -> Self {
        Self::with(|_| answers)
    }

    /// The answers may name the server.
    pub(crate) fn with(answers: impl FnOnce(&str) -> Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let answers = answers(&format!("http://{address}"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        std::thread::spawn(move || {
            let last = answers.last().expect("an answer").clone();
            let answers = answers.into_iter().chain(std::iter::repeat(last));
            for (stream, answer) in listener.incoming().zip(answers) {
                let (stream, kept) = (stream.expect("a connection"), Arc::clone(&kept));
                std::thread::spawn(move || serve(stream, answer, &kept));
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/schema", self.address)
    }

    /// The same server under another name, which makes it another host.
    pub(crate) fn other_name(&self) -> String {
        format!("http://localhost:{}/schema", self.address.port())
    }

    /// The head of every request so far, names of headers in lower case.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("the lock").clone()
    }
}

fn serve(mut stream: TcpStream, answer: Answer, kept: &Mutex<Vec<String>>) {
    if matches!(answer, Answer::Reset) {
        // Something has to be there to be left unread.
        let _ = stream.peek(&mut [0]);
        kept.lock().expect("the lock").push("reset".to_owned());
        return;
    }
    let head = head(&stream);
    kept.lock().expect("the lock").push(head);
    // The other side may be gone, which is its right.
    let _ = match answer {
        Answer::Bytes(bytes) => stream.write_all(&bytes),
        Answer::Drip(bytes, pause) => bytes.iter().try_for_each(|byte| {
            std::thread::sleep(pause);
            stream.write_all(&[*byte])
        }),
        Answer::Stall(bytes) => stream.write_all(&bytes).map(|()| std::thread::sleep(Duration::from_secs(60))),
        Answer::Reset => Ok(()),
    };
}

fn head(stream: &TcpStream) -> String {
    let mut lines = Vec::new();
    for line in BufReader::new(stream).lines() {
        let line = line.expect("a line");
        if line.is_empty() {
            break;
        }
        let line = match line.split_once(": ") {
            Some((name, value)) if !lines.is_empty() => format!("{}: {value}", name.to_ascii_lowercase()),
            _ => line,
        };
        lines.push(line);
    }
    lines.join("\n")
}

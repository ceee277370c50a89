//! A server on 127.0.0.1 that misbehaves in one way, and counts what reaches it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Resets the connection before it reads anything.
    ResetAtOnce,
    /// Resets the connection once the request is there.
    Reset,
    /// Closes the connection once the request is there.
    Close,
    /// Answers nothing.
    Stall,
    /// Begins its answer and stands still.
    StallInBody,
    /// Sends the head of its answer one byte at a time, for ever.
    SlowHead,
    /// Sends the body of its answer one byte at a time, for ever.
    SlowBody,
    /// Closes the connection within the body.
    Truncate,
    /// Closes the connection within a chunk.
    TruncateChunk,
    /// Answers in no HTTP.
    Garbage,
    /// Never ends the head of its answer.
    EndlessHead,
    /// Never ends the body of its answer.
    EndlessBody,
    /// Answers with that status, these header lines and body.
    Answer(u16, &'static str, &'static str),
    /// Answers a charge whose description has ten million bytes.
    Large,
    /// Answers once, and closes the connection on the second request of it.
    CloseOnReuse,
}

/// What came.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    /// `POST /charges HTTP/1.1`, or nothing when it was not read.
    pub(super) line: String,
    pub(super) idempotency_key: Option<String>,
}

pub(super) struct FaultServer {
    address: SocketAddr,
    arrivals: Arc<Mutex<Vec<Arrival>>>,
    task: JoinHandle<()>,
}

impl FaultServer {
    pub(super) async fn start(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let kept = arrivals.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, fault, kept.clone()));
            }
        });
        Self { address, arrivals, task }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn arrivals(&self) -> Vec<Arrival> {
        self.arrivals.lock().expect("nobody panicked").clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, fault: Fault, arrivals: Arc<Mutex<Vec<Arrival>>>) {
    let arrived = |arrival| arrivals.lock().expect("nobody panicked").push(arrival);
    if fault == Fault::ResetAtOnce {
        arrived(Arrival { line: String::new(), idempotency_key: None });
        let _ = stream.set_zero_linger();
        return;
    }
    let mut stream = BufReader::new(stream);
    let mut served = 0;
    while let Some(arrival) = read(&mut stream).await {
        arrived(arrival);
        served += 1;
        if fault == Fault::CloseOnReuse && served == 1 {
            let body = r#"{"object":"charge","id":"chrg_test_1"}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            continue;
        }
        // What the client thinks of it is the client's business.
        let _ = misbehave(stream, fault).await;
        return;
    }
}

/// Reads one request, with its body.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Arrival> {
    let (mut line, mut key, mut length) = (String::new(), None, 0);
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().expect("a length"),
            "idempotency-key" => key = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Arrival { line: line.trim_end().to_owned(), idempotency_key: key })
}

async fn misbehave(mut stream: BufReader<TcpStream>, fault: Fault) -> std::io::Result<()> {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n";
    const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    match fault {
        Fault::ResetAtOnce | Fault::Reset => stream.get_ref().set_zero_linger()?,
        Fault::Close | Fault::CloseOnReuse => {}
        Fault::Stall => forever().await,
        Fault::StallInBody => {
            stream.write_all(HEAD).await?;
            stream.write_all(b"{\"object\":").await?;
            forever().await;
        }
        Fault::SlowHead => drip(&mut stream, b"HTTP/1.1 200 OK\r\nX-Slow: ").await?,
        Fault::SlowBody => {
            stream.write_all(HEAD).await?;
            drip(&mut stream, b"").await?;
        }
        Fault::Truncate => {
            stream.write_all(HEAD).await?;
            stream.write_all(b"{\"object\":").await?;
        }
        Fault::TruncateChunk => {
            stream.write_all(CHUNKED).await?;
            stream.write_all(b"a0\r\n{\"object\":").await?;
        }
        Fault::Garbage => stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not HTTP\r\n\r\n").await?,
        Fault::EndlessHead => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Endless: ").await?;
            flood(&mut stream, &[b'a'; 4096]).await?;
        }
        Fault::EndlessBody => {
            stream.write_all(CHUNKED).await?;
            flood(&mut stream, format!("1000\r\n{}\r\n", "a".repeat(4096)).as_bytes()).await?;
        }
        Fault::Answer(status, headers, body) => {
            let head = format!("HTTP/1.1 {status} Answer\r\n{headers}Content-Length: {}\r\n", body.len());
            stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes()).await?;
        }
        Fault::Large => {
            let body =
                format!(r#"{{"object":"charge","id":"chrg_test_1","description":"{}"}}"#, "a".repeat(10_000_000));
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(body.as_bytes()).await?;
        }
    }
    Ok(())
}

/// Longer than any test waits.
async fn forever() {
    tokio::time::sleep(Duration::from_secs(3600)).await;
}

async fn drip(stream: &mut BufReader<TcpStream>, first: &[u8]) -> std::io::Result<()> {
    stream.write_all(first).await?;
    loop {
        stream.write_all(b"a").await?;
        stream.flush().await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn flood(stream: &mut BufReader<TcpStream>, piece: &[u8]) -> std::io::Result<()> {
    loop {
        stream.write_all(piece).await?;
    }
}

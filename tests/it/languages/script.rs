//! A server on the loopback that answers each call's requests from its script and keeps their bytes.
//!
//! Calls are told apart by the first segment of the path, host roles by the second, so that one server serves every vector
//! and every driver at once.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) server: String,
    pub(super) target: String,
    /// Names in lower case, in the order in which they came.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// What a request is answered with.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// The connection ends once the request is there.
    Close,
    /// The connection ends within the body.
    Cut,
    /// Nothing, for longer than anybody waits.
    Stall,
}

#[derive(Default)]
struct State {
    scripts: BTreeMap<String, Vec<Reply>>,
    arrived: BTreeMap<String, Vec<Arrived>>,
}

pub(super) struct ScriptServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl ScriptServer {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { address, state }
    }

    /// Where the calls named `call` reach the host of that role.
    pub(super) fn url(&self, call: &str, role: &str) -> String {
        format!("http://{}/{call}/{role}", self.address)
    }

    /// Replies to the requests of a call, in order; there is none after the last.
    pub(super) fn expect(&self, call: &str, replies: Vec<Reply>) {
        self.state.lock().unwrap().scripts.insert(call.to_owned(), replies);
    }

    /// The requests of a call.
    pub(super) fn arrived(&self, call: &str) -> Vec<Arrived> {
        self.state.lock().unwrap().arrived.remove(call).unwrap_or_default()
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) {
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    let mut stream = BufReader::new(stream);
    while let Some((call, arrived)) = read(&mut stream) {
        let reply = {
            let mut state = state.lock().unwrap();
            state.arrived.entry(call.clone()).or_default().push(arrived);
            match state.scripts.get_mut(&call) {
                Some(script) if !script.is_empty() => Some(script.remove(0)),
                _ => None,
            }
        };
        let none = Reply::Answer { status: 599, headers: Vec::new(), body: b"not in the script".to_vec() };
        match reply.unwrap_or(none) {
            Reply::Close => return,
            Reply::Stall => {
                // Until the client has enough of it.
                let _ = stream.get_mut().read(&mut [0; 1]);
                return;
            }
            Reply::Cut => {
                let _ = stream
                    .get_mut()
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
                return;
            }
            Reply::Answer { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} Answer\r\n");
                headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
                // 204 and 304 have no body, and no length of one.
                if status != 204 && status != 304 {
                    head.push_str(&format!("Content-Length: {}\r\n", body.len()));
                }
                head.push_str("\r\n");
                let bytes = [head.as_bytes(), &body].concat();
                if stream.get_mut().write_all(&bytes).is_err() {
                    return;
                }
            }
        }
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<(String, Arrived)> {
    let mut line = String::new();
    stream.read_line(&mut line).ok().filter(|&read| read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let body = match (header("transfer-encoding"), header("content-length")) {
        (Some("chunked"), _) => chunked(stream)?,
        (_, length) => {
            let mut body = vec![0; length.unwrap_or("0").parse().ok()?];
            stream.read_exact(&mut body).ok()?;
            body
        }
    };
    let mut parts = target.strip_prefix('/')?.splitn(3, '/');
    let (call, server) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let target = format!("/{}", parts.next().unwrap_or_default());
    Some((call, Arrived { method, server, target, headers, body }))
}

fn chunked(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim().split(';').next()?, 16).ok()?;
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunk.get(..length)?);
    }
}

//! A server on this machine that answers at once: what it takes itself is the same for everybody who calls.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Barrier;

use crate::bodies;

/// Items of the list it has.
const ITEMS: usize = 100_000;

/// A server in a process of its own, so that its heap is not counted; it ends with its value.
pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
}

impl Server {
    /// A server that answers calls to `/charges/crowd` only once that many are there.
    pub(crate) fn start(crowd: usize) -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        let mut process = Command::new(program)
            .args(["serve", &crowd.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut url = String::new();
        let stdout = process.stdout.take().expect("it prints");
        BufReader::new(stdout).read_line(&mut url).expect("it says where it is");
        Self { process, url: url.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves until it is killed.
pub(crate) fn run(crowd: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let listener = socket.listen(16_384).expect("it listens");
        println!("http://{}", listener.local_addr().expect("an address"));
        accept(listener, Arc::new(Barrier::new(crowd))).await;
    });
}

async fn accept(listener: TcpListener, crowd: Arc<Barrier>) {
    let charge: Arc<str> = bodies::charge(1).to_string().into();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        tokio::spawn(serve(stream, Arc::clone(&charge), Arc::clone(&crowd)));
    }
}

/// Answers the requests of a connection, which have no bodies.
async fn serve(mut stream: TcpStream, charge: Arc<str>, crowd: Arc<Barrier>) {
    let mut received = Vec::new();
    loop {
        while !received.ends_with(b"\r\n\r\n") {
            match stream.read_buf(&mut received).await {
                Ok(count) if count > 0 => {}
                _ => return,
            }
        }
        let request = String::from_utf8_lossy(&received).into_owned();
        received.clear();
        let path = request.split(' ').nth(1).unwrap_or_default();
        let page;
        let body = if let Some(query) = path.strip_prefix("/charges?") {
            page = bodies::page(number(query, "offset").unwrap_or(0), number(query, "limit").unwrap_or(20), ITEMS);
            &page
        } else {
            if path == "/charges/crowd" {
                crowd.wait().await;
            }
            &*charge
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\nX-Request-Id: 1\r\n\r\n",
            body.len()
        );
        if stream.write_all((head + body).as_bytes()).await.is_err() {
            return;
        }
    }
}

fn number(query: &str, name: &str) -> Option<usize> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

//! The contract over HTTP on 127.0.0.1: a port for each host.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::sync::oneshot;

use crate::answer::too_large;
use crate::contract::{Contract, Verdict};
use crate::coverage::Coverage;
use crate::problem::Problem;

/// Bytes of a body that are read.
const MOST_BYTES: usize = 32 << 20;
/// Requests that are remembered; older ones are forgotten first.
const MOST_REQUESTS: usize = 10_000;
/// How long answers that are under way may take when the server stops.
const PATIENCE: Duration = Duration::from_secs(2);

/// A request that came, and what was wrong with it. Its `Debug` shows neither headers nor body, which may hold keys.
#[derive(Clone)]
pub struct Recorded {
    /// Name of the host it came to.
    pub host: String,
    /// `POST`.
    pub method: Method,
    /// Path and query as they came.
    pub target: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
    /// The operation that was called, by its `operationId`, else `GET /path`.
    pub operation: Option<String>,
    /// Everything that did not fit.
    pub problems: Vec<Problem>,
    /// Which optional things it had.
    pub coverage: Coverage,
    /// What was answered.
    pub status: u16,
}

impl fmt::Debug for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        write!(formatter, "{} {} {} -> {} {problems:?}", self.host, self.method, self.target, self.status)
    }
}

/// A server on 127.0.0.1. It stops when this is dropped: answers under way are finished first.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
    ports: Vec<u16>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

type Observer = Box<dyn Fn(&Recorded) + Send + Sync>;

struct Shared {
    contract: Contract,
    requests: Mutex<VecDeque<Recorded>>,
    observer: Option<Observer>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Server {
    /// Starts on free ports.
    ///
    /// # Errors
    /// When there is no free port, or no thread.
    pub fn start(contract: Contract) -> io::Result<Self> {
        Self::start_at(contract, 0, None)
    }

    /// Starts with the first host on this port and the others on the ports after it; 0 for free ones. `observer` sees
    /// each request when it was answered.
    ///
    /// # Errors
    /// When a port is taken, or there is no thread.
    pub fn start_at(contract: Contract, port: u16, observer: Option<Observer>) -> io::Result<Self> {
        let mut listeners = Vec::new();
        let mut ports = Vec::new();
        for index in 0..contract.listeners() {
            let offset =
                u16::try_from(index).ok().and_then(|index| if port == 0 { Some(0) } else { port.checked_add(index) });
            let port = offset.ok_or_else(|| io::Error::other("there are not enough ports after that one"))?;
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .map_err(|error| io::Error::new(error.kind(), format!("port {port} of 127.0.0.1: {error}")))?;
            listener.set_nonblocking(true)?;
            ports.push(listener.local_addr()?.port());
            listeners.push(listener);
        }
        let shared = Arc::new(Shared { contract, requests: Mutex::default(), observer });
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let serving = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("contract".to_owned())
            .spawn(move || runtime.block_on(serve(serving, listeners, stopped)))?;
        Ok(Self { shared, ports, stop: Some(stop), thread: Some(thread) })
    }

    /// Name, URL in the document, and URL here of every host, the default one first.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, &str, String)> {
        self.shared.contract.hosts().iter().map(|host| {
            let port = self.ports.get(host.listener).copied().unwrap_or_default();
            (host.name.as_str(), host.url.as_str(), format!("http://{}:{port}{}", Ipv4Addr::LOCALHOST, host.base))
        })
    }

    /// The URL here of a host, by its name or its URL in the document.
    pub fn base_url(&self, host: &str) -> Option<String> {
        let host = host.trim_end_matches('/');
        self.hosts().find(|(name, url, _)| *name == host || *url == host).map(|(_, _, here)| here)
    }

    /// What it judges by.
    pub fn contract(&self) -> &Contract {
        &self.shared.contract
    }

    /// The requests that were answered since this was last asked, oldest first.
    pub fn take(&self) -> Vec<Recorded> {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Takes connections until the other end of `stopped` is gone.
async fn serve(shared: Arc<Shared>, listeners: Vec<TcpListener>, stopped: oneshot::Receiver<()>) {
    let graceful = Arc::new(GracefulShutdown::new());
    let mut accepting = tokio::task::JoinSet::new();
    for (index, listener) in listeners.into_iter().enumerate() {
        accepting.spawn(accept(Arc::clone(&shared), index, listener, Arc::clone(&graceful)));
    }
    let _ = stopped.await;
    accepting.shutdown().await;
    if let Some(graceful) = Arc::into_inner(graceful) {
        let _ = tokio::time::timeout(PATIENCE, graceful.shutdown()).await;
    }
}

async fn accept(shared: Arc<Shared>, index: usize, listener: TcpListener, graceful: Arc<GracefulShutdown>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: others end soon.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| answer(Arc::clone(&shared), index, request));
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        // A client that hangs up is no concern of ours.
        tokio::spawn(graceful.watch(connection));
    }
}

async fn answer(
    shared: Arc<Shared>,
    listener: usize,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let (request, verdict) = match Limited::new(body, MOST_BYTES).collect().await {
        Ok(body) => {
            let request = Request::from_parts(parts, body.to_bytes());
            let verdict = shared.contract.judge_at(listener, &request);
            (request, verdict)
        }
        Err(_) => (Request::from_parts(parts, Bytes::new()), shared.contract.refused(None, vec![too_large()])),
    };
    Ok(shared.record(listener, request, verdict).map(Full::new))
}

impl Shared {
    fn record(&self, listener: usize, request: Request<Bytes>, verdict: Verdict) -> Response<Bytes> {
        let (parts, body) = request.into_parts();
        let host = self.contract.hosts().iter().find(|host| host.listener == listener);
        let recorded = Recorded {
            host: host.map(|host| host.name.clone()).unwrap_or_default(),
            method: parts.method,
            target: parts.uri.to_string(),
            headers: parts.headers,
            body,
            operation: verdict.operation,
            problems: verdict.problems,
            coverage: verdict.coverage,
            status: verdict.response.status().as_u16(),
        };
        if let Some(observer) = &self.observer {
            observer(&recorded);
        }
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == MOST_REQUESTS {
            requests.pop_front();
        }
        requests.push_back(recorded);
        verdict.response
    }
}

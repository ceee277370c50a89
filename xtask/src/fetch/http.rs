//! One document over HTTP: redirects by hand, every wait bounded, nothing trusted.
//!
//! reqwest follows no redirect, tries nothing again and decodes nothing here: what it would do by itself is
//! decided above it, where the key and the limits are known.

use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Response, StatusCode};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::time::timeout;

use super::address::Address;
use super::key::Key;
use super::problem::{GARBLED, Problem, REDIRECT, Retry, STATUS, TOO_LARGE, UNREACHED};
use super::progress::Progress;
use super::{body, refusal, retry};
use crate::report;

const CONNECT: Duration = Duration::from_secs(10);
const REDIRECTS: usize = 5;
const ACCEPT: &str = "application/yaml, application/x-yaml, text/yaml, application/json, */*;q=0.1";

/// What is asked, and how far to go for it.
pub(super) struct Ask<'a> {
    pub(super) address: &'a Address,
    pub(super) key: Option<&'a Key>,
    /// Where the key came from, or would.
    pub(super) key_env: Option<&'a str>,
    /// The ETag of what is there already.
    pub(super) known: Option<&'a str>,
    /// Largest reply, as sent and as decoded.
    pub(super) max_bytes: u64,
    /// Longest wait for a byte.
    pub(super) stall: Duration,
    /// Longest wait for everything.
    pub(super) total: Duration,
    /// Where an error answer keeps its code and message.
    pub(super) errors: Option<&'a omise_generator::config::ErrorRule>,
}

/// What a server gave.
pub(super) enum Reply {
    /// It is as it was.
    Unchanged,
    /// A document, or something else.
    Body(Fetched),
}

/// A whole reply, decoded.
pub(super) struct Fetched {
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: Option<String>,
    pub(super) etag: Option<String>,
}

/// Asks until there is a reply, or no more to hope for.
pub(super) fn get(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::network(UNREACHED, format!("the network cannot be used: {error}")))?;
    let start = Instant::now();
    let progress = Progress::new(&ask.address.shown());
    runtime.block_on(async {
        let mut made = 0;
        loop {
            let left = ask.total.saturating_sub(start.elapsed());
            let outcome = match timeout(left, follow(ask, &progress)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(too_slow(ask.total)),
            };
            made += 1;
            let problem = match outcome {
                Ok(reply) => return Ok(reply),
                Err(problem) => problem,
            };
            let left = ask.total.saturating_sub(start.elapsed());
            let Some(pause) = retry::pause(problem.retry, made, left) else { return Err(problem) };
            let (message, seconds) = (&problem.diagnostic.message, pause.as_secs_f32());
            progress.say(&report::safe(&format!("{message}; trying again in {seconds:.1} s")));
            tokio::time::sleep(pause).await;
        }
    })
}

/// One attempt, along its redirects. The key goes to the first address alone.
async fn follow(ask: &Ask<'_>, progress: &Progress) -> Result<Reply, Problem> {
    let mut address = ask.address.clone();
    let mut seen = HashSet::from([address.url()]);
    loop {
        let key = ask.key.filter(|_| seen.len() == 1);
        let response = send(ask, &address, key).await?;
        let location = match response.status().as_u16() {
            304 if ask.known.is_some() => return Ok(Reply::Unchanged),
            200 | 203 => return read(response, ask, progress).await.map(Reply::Body),
            301 | 302 | 303 | 307 | 308 => response.headers().get(header::LOCATION),
            _ => return Err(refused(response, ask, seen.len() > 1).await),
        };
        let Some(location) = location.and_then(|location| location.to_str().ok()) else {
            return Err(Problem::network(REDIRECT, "the redirect does not say where it leads"));
        };
        address = address.redirected(location)?;
        let help = "give the address the document really stands at with --url";
        if !seen.insert(address.url()) {
            return Err(Problem::network(REDIRECT, "the redirects lead in a circle").help(help));
        }
        if seen.len() > REDIRECTS + 1 {
            return Err(Problem::network(REDIRECT, format!("there are more than {REDIRECTS} redirects")).help(help));
        }
    }
}

async fn send(ask: &Ask<'_>, address: &Address, key: Option<&Key>) -> Result<Response, Problem> {
    let mut request = client(address)?.get(address.url());
    request = request.header(header::ACCEPT, ACCEPT).header(header::ACCEPT_ENCODING, "gzip");
    if let Some(known) = ask.known {
        request = request.header(header::IF_NONE_MATCH, known);
    }
    if let Some(value) = key.and_then(Key::header) {
        request = request.header(header::AUTHORIZATION, value);
    }
    match timeout(ask.stall, request.send()).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(unreached(error, address)),
        Err(_) => Err(stalled(ask.stall)),
    }
}

/// A client for one address. A proxy has no business between this machine and itself.
fn client(address: &Address) -> Result<reqwest::Client, Problem> {
    let unusable = |error: String| Problem::network(UNREACHED, format!("TLS cannot be set up: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(|error| unusable(error.to_string()))?
        .with_no_client_auth();
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .referer(false)
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT);
    if address.is_loopback() {
        // Whatever the name server says of `localhost`, it is this machine.
        let here = [([127, 0, 0, 1], 0).into(), ([0_u16, 0, 0, 0, 0, 0, 0, 1], 0).into()];
        builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
    }
    builder.build().map_err(|error| unusable(error.to_string()))
}

/// The whole body of a good answer.
async fn read(response: Response, ask: &Ask<'_>, progress: &Progress) -> Result<Fetched, Problem> {
    let headers = response.headers().clone();
    let length = response.content_length();
    if length.is_some_and(|length| length > ask.max_bytes) {
        return Err(too_large(ask.max_bytes));
    }
    progress.start(length);
    let sent = collect(response, ask, ask.max_bytes, progress).await?;
    let bytes = match body::decode(sent, text(&headers, &header::CONTENT_ENCODING).as_deref(), ask.max_bytes) {
        Ok(bytes) => bytes,
        Err(body::Undecodable::TooLarge) => return Err(too_large(ask.max_bytes)),
        Err(body::Undecodable::Encoding(name)) => {
            return Err(Problem::network(
                GARBLED,
                format!("the reply is encoded as `{name}`, which was not asked for"),
            ));
        }
        Err(body::Undecodable::Broken(error)) => {
            return Err(Problem::network(
                GARBLED,
                format!("the reply is not whole: its gzip data is broken ({error})"),
            )
            .retry(Retry::Soon));
        }
    };
    Ok(Fetched { bytes, content_type: text(&headers, &header::CONTENT_TYPE), etag: text(&headers, &header::ETAG) })
}

/// The bytes of a body as they are sent, up to a limit.
async fn collect(mut response: Response, ask: &Ask<'_>, limit: u64, progress: &Progress) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    loop {
        let chunk = match timeout(ask.stall, response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => return Ok(bytes),
            Ok(Err(error)) => {
                let message = format!("the reply is not whole: it ends after {} bytes ({})", bytes.len(), cause(error));
                return Err(Problem::network(GARBLED, message)
                    .help("try again; nothing was written")
                    .retry(Retry::Soon));
            }
            Err(_) => return Err(stalled(ask.stall)),
        };
        bytes.extend_from_slice(&chunk);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > limit {
            return Err(too_large(limit));
        }
        progress.reach(length);
    }
}

/// Most bytes of an error answer that are looked at.
const LARGEST_REFUSAL: u64 = 64 << 10;

/// An answer that is no document: its status, and what it says of itself.
async fn refused(response: Response, ask: &Ask<'_>, redirected: bool) -> Problem {
    let status = response.status();
    let retry_after = text(response.headers(), &header::RETRY_AFTER);
    let retry = retry::of_status(status.as_u16(), retry_after.as_deref(), SystemTime::now());
    let content_type = text(response.headers(), &header::CONTENT_TYPE);
    let body = collect(response, ask, LARGEST_REFUSAL, &Progress::hidden()).await.unwrap_or_default();
    let said = refusal::said(&body, content_type.as_deref(), ask.errors);
    let mut message = format!("the server answered {}", named(status));
    if let Some(said) = said {
        message = format!("{message}: {said}");
    }
    if let Retry::After(seconds) = retry {
        message = format!("{message} (it asks to wait {seconds} s)");
    }
    let message = ask.key.map_or_else(|| message.clone(), |key| key.hide(&message));
    Problem::network(STATUS, message).help(advice(status, ask, redirected)).retry(retry)
}

fn named(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// What to do about a status.
fn advice(status: StatusCode, ask: &Ask<'_>, redirected: bool) -> String {
    match (status.as_u16(), ask.key, ask.key_env) {
        (401 | 403, Some(_), _) if redirected => {
            "the key is never sent on a redirect: give the address the document really stands at with --url".into()
        }
        (401 | 403, Some(_), Some(name)) => format!("the key in `{name}` is not accepted there"),
        (401 | 403, None, Some(name)) => format!("set the environment variable `{name}` to a key"),
        (401 | 403, ..) => "name the environment variable that holds a key with --key-env".into(),
        (404 | 410, ..) => "check the address and --api-version".into(),
        (429 | 500..=599, ..) => "try again later".into(),
        _ => "check the address".into(),
    }
}

/// A header as text.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn unreached(error: reqwest::Error, address: &Address) -> Problem {
    let is_connect = error.is_connect();
    let (verb, host) = (if is_connect { "cannot reach" } else { "no answer from" }, address.shown());
    Problem::network(UNREACHED, format!("{verb} {host}: {}", cause(error)))
        .help("check the address and the network")
        .retry(Retry::Soon)
}

fn stalled(stall: Duration) -> Problem {
    Problem::network(UNREACHED, format!("the server sent nothing for {} s", stall.as_secs()))
        .help("try again later; `stall_seconds` in `[fetch]` is how long is waited")
        .retry(Retry::Soon)
}

fn too_slow(total: Duration) -> Problem {
    Problem::network(UNREACHED, format!("the reply was not there after {} s", total.as_secs()))
        .help("try again later; `total_seconds` in `[fetch]` is how long is waited")
}

fn too_large(limit: u64) -> Problem {
    Problem::network(TOO_LARGE, format!("the reply is larger than {limit} bytes"))
        .help("raise the limit with --max-bytes if the document really is that large")
}

/// The innermost cause, which says most. The address is left out: its query may hold a key.
fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut innermost: &dyn Error = &error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

//! `--serve`: the site from memory, on this machine alone, made anew when what it is made of changes.

use std::collections::HashMap;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use omise_generator::diagnostic::Diagnostic;
use omise_generator::target::File;

use super::watch::Watch;
use super::{Arguments, show, site, templates};
use crate::failure::Failure;
use crate::report;

/// A server that cannot start.
const NO_SERVER: &str = "E050";

/// How often what the site is made of is looked at.
const EVERY: Duration = Duration::from_millis(300);

/// Asks for the site's number, and loads the page again when it is not the page's own: what changed while the page was loaded
/// counts too. It is the one thing that a served page has and a published one has not.
const RELOAD: &str = r#"(() => {
  const own = document.currentScript.dataset.number;
  setInterval(async () => {
    try {
      const number = await (await fetch("/-/number")).text();
      if (number !== own) location.reload();
    } catch {}
  }, 500);
})();
"#;

/// The site as it is now.
struct Site {
    number: u64,
    files: HashMap<String, Vec<u8>>,
}

type Shared = Arc<RwLock<Site>>;

/// Serves until it is interrupted.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    // Before the site is made, which takes longer.
    let listener = listener(arguments.port)?;
    let (setup, emitted) = site(&with_templates(arguments))?;
    let mut roots = setup.files();
    roots.extend(templates(arguments.templates.as_deref()).map(|folder| folder.join("docs")));
    let shared = Shared::new(RwLock::new(Site { number: begin(), files: HashMap::new() }));
    replace(&shared, emitted.files);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(|error| failed(&error))?;
        let address = format!("http://{}/", listener.local_addr().map_err(|error| failed(&error))?);
        report::data(&address);
        report::say("interrupt to stop");
        if arguments.open {
            show(&address)?;
        }
        let served = axum::serve(listener, router(Arc::clone(&shared)));
        tokio::select! {
            ended = served => ended.map_err(|error| failed(&error)),
            () = watch(arguments, Watch::new(roots), &shared) => Ok(()),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}

/// A place to listen at, on this machine alone.
fn listener(port: u16) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = bound.map_err(|error| problem(format!("port {port} cannot be served at: {error}")))?;
    listener.set_nonblocking(true).map_err(|error| failed(&error))?;
    Ok(listener)
}

/// The number of the first site: later than any that a server before this one gave, so that pages still open load again.
fn begin() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or_default()
}

/// Templates of this repository are read from it, so that a change of one shows without building anything.
fn with_templates(arguments: &Arguments) -> Arguments {
    Arguments { templates: templates(arguments.templates.as_deref()), ..arguments.clone() }
}

/// Makes the site anew whenever something changes. While it cannot be made, the last one stays, and why is printed.
async fn watch(arguments: &Arguments, mut watch: Watch, shared: &Shared) {
    loop {
        tokio::time::sleep(EVERY).await;
        if !watch.has_changed() {
            continue;
        }
        match site(&with_templates(arguments)) {
            Ok((_, emitted)) => {
                report::say("made anew");
                replace(shared, emitted.files);
            }
            Err(failure) => report::failure(&failure),
        }
    }
}

fn replace(shared: &Shared, files: Vec<File>) {
    let Ok(mut site) = shared.write() else { return };
    site.number += 1;
    site.files = files.into_iter().map(|file| (file.path, file.contents)).collect();
}

fn router(shared: Shared) -> Router {
    let number = |State(shared): State<Shared>| async move {
        shared.read().map_or_else(|_| String::new(), |site| site.number.to_string())
    };
    let reload = || async { ([(header::CONTENT_TYPE, "text/javascript")], RELOAD) };
    let root = |State(shared): State<Shared>| async move { file(&shared, "index.html") };
    let other = |State(shared): State<Shared>, Path(path): Path<String>| async move { file(&shared, &path) };
    Router::new()
        .route("/-/number", get(number))
        .route("/-/reload.js", get(reload))
        .route("/", get(root))
        .route("/{*path}", get(other))
        .with_state(shared)
}

/// A file of the site; of a folder, its page.
fn file(shared: &Shared, path: &str) -> Response {
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let found = shared.read().ok().and_then(|site| Some((site.number, site.files.get(&path)?.clone())));
    let Some((number, contents)) = found else {
        let folder = format!("{path}/index.html");
        let is_folder = shared.read().is_ok_and(|site| site.files.contains_key(&folder));
        return match HeaderValue::from_str(&format!("/{path}/")) {
            Ok(to) if is_folder => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
            _ => (StatusCode::NOT_FOUND, "there is no such page").into_response(),
        };
    };
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("xml") => "application/xml",
        _ => "text/plain; charset=utf-8",
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    match kind.starts_with("text/html") {
        true => (headers, reloading(&String::from_utf8_lossy(&contents), number)).into_response(),
        false => (headers, contents).into_response(),
    }
}

/// A page that loads itself again, and may ask for that.
fn reloading(page: &str, number: u64) -> String {
    let script = format!("<script src=\"/-/reload.js\" data-number=\"{number}\"></script></body>");
    let allowed = page.replacen("default-src 'none'", "default-src 'none'; connect-src 'self'", 1);
    allowed.replacen("</body>", &script, 1)
}

fn failed(error: &std::io::Error) -> Failure {
    problem(error.to_string())
}

fn problem(message: String) -> Failure {
    let diagnostic = Diagnostic::error(NO_SERVER, message).help("choose another --port, or none");
    Failure::Problem { diagnostic: Box::new(diagnostic), code: 3 }
}

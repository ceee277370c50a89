//! `cargo xtask mock`: a server on this machine that holds calls against the schema and answers with samples.

use clap::Args;
use contract::{Contract, Document, KeyRule, Recorded, Server, Settings};
use omise_generator::config::Config;
use omise_generator::diagnostic::{Diagnostic, Diagnostics, printable};
use omise_generator::load::{Source, load_or_files};

use crate::failure::Failure;
use crate::report::{self, counted};
use crate::setup::{SchemaArguments, Setup};

/// A server that cannot start.
const NO_SERVER: &str = "E050";
/// A document that cannot be served.
const NOT_SERVED: &str = "E051";

/// Serve a mock of the API: it checks every call against the schema and answers with samples.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    schema: SchemaArguments,
    /// Port of the first host; the others follow it. Free ones unless given.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
}

/// Serves until it is interrupted.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let setup = arguments.schema.setup()?;
    let contract = Contract::new(document(&setup)?, settings(&setup.config));
    let operations = contract.operations().count();
    let failed = |error: std::io::Error| failure(NO_SERVER, &error.to_string(), "choose another --port, or none", 3);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    // Listens before it is told where to: who is told may call, and may interrupt.
    let interrupted = runtime.block_on(async { Interrupts::new() }).map_err(failed)?;
    let server = Server::start_at(contract, arguments.port, Some(Box::new(say))).map_err(failed)?;
    for (name, url, here) in server.hosts() {
        report::data(format_args!("{} {here}", if name.is_empty() { "api" } else { name }));
        if name != url {
            report::say(format_args!("{here} stands for {url}"));
        }
    }
    report::say(format_args!("{}; interrupt to stop", counted(operations, "operation")));
    runtime.block_on(interrupted.wait());
    Ok(())
}

/// Reads the document without the generator, which is asked only to say what is wrong with one that cannot be read.
fn document(setup: &Setup) -> Result<Document, Failure> {
    let path = |source: &Source| match source {
        Source::Path(path) => path.clone(),
        Source::Bytes { name, .. } | Source::Within { name, .. } => name.into(),
    };
    let overlays: Vec<_> = setup.input.overlays.iter().map(path).collect();
    Document::read(&path(&setup.input.schema), &overlays).map_err(|error| {
        let mut diagnostics = Diagnostics::default();
        match load_or_files(&setup.input, &mut diagnostics) {
            Err(files) => {
                report::diagnostics(&diagnostics, &files, setup.most);
                Failure::Unreadable
            }
            Ok(_) => failure(NOT_SERVED, &error.to_string(), "`cargo xtask inspect` shows what the generator reads", 2),
        }
    })
}

fn failure(code: &str, message: &str, help: &str, exit: u8) -> Failure {
    let diagnostic = Diagnostic::error(code, printable(message)).help(help);
    Failure::Problem { diagnostic: Box::new(diagnostic), code: exit }
}

/// What the configuration says of hosts and keys.
fn settings(config: &Config) -> Settings {
    let rule = |(scheme, rule): (&String, &omise_generator::config::AuthRule)| {
        (scheme.clone(), KeyRule { prefixes: rule.prefixes.clone(), as_username: rule.key_as_username })
    };
    Settings {
        roles: config.servers.iter().map(|(name, url)| (name.clone(), url.clone())).collect(),
        keys: config.auth.iter().map(rule).collect(),
    }
}

/// A line a call, and one a problem. Queries may hold keys, so they are not shown.
fn say(request: &Recorded) {
    let path = request.target.split('?').next().unwrap_or_default();
    let operation = request.operation.as_deref().unwrap_or("no operation");
    report::say(printable(&format!("{} {path} -> {} {operation}", request.method, request.status)));
    for problem in &request.problems {
        report::say(printable(&format!("    {problem}")));
    }
}

/// What ends the server: Ctrl-C, and on Unix a request to terminate.
struct Interrupts {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Interrupts {
    #[cfg(unix)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
    }

    #[cfg(unix)]
    async fn wait(self) {
        let [mut interrupt, mut terminate] = self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn wait(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

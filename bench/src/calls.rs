//! What a call costs beside the same call made with the bare HTTP client, which decodes the same body into the same type.

use std::time::{Duration, Instant};

use omise::types::Charge;
use tokio::runtime::Runtime;

use crate::row;
use crate::server::Server;

/// How often each is measured, in turns.
const RUNS: usize = 15;
/// Calls of one run, of all that are made at once.
const CALLS: usize = 1_280;
/// Calls at once.
const AT_ONCE: [usize; 2] = [1, 64];
/// The limits that the emitted client has: who pays without any waits for ever. With them ureq looks up each host in a thread of
/// its own, on every call.
const TIMEOUT: Duration = Duration::from_secs(65);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// What is asked for.
pub(crate) const ID: &str = "chrg_test_1";
const KEY: &str = "skey_test_1";
/// `skey_test_1:` in base64.
const AUTHORIZATION: &str = "Basic c2tleV90ZXN0XzE6";

/// Who can make a call.
#[derive(Clone)]
pub(crate) enum Caller {
    Omise(omise::Client),
    Reqwest(reqwest::Client, String),
    Blocking(omise::blocking::Client),
    Ureq(ureq::Agent, String),
}

impl Caller {
    pub(crate) fn all(url: &str) -> [Self; 4] {
        ["omise", "reqwest", "omise, blocking", "ureq"].map(|name| Self::named(name, url))
    }

    pub(crate) fn named(name: &str, url: &str) -> Self {
        let charge = format!("{url}/charges/{ID}");
        match name {
            "omise" => {
                let client = omise::Client::builder().secret_key(KEY).base_url(omise::Host::Api, url);
                Self::Omise(client.build().expect("a client"))
            }
            "reqwest" => {
                let client = reqwest::Client::builder().timeout(TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
                Self::Reqwest(client.build().expect("a client"), charge)
            }
            "omise, blocking" => {
                let client = omise::blocking::Client::builder().secret_key(KEY).base_url(omise::Host::Api, url);
                Self::Blocking(client.build().expect("a client"))
            }
            _ => {
                // As many connections as the emitted client keeps.
                let config = ureq::Agent::config_builder()
                    .max_idle_connections(64)
                    .max_idle_connections_per_host(64)
                    .timeout_global(Some(TIMEOUT))
                    .timeout_resolve(Some(CONNECT_TIMEOUT))
                    .timeout_connect(Some(CONNECT_TIMEOUT));
                Self::Ureq(config.build().into(), charge)
            }
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Omise(_) => "omise",
            Self::Reqwest(..) => "reqwest",
            Self::Blocking(_) => "omise, blocking",
            Self::Ureq(..) => "ureq",
        }
    }
}

/// Whether the call is made in a task, or in a thread.
impl Caller {
    pub(crate) fn is_async(&self) -> bool {
        matches!(self, Self::Omise(_) | Self::Reqwest(..))
    }

    /// One call, awaited.
    pub(crate) async fn call(&self, id: &str) -> Charge {
        match self {
            Self::Omise(client) => client.charges().retrieve(id).await.expect("a charge"),
            Self::Reqwest(client, url) => {
                let url = if id == ID { url.clone() } else { url.replace(ID, id) };
                let answer = client.get(url).basic_auth(KEY, Some("")).send().await.expect("an answer");
                let answer = answer.error_for_status().expect("a success");
                serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("a charge")
            }
            _ => panic!("{} does not wait", self.name()),
        }
    }

    /// One call, in this thread.
    pub(crate) fn block(&self) -> Charge {
        match self {
            Self::Blocking(client) => client.charges().retrieve(ID).send().expect("a charge").into_inner(),
            Self::Ureq(agent, url) => {
                let mut answer = agent.get(url).header("authorization", AUTHORIZATION).call().expect("an answer");
                serde_json::from_slice(&answer.body_mut().read_to_vec().expect("a body")).expect("a charge")
            }
            _ => panic!("{} does not block", self.name()),
        }
    }

    /// So many calls by each of so many callers at once.
    fn many(&self, runtime: &Runtime, at_once: usize, each: usize) {
        if !self.is_async() {
            std::thread::scope(|scope| {
                for _ in 0..at_once {
                    scope.spawn(|| (0..each).for_each(|_| drop(self.block())));
                }
            });
        } else if at_once == 1 {
            runtime.block_on(async {
                for _ in 0..each {
                    drop(self.call(ID).await);
                }
            });
        } else {
            runtime.block_on(async {
                let task = |caller: Self| async move {
                    for _ in 0..each {
                        drop(caller.call(ID).await);
                    }
                };
                let tasks: Vec<_> = (0..at_once).map(|_| tokio::spawn(task(self.clone()))).collect();
                for task in tasks {
                    task.await.expect("it ends");
                }
            });
        }
    }
}

/// A runtime with a thread for each processor.
pub(crate) fn runtime() -> Runtime {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")
}

pub(crate) fn run() {
    let runtime = runtime();
    let server = Server::start(1);
    let callers = runtime.block_on(async { Caller::all(&server.url) });
    for at_once in AT_ONCE {
        let each = CALLS / at_once;
        callers.iter().for_each(|caller| caller.many(&runtime, at_once, 2));
        let mut runs = vec![Vec::new(); callers.len()];
        for _ in 0..RUNS {
            for (caller, runs) in callers.iter().zip(&mut runs) {
                let start = Instant::now();
                caller.many(&runtime, at_once, each);
                runs.push(start.elapsed().as_secs_f64() / CALLS as f64);
            }
        }
        for (caller, runs) in callers.iter().zip(runs) {
            row::print("call", &format!("{at_once} at once"), caller.name(), "time", "seconds", &runs);
        }
    }
}

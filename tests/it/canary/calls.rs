//! Every call with all its arguments, before it is sent, while it is sent, and when it fails: `Debug` shows no secret
//! argument, and what is traced shows no argument at all.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};

use http::Request;
use omise_generator::ir::{Api, Operation};
use serde_json::Value;
use tracing::Dispatch;
use tracing_subscriber::fmt::format::FmtSpan;

use super::{CANARY, places};
use crate::mission::calls;
use crate::support::capture::Capture;

/// Secrets whatever the description calls them: a card's number and code, an account's number, and the keys.
const SECRETS: [&str; 6] = ["4242424242424242", "\"123\"", "1234567890", "skey_test_1", "pkey_test_1", "links_1"];

/// Keeps what is written.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("the lock").clone()).expect("UTF-8")
    }

    /// All that `tracing` is told, as people see it.
    fn subscriber(&self) -> Dispatch {
        let kept = self.clone();
        let builder = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_span_events(FmtSpan::FULL);
        Dispatch::new(builder.without_time().with_ansi(false).with_writer(move || kept.clone()).finish())
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Every text that was sent, but for those that stand in the name or the route of a call too.
fn arguments(request: &Request<bytes::Bytes>, routes: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Ok(body) = serde_json::from_slice::<Value>(request.body()) {
        for pointer in super::pointers(&body, Value::is_string) {
            found.extend(body.pointer(&pointer).and_then(Value::as_str).map(str::to_owned));
        }
    }
    let query = request.uri().query().unwrap_or_default();
    found.extend(query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value.to_owned()));
    found.extend(request.uri().path().split('/').map(str::to_owned));
    found.retain(|text| text.len() > 3 && !routes.contains(text.as_str()));
    found
}

/// The texts that the model calls secret in the body of a call.
fn secrets(api: &Api, operation: &Operation, request: &Request<bytes::Bytes>) -> BTreeSet<String> {
    let (Some(sent), Ok(value)) = (&operation.body, serde_json::from_slice::<Value>(request.body())) else {
        return BTreeSet::new();
    };
    let mut at = BTreeSet::new();
    match &sent.parts {
        None => places::walk(api, &sent.ty, &value, "", &mut at),
        Some(parts) => {
            for part in parts {
                if let Some(member) = value.get(&part.wire_name) {
                    places::walk(api, &part.ty, member, &format!("/{}", part.wire_name), &mut at);
                }
            }
        }
    }
    at.iter().filter_map(|at| value.pointer(at)?.as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn requests_show_no_secret_and_traces_no_argument() {
    // While a process has one listener, a thread that comes first to a span decides for all threads whether anybody cares.
    static SECOND: OnceLock<Dispatch> = OnceLock::new();
    SECOND.get_or_init(|| Kept::default().subscriber());
    let kept = Kept::default();
    let listening = tracing::dispatcher::set_default(&kept.subscriber());
    let capture =
        Capture::answering(500, format!(r#"{{"object":"error","code":"x","message":"x","more":"{CANARY}"}}"#));
    let omise = capture.builder().allow_unverified(true).max_retries(1).build().expect("the client builds");
    let calls = calls::all(&omise, &capture).await;
    drop(listening);
    let (traced, model) = (kept.text(), crate::support::model());
    assert!(traced.contains("charges.create") && traced.contains("500"), "there is a trace");

    let routes = model.operations().map(|(_, operation)| format!("{} {} ", operation.id, operation.path));
    // `error.type` is the name of what is traced of every failure.
    let routes: String = routes.chain(["error.type".to_owned()]).collect();
    let (mut hidden, mut looked) = (0, 0);
    for made in &calls {
        let operation = model.operations().map(|(_, operation)| operation).find(|operation| operation.id == made.name);
        let (operation, request) = (operation.expect("an operation"), made.request.as_ref().expect("a request"));
        for secret in SECRETS.into_iter().map(str::to_owned).chain(secrets(&model, operation, request)) {
            assert!(!made.shown.contains(&secret), "{}: {secret}: {}", made.name, made.shown);
            hidden += 1;
        }
        for argument in arguments(request, &routes) {
            assert!(!traced.contains(&argument), "{}: {argument} is traced", made.name);
            looked += 1;
        }
    }
    for secret in SECRETS.into_iter().chain([CANARY]) {
        assert!(!traced.contains(secret), "{secret} is traced");
    }
    assert!(looked > 300 && hidden > 133 * SECRETS.len(), "{looked} arguments, {hidden} secrets");
}

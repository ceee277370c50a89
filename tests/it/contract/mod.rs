//! The contract server with the API's own description and with the served document as its word: every operation of the
//! emitted crate fits, over real HTTP, and takes what is answered.

mod mock;
mod required;

use std::collections::BTreeSet;
use std::path::PathBuf;

use contract::{Contract, Coverage, Document, KeyRule, Recorded, Server, Settings};
use omise::{Client, Host};

use crate::mission::calls::{self, Made};
use crate::support::capture::Capture;
use crate::support::{repository, shared};

/// A description of the API, with what corrects it.
pub(crate) fn contract(schema: PathBuf) -> Contract {
    let document = Document::read(&schema, &[repository().join("schema/omise/overlay.yaml")]);
    let roles = [
        ("api", "https://api.omise.co"),
        ("vault", "https://vault.omise.co"),
        ("links", "https://linksplus-api.omise.co"),
    ];
    let key = |prefix: &str| KeyRule { prefixes: vec![prefix.to_owned()], as_username: true };
    let settings = Settings {
        roles: roles.map(|(name, url)| (name.to_owned(), url.to_owned())).to_vec(),
        keys: [("secret_key".to_owned(), key("skey_")), ("public_key".to_owned(), key("pkey_"))].into(),
    };
    Contract::new(document.expect("it reads"), settings)
}

/// A client of that server, whose requests are kept on the way.
pub(crate) fn client(server: &Server, capture: &Capture) -> Client {
    let url = |host: &str| server.base_url(host).expect("the host");
    let builder = capture.builder().allow_unverified(true);
    let builder = builder.base_url(Host::Api, url("api")).base_url(Host::Vault, url("vault"));
    builder.base_url(Host::Links, url("links")).build().expect("the client builds")
}

/// Our description, and the served one where it is at hand.
fn schemas() -> Vec<PathBuf> {
    let served = shared("omise/upstream-2019-05-29.yaml");
    std::iter::once(repository().join("schema/omise/openapi.yaml")).chain(served).collect()
}

/// What does not fit: calls that failed, and requests that were not what their operation takes.
fn problems(made: &[Made], requests: &[Recorded]) -> Vec<String> {
    let failed = made.iter().filter_map(|made| Some(format!("{}: {:?}", made.name, made.failure?)));
    let wrong = requests.iter().filter(|request| !request.problems.is_empty());
    let wrong = wrong.map(|request| format!("{:?}: {request:?}", request.operation));
    failed.chain(wrong).collect()
}

/// What may be left out and no call has.
const NEVER_SENT: [&str; 0] = [];

/// The operation whose route a call takes: two have a second name.
fn route(name: &'static str) -> &'static str {
    match name {
        "chains.create_charge" => "charges.create",
        "chains.create_transfer" => "transfers.create",
        name => name,
    }
}

/// Makes the calls of a table against a server that judges by `schema`.
async fn every_operation_fits(table: impl AsyncFn(&Client, &Capture) -> Vec<Made>, schema: PathBuf) -> Vec<Recorded> {
    let server = Server::start(contract(schema.clone())).expect("the server");
    let capture = Capture::forwarding();
    let made = table(&client(&server, &capture), &capture).await;
    let requests = server.take();
    let problems = problems(&made, &requests);
    assert!(problems.is_empty(), "{}: {}\n{}", schema.display(), problems.len(), problems.join("\n"));
    let mut meant: Vec<&str> = made.iter().map(|made| route(made.name)).collect();
    let mut called: Vec<&str> = requests.iter().filter_map(|request| request.operation.as_deref()).collect();
    meant.sort_unstable();
    called.sort_unstable();
    assert_eq!(called, meant, "each call is one request to its operation");
    let called: BTreeSet<&str> = called.into_iter().collect();
    assert_eq!(called, server.contract().operations().collect(), "every operation is called");
    requests
}

#[test]
fn calls_with_all_parameters_fit() {
    with_a_large_stack(async || {
        for schema in schemas() {
            let requests = every_operation_fits(calls::all, schema).await;
            let sent = listed(&requests, |coverage| &coverage.sent);
            let left_out = listed(&requests, |coverage| &coverage.left_out);
            // The second name of a route has arguments of its own, so the other one has them.
            let never: Vec<&String> = left_out.iter().filter(|one| !sent.contains(*one)).collect();
            assert_eq!(never, NEVER_SENT, "documented, and not sent");
        }
    });
}

#[test]
fn calls_with_only_what_is_required_fit() {
    with_a_large_stack(async || {
        for schema in schemas() {
            let requests = every_operation_fits(required::all, schema).await;
            let sent = listed(&requests, |coverage| &coverage.sent);
            // What the second names of these routes require.
            let expected = [
                "charges.create: body /destination",
                "transfers.create: body /amount",
                "transfers.create: body /recipient",
            ];
            assert_eq!(sent.iter().collect::<Vec<_>>(), expected, "sent, and not required");
        }
    });
}

/// `operation: place` of what the requests have or lack.
fn listed(requests: &[Recorded], of: impl Fn(&Coverage) -> &Vec<String>) -> BTreeSet<String> {
    let places = |request: &Recorded| -> Vec<String> {
        let operation = request.operation.clone().unwrap_or_default();
        of(&request.coverage).iter().map(|place| format!("{operation}: {place}")).collect()
    };
    requests.iter().flat_map(places).collect()
}

/// A table is one function of more than a hundred calls: not optimised, it needs more than the stack of a test.
fn with_a_large_stack(work: impl AsyncFnOnce() + Send + 'static) {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(work());
    };
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(run).expect("a thread");
    thread.join().unwrap_or_else(|failure| std::panic::resume_unwind(failure));
}

#[test]
fn samples_are_what_the_document_promises() {
    for schema in schemas() {
        let mut problems = Vec::new();
        let samples = contract(schema.clone()).samples();
        assert!(samples.len() > 200, "{}: {} samples", schema.display(), samples.len());
        for (name, value, wrong) in samples {
            if !wrong.is_empty() {
                problems.push(format!("{name}: {wrong:?}\n{value}"));
            }
        }
        assert!(problems.is_empty(), "{}: {}\n{}", schema.display(), problems.len(), problems.join("\n"));
    }
}

/// A proof that cannot fail is none.
#[tokio::test]
async fn a_client_that_is_set_up_wrong_is_noticed() {
    let server = Server::start(contract(repository().join("schema/omise/openapi.yaml"))).expect("the server");
    let vault = server.base_url("vault").expect("the host");
    let capture = Capture::forwarding();
    let omise = capture.builder().base_url(Host::Api, vault).build().expect("the client builds");
    let error = omise.charges().list().limit(101).send().await.expect_err("the wrong host");
    assert_eq!((error.status().map(|status| status.as_u16()), error.code()), (Some(404), Some("not_found")));
    let omise = client(&server, &capture);
    let error = omise.charges().list().limit(101).send().await.expect_err("too many");
    assert_eq!((error.status().map(|status| status.as_u16()), error.code()), (Some(400), Some("bad_request")));
    let requests = server.take();
    let problems = requests.iter().flat_map(|request| &request.problems).map(ToString::to_string);
    assert_eq!(
        problems.collect::<Vec<_>>(),
        [
            "path: this host does not take the call; `api` does",
            "query /limit: value is greater than the maximum of 100",
        ]
    );
}

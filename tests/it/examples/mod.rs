//! The examples of every package, as programs: made ready once, and run against the contract server.

mod scripted;
mod server;

use std::process::{Command, Output};

use contract::{Recorded, Server};

use crate::contract::contract;
use crate::languages::{self, Language};
use crate::support::cargo::{examples, text};
use crate::support::{missing, repository};

/// A token as a customer's browser makes it.
const TOKEN: &str = "tokn_test_5xyzabcdefghij01234";

fn server() -> Server {
    Server::start(contract(repository().join("schema/omise/openapi.yaml"))).expect("the server")
}

/// Where that server stands for the API.
fn api(server: &Server) -> String {
    server.base_url("api").expect("the host")
}

/// The examples of a language.
pub(super) struct Programs(Language);

impl Programs {
    /// A program, about to run with this in the API's place.
    fn program(&self, name: &str, api: &str) -> Command {
        let mut command = match self.0 {
            Language::Rust => Command::new(examples().join(format!("{name}{}", std::env::consts::EXE_SUFFIX))),
            language => languages::example(language, name).expect("the tools are there"),
        };
        command.env("OMISE_SECRET_KEY", "skey_test_canary").env("OMISE_PUBLIC_KEY", "pkey_test_canary");
        command.env("OMISE_API_URL", api).env("NO_PROXY", "127.0.0.1");
        command
    }
}

/// Does the same with the examples of each language. One whose tools are not here is left out, where it may be.
fn in_every_language(then: impl Fn(&Programs)) {
    for language in Language::wanted() {
        match language {
            Language::Rust => {}
            language => match languages::example(language, "charge_card") {
                Ok(_) => {}
                Err(why) => {
                    missing(&format!("examples in {}: {why}", language.name()));
                    continue;
                }
            },
        }
        then(&Programs(language));
    }
}

/// The calls that came, `POST /charges`, all of which the document allows.
fn calls(requests: &[Recorded]) -> Vec<String> {
    let problems: Vec<&Recorded> = requests.iter().filter(|request| !request.problems.is_empty()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let path = |target: &str| target.split('?').next().unwrap_or_default().to_owned();
    requests.iter().map(|request| format!("{} {}", request.method, path(&request.target))).collect()
}

/// Runs a program to its end, which is a good one; what it said, and the requests it made.
fn run(with: &Programs, name: &str, arguments: &[&str]) -> (String, Vec<Recorded>) {
    let server = server();
    let ran: Output = with
        .program(name, &api(&server))
        .args(arguments)
        .env("SELLER_ACCOUNT", "0123456789")
        .output()
        .expect("the example starts");
    let said = text(&ran);
    assert!(ran.status.success(), "{name}: {said}\n{:#?}", server.take());
    assert!(!said.contains("canary"), "{said}");
    (said, server.take())
}

fn header<'r>(request: &'r Recorded, name: &str) -> &'r str {
    request.headers.get(name).map(|value| value.to_str().expect("text")).unwrap_or_default()
}

fn body(request: &Recorded) -> serde_json::Value {
    serde_json::from_slice(&request.body).expect("JSON")
}

#[test]
fn a_card_is_charged() {
    in_every_language(|with| {
        let (said, requests) = run(with, "charge_card", &["order-7", TOKEN, "100000"]);
        let (create, looked) = requests.split_last().expect("requests");
        assert!(!looked.is_empty() && calls(looked).iter().all(|call| call == "GET /charges"), "{requests:?}");
        assert_eq!(calls(std::slice::from_ref(create)), ["POST /charges"]);
        assert_eq!(header(create, "idempotency-key"), format!("charge-order-7-{TOKEN}"));
        let body = body(create);
        assert_eq!((body["amount"].as_i64(), body["card"].as_str()), (Some(100_000), Some(TOKEN)));
        assert_eq!(body["metadata"]["order"], "order-7");
        assert!(said.contains("chrg_"), "{said}");
    });
}

#[test]
fn promptpay_shows_a_code() {
    in_every_language(|with| {
        let (said, requests) = run(with, "promptpay", &["order-7", "100000"]);
        assert_eq!(calls(&requests), ["POST /sources", "POST /charges"]);
        assert_eq!(body(&requests[0])["type"], "promptpay");
        assert!(body(&requests[1])["source"].as_str().is_some_and(|source| source.starts_with("src_")));
        assert!(header(&requests[1], "idempotency-key").starts_with("promptpay-order-7-src_"));
        assert!(said.contains("QR code"), "{said}");
    });
}

#[test]
fn a_payment_is_given_back() {
    in_every_language(|with| {
        let (said, requests) = run(with, "refund", &["case-7", "chrg_test_5xyzabcdefghij01234", "5000"]);
        let (create, looked) = requests.split_last().expect("requests");
        assert!(!looked.is_empty());
        for call in calls(looked) {
            assert_eq!(call, "GET /charges/chrg_test_5xyzabcdefghij01234/refunds");
        }
        assert_eq!(calls(std::slice::from_ref(create)), ["POST /charges/chrg_test_5xyzabcdefghij01234/refunds"]);
        assert_eq!(header(create, "idempotency-key"), "refund-case-7");
        assert!(said.contains("rfnd_"), "{said}");
    });
}

#[test]
fn a_subscription_is_a_customer_and_a_schedule() {
    in_every_language(|with| {
        let (said, requests) = run(with, "subscription", &["member-7", "someone@example.com", TOKEN, "2030-12-31"]);
        assert_eq!(calls(&requests), ["POST /customers", "POST /schedules"]);
        let keys: Vec<&str> = requests.iter().map(|request| header(request, "idempotency-key")).collect();
        assert_eq!(keys, ["customer-member-7", "schedule-member-7"]);
        let body = body(&requests[1]);
        assert_eq!((&body["period"], &body["on"]["days_of_month"][0]), (&"month".into(), &1.into()));
        assert!(body["charge"]["customer"].as_str().is_some_and(|customer| customer.starts_with("cust_")));
        assert!(said.contains("schd_"), "{said}");
    });
}

#[test]
fn charges_are_exported() {
    in_every_language(|with| {
        let (said, requests) = run(with, "list_and_export", &["2026-01-01"]);
        assert!(calls(&requests).iter().all(|call| call == "GET /charges"), "{requests:?}");
        assert!(requests[0].target.contains("from=2026-01-01T00"), "{requests:?}");
        let mut lines = said.lines();
        assert_eq!(lines.next(), Some("id,created_at,amount,currency,status,refunded_amount"));
        // The list is an empty one; `scripted` has others.
        assert_eq!(lines.next(), Some("0 charges"));
    });
}

#[test]
fn a_program_says_how_it_is_used() {
    in_every_language(|with| {
        let server = server();
        for name in ["charge_card", "promptpay", "refund", "subscription", "list_and_export", "marketplace"] {
            let ran = with.program(name, &api(&server)).output().expect("the example starts");
            assert!(!ran.status.success() && text(&ran).contains("usage: "), "{}", text(&ran));
        }
        assert!(server.take().is_empty());
    });
}

#[test]
fn every_example_is_run_here() {
    // Each language writes names in its own way, as a file or as a folder.
    let names = |folder: &str| {
        let entries = std::fs::read_dir(repository().join("schema/omise/examples").join(folder)).expect("a folder");
        let stem = |path: std::path::PathBuf| path.file_stem().expect("a name").to_string_lossy().replace('-', "_");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let own = paths.filter(|path| !folder.is_empty() || path.extension().is_some());
        let mut names: Vec<String> = own.map(stem).collect();
        names.sort();
        names
    };
    let known =
        ["charge_card", "list_and_export", "marketplace", "promptpay", "refund", "subscription", "webhook_server"];
    for folder in ["", "typescript", "python", "go"] {
        assert_eq!(names(folder), known, "{folder}");
    }
    let readme = std::fs::read_to_string(repository().join("generated/rust/README.md")).expect("it reads");
    for name in known {
        assert!(readme.contains(&format!("cargo run --example {name}")), "{name}");
    }
}

//! Every operation is callable and makes the request it should: compared with a table of our own, and where the
//! collected facts are at hand with those, never with our schema.

mod calls;
mod operations;

use std::collections::BTreeSet;

use omise::ErrorKind;
use operations::{OPERATIONS, Row};
use serde_json::Value;

use crate::support::capture::Capture;
use crate::support::cargo::{text, xtask};
use crate::support::shared;

/// Which keys an operation accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Secret,
    Public,
    Either,
    Links,
}

/// Operations whose route nobody has seen.
const GUESSES: [&str; 5] = [
    "chains.retrieve_transfer",
    "charge_schedules.bulk_delete",
    "charge_schedules.bulk_download_report",
    "charge_schedules.bulk_pause",
    "charge_schedules.bulk_resume",
];

/// Operations that only one unofficial source describes.
const WEAK: [&str; 8] = [
    "charges.list_disputes",
    "consent.retrieve",
    "links.update",
    "links_plus.list_templates",
    "routing_group_rules.create",
    "webhook_secrets.create",
    "webhook_secrets.destroy",
    "webhook_secrets.list",
];

#[tokio::test]
async fn every_operation_makes_its_request() {
    let capture = Capture::answering(200, "{}");
    let omise = capture.builder().allow_unverified(true).build().expect("the client builds");
    let calls = calls::all(&omise, &capture).await;
    let called: Vec<&str> = calls.iter().map(|made| made.name).collect();
    let table: Vec<&str> = OPERATIONS.iter().map(|row| row.0).collect();
    assert_eq!(called, table, "the calls and the table list the same operations, in order");
    assert_eq!(table.len(), 131);
    for (made, (name, method, path, host, key)) in calls.iter().zip(OPERATIONS) {
        let request = made.request.as_ref().unwrap_or_else(|| panic!("{name}: {:?}", made.failure));
        assert_eq!(request.method().as_str(), *method, "{name}");
        assert_eq!(request.uri().host(), Some(*host), "{name}");
        assert_eq!(request.uri().scheme_str(), Some("https"), "{name}");
        assert!(fits(path, request.uri().path()), "{name}: {} is not {path}", request.uri().path());
        let authorization = request.headers()["authorization"].to_str().expect("text");
        // `skey_test_1:` and `pkey_test_1:` in base64.
        let (secret, public) = ("Basic c2tleV90ZXN0XzE6", "Basic cGtleV90ZXN0XzE6");
        match key {
            Key::Secret => assert_eq!(authorization, secret, "{name}"),
            Key::Public => assert_eq!(authorization, public, "{name}"),
            Key::Either => assert!([secret, public].contains(&authorization), "{name}"),
            Key::Links => assert_eq!(authorization, "links_1", "{name}"),
        }
        assert_eq!(request.headers()["omise-version"], "2019-05-29", "{name}");
    }
}

#[tokio::test]
async fn a_route_nobody_has_seen_is_refused_unless_it_is_allowed() {
    let capture = Capture::answering(200, "{}");
    let calls = calls::all(&capture.client(), &capture).await;
    let refused: Vec<&str> = calls.iter().filter(|made| made.request.is_none()).map(|made| made.name).collect();
    assert_eq!(refused, GUESSES);
    for made in &calls {
        assert_eq!(made.failure == Some(ErrorKind::Unverified), GUESSES.contains(&made.name), "{}", made.name);
    }
}

#[test]
fn the_model_says_how_well_each_operation_is_known() {
    let ran = xtask(&["inspect", "--format", "json"]);
    assert!(ran.status.success(), "{}", text(&ran));
    let model: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let resources = model["resources"].as_array().expect("resources");
    let operations: Vec<&Value> =
        resources.iter().flat_map(|resource| resource["operations"].as_array().expect("operations")).collect();
    assert_eq!(operations.len(), OPERATIONS.len());
    for operation in operations {
        let id = operation["id"].as_str().expect("an id");
        let evidence = match id {
            _ if GUESSES.contains(&id) => "guess",
            _ if WEAK.contains(&id) => "weak",
            _ => "published",
        };
        assert_eq!(operation["evidence"], evidence, "{id}");
    }
}

/// Whether a path is made from a template: the same segments, with something in the place of each `{…}`.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(path).all(|(expected, segment)| {
            if expected.starts_with('{') { !segment.is_empty() } else { *expected == segment }
        })
}

#[test]
fn the_table_agrees_with_the_collected_operations() {
    let Some(path) = shared("omise/operations.json") else { return };
    let rows: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("it reads")).expect("it parses");
    let text = |row: &Value, key: &str| row[key].as_str().expect("text").to_owned();
    let aliases = ["chains.create_charge", "chains.create_transfer"];
    let mut checked = 0;
    for row in &rows {
        let name = text(row, "name");
        if aliases.contains(&name.as_str()) {
            continue;
        }
        let ours = OPERATIONS.iter().find(|ours| ours.0 == name).unwrap_or_else(|| panic!("no {name}"));
        // What was not seen is marked by a question mark: `PATCH?/POST?`, `/schedules/pause? (not found)`.
        let (method, path) = (text(row, "method"), text(row, "path"));
        let guessed = method.contains('?') || path.contains('?') || text(row, "confidence") == "low";
        assert!(!GUESSES.contains(&ours.0) || guessed, "{name} is no guess");
        assert!(method.split(['?', '/']).any(|method| method == ours.1), "{name}: {method}");
        let seen = path.split('?').next().unwrap_or_default();
        assert!(ours.2 == seen, "{name}: {} is not {path}", ours.2);
        assert_eq!(format!("https://{}", ours.3), text(row, "host"), "{name}");
        checked += 1;
    }
    assert_eq!(checked, 128);
}

#[test]
fn the_table_has_the_routes_of_the_served_document() {
    let Some(path) = shared("omise/upstream-2019-05-29.yaml") else { return };
    let document: Value = serde_yaml::from_slice(&std::fs::read(path).expect("it reads")).expect("it parses");
    let mut served = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            served.insert((method.to_uppercase(), path.clone()));
        }
    }
    let ours: BTreeSet<_> = OPERATIONS.iter().map(|row: &Row| (row.1.to_owned(), row.2.to_owned())).collect();
    assert_eq!(served.difference(&ours).next(), None);
    assert_eq!(ours.len() - served.len(), 20, "what is not published");
}

//! Every published operation is callable and makes the request it should: compared with a table of our own, and where
//! the collected facts are at hand with those, never with our schema.

mod calls;
mod operations;

use std::collections::BTreeSet;

use operations::{OPERATIONS, Row};
use serde_json::Value;

use crate::support::shared;

/// Which keys an operation accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Secret,
    Public,
    Either,
}

#[tokio::test]
async fn every_operation_makes_its_request() {
    let calls = calls::all().await;
    let called: Vec<&str> = calls.iter().map(|(name, _)| *name).collect();
    let table: Vec<&str> = OPERATIONS.iter().map(|row| row.0).collect();
    assert_eq!(called, table, "the calls and the table list the same operations, in order");
    assert_eq!(table.len(), 111);
    for ((name, request), (_, method, path, host, key)) in calls.iter().zip(OPERATIONS) {
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
        }
        assert_eq!(request.headers()["omise-version"], "2019-05-29", "{name}");
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
    for row in rows.iter().filter(|row| row["in_upstream_schema"] == true) {
        let name = text(row, "name");
        if aliases.contains(&name.as_str()) {
            continue;
        }
        let ours = OPERATIONS.iter().find(|ours| ours.0 == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(ours.1, text(row, "method"), "{name}");
        assert_eq!(ours.2, text(row, "path"), "{name}");
        assert_eq!(format!("https://{}", ours.3), text(row, "host"), "{name}");
        checked += 1;
    }
    assert_eq!(checked, 108);
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
    assert_eq!(ours, served);
}

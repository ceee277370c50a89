//! Every operation is callable and makes the request it should: compared with a table of our own, and where the
//! collected facts are at hand with those, never with our schema.

mod arguments;
pub(crate) mod calls;
mod operations;
mod sent;

use std::collections::BTreeSet;

use arguments::ARGUMENTS;
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
const WEAK: [&str; 10] = [
    "chains.create_charge",
    "chains.create_transfer",
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
    assert_eq!(table.len(), 133);
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
        let (query, body) = arguments(name);
        assert_eq!(sent::query(request, query), query.iter().copied().collect(), "{name}");
        assert_eq!(sent::body(request, body), body.iter().copied().collect(), "{name}");
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

/// The arguments of an operation that travel in the query, and those in the body.
fn arguments(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    let row = ARGUMENTS.iter().find(|row| row.0 == name);
    row.map_or((&[], &[]), |row| (row.1, row.2))
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
    assert_eq!(rows.len(), 130);
    for row in &rows {
        let name = text(row, "name");
        let ours = OPERATIONS.iter().find(|ours| ours.0 == name).unwrap_or_else(|| panic!("no {name}"));
        // What was not seen is marked by a question mark: `PATCH?/POST?`, `/schedules/pause? (not found)`.
        let (method, path) = (text(row, "method"), text(row, "path"));
        let guessed = method.contains('?') || path.contains('?') || text(row, "confidence") == "low";
        assert!(!GUESSES.contains(&ours.0) || guessed, "{name} is no guess");
        assert!(method.split(['?', '/']).any(|method| method == ours.1), "{name}: {method}");
        let seen = path.split('?').next().unwrap_or_default();
        assert!(ours.2 == seen, "{name}: {} is not {path}", ours.2);
        assert_eq!(format!("https://{}", ours.3), text(row, "host"), "{name}");
        assert_arguments(row, &name);
    }
}

/// Whether the table lists the arguments of a collected operation: each as an object with a name, or all in one text,
/// `see upstream: a, b | none required`.
#[track_caller]
fn assert_arguments(row: &Value, name: &str) {
    for (place, ours) in [("query_params", arguments(name).0), ("body_params", arguments(name).1)] {
        let listed = row[place].as_array().cloned().unwrap_or_else(|| vec![row[place].clone()]);
        let texts = listed.iter().map(|listed| listed["name"].as_str().or(listed.as_str()).expect("text"));
        let named = texts.flat_map(|text| match text.strip_prefix("see upstream: ") {
            Some(list) => list.split('|').next().unwrap_or_default().split(',').collect::<Vec<_>>(),
            // `card | source | customer`: one of them is given.
            None => text.split('|').collect(),
        });
        for named in named.map(str::trim).filter(|named| *named != "none") {
            let is_there = ours.iter().any(|ours| ours.split('.').next() == Some(named));
            assert!(is_there, "{name}: the table has no {named} in {place}");
        }
    }
}

/// Whether the table lists every parameter and every field that the served document has for a route.
#[track_caller]
fn assert_published_arguments(method: &str, path: &str, operation: &Value) {
    let is_it = |row: &&Row| (row.1, row.2) == (method, path) && !row.0.starts_with("chains.create_");
    let name = OPERATIONS.iter().find(is_it).unwrap_or_else(|| panic!("no {method} {path}")).0;
    let (mut query, mut body) = (Vec::new(), Vec::new());
    for parameter in operation["parameters"].as_array().expect("parameters") {
        if parameter["in"] == "query" {
            fields(parameter["name"].as_str().expect("a name"), &parameter["schema"], &mut query);
        }
    }
    let form = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"];
    for (field, schema) in form.as_object().into_iter().flatten() {
        fields(field, schema, &mut body);
    }
    for (published, ours) in [(query, arguments(name).0), (body, arguments(name).1)] {
        // A list may say more of its items than the served document does.
        let is_there = |argument: &String| {
            ours.iter().any(|ours| {
                ours.strip_prefix(argument.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        let missing: Vec<_> = published.iter().filter(|argument| !is_there(argument)).collect();
        assert!(missing.is_empty(), "{name}: the table has no {missing:?}");
    }
}

/// A value, or the values in it when it has fields of its own.
fn fields(at: &str, schema: &Value, found: &mut Vec<String>) {
    match schema["properties"].as_object() {
        Some(properties) => {
            properties.iter().for_each(|(field, schema)| fields(&format!("{at}.{field}"), schema, found));
        }
        None => found.push(at.to_owned()),
    }
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
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            assert_published_arguments(&method.to_uppercase(), path, operation);
        }
    }
    let ours: BTreeSet<_> = OPERATIONS.iter().map(|row: &Row| (row.1.to_owned(), row.2.to_owned())).collect();
    assert_eq!(served.difference(&ours).next(), None);
    assert_eq!(ours.len() - served.len(), 20, "what is not published");
}

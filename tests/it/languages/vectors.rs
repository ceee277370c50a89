//! Wire vectors in every language: the same call makes the same request, to the byte, and the same answer gives the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::call;
use super::driver::{Api, Language, drive};
use super::judge;
use super::script::ScriptServer;
use super::toolchain::Site;
use super::vector::{self, Vector};
use crate::support::{missing, repository, say};

/// APIs that vectors are of.
const APIS: [&str; 2] = ["omise", "shapes"];

/// Every vector there is.
pub(super) fn vectors() -> Vec<Vector> {
    vector::all(&repository().join("tests/vectors"))
}

/// A call as its driver reads it.
fn line(vector: &Vector, api: &Api, server: &ScriptServer) -> Result<Value, String> {
    let model = &api.model.lowered.api;
    let mut line = match (&vector.operation, &vector.webhook) {
        (Some(operation), None) => call::call(model, operation, &vector.args)?,
        (None, Some(webhook)) => webhook.as_object().cloned().ok_or("a webhook is an object")?,
        _ => return Err("a vector has an operation or a webhook".to_owned()),
    };
    let roles = model.servers.iter().map(|one| one.name.0.join("_"));
    let servers: Map<String, Value> =
        roles.map(|role| (role.clone(), server.url(&vector.name, &role).into())).collect();
    let mut client = json!({"servers": servers, "retry_wait_ms": 1, "timeout_ms": 5000});
    for (key, value) in vector.client.as_object().into_iter().flatten() {
        client[key] = value.clone();
    }
    line.insert("id".to_owned(), vector.name.clone().into());
    line.insert("client".to_owned(), client);
    line.insert("options".to_owned(), if vector.options.is_null() { json!({}) } else { vector.options.clone() });
    line.insert(
        "mode".to_owned(),
        if vector.webhook.is_some() { "webhook".into() } else { vector.mode.clone().into() },
    );
    if let Some(limit) = vector.limit {
        line.insert("limit".to_owned(), limit.into());
    }
    Ok(Value::Object(line))
}

/// What is wrong with each vector of a package's API; `Err` when the language cannot run here.
pub(super) fn wrong(site: &Site<'_>, vectors: &[&Vector]) -> Result<Vec<String>, String> {
    let (language, api) = (site.language, site.api);
    let server = ScriptServer::start();
    let mut lines = Vec::new();
    for vector in vectors {
        server.expect(&vector.name, vector.exchanges.iter().map(|exchange| judge::reply(&exchange.response)).collect());
        lines.push(line(vector, api, &server).unwrap_or_else(|why| panic!("{}: {why}", vector.name)));
    }
    let answers = drive(site, &lines)?;
    let mut wrong = Vec::new();
    for vector in vectors {
        let mut problems = judge::requests(&vector.exchanges, &server.arrived(&vector.name));
        match answers.get(&vector.name) {
            Some(answer) => problems.extend(judge::outcome(&vector.expect, answer)),
            None => problems.push("the driver does not answer".to_owned()),
        }
        if !problems.is_empty() {
            wrong.push(format!("{}: {}:\n  {}", language.name(), vector.name, problems.join("\n  ")));
        }
    }
    Ok(wrong)
}

fn all_vectors_hold(language: Language) {
    if !Language::wanted().contains(&language) {
        say(&format!("{} was not asked for", language.name()));
        return;
    }
    let all = vectors();
    let mut failed = Vec::new();
    for name in APIS {
        let vectors: Vec<&Vector> = all.iter().filter(|vector| vector.api == name).collect();
        match wrong(&Site::new(language, Api::named(name)), &vectors) {
            Ok(problems) => failed.extend(problems),
            Err(why) => return missing(&format!("vectors in {}: {why}", language.name())),
        }
    }
    assert!(failed.is_empty(), "{} of {} vectors:\n{}", failed.len(), all.len(), failed.join("\n"));
    say(&format!("{} vectors hold in {}", all.len(), language.name()));
}

#[test]
fn rust() {
    all_vectors_hold(Language::Rust);
}

#[test]
fn typescript() {
    all_vectors_hold(Language::TypeScript);
}

#[test]
fn python() {
    all_vectors_hold(Language::Python);
}

#[test]
fn go() {
    all_vectors_hold(Language::Go);
}

#[test]
fn there_are_enough_and_each_has_a_name_of_its_own() {
    let all = vectors();
    let names: BTreeSet<&str> = all.iter().map(|vector| vector.name.as_str()).collect();
    assert_eq!(names.len(), all.len());
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')), "names are in URLs");
    assert!(all.len() >= 60, "{}", all.len());
}

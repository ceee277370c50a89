//! Every operation in the other languages, with all arguments and with the required ones alone, against the contract server.

use std::collections::BTreeMap;

use contract::{Arguments, Server};
use serde_json::{Map, Value, json};

use super::call;
use super::driver::{Api, Language, drive};
use super::toolchain::Site;
use crate::contract::contract;
use crate::support::{missing, repository, say};

/// A call of the contract's document as a driver reads it: the model's operation of that route.
fn line(api: &Api, arguments: &Arguments, id: String, servers: &Value) -> Result<Value, String> {
    let model = &api.model.lowered.api;
    let is_it = |operation: &&omise_generator::ir::Operation| {
        operation.method == arguments.method && operation.path == arguments.path && operation.alias_of.is_none()
    };
    let operation = model.operations().map(|(_, operation)| operation).find(is_it);
    let operation = operation.ok_or_else(|| format!("no operation is {} {}", arguments.method, arguments.path))?;
    let mut given = Map::new();
    for (place, name, value) in &arguments.parameters {
        given.insert(format!("{place}:{name}"), value.clone());
    }
    match (&arguments.body, operation.body.as_ref().map(|body| &body.parts)) {
        (Some(Value::Object(members)), Some(Some(_))) => given.extend(members.clone()),
        (Some(body), Some(None)) => {
            given.insert("body".to_owned(), body.clone());
        }
        _ => {}
    }
    let mut line = call::call(model, &operation.id, &given)?;
    let keys: Map<String, Value> = model
        .auth
        .schemes
        .iter()
        .map(|scheme| {
            let prefix = scheme.prefixes.first().map(String::as_str).unwrap_or_default();
            (scheme.name.0.join("_"), format!("{prefix}test_1").into())
        })
        .collect();
    line.insert("id".to_owned(), id.into());
    line.insert("mode".to_owned(), "value".into());
    line.insert("options".to_owned(), json!({}));
    line.insert(
        "client".to_owned(),
        json!({"auth": keys, "servers": servers, "allow_unverified": true, "retry_wait_ms": 1}),
    );
    Ok(Value::Object(line))
}

fn every_operation_fits(language: Language) {
    if !Language::wanted().contains(&language) {
        say(&format!("{} was not asked for", language.name()));
        return;
    }
    let api = Api::omise();
    for (name, required_only) in [("all arguments", false), ("the required arguments", true)] {
        let server = Server::start(contract(repository().join("schema/omise/openapi.yaml"))).expect("the server");
        let roles = api.model.lowered.api.servers.iter().map(|one| one.name.0.join("_"));
        let servers: Value =
            roles.filter_map(|role| Some((role.clone(), Value::from(server.base_url(&role)?)))).collect();
        let calls = server.contract().arguments(required_only);
        let lines: Vec<Value> = calls
            .iter()
            .enumerate()
            .map(|(at, call)| {
                line(api, call, format!("{at}"), &servers).unwrap_or_else(|why| panic!("{}: {why}", call.operation))
            })
            .collect();
        let answers = match drive(&Site::new(language, api), &lines) {
            Ok(answers) => answers,
            Err(why) => return missing(&format!("the contract in {}: {why}", language.name())),
        };
        let mut wrong: Vec<String> = server
            .take()
            .iter()
            .filter(|request| !request.problems.is_empty())
            .map(|request| format!("{:?}: {:?}", request.operation, request.problems))
            .collect();
        let by_id: BTreeMap<String, &Arguments> =
            calls.iter().enumerate().map(|(at, call)| (at.to_string(), call)).collect();
        for (id, call) in by_id {
            match answers.get(&id) {
                Some(answer) if answer.get("error").is_none() && answer.get("skipped").is_none() => {}
                other => wrong.push(format!("{}: {other:?}", call.operation)),
            }
        }
        assert!(wrong.is_empty(), "{} with {name}: {}\n{}", language.name(), wrong.len(), wrong.join("\n"));
        say(&format!("{}: {} operations with {name}", language.name(), calls.len()));
    }
}

#[test]
fn typescript() {
    every_operation_fits(Language::TypeScript);
}

#[test]
fn python() {
    every_operation_fits(Language::Python);
}

#[test]
fn go() {
    every_operation_fits(Language::Go);
}

//! Components that no operation reaches.

use serde_json::{Map, Value};

use crate::config::{Config, PagingRule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Document, pointer};
use crate::maps::{HashMap, HashSet};

/// Reports what stands under `components` and is reached from nowhere: not from an operation, nor from what one reaches.
///
/// A document without operations is a library of components, and all of them are meant for others.
pub(super) fn report(document: &Document, config: &Config, diagnostics: &mut Diagnostics) {
    let tree = document.raw();
    let is_empty = |key: &str| tree.get(key).and_then(Value::as_object).is_none_or(Map::is_empty);
    if is_empty("paths") && is_empty("webhooks") {
        return;
    }
    let reached = reached(document, config);
    let components = tree.get("components").and_then(Value::as_object);
    for (kind, members) in components.into_iter().flatten() {
        let Some(noun) = noun(kind) else { continue };
        for (name, member) in members.as_object().into_iter().flatten() {
            let at = pointer::join(&format!("/components/{kind}"), name);
            let is_meant = member.get("x-unused") == Some(&Value::Bool(true));
            if is_meant || reached.contains(&at) {
                continue;
            }
            diagnostics.push(
                Diagnostic::warning("W026", format!("the {noun} `{name}` is used nowhere"))
                    .at(document.origin(&at))
                    .help("remove it, refer to it, or say `x-unused: true` in it"),
            );
        }
    }
}

fn noun(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "schemas" => "schema",
        "responses" => "response",
        "parameters" => "parameter",
        "examples" => "example",
        "requestBodies" => "request body",
        "headers" => "header",
        "securitySchemes" => "security scheme",
        "links" => "link",
        "callbacks" => "callback",
        "pathItems" => "path item",
        _ => return None,
    })
}

/// Pointers of the components that everything outside `components` reaches.
fn reached(document: &Document, config: &Config) -> HashSet<String> {
    let tree = document.raw();
    let mut reached: HashSet<String> = HashSet::default();
    let mut queue: Vec<String> = document.copied().map(str::to_owned).collect();
    queue.extend(named(config).map(|name| pointer::join("/components/schemas", name)));
    let outside = tree.as_object().into_iter().flatten().filter(|(key, _)| *key != "components");
    for (key, member) in outside {
        references(member, key, &mut queue);
    }
    let heirs = heirs(tree);
    while let Some(at) = queue.pop() {
        let Some(component) = component(&at).filter(|component| !reached.contains(component)) else { continue };
        if let Some(node) = tree.pointer(&component) {
            references(node, "", &mut queue);
        }
        queue.extend(heirs.get(&component).into_iter().flatten().cloned());
        reached.insert(component);
    }
    reached
}

/// Schemas that the configuration's rules speak of.
fn named(config: &Config) -> impl Iterator<Item = &str> {
    let pages = config.paging.iter().filter_map(PagingRule::schema);
    let events = config.webhooks.iter().filter_map(|rule| rule.event.as_deref());
    config.errors.iter().filter_map(|rule| rule.schema.as_deref()).chain(pages).chain(events)
}

/// Schemas that an answer may be where it is said to be another: those that are `allOf` one with a discriminator.
fn heirs(tree: &Value) -> HashMap<String, Vec<String>> {
    let mut heirs: HashMap<String, Vec<String>> = HashMap::default();
    let mut discriminated = Vec::new();
    let schemas = tree.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let at = pointer::join("/components/schemas", name);
        let parts = || schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        if std::iter::once(schema).chain(parts()).any(|part| part.get("discriminator").is_some()) {
            discriminated.push(at.clone());
        }
        let bases = parts().filter_map(|part| part.get("$ref")?.as_str()?.strip_prefix('#'));
        for base in bases {
            heirs.entry(base.to_owned()).or_default().push(at.clone());
        }
    }
    // Heirs of heirs are told apart by the same property.
    let mut told_apart = HashSet::default();
    while let Some(at) = discriminated.pop() {
        if told_apart.insert(at.clone()) {
            discriminated.extend(heirs.get(&at).into_iter().flatten().cloned());
        }
    }
    heirs.retain(|base, _| told_apart.contains(base));
    heirs
}

/// Everything a node refers to, as pointers.
fn references(node: &Value, key: &str, found: &mut Vec<String>) {
    let mut open = vec![(key, node)];
    while let Some((key, node)) = open.pop() {
        match node {
            Value::Object(members) => {
                match key {
                    "mapping" => found.extend(members.values().filter_map(Value::as_str).map(mapped)),
                    "security" => {}
                    _ => {
                        let target = members.get("$ref").and_then(Value::as_str);
                        found.extend(target.and_then(|text| text.strip_prefix('#')).map(str::to_owned));
                    }
                }
                open.extend(members.iter().map(|(key, member)| (key.as_str(), member)));
            }
            Value::Array(items) if key == "security" => {
                let schemes = items.iter().filter_map(Value::as_object).flat_map(Map::keys);
                found.extend(schemes.map(|scheme| pointer::join("/components/securitySchemes", scheme)));
            }
            Value::Array(items) => open.extend(items.iter().map(|item| (key, item))),
            _ => {}
        }
    }
}

/// A discriminator's value leads to a schema by its reference or by its name.
fn mapped(target: &str) -> String {
    match target.strip_prefix('#') {
        Some(pointer) => pointer.to_owned(),
        None => pointer::join("/components/schemas", target),
    }
}

/// The component that a pointer leads to or into.
fn component(at: &str) -> Option<String> {
    let mut tokens = at.split('/').skip(1);
    let (root, kind, name) = (tokens.next()?, tokens.next()?, tokens.next()?);
    (root == "components").then(|| format!("/components/{kind}/{name}"))
}

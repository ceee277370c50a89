//! Aliases: other names of a route, each with arguments of its own (`x-aliases`).
//!
//! An alias is an operation of its own in the model, so that every target has it without knowing what an alias is. It
//! shares the types, the answers and the route of the operation it is another name of.

use serde_json::{Map, Value};

use super::Lowering;
use super::collect::call_words;
use super::operation::{Call, arguments, lettered};
use super::words::name;
use crate::ir::{Api, Body, Operation};
use crate::load::pointer;
use crate::maps::HashMap;

const KEYS: [&str; 8] = ["id", "args", "summary", "description", "externalDocs", "tags", "deprecated", "x-evidence"];

impl<'a> Lowering<'a> {
    /// The aliases of an operation, with the words of the resource each belongs to.
    pub(super) fn aliases(&mut self, call: &Call<'a>, operation: &Operation) -> Vec<(Vec<String>, Operation)> {
        let Some(listed) = call.operation.extensions.get("x-aliases") else { return Vec::new() };
        let at = pointer::join(&call.pointer, "x-aliases");
        let Some(listed) = listed.as_array() else {
            self.malformed(&at, "`x-aliases` is not a list; it is ignored");
            return Vec::new();
        };
        let numbered = listed.iter().enumerate();
        numbered
            .filter_map(|(index, alias)| self.alias(alias, &pointer::join(&at, &index.to_string()), call, operation))
            .collect()
    }

    fn alias(
        &mut self,
        alias: &Value,
        at: &str,
        call: &Call<'a>,
        operation: &Operation,
    ) -> Option<(Vec<String>, Operation)> {
        let id = alias.get("id").and_then(Value::as_str).and_then(|id| id.rsplit_once('.'));
        let words = id.and_then(|(resource, method)| Some((lettered(resource)?, lettered(method)?)));
        let (Some((resource, method)), Some(alias)) = (words, alias.as_object()) else {
            self.malformed(at, "an alias has no `id` that names a resource and a method; it is left out");
            return None;
        };
        self.unknown_keys(alias, at);
        let (resource, own) = (name(resource, "root").0, name(method, "call"));
        let mut aliased = Operation {
            id: format!("{}.{}", resource.join("_"), own.0.join("_")),
            type_name: name(call_words(&resource, &own), "call"),
            name: own,
            alias_of: Some(operation.id.clone()),
            evidence: self.evidence(alias.get("x-evidence"), at).unwrap_or(operation.evidence),
            deprecated: alias.get("deprecated").and_then(Value::as_bool).unwrap_or(operation.deprecated),
            example: None,
            origin: self.document.origin(at),
            ..operation.clone()
        };
        describe(&mut aliased, alias);
        let order = self.listed_arguments(alias, at, &mut aliased);
        aliased.arguments = arguments(call.path, &aliased.params, aliased.body.as_ref(), &order);
        Some((resource, aliased))
    }

    /// The arguments an alias takes up front, which become required.
    fn listed_arguments(&mut self, alias: &Map<String, Value>, at: &str, aliased: &mut Operation) -> Vec<String> {
        let Some(args) = alias.get("args") else { return Vec::new() };
        let at = pointer::join(at, "args");
        let Some(args) = args.as_array() else {
            self.malformed(&at, "`args` of an alias is not a list of wire names; it is ignored");
            return Vec::new();
        };
        let mut order = Vec::new();
        for (index, arg) in args.iter().enumerate() {
            match arg.as_str().filter(|arg| require(aliased, arg)) {
                Some(arg) => order.push(arg.to_owned()),
                None => {
                    let message = format!("{arg} is no parameter and no field of the body; it is ignored");
                    self.malformed(&pointer::join(&at, &index.to_string()), &message);
                }
            }
        }
        order
    }

    fn unknown_keys(&mut self, alias: &Map<String, Value>, at: &str) {
        for key in alias.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            self.malformed(&pointer::join(at, key), &format!("`{key}` means nothing in an alias; it is ignored"));
        }
    }

    fn malformed(&mut self, at: &str, message: &str) {
        let help = "an alias is `{id: orders.reserve, args: [item, until]}`: a name, and wire names of arguments it \
                    takes up front";
        self.warn("W057", message, at, help);
    }
}

/// Its own words, in place of all of the operation's.
fn describe(aliased: &mut Operation, alias: &Map<String, Value>) {
    let text = |key: &str| alias.get(key).and_then(Value::as_str).map(str::to_owned);
    let (summary, doc) = (text("summary"), text("description"));
    let docs_url = alias.get("externalDocs").and_then(|docs| docs.get("url")).and_then(Value::as_str);
    if summary.is_some() || doc.is_some() || docs_url.is_some() {
        aliased.summary = summary.unwrap_or_default();
        aliased.doc = doc.unwrap_or_default();
        aliased.docs_url = docs_url.map(str::to_owned);
    }
    if let Some(tags) = alias.get("tags").and_then(Value::as_array) {
        aliased.tags = tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    }
}

/// Makes an argument required; false when there is none of that wire name, or it has one value that nobody gives.
fn require(aliased: &mut Operation, wire_name: &str) -> bool {
    let params = aliased.params.iter_mut().filter(|param| param.wire_name == wire_name && param.constant.is_none());
    let mut found = false;
    for param in params {
        (param.required, found) = (true, true);
    }
    if let Some(Body { parts: Some(parts), required, .. }) = &mut aliased.body {
        for part in parts.iter_mut().filter(|part| part.wire_name == wire_name && part.constant.is_none()) {
            (part.required, *required, found) = (true, true, true);
        }
    }
    found
}

/// What is called on one route: the operation itself, and its aliases.
#[derive(Default)]
struct Route {
    own: Option<String>,
    aliases: Vec<String>,
}

/// Writes down what is another name of what, once names are decided.
pub(super) fn link(api: &mut Api) {
    let route = |operation: &Operation| (operation.method.clone(), operation.path.clone());
    let mut routes: HashMap<(String, String), Route> = HashMap::default();
    for (_, operation) in api.operations() {
        let known = routes.entry(route(operation)).or_default();
        if operation.alias_of.is_some() {
            known.aliases.push(operation.id.clone());
        } else {
            known.own.get_or_insert_with(|| operation.id.clone());
        }
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        let known = routes.get(&route(operation));
        if operation.alias_of.is_some() {
            operation.alias_of = known.and_then(|known| known.own.clone());
        } else {
            operation.aliases = known.map(|known| known.aliases.clone()).unwrap_or_default();
        }
    }
}

//! Schemas that are made of one another: that part of them says nothing.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::grammar;
use crate::load::origin::Origins;
use crate::load::{codes, pointer};
use crate::maps::{HashMap, HashSet};

/// Finds circles of schemas that are `allOf` one another, at their first member.
///
/// A schema that must hold together with itself says what it says otherwise, which lowering keeps; one that says nothing
/// else becomes untyped here.
pub(in crate::load) fn break_cycles(tree: &mut Value, origins: &Origins, diagnostics: &mut Diagnostics) {
    const AT: &str = "/components/schemas";
    let Some(Value::Object(members)) = tree.pointer_mut(AT) else { return };
    for name in circular(members, AT) {
        let reason = format!("the schema `{name}` is made of itself");
        let is_empty = members.get(&name).is_none_or(says_nothing_else);
        let outcome = if is_empty { "it is untyped" } else { "that part of it adds nothing" };
        diagnostics.push(
            Diagnostic::warning(codes::CIRCULAR_REFERENCE, format!("{reason}; {outcome}"))
                .at(origins.resolve(&pointer::join(AT, &name))),
        );
        if is_empty {
            members.insert(name, json!({"x-untyped": reason}));
        }
    }
}

/// Names whose references lead back to themselves: of each circle, the first found.
fn circular(members: &serde_json::Map<String, Value>, at: &str) -> Vec<String> {
    let prefix = format!("#{at}/");
    let edges: HashMap<&str, Vec<String>> = members
        .iter()
        .map(|(name, member)| {
            let targets = parts(member);
            let names = targets
                .filter_map(|target| target.strip_prefix(&prefix))
                .map(|name| pointer::unescape(name).into_owned());
            (name.as_str(), names.collect())
        })
        .collect();
    let mut done: HashSet<&str> = HashSet::default();
    let mut broken = Vec::new();
    for start in members.keys() {
        // Depth first without recursion; `open` holds the way with the edges still to follow.
        let mut open: Vec<(&str, std::slice::Iter<'_, String>)> = Vec::new();
        if !done.contains(start.as_str())
            && let Some(next) = edges.get(start.as_str())
        {
            open.push((start, next.iter()));
        }
        while let Some((name, rest)) = open.last_mut() {
            let name = *name;
            let Some(next) = rest.next() else {
                done.insert(name);
                open.pop();
                continue;
            };
            if open.iter().any(|(on_way, _)| on_way == next) {
                if !broken.contains(next) {
                    broken.push(next.clone());
                }
            } else if !done.contains(next.as_str())
                && let Some((key, targets)) = edges.get_key_value(next.as_str())
            {
                open.push((key, targets.iter()));
            }
        }
    }
    broken
}

/// Whether a schema is made of references and words alone.
fn says_nothing_else(member: &Value) -> bool {
    let words = ["$ref", "allOf", "description", "title", "nullable", "deprecated", "example", "externalDocs"];
    let all_of = member.get("allOf").and_then(Value::as_array);
    all_of.into_iter().flatten().all(|part| grammar::reference(part).is_some())
        && member.as_object().is_none_or(|member| member.keys().all(|key| words.contains(&key.as_str())))
}

/// References a component is made of.
fn parts(member: &Value) -> impl Iterator<Item = &str> {
    let all_of = member.get("allOf").and_then(Value::as_array).into_iter().flatten();
    grammar::reference(member).into_iter().chain(all_of.filter_map(grammar::reference))
}

//! OpenAPI Overlay 1.0: actions that change a document before anything reads it.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::maps::{HashMap, HashSet};

use super::closest::closest;
use super::origin::{Origins, keep_items};
use super::source::{Limits, SourceFile};
use super::{codes, measure, pointer};

/// Applies one overlay's actions in order. Whatever is wrong with it is an error or a warning at the action.
pub(super) fn apply(
    tree: &mut Value,
    origins: &mut Origins,
    overlay: &Value,
    file: &SourceFile,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) {
    let Some(version) = overlay.get("overlay").and_then(Value::as_str) else {
        diagnostics.push(
            Diagnostic::error(codes::NOT_AN_OVERLAY, "the key `overlay` is missing: this is not an OpenAPI overlay")
                .at(file.origin(""))
                .help("an overlay begins with `overlay: 1.0.0`"),
        );
        return;
    };
    if !version.starts_with("1.") {
        let message = format!("the overlay version `{version}` is not one of 1.x");
        diagnostics.push(Diagnostic::error(codes::NOT_AN_OVERLAY, message).at(file.origin("/overlay")));
        return;
    }
    let Some(Value::Array(actions)) = overlay.get("actions") else {
        let message = "the overlay has no list of `actions`";
        diagnostics.push(Diagnostic::error(codes::NOT_AN_OVERLAY, message).at(file.origin("")));
        return;
    };
    let mut run = Run { tree, origins, file, diagnostics, version, nodes_left: limits.nodes, deepest: limits.depth };
    run.unknown_keys(overlay, "", "overlay", &["overlay", "info", "extends", "actions"]);
    for (index, action) in actions.iter().enumerate() {
        let at = format!("/actions/{index}");
        run.unknown_keys(action, &at, "action", &["target", "description", "update", "remove", "copy"]);
        run.action(action, &at);
    }
}

struct Run<'load> {
    tree: &'load mut Value,
    origins: &'load mut Origins,
    file: &'load SourceFile,
    diagnostics: &'load mut Diagnostics,
    version: &'load str,
    /// Nodes that updates may still add.
    nodes_left: usize,
    deepest: usize,
}

impl Run<'_> {
    fn action(&mut self, action: &Value, at: &str) {
        let target_at = pointer::join(at, "target");
        let Some(target) = action.get("target").and_then(Value::as_str) else {
            self.error(codes::BAD_ACTION, at, "the action has no `target`");
            return;
        };
        let path = match JsonPath::parse(target) {
            Ok(path) => path,
            Err(error) => {
                let message =
                    format!("`{target}` is not a JSONPath: {} at character {}", error.message(), error.position());
                self.error(codes::BAD_JSONPATH, &target_at, message);
                return;
            }
        };
        let mut selected: Vec<String> =
            path.query_located(self.tree).locations().map(|location| location.to_json_pointer()).collect();
        selected.sort_by(|left, right| order(left, right));
        selected.dedup();
        if selected.is_empty() {
            self.diagnostics.push(
                Diagnostic::warning(codes::SELECTS_NOTHING, format!("`{target}` selects nothing"))
                    .at(self.file.origin(&target_at))
                    .help("the document may have changed; correct the target or remove the action"),
            );
            return;
        }
        match (action.get("remove"), action.get("update")) {
            (Some(Value::Bool(true)), _) => self.remove(&selected, at),
            (_, Some(update)) => self.update(&selected, update, &pointer::join(at, "update")),
            _ => self.warn(codes::IDLE_ACTION, at, "the action neither updates nor removes anything"),
        }
    }

    /// Removes the members of each parent at once, the last parent first, so that pointers before stay what they are.
    fn remove(&mut self, selected: &[String], at: &str) {
        let mut parents: Vec<&str> = Vec::new();
        let mut keys: HashMap<&str, HashSet<Cow<'_, str>>> = HashMap::default();
        for target in selected {
            let Some((parent, key)) = pointer::split(target) else {
                self.error(codes::BAD_ACTION, at, "the whole document cannot be removed");
                return;
            };
            keys.entry(parent)
                .or_insert_with(|| {
                    parents.push(parent);
                    HashSet::default()
                })
                .insert(key);
        }
        parents.sort_by(|left, right| order(right, left));
        for parent in parents {
            let gone = |key: &str| keys.get(parent).is_some_and(|keys| keys.contains(key));
            match self.tree.pointer_mut(parent) {
                Some(Value::Object(object)) => {
                    let origins = &mut *self.origins;
                    object.retain(|key, _| {
                        let is_gone = gone(key);
                        if is_gone {
                            origins.forget(&pointer::join(parent, key));
                        }
                        !is_gone
                    });
                }
                Some(Value::Array(items)) => {
                    let kept: Vec<usize> = (0..items.len()).filter(|index| !gone(&index.to_string())).collect();
                    keep_items(items, parent, &kept, self.origins);
                }
                _ => {}
            }
        }
    }

    fn update(&mut self, selected: &[String], update: &Value, at: &str) {
        let (nodes, depth) = measure::size(update);
        let added = nodes.saturating_mul(selected.len());
        let Some(left) = self.nodes_left.checked_sub(added) else {
            self.error(codes::TOO_MANY_NODES, at, "the action makes the document too large");
            return;
        };
        self.nodes_left = left;
        let origin = self.file.origin(at);
        for target in selected {
            if pointer::tokens(target).count() + depth > self.deepest {
                self.error(codes::TOO_DEEP, at, "the action makes the document too deep");
                return;
            }
            let Some(node) = self.tree.pointer_mut(target) else { continue };
            match (node, update) {
                (Value::Object(object), Value::Object(update)) => {
                    merge(object, update, target, &origin, self.origins);
                }
                (Value::Array(items), Value::Array(update)) => append(items, update, target, &origin, self.origins),
                (Value::Array(items), update) => {
                    self.origins.set(&pointer::join(target, &items.len().to_string()), origin.clone());
                    items.push(update.clone());
                }
                (Value::Object(_), _) => {
                    self.warn(
                        codes::UPDATE_OF_PRIMITIVE,
                        at,
                        "an object can only be updated with an object; the action is ignored",
                    );
                    return;
                }
                // Overlay 1.1 allows what 1.0 does not.
                (node, update) if self.version.starts_with("1.1") => {
                    *node = update.clone();
                    self.origins.set(target, origin.clone());
                }
                _ => {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            codes::UPDATE_OF_PRIMITIVE,
                            format!("`{target}` is neither an object nor an array; the action is ignored"),
                        )
                        .at(origin)
                        .help("select the object around it and update its key"),
                    );
                    return;
                }
            }
        }
    }

    /// Reports keys that mean nothing in an overlay: a misspelled one would go unnoticed.
    fn unknown_keys(&mut self, object: &Value, at: &str, what: &str, known: &[&str]) {
        let keys = object.as_object().into_iter().flat_map(Map::keys);
        for key in keys.filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
            let message = format!("`{key}` means nothing in this {what}; it is ignored");
            let help = closest(key, known.iter().copied()).map(|meant| format!("did you mean `{meant}`?"));
            let warning = Diagnostic::warning(codes::UNKNOWN_KEYWORD, message);
            let warning = warning.at(self.file.origin(&pointer::join(at, key)));
            let help = help.unwrap_or_else(|| "a key of your own begins with `x-`".to_owned());
            self.diagnostics.push(warning.help(help));
        }
    }

    fn error(&mut self, code: &str, at: &str, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, message).at(self.file.origin(at)));
    }

    fn warn(&mut self, code: &str, at: &str, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, message).at(self.file.origin(at)));
    }
}

/// Merges objects, appends arrays, replaces the rest. `origin` is where `update` stands.
fn merge(
    object: &mut Map<String, Value>,
    update: &Map<String, Value>,
    at: &str,
    origin: &Origin,
    origins: &mut Origins,
) {
    for (key, value) in update {
        let here = pointer::join(at, key);
        let origin = Origin { document: origin.document.clone(), pointer: pointer::join(&origin.pointer, key) };
        match (object.get_mut(key), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => merge(inner, value, &here, &origin, origins),
            (Some(Value::Array(inner)), Value::Array(value)) => append(inner, value, &here, &origin, origins),
            _ => {
                object.insert(key.clone(), value.clone());
                origins.set(&here, origin);
            }
        }
    }
}

fn append(items: &mut Vec<Value>, update: &[Value], at: &str, origin: &Origin, origins: &mut Origins) {
    for (index, value) in update.iter().enumerate() {
        let pointer = pointer::join(&origin.pointer, &index.to_string());
        origins
            .set(&pointer::join(at, &items.len().to_string()), Origin { document: origin.document.clone(), pointer });
        items.push(value.clone());
    }
}

/// Document order as far as removal needs it: an array's items by index, a node before what is below it.
fn order(left: &str, right: &str) -> Ordering {
    let (mut lefts, mut rights) = (pointer::tokens(left), pointer::tokens(right));
    loop {
        match (lefts.next(), rights.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(left), Some(right)) => {
                let order = match (left.parse::<usize>(), right.parse::<usize>()) {
                    (Ok(left), Ok(right)) => left.cmp(&right),
                    _ => left.cmp(&right),
                };
                if order != Ordering::Equal {
                    return order;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::load::source::Source;

    use super::*;

    fn run(mut tree: Value, actions: Value) -> (Value, Origins, Vec<String>) {
        let overlay = json!({"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": actions});
        let source = Source::Bytes { name: "o.yaml".into(), bytes: overlay.to_string().into_bytes() };
        let file = SourceFile::read(&source, &mut 10_000).unwrap();
        let (mut origins, mut diagnostics) = (Origins::new("a.yaml".into()), Diagnostics::default());
        apply(&mut tree, &mut origins, &overlay, &file, &Limits::default(), &mut diagnostics);
        let said = diagnostics.0.iter().map(|said| format!("{} {}", said.code, said.origin.as_ref().unwrap()));
        (tree, origins, said.collect())
    }

    #[test]
    fn objects_merge_arrays_grow_and_texts_are_replaced() {
        let (tree, origins, said) = run(
            json!({"a": {"b": 1, "c": [1], "d": {"e": 1}}}),
            json!([{"target": "$.a", "update": {"b": 2, "c": [2, 3], "d": {"f": 2}, "g": {"h": 1}}}]),
        );
        assert_eq!(tree, json!({"a": {"b": 2, "c": [1, 2, 3], "d": {"e": 1, "f": 2}, "g": {"h": 1}}}));
        assert_eq!(said, Vec::<String>::new());
        for (at, origin) in [
            ("/a/b", "o.yaml#/actions/0/update/b"),
            ("/a/c/0", "a.yaml#/a/c/0"),
            ("/a/c/2", "o.yaml#/actions/0/update/c/1"),
            ("/a/d/e", "a.yaml#/a/d/e"),
            ("/a/g/h", "o.yaml#/actions/0/update/g/h"),
        ] {
            assert_eq!(origins.resolve(at).to_string(), origin);
        }
    }

    #[test]
    fn an_array_target_grows() {
        let (tree, ..) = run(
            json!({"a": []}),
            json!([{"target": "$.a", "update": {"x": 1}}, {"target": "$.a", "update": [2, 3]}, {"target": "$.a", "update": "z"}]),
        );
        assert_eq!(tree, json!({"a": [{"x": 1}, 2, 3, "z"]}));
    }

    #[test]
    fn removal_keeps_the_origins_of_what_is_left() {
        let (tree, origins, _) = run(
            json!({"l": [{"n": 0}, {"n": 1}, {"n": 2}, {"n": 3}]}),
            json!([{"target": "$.l[?@.n == 0 || @.n == 2]", "remove": true}]),
        );
        assert_eq!(tree, json!({"l": [{"n": 1}, {"n": 3}]}));
        assert_eq!(origins.resolve("/l/1/n").pointer, "/l/3/n");
    }

    #[test]
    fn what_does_nothing_is_said_at_the_action() {
        let (_, _, said) = run(
            json!({"a": 1}),
            json!([
                {"target": "$.b", "update": {}},
                {"target": "$[", "update": {}},
                {"target": "$.a", "update": 2},
                {"update": 2},
                {"target": "$"},
                {"target": "$", "remove": true},
            ]),
        );
        assert_eq!(
            said,
            [
                "W002 o.yaml#/actions/0/target",
                "E012 o.yaml#/actions/1/target",
                "W003 o.yaml#/actions/2/update",
                "E013 o.yaml#/actions/3",
                "W008 o.yaml#/actions/4",
                "E013 o.yaml#/actions/5",
            ]
        );
    }

    #[test]
    fn growth_has_a_limit() {
        let mut deep = json!({});
        for _ in 0..100 {
            deep = json!({"a": deep});
        }
        let (_, _, said) = run(json!({}), json!([{"target": "$", "update": deep}, {"target": "$..a", "update": deep}]));
        assert_eq!(said, ["E006 o.yaml#/actions/1/update"]);
    }
}

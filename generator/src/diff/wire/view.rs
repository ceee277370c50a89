//! A schema as it is meant, however it is written: 3.0 and 3.1 look the same from here.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::load::pointer;
use crate::maps::HashSet;

use super::Spot;
use super::node::{Node, Side};

/// Schemas that must all hold at one place.
#[derive(Clone, Debug)]
pub(super) struct View<'d> {
    /// Never empty. What was written at the place itself comes first.
    parts: Vec<Part<'d>>,
    /// Whether null is a value, besides what the type says.
    pub(super) is_nullable: bool,
}

#[derive(Clone, Debug)]
struct Part<'d> {
    node: Node<'d>,
    /// Keywords of it that are already taken care of.
    is_wrapper: bool,
}

/// Names of types, null aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Types<'d>(pub(super) BTreeSet<&'d str>);

impl Types<'_> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Whether every value of these types is of the others.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().all(|name| other.has(name) || (*name == "integer" && other.has("number")))
    }

    pub(super) fn told(&self) -> String {
        self.0.iter().copied().collect::<Vec<_>>().join(" or ")
    }
}

/// Keywords that a schema may have beside a list of possibilities without saying more of what is valid.
const ANNOTATIONS: [&str; 14] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$comment",
    "nullable",
    "discriminator",
    "$id",
];

/// Parts that one place may have.
const MOST_PARTS: usize = 500;

impl<'d> View<'d> {
    /// The view of a place, without what its `allOf` adds.
    pub(super) fn of(side: &Side<'d>, node: &Node<'d>) -> Self {
        let mut view = Self { parts: Vec::new(), is_nullable: false };
        let mut node = node.clone();
        let mut seen = HashSet::default();
        loop {
            let is_new = seen.insert(node.identity());
            let next = if is_new { view.take(side, &node) } else { None };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        if view.parts.is_empty() {
            view.parts.push(Part { node, is_wrapper: false });
        }
        view
    }

    /// Takes a node in; gives back the one that it only stands for.
    fn take(&mut self, side: &Side<'d>, node: &Node<'d>) -> Option<Node<'d>> {
        if let Some(target) = side.target(node) {
            if node.object().is_some_and(|object| object.len() > 1) {
                self.is_nullable |= node.flag("nullable");
                self.parts.push(Part { node: node.clone(), is_wrapper: false });
            }
            return Some(target);
        }
        self.is_nullable |= says_null(node);
        if let Some(only) = only_branch(node) {
            self.is_nullable = true;
            self.parts.push(Part { node: node.clone(), is_wrapper: true });
            return Some(only);
        }
        let branches = ["anyOf", "oneOf"].into_iter().filter_map(|key| node.get(key)).flat_map(|list| list.items());
        self.is_nullable |= branches.into_iter().any(|branch| is_null(branch.value));
        self.parts.push(Part { node: node.clone(), is_wrapper: false });
        None
    }

    /// The view of this place together with others that must hold too.
    pub(super) fn join(&mut self, side: &Side<'d>, branch: &Node<'d>) {
        let mut seen: HashSet<usize> = self.parts.iter().map(|part| part.node.identity()).collect();
        let mut queue = vec![branch.clone()];
        while let Some(next) = queue.pop() {
            let other = Self::of(side, &next);
            let branches: Vec<Node<'d>> = other.all_of().collect();
            for part in other.parts {
                if self.parts.len() < MOST_PARTS && seen.insert(part.node.identity()) {
                    self.parts.push(part);
                }
            }
            let is_fresh = |branch: &Node<'d>| !seen.contains(&side.resolve(branch).identity());
            queue.extend(branches.into_iter().filter(is_fresh));
            if self.parts.len() >= MOST_PARTS {
                break;
            }
        }
    }

    /// What must hold as well.
    pub(super) fn all_of(&self) -> impl Iterator<Item = Node<'d>> + use<'_, 'd> {
        self.nodes().filter_map(|node| node.get("allOf")).flat_map(|list| list.items())
    }

    fn nodes(&self) -> impl Iterator<Item = &Node<'d>> {
        self.parts.iter().map(|part| &part.node)
    }

    /// The first part that has a keyword.
    pub(super) fn get(&self, key: &str) -> Option<Node<'d>> {
        let is_hidden = |part: &&Part<'d>| !(part.is_wrapper && matches!(key, "anyOf" | "oneOf" | "type" | "nullable"));
        self.parts.iter().filter(is_hidden).find_map(|part| part.node.get(key))
    }

    /// Every part that has a keyword.
    pub(super) fn every(&self, key: &str) -> Vec<Node<'d>> {
        let is_hidden = |part: &&Part<'d>| !(part.is_wrapper && matches!(key, "anyOf" | "oneOf"));
        self.parts.iter().filter(is_hidden).filter_map(|part| part.node.get(key)).collect()
    }

    /// What [`Self::get`] finds, without the place where it stands.
    pub(super) fn value(&self, key: &str) -> Option<&'d Value> {
        let is_hidden = |part: &&Part<'d>| !(part.is_wrapper && matches!(key, "anyOf" | "oneOf" | "type" | "nullable"));
        self.parts.iter().filter(is_hidden).find_map(|part| pointer::member(part.node.object()?, key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.value(key)?.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.value(key).and_then(Value::as_bool) == Some(true)
    }

    /// The place that the schema is written at, references followed.
    pub(super) fn home(&self) -> Option<&Node<'d>> {
        let own = self.parts.iter().find(|part| part.node.object().is_none_or(|object| !object.contains_key("$ref")));
        own.or_else(|| self.parts.first()).map(|part| &part.node)
    }

    /// Where a keyword stands or would stand.
    pub(super) fn spot(&self, key: &str) -> Spot {
        match (self.get(key), self.home()) {
            (Some(node), _) => Spot::from(&node),
            (None, Some(home)) => Spot::missing(home),
            (None, None) => Spot { at: String::new(), exists: false },
        }
    }

    /// Where the schema stands.
    pub(super) fn here(&self) -> Spot {
        self.home().map_or(Spot { at: String::new(), exists: false }, Spot::from)
    }

    /// The types; `None` where any is possible.
    pub(super) fn types(&self) -> Option<Types<'d>> {
        let said: Option<BTreeSet<&str>> = self.value("type").map(|value| match value {
            Value::String(name) => [name.as_str()].into(),
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => BTreeSet::new(),
        });
        let mut said = said.unwrap_or_default();
        said.remove("null");
        if said.is_empty() {
            said.extend(self.implied());
        }
        (!said.is_empty()).then_some(Types(said))
    }

    /// The type of a schema whose author left it out, where other keywords are only written for one.
    fn implied(&self) -> Option<&'static str> {
        let has = |key: &str| self.value(key).is_some();
        if has("properties") {
            return Some("object");
        }
        has("items").then_some("array")
    }

    /// The types of possibilities that say nothing but a type each: `anyOf: [{type: string}, {type: integer}]`.
    pub(super) fn listed_types(&self) -> Option<Types<'d>> {
        if self.value("type").is_some() || !self.has_lists() {
            return None;
        }
        let branches: Vec<Node<'d>> = self.possibilities();
        let name = |branch: &Node<'d>| {
            let is_bare = |key: &&String| key.as_str() != "type" && !ANNOTATIONS.contains(&key.as_str());
            let object = branch.object()?;
            if object.keys().any(|key| is_bare(&key)) { None } else { branch.text("type") }
        };
        let names: Option<BTreeSet<&str>> = branches.iter().map(name).collect();
        names.filter(|names| names.len() > 1).map(Types)
    }

    /// Whether there are possibilities at all, which most schemas have not.
    fn has_lists(&self) -> bool {
        self.value("oneOf").is_some() || self.value("anyOf").is_some()
    }

    /// The branches of `anyOf` and `oneOf`, the one that only allows null aside.
    pub(super) fn possibilities(&self) -> Vec<Node<'d>> {
        if !self.has_lists() {
            return Vec::new();
        }
        let lists = ["oneOf", "anyOf"].into_iter().flat_map(|key| self.every(key));
        lists.flat_map(|list| list.items()).filter(|branch| !is_null(branch.value)).collect()
    }

    /// Whether the schema says nothing by itself of what is valid.
    pub(super) fn is_plain(&self) -> bool {
        let says = |node: &Node<'d>| {
            let keys = node.object().into_iter().flat_map(|object| object.keys());
            let is_aside = |key: &str| {
                ANNOTATIONS.contains(&key)
                    || key.starts_with("x-")
                    || matches!(key, "$ref" | "allOf" | "oneOf" | "anyOf")
            };
            keys.into_iter().any(|key| !is_aside(key) && key != "type")
        };
        !self.nodes().any(says)
    }
}

/// Whether a schema only describes.
pub(super) fn is_annotation(value: &Value) -> bool {
    let is_aside = |key: &String| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-");
    value.as_object().is_some_and(|object| object.keys().all(is_aside) && !object.contains_key("nullable"))
}

/// The only branch besides null of a schema that is nothing but that list.
fn only_branch<'d>(node: &Node<'d>) -> Option<Node<'d>> {
    let object = node.object()?;
    let key = if object.contains_key("anyOf") { "anyOf" } else { "oneOf" };
    let is_aside = |name: &String| name == key || ANNOTATIONS.contains(&name.as_str()) || name.starts_with("x-");
    if !object.keys().all(is_aside) {
        return None;
    }
    let all: Vec<Node<'d>> = node.get(key)?.items().collect();
    let mut rest = all.iter().filter(|branch| !is_null(branch.value));
    let only = rest.next()?;
    (rest.next().is_none() && all.len() > 1).then(|| only.clone())
}

fn says_null(node: &Node<'_>) -> bool {
    let has_null = |value: &Value| value.as_array().is_some_and(|names| names.iter().any(|name| name == "null"));
    let of_type = node.object().and_then(|object| object.get("type"));
    node.flag("nullable") || of_type.is_some_and(has_null)
}

/// Whether a schema allows null and nothing else.
fn is_null(value: &Value) -> bool {
    let Some(object) = value.as_object() else { return false };
    let only_null =
        |list: &Value| list.as_array().is_some_and(|list| list.len() == 1 && list.iter().all(Value::is_null));
    match object.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(_) => false,
        None => object.get("const") == Some(&Value::Null) || object.get("enum").is_some_and(only_null),
    }
}

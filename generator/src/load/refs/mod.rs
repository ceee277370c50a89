//! References: after this stage every `$ref` is `#/components/<kind>/<name>`, exists and fits where it stands.
//!
//! What stands elsewhere in the document takes the place of the reference to it; what stands in other
//! files, or refers back to itself, moves to `components`. Whatever leads nowhere degrades with a warning.

mod containers;
mod cycles;
mod files;
mod hoist;
mod lookup;

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::maps::{HashMap, HashSet};

use super::closest::closest;
use super::grammar::{self, Kind};
use super::origin::Origins;
use super::sources::Sources;
use super::{codes, measure, pointer};

pub(super) use cycles::break_cycles;

/// Key of what a lost reference leaves behind where nothing else is legal; repair takes it away without a word.
pub(super) const LOST: &str = "x-lost";

/// Nodes that may be copied into the places that refer to them; beyond, they move to `components`.
const MOST_COPIED: usize = 50_000;

/// Keys in a pointer that copying may lead to.
const DEEPEST: usize = 128;

/// Everything the resolution of one document needs.
pub(super) struct Resolver<'load> {
    sources: &'load mut Sources,
    origins: &'load mut Origins,
    diagnostics: &'load mut Diagnostics,
    /// Trees as they were read, by file; the first is the overlaid document.
    trees: HashMap<usize, Value>,
    files: HashMap<PathBuf, Result<usize, Lost>>,
    /// Where each tree being copied was found, innermost last.
    frames: Vec<Frame>,
    /// How chains of references end, by the pointers they lead over.
    ends: HashMap<String, Result<(), Lost>>,
    /// Names of what was moved to `components`, by where it was.
    moved: HashMap<(usize, String, &'static str), String>,
    /// Names in use under `components`, by kind.
    taken: HashMap<&'static str, HashSet<String>>,
    /// Lists and maps that were references as a whole; what they hold is resolved.
    done: HashSet<String>,
    /// What is still to be moved.
    queue: Vec<hoist::Move>,
    copied: usize,
    /// Components of the root document that were copied, in whole or in part.
    copied_from: HashSet<String>,
    /// References being followed on the way to a pointer.
    following: usize,
}

/// A tree that is being resolved: where it was found and where it will stand.
struct Frame {
    file: usize,
    found: String,
    stands: String,
    /// Where in the found tree the frame inside this one was entered.
    entered: String,
}

/// Why a reference leads nowhere.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    code: &'static str,
    reason: String,
}

impl Lost {
    fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }
}

/// What a reference leads to: a file's tree and a pointer into it.
struct Target {
    file: usize,
    pointer: String,
}

impl<'load> Resolver<'load> {
    pub(super) fn new(
        tree: &Value,
        sources: &'load mut Sources,
        origins: &'load mut Origins,
        diagnostics: &'load mut Diagnostics,
    ) -> Self {
        Self {
            sources,
            origins,
            diagnostics,
            trees: std::iter::once((ROOT, tree.clone())).collect(),
            files: HashMap::default(),
            frames: Vec::new(),
            ends: HashMap::default(),
            moved: HashMap::default(),
            taken: hoist::names(tree),
            done: HashSet::default(),
            queue: Vec::new(),
            copied: 0,
            copied_from: HashSet::default(),
            following: 0,
        }
    }

    /// Resolves all references of the root document. Gives back what was copied from its components: no reference tells it.
    pub(super) fn resolve(mut self, tree: &mut Value) -> HashSet<String> {
        self.subtree(tree, Kind::Document, Target { file: ROOT, pointer: String::new() }, "");
        while let Some(next) = self.queue.pop() {
            self.insert(tree, next);
        }
        self.copied_from
    }

    /// Resolves the references of a tree that was found at `found` and will stand at `at`.
    fn subtree(&mut self, tree: &mut Value, kind: Kind, found: Target, at: &str) {
        self.frames.push(Frame {
            file: found.file,
            found: found.pointer,
            stands: at.to_owned(),
            entered: String::new(),
        });
        grammar::walk(tree, kind, true, &mut at.to_owned(), &mut |value, kind, at| {
            if kind == Kind::Discriminator {
                self.mapping(value, at);
            }
            if pointer::split(at).is_some_and(|(parent, _)| self.done.contains(parent)) {
                return false;
            }
            if grammar::reference(value).is_some() {
                self.reference(value, kind, at);
                return false;
            }
            self.containers(value, kind, at);
            true
        });
        self.frames.pop();
    }

    /// Where the node that stands at `at` was found.
    fn found(&self, at: &str) -> Option<Target> {
        let frame = self.frames.last()?;
        let below = at.strip_prefix(frame.stands.as_str()).unwrap_or_default();
        Some(Target { file: frame.file, pointer: format!("{}{below}", frame.found) })
    }

    fn reference(&mut self, value: &mut Value, kind: Kind, at: &str) {
        let Some(object) = value.as_object_mut() else { return };
        let Some(Value::String(text)) = object.shift_remove("$ref") else { return };
        let mut siblings = std::mem::take(object);
        if kind == Kind::Schema && !siblings.is_empty() {
            siblings = self.siblings(siblings, at);
        } else if kind.component().is_some() {
            siblings.clear();
        }
        *value = match self.follow(&text, kind, at, !siblings.is_empty()) {
            Ok(Value::Object(mut content)) if grammar::reference(&Value::Object(content.clone())).is_some() => {
                // Stays a reference; what stands beside it is wrapped by repair.
                content.extend(siblings);
                Value::Object(content)
            }
            Ok(content) => beside(content, siblings, kind),
            Err(lost) => self.degrade(&text, lost, kind, siblings, at),
        };
    }

    /// Resolves what stands beside a reference.
    fn siblings(&mut self, siblings: Map<String, Value>, at: &str) -> Map<String, Value> {
        let Some(found) = self.found(at) else { return siblings };
        let mut tree = Value::Object(siblings);
        self.subtree(&mut tree, Kind::Schema, found, at);
        match tree {
            Value::Object(siblings) => siblings,
            _ => Map::new(),
        }
    }

    /// What takes the place of a reference: a proper reference, or a copy of the target.
    fn follow(&mut self, text: &str, kind: Kind, at: &str, has_siblings: bool) -> Result<Value, Lost> {
        let from = self.frames.last().map_or(ROOT, |frame| frame.file);
        let target = self.target(text, from)?;
        // openapiv3 knows no references to callbacks, path items and what has no place under `components`: they are copied.
        let may_move = kind.component().is_some() && kind != Kind::Callback;
        if may_move && target.file == ROOT && hoist::is_component(&target.pointer, kind) {
            self.ends(&target)?;
            return Ok(json!({"$ref": format!("#{}", target.pointer)}));
        }
        // What has a name of its own, in another file or among a schema's definitions, keeps being one thing.
        if may_move && (target.file != ROOT || hoist::is_definition(&target.pointer, kind)) {
            return Ok(self.move_to_components(target, kind));
        }
        let stands = if has_siblings && kind == Kind::Schema { format!("{at}/allOf/0") } else { at.to_owned() };
        let content = self.trees.get(&target.file).and_then(|tree| pointer::get(tree, &target.pointer));
        let (nodes, depth) = content.map_or((0, 0), measure::size);
        let is_circular = self.is_inside(&target, at);
        let is_large = self.copied + nodes > MOST_COPIED || pointer::tokens(&stands).count() + depth > DEEPEST;
        if (is_circular || is_large) && may_move {
            return Ok(self.move_to_components(target, kind));
        }
        if is_circular || is_large {
            let why = if is_circular { "it refers to itself" } else { "its target is too large to be repeated" };
            return Err(Lost::new(codes::CIRCULAR_REFERENCE, why));
        }
        let Some(mut content) = content.cloned() else {
            return Err(Lost::new(codes::DANGLING_REFERENCE, "nothing is there"));
        };
        let is_schema = kind == Kind::Schema && content.is_boolean();
        if !content.is_object() && !is_schema {
            return Err(Lost::new(codes::DANGLING_REFERENCE, format!("there is no {} there", kind.noun())));
        }
        self.copied += nodes;
        if target.file == ROOT {
            self.copied_from.insert(target.pointer.clone());
        }
        if stands != at {
            self.origins.wrap(at, "/allOf/1");
        }
        self.record_origin(&target, &stands);
        if let Some(frame) = self.frames.last_mut() {
            frame.entered = at.to_owned();
        }
        self.subtree(&mut content, kind, target, &stands);
        Ok(content)
    }

    /// Whether a component that is a reference itself leads to something at last.
    fn ends(&mut self, target: &Target) -> Result<(), Lost> {
        let mut way = HashSet::from_iter([target.pointer.clone()]);
        let mut next = self.node(target).and_then(grammar::reference).map(str::to_owned);
        let end = loop {
            let Some(text) = next else { break Ok(()) };
            let target = match self.target(&text, ROOT) {
                Ok(target) if target.file == ROOT => target,
                Ok(_) => break Ok(()),
                Err(lost) => break Err(lost),
            };
            if let Some(known) = self.ends.get(&target.pointer) {
                break known.clone();
            }
            if !way.insert(target.pointer.clone()) {
                break Err(Lost::new(codes::CIRCULAR_REFERENCE, "it refers to itself"));
            }
            next = self.node(&target).and_then(grammar::reference).map(str::to_owned);
        };
        self.ends.extend(way.into_iter().map(|pointer| (pointer, end.clone())));
        end
    }

    /// Whether a target holds the place that refers to it.
    fn is_inside(&self, target: &Target, at: &str) -> bool {
        let innermost = self.frames.len().saturating_sub(1);
        self.frames.iter().enumerate().any(|(index, frame)| {
            let stands = if index == innermost { at } else { &frame.entered };
            let below = stands.strip_prefix(frame.stands.as_str()).unwrap_or_default();
            frame.file == target.file && pointer::is_within(&format!("{}{below}", frame.found), &target.pointer)
        })
    }

    /// What stands at `at` was written where the target is.
    fn record_origin(&mut self, target: &Target, at: &str) {
        if target.file == ROOT {
            self.origins.copy(&target.pointer, at);
        } else if let Some(file) = self.sources.get(target.file) {
            self.origins.set(at, file.origin(&target.pointer));
        }
    }

    /// Values of a discriminator's mapping that are references to other files.
    fn mapping(&mut self, discriminator: &mut Value, at: &str) {
        let from = self.frames.last().map_or(ROOT, |frame| frame.file);
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else { return };
        for (key, value) in mapping {
            let Value::String(text) = value else { continue };
            let is_name = !text.contains(['#', '/']) && !text.ends_with(".yaml") && !text.ends_with(".json");
            if is_name && from == ROOT {
                continue;
            }
            let text = if is_name { format!("#/components/schemas/{text}") } else { text.clone() };
            let found = self.target(&text, from).map(|target| {
                if target.file == ROOT && hoist::is_component(&target.pointer, Kind::Schema) {
                    format!("#{}", target.pointer)
                } else {
                    let reference = self.move_to_components(target, Kind::Schema);
                    grammar::reference(&reference).unwrap_or_default().to_owned()
                }
            });
            match found {
                Ok(reference) => *value = Value::String(reference),
                Err(lost) => {
                    let here = pointer::join(&pointer::join(at, "mapping"), key);
                    self.warn(&text, &lost, &here, "the mapping is kept as it is");
                }
            }
        }
    }

    /// What is left where a reference led nowhere.
    fn degrade(&mut self, text: &str, lost: Lost, kind: Kind, siblings: Map<String, Value>, at: &str) -> Value {
        let reason = format!("its reference `{text}` leads nowhere: {}", lost.reason);
        let (what, value) = match kind {
            Kind::Schema => {
                let mut object = siblings;
                object.insert("x-untyped".to_owned(), Value::String(reason));
                ("the schema is untyped", Value::Object(object))
            }
            Kind::Header => ("the header is untyped", json!({"schema": {"x-untyped": reason}})),
            Kind::Response => ("the response is untyped", json!({"description": "", "x-untyped": reason})),
            Kind::RequestBody => ("the request body is untyped", json!({"content": {}, "x-untyped": reason})),
            Kind::Example => ("the example is empty", json!({})),
            Kind::PathItem | Kind::Operation => ("the operations behind it are lost", json!({LOST: reason})),
            _ => ("it is ignored", json!({LOST: reason})),
        };
        let code = if matches!(kind, Kind::PathItem | Kind::Operation) { codes::OPERATION_LOST } else { lost.code };
        self.warn(text, &Lost { code, ..lost }, &pointer::join(at, "$ref"), what);
        value
    }

    fn warn(&mut self, text: &str, lost: &Lost, at: &str, what: &str) {
        let origin = self.origins.resolve(at);
        let message = format!("`{text}` leads nowhere: {}; {what}", lost.reason);
        let mut warning = Diagnostic::warning(lost.code, message).at(origin);
        if let Some(meant) = self.component_like(text).filter(|_| lost.code == codes::DANGLING_REFERENCE) {
            warning = warning.help(format!("did you mean `{meant}`?"));
        }
        self.diagnostics.push(warning);
    }

    /// The reference to a component whose name is like the one that is not there.
    fn component_like(&self, text: &str) -> Option<String> {
        let (parent, name) = pointer::split(text.strip_prefix('#')?)?;
        let kind = parent.strip_prefix("/components/")?;
        let names = self.taken.get(kind)?.iter().map(String::as_str);
        // Of several names as like, the first in the alphabet: a set has no order.
        let names: std::collections::BTreeSet<&str> = names.collect();
        closest(&name, names).map(|meant| format!("#{}", pointer::join(parent, meant)))
    }
}

/// The root document's number among the files.
pub(super) const ROOT: usize = 0;

/// A copied target together with what stood beside the reference to it.
fn beside(content: Value, siblings: Map<String, Value>, kind: Kind) -> Value {
    match (content, kind) {
        (content, _) if siblings.is_empty() => content,
        (content, Kind::Schema) => json!({"allOf": [content, siblings]}),
        (Value::Object(mut content), _) => {
            content.extend(siblings);
            Value::Object(content)
        }
        (content, _) => content,
    }
}

#[cfg(test)]
mod tests;

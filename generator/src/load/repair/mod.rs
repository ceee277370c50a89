//! Makes every piece of a resolved document one that openapiv3 reads, and says what was wrong with it.
//!
//! Each repair has a file. A repair warns unless what it does changes nothing of the meaning.

mod arrays;
mod bounds;
mod defaults;
mod enums;
mod keywords;
mod later;
mod newer;
mod parameters;
mod path_parameters;
mod paths;
mod references;
mod required;
mod strings;
mod types;
mod unknown;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::grammar::{self, Kind};
use super::origin::{Origins, keep_items};
use super::sources::Sources;
use super::version::Version;
use super::{codes, pointer};

/// What repairs need besides the node: where nodes come from, and whom to tell.
pub(super) struct Context<'load> {
    pub(super) origins: &'load mut Origins,
    pub(super) diagnostics: &'load mut Diagnostics,
    pub(super) version: Version,
    pub(super) sources: &'load Sources,
}

/// Keys in the pointer of a schema. Whoever reads the document further recurses this deep and no deeper.
const DEEPEST: usize = 160;

type Object = Map<String, Value>;

impl Context<'_> {
    fn warn(&mut self, code: &str, at: &str, message: impl Into<String>) {
        let origin = self.origins.resolve(at);
        self.diagnostics.push(Diagnostic::warning(code, message).at(origin));
    }

    fn warn_with_help(&mut self, code: &str, at: &str, message: impl Into<String>, help: &str) {
        let origin = self.origins.resolve(at);
        self.diagnostics.push(Diagnostic::warning(code, message).at(origin).help(help));
    }

    /// The text of a number or a truth value as it stands in its file: `1.10`, not `1.1`.
    fn written(&self, at: &str) -> Option<String> {
        self.sources.written(&self.origins.resolve(at))
    }

    /// Keeps the items of an array that `keep` accepts; it is given each with where it stands.
    fn retain(&mut self, items: &mut Vec<Value>, at: &str, mut keep: impl FnMut(&mut Value, &str, &mut Self) -> bool) {
        let mut kept = Vec::with_capacity(items.len());
        for (index, item) in items.iter_mut().enumerate() {
            if keep(item, &pointer::join(at, &index.to_string()), self) {
                kept.push(index);
            }
        }
        keep_items(items, at, &kept, self.origins);
    }

    /// Moves a member to another key of the same object.
    fn rename(&mut self, object: &mut Object, at: &str, key: &str, to: &str) {
        if let Some(value) = object.shift_remove(key) {
            object.insert(to.to_owned(), value);
            self.origins.copy(&pointer::join(at, key), &pointer::join(at, to));
        }
    }
}

/// Repairs a document whose references are resolved.
pub(super) fn repair(tree: &mut Value, context: &mut Context<'_>) {
    grammar::walk(tree, Kind::Document, false, &mut String::new(), &mut |value, kind, at| {
        node(value, kind, at, context);
        true
    });
    parameters::behind_references(tree, context);
    path_parameters::repair(tree, context);
}

/// Repairs one object; those below it come after it.
fn node(value: &mut Value, kind: Kind, at: &str, context: &mut Context<'_>) {
    if kind == Kind::Schema && at.matches('/').count() > DEEPEST {
        context.warn(codes::PIECE_LOST, at, "the schema stands too deep; it is untyped");
        *value = json!({"x-untyped": "the schema stands too deep"});
    }
    if kind == Kind::Schema {
        newer::boolean_schema(value, at, context);
    }
    references::repair(value, kind, at, context);
    if kind.may_refer() && grammar::reference(value).is_some() {
        return;
    }
    let Some(object) = value.as_object_mut() else { return };
    match kind {
        Kind::Schema => schema(object, at, context),
        Kind::Paths => paths::repair(object, at, context),
        Kind::Responses => paths::responses(object, at, context),
        Kind::Callback => paths::callback(object),
        Kind::Operation => parameters::body_parameters(object, at, context),
        Kind::Parameter => parameters::schema_beside(object, at, context),
        _ => {}
    }
    if kind != Kind::Schema {
        unknown::report(object, kind, at, context);
        later::report(object, kind, at, context);
    }
    keywords::repair(object, kind, at, context);
    required::repair(object, kind, at, context);
    match kind {
        Kind::Operation | Kind::PathItem => parameters::duplicates(object, at, context),
        Kind::Parameter | Kind::Header | Kind::Encoding => parameters::style(object, kind, at, context),
        _ => {}
    }
}

/// Repairs a schema: first its shape, then its keywords' types, then what they say together.
fn schema(object: &mut Object, at: &str, context: &mut Context<'_>) {
    newer::repair(object, at, context);
    types::repair(object, at, context);
    unknown::report(object, Kind::Schema, at, context);
    keywords::repair(object, Kind::Schema, at, context);
    newer::null_branches(object, at, context);
    bounds::repair(object, at, context);
    arrays::repair(object, at, context);
    enums::repair(object, at, context);
    strings::repair(object, at, context);
    types::stray_keywords(object, at, context);
    defaults::schema(object, at, context);
}

/// What a value is, in a message.
fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod testing {
    use serde_json::Value;

    use super::*;

    /// Repairs one object and lists the codes of what was said about it.
    pub(super) fn repaired(kind: Kind, mut value: Value) -> (Value, Vec<String>) {
        let (mut origins, mut diagnostics) = (Origins::new("a.yaml".into()), Diagnostics::default());
        let mut context = Context {
            origins: &mut origins,
            diagnostics: &mut diagnostics,
            version: Version::default(),
            sources: &Sources::default(),
        };
        grammar::walk(&mut value, kind, false, &mut String::new(), &mut |value, kind, at| {
            node(value, kind, at, &mut context);
            true
        });
        let codes = diagnostics.0.into_iter().map(|diagnostic| diagnostic.code).collect();
        (value, codes)
    }

    /// The same for a schema in which nothing is wrong.
    pub(super) fn schema(value: Value) -> Value {
        let (value, codes) = repaired(Kind::Schema, value);
        assert_eq!(codes, Vec::<String>::new());
        value
    }
}

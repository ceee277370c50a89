//! Text to [`Config`], with every problem at its line.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::diagnostic::{Diagnostic, Origin};
use crate::load::{Location, pointer};
use crate::near::did_you_mean;

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub diagnostic: Diagnostic,
    /// Where.
    pub location: Location,
}

impl Config {
    /// Reads the text of an `sdk.toml`, called `name` in messages.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let file = File { name, text };
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let problem = Diagnostic::error("E026", format!("this is not TOML: {}", error.message()));
                return Err(vec![file.problem(problem, "", &error.span().unwrap_or_default())]);
            }
        };
        let schema = Self::json_schema();
        let mut unknown = Unknown { file, root: &schema, found: Vec::new() };
        unknown.table(table.get_ref(), &schema, "");
        if !unknown.found.is_empty() {
            unknown.found.sort_by_key(|problem| (problem.location.line, problem.location.column));
            return Err(unknown.found);
        }
        let config: Self = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            let at = path_to(table.get_ref(), &span).unwrap_or_default();
            let problem = Diagnostic::error("E028", error.message()).help("`docs/sdk-toml.md` explains every key");
            vec![file.problem(problem, &at, &span)]
        })?;
        let refused = config.refused().into_iter().map(|(at, problem)| {
            let span = span_of(table.get_ref(), &at).unwrap_or_default();
            file.problem(Diagnostic::error("E028", problem), &at, &span)
        });
        let refused: Vec<Problem> = refused.collect();
        if refused.is_empty() { Ok(config) } else { Err(refused) }
    }

    /// What cannot be meant, and names and versions that Cargo would refuse in the emitted crate: where they stand, and
    /// why.
    fn refused(&self) -> Vec<(String, String)> {
        let rules = self.paging.iter().enumerate();
        let rules = rules.filter_map(|(at, rule)| Some((format!("/paging/{at}"), rule.refused()?.to_owned())));
        let mut refused: Vec<_> = rules.collect();
        if let Some((key, why)) = self.webhooks.as_ref().and_then(super::WebhooksRule::refused) {
            refused.push((format!("/webhooks/{key}"), why));
        }
        refused.extend(self.rust.refused().into_iter().map(|(key, why)| (format!("/rust/{key}"), why)));
        refused
    }
}

/// The text that is read.
#[derive(Clone, Copy, Debug)]
struct File<'t> {
    name: &'t str,
    text: &'t str,
}

impl File<'_> {
    fn problem(self, diagnostic: Diagnostic, at: &str, span: &Range<usize>) -> Problem {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = self.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let location = Location {
            path: self.name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |lead| lead.chars().count()) + 1,
            text_of_line: line.to_owned(),
        };
        let origin = Origin { document: self.name.into(), pointer: at.to_owned() };
        Problem { diagnostic: diagnostic.at(origin), location }
    }
}

/// Looks for keys that the JSON Schema does not have.
///
/// Serde stops at the first one, and does not say where it stands inside tables that are told apart by a key.
struct Unknown<'t> {
    file: File<'t>,
    root: &'t Value,
    found: Vec<Problem>,
}

impl<'t> Unknown<'t> {
    fn value(&mut self, value: &DeValue<'_>, schema: &'t Value, at: &str) {
        match value {
            DeValue::Table(table) => self.table(table, schema, at),
            DeValue::Array(items) => {
                let schema = self.resolved(schema).get("items").unwrap_or(&Value::Null);
                for (index, item) in items.iter().enumerate() {
                    self.value(item.get_ref(), schema, &format!("{at}/{index}"));
                }
            }
            _ => {}
        }
    }

    fn table(&mut self, table: &DeTable<'_>, schema: &'t Value, at: &str) {
        let schema = self.variant(table, self.resolved(schema));
        let known = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties").unwrap_or(&Value::Null);
        for (key, value) in table {
            let name: &str = key.get_ref();
            let below = pointer::join(at, name);
            match known.and_then(|known| known.get(name)) {
                Some(schema) => self.value(value.get_ref(), schema, &below),
                None if *others == Value::Bool(false) => {
                    let keys = || known.into_iter().flat_map(|known| known.keys()).map(String::as_str);
                    let list = || format!("the keys here are {}", keys().collect::<Vec<_>>().join(", "));
                    let help = did_you_mean(name, keys()).unwrap_or_else(list);
                    let problem = Diagnostic::error("E027", format!("there is no key `{name}` here")).help(help);
                    self.found.push(self.file.problem(problem, &below, &key.span()));
                }
                None => self.value(value.get_ref(), others, &below),
            }
        }
    }

    /// A schema behind its references. One that may be null is what it is otherwise: TOML has no null.
    fn resolved(&self, schema: &'t Value) -> &'t Value {
        let mut schema = schema;
        // No chain of the schema is longer.
        for _ in 0..8 {
            let members = ["allOf", "anyOf"].into_iter().find_map(|key| schema.get(key)?.as_array());
            let reference = schema.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#'));
            schema = match (reference, members.and_then(|members| members.first())) {
                (Some(to), _) => self.root.pointer(to).unwrap_or(&Value::Null),
                (None, Some(first)) => first,
                (None, None) => break,
            };
        }
        schema
    }

    /// Of schemas that are told apart by one key's value, such as `kind`, the one a table has. A table without that
    /// key is left to serde.
    fn variant(&self, table: &DeTable<'_>, schema: &'t Value) -> &'t Value {
        let Some(variants) = schema.get("oneOf").and_then(Value::as_array) else { return schema };
        let fits = |variant: &&Value| {
            let properties = variant.get("properties").and_then(Value::as_object);
            properties.into_iter().flatten().any(|(key, property)| {
                let told = table.get(key.as_str()).and_then(|value| value.get_ref().as_str());
                told.is_some() && told == property.get("const").and_then(Value::as_str)
            })
        };
        variants.iter().find(fits).unwrap_or(&Value::Null)
    }
}

/// Where the value at a pointer stands.
fn span_of(table: &DeTable<'_>, at: &str) -> Option<Range<usize>> {
    let (parents, key) = at.rsplit_once('/')?;
    let parents = parents.split('/').skip(1);
    let table = parents.into_iter().try_fold(table, |table, key| table.get(key)?.get_ref().as_table())?;
    Some(table.get(key)?.span())
}

/// The pointer of the innermost value that a span lies in.
fn path_to(table: &DeTable<'_>, span: &Range<usize>) -> Option<String> {
    table.iter().find_map(|(key, value)| within(value, span, &pointer::join("", key.get_ref())))
}

fn within(value: &Spanned<DeValue<'_>>, span: &Range<usize>, at: &str) -> Option<String> {
    let inner = match value.get_ref() {
        DeValue::Table(table) => {
            table.iter().find_map(|(key, value)| within(value, span, &pointer::join(at, key.get_ref())))
        }
        DeValue::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| within(item, span, &format!("{at}/{index}")))
        }
        _ => None,
    };
    let own = value.span();
    inner.or_else(|| (own.start <= span.start && span.end <= own.end).then(|| at.to_owned()))
}

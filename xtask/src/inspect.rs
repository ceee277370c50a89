//! `cargo xtask inspect`: the model, for people or for programs.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use omise_generator::Model;
use omise_generator::diagnostic::{Diagnostics, printable};
use omise_generator::ir::{Api, Evidence, RetryClass};
use omise_generator::load::Location;
use omise_generator::lower::Untyped;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::report::{self, counted};
use crate::setup::SchemaArguments;

/// Version of the JSON's shape: raised when a key changes its meaning or goes.
const FORMAT: u32 = 1;

/// Show the model made of a schema.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    schema: SchemaArguments,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Show only the places that became untyped JSON, and why.
    #[arg(long)]
    untyped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Prints the model.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let setup = arguments.schema.setup()?;
    let mut diagnostics = Diagnostics::default();
    let model = setup.model(&mut diagnostics)?;
    report::diagnostics(&diagnostics, model.document.files(), setup.most);
    match (arguments.format, arguments.untyped) {
        (Format::Table, false) => report::data(table(&model.lowered.api).trim_end()),
        (Format::Table, true) => {
            report::data(untyped(&model).trim_end());
            report::say(format_args!("untyped JSON: {}", counted(model.lowered.untyped.len(), "place")));
        }
        (Format::Json, only_untyped) => report::data(json(&model, only_untyped)),
    }
    Ok(())
}

fn table(api: &Api) -> String {
    let mut text = format!(
        "{} {}: {} in {}, {}\n",
        api.info.title,
        api.info.version,
        counted(api.operations().count(), "operation"),
        counted(api.resources.len(), "resource"),
        counted(api.types.len(), "type"),
    );
    for resource in &api.resources {
        let _ = writeln!(text, "\n{}", resource.name.0.join("_"));
        for operation in &resource.operations {
            let retry = match operation.retry {
                RetryClass::Safe => "safe",
                RetryClass::Idempotent => "idempotent",
                RetryClass::Unsafe => "unsafe",
            };
            let evidence = match operation.evidence {
                Evidence::Published => "",
                Evidence::Weak => "  weak evidence",
                Evidence::Guess => "  a guess",
            };
            let name = operation.name.0.join("_");
            let alias = operation.alias_of.as_ref().map(|id| format!("  as {id}")).unwrap_or_default();
            let (method, path) = (&operation.method, &operation.path);
            let _ = writeln!(text, "  {name:<24} {method:<6} {path:<46} {retry}{evidence}{alias}");
        }
    }
    text
}

/// A line a place: where it was written, where it stands, and why it is untyped.
fn untyped(model: &Model) -> String {
    let mut text = String::new();
    for place in &model.lowered.untyped {
        let line = match model.document.locate(&place.origin) {
            Some(Location { path, line, column, .. }) => {
                format!("{path}:{line}:{column} (#{}): {}", place.pointer, place.reason)
            }
            None => format!("{} (#{}): {}", place.origin.document, place.pointer, place.reason),
        };
        let _ = writeln!(text, "{}", printable(&line));
    }
    text
}

/// `{"pointer", "origin": {"document", "pointer"}, "line", "column", "reason"}`.
fn untyped_json(model: &Model) -> Value {
    let place = |place: &Untyped| {
        let mut shown = json!(place);
        if let (Some(Location { line, column, .. }), Some(shown)) =
            (model.document.locate(&place.origin), shown.as_object_mut())
        {
            shown.insert("line".to_owned(), json!(line));
            shown.insert("column".to_owned(), json!(column));
        }
        shown
    };
    model.lowered.untyped.iter().map(place).collect()
}

/// `{"format": 1, …the model's own keys…, "operations": [{"id", "method", "path", "resource"}], "untyped": […]}`.
fn json(model: &Model, only_untyped: bool) -> String {
    let mut shown = Map::new();
    shown.insert("format".to_owned(), json!(FORMAT));
    if !only_untyped {
        let api = &model.lowered.api;
        let operation = |(resource, operation): (&omise_generator::ir::Resource, &omise_generator::ir::Operation)| {
            json!({
                "id": operation.id, "method": operation.method, "path": operation.path,
                "resource": resource.name.0.join("_"),
            })
        };
        shown.insert("operations".to_owned(), api.operations().map(operation).collect());
        if let Ok(Value::Object(keys)) = serde_json::to_value(api) {
            shown.extend(keys);
        }
    }
    shown.insert("untyped".to_owned(), untyped_json(model));
    format!("{:#}", Value::Object(shown))
}

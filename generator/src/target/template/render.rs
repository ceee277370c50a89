//! Templates to text. What reaches the text has passed a filter that makes it harmless there; anything else is an error.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::language::Language;
use super::types::Types;
use crate::ir::{Api, Constraints, Literal, Name, Type};
use crate::target::filters::{Harmless, reasons};
use crate::target::prose::{self, Facts};

/// Filters of Tera that call text harmless which is harmless in HTML at most.
const FORBIDDEN: &[&str] = &["safe", "escape", "escape_html", "escape_xml", "newlines_to_br"];

/// What the filters know.
#[derive(Debug)]
struct Known {
    language: Language,
    api: Api,
    types: Vec<Value>,
}

/// The templates of a language, ready to render.
#[derive(Debug)]
pub(super) struct Renderer {
    tera: Tera,
    context: Context,
}

impl Renderer {
    /// Parses the templates, by their path in the language's folder. They see `model`, which is `api` as data.
    pub(super) fn new(
        templates: &BTreeMap<&str, &str>,
        language: &Language,
        api: &Api,
        model: &Json,
        programs: Option<&BTreeMap<String, String>>,
    ) -> Result<Self, String> {
        let mut tera = Tera::default();
        tera.autoescape_on([""]);
        tera.set_escape_fn(refuse);
        let types = model.get("types").and_then(Json::as_array).into_iter().flatten().map(Value::from_serializable);
        let known = Known { language: language.clone(), api: api.clone(), types: types.collect() };
        register(&mut tera, &Arc::new(known));
        let templates = templates.iter().filter(|(path, _)| path.ends_with(".tera")).map(|(&path, &text)| (path, text));
        tera.add_raw_templates(templates).map_err(|error| reasons(&error))?;
        let mut context = Context::new();
        context.insert("api", model);
        context.insert("settings", &language.settings);
        let examples =
            programs.into_iter().flatten().map(|(path, text)| json!({"path": path, "summary": summary(text)}));
        context.insert("examples", &examples.collect::<Vec<_>>());
        Ok(Self { tera, context })
    }

    /// Renders a template. `things` are what it is rendered for: `resource`, `type`, `operation`.
    pub(super) fn render(&mut self, template: &str, things: &[(&'static str, &Json)]) -> Result<String, String> {
        for (name, thing) in things {
            self.context.insert(*name, thing);
        }
        self.tera.render(template, &self.context).map_err(|error| reasons(&error))
    }
}

/// What a program says of itself in its first line, a comment.
fn summary(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches(['#', '/', '*', '!', '"', ' ']).trim_end_matches(['*', '/', '"', ' ']).to_owned()
}

/// Stands where other engines escape: no text is harmless in every language.
fn refuse(text: &str, _: &mut dyn Write) -> io::Result<()> {
    let shown: String = text.chars().take(40).collect();
    Err(io::Error::other(format!(
        "{shown:?} would reach the output unescaped; use `string`, `name`, `type`, `doc` or another filter"
    )))
}

fn register(tera: &mut Tera, known: &Arc<Known>) {
    for name in FORBIDDEN {
        let message = format!("the filter `{name}` is not used here: it knows nothing of the language");
        tera.register_filter(*name, move |_: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
            Err(Error::message(message.clone()))
        });
    }
    let of = Arc::clone(known);
    tera.register_filter("name", Harmless(move |value: Value, arguments: Kwargs| of.name(&value, &arguments)));
    let of = Arc::clone(known);
    tera.register_filter("type", Harmless(move |value: Value, arguments: Kwargs| of.ty(&value, &arguments)));
    let of = Arc::clone(known);
    tera.register_filter("string", Harmless(move |value: Value, _: Kwargs| of.string(&value)));
    let of = Arc::clone(known);
    tera.register_filter("key", Harmless(move |value: Value, _: Kwargs| of.key(&value)));
    let of = Arc::clone(known);
    tera.register_filter("literal", Harmless(move |value: Value, _: Kwargs| of.literal(&value)));
    let of = Arc::clone(known);
    tera.register_filter("doc", Harmless(move |value: Value, arguments: Kwargs| of.doc(&value, &arguments)));
    tera.register_filter("number", Harmless(|value: Value, _: Kwargs| number(&value)));
    tera.register_filter("word", Harmless(|value: Value, _: Kwargs| word(&value)));
    tera.register_filter(
        "markdown",
        Harmless(|value: Value, _: Kwargs| text(&value).map(|text| prose::escaped(&text))),
    );
    tera.register_filter("code", Harmless(|value: Value, _: Kwargs| text(&value).map(|text| prose::code(&text))));
    tera.register_filter("facts", |value: Value, _: Kwargs, _: &State| facts(&value));
    let of = Arc::clone(known);
    tera.register_function("type", move |arguments: Kwargs, _: &State| of.type_def(&arguments));
}

impl Known {
    fn name(&self, value: &Value, arguments: &Kwargs) -> TeraResult<String> {
        let place: String = arguments.must_get("as")?;
        let name: Name = read(value, "a name")?;
        let rule = self.language.names.get(&place);
        let rule = rule.ok_or_else(|| Error::message(format!("there is no [names.{place}] in target.toml")))?;
        Ok(rule.apply(&name))
    }

    fn ty(&self, value: &Value, arguments: &Kwargs) -> TeraResult<String> {
        let view: String = arguments.must_get("view")?;
        let ty: Type = read(value, "a type")?;
        Types { language: &self.language, api: &self.api }.write(&view, &ty).map_err(Error::message)
    }

    fn string(&self, value: &Value) -> TeraResult<String> {
        Ok(self.language.literals.text(&text(value)?))
    }

    /// A key of an object: bare where it may be, as formatters of the language have it.
    fn key(&self, value: &Value) -> TeraResult<String> {
        Ok(self.language.literals.key(&text(value)?))
    }

    fn literal(&self, value: &Value) -> TeraResult<String> {
        let literal: Literal = read(value, "a literal")?;
        Ok(self.language.literals.value(&literal))
    }

    fn doc(&self, value: &Value, arguments: &Kwargs) -> TeraResult<String> {
        let style: String = arguments.must_get("style")?;
        let indent = arguments.get::<u64>("indent")?.unwrap_or(0);
        let rule = self.language.comments.get(&style);
        let rule = rule.ok_or_else(|| Error::message(format!("there is no [comments.{style}] in target.toml")))?;
        let paragraphs = match value.as_array() {
            Some(items) => items.iter().map(text).collect::<TeraResult<Vec<_>>>()?,
            None => vec![text(value)?],
        };
        Ok(rule.comment(&paragraphs, usize::try_from(indent).unwrap_or(0)))
    }

    fn type_def(&self, arguments: &Kwargs) -> TeraResult<Value> {
        let id: u64 = arguments.must_get("id")?;
        let found = usize::try_from(id).ok().and_then(|at| self.types.get(at));
        found.cloned().ok_or_else(|| Error::message(format!("there is no type {id}")))
    }
}

/// A part of the model, back from what templates see of it.
fn read<T: DeserializeOwned>(value: &Value, what: &str) -> TeraResult<T> {
    T::deserialize(value).map_err(|error| Error::message(format!("{value} is not {what}: {error}")))
}

/// Text, or nothing where there is none.
fn text(value: &Value) -> TeraResult<String> {
    match value.as_str() {
        Some(text) => Ok(text.to_owned()),
        None if value.is_none() => Ok(String::new()),
        None => Err(Error::message(format!("{value} is not text"))),
    }
}

/// A whole number, or the text of any number of JSON.
fn number(value: &Value) -> TeraResult<String> {
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    match serde_json::from_str::<serde_json::Number>(&text) {
        Ok(_) => Ok(text),
        Err(_) => Err(Error::message(format!("{text:?} is not a number"))),
    }
}

/// A text that is harmless wherever it stands, such as a package's name or version.
fn word(value: &Value) -> TeraResult<String> {
    let text = text(value)?;
    match text.chars().all(|c| c.is_ascii_alphanumeric() || "._/@+~-".contains(c)) {
        true if !text.is_empty() => Ok(text),
        _ => Err(Error::message(format!("{text:?} is not a word of ASCII letters, digits and `._/@+~-`"))),
    }
}

/// What a parameter, field or part must be, in sentences of Markdown.
fn facts(value: &Value) -> TeraResult<String> {
    let default: Option<Literal> = member(value, "default")?;
    let example: Option<Literal> = member(value, "example")?;
    let constraints = member::<Constraints>(value, "constraints")?.unwrap_or_default();
    Ok(Facts { default: default.as_ref(), example: example.as_ref(), constraints: &constraints }.sentences())
}

/// A member, where there is one.
fn member<T: DeserializeOwned>(value: &Value, key: &str) -> TeraResult<Option<T>> {
    let found = value.get_from_path(key).filter(|member| !member.is_none() && !member.is_undefined());
    found.map(|member| read(member, key)).transpose()
}

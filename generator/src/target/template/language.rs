//! `target.toml`: what a folder of templates says of its language.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::words::Case;
use crate::config::Setting;

/// A language, as its `target.toml` describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// Its name, which is the folder's, and that of the output.
    pub(super) name: String,
    /// How names are written, by the place where they stand.
    #[serde(default)]
    pub(super) names: BTreeMap<String, NameRule>,
    /// How types are written: views by name, each a pattern for every kind of type.
    #[serde(default)]
    pub(super) types: BTreeMap<String, BTreeMap<String, String>>,
    /// How prose becomes a comment, by style.
    #[serde(default)]
    pub(super) comments: BTreeMap<String, CommentRule>,
    /// How values are written.
    pub(super) literals: LiteralRule,
    /// What is rendered.
    #[serde(default)]
    pub(super) files: Vec<FileRule>,
    /// What is copied.
    #[serde(default, rename = "static")]
    pub(super) copies: Vec<CopyRule>,
    /// How a call is shown in the documentation; a language without it is not shown there.
    #[serde(default)]
    pub(super) sample: Option<SampleRule>,
    /// Values of its own, which `[languages.NAME]` of `sdk.toml` may replace.
    #[serde(default)]
    pub(super) settings: BTreeMap<String, Setting>,
}

/// How a call is shown in the documentation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleRule {
    /// The template, below the language's folder. It sees `call`, and stands where a client is called `client`.
    pub(super) template: String,
    /// What readers call the language.
    pub(super) label: String,
    /// What Markdown calls it.
    pub(super) fence: String,
    /// The command that adds the package to a program, settings standing in braces.
    pub(super) install: String,
}

/// How names are written at a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameRule {
    pub(super) case: Case,
    /// Names that cannot stand there.
    #[serde(default)]
    pub(super) reserved: BTreeSet<String>,
    /// What is put behind such a name.
    #[serde(default = "underscore")]
    pub(super) suffix: String,
    /// Words written in capitals where others begin with one.
    #[serde(default)]
    pub(super) initialisms: BTreeSet<String>,
}

fn underscore() -> String {
    "_".to_owned()
}

/// How prose becomes a comment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentRule {
    /// A line before the prose, such as `/**`.
    #[serde(default)]
    pub(super) first: String,
    /// What each line of prose begins with.
    #[serde(default)]
    pub(super) line: String,
    /// A line after the prose, such as ` */`.
    #[serde(default)]
    pub(super) last: String,
    /// Whether `first` shares its line with the prose.
    #[serde(default)]
    pub(super) joined: bool,
    /// How prose of one line is written; `{text}` stands for it.
    #[serde(default)]
    pub(super) single: Option<String>,
    /// Widest line, indentation included.
    #[serde(default = "hundred")]
    pub(super) width: usize,
    /// Whether indentation is by tabs.
    #[serde(default)]
    pub(super) tabs: bool,
    /// How the prose itself is marked up.
    #[serde(default)]
    pub(super) markup: Markup,
    /// What prose may not hold, and what stands for it.
    #[serde(default)]
    pub(super) escape: Vec<(String, String)>,
}

fn hundred() -> usize {
    100
}

/// How prose in a comment is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Markup {
    /// As Markdown.
    #[default]
    Markdown,
    /// As text: nothing is escaped for Markdown.
    Plain,
    /// As Go reads it: as text, with indented code and indented items of lists.
    Go,
}

/// How values are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LiteralRule {
    /// How texts are quoted.
    pub(super) string: Quoting,
    #[serde(default = "null")]
    pub(super) null: String,
    #[serde(default = "yes", rename = "true")]
    pub(super) yes: String,
    #[serde(default = "no", rename = "false")]
    pub(super) no: String,
    /// What a list begins with, what stands between its items, and what it ends with.
    #[serde(default = "brackets")]
    pub(super) list: (String, String, String),
    /// What an object begins with, what stands between key and value and between members, and what it ends with.
    #[serde(default = "braces")]
    pub(super) object: (String, String, String, String),
}

fn null() -> String {
    "null".to_owned()
}

fn yes() -> String {
    "true".to_owned()
}

fn no() -> String {
    "false".to_owned()
}

fn brackets() -> (String, String, String) {
    ("[".to_owned(), ", ".to_owned(), "]".to_owned())
}

fn braces() -> (String, String, String, String) {
    ("{".to_owned(), ": ".to_owned(), ", ".to_owned(), "}".to_owned())
}

/// How texts are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Quoting {
    /// In double quotes, or in single ones where that escapes less, as prettier writes it.
    Javascript,
    /// The same with Python's escapes, as ruff and black write it.
    Python,
    /// In double quotes, with Go's escapes.
    Go,
    /// As JSON.
    Json,
}

/// A file that is rendered, or one for each thing of a kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRule {
    /// The template, below the language's folder.
    pub(super) template: String,
    /// Where it goes. `{name}` is the thing's name, `{resource}` that of an operation's resource, both as `names.file` has
    /// them; any other is a setting. A file without any text is not made.
    pub(super) path: String,
    /// What there is one for.
    #[serde(default)]
    pub(super) each: Option<Each>,
    /// Kinds of types, where there is one for each type; all unless given.
    #[serde(default)]
    pub(super) kinds: Vec<String>,
}

/// What there is a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Each {
    Resource,
    Type,
    Operation,
}

/// A folder or file that is copied.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CopyRule {
    /// What, below the language's folder.
    pub(super) from: String,
    /// Where to, below the output's; settings stand there in braces.
    pub(super) to: String,
    /// What is replaced in what is copied, and by what, settings standing in braces: a package's name, where every file says it.
    #[serde(default)]
    pub(super) replace: Vec<(String, String)>,
}

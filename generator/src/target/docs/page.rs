//! What templates see of a page. Prose is Markdown of the document, which the filters of [`render`](super::render) make
//! harmless; addresses are relative to the site's root.

use serde::Serialize;

use crate::diagnostic::{Origin, plain_json};
use crate::ir::Literal;
use crate::target::prose::is_odd;

/// What every page has.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page {
    /// `home`, `guide`, `resource`, `operation`, `type`, `types`, `webhooks`, `catalogue`, `changelog`: the name of its template.
    pub kind: &'static str,
    /// Its folder below the root, with a slash behind it; empty for the first page.
    pub path: String,
    /// From its folder to the root: `../../`, or `./`.
    pub root: String,
    /// Its heading, plain text.
    pub title: String,
    /// A sentence, plain text.
    pub summary: String,
    /// What stands above it, the first page left out.
    pub above: Vec<Link>,
    /// The page before it and the page after it.
    pub previous: Option<Link>,
    /// See `previous`.
    pub next: Option<Link>,
    /// Where the document has what it shows.
    #[serde(skip)]
    pub origin: Option<Origin>,
    /// Its contents.
    #[serde(flatten)]
    pub content: Content,
}

/// What a page holds, under the name of its kind.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Content {
    Home(Home),
    Guide(Guide),
    Resource(Resource),
    Operation(Box<Operation>),
    Type(Box<TypePage>),
    Types(Types),
    Webhooks(Webhooks),
    Catalogue(Catalogue),
    Changelog(Changelog),
}

/// A place of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    /// Plain text.
    pub title: String,
    /// Folder below the root, with a slash behind it.
    pub path: String,
    /// The element there, without `#`; empty for the page itself.
    pub anchor: String,
}

/// A language that calls are shown in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Language {
    /// `curl`, `rust`, `typescript`, `python`, `go`.
    pub id: String,
    /// `TypeScript`.
    pub label: String,
    /// What Markdown calls it.
    pub fence: String,
    /// The command that adds the package; empty where nothing is to be added.
    pub install: String,
}

/// The same thing in one language.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Sample {
    /// The language's id.
    pub language: String,
    /// See [`Language::label`].
    pub label: String,
    /// See [`Language::fence`].
    pub fence: String,
    /// The code.
    pub code: String,
}

/// The first page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Home {
    /// What the document says of itself.
    pub doc: String,
    /// A call worth showing.
    pub samples: Vec<Sample>,
    /// What the call is.
    pub shown: Option<Link>,
}

/// A guide.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Guide {
    /// Its heading in the navigation.
    pub section: String,
    /// What it says, piece by piece.
    pub pieces: Vec<Piece>,
    /// Its headings of the second order.
    pub headings: Vec<Heading>,
}

/// A piece of a guide.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "piece", rename_all = "snake_case")]
pub(super) enum Piece {
    /// Markdown, its links still as the guide has them.
    Prose { text: String },
    /// The same in several languages; of a call, the operation too.
    Code { samples: Vec<Sample>, operation: Option<Link> },
}

/// A heading of a page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Heading {
    pub title: String,
    pub anchor: String,
}

/// A resource and its operations.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Resource {
    pub doc: String,
    pub operations: Vec<Row>,
    /// The objects that its operations answer with.
    pub objects: Vec<Link>,
    /// Guides that name it.
    pub guides: Vec<Link>,
}

/// An operation in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub link: Link,
    pub id: String,
    pub method: String,
    pub route: String,
    pub summary: String,
    pub marks: Vec<Mark>,
}

/// What is said of a thing in a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    /// `weak`, `guess`, `deprecated`, `new`, `changed`, `removed`, `paged`.
    pub kind: &'static str,
    /// The word.
    pub text: String,
    /// What it means, in a sentence of plain text.
    pub title: String,
}

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Operation {
    pub id: String,
    pub method: String,
    pub route: String,
    /// Scheme and host.
    pub server: String,
    pub doc: String,
    pub marks: Vec<Mark>,
    /// Ways to authenticate; in each, the keys that go together.
    pub security: Vec<Vec<Key>>,
    /// `safe`, `idempotent`, `unsafe`, `unknown`.
    pub retry: &'static str,
    /// The header that carries an idempotency key, where the call has one.
    pub idempotency: Option<String>,
    /// Other names of the route.
    pub aliases: Vec<Link>,
    /// The operation that this is another name of.
    pub alias_of: Option<Link>,
    pub docs_url: Option<String>,
    /// Media type of the body.
    pub media_type: Option<String>,
    /// Arguments by where they go.
    pub groups: Vec<Group>,
    pub samples: Vec<Sample>,
    pub answers: Vec<Answer>,
    pub errors: Vec<Failure>,
    /// Whether it is a list that is walked.
    pub paged: bool,
    /// Headers of answers that are typed.
    pub headers: Vec<Field>,
    /// What changed, with `--since`.
    pub changes: Vec<Change>,
}

/// A key.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Key {
    pub title: String,
    pub doc: String,
    pub scopes: Vec<String>,
}

/// Arguments that go to one place.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Group {
    /// `Path`, `Query`, `Headers`, `Cookies`, `Body`.
    pub title: &'static str,
    pub fields: Vec<Field>,
}

/// An argument or a member of an object.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Field {
    /// `param-amount`, `field-card`; the way to it for one inside others: `param-billing-city`.
    pub anchor: String,
    pub name: String,
    #[serde(rename = "type")]
    pub ty: TypeText,
    pub required: bool,
    pub nullable: bool,
    pub deprecated: bool,
    /// `read_write`, `read_only`, `write_only`.
    pub access: &'static str,
    pub doc: String,
    /// Default, limits and example, in sentences of Markdown.
    pub facts: String,
    /// The values that are known, where they are few or have no page of their own.
    pub values: Vec<Listed>,
    /// What is inside.
    pub inside: Option<Inside>,
    pub marks: Vec<Mark>,
    /// Where the document has it.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// A type in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct TypeText {
    /// `list of `, where something stands before the name.
    pub before: String,
    /// `charge`, `integer`.
    pub name: String,
    /// Its page.
    pub link: Option<Link>,
}

/// A known value.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Listed {
    pub value: String,
    pub doc: String,
    pub deprecated: bool,
}

/// What is inside a field.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Inside {
    /// The members of an object.
    pub fields: Vec<Field>,
    /// The members of a union, each with its own.
    pub variants: Vec<Variant>,
}

/// A member of a union.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Variant {
    pub title: String,
    #[serde(rename = "type")]
    pub ty: TypeText,
    /// What the discriminator says.
    pub tags: Vec<String>,
    pub fields: Vec<Field>,
}

/// An answer of success.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Answer {
    pub status: String,
    pub doc: String,
    pub media_type: Option<String>,
    #[serde(rename = "type")]
    pub ty: Option<TypeText>,
    pub fields: Vec<Field>,
    /// JSON.
    pub example: String,
}

/// An answer of failure, or one that any call may get.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Failure {
    pub status: String,
    pub doc: String,
    /// What usually causes it.
    pub cause: &'static str,
    /// Whether the same call may be sent again, and who does it.
    pub retry: &'static str,
}

/// A named type.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TypePage {
    /// `object`, `enum`, `union`.
    pub shape: &'static str,
    pub doc: String,
    pub marks: Vec<Mark>,
    pub fields: Vec<Field>,
    pub values: Vec<Listed>,
    pub variants: Vec<Variant>,
    /// JSON; empty where there is none.
    pub example: String,
    /// Operations that answer with it, and those that take it.
    pub answered_by: Vec<Link>,
    pub taken_by: Vec<Link>,
    pub changes: Vec<Change>,
}

/// All named types.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Types {
    /// By what they are; none is empty.
    pub groups: Vec<TypeGroup>,
}

/// Types of one shape.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TypeGroup {
    pub title: &'static str,
    pub rows: Vec<TypeRow>,
}

/// A type in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TypeRow {
    #[serde(flatten)]
    pub link: Link,
    pub summary: String,
}

/// What the API sends by itself.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Webhooks {
    pub calls: Vec<Incoming>,
}

/// A request that the API makes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Incoming {
    pub anchor: String,
    pub title: String,
    /// Its key in the document.
    pub name: String,
    pub method: String,
    pub doc: String,
    /// What it brings, when it is JSON.
    #[serde(rename = "type")]
    pub ty: Option<TypeText>,
    pub fields: Vec<Field>,
    /// JSON.
    pub example: String,
}

/// A list of all values of something.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Catalogue {
    pub doc: String,
    pub columns: Vec<String>,
    pub rows: Vec<Entry>,
    /// The type whose values they are.
    #[serde(rename = "type")]
    pub ty: Option<Link>,
}

/// A value of a catalogue.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entry {
    pub anchor: String,
    pub value: String,
    /// Markdown for each column.
    pub cells: Vec<String>,
    pub deprecated: bool,
}

/// What changed between two versions of the document.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Changelog {
    /// What the older version calls itself.
    pub since: String,
    pub version: String,
    /// In each language, its changes; the first for readers of the wire.
    pub sections: Vec<ChangeSection>,
}

/// Changes of one kind.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChangeSection {
    pub title: String,
    pub changes: Vec<Change>,
}

/// A change.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Change {
    /// `new`, `changed`, `deprecated`, `removed`.
    pub kind: &'static str,
    /// Whether it breaks old clients or code.
    pub is_breaking: bool,
    /// Markdown.
    pub text: String,
    /// What each language calls it, where it has a name for it.
    pub names: Vec<Called>,
    pub link: Option<Link>,
}

/// What a language calls something.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Called {
    /// The language's id.
    pub language: String,
    /// See [`Language::label`].
    pub label: String,
    pub name: String,
}

/// A literal as people read it: text bare, anything else as JSON.
pub(super) fn bare(literal: &Literal) -> String {
    // What nobody could see is shown as JSON has it.
    let is_seen = |text: &str| !text.trim().is_empty() && !text.contains(is_odd);
    match literal {
        Literal::String(text) if is_seen(text) => text.clone(),
        Literal::String(text) => plain_json(&serde_json::Value::from(text.as_str()).to_string()),
        other => crate::target::sample::untyped(other).map(|value| value.to_string()).unwrap_or_default(),
    }
}

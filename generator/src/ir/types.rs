//! Types: the scalar ones, and the named ones a target defines.

use serde::{Deserialize, Serialize};

use super::{Literal, Name};
use crate::diagnostic::Origin;

/// Index of a [`TypeDef`] in [`super::Api::types`]. Given before the body is lowered, so cycles cost nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypeId(pub u32);

/// A type as it is used at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "of", rename_all = "snake_case")]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number: `bits` is 32 or 64 (64 where the document is silent); `signed` is false for `uint32`/`uint64`.
    Int {
        /// 32 or 64.
        bits: u8,
        /// Whether negative values exist.
        signed: bool,
    },
    /// A binary floating point number; `bits` is 32 or 64. Never money.
    Float {
        /// 32 or 64.
        bits: u8,
    },
    /// A decimal number that keeps its text (`format: decimal`).
    Decimal,
    /// Text.
    String,
    /// Text that must never be shown: keys, card numbers (`format: password`).
    Secret,
    /// Raw bytes: a file, a binary body, or base64 text (`format: byte`) inside JSON.
    Bytes,
    /// `YYYY-MM-DD`.
    Date,
    /// RFC 3339 date and time.
    DateTime,
    /// `format: uuid`.
    Uuid,
    /// `format: uri`.
    Uri,
    /// Any JSON value. The reason it is untyped stands in [`super::Field`]'s or the type's diagnostics.
    Json,
    /// A list.
    List(Box<Type>),
    /// A map with text keys.
    Map(Box<Type>),
    /// A value that may be null where nullness cannot be said by a field, such as inside a list.
    Nullable(Box<Type>),
    /// A named type.
    Ref(TypeId),
}

/// A named type.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TypeDef {
    /// Its own id.
    pub id: TypeId,
    /// Unique among all types of the API.
    pub name: Name,
    /// Name in `components.schemas`, when it has one.
    pub wire_name: Option<String>,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Whether requests, responses or both reach it.
    pub usage: Usage,
    /// What it is.
    pub kind: TypeKind,
}

/// Which directions reach a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Sent by the client: users must be able to build it.
    pub request: bool,
    /// Received: must decode leniently.
    pub response: bool,
}

/// What a named type is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TypeKind {
    /// An object with known fields.
    Struct(Struct),
    /// A set of known values, always open to unknown ones.
    Enum(EnumType),
    /// One of several types.
    Union(Union),
    /// A typed identifier: text on the wire.
    Id(IdType),
    /// One page of a list: a [`Struct`] in which `page.item` says what the items are.
    Page(Page),
    /// Another name for a type.
    Alias {
        /// The type it stands for.
        of: Type,
    },
}

/// An object with known fields.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Struct {
    /// In document order.
    pub fields: Vec<Field>,
    /// Type of the other properties: when the document says they are allowed and typed, or explicitly allowed; and of what
    /// has a name and is sent, unless it is closed.
    pub extra: Option<Type>,
    /// The document allows no other properties.
    #[serde(default)]
    pub closed: bool,
    /// Set on an object that pages are made of: index in `fields` of the list whose items vary.
    pub page_items: Option<usize>,
    /// Index in `fields` of the object's own typed id, when it has one.
    pub id_field: Option<usize>,
    /// Index in `fields` of what says which kind of object it is, when the API has such a field and it has one value.
    pub kind_field: Option<usize>,
}

/// A page: the struct `of` with `item` for the items of its list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The [`Struct`] all such pages share; its `page_items` is set.
    pub of: TypeId,
    /// What this page lists.
    pub item: Type,
}

/// A field of a struct.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Field {
    /// Unique in its struct.
    pub name: Name,
    /// Name on the wire.
    pub wire_name: String,
    /// Its type.
    pub ty: Type,
    /// Listed under `required`.
    pub required: bool,
    /// May be null.
    pub nullable: bool,
    /// Readable, writable or both.
    pub access: Access,
    /// True when the value must be held behind a pointer, so that the type has a size. Decided once, in `lower::cycle`.
    pub boxed: bool,
    /// The one value it always has (`const`, or an enum of one).
    pub constant: Option<Literal>,
    /// What the server assumes when it is left out.
    pub default: Option<Literal>,
    /// An example value.
    pub example: Option<Literal>,
    /// Limits on its value, for documentation.
    pub constraints: Constraints,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

/// `readOnly` and `writeOnly`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Sent and received.
    #[default]
    ReadWrite,
    /// Received only.
    ReadOnly,
    /// Sent only.
    WriteOnly,
}

/// Limits on a value. Shown, not enforced: the server judges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraints {
    /// Lower bound, as written, and whether it is excluded.
    pub minimum: Option<(String, bool)>,
    /// Upper bound, as written, and whether it is excluded.
    pub maximum: Option<(String, bool)>,
    /// `multipleOf`, as written.
    pub multiple_of: Option<String>,
    /// Shortest text.
    pub min_length: Option<u64>,
    /// Longest text.
    pub max_length: Option<u64>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// Items differ from each other.
    pub unique_items: bool,
    /// Regular expression.
    pub pattern: Option<String>,
    /// `format`, when it is not already said by the type.
    pub format: Option<String>,
    /// The schema that no value may fit (`not`), as it is written.
    pub excluded: Option<Literal>,
}

/// A set of known values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnumType {
    /// What the values are on the wire.
    pub base: EnumBase,
    /// In document order; values and names are unique.
    pub variants: Vec<Variant>,
}

/// What an enum's values are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnumBase {
    /// Text.
    String,
    /// Whole numbers.
    Int,
}

/// A known value.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Variant {
    /// Unique in its enum.
    pub name: Name,
    /// [`Literal::String`] or [`Literal::Number`], by the enum's base.
    pub value: Literal,
    /// Markdown.
    pub doc: String,
    /// Marked deprecated.
    pub deprecated: bool,
}

/// One of several types.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Union {
    /// How to tell them apart.
    pub style: UnionStyle,
    /// In document order. A value that fits none survives as untyped JSON in every union but an expandable.
    pub variants: Vec<UnionVariant>,
}

/// How the members of a union are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum UnionStyle {
    /// By the text in a property.
    Discriminator {
        /// The property's wire name.
        property: String,
    },
    /// By trying each in order, most specific first.
    Shape,
    /// An id or the object it names: `variants` are exactly those two, id first.
    Expandable,
}

/// A member of a union.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnionVariant {
    /// Unique in its union.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// Discriminator values that mean it; the first is written when sending.
    pub tags: Vec<String>,
}

/// A typed identifier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IdType {
    /// What its values begin with: `ordr_`. For documentation; never enforced.
    pub prefixes: Vec<String>,
}

//! Arguments and members of objects, each with what is inside it.

use super::page::{Field, Inside, Link, Listed, Mark, TypeText, Variant, bare};
use super::urls::{Urls, slug};
use crate::diagnostic::Origin;
use crate::ir::{
    Access, AnswerHeader, Api, BodyPart, Constraints, EnumType, Evidence, Literal, Param, Struct, Type, TypeDef,
    TypeId, TypeKind, Union, UnionStyle,
};
use crate::target::prose::{Facts, always};

/// Most values that are listed where a page lists them all.
const MOST_VALUES: usize = 12;

/// How deep objects are shown inside each other.
const DEEPEST: usize = 4;

/// Writes fields.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub api: &'a Api,
    pub urls: &'a Urls,
    /// Whether the value goes to the API: what only answers hold is left out, and objects are shown where they are taken.
    pub is_sent: bool,
}

/// What is said of a field, wherever it stands.
struct Said<'a> {
    name: &'a str,
    ty: &'a Type,
    required: bool,
    nullable: bool,
    deprecated: bool,
    access: Access,
    constant: Option<&'a Literal>,
    default: Option<&'a Literal>,
    example: Option<&'a Literal>,
    constraints: &'a Constraints,
    doc: &'a str,
    /// Where the document has it.
    origin: Option<&'a Origin>,
}

/// Where a field stands: the beginning of its anchor, and the objects around it.
#[derive(Clone)]
pub(super) struct Place {
    prefix: String,
    open: Vec<TypeId>,
}

impl Place {
    /// Outermost, with anchors that begin so.
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), open: Vec::new() }
    }
}

impl Fields<'_> {
    /// A parameter.
    pub(super) fn param(&self, param: &Param) -> Field {
        let said = Said {
            name: &param.wire_name,
            ty: &param.ty,
            required: param.required,
            nullable: false,
            deprecated: param.deprecated,
            access: Access::ReadWrite,
            constant: param.constant.as_ref(),
            default: param.default.as_ref(),
            example: param.example.as_ref(),
            constraints: &param.constraints,
            doc: &param.doc,
            origin: Some(&param.origin),
        };
        self.field(&said, &Place::new("param"))
    }

    /// A header of an answer.
    pub(super) fn header(&self, header: &AnswerHeader) -> Field {
        let said = Said {
            name: &header.wire_name,
            ty: &header.ty,
            required: false,
            nullable: false,
            deprecated: header.deprecated,
            access: Access::ReadWrite,
            constant: None,
            default: None,
            example: header.example.as_ref(),
            constraints: &header.constraints,
            doc: &header.doc,
            origin: None,
        };
        self.field(&said, &Place::new("header"))
    }

    /// A part of a body.
    pub(super) fn part(&self, part: &BodyPart) -> Field {
        let said = Said {
            name: &part.wire_name,
            ty: &part.ty,
            required: part.required,
            nullable: part.nullable,
            deprecated: part.deprecated,
            access: part.access,
            constant: part.constant.as_ref(),
            default: part.default.as_ref(),
            example: part.example.as_ref(),
            constraints: &part.constraints,
            doc: &part.doc,
            origin: Some(&part.origin),
        };
        let mut field = self.field(&said, &Place::new("param"));
        if part.is_file {
            field.ty = TypeText { name: "file".to_owned(), ..TypeText::default() };
        }
        field
    }

    /// The members of a body or an answer that is an object, or a page of objects.
    pub(super) fn of_type(&self, ty: &Type, place: &Place) -> (Vec<Field>, Vec<Variant>) {
        match self.api.resolve(ty) {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.of_type(inner, place),
            Type::Ref(id) => match self.api.type_def(*id) {
                Some(def) => self.of_def(def, place),
                None => Default::default(),
            },
            _ => Default::default(),
        }
    }

    /// The members of a named type.
    pub(super) fn of_def(&self, def: &TypeDef, place: &Place) -> (Vec<Field>, Vec<Variant>) {
        let mut place = place.clone();
        place.open.push(def.id);
        match &def.kind {
            TypeKind::Struct(body) => (self.members(body, &place), Vec::new()),
            TypeKind::Union(union) => (Vec::new(), self.variants(union, &place)),
            TypeKind::Page(page) => {
                let Some(list) = self.api.type_def(page.of) else { return Default::default() };
                let (mut fields, variants) = self.of_def(list, &place);
                let at = match &list.kind {
                    TypeKind::Struct(body) => body.page_items.and_then(|at| body.fields.get(at)),
                    _ => None,
                };
                for field in &mut fields {
                    if at.is_some_and(|items| items.wire_name == field.name) {
                        field.ty = self.text(&Type::List(Box::new(page.item.clone())));
                    }
                }
                (fields, variants)
            }
            _ => Default::default(),
        }
    }

    fn members(&self, body: &Struct, place: &Place) -> Vec<Field> {
        let is_there = |access: Access| match self.is_sent {
            true => access != Access::ReadOnly,
            false => access != Access::WriteOnly,
        };
        let fields = body.fields.iter().filter(|field| is_there(field.access)).map(|field| {
            let said = Said {
                name: &field.wire_name,
                ty: &field.ty,
                required: field.required,
                nullable: field.nullable,
                deprecated: field.deprecated,
                access: field.access,
                constant: field.constant.as_ref(),
                default: field.default.as_ref(),
                example: field.example.as_ref(),
                constraints: &field.constraints,
                doc: &field.doc,
                origin: Some(&field.origin),
            };
            self.field(&said, place)
        });
        fields.collect()
    }

    fn variants(&self, union: &Union, place: &Place) -> Vec<Variant> {
        let variants = union.variants.iter().map(|variant| {
            let place =
                Place { prefix: format!("{}-{}", place.prefix, slug(&variant.name.0.join("-"))), ..place.clone() };
            let is_linked = self.text(&variant.ty).link.is_some();
            Variant {
                title: self.urls.titles.of(&variant.name),
                ty: self.text(&variant.ty),
                tags: variant.tags.clone(),
                fields: match is_linked && !self.is_sent {
                    true => Vec::new(),
                    false => self.inside(&variant.ty, &place).map(|inside| inside.fields).unwrap_or_default(),
                },
            }
        });
        variants.collect()
    }

    fn field(&self, said: &Said<'_>, place: &Place) -> Field {
        let anchor = format!("{}-{}", place.prefix, slug(said.name));
        // A value that is always the same needs no default.
        let default = said.default.filter(|_| said.constant.is_none());
        let facts = Facts { default, example: said.example, constraints: said.constraints };
        let constant = said.constant.map(|literal| always(literal, said.doc)).unwrap_or_default();
        let sentences = [constant, facts.sentences()];
        let ty = self.text(said.ty);
        let below = Place { prefix: anchor.clone(), open: place.open.clone() };
        // What has a page of its own is shown there, but for what is to be written.
        let inside = if ty.link.is_some() && !self.is_sent { None } else { self.inside(said.ty, &below) };
        Field {
            anchor,
            name: said.name.to_owned(),
            values: self.values(said.ty),
            ty,
            required: said.required,
            nullable: said.nullable || matches!(self.api.resolve(said.ty), Type::Nullable(_)),
            deprecated: said.deprecated,
            access: match said.access {
                Access::ReadWrite => "read_write",
                Access::ReadOnly => "read_only",
                Access::WriteOnly => "write_only",
            },
            doc: said.doc.to_owned(),
            facts: sentences.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" "),
            inside,
            marks: Vec::new(),
            origin: said.origin.cloned(),
        }
    }

    /// What is inside a field: nothing where that is a circle, or too deep to be read.
    fn inside(&self, ty: &Type, place: &Place) -> Option<Inside> {
        let Type::Ref(id) = super::urls::innermost(self.api, ty) else { return None };
        let def = self.api.type_def(*id)?;
        let is_plain = match &def.kind {
            TypeKind::Struct(_) => true,
            TypeKind::Union(union) => union.style != UnionStyle::Expandable,
            _ => false,
        };
        if !is_plain || place.open.contains(id) || place.open.len() >= DEEPEST {
            return None;
        }
        let (fields, variants) = self.of_def(def, place);
        (!fields.is_empty() || !variants.is_empty()).then_some(Inside { fields, variants })
    }

    fn values(&self, ty: &Type) -> Vec<Listed> {
        let Type::Ref(id) = super::urls::innermost(self.api, ty) else { return Vec::new() };
        match self.api.type_def(*id).map(|def| &def.kind) {
            Some(TypeKind::Enum(body)) if self.urls.ty(*id).is_none() || body.variants.len() <= MOST_VALUES => {
                listed(body)
            }
            _ => Vec::new(),
        }
    }

    /// A type in words.
    pub(super) fn text(&self, ty: &Type) -> TypeText {
        let plain = |name: &str| TypeText { name: name.to_owned(), ..TypeText::default() };
        match self.api.resolve(ty) {
            Type::Bool => plain("boolean"),
            Type::Int { .. } => plain("integer"),
            Type::Float { .. } => plain("number"),
            Type::Decimal => plain("decimal"),
            Type::String => plain("string"),
            Type::Secret => plain("secret string"),
            Type::Bytes => plain("bytes in Base64"),
            Type::Date => plain("date"),
            Type::DateTime => plain("date and time"),
            Type::Uuid => plain("UUID"),
            Type::Uri => plain("URL"),
            Type::Json => plain("any JSON"),
            Type::List(item) => behind("list of ", self.text(item)),
            Type::Map(item) => behind("map to ", self.text(item)),
            Type::Nullable(inner) => self.text(inner),
            Type::Ref(id) => self.api.type_def(*id).map(|def| self.named(def)).unwrap_or_default(),
        }
    }

    fn named(&self, def: &TypeDef) -> TypeText {
        let name = self.urls.titles.inside(&def.name);
        match &def.kind {
            TypeKind::Page(page) => behind("list of ", self.text(&page.item)),
            TypeKind::Union(union) if union.style == UnionStyle::Expandable => {
                let object = union.variants.get(1).map(|variant| self.text(&variant.ty)).unwrap_or_default();
                behind("id or ", object)
            }
            TypeKind::Id(_) => TypeText { name, ..TypeText::default() },
            TypeKind::Struct(_) if def.wire_name.is_none() => {
                TypeText { name: "object".to_owned(), ..TypeText::default() }
            }
            TypeKind::Enum(_) if def.wire_name.is_none() => TypeText { name: "enum".to_owned(), ..TypeText::default() },
            _ => TypeText { before: String::new(), name, link: self.urls.ty(def.id).cloned() },
        }
    }
}

/// The known values of an enum.
pub(super) fn listed(body: &EnumType) -> Vec<Listed> {
    let values = body.variants.iter().map(|variant| Listed {
        value: bare(&variant.value),
        doc: variant.doc.clone(),
        deprecated: variant.deprecated,
    });
    values.collect()
}

fn behind(before: &str, text: TypeText) -> TypeText {
    TypeText { before: format!("{before}{}", text.before), ..text }
}

/// What is said of how well something is known.
pub(super) fn evidence(evidence: Evidence) -> Option<Mark> {
    let mark = |kind, text: &str, title: &str| Mark { kind, text: text.to_owned(), title: title.to_owned() };
    match evidence {
        Evidence::Published => None,
        Evidence::Weak => Some(mark("weak", "weak evidence", "Only one unofficial source describes this call.")),
        Evidence::Guess => Some(mark(
            "guess",
            "unverified",
            "Nobody has seen this route. The client refuses to call it unless it was told to allow unverified calls.",
        )),
    }
}

/// The mark of what is on its way out.
pub(super) fn deprecated() -> Mark {
    Mark {
        kind: "deprecated",
        text: "deprecated".to_owned(),
        title: "It may go away; see what is said of it.".to_owned(),
    }
}

/// A link without an anchor.
pub(super) fn link(title: &str, path: &str) -> Link {
    Link { title: title.to_owned(), path: path.to_owned(), anchor: String::new() }
}

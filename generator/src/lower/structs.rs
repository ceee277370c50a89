//! Objects with known properties to structs.

use super::Lowering;
use super::literal::default;
use super::node::Node;
use super::pages;
use super::shape::{Additional, Shape};
use super::types::nullable;
use super::words::words;
use crate::ir::{Access, Constraints, Field, Literal, Struct, Type, TypeId};

impl<'a> Lowering<'a> {
    /// The body of a struct.
    pub(super) fn struct_body(&mut self, id: TypeId, node: &Node<'a>, shape: &Shape<'a>) -> Struct {
        let hint = self.draft_mut(id).map(|draft| draft.words.clone()).unwrap_or_default();
        let mut fields = Vec::with_capacity(shape.properties.len());
        for (wire_name, node) in &shape.properties {
            fields.push(self.field(wire_name, node, shape, &hint));
        }
        let extra = match &shape.additional {
            Some(Additional::Schema(schema)) => {
                let mut value_hint = hint.clone();
                value_hint.push("value".to_owned());
                let value_shape = self.shape(schema);
                let value = self.type_of(schema, &value_shape, &value_hint);
                Some(nullable(value, self.is_nullable(&value_shape)))
            }
            Some(Additional::Any(true)) => {
                Some(self.untyped(node.pointer(), "beside its fields, an object of any properties"))
            }
            // Part of what it is made of could not be read: its properties are kept as they come.
            _ if shape.untyped.is_some() => {
                Some(self.untyped(node.pointer(), shape.untyped.clone().unwrap_or_default()))
            }
            Some(Additional::Any(false)) | None => None,
        };
        if extra.as_ref().is_some_and(has_decimals) {
            let message = "decimal numbers beside named fields keep the digits of a binary number only".to_owned();
            self.warn("W063", message, node.pointer(), "put them into a field of their own, or describe them as texts");
        }
        let page_items = self.page_items(id, &fields);
        let id_field = fields.iter().position(|field| field.wire_name == "id" && self.is_text(&field.ty));
        let kind_field = self.config.object_kind.as_deref().and_then(|kind| {
            fields
                .iter()
                .position(|field| field.wire_name == kind && matches!(field.constant, Some(Literal::String(_))))
        });
        let closed = matches!(shape.additional, Some(Additional::Any(false)));
        Struct { fields, extra, closed, page_items, id_field, kind_field }
    }

    fn field(&mut self, wire_name: &str, node: &Node<'a>, parent: &Shape<'a>, parent_words: &[String]) -> Field {
        let shape = self.shape(node);
        let mut hint = parent_words.to_vec();
        hint.extend(words(wire_name));
        let (ty, constant) = self.typed(node, &shape, &hint);
        Field {
            name: parent.property_name(wire_name),
            wire_name: wire_name.to_owned(),
            required: parent.required.contains(wire_name),
            nullable: self.is_nullable(&shape),
            access: access(&shape),
            boxed: false,
            constant,
            default: default(shape.default, &ty),
            example: shape.example.map(Literal::from),
            constraints: constraints(&shape, &ty),
            deprecated: shape.deprecated,
            doc: shape.doc.unwrap_or_default().to_owned(),
            origin: self.document.origin(node.pointer()),
            ty,
        }
    }

    /// The field that holds a page's items, when this struct is what a paging rule's pages are made of.
    fn page_items(&self, id: TypeId, fields: &[Field]) -> Option<usize> {
        self.config.paging.iter().find_map(|rule| {
            let (schema, items) = pages::template(rule)?;
            let template = self.components.get(schema)?;
            let position = fields.iter().position(|field| field.wire_name == items)?;
            (*template == Type::Ref(id)).then_some(position)
        })
    }

    /// Whether values are text or a typed id.
    pub(super) fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::String => true,
            Type::Ref(id) => self.ids.values().any(|known| known == id),
            _ => false,
        }
    }
}

/// The one value a place always has.
pub(super) fn constant(shape: &Shape<'_>) -> Option<Literal> {
    let [only] = shape.values.as_slice() else { return None };
    let is_scalar = only.is_string() || only.is_i64() || only.is_boolean();
    (is_scalar && shape.refs.is_empty() && shape.unions.is_empty()).then(|| Literal::from(only))
}

/// The type of that value.
pub(super) fn constant_type(constant: &Literal) -> Type {
    match constant {
        Literal::Bool(_) => Type::Bool,
        Literal::Number(_) => Type::Int { bits: 64, signed: true },
        _ => Type::String,
    }
}

/// Whether decimal numbers are among the values.
fn has_decimals(ty: &Type) -> bool {
    match ty {
        Type::Decimal => true,
        Type::List(of) | Type::Map(of) | Type::Nullable(of) => has_decimals(of),
        _ => false,
    }
}

pub(super) fn access(shape: &Shape<'_>) -> Access {
    match (shape.read_only, shape.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::ReadWrite,
    }
}

/// Limits worth telling users: what the type says already is left out.
pub(super) fn constraints(shape: &Shape<'_>, ty: &Type) -> Constraints {
    let mut constraints = shape.constraints.clone();
    let said_by_type = !matches!(ty, Type::String | Type::Int { .. } | Type::Float { .. } | Type::Json);
    if said_by_type {
        constraints.pattern = None;
    } else {
        constraints.format = shape.format.clone().filter(|format| !format.starts_with("int"));
    }
    constraints
}

//! Values that a document shows, as JSON, where they are what their type says.

use serde_json::{Map, Number, Value};

use crate::ir::{Api, Literal, Struct, Type, TypeDef, TypeKind, UnionStyle};

/// What a document shows, by its model.
#[derive(Clone, Copy, Debug)]
pub(in crate::target) struct Shown<'a> {
    /// The model.
    pub api: &'a Api,
    /// Whether secrets may be shown: those that people chose to show in a guide, not those that stand in a document.
    pub tells_secrets: bool,
}

impl Shown<'_> {
    /// The value, when it decodes as the type and is encoded as it was.
    pub(in crate::target) fn fitting(&self, literal: &Literal, ty: &Type) -> Option<Value> {
        match (self.api.resolve(ty), literal) {
            (Type::Nullable(inner), literal) => self.fitting(literal, inner),
            (Type::Bool, Literal::Bool(value)) => Some(Value::Bool(*value)),
            (Type::Int { bits, signed }, Literal::Number(text)) => integer(text, *bits, *signed),
            (Type::Float { bits }, Literal::Number(text)) => float(text, *bits),
            (Type::Decimal, Literal::Number(text)) => exact(text),
            (Type::Decimal, Literal::String(text)) => exact(text).is_some().then(|| Value::from(text.as_str())),
            (Type::String | Type::Uri | Type::Date | Type::DateTime | Type::Uuid, Literal::String(text)) => {
                Some(Value::from(text.as_str()))
            }
            (Type::Json, literal) => untyped(literal),
            (Type::List(item), Literal::List(items)) => {
                items.iter().map(|literal| self.fitting(literal, item)).collect::<Option<_>>().map(Value::Array)
            }
            (Type::Map(value), Literal::Object(members)) => members
                .iter()
                .map(|(key, literal)| Some((key.clone(), self.fitting(literal, value)?)))
                .collect::<Option<_>>()
                .map(Value::Object),
            (Type::Secret, Literal::String(text)) if self.tells_secrets => Some(Value::from(text.as_str())),
            // Any other secret is not shown, not even where the document does.
            (Type::Ref(id), literal) => self.fitting_type(literal, self.api.type_def(*id)?),
            _ => None,
        }
    }

    fn fitting_type(&self, literal: &Literal, def: &TypeDef) -> Option<Value> {
        match (&def.kind, literal) {
            (TypeKind::Id(_), Literal::String(text)) if !text.is_empty() => Some(Value::from(text.as_str())),
            (TypeKind::Enum(body), literal) if body.variants.iter().any(|variant| variant.value == *literal) => {
                match literal {
                    Literal::Number(text) => integer(text, 64, true),
                    Literal::String(text) => Some(Value::from(text.as_str())),
                    _ => None,
                }
            }
            (TypeKind::Struct(body), Literal::Object(members)) => self.fitting_object(members, body),
            (TypeKind::Union(union), Literal::String(_)) if union.style == UnionStyle::Expandable => {
                self.fitting(literal, &union.variants.first()?.ty)
            }
            _ => None,
        }
    }

    /// An object whose every member is known.
    fn fitting_object(&self, members: &[(String, Literal)], body: &Struct) -> Option<Value> {
        let mut object = Map::new();
        for (name, literal) in members {
            let field = body.fields.iter().find(|field| field.wire_name == *name)?;
            let value = match literal {
                Literal::Null if field.nullable => Value::Null,
                literal => self.fitting(literal, &field.ty)?,
            };
            object.insert(name.clone(), value);
        }
        Some(Value::Object(object))
    }
}

fn integer(text: &str, bits: u8, signed: bool) -> Option<Value> {
    match (bits, signed) {
        (32, true) => text.parse::<i32>().ok().map(Value::from),
        (32, false) => text.parse::<u32>().ok().map(Value::from),
        (_, true) => text.parse::<i64>().ok().map(Value::from),
        (_, false) => text.parse::<u64>().ok().map(Value::from),
    }
}

/// One that its width keeps.
fn float(text: &str, bits: u8) -> Option<Value> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let narrow: f32 = text.parse().ok()?;
    (bits != 32 || narrow.to_string().parse() == Ok(value)).then(|| Value::from(value))
}

/// A number that JSON's own reading keeps to the digit.
fn exact(text: &str) -> Option<Value> {
    let number: Number = text.parse().ok()?;
    (number.to_string() == text).then_some(Value::Number(number))
}

/// A literal as JSON, unless JSON would lose digits of it.
pub(in crate::target) fn untyped(literal: &Literal) -> Option<Value> {
    Some(match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Number(text) => exact(text)?,
        Literal::String(text) => Value::from(text.as_str()),
        Literal::List(items) => Value::Array(items.iter().map(untyped).collect::<Option<_>>()?),
        Literal::Object(members) => {
            let members = members.iter().map(|(key, literal)| Some((key.clone(), untyped(literal)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
    })
}

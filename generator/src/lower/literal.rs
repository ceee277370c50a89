//! Raw JSON values to literals.

use serde_json::Value;

use crate::ir::{Literal, Type};

/// The literal of a value; numbers keep their text.
pub(super) fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::Number(number) => Literal::Number(number.to_string()),
        Value::String(text) => Literal::String(text.clone()),
        Value::Array(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Object(entries) => {
            Literal::Object(entries.iter().map(|(key, value)| (key.clone(), literal(value))).collect())
        }
    }
}

/// A default, unless it is of another type than its place: loading has warned of that, and it would mislead.
pub(super) fn default(value: Option<&Value>, ty: &Type) -> Option<Literal> {
    let value = value?;
    let fits = match ty {
        Type::Bool => value.is_boolean(),
        Type::Int { .. } => value.is_i64() || value.is_u64(),
        Type::Float { .. } => value.is_number(),
        Type::String | Type::Date | Type::DateTime | Type::Uuid | Type::Uri => value.is_string(),
        Type::List(_) => value.is_array(),
        Type::Map(_) => value.is_object(),
        Type::Secret => false,
        Type::Nullable(of) => return default(Some(value), of),
        Type::Decimal | Type::Bytes | Type::Json | Type::Ref(_) => true,
    };
    fits.then(|| literal(value))
}

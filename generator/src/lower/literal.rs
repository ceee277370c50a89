//! Defaults to literals.

use serde_json::Value;

use crate::ir::{Literal, Type};

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
    fits.then(|| Literal::from(value))
}

//! Raw JSON values to literals.

use serde_json::Value;

use crate::ir::Literal;

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

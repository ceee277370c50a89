//! Untyped JSON and text in code that is shown.

use serde_json::Value;

use super::imports::Imports;
use super::layout::Code;
use super::tokens::group_digits;

/// Most values in a `json!`, which takes a step of the compiler's recursion for each.
const MOST: usize = 24;

/// A string literal. What cannot be seen, or runs backwards, is escaped.
pub(super) fn quoted(text: &str) -> Code {
    Code::plain(format!("{text:?}"))
}

/// `json!({"a": 1})`.
pub(super) fn json(value: &Value, imports: &Imports) -> Code {
    if count(value) > MOST {
        let path = "serde_json::from_str::<serde_json::Value>(";
        return Code::given(path, vec![quoted(&value.to_string())], ")?");
    }
    Code::given(&format!("{}!(", imports.json("json")), vec![literal(value)], ")")
}

fn literal(value: &Value) -> Code {
    match value {
        Value::Array(items) => Code::array(items.iter().map(literal).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| Code::labeled(format!("{key:?}: "), literal(value)));
            Code::given("{", members.collect(), "}")
        }
        Value::String(text) => quoted(text),
        Value::Null | Value::Bool(_) => Code::plain(value.to_string()),
        Value::Number(number) => Code::plain(match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => {
                // What has no type is one of 32 bits.
                let suffix = if i32::try_from(value).is_ok() { "" } else { "_i64" };
                format!("{}{}{suffix}", if value < 0 { "-" } else { "" }, group_digits(value.unsigned_abs()))
            }
            (None, Some(value)) => format!("{}_u64", group_digits(value)),
            (None, None) => number.to_string(),
        }),
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json as value;

    use super::*;

    fn text(value: &Value) -> String {
        json(value, &Imports::default()).statement("", "").join("\n")
    }

    #[test]
    fn numbers_beyond_32_bits_say_what_they_are() {
        let numbers = value!([-3_000_000_000_i64, 100_000, 1.0]);
        assert_eq!(text(&numbers), "json!([-3_000_000_000_i64, 100_000, 1.0])");
    }

    #[test]
    fn what_a_macro_cannot_hold_is_parsed() {
        let many: Vec<usize> = (0..60).collect();
        assert!(text(&value!(many)).starts_with("serde_json::from_str"));
        let hostile = "*/\n```\u{202e}\"";
        assert_eq!(text(&value!({ hostile: hostile })), r#"json!({"*/\n```\u{202e}\"": "*/\n```\u{202e}\""})"#);
    }
}

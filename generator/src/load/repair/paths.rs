//! Keys of `paths` and `responses` that openapiv3 would pass over in silence.

use serde_json::Value;

use crate::load::refs::LOST;
use crate::load::{codes, pointer};

use super::{Context, Object};

/// Paths begin with a slash.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    // What a lost reference leaves behind has been reported.
    object.retain(|_, item| item.get(LOST).is_none());
    let keys: Vec<String> = object.keys().cloned().collect();
    for key in keys.into_iter().filter(|key| !key.starts_with('/') && !key.starts_with("x-")) {
        let here = pointer::join(at, &key);
        let better = format!("/{key}");
        if object.get(&key).is_some_and(Value::is_object) && !object.contains_key(&better) {
            context.warn(
                codes::COERCED,
                &here,
                format!("the path `{key}` does not begin with `/`; it is read as `{better}`"),
            );
            context.rename(object, at, &key, &better);
        } else {
            context.warn(codes::WRONG_KIND, &here, format!("`{key}` is not a path; it is ignored"));
            object.shift_remove(&key);
        }
    }
}

/// Answers are keyed by a status code, a range or `default`.
pub(super) fn responses(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let keys: Vec<String> = object.keys().cloned().collect();
    for key in keys.into_iter().filter(|key| !key.starts_with("x-") && key != "default") {
        let here = pointer::join(at, &key);
        match status(&key) {
            Some(better) if better == key => {}
            Some(better) if !object.contains_key(&better) => context.rename(object, at, &key, &better),
            _ => {
                context.warn(
                    codes::WRONG_KIND,
                    &here,
                    format!("`{key}` is not a status code; the response is ignored"),
                );
                object.shift_remove(&key);
            }
        }
    }
}

/// A callback holds path items; openapiv3 would read its extensions as such.
pub(super) fn callback(object: &mut Object) {
    object.retain(|key, item| !key.starts_with("x-") && item.get(LOST).is_none());
}

/// A status code or range as the specification writes it.
fn status(key: &str) -> Option<String> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    match key.as_bytes() {
        [b'1'..=b'9', second, third] if is_digit(second) && is_digit(third) => Some(key.to_owned()),
        [b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => Some(key.to_ascii_uppercase()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::load::grammar::Kind;

    use super::super::testing::repaired;

    #[test]
    fn paths_begin_with_a_slash() {
        let (paths, codes) = repaired(Kind::Paths, json!({"a": {}, "b": 1, "x-c": 2, "/d": {}}));
        assert_eq!(paths, json!({"x-c": 2, "/d": {}, "/a": {}}));
        assert_eq!(codes, ["W012", "W011"]);
    }

    #[test]
    fn responses_have_a_status() {
        let answer = json!({"description": ""});
        let (responses, codes) =
            repaired(Kind::Responses, json!({"200": answer, "4xx": answer, "ok": answer, "default": answer}));
        assert_eq!(responses, json!({"200": answer, "default": answer, "4XX": answer}));
        assert_eq!(codes, ["W011"]);
    }
}

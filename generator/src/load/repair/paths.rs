//! Keys of `paths` and `responses` that openapiv3 would pass over in silence.

use serde_json::Value;

use crate::load::refs::LOST;
use crate::load::{codes, pointer};

use super::{Context, Object};

/// Paths begin with a slash.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    // What a lost reference leaves behind has been reported.
    object.retain(|_, item| item.get(LOST).is_none());
    for (key, item) in take(object, |key| key.starts_with('/') || key.starts_with("x-")) {
        let here = pointer::join(at, &key);
        let better = format!("/{key}");
        if item.is_object() && !object.contains_key(&better) {
            let message = format!("the path `{key}` does not begin with `/`; it is read as `{better}`");
            context.warn(codes::COERCED, &here, message);
            context.origins.copy(&here, &pointer::join(at, &better));
            object.insert(better, item);
        } else {
            context.warn(codes::WRONG_KIND, &here, format!("`{key}` is not a path; it is ignored"));
        }
    }
}

/// Answers are keyed by a status code, a range or `default`.
pub(super) fn responses(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let is_proper = |key: &str| key.starts_with("x-") || key == "default" || status(key).as_deref() == Some(key);
    for (key, response) in take(object, is_proper) {
        let here = pointer::join(at, &key);
        match status(&key).filter(|better| !object.contains_key(better)) {
            Some(better) => {
                context.origins.copy(&here, &pointer::join(at, &better));
                object.insert(better, response);
            }
            None => {
                let message = format!("`{key}` is not a status code; the response is ignored");
                context.warn(codes::WRONG_KIND, &here, message);
            }
        }
    }
}

/// Takes the members out whose key is not proper.
fn take(object: &mut Object, is_proper: impl Fn(&str) -> bool) -> Vec<(String, Value)> {
    let mut taken = Vec::new();
    object.retain(|key, value| {
        let is_kept = is_proper(key);
        if !is_kept {
            taken.push((key.clone(), value.take()));
        }
        is_kept
    });
    taken
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

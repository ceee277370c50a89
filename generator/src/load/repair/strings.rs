//! Patterns are ECMA 262; anchors of other languages are brought to it.

use serde_json::Value;

use crate::load::{codes, pointer};

use super::{Context, Object};

/// Reads `\A…\z` as `^…$`.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let Some(Value::String(pattern)) = object.get("pattern") else { return };
    let mut better = pattern.clone();
    if let Some(rest) = better.strip_prefix(r"\A") {
        better = format!("^{rest}");
    }
    if let Some(rest) = better.strip_suffix(r"\z").or_else(|| better.strip_suffix(r"\Z"))
        && !rest.ends_with('\\')
    {
        better = format!("{rest}$");
    }
    if better != *pattern {
        let message = format!("the anchors of `{pattern}` are not those of ECMA 262; it is read as `{better}`");
        context.warn(codes::PATTERN, &pointer::join(at, "pattern"), message);
        object.insert("pattern".to_owned(), Value::String(better));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::load::grammar::Kind;

    use super::super::testing::repaired;

    #[test]
    fn anchors_of_other_languages() {
        for (pattern, wanted, warnings) in
            [(r"\A\d+\z", r"^\d+$", 1), (r"\AX\Z", "^X$", 1), (r"^a$", r"^a$", 0), (r"a\\z", r"a\\z", 0)]
        {
            let (value, codes) = repaired(Kind::Schema, json!({"type": "string", "pattern": pattern}));
            assert_eq!((value["pattern"].as_str(), codes.len()), (Some(wanted), warnings));
        }
    }
}

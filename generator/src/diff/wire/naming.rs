//! What people call a place of a document: `Charge.amount`, the parameter `limit`.

use std::borrow::Cow;

use crate::load::{METHODS, pointer};

use super::node::Side;

/// The words for a place of the tree.
pub(super) fn subject(side: &Side<'_>, at: &str) -> String {
    let keys: Vec<Cow<'_, str>> = pointer::tokens(at).collect();
    let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
    match keys.as_slice() {
        ["components", "schemas", name, below @ ..] => format!("`{name}{}`", schema(below)),
        ["components", "parameters", name, below @ ..] => {
            format!("parameter `{}{}`", named(side, at, 3).unwrap_or_else(|| (*name).to_owned()), schema(below))
        }
        ["components", "headers", name, below @ ..] => format!("header `{name}{}`", schema(below)),
        ["components", "securitySchemes", name, ..] => format!("security scheme `{name}`"),
        ["components", kind, name, below @ ..] => {
            let kind = match *kind {
                "responses" => "answer",
                "requestBodies" => "body",
                _ => "component",
            };
            format!("{kind} `{name}`{}", part(below))
        }
        ["paths", path, method, below @ ..] if METHODS.contains(method) => {
            let operation = format!("{} {path}", method.to_uppercase());
            match below {
                [] => format!("`{operation}`"),
                _ => within(side, at, &operation, below),
            }
        }
        ["paths", path, "parameters", ..] => {
            let name = named(side, at, 4).unwrap_or_default();
            format!("parameter `{name}` of `{path}`")
        }
        ["paths", path, ..] => format!("`{path}`"),
        ["webhooks" | "x-webhooks", name, below @ ..] => format!("webhook `{name}`{}", part(below)),
        ["servers", ..] => "the servers".to_owned(),
        ["security", ..] => "the security of the document".to_owned(),
        _ => "the document".to_owned(),
    }
}

/// What stands inside an operation.
fn within(side: &Side<'_>, at: &str, operation: &str, below: &[&str]) -> String {
    match below {
        ["parameters", _, rest @ ..] => {
            let name = named(side, at, 5).unwrap_or_default();
            format!("parameter `{name}{}` of `{operation}`", schema(rest))
        }
        ["requestBody", rest @ ..] => format!("the body{} of `{operation}`", part(rest)),
        ["responses", status, rest @ ..] => format!("the answer {status}{} of `{operation}`", part(rest)),
        ["callbacks", name, rest @ ..] => format!("callback `{name}`{} of `{operation}`", part(rest)),
        ["security", ..] => format!("the security of `{operation}`"),
        _ => format!("`{operation}`"),
    }
}

/// The name of the parameter that so many keys of a pointer lead to.
fn named(side: &Side<'_>, at: &str, keys: usize) -> Option<String> {
    let end = at.match_indices('/').nth(keys).map_or(at.len(), |(end, _)| end);
    let value = side.root().value.pointer(at.get(..end)?)?;
    value.get("name")?.as_str().map(str::to_owned)
}

/// A property behind keys of bodies and answers: `` `data.amount` ``.
fn part(keys: &[&str]) -> String {
    let text = match keys {
        ["headers", name, ..] => return format!(" (header `{name}`)"),
        _ => schema(keys),
    };
    let text = text.trim_start_matches('.');
    if text.is_empty() { String::new() } else { format!(" `{text}`") }
}

/// A property behind keys of a schema: `.data[].amount`.
fn schema(keys: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = keys;
    loop {
        rest = match rest {
            ["properties", name, below @ ..] => {
                text.push('.');
                text.push_str(name);
                below
            }
            ["items", below @ ..] => {
                text.push_str("[]");
                below
            }
            ["additionalProperties", below @ ..] => {
                text.push_str("{}");
                below
            }
            ["content", _, below @ ..] => below,
            [_, below @ ..] => below,
            [] => return text,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_names() {
        let subject = |at: &str| subject(&Side::new(None), at);
        assert_eq!(subject("/components/schemas/Charge/properties/amount/maximum"), "`Charge.amount`");
        assert_eq!(
            subject("/paths/~1charges/get/responses/200/content/a~1b/schema/properties/data/items/properties/id"),
            "the answer 200 `data[].id` of `GET /charges`"
        );
        assert_eq!(subject("/paths/~1charges/post"), "`POST /charges`");
        assert_eq!(subject("/paths/~1charges/post/requestBody"), "the body of `POST /charges`");
        assert_eq!(subject(""), "the document");
    }
}

//! Arrays: what they hold, and enumerations written on the array instead of on what it holds.

use serde_json::{Value, json};

use crate::load::{codes, grammar, pointer};

use super::{Context, Object};

/// Moves a misplaced `enum` to the items and gives items to an array that has none.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    if object.get("type").and_then(Value::as_str) != Some("array") {
        return;
    }
    misplaced_enum(object, at, context);
    let is_composed = ["allOf", "oneOf", "anyOf"].iter().any(|key| object.contains_key(*key));
    if !object.contains_key("items") && !is_composed {
        context.warn_with_help(
            codes::MISSING_ITEMS,
            at,
            "this array does not say what it holds; its items are untyped",
            "add `items`; `items: {}` says that anything is meant",
        );
        object.insert("items".to_owned(), json!({"x-untyped": "the array has no `items`"}));
    }
}

fn misplaced_enum(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let Some(Value::Array(values)) = object.get("enum") else { return };
    if values.iter().any(Value::is_array) {
        context.rename(object, at, "enum", "x-enum");
        return;
    }
    let here = pointer::join(at, "enum");
    context.warn_with_help(
        codes::ENUM_ON_ARRAY,
        &here,
        "the enumeration stands on the array; it is read as one of its items",
        "move `enum` into `items`",
    );
    let Some(values) = object.shift_remove("enum") else { return };
    let items_at = pointer::join(at, "items");
    match object.get_mut("items") {
        Some(items) if grammar::reference(items).is_some() => {
            let reference = items.take();
            *items = json!({"allOf": [reference, {"enum": values}]});
            let origin = context.origins.resolve(&items_at);
            context.origins.set(&format!("{items_at}/allOf/0"), origin);
            context.origins.copy(&here, &format!("{items_at}/allOf/1/enum"));
        }
        Some(Value::Object(items)) => {
            items.entry("enum").or_insert(values);
            context.origins.copy(&here, &format!("{items_at}/enum"));
        }
        _ => {
            object.insert("items".to_owned(), json!({"enum": values}));
            context.origins.copy(&here, &format!("{items_at}/enum"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::load::grammar::Kind;

    use super::super::testing::repaired;
    use super::*;

    #[test]
    fn enumerations_move_to_the_items() {
        for (items, wanted) in [
            (json!({"type": "string"}), json!({"type": "string", "enum": ["a"]})),
            (json!({}), json!({"enum": ["a"], "type": "string"})),
            (
                json!({"$ref": "#/components/schemas/a"}),
                json!({"allOf": [{"$ref": "#/components/schemas/a"}, {"enum": ["a"], "type": "string"}]}),
            ),
        ] {
            let (array, codes) = repaired(Kind::Schema, json!({"type": "array", "enum": ["a"], "items": items}));
            assert_eq!((array, codes), (json!({"type": "array", "items": wanted}), vec!["W018".to_owned()]));
        }
    }

    #[test]
    fn arrays_hold_something() {
        let (array, codes) = repaired(Kind::Schema, json!({"type": "array"}));
        assert_eq!(array, json!({"type": "array", "items": {"x-untyped": "the array has no `items`"}}));
        assert_eq!(codes, ["W014"]);
        assert_eq!(repaired(Kind::Schema, json!({"type": "array", "items": {}})).1, Vec::<String>::new());
    }
}

//! A reference with siblings: 3.0 ignores the siblings, 3.1 and everyone's intent apply them.

use serde_json::{Value, json};

use crate::load::grammar::{self, Kind};
use crate::load::{codes, pointer};

use super::Context;

/// Wraps `{$ref, siblings}` of a schema as `allOf: [{$ref}, {siblings}]`; siblings of other references say nothing.
pub(super) fn repair(value: &mut Value, kind: Kind, at: &str, context: &mut Context<'_>) {
    let Some(object) = value.as_object_mut() else { return };
    if !kind.may_refer() || !object.contains_key("$ref") {
        return;
    }
    let Some(target) = object.get("$ref").and_then(Value::as_str).map(str::to_owned) else {
        context.warn(codes::WRONG_KIND, &pointer::join(at, "$ref"), "`$ref` is not a text; it is ignored");
        object.shift_remove("$ref");
        return;
    };
    if object.len() == 1 {
        return;
    }
    let reference = json!({"$ref": target});
    if kind != Kind::Schema {
        *value = reference;
        return;
    }
    object.shift_remove("$ref");
    let siblings = value.take();
    *value = json!({"allOf": [reference, siblings]});
    let origin = context.origins.resolve(at);
    context.origins.wrap(at, "/allOf/1");
    context.origins.set(&format!("{at}/allOf/0"), origin);
    debug_assert!(grammar::reference(value).is_none());
}

#[cfg(test)]
mod tests {
    use super::super::testing::{repaired, schema};
    use super::*;

    #[test]
    fn siblings_of_a_schema_are_kept() {
        assert_eq!(
            schema(json!({"$ref": "#/components/schemas/a", "description": "d", "nullable": true})),
            json!({"allOf": [{"$ref": "#/components/schemas/a"}, {"description": "d", "nullable": true}]})
        );
    }

    #[test]
    fn siblings_of_others_say_nothing() {
        let (parameter, codes) = repaired(Kind::Parameter, json!({"$ref": "#/components/parameters/a", "name": "b"}));
        assert_eq!(parameter, json!({"$ref": "#/components/parameters/a"}));
        assert!(codes.is_empty());
    }
}

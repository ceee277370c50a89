//! Properties that an overlay describes and the document does not have.
//!
//! An overlay is written for one version of a document and applied to others. What it says of a property that a version lacks
//! would make one of any type there: in the SDK, and in a comparison with the version that has it. So it makes none.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::origin::Origins;
use super::{codes, pointer};

/// Keywords that say what a value is; the others say something about it.
const TELLING: [&str; 16] = [
    "$dynamicRef",
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "enum",
    "format",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "properties",
    "schema",
    "type",
];

/// Takes out the properties that overlays added without a word on what they are. One that may hold anything on purpose is `{}`.
pub(super) fn remove(tree: &mut Value, origins: &mut Origins, diagnostics: &mut Diagnostics) {
    let come: Vec<_> = origins.come_into("properties").into_iter().map(|(at, origin)| (at, origin.clone())).collect();
    for (at, origin) in come {
        let is_words_only = tree
            .pointer(&at)
            .and_then(Value::as_object)
            .is_some_and(|schema| !schema.is_empty() && !schema.keys().any(|key| TELLING.contains(&key.as_str())));
        let Some((parent, name)) = pointer::split(&at).filter(|_| is_words_only) else { continue };
        if let Some(Value::Object(properties)) = tree.pointer_mut(parent) {
            properties.shift_remove(name.as_ref());
            origins.forget(&at);
            diagnostics.push(
                Diagnostic::warning(codes::DESCRIBED_ONLY, format!("the document has no property `{name}`"))
                    .at(origin)
                    .help("the document may have changed; give it a `type` to add it, or remove what is said of it"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::diagnostic::Origin;

    use super::*;

    #[test]
    fn a_property_needs_more_than_words() {
        let mut tree = json!({"properties": {
            "old": {"description": "d"}, "words": {"description": "d", "x-name": "n"}, "typed": {"type": "string"},
            "any": {},
        }});
        let mut origins = Origins::new("a.yaml".into());
        for name in ["words", "typed", "any"] {
            let origin = Origin { document: "o.yaml".into(), pointer: format!("/{name}") };
            origins.set(&format!("/properties/{name}"), origin);
        }
        origins.set("/properties/old/description", Origin { document: "o.yaml".into(), pointer: "/d".into() });
        let mut diagnostics = Diagnostics::default();
        remove(&mut tree, &mut origins, &mut diagnostics);
        let left: Vec<_> = tree["properties"].as_object().unwrap().keys().collect();
        assert_eq!(left, ["old", "typed", "any"]);
        let said: Vec<_> = diagnostics.0.iter().map(|said| said.origin.as_ref().unwrap().to_string()).collect();
        assert_eq!(said, ["o.yaml#/words"]);
    }
}

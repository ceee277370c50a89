//! What only OpenAPI 3.2 knows and nothing here is made of.

use serde_json::Value;

use crate::load::grammar::Kind;
use crate::load::{codes, pointer};

use super::{Context, Object};

/// Says what is lost with the keys of an object that belong to OpenAPI 3.2.
pub(super) fn report(object: &Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    match kind {
        Kind::PathItem => operations(object, at, context),
        Kind::MediaType if object.contains_key("itemSchema") => {
            let message =
                "`itemSchema` belongs to OpenAPI 3.2, and nothing is made of it: what the stream holds is untyped";
            let help = "the stream can be read as bytes";
            context.warn_with_help(codes::LATER_KEYWORD, &pointer::join(at, "itemSchema"), message, help);
        }
        _ => {}
    }
}

/// Operations whose method older versions have no key for.
fn operations(object: &Object, at: &str, context: &mut Context<'_>) {
    let query = object.get("query").map(|_| ("QUERY".to_owned(), pointer::join(at, "query")));
    let others = object.get("additionalOperations").and_then(Value::as_object).into_iter().flatten();
    let others =
        others.map(|(method, _)| (method.clone(), pointer::join(&pointer::join(at, "additionalOperations"), method)));
    for (method, here) in query.into_iter().chain(others) {
        let message = format!("operations of the method `{method}` belong to OpenAPI 3.2; this one is lost");
        let help = "`client.request` makes such a call";
        context.warn_with_help(codes::OPERATION_LOST, &here, message, help);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::repaired;
    use super::*;

    #[test]
    fn what_is_lost_is_said() {
        let item = json!({"query": {}, "additionalOperations": {"COPY": {}}, "get": {"responses": {"200": {
            "description": "a stream", "content": {"application/jsonl": {"itemSchema": {"type": "string"}}},
        }}}});
        assert_eq!(repaired(Kind::PathItem, item).1, ["W040", "W040", "W034"]);
    }
}

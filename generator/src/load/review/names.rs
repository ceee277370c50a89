//! Names that must be unique: operation ids and tags.

use serde_json::Value;

use crate::load::grammar::METHODS;
use crate::load::{codes, pointer};
use crate::maps::HashMap;

use super::Review;

impl Review<'_> {
    /// An operation id names one operation of the whole document.
    pub(super) fn operation_ids(&mut self) {
        let mut first: HashMap<&str, String> = HashMap::default();
        let paths = self.tree.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for method in METHODS {
                let Some(id) = item.get(method).and_then(|operation| operation.get("operationId")?.as_str()) else {
                    continue;
                };
                let call = format!("{} {path}", method.to_uppercase());
                if let Some(other) = first.get(id) {
                    let at = format!("{}/{method}/operationId", pointer::join("/paths", path));
                    let message = format!("the operation id `{id}` is that of {other} as well");
                    self.warn(codes::DUPLICATE_OPERATION_ID, &at, message, "give each operation an id of its own");
                } else {
                    first.insert(id, call);
                }
            }
        }
    }

    /// A tag is described once, and stands once in an operation.
    pub(super) fn tags(&mut self) {
        let mut seen = Vec::new();
        let tags = self.tree.get("tags").and_then(Value::as_array);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            let Some(name) = tag.get("name").and_then(Value::as_str) else { continue };
            if seen.contains(&name) {
                let message = format!("the tag `{name}` is described twice; the first description counts");
                self.warn(codes::DUPLICATE_TAG, &format!("/tags/{index}"), message, "remove one of them");
            } else {
                seen.push(name);
            }
        }
    }
}

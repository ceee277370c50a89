//! Paths that are the same but for the names of their variables.

use serde_json::Value;

use crate::load::grammar::METHODS;
use crate::load::{codes, pointer};
use crate::maps::HashMap;

use super::Review;

impl Review<'_> {
    /// `/a/{x}` and `/a/{y}` are one path: which operation is meant, a server cannot tell.
    pub(super) fn same_paths(&mut self) {
        let mut first: HashMap<(String, &str), &str> = HashMap::default();
        let paths = self.tree.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten().filter(|(path, _)| path.contains('{')) {
            let shape = shape(path);
            let mut other = None;
            for method in METHODS.into_iter().filter(|method| item.get(*method).is_some()) {
                match first.get(&(shape.clone(), method)) {
                    Some(known) => other = other.or(Some(*known)),
                    None => {
                        first.insert((shape.clone(), method), path);
                    }
                }
            }
            if let Some(other) = other {
                let message = format!("the path `{path}` is the same as `{other}`, but for its variables' names");
                let help = "a server cannot tell them apart; give the variables the same names";
                self.warn(codes::SAME_PATH, &pointer::join("/paths", path), message, help);
            }
        }
    }
}

/// A path without the names of its variables.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    shape + rest
}

//! From a pointer to the node behind it, also where the way there leads over other references.

use serde_json::Value;

use crate::load::{codes, grammar, pointer};

use super::{Lost, Resolver, Target};

/// References one pointer may lead over.
const MOST_HOPS: usize = 32;

impl Resolver<'_> {
    /// Finds the node behind a pointer. References on the way are followed, one at the end is not.
    pub(super) fn lookup(&mut self, file: usize, at: &str) -> Result<Target, Lost> {
        let mut target = Target { file, pointer: String::new() };
        let mut hops = 0;
        for token in pointer::tokens(at) {
            loop {
                let Some(node) = self.node(&target) else { return Err(nothing()) };
                if has(node, &token) {
                    pointer::push(&mut target.pointer, &token);
                    break;
                }
                let Some(text) = grammar::reference(node).map(str::to_owned) else { return Err(nothing()) };
                hops += 1;
                if hops > MOST_HOPS || self.following > MOST_HOPS {
                    return Err(Lost::new(codes::CIRCULAR_REFERENCE, "the way there is circular"));
                }
                self.following += 1;
                let next = self.target(&text, target.file);
                self.following -= 1;
                target = next?;
            }
        }
        if self.node(&target).is_none() { Err(nothing()) } else { Ok(target) }
    }

    /// Finds the schema that names itself with `$anchor`.
    pub(super) fn anchor(&self, file: usize, name: &str) -> Result<Target, Lost> {
        let mut open: Vec<(String, &Value)> =
            self.trees.get(&file).map(|tree| (String::new(), tree)).into_iter().collect();
        while let Some((at, node)) = open.pop() {
            match node {
                Value::Object(members) => {
                    if ["$anchor", "$dynamicAnchor"]
                        .iter()
                        .any(|key| members.get(*key).and_then(Value::as_str) == Some(name))
                    {
                        return Ok(Target { file, pointer: at });
                    }
                    open.extend(members.iter().map(|(key, member)| (pointer::join(&at, key), member)));
                }
                Value::Array(items) => {
                    open.extend(
                        items.iter().enumerate().map(|(index, item)| (pointer::join(&at, &index.to_string()), item)),
                    );
                }
                _ => {}
            }
        }
        Err(Lost::new(codes::DANGLING_REFERENCE, "no schema has this anchor"))
    }

    pub(super) fn node(&self, target: &Target) -> Option<&Value> {
        pointer::get(self.trees.get(&target.file)?, &target.pointer)
    }
}

fn has(node: &Value, token: &str) -> bool {
    match node {
        Value::Object(members) => members.contains_key(token),
        Value::Array(items) => token.parse().is_ok_and(|index: usize| index < items.len()),
        _ => false,
    }
}

fn nothing() -> Lost {
    Lost::new(codes::DANGLING_REFERENCE, "nothing is there")
}

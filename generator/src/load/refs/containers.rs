//! References where the specification knows none, as documents in many files have them: for a whole list, a map or a text.

use serde_json::Value;

use crate::load::grammar::{self, Holds, Kind};
use crate::load::{measure, pointer};

use super::{Lost, MOST_COPIED, Resolver, Target, codes};

impl Resolver<'_> {
    /// Puts the targets of such references in their places.
    pub(super) fn containers(&mut self, value: &mut Value, kind: Kind, at: &str) {
        let Some(object) = value.as_object_mut() else { return };
        for (key, holds) in kind.fields() {
            let Some(text) = object.get(*key).and_then(grammar::reference).map(str::to_owned) else { continue };
            // What a kind of object stands under is a node of its own, and anything may look like a reference.
            if matches!(holds, Holds::One(_) | Holds::SchemaOrBool | Holds::Anything | Holds::TextMap | Holds::ValueMap)
            {
                continue;
            }
            let here = pointer::join(at, key);
            match self.container(&text, *holds, &here) {
                Ok(content) => {
                    object.insert((*key).to_owned(), content);
                    self.done.insert(here);
                }
                Err(lost) => {
                    self.warn(&text, &lost, &pointer::join(&here, "$ref"), "it is ignored");
                    object.shift_remove(*key);
                }
            }
        }
    }

    fn container(&mut self, text: &str, holds: Holds, at: &str) -> Result<Value, Lost> {
        let from = self.frames.last().map_or(super::ROOT, |frame| frame.file);
        let target = self.target(text, from)?;
        let mut content = self.node(&target).cloned().unwrap_or_default();
        let (nodes, _) = measure::size(&content);
        if self.is_inside(&target, at) || self.copied + nodes > MOST_COPIED {
            return Err(Lost::new(codes::CIRCULAR_REFERENCE, "it refers to itself"));
        }
        self.copied += nodes;
        self.record_origin(&target, at);
        if let Some(frame) = self.frames.last_mut() {
            frame.entered = at.to_owned();
        }
        let below = |key: &str| Target { file: target.file, pointer: pointer::join(&target.pointer, key) };
        match (holds, &mut content) {
            (Holds::Map(kind), Value::Object(members)) => {
                for (key, member) in members {
                    self.subtree(member, kind, below(key), &pointer::join(at, key));
                }
            }
            (Holds::List(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let key = index.to_string();
                    self.subtree(item, kind, below(&key), &pointer::join(at, &key));
                }
            }
            _ => {}
        }
        Ok(content)
    }
}

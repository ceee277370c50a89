//! Which of the things that may be left out a request has: so that a test can tell that it tried each, or none.

use serde_json::Value;

use crate::coerce::{inner, property};
use crate::schema::Compiled;

/// What of a request may be left out, by whether it was: `query /limit`, `body /card/city`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Optional parameters and properties that were sent.
    pub sent: Vec<String>,
    /// Optional parameters and properties that were not, in objects that were sent.
    pub left_out: Vec<String>,
}

impl Coverage {
    /// Notes whether something optional was there.
    pub(crate) fn note(&mut self, at: String, is_sent: bool) {
        let list = if is_sent { &mut self.sent } else { &mut self.left_out };
        list.push(at);
    }

    /// Notes the optional properties of a value, and those of the objects in it.
    pub(crate) fn walk(&mut self, schema: &Compiled, value: &Value, at: &str) {
        self.below(schema, &[&schema.schema], value, at);
    }

    fn below(&mut self, schema: &Compiled, nodes: &[&Value], value: &Value, at: &str) {
        match value {
            Value::Array(items) => {
                // One item may have what another has not.
                if let Some(item) = items.first() {
                    self.below(schema, &inner(schema, nodes, "items"), item, at);
                }
            }
            Value::Object(members) => {
                let required: Vec<&Value> =
                    inner(schema, nodes, "required").into_iter().filter_map(Value::as_array).flatten().collect();
                let mut names: Vec<&String> = Vec::new();
                for (name, own) in inner(schema, nodes, "properties").into_iter().filter_map(Value::as_object).flatten()
                {
                    // What only goes the other way is no property of a request.
                    if *own != Value::Bool(false) && !names.contains(&name) {
                        names.push(name);
                    }
                }
                for name in names {
                    let (value, here) = (members.get(name), format!("{at}/{name}"));
                    if !required.iter().any(|required| *required == name) {
                        self.note(here.clone(), value.is_some());
                    }
                    if let Some(value) = value {
                        self.below(schema, &property(schema, nodes, name), value, &here);
                    }
                }
            }
            _ => {}
        }
    }
}

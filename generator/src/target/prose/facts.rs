//! Defaults, examples and limits as sentences.

use super::code;
use crate::ir::{Constraints, Literal};

/// Longest text of a default or example that is shown.
const LONGEST_VALUE: usize = 100;

/// What a value must be, in short sentences: `Default: 20. At least 1, at most 100.`
#[derive(Clone, Copy, Debug)]
pub(in crate::target) struct Facts<'a> {
    /// What the server assumes.
    pub default: Option<&'a Literal>,
    /// An example.
    pub example: Option<&'a Literal>,
    /// Limits.
    pub constraints: &'a Constraints,
}

impl Facts<'_> {
    /// The sentences, or nothing.
    pub(in crate::target) fn sentences(&self) -> String {
        let mut sentences = Vec::new();
        if let Some(text) = self.default.and_then(value) {
            sentences.push(format!("Default: {text}."));
        }
        sentences.extend(self.bounds());
        sentences.extend(self.lengths());
        if let Some(pattern) = &self.constraints.pattern {
            sentences.push(format!("Pattern: {}.", code(pattern)));
        }
        if let Some(format) = &self.constraints.format {
            sentences.push(format!("Format: {}.", code(format)));
        }
        if let Some(excluded) = &self.constraints.excluded {
            let is_everything = matches!(excluded, Literal::Object(members) if members.is_empty());
            sentences.push(match value(excluded) {
                _ if is_everything => "No value is allowed.".to_owned(),
                Some(schema) => format!("Never a value of {schema}."),
                None => "Some values are excluded.".to_owned(),
            });
        }
        if let Some(text) = self.example.and_then(value) {
            sentences.push(format!("Example: {text}."));
        }
        sentences.join(" ")
    }

    fn bounds(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some((bound, excluded)) = &self.constraints.minimum {
            parts.push(format!("{} {}", if *excluded { "more than" } else { "at least" }, code(bound)));
        }
        if let Some((bound, excluded)) = &self.constraints.maximum {
            parts.push(format!("{} {}", if *excluded { "less than" } else { "at most" }, code(bound)));
        }
        if let Some(step) = &self.constraints.multiple_of {
            parts.push(format!("a multiple of {}", code(step)));
        }
        sentence(&parts)
    }

    fn lengths(&self) -> Vec<String> {
        let limits = self.constraints;
        let mut sentences: Vec<String> = [
            range(limits.min_length, limits.max_length, "character"),
            range(limits.min_items, limits.max_items, "item"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if limits.unique_items {
            sentences.push("Items differ from each other.".to_owned());
        }
        sentences
    }
}

/// `Always "charge".`, unless the prose has said so.
pub(in crate::target) fn always(literal: &Literal, said: &str) -> String {
    let plain = match literal {
        Literal::String(text) => text.clone(),
        other => {
            let mut text = String::new();
            write_json(other, &mut text);
            text
        }
    };
    match value(literal) {
        Some(shown) if !said.contains(&code(&plain)) => format!("Always {shown}."),
        _ => String::new(),
    }
}

/// `At least 1, at most 100.`
fn sentence(parts: &[String]) -> Option<String> {
    let text = parts.join(", ");
    let mut chars = text.chars();
    let first = chars.next()?.to_ascii_uppercase();
    Some(format!("{first}{}.", chars.as_str()))
}

/// `1 to 100 characters.`
fn range(least: Option<u64>, most: Option<u64>, noun: &str) -> Option<String> {
    let plural = |count: u64| if count == 1 { noun.to_owned() } else { format!("{noun}s") };
    match (least.filter(|&least| least > 0), most) {
        (Some(least), Some(most)) if least == most => Some(format!("Exactly {most} {}.", plural(most))),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {}.", plural(most))),
        (Some(least), None) => Some(format!("At least {least} {}.", plural(least))),
        (None, Some(most)) => Some(format!("At most {most} {}.", plural(most))),
        (None, None) => None,
    }
}

/// A value as code; long ones are left out.
pub(in crate::target) fn value(literal: &Literal) -> Option<String> {
    let mut text = String::new();
    write_json(literal, &mut text);
    (text.len() <= LONGEST_VALUE).then(|| code(&text))
}

fn write_json(literal: &Literal, out: &mut String) {
    if out.len() > LONGEST_VALUE {
        return;
    }
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match literal {
        Literal::Null => out.push_str("null"),
        Literal::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Literal::Number(text) => out.push_str(text),
        Literal::String(text) => out.push_str(&quoted(text)),
        Literal::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                write_json(item, out);
            }
            out.push(']');
        }
        Literal::Object(members) => {
            out.push('{');
            for (at, (key, member)) in members.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                out.push_str(&quoted(key));
                out.push_str(": ");
                write_json(member, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_read_as_sentences() {
        let constraints = Constraints {
            minimum: Some(("1".into(), false)),
            maximum: Some(("100".into(), true)),
            max_length: Some(1),
            pattern: Some("^`+$".into()),
            ..Constraints::default()
        };
        let default = Literal::Number("20".into());
        let facts = Facts { default: Some(&default), example: None, constraints: &constraints };
        assert_eq!(
            facts.sentences(),
            "Default: `20`. At least `1`, less than `100`. At most 1 character. Pattern: ``^`+$``."
        );
    }
}

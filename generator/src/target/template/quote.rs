//! Texts and other values as literals.

use super::language::{LiteralRule, Quoting};
use crate::ir::Literal;
use crate::target::prose::is_odd;

impl LiteralRule {
    /// A text as a literal.
    pub(super) fn text(&self, text: &str) -> String {
        match self.string {
            Quoting::Json => serde_json::Value::from(text).to_string(),
            Quoting::Go => self.quoted(text, '"'),
            Quoting::Javascript | Quoting::Python => {
                let count = |quote: char| text.chars().filter(|&c| c == quote).count();
                self.quoted(text, if count('"') > count('\'') { '\'' } else { '"' })
            }
        }
    }

    /// A text as the key of an object, without quotes where the language needs none.
    pub(super) fn key(&self, text: &str) -> String {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let is_name = text.chars().all(is_word) && text.starts_with(|c: char| !c.is_ascii_digit());
        if self.string == Quoting::Javascript && is_name { text.to_owned() } else { self.text(text) }
    }

    /// A text in quotes. What changes the order of the text around it, or cannot be seen, is written by its number.
    fn quoted(&self, text: &str, quote: char) -> String {
        let mut out = String::from(quote);
        for c in text.chars() {
            match c {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\\' => out.push_str("\\\\"),
                c if c == quote => out.extend(['\\', c]),
                c if is_odd(c) || is_hidden(c) => out.push_str(&self.numbered(u32::from(c))),
                c => out.push(c),
            }
        }
        out.push(quote);
        out
    }

    /// A character by its number.
    fn numbered(&self, number: u32) -> String {
        match self.string {
            _ if number <= 0xffff => format!("\\u{number:04x}"),
            Quoting::Javascript | Quoting::Json => format!("\\u{{{number:x}}}"),
            Quoting::Python | Quoting::Go => format!("\\U{number:08x}"),
        }
    }

    /// A value as a literal.
    pub(super) fn value(&self, literal: &Literal) -> String {
        match literal {
            Literal::Null => self.null.clone(),
            Literal::Bool(true) => self.yes.clone(),
            Literal::Bool(false) => self.no.clone(),
            Literal::Number(number) => number.clone(),
            Literal::String(text) => self.text(text),
            Literal::List(items) => {
                let (first, between, last) = &self.list;
                let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                format!("{first}{}{last}", items.join(between))
            }
            Literal::Object(members) => {
                let (first, colon, between, last) = &self.object;
                let member =
                    |(key, value): &(String, Literal)| format!("{}{colon}{}", self.text(key), self.value(value));
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{first}{}{last}", members.join(between))
            }
        }
    }
}

/// Whether a character has no width of its own, so that nobody sees that it is there.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(string: &str) -> LiteralRule {
        toml::from_str(&format!("string = \"{string}\"\nnull = \"None\"")).unwrap()
    }

    #[test]
    fn texts_are_quoted_as_formatters_do() {
        assert_eq!(rule("python").text("it's \"so\""), "'it\\'s \"so\"'");
        assert_eq!(rule("javascript").text("it's"), "\"it's\"");
        assert_eq!(rule("go").text("\"\u{202e}\0\n"), "\"\\\"\\u202e\\u0000\\n\"");
        assert_eq!(rule("json").text("a\"b"), "\"a\\\"b\"");
        assert_eq!(rule("javascript").key("a_$1"), "a_$1");
        assert_eq!(rule("javascript").key("1a"), "\"1a\"");
        assert_eq!(rule("python").key("a"), "\"a\"");
    }

    #[test]
    fn numbers_keep_their_digits() {
        let value = Literal::Object(vec![(
            "a".to_owned(),
            Literal::List(vec![Literal::Number("9007199254740993".to_owned()), Literal::Null]),
        )]);
        assert_eq!(rule("python").value(&value), "{\"a\": [9007199254740993, None]}");
    }
}

//! JSON text to a tree, by serde_json.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::parse::{Node, Reader, SyntaxError};

/// Reads JSON; nothing may follow the value.
pub(super) fn parse(text: &str, reader: &Reader) -> Result<Value, SyntaxError> {
    reader.merge.set(false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Node(reader).deserialize(&mut deserializer).and_then(|tree| deserializer.end().map(|()| tree)).map_err(|error| {
        SyntaxError { message: without_place(&error.to_string()), place: Some((error.line(), error.column())) }
    })
}

/// The message without the ` at line 3 column 5` it ends with: the place is said once.
fn without_place(message: &str) -> String {
    match message.find(" at line ") {
        Some(end) => message.get(..end).unwrap_or(message).to_owned(),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::load::source::Limits;

    use super::*;

    #[test]
    fn merge_keys_are_plain_keys() {
        let reader = Reader::new(&Limits::default(), &0);
        assert_eq!(
            parse(r#"{"<<": {"a": 1}, "n": 1e400}"#, &reader).map_err(|error| error.message),
            Err("number out of range".to_owned())
        );
        assert_eq!(parse(r#"{"<<": {"a": 1}}"#, &reader).unwrap(), json!({"<<": {"a": 1}}));
    }
}

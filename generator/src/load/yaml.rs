//! YAML text to a tree, by serde_yaml.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::depth;
use super::parse::{Node, Reader, Stop, SyntaxError};

/// Reads YAML: merge keys are applied, tags ignored, keys are text.
pub(super) fn parse(text: &str, reader: &Reader) -> Result<Value, SyntaxError> {
    reader.merge.set(true);
    if let Some(place) = depth::exceeds(text, reader.deepest) {
        reader.stop.set(Some(Stop::Depth));
        return Err(SyntaxError { message: "nested too deep".to_owned(), place: Some(place) });
    }
    Node(reader).deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let message = without_place(&error.to_string());
        if message.contains("more than one document") {
            let message = "a second document begins here, and one file holds one".to_owned();
            return SyntaxError { message, place: second_document(text) };
        }
        SyntaxError { message, place: error.location().map(|place| (place.line(), place.column())) }
    })
}

/// Where a file's second document begins.
fn second_document(text: &str) -> Option<(usize, usize)> {
    let is_mark = |line: &str| line == "---" || line.starts_with("--- ");
    let is_content = |line: &&str| !line.trim().is_empty() && !line.starts_with(['#', '%']);
    let mut lines = text.lines().zip(1..).skip_while(|(line, _)| !is_content(line));
    // What comes first is content, or the mark of the first document.
    lines.next()?;
    lines.find(|(line, _)| is_mark(line.trim_end())).map(|(_, line)| (line, 1))
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

    fn read(text: &str) -> Value {
        parse(text, &Reader::new(&Limits::default(), &0)).unwrap()
    }

    #[test]
    fn keys_keep_their_text() {
        assert_eq!(
            read("200: a\n1.10: b\ntrue: c\nnull: d\n\"x\": e\n"),
            json!({"200": "a", "1.10": "b", "true": "c", "null": "d", "x": "e"})
        );
    }

    #[test]
    fn merge_keys_are_applied() {
        let text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 0\nd:\n  <<: *b\n";
        let tree = read(text);
        assert_eq!(tree["c"], json!({"x": 0, "y": 2, "z": 4}));
        assert_eq!(tree["d"], json!({"y": 3, "z": 4}));
    }

    #[test]
    fn tags_are_tolerated() {
        assert_eq!(
            read("a: !date 2019-05-29\nb: !!str 12\nc: !x {d: [1]}\n"),
            json!({"a": "2019-05-29", "b": "12", "c": {"d": [1]}})
        );
    }

    #[test]
    fn numbers_beyond_64_bits_survive() {
        let tree = read("a: 18446744073709551615\nb: 18446744073709551616\nc: .inf\nd: -9223372036854775809\n");
        assert_eq!(tree["a"], json!(u64::MAX));
        assert!(tree["b"].is_f64());
        assert_eq!(tree["c"], json!("inf"));
        assert!(tree["d"].is_f64());
    }

    #[test]
    fn several_documents_are_refused() {
        assert!(parse("a: 1\n---\nb: 2\n", &Reader::new(&Limits::default(), &0)).is_err());
    }
}

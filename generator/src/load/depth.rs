//! How deep YAML nests, judged before it is read: scanning deep nesting costs the reader the square of it.

use saphyr_parser::{Event, Parser};

/// Brackets within brackets that saphyr-parser scans.
const SCANNERS_LIMIT: usize = 255;

/// Line and column, from one, of the first place that nests deeper than `limit`.
pub(super) fn exceeds(text: &str, limit: usize) -> Option<(usize, usize)> {
    let (brackets, columns) = widest(text);
    // A level of block style takes a column at least, but a list may stand in the column of its key.
    if brackets <= limit && columns * 2 <= limit {
        return None;
    }
    let mut depth: usize = 0;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                if depth > limit {
                    return Some((span.start.line(), span.start.col() + 1));
                }
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            // The scanner itself gives up on brackets this deep, before it reports the first of them.
            Err(error) => {
                let place = (error.marker().line(), error.marker().col() + 1);
                return (brackets > SCANNERS_LIMIT.max(limit)).then_some(place);
            }
        }
    }
    None
}

/// The most brackets open at once, and the widest indentation: nearly every document is cleared by these alone.
fn widest(text: &str) -> (usize, usize) {
    let (mut open, mut brackets): (usize, usize) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                open += 1;
                brackets = brackets.max(open);
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    let indented = text.lines().map(|line| line.len() - line.trim_start_matches([' ', '-', '?']).len()).max();
    (brackets, indented.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::exceeds;

    #[test]
    fn nesting_is_counted_in_both_styles() {
        let flow = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let compact = format!("{}x", "- ".repeat(200));
        let block: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        for text in [&flow, &compact, &block] {
            assert!(exceeds(text, 128).is_some(), "{text:.40}");
            assert_eq!(exceeds(text, 1000), None, "{text:.40}");
        }
        assert_eq!(exceeds("a: '[[[[[['\nb: [1, {c: d}]\n", 5), None);
    }

    #[test]
    fn the_place_is_the_first_one_too_deep() {
        assert_eq!(exceeds("a:\n  b: [[x]]\n", 3), Some((2, 7)));
        assert_eq!(exceeds(&format!("a:\n  b: {}", "[".repeat(300)), 128).map(|(line, _)| line), Some(2));
    }

    #[test]
    fn a_very_deep_text_is_refused_without_reading_it_all() {
        assert!(exceeds(&"[".repeat(1_000_000), 128).is_some());
    }
}

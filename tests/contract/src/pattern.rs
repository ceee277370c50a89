//! A text that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The simplest text of at least `least` characters that matches; texts differ by `turn` where the pattern leaves a
/// choice. `None` for what is no regular expression.
pub(crate) fn matching(pattern: &str, least: usize, turn: usize) -> Option<String> {
    let parsed = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&parsed, 0, turn, &mut text);
    let missing = least.saturating_sub(text.chars().count());
    if missing > 0 {
        text.clear();
        write(&parsed, missing, turn, &mut text);
    }
    Some(text)
}

/// Repetitions that may be longer are longer by `more`.
fn write(node: &Hir, more: usize, turn: usize, text: &mut String) {
    match node.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(choice(class, turn)),
        HirKind::Capture(capture) => write(&capture.sub, more, turn, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, turn, text)),
        HirKind::Alternation(parts) => parts.iter().take(1).for_each(|part| write(part, more, turn, text)),
        HirKind::Repetition(repetition) => {
            let (least, most) = (repetition.min as usize, repetition.max.map_or(usize::MAX, |most| most as usize));
            for _ in 0..least.saturating_add(more).min(most) {
                write(&repetition.sub, more, turn, text);
            }
        }
    }
}

/// A letter or digit of the class if it has one.
fn choice(class: &Class, turn: usize) -> Option<char> {
    let has = |wanted: char| match class {
        Class::Unicode(class) => class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&wanted)),
        Class::Bytes(class) => {
            let wanted = u8::try_from(wanted).ok();
            class
                .ranges()
                .iter()
                .any(|range| wanted.is_some_and(|wanted| (range.start()..=range.end()).contains(&wanted)))
        }
    };
    let plain: Vec<char> =
        ('1'..='9').chain('a'..='z').chain('A'..='Z').chain(['0']).filter(|known| has(*known)).collect();
    let index = turn.checked_rem(plain.len());
    index.and_then(|index| plain.get(index).copied()).or_else(|| match class {
        Class::Unicode(class) => class.ranges().first().map(|range| range.start()),
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match_their_pattern() {
        let patterns = [
            "charge",
            "^chrg_(test_)?[0-9a-z]+$",
            "^[A-Z]{3}$",
            r"^\d{4}-\d{2}-\d{2}$",
            "^(a|b)*[^a-z0-9]$",
            "^.+@.+$",
            "^é?$",
        ];
        for pattern in patterns {
            for turn in 0..3 {
                let text = matching(pattern, 0, turn).unwrap();
                assert!(regex::Regex::new(pattern).unwrap().is_match(&text), "{pattern}: {text}");
            }
        }
        assert_eq!(matching("charge", 0, 0).unwrap(), "charge");
        assert_eq!(matching("^card_[0-9a-z]+$", 0, 1).unwrap(), "card_2");
        assert_eq!(matching("^x+$", 5, 0).unwrap(), "xxxxx");
        assert_eq!(matching("(", 0, 0), None);
    }
}

//! From a document's names to words that any target can print.

use deunicode::deunicode_char;
use heck::ToSnakeCase;

use crate::ir::Name;

/// Most symbols of a name without letters that are spelled out.
const MOST_SYMBOLS: usize = 8;

/// What a symbol is called where it is all there is, or all that differs.
const SYMBOLS: &[(char, &str)] = &[
    ('!', "not"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('\'', "apostrophe"),
    ('(', "open"),
    (')', "close"),
    ('*', "star"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('[', "open"),
    ('\\', "backslash"),
    (']', "close"),
    ('^', "caret"),
    ('_', "underscore"),
    ('`', "backtick"),
    ('{', "open"),
    ('|', "or"),
    ('}', "close"),
    ('~', "tilde"),
];

/// Comparisons that some APIs write behind a name, `created>=`: the longer ones first.
const COMPARISONS: &[&str] = &["<=", ">=", "!=", "==", "<", ">", "="];

/// The words of a document's name: `chargeSchedule`, `charge-schedule` and `ChargeSchedule` are one.
///
/// Other scripts are written in Latin letters, what nobody can write so becomes its code point, and a sign before a
/// number or a comparison behind a name is a word. A name without letters is spelled out: `>=` is `greater equal`.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.trim();
    let (sign, rest) = sign(text, |next| next.is_ascii_digit());
    let (rest, comparison) = comparison(rest);
    let letters = split(rest);
    if letters.is_empty() {
        return symbols(text, MOST_SYMBOLS);
    }
    [sign, letters, symbols(comparison, 2)].concat()
}

/// The words of a value of an enumeration: in `-created` the sign says as much as the name.
pub(super) fn value_words(text: &str) -> Vec<String> {
    let (sign, rest) = sign(text.trim(), char::is_alphabetic);
    [sign, words(rest)].concat()
}

/// The words with every sign among them, for names that differ in nothing else: `@type` and `type`.
pub(super) fn spelled(text: &str) -> Vec<String> {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.trim().chars().enumerate() {
        let separates = matches!(c, '_' | '.' | ',' | ':' | '/') || (c == '-' && at > 0);
        match symbol(c).filter(|_| !separates) {
            Some(word) => out.push_str(&format!(" {word} ")),
            None => out.push(c),
        }
    }
    split(&out)
}

/// A sign at the beginning, when what follows wants it said.
fn sign(text: &str, counts: impl Fn(char) -> bool) -> (Vec<String>, &str) {
    let mut chars = text.chars();
    let sign = chars.next().filter(|c| matches!(c, '-' | '+')).and_then(symbol);
    match sign.filter(|_| chars.clone().next().is_some_and(counts)) {
        Some(word) => (vec![word.to_owned()], chars.as_str()),
        None => (Vec::new(), text),
    }
}

/// A comparison at the end, unless it closes a bracket: `List<Pet>`.
fn comparison(text: &str) -> (&str, &str) {
    let found = COMPARISONS.iter().find_map(|sign| Some((text.strip_suffix(sign)?, *sign)));
    found.filter(|(rest, _)| !rest.contains(['<', '>', '='])).unwrap_or((text, ""))
}

/// The words between what is neither letter nor digit.
fn split(text: &str) -> Vec<String> {
    let mut ascii = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            ascii.push(c);
        } else if c.is_ascii() {
            ascii.push('_');
        } else {
            push_latin(&mut ascii, c);
        }
    }
    ascii.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A character of another script. Letters join their neighbours, signs and pictures are words of their own, and
/// marks that belong to the letter before them, or that nobody sees, are nothing.
fn push_latin(out: &mut String, c: char) {
    let latin = deunicode_char(c).unwrap_or_default();
    let is_written = latin.contains(|c: char| c.is_ascii_alphanumeric());
    match (is_written, c.is_alphanumeric()) {
        (true, true) => out.extend(latin.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })),
        (true, false) => {
            let (sign, rest) = sign(latin, |next| next.is_ascii_digit());
            let rest = rest.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            out.push_str(&format!("_{}_{rest}_", sign.concat()));
        }
        (false, true) if latin.is_empty() && deunicode_char(c).is_none() => {
            out.push_str(&format!("_u{:x}_", u32::from(c)));
        }
        (false, true) => {}
        (false, false) if latin.is_empty() => {}
        (false, false) => out.push('_'),
    }
}

/// What symbols are called, up to a number of them.
fn symbols(text: &str, most: usize) -> Vec<String> {
    text.chars().filter_map(symbol).take(most).map(str::to_owned).collect()
}

fn symbol(c: char) -> Option<&'static str> {
    SYMBOLS.iter().find(|(known, _)| *known == c).map(|(_, word)| *word)
}

/// A name from words: never empty, never starting with a digit.
pub(super) fn name(mut words: Vec<String>, fallback: &str) -> Name {
    if words.is_empty() {
        words.push(fallback.to_owned());
    }
    if let Some(first) = words.first_mut()
        && first.starts_with(|c: char| c.is_ascii_digit())
    {
        first.insert(0, 'n');
    }
    Name(words)
}

/// Plurals that follow no rule of [`singular`].
const IRREGULAR: [(&str, &str); 14] = [
    ("analyses", "analysis"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("indices", "index"),
    ("movies", "movie"),
    ("people", "person"),
    ("selfies", "selfie"),
    ("statuses", "status"),
    ("ties", "tie"),
    ("viruses", "virus"),
];

/// `charges` → `charge`, `policies` → `policy`, `addresses` → `address`; words that are not plural stay.
pub(super) fn singular(word: &str) -> String {
    let endings = [("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")];
    let unchanged = ["ss", "us", "is", "news", "series", "status"];
    if let Some((_, single)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*single).to_owned();
    }
    if word.len() < 4 || unchanged.iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    endings
        .iter()
        .find_map(|(plural, single)| word.strip_suffix(plural).map(|stem| format!("{stem}{single}")))
        .unwrap_or_else(|| word.to_owned())
}

/// The words with the last one in the singular.
pub(super) fn singular_words(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{name, singular, spelled, value_words, words};
    use crate::ir::Name;

    fn joined(text: &str) -> String {
        words(text).join("_")
    }

    #[test]
    fn words_of_any_case_are_one() {
        for text in ["chargeSchedule", "charge-schedule", "ChargeSchedule", "charge schedule", "charge_schedule"] {
            assert_eq!(words(text), ["charge", "schedule"]);
        }
    }

    #[test]
    fn other_scripts_are_written_in_latin_letters() {
        for (text, latin) in [
            ("日本", "ri_ben"),
            ("ราคา", "raakhaa"),
            ("цена", "tsena"),
            ("Größe", "grosse"),
            ("re\u{301}sume\u{301}", "resume"),
            ("résumé", "resume"),
            ("price€", "price_eur"),
            ("🦀", "crab"),
            ("👎", "minus_1"),
            ("a\u{200d}b", "ab"),
            ("\u{12000}", "u12000"),
        ] {
            assert_eq!(joined(text), latin, "{text}");
        }
    }

    #[test]
    fn signs_are_words_where_they_say_something() {
        for (text, spelled) in [
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("StartTime>=", "start_time_greater_equal"),
            ("List<Pet>", "list_pet"),
            (">=", "greater_equal"),
            ("*/", "star_slash"),
            ("$ref", "ref"),
            ("-created", "created"),
            ("   ", ""),
        ] {
            assert_eq!(joined(text), spelled, "{text}");
        }
        assert_eq!(value_words("-created"), ["minus", "created"]);
        assert_eq!(value_words("-1"), ["minus", "1"]);
        assert_eq!(spelled("@type"), ["at", "type"]);
        assert_eq!(spelled("a-b"), ["a", "b"]);
        assert_eq!(words(&"=".repeat(500)).len(), 8);
    }

    #[test]
    fn names_are_never_empty_and_begin_with_a_letter() {
        assert_eq!(name(words(""), "value"), Name(vec!["value".into()]));
        assert_eq!(name(words("2fa"), "value").0[0], "n2fa");
    }

    #[test]
    fn singulars() {
        for (plural, single) in [
            ("charges", "charge"),
            ("policies", "policy"),
            ("cookies", "cookie"),
            ("statuses", "status"),
            ("address", "address"),
            ("status", "status"),
        ] {
            assert_eq!(singular(plural), single);
        }
    }
}

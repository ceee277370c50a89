//! From a document's names to words that any target can print, and from words to unique words.

use std::collections::HashSet;

use heck::ToSnakeCase;

use crate::ir::Name;

/// The words of a document's name: `chargeSchedule`, `charge-schedule` and `ChargeSchedule` are one.
///
/// What no target could print becomes its code point, so that names of any script differ and stay stable.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut ascii = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            ascii.push(c);
        } else if c.is_alphanumeric() {
            ascii.push_str(&format!("_u{:x}_", u32::from(c)));
        } else {
            ascii.push('_');
        }
    }
    ascii.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
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

/// `charges` → `charge`, `policies` → `policy`, `addresses` → `address`; words that are not plural stay.
pub(super) fn singular(word: &str) -> String {
    let endings = [("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")];
    let unchanged = ["ss", "us", "is", "news", "series", "status"];
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

/// Names already given in a scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// The name itself, or with the first number that makes it unique in every case: words that differ only in
    /// where they are split count as one.
    pub(super) fn unique(&mut self, name: Name) -> Name {
        if self.taken.insert(name.0.concat()) {
            return name;
        }
        for number in 2_u64.. {
            let mut words = name.0.clone();
            words.push(number.to_string());
            if self.taken.insert(words.concat()) {
                return Name(words);
            }
        }
        name
    }

    /// Whether a name is free.
    pub(super) fn is_free(&self, name: &Name) -> bool {
        !self.taken.contains(&name.0.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, name, singular, words};
    use crate::ir::Name;

    #[test]
    fn words_of_any_case_are_one() {
        for text in ["chargeSchedule", "charge-schedule", "ChargeSchedule", "charge schedule", "charge_schedule"] {
            assert_eq!(words(text), ["charge", "schedule"]);
        }
    }

    #[test]
    fn names_of_other_scripts_differ() {
        assert_eq!(words("日本"), ["u65e5", "u672c"]);
        assert_eq!(name(words("*/"), "value"), Name(vec!["value".into()]));
        assert_eq!(name(words("2fa"), "value").0[0], "n2fa");
    }

    #[test]
    fn names_are_unique_in_every_case() {
        let mut scope = Scope::default();
        assert_eq!(scope.unique(name(words("foo_bar"), "x")).0.join("_"), "foo_bar");
        assert_eq!(scope.unique(name(words("foobar"), "x")).0.join("_"), "foobar_2");
        assert_eq!(scope.unique(name(words("fooBar"), "x")).0.join("_"), "foo_bar_3");
    }

    #[test]
    fn singulars() {
        for (plural, single) in
            [("charges", "charge"), ("policies", "policy"), ("address", "address"), ("status", "status")]
        {
            assert_eq!(singular(plural), single);
        }
    }
}

//! What pages call things: the words of their names, spelled as people write them.

use std::collections::BTreeMap;

use crate::ir::{Name, Operation};
use crate::target::prose::one_line;
use crate::target::words::{capital, words};

/// Writes titles.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    /// Words that go together, in lower case, and how people write them; more words first.
    spelling: Vec<(Vec<String>, String)>,
}

impl Titles {
    /// With `mfa` for `MFA` and `links plus` for `Links+`.
    pub(super) fn new(spelling: &BTreeMap<String, String>) -> Self {
        let parts = |phrase: &str| phrase.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        let mut spelling: Vec<_> = spelling.iter().map(|(phrase, written)| (parts(phrase), written.clone())).collect();
        spelling.retain(|(phrase, _)| !phrase.is_empty());
        spelling.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        Self { spelling }
    }

    /// `charge schedule`, `MFA confirmation`.
    pub(super) fn inside(&self, name: &Name) -> String {
        let all = words(name);
        let mut rest = all.as_slice();
        let mut out: Vec<&str> = Vec::new();
        while let Some((first, others)) = rest.split_first() {
            let known = self.spelling.iter().find(|(phrase, _)| rest.starts_with(phrase));
            let (written, behind) = match known {
                Some((phrase, written)) => (written.as_str(), rest.get(phrase.len()..).unwrap_or_default()),
                None => (first.as_str(), others),
            };
            out.push(written);
            rest = behind;
        }
        out.join(" ")
    }

    /// `Charge schedule`.
    pub(super) fn of(&self, name: &Name) -> String {
        capital(&self.inside(name))
    }

    /// The summary without its full stop, or the name.
    pub(super) fn operation(&self, operation: &Operation) -> String {
        let summary = one_line(&operation.summary);
        let summary = summary.trim().trim_end_matches('.');
        if summary.is_empty() { self.of(&operation.name) } else { summary.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spelled_as_people_write_them() {
        let spelling = [("mfa", "MFA"), ("links plus", "Links+"), ("plus", "plus!"), ("sub merchant", "sub-merchant")];
        let titles = Titles::new(&spelling.map(|(words, written)| (words.to_owned(), written.to_owned())).into());
        let title = |words: &str| titles.of(&Name(words.split(' ').map(str::to_owned).collect()));
        assert_eq!(title("mfa recovery codes"), "MFA recovery codes");
        assert_eq!(title("links plus template"), "Links+ template");
        assert_eq!(title("sub merchant parent route"), "Sub-merchant parent route");
        assert_eq!(title("plus"), "Plus!");
        assert_eq!(title("charge"), "Charge");
    }
}

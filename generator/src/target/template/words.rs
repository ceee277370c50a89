//! A name as a language writes it.

use serde::Deserialize;

use super::language::NameRule;
use crate::ir::Name;
use crate::target::words::{capital, words};

/// How words are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Case {
    /// `ChargeSchedule`.
    Pascal,
    /// `chargeSchedule`.
    Camel,
    /// `charge_schedule`.
    Snake,
    /// `CHARGE_SCHEDULE`.
    Screaming,
    /// `charge-schedule`.
    Kebab,
    /// `chargeschedule`.
    Flat,
    /// `Charge schedule`, for prose.
    Prose,
}

impl NameRule {
    /// The name as it is written at this place.
    pub(super) fn apply(&self, name: &Name) -> String {
        let text = self.cased(&words(name));
        if self.reserved.contains(&text) { text + &self.suffix } else { text }
    }

    fn cased(&self, words: &[String]) -> String {
        match self.case {
            Case::Pascal => self.capitals(words, true),
            Case::Camel => self.capitals(words, false),
            Case::Snake => words.join("_"),
            Case::Screaming => words.join("_").to_ascii_uppercase(),
            Case::Kebab => words.join("-"),
            Case::Flat => words.concat(),
            Case::Prose => capital(&words.join(" ")),
        }
    }

    fn capitals(&self, words: &[String], first: bool) -> String {
        let mut text = String::new();
        for (at, word) in words.iter().enumerate() {
            let is_plain = at == 0 && !first;
            match word {
                word if is_plain => text.push_str(word),
                word if self.initialisms.contains(word) => text.push_str(&word.to_ascii_uppercase()),
                word => {
                    // `["i", "d"]` is not `["id"]`, also where `id` is written `ID`.
                    let follows =
                        word.len() == 1 && at > 0 && words.get(at - 1).is_some_and(|before| before.len() == 1);
                    text.push_str(if follows && !self.initialisms.is_empty() { "_" } else { "" });
                    text.push_str(&capital(word));
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(case: Case) -> NameRule {
        let set = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        NameRule { case, reserved: set(&["class", "Error"]), suffix: "_".to_owned(), initialisms: set(&["id"]) }
    }

    fn name(words: &[&str]) -> Name {
        Name(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn cases() {
        let id = name(&["charge", "id"]);
        let shown = [Case::Pascal, Case::Camel, Case::Snake, Case::Screaming, Case::Kebab, Case::Flat, Case::Prose];
        let shown = shown.map(|case| rule(case).apply(&id));
        assert_eq!(shown, ["ChargeID", "chargeID", "charge_id", "CHARGE_ID", "charge-id", "chargeid", "Charge id"]);
        assert_eq!(rule(Case::Camel).apply(&name(&["id"])), "id");
        assert_eq!(rule(Case::Pascal).apply(&name(&["i", "d"])), "I_D");
        assert_eq!(rule(Case::Snake).apply(&name(&["class"])), "class_");
        assert_eq!(rule(Case::Pascal).apply(&name(&["error"])), "Error_");
    }
}

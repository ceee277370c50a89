//! Names of one scope made unique.
//!
//! Who gets which name depends on those that would share it alone: not on the order of the document, and not on
//! what else stands in the scope. A number is taken only when nothing better tells two names apart.

use std::collections::BTreeMap;

use crate::diagnostic::Origin;
use crate::ir::Name;
use crate::maps::HashSet;

/// Most letters of a name, a number apart. Documentation has files that are called like types.
const LONGEST: usize = 100;

/// A place that wants a name.
pub(super) struct Slot<'n> {
    /// The name it wants, and gets when nobody else has it.
    pub(super) name: &'n mut Name,
    /// The name as the document has it, or what else tells the place apart in any order of the document.
    pub(super) text: String,
    /// Those of a lower rank come first.
    pub(super) rank: usize,
    /// What to say instead where others want the name too: `@type` is then `at type`, first or not.
    pub(super) spelled: Vec<String>,
    /// What to say instead when another place came first: `body id`.
    pub(super) placed: Vec<String>,
    /// Whether it names a type.
    pub(super) is_type: bool,
    /// Where the name is written.
    pub(super) origin: Option<Origin>,
}

impl<'n> Slot<'n> {
    /// A place whose name is written in the document.
    pub(super) fn new(name: &'n mut Name, text: impl Into<String>, origin: &Origin) -> Self {
        let text = text.into();
        let spelled = super::words::spelled(&text);
        Self { spelled, origin: Some(origin.clone()), ..Self::derived(name, text) }
    }

    /// A place whose name is made of something else.
    pub(super) fn derived(name: &'n mut Name, text: impl Into<String>) -> Self {
        let (spelled, placed) = (Vec::new(), Vec::new());
        Self { name, text: text.into(), rank: 0, spelled, placed, is_type: false, origin: None }
    }

    /// After those of a lower rank, and then called otherwise.
    pub(super) fn ranked(mut self, rank: usize, placed: Vec<String>) -> Self {
        self.rank = rank;
        self.placed = placed;
        self
    }

    fn priority(&self) -> (usize, bool, usize, &str) {
        (self.rank, !self.is_exact(), self.text.len(), &self.text)
    }

    /// Whether the document writes the name as targets do: `foo_bar`, and `FooBar` for types.
    fn is_exact(&self) -> bool {
        let pascal = |word: &String| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect::<String>()
        };
        let snake = self.name.0.join("_") == self.text;
        snake || (self.is_type && self.name.0.iter().map(pascal).collect::<String>() == self.text)
    }
}

/// A place that got a number, because others have its name.
pub(super) struct Renamed {
    /// The name it wanted.
    pub(super) wanted: Name,
    /// The name it got.
    pub(super) given: Name,
    /// The name as the document has it.
    pub(super) text: String,
    /// Where it is written.
    pub(super) origin: Option<Origin>,
}

/// Gives every place a name of its own, and tells which ones got a number. Words that differ only in where they are
/// split count as one, so that names are unique in every case.
pub(super) fn settle(slots: &mut [Slot<'_>]) -> Vec<Renamed> {
    for slot in slots.iter_mut() {
        for words in [&mut slot.name.0, &mut slot.spelled, &mut slot.placed] {
            shorten(words);
        }
    }
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, slot) in slots.iter().enumerate() {
        groups.entry(slot.name.0.concat()).or_default().push(index);
    }
    let mut taken: HashSet<String> = groups.keys().cloned().collect();
    let mut renamed = Vec::new();
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by(|a, b| {
            let priority = |index: &usize| slots.get(*index).map(Slot::priority);
            priority(a).cmp(&priority(b))
        });
        let mut first_rank = None;
        for index in group {
            let Some(slot) = slots.get_mut(index) else { continue };
            if take(&mut taken, &slot.spelled) {
                slot.name.0 = std::mem::take(&mut slot.spelled);
            } else if first_rank.is_none() {
                // It keeps the name it wanted.
                first_rank = Some(slot.rank);
            } else if first_rank != Some(slot.rank) && take(&mut taken, &slot.placed) {
                slot.name.0 = std::mem::take(&mut slot.placed);
            } else {
                let given = numbered(&mut taken, &slot.name.0);
                let wanted = std::mem::replace(slot.name, given.clone());
                renamed.push(Renamed { wanted, given, text: slot.text.clone(), origin: slot.origin.clone() });
            }
        }
    }
    renamed
}

/// Leaves the letters that fit.
pub(super) fn shorten(words: &mut Vec<String>) {
    let mut left = LONGEST;
    for word in words.iter_mut() {
        if word.len() > left {
            *word = word.chars().take(left).collect();
        }
        left -= word.len().min(left);
    }
    words.retain(|word| !word.is_empty());
}

/// Takes words when there are any and they are free.
fn take(taken: &mut HashSet<String>, words: &[String]) -> bool {
    let begins = words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
    begins && taken.insert(words.concat())
}

/// The words with the first number that makes them free. A number would be read as part of one that stands there.
fn numbered(taken: &mut HashSet<String>, words: &[String]) -> Name {
    let mut words = words.to_vec();
    if words.last().is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit())) {
        words.push("other".to_owned());
        if taken.insert(words.concat()) {
            return Name(words);
        }
    }
    let mut number = 2_u64;
    loop {
        let candidate = [&*words, &[number.to_string()]].concat();
        if taken.insert(candidate.concat()) {
            return Name(candidate);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{name, words};
    use super::*;

    /// The names that texts get, in their order.
    fn settled(texts: &[&str]) -> Vec<String> {
        let mut names: Vec<Name> = texts.iter().map(|text| name(words(text), "value")).collect();
        let origin = Origin::default();
        let slots = names.iter_mut().zip(texts).map(|(name, text)| Slot::new(name, *text, &origin));
        settle(&mut slots.collect::<Vec<_>>());
        names.iter().map(|name| name.0.join("_")).collect()
    }

    #[test]
    fn names_are_unique_in_every_case() {
        assert_eq!(settled(&["foo_bar", "foobar", "fooBar"]), ["foo_bar_2", "foobar", "foo_bar_3"]);
        assert_eq!(settled(&["", "", ""]), ["value", "value_2", "value_3"]);
    }

    #[test]
    fn the_order_does_not_matter() {
        assert_eq!(settled(&["foo-bar", "foo_bar"]), ["foo_bar_2", "foo_bar"]);
        assert_eq!(settled(&["foo_bar", "foo-bar"]), ["foo_bar", "foo_bar_2"]);
    }

    #[test]
    fn a_number_takes_no_name_that_another_place_has_by_itself() {
        assert_eq!(settled(&["foo bar", "foo_bar", "foo_bar_2"]), ["foo_bar_3", "foo_bar", "foo_bar_2"]);
        assert_eq!(settled(&["Foo2", "foo 2", "foo_2"]), ["foo2_other", "foo_2_other_2", "foo_2"]);
    }

    #[test]
    fn names_are_cut_and_stay_apart() {
        let long = ["letters of ".repeat(30), "letters of ".repeat(31), "x".repeat(300)];
        let names = settled(&long.each_ref().map(String::as_str));
        assert_eq!(names[0], format!("{}l", "letters_of_".repeat(11)));
        assert_eq!(names[1], format!("{}_2", names[0]));
        assert_eq!(names[2], "x".repeat(100));
    }

    #[test]
    fn what_differs_in_a_sign_says_the_sign() {
        assert_eq!(settled(&["@type", "type", "$type"]), ["at_type", "type", "dollar_type"]);
        assert_eq!(settled(&["$a", "@a"]), ["dollar_a", "at_a"]);
    }
}

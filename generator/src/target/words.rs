//! Words to names in the cases that languages use.

use std::collections::BTreeSet;

use crate::ir::Name;

/// Words as they may be printed, whatever the model holds.
pub(super) fn words(name: &Name) -> Vec<String> {
    let mut words: Vec<String> = name
        .0
        .iter()
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        words.push("value".to_owned());
    }
    if words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        words.insert(0, "n".to_owned());
    }
    words
}

/// `charge_schedule`.
pub(super) fn snake(name: &Name) -> String {
    words(name).join("_")
}

/// `CHARGE_SCHEDULE`.
pub(super) fn screaming(name: &Name) -> String {
    snake(name).to_ascii_uppercase()
}

/// `ChargeSchedule`.
pub(super) fn pascal(name: &Name) -> String {
    words(name).iter().map(|word| capital(word)).collect()
}

/// `Charge schedule`, for prose.
pub(super) fn prose(name: &Name) -> String {
    capital(&words(name).join(" "))
}

/// Whether an operating system keeps a file's stem for itself, in any case.
pub(super) fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || port.is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Takes the first name that is free, numbered from 2 on. None differs from another by case alone.
pub(super) fn first_free(
    taken: &mut BTreeSet<String>,
    is_taken: bool,
    numbered: impl Fn(Option<u64>) -> String,
) -> String {
    let unnumbered = (!is_taken).then_some(None);
    let mut names = unnumbered.into_iter().chain((2..).map(Some)).map(numbered);
    let free = names.find(|name| taken.insert(name.to_ascii_lowercase()));
    free.unwrap_or_default()
}

/// With a capital first.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

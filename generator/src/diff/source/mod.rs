//! Compares what two crates, as they are emitted, let their users write.

mod rename;
#[cfg(test)]
mod tests;
mod touch;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{Change, Source};
use crate::Model;
use crate::config::Config;
use crate::maps::HashSet;
use crate::target::rust::{Kind, Outline, Symbol, is_same, outline};

use rename::Renames;
use touch::Crate;

/// What happened to something that users can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is gone.
    Removed,
    /// It is there under another name.
    Renamed,
    /// Its type, or what it takes and gives, is another.
    Changed,
    /// It is new.
    Added,
}

/// A change of something that users can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SymbolChange {
    /// `Charge::amount`, in the new crate, or in the old one when it is gone.
    pub symbol: String,
    /// What happened.
    pub fate: Fate,
    /// What was there: a type, a signature, an older name.
    pub before: Option<String>,
    /// What is there.
    pub after: Option<String>,
    /// What it means to code that uses it.
    pub source: Source,
    /// Why it was agreed to.
    pub allowed: Option<String>,
}

impl Fate {
    /// The stable name of such a change, as in `--allow` files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Removed => "symbol-removed",
            Self::Renamed => "symbol-renamed",
            Self::Changed => "symbol-changed",
            Self::Added => "symbol-added",
        }
    }

    /// Every fate.
    pub const ALL: [Self; 4] = [Self::Removed, Self::Renamed, Self::Changed, Self::Added];
}

/// How two emitted crates differ.
#[derive(Clone, Debug, Default)]
pub struct SourceDiff {
    /// Worst first.
    pub symbols: Vec<SymbolChange>,
    /// Whether anything else that was emitted differs, such as documentation.
    pub has_other_text: bool,
}

impl SourceDiff {
    /// The part of the crate's version number that is to be raised.
    pub fn bump(&self) -> Source {
        let least = if self.has_other_text { Source::Patch } else { Source::None };
        self.symbols.iter().map(|change| change.source).max().unwrap_or(least).max(least)
    }
}

/// Compares what users of two models' crates can write. Tells each change which symbols it touches.
pub(super) fn compare(old: &Model, new: &Model, config: &Config, changes: &mut [Change]) -> SourceDiff {
    let ((before, old_names), (after, new_names)) = both(|is_old| outline(&if is_old { old } else { new }.lowered.api));
    let renames = Renames::find(&before, &after, &old_names, &new_names);
    let symbols = outlines(&before, &after, &renames);
    // What users can name is part of the text.
    let has_other_text = !symbols.is_empty() || !is_same(&old.lowered.api, &new.lowered.api, config);
    let least = if has_other_text { Source::Patch } else { Source::None };
    let (old, new) = (
        Crate { model: old, names: &old_names, outline: &before },
        Crate { model: new, names: &new_names, outline: &after },
    );
    touch::link(changes, &symbols, least, &old, &new);
    SourceDiff { symbols, has_other_text }
}

/// Does the same work for the old side and the new one at the same time.
fn both<T: Send>(work: impl Fn(bool) -> T + Sync) -> (T, T) {
    std::thread::scope(|scope| {
        let old = scope.spawn(|| work(true));
        let new = work(false);
        // What cannot be done beside the other is done after it.
        (old.join().unwrap_or_else(|_| work(true)), new)
    })
}

/// Compares what users can name; the worst comes first.
fn outlines(old: &Outline, new: &Outline, renames: &Renames) -> Vec<SymbolChange> {
    let mut symbols = Vec::new();
    for (name, symbol) in &old.symbols {
        let renewed = renames.symbol(name);
        let is_renamed = renames.is_renamed(name);
        match new.symbols.get(renewed.as_ref()) {
            Some(now) => {
                if is_renamed {
                    symbols.push(change(&renewed, Fate::Renamed, Some(name), Some(&renewed), Source::Major));
                }
                symbols.extend(differs(&renewed, symbol, now, renames));
            }
            // What is in something that is gone is gone with it.
            None if owner(&renewed).is_some_and(|owner| !new.symbols.contains_key(owner))
                && owner_is_known(old, name) => {}
            None => symbols.push(change(name, Fate::Removed, Some(&symbol.text), None, Source::Major)),
        }
    }
    let known: HashSet<Cow<'_, str>> = old.symbols.keys().map(|name| renames.symbol(name)).collect();
    for (name, symbol) in new.symbols.iter().filter(|(name, _)| !known.contains(name.as_str())) {
        let of = owner(name);
        if of.is_some_and(|owner| !known.contains(owner) && new.symbols.contains_key(owner)) {
            continue;
        }
        let is_shut = matches!(symbol.kind, Kind::Field | Kind::Variant)
            && of.and_then(|owner| new.symbols.get(owner)).is_some_and(|owner| !owner.is_open);
        let source = if is_shut { Source::Major } else { Source::Minor };
        symbols.push(change(name, Fate::Added, None, Some(&symbol.text), source));
    }
    traits(old, new, renames, &mut symbols);
    symbols.sort_by(|one, other| {
        other.source.cmp(&one.source).then(one.fate.cmp(&other.fate)).then_with(|| one.symbol.cmp(&other.symbol))
    });
    symbols
}

fn change(symbol: &str, fate: Fate, before: Option<&str>, after: Option<&str>, source: Source) -> SymbolChange {
    let text = |text: Option<&str>| text.map(str::to_owned);
    SymbolChange { symbol: symbol.to_owned(), fate, before: text(before), after: text(after), source, allowed: None }
}

/// What is different in something that is still there.
fn differs(name: &str, old: &Symbol, new: &Symbol, renames: &Renames) -> Option<SymbolChange> {
    let was = renames.text(&old.meaning);
    let is_shut = old.is_open && !new.is_open && old.kind == Kind::Type;
    let source = if was != new.meaning || is_shut || changes_places(&old.arguments, &new.arguments) {
        Source::Major
    } else if !old.is_deprecated && new.is_deprecated {
        return Some(change(name, Fate::Changed, Some(&old.text), Some("deprecated"), Source::Minor));
    } else {
        return None;
    };
    Some(change(name, Fate::Changed, Some(&old.text), Some(&new.text), source))
}

/// Whether an argument stands in another place than it did. Where types are the same, programs compile as before and say
/// one thing for another, which is worse than one that does not compile.
fn changes_places(old: &[String], new: &[String]) -> bool {
    let moves = |(at, name): (usize, &String)| new.iter().position(|other| other == name).is_some_and(|now| now != at);
    old.iter().enumerate().any(moves)
}

/// Traits that types implement and no longer do, or do now.
fn traits(old: &Outline, new: &Outline, renames: &Renames, symbols: &mut Vec<SymbolChange>) {
    for (name, before) in &old.traits {
        let renewed = renames.symbol(name);
        let after = new.traits.get(renewed.as_ref()).filter(|_| new.symbols.contains_key(renewed.as_ref()));
        let Some(after) = after.filter(|after| *after != before || !renames.is_empty()) else { continue };
        let before: BTreeSet<Cow<'_, str>> = before.iter().map(|one| renames.text(one)).collect();
        let after: BTreeSet<Cow<'_, str>> = after.iter().map(|one| Cow::Borrowed(one.as_str())).collect();
        for gone in before.difference(&after) {
            let symbol = format!("impl {gone} for {renewed}");
            symbols.push(change(&symbol, Fate::Removed, Some(gone), None, Source::Major));
        }
        for come in after.difference(&before) {
            let symbol = format!("impl {come} for {renewed}");
            symbols.push(change(&symbol, Fate::Added, None, Some(come), Source::Minor));
        }
    }
}

/// What a symbol is a member of.
fn owner(symbol: &str) -> Option<&str> {
    symbol.rsplit_once("::").map(|(owner, _)| owner)
}

fn owner_is_known(outline: &Outline, symbol: &str) -> bool {
    owner(symbol).is_some_and(|owner| outline.symbols.contains_key(owner))
}

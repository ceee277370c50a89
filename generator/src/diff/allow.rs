//! Changes that were agreed to: a file of entries, each with a reason.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;

use super::{Change, Date, Diff, Fate, RULES, SymbolChange};
use crate::near::did_you_mean;

/// The entries of a file.
#[derive(Clone, Debug, Default)]
pub struct Allow {
    entries: Vec<Entry>,
}

/// An entry that allows changes.
#[derive(Clone, Debug)]
struct Entry {
    id: String,
    pointer: GlobMatcher,
    reason: String,
    expires: Option<Date>,
    /// As in messages: `maximum-lowered at /components/**`.
    told: String,
}

/// An entry that does nothing, and why that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The entry.
    pub entry: String,
    /// Whether its day has come; else nothing matches it any more.
    pub is_expired: bool,
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowError {
    /// What is wrong.
    pub message: String,
    /// The line, from one, where TOML itself is wrong.
    pub line: Option<usize>,
    /// What to do.
    pub help: String,
}

impl fmt::Display for AllowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AllowError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    allow: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    #[serde(default = "anywhere")]
    pointer: String,
    reason: String,
    expires: Option<toml::Value>,
}

fn anywhere() -> String {
    "**".to_owned()
}

const HELP: &str =
    "an entry is `[[allow]]` with `id`, `pointer`, `reason` and, if it is for a time, `expires = 2027-01-31`";

impl Allow {
    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, AllowError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| before.matches('\n').count() + 1);
            AllowError { message: error.message().to_owned(), line, help: HELP.to_owned() }
        })?;
        let entries = file.allow.into_iter().map(Entry::new).collect::<Result<_, _>>()?;
        Ok(Self { entries })
    }

    /// Marks the changes that are allowed on a day, and gives back the entries that allow none.
    pub fn apply(&self, diff: &mut Diff, today: Date) -> Vec<Stale> {
        let mut stale = Vec::new();
        for entry in &self.entries {
            if entry.expires.is_some_and(|expires| expires <= today) {
                stale.push(Stale { entry: entry.told.clone(), is_expired: true });
                continue;
            }
            let mut is_used = false;
            let symbols = diff.source.iter_mut().flat_map(|source| &mut source.symbols);
            for symbol in symbols.filter(|symbol| entry.is_of(symbol)) {
                is_used = true;
                symbol.allowed.get_or_insert_with(|| entry.reason.clone());
            }
            for change in diff.changes.iter_mut().filter(|change| entry.matches(change)) {
                is_used = true;
                change.allowed.get_or_insert_with(|| entry.reason.clone());
            }
            if !is_used {
                stale.push(Stale { entry: entry.told.clone(), is_expired: false });
            }
        }
        stale
    }
}

impl Entry {
    fn new(written: Written) -> Result<Self, AllowError> {
        let told = format!("{} at {}", written.id, written.pointer);
        let wrong = |message: String, help: &str| AllowError { message, line: None, help: help.to_owned() };
        let names = || RULES.iter().map(|rule| rule.id).chain(Fate::ALL.map(Fate::id));
        if !names().any(|name| name == written.id) {
            let help = did_you_mean(&written.id, names()).unwrap_or_else(|| "`cargo xtask diff` shows ids".to_owned());
            return Err(wrong(format!("there is no change `{}`", written.id), &help));
        }
        if written.reason.trim().is_empty() {
            return Err(wrong(format!("the entry {told} gives no reason"), "say why the change is agreed to"));
        }
        let glob = GlobBuilder::new(&written.pointer).literal_separator(true).build();
        let pointer =
            glob.map_err(|error| wrong(format!("the entry {told}: {}", error.kind()), HELP))?.compile_matcher();
        let expires = match written.expires {
            None => None,
            Some(value) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let day = Date::parse(&text);
                Some(day.ok_or_else(|| wrong(format!("the entry {told}: `{text}` is not a day"), HELP))?)
            }
        };
        Ok(Self { id: written.id, pointer, reason: written.reason, expires, told })
    }

    fn is_of(&self, symbol: &SymbolChange) -> bool {
        self.id == symbol.fate.id() && self.pointer.is_match(&symbol.symbol)
    }

    fn matches(&self, change: &Change) -> bool {
        let stands = |pointer: &str| self.pointer.is_match(pointer);
        self.id == change.id() && (stands(&change.new.pointer) || stands(&change.old.pointer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Allow::read(text).unwrap_err().message
    }

    #[test]
    fn entries_need_a_known_id_and_a_reason() {
        let entry = "[[allow]]\nid = \"maximum-lowered\"\n";
        assert!(refused(entry).contains("reason"));
        assert!(refused(&format!("{entry}reason = ' '")).contains("gives no reason"));
        assert!(refused(&format!("{entry}reason = 'r'\nexpires = 'soon'")).contains("not a day"));
        assert_eq!(refused("[[allow]]\nid = 'x'\nreason = 'r'"), "there is no change `x`");
        assert_eq!(Allow::read("\n[[allow]\n").unwrap_err().line, Some(2));
        Allow::read(&format!("{entry}reason = 'r'\nexpires = 2027-01-31")).unwrap();
        Allow::read("").unwrap();
    }
}

//! Words to Rust names: case, keywords, and names that are taken.

use crate::ir::Name;
use crate::maps::HashSet;
use crate::target::words::is_device;
pub(super) use crate::target::words::{pascal, prose, screaming, snake};

/// Words that cannot be used as they are, in any edition.
const KEYWORDS: &[&str] = &[
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct",
    "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// File stems that a compiler keeps for itself.
const RESERVED_STEMS: &[&str] = &["mod", "lib", "main"];

/// Longest file stem; anything longer is cut.
const LONGEST_STEM: usize = 80;

/// `type` as `type_`: what follows is an identifier.
pub(super) fn escape(text: String) -> String {
    if KEYWORDS.contains(&text.as_str()) { text + "_" } else { text }
}

/// A name that is wanted, and what is taken when it is not free.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    wanted: String,
    other: String,
}

impl Candidate {
    /// A member's name: keywords get a `_`, names taken the prefix `with_`.
    pub(super) fn member(name: &Name) -> Self {
        let plain = snake(name);
        Self { wanted: escape(plain.clone()), other: format!("with_{plain}") }
    }

    /// A method's name: keywords get a `_`, names taken a word more.
    pub(super) fn method(name: &Name, suffix: &str) -> Self {
        let plain = snake(name);
        Self { wanted: escape(plain.clone()), other: format!("{plain}_{suffix}") }
    }

    /// A type's name, with a word more when that is taken.
    pub(super) fn ty(name: &Name, suffix: &str) -> Self {
        let wanted = pascal(name);
        Self { other: format!("{wanted}{suffix}"), wanted }
    }

    /// A module's name, with a word more when that is taken or not fit for a file.
    pub(super) fn module(name: &Name, suffix: &str) -> Self {
        let stem: String = snake(name).chars().take(LONGEST_STEM).collect();
        let stem = stem.trim_end_matches('_');
        let other = format!("{stem}_{suffix}");
        let reserved = is_device(stem) || RESERVED_STEMS.contains(&stem) || KEYWORDS.contains(&stem);
        Self { wanted: if reserved { other.clone() } else { stem.to_owned() }, other }
    }

    /// A constant's name, with a word more when that is taken.
    pub(super) fn constant(name: &Name, suffix: &str) -> Self {
        let wanted = screaming(name);
        Self { other: format!("{wanted}_{suffix}"), wanted }
    }
}

/// Names of one scope, each given once.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    used: HashSet<String>,
    fold_case: bool,
}

impl Scope {
    /// A scope in which some names are taken.
    pub(super) fn with(taken: &[&str]) -> Self {
        Self { used: taken.iter().map(|&name| name.to_owned()).collect(), fold_case: false }
    }

    /// A scope of file stems, which differ by more than case.
    pub(super) fn of_files() -> Self {
        Self { used: HashSet::default(), fold_case: true }
    }

    /// Takes `wanted`, or `other` when that is taken, or `other` with the first free number.
    pub(super) fn claim(&mut self, wanted: &str, other: &str) -> String {
        for candidate in [wanted, other] {
            if self.take(candidate) {
                return candidate.to_owned();
            }
        }
        let mut number = 2_u64;
        loop {
            let candidate = format!("{other}{number}");
            if self.take(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }

    /// Takes a name for each candidate. Those whose own name is free come first, so that what another had to be called
    /// instead takes no name that a later one has by itself.
    pub(super) fn claim_all(&mut self, candidates: &[Candidate]) -> Vec<String> {
        let own: Vec<bool> = candidates.iter().map(|candidate| self.take(&candidate.wanted)).collect();
        let names = candidates.iter().zip(own);
        names
            .map(|(candidate, is_own)| match is_own {
                true => candidate.wanted.clone(),
                false => self.claim(&candidate.other, &candidate.other),
            })
            .collect()
    }

    fn take(&mut self, name: &str) -> bool {
        self.used.insert(if self.fold_case { name.to_ascii_lowercase() } else { name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &[&str]) -> Name {
        Name(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn cases() {
        let schedule = name(&["charge", "schedule"]);
        assert_eq!(snake(&schedule), "charge_schedule");
        assert_eq!(pascal(&schedule), "ChargeSchedule");
        assert_eq!(screaming(&schedule), "CHARGE_SCHEDULE");
        assert_eq!(prose(&schedule), "Charge schedule");
    }

    #[test]
    fn any_name_can_be_printed() {
        assert_eq!(snake(&name(&[])), "value");
        assert_eq!(snake(&name(&["2", "fa"])), "n_2_fa");
        assert_eq!(pascal(&name(&["日本", "*/"])), "Value");
        assert_eq!(escape(snake(&name(&["type"]))), "type_");
    }

    #[test]
    fn a_scope_gives_each_name_once() {
        let mut scope = Scope::with(&["timeout"]);
        let wanted = [&["timeout"][..], &["timeout"], &["self"], &["with", "timeout"]];
        let candidates = wanted.map(|words| Candidate::member(&name(words)));
        assert_eq!(scope.claim_all(&candidates), ["with_timeout2", "with_timeout3", "self_", "with_timeout"]);
        let files = ["con", "com1", "type", "charge", "charge"].map(|word| Candidate::module(&name(&[word]), "type"));
        let files = Scope::of_files().claim_all(&files);
        assert_eq!(files, ["con_type", "com1_type", "type_type", "charge", "charge_type"]);
    }
}

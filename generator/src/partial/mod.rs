//! A part of an API: the operations someone asks for, and what they need.
//!
//! The part is cut out of the whole model after names are decided, so that everything in it is called as it is in the
//! whole SDK, and code written against the one compiles against the other.

mod prune;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Api, Operation};
use crate::maps::HashSet;
use crate::near::did_you_mean;

/// What a tag's pattern begins with.
const TAG: &str = "tag:";

/// Which operations are wanted.
#[derive(Clone, Debug)]
pub struct Selection {
    patterns: Vec<Pattern>,
}

/// One of its patterns. Case does not count.
#[derive(Clone, Debug)]
struct Pattern {
    text: String,
    glob: GlobMatcher,
    subject: Subject,
}

/// What a pattern is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// `charges.create`, `*.list`: an operation's id.
    Operation,
    /// `tag:Payments`: a tag.
    Tag,
    /// `charges`: a resource; where no resource matches, a tag.
    Resource,
}

impl Selection {
    /// Reads patterns: a resource (`charges`), a tag (`tag:Payments`) or an operation (`charges.*`, `*.list`).
    /// What cannot be read goes to `diagnostics`.
    pub fn new(patterns: &[String], diagnostics: &mut Diagnostics) -> Self {
        let mut read = Vec::new();
        for text in patterns {
            match Pattern::new(text) {
                Ok(pattern) => read.push(pattern),
                Err(problem) => diagnostics.push(problem),
            }
        }
        Self { patterns: read }
    }

    /// Reduces an API to what is selected and what that needs. A pattern that selects nothing is an error, and then
    /// the API stays as it is.
    pub fn reduce(&self, api: &mut Api, diagnostics: &mut Diagnostics) {
        let mut kept = HashSet::default();
        let mut all_match = true;
        for pattern in &self.patterns {
            let found = pattern.operations(api);
            if found.is_empty() {
                all_match = false;
                diagnostics.push(pattern.selects_nothing(api));
            }
            kept.extend(found);
        }
        if all_match {
            prune::prune(api, &kept);
        }
    }
}

impl Pattern {
    fn new(text: &str) -> Result<Self, Diagnostic> {
        let (subject, glob) = match text.strip_prefix(TAG) {
            Some(tag) => (Subject::Tag, tag),
            None if text.contains('.') => (Subject::Operation, text),
            None => (Subject::Resource, text),
        };
        let unusable = |error: globset::Error| {
            Diagnostic::error("E025", format!("`{text}` is not a pattern: {}", error.kind()))
                .help("patterns look like `charges`, `tag:Payments`, `charges.*` or `*.list`")
        };
        let glob = GlobBuilder::new(glob).case_insensitive(true).build().map_err(unusable)?.compile_matcher();
        Ok(Self { text: text.to_owned(), glob, subject })
    }

    /// The ids of the operations it selects.
    fn operations(&self, api: &Api) -> Vec<String> {
        let tagged = |operation: &Operation| operation.tags.iter().any(|tag| self.glob.is_match(tag));
        let ids = |selects: &dyn Fn(&str, &Operation) -> bool| -> Vec<String> {
            let all = api.operations().map(|(resource, operation)| (resource.name.0.join("_"), operation));
            all.filter(|(resource, operation)| selects(resource, operation))
                .map(|(_, found)| found.id.clone())
                .collect()
        };
        match self.subject {
            Subject::Operation => ids(&|_, operation| self.glob.is_match(&operation.id)),
            Subject::Tag => ids(&|_, operation| tagged(operation)),
            Subject::Resource => {
                let found = ids(&|resource, _| self.glob.is_match(resource));
                if found.is_empty() { ids(&|_, operation| tagged(operation)) } else { found }
            }
        }
    }

    fn selects_nothing(&self, api: &Api) -> Diagnostic {
        let mut resources = BTreeSet::new();
        let mut candidates = BTreeSet::new();
        for (resource, operation) in api.operations() {
            let resource = resource.name.0.join("_");
            match self.subject {
                Subject::Tag => candidates.extend(operation.tags.iter().map(|tag| format!("{TAG}{tag}"))),
                Subject::Resource => {
                    candidates.extend(operation.tags.iter().cloned());
                    candidates.insert(resource.clone());
                }
                Subject::Operation => {
                    let verb = operation.id.rsplit('.').next().unwrap_or_default();
                    candidates.extend([format!("{resource}.*"), format!("*.{verb}"), operation.id.clone()]);
                }
            }
            resources.insert(resource);
        }
        let list = || {
            let named: Vec<String> = resources.into_iter().collect();
            format!("the resources are {}", named.join(", "))
        };
        let help = did_you_mean(&self.text, candidates.iter().map(String::as_str)).unwrap_or_else(list);
        Diagnostic::error("E025", format!("no operation matches `{}`", self.text)).help(help)
    }
}

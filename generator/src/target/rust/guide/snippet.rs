//! Code of the guide: complete functions and programs, the same in the README and in the documentation.

use std::collections::BTreeSet;

/// Rust that compiles by itself. It is compiled as a doctest and not run: it would call the API.
#[derive(Clone, Debug)]
pub(super) struct Snippet {
    /// As people read it.
    pub(super) lines: Vec<String>,
    /// What it needs beyond the default features.
    pub(super) feature: Option<&'static str>,
}

impl Snippet {
    /// For the crate's documentation, where lines that begin with `#` are compiled and not shown.
    pub(super) fn doctest(&self) -> Vec<String> {
        let Some(feature) = self.feature else { return fenced("```no_run", self.lines.clone()) };
        let mut lines = vec![format!("# #[cfg(feature = \"{feature}\")]"), "# mod example {".to_owned()];
        lines.extend(self.lines.iter().cloned());
        lines.extend(["# }".to_owned(), "# fn main() {}".to_owned()]);
        fenced("```no_run", lines)
    }

    /// For the README, which is shown as it is.
    pub(super) fn readme(&self) -> Vec<String> {
        fenced("```rust,no_run", self.lines.clone())
    }
}

fn fenced(open: &str, mut lines: Vec<String>) -> Vec<String> {
    lines.insert(0, open.to_owned());
    lines.push("```".to_owned());
    lines
}

/// A function with what it imports.
pub(super) struct Function<'a> {
    /// The crate.
    pub(super) crate_name: &'a str,
    /// Imports from outside the crate, `std::time::Duration`.
    pub(super) std: &'a [&'a str],
    /// Names of the crate's root.
    pub(super) root: &'a [&'a str],
    /// Names of its `types`.
    pub(super) types: &'a BTreeSet<String>,
    /// `async fn example(client: &Client) -> Result<(), Error>`, attributes before it.
    pub(super) head: &'a [&'a str],
    /// What stands in it.
    pub(super) body: Vec<String>,
}

impl Function<'_> {
    pub(super) fn lines(self) -> Vec<String> {
        let mut lines: Vec<String> = self.std.iter().map(|path| format!("use {path};")).collect();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let root: Vec<String> = self.root.iter().map(|name| (*name).to_owned()).collect();
        lines.extend(import(self.crate_name, &root));
        let types: Vec<String> = self.types.iter().cloned().collect();
        lines.extend(import(&format!("{}::types", self.crate_name), &types));
        lines.push(String::new());
        let (signature, attributes) = self.head.split_last().map_or(("", &[] as &[&str]), |(last, rest)| (*last, rest));
        lines.extend(attributes.iter().map(|line| (*line).to_owned()));
        lines.push(format!("{signature} {{"));
        lines.extend(self.body.iter().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }));
        lines.push("}".to_owned());
        lines
    }
}

fn import(path: &str, names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(format!("use {path}::{one};")),
        several => Some(format!("use {path}::{{{}}};", several.join(", "))),
    }
}

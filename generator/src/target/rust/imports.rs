//! The `use` lines of one file, collected while its items are made.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::tokens::ident;
use crate::maps::HashSet;

/// Widest line of an import.
const WIDTH: usize = 100;

/// What a file imports.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// Names the file defines itself.
    local: HashSet<String>,
    /// Whether nobody asks for the lines.
    is_unasked: bool,
    /// Module to names.
    used: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

impl Imports {
    /// For a file that defines some names itself.
    pub(super) fn for_file_with(local: impl IntoIterator<Item = String>) -> Self {
        Self { local: local.into_iter().collect(), ..Self::default() }
    }

    /// For types that are only told of and stand in no file.
    pub(super) fn unasked() -> Self {
        Self { is_unasked: true, ..Self::default() }
    }

    /// A name from a module, imported unless the file defines it.
    pub(super) fn name(&self, module: &str, name: &str) -> Ident {
        if !self.is_unasked && !self.local.contains(name) {
            self.used.borrow_mut().entry(module.to_owned()).or_default().insert(name.to_owned());
        }
        ident(name)
    }

    /// A name of the runtime.
    pub(super) fn runtime(&self, name: &str) -> Ident {
        self.name("crate::runtime", name)
    }

    /// A type of the API.
    pub(super) fn type_name(&self, name: &str) -> Ident {
        self.name("crate::types", name)
    }

    /// `serde::Serialize` and the like.
    pub(super) fn serde(&self, name: &str) -> Ident {
        self.name("serde", name)
    }

    /// `serde_json::Value` and the like.
    pub(super) fn json(&self, name: &str) -> Ident {
        self.name("serde_json", name)
    }

    /// The lines of a program that uses the crate.
    pub(super) fn shown(&self, crate_name: &str) -> Vec<String> {
        let used = self.used.borrow();
        let mut lines: Vec<String> = used
            .iter()
            .map(|(module, names)| {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let module = match module.strip_prefix("crate::") {
                    // What users name of it stands at the root.
                    Some("runtime") => crate_name.to_owned(),
                    Some(rest) => format!("{crate_name}::{rest}"),
                    None => module.clone(),
                };
                line("use", &module, &names)
            })
            .collect();
        lines.sort_unstable();
        lines.iter().flat_map(|line| line.lines()).map(str::to_owned).collect()
    }

    /// The lines: the standard library, other crates, this crate, with a blank line between.
    pub(super) fn render(&self) -> String {
        let mut groups: [String; 3] = Default::default();
        let used = self.used.borrow();
        let mut used: Vec<_> = used.iter().collect();
        // A module of the crate is named by the crate and itself, and sorts as such.
        used.sort_by_key(|(module, names)| format!("{module}::{}", names.first().map_or("", String::as_str)));
        for (module, names) in used {
            let [std, external, own] = &mut groups;
            let group = match module.split("::").next() {
                Some("std") => std,
                Some("crate") => own,
                _ => external,
            };
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            group.push_str(&line("use", module, &names));
        }
        let groups: Vec<String> = groups.into_iter().filter(|group| !group.is_empty()).collect();
        groups.join("\n")
    }
}

/// One `use` or `pub use` of sorted names, wrapped as rustfmt does.
pub(super) fn line(keyword: &str, module: &str, names: &[&str]) -> String {
    if let [only] = names {
        return format!("{keyword} {module}::{only};\n");
    }
    let flat = format!("{keyword} {module}::{{{}}};\n", names.join(", "));
    if flat.trim_end().len() < WIDTH {
        return flat;
    }
    let mut wrapped = format!("{keyword} {module}::{{\n");
    let mut current = String::from("   ");
    for name in names {
        // rustfmt keeps a column free for the comma of the last name.
        if current.len() + name.len() + 2 >= WIDTH && current.trim() != "" {
            wrapped.push_str(&current);
            wrapped.push('\n');
            current = String::from("   ");
        }
        current.push_str(&format!(" {name},"));
    }
    wrapped.push_str(&current);
    wrapped.push_str("\n};\n");
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_skips_what_the_file_defines() {
        let imports = Imports::for_file_with(["Charge".to_owned()]);
        imports.type_name("Charge");
        imports.type_name("ChargeId");
        imports.runtime("de");
        imports.runtime("Expands");
        imports.serde("Serialize");
        imports.name("std::collections", "BTreeMap");
        assert_eq!(
            imports.render(),
            "use std::collections::BTreeMap;\n\nuse serde::Serialize;\n\nuse crate::runtime::{Expands, de};\nuse crate::types::ChargeId;\n"
        );
    }

    #[test]
    fn long_lists_wrap() {
        let imports = Imports::default();
        for number in 0..30 {
            imports.type_name(&format!("SomeType{number}"));
        }
        assert!(imports.render().lines().all(|line| line.len() <= WIDTH));
    }
}

//! `src/samples.rs` and `src/samples/`: one whole answer of each type, as JSON that people can read.

use std::collections::BTreeMap;

use quote::quote;
use serde_json::Value;

use super::case::{Candidate, Scope};
use super::docs::{code, is_odd};
use super::emitter::Emitter;
use super::format::Module;
use super::tokens::{ident, string};
use crate::ir::{Page, Struct, TypeDef, TypeId, TypeKind};
use crate::target::File;
use crate::target::sample::{Direction, Maker, Missing};

/// What there are samples of.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// Types by id: the name of the file, and the sample.
    made: BTreeMap<TypeId, (String, Value)>,
    /// Types that have none, as the documentation calls them.
    missing: Vec<(String, Missing)>,
}

impl Samples {
    /// Makes all of them.
    pub(super) fn new(emitter: &Emitter<'_>) -> Self {
        let mut samples = Self::default();
        let objects: Vec<&TypeDef> = emitter.api.types.iter().filter(|def| is_answered(emitter, def)).collect();
        let candidates: Vec<_> = objects.iter().map(|def| Candidate::module(&def.name, "sample")).collect();
        for (def, stem) in objects.iter().zip(Scope::of_files().claim_all(&candidates)) {
            match Maker::new(emitter.api, Direction::Answered).sample(def) {
                Ok(value) => drop(samples.made.insert(def.id, (stem, value))),
                Err(missing) => {
                    let name = emitter.type_name(def.id).unwrap_or_default();
                    samples.missing.push((name.to_owned(), missing));
                }
            }
        }
        samples
    }

    /// The JSON.
    pub(super) fn files(&self) -> impl Iterator<Item = File> {
        self.made.values().map(|(stem, value)| File::text(format!("src/{}", path(stem)), printed(value)))
    }
}

/// JSON, in which whatever hides or reorders text is written as an escape. It can only stand in a string.
fn printed(value: &Value) -> String {
    let mut text = String::new();
    for c in format!("{value:#}\n").chars() {
        match c {
            '\n' => text.push(c),
            c if is_odd(c) => text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
            c => text.push(c),
        }
    }
    text
}

fn path(stem: &str) -> String {
    format!("samples/{stem}.json")
}

/// Whether answers hold a type that is an object, or one of several.
fn is_answered(emitter: &Emitter<'_>, def: &TypeDef) -> bool {
    def.usage.response && emitter.has_own_type(def) && matches!(def.kind, TypeKind::Struct(_) | TypeKind::Union(_))
}

impl Emitter<'_> {
    /// `src/samples.rs`.
    pub(super) fn samples_file(&self, samples: &Samples) -> Module {
        let mut module = Module::default();
        let mut missing = samples.missing.clone();
        let mut lines = Vec::new();
        for (id, (stem, _)) in &samples.made {
            let Some(def) = self.api.type_def(*id) else { continue };
            let name = ident(self.type_name(*id).unwrap_or_default());
            let path = string(&path(stem));
            match &def.kind {
                TypeKind::Struct(Struct { fields, page_items: Some(at), .. }) => {
                    let member = string(fields.get(*at).map_or("", |field| &field.wire_name));
                    let (sampled, page_of) = (imported(&module, "Sampled"), imported(&module, "page_of"));
                    let cow = module.imports.name("std::borrow", "Cow");
                    module.items.push(quote! {
                        impl<T: #sampled> #sampled for types::#name<T> {
                            fn json() -> #cow<'static, str> {
                                #page_of::<T>(include_str!(#path), #member)
                            }
                        }
                    });
                }
                _ => lines.push(format!("    types::{name} = {path};\n")),
            }
        }
        for def in self.api.types.iter().filter(|def| def.usage.response) {
            let TypeKind::Page(page) = &def.kind else { continue };
            match self.sampled_page(page, samples) {
                Ok(line) => lines.push(line),
                Err(why) => missing.push((self.type_name(def.id).unwrap_or_default().to_owned(), why)),
            }
        }
        if !samples.made.is_empty() {
            module.imports.name("crate", "types");
        }
        module.imports.runtime("samples");
        module.docs = vec!["What answers look like: a sample of each type, with every member it may have.".to_owned()];
        if !missing.is_empty() {
            module.docs.push(String::new());
            let none = missing.iter().map(|(name, why)| format!("- {} has none: {}.", code(name), why.reason()));
            module.docs.extend(none);
        }
        lines.sort_unstable();
        lines.dedup();
        module.exports.push(format!("samples! {{\n{}}}\n", lines.concat()));
        module
    }

    /// A page with its items; both have samples.
    fn sampled_page(&self, page: &Page, samples: &Samples) -> Result<String, Missing> {
        let item = self.resolved_def(&page.item).map(|def| def.id).ok_or(Missing::Items)?;
        let is_list = |def: &TypeDef| matches!(&def.kind, TypeKind::Struct(body) if body.page_items.is_some());
        if !samples.made.contains_key(&item) || self.api.type_def(item).is_none_or(is_list) {
            return Err(Missing::Items);
        }
        let name = |id| ident(self.type_name(id).unwrap_or_default());
        Ok(format!("    types::{}<types::{}>;\n", name(page.of), name(item)))
    }

    /// `src/test_util.rs`.
    pub(super) fn test_util_file(&self) -> Module {
        const DOCS: &[&str] = &[
            "For tests of code that uses this crate: a transport that answers from a script, and samples of what the",
            "API answers.",
            "",
            "A sample has every member that the type may have, also those that exclude each other. [`Sample`] replaces or",
            "leaves out what a test is about.",
        ];
        let exports = "pub use crate::runtime::test_util::{Recorded, Reply, Sample, Sampled, Scripted, sample};\n\
                       #[doc(hidden)]\npub use crate::runtime::test_util::Visitor;\n\
                       #[doc(hidden)]\npub use crate::samples::visit;\n";
        Module {
            docs: DOCS.iter().map(|line| (*line).to_owned()).collect(),
            exports: vec![exports.to_owned()],
            ..Module::default()
        }
    }
}

fn imported(module: &Module, name: &str) -> proc_macro2::Ident {
    module.imports.name("crate::runtime::test_util", name)
}

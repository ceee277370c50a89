//! `src/lib.rs`.

use super::docs::{Doc, one_line};
use super::emitter::Emitter;
use super::example::Example;
use super::format::Module;
use super::imports;
use crate::ir::{TypeDef, TypeKind};

/// What users name of the runtime, sorted.
pub(super) const EXPORTS: &[&str] = &[
    "Answer",
    "ApiClient",
    "Async",
    "Base64",
    "Body",
    "BoxFuture",
    "Call",
    "Client",
    "ClientBuilder",
    "Credential",
    "Date",
    "DateTime",
    "Decimal",
    "DecodeError",
    "Endpoint",
    "Error",
    "ErrorKind",
    "Evidence",
    "Expandable",
    "Expands",
    "File",
    "Items",
    "Operation",
    "Paged",
    "Pages",
    "Paging",
    "ParseError",
    "Position",
    "Request",
    "RetryClass",
    "Secret",
    "Streams",
    "Style",
    "Timeout",
    "Transport",
    "TransportError",
    "TransportErrorKind",
    "Upload",
    "Uuid",
];

impl Emitter<'_> {
    /// The crate's root: what it is, how it is used, and what it offers.
    pub(super) fn root_file(&self, example: &Example, crate_name: &str, has_error_code: bool) -> Module {
        let info = &self.api.info;
        let title = one_line(&info.title);
        let title = if title.is_empty() { "an HTTP API".to_owned() } else { title };
        let mut doc = Doc::new(&format!("Client of {title}."), "");
        doc.block(example.doctest(crate_name));
        doc.paragraph(
            "Required arguments come first, the others are setters, and `.await` sends the call. \
             [`Request::send`] gives the whole [`Answer`]: status, headers, request id and raw bytes. \
             Everything that can go wrong is an [`Error`].",
        );
        if let Some(example) = self.list_example(crate_name) {
            doc.paragraph(
                "A list is awaited as one page. [`Request::items`] gives the items of all its pages, asking for one \
                 after the other as they are needed, and [`Request::pages`] the pages; [`Items`] says where a list \
                 ends, and what happens when something fails or changes on the way.",
            );
            doc.block(example);
        }
        doc.paragraph(
            "Without an async runtime, with the feature `blocking`, the same calls are made by `send`, which waits for \
             the answer, and lists are iterators:",
        );
        doc.block(example.blocking(crate_name).doctest(crate_name));
        doc.paragraph(
            "Answers decode whatever they leave out. A number, a moment or an object that may be missing is an \
             `Option`, even where the API promises it: a made-up zero would be a lie. A promised text, id or enum is \
             empty instead, a promised list has no items. Enums are open: a value of tomorrow is `Unknown`.",
        );
        doc.markdown(&info.doc);
        let mut exports = Vec::new();
        exports.push("pub use bytes;\npub use http;\n".to_owned());
        let mut hosts: Vec<&str> = Vec::new();
        if !self.api.servers.is_empty() {
            hosts.push("Host");
            hosts.extend(self.names.variables.iter().filter(|names| !names.values.is_empty()).map(|names| &*names.ty));
            hosts.sort_unstable();
        }
        let host = if hosts.is_empty() { String::new() } else { imports::line("pub use", "crate::client", &hosts) };
        exports.push(format!(
            "{host}#[cfg(feature = \"reqwest\")]\npub use crate::runtime::ReqwestTransport;\n\
             #[cfg(feature = \"blocking\")]\npub use crate::runtime::{{UreqTransport, blocking}};\n{}",
            imports::line("pub use", "crate::runtime", EXPORTS)
        ));
        let modules = ["mod client;", "mod error_code;", "pub mod resources;", "mod runtime;", "pub mod types;"];
        let present = modules.into_iter().filter(|line| has_error_code || *line != "mod error_code;");
        let mut attributes = vec!["#![forbid(unsafe_code)]".to_owned(), "#![warn(missing_docs)]".to_owned()];
        let headers = self.api.operations().flat_map(|(_, operation)| &operation.headers);
        if self.api.types.iter().any(mentions_deprecated) || headers.into_iter().any(|header| header.deprecated) {
            attributes.push("// Deprecated types and fields are still decoded here.".to_owned());
            attributes.push("#![allow(deprecated)]".to_owned());
        }
        Module {
            docs: doc.lines().to_vec(),
            attributes,
            modules: present.map(str::to_owned).collect(),
            exports,
            ..Module::default()
        }
    }
}

/// Whether a type or anything in it is marked deprecated: the crate's own code then uses what it warns others of.
fn mentions_deprecated(def: &TypeDef) -> bool {
    def.deprecated
        || match &def.kind {
            TypeKind::Struct(body) => body.fields.iter().any(|field| field.deprecated),
            TypeKind::Enum(body) => body.variants.iter().any(|variant| variant.deprecated),
            _ => false,
        }
}

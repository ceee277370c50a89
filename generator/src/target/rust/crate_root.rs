//! `src/lib.rs`.

use super::answer_docs;
use super::docs::{Doc, one_line};
use super::emitter::Emitter;
use super::format::Module;
use super::guide::Guide;
use super::imports;
use crate::ir::{TypeDef, TypeKind};

/// What users name of the runtime, sorted.
pub(super) const EXPORTS: &[&str] = &[
    "Answer",
    "AnyCall",
    "ApiClient",
    "Async",
    "Attempt",
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
    "End",
    "Endpoint",
    "Error",
    "ErrorKind",
    "Evidence",
    "Expandable",
    "Expands",
    "File",
    "Hook",
    "Items",
    "Operation",
    "Outcome",
    "Paged",
    "Pages",
    "Paging",
    "ParseError",
    "Position",
    "RateLimit",
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
    pub(super) fn root_file(&self, guide: &Guide, has_error_code: bool) -> Module {
        let info = &self.api.info;
        let title = one_line(&info.title);
        let title = if title.is_empty() { "an HTTP API".to_owned() } else { title };
        let mut doc = Doc::new(&format!("Client of {title}."), "");
        guide.document(&mut doc);
        answer_docs::webhooks(self, &mut doc);
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
        let features: Vec<String> = guide.features().iter().map(|name| format!("feature = {name:?}")).collect();
        exports.push(format!(
            "// The README's snippets are compiled too.\n#[cfg(all(doctest, {}))]\n\
             #[doc = include_str!(\"../README.md\")]\nmod readme {{}}\n",
            features.join(", ")
        ));
        let modules = [
            "mod client;",
            "mod error_code;",
            "pub mod resources;",
            "mod runtime;",
            "#[cfg(feature = \"test-util\")]\nmod samples;",
            "#[cfg(feature = \"test-util\")]\npub mod test_util;",
            "pub mod types;",
        ];
        let present = modules.into_iter().filter(|line| has_error_code || *line != "mod error_code;");
        let webhooks =
            self.api.conventions.webhooks.is_some().then_some("#[cfg(feature = \"webhooks\")]\npub mod webhooks;");
        let mut attributes = vec![
            // docs.rs says of each item which feature brings it.
            "#![cfg_attr(docsrs, feature(doc_cfg))]".to_owned(),
            "#![forbid(unsafe_code)]".to_owned(),
            "#![warn(missing_docs)]".to_owned(),
        ];
        let headers = self.api.operations().flat_map(|(_, operation)| &operation.headers);
        if self.api.types.iter().any(mentions_deprecated) || headers.into_iter().any(|header| header.deprecated) {
            attributes.push("// Deprecated types and fields are still decoded here.".to_owned());
            attributes.push("#![allow(deprecated)]".to_owned());
        }
        Module {
            docs: doc.lines().to_vec(),
            attributes,
            modules: present.chain(webhooks).map(str::to_owned).collect(),
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

//! `src/webhooks.rs`: how this API signs what it delivers, and what that is.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code};
use super::emitter::Emitter;
use super::example::printed;
use super::format::Module;
use super::imports::{self, Imports};
use super::tokens::{group_digits, ident, string};
use crate::ir::{DigestEncoding, SecretEncoding, SignedPart, Type, WebhookScheme};

/// What users name of the runtime's module, sorted.
const EXPORTS: &[&str] = &[
    "DigestEncoding",
    "EventVerifier",
    "SecretEncoding",
    "SignedPart",
    "WebhookError",
    "WebhookErrorKind",
    "WebhookEvent",
    "WebhookScheme",
];

/// Other names that the file uses for something of its own.
const USED: &[&str] = &["Duration", "HeaderMap", "SystemTime", "Verifier"];

impl Emitter<'_> {
    /// `src/webhooks.rs`, when the configuration says how deliveries are signed.
    pub(super) fn webhooks_file(&self, crate_name: &str) -> Option<Module> {
        let scheme = self.api.conventions.webhooks.as_ref()?;
        let mut module = Module { docs: self.webhook_docs(scheme, crate_name), ..Module::default() };
        let imports = &module.imports;
        let event = self.event(&scheme.event, imports);
        let (headers, secret, time) =
            (imports.name("http", "HeaderMap"), imports.runtime("Secret"), imports.name("std::time", "SystemTime"));
        let value = scheme_value(scheme, imports);
        let read = self.kind_check(&scheme.event).map(|(what, check)| {
            let (bytes, error, what) = (imports.name("bytes", "Bytes"), imports.runtime("DecodeError"), string(&what));
            imports.runtime("decode");
            quote! {
                fn read(body: &#bytes) -> Result<Self, #error> {
                    decode::object_that(body, #what, |it: &Self| #check)
                }
            }
        });
        // What is exported is known here by its name.
        let verifier = quote! {
            #[doc = " Tells deliveries that this API signed from all others, and reads the events in them."]
            pub type Verifier = EventVerifier<#event>;
        };
        let signed = quote! {
            impl WebhookEvent for #event {
                const SCHEME: &'static WebhookScheme = &#value;
                #read
            }
        };
        let sign = quote! {
            #[doc = " The headers of a delivery that is signed at a moment, as this API signs it: for tests."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " When the secret is empty or not written as secrets are."]
            pub fn sign(
                secret: impl Into<#secret>,
                at: #time,
                body: impl AsRef<[u8]>,
            ) -> Result<#headers, WebhookError> {
                webhook::sign::<#event>(&secret.into(), at, body.as_ref())
            }
        };
        imports.runtime("webhook");
        module.exports = vec![imports::line("pub use", "crate::runtime::webhook", EXPORTS)];
        module.items = vec![verifier, signed, sign];
        Some(module)
    }

    /// The type of an event, by its path where its name is in the way.
    fn event(&self, event: &Type, imports: &Imports) -> TokenStream {
        let name = match event {
            Type::Ref(id) => self.type_name(*id),
            _ => None,
        };
        match name.filter(|name| EXPORTS.contains(name) || USED.contains(name)) {
            Some(name) => {
                let name = ident(name);
                quote!(crate::types::#name)
            }
            None => self.ty(event, imports),
        }
    }

    /// A function that takes a delivery, as the documentation shows it; empty when the API signs none.
    pub(super) fn received(&self, crate_name: &str) -> Vec<String> {
        let Some(scheme) = &self.api.conventions.webhooks else { return Vec::new() };
        let telling = self.telling(&scheme.event);
        let event = if telling.is_empty() { "_" } else { "event" };
        let lines = [
            &format!("use {crate_name}::http::HeaderMap;"),
            &format!("use {crate_name}::webhooks::{{Verifier, WebhookError}};"),
            "",
            "fn received(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {",
            &format!("    let {event} = Verifier::new([secret])?.verify(headers, body)?;"),
            "    // A delivery may come more than once: do what it asks for once only.",
            &format!("    {}", printed("event", &telling)),
            "    Ok(())",
            "}",
        ];
        lines.map(str::to_owned).to_vec()
    }

    fn webhook_docs(&self, scheme: &WebhookScheme, crate_name: &str) -> Vec<String> {
        let mut doc = Doc::default();
        doc.paragraph("Deliveries of webhooks: whether they are genuine, and the events in them.");
        let mut lines = self.received(crate_name);
        lines.insert(0, "```no_run".to_owned());
        lines.push("```".to_owned());
        doc.block(lines);
        doc.paragraph(&carried(scheme));
        doc.paragraph(
            "[`Verifier::verify`](EventVerifier::verify) takes the body as it came, byte for byte, and believes nothing of \
             it before a signature is right. It compares in constant time. Several secrets may be given, while one takes \
             the other's place; any of them may have made any of the signatures.",
        );
        doc.paragraph(
            "What a kind of event holds may differ from what this crate knows, as may the version of the API that it was \
             made in: kinds are open, and what an event holds beyond its known shapes is there as JSON.",
        );
        doc.paragraph(
            "In tests [`sign`] makes the headers of a delivery, and [`EventVerifier::clock`] says what time it is:",
        );
        let lines = [
            "```",
            "use std::time::{Duration, UNIX_EPOCH};",
            "",
            &format!("use {crate_name}::webhooks::{{Verifier, sign}};"),
            "",
            &format!("# fn main() -> Result<(), {crate_name}::webhooks::WebhookError> {{"),
            &format!("let secret = {:?};", sample_secret(scheme)),
            "let at = UNIX_EPOCH + Duration::from_secs(1_700_000_000);",
            "let headers = sign(secret, at, \"{}\")?;",
            "let verifier = Verifier::new([secret])?.clock(move || at);",
            "verifier.check(&headers, \"{}\")?;",
            "assert!(verifier.check(&headers, \"{ }\").is_err());",
            "# Ok(())",
            "# }",
            "```",
        ];
        doc.block(lines.map(str::to_owned).to_vec());
        doc.lines().to_vec()
    }
}

/// What deliveries carry, in a sentence or two.
fn carried(scheme: &WebhookScheme) -> String {
    let signature = code(&scheme.signature_header);
    let Some(timestamp) = &scheme.timestamp_header else {
        return format!("Deliveries carry their signatures in the header {signature}.");
    };
    let seconds = group_digits(scheme.tolerance_seconds.into());
    format!(
        "Deliveries carry their signatures in the header {signature} and the moment of signing in {}. They are taken up to \
         {seconds} seconds from that moment, unless [`EventVerifier::tolerance`] says otherwise.",
        code(timestamp)
    )
}

/// A secret that says so, in the API's way of writing.
fn sample_secret(scheme: &WebhookScheme) -> &'static str {
    match scheme.secret_encoding {
        SecretEncoding::Text => "a secret",
        SecretEncoding::Base64 => "YSBzZWNyZXQ=",
    }
}

/// The scheme as an expression.
fn scheme_value(scheme: &WebhookScheme, imports: &Imports) -> TokenStream {
    let duration = imports.name("std::time", "Duration");
    let signature = string(&scheme.signature_header);
    let timestamp = match &scheme.timestamp_header {
        Some(name) => {
            let name = string(name);
            quote!(Some(#name))
        }
        None => quote!(None),
    };
    let signed = scheme.signed.iter().map(|part| match part {
        SignedPart::Timestamp => quote!(SignedPart::Timestamp),
        SignedPart::Body => quote!(SignedPart::Body),
        SignedPart::Text(text) => {
            let text = string(text);
            quote!(SignedPart::Text(#text))
        }
    });
    let secret = match scheme.secret_encoding {
        SecretEncoding::Text => quote!(SecretEncoding::Text),
        SecretEncoding::Base64 => quote!(SecretEncoding::Base64),
    };
    let digest = match scheme.digest_encoding {
        DigestEncoding::Hex => quote!(DigestEncoding::Hex),
        DigestEncoding::Base64 => quote!(DigestEncoding::Base64),
    };
    let (separator, seconds) = (string(&scheme.separator), u64::from(scheme.tolerance_seconds));
    let seconds = proc_macro2::Literal::u64_unsuffixed(seconds);
    quote! {
        WebhookScheme {
            signature_header: #signature,
            timestamp_header: #timestamp,
            signed: &[#(#signed),*],
            secret: #secret,
            digest: #digest,
            separator: #separator,
            tolerance: #duration::from_secs(#seconds),
        }
    }
}

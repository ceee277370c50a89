//! The runtime's sources, kept in the program so that it emits whole crates wherever it runs.

use super::super::File;

/// A source of the runtime: path below its `src/`, and text.
macro_rules! sources {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../../templates/rust/runtime/src/", $path)))),*]
    };
}

/// Every source, sorted by path.
const SOURCES: &[(&str, &str)] = sources![
    "answer.rs",
    "any_call.rs",
    "attempts.rs",
    "base64.rs",
    "base_url.rs",
    "blocking.rs",
    "body.rs",
    "budget.rs",
    "builder.rs",
    "call.rs",
    "card_number.rs",
    "client.rs",
    "credential.rs",
    "date.rs",
    "date_time.rs",
    "de.rs",
    "decimal.rs",
    "decode.rs",
    "download.rs",
    "endpoint.rs",
    "error.rs",
    "exchange.rs",
    "expandable.rs",
    "file.rs",
    "header.rs",
    "hook.rs",
    "interpret.rs",
    "items.rs",
    "json_at.rs",
    "lib.rs",
    "link_header.rs",
    "macros.rs",
    "member.rs",
    "mode.rs",
    "multipart.rs",
    "network.rs",
    "node.rs",
    "oauth.rs",
    "operation.rs",
    "paging.rs",
    "percent.rs",
    "prepare.rs",
    "profile.rs",
    "random.rs",
    "rate_limit.rs",
    "raw.rs",
    "request.rs",
    "retry.rs",
    "retry_after.rs",
    "sample.rs",
    "scripted.rs",
    "secret.rs",
    "sending.rs",
    "style.rs",
    "tagged.rs",
    "test_util.rs",
    "tls.rs",
    "trace.rs",
    "transport.rs",
    "transport_reqwest.rs",
    "transport_ureq.rs",
    "upload.rs",
    "uuid.rs",
    "walk.rs",
    "watch.rs",
    "webhook.rs",
    "webhook_error.rs",
    "webhook_key.rs",
];

/// What every source for webhooks begins with.
const WEBHOOKS: &str = "webhook";

/// The runtime as files of the emitted crate, below `src/runtime/`. Most APIs say nothing of webhooks, and have no such
/// feature.
pub(super) fn files(has_webhooks: bool) -> impl Iterator<Item = File> {
    let wanted = SOURCES.iter().filter(move |(path, _)| has_webhooks || !path.starts_with(WEBHOOKS));
    wanted.map(move |(path, text)| match *path {
        "lib.rs" if has_webhooks => File::text("src/runtime/mod.rs", *text),
        "lib.rs" => File::text("src/runtime/mod.rs", without_webhooks(text)),
        path => File::text(format!("src/runtime/{path}"), *text),
    })
}

/// The root without the lines that are for a feature the crate does not have.
fn without_webhooks(root: &str) -> String {
    let mut lines = root.split_inclusive('\n');
    let mut kept = String::with_capacity(root.len());
    while let Some(line) = lines.next() {
        if line.trim_end() == "#[cfg(feature = \"webhooks\")]" {
            // What it stands before is one line.
            lines.next();
        } else {
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_crate_without_webhooks_says_nothing_of_them() {
        let all: Vec<File> = files(true).collect();
        let less: Vec<File> = files(false).collect();
        assert_eq!(all.len() - less.len(), 3);
        for file in less {
            let text = String::from_utf8(file.contents).unwrap();
            assert!(!text.contains("webhook"), "{}", file.path);
        }
    }

    /// Two methods of one name are an error wherever they stand, and whoever may call them.
    #[test]
    fn what_generated_code_adds_methods_to_has_none_that_are_not_reserved() {
        for (ty, reserved) in [
            ("Request", super::super::names::REQUEST_METHODS),
            ("ApiClient", super::super::names::CLIENT_METHODS),
            ("ClientBuilder", super::super::names::BUILDER_METHODS),
        ] {
            let methods: Vec<String> = SOURCES.iter().flat_map(|(_, text)| methods(ty, text)).collect();
            assert!(!methods.is_empty(), "{ty}");
            for method in methods {
                assert!(
                    reserved.contains(&method.as_str()),
                    "{ty}::{method} can be the name of a generated method too"
                );
            }
        }
    }

    /// Methods of a type, whatever it is of.
    fn methods(ty: &str, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for item in syn::parse_file(text).unwrap().items {
            let syn::Item::Impl(block) = item else { continue };
            let syn::Type::Path(of) = &*block.self_ty else { continue };
            let last = of.path.segments.last().unwrap();
            let is_of_one_operation = quote::ToTokens::to_token_stream(&last.arguments).to_string().contains("AnyCall");
            if block.trait_.is_none() && last.ident == ty && !is_of_one_operation {
                found.extend(block.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                }));
            }
        }
        found
    }

    #[test]
    fn no_source_is_forgotten() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/rust/runtime/src");
        let mut found: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        found.sort();
        let listed: Vec<&str> = SOURCES.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, listed);
    }
}

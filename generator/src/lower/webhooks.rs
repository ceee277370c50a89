//! How deliveries of events are signed, and what they are, as `sdk.toml` says.

use super::Lowering;
use crate::config::{BODY, DigestEncoding, SecretEncoding, TIMESTAMP};
use crate::diagnostic::Diagnostic;
use crate::ir::{self, SignedPart, Type, WebhookScheme};

/// The scheme, when the configuration has one.
pub(super) fn scheme(lowering: &mut Lowering<'_>) -> Option<WebhookScheme> {
    let rule = lowering.config.webhooks.as_ref()?;
    let event = match &rule.event {
        Some(schema) => event(lowering, schema),
        None => Type::Json,
    };
    Some(WebhookScheme {
        signature_header: rule.signature_header.clone(),
        timestamp_header: rule.timestamp_header.clone(),
        signed: parts(&rule.signed),
        secret_encoding: match rule.secret_encoding {
            SecretEncoding::Text => ir::SecretEncoding::Text,
            SecretEncoding::Base64 => ir::SecretEncoding::Base64,
        },
        digest_encoding: match rule.digest_encoding {
            DigestEncoding::Hex => ir::DigestEncoding::Hex,
            DigestEncoding::Base64 => ir::DigestEncoding::Base64,
        },
        separator: rule.separator.clone(),
        tolerance_seconds: rule.tolerance_seconds,
        event,
    })
}

fn event<'a>(lowering: &mut Lowering<'a>, schema: &'a str) -> Type {
    if lowering.component_node(schema).is_some() {
        return lowering.component_type(schema);
    }
    let message = format!("`webhooks` says that events are `{schema}`, and there is no such schema");
    let help = "events are untyped until then; `event` names one of the document's `components.schemas`";
    lowering.diagnostics.push(Diagnostic::warning("W093", message).help(help));
    Type::Json
}

/// What is signed, taken apart: `{timestamp}.{body}`.
fn parts(signed: &str) -> Vec<SignedPart> {
    let mut parts = Vec::new();
    let mut rest = signed;
    while !rest.is_empty() {
        let next = [(TIMESTAMP, SignedPart::Timestamp), (BODY, SignedPart::Body)].into_iter();
        let found = next.filter_map(|(mark, part)| Some((rest.split_once(mark)?, part)));
        let Some(((before, after), part)) = found.min_by_key(|((before, _), _)| before.len()) else {
            parts.push(SignedPart::Text(rest.to_owned()));
            break;
        };
        parts.extend((!before.is_empty()).then(|| SignedPart::Text(before.to_owned())));
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_is_taken_apart() {
        use SignedPart::{Body, Text, Timestamp};
        let text = |text: &str| Text(text.to_owned());
        assert_eq!(parts("{timestamp}.{body}"), [Timestamp, text("."), Body]);
        assert_eq!(parts("{body}"), [Body]);
        assert_eq!(parts("v0:{body}{timestamp}{}"), [text("v0:"), Body, Timestamp, text("{}")]);
    }
}

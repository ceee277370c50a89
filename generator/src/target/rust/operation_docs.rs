//! What a method's documentation says: what it does, its route and keys, how well it is known, and how it fails.

use super::answer_docs;
use super::arguments::Arg;
use super::case::prose;
use super::docs::{Doc, code, one_line};
use super::emitter::Emitter;
use super::operations::Call;
use super::request_docs;
use crate::ir::{Evidence, Operation};
use crate::target::sample::Call as Shown;

/// The documentation of an operation's method.
pub(super) fn method(emitter: &Emitter<'_>, call: &Call<'_>) -> Doc {
    let operation = call.operation;
    let mut doc = Doc::new(&full_stop(&operation.summary), &format!("{}.", prose(&operation.type_name)));
    if one_line(&operation.doc) != one_line(&operation.summary) {
        doc.markdown(&operation.doc);
    }
    doc.paragraph(&route(emitter, operation));
    doc.paragraph(&other_names(emitter, operation));
    if let Some(body) = operation.body.as_ref().filter(|body| body.parts.is_some()) {
        doc.paragraph(&request_docs::alternatives(body, "The body is sent").unwrap_or_default());
    }
    doc.paragraph(&answer_docs::answers(call));
    if emitter.is_paged(operation) {
        doc.paragraph("One page of a list; [`items`](Request::items) gives the items of all pages.");
    }
    match operation.evidence {
        Evidence::Published => {}
        Evidence::Weak => doc.paragraph("Only one unofficial source describes this call: it may not work."),
        Evidence::Guess => doc.paragraph(
            "Nobody has seen this route: the call is refused before it is sent, unless the client was built with \
             [`allow_unverified(true)`](crate::ClientBuilder::allow_unverified).",
        ),
    }
    arguments(call, &mut doc);
    example(emitter, call, &mut doc);
    doc.section("Errors");
    answer_docs::errors(emitter, call, &mut doc);
    answer_docs::links(emitter, operation, &mut doc);
    answer_docs::callbacks(emitter, operation, &mut doc);
    if let Some(url) = operation.docs_url.as_deref() {
        doc.markdown(&format!("[API documentation]({})", one_line(url)));
    }
    doc
}

/// What the method is found by, beside its name: its route. rustdoc takes no quotes there.
pub(super) fn alias(operation: &Operation) -> Option<String> {
    let alias = format!("{} {}", operation.method, operation.path);
    let is_plain = |c: char| c.is_ascii_graphic() && c != '"' && c != '\'';
    (alias.split(' ').count() == 2 && alias.split(' ').all(|word| word.chars().all(is_plain))).then_some(alias)
}

/// What the arguments given up front mean; those of a struct are documented there.
fn arguments(call: &Call<'_>, doc: &mut Doc) {
    let required: Vec<&Arg<'_>> = call.args.required().collect();
    if call.takes_struct() || !required.iter().any(|arg| arg.is_described()) {
        return;
    }
    doc.section("Arguments");
    doc.items(required.iter().map(|arg| (arg.name.to_string(), arg.doc())));
}

/// The call in use. It compiles, and is not made.
fn example(emitter: &Emitter<'_>, call: &Call<'_>, doc: &mut Doc) {
    let shown = Shown::shown(emitter.api, call.group, call.operation);
    let Some(lines) = shown.and_then(|shown| emitter.shown_call(&shown, call)) else { return };
    let client = format!("{}::Client", emitter.crate_name);
    let head = format!("# async fn example(client: &{client}) -> Result<(), Box<dyn std::error::Error>> {{");
    let (before, after) = (["```no_run".to_owned(), head], ["# Ok(())", "# }", "```"].map(str::to_owned));
    doc.section("Examples");
    doc.block(before.into_iter().chain(lines).chain(after).collect());
}

/// `` `POST /tokens`, on the `vault` host, with the public key. ``
fn route(emitter: &Emitter<'_>, operation: &Operation) -> String {
    let mut text = code(&format!("{} {}", operation.method, operation.path));
    if let Some(host) = emitter.names.hosts.get(operation.server).filter(|_| operation.server > 0) {
        text.push_str(&format!(", on [`Host::{host}`](crate::Host::{host})"));
    }
    if let Some(keys) = emitter.keys_of(operation) {
        text.push_str(&format!(", {keys}"));
    }
    text.push('.');
    text
}

/// The methods that share its route.
fn other_names(emitter: &Emitter<'_>, operation: &Operation) -> String {
    let link = |id: &String| emitter.method_link(|other| other.id == *id);
    if let Some(link) = operation.alias_of.as_ref().and_then(link) {
        return format!("Another name of the route of {link}, with arguments of its own.");
    }
    let links: Vec<String> = operation.aliases.iter().filter_map(link).collect();
    if links.is_empty() { String::new() } else { format!("The route has other names: {}.", links.join(", ")) }
}

/// A summary as a sentence.
pub(super) fn full_stop(summary: &str) -> String {
    let summary = one_line(summary);
    if summary.is_empty() || summary.ends_with(['.', '!', '?', ':']) { summary } else { summary + "." }
}

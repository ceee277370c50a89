//! What a method's documentation says of its answers: what a success gives, how it fails, what it leads to, and what
//! the API calls back.

use super::case::prose;
use super::docs::{self, Doc, code, one_line};
use super::emitter::Emitter;
use super::failures::fails_by_status;
use super::imports::Imports;
use super::operation_docs::full_stop;
use super::operations::Call;
use crate::ir::{Callback, Content, Link, LinkTarget, MediaKind, Operation, Output, Response, Status, Type, Webhook};

/// What a success gives, where its type does not say it all.
pub(super) fn answers(call: &Call<'_>) -> String {
    let operation = call.operation;
    let mut sentences = Vec::new();
    match operation.output {
        Output::ByStatus => sentences.push(format!("Answers with [`{}`], by status.", call.names.answer)),
        Output::Sometimes { .. } => {
            let empty = operation.responses.iter().filter(|response| response.content.is_none());
            let statuses: Vec<String> = empty
                .map(|response| match response.status {
                    Status::Code(status) => code(&status.to_string()),
                    Status::Range(_) | Status::Default => "any other".to_owned(),
                })
                .collect();
            sentences.push(format!("Answers with nothing when the status is {}.", statuses.join(" or ")));
        }
        Output::Always { .. } | Output::Nothing => {}
    }
    let contents: Vec<&Content> = operation.contents().collect();
    if contents.iter().any(|content| content.kind != MediaKind::Json) {
        sentences.push("[`Request::stream`](crate::Request::stream) reads the answer as it arrives.".to_owned());
    }
    let mut others: Vec<String> = Vec::new();
    for media_type in contents.iter().flat_map(|content| &content.alternatives).map(|media_type| code(media_type)) {
        if !others.contains(&media_type) {
            others.push(media_type);
        }
    }
    if !others.is_empty() {
        sentences.push(format!(
            "The API also answers with {}: the header `Accept`, set by [`Request::header`](crate::Request::header), \
             asks for it, and [`Request::stream`](crate::Request::stream) gives it as it is.",
            others.join(" or ")
        ));
    }
    if !operation.headers.is_empty() {
        sentences.push(format!("[`{}`] reads the headers of its answers.", call.names.headers.0));
    }
    let examples = contents.iter().filter_map(|content| content.example.as_ref()).filter_map(docs::value);
    sentences.extend(examples.take(1).map(|example| format!("An example of an answer: {example}.")));
    sentences.join(" ")
}

/// How a call fails: what the documentation lists, and what reads what it says.
pub(super) fn errors(emitter: &Emitter<'_>, call: &Call<'_>, doc: &mut Doc) {
    let operation = call.operation;
    let listed: Vec<&Response> =
        operation.errors.iter().filter(|response| response.status != Status::Default).collect();
    let statuses: Vec<String> = listed.iter().map(|response| code(&response.status.text())).collect();
    let mut text =
        "The call fails with an [`Error`](crate::Error) when it cannot be sent or the API refuses it".to_owned();
    if !statuses.is_empty() {
        text.push_str(&format!("; it documents {}", statuses.join(", ")));
    }
    text.push('.');
    text.push_str(&said(emitter, call));
    doc.paragraph(&text);
    if listed.iter().any(|response| !response.doc.trim().is_empty()) {
        doc.items(listed.iter().map(|response| {
            let mut said = Doc::new(&response.doc, &format!("{}.", prose(&response.name)));
            if fails_by_status(operation) {
                let ty = response.content.as_ref().map(|content| held(emitter, content));
                said.paragraph(&ty.map(|ty| format!("Says {ty}.")).unwrap_or_default());
            }
            (response.status.text(), said)
        }));
    }
}

/// What reads the body of an error. The shape that all errors of the API have needs no word.
fn said(emitter: &Emitter<'_>, call: &Call<'_>) -> String {
    if fails_by_status(call.operation) {
        let name = &call.names.failure;
        return format!(" [`{name}::of`] reads what it says.");
    }
    let shape = emitter.api.conventions.error.as_ref().and_then(|shape| shape.body_type);
    let content = call.operation.errors.iter().find_map(|response| response.content.as_ref());
    match content.filter(|content| content.kind == MediaKind::Json) {
        Some(Content { ty: Type::Ref(id), .. }) if Some(*id) == shape => String::new(),
        Some(content) if emitter.resolve(&content.ty) != &Type::Json => {
            format!(" Its body is {}, which [`Error::decode`](crate::Error::decode) reads.", held(emitter, content))
        }
        _ => String::new(),
    }
}

fn held(emitter: &Emitter<'_>, content: &Content) -> String {
    match content.kind {
        MediaKind::Json => link(emitter, &content.ty),
        MediaKind::Text => "a text".to_owned(),
        MediaKind::Form | MediaKind::Multipart | MediaKind::Binary => "bytes".to_owned(),
    }
}

/// A type as a link to it, or as code.
fn link(emitter: &Emitter<'_>, ty: &Type) -> String {
    let named = emitter.def(ty).filter(|def| emitter.has_own_type(def)).and_then(|def| emitter.type_name(def.id));
    match named {
        Some(name) => format!("[`{name}`](crate::types::{name})"),
        None => code(&emitter.ty(ty, &Imports::default()).to_string().replace(' ', "")),
    }
}

/// The calls that an answer leads to.
pub(super) fn links(emitter: &Emitter<'_>, operation: &Operation, doc: &mut Doc) {
    let links: Vec<&Link> = operation.responses.iter().flat_map(|response| &response.links).collect();
    if links.is_empty() {
        return;
    }
    doc.section("Links");
    doc.paragraph("What an answer says leads to these calls.");
    doc.items(links.into_iter().map(|link| {
        let mut said = Doc::default();
        let arguments: Vec<String> =
            link.arguments.iter().map(|(name, value)| format!("{} from {}", code(name), code(value))).collect();
        let arguments =
            if arguments.is_empty() { String::new() } else { format!(", with {}", arguments.join(" and ")) };
        said.paragraph(&format!("{}{arguments}.", target(emitter, &link.target)));
        said.markdown(&link.doc);
        (link.wire_name.clone(), said)
    }));
}

fn target(emitter: &Emitter<'_>, target: &LinkTarget) -> String {
    let (method, path) = match target {
        LinkTarget::Elsewhere { reference } => return code(reference),
        LinkTarget::Operation { method, path } => (method, path),
    };
    let is_it =
        |operation: &Operation| operation.method == *method && operation.path == *path && operation.alias_of.is_none();
    emitter.method_link(is_it).unwrap_or_else(|| code(&format!("{method} {path}")))
}

/// What the API asks of its caller.
pub(super) fn callbacks(emitter: &Emitter<'_>, operation: &Operation, doc: &mut Doc) {
    if operation.callbacks.is_empty() {
        return;
    }
    doc.section("Callbacks");
    doc.paragraph("The API makes these requests, which are the caller's to answer.");
    doc.items(operation.callbacks.iter().map(|callback| (callback.wire_name.clone(), callback_doc(emitter, callback))));
}

fn callback_doc(emitter: &Emitter<'_>, callback: &Callback) -> Doc {
    let request = format!("{} {}", callback.method, callback.url);
    asked(emitter, &request, callback.body.as_ref(), &callback.summary, &callback.doc)
}

/// What the API sends by itself.
pub(super) fn webhooks(emitter: &Emitter<'_>, doc: &mut Doc) {
    let webhooks = &emitter.api.webhooks;
    if webhooks.is_empty() {
        return;
    }
    doc.section("What the API sends by itself");
    doc.paragraph("The API makes these requests to where its user told it to, when something happens.");
    doc.items(webhooks.iter().map(|webhook| {
        let Webhook { wire_name, method, body, summary, doc, .. } = webhook;
        (wire_name.clone(), asked(emitter, method, body.as_ref(), summary, doc))
    }));
}

fn asked(emitter: &Emitter<'_>, request: &str, body: Option<&Type>, summary: &str, doc: &str) -> Doc {
    let mut said = Doc::default();
    said.markdown(&full_stop(summary));
    if one_line(doc) != one_line(summary) {
        said.markdown(doc);
    }
    let body = body.map(|ty| format!(", with {}", link(emitter, ty))).unwrap_or_default();
    said.paragraph(&format!("{}{body}.", code(request)));
    said
}

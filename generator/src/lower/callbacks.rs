//! Callbacks and webhooks: what the API asks of its caller after a call, and by itself.

use openapiv3::Operation as Raw;

use super::Lowering;
use super::operation::Call;
use super::reference::resolve;
use super::words::{name, words};
use crate::ir::{Callback, MediaKind, Type, Webhook};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The callbacks of an operation.
    pub(super) fn callbacks(&mut self, call: &Call<'a>, type_words: &[String]) -> Vec<Callback> {
        let mut callbacks = Vec::new();
        for (wire_name, urls) in &call.operation.callbacks {
            let at = pointer::join(&pointer::join(&call.pointer, "callbacks"), wire_name);
            for (url, item) in urls {
                for (method, operation) in item.iter() {
                    let at = pointer::join(&pointer::join(&at, url), method);
                    let hint = [type_words, &words(wire_name)].concat();
                    callbacks.push(Callback {
                        wire_name: wire_name.clone(),
                        method: method.to_uppercase(),
                        url: url.clone(),
                        body: self.callback_body(operation, &at, &hint),
                        summary: operation.summary.clone().unwrap_or_default(),
                        doc: operation.description.clone().unwrap_or_default(),
                        origin: self.document.origin(&at),
                    });
                }
            }
        }
        callbacks
    }

    /// The webhooks of the document (OpenAPI 3.1, "OpenAPI Object", `webhooks`).
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        let document = self.document;
        for (wire_name, item) in &document.webhooks {
            for (method, operation) in item.iter() {
                let at = pointer::join(&pointer::join("/webhooks", wire_name), method);
                let hint = [words(wire_name), words("payload")].concat();
                webhooks.push(Webhook {
                    name: name(words(wire_name), "webhook"),
                    wire_name: wire_name.clone(),
                    method: method.to_uppercase(),
                    body: self.callback_body(operation, &at, &hint),
                    summary: operation.summary.clone().unwrap_or_default(),
                    doc: operation.description.clone().unwrap_or_default(),
                    origin: self.document.origin(&at),
                });
            }
        }
        webhooks
    }

    fn callback_body(&mut self, operation: &'a Raw, at: &str, hint: &[String]) -> Option<Type> {
        let components = self.document.api.components.as_ref().map(|components| &components.request_bodies);
        let at = pointer::join(at, "requestBody");
        let (body, at) = resolve(operation.request_body.as_ref()?, components, "requestBodies", at)?;
        let chosen = self.choose_answer(&body.content, &pointer::join(&at, "content"))?;
        (chosen.kind == MediaKind::Json).then(|| self.answer_type(&chosen, hint))
    }
}

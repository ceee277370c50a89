//! Links: which calls an answer leads to.

use openapiv3::{LinkOperation, Response as Raw};
use serde_json::Value;

use super::Lowering;
use super::reference::resolve;
use crate::ir::{Link, LinkTarget};
use crate::load::{Document, pointer, template};
use crate::maps::HashMap;

/// Every operation that has an `operationId`.
pub(super) fn routes(document: &Document) -> HashMap<&str, LinkTarget> {
    let paths = document.api.paths.iter().filter_map(|(path, item)| Some((path, item.as_item()?)));
    let operations =
        paths.flat_map(|(path, item)| item.iter().map(move |(method, operation)| (path, method, operation)));
    let routes = operations
        .filter_map(|(path, method, operation)| Some((operation.operation_id.as_deref()?, operation_at(method, path))));
    routes.collect()
}

fn operation_at(method: &str, path: &str) -> LinkTarget {
    LinkTarget::Operation { method: method.to_uppercase(), path: template::plain(path) }
}

impl<'a> Lowering<'a> {
    /// The links of an answer.
    pub(super) fn links(&mut self, response: &'a Raw, at: &str) -> Vec<Link> {
        let components = self.document.api.components.as_ref().map(|components| &components.links);
        let at = pointer::join(at, "links");
        let mut links = Vec::with_capacity(response.links.len());
        for (wire_name, link) in &response.links {
            let Some((link, at)) = resolve(link, components, "links", pointer::join(&at, wire_name)) else { continue };
            let mut arguments: Vec<(String, String)> =
                link.parameters.iter().map(|(name, value)| (name.clone(), expression(value))).collect();
            arguments.extend(link.request_body.as_ref().map(|value| ("body".to_owned(), expression(value))));
            links.push(Link {
                wire_name: wire_name.clone(),
                target: self.link_target(&link.operation, &at),
                arguments,
                doc: link.description.clone().unwrap_or_default(),
            });
        }
        links
    }

    fn link_target(&mut self, operation: &LinkOperation, at: &str) -> LinkTarget {
        let (found, reference) = match operation {
            LinkOperation::OperationId(id) => (self.routes.get(id.as_str()).cloned(), id),
            LinkOperation::OperationRef(reference) => (self.operation_of(reference), reference),
        };
        let is_other_document =
            matches!(operation, LinkOperation::OperationRef(reference) if !reference.starts_with('#'));
        if found.is_none() && !is_other_document {
            self.warn(
                "W084",
                format!("the link leads to `{reference}`, and no operation is there"),
                at,
                "`operationId` names an operation of the document, `operationRef` points to one: `#/paths/~1pets/get`",
            );
        }
        found.unwrap_or_else(|| LinkTarget::Elsewhere { reference: reference.clone() })
    }

    /// The operation a reference of this document points to.
    fn operation_of(&self, reference: &str) -> Option<LinkTarget> {
        let pointer = pointer::percent_decode(reference.strip_prefix('#')?);
        let mut tokens = pointer::tokens(&pointer);
        let (paths, path, method) = (tokens.next()?, tokens.next()?, tokens.next()?);
        let item = self.document.api.paths.paths.get(path.as_ref()).filter(|_| paths == "paths")?.as_item()?;
        let is_there = tokens.next().is_none() && item.iter().any(|(known, _)| known == method);
        is_there.then(|| operation_at(&method, &path))
    }
}

/// A runtime expression, or a constant.
fn expression(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

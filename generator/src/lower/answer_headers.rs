//! Headers of answers.

use openapiv3::{Header, ParameterSchemaOrContent, Response as Raw};

use super::Lowering;
use super::node::Node;
use super::reference::resolve;
use super::structs::constraints;
use super::words::{name, words};
use crate::header::is_header_name;
use crate::ir::{AnswerHeader, Constraints, Literal, Status, Type};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The headers of an operation's answers. What several answers have is one, and a text when they disagree.
    pub(super) fn answer_headers<'r>(
        &mut self,
        responses: impl Iterator<Item = (Status, &'a Raw, &'r str)>,
        type_words: &[String],
    ) -> Vec<AnswerHeader> {
        let components = self.document.api.components.as_ref().map(|components| &components.headers);
        let mut headers: Vec<AnswerHeader> = Vec::new();
        for (status, raw, at) in responses {
            let at = pointer::join(at, "headers");
            for (wire_name, header) in &raw.headers {
                let at = pointer::join(&at, wire_name);
                // OpenAPI 3.0, "Response Object": the media type has its own place.
                if wire_name.eq_ignore_ascii_case("content-type") {
                    continue;
                }
                let Some((header, header_at)) = resolve(header, components, "headers", at.clone()) else { continue };
                if !is_header_name(wire_name) {
                    let message = format!("`{wire_name}` is not a header's name; it is ignored");
                    self.warn("W083", message, &at, "headers are named with letters, digits and hyphens");
                    continue;
                }
                let lowered = self.answer_header(status, wire_name, header, &header_at, type_words);
                let known = headers.iter_mut().find(|known| known.wire_name.eq_ignore_ascii_case(wire_name));
                match known {
                    Some(known) => {
                        known.statuses.push(status);
                        if known.ty != lowered.ty {
                            known.ty = Type::String;
                        }
                    }
                    None => headers.push(lowered),
                }
            }
        }
        headers
    }

    fn answer_header(
        &mut self,
        status: Status,
        wire_name: &str,
        header: &'a Header,
        at: &str,
        type_words: &[String],
    ) -> AnswerHeader {
        let mut lowered = AnswerHeader {
            name: name(words(wire_name), "header"),
            wire_name: wire_name.to_owned(),
            ty: Type::String,
            statuses: vec![status],
            example: self.example(header.example.as_ref(), &header.examples),
            constraints: Constraints::default(),
            deprecated: header.deprecated.unwrap_or(false),
            doc: header.description.clone().unwrap_or_default(),
        };
        // A cookie lets whoever has it act as the user; several come as several lines.
        if wire_name.eq_ignore_ascii_case("set-cookie") {
            lowered.ty = Type::List(Box::new(Type::Secret));
            return lowered;
        }
        // What `content` holds is a text of its own: the caller parses it.
        let ParameterSchemaOrContent::Schema(schema) = &header.format else { return lowered };
        let node = Node::new(schema, pointer::join(at, "schema"));
        let shape = self.shape(&node);
        let is_composed = shape.has_fields() || !shape.unions.is_empty() || shape.typ == Some("object");
        if shape.typ.is_some() && !is_composed {
            let hint = [type_words, &words(wire_name)].concat();
            lowered.ty = self.type_of(&node, &shape, &hint);
        }
        lowered.constraints = constraints(&shape, &lowered.ty);
        lowered.example = lowered.example.or_else(|| shape.example.map(Literal::from));
        lowered.deprecated |= shape.deprecated;
        if lowered.doc.is_empty() {
            lowered.doc = shape.doc.unwrap_or_default().to_owned();
        }
        lowered
    }
}

//! Parameters outside the body.

use openapiv3::{Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle};

use super::Lowering;
use super::body::media_kind;
use super::literal::default;
use super::node::Node;
use super::operation::Call;
use super::reference::resolve;
use super::shape::Shape;
use super::structs::{constant, constraints};
use super::words::{name, words};
use crate::header::is_header_name;
use crate::ir::{Literal, MediaKind, Param, ParamPlace, Style, Type};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The parameters of an operation: its own, then those of its path that it does not define itself.
    pub(super) fn params(&mut self, call: &Call<'a>, type_words: &[String]) -> Vec<Param> {
        let own = pointer::join(&call.pointer, "parameters");
        let path_item = call.pointer.rsplit_once('/').map_or("", |(item, _)| item);
        let shared = pointer::join(path_item, "parameters");
        let components = self.document.api.components.as_ref().map(|components| &components.parameters);
        let mut params: Vec<Param> = Vec::new();
        for (parameters, at) in [(&call.item.parameters, shared), (&call.operation.parameters, own)] {
            for (index, parameter) in parameters.iter().enumerate() {
                let at = pointer::join(&at, &index.to_string());
                let Some((parameter, at)) = resolve(parameter, components, "parameters", at) else { continue };
                let Some(param) = self.param(parameter, &at, type_words) else { continue };
                match params.iter_mut().find(|known| is_same(known, &param)) {
                    Some(known) => *known = param,
                    None => params.push(param),
                }
            }
        }
        params
    }

    fn param(&mut self, parameter: &'a Parameter, at: &str, type_words: &[String]) -> Option<Param> {
        let data = parameter.parameter_data_ref();
        let (place, mut style) = place_and_style(parameter);
        if place == ParamPlace::Header && !self.is_sent(&data.name, at) {
            return None;
        }
        let node = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some(Node::new(schema, pointer::join(at, "schema"))),
            ParameterSchemaOrContent::Content(content) => content.iter().next().and_then(|(media_type, media)| {
                let at = pointer::join(&pointer::join(at, "content"), media_type);
                style = self.content_style(media_type, style, &at);
                media.schema.as_ref().map(|schema| Node::new(schema, pointer::join(&at, "schema")))
            }),
        };
        let mut hint = type_words.to_vec();
        hint.extend(words(&data.name));
        let node = node.unwrap_or(Node { parts: Vec::new() });
        let shape = self.shape(&node);
        let required = data.required || place == ParamPlace::Path;
        let (ty, constant, only) = self.argument_type(&node, &shape, required, &hint);
        let (allow_reserved, allow_empty) = match parameter {
            Parameter::Query { allow_reserved, allow_empty_value, .. } => {
                (*allow_reserved, allow_empty_value.unwrap_or(false))
            }
            _ => (false, false),
        };
        let given = data.extensions.get("x-name").and_then(serde_json::Value::as_str);
        let example = self.example(data.example.as_ref(), &data.examples);
        let doc = data.description.as_deref().or(shape.doc).unwrap_or_default().to_owned();
        Some(Param {
            name: name(words(given.unwrap_or(&data.name)), "value"),
            wire_name: data.name.clone(),
            place,
            style,
            required,
            allow_reserved,
            allow_empty,
            constant,
            default: default(shape.default, &ty),
            example: example.or_else(|| shape.example.map(Literal::from)).or(only),
            constraints: constraints(&shape, &ty),
            deprecated: data.deprecated.unwrap_or(false) || shape.deprecated,
            doc,
            origin: self.document.origin(at),
            ty,
        })
    }

    /// The type of an argument, and its one value: sent unasked when it must be there, else the caller's to give.
    pub(super) fn argument_type(
        &mut self,
        node: &Node<'a>,
        shape: &Shape<'a>,
        required: bool,
        hint: &[String],
    ) -> (Type, Option<Literal>, Option<Literal>) {
        if required {
            let (ty, constant) = self.typed(node, shape, hint);
            return (ty, constant, None);
        }
        (self.type_of(node, shape, hint), None, constant(shape))
    }

    /// Whether a header is the caller's to give.
    fn is_sent(&mut self, header: &str, at: &str) -> bool {
        let lower = header.to_ascii_lowercase();
        // OpenAPI 3.0, "Parameter Object": a header of one of these names is ignored, the client sends its own.
        if matches!(lower.as_str(), "accept" | "content-type" | "authorization") {
            return false;
        }
        let problem = match lower.as_str() {
            "host" | "content-length" | "transfer-encoding" | "connection" => "is set by the client itself",
            _ if !is_header_name(header) => "is not a header's name",
            _ => return true,
        };
        let message = format!("`{header}` {problem}; the parameter is ignored");
        self.warn("W072", message, at, "remove the parameter in an overlay");
        false
    }

    /// How a parameter with `content` is written: JSON as JSON, a text as it is.
    fn content_style(&mut self, media_type: &str, style: Style, at: &str) -> Style {
        match media_kind(media_type) {
            MediaKind::Json => Style::Json,
            MediaKind::Text => style,
            _ => {
                let message = format!("a parameter cannot be written as `{media_type}`; it is written as JSON");
                self.warn("W073", message, at, "describe the parameter with `schema` and `style`");
                Style::Json
            }
        }
    }
}

/// Whether two parameters are one. The names of headers are the same in any case.
fn is_same(left: &Param, right: &Param) -> bool {
    left.place == right.place
        && match left.place {
            ParamPlace::Header => left.wire_name.eq_ignore_ascii_case(&right.wire_name),
            _ => left.wire_name == right.wire_name,
        }
}

/// OpenAPI 3.0, "Style Values" and the defaults of `explode`: true for `form`, false else.
fn place_and_style(parameter: &Parameter) -> (ParamPlace, Style) {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Query { style, .. } => (ParamPlace::Query, query_style(style, explode)),
        Parameter::Header { .. } => (ParamPlace::Header, Style::Simple { explode: explode.unwrap_or(false) }),
        Parameter::Cookie { .. } => (ParamPlace::Cookie, Style::Form { explode: explode.unwrap_or(true) }),
        Parameter::Path { style, .. } => {
            let explode = explode.unwrap_or(false);
            let style = match style {
                PathStyle::Simple => Style::Simple { explode },
                PathStyle::Label => Style::Label { explode },
                PathStyle::Matrix => Style::Matrix { explode },
            };
            (ParamPlace::Path, style)
        }
    }
}

/// The style of a query parameter or a form field. A delimited list that is exploded has nothing to delimit: it is
/// written as `form` writes it.
pub(super) fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    match (style, explode) {
        (QueryStyle::Form, explode) => Style::Form { explode: explode.unwrap_or(true) },
        (QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, Some(true)) => Style::Form { explode: true },
        (QueryStyle::SpaceDelimited, _) => Style::SpaceDelimited,
        (QueryStyle::PipeDelimited, _) => Style::PipeDelimited,
        (QueryStyle::DeepObject, _) => Style::DeepObject,
    }
}

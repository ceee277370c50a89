//! Parameters outside the body.

use openapiv3::{Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use super::Lowering;
use super::literal::{default, literal};
use super::node::{Node, component_name};
use super::operation::Call;
use super::structs::constraints;
use super::words::{name, words};
use crate::ir::{Param, ParamPlace, Style};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The parameters of an operation: its own, then those of its path that it does not define itself.
    pub(super) fn params(&mut self, call: &Call<'a>, type_words: &[String]) -> Vec<Param> {
        let own = pointer::join(&call.pointer, "parameters");
        let path_item = call.pointer.rsplit_once('/').map_or("", |(item, _)| item);
        let shared = pointer::join(path_item, "parameters");
        let mut params: Vec<Param> = Vec::new();
        for (parameters, at) in [(&call.item.parameters, shared), (&call.operation.parameters, own)] {
            for (index, parameter) in parameters.iter().enumerate() {
                let at = pointer::join(&at, &index.to_string());
                let Some((parameter, at)) = self.parameter(parameter, at) else { continue };
                let Some(param) = self.param(parameter, &at, type_words) else { continue };
                match params.iter_mut().find(|known| known.wire_name == param.wire_name && known.place == param.place) {
                    Some(known) => *known = param,
                    None => params.push(param),
                }
            }
        }
        params
    }

    fn parameter(&self, parameter: &'a ReferenceOr<Parameter>, at: String) -> Option<(&'a Parameter, String)> {
        match parameter {
            ReferenceOr::Item(parameter) => Some((parameter, at)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                let components = self.document.api.components.as_ref()?;
                let target = components.parameters.get(name)?;
                let at = pointer::join("/components/parameters", name);
                match target {
                    ReferenceOr::Item(parameter) => Some((parameter, at)),
                    ReferenceOr::Reference { .. } => None,
                }
            }
        }
    }

    fn param(&mut self, parameter: &'a Parameter, at: &str, type_words: &[String]) -> Option<Param> {
        let data = parameter.parameter_data_ref();
        let (place, mut style) = place_and_style(parameter);
        // OpenAPI 3.0, "Parameter Object": a header of one of these names is ignored, the client sends its own.
        let is_ignored = ["accept", "content-type", "authorization"].contains(&data.name.to_ascii_lowercase().as_str());
        if place == ParamPlace::Header && is_ignored {
            return None;
        }
        let node = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some(Node::new(schema, pointer::join(at, "schema"))),
            ParameterSchemaOrContent::Content(content) => content.iter().next().and_then(|(media_type, media)| {
                style = Style::Json;
                let at = pointer::join(&pointer::join(at, "content"), media_type);
                media.schema.as_ref().map(|schema| Node::new(schema, pointer::join(&at, "schema")))
            }),
        };
        let mut hint = type_words.to_vec();
        hint.extend(words(&data.name));
        let node = node.unwrap_or(Node { parts: Vec::new() });
        let shape = self.shape(&node);
        let (ty, constant) = self.typed(&node, &shape, &hint);
        let doc = data.description.as_deref().or(shape.doc).unwrap_or_default().to_owned();
        Some(Param {
            name: name(words(&data.name), "value"),
            wire_name: data.name.clone(),
            place,
            style,
            required: data.required || place == ParamPlace::Path,
            constant,
            default: default(shape.default, &ty),
            example: data.example.as_ref().or(shape.example).map(literal),
            constraints: constraints(&shape, &ty),
            deprecated: data.deprecated.unwrap_or(false) || shape.deprecated,
            doc,
            origin: self.document.origin(at),
            ty,
        })
    }
}

/// OpenAPI 3.0, "Style Values" and the defaults of `explode`: true for `form`, false else.
fn place_and_style(parameter: &Parameter) -> (ParamPlace, Style) {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        Parameter::Query { style, .. } => (ParamPlace::Query, query_style(style, explode.unwrap_or(true))),
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

/// The style of a query parameter or a form field.
pub(super) fn query_style(style: &QueryStyle, explode: bool) -> Style {
    match style {
        QueryStyle::Form => Style::Form { explode },
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

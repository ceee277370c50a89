//! How one field of a form is written (OpenAPI 3.0, "Encoding Object").

use openapiv3::{Header, MediaType, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::Lowering;
use super::body::media_kind;
use super::media::is_media_type;
use super::params::query_style;
use super::reference::resolve;
use super::shape::Shape;
use crate::config::FormFields;
use crate::ir::{MediaKind, PartHeader, Style};
use crate::load::pointer;

/// What a document says of a field's encoding.
#[derive(Default)]
pub(super) struct Encoding {
    pub(super) style: Option<Style>,
    pub(super) content_type: Option<String>,
    pub(super) content_types: Vec<String>,
    pub(super) headers: Vec<PartHeader>,
}

impl<'a> Lowering<'a> {
    /// The encoding of a field: of a form its style, of a multipart form its media type and headers.
    pub(super) fn encoding(
        &mut self,
        wire_name: &str,
        shape: &Shape<'a>,
        media: &'a MediaType,
        at: &str,
        kind: MediaKind,
    ) -> Encoding {
        let Some(written) = media.encoding.get(wire_name) else {
            let is_deep = shape.items.is_some() || shape.has_fields() || matches!(shape.typ, Some("array" | "object"));
            let as_form = kind == MediaKind::Form && is_deep && self.config.form_fields == FormFields::Form;
            return Encoding { style: as_form.then_some(Style::Form { explode: true }), ..Encoding::default() };
        };
        let at = pointer::join(&pointer::join(at, "encoding"), wire_name);
        let (single, several) = content_types(written.content_type.as_deref());
        if kind == MediaKind::Form {
            // `openapiv3` cannot tell an `explode` that is absent from one that is false.
            let raw = self.document.raw_at(&at);
            let explode = raw.and_then(|raw| raw.get("explode")).and_then(Value::as_bool);
            let declared = written.style.is_some() || explode.is_some();
            let style = written.style.as_ref().unwrap_or(&QueryStyle::Form);
            let as_json = single.as_deref().is_some_and(|media_type| media_kind(media_type) == MediaKind::Json);
            let style = declared.then(|| query_style(style, explode)).or(as_json.then_some(Style::Json));
            return Encoding { style, ..Encoding::default() };
        }
        if kind != MediaKind::Multipart {
            return Encoding::default();
        }
        let is_file = self.is_file(shape);
        let headers = self.part_headers(&written.headers, &pointer::join(&at, "headers"), is_file);
        // A file may be any of several types: only the caller knows which. A text can be written as any of them.
        let content_type =
            single.or_else(|| several.iter().find(|_| !is_file).filter(|one| !one.contains('*')).cloned());
        Encoding { style: None, content_type, content_types: several, headers }
    }

    fn part_headers(
        &mut self,
        written: &'a indexmap::IndexMap<String, ReferenceOr<Header>>,
        at: &str,
        is_file: bool,
    ) -> Vec<PartHeader> {
        let components = self.document.api.components.as_ref().map(|components| &components.headers);
        let mut headers = Vec::new();
        for (wire_name, header) in written {
            // It is described by `contentType`; here it is ignored.
            if wire_name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let Some((header, _)) = resolve(header, components, "headers", String::new()) else { continue };
            let doc = header.description.clone().unwrap_or_default();
            headers.push(PartHeader { wire_name: wire_name.clone(), required: header.required, doc });
        }
        if is_file {
            return headers;
        }
        for header in headers.iter().filter(|header| header.required) {
            self.warn(
                "W076",
                format!("the part needs the header `{}`, and only files are sent with headers", header.wire_name),
                &pointer::join(at, &header.wire_name),
                "the part is sent without it",
            );
        }
        Vec::new()
    }
}

/// One media type, or several and wildcards: `image/png, image/jpeg`.
fn content_types(written: Option<&str>) -> (Option<String>, Vec<String>) {
    let listed = written.into_iter().flat_map(|written| written.split(',')).map(str::trim);
    let listed: Vec<String> = listed.filter(|one| is_media_type(&one.replace('*', "x"))).map(str::to_owned).collect();
    match listed.as_slice() {
        [only] if !only.contains('*') => (Some(only.clone()), Vec::new()),
        _ => (None, listed),
    }
}

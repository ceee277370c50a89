//! The body of `Operation::encode`: parameters by place and style, then the body as declared.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::arguments::{Arg, Args, Kind, Source};
use super::imports::Imports;
use super::tokens::string;
use crate::ir::{Body, BodyPart, MediaKind, Operation, Param, ParamPlace, Style, Type};

/// One statement.
enum Step {
    /// A call that may fail.
    Call(TokenStream),
    /// Anything else.
    Other(TokenStream),
}

/// `fn encode`.
pub(super) fn method(operation: &Operation, args: &Args<'_>, imports: &Imports) -> TokenStream {
    let mut steps = Vec::new();
    for arg in &args.all {
        if let Source::Param(param) = arg.source {
            steps.push(parameter(param, arg, imports));
        }
    }
    if let Some(body) = &operation.body {
        encode_body(body, args, imports, &mut steps);
    }
    let (call, error) = (imports.runtime("Call"), imports.runtime("Error"));
    let name = if steps.is_empty() { quote!(_call) } else { quote!(call) };
    let tail = match steps.pop() {
        Some(Step::Call(last)) => last,
        Some(Step::Other(last)) => quote!(#last Ok(())),
        None => quote!(Ok(())),
    };
    let steps = steps.iter().map(|step| match step {
        Step::Call(call) => quote!(#call?;),
        Step::Other(other) => quote!(#other),
    });
    quote! {
        fn encode(&self, #name: &mut #call) -> Result<(), #error> {
            #(#steps)*
            #tail
        }
    }
}

/// Whether the operation's struct is what is serialised as the body.
pub(super) fn serializes_itself(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| body.parts.is_some() && body.kind != MediaKind::Multipart)
}

fn parameter(param: &Param, arg: &Arg<'_>, imports: &Imports) -> Step {
    let place = match param.place {
        ParamPlace::Path => quote!(path),
        ParamPlace::Query if param.allow_reserved => quote!(query_reserved),
        ParamPlace::Query if param.allow_empty => quote!(query_or_empty),
        ParamPlace::Query => quote!(query),
        ParamPlace::Header => quote!(header),
        ParamPlace::Cookie => quote!(cookie),
    };
    let wire_name = string(&param.wire_name);
    let style = style(param.style, imports);
    let value = value(arg);
    Step::Call(quote!(call.#place(#wire_name, #style, #value)))
}

/// A reference to the member, or the constant.
fn value(arg: &Arg<'_>) -> TokenStream {
    let name = &arg.name;
    match &arg.constant {
        Some(constant) => quote!(&#constant),
        None => quote!(&self.#name),
    }
}

/// `Style::Form`.
fn style(style: Style, imports: &Imports) -> TokenStream {
    let ty = imports.runtime("Style");
    let variant = match style {
        Style::Simple { explode: false } => "Simple",
        Style::Simple { explode: true } => "SimpleExplode",
        Style::Form { explode: false } => "Form",
        Style::Form { explode: true } => "FormExplode",
        Style::Label { explode: false } => "Label",
        Style::Label { explode: true } => "LabelExplode",
        Style::Matrix { explode: false } => "Matrix",
        Style::Matrix { explode: true } => "MatrixExplode",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
    };
    let variant = super::tokens::ident(variant);
    quote!(#ty::#variant)
}

fn encode_body(body: &Body, args: &Args<'_>, imports: &Imports, steps: &mut Vec<Step>) {
    match body.parts {
        Some(_) => {
            let parts: Vec<(&BodyPart, &Arg<'_>)> = args
                .all
                .iter()
                .filter_map(|arg| match arg.source {
                    Source::Part(part) => Some((part, arg)),
                    _ => None,
                })
                .collect();
            encode_parts(body, &parts, imports, steps);
        }
        None => {
            let whole = args.all.iter().find(|arg| matches!(arg.source, Source::Body(_)));
            if let Some(arg) = whole {
                encode_whole(body, arg, steps);
            }
        }
    }
}

fn encode_parts(body: &Body, parts: &[(&BodyPart, &Arg<'_>)], imports: &Imports, steps: &mut Vec<Step>) {
    // A body that need not be there is left out when nothing of it is given.
    let always = body.required || parts.iter().any(|(part, arg)| part.required || arg.constant.is_some());
    match body.kind {
        MediaKind::Form => {
            let (styled, plain): (Vec<_>, Vec<_>) = parts.iter().partition(|(part, _)| part.style.is_some());
            let is_begun = styled.iter().any(|(part, _)| part.required);
            if !plain.is_empty() || always && !is_begun {
                steps.push(Step::Call(if always {
                    quote!(call.form(self))
                } else {
                    quote!(call.form_unless_empty(self))
                }));
            }
            for (part, arg) in styled {
                let Some(written) = part.style else { continue };
                let (wire_name, style, value) = (string(&part.wire_name), style(written, imports), value(arg));
                steps.push(Step::Call(quote!(call.form_field(#wire_name, #style, #value))));
            }
        }
        MediaKind::Multipart => {
            // A form without a part is still a form where one must be there.
            let is_begun = parts.iter().any(|(part, arg)| arg.constant.is_some() || part.required && !is_list(arg));
            if always && !is_begun {
                steps.push(Step::Call(quote!(call.begin_multipart())));
            }
            steps.extend(parts.iter().map(|(part, arg)| multipart(part, arg)));
        }
        _ => {
            steps.push(Step::Call(if always { quote!(call.json(self)) } else { quote!(call.json_unless_empty(self)) }));
        }
    }
    steps.extend(other_media_type(body));
}

/// Whether an argument may be given and still have nothing in it.
fn is_list(arg: &Arg<'_>) -> bool {
    matches!(&arg.kind, Kind::File { many: true } | Kind::Plain(Type::List(_)))
}

fn multipart(part: &BodyPart, arg: &Arg<'_>) -> Step {
    let wire_name = string(&part.wire_name);
    let content_type = match &part.content_type {
        Some(content_type) => {
            let content_type = string(content_type);
            quote!(Some(#content_type))
        }
        None => quote!(None),
    };
    let name = &arg.name;
    match &arg.kind {
        Kind::File { many: true } => {
            let files = if arg.required { quote!(&self.#name) } else { quote!(self.#name.iter().flatten()) };
            Step::Other(quote!(for file in #files { call.file(#wire_name, #content_type, file)?; }))
        }
        Kind::File { many: false } => {
            let file = if arg.required { quote!(&self.#name) } else { quote!(self.#name.as_ref()) };
            Step::Call(quote!(call.file(#wire_name, #content_type, #file)))
        }
        _ => {
            let value = value(arg);
            Step::Call(quote!(call.part(#wire_name, #content_type, #value)))
        }
    }
}

fn encode_whole(body: &Body, arg: &Arg<'_>, steps: &mut Vec<Step>) {
    let media_type = string(&body.media_type);
    let name = &arg.name;
    let given = |value: TokenStream, call: &dyn Fn(TokenStream) -> TokenStream| {
        if arg.required {
            Step::Call(call(quote!(#value)))
        } else {
            let call = call(quote!(#name));
            Step::Other(quote!(if let Some(#name) = &self.#name { #call?; }))
        }
    };
    let by_reference = |method: Ident| {
        let call = move |value: TokenStream| quote!(call.#method(#value));
        given(quote!(&self.#name), &call)
    };
    let cloned = |method: Ident| {
        let call = |value: TokenStream| quote!(call.#method(#media_type, #value.clone()));
        given(quote!(self.#name), &call)
    };
    let ident = super::tokens::ident;
    steps.push(match body.kind {
        MediaKind::Json => by_reference(ident("json")),
        MediaKind::Form => by_reference(ident("form")),
        MediaKind::Multipart => by_reference(ident("multipart")),
        MediaKind::Text => cloned(ident("text")),
        MediaKind::Binary => cloned(ident("bytes")),
    });
    steps.extend(other_media_type(body));
}

/// The media type, when it is not the one that the encoding implies.
fn other_media_type(body: &Body) -> Option<Step> {
    let implied = match body.kind {
        MediaKind::Json => "application/json",
        MediaKind::Form => "application/x-www-form-urlencoded",
        MediaKind::Multipart => "multipart/form-data",
        MediaKind::Text | MediaKind::Binary => return None,
    };
    (body.media_type != implied).then(|| {
        let media_type = string(&body.media_type);
        Step::Call(quote!(call.content_type(#media_type)))
    })
}

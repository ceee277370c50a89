//! What a call gives when it succeeds: the type, how it is read, and the enum of answers that differ by status.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::case::{Candidate, Scope, prose};
use super::docs::{Doc, code};
use super::emitter::Emitter;
use super::imports::Imports;
use super::operations::Call;
use super::tokens::{ident, string};
use crate::ir::{
    Content, Field, Literal, MediaKind, Operation, Output, Response, Status, Struct, Type, TypeDef, TypeKind,
};

/// A case of an enum of answers.
pub(super) struct Case<'a> {
    pub name: Ident,
    pub response: &'a Response,
    pub boxed: bool,
}

/// Whether an answer may be read as a stream: it is a file or a text, or other media types can be asked for.
pub(super) fn streams(operation: &Operation) -> bool {
    operation.contents().any(|content| content.kind != MediaKind::Json || !content.alternatives.is_empty())
}

impl Emitter<'_> {
    /// The type of what a call gives.
    pub(super) fn output(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let content = call.operation.answer().map(|content| self.content(content, imports));
        match (&call.operation.output, content) {
            (Output::ByStatus, _) => {
                let name = ident(&call.names.answer);
                quote!(#name)
            }
            (Output::Sometimes { .. }, Some(content)) => quote!(Option<#content>),
            (Output::Always { .. }, Some(content)) => content,
            _ => quote!(()),
        }
    }

    /// `Operation::decode`, or `Operation::decode_answer` where the status matters.
    pub(super) fn decode_method(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let operation = call.operation;
        let (output, error) = (self.output(call, imports), imports.runtime("DecodeError"));
        imports.runtime("decode");
        let read = |body: TokenStream| match operation.answer() {
            Some(content) => self.read(content, &body, imports),
            None => quote!(decode::empty(#body)),
        };
        let read = match operation.output {
            Output::ByStatus => self.by_status(call, imports),
            Output::Sometimes { .. } => sometimes(&operation.responses, &read(quote!(answer.body()))),
            Output::Always { .. } | Output::Nothing => {
                let (bytes, read) = (imports.name("bytes", "Bytes"), read(quote!(body)));
                return quote!(fn decode(body: &#bytes) -> Result<#output, #error> { #read });
            }
        };
        let answer = imports.runtime("Answer");
        quote!(fn decode_answer(answer: &#answer<()>) -> Result<#output, #error> { #read })
    }

    fn by_status(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let (responses, name) = (&call.operation.responses, ident(&call.names.answer));
        let arms = self.cases(responses).into_iter().map(|case| {
            let (variant, pattern) = (&case.name, pattern(case.response.status));
            let Some(content) = &case.response.content else { return quote!(#pattern => #name::#variant) };
            let value = self.read(content, &quote!(body), imports);
            let value = quote!(#value?);
            let value = if case.boxed { quote!(Box::new(#value)) } else { value };
            quote!(#pattern => #name::#variant(#value))
        });
        let unknown = (!covers_all(responses)).then(|| quote!(_ => #name::Unknown(answer.status(), body.clone())));
        quote! {
            let body = answer.body();
            let value = match answer.status().as_u16() { #(#arms,)* #unknown };
            Ok(value)
        }
    }

    /// The enum of the answers of a call, when they differ by status.
    pub(super) fn answer_enum(&self, call: &Call<'_>, imports: &Imports) -> Option<TokenStream> {
        if !call.answers_by_status() {
            return None;
        }
        let responses = &call.operation.responses;
        let name = ident(&call.names.answer);
        let doc = string(&format!(" What [`{}::{}`] answers with, by status.", call.resource.ty, call.names.method));
        let cases = self.cases(responses).into_iter().map(|case| {
            let (variant, response) = (&case.name, case.response);
            let mut doc = Doc::new(&response.doc, &format!("{}.", prose(&response.name)));
            doc.paragraph(&statuses(response.status));
            let docs = doc.attributes();
            let held = self.held(&case, imports).map(|held| quote!((#held)));
            quote!(#docs #variant #held)
        });
        let unknown = (!covers_all(responses)).then(|| {
            let (status, bytes) = (imports.name("http", "StatusCode"), imports.name("bytes", "Bytes"));
            quote! {
                #[doc = " A success this version of the crate does not know, with its body as it came."]
                Unknown(#status, #bytes),
            }
        });
        Some(quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#cases,)* #unknown }
        })
    }

    /// What a case holds.
    pub(super) fn held(&self, case: &Case<'_>, imports: &Imports) -> Option<TokenStream> {
        let ty = self.content(case.response.content.as_ref()?, imports);
        Some(if case.boxed { quote!(Box<#ty>) } else { ty })
    }

    pub(super) fn cases<'r>(&self, responses: &'r [Response]) -> Vec<Case<'r>> {
        let names: Vec<_> = responses.iter().map(|response| Candidate::ty(&response.name, "Status")).collect();
        let names = Scope::with(&["Self", "Unknown"]).claim_all(&names);
        let cases = responses.iter().zip(names).map(|(response, name)| Case {
            name: ident(&name),
            response,
            boxed: response.content.as_ref().is_some_and(|content| self.is_held_in_box(content)),
        });
        cases.collect()
    }

    fn is_held_in_box(&self, content: &Content) -> bool {
        content.kind == MediaKind::Json && self.is_large(&content.ty)
    }

    /// What the body of an answer is read as.
    pub(super) fn content(&self, content: &Content, imports: &Imports) -> TokenStream {
        match content.kind {
            MediaKind::Json => self.ty(&content.ty, imports),
            MediaKind::Text => quote!(String),
            MediaKind::Form | MediaKind::Multipart | MediaKind::Binary => {
                let bytes = imports.name("bytes", "Bytes");
                quote!(#bytes)
            }
        }
    }

    /// Reads the body of an answer.
    fn read(&self, content: &Content, body: &TokenStream, imports: &Imports) -> TokenStream {
        let kind = (content.kind == MediaKind::Json).then(|| self.kind_check(&content.ty)).flatten();
        let Some((what, check)) = kind else {
            let reader = self.reader(content);
            return quote!(decode::#reader(#body));
        };
        let (ty, what) = (self.content(content, imports), string(&what));
        quote!(decode::object_that(#body, #what, |it: &#ty| #check))
    }

    /// What an object that says of which kind it is must be, in words and as a condition on `it`.
    pub(super) fn kind_check(&self, ty: &Type) -> Option<(String, TokenStream)> {
        let def = match self.resolved_def(ty) {
            Some(TypeDef { kind: TypeKind::Page(page), .. }) => self.api.type_def(page.of)?,
            def => def?,
        };
        let TypeKind::Struct(body) = &def.kind else { return None };
        let field = body.fields.get(body.kind_field?)?;
        let (kind, Literal::String(value)) = (self.always_read(def, body, field)?, field.constant.as_ref()?) else {
            return None;
        };
        let id = body.id_field.and_then(|at| body.fields.get(at)).and_then(|id| self.always_read(def, body, id));
        let (what, value) = (format!("an object `{value}`"), string(value));
        Some(match id {
            Some(id) => (format!("{what} with an id"), quote!(it.#kind == #value && !it.#id.is_empty())),
            None => (what, quote!(it.#kind == #value)),
        })
    }

    /// The name of a field that is no `Option`.
    fn always_read(&self, def: &TypeDef, body: &Struct, field: &Field) -> Option<Ident> {
        let (name, _, options) = self.read_field(def, body, &field.wire_name)?;
        (options == 0 && !field.boxed).then_some(name)
    }

    /// The function of `decode` that reads the body of an answer.
    pub(super) fn reader(&self, content: &Content) -> Ident {
        ident(match content.kind {
            MediaKind::Json => {
                let def = self.resolved_def(&content.ty);
                match def.map(|def| &def.kind) {
                    Some(TypeKind::Struct(_) | TypeKind::Page(_)) => "object",
                    _ => "json",
                }
            }
            MediaKind::Text => "text",
            MediaKind::Form | MediaKind::Multipart | MediaKind::Binary => "bytes",
        })
    }
}

/// Reads what has content, and nothing where there is none. A status nobody documented is read as if it had some.
fn sometimes(responses: &[Response], read: &TokenStream) -> TokenStream {
    let some = quote!(#read.map(Some));
    let none = quote!(Ok(None));
    let fallback = responses.iter().find(|response| !matches!(response.status, Status::Code(_)));
    let is_content = fallback.is_none_or(|response| response.content.is_some());
    let (rest, other) = if is_content { (some, none) } else { (none, some) };
    let listed = responses
        .iter()
        .filter(|response| matches!(response.status, Status::Code(_)) && response.content.is_some() != is_content);
    let patterns: Vec<TokenStream> = listed.map(|response| pattern(response.status)).collect();
    if patterns.is_empty() {
        return rest;
    }
    quote!(match answer.status().as_u16() { #(#patterns)|* => #other, _ => #rest })
}

/// The statuses of an answer as a pattern. Ranges and `default` come last: by then they are all that is left.
pub(super) fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(2) | Status::Default => quote!(_),
        Status::Range(hundreds) => {
            let (first, last) = (hundreds.saturating_mul(100), hundreds.saturating_mul(100).saturating_add(99));
            let first = proc_macro2::Literal::u16_unsuffixed(first);
            let last = proc_macro2::Literal::u16_unsuffixed(last);
            quote!(#first..=#last)
        }
    }
}

/// Which statuses a case is for, as a sentence.
pub(super) fn statuses(status: Status) -> String {
    match status {
        Status::Code(_) => format!("Status {}.", code(&status.text())),
        Status::Range(_) => format!("Any other status of {}.", code(&status.text())),
        Status::Default => "Any other status.".to_owned(),
    }
}

/// Whether every success is a case of its own.
pub(super) fn covers_all(responses: &[Response]) -> bool {
    responses.iter().any(|response| !matches!(response.status, Status::Code(_)))
}

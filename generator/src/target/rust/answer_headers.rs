//! Headers of answers: a struct that reads those the document names.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::prose;
use super::docs::{Doc, Facts, code};
use super::emitter::Emitter;
use super::imports::Imports;
use super::operations::Call;
use super::tokens::{ident, string};
use crate::ir::{AnswerHeader, EnumBase, Status, Type, TypeKind};

/// How a header's text becomes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It is parsed.
    Parsed,
    /// It is a text that the type is made of.
    Made,
}

impl Emitter<'_> {
    /// The struct of an operation's headers, and how it is read.
    pub(super) fn header_items(&self, call: &Call<'_>, imports: &Imports) -> Vec<TokenStream> {
        let headers = &call.operation.headers;
        if headers.is_empty() {
            return Vec::new();
        }
        let (name, members) = &call.names.headers;
        let name = ident(name);
        let doc = string(&format!(" Headers that answers of [`{}::{}`] have.", call.resource.ty, call.names.method));
        let map = imports.name("http", "HeaderMap");
        imports.runtime("header");
        let fields = headers.iter().zip(members).map(|(header, member)| {
            let (docs, member) = (header_doc(header).attributes(), ident(member));
            let deprecated = header.deprecated.then(|| quote!(#[deprecated]));
            let ty = self.header_type(&header.ty, imports);
            quote!(#docs #deprecated pub #member: Option<#ty>)
        });
        let values = headers.iter().zip(members).map(|(header, member)| {
            let (member, value) = (ident(member), self.header_value(header));
            quote!(#member: #value)
        });
        vec![
            quote! {
                #[doc = #doc]
                #[derive(Clone, Debug, Default, PartialEq)]
                #[non_exhaustive]
                pub struct #name { #(#fields),* }
            },
            quote! {
                impl #name {
                    #[doc = " Reads the headers of an answer, or of an error: one that is not there, or not as documented, is `None`."]
                    #[must_use]
                    pub fn of(headers: &#map) -> Self {
                        Self { #(#values),* }
                    }
                }
            },
        ]
    }

    /// The type of a header's value, which stays a text when it is not read as anything else.
    pub(super) fn header_type(&self, ty: &Type, imports: &Imports) -> TokenStream {
        match self.resolve(ty) {
            Type::List(item) if self.reading(item).is_some() => {
                let item = self.ty(item, imports);
                quote!(Vec<#item>)
            }
            Type::List(_) => quote!(String),
            _ if self.reading(ty).is_some() => self.ty(ty, imports),
            _ => quote!(String),
        }
    }

    fn header_value(&self, header: &AnswerHeader) -> TokenStream {
        let name = string(&header.wire_name);
        let (function, item) = match self.resolve(&header.ty) {
            Type::List(item) if self.reading(item).is_some() => (quote!(list), &**item),
            _ => (quote!(value), &header.ty),
        };
        let is_list = matches!(self.resolve(&header.ty), Type::List(_));
        match self.reading(item) {
            Some(Reading::Made) if is_list => {
                quote!(header::#function::<String>(headers, #name).map(|items| items.into_iter().map(Into::into).collect()))
            }
            Some(Reading::Made) => quote!(header::#function::<String>(headers, #name).map(Into::into)),
            Some(Reading::Parsed) | None => quote!(header::#function(headers, #name)),
        }
    }

    /// How a text becomes a value of a type; `None` when it does not.
    fn reading(&self, ty: &Type) -> Option<Reading> {
        match self.resolve(ty) {
            Type::Bool | Type::Int { .. } | Type::Float { .. } | Type::Decimal => Some(Reading::Parsed),
            Type::Date | Type::DateTime | Type::Uuid | Type::String | Type::Uri => Some(Reading::Parsed),
            Type::Secret => Some(Reading::Made),
            other => match &self.def(other)?.kind {
                TypeKind::Id(_) => Some(Reading::Made),
                TypeKind::Enum(body) if body.base == EnumBase::String => Some(Reading::Made),
                _ => None,
            },
        }
    }
}

fn header_doc(header: &AnswerHeader) -> Doc {
    let mut doc = Doc::new(&header.doc, &format!("{}.", prose(&header.name)));
    let facts = Facts { default: None, example: header.example.as_ref(), constraints: &header.constraints };
    doc.paragraph(&facts.sentences());
    let statuses: Vec<String> = header
        .statuses
        .iter()
        .map(|status| match status {
            Status::Default => "any other status".to_owned(),
            listed => code(&listed.text()),
        })
        .collect();
    doc.paragraph(&format!("{}, with {}.", code(&header.wire_name), statuses.join(" and ")));
    doc
}

//! Known values and typed ids.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::{Candidate, Scope};
use super::docs::{Doc, code};
use super::emitter::Emitter;
use super::imports::Imports;
use super::tokens::{ident, integer, string};
use crate::ir::{EnumBase, EnumType, IdType, Literal, Name, TypeDef};

/// The names of variants, beside the one for what is unknown.
pub(super) fn variant_names<'n>(names: impl Iterator<Item = &'n Name>) -> Vec<String> {
    let candidates: Vec<_> = names.map(|name| Candidate::ty(name, "Value")).collect();
    Scope::with(&["Self", "Unknown"]).claim_all(&candidates)
}

impl Emitter<'_> {
    /// The items of an enum, which is open: a value it does not know survives.
    pub(super) fn enumeration(&self, def: &TypeDef, body: &EnumType, imports: &Imports) -> Vec<TokenStream> {
        let name = ident(self.type_name(def.id).unwrap_or("Value"));
        let mut variants = Vec::new();
        let mut known = Vec::new();
        for (variant, name) in
            body.variants.iter().zip(variant_names(body.variants.iter().map(|variant| &variant.name)))
        {
            let (value, shown) = match (&variant.value, body.base) {
                (Literal::String(text), EnumBase::String) => {
                    let literal = string(text);
                    (quote!(#literal), code(text))
                }
                (Literal::Number(text), EnumBase::Int) => match integer(text) {
                    Some(literal) => (literal, code(text)),
                    None => continue,
                },
                _ => continue,
            };
            let variant_name = ident(&name);
            let docs = Doc::new(&variant.doc, &format!("{shown}.")).linked(&self.links).attributes();
            let deprecated = variant.deprecated.then(|| quote!(#[deprecated]));
            variants.push(quote!(#docs #deprecated #variant_name));
            known.push(quote!((#value, Self::#variant_name)));
        }
        let (wire, raw, register, copy) = match body.base {
            EnumBase::String => (quote!(&'static str), quote!(String), imports.runtime("open_enum"), None),
            EnumBase::Int => (quote!(i64), quote!(i64), imports.runtime("open_int_enum"), Some(quote!(Copy,))),
        };
        let docs = self.def_doc(def).attributes();
        let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
        vec![
            quote! {
                #docs
                #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                #deprecated
                pub enum #name {
                    #(#variants,)*
                    #[doc = " A value this version of the crate does not know."]
                    Unknown(#raw),
                }
            },
            quote! {
                impl #name {
                    const KNOWN: &'static [(#wire, Self)] = &[#(#known),*];
                }
            },
            quote!(#register!(#name);),
        ]
    }

    /// The items of a typed id.
    pub(super) fn typed_id_items(&self, def: &TypeDef, body: &IdType, imports: &Imports) -> Vec<TokenStream> {
        let name = ident(self.type_name(def.id).unwrap_or("Value"));
        let register = imports.runtime("string_id");
        let mut doc = self.def_doc(def);
        let prefixes: Vec<String> = body.prefixes.iter().map(|prefix| code(&format!("{prefix}…"))).collect();
        if !prefixes.is_empty() {
            doc.paragraph(&format!("Looks like {}.", prefixes.join(" or ")));
        }
        let docs = doc.attributes();
        let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
        vec![
            quote! {
                #docs
                #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
                #deprecated
                pub struct #name(String);
            },
            quote!(#register!(#name);),
        ]
    }
}

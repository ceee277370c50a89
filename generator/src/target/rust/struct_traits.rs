//! What a struct is besides: a collection of the items of a page, and what an id may stand for.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::emitter::Emitter;
use super::imports::Imports;
use super::structs::{Member, Presence, undressed};
use crate::ir::Type;

impl Emitter<'_> {
    /// What may be given by its id alone.
    pub(super) fn expands_impl(
        &self,
        name: &Ident,
        own: Option<&Member<'_>>,
        typed: Option<&str>,
        imports: &Imports,
    ) -> TokenStream {
        let expands = imports.runtime("Expands");
        let id = id_type(typed, imports);
        let own = own.filter(|member| {
            let is_text = matches!(self.resolve(undressed(&member.field.ty)), Type::String);
            !member.field.boxed && (typed.is_some() || is_text)
        });
        let body = match own.map(|member| (&member.name, member.presence)) {
            Some((field, Presence::Given | Presence::GivenOrEmpty | Presence::OrEmpty)) => {
                quote!(Some(&self.#field).filter(|id| !id.is_empty()))
            }
            Some((field, Presence::Optional | Presence::Nullable | Presence::Asked)) => quote!(self.#field.as_ref()),
            Some((field, Presence::Double)) => quote!(self.#field.as_ref().and_then(Option::as_ref)),
            None => quote!(None),
        };
        quote! {
            impl #expands for #name {
                type Id = #id;
                fn id(&self) -> Option<&#id> { #body }
            }
        }
    }
}

/// The type of an id that is given in place of an object.
pub(super) fn id_type(typed: Option<&str>, imports: &Imports) -> TokenStream {
    match typed {
        Some(typed) => {
            let id = imports.type_name(typed);
            quote!(#id)
        }
        None => quote!(String),
    }
}

/// A page is a collection of its items.
pub(super) fn page_iteration(name: &Ident, items: &Ident, imports: &Imports) -> Vec<TokenStream> {
    let (slice, vec) = (imports.name("std", "slice"), imports.name("std", "vec"));
    vec![
        quote! {
            impl<T> IntoIterator for #name<T> {
                type Item = T;
                type IntoIter = #vec::IntoIter<T>;
                fn into_iter(self) -> Self::IntoIter { self.#items.into_iter() }
            }
        },
        quote! {
            impl<'a, T> IntoIterator for &'a #name<T> {
                type Item = &'a T;
                type IntoIter = #slice::Iter<'a, T>;
                fn into_iter(self) -> Self::IntoIter { self.#items.iter() }
            }
        },
    ]
}

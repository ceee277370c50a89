//! Lists: how the pages of a call follow each other, and where their items are.

use proc_macro2::TokenStream;
use quote::quote;

use super::emitter::Emitter;
use super::imports::Imports;
use super::operations::Call;
use super::tokens::string;
use crate::ir::{Operation, Paging, PagingKind, Struct, Type, TypeDef, TypeKind};
use crate::load::pointer;

impl Emitter<'_> {
    /// Whether an operation is one page of a list.
    pub(super) fn is_paged(&self, operation: &Operation) -> bool {
        let path = operation.paging.as_ref().zip(operation.answer());
        path.is_some_and(|(paging, content)| self.items(&content.ty, &paging.items).is_some())
    }

    /// The `Paged` of an operation that is one page of a list.
    pub(super) fn paged_impl(&self, call: &Call<'_>, imports: &Imports) -> Option<TokenStream> {
        let paging = call.operation.paging.as_ref()?;
        let items = self.items(&call.operation.answer()?.ty, &paging.items)?;
        let ty = super::tokens::ident(&call.names.ty);
        let (paged, paging_type) = (imports.runtime("Paged"), imports.runtime("Paging"));
        let (item, page) = (self.ty(&paging.item, imports), self.output(call, imports));
        let rule = rule(paging);
        Some(quote! {
            impl #paged for #ty {
                type Item = #item;
                const PAGING: #paging_type = #paging_type::#rule;
                fn items(page: #page) -> Vec<#item> { #items }
            }
        })
    }

    /// The items of a page, as an expression of `page`; `None` when Rust has another type on the way.
    fn items(&self, answer: &Type, path: &str) -> Option<TokenStream> {
        let (mut ty, mut value, mut is_option) = (self.resolve(answer), quote!(page), false);
        for name in pointer::tokens(path) {
            let (def, body) = self.page_body(ty)?;
            let (field, field_type, options) = self.read_field(def, body, &name)?;
            // A value that may be null in two ways is none in both.
            let read =
                |from: TokenStream| if options == 2 { quote!(#from.#field.flatten()) } else { quote!(#from.#field) };
            value = match (is_option, options) {
                (false, _) => read(value),
                (true, 0) => {
                    let inner = read(quote!(value));
                    quote!(#value.map(|value| #inner))
                }
                (true, _) => {
                    let inner = read(quote!(value));
                    quote!(#value.and_then(|value| #inner))
                }
            };
            is_option |= options > 0;
            ty = self.resolve(field_type);
        }
        if !matches!(ty, Type::List(_)) {
            return None;
        }
        Some(if is_option { quote!(#value.unwrap_or_default()) } else { value })
    }

    /// The struct of an object, or of a page.
    fn page_body(&self, ty: &Type) -> Option<(&TypeDef, &Struct)> {
        let def = self.resolved_def(ty)?;
        match &def.kind {
            TypeKind::Struct(body) => Some((def, body)),
            TypeKind::Page(page) => {
                let def = self.api.type_def(page.of)?;
                match &def.kind {
                    TypeKind::Struct(body) => Some((def, body)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// The constructor of the rule, called.
fn rule(paging: &Paging) -> TokenStream {
    let items = string(&paging.items);
    let maybe = |pointer: &Option<String>| match pointer {
        Some(pointer) => {
            let pointer = string(pointer);
            quote!(Some(#pointer))
        }
        None => quote!(None),
    };
    match &paging.kind {
        PagingKind::Offset { offset, total, .. } => {
            let (offset, total) = (string(offset), maybe(total));
            quote!(offset(#items, #offset, #total))
        }
        PagingKind::Page { page, first, total_pages, .. } => {
            let (page, total_pages) = (string(page), maybe(total_pages));
            let first = proc_macro2::Literal::u64_unsuffixed(*first);
            quote!(page(#items, #page, #first, #total_pages))
        }
        PagingKind::Cursor { cursor, next, has_more } => {
            let (cursor, next, has_more) = (string(cursor), string(next), maybe(has_more));
            quote!(cursor(#items, #cursor, #next, #has_more))
        }
        PagingKind::LastItem { cursor, field, has_more } => {
            let (cursor, field, has_more) = (string(cursor), string(field), maybe(has_more));
            quote!(last_item(#items, #cursor, #field, #has_more))
        }
        PagingKind::Link => quote!(link(#items)),
    }
}

//! How a value is handed to a method: what the parameter's type is, and how it becomes the member's.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::emitter::Emitter;
use super::imports::Imports;
use crate::ir::{Type, TypeKind};

/// A parameter.
#[derive(Debug)]
pub(super) struct Parameter {
    /// Its type, `impl Into<Currency>`.
    pub ty: TokenStream,
    /// The member's value made of it, `currency.into()`.
    pub value: TokenStream,
}

impl Emitter<'_> {
    /// How a value of a type is handed over under a name. Callers need not convert what converts by itself.
    pub(super) fn parameter(&self, ty: &Type, name: &Ident, imports: &Imports) -> Parameter {
        match self.resolve(ty) {
            Type::List(item) => {
                let (item, converts) = self.element(item, imports);
                let value = if converts {
                    quote!(#name.into_iter().map(Into::into).collect())
                } else {
                    quote!(#name.into_iter().collect())
                };
                Parameter { ty: quote!(impl IntoIterator<Item = #item>), value }
            }
            Type::Map(member) => {
                let (member, converts) = self.element(member, imports);
                let value = if converts { quote!(value.into()) } else { quote!(value) };
                Parameter {
                    ty: quote!(impl IntoIterator<Item = (impl Into<String>, #member)>),
                    value: quote!(#name.into_iter().map(|(key, value)| (key.into(), #value)).collect()),
                }
            }
            _ => self.scalar(self.ty(ty, imports), self.converts(ty), name),
        }
    }

    /// How a value of a Rust type is handed over.
    pub(super) fn scalar(&self, ty: TokenStream, converts: bool, name: &Ident) -> Parameter {
        if converts {
            Parameter { ty: quote!(impl Into<#ty>), value: quote!(#name.into()) }
        } else {
            Parameter { ty, value: quote!(#name) }
        }
    }

    fn element(&self, ty: &Type, imports: &Imports) -> (TokenStream, bool) {
        let plain = self.ty(ty, imports);
        if self.converts(ty) { (quote!(impl Into<#plain>), true) } else { (plain, false) }
    }

    /// Whether values of other types become this one by `into()`.
    pub(super) fn converts(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::String | Type::Uri | Type::Secret | Type::Json | Type::Bytes => true,
            Type::DateTime | Type::Decimal | Type::Nullable(_) => true,
            other => self
                .def(other)
                .is_some_and(|def| matches!(def.kind, TypeKind::Id(_) | TypeKind::Enum(_) | TypeKind::Union(_))),
        }
    }
}

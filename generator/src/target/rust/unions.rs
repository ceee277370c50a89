//! One of several types: an enum that keeps what fits none of them.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::case::prose;
use super::docs::{Doc, code};
use super::emitter::Emitter;
use super::enums::variant_names;
use super::imports::Imports;
use super::tokens::{ident, string};
use crate::ir::{Type, TypeDef, TypeKind, Union, UnionStyle};

/// A member as Rust.
struct Member<'a> {
    name: Ident,
    ty: &'a Type,
    tags: &'a [String],
    /// What it holds: objects are boxed, so that no member makes all others large.
    held: TokenStream,
    /// The same without its box, as text.
    plain: String,
    boxed: bool,
}

impl Emitter<'_> {
    /// The items of a union.
    pub(super) fn union(&self, def: &TypeDef, body: &Union, imports: &Imports) -> Vec<TokenStream> {
        let name = ident(self.type_name(def.id).unwrap_or("Value"));
        let names = variant_names(body.variants.iter().map(|variant| &variant.name));
        let members: Vec<Member<'_>> = body
            .variants
            .iter()
            .zip(names)
            .map(|(variant, name)| {
                let plain = self.ty(&variant.ty, imports);
                let boxed = self.is_large(&variant.ty);
                Member {
                    name: ident(&name),
                    ty: &variant.ty,
                    tags: &variant.tags,
                    plain: plain.to_string().replace(' ', ""),
                    held: if boxed { quote!(Box<#plain>) } else { plain },
                    boxed,
                }
            })
            .collect();
        let mut items = vec![definition(def, &name, &members, imports)];
        items.push(self.decoding(&name, &body.style, &members, imports));
        items.extend(self.conversions(&name, &members, imports));
        items
    }

    pub(super) fn is_large(&self, ty: &Type) -> bool {
        self.resolved_def(ty)
            .is_some_and(|def| matches!(def.kind, TypeKind::Struct(_) | TypeKind::Page(_) | TypeKind::Union(_)))
    }

    fn decoding(&self, name: &Ident, style: &UnionStyle, members: &[Member<'_>], imports: &Imports) -> TokenStream {
        let (deserialize, deserializer) = (imports.serde("Deserialize"), imports.serde("Deserializer"));
        let raw = imports.runtime("Raw");
        let known = match style {
            UnionStyle::Discriminator { property } => discriminated(property, members),
            UnionStyle::Shape | UnionStyle::Expandable => self.by_shape(members),
        };
        quote! {
            impl<'de> #deserialize<'de> for #name {
                fn deserialize<D: #deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let raw = #raw::deserialize(deserializer)?;
                    #known
                    Ok(known.unwrap_or_else(|| Self::Unknown(raw.value())))
                }
            }
        }
    }

    /// Each member in order; an object only when it has what the member requires.
    fn by_shape(&self, members: &[Member<'_>]) -> TokenStream {
        let mut attempts = members.iter().map(|member| {
            let name = &member.name;
            match self.required_keys(member.ty) {
                Some(keys) => {
                    let keys = keys.iter().map(|key| string(key));
                    quote!(raw.read_object(&[#(#keys),*]).map(Self::#name))
                }
                None => quote!(raw.read().ok().map(Self::#name)),
            }
        });
        let first = attempts.next().unwrap_or_else(|| quote!(None));
        let rest = attempts.map(|attempt| quote!(.or_else(|| #attempt)));
        quote!(let known = #first #(#rest)*;)
    }

    /// Wire names an object of this type must have; `None` when it is no object.
    fn required_keys(&self, ty: &Type) -> Option<Vec<&str>> {
        match &self.resolved_def(ty)?.kind {
            TypeKind::Struct(body) => {
                Some(body.fields.iter().filter(|field| field.required).map(|field| field.wire_name.as_str()).collect())
            }
            TypeKind::Page(_) => Some(Vec::new()),
            _ => None,
        }
    }

    /// `From` for each type that only one member holds.
    fn conversions(&self, name: &Ident, members: &[Member<'_>], imports: &Imports) -> Vec<TokenStream> {
        let mut seen = HashSet::new();
        // A union that may be itself converts from itself already.
        let mut twice = HashSet::from([name.to_string()]);
        for member in members {
            let text = self.rust_type(member.ty).to_string();
            if !seen.insert(text.clone()) {
                twice.insert(text);
            }
        }
        let unique = members.iter().filter(|member| !twice.contains(&self.rust_type(member.ty).to_string()));
        unique
            .map(|member| {
                let variant = &member.name;
                let ty = self.ty(member.ty, imports);
                let value = if member.boxed { quote!(Box::new(value)) } else { quote!(value) };
                quote! {
                    impl From<#ty> for #name {
                        fn from(value: #ty) -> Self { Self::#variant(#value) }
                    }
                }
            })
            .collect()
    }

    /// A type behind its aliases, to compare.
    fn rust_type(&self, ty: &Type) -> TokenStream {
        self.ty(self.resolve(ty), &Imports::default())
    }
}

fn definition(def: &TypeDef, name: &Ident, members: &[Member<'_>], imports: &Imports) -> TokenStream {
    let (serialize, value) = (imports.serde("Serialize"), imports.json("Value"));
    let docs = Doc::new(&def.doc, &format!("{}.", prose(&def.name))).attributes();
    let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
    let variants = members.iter().map(|Member { name, held, tags, plain, .. }| {
        let tags: Vec<String> = tags.iter().map(|tag| code(tag)).collect();
        let text = match plain.as_str() {
            _ if !tags.is_empty() => tags.join(" or "),
            path if path.chars().all(|c| c.is_ascii_alphanumeric()) => format!("[`{path}`]"),
            other => code(other),
        };
        let docs = Doc::new("", &format!("{text}.")).attributes();
        quote!(#docs #name(#held))
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, #serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants,)*
            #[doc = " A value this version of the crate does not know."]
            Unknown(#value),
        }
    }
}

fn discriminated(property: &str, members: &[Member<'_>]) -> TokenStream {
    let property = string(property);
    let mut seen = HashSet::new();
    let arms = members.iter().filter_map(|member| {
        let tags: Vec<_> = member.tags.iter().filter(|tag| seen.insert(tag.as_str())).map(|tag| string(tag)).collect();
        let name = &member.name;
        (!tags.is_empty()).then(|| quote!(Some(#(#tags)|*) => raw.read().ok().map(Self::#name)))
    });
    quote! {
        let known = match raw.tag(#property).as_deref() {
            #(#arms,)*
            _ => None,
        };
    }
}

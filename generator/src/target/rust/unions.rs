//! One of several types: an enum that keeps what fits none of them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};

use super::docs::{Doc, code};
use super::emitter::Emitter;
use super::enums::variant_names;
use super::imports::Imports;
use super::tokens::{ident, index, integer, string};
use crate::ir::{Field, Literal, Struct, Type, TypeDef, TypeKind, Union, UnionStyle, UnionVariant};
use crate::maps::HashSet;

/// Unions in each other that are looked through.
const DEEPEST: u8 = 4;

/// A member as Rust.
pub(super) struct Member<'a> {
    pub(super) name: Ident,
    pub(super) ty: &'a Type,
    tags: &'a [String],
    /// What it holds: objects are boxed, so that no member makes all others large.
    pub(super) held: TokenStream,
    /// The same without its box, as text.
    plain: String,
    boxed: bool,
    /// It would keep its tag among the properties it does not know, and is written with it anyway.
    sheds_tag: bool,
}

impl Emitter<'_> {
    /// The items of a union.
    pub(super) fn union(&self, def: &TypeDef, body: &Union, imports: &Imports) -> Vec<TokenStream> {
        let name = ident(self.type_name(def.id).unwrap_or("Value"));
        let written = self.written_tag(def, body);
        let members = self.union_members(body, written, imports);
        let writes_tags = written.is_some();
        let mut items = vec![definition(def, &self.def_doc(def), &name, &members, writes_tags, imports)];
        items.extend(written.map(|property| encoding(&name, property, &members, imports)));
        items.push(self.decoding(&name, &body.style, &members, imports));
        items.extend(self.conversions(&name, &members, imports));
        items
    }

    /// The property that says which member a value is, where the union writes it.
    fn written_tag<'b>(&self, def: &TypeDef, body: &'b Union) -> Option<&'b str> {
        match &body.style {
            UnionStyle::Discriminator { property } if self.writes_tags(def, body) => Some(property),
            _ => None,
        }
    }

    /// The members of a union.
    pub(super) fn union_members<'b>(
        &self,
        body: &'b Union,
        written: Option<&str>,
        imports: &Imports,
    ) -> Vec<Member<'b>> {
        let names = variant_names(body.variants.iter().map(|variant| &variant.name));
        let member = |(variant, name): (&'b UnionVariant, String)| {
            let plain = self.ty(&variant.ty, imports);
            let boxed = self.is_large(&variant.ty);
            Member {
                name: ident(&name),
                ty: &variant.ty,
                tags: &variant.tags,
                plain: plain.to_string().replace(' ', ""),
                held: if boxed { quote!(Box<#plain>) } else { plain },
                boxed,
                sheds_tag: written.is_some_and(|property| self.sheds_tag(variant, property)),
            }
        };
        body.variants.iter().zip(names).map(member).collect()
    }

    /// Whether the one tag of a variant would be a property that it does not know.
    fn sheds_tag(&self, variant: &UnionVariant, property: &str) -> bool {
        let kind = self.resolved_def(&variant.ty).map(|def| &def.kind);
        let Some(TypeKind::Struct(body)) = kind else { return false };
        let is_unknown = body.extra.is_some() && body.fields.iter().all(|field| field.wire_name != property);
        is_unknown && variant.tags.len() == 1
    }

    pub(super) fn is_large(&self, ty: &Type) -> bool {
        self.resolved_def(ty)
            .is_some_and(|def| matches!(def.kind, TypeKind::Struct(_) | TypeKind::Page(_) | TypeKind::Union(_)))
    }

    fn decoding(&self, name: &Ident, style: &UnionStyle, members: &[Member<'_>], imports: &Imports) -> TokenStream {
        let (deserialize, deserializer) = (imports.serde("Deserialize"), imports.serde("Deserializer"));
        let raw = imports.runtime("Raw");
        let (described, known) = match style {
            UnionStyle::Discriminator { property } => (None, discriminated(property, members)),
            UnionStyle::Shape | UnionStyle::Expandable => self.by_shape(members, imports),
        };
        quote! {
            impl<'de> #deserialize<'de> for #name {
                fn deserialize<D: #deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    #described
                    let raw = #raw::deserialize(deserializer)?;
                    #known
                    Ok(known.unwrap_or_else(|| Self::Unknown(raw.value())))
                }
            }
        }
    }

    /// Objects by their properties, which are described first, then everything else in order.
    fn by_shape(&self, members: &[Member<'_>], imports: &Imports) -> (Option<TokenStream>, TokenStream) {
        let (mut descriptions, mut arms, mut attempts) = (Vec::new(), Vec::new(), Vec::new());
        let mut members: Vec<&Member<'_>> = members.iter().collect();
        members.sort_by_key(|member| self.generality(member.ty));
        for member in members {
            let name = &member.name;
            let own = self.all_described(member.ty, imports, DEEPEST);
            let is_union = self.union_of(member.ty).is_some();
            if own.is_empty() || is_union {
                attempts.push(quote!(raw.read().ok().map(Self::#name)));
            }
            if !own.is_empty() {
                let positions = (descriptions.len()..descriptions.len() + own.len()).map(index);
                arms.push(quote!(#(#positions)|* => raw.read().ok().map(Self::#name)));
                descriptions.extend(own);
            }
        }
        let objects = (!arms.is_empty()).then(|| {
            let member = imports.runtime("Member");
            let described = quote!(const MEMBERS: &[#member] = &[#(#descriptions),*];);
            let read = quote!(raw.fitting(MEMBERS).find_map(|member| match member { #(#arms,)* _ => None }));
            (described, read)
        });
        let (described, objects) = objects.unzip();
        let mut attempts = objects.into_iter().chain(attempts);
        let first = attempts.next().unwrap_or_else(|| quote!(None));
        let rest = attempts.map(|attempt| quote!(.or_else(|| #attempt)));
        (described, quote!(let known = #first #(#rest)*;))
    }

    /// What the objects say that a type may be: a union is told apart by those of its own members.
    fn all_described(&self, ty: &Type, imports: &Imports, depth: u8) -> Vec<TokenStream> {
        match (self.union_of(ty), depth.checked_sub(1)) {
            (None, _) => self.described(ty, imports).into_iter().collect(),
            (Some(union), Some(depth)) => {
                union.variants.iter().flat_map(|variant| self.all_described(&variant.ty, imports, depth)).collect()
            }
            (Some(_), None) => Vec::new(),
        }
    }

    fn union_of(&self, ty: &Type) -> Option<&Union> {
        match &self.resolved_def(ty)?.kind {
            TypeKind::Union(union) => Some(union),
            _ => None,
        }
    }

    /// How many other members' values one would take: the most particular one is tried first, and a union, which takes any
    /// value, last.
    fn generality(&self, ty: &Type) -> u8 {
        match (self.resolve(ty), self.resolved_def(ty).map(|def| &def.kind)) {
            (Type::Date | Type::DateTime | Type::Uuid | Type::Int { .. }, _) => 0,
            (Type::Float { .. } | Type::Decimal, _) => 1,
            (Type::Bytes, _) | (_, Some(TypeKind::Enum(_) | TypeKind::Id(_))) => 2,
            (Type::String | Type::Uri | Type::Secret, _) => 3,
            (Type::Json, _) => 4,
            (_, Some(TypeKind::Union(_))) => 5,
            _ => 0,
        }
    }

    /// What an object, or a list of objects, says of its properties; `None` when it is neither.
    fn described(&self, ty: &Type, imports: &Imports) -> Option<TokenStream> {
        let (ty, constructor) = match self.resolve(ty) {
            Type::List(item) => (self.resolve(item), ident("list")),
            other => (other, ident("object")),
        };
        let open = quote!(.open());
        let body = match (ty, self.def(ty).map(|def| &def.kind)) {
            (_, Some(TypeKind::Struct(body))) => Some(body),
            (Type::Map(_), _) | (_, Some(TypeKind::Page(_))) => None,
            _ => return None,
        };
        let member = imports.runtime("Member");
        let Some(body) = body else { return Some(quote!(#member::#constructor(&[], &[])#open)) };
        let required = body.fields.iter().filter(|field| field.required).map(|field| string(&field.wire_name));
        let known = body.fields.iter().map(|field| string(&field.wire_name));
        let always = same(body, "always", |constant| match constant {
            Literal::String(text) => Some(string(text).into_token_stream()),
            _ => None,
        });
        let always_number = same(body, "always_number", |constant| match constant {
            Literal::Number(text) => integer(text),
            _ => None,
        });
        let open = body.extra.is_some().then_some(open);
        Some(quote!(#member::#constructor(&[#(#required),*], &[#(#known),*])#always #always_number #open))
    }

    /// Whether members are sent that do not say themselves which one they are.
    fn writes_tags(&self, def: &TypeDef, body: &Union) -> bool {
        let UnionStyle::Discriminator { property } = &body.style else { return false };
        // What only answers hold came with its property, and keeps it where there is a field for it.
        let is_sent = def.usage.request;
        let says_itself = |ty: &Type| match self.resolved_def(ty).map(|def| &def.kind) {
            Some(TypeKind::Struct(body)) => body.fields.iter().any(|field| {
                field.wire_name == *property && (!is_sent || (field.required && field.constant.is_some()))
            }),
            _ => false,
        };
        !body.variants.iter().all(|variant| says_itself(&variant.ty))
    }

    /// The members whose type no other member has: values of it convert by themselves.
    pub(super) fn convertible<'m, 'b>(&self, name: &Ident, members: &'m [Member<'b>]) -> Vec<&'m Member<'b>> {
        let texts: Vec<String> = members.iter().map(|member| self.rust_type(member.ty).to_string()).collect();
        let mut seen = HashSet::default();
        // A union that may be itself converts from itself already.
        let mut twice = HashSet::from_iter([name.to_string()]);
        for text in &texts {
            if !seen.insert(text) {
                twice.insert(text.clone());
            }
        }
        members.iter().zip(&texts).filter(|(_, text)| !twice.contains(*text)).map(|(member, _)| member).collect()
    }

    /// Whether a borrowed text is a value of a type too.
    pub(super) fn holds_text(&self, ty: &Type) -> bool {
        matches!(self.resolve(ty), Type::String | Type::Uri)
    }

    /// `From` for each type that only one member holds.
    fn conversions(&self, name: &Ident, members: &[Member<'_>], imports: &Imports) -> Vec<TokenStream> {
        self.convertible(name, members)
            .into_iter()
            .map(|member| {
                let variant = &member.name;
                let ty = self.ty(member.ty, imports);
                let value = if member.boxed { quote!(Box::new(value)) } else { quote!(value) };
                let borrowed = self.holds_text(member.ty).then(|| {
                    quote! {
                        impl From<&str> for #name {
                            fn from(value: &str) -> Self { Self::#variant(value.to_owned()) }
                        }
                    }
                });
                quote! {
                    impl From<#ty> for #name {
                        fn from(value: #ty) -> Self { Self::#variant(#value) }
                    }
                    #borrowed
                }
            })
            .collect()
    }

    /// A type behind its aliases, to compare.
    fn rust_type(&self, ty: &Type) -> TokenStream {
        self.ty(self.resolve(ty), &Imports::unasked())
    }
}

fn definition(
    def: &TypeDef,
    doc: &Doc,
    name: &Ident,
    members: &[Member<'_>],
    writes_tags: bool,
    imports: &Imports,
) -> TokenStream {
    let (serialize, value) = (imports.serde("Serialize"), imports.json("Value"));
    let derived = (!writes_tags).then(|| quote!(, #serialize));
    let untagged = (!writes_tags).then(|| quote!(#[serde(untagged)]));
    let docs = doc.attributes();
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
        #[derive(Clone, Debug, PartialEq #derived)]
        #untagged
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants,)*
            #[doc = " A value this version of the crate does not know."]
            Unknown(#value),
        }
    }
}

/// Each member with the text that says which one it is.
fn encoding(name: &Ident, property: &str, members: &[Member<'_>], imports: &Imports) -> TokenStream {
    let (serialize, serializer) = (imports.serde("Serialize"), imports.serde("Serializer"));
    let tagged = imports.runtime("tagged");
    let property = string(property);
    let arms = members.iter().map(|member| {
        let variant = &member.name;
        match member.tags.first().map(|tag| string(tag)) {
            Some(tag) => quote!(Self::#variant(value) => #tagged(serializer, #property, #tag, value)),
            None => quote!(Self::#variant(value) => value.serialize(serializer)),
        }
    });
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms,)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
    }
}

fn discriminated(property: &str, members: &[Member<'_>]) -> TokenStream {
    let property = string(property);
    let mut seen = HashSet::default();
    let arms = members.iter().filter_map(|member| {
        let tags: Vec<_> = member.tags.iter().filter(|tag| seen.insert(tag.as_str())).map(|tag| string(tag)).collect();
        let name = &member.name;
        let raw = if member.sheds_tag { quote!(raw.without(#property)) } else { quote!(raw) };
        (!tags.is_empty()).then(|| quote!(Some(#(#tags)|*) => #raw.read().ok().map(Self::#name)))
    });
    quote! {
        let known = match raw.tag(#property).as_deref() {
            #(#arms,)*
            _ => None,
        };
    }
}

/// What a member says of the properties that have one value, for the method that is told.
fn same(body: &Struct, method: &str, value: impl Fn(&Literal) -> Option<TokenStream>) -> Option<TokenStream> {
    let method = ident(method);
    let pair = |field: &Field| {
        let (name, value) = (string(&field.wire_name), value(field.constant.as_ref()?)?);
        Some(quote!((#name, #value)))
    };
    let pairs: Vec<TokenStream> = body.fields.iter().filter_map(pair).collect();
    (!pairs.is_empty()).then(|| quote!(.#method(&[#(#pairs),*])))
}

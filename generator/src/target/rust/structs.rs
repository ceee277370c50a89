//! Objects: a struct, its constructor and setters when requests carry it, and what its pages and ids offer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::case::{Candidate, Scope, prose, snake};
use super::docs::{self, Doc, Facts, code};
use super::emitter::Emitter;
use super::imports::Imports;
use super::pass::Parameter;
use super::struct_traits::page_iteration;
use super::tokens::{self, ident, string};
use crate::ir::{Access, Field, Literal, Struct, Type, TypeDef, Usage};

/// Most parameters of a function before clippy objects.
const MOST_PARAMETERS: usize = 7;

/// How a field deals with a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Always there.
    Given,
    /// Must be sent; missing and null become the empty value.
    GivenOrEmpty,
    /// `Option` that must be sent and may be missing in an answer.
    Asked,
    /// Missing and null become the empty value.
    OrEmpty,
    /// `Option`, left out when `None`.
    Optional,
    /// `Option`, sent as null when `None`.
    Nullable,
    /// `Option<Option>`: `None` is left out, `Some(None)` is null.
    Double,
}

impl Presence {
    /// Whether whoever builds the object must say something of it.
    pub(super) fn is_argument(self) -> bool {
        matches!(self, Self::Given | Self::GivenOrEmpty | Self::Asked | Self::Nullable)
    }
}

/// A field as Rust.
pub(super) struct Member<'a> {
    pub(super) field: &'a Field,
    pub(super) name: Ident,
    pub(super) presence: Presence,
    /// The one value it has, as an owned expression.
    pub(super) constant: Option<TokenStream>,
    /// True for the list a page is generic over.
    pub(super) items: bool,
}

impl Member<'_> {
    /// Whether `new` takes it.
    pub(super) fn is_given(&self) -> bool {
        self.presence.is_argument() && self.constant.is_none()
    }

    /// Whether it has a setter.
    fn is_settable(&self) -> bool {
        let is_left_out = !self.presence.is_argument() && self.constant.is_none();
        is_left_out && self.field.access != Access::ReadOnly && !self.items
    }
}

impl Emitter<'_> {
    /// The items of a struct.
    pub(super) fn structure(&self, def: &TypeDef, body: &Struct, imports: &Imports) -> Vec<TokenStream> {
        let (members, extra) = self.parts_of(def, body, imports);
        let mut items = vec![self.definition(def, &members, extra.as_ref(), imports)];
        let name = self.name_of(def);
        if def.usage.request {
            items.extend(self.builder(&name, &members, extra.as_ref().map(|(name, _)| name), imports));
        }
        if let Some(member) = members.iter().find(|member| member.items) {
            items.extend(page_iteration(&name, &member.name, imports));
        }
        if let Some(id) = self.expands.get(&(def.id.0 as usize)) {
            let own = body.id_field.and_then(|at| members.get(at));
            let typed = id.and_then(|id| self.type_name(id));
            items.push(self.expands_impl(&name, own, typed, imports));
        }
        items
    }

    /// The members of a struct, and the one for properties that none of them is: its name and its type.
    pub(super) fn parts_of<'f>(
        &self,
        def: &TypeDef,
        body: &'f Struct,
        imports: &Imports,
    ) -> (Vec<Member<'f>>, Option<(Ident, TokenStream)>) {
        let mut names = Scope::with(&["new"]);
        let members = self.members(def, body, &mut names);
        let extra = body.extra.as_ref().map(|ty| {
            let wanted = names.claim("extra", "extra_fields");
            (ident(&wanted), self.ty(&Type::Map(Box::new(ty.clone())), imports))
        });
        (members, extra)
    }

    fn members<'f>(&self, def: &TypeDef, body: &'f Struct, names: &mut Scope) -> Vec<Member<'f>> {
        let candidates: Vec<_> = body.fields.iter().map(|field| Candidate::member(&field.name)).collect();
        let named = body.fields.iter().zip(names.claim_all(&candidates)).enumerate();
        named
            .map(|(at, (field, name))| self.member(field, ident(&name), def.usage, body.page_items == Some(at)))
            .collect()
    }

    /// A field as Rust reads it: its name, its type, and how many `Option`s are around that.
    pub(super) fn read_field<'f>(
        &self,
        def: &TypeDef,
        body: &'f Struct,
        wire_name: &str,
    ) -> Option<(Ident, &'f Type, usize)> {
        let members = self.members(def, body, &mut Scope::with(&["new"]));
        let member = members.into_iter().find(|member| member.field.wire_name == wire_name)?;
        let options = match member.presence {
            Presence::Given | Presence::GivenOrEmpty | Presence::OrEmpty => 0,
            Presence::Optional | Presence::Nullable | Presence::Asked => 1,
            Presence::Double => 2,
        };
        Some((member.name, undressed(&member.field.ty), options))
    }

    fn name_of(&self, def: &TypeDef) -> Ident {
        ident(self.type_name(def.id).unwrap_or("Value"))
    }

    fn member<'f>(&self, field: &'f Field, name: Ident, usage: Usage, items: bool) -> Member<'f> {
        // What may be left out is not sent unasked, even where it has one value only.
        let is_set = usage.request && field.required && field.access != Access::ReadOnly;
        let constant = field.constant.as_ref().filter(|_| is_set).and_then(|value| self.owned(value, &field.ty));
        let presence = if items { Presence::OrEmpty } else { self.presence(field, usage) };
        Member { field, name, presence, constant, items }
    }

    fn presence(&self, field: &Field, usage: Usage) -> Presence {
        let required = field.required && !field.nullable;
        if !usage.request {
            let empty = required && !field.boxed && self.has_empty(&field.ty);
            return if empty { Presence::OrEmpty } else { Presence::Optional };
        }
        let one_way = match field.access {
            Access::ReadWrite => false,
            Access::ReadOnly => true,
            Access::WriteOnly => usage.response,
        };
        let is_sent = field.access != Access::ReadOnly;
        let says_null = field.nullable && is_sent && *self.resolve(undressed(&field.ty)) != Type::Json;
        let has_empty = || !field.boxed && self.has_empty(&field.ty);
        if required && !one_way {
            match usage.response {
                false => Presence::Given,
                true if has_empty() => Presence::GivenOrEmpty,
                true => Presence::Asked,
            }
        } else if field.required && says_null && !one_way {
            Presence::Nullable
        } else if says_null {
            Presence::Double
        } else {
            Presence::Optional
        }
    }

    /// A constant as a value of the field's type; `None` when the two do not fit.
    fn owned(&self, value: &Literal, ty: &Type) -> Option<TokenStream> {
        let plain = tokens::constant(value)?;
        match (value, self.resolve(ty)) {
            (Literal::Bool(_), Type::Bool) => Some(plain),
            (Literal::Number(text), Type::Int { .. }) => tokens::integer(text),
            (Literal::Number(text), Type::Float { .. }) => tokens::float(text),
            (Literal::String(_), Type::String | Type::Uri) => Some(quote!(#plain.to_owned())),
            (_, other) => {
                let converts = matches!(self.def(other).map(|def| &def.kind), Some(crate::ir::TypeKind::Enum(_)));
                converts.then(|| quote!(#plain.into()))
            }
        }
    }

    fn definition(
        &self,
        def: &TypeDef,
        members: &[Member<'_>],
        extra: Option<&(Ident, TokenStream)>,
        imports: &Imports,
    ) -> TokenStream {
        let name = self.name_of(def);
        let docs = self.def_doc(def).attributes();
        let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
        let (serialize, deserialize) = (imports.serde("Serialize"), imports.serde("Deserialize"));
        let generic = members.iter().any(|member| member.items);
        let default = has_default(members) && !generic;
        let default = default.then(|| quote!(Default,));
        let (parameters, bound) = if generic {
            let bound = string("T: Deserialize<'de>");
            (Some(quote!(<T>)), Some(quote!(#[serde(bound(deserialize = #bound))])))
        } else {
            (None, None)
        };
        let fields = members.iter().map(|member| self.field(member, def.usage.request, imports));
        let extra = extra.map(|(name, ty)| {
            quote! {
                #[doc = " Properties beside those above."]
                #[serde(flatten)]
                pub #name: #ty,
            }
        });
        quote! {
            #docs
            #[derive(Clone, Debug, #default PartialEq, #serialize, #deserialize)]
            #bound
            #[non_exhaustive]
            #deprecated
            pub struct #name #parameters {
                #(#fields,)*
                #extra
            }
        }
    }

    fn field(&self, member: &Member<'_>, is_sent: bool, imports: &Imports) -> TokenStream {
        let Member { field, name, .. } = member;
        let docs = field_doc(field).linked(&self.links).attributes();
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let ty = self.member_type(member, imports);
        let mut options = Vec::new();
        if *name != field.wire_name {
            let wire_name = string(&field.wire_name);
            options.push(quote!(rename = #wire_name));
        }
        match member.presence {
            Presence::Given | Presence::Nullable => {}
            Presence::OrEmpty | Presence::GivenOrEmpty => {
                imports.runtime("de");
                options.push(quote!(default, deserialize_with = "de::or_default"));
            }
            // Untyped JSON may be null itself, which what is sent must not lose.
            Presence::Optional | Presence::Asked if is_sent && *self.resolve(&field.ty) == Type::Json => {
                imports.runtime("de");
                options.push(quote!(
                    default,
                    skip_serializing_if = "Option::is_none",
                    deserialize_with = "de::null_too"
                ));
            }
            Presence::Optional | Presence::Asked => options.push(quote!(skip_serializing_if = "Option::is_none")),
            Presence::Double => {
                imports.runtime("de");
                options.push(quote!(default, skip_serializing_if = "Option::is_none", with = "de::double"));
            }
        }
        let serde = (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]));
        quote!(#docs #serde #deprecated pub #name: #ty)
    }

    pub(super) fn member_type(&self, member: &Member<'_>, imports: &Imports) -> TokenStream {
        if member.items {
            return quote!(Vec<T>);
        }
        let plain = self.ty(undressed(&member.field.ty), imports);
        let held = if member.field.boxed { quote!(Box<#plain>) } else { plain };
        match member.presence {
            Presence::Given | Presence::GivenOrEmpty | Presence::OrEmpty => held,
            Presence::Optional | Presence::Nullable | Presence::Asked => quote!(Option<#held>),
            Presence::Double => quote!(Option<Option<#held>>),
        }
    }

    /// `new` with what must be given, and a setter for everything else.
    fn builder(
        &self,
        name: &Ident,
        members: &[Member<'_>],
        extra: Option<&Ident>,
        imports: &Imports,
    ) -> Vec<TokenStream> {
        let given: Vec<&Member<'_>> = members.iter().filter(|member| member.is_given()).collect();
        let simple = has_default(members);
        let parameters = given.iter().map(|member| {
            let (name, ty) = (&member.name, self.argument(member, imports).ty);
            quote!(#name: #ty)
        });
        let values = members.iter().map(|member| self.initial(member, imports));
        let extra_value = extra.map(|extra| quote!(#extra: Default::default(),));
        // A setter of that name hides the trait's function.
        let hidden = members.iter().any(|member| member.name == "default");
        let body = match (simple, hidden) {
            (true, false) => quote!(Self::default()),
            (true, true) => quote!(Default::default()),
            (false, _) => quote!(Self { #(#values,)* #extra_value }),
        };
        let doc = if given.is_empty() { " Everything left out." } else { " With what must be given." };
        let crowded = (given.len() > MOST_PARAMETERS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
        let generic = members.iter().any(|member| member.items);
        let setters = settable(members, extra).into_iter().flat_map(|(member, null)| {
            let null = null.map(|null| null_setter(member, &null));
            std::iter::once(self.setter(member, imports)).chain(null)
        });
        if generic {
            return Vec::new();
        }
        let mut items = vec![quote! {
            impl #name {
                #[doc = #doc]
                #crowded
                pub fn new(#(#parameters),*) -> Self { #body }
                #(#setters)*
            }
        }];
        if given.is_empty() && !simple {
            items.push(quote!(impl Default for #name { fn default() -> Self { Self::new() } }));
        }
        items
    }

    fn initial(&self, member: &Member<'_>, imports: &Imports) -> TokenStream {
        let name = &member.name;
        match (member.presence, &member.constant) {
            (Presence::Given | Presence::GivenOrEmpty, Some(value)) => quote!(#name: #value),
            (Presence::Double, Some(value)) => quote!(#name: Some(Some(#value))),
            (_, Some(value)) => quote!(#name: Some(#value)),
            (presence, None) if presence.is_argument() => {
                let value = self.argument(member, imports).value;
                if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
            }
            (Presence::OrEmpty, None) => quote!(#name: Default::default()),
            (_, None) => quote!(#name: None),
        }
    }

    /// How a member is handed to `new`.
    pub(super) fn argument(&self, member: &Member<'_>, imports: &Imports) -> Parameter {
        let (name, ty) = (&member.name, undressed(&member.field.ty));
        if member.presence == Presence::Nullable {
            let (ty, boxed) = (self.ty(ty, imports), member.field.boxed.then(|| quote!(.map(Box::new))));
            return Parameter { ty: quote!(impl Into<Option<#ty>>), value: quote!(#name.into()#boxed) };
        }
        let Parameter { ty, mut value } = self.parameter(ty, name, imports);
        if member.field.boxed {
            value = quote!(Box::new(#value));
        }
        if member.presence == Presence::Asked {
            value = quote!(Some(#value));
        }
        Parameter { ty, value }
    }

    fn setter(&self, member: &Member<'_>, imports: &Imports) -> TokenStream {
        let Member { field, name, .. } = member;
        let parameter = self.parameter(undressed(&field.ty), name, imports);
        let (ty, mut value) = (parameter.ty, parameter.value);
        if field.boxed {
            value = quote!(Box::new(#value));
        }
        if member.presence == Presence::Double {
            value = quote!(Some(#value));
        }
        let docs = field_doc(field).linked(&self.links).attributes();
        let lint = operator_lint(name);
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #[must_use]
            #lint
            #deprecated
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    }
}

pub(super) fn has_default(members: &[Member<'_>]) -> bool {
    members.iter().all(|member| !member.presence.is_argument() && member.constant.is_none())
}

/// The members with a setter, and what the one that says null is called.
pub(super) fn settable<'m, 'f>(
    members: &'m [Member<'f>],
    extra: Option<&Ident>,
) -> Vec<(&'m Member<'f>, Option<Ident>)> {
    let mut names = Scope::with(&["new"]);
    for name in members.iter().map(|member| &member.name).chain(extra) {
        names.claim(&name.to_string(), "value");
    }
    let settable = members.iter().filter(|member| member.is_settable());
    settable
        .map(|member| {
            let says_null = member.presence == Presence::Double;
            (member, says_null.then(|| null_name(&member.name, &mut names)))
        })
        .collect()
}

/// The setter that says null.
fn null_setter(member: &Member<'_>, null: &Ident) -> TokenStream {
    let name = &member.name;
    let doc = string(&null_doc(&member.field.wire_name));
    let deprecated = member.field.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #[doc = #doc]
        #[must_use]
        #deprecated
        pub fn #null(mut self) -> Self {
            self.#name = Some(None);
            self
        }
    }
}

/// What the setter that says null is called.
pub(super) fn null_name(name: &Ident, names: &mut Scope) -> Ident {
    let name = name.to_string();
    let plain = name.trim_start_matches("r#").trim_end_matches('_');
    ident(&names.claim(&format!("{plain}_null"), &format!("{plain}_as_null")))
}

/// What it does.
pub(super) fn null_doc(wire_name: &str) -> String {
    format!(" Sends null for {}, which is not the same as leaving it out.", code(wire_name))
}

/// A nullable field is an `Option` already.
pub(super) fn undressed(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}

/// Methods named like an operator's, which clippy takes for a forgotten trait.
pub(super) fn operator_lint(name: &Ident) -> Option<TokenStream> {
    const OPERATORS: &[&str] = &[
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub", "not", "neg", "cmp", "eq",
        "next", "index", "hash", "deref", "drop", "default", "borrow",
    ];
    OPERATORS.contains(&name.to_string().as_str()).then(|| quote!(#[allow(clippy::should_implement_trait)]))
}

fn field_doc(field: &Field) -> Doc {
    let fallback = if snake(&field.name) == field.wire_name {
        format!("{}.", prose(&field.name))
    } else {
        format!("{}, {} on the wire.", prose(&field.name), code(&field.wire_name))
    };
    let mut doc = Doc::new(&field.doc, &fallback);
    if let Some(value) = &field.constant {
        doc.paragraph(&docs::always(value, &field.doc));
        return doc;
    }
    let facts =
        Facts { default: field.default.as_ref(), example: field.example.as_ref(), constraints: &field.constraints };
    doc.paragraph(&facts.sentences());
    doc
}

//! What all parts of the target look things up in: the model, its names, and how a type reads in Rust.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::names::Names;
use crate::ir::{Api, EnumBase, Operation, Struct, Type, TypeDef, TypeId, TypeKind, Union, UnionStyle};
use crate::maps::HashMap;
use crate::target::GivenNames;

/// How many names a type may stand behind before it is untyped.
const LONGEST_ALIAS: usize = 64;

/// How deep lists and maps may nest before they are untyped.
const DEEPEST: usize = 16;

/// The model and its names.
#[derive(Debug)]
pub(super) struct Emitter<'a> {
    /// The model.
    pub api: &'a Api,
    /// Its names.
    pub names: Names,
    /// The crate's name in Rust code.
    pub crate_name: String,
    /// Where operations and types that a document's prose may name are, by what it calls them.
    pub links: HashMap<String, String>,
    /// Structs that may be given by their id alone, and the type of that id where it is a typed one.
    pub expands: HashMap<usize, Option<TypeId>>,
}

impl<'a> Emitter<'a> {
    /// Decides the names of a model.
    pub(super) fn new(api: &'a Api, crate_name: &str) -> Self {
        let (names, crate_name) = (Names::new(api), crate_name.to_owned());
        let mut emitter = Self { api, names, crate_name, links: HashMap::default(), expands: HashMap::default() };
        emitter.links = emitter.named().collect();
        for def in &api.types {
            let TypeKind::Union(union) = &def.kind else { continue };
            let Some((target, body)) = emitter.expandable(union) else { continue };
            let own = body.id_field.and_then(|at| body.fields.get(at)).map(|field| &field.ty);
            let listed = union.variants.first().map(|variant| &variant.ty);
            let id = emitter.typed_id(own.or(listed));
            emitter.expands.entry(target.0 as usize).or_insert(id);
        }
        emitter
    }

    fn named(&self) -> impl Iterator<Item = (String, String)> {
        let resources = self.api.resources.iter().zip(&self.names.resources);
        let operations = resources.flat_map(|(resource, names)| {
            let operations = resource.operations.iter().zip(&names.operations);
            operations.map(|(operation, own)| {
                (operation.id.clone(), format!("crate::resources::{}::{}", names.ty, own.method))
            })
        });
        // What is called otherwise in the document may be a word of its prose.
        let types = self.api.types.iter().filter(|def| self.has_own_type(def)).filter_map(|def| {
            let name = self.type_name(def.id).filter(|name| def.wire_name.as_deref() == Some(*name))?;
            Some((name.to_owned(), format!("crate::types::{name}")))
        });
        types.chain(operations)
    }

    /// What users of the crate write for operations and components.
    pub(super) fn given_names(&self) -> GivenNames {
        let mut given = GivenNames::default();
        for (resource, names) in self.api.resources.iter().zip(&self.names.resources) {
            for (operation, own) in resource.operations.iter().zip(&names.operations) {
                given.operations.insert(operation.route(), format!("{}.{}", names.accessor, own.method));
            }
        }
        for def in self.api.types.iter().filter(|def| self.has_own_type(def)) {
            if let (Some(wire_name), Some(name)) = (&def.wire_name, self.type_name(def.id)) {
                given.types.insert(wire_name.clone(), name.to_owned());
            }
        }
        given
    }

    /// The Rust name of a type that has one of its own.
    pub(super) fn type_name(&self, id: TypeId) -> Option<&str> {
        self.names.types.get(id.0 as usize).map(String::as_str)
    }

    /// A link to the method of an operation.
    pub(super) fn method_link(&self, is_it: impl Fn(&Operation) -> bool) -> Option<String> {
        let resources = self.api.resources.iter().zip(&self.names.resources);
        let mut operations = resources.flat_map(|(resource, names)| {
            resource.operations.iter().zip(&names.operations).map(move |(operation, own)| (operation, names, own))
        });
        let (_, resource, own) = operations.find(|(operation, ..)| is_it(operation))?;
        let (ty, method) = (&resource.ty, &own.method);
        Some(format!("[`{ty}::{method}`](crate::resources::{ty}::{method})"))
    }

    /// Whether Rust has a type for it: pages and expandables are written in terms of others.
    pub(super) fn has_own_type(&self, def: &TypeDef) -> bool {
        match &def.kind {
            TypeKind::Page(_) => false,
            TypeKind::Union(union) => union.style != UnionStyle::Expandable,
            _ => true,
        }
    }

    /// What a type is behind aliases.
    pub(super) fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.api.resolve(ty)
    }

    /// The definition a type refers to, aliases included.
    pub(super) fn def(&self, ty: &Type) -> Option<&'a TypeDef> {
        match ty {
            Type::Ref(id) => self.api.type_def(*id),
            _ => None,
        }
    }

    /// The definition a type refers to behind aliases.
    pub(super) fn resolved_def(&self, ty: &Type) -> Option<&'a TypeDef> {
        match self.resolve(ty) {
            Type::Ref(id) => self.api.type_def(*id),
            _ => None,
        }
    }

    /// The struct behind a union of an id and an object.
    pub(super) fn expandable(&self, union: &Union) -> Option<(TypeId, &'a Struct)> {
        if union.style != UnionStyle::Expandable {
            return None;
        }
        let Type::Ref(id) = *self.resolve(&union.variants.get(1)?.ty) else { return None };
        match &self.api.type_def(id)?.kind {
            TypeKind::Struct(body) if body.page_items.is_none() => Some((id, body)),
            _ => None,
        }
    }

    /// Whether an alias leads back to itself, through lists and maps too.
    pub(super) fn is_endless(&self, alias: &TypeDef) -> bool {
        let TypeKind::Alias { of } = &alias.kind else { return false };
        let mut ty = of;
        for _ in 0..LONGEST_ALIAS {
            match ty {
                Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => ty = inner,
                other => match self.def(other) {
                    Some(TypeDef { id, .. }) if *id == alias.id => return true,
                    Some(TypeDef { kind: TypeKind::Alias { of }, .. }) => ty = of,
                    _ => return false,
                },
            }
        }
        true
    }

    fn typed_id(&self, ty: Option<&Type>) -> Option<TypeId> {
        let def = self.resolved_def(ty?)?;
        matches!(def.kind, TypeKind::Id(_)).then_some(def.id)
    }

    /// Whether a missing value has an honest stand-in: an empty id, text, list, map, or an unknown variant.
    pub(super) fn has_empty(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::String | Type::Uri | Type::Secret | Type::Json | Type::List(_) | Type::Map(_) => true,
            other => self.def(other).is_some_and(|def| match &def.kind {
                TypeKind::Id(_) => true,
                TypeKind::Enum(body) => body.base == EnumBase::String,
                _ => false,
            }),
        }
    }

    /// The type as Rust, its names imported.
    pub(super) fn ty(&self, ty: &Type, imports: &Imports) -> TokenStream {
        self.ty_at(ty, imports, 0)
    }

    fn ty_at(&self, ty: &Type, imports: &Imports, depth: usize) -> TokenStream {
        let untyped = || {
            let value = imports.json("Value");
            quote!(#value)
        };
        let runtime = |name: &str| {
            let name = imports.runtime(name);
            quote!(#name)
        };
        if depth > DEEPEST {
            return untyped();
        }
        match ty {
            Type::Bool => quote!(bool),
            Type::Int { bits: 32, signed: true } => quote!(i32),
            Type::Int { bits: 32, signed: false } => quote!(u32),
            Type::Int { signed: true, .. } => quote!(i64),
            Type::Int { signed: false, .. } => quote!(u64),
            Type::Float { bits: 32 } => quote!(f32),
            Type::Float { .. } => quote!(f64),
            Type::String | Type::Uri => quote!(String),
            Type::Decimal => runtime("Decimal"),
            Type::Secret => runtime("Secret"),
            Type::Bytes => runtime("Base64"),
            Type::Date => runtime("Date"),
            Type::DateTime => runtime("DateTime"),
            Type::Uuid => runtime("Uuid"),
            Type::Json => untyped(),
            Type::List(item) => {
                let item = self.ty_at(item, imports, depth + 1);
                quote!(Vec<#item>)
            }
            Type::Map(value) if matches!(self.resolve(value), Type::Json) => {
                let (map, value) = (imports.json("Map"), imports.json("Value"));
                quote!(#map<String, #value>)
            }
            Type::Map(value) => {
                let map = imports.name("std::collections", "BTreeMap");
                let value = self.ty_at(value, imports, depth + 1);
                quote!(#map<String, #value>)
            }
            Type::Nullable(inner) => {
                let inner = self.ty_at(inner, imports, depth + 1);
                quote!(Option<#inner>)
            }
            Type::Ref(id) => self.reference(*id, imports, depth).unwrap_or_else(untyped),
        }
    }

    fn reference(&self, id: TypeId, imports: &Imports, depth: usize) -> Option<TokenStream> {
        match &self.api.type_def(id)?.kind {
            TypeKind::Page(page) => {
                let item = self.ty_at(&page.item, imports, depth + 1);
                let list = imports.type_name(self.type_name(page.of)?);
                Some(quote!(#list<#item>))
            }
            TypeKind::Union(union) if union.style == UnionStyle::Expandable => {
                let (target, _) = self.expandable(union)?;
                let expandable = imports.runtime("Expandable");
                let target = imports.type_name(self.type_name(target)?);
                Some(quote!(#expandable<#target>))
            }
            // A page nobody pages through: its items are untyped.
            TypeKind::Struct(body) if body.page_items.is_some() => {
                let value = imports.json("Value");
                let list = imports.type_name(self.type_name(id)?);
                Some(quote!(#list<#value>))
            }
            TypeKind::Alias { .. } if self.api.type_def(id).is_some_and(|def| self.is_endless(def)) => None,
            _ => {
                let name = imports.type_name(self.type_name(id)?);
                Some(quote!(#name))
            }
        }
    }
}

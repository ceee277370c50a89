//! `src/types/`: one file a component, with what is inlined below it.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::prose;
use super::docs::Doc;
use super::emitter::Emitter;
use super::format::Module;
use super::groups::Group;
use super::imports::{self, Imports};
use super::tokens::ident;
use crate::ir::{Type, TypeDef, TypeKind};

impl Emitter<'_> {
    /// The file of a group of types.
    pub(super) fn types_file(&self, group: &Group) -> Module {
        let defs: Vec<&TypeDef> = group.types.iter().filter_map(|&index| self.api.types.get(index)).collect();
        let local = defs.iter().filter_map(|def| self.type_name(def.id)).map(str::to_owned);
        let mut module = Module { imports: Imports::for_file_with(local), ..Module::default() };
        for def in &defs {
            module.items.extend(self.type_items(def, &module.imports));
        }
        module.docs = vec![format!("{}.", prose(&group.name))];
        module
    }

    fn type_items(&self, def: &TypeDef, imports: &Imports) -> Vec<TokenStream> {
        match &def.kind {
            TypeKind::Struct(body) => self.structure(def, body, imports),
            TypeKind::Enum(body) => self.enumeration(def, body, imports),
            TypeKind::Union(body) => self.union(def, body, imports),
            TypeKind::Id(body) => self.typed_id_items(def, body, imports),
            TypeKind::Alias { .. } => vec![self.alias(def, imports)],
            TypeKind::Page(_) => Vec::new(),
        }
    }

    /// What is said of a type.
    pub(super) fn def_doc(&self, def: &TypeDef) -> Doc {
        Doc::new(&def.doc, &format!("{}.", prose(&def.name))).linked(&self.links)
    }

    fn alias(&self, def: &TypeDef, imports: &Imports) -> TokenStream {
        let name = ident(self.type_name(def.id).unwrap_or("Value"));
        let docs = self.def_doc(def).attributes();
        let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
        let ty = self.alias_target(def, imports);
        quote!(#docs #deprecated pub type #name = #ty;)
    }

    /// What an alias stands for: nothing, when it leads back to itself.
    pub(super) fn alias_target(&self, def: &TypeDef, imports: &Imports) -> TokenStream {
        match &def.kind {
            TypeKind::Alias { of } if !self.is_endless(def) => self.ty(of, imports),
            _ => self.ty(&Type::Json, imports),
        }
    }

    /// `src/types/mod.rs`.
    pub(super) fn types_index(&self, groups: &[Group]) -> Module {
        let mut module =
            Module { docs: vec!["The objects, values and ids of the API.".to_owned()], ..Module::default() };
        module.modules = groups.iter().map(|group| format!("mod {};", group.module)).collect();
        let exports = groups.iter().map(|group| {
            let mut names: Vec<&str> =
                group.types.iter().filter_map(|&index| self.names.types.get(index)).map(String::as_str).collect();
            names.sort_unstable();
            imports::line("pub use", &format!("self::{}", group.module), &names)
        });
        module.exports.push(exports.collect());
        module
    }
}

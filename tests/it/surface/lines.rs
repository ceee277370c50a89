//! The surface as lines: one for each thing that users can name, with all of what they may rely on.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Field, Fields, Item, ItemEnum, ItemStruct, ItemTrait, TraitItem, Type, Visibility};

use super::attributes::{conditions, derives, impossible, is_hidden, marks};
use super::names::{Public, Target};
use super::rewrite::{Rewrite, one_line};
use super::tree::{Conditions, Tree};

/// What a crate shows.
#[derive(Default)]
pub(super) struct Surface {
    pub(super) lines: BTreeSet<String>,
    /// What stands in lines and has no path for users, with the first line of each.
    pub(super) unreachable: BTreeMap<String, String>,
    /// Traits without more to say, by type and by what they need.
    pub(super) traits: BTreeMap<(String, Conditions), BTreeSet<String>>,
}

/// The surface of a read crate.
pub(super) fn surface(tree: &Tree) -> Surface {
    let public = tree.public();
    let mut surface = Surface::default();
    for reached in public.modules.values().filter(|reached| !reached.path.is_empty()) {
        surface.add(&reached.path.join("::"), "mod", &reached.conditions);
    }
    for (reached, target) in &public.others {
        let path = public.path(target).unwrap_or_default().join("::");
        if path != reached.path.join("::") || matches!(target, Target::Foreign(_)) {
            surface.add(&reached.path.join("::"), &format!("use {path}"), &reached.conditions);
        }
    }
    for ((module, entry), reached) in &public.items {
        let super::tree::What::Item(item) = &tree.modules[*module].entries[*entry].what else { continue };
        let path = reached.path.join("::");
        Lines { tree, public: &public, module: *module, surface: &mut surface }.item(&path, item, &reached.conditions);
    }
    for (module, of) in tree.modules.iter().enumerate() {
        for item in of.impls.iter().filter(|item| !is_hidden(&item.attrs)) {
            Lines { tree, public: &public, module, surface: &mut surface }.implementation(item);
        }
    }
    let traits = std::mem::take(&mut surface.traits);
    for ((path, conditions), traits) in traits {
        let traits = traits.into_iter().collect::<Vec<_>>().join(" + ");
        surface.add(&path, &format!("impl {traits}"), &conditions);
    }
    surface
}

impl Surface {
    pub(super) fn add(&mut self, path: &str, what: &str, conditions: &Conditions) -> String {
        let mut line = if path.is_empty() { what.to_owned() } else { format!("{path}: {what}") };
        if !conditions.is_empty() {
            line.push_str(&format!(" [{}]", conditions.iter().cloned().collect::<Vec<_>>().join(", ")));
        }
        self.lines.insert(line.clone());
        line
    }
}

/// Writes the lines of what stands in one module.
pub(super) struct Lines<'a> {
    pub(super) tree: &'a Tree,
    pub(super) public: &'a Public,
    pub(super) module: usize,
    pub(super) surface: &'a mut Surface,
}

impl Lines<'_> {
    pub(super) fn rewrite(&self) -> Rewrite<'_> {
        Rewrite { tree: self.tree, public: self.public, module: self.module, unreachable: BTreeSet::new() }
    }

    /// An item with names in full, on one line, and what of it users cannot name.
    pub(super) fn written(&self, item: impl ToTokens) -> (String, BTreeSet<String>) {
        let tokens = item.to_token_stream();
        let shown = tokens.to_string();
        let mut item: Item = syn::parse2(tokens).unwrap_or_else(|error| panic!("{error}: {shown}"));
        let mut rewrite = self.rewrite();
        rewrite.visit_item_mut(&mut item);
        let unreachable = std::mem::take(&mut rewrite.unreachable);
        (one_line(item.to_token_stream()), unreachable)
    }

    /// A line from an item, without what stands after `end`.
    pub(super) fn declare(
        &mut self,
        path: &str,
        attributes: &[Attribute],
        item: TokenStream,
        end: &str,
        needs: &Conditions,
    ) {
        let (written, unreachable) = self.written(item);
        let written = written.strip_suffix(end).unwrap_or(&written).trim_end().trim_end_matches(',');
        self.add(path, &format!("{}{written}", marks(attributes)), needs, unreachable);
    }

    pub(super) fn add(&mut self, path: &str, what: &str, conditions: &Conditions, unreachable: BTreeSet<String>) {
        let line = self.surface.add(path, what, conditions);
        for name in unreachable {
            self.surface.unreachable.entry(name).or_insert_with(|| line.clone());
        }
    }

    /// A type, as it is written in full.
    fn type_of(&self, of: &Type) -> (String, BTreeSet<String>) {
        let (written, unreachable) = self.written(quote!(type Written = #of;));
        let written = written.strip_prefix("type Written = ").and_then(|written| written.strip_suffix(';'));
        (written.expect("a type").to_owned(), unreachable)
    }

    fn item(&mut self, path: &str, item: &Item, needs: &Conditions) {
        match item {
            Item::Const(item) => {
                let (name, of) = (&item.ident, &item.ty);
                self.declare(path, &item.attrs, quote!(const #name: #of = 0;), " = 0;", needs);
            }
            Item::Static(item) => {
                let (mutability, name, of) = (&item.mutability, &item.ident, &item.ty);
                self.declare(path, &item.attrs, quote!(static #mutability #name: #of = 0;), " = 0;", needs);
            }
            Item::Fn(item) => {
                let signature = &item.sig;
                self.declare(path, &item.attrs, quote!(#signature {}), "{}", needs);
            }
            Item::Type(item) => {
                let (name, generics, of) = (&item.ident, &item.generics, &item.ty);
                self.declare(path, &item.attrs, quote!(type #name #generics = #of;), ";", needs);
            }
            Item::Macro(item) => {
                let name = item.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                self.add(path, &format!("macro {name}!"), needs, BTreeSet::new());
            }
            Item::Struct(item) => self.structure(path, item, needs),
            Item::Enum(item) => self.enumeration(path, item, needs),
            Item::Trait(item) => self.definition(path, item, needs),
            _ => {}
        }
    }

    fn structure(&mut self, path: &str, item: &ItemStruct, needs: &Conditions) {
        let (name, generics, bounds) = (&item.ident, &item.generics, &item.generics.where_clause);
        let (written, unreachable) = self.written(quote!(struct #name #generics #bounds {}));
        let written = written.trim_end_matches("{}").trim_end();
        let private =
            item.fields.iter().any(|field| !matches!(field.vis, Visibility::Public(_)) || is_hidden(&field.attrs));
        let shape = match &item.fields {
            _ if private => " { .. }",
            Fields::Unit => ";",
            Fields::Unnamed(_) => "()",
            Fields::Named(_) => " {}",
        };
        self.add(path, &format!("{}{written}{shape}", marks(&item.attrs)), needs, unreachable);
        for (index, field) in item.fields.iter().enumerate() {
            if matches!(field.vis, Visibility::Public(_)) && !is_hidden(&field.attrs) && !impossible(&field.attrs) {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                let (of, unreachable) = self.type_of(&field.ty);
                let needs = needs.union(&conditions(&field.attrs)).cloned().collect();
                self.add(&format!("{path}::{name}"), &format!("{}{of}", marks(&field.attrs)), &needs, unreachable);
            }
        }
        self.derived(path, &item.attrs, needs);
    }

    fn enumeration(&mut self, path: &str, item: &ItemEnum, needs: &Conditions) {
        let (name, generics, bounds) = (&item.ident, &item.generics, &item.generics.where_clause);
        self.declare(path, &item.attrs, quote!(enum #name #generics #bounds {}), "{}", needs);
        for variant in item.variants.iter().filter(|variant| !is_hidden(&variant.attrs) && !impossible(&variant.attrs))
        {
            let mut unreachable = BTreeSet::new();
            let mut field = |field: &Field| {
                let (of, names) = self.type_of(&field.ty);
                unreachable.extend(names);
                field.ident.as_ref().map_or_else(|| of.clone(), |name| format!("{name}: {of}"))
            };
            let fields = variant.fields.iter().map(&mut field).collect::<Vec<_>>().join(", ");
            let fields = match variant.fields {
                Fields::Unit => String::new(),
                Fields::Unnamed(_) => format!("({fields})"),
                Fields::Named(_) => format!(" {{ {fields} }}"),
            };
            let needs = needs.union(&conditions(&variant.attrs)).cloned().collect();
            let what = format!("{}variant{fields}", marks(&variant.attrs));
            self.add(&format!("{path}::{}", variant.ident), &what, &needs, unreachable);
        }
        self.derived(path, &item.attrs, needs);
    }

    fn definition(&mut self, path: &str, item: &ItemTrait, needs: &Conditions) {
        let (safety, name, generics, bounds) =
            (&item.unsafety, &item.ident, &item.generics, &item.generics.where_clause);
        let (colon, above) = (&item.colon_token, &item.supertraits);
        self.declare(path, &item.attrs, quote!(#safety trait #name #generics #colon #above #bounds {}), "{}", needs);
        for item in &item.items {
            let (attributes, name, declared, end) = match item {
                TraitItem::Fn(item) => {
                    let signature = &item.sig;
                    // What has a body need not be written by who implements the trait.
                    let end = if item.default.is_some() { "" } else { "{}" };
                    (&item.attrs, &item.sig.ident, quote!(#signature {}), end)
                }
                TraitItem::Const(item) => {
                    let (name, of) = (&item.ident, &item.ty);
                    let end = if item.default.is_some() { "" } else { " = 0;" };
                    (&item.attrs, name, quote!(const #name: #of = 0;), end)
                }
                TraitItem::Type(item) => {
                    let (name, generics, bounds) = (&item.ident, &item.generics, &item.bounds);
                    // Written as a trait, since bounds on a type of its own would be an odd item.
                    (&item.attrs, name, quote!(trait #name #generics: #bounds {}), "{}")
                }
                other => panic!("an item of a trait that is not understood: {}", quote!(#other)),
            };
            if is_hidden(attributes) || impossible(attributes) {
                continue;
            }
            let needs = needs.union(&conditions(attributes)).cloned().collect();
            let (written, unreachable) = self.written(declared);
            let written = written.strip_suffix(end).unwrap_or(&written).trim_end().replacen("trait ", "type ", 1);
            let written = written.replace(" = 0;", " = ..;");
            self.add(&format!("{path}::{name}"), &format!("{}{written}", marks(attributes)), &needs, unreachable);
        }
    }

    fn derived(&mut self, path: &str, attributes: &[Attribute], needs: &Conditions) {
        for name in derives(attributes) {
            let mut rewrite = self.rewrite();
            let mut name = name;
            rewrite.visit_path_mut(&mut name);
            let name = short(&name);
            self.surface.traits.entry((path.to_owned(), needs.clone())).or_default().insert(name);
        }
    }
}

/// A trait's name: those of the standard library without their modules.
pub(super) fn short(path: &syn::Path) -> String {
    let standard =
        path.segments.first().is_some_and(|first| ["alloc", "core", "std"].contains(&first.ident.to_string().as_str()));
    let mut path = path.clone();
    if standard {
        path.segments = path.segments.into_iter().next_back().into_iter().collect();
    }
    let written = one_line(quote!(type Written = #path;));
    written.trim_start_matches("type Written = ").trim_end_matches(';').to_owned()
}

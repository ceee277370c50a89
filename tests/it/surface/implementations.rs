//! What `impl` adds to the surface, wherever it stands.

use std::collections::BTreeSet;

use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{GenericArgument, GenericParam, ImplItem, ItemImpl, Path, PathArguments, Type, Visibility};

use super::attributes::{conditions, impossible, is_hidden};
use super::lines::{Lines, short};
use super::names::Target;
use super::tree::Conditions;

impl Lines<'_> {
    pub(super) fn implementation(&mut self, item: &ItemImpl) {
        let mut needs = self.tree.modules[self.module].conditions.clone();
        needs.extend(conditions(&item.attrs));
        match &item.trait_ {
            None => self.methods(item, &needs),
            Some((of, _)) => self.of_trait(item, of, &needs),
        }
    }

    /// The type that is implemented, where it is one of this crate that users reach: its path, and what it needs.
    fn subject(&self, of: &Type) -> Option<(String, Conditions)> {
        let Type::Path(of) = of else { return None };
        let (Target::Item(module, entry), _) = self.rewrite().find(&of.path)? else { return None };
        let reached = self.public.items.get(&(module, entry))?;
        Some((reached.path.join("::"), reached.conditions.clone()))
    }

    fn methods(&mut self, item: &ItemImpl, needs: &Conditions) {
        let Some((_, own)) = self.subject(&item.self_ty) else { return };
        let needs: Conditions = needs.union(&own).cloned().collect();
        let of = &item.self_ty;
        let (of, _) = self.written(quote!(type Written = #of;));
        let of = of.trim_start_matches("type Written = ").trim_end_matches(';').to_owned();
        let (bounds, unnamed) = self.bounds(item);
        for item in &item.items {
            let (attributes, visibility, name, declared, end) = match item {
                ImplItem::Fn(item) => {
                    let signature = &item.sig;
                    (&item.attrs, &item.vis, &item.sig.ident, quote!(#signature {}), "{}")
                }
                ImplItem::Const(item) => {
                    let (name, of) = (&item.ident, &item.ty);
                    (&item.attrs, &item.vis, name, quote!(const #name: #of = 0;), " = 0;")
                }
                other => panic!("an item of an impl that is not understood: {}", quote!(#other)),
            };
            if !matches!(visibility, Visibility::Public(_)) || is_hidden(attributes) || impossible(attributes) {
                continue;
            }
            let (written, mut unreachable) = self.written(declared);
            unreachable.extend(unnamed.iter().cloned());
            let written = written.strip_suffix(end).unwrap_or(&written).trim_end().trim_end_matches(',');
            let needs = needs.union(&conditions(attributes)).cloned().collect();
            let what = format!("{}{written}{bounds}", super::attributes::marks(attributes));
            self.add(&format!("{of}::{name}"), &what, &needs, unreachable);
        }
    }

    /// What must hold for an `impl`, after what stands in it.
    fn bounds(&self, item: &ItemImpl) -> (String, BTreeSet<String>) {
        let bounded = item.generics.where_clause.is_some()
            || item.generics.params.iter().any(|parameter| match parameter {
                GenericParam::Type(parameter) => !parameter.bounds.is_empty(),
                GenericParam::Const(_) => true,
                GenericParam::Lifetime(parameter) => !parameter.bounds.is_empty(),
            });
        if !bounded {
            return Default::default();
        }
        let (generics, clause) = (&item.generics, &item.generics.where_clause);
        let (written, unreachable) = self.written(quote!(impl #generics () #clause {}));
        let written = written.replacen("> ()", ">", 1);
        (format!(" of {}", written.trim_end_matches("{}").trim_end().trim_end_matches(',')), unreachable)
    }

    fn of_trait(&mut self, item: &ItemImpl, of: &Path, needs: &Conditions) {
        // Nobody sees that something private has a trait, or that something has a private one.
        let mut rewrite = self.rewrite();
        let (mut of_trait, mut subject) = (of.clone(), item.self_ty.clone());
        rewrite.visit_path_mut(&mut of_trait);
        rewrite.visit_type_mut(&mut subject);
        if !rewrite.unreachable.is_empty() {
            return;
        }
        let own = self.subject(&item.self_ty);
        let mut needs = needs.clone();
        needs.extend(own.iter().flat_map(|(_, own)| own.iter().cloned()));
        let types = item.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => {
                let (name, generics, of) = (&item.ident, &item.generics, &item.ty);
                Some(quote!(type #name #generics = #of;))
            }
            _ => None,
        });
        let types: Vec<_> = types.collect();
        let plain = types.is_empty()
            && !has_arguments(&item.self_ty)
            && item.generics.params.iter().all(|parameter| matches!(parameter, GenericParam::Lifetime(_)));
        match own {
            Some((path, _)) if plain => {
                self.surface.traits.entry((path, needs)).or_default().insert(short(&without_lifetimes(of_trait)));
            }
            own => {
                let (generics, subject, clause) = (&item.generics, &item.self_ty, &item.generics.where_clause);
                let (written, unreachable) =
                    self.written(quote!(impl #generics #of for #subject #clause { #(#types)* }));
                let path = own.map(|(path, _)| path).unwrap_or_default();
                self.add(&path, written.trim_end_matches("{}").trim_end().trim_end_matches(','), &needs, unreachable);
            }
        }
    }
}

/// Whether an `impl` is for a part of a generic type only.
fn has_arguments(of: &Type) -> bool {
    matches!(of, Type::Path(of) if !without_lifetimes(of.path.clone()).segments.iter().all(|part| part.arguments.is_empty()))
}

/// `Deserialize<'de>` is derived as `Deserialize`.
fn without_lifetimes(mut path: Path) -> Path {
    if let Some(last) = path.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && arguments.args.iter().all(|argument| matches!(argument, GenericArgument::Lifetime(_)))
    {
        last.arguments = PathArguments::None;
    }
    path
}

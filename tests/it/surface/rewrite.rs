//! Writes types and signatures as users would: names in full, on one line.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Pat, Path, PathSegment, ReceiverKind, Signature, TypePath};

use super::names::{Public, Target};
use super::tree::Tree;

/// Replaces names by the paths that users reach them under.
pub(super) struct Rewrite<'a> {
    pub(super) tree: &'a Tree,
    pub(super) public: &'a Public,
    /// Where the names stand.
    pub(super) module: usize,
    /// What users cannot name.
    pub(super) unreachable: BTreeSet<String>,
}

impl Rewrite<'_> {
    /// What a path leads to, and how many of its segments.
    pub(super) fn find(&self, path: &Path) -> Option<(Target, usize)> {
        let mut segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_some() {
            segments.insert(0, "::".to_owned());
        }
        let found = self.tree.find(self.module, &segments).into_iter().next()?;
        Some((found.target, found.length - usize::from(path.leading_colon.is_some())))
    }

    fn full(&mut self, target: &Target) -> Vec<String> {
        if let Some(path) = self.public.path(target) {
            return path.to_vec();
        }
        let own = match target {
            Target::Module(module) => self.tree.modules[*module].path.clone(),
            Target::Item(module, entry) => {
                let module = &self.tree.modules[*module];
                [module.path.as_slice(), &[module.entries[*entry].name.clone()]].concat()
            }
            Target::Foreign(path) => path.clone(),
        };
        self.unreachable.insert(own.join("::"));
        [&["private".to_owned()], own.as_slice()].concat()
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let Some((target, length)) = self.find(path) else { return };
        let full = self.full(&target);
        let Some(last) = length.checked_sub(1).and_then(|last| path.segments.get(last)) else { return };
        let (arguments, rest) = (last.arguments.clone(), path.segments.iter().skip(length).cloned());
        let mut segments: Vec<PathSegment> =
            full.iter().map(|name| syn::parse_str(name).expect("a name that stood in a path")).collect();
        if let Some(last) = segments.last_mut() {
            last.arguments = arguments;
        }
        segments.extend(rest);
        path.segments = Punctuated::from_iter(segments);
        path.leading_colon = None;
    }

    fn visit_type_path_mut(&mut self, node: &mut TypePath) {
        let Some(mut of) = node.qself.take() else { return self.visit_path_mut(&mut node.path) };
        self.visit_type_mut(&mut of.ty);
        // In `<T as Trait>::Name` the trait is a path of its own.
        let mut of_trait = node.path.clone();
        of_trait.segments = node.path.segments.iter().take(of.position).cloned().collect();
        self.visit_path_mut(&mut of_trait);
        let rest = node.path.segments.iter().skip(of.position).cloned();
        of.position = of_trait.segments.len();
        node.path.segments = of_trait.segments.into_iter().chain(rest).collect();
        node.qself = Some(of);
    }

    fn visit_signature_mut(&mut self, node: &mut Signature) {
        for input in &mut node.inputs {
            match input {
                FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Value) => receiver.mutability = None,
                FnArg::Receiver(_) => {}
                FnArg::Typed(input) => {
                    if let Pat::Ident(name) = &mut *input.pat {
                        (name.by_ref, name.mutability) = (None, None);
                    }
                }
            }
        }
        visit_mut::visit_signature_mut(self, node);
    }
}

/// An item on one line, with the spaces that people are used to.
pub(super) fn one_line(item: TokenStream) -> String {
    let shown = item.to_string();
    let file: syn::File = syn::parse2(item).unwrap_or_else(|error| panic!("{error}: {shown}"));
    let mut line = String::new();
    for part in prettyplease::unparse(&file).lines().map(str::trim) {
        let closes = part.starts_with([')', '>', ']', '}']);
        if closes && line.ends_with(',') {
            line.pop();
        }
        let joined = line.is_empty() || line.ends_with(['(', '<', '[']) || part.starts_with([')', '>', ']', '.', ';']);
        if !joined {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

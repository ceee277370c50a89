//! Which file a type stands in: that of the component or operation it is named after.

use indexmap::IndexMap;

use super::case::{Candidate, Scope};
use super::emitter::Emitter;
use crate::ir::{Api, Name, Type, TypeDef, TypeKind};
use crate::maps::{HashMap, HashSet};

/// A file of types.
#[derive(Debug)]
pub(super) struct Group {
    /// Module and file stem.
    pub module: String,
    /// What it is named after.
    pub name: Name,
    /// Indices of its types, the one it is named after first.
    pub types: Vec<usize>,
}

/// What a file of types is named after.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Root {
    /// A type.
    Type(usize),
    /// An operation, by the words of its type.
    Operation(Name),
}

/// The files of types, sorted by module. Types that have no Rust type of their own are in none.
pub(super) fn groups(emitter: &Emitter<'_>) -> Vec<Group> {
    let api = emitter.api;
    let roots = Roots::new(api);
    let mut members: IndexMap<Root, Vec<usize>> = IndexMap::new();
    for (index, def) in api.types.iter().enumerate().filter(|(_, def)| emitter.has_own_type(def)) {
        let mut root = roots.of(index, def);
        if let Root::Type(component) = root
            && !api.types.get(component).is_some_and(|def| emitter.has_own_type(def))
        {
            root = Root::Type(index);
        }
        let is_root = root == Root::Type(index);
        let types = members.entry(root).or_default();
        types.insert(if is_root { 0 } else { types.len() }, index);
    }
    let names: Vec<(Name, Vec<usize>)> = members
        .into_iter()
        .filter_map(|(root, types)| match root {
            Root::Type(index) => Some((api.types.get(index)?.name.clone(), types)),
            Root::Operation(name) => Some((name, types)),
        })
        .collect();
    let candidates: Vec<_> = names.iter().map(|(name, _)| Candidate::module(name, "type")).collect();
    let modules = Scope::of_files().claim_all(&candidates);
    let groups = names.into_iter().zip(modules).map(|((name, types), module)| Group { module, name, types });
    let mut groups: Vec<Group> = groups.collect();
    groups.sort_by(|a, b| a.module.cmp(&b.module));
    groups
}

/// Finds what a type without a name of its own in the document is named after.
struct Roots<'a> {
    /// Words of components to types.
    components: HashMap<&'a [String], usize>,
    /// Words of operations' types.
    operations: HashSet<&'a [String]>,
    /// Typed ids to the struct they identify.
    owners: HashMap<usize, usize>,
}

impl<'a> Roots<'a> {
    fn new(api: &'a Api) -> Self {
        let components = api.types.iter().enumerate().filter(|(_, def)| def.wire_name.is_some());
        let mut owners = HashMap::default();
        for (index, def) in api.types.iter().enumerate() {
            if let TypeKind::Struct(body) = &def.kind {
                let field = body.id_field.and_then(|at| body.fields.get(at));
                if let Some(Type::Ref(id)) = field.map(|field| &field.ty) {
                    owners.entry(id.0 as usize).or_insert(index);
                }
            }
        }
        Self {
            components: components.map(|(index, def)| (def.name.0.as_slice(), index)).collect(),
            operations: api.operations().map(|(_, operation)| operation.type_name.0.as_slice()).collect(),
            owners,
        }
    }

    fn of(&self, index: usize, def: &TypeDef) -> Root {
        if def.wire_name.is_some() {
            return Root::Type(index);
        }
        if matches!(def.kind, TypeKind::Id(_)) {
            return Root::Type(self.owners.get(&index).copied().unwrap_or(index));
        }
        // `capability_limits_amount` is named after `capability`, `search_charges_filters` after an operation.
        for length in (1..def.name.0.len()).rev() {
            let Some(words) = def.name.0.get(..length) else { continue };
            if let Some(&component) = self.components.get(words) {
                return Root::Type(component);
            }
            if self.operations.contains(words) {
                return Root::Operation(Name(words.to_vec()));
            }
        }
        Root::Type(index)
    }
}

//! Which fields must be held behind a pointer, so that every type has a size.
//!
//! A field is boxed when its type and its owner contain each other by value, directly or through others: a property
//! of the graph, so the decision does not depend on the order in which types are met. Lists, maps and the members of
//! unions are behind a pointer already.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::ir::{Api, Type, TypeId, TypeKind};

/// Boxes the fields that close a cycle, and takes out of unions what would make them their own members.
pub(super) fn cut(api: &mut Api) {
    let group = groups(api, held);
    for def in &mut api.types {
        let own = group.get(def.id.0 as usize).copied();
        let TypeKind::Struct(body) = &mut def.kind else { continue };
        for field in &mut body.fields {
            field.boxed = value(&field.ty).is_some_and(|target| group.get(target.0 as usize).copied() == own);
        }
    }
    untangle(api);
}

/// A union that is its own member, directly or through other unions, gains no values by that, and reading it by shape
/// would never end.
fn untangle(api: &mut Api) {
    let unions: Vec<bool> = api.types.iter().map(|def| matches!(def.kind, TypeKind::Union(_))).collect();
    let group = groups(api, members);
    for def in &mut api.types {
        let own = group.get(def.id.0 as usize).copied();
        let TypeKind::Union(union) = &mut def.kind else { continue };
        union.variants.retain(|variant| {
            let target = value(&variant.ty).map(|target| target.0 as usize);
            let is_union = target.is_some_and(|target| unions.get(target).copied().unwrap_or(false));
            !(is_union && target.and_then(|target| group.get(target).copied()) == own)
        });
    }
}

/// For each type, the cycle it is in: types of one group reach each other.
fn groups(api: &Api, reaches: fn(&TypeKind) -> Vec<TypeId>) -> Vec<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(api.types.len(), 0);
    for _ in &api.types {
        graph.add_node(());
    }
    for def in &api.types {
        for target in reaches(&def.kind) {
            graph.add_edge(node(def.id), node(target), ());
        }
    }
    let mut group = vec![usize::MAX; api.types.len()];
    for (index, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            if let Some(slot) = group.get_mut(member.index()) {
                *slot = index;
            }
        }
    }
    group
}

/// Types a union is made of.
fn members(kind: &TypeKind) -> Vec<TypeId> {
    match kind {
        TypeKind::Union(union) => union.variants.iter().filter_map(|variant| value(&variant.ty)).collect(),
        _ => Vec::new(),
    }
}

/// Types a type contains by value.
fn held(kind: &TypeKind) -> Vec<TypeId> {
    match kind {
        TypeKind::Struct(body) => body.fields.iter().filter_map(|field| value(&field.ty)).collect(),
        TypeKind::Alias { of } => value(of).into_iter().collect(),
        TypeKind::Page(page) => vec![page.of],
        TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::Id(_) => Vec::new(),
    }
}

fn value(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Ref(id) => Some(*id),
        Type::Nullable(of) => value(of),
        _ => None,
    }
}

fn node(id: TypeId) -> NodeIndex {
    NodeIndex::new(id.0 as usize)
}

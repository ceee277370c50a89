//! Which fields must be held behind a pointer, so that every type has a size.
//!
//! A field is boxed when its type and its owner contain each other by value, directly or through others: a property
//! of the graph, so the decision does not depend on the order in which types are met. Lists, maps and the members of
//! unions are behind a pointer already.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::ir::{Api, Type, TypeId, TypeKind};

/// Boxes the fields that close a cycle.
pub(super) fn cut(api: &mut Api) {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(api.types.len(), 0);
    for _ in &api.types {
        graph.add_node(());
    }
    for def in &api.types {
        for target in held(&def.kind) {
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
    for def in &mut api.types {
        let own = group.get(def.id.0 as usize).copied();
        let TypeKind::Struct(body) = &mut def.kind else { continue };
        for field in &mut body.fields {
            field.boxed = value(&field.ty).is_some_and(|target| group.get(target.0 as usize).copied() == own);
        }
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

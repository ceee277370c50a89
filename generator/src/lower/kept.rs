//! What is read, changed and sent back keeps the properties that the document does not describe: without them, sending an
//! object back would take from it what a newer version of the API put there.

use crate::ir::{Api, Type, TypeId, TypeKind};
use crate::maps::HashSet;

/// Gives every named object that is sent, and every object that is one of a named union's, a place for other properties, unless
/// the document allows none.
pub(super) fn keep(api: &mut Api) {
    let members = members(api);
    let is_kept = |id: TypeId, is_named: bool| is_named || members.contains(&id);
    for def in api.types.iter_mut().filter(|def| def.usage.request && is_kept(def.id, def.wire_name.is_some())) {
        if let TypeKind::Struct(body) = &mut def.kind
            && !body.closed
            && body.page_items.is_none()
        {
            body.extra.get_or_insert(Type::Json);
        }
    }
}

/// The types that named unions choose from.
fn members(api: &Api) -> HashSet<TypeId> {
    let unions = api.types.iter().filter(|def| def.wire_name.is_some()).filter_map(|def| match &def.kind {
        TypeKind::Union(union) => Some(union),
        _ => None,
    });
    let members = unions.flat_map(|union| &union.variants).filter_map(|variant| match variant.ty {
        Type::Ref(id) => Some(id),
        _ => None,
    });
    members.collect()
}

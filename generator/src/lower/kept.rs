//! What is read, changed and sent back keeps the properties that the document does not describe: without them, sending an
//! object back would take from it what a newer version of the API put there.

use crate::ir::{Api, Type, TypeKind};

/// Gives every named object that is sent a place for other properties, unless the document allows none.
pub(super) fn keep(api: &mut Api) {
    for def in api.types.iter_mut().filter(|def| def.usage.request && def.wire_name.is_some()) {
        if let TypeKind::Struct(body) = &mut def.kind
            && !body.closed
            && body.page_items.is_none()
        {
            body.extra.get_or_insert(Type::Json);
        }
    }
}

//! An object that is one member of a union says which one: the caller need not, and cannot say another.

use crate::ir::{Api, Literal, Type, TypeId, TypeKind, UnionStyle};
use crate::maps::HashMap;

/// Makes the discriminator of an object constant, where one union tells it apart and by one value.
pub(super) fn settle(api: &mut Api) {
    let mut known: HashMap<TypeId, Option<(String, String)>> = HashMap::default();
    for def in &api.types {
        let TypeKind::Union(union) = &def.kind else { continue };
        let UnionStyle::Discriminator { property } = &union.style else { continue };
        for variant in &union.variants {
            let Type::Ref(id) = variant.ty else { continue };
            let own = match variant.tags.as_slice() {
                [only] => Some((property.clone(), only.clone())),
                _ => None,
            };
            // In two unions, or by two values, it is one thing here and another there.
            known
                .entry(id)
                .and_modify(|known| *known = known.take().filter(|known| Some(known) == own.as_ref()))
                .or_insert(own);
        }
    }
    for (id, tag) in known {
        let Some((property, tag)) = tag else { continue };
        let Some(TypeKind::Struct(body)) = api.types.get_mut(id.0 as usize).map(|def| &mut def.kind) else { continue };
        let field = body.fields.iter_mut().find(|field| field.wire_name == property);
        if let Some(field) = field.filter(|field| field.ty == Type::String && field.constant.is_none()) {
            field.constant = Some(Literal::String(tag));
        }
    }
}

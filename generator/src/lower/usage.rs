//! Which directions reach a type.

use crate::ir::{Access, Api, Type, TypeId, TypeKind, Usage};

/// Marks every type that requests or responses reach.
pub(super) fn mark(api: &mut Api) {
    let mut requests = Vec::new();
    let mut responses = Vec::new();
    for (_, operation) in api.operations() {
        requests.extend(operation.params.iter().flat_map(|param| refs(&param.ty)));
        if let Some(body) = &operation.body {
            requests.extend(refs(&body.ty));
            requests.extend(body.parts.iter().flatten().flat_map(|part| refs(&part.ty)));
        }
        let answers = operation.responses.iter().chain(&operation.errors);
        responses.extend(answers.filter_map(|answer| answer.content.as_ref()).flat_map(|content| refs(&content.ty)));
        responses.extend(operation.headers.iter().flat_map(|header| refs(&header.ty)));
        responses.extend(operation.callbacks.iter().filter_map(|callback| callback.body.as_ref()).flat_map(refs));
        responses.extend(operation.paging.iter().flat_map(|paging| refs(&paging.item)));
    }
    responses.extend(api.webhooks.iter().filter_map(|webhook| webhook.body.as_ref()).flat_map(refs));
    responses.extend(api.conventions.webhooks.iter().flat_map(|scheme| refs(&scheme.event)));
    spread(api, requests, Access::ReadOnly, |usage| &mut usage.request);
    spread(api, responses, Access::WriteOnly, |usage| &mut usage.response);
    // What nothing reaches is described all the same: users meet it in webhooks and in raw answers.
    let unreached: Vec<TypeId> =
        api.types.iter().filter(|def| def.usage == Usage::default()).map(|def| def.id).collect();
    spread(api, unreached, Access::WriteOnly, |usage| &mut usage.response);
}

fn spread(api: &mut Api, from: Vec<TypeId>, unless: Access, flag: fn(&mut Usage) -> &mut bool) {
    let mut waiting = from;
    while let Some(id) = waiting.pop() {
        let Some(def) = api.types.get_mut(id.0 as usize) else { continue };
        if std::mem::replace(flag(&mut def.usage), true) {
            continue;
        }
        match &def.kind {
            TypeKind::Struct(body) => {
                let fields = body.fields.iter().filter(|field| field.access != unless);
                waiting.extend(fields.flat_map(|field| refs(&field.ty)));
                waiting.extend(body.extra.iter().flat_map(refs));
            }
            TypeKind::Union(union) => waiting.extend(union.variants.iter().flat_map(|variant| refs(&variant.ty))),
            TypeKind::Page(page) => {
                waiting.push(page.of);
                waiting.extend(refs(&page.item));
            }
            TypeKind::Alias { of } => waiting.extend(refs(of)),
            TypeKind::Enum(_) | TypeKind::Id(_) => {}
        }
    }
}

/// The named types in a type.
fn refs(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Ref(id) => vec![*id],
        Type::List(of) | Type::Map(of) | Type::Nullable(of) => refs(of),
        _ => Vec::new(),
    }
}

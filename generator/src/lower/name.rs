//! Names, decided last and once: unique in their scope for every target's case.

use super::collect::call_words;
use super::unique::{Renamed, Slot, settle, shorten};
use super::words::name;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Api, Literal, Name, Operation, ParamPlace, Resource, TypeDef, TypeKind};
use crate::load::{Document, pointer};

/// Makes every name unique, and says which ones only a number could tell apart.
pub(super) fn decide(api: &mut Api, document: &Document, diagnostics: &mut Diagnostics) {
    let mut renamed = Vec::new();
    renamed.extend(derived(api.servers.iter_mut().map(|server| (&mut server.name, server.url.clone()))));
    for variable in api.servers.iter_mut().flat_map(|server| &mut server.variables) {
        // Variables of one name at several servers are one setting, so they are not told apart here.
        shorten(&mut variable.name.0);
        renamed.extend(derived(variable.values.iter_mut().map(|value| (&mut value.name, value.value.clone()))));
    }
    let schemes = api.auth.schemes.iter_mut().map(|scheme| Slot {
        origin: Some(document.origin(&pointer::join("/components/securitySchemes", &scheme.wire_name))),
        ..Slot::derived(&mut scheme.name, &*scheme.wire_name)
    });
    renamed.extend(settle(&mut schemes.collect::<Vec<_>>()));
    renamed.extend(derived(api.resources.iter_mut().map(|resource| {
        let text = resource.name.0.join(" ");
        (&mut resource.name, text)
    })));
    let headers = api.conventions.headers.iter_mut();
    renamed.extend(derived(headers.map(|header| (&mut header.name, header.wire_name.clone()))));
    renamed.extend(derived(api.webhooks.iter_mut().map(|webhook| {
        let text = format!("{} {}", webhook.wire_name, webhook.method);
        (&mut webhook.name, text)
    })));
    for resource in &mut api.resources {
        renamed.extend(operations(resource));
    }
    renamed.extend(types(api));
    for def in &mut api.types {
        renamed.extend(members(def));
    }
    for renamed in renamed {
        diagnostics.0.extend(report(renamed));
    }
}

fn derived<'n>(slots: impl Iterator<Item = (&'n mut Name, String)>) -> Vec<Renamed> {
    settle(&mut slots.map(|(name, text)| Slot::derived(name, text)).collect::<Vec<_>>())
}

/// The methods of a resource, and the arguments of each.
fn operations(resource: &mut Resource) -> Vec<Renamed> {
    let slots = resource.operations.iter_mut().map(|operation| Slot {
        origin: Some(operation.origin.clone()),
        ..Slot::derived(&mut operation.name, format!("{} {}", operation.path, operation.method))
    });
    let mut renamed = settle(&mut slots.collect::<Vec<_>>());
    for operation in &mut resource.operations {
        operation.id = format!("{}.{}", resource.name.0.join("_"), operation.name.0.join("_"));
        operation.type_name = name(call_words(&resource.name.0, &operation.name), "call");
        renamed.extend(arguments(operation));
        let headers = operation.headers.iter_mut();
        renamed.extend(derived(headers.map(|header| (&mut header.name, header.wire_name.clone()))));
    }
    renamed
}

/// Arguments share one scope. One that another comes before says where it travels: `id` and `body id`.
fn arguments(operation: &mut Operation) -> Vec<Renamed> {
    let placed = |place: &str, own: &Name| [vec![place.to_owned()], own.0.clone()].concat();
    let mut slots = Vec::new();
    for param in &mut operation.params {
        let (rank, place) = match param.place {
            ParamPlace::Path => (0, "path"),
            ParamPlace::Query => (1, "query"),
            ParamPlace::Header => (2, "header"),
            ParamPlace::Cookie => (3, "cookie"),
        };
        let other = placed(place, &param.name);
        slots.push(Slot::new(&mut param.name, &*param.wire_name, &param.origin).ranked(rank, other));
    }
    if let Some(body) = &mut operation.body {
        match &mut body.parts {
            Some(parts) => {
                for part in parts {
                    let other = placed("body", &part.name);
                    slots.push(Slot::new(&mut part.name, &*part.wire_name, &part.origin).ranked(4, other));
                }
            }
            None => {
                let other = placed("request", &body.name);
                slots.push(Slot::derived(&mut body.name, "body").ranked(5, other));
            }
        }
    }
    settle(&mut slots)
}

/// Components first, then the arguments of operations, then what stands inside them.
fn types(api: &mut Api) -> Vec<Renamed> {
    let mut slots: Vec<Slot<'_>> = Vec::new();
    for def in &mut api.types {
        let slot = match &def.wire_name {
            Some(wire_name) => Slot { is_type: true, ..Slot::new(&mut def.name, wire_name, &def.origin) },
            None => {
                let other = [&*def.name.0, &[kind(&def.kind).to_owned()]].concat();
                Slot {
                    origin: Some(def.origin.clone()),
                    ..Slot::derived(&mut def.name, &*def.origin.pointer).ranked(2, other)
                }
            }
        };
        slots.push(slot);
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        slots.push(Slot::derived(&mut operation.type_name, &*operation.id).ranked(1, Vec::new()));
    }
    settle(&mut slots)
}

/// What tells a type that stands inside another from a component of its name: `charge schedule object`.
fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "object",
        TypeKind::Enum(_) => "value",
        TypeKind::Union(_) => "choice",
        TypeKind::Id(_) => "key",
        TypeKind::Page(_) => "page",
        TypeKind::Alias { .. } => "alias",
    }
}

/// What stands in a type.
fn members(def: &mut TypeDef) -> Vec<Renamed> {
    let mut slots: Vec<Slot<'_>> = match &mut def.kind {
        TypeKind::Struct(body) => {
            body.fields.iter_mut().map(|field| Slot::new(&mut field.name, &*field.wire_name, &field.origin)).collect()
        }
        TypeKind::Enum(body) => {
            let variants = body.variants.iter_mut();
            variants.map(|variant| Slot::new(&mut variant.name, text(&variant.value), &def.origin)).collect()
        }
        TypeKind::Union(body) => {
            let variants = body.variants.iter_mut();
            variants.map(|variant| Slot::derived(&mut variant.name, variant.tags.join(" "))).collect()
        }
        TypeKind::Id(_) | TypeKind::Page(_) | TypeKind::Alias { .. } => return Vec::new(),
    };
    settle(&mut slots)
}

fn text(value: &Literal) -> &str {
    match value {
        Literal::String(text) | Literal::Number(text) => text,
        _ => "",
    }
}

/// A warning, for a name that the document has.
fn report(renamed: Renamed) -> Option<Diagnostic> {
    let shown = |name: &Name| name.0.join("_");
    let message = format!(
        "`{}` would be `{}`, as another name is; it is `{}`",
        renamed.text,
        shown(&renamed.wanted),
        shown(&renamed.given)
    );
    let warning = Diagnostic::warning("W055", message).at(renamed.origin?);
    Some(warning.help("the number depends on the others; give it a name of its own, as docs/names.md says"))
}

//! Where the model says that something secret stands.

use std::collections::BTreeSet;

use omise_generator::ir::{Api, Type, TypeDef, TypeKind, UnionStyle};
use serde_json::Value;

/// The pointers to secrets in a value of a type, which is called as in Rust: `types::List<types::Chain>`.
pub(super) fn secret(api: &Api, name: &str, value: &Value) -> BTreeSet<String> {
    let name = name.replace("types::", "");
    let mut found = BTreeSet::new();
    match name.strip_suffix('>').and_then(|name| name.split_once('<')) {
        None => walk(api, &Type::Ref(called(api, &name).id), value, "", &mut found),
        Some((list, item)) => {
            let (list, item) = (called(api, list), called(api, item));
            let page = api.types.iter().find(|def| match &def.kind {
                TypeKind::Page(page) => page.of == list.id && page.item == Type::Ref(item.id),
                _ => false,
            });
            walk(api, &Type::Ref(page.expect("a page").id), value, "", &mut found);
        }
    }
    found
}

fn called<'a>(api: &'a Api, name: &str) -> &'a TypeDef {
    let found = api.types.iter().find(|def| def.name.0.concat() == name.to_lowercase());
    found.unwrap_or_else(|| panic!("no type is called {name}"))
}

/// Adds the pointers to secrets in a value of a type.
pub(super) fn walk(api: &Api, ty: &Type, value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match (ty, value) {
        (Type::Secret, Value::String(_)) => drop(found.insert(at.to_owned())),
        (Type::Nullable(inner), value) => walk(api, inner, value, at, found),
        (Type::List(item), Value::Array(items)) => {
            for (position, value) in items.iter().enumerate() {
                walk(api, item, value, &format!("{at}/{position}"), found);
            }
        }
        (Type::Map(inner), Value::Object(members)) => {
            for (key, value) in members {
                walk(api, inner, value, &format!("{at}/{key}"), found);
            }
        }
        (Type::Ref(id), value) => walk_defined(api, api.type_def(*id).expect("a type"), value, at, found),
        _ => {}
    }
}

fn walk_defined(api: &Api, def: &TypeDef, value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match &def.kind {
        TypeKind::Alias { of } => walk(api, of, value, at, found),
        TypeKind::Struct(body) => {
            for field in &body.fields {
                if let Some(value) = value.get(&field.wire_name) {
                    walk(api, &field.ty, value, &format!("{at}/{}", field.wire_name), found);
                }
            }
        }
        TypeKind::Page(page) => {
            let list = api.type_def(page.of).expect("a list");
            walk_defined(api, list, value, at, found);
            let TypeKind::Struct(body) = &list.kind else { panic!("{:?} is no list", list.name) };
            let items = &body.fields[body.page_items.expect("a list has items")].wire_name;
            walk(api, &Type::List(Box::new(page.item.clone())), &value[items], &format!("{at}/{items}"), found);
        }
        TypeKind::Union(union) => {
            let UnionStyle::Discriminator { property } = &union.style else { return };
            let tag = value[property].as_str().unwrap_or_default();
            let member = union.variants.iter().find(|variant| variant.tags.iter().any(|known| known == tag));
            walk(api, &member.expect("a known member").ty, value, at, found);
        }
        TypeKind::Enum(_) | TypeKind::Id(_) => {}
    }
}

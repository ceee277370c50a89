//! The repaired tree as openapiv3 reads it, piece by piece, so that one piece that cannot be read costs only itself.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Operation, PathItem, ReferenceOr};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::grammar::{self, Kind, METHODS};
use super::origin::Origins;
use super::{codes, pointer};

/// A document as it is read.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) api: OpenAPI,
    /// Path items of 3.1's `webhooks`, by their name.
    pub(super) webhooks: IndexMap<String, PathItem>,
}

/// Reads the tree; what cannot be read is taken out of the tree too.
pub(super) fn read(tree: &mut Value, origins: &Origins, diagnostics: &mut Diagnostics) -> Typed {
    let mut reader = Reader { origins, diagnostics };
    let mut api = OpenAPI::default();
    let Some(object) = tree.as_object_mut() else { return Typed::default() };
    api.openapi = object.get("openapi").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(info) = reader.member(object, "info", "") {
        api.info = info;
    }
    api.servers = reader.member(object, "servers", "").unwrap_or_default();
    api.security = reader.member(object, "security", "");
    api.tags = reader.member(object, "tags", "").unwrap_or_default();
    api.external_docs = reader.member(object, "externalDocs", "");
    api.extensions = extensions(object);
    if let Some(Value::Object(components)) = object.get_mut("components") {
        api.components = Some(reader.components(components));
    }
    if let Some(Value::Object(paths)) = object.get_mut("paths") {
        api.paths.extensions = extensions(paths);
        let items = reader.path_items(paths, "/paths", |path| path.starts_with('/'));
        api.paths.paths = items.into_iter().map(|(path, item)| (path, ReferenceOr::Item(item))).collect();
    }
    let webhooks = match object.get_mut("webhooks") {
        Some(Value::Object(webhooks)) => reader.path_items(webhooks, "/webhooks", |name| !name.starts_with("x-")),
        _ => IndexMap::new(),
    };
    Typed { api, webhooks }
}

struct Reader<'load> {
    origins: &'load Origins,
    diagnostics: &'load mut Diagnostics,
}

impl Reader<'_> {
    /// Reads one member, or takes it out.
    fn member<T: for<'de> Deserialize<'de>>(
        &mut self,
        object: &mut Map<String, Value>,
        key: &str,
        at: &str,
    ) -> Option<T> {
        let value = object.get(key)?;
        match T::deserialize(value) {
            Ok(read) => Some(read),
            Err(error) => {
                let message = format!("`{key}` cannot be read: {error}; it is ignored");
                self.warn(codes::PIECE_LOST, &pointer::join(at, key), message);
                object.shift_remove(key);
                None
            }
        }
    }

    /// Reads the path items of a map, or takes them out.
    fn path_items(
        &mut self,
        items: &mut Map<String, Value>,
        at: &str,
        is_one: impl Fn(&str) -> bool,
    ) -> IndexMap<String, PathItem> {
        let mut read = IndexMap::new();
        let keys: Vec<String> = items.keys().filter(|key| is_one(key)).cloned().collect();
        for key in keys {
            let here = pointer::join(at, &key);
            match items.get_mut(&key).and_then(Value::as_object_mut) {
                Some(item) => {
                    read.insert(key, self.path_item(item, &here));
                }
                None => {
                    items.shift_remove(&key);
                }
            }
        }
        read
    }

    fn path_item(&mut self, object: &mut Map<String, Value>, at: &str) -> PathItem {
        let mut operations = Vec::new();
        for method in METHODS {
            let Some(value) = object.get(method) else { continue };
            match Operation::deserialize(value) {
                Ok(operation) => operations.push((method, operation)),
                Err(error) => {
                    let message = format!(
                        "the operation {} {} cannot be read and is lost: {error}",
                        method.to_uppercase(),
                        pointer::split(at).map(|(_, path)| path.into_owned()).unwrap_or_default()
                    );
                    self.warn(codes::OPERATION_LOST, &pointer::join(at, method), message);
                    object.shift_remove(method);
                }
            }
        }
        let shared = object.iter().filter(|(key, _)| !METHODS.contains(&key.as_str()));
        let shared: Map<String, Value> = shared.map(|(key, value)| (key.clone(), value.clone())).collect();
        let mut item = PathItem::deserialize(&Value::Object(shared)).unwrap_or_else(|error| {
            let message = format!("what all operations of this path share cannot be read: {error}; it is ignored");
            self.warn(codes::PIECE_LOST, at, message);
            object.retain(|key, _| METHODS.contains(&key.as_str()));
            PathItem::default()
        });
        for (method, operation) in operations {
            let place = match method {
                "get" => &mut item.get,
                "put" => &mut item.put,
                "post" => &mut item.post,
                "delete" => &mut item.delete,
                "options" => &mut item.options,
                "head" => &mut item.head,
                "patch" => &mut item.patch,
                _ => &mut item.trace,
            };
            *place = Some(operation);
        }
        item
    }

    fn components(&mut self, object: &mut Map<String, Value>) -> Components {
        Components {
            schemas: self.component(object, Kind::Schema),
            responses: self.component(object, Kind::Response),
            parameters: self.component(object, Kind::Parameter),
            examples: self.component(object, Kind::Example),
            request_bodies: self.component(object, Kind::RequestBody),
            headers: self.component(object, Kind::Header),
            security_schemes: self.component(object, Kind::SecurityScheme),
            links: self.component(object, Kind::Link),
            callbacks: self.component(object, Kind::Callback),
            extensions: extensions(object),
        }
    }

    fn component<T: for<'de> Deserialize<'de>>(
        &mut self,
        object: &mut Map<String, Value>,
        kind: Kind,
    ) -> IndexMap<String, ReferenceOr<T>> {
        let component = kind.component().unwrap_or_default();
        let at = pointer::join("/components", component);
        let Some(Value::Object(members)) = object.get_mut(component) else { return IndexMap::new() };
        let mut all = IndexMap::new();
        let mut lost = Vec::new();
        for (name, value) in members.iter_mut() {
            let here = pointer::join(&at, name);
            let read = match grammar::reference(value) {
                Some(reference) => Ok(ReferenceOr::Reference { reference: reference.to_owned() }),
                None => T::deserialize(&*value).map(ReferenceOr::Item),
            };
            let read = read.or_else(|error| {
                let message = format!("the {} `{name}` cannot be read: {error}; it is untyped", kind.noun());
                self.warn(codes::PIECE_LOST, &here, message);
                *value = untyped(kind, &error.to_string());
                T::deserialize(&*value).map(ReferenceOr::Item)
            });
            match read {
                Ok(read) => {
                    all.insert(name.clone(), read);
                }
                Err(_) => lost.push(name.clone()),
            }
        }
        for name in lost {
            members.shift_remove(&name);
        }
        all
    }

    fn warn(&mut self, code: &str, at: &str, message: String) {
        self.diagnostics.push(Diagnostic::warning(code, message).at(self.origins.resolve(at)));
    }
}

/// The least a component of a kind can be.
fn untyped(kind: Kind, reason: &str) -> Value {
    match kind {
        Kind::Schema => json!({"x-untyped": reason}),
        Kind::Response => json!({"description": "", "x-untyped": reason}),
        Kind::Header => json!({"schema": {"x-untyped": reason}}),
        _ => json!({"x-untyped": reason}),
    }
}

fn extensions(object: &Map<String, Value>) -> IndexMap<String, Value> {
    let members = object.iter().filter(|(key, _)| key.starts_with("x-"));
    members.map(|(key, value)| (key.clone(), value.clone())).collect()
}

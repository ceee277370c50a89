//! Where pages are: addresses that a name gives and that stay when other things come and go.

use std::collections::{BTreeSet, HashMap};

use super::page::Link;
use super::titles::Titles;
use crate::config::DocsConfig;
use crate::ir::{Api, Name, Type, TypeDef, TypeId, TypeKind};
use crate::target::words::{first_free, is_device, snake};

/// Longest part of an address that comes from a name.
const LONGEST: usize = 80;

/// Folders that belong to the site itself.
const OWN: [&str; 6] = ["assets", "catalogues", "changelog", "guides", "types", "webhooks"];

/// The addresses of all pages.
#[derive(Debug)]
pub(super) struct Urls {
    resources: Vec<String>,
    /// By the operation's id.
    operations: HashMap<String, Link>,
    types: HashMap<TypeId, Link>,
    /// What things are called.
    pub titles: Titles,
}

impl Urls {
    pub(super) fn new(api: &Api, titles: Titles) -> Self {
        let mut urls = Self { resources: Vec::new(), operations: HashMap::new(), types: HashMap::new(), titles };
        let mut taken: BTreeSet<String> = OWN.iter().map(|own| (*own).to_owned()).collect();
        for resource in &api.resources {
            let folder = format!("{}/", free(&mut taken, &resource.name));
            let mut inside = BTreeSet::new();
            for operation in &resource.operations {
                let path = format!("{folder}{}/", free(&mut inside, &operation.name));
                let link = Link { title: urls.titles.operation(operation), path, anchor: String::new() };
                urls.operations.insert(operation.id.clone(), link);
            }
            urls.resources.push(folder);
        }
        let mut taken = BTreeSet::new();
        for def in api.types.iter().filter(|def| has_page(def)) {
            let path = format!("types/{}/", free(&mut taken, &def.name));
            urls.types.insert(def.id, Link { title: urls.titles.of(&def.name), path, anchor: String::new() });
        }
        urls
    }

    /// The page of a resource, by its position.
    pub(super) fn resource(&self, api: &Api, at: usize) -> Link {
        let title = api.resources.get(at).map(|resource| self.titles.of(&resource.name)).unwrap_or_default();
        Link { title, path: self.resources.get(at).cloned().unwrap_or_default(), anchor: String::new() }
    }

    /// The page of an operation.
    pub(super) fn operation(&self, id: &str) -> Option<&Link> {
        self.operations.get(id)
    }

    /// The page of a type that has one.
    pub(super) fn ty(&self, id: TypeId) -> Option<&Link> {
        self.types.get(&id)
    }

    /// The place that a guide means by `op:charges.create#amount`; the error says what there is none of.
    pub(super) fn meant(&self, api: &Api, docs: &DocsConfig, target: &str) -> Result<String, String> {
        let (target, anchor) = target.split_once('#').unwrap_or((target, ""));
        let (kind, name) = target.split_once(':').unwrap_or((target, ""));
        let path = match kind {
            "op" => self.operations.get(name).map(|link| link.path.clone()),
            "resource" => {
                let at = api.resources.iter().position(|resource| snake(&resource.name) == name);
                at.and_then(|at| self.resources.get(at).cloned())
            }
            "type" => {
                let mut defs = api.types.iter().filter(|def| def.wire_name.as_deref() == Some(name));
                defs.find_map(|def| self.types.get(&def.id)).map(|link| link.path.clone())
            }
            "guide" => docs.guide_texts.contains_key(name).then(|| format!("guides/{name}/")),
            "catalogue" => docs.catalogue_tables.contains_key(name).then(|| catalogue(name)),
            _ => None,
        };
        let path = path.ok_or_else(|| format!("`{target}` leads nowhere"))?;
        let anchor = match (kind, anchor) {
            (_, "") => String::new(),
            ("op", anchor) => format!("#param-{}", slug(anchor)),
            ("type", anchor) => format!("#field-{}", slug(anchor)),
            (_, anchor) => format!("#{}", slug(anchor)),
        };
        Ok(format!("{path}index.html{anchor}"))
    }
}

/// Whether a link of a guide means a place of the site.
pub(super) fn is_meant(target: &str) -> bool {
    ["op:", "resource:", "type:", "guide:", "catalogue:"].iter().any(|kind| target.starts_with(kind))
}

/// Whether a type has a page: those that the document names, and that are more than another name.
pub(super) fn has_page(def: &TypeDef) -> bool {
    def.wire_name.is_some() && matches!(def.kind, TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_))
}

/// The page that lists the named types.
pub(super) fn types() -> Link {
    Link { title: "Types".to_owned(), path: "types/".to_owned(), anchor: String::new() }
}

/// The page of what the API sends by itself.
pub(super) fn webhooks() -> Link {
    Link { title: "Webhooks".to_owned(), path: "webhooks/".to_owned(), anchor: String::new() }
}

/// The page of a catalogue.
pub(super) fn catalogue(name: &str) -> String {
    format!("catalogues/{}/", slug(name))
}

/// What is behind lists, maps and null.
pub(super) fn innermost<'t>(api: &'t Api, ty: &'t Type) -> &'t Type {
    let mut ty = api.resolve(ty);
    while let Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
        ty = api.resolve(inner);
    }
    ty
}

/// A name as a part of an address that no other has.
fn free(taken: &mut BTreeSet<String>, name: &Name) -> String {
    let stem = slug(&snake(name));
    distinct(taken, is_device(&stem), &stem)
}

/// A part of an address or an anchor that no other has: numbered from 2 on.
pub(super) fn distinct(taken: &mut BTreeSet<String>, is_taken: bool, stem: &str) -> String {
    first_free(taken, is_taken, |number| match number {
        None => stem.to_owned(),
        Some(number) => format!("{stem}-{number}"),
    })
}

/// Text as a part of an address: ASCII letters, digits and dashes.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let cut: String = out.chars().take(LONGEST).collect();
    match cut.trim_end_matches('-') {
        "" => "item".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain_and_differ() {
        assert_eq!(slug("filters[actor_email][]"), "filters-actor-email");
        assert_eq!(slug("日本"), "item");
        assert_eq!(slug("../x"), "x");
        let mut taken = BTreeSet::new();
        let name = |text: &str| Name(vec![text.to_owned()]);
        assert_eq!([free(&mut taken, &name("a")), free(&mut taken, &name("a"))], ["a", "a-2"]);
        assert_eq!(free(&mut taken, &name("con")), "con-2");
    }
}

//! Moving what a reference leads to into `components`, under a name of its own.

use serde_json::{Map, Value, json};

use crate::load::grammar::Kind;
use crate::load::{codes, pointer};
use crate::maps::{HashMap, HashSet};

use super::{LOST, Lost, ROOT, Resolver, Target};

/// Something that is to stand under `components`.
pub(super) struct Move {
    target: Target,
    kind: Kind,
    component: &'static str,
    name: String,
}

/// Keys that say how a document is built and not what a schema is called.
const STRUCTURE: [&str; 20] = [
    "components",
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "paths",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "additionalProperties",
    "content",
    "schema",
    "application/json",
    "definitions",
    "$defs",
    "requestBody",
    "examples",
];

/// Names that are taken, by kind of component.
pub(super) fn names(tree: &Value) -> HashMap<&'static str, HashSet<String>> {
    let components = [
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
    ];
    let of = |component: &str| tree.get("components")?.get(component)?.as_object();
    components
        .into_iter()
        .map(|component| (component, of(component).into_iter().flatten().map(|(name, _)| name.clone()).collect()))
        .collect()
}

/// Whether a pointer is that of a component of this kind.
pub(super) fn is_component(at: &str, kind: Kind) -> bool {
    let Some(component) = kind.component() else { return false };
    let mut tokens = pointer::tokens(at);
    tokens.next().as_deref() == Some("components")
        && tokens.next().as_deref() == Some(component)
        && tokens.next().is_some()
        && tokens.next().is_none()
}

/// Whether a pointer is that of a definition in a schema, which is written to be referred to (JSON Schema 2020-12, 8.2.4).
pub(super) fn is_definition(at: &str, kind: Kind) -> bool {
    let holder = pointer::split(at).and_then(|(parent, _)| pointer::split(parent));
    kind == Kind::Schema && holder.is_some_and(|(_, key)| key == "$defs" || key == "definitions")
}

impl Resolver<'_> {
    /// A reference to where the target will stand.
    pub(super) fn move_to_components(&mut self, target: Target, kind: Kind) -> Value {
        let component = kind.component().unwrap_or("schemas");
        let key = (target.file, target.pointer.clone(), component);
        let name = match self.moved.get(&key) {
            Some(name) => name.clone(),
            None => {
                let name = self.name(&target, component);
                self.moved.insert(key, name.clone());
                self.queue.push(Move { target, kind, component, name: name.clone() });
                name
            }
        };
        json!({"$ref": format!("#/components/{component}/{}", pointer::escape(&name))})
    }

    /// Puts what was moved in its place and resolves what it holds.
    pub(super) fn insert(&mut self, tree: &mut Value, next: Move) {
        let Move { target, kind, component, name } = next;
        let at = pointer::join(&format!("/components/{component}"), &name);
        self.record_origin(&target, &at);
        let is_content = |value: &&Value| value.is_object() || (kind == Kind::Schema && value.is_boolean());
        let content = match self.node(&target).filter(is_content).cloned() {
            Some(mut content) => {
                self.subtree(&mut content, kind, target, &at);
                content
            }
            None => {
                let text = format!("#{}", target.pointer);
                let lost = Lost::new(codes::DANGLING_REFERENCE, format!("there is no {} there", kind.noun()));
                self.degrade(&text, lost, kind, Map::new(), &at)
            }
        };
        if content.get(LOST).is_none()
            && let Some(components) = child(tree, "components").and_then(|components| child(components, component))
            && let Some(components) = components.as_object_mut()
        {
            components.insert(name, content);
        }
    }

    /// A name nobody has, after where the target stands.
    fn name(&mut self, target: &Target, component: &'static str) -> String {
        let words: Vec<String> = pointer::tokens(&target.pointer)
            .filter(|token| !STRUCTURE.contains(&token.as_ref()))
            .map(|token| clean(&token))
            .filter(|token| !token.is_empty())
            .collect();
        let stem = self.sources.get(target.file).map(|file| clean(stem(&file.name))).unwrap_or_default();
        let base = match (target.file == ROOT, words.as_slice()) {
            (_, []) => stem.clone(),
            (true, [.., before, last]) => format!("{before}_{last}"),
            (_, [.., last]) => last.clone(),
        };
        let base = if base.is_empty() { "shared".to_owned() } else { base };
        let taken = self.taken.entry(component).or_default();
        let candidates = [base.clone(), format!("{stem}_{base}")].into_iter();
        let numbered = (2_usize..).map(|number| format!("{base}_{number}"));
        let free = candidates.chain(numbered).find(|name| !taken.contains(name)).unwrap_or(base);
        taken.insert(free.clone());
        free
    }
}

fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

/// A name of the letters that component names may have.
fn clean(text: &str) -> String {
    let letters =
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '_' });
    letters.collect::<String>().trim_matches('_').to_owned()
}

/// The member of an object, made an object if it is none.
fn child<'tree>(tree: &'tree mut Value, key: &str) -> Option<&'tree mut Value> {
    let member = tree.as_object_mut()?.entry(key).or_insert_with(|| json!({}));
    if !member.is_object() {
        *member = json!({});
    }
    Some(member)
}

//! A crate's sources as modules with what stands in them, macros expanded, tests left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::{Attribute, Item, ItemImpl, ItemMacro, ItemMod, UseTree, Visibility};

use super::attributes::{conditions, impossible, is_hidden};
use super::expand::Rules;

/// Features and the like that something needs.
pub(super) type Conditions = BTreeSet<String>;

/// What an attribute list and a visibility say about who sees a thing.
pub(super) struct Seen {
    pub(super) public: bool,
    pub(super) hidden: bool,
    pub(super) conditions: Conditions,
}

impl Seen {
    fn of(attributes: &[Attribute], visibility: &Visibility) -> Self {
        Self {
            public: matches!(visibility, Visibility::Public(_)),
            hidden: is_hidden(attributes),
            conditions: conditions(attributes),
        }
    }
}

/// What a name stands for in the module that defines it.
pub(super) enum What {
    Module(usize),
    Item(Box<Item>),
}

/// A definition.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) seen: Seen,
    pub(super) what: What,
}

/// An import; without a name it brings all names there are.
pub(super) struct Import {
    pub(super) name: Option<String>,
    pub(super) path: Vec<String>,
    pub(super) seen: Seen,
}

/// A module.
#[derive(Default)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    pub(super) path: Vec<String>,
    pub(super) conditions: Conditions,
    pub(super) entries: Vec<Entry>,
    pub(super) imports: Vec<Import>,
    pub(super) impls: Vec<ItemImpl>,
}

/// All modules, the root first.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) modules: Vec<Module>,
    rules: BTreeMap<String, Rules>,
    calls: Vec<(usize, PathBuf, ItemMacro)>,
}

impl Tree {
    /// Reads a crate from its root file.
    pub(super) fn read(root: &Path) -> Self {
        let mut tree = Self::default();
        tree.modules.push(Module::default());
        let folder = root.parent().expect("a file stands in a folder");
        tree.add(0, folder, parse(root));
        // A macro may be called before the module that defines it was read.
        while let Some((module, folder, call)) = tree.calls.pop() {
            tree.expand(module, &folder, &call);
        }
        tree
    }

    /// `folder` is where the files of the module's own modules are.
    fn add(&mut self, module: usize, folder: &Path, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Mod(item) if !impossible(&item.attrs) => self.add_module(module, folder, item),
                Item::Use(item) if !impossible(&item.attrs) => {
                    let mut path = Vec::new();
                    if item.leading_colon.is_some() {
                        path.push("::".to_owned());
                    }
                    self.add_imports(module, &path, &item.tree, &|| Seen::of(&item.attrs, &item.vis));
                }
                Item::Impl(item) if !impossible(&item.attrs) => self.modules[module].impls.push(item),
                Item::Macro(item) if !impossible(&item.attrs) => self.add_macro(module, folder, item),
                item => self.add_item(module, item),
            }
        }
    }

    fn add_module(&mut self, module: usize, folder: &Path, item: ItemMod) {
        let name = item.ident.to_string();
        assert!(
            !item.attrs.iter().any(|attribute| attribute.path().is_ident("path")),
            "{name}: #[path] is not followed"
        );
        let own = folder.join(&name);
        let items = match item.content {
            Some((_, items)) => items,
            None => {
                let beside = folder.join(format!("{name}.rs"));
                parse(if beside.exists() { beside } else { own.join("mod.rs") }.as_path())
            }
        };
        let seen = Seen::of(&item.attrs, &item.vis);
        let parent = &self.modules[module];
        let child = Module {
            parent: Some(module),
            path: [parent.path.as_slice(), std::slice::from_ref(&name)].concat(),
            conditions: parent.conditions.union(&seen.conditions).cloned().collect(),
            ..Module::default()
        };
        let index = self.modules.len();
        self.modules.push(child);
        self.modules[module].entries.push(Entry { name, seen, what: What::Module(index) });
        self.add(index, &own, items);
    }

    fn add_imports(&mut self, module: usize, path: &[String], tree: &UseTree, seen: &dyn Fn() -> Seen) {
        let imports = &mut self.modules[module].imports;
        match tree {
            UseTree::Path(step) => {
                let path = [path, &[step.ident.to_string()]].concat();
                self.add_imports(module, &path, &step.tree, seen);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_imports(module, path, tree, seen)),
            UseTree::Glob(_) => imports.push(Import { name: None, path: path.to_vec(), seen: seen() }),
            UseTree::Name(name) if name.ident == "self" => {
                imports.push(Import { name: path.last().cloned(), path: path.to_vec(), seen: seen() });
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                let path = [path, std::slice::from_ref(&name)].concat();
                imports.push(Import { name: Some(name), path, seen: seen() });
            }
            UseTree::Rename(rename) => {
                let path = match rename.ident.to_string() {
                    name if name == "self" => path.to_vec(),
                    name => [path, &[name]].concat(),
                };
                imports.push(Import { name: Some(rename.rename.to_string()), path, seen: seen() });
            }
        }
    }

    fn add_macro(&mut self, module: usize, folder: &Path, item: ItemMacro) {
        let Some(name) = item.ident.as_ref().map(ToString::to_string) else {
            return self.calls.push((module, folder.to_owned(), item));
        };
        let earlier = self.rules.insert(name.clone(), Rules::read(item.mac.tokens.clone()));
        assert!(earlier.is_none(), "two macros are called {name}: which one is meant is not understood");
        let mut seen = Seen::of(&item.attrs, &Visibility::Inherited);
        seen.public = item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
        // An exported macro stands in the root, wherever it is written.
        let module = if seen.public { 0 } else { module };
        self.modules[module].entries.push(Entry { name, seen, what: What::Item(Box::new(Item::Macro(item))) });
    }

    fn add_item(&mut self, module: usize, item: Item) {
        let (name, attributes, visibility) = match &item {
            Item::Const(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Enum(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Fn(item) => (&item.sig.ident, &item.attrs, &item.vis),
            Item::Static(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Struct(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Trait(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Type(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Mod(_) | Item::Use(_) | Item::Impl(_) | Item::Macro(_) => return,
            other => panic!("an item that is not understood: {}", quote::quote!(#other)),
        };
        if impossible(attributes) {
            return;
        }
        let (name, seen) = (name.to_string(), Seen::of(attributes, visibility));
        self.modules[module].entries.push(Entry { name, seen, what: What::Item(Box::new(item)) });
    }

    fn expand(&mut self, module: usize, folder: &Path, call: &ItemMacro) {
        let name = call.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        // It makes private statics.
        if name == "thread_local" {
            return;
        }
        let rules = self.rules.get(&name).unwrap_or_else(|| panic!("{name}! makes items and is defined elsewhere"));
        let tokens = rules.apply(call.mac.tokens.clone()).unwrap_or_else(|| panic!("no rule of {name}! fits a call"));
        let file: syn::File = syn::parse2(tokens).unwrap_or_else(|error| panic!("{name}! makes no items: {error}"));
        self.add(module, folder, file.items);
    }
}

fn parse(path: &Path) -> Vec<Item> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).items
}

//! What names mean inside the crate, and under which paths users reach what it defines.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::tree::{Conditions, Import, Tree, What};

/// What a path leads to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(usize),
    /// An entry of a module.
    Item(usize, usize),
    /// Something of another crate, by its path.
    Foreign(Vec<String>),
}

/// What a path leads to, what that needs, and how many segments the way there has.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) target: Target,
    pub(super) conditions: Conditions,
    pub(super) length: usize,
}

/// How users reach something.
pub(super) struct Reached {
    pub(super) path: Vec<String>,
    pub(super) conditions: Conditions,
}

/// What users reach.
#[derive(Default)]
pub(super) struct Public {
    pub(super) items: BTreeMap<(usize, usize), Reached>,
    pub(super) modules: BTreeMap<usize, Reached>,
    /// Further paths, and what other crates define.
    pub(super) others: Vec<(Reached, Target)>,
}

/// Imports that lead to themselves end.
const DEEPEST: usize = 32;

impl Tree {
    /// What a path means that is written in a module. Where features decide, there may be several answers.
    pub(super) fn find(&self, module: usize, path: &[String]) -> Vec<Found> {
        self.find_within(module, path, DEEPEST)
    }

    fn find_within(&self, module: usize, path: &[String], depth: usize) -> Vec<Found> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let start = |target| vec![Found { target, conditions: Conditions::new(), length: 1 }];
        let found = match first.as_str() {
            "::" => start(Target::Foreign(Vec::new())),
            "crate" => start(Target::Module(0)),
            "self" => start(Target::Module(module)),
            "super" => start(Target::Module(self.modules[module].parent.expect("a module above"))),
            name => self.find_name(module, name, false, depth),
        };
        rest.iter()
            .fold(found, |found, segment| found.into_iter().flat_map(|one| self.step(one, segment, depth)).collect())
    }

    /// One segment further. A variant or something associated is not followed: the path ends at its type.
    fn step(&self, from: Found, segment: &str, depth: usize) -> Vec<Found> {
        match &from.target {
            Target::Item(..) => vec![from],
            Target::Foreign(path) => {
                let target = Target::Foreign([path.as_slice(), &[segment.to_owned()]].concat());
                vec![Found { target, length: from.length + 1, ..from }]
            }
            Target::Module(module) if segment == "super" => {
                let target = Target::Module(self.modules[*module].parent.expect("a module above"));
                vec![Found { target, length: from.length + 1, ..from }]
            }
            Target::Module(module) => {
                let mut found = self.find_name(*module, segment, false, depth);
                for one in &mut found {
                    one.length = from.length + 1;
                    one.conditions.extend(from.conditions.iter().cloned());
                }
                found
            }
        }
    }

    fn find_name(&self, module: usize, name: &str, exported: bool, depth: usize) -> Vec<Found> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let this = &self.modules[module];
        let sees = |public: bool| public || !exported;
        let entries = this.entries.iter().enumerate();
        let mut found: Vec<_> = entries
            .filter(|(_, entry)| entry.name == name && sees(entry.seen.public))
            .map(|(index, entry)| {
                let (target, inside) = match entry.what {
                    What::Module(child) => (Target::Module(child), self.modules[child].conditions.clone()),
                    What::Item(_) => (Target::Item(module, index), this.conditions.clone()),
                };
                let conditions = entry.seen.conditions.union(&inside).cloned().collect();
                Found { target, conditions, length: 1 }
            })
            .collect();
        for import in this.imports.iter().filter(|import| sees(import.seen.public)) {
            if import.name.as_deref() == Some(name) {
                found.extend(self.follow(module, import, depth));
            } else if import.name.is_none() && found.is_empty() {
                let modules = self.find_within(module, &import.path, depth).into_iter();
                found.extend(modules.flat_map(|one| match one.target {
                    Target::Module(target) => self.find_name(target, name, true, depth),
                    _ => Vec::new(),
                }));
            }
        }
        found
    }

    /// What an import with a name brings.
    fn follow(&self, module: usize, import: &Import, depth: usize) -> Vec<Found> {
        // `use name;` is a crate of that name.
        let is_crate = import.path.len() == 1 && import.path.first() == import.name.as_ref();
        let mut found = if is_crate { Vec::new() } else { self.find_within(module, &import.path, depth) };
        if found.is_empty() {
            let target = Target::Foreign(import.path.clone());
            found.push(Found { target, conditions: Conditions::new(), length: 1 });
        }
        for one in &mut found {
            one.length = 1;
            one.conditions.extend(import.seen.conditions.iter().cloned());
        }
        found
    }

    /// What users reach, each thing under its shortest path.
    pub(super) fn public(&self) -> Public {
        let mut public = Public::default();
        let root = Reached { path: Vec::new(), conditions: Conditions::new() };
        public.modules.insert(0, root);
        let mut queue = VecDeque::from([0]);
        while let Some(module) = queue.pop_front() {
            let (path, conditions) = (public.modules[&module].path.clone(), public.modules[&module].conditions.clone());
            for (name, found) in self.exports(module, DEEPEST) {
                let path = [path.as_slice(), &[name]].concat();
                let conditions = conditions.union(&found.conditions).cloned().collect();
                public.reach(Reached { path, conditions }, found.target, &mut queue);
            }
        }
        public
    }

    /// What a module exports, by name.
    fn exports(&self, module: usize, depth: usize) -> Vec<(String, Found)> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let this = &self.modules[module];
        let mut names: BTreeSet<&str> = BTreeSet::new();
        names.extend(
            this.entries
                .iter()
                .filter(|entry| entry.seen.public && !entry.seen.hidden)
                .map(|entry| entry.name.as_str()),
        );
        let shown = this.imports.iter().filter(|import| import.seen.public && !import.seen.hidden);
        names.extend(shown.clone().filter_map(|import| import.name.as_deref()));
        let mut exports: Vec<_> = names
            .into_iter()
            .flat_map(|name| {
                self.find_name(module, name, true, depth).into_iter().map(|found| (name.to_owned(), found))
            })
            .filter(|(_, found)| !self.is_hidden(&found.target))
            .collect();
        for import in shown.filter(|import| import.name.is_none()) {
            for found in self.find_within(module, &import.path, depth) {
                if let Target::Module(target) = found.target {
                    exports.extend(self.exports(target, depth).into_iter().map(|(name, mut found)| {
                        found.conditions.extend(import.seen.conditions.iter().cloned());
                        (name, found)
                    }));
                }
            }
        }
        exports.sort_by(|(left, found), (right, other)| (left, &found.target).cmp(&(right, &other.target)));
        exports.dedup_by(|(left, found), (right, other)| left == right && found.target == other.target);
        exports
    }

    fn is_hidden(&self, target: &Target) -> bool {
        match target {
            Target::Item(module, entry) => self.modules[*module].entries[*entry].seen.hidden,
            _ => false,
        }
    }
}

impl Public {
    fn reach(&mut self, reached: Reached, target: Target, queue: &mut VecDeque<usize>) {
        match target {
            Target::Module(module) if !self.modules.contains_key(&module) => {
                self.modules.insert(module, reached);
                queue.push_back(module);
            }
            Target::Item(module, entry) if !self.items.contains_key(&(module, entry)) => {
                self.items.insert((module, entry), reached);
            }
            target => self.others.push((reached, target)),
        }
    }

    /// The path under which users reach something of this crate.
    pub(super) fn path<'a>(&'a self, target: &'a Target) -> Option<&'a [String]> {
        match target {
            Target::Module(module) => self.modules.get(module).map(|reached| reached.path.as_slice()),
            Target::Item(module, entry) => self.items.get(&(*module, *entry)).map(|reached| reached.path.as_slice()),
            Target::Foreign(path) => Some(path),
        }
    }
}

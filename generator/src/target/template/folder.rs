//! The folders of templates: those built in, and those that the command line gives.

use std::collections::{BTreeMap, BTreeSet};

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Its description, in a language's folder.
pub(super) const DESCRIPTION: &str = "target.toml";

/// Names of all languages there are.
pub(super) fn names(given: &BTreeMap<String, String>) -> BTreeSet<String> {
    let paths = BUILT_IN.iter().map(|(path, _)| *path).chain(given.keys().map(String::as_str));
    let named = paths.filter_map(|path| path.strip_suffix(DESCRIPTION)?.strip_suffix('/'));
    named.filter(|name| !name.contains('/')).map(str::to_owned).collect()
}

/// The files of a language by their path in its folder. A folder that is given with a description stands for itself;
/// without one, its files take the places of those built in.
pub(in crate::target) fn files<'t>(language: &str, given: &'t BTreeMap<String, String>) -> BTreeMap<&'t str, &'t str> {
    let own = |path: &'t str| path.strip_prefix(language)?.strip_prefix('/');
    let given = given.iter().filter_map(|(path, text)| Some((own(path)?, text.as_str())));
    let given: BTreeMap<&str, &str> = given.collect();
    if given.contains_key(DESCRIPTION) {
        return given;
    }
    let built_in = BUILT_IN.iter().filter_map(|(path, text)| Some((own(path)?, *text)));
    built_in.chain(given).collect()
}

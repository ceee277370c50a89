//! What attributes say about the surface.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use super::tree::Conditions;

/// Whether `#[doc(hidden)]` is there.
pub(super) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "hidden")
    })
}

/// The conditions of all `#[cfg]`, as they are written.
pub(super) fn conditions(attributes: &[Attribute]) -> Conditions {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg_attr")) {
        let text = attribute.to_token_stream().to_string();
        let changes = ["derive", "hidden", "non_exhaustive", "path"].iter().any(|word| text.contains(word));
        assert!(!changes, "a surface that differs by `cfg_attr` is not understood: {text}");
    }
    attributes.iter().filter_map(condition).map(|meta| one_line(&meta.to_token_stream().to_string())).collect()
}

/// Whether only tests, or nobody, get to see it.
pub(super) fn impossible(attributes: &[Attribute]) -> bool {
    attributes.iter().filter_map(condition).any(|meta| holds(&meta) == Some(false))
}

/// The names in all `#[derive]`.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<syn::Path> {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    derives
        .flat_map(|attribute| {
            attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated).expect("names of traits")
        })
        .collect()
}

/// Attributes that change what users may do, before what they stand on.
pub(super) fn marks(attributes: &[Attribute]) -> String {
    let marks = ["non_exhaustive", "deprecated"].iter();
    marks
        .filter(|mark| attributes.iter().any(|attribute| attribute.path().is_ident(mark)))
        .map(|mark| format!("#[{mark}] "))
        .collect()
}

fn condition(attribute: &Attribute) -> Option<Meta> {
    attribute.path().is_ident("cfg").then(|| attribute.parse_args().expect("a condition"))
}

/// Whether a condition holds in the crate that users build; `None` when that is for them to say.
fn holds(condition: &Meta) -> Option<bool> {
    if condition.path().is_ident("test") || condition.path().is_ident("doctest") {
        return Some(false);
    }
    let list = condition.require_list().ok()?;
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    let parts: Vec<_> = parts.iter().map(holds).collect();
    let decided = |by: bool| {
        if parts.contains(&Some(by)) { Some(by) } else { parts.iter().all(|part| *part == Some(!by)).then_some(!by) }
    };
    match list.path.require_ident().ok()?.to_string().as_str() {
        "all" => decided(false),
        "any" => decided(true),
        "not" => parts.first().copied().flatten().map(|part| !part),
        _ => None,
    }
}

fn one_line(tokens: &str) -> String {
    tokens.replace(" (", "(").replace("( ", "(").replace(" )", ")").replace(" ,", ",")
}

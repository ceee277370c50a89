//! References to components other than schemas.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::node::component_name;
use crate::load::pointer;

/// Follows at most this many references from one component to another.
const MAX_CHAIN: usize = 64;

/// What a place holds or refers to, and where that stands. `kind` is the key of `all` under `components`.
pub(super) fn resolve<'a, T>(
    mut value: &'a ReferenceOr<T>,
    all: Option<&'a IndexMap<String, ReferenceOr<T>>>,
    kind: &str,
    mut at: String,
) -> Option<(&'a T, String)> {
    for _ in 0..MAX_CHAIN {
        match value {
            ReferenceOr::Item(item) => return Some((item, at)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                value = all?.get(name)?;
                at = pointer::join(&pointer::join("/components", kind), name);
            }
        }
    }
    None
}

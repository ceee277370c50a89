//! Writing a member of a union with the property that says which one it is.

use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::node::Entries;

/// Writes an object with `tag` in `property`, unless it has a text there already. Anything else is written as it is.
///
/// # Errors
/// When the value cannot be written.
pub fn tagged<S, T>(serializer: S, property: &str, tag: &str, value: &T) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Serialize + ?Sized,
{
    let raw = serde_json::value::to_raw_value(value).map_err(S::Error::custom)?;
    let Ok(Entries(entries)) = serde_json::from_str::<Entries<'_>>(raw.get()) else { return raw.serialize(serializer) };
    let is_tag = |(key, value): &(String, &RawValue)| key == property && value.get() != "null";
    if entries.iter().any(is_tag) {
        return raw.serialize(serializer);
    }
    let tag = serde_json::value::to_raw_value(tag).map_err(S::Error::custom)?;
    let others = entries.iter().filter(|(key, _)| key != property).map(|(key, value)| (key.as_str(), *value));
    serializer.collect_map(std::iter::once((property, tag.as_ref())).chain(others))
}

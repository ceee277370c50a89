//! How fields are decoded.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

/// Null or absent is the type's default: an empty id, an empty list, an enum's `Unknown("")`.
///
/// # Errors
/// When the value is there and is not a `T`.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Text, of which a type that knows it makes a value without owning it first.
///
/// # Errors
/// When the value is not text.
pub fn text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String> + for<'text> From<&'text str>,
{
    Ok(match Text::deserialize(deserializer)? {
        Text(Cow::Borrowed(text)) => T::from(text),
        Text(Cow::Owned(text)) => T::from(text),
    })
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What is there, also when it is null.
///
/// # Errors
/// When the value is not a `T`.
pub fn null_too<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Fields in which null says something else than absence: `None` is absent, `Some(None)` is null.
pub mod double {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Reads null as `Some(None)`.
    ///
    /// # Errors
    /// When the value is there and is not a `T`.
    pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        Option::<T>::deserialize(deserializer).map(Some)
    }

    /// Writes `Some(None)` as null.
    ///
    /// # Errors
    /// When the value cannot be written.
    // serde hands `with` functions a reference to the field as it is.
    #[allow(clippy::ref_option)]
    pub fn serialize<S, T>(value: &Option<Option<T>>, serializer: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
        T: Serialize,
    {
        value.as_ref().and_then(Option::as_ref).serialize(serializer)
    }
}

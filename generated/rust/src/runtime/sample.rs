//! Samples of what the API answers.

use std::borrow::Cow;
use std::fmt::Debug;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{DecodeError, decode, json_at};

/// A type of which there is a sample: a whole object as the API might answer with it, made from its description.
pub trait Sampled: DeserializeOwned {
    /// The sample, as JSON.
    fn json() -> Cow<'static, str>;
}

impl<T: Sampled> Sampled for Vec<T> {
    fn json() -> Cow<'static, str> {
        format!("[{}]", T::json()).into()
    }
}

/// The sample of a type.
///
/// # Errors
/// When a type of one's own has a sample that it cannot read.
pub fn sample<T: Sampled>() -> Result<T, DecodeError> {
    decode::json(&Bytes::from(T::json().into_owned()))
}

const NO_PLACE: &str = "there is no such place in the sample";

/// A sample in the making: that of a type, with some of its values replaced.
///
/// Places are JSON pointers (RFC 6901): `/card/last_digits`.
#[derive(Clone, Debug)]
#[must_use = "a sample is made by `build`"]
pub struct Sample<T> {
    value: Value,
    problem: Option<DecodeError>,
    of: PhantomData<fn() -> T>,
}

impl<T: Sampled> Sample<T> {
    /// The sample as it is.
    pub fn new() -> Self {
        let (value, problem) = match decode::json(&Bytes::from(T::json().into_owned())) {
            Ok(value) => (value, None),
            Err(problem) => (Value::Null, Some(problem)),
        };
        Self { value, problem, of: PhantomData }
    }

    /// Puts a value at a place. What is on the way there must exist; the last member need not.
    pub fn with(mut self, pointer: &str, value: impl Serialize) -> Self {
        let Ok(value) = serde_json::to_value(value) else {
            return self.failing(pointer, "the value cannot be written as JSON");
        };
        if put(&mut self.value, pointer, value) { self } else { self.failing(pointer, NO_PLACE) }
    }

    /// Leaves out the member at a place, as the API might.
    pub fn without(mut self, pointer: &str) -> Self {
        let taken = parent(&mut self.value, pointer).and_then(|(parent, key)| parent.as_object_mut()?.remove(&key));
        match taken {
            Some(_) => self,
            None => self.failing(pointer, NO_PLACE),
        }
    }

    /// Makes the value.
    ///
    /// # Errors
    /// When a place does not exist, or what was put there is not what the type has there.
    pub fn build(self) -> Result<T, DecodeError> {
        let json = self.json()?;
        decode::json(&Bytes::from(json.to_string()))
    }

    /// The same as untyped JSON, which may hold what the type does not know.
    ///
    /// # Errors
    /// When a place does not exist.
    pub fn json(self) -> Result<Value, DecodeError> {
        match self.problem {
            None => Ok(self.value),
            Some(problem) => Err(problem),
        }
    }

    fn failing(mut self, pointer: &str, problem: &str) -> Self {
        self.problem.get_or_insert_with(|| DecodeError::at(pointer, problem));
        self
    }
}

impl<T: Sampled> Default for Sample<T> {
    fn default() -> Self {
        Self::new()
    }
}

fn put(root: &mut Value, pointer: &str, value: Value) -> bool {
    if pointer.is_empty() {
        *root = value;
        return true;
    }
    match parent(root, pointer) {
        Some((Value::Object(members), key)) => {
            members.insert(key, value);
            true
        }
        Some((Value::Array(items), key)) => match key.parse::<usize>() {
            Ok(at) if at < items.len() => items.get_mut(at).map(|item| *item = value).is_some(),
            Ok(at) if at == items.len() => {
                items.push(value);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// What holds the place, and its key there.
fn parent<'v>(root: &'v mut Value, pointer: &str) -> Option<(&'v mut Value, String)> {
    let (parent, key) = pointer.rsplit_once('/')?;
    Some((root.pointer_mut(parent)?, json_at::key(key)))
}

/// The sample of a page with an item on it, for generated code.
#[doc(hidden)]
#[must_use]
pub fn page_of<T: Sampled>(page: &'static str, member: &str) -> Cow<'static, str> {
    let filled = || {
        let mut page: Value = serde_json::from_str(page).ok()?;
        let items = Value::Array(vec![serde_json::from_str(&T::json()).ok()?]);
        page.as_object_mut()?.insert(member.to_owned(), items);
        serde_json::to_string_pretty(&page).ok()
    };
    filled().map_or(Cow::Borrowed(page), Cow::Owned)
}

/// Is shown every type of which generated code has a sample.
#[doc(hidden)]
pub trait Visitor {
    /// One of them.
    fn visit<T: Sampled + Serialize + Clone + Debug + PartialEq>(&mut self, name: &'static str);
}

/// Gives types their samples, a file each, and shows all of them to a visitor; pages have theirs already.
macro_rules! samples {
    ($($ty:ty $(= $path:literal)?;)*) => {
        $($(
            impl crate::runtime::test_util::Sampled for $ty {
                fn json() -> ::std::borrow::Cow<'static, str> {
                    include_str!($path).into()
                }
            }
        )?)*

        /// Shows every type of which there is a sample.
        pub fn visit(visitor: &mut impl crate::runtime::test_util::Visitor) {
            let _ = &visitor;
            $(visitor.visit::<$ty>(stringify!($ty));)*
        }
    };
}

pub(crate) use samples;

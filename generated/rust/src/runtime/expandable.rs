//! A reference that may come as the object itself.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An object that other objects refer to by its id.
pub trait Expands {
    /// Its id.
    type Id: Clone + fmt::Debug + PartialEq + From<String> + Serialize;

    /// The id of this object, when it was given.
    fn id(&self) -> Option<&Self::Id>;
}

/// An id, or the object it names, as the server chose to answer.
pub enum Expandable<T: Expands> {
    /// The id alone.
    Id(T::Id),
    /// The object.
    Object(Box<T>),
}

impl<T: Expands> Expandable<T> {
    /// The id, in either form; `None` only for an object that came without one.
    pub fn id(&self) -> Option<&T::Id> {
        match self {
            Self::Id(id) => Some(id),
            Self::Object(object) => object.id(),
        }
    }

    /// The object, when it was expanded.
    pub fn as_object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }

    /// The object, owned, when it was expanded.
    pub fn into_object(self) -> Option<T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(*object),
        }
    }
}

impl<T: Expands> From<T> for Expandable<T> {
    fn from(object: T) -> Self {
        Self::Object(Box::new(object))
    }
}

impl<T: Expands + Clone> Clone for Expandable<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Id(id) => Self::Id(id.clone()),
            Self::Object(object) => Self::Object(object.clone()),
        }
    }
}

impl<T: Expands + fmt::Debug> fmt::Debug for Expandable<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => formatter.debug_tuple("Id").field(id).finish(),
            Self::Object(object) => formatter.debug_tuple("Object").field(object).finish(),
        }
    }
}

impl<T: Expands + PartialEq> PartialEq for Expandable<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Id(left), Self::Id(right)) => left == right,
            (Self::Object(left), Self::Object(right)) => left == right,
            _ => false,
        }
    }
}

impl<T: Expands + Serialize> Serialize for Expandable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => id.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl<'de, T: Expands + Deserialize<'de>> Deserialize<'de> for Expandable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// Text is an id; an object is read in place, without buffering it.
struct Either<T>(PhantomData<T>);

impl<'de, T: Expands + Deserialize<'de>> Visitor<'de> for Either<T> {
    type Value = Expandable<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an id or an object")
    }

    fn visit_str<E>(self, id: &str) -> Result<Self::Value, E> {
        Ok(Expandable::Id(T::Id::from(id.to_owned())))
    }

    fn visit_string<E>(self, id: String) -> Result<Self::Value, E> {
        Ok(Expandable::Id(T::Id::from(id)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Expandable::from)
    }
}

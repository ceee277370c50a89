//! JSON pointers (RFC 6901) as text.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// A key as it stands in a pointer: `~` is `~0`, `/` is `~1`.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) { Cow::Owned(key.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(key) }
}

/// The key behind a pointer's token.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

/// A pointer to a child.
pub fn join(parent: &str, key: &str) -> String {
    let mut pointer = String::with_capacity(parent.len() + key.len() + 1);
    pointer.push_str(parent);
    push(&mut pointer, key);
    pointer
}

/// Extends a pointer by one key.
pub(crate) fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&escape(key));
}

/// A pointer's keys, unescaped. The empty pointer has none.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// The node behind a pointer, as [`Value::pointer`] finds it, without a copy of each key.
pub fn get<'tree>(tree: &'tree Value, pointer: &str) -> Option<&'tree Value> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    tokens(pointer).try_fold(tree, |node, token| match node {
        Value::Object(members) => member(members, &token),
        Value::Array(items) => {
            let is_index = !token.starts_with('+') && (token.len() == 1 || !token.starts_with('0'));
            items.get(token.parse::<usize>().ok().filter(|_| is_index)?)
        }
        _ => None,
    })
}

/// Members that are gone through rather than hashed for.
const FEW: usize = 12;

/// The member under a key. Most objects of a document have a handful, and to hash the key takes longer than to look at each.
pub(crate) fn member<'tree>(members: &'tree Map<String, Value>, key: &str) -> Option<&'tree Value> {
    if members.len() > FEW {
        return members.get(key);
    }
    members.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// Splits a pointer into its parent and its last key; `None` for the whole document.
pub fn split(pointer: &str) -> Option<(&str, Cow<'_, str>)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    Some((parent, unescape(last)))
}

/// Whether a pointer is another one or stands below it.
pub(crate) fn is_within(pointer: &str, ancestor: &str) -> bool {
    pointer.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Undoes percent-encoding, as in the fragment of a reference. Broken escapes stay as they are.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = match (first, tail) {
            (b'%', [high, low, after @ ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| (high * 16 + low, after)),
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_round_trip() {
        for key in ["", "/charges/{id}", "a~b", "~1", "ü"] {
            let pointer = join("/paths", key);
            let (parent, last) = split(&pointer).unwrap();
            assert_eq!((parent, last.as_ref()), ("/paths", key));
        }
        assert_eq!(split(""), None);
    }

    #[test]
    fn nodes_are_found_as_the_library_finds_them() {
        let tree = serde_json::json!({"a/b": {"~": [1, {"": 2}]}, "": 3, "0": 4});
        let pointers = ["", "/", "/a~1b", "/a~1b/~0/0", "/a~1b/~0/00", "/a~1b/~0/+1", "/a~1b/~0/1/", "/a~1b/~0/2"];
        for pointer in pointers.into_iter().chain(["/0", "/a/b", "a~1b", "/a~1b/~0/x", "//"]) {
            assert_eq!(get(&tree, pointer), tree.pointer(pointer), "{pointer}");
        }
    }

    #[test]
    fn fragments_are_decoded_once() {
        assert_eq!(percent_decode("/paths/~1a%7Bid%7D%2541"), "/paths/~1a{id}%41");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%ff"), "%zz%ff");
    }

    #[test]
    fn within_means_whole_keys() {
        assert!(is_within("/a/b", "/a"));
        assert!(is_within("/a", "/a"));
        assert!(!is_within("/ab", "/a"));
    }
}

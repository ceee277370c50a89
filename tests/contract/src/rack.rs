//! Names with brackets, as Rack and PHP read them: `a[b]=1`, `list[]=1`, `list[][b]=1`.

use serde_json::{Map, Value};

/// One value from pairs whose names may have brackets; texts are all there is below it. The error names the pair that
/// does not go with those before it.
pub(crate) fn tree(pairs: &[(String, Value)]) -> Result<Map<String, Value>, String> {
    let mut root = Map::new();
    for (name, value) in pairs {
        let (first, rest) = name.split_once('[').map_or((name.as_str(), None), |(first, rest)| (first, Some(rest)));
        let keys: Option<Vec<&str>> = match rest {
            None => Some(Vec::new()),
            Some(rest) => rest.strip_suffix(']').map(|rest| rest.split("][").collect()),
        };
        let keys = keys.filter(|keys| !keys.iter().any(|key| key.contains(['[', ']'])));
        let keys = keys.ok_or_else(|| format!("the brackets of `{name}` do not match"))?;
        // A bare name given again makes a list, as OpenAPI's style `form` has it.
        let place = root.entry(first).or_insert(Value::Null);
        put(place, &keys, value).map_err(|()| format!("`{name}` does not go with the fields before it"))?;
    }
    Ok(root)
}

fn put(place: &mut Value, keys: &[&str], value: &Value) -> Result<(), ()> {
    let Some((key, rest)) = keys.split_first() else {
        match place {
            Value::Null => *place = value.clone(),
            Value::Array(items) => items.push(value.clone()),
            Value::Object(_) => return Err(()),
            known => *known = Value::Array(vec![known.take(), value.clone()]),
        }
        return Ok(());
    };
    if key.is_empty() {
        let items = list(place)?;
        // `list[][a]=1&list[][b]=2` is one item, until a key comes again.
        let goes_on = matches!((rest, items.last()), ([key, ..], Some(Value::Object(last))) if !key.is_empty() && (!last.contains_key(*key) || rest.len() > 1));
        if !goes_on {
            items.push(Value::Null);
        }
        return items.last_mut().map_or(Err(()), |item| put(item, rest, value));
    }
    if place.is_null() {
        *place = Value::Object(Map::new());
    }
    let members = place.as_object_mut().ok_or(())?;
    if rest.is_empty() && members.contains_key(*key) {
        return Err(());
    }
    put(members.entry(*key).or_insert(Value::Null), rest, value)
}

fn list(place: &mut Value) -> Result<&mut Vec<Value>, ()> {
    if place.is_null() {
        *place = Value::Array(Vec::new());
    }
    place.as_array_mut().ok_or(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Result<Value, String> {
        let pairs = form_urlencoded::parse(text.as_bytes()).map(|(name, value)| (name.into_owned(), json!(value)));
        tree(&pairs.collect::<Vec<_>>()).map(Value::Object)
    }

    #[test]
    fn brackets_make_objects_and_lists() {
        assert_eq!(read("a=1&b[c]=2&b[d][e]=3"), Ok(json!({"a": "1", "b": {"c": "2", "d": {"e": "3"}}})));
        assert_eq!(read("l[]=1&l[]=2&m=1&m=2"), Ok(json!({"l": ["1", "2"], "m": ["1", "2"]})));
        assert_eq!(read("l[][a]=1&l[][b]=2&l[][a]=3"), Ok(json!({"l": [{"a": "1", "b": "2"}, {"a": "3"}]})));
        // Nobody's lists have indices.
        assert_eq!(read("l[0]=1"), Ok(json!({"l": {"0": "1"}})));
    }

    #[test]
    fn what_does_not_go_together_is_said() {
        for text in ["a[b=1", "a[b]]=1", "a=1&a[b]=2", "a[b]=1&a[b]=2", "a[]=1&a[b]=2", "a[b]=1&a=2"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

//! OpenAPI Overlay 1.0, applied to a JSON tree: objects merge, lists grow, the rest is replaced.

use serde_json::Value;
use serde_json_path::JsonPath;

/// Applies the actions in order. The error says which one is at fault.
pub(crate) fn apply(root: &mut Value, overlay: &Value) -> Result<(), String> {
    let actions = overlay.get("actions").and_then(Value::as_array).ok_or("the overlay has no list of actions")?;
    for (index, action) in actions.iter().enumerate() {
        let target = action.get("target").and_then(Value::as_str);
        let target = target.ok_or_else(|| format!("action {index} has no target"))?;
        let path = JsonPath::parse(target).map_err(|error| format!("action {index}: {error}"))?;
        let mut selected: Vec<String> =
            path.query_located(root).locations().map(|location| location.to_json_pointer()).collect();
        if action.get("remove") == Some(&Value::Bool(true)) {
            // Later items of a list first, so that the others stay where they are.
            selected.sort_by(|left, right| position(right).cmp(&position(left)));
            selected.iter().for_each(|pointer| remove(root, pointer));
        } else if let Some(update) = action.get("update") {
            for node in &selected {
                if let Some(node) = root.pointer_mut(node) {
                    merge(node, update);
                }
            }
        }
    }
    Ok(())
}

/// Orders the items of a list by their index.
fn position(pointer: &str) -> Vec<(Option<usize>, &str)> {
    pointer.split('/').map(|token| (token.parse().ok(), token)).collect()
}

fn remove(root: &mut Value, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    match root.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

fn merge(node: &mut Value, update: &Value) {
    match (node, update) {
        (Value::Object(members), Value::Object(update)) => {
            for (key, value) in update {
                match members.get_mut(key) {
                    Some(known @ (Value::Object(_) | Value::Array(_))) if same_kind(known, value) => {
                        merge(known, value);
                    }
                    _ => {
                        members.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(update)) => items.extend(update.iter().cloned()),
        (Value::Array(items), update) => items.push(update.clone()),
        _ => {}
    }
}

fn same_kind(left: &Value, right: &Value) -> bool {
    left.is_object() == right.is_object() && left.is_array() == right.is_array()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn updates_merge_and_removals_keep_the_others_in_place() {
        let mut root =
            json!({"a": {"b": 1, "c": [1], "d": {"e": 1}}, "l": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "x/y": 1});
        let actions = json!({"actions": [
            {"target": "$.a", "update": {"b": 2, "c": [2], "d": {"f": 2}, "g": {}}},
            {"target": "$.a.c", "update": {"x": 1}},
            {"target": "$.l[?@ == 2 || @ == 9 || @ == 11]", "remove": true},
            {"target": "$['x/y']", "remove": true},
        ]});
        apply(&mut root, &actions).unwrap();
        let expected = json!({"a": {"b": 2, "c": [1, 2, {"x": 1}], "d": {"e": 1, "f": 2}, "g": {}}, "l": [0, 1, 3, 4, 5, 6, 7, 8, 10]});
        assert_eq!(root, expected);
    }

    #[test]
    fn what_is_wrong_names_its_action() {
        let actions = json!({"actions": [{"target": "$"}, {"target": "$["}]});
        assert!(apply(&mut json!({}), &actions).unwrap_err().starts_with("action 1: "));
    }
}

//! How large a tree is, without recursion.

use serde_json::Value;

/// Nodes of a tree, and how many keys the longest pointer into it has.
pub(super) fn size(tree: &Value) -> (usize, usize) {
    let (mut nodes, mut deepest) = (0, 0);
    let mut open = vec![(tree, 0)];
    while let Some((node, depth)) = open.pop() {
        nodes += 1;
        deepest = deepest.max(depth);
        match node {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => open.extend(members.values().map(|member| (member, depth + 1))),
            _ => {}
        }
    }
    (nodes, deepest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn nodes_and_depth() {
        assert_eq!(super::size(&json!({"a": [1, {"b": 2}], "c": 3})), (6, 3));
        assert_eq!(super::size(&json!(1)), (1, 0));
    }
}

//! Texts and JSON values, ordinary and hostile.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Names that mean something to Rust, to a file system or to Markdown, beside ordinary ones.
pub(super) const NAMES: &[&str] = &[
    "id", "a", "b", "charge", "fooBar", "foo_bar", "foo-bar", "Foo", "FOO", "type", "self", "Self", "crate", "super",
    "Option", "Result", "Box", "String", "Vec", "async", "r#type", "_", "", " ", "$", "*/", "//", "../x", "a/b", "a~b",
    "\"", "'", "\\", "\n", "\u{0}", "\u{202e}", "#[x]", "```", "    x", "{x}", "{{x}}", "con", "nul.txt", "日本",
    "жук", "ümlaut", "1", "2fa", "-1", "+1", "true", "null", "x-a", "$ref", "object", "list", "data", "next", "Error",
    "Client", "new", "build", "send", "clone", "into",
];

/// A name.
pub(super) fn name() -> BoxedStrategy<String> {
    prop_oneof![8 => select(NAMES).prop_map(str::to_owned), 1 => "[a-zA-Z][a-zA-Z0-9_]{0,12}", 1 => any::<String>()]
        .boxed()
}

/// Prose.
pub(super) fn prose() -> BoxedStrategy<String> {
    let lines = select(&[
        "A line.",
        "",
        "```",
        "```rust",
        "    panic!()",
        "\t*/",
        "<script>",
        "[a](b)",
        "[`x`]",
        "#![x]",
        "\u{202e}x",
        "a \"b\" 'c' \\",
        "/// x",
        "~~~",
        "- a",
        "> b",
        "| c |",
        "\r",
    ]);
    prop::collection::vec(lines, 0..5).prop_map(|lines| lines.join("\n")).boxed()
}

/// Any JSON value of a few levels.
pub(super) fn json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        name().prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// An object of members that are there half of the time.
pub(super) fn object(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Map<String, Value>> {
    let members: Vec<_> =
        members.into_iter().map(|(key, value)| prop::option::of(value).prop_map(move |value| (key, value))).collect();
    members
        .prop_map(|members| {
            members.into_iter().filter_map(|(key, value)| value.map(|value| (key.to_owned(), value))).collect()
        })
        .boxed()
}

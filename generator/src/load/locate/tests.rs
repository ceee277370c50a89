//! Places are where people would point.

use super::*;

fn place(text: &str, format: Format, pointer: &str) -> (usize, usize) {
    let place = Index::build(text, format).place(pointer).unwrap();
    (place.line, place.column)
}

#[test]
fn yaml_members_stand_at_their_keys() {
    let text = "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      tags: [x, y]\n    - z\n";
    assert_eq!(place(text, Format::Yaml, "/paths/~1a/get"), (4, 5));
    assert_eq!(place(text, Format::Yaml, "/paths/~1a/get/tags/1"), (5, 17));
    assert_eq!(place(text, Format::Yaml, "/paths/~1a/missing/more"), (3, 3));
}

#[test]
fn yaml_aliases_lead_to_their_anchor() {
    let text = "a: &x\n  b: 1\nc: *x\n";
    assert_eq!(place(text, Format::Yaml, "/c"), (3, 1));
    assert_eq!(place(text, Format::Yaml, "/c/b"), (2, 3));
}

#[test]
fn merged_members_stand_where_they_were_written() {
    let text = "a: &a\n  x: 1\nb: &b\n  y: 2\nc:\n  <<: *a\n  z: 3\nd: {<<: [*b, *a]}\n";
    assert_eq!(place(text, Format::Yaml, "/c/x"), (2, 3));
    assert_eq!(place(text, Format::Yaml, "/c/z"), (7, 3));
    assert_eq!(place(text, Format::Yaml, "/d/x"), (2, 3));
    assert_eq!(place(text, Format::Yaml, "/d/y"), (4, 3));
    assert_eq!(place(text, Format::Yaml, "/d/missing"), (8, 1));
}

#[test]
fn the_last_of_two_members_counts() {
    assert_eq!(place("a: 1\nb: 2\na: 3\n", Format::Yaml, "/a"), (3, 1));
    assert_eq!(place("{\"a\": 1,\n \"a\": 2}", Format::Json, "/a"), (2, 2));
}

#[test]
fn json_is_indexed_by_lines_and_characters() {
    let text = "{\n  \"ü\": [1, {\"a/b\": \"\\ud83d\\ude00 \\\" ,\", \"c\": null}]\n}";
    assert_eq!(place(text, Format::Json, "/ü"), (2, 3));
    assert_eq!(place(text, Format::Json, "/ü/1"), (2, 12));
    assert_eq!(place(text, Format::Json, "/ü/1/a~1b"), (2, 13));
    assert_eq!(place(text, Format::Json, "/ü/1/c"), (2, 41));
}

#[test]
fn plain_numbers_keep_their_text() {
    let index = Index::build("a: 1.10\nb: '2.0'\nc: {d: 3.0}\n", Format::Yaml);
    assert_eq!(index.plain("/a"), Some("1.10"));
    assert_eq!(index.plain("/b"), None);
    assert_eq!(index.plain("/c/d"), Some("3.0"));
    let index = Index::build("{\"a\": 1.10}", Format::Json);
    assert_eq!(index.plain("/a"), Some("1.10"));
}

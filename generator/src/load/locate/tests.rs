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

/// The places that `block` tells, and those that the parser of YAML tells, where the parser takes the text for one document.
fn both(text: &str) -> (Option<Index>, Option<Index>) {
    let mut quick = Index::new(text);
    let quick = block::read(text, &mut quick).map(|()| quick);
    let mut whole = Index::new(text);
    yaml::read(text, &mut whole);
    let is_read = serde_yaml::from_str::<serde_yaml::Value>(text).is_ok();
    (quick, is_read.then_some(whole))
}

/// All that is known of places; texts over several lines are no numbers, whatever they begin with.
fn told(index: &Index) -> String {
    let is_number = |text: &str| !text.contains([' ', '\n']);
    let plain: Vec<_> = index.plain.iter().filter(|(_, text)| is_number(text)).collect();
    format!("{:?} {:?} {:?} {plain:?}", index.nodes, index.keys, index.aliases)
}

fn assert_same(text: &str) {
    if let (Some(quick), Some(whole)) = both(text) {
        assert_eq!(told(&quick), told(&whole), "{text}");
    }
}

#[test]
fn plain_yaml_is_told_from_its_lines() {
    let texts = [
        "a: 1\nb:\n- x\n- y: 1\n  z: 2\nc: d\n",
        "---\n# first\na:   # why\n  b: |\n    text: no key\n     - nor this\n\n  c: >-\n    more\n  # less\n  d: e\n",
        "a:\n  - - 1\n    - 2\n  -   b: 3\n      c: 4\n  -\n    d: 5\n",
        "\"a b\": 'it''s'\n'c': \"x\\\"\n  y: z\"\n/d/{id}: [x, \"y\", {z: 1.10, \"u\": [ü, ü]}]\ne: {}\nf: []\n",
        "a: text goes\n  on, and on: not\nb: 1\n",
        "a: text goes\n  on\n\n  and on # here\nb: -1.50\nc: http://x:80/#y\n",
        "a:\nb:\n  c:\nd: ~\n",
        "a: |2\n    x\n  y\nb: >+1 # two\n  x\n",
        "- a: [1,\n    2, {b:\n      3}]\n- 'x'\n",
        "a: {x: http://y/z?q=1, t: 2019-05-29}\nb: [-1, +2, .5]\n",
        "a:\n- >-\n  text\n- |\n    more\n  - b: |\n",
    ];
    let mut quick_ones = 0;
    for text in texts {
        quick_ones += usize::from(both(text).0.is_some());
        assert_same(text);
    }
    assert!(quick_ones >= 7, "{quick_ones}");
}

#[test]
fn what_is_not_plain_is_left_to_the_parser() {
    let texts = [
        "a: &x 1\nb: *x\n",
        "? a\n: b\n",
        "a: !!str 1\n",
        "a:\t1\n",
        "a: 1\r\nb: 2\r\n",
        "%YAML 1.2\n---\na: 1\n",
        "\"a\\tb\": 1\n",
        "a: 1\n...\n",
        "a: [b: c]\n",
        "text\n",
        "{a: 1}\n",
        "",
    ];
    for text in texts {
        assert!(both(text).0.is_none(), "{text}");
    }
}

#[test]
fn children_of_large_nodes_are_found() {
    let members: String = (0..500).map(|at| format!("k{at}: [{}]\n", vec!["x"; at].join(", "))).collect();
    let index = Index::build(&members, Format::Yaml);
    assert_eq!(index.place("/k499/498").map(|place| place.line), Some(500));
    assert_eq!(index.place("/k499/0498").map(|place| (place.line, place.column)), Some((500, 1)));
    assert_eq!(index.place("/k17/16").map(|place| place.column), Some(55));
    assert_eq!(index.place("/k500").map(|place| place.line), Some(1));
}

/// Documents at hand; each is to be told alike. They are many, so that it is asked for: `PLACES_CORPUS=DIR`.
#[test]
fn real_documents_are_told_alike() {
    let Some(folder) = std::env::var_os("PLACES_CORPUS").map(std::path::PathBuf::from) else {
        println!("skipped: PLACES_CORPUS names no folder");
        return;
    };
    let mut folders = vec![folder];
    let (mut all, mut quick_ones) = (0, 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
            let Some(text) = std::fs::read_to_string(&path).ok().filter(|_| is_yaml) else { continue };
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let (quick, whole) = both(text);
            all += 1;
            match (quick, whole) {
                (Some(quick), Some(whole)) => {
                    quick_ones += 1;
                    assert!(told(&quick) == told(&whole), "{}", path.display());
                }
                (None, _) => println!("left to the parser: {}", path.display()),
                _ => {}
            }
        }
    }
    println!("{quick_ones} of {all} told without the parser");
}

/// Pieces of YAML that mean something in each other's company.
const PIECES: &[&str] = &[
    "a", "b c", "key", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\n\n", "  ", " ", "\"", "'", "''", "\\", "[",
    "]", "{", "}", ", ", ",", "#", " # ", "|", ">", "|-\n   ", ">2", "1.10", "-5", "ü", "? ", "http://x", "<<", "&a ",
    "*a", "!t ", "---\n", "\t", "a: ", "b: ", "- x\n", "c:\n", "\nd: ", "\n- ", "\n  - ", "\n  e: ",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_is_plain_is_told_alike(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..14)) {
        assert_same(&pieces.concat());
    }

    #[test]
    fn lines_are_told_alike(lines in proptest::collection::vec(("( |  |    |      )?(- ){0,2}", proptest::sample::select(LINES)), 1..9)) {
        let text: String = lines.iter().map(|(indent, line)| format!("{indent}{line}\n")).collect();
        assert_same(&text);
    }
}

/// Lines that documents are made of.
const LINES: &[&str] = &[
    "a:",
    "b: 1",
    "c: text",
    "more text",
    "- d",
    "-",
    "# e",
    "",
    "f: |",
    "g: >-",
    "'h': \"i\"",
    "j: [k, {l: m}]",
    "n: 'o",
    "p'",
    "q: [r,",
    "s]",
    "t: {u: 1.5,",
    "v: w}",
    "x # y",
    "z: |1",
    "\"1\" : 2",
    "{}",
    "[]",
    "a: # b",
    "c: d # e",
    "f:g",
    "h :i",
    "~",
    "null",
    "- - j",
];

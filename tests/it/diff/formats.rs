//! How a comparison is shown.

use serde_json::Value;

use crate::support::cargo::text;

use super::{Folder, stdout};

fn shown(arguments: &[&str]) -> String {
    let folder = Folder::shop();
    let ran = folder.diff(&[&["old.yaml", "new.yaml"], arguments].concat());
    assert_eq!(ran.status.code(), Some(1), "{}", text(&ran));
    stdout(&ran)
}

#[test]
fn each_format_is_as_reviewed() {
    insta::assert_snapshot!("text", shown(&[]));
    insta::assert_snapshot!("explained", shown(&["--explain"]));
    insta::assert_snapshot!("markdown", shown(&["--format", "markdown"]));
    insta::assert_snapshot!("github", shown(&["--format", "github"]));
    insta::assert_snapshot!("json", shown(&["--format", "json"]));
}

#[test]
fn a_page_stands_alone() {
    let page = shown(&["--format", "html"]);
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert!(
        page.contains("<code>Order.count</code>: the maximum fell from <code>9</code> to <code>5</code>"),
        "{page}"
    );
    for elsewhere in ["http:", "https:", "src=", "<script", "<link"] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }
}

#[test]
fn json_says_its_version_and_counts() {
    let told: Value = serde_json::from_str(&shown(&["--format", "json"])).unwrap();
    assert_eq!(told["format"], 1);
    let summary = &told["summary"];
    assert_eq!(
        (&summary["breaking"], &summary["compatible"], &summary["unaffected"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!((&summary["wire_bump"], &summary["source_bump"]), (&"major".into(), &"major".into()));
    // Where the maximum fell, old clients break and code does not; where the id changed, it is the other way round.
    let verdicts = |at: usize| (told["changes"][at]["wire"].clone(), told["changes"][at]["source"].clone());
    assert_eq!(verdicts(0), ("breaking".into(), "patch".into()));
    assert_eq!(verdicts(2), ("unaffected".into(), "major".into()));
    assert_eq!(told["changes"][0]["symbols"][0], "Order::count");
    let symbols = told["symbols"].as_array().unwrap();
    let renamed = symbols.iter().find(|symbol| symbol["symbol"] == "Orders::place()").unwrap();
    assert_eq!((&renamed["fate"], &renamed["before"]), (&"renamed".into(), &"Orders::order()".into()));
}

#[test]
fn names_of_others_are_only_text() {
    let api = |value: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  '/a`<script>alert(1)</script>':\n    get:\n      \
             tags: ['{value}']\n      responses: {{'200': {{description: Fine.}}}}\n"
        )
    };
    let hostile = r"x</li><img src=q>\n::error::boo [l](u) \x1b[2J";
    let folder = Folder::with(&[("old.yaml", &api("a")), ("new.yaml", &api(hostile).replace('\'', "\""))]);
    let shown = |format: &str| stdout(&folder.diff(&["old.yaml", "new.yaml", "--format", format]));
    let page = shown("html");
    assert!(page.contains("&lt;img") && !page.contains("<img") && !page.contains("<script>"), "{page}");
    assert!(
        shown("github")
            .lines()
            .all(|line| line.starts_with("::notice title=") || line.starts_with("::error title=symbol-")),
        "{}",
        shown("github")
    );
    assert!(!shown("text").contains('\u{1b}') && !shown("markdown").contains('\u{1b}'));
}

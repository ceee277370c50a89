//! Where documents come from, and which overlays they get.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::cargo::{text, xtask, xtask_command};

use super::{Folder, NEW, OLD, ids, stdout};

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]);
    let ran = command.args(arguments).current_dir(folder).output().expect("git starts");
    assert!(ran.status.success(), "{arguments:?}: {}", text(&ran));
}

#[test]
fn standard_input_is_a_document() {
    let folder = Folder::shop();
    let mut command = xtask_command(&["diff", "old.yaml", "-"]);
    command.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(NEW.as_bytes()).expect("it is read");
    let ran = child.wait_with_output().expect("it ends");
    assert_eq!(ran.status.code(), Some(1), "{}", text(&ran));
    assert!(stdout(&ran).contains("-:26:32"), "{}", text(&ran));
}

#[test]
fn a_revision_has_its_own_document() {
    let folder = Folder::with(&[("api.yaml", OLD)]);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    std::fs::write(folder.at("api.yaml"), NEW).unwrap();
    let changes = folder.changes(&["git:HEAD:api.yaml", "api.yaml"]);
    assert_eq!(ids(&changes), ["maximum-lowered", "operation-added", "operation-id-changed"]);
    assert_eq!(changes[0]["old"]["file"], "git:HEAD:api.yaml");
    assert_eq!(folder.diff(&["git:HEAD:api.yaml", "git:HEAD:./api.yaml"]).status.code(), Some(0));
    // What looks like an option is no revision.
    let ran = folder.diff(&["git:--output=x:api.yaml", "api.yaml"]);
    assert_eq!((ran.status.code(), folder.at("x").exists()), (Some(2), false), "{}", text(&ran));
}

#[test]
fn a_document_of_several_files_is_read_from_one_revision() {
    let order = |kind: &str| {
        format!("Order: {{type: object, properties: {{count: {{type: {kind}}}, next: {{$ref: '#/Order'}}}}}}\n")
    };
    let api = OLD.replace("'#/components/schemas/Order'", "'parts/order.yaml#/Order'");
    let (api, _) = api.split_once("components:").expect("components");
    let folder = Folder::with(&[]);
    std::fs::create_dir_all(folder.at("schema/parts")).unwrap();
    std::fs::write(folder.at("schema/api.yaml"), api).unwrap();
    std::fs::write(folder.at("schema/parts/order.yaml"), order("integer")).unwrap();
    std::fs::write(folder.at("outside.yaml"), order("integer")).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    std::fs::write(folder.at("schema/parts/order.yaml"), order("string")).unwrap();
    for old in ["git:HEAD:schema/api.yaml", "git:HEAD:./schema/api.yaml"] {
        let changes = folder.changes(&[old, "schema/api.yaml"]);
        assert_eq!(ids(&changes), ["type-changed"], "{old}");
        assert_eq!(changes[0]["old"]["file"], "git:HEAD:schema/parts/order.yaml");
        assert_eq!(changes[0]["new"]["file"], "schema/parts/order.yaml");
        assert_eq!(changes[0]["old"]["line"], 1);
    }
    assert_eq!(folder.diff(&["git:HEAD:schema/api.yaml", "git:HEAD:./schema/api.yaml"]).status.code(), Some(0));
    // A revision has no more beside the document than a disk has.
    for (reference, code) in [("../outside.yaml", "W005"), ("parts/none.yaml", "W006")] {
        std::fs::write(folder.at("schema/api.yaml"), api.replace("parts/order.yaml", reference)).unwrap();
        git(folder.path(), &["commit", "--quiet", "--all", "--message", "more"]);
        let ran = folder.diff(&["git:HEAD:schema/api.yaml", "git:HEAD:./schema/api.yaml"]);
        assert!(ran.status.success() && text(&ran).contains(code), "{reference}: {}", text(&ran));
    }
}

#[test]
fn what_is_not_read_is_said() {
    let folder = Folder::with(&[("old.yaml", &OLD.replace("'#/components/schemas/Order'", "'order.yaml#/Order'"))]);
    let order = "Order: {type: object, properties: {count: {type: integer}}}\n";
    std::fs::write(folder.at("order.yaml"), order).unwrap();
    let mut command = xtask_command(&["diff", "old.yaml", "-"]);
    command.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let same = std::fs::read(folder.at("old.yaml")).unwrap();
    child.stdin.take().expect("a pipe").write_all(&same).expect("it is read");
    let ran = child.wait_with_output().expect("it ends");
    assert!(text(&ran).contains("warning[W005]") && text(&ran).contains("nothing stands beside it"), "{}", text(&ran));
}

#[test]
fn overlays_apply_to_both_documents() {
    let folder = Folder::shop();
    let overlay = "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n  - target: $.components.schemas.Order.properties.count\n    remove: true\n";
    std::fs::write(folder.at("overlay.yaml"), overlay).unwrap();
    let changes = folder.changes(&["old.yaml", "new.yaml", "--overlay", "overlay.yaml"]);
    assert_eq!(ids(&changes), ["operation-added", "operation-id-changed"]);
    std::fs::write(folder.at("sdk.toml"), "schema = \"new.yaml\"\noverlays = [\"overlay.yaml\"]\n").unwrap();
    let changes = folder.changes(&["old.yaml", "new.yaml", "--config", "sdk.toml"]);
    assert_eq!(ids(&changes), ["operation-added", "operation-id-changed"]);
}

#[test]
fn the_overlay_of_this_repository_is_for_its_own_document_alone() {
    let own = "schema/omise/openapi.yaml";
    let ran = xtask(&["diff", own, own]);
    assert!(ran.status.success() && text(&ran).contains("overlay.yaml"), "{}", text(&ran));
    let folder = Folder::shop();
    let ran = folder.diff(&["old.yaml", "old.yaml"]);
    assert!(ran.status.success() && !text(&ran).contains("overlay"), "{}", text(&ran));
}

#[test]
fn two_versions_of_openapi_that_say_the_same_do_not_differ() {
    let older = OLD.replace("maximum: 9", "maximum: 9, exclusiveMaximum: true, nullable: true");
    let newer = OLD
        .replace("3.0.3", "3.1.0")
        .replace("type: integer, maximum: 9", "type: [integer, 'null'], exclusiveMaximum: 9");
    let folder = Folder::with(&[("old.yaml", &older), ("new.yaml", &newer)]);
    for (old, new) in [("old.yaml", "new.yaml"), ("new.yaml", "old.yaml")] {
        let ran = folder.diff(&[old, new, "--fail-on", "any"]);
        assert_eq!((ran.status.code(), stdout(&ran).as_str()), (Some(0), "no changes\n"), "{}", text(&ran));
    }
}

//! The folder that is written, through the binary: what it records, what it leaves alone, and how it survives being
//! stopped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant, SystemTime};

use omise_generator::output::hash;
use tempfile::TempDir;

use crate::support::cargo::{binary, text, xtask};
use crate::support::repository;

/// Two versions of an API: the second changes one type, drops one and adds one.
const OLD: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /pets/{id}:
    get:
      operationId: pets.retrieve
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: a pet, content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}
components:
  schemas:
    pet: {type: object, properties: {name: {type: string}, tag: {$ref: '#/components/schemas/tag'}}}
    tag: {type: object, properties: {label: {type: string}}}
";

fn new() -> String {
    OLD.replace("tag: {$ref: '#/components/schemas/tag'}", "owner: {$ref: '#/components/schemas/owner'}")
        .replace("tag: {type: object, properties: {label", "owner: {type: object, properties: {label")
        .replace("version: '1'", "version: '2'")
}

/// A folder with both documents, and output below it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        fs::write(place.at("old.yaml"), OLD).expect("it is written");
        fs::write(place.at("new.yaml"), new()).expect("it is written");
        place
    }

    /// With the old document generated.
    fn generated() -> Self {
        let place = Self::new();
        let ran = place.generate("old", &[]);
        assert!(ran.status.success(), "{}", text(&ran));
        place
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn arguments(&self, document: &str, out: &str) -> Vec<String> {
        let (schema, out) = (self.at(&format!("{document}.yaml")), self.at(out));
        let shown = |path: PathBuf| path.to_str().expect("a plain path").to_owned();
        vec!["generate".into(), "rust".into(), "--schema".into(), shown(schema), "--out".into(), shown(out)]
    }

    fn generate(&self, document: &str, more: &[&str]) -> Output {
        self.generate_to("out", document, more)
    }

    fn generate_to(&self, out: &str, document: &str, more: &[&str]) -> Output {
        let arguments = self.arguments(document, out);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        xtask(&arguments)
    }

    fn tree(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.at(out);
        let files = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.expect("it reads").into_path());
        let files = files.filter(|path| path.is_file());
        files
            .map(|path| (path.strip_prefix(&root).expect("below").to_owned(), fs::read(&path).expect("it reads")))
            .collect()
    }
}

/// Succeeds with an exit code and a text.
#[track_caller]
fn ends(ran: &Output, code: i32, says: &[&str]) {
    let said = text(ran);
    assert_eq!(ran.status.code(), Some(code), "{said}");
    for part in says {
        assert!(said.contains(part), "{part:?} is not in:\n{said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn the_manifest_says_what_the_files_were_made_of() {
    let manifest = fs::read(repository().join("generated/rust/.generated.json")).expect("it reads");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    let hash_of = |path: &str| hash(&fs::read(repository().join(path)).expect("it reads"));
    assert_eq!(manifest["format"], 1);
    assert_eq!(manifest["generator"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["sources"]["schema"], hash_of("schema/omise/openapi.yaml"));
    let overlays = ["schema/omise/overlay.yaml", "schema/omise/examples.yaml"].map(hash_of);
    assert_eq!(manifest["sources"]["overlays"], serde_json::json!(overlays));
    assert_eq!(manifest["sources"]["config"], hash_of("schema/omise/sdk.toml"));
    let files = manifest["files"].as_object().expect("files");
    assert!(files.len() > 50);
    for (path, listed) in files {
        assert_eq!(*listed, hash_of(&format!("generated/rust/{path}")), "{path}");
    }
}

#[test]
fn references_and_overlays_are_recorded_apart() {
    let place = Place::new();
    let document = OLD.replace("'#/components/schemas/tag'", "'tag.yaml'");
    fs::write(place.at("split.yaml"), document).expect("it is written");
    fs::write(place.at("tag.yaml"), "type: object").expect("it is written");
    let overlay =
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.info, update: {version: '9'}}]\n";
    fs::write(place.at("overlay.yaml"), overlay).expect("it is written");
    ends(&place.generate("split", &["--overlay", place.at("overlay.yaml").to_str().expect("plain")]), 0, &[]);
    let manifest = fs::read(place.at("out/rust/.generated.json")).expect("it reads");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    assert_eq!(manifest["sources"]["overlays"], serde_json::json!([hash(overlay.as_bytes())]));
    assert_eq!(manifest["sources"]["references"], serde_json::json!([hash(b"type: object")]));
    assert_eq!(manifest["version"], "9");
    assert!(manifest["sources"].get("config").is_none());
}

#[test]
fn a_second_run_touches_nothing() {
    let place = Place::generated();
    let times = || -> BTreeMap<PathBuf, SystemTime> {
        let entries = walkdir::WalkDir::new(place.at("out")).into_iter().map(|entry| entry.expect("it reads"));
        entries
            .map(|entry| (entry.path().to_owned(), entry.metadata().expect("it reads").modified().expect("a time")))
            .collect()
    };
    let before = times();
    ends(&place.generate("old", &["--strict"]), 0, &["0 written", "0 removed"]);
    assert_eq!(times(), before, "neither files nor folders");
}

#[test]
fn edits_by_hand_are_named_and_strict_keeps_them() {
    let place = Place::generated();
    let edited = place.at("out/rust/src/types/pet.rs");
    fs::write(&edited, "// mine\n").expect("it is written");
    let before = place.tree("out");
    let named = ["warning[W090]", "out/rust/src/types/pet.rs was edited by hand"];
    ends(&place.generate("old", &["--check"]), 1, &named);
    ends(&place.generate("old", &["--strict"]), 1, &[&named[..], &["nothing was written"]].concat());
    assert_eq!(place.tree("out"), before);
    ends(&place.generate("old", &[]), 0, &[&named[..], &["1 written"]].concat());
    assert_ne!(fs::read(&edited).expect("it reads"), b"// mine\n");
    ends(&place.generate("old", &["--check", "--strict"]), 0, &[]);
}

#[test]
fn an_orphan_goes_and_an_edited_one_stays() {
    let place = Place::generated();
    let (orphan, own) = (place.at("out/rust/src/types/tag.rs"), place.at("out/rust/src/types/own.rs"));
    let sample = place.at("out/rust/src/samples/tag.json");
    assert!(orphan.exists() && sample.exists());
    fs::write(&own, "by hand").expect("it is written");
    ends(&place.generate("new", &[]), 0, &["2 removed"]);
    assert!(!orphan.exists() && !sample.exists() && own.exists());

    let place = Place::generated();
    fs::write(place.at("out/rust/src/types/tag.rs"), "edited").expect("it is written");
    ends(&place.generate("new", &[]), 0, &["warning[W091]", "src/types/tag.rs is no longer generated", "1 removed"]);
    assert_eq!(fs::read(place.at("out/rust/src/types/tag.rs")).expect("it reads"), b"edited");
    let after = place.generate("new", &["--check", "--strict"]);
    ends(&after, 0, &[]);
}

#[test]
fn a_file_of_someone_elses_stops_the_run() {
    let place = Place::new();
    fs::create_dir_all(place.at("out/rust/src")).expect("it is made");
    fs::write(place.at("out/rust/src/lib.rs"), "fn generated_elsewhere() {}").expect("it is written");
    let before = place.tree("out");
    ends(&place.generate("old", &[]), 2, &["error[E020]", "out/rust/src/lib.rs", "nothing was written"]);
    assert_eq!(place.tree("out"), before);
}

#[test]
fn half_of_a_run_is_recognised_and_completed() {
    let place = Place::generated();
    ends(&place.generate_to("whole", "new", &[]), 0, &[]);
    for path in ["src/types/owner.rs", "src/types/pet.rs", "src/lib.rs"] {
        let from = place.at("whole/rust").join(path);
        fs::copy(from, place.at("out/rust").join(path)).expect("it is copied");
    }
    let checked = place.generate("new", &["--check"]);
    ends(&checked, 1, &["3 of the files are newer than the manifest: a run was interrupted"]);
    assert!(!text(&checked).contains("by hand"), "{}", text(&checked));
    let ran = place.generate("new", &["--strict"]);
    ends(&ran, 0, &["interrupted"]);
    assert!(!text(&ran).contains("by hand"), "{}", text(&ran));
    assert_eq!(place.tree("out"), place.tree("whole"));
}

#[test]
fn a_killed_process_is_recognised_and_completed() {
    let place = Place::generated();
    ends(&place.generate_to("whole", "new", &[]), 0, &[]);
    let old = place.tree("out");
    let mut caught = 0;
    for round in 0..20 {
        let arguments = place.arguments("new", "out");
        let mut child = Command::new(binary()).args(arguments).spawn().expect("xtask starts");
        let staging = place.at("out/rust/.generated.partial");
        let limit = Instant::now() + Duration::from_secs(60);
        while !staging.exists() && child.try_wait().expect("it waits").is_none() && Instant::now() < limit {
            std::hint::spin_loop();
        }
        // Each round a little later.
        std::thread::sleep(Duration::from_micros(200 * round));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().expect("it ends");
        let checked = place.generate("new", &["--check"]);
        assert!(!text(&checked).contains("by hand"), "{}", text(&checked));
        if staging.exists() {
            caught += 1;
            ends(&checked, 1, &["interrupted"]);
        }
        ends(&place.generate("new", &["--strict"]), 0, &[]);
        assert_eq!(place.tree("out"), place.tree("whole"), "round {round}");
        ends(&place.generate("old", &["--strict"]), 0, &[]);
        assert_eq!(place.tree("out"), old, "round {round}");
    }
    crate::support::say(&format!("{caught} of 20 processes were killed while they wrote"));
}

#[test]
fn where_nothing_can_be_written_the_run_ends_with_3() {
    let place = Place::new();
    fs::write(place.at("file"), "mine").expect("it is written");
    ends(&place.generate_to("file", "old", &[]), 3, &["error[E023]", "file is a file, not a folder"]);
    ends(&place.generate_to("file/deeper", "old", &[]), 3, &["error[E023]", "file is a file, not a folder"]);
    assert_eq!(fs::read(place.at("file")).expect("it reads"), b"mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::generated();
    let before = place.tree("out");
    for locked in ["out/rust", "out/rust/src/types"] {
        let lock = |mode| fs::set_permissions(place.at(locked), fs::Permissions::from_mode(mode)).expect("it is set");
        lock(0o555);
        let may_write = fs::write(place.at(locked).join("probe"), "").is_ok();
        if may_write {
            let _ = fs::remove_file(place.at(locked).join("probe"));
            lock(0o755);
            crate::support::say("skipped: this user may write everywhere");
            return;
        }
        let ran = place.generate("new", &[]);
        lock(0o755);
        ends(&ran, 3, &["error[E023]", "denied", "as it was before"]);
        assert_eq!(place.tree("out"), before, "{locked}");
    }
}

/// A limit on the size of files stands in for a full disk: writes fail in the same way.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_tree_or_none() {
    let place = Place::new();
    let full = |document: &str| {
        let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
        let arguments = place.arguments(document, "out");
        Command::new("sh").args(["-c", script]).arg(binary()).args(arguments).output().expect("sh starts")
    };
    ends(&full("old"), 3, &["error[E023]", "as it was before"]);
    assert!(!place.at("out").exists(), "not even a folder");

    ends(&place.generate("old", &[]), 0, &[]);
    // A large file must change for the limit to bite.
    let manifest = place.at("out/rust/.generated.json");
    let before = place.tree("out");
    let long = "long ".repeat(3000);
    let document = new().replace("description: a pet", &format!("description: '{long}'"));
    let document =
        document.replace("label: {type: string}", &format!("label: {{type: string, description: '{long}'}}"));
    fs::write(place.at("long.yaml"), document).expect("it is written");
    ends(&full("long"), 3, &["error[E023]", "as it was before"]);
    assert_eq!(place.tree("out"), before);
    assert!(manifest.exists());
}

#[cfg(unix)]
#[test]
fn links_that_lead_elsewhere_are_not_followed() {
    for linked in ["src/types", "src/lib.rs", ".generated.json", ".generated.partial"] {
        let place = Place::new();
        let outside = place.at("outside");
        fs::create_dir_all(outside.join("types")).expect("it is made");
        fs::write(outside.join("victim"), "mine").expect("it is written");
        let link = place.at("out/rust").join(linked);
        fs::create_dir_all(link.parent().expect("a folder")).expect("it is made");
        let aim = if linked.contains('.') && !linked.ends_with("partial") { "victim" } else { "types" };
        std::os::unix::fs::symlink(outside.join(aim), &link).expect("it is linked");
        ends(&place.generate("old", &[]), 2, &["error[E021]", linked]);
        assert_eq!(fs::read(outside.join("victim")).expect("it reads"), b"mine");
        assert!(fs::read_dir(outside.join("types")).expect("it reads").next().is_none(), "{linked}");
        assert_eq!(Path::new(&fs::read_link(&link).expect("still a link")), outside.join(aim));
    }
}

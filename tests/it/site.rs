//! The documentation site as files: every page that there should be, its samples, its twin in Markdown, badges, and what
//! hostile and empty documents become. What a browser makes of it is in `browser`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::support::cargo::{text, xtask, xtask_command};
use crate::support::{model, repository, shared};

/// The guides, by what the API's own guide pages are about.
const GUIDES: [(&str, &str); 30] = [
    ("API reference index", "api-reference"),
    ("versioning guide", "versioning"),
    ("audits overview", "audits"),
    ("authentication guide", "authentication"),
    ("balance overview", "balance"),
    ("bank_account object reference", "bank-accounts"),
    ("capability overview", "capability"),
    ("charge schedules overview", "charge-schedules"),
    ("customers overview", "customers"),
    ("disputes overview", "disputes"),
    ("documents overview", "documents"),
    ("errors guide", "errors"),
    ("events overview", "events"),
    ("idempotency guide", "idempotency"),
    ("linked accounts overview", "linked-accounts"),
    ("pagination guide", "pagination"),
    ("Payment Links+ overview", "links-plus"),
    ("rate limit guide", "rate-limits"),
    ("recipients overview", "recipients"),
    ("refunds overview", "refunds"),
    ("routing overview", "routing"),
    ("schedules overview", "schedules"),
    ("schema overview", "schema"),
    ("search overview", "search"),
    ("sources overview", "sources"),
    ("sub-merchants overview", "sub-merchants"),
    ("tokens overview", "tokens"),
    ("transactions overview", "transactions"),
    ("transfers overview", "transfers"),
    ("webhook secrets overview", "webhook-secrets"),
];

/// The languages of samples, as Markdown calls them.
const FENCES: [&str; 5] = ["sh", "rust", "ts", "python", "go"];

/// The site of the API that is configured, made once.
pub(crate) fn site() -> &'static Path {
    static SITE: OnceLock<TempDir> = OnceLock::new();
    SITE.get_or_init(|| made(&[])).path()
}

fn made(more: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let ran = xtask(&[&["docs", "--out", &out], more].concat());
    assert!(ran.status.success(), "{}", text(&ran));
    folder
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_owned()).collect()
}

#[test]
fn every_operation_has_a_page_with_a_call_in_every_language() {
    let api = model();
    let mut pages = 0;
    for (resource, operation) in api.operations() {
        let name = |name: &omise_generator::ir::Name| name.0.join("-");
        let page = read(site(), &format!("{}/{}/index.md", name(&resource.name), name(&operation.name)));
        for fence in FENCES {
            assert!(page.contains(&format!("```{fence}\n")), "{} has no call in {fence}", operation.id);
        }
        assert!(
            page.contains(&operation.path.replace('_', "\\_")) || page.contains(&operation.path),
            "{}",
            operation.id
        );
        pages += 1;
    }
    assert!(pages >= 130, "{pages} pages");
}

#[test]
fn every_guide_page_of_the_api_has_a_guide() {
    for (about, guide) in GUIDES {
        let page = read(site(), &format!("guides/{guide}/index.md"));
        assert!(page.len() > 300, "the guide on {about} says little");
    }
    let Some(facts) = shared("omise/facts.md") else { return };
    let facts = std::fs::read_to_string(facts).unwrap();
    let named = facts.lines().filter_map(|line| line.split("guide/overview: ").nth(1)?.split(" |").next());
    let named: BTreeSet<&str> = named.collect();
    assert_eq!(named, GUIDES.iter().map(|(about, _)| *about).collect(), "the pages of the API that are guides");
}

#[test]
fn every_page_has_a_twin_and_the_lists_name_all() {
    let all = files(site());
    let pages: Vec<&PathBuf> = all.iter().filter(|path| path.ends_with("index.html")).collect();
    let list = read(site(), "llms.txt");
    for page in &pages {
        let twin = page.with_extension("md");
        assert!(all.contains(&twin), "{} has no twin", page.display());
        assert!(
            list.contains(&format!("]({})", twin.display())) || twin == Path::new("index.md"),
            "{}",
            twin.display()
        );
    }
    assert!(pages.len() > 230, "{} pages", pages.len());
}

#[test]
fn two_runs_make_the_same_bytes() {
    let again = made(&[]);
    assert_eq!(files(site()), files(again.path()));
    for file in files(site()) {
        assert!(
            std::fs::read(site().join(&file)).unwrap() == std::fs::read(again.path().join(&file)).unwrap(),
            "{}",
            file.display()
        );
    }
}

#[test]
fn nothing_is_fetched_and_nothing_is_inline() {
    for file in files(site()).iter().filter(|path| path.extension().is_some_and(|extension| extension == "html")) {
        let page = read(site(), file.to_str().unwrap());
        assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"), "{}", file.display());
        for tag in
            page.split('<').filter(|tag| tag.starts_with("script") || tag.starts_with("link") || tag.starts_with("img"))
        {
            let tag = tag.split('>').next().unwrap();
            assert!(
                !tag.contains("http:") && !tag.contains("https:") && !tag.contains("=\"//"),
                "{}: <{tag}>",
                file.display()
            );
        }
        assert!(
            !page.contains("<style") && !page.contains(" style=") && !page.contains("<script>"),
            "{}",
            file.display()
        );
        assert!(!page.contains(" onclick=") && !page.contains(" onload="), "{}", file.display());
    }
}

/// A copy of the schema that lacks a field and an operation, is of an older version, and whose field had another limit.
pub(crate) fn older() -> String {
    let schema = std::fs::read_to_string(repository().join("schema/omise/openapi.yaml")).unwrap();
    let field = "        authorize_uri: {type: string, format: uri, nullable: true}\n";
    assert!(schema.contains(field), "the schema is written otherwise");
    let schema = schema.replacen(field, "", 1).replacen("'2019-05-29'", "'2018-01-01'", 1);
    let (before, rest) = schema.split_once("  /forex/{currency}:\n").expect("the schema is written otherwise");
    let rest = rest.split_once("\n  /").expect("another path follows").1;
    let gone = "  /oldies:\n    get:\n      tags: [Oldies]\n      operationId: oldies.list\n      responses: {'200': {description: Old.}}\n";
    format!("{before}{gone}  /{rest}")
}

#[test]
fn what_changed_since_an_older_document_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.yaml");
    std::fs::write(&old, older()).unwrap();
    let site = made(&["--since", old.to_str().unwrap()]);
    let changelog = read(site.path(), "changelog/index.md");
    assert!(changelog.contains("What changed from 2018-01-01 to 2019-05-29."), "{changelog}");
    assert!(changelog.contains("the operation is new"), "{changelog}");
    let line = |what: &str| {
        changelog.lines().find(|line| line.contains(what)).unwrap_or_else(|| panic!("{what}: {changelog}"))
    };
    // What the overlay says of a property does not make one in the older document.
    let added = line("authorize_uri");
    assert!(added.starts_with("- **new**: ") && added.contains("Charge::authorize_uri"), "{added}");
    // What is gone has the names that it had.
    let gone = line("GET /oldies");
    assert!(gone.starts_with("- **removed**, breaking: ") && gone.contains("Python: `oldies.list`"), "{gone}");
    let marked = |path: &str| read(site.path(), path).contains(">new<");
    assert!(marked("forex/retrieve/index.html") && !marked("balance/retrieve/index.html"));
    assert!(!read(self::site(), "forex/retrieve/index.html").contains(">new<"));
    assert!(!self::site().join("changelog").exists());
}

#[test]
fn any_document_has_a_site() {
    let specs =
        WalkDir::new(repository().join("tests/specs")).max_depth(1).sort_by_file_name().into_iter().map(Result::unwrap);
    let specs = specs.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "yaml"));
    let mut count = 0;
    for spec in specs {
        let site = made(&["--schema", spec.path().to_str().unwrap()]);
        assert!(site.path().join("index.html").is_file(), "{}", spec.path().display());
        count += 1;
    }
    assert!(count > 50, "{count} documents");
}

#[test]
fn a_guide_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("openapi.yaml", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n");
    write("sdk.toml", "schema = 'openapi.yaml'\nname = 'a'\n[docs]\nguides = 'guides'\n");
    let head = "+++\ntitle = 'A'\nsummary = 's'\nsection = 'S'\n+++\n";
    let config = folder.path().join("sdk.toml").display().to_string();
    let out = folder.path().join("out");
    for (text_of_guide, said) in [
        ("no head".to_owned(), "it does not begin with `+++`"),
        (format!("{head}[a](op:charges.create)"), "`op:charges.create` leads nowhere"),
        (format!("{head}```call\ncharges.create\n```\n"), "there is no operation `charges.create`"),
    ] {
        write("guides/first.md", &text_of_guide);
        let ran = xtask_command(&["docs", "--config", &config, "--out", out.to_str().unwrap()]).output().unwrap();
        let printed = text(&ran);
        assert_eq!(ran.status.code(), Some(2), "{printed}");
        assert!(printed.contains("error[E903]") && printed.contains(said), "{printed}");
        assert!(!out.exists(), "something was written");
    }
}

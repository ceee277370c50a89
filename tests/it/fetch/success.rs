//! What is asked, and what becomes of a document that comes.

use std::io::Write as _;

use super::server::{Answer, Server};
use super::{DOCUMENT, ENCODED, Folder, KEY, OLDER};

#[test]
fn a_document_is_written_with_its_lock_and_one_screen_says_what_changed() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    let ran = folder.fetch_with(&["--api-version", "2026-01-01 & more"], &[("SHOP_KEY", KEY)]);
    ran.ended(
        0,
        &["version     1 → 2", "operations  1: 1 added, 1 removed", "+ GET /orders", "- GET /carts", "openapi.lock"],
    );
    assert!(ran.said().lines().count() <= 24, "{}", ran.said());
    assert_eq!(folder.read("openapi.yaml"), DOCUMENT);
    let lock: toml::Table = folder.read("openapi.lock").parse().expect("TOML");
    assert_eq!(lock["url"].as_str(), Some(server.url().as_str()));
    assert_eq!(lock["api_version"].as_str(), Some("2026-01-01 & more"));
    assert_eq!(lock["info_version"].as_str(), Some("2"));
    assert_eq!(lock["etag"].as_str(), Some("\"v1\""));
    assert_eq!(lock["bytes"].as_integer(), i64::try_from(DOCUMENT.len()).ok());
    assert_eq!(lock["sha256"].as_str().map(str::len), Some(64));

    let [request] = server.requests().try_into().expect("one request");
    assert!(request.starts_with("GET /schema?version=2026-01-01+%26+more HTTP/1.1\n"), "{request}");
    assert!(request.contains(&format!("\nauthorization: Basic {ENCODED}")), "{request}");
    assert!(request.contains("\naccept-encoding: gzip") && !request.contains("if-none-match"), "{request}");
}

#[test]
fn the_etag_is_remembered_for_what_it_names() {
    let server = Server::answering(vec![Answer::document(), Answer::unbounded("304 Not Modified", &[], "")]);
    let folder = Folder::of(&server);
    folder.fetch(&[]).ended(0, &["operations  1\n"]);
    let before = folder.files();
    folder.fetch(&[]).ended(0, &["unchanged since it was fetched"]);
    assert_eq!(before, folder.files());
    let requests = server.requests();
    assert!(!requests[0].contains("if-none-match"), "{}", requests[0]);
    assert!(requests[1].contains("\nif-none-match: \"v1\""), "{}", requests[1]);

    // Another version, another file, or a file that is not what was fetched: the ETag would be a lie.
    folder.fetch(&["--api-version", "3"]).ended(3, &["304"]);
    folder.fetch(&["--out", "other.yaml"]).ended(3, &["304"]);
    folder.write("openapi.yaml", OLDER);
    folder.fetch(&[]).ended(3, &["304"]);
    for request in &server.requests()[2..] {
        assert!(!request.contains("if-none-match"), "{request}");
    }
}

#[test]
fn a_lock_without_an_etag_asks_for_everything() {
    let server = Server::answering(vec![Answer::http("200 OK", &[], DOCUMENT)]);
    let folder = Folder::of(&server);
    folder.fetch(&[]).ended(0, &["wrote"]);
    let before = folder.files();
    folder.fetch(&[]).ended(0, &["is unchanged: the server sent the same bytes"]);
    assert_eq!(before, folder.files());
    assert!(!folder.read("openapi.lock").contains("etag"));
}

#[test]
fn encodings_and_framings_make_no_difference() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(DOCUMENT.as_bytes()).expect("memory");
    let (start, end) = DOCUMENT.split_at(40);
    let chunks = format!("{:x}\r\n{start}\r\n{:x};x=y\r\n{end}\r\n0\r\n\r\n", start.len(), end.len());
    for answer in [
        Answer::http("200 OK", &["Content-Encoding: gzip"], packed.finish().expect("memory")),
        Answer::unbounded("200 OK", &["Transfer-Encoding: chunked"], chunks),
        Answer::unbounded("200 OK", &[], DOCUMENT),
        Answer::http("203 Non-Authoritative Information", &["Content-Type: text/html"], DOCUMENT),
    ] {
        let server = Server::answering(vec![answer]);
        let folder = Folder::of(&server);
        folder.fetch(&["--max-bytes", &DOCUMENT.len().to_string()]).ended(0, &["wrote"]);
        assert_eq!(folder.read("openapi.yaml"), DOCUMENT);
    }
}

#[test]
fn servers_that_recover_are_asked_again() {
    for (answer, said) in [
        (Answer::http("429 Too Many Requests", &["Retry-After: 1"], ""), "429 Too Many Requests"),
        (Answer::http("503 Service Unavailable", &["Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"], ""), "503"),
        (Answer::http("500 Internal Server Error", &[], "oops"), "trying again in 0.5 s"),
        (Answer::Reset, "trying again"),
        (Answer::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nopen".to_vec()), "not whole"),
    ] {
        let server = Server::answering(vec![answer, Answer::document()]);
        let folder = Folder::of(&server);
        folder.fetch(&[]).ended(0, &[said, "wrote"]);
        assert_eq!((folder.read("openapi.yaml").as_str(), server.requests().len()), (DOCUMENT, 2));
    }
}

#[test]
fn another_file_and_a_new_folder() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::of(&server);
    folder.fetch(&["--out", "new/api.yml"]).ended(0, &["new/api.yml", "new/api.lock"]);
    assert_eq!(folder.read("new/api.yml"), DOCUMENT);
    assert!(folder.path("new/api.lock").is_file() && !folder.path("openapi.yaml").exists());
}

#[test]
fn omise_is_asked_as_configured() {
    let server = Server::answering(vec![Answer::http("200 OK", &[], DOCUMENT)]);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("openapi.yaml");
    let url = server.url();
    let arguments =
        ["fetch", "--api-version", "2019-05-29", "--url", &url, "--out", out.to_str().expect("a plain path")];
    // Its own overlay finds nothing in a shop, which is said and stops nothing. Its key is not for this server.
    let ran =
        crate::support::cargo::xtask_command(&arguments).env("OMISE_SECRET_KEY", KEY).output().expect("it starts");
    assert!(ran.status.success(), "{}", crate::support::cargo::text(&ran));
    assert_eq!(std::fs::read_to_string(&out).expect("it reads"), DOCUMENT);
    let [request] = server.requests().try_into().expect("one request");
    assert!(request.starts_with("GET /schema?version=2019-05-29 HTTP/1.1\n"), "{request}");
    assert!(!request.contains("authorization"), "{request}");
}

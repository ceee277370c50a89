//! What is on disk already, and how it is replaced.

use super::server::{Answer, Server};
use super::{DOCUMENT, Folder, OLDER};

#[test]
fn what_a_fetch_would_lose_is_kept() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::of(&server);
    folder.fetch(&[]).ended(0, &["wrote"]);
    folder.write("openapi.yaml", OLDER);
    let before = folder.files();
    folder.fetch(&[]).ended(2, &["would be replaced by", "- GET /carts", "error[E037]", "was edited", "--force"]);
    assert_eq!(before, folder.files());
    folder.fetch(&["--force"]).ended(0, &["wrote"]);
    assert_eq!(folder.read("openapi.yaml"), DOCUMENT);

    folder.write("notes.md", "# Notes\n");
    folder.fetch(&["--out", "notes.md"]).ended(2, &["error[E037]", "is no OpenAPI document"]);
    assert_eq!(folder.read("notes.md"), "# Notes\n");
    assert!(!folder.path("notes.lock").exists());
}

#[test]
fn a_document_without_a_lock_gets_one() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::of(&server);
    folder.write("openapi.yaml", DOCUMENT);
    let schema = folder.path("openapi.yaml");
    let written = || std::fs::metadata(&schema).and_then(|metadata| metadata.modified()).expect("a time");
    let before = written();
    folder.fetch(&[]).ended(0, &["is what the server sends", "was missing"]);
    assert!(folder.path("openapi.lock").is_file());
    assert_eq!(before, written());
}

#[test]
fn a_fetch_cut_off_between_schema_and_lock_is_mended() {
    let server = Server::answering(vec![Answer::http("200 OK", &["ETag: \"v0\""], OLDER), Answer::document()]);
    let folder = Folder::of(&server);
    folder.fetch(&[]).ended(0, &["wrote"]);
    folder.write("openapi.yaml", DOCUMENT);
    folder.fetch(&[]).ended(0, &["told of another document"]);
    let requests = server.requests();
    assert!(!requests[1].contains("if-none-match"), "{}", requests[1]);
    folder.fetch(&[]).ended(0, &["the same bytes"]);
}

#[test]
fn files_are_replaced_never_written_into() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    std::fs::hard_link(folder.path("openapi.yaml"), folder.path("reader")).expect("a link");
    folder.fetch(&[]).ended(0, &["wrote"]);
    assert_eq!((folder.read("openapi.yaml").as_str(), folder.read("reader").as_str()), (DOCUMENT, OLDER));
    let names: Vec<_> = folder.files().into_iter().map(|(path, _)| path.file_name().map(ToOwned::to_owned)).collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn a_lock_that_is_none_stops_before_the_network() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    for lock in ["", "format = 2\n", "<<<<<<< ours\n"] {
        folder.write("openapi.lock", lock);
        let before = folder.files();
        folder.fetch(&[]).ended(2, &["error[E039]", "openapi.lock", "--force"]);
        assert_eq!(before, folder.files());
    }
    assert!(server.requests().is_empty());
    folder.fetch(&["--force"]).ended(0, &["wrote"]);
}

#[test]
fn places_that_cannot_be_written() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::of(&server);
    std::fs::create_dir(folder.path("sub")).expect("a folder");
    folder.write("file", "");
    folder.fetch(&["--out", "sub"]).ended(2, &["is a folder", "--out"]);
    folder.fetch(&["--out", "openapi.lock"]).ended(2, &["where the lock would be"]);
    assert!(server.requests().is_empty());
    folder.fetch(&["--out", "file/openapi.yaml"]).ended(3, &["file"]);
    assert_eq!(folder.files().len(), 2);
}

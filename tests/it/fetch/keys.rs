//! The key goes to the server it is for, once, and is shown to nobody.

use super::server::{Answer, Server};
use super::{DOCUMENT, ENCODED, Folder, KEY};

#[test]
fn a_redirect_gets_no_key() {
    let there = Server::answering(vec![Answer::document()]);
    for (location, is_here) in [("/moved".to_owned(), true), (there.other_name(), false)] {
        let server = Server::answering(vec![Answer::redirect(&location), Answer::document()]);
        let folder = Folder::of(&server);
        folder.fetch_with(&[], &[("SHOP_KEY", KEY)]).ended(0, &["wrote"]);
        assert_eq!(folder.read("openapi.yaml"), DOCUMENT);
        let asked = server.requests();
        assert!(asked[0].contains(ENCODED), "{}", asked[0]);
        let redirected = if is_here { asked[1].clone() } else { there.requests()[0].clone() };
        assert!(!redirected.contains("authorization") && !redirected.contains("referer"), "{redirected}");
    }
}

#[test]
fn a_redirect_that_wants_the_key_says_so() {
    let server = Server::answering(vec![Answer::redirect("/moved"), Answer::http("401 Unauthorized", &[], "")]);
    let folder = Folder::of(&server);
    folder.fetch_with(&[], &[("SHOP_KEY", KEY)]).ended(3, &["E032", "the key is never sent on a redirect"]);
}

#[test]
fn another_server_gets_a_key_only_when_it_is_named() {
    let configured = Server::answering(vec![Answer::document()]);
    let given = Server::answering(vec![Answer::document()]);
    let folder = Folder::of(&configured);
    folder.fetch_with(&["--url", &given.url()], &[("SHOP_KEY", KEY)]).ended(0, &["wrote"]);
    folder.fetch_with(&["--url", &given.url(), "--key-env", "SHOP_KEY"], &[("SHOP_KEY", KEY)]).ended(0, &[]);
    // The same server at another path is the same server.
    folder.fetch_with(&["--url", &format!("{}/2", configured.url())], &[("SHOP_KEY", KEY)]).ended(0, &[]);
    let asked = given.requests();
    assert!(!asked[0].contains("authorization") && asked[1].contains(ENCODED), "{asked:?}");
    assert!(configured.requests()[0].contains(ENCODED));
}

#[test]
fn what_is_no_key_is_never_sent() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    let before = folder.files();
    for key in ["", "skey_test\n", "skey test", "skey:test", "\"skey_test\u{e9}\""] {
        let ran = folder.fetch_with(&[], &[("SHOP_KEY", key)]);
        ran.ended(2, &["error[E038]", "`SHOP_KEY`"]);
        assert!(!ran.said().contains("skey"), "{}", ran.said());
    }
    folder.fetch(&["--key-env", "NO_SUCH_KEY"]).ended(2, &["error[E038]", "`NO_SUCH_KEY` is not set"]);
    assert_eq!(before, folder.files());
    assert!(server.requests().is_empty());
}

#[test]
fn a_server_that_echoes_the_key_is_not_repeated() {
    let echo = format!(r#"{{"message": "no access for {KEY}", "headers": {{"Authorization": "Basic {ENCODED}"}}}}"#);
    let no_rule = echo.replace("message", "msg");
    for (answer, code) in [
        (Answer::http("401 Unauthorized", &[], &echo), 3),
        (Answer::http("500 Internal Server Error", &[], &echo), 3),
        (Answer::http("200 OK", &[], &echo), 2),
        (Answer::http("200 OK", &[], &no_rule), 2),
        (Answer::http("200 OK", &[], format!("<html><title>{KEY}</title>")), 2),
    ] {
        let server = Server::answering(vec![answer]);
        let folder = Folder::of(&server);
        let ran = folder.fetch_with(&[], &[("SHOP_KEY", KEY)]);
        ran.ended(code, &["[key]"]);
        assert!(!ran.said().contains(KEY) && !ran.said().contains(ENCODED.trim_end_matches('=')), "{}", ran.said());
    }
}

#[test]
fn a_server_cannot_steer_the_terminal() {
    let body = "{\"code\": \"\\u001b[2J\\u202e\", \"message\": \"no\"}";
    let document = format!("{DOCUMENT}  \"/\\e]0;owned\\a\": {{get: {{responses: {{}}}}}}\n");
    for (answer, code) in [
        (Answer::http("404 Not Found", &[], body), 3),
        (Answer::http("500 Internal Server Error", &[], body), 3),
        (Answer::http("200 OK", &[], document), 0),
    ] {
        let server = Server::answering(vec![answer]);
        let folder = Folder::with_older(&server);
        let ran = folder.fetch(&[]);
        ran.ended(code, &["\\u{1b}"]);
        assert!(!ran.said().contains('\u{202e}') && !ran.said().contains('\u{7}'), "{}", ran.said());
    }
}

//! Whatever a server does wrong is named, with exit code and help, and leaves the folder as it was.

use std::io::Write as _;
use std::time::Duration;

use super::server::{Answer, Server};
use super::{DOCUMENT, Folder};

/// What a server does, how often it is asked, and what is said of it.
struct Case {
    name: &'static str,
    answers: Vec<Answer>,
    arguments: &'static [&'static str],
    /// Seconds without a byte after which the server is given up.
    stall: u64,
    asked: usize,
    code: i32,
    said: &'static [&'static str],
}

/// A case that is asked once.
fn case(name: &'static str, answer: Answer, code: i32, said: &'static [&'static str]) -> Case {
    Case { name, answers: vec![answer], arguments: &[], stall: 30, asked: 1, code, said }
}

/// A case that is tried three times.
fn tried(name: &'static str, answer: Answer, said: &'static [&'static str]) -> Case {
    Case { asked: 3, ..case(name, answer, 3, said) }
}

fn limited(case: Case) -> Case {
    Case { arguments: &["--max-bytes", "100"], ..case }
}

/// Runs cases side by side, since some of them wait.
fn hold(cases: Vec<Case>) {
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(move || {
                let Case { name, answers, arguments, stall, asked, code, said } = case;
                let server = Server::answering(answers);
                let folder = Folder::with_older(&server);
                folder.configure(&server.url(), &format!("stall_seconds = {stall}"));
                let before = folder.files();
                let ran = folder.fetch(arguments);
                let context = format!("{name}:\n{}", ran.said());
                assert_eq!(server.requests().len(), asked, "{context}");
                assert_eq!(before, folder.files(), "{context}");
                assert_eq!(ran.0.status.code(), Some(code), "{context}");
                ran.ended(code, said);
            });
        }
    });
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn statuses() {
    let error = r#"{"object": "error", "code": "not_found", "message": "there is no such version"}"#;
    hold(vec![
        case(
            "404",
            Answer::http("404 Not Found", &["Content-Type: application/json"], error),
            3,
            &["error[E032]: the server answered 404 Not Found: not_found: there is no such version", "--api-version"],
        ),
        case("401", Answer::http("401 Unauthorized", &[], ""), 3, &["E032", "401 Unauthorized", "`SHOP_KEY` to a key"]),
        case(
            "403",
            Answer::http("403 Forbidden", &[], "<html><title>No</title>"),
            3,
            &["403", "HTML page titled “No”"],
        ),
        case("204", Answer::unbounded("204 No Content", &[], ""), 3, &["E032", "204 No Content"]),
        case("206", Answer::http("206 Partial Content", &[], DOCUMENT), 3, &["E032", "206"]),
        case("304 unasked", Answer::unbounded("304 Not Modified", &[], ""), 3, &["E032", "304"]),
        tried(
            "503",
            Answer::http("503 Service Unavailable", &[], ""),
            &["trying again in 0.5 s", "in 1.5 s", "E032", "503"],
        ),
        case(
            "a wait that is too long",
            Answer::http("503 Service Unavailable", &["Retry-After: 3600"], ""),
            3,
            &["E032", "it asks to wait 3600 s"],
        ),
    ]);
}

#[test]
fn replies_that_are_no_document() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
                g: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    let no = |name, body: &[u8], said| case(name, Answer::http("200 OK", &[], body), 2, said);
    hold(vec![
        no("html", b"<!DOCTYPE html><title>Sign in</title>", &["E036", "the reply is an HTML page titled “Sign in”"]),
        no("empty", b"", &["E036", "the reply is empty"]),
        no("png", b"\x89PNG\r\n\x1a\n", &["E036", "a PNG image"]),
        no("utf-16", b"\xff\xfeo\0p\0", &["E036", "not UTF-8 text"]),
        no("other JSON", br#"{"status": "ok"}"#, &["E010", "E036", "not an OpenAPI document that can be read"]),
        no("a list", b"- 1\n- 2\n", &["E008", "E036"]),
        no("prose", b"Service is down for maintenance.", &["E008", "E036"]),
        no("swagger", br#"{"swagger": "2.0", "info": {}, "paths": {}}"#, &["E009", "E036"]),
        no("cut JSON", br#"{"openapi": "3.0.3", "paths": {"/a": {"#, &["E004", "E036"]),
        no("cut YAML", b"openapi: 3.0.3\ninfo: {title: Shop, version: '2'}\n", &["E036", "ends before it describes"]),
        no("an alias bomb", bomb.as_bytes(), &["E007", "E036"]),
        no("an error", br#"{"code": "busy", "message": "later"}"#, &["E036", "an error of the API", "busy: later"]),
        no("gzip that does not say so", &gzip(DOCUMENT.as_bytes()), &["E036", "a gzip archive that does not say so"]),
    ]);
}

#[test]
fn replies_that_are_not_whole() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n";
    let packed = gzip(DOCUMENT.as_bytes());
    let gzipped = |body: &[u8]| Answer::http("200 OK", &["Content-Encoding: gzip"], body);
    hold(vec![
        tried(
            "shorter than its length",
            Answer::Bytes([head, DOCUMENT].concat().into_bytes()),
            &["E035", "the reply is not whole", "nothing was written"],
        ),
        tried(
            "chunks without an end",
            Answer::unbounded(
                "200 OK",
                &["Transfer-Encoding: chunked"],
                format!("{:x}\r\n{DOCUMENT}\r\n", DOCUMENT.len()),
            ),
            &["E035", "the reply is not whole"],
        ),
        tried("cut gzip", gzipped(&packed[..packed.len() - 10]), &["E035", "gzip"]),
        tried("no gzip", gzipped(DOCUMENT.as_bytes()), &["E035", "gzip"]),
        case("brotli", Answer::http("200 OK", &["Content-Encoding: br"], "x"), 3, &["E035", "`br`"]),
        tried("reset", Answer::Reset, &["E031"]),
        tried("closed at once", Answer::Bytes(Vec::new()), &["E031"]),
        tried("not HTTP", Answer::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), &["E031"]),
    ]);
}

#[test]
fn replies_that_are_too_large() {
    let bomb = gzip(&vec![b' '; 40 << 20]);
    let chunked = format!("{:x}\r\n{DOCUMENT}\r\n0\r\n\r\n", DOCUMENT.len());
    let too_large = &["E034", "larger than 100 bytes", "--max-bytes"];
    hold(vec![
        // It is refused on its word: nobody has to send it.
        limited(case(
            "by its length",
            Answer::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n".to_vec()),
            3,
            too_large,
        )),
        limited(case("in chunks", Answer::unbounded("200 OK", &["Transfer-Encoding: chunked"], chunked), 3, too_large)),
        limited(case("to the end", Answer::unbounded("200 OK", &[], DOCUMENT), 3, too_large)),
        limited(case(
            "a little when packed",
            Answer::http("200 OK", &["Content-Encoding: gzip"], gzip(&[b' '; 101])),
            3,
            too_large,
        )),
        case(
            "a gzip bomb",
            Answer::http("200 OK", &["Content-Encoding: gzip"], bomb),
            3,
            &["E034", "larger than 33554432 bytes"],
        ),
    ]);
}

#[test]
fn servers_that_are_slow() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".to_vec();
    hold(vec![
        Case { stall: 1, ..tried("says nothing", Answer::Stall(Vec::new()), &["E031", "sent nothing for 1 s"]) },
        Case { stall: 1, ..tried("stops in the middle", Answer::Stall(head), &["E031", "sent nothing for 1 s"]) },
    ]);
    let dripping = Answer::Drip(
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{DOCUMENT}", DOCUMENT.len()).into(),
        Duration::from_millis(100),
    );
    let server = Server::answering(vec![dripping]);
    let folder = Folder::with_older(&server);
    folder.configure(&server.url(), "stall_seconds = 10\ntotal_seconds = 2");
    let before = folder.files();
    folder.fetch(&[]).ended(3, &["E031", "was not there after 2 s"]);
    assert_eq!(before, folder.files());
}

#[test]
fn redirects_that_are_not_followed() {
    let refused = |name, location: &str, said| case(name, Answer::redirect(location), 3, said);
    hold(vec![
        refused("to itself", "/schema", &["E033", "in a circle"]),
        refused("to plain http", "http://192.0.2.1/schema", &["E033", "`http` to 192.0.2.1"]),
        refused("to a file", "file:///etc/passwd", &["E033", "`file` is not `https`"]),
        refused("with a password", "https://user:word@192.0.2.1/", &["E033", "user name or a password"]),
        case("nowhere", Answer::http("302 Found", &[], ""), 3, &["E033", "does not say where"]),
        Case {
            asked: 2,
            answers: vec![Answer::redirect("/b"), Answer::redirect("/schema")],
            ..refused("in a circle", "", &["E033", "in a circle"])
        },
        Case {
            asked: 6,
            answers: (0..9).map(|n| Answer::redirect(&format!("/{n}"))).collect(),
            ..refused("on and on", "", &["E033", "more than 5 redirects"])
        },
    ]);
}

#[test]
fn nobody_there() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let before = folder.files();
    folder.fetch(&["--url", &format!("http://{free}/schema")]).ended(3, &["E031", "cannot reach", "trying again"]);
    assert_eq!(before, folder.files());
}

#[test]
fn addresses_that_are_not_asked() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    let before = folder.files();
    for (address, said) in [
        ("http://192.0.2.1/schema", "`http` to 192.0.2.1"),
        ("http://127.0.0.1.example.com/schema", "can be read and changed on the way"),
        ("ftp://127.0.0.1/schema", "`ftp` is not `https`"),
        ("https://user:word@127.0.0.1/schema", "a user name or a password"),
        ("schema.yaml", "the address cannot be asked"),
    ] {
        let ran = folder.fetch(&["--url", address]);
        ran.ended(2, &["error[E030]", said]);
        assert!(!ran.said().contains("word@"), "{}", ran.said());
    }
    assert_eq!(before, folder.files());
    assert!(server.requests().is_empty());
}

#[test]
fn an_overlay_at_fault_is_named() {
    let server = Server::answering(vec![Answer::document()]);
    let folder = Folder::with_older(&server);
    let config = folder.read("sdk.toml").replace("[errors]", "overlays = [\"overlay.yaml\"]\n[errors]");
    folder.write("sdk.toml", &config);
    folder.write("overlay.yaml", "overlay: 1.0.0\nactions:\n  - target: $.paths[\n    remove: true\n");
    let before = folder.files();
    folder.fetch(&[]).ended(2, &["error[E012]", "overlay.yaml:3:"]);
    assert_eq!(before, folder.files());
}

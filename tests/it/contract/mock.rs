//! `cargo xtask mock`: told where it listens, it is called, and it stops when it is interrupted.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support;
use crate::support::cargo::{text, xtask, xtask_command};

/// The command while it runs, and what it prints.
struct Mock {
    child: Child,
    printed: BufReader<ChildStdout>,
}

impl Mock {
    fn start(arguments: &[&str]) -> Self {
        let mut command = xtask_command(&[&["mock"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let printed = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, printed }
    }

    /// The next host it prints: name and URL.
    fn host(&mut self) -> (String, String) {
        let mut line = String::new();
        self.printed.read_line(&mut line).expect("it prints");
        let (name, url) = line.trim_end().split_once(' ').unwrap_or_else(|| panic!("a name and a URL, not {line:?}"));
        (name.to_owned(), url.to_owned())
    }

    /// Interrupts it as Ctrl-C does; its exit code and what it said.
    #[cfg(unix)]
    fn stop(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(told.success());
        let status = self.child.wait().expect("it ends");
        let mut said = String::new();
        self.child.stderr.take().expect("its words").read_to_string(&mut said).expect("it reads");
        (status.code(), said)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(url: &str, line: &str, headers: &str) -> String {
    support::ask::ask(url.trim_start_matches("http://"), line, headers, b"")
}

#[cfg(unix)]
#[test]
fn it_serves_omise_until_it_is_interrupted() {
    let mut mock = Mock::start(&[]);
    let ((api, api_url), (vault, vault_url)) = (mock.host(), mock.host());
    assert_eq!((api.as_str(), vault.as_str()), ("api", "vault"));
    // `skey_test_1:` in base64.
    let key = "Authorization: Basic c2tleV90ZXN0XzE6\r\n";
    let answer = ask(&api_url, "GET /charges/chrg_test_1", key);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains(r#""object":"charge""#), "{answer}");
    let answer = ask(&api_url, "GET /charges?limit=secret", "");
    assert!(answer.starts_with("HTTP/1.1 401 ") && answer.contains(r#""code":"authentication_failure""#), "{answer}");
    let answer = ask(&vault_url, "GET /charges", key);
    assert!(answer.contains("x-contract-problem: path: this host does not take the call; `api` does"), "{answer}");
    let (code, said) = mock.stop();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("GET /charges/chrg_test_1 -> 200 charges.retrieve\n"), "{said}");
    assert!(
        said.contains("    query /limit: value is not of type \"integer\"\n") && !said.contains("secret\n"),
        "{said}"
    );
}

#[test]
fn it_serves_any_document_on_the_port_it_is_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("shop.yaml");
    let document = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nservers: [{url: https://shop.example/v2}]\n\
        paths: {/a: {get: {responses: {'200': {description: '', content: {application/json: {schema: {const: tea}}}}}}}}\n";
    std::fs::write(&schema, document).expect("it is written");
    let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port();
    let (schema, given) = (schema.to_str().expect("a plain path"), port.to_string());
    let mut mock = Mock::start(&["--schema", schema, "--port", &given]);
    let (name, url) = mock.host();
    assert_eq!(
        (name.as_str(), url.as_str()),
        ("https://shop.example/v2", format!("http://127.0.0.1:{port}/v2").as_str())
    );
    let answer = ask(&format!("http://127.0.0.1:{port}"), "GET /v2/a", "");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n\"tea\""), "{answer}");
}

#[test]
fn what_cannot_be_served_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let ran = xtask(&["mock", "--port", &port]);
    assert_eq!(ran.status.code(), Some(3), "{}", text(&ran));
    assert!(
        ran.stdout.is_empty() && text(&ran).contains("error[E050]: ") && text(&ran).contains(&port),
        "{}",
        text(&ran)
    );

    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("shop.yaml");
    let document = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\n\
        paths: {/a: {get: {responses: {'200': {$ref: 'gone.yaml#/a'}}}}}\n";
    std::fs::write(&schema, document).expect("it is written");
    let ran = xtask(&["mock", "--schema", schema.to_str().expect("a plain path")]);
    assert_eq!(ran.status.code(), Some(2), "{}", text(&ran));
    assert!(text(&ran).contains("error[E051]: ") && text(&ran).contains("gone.yaml"), "{}", text(&ran));
}

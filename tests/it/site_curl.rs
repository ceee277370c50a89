//! The commands that the documentation shows, run: each makes a call that the contract server finds nothing wrong with.

use std::process::Command;

use contract::Server;

use crate::contract::contract;
use crate::site::site;
use crate::support::cargo::text;
use crate::support::{missing, model, repository};

/// The first command of a page.
fn command(page: &str) -> Option<&str> {
    let block = page.split("```sh\n").nth(1)?.split("\n```").next()?;
    // What nobody has seen says so above the command.
    block.lines().any(|line| line.starts_with("curl ")).then_some(block)
}

#[cfg(unix)]
#[test]
fn every_command_makes_a_call_that_fits() {
    if Command::new("curl").arg("--version").output().is_err() {
        return missing("the commands of the documentation need curl");
    }
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(contract(repository().join("schema/omise/openapi.yaml"))).expect("the server");
    let hosts: Vec<(String, String)> = server.hosts().map(|(_, url, here)| (url.to_owned(), here)).collect();
    for upload in ["file.png", "file.pdf", "file.csv", "file"] {
        std::fs::write(folder.path().join(upload), b"\x89PNG\r\n\x1a\n").unwrap();
    }
    let api = model();
    let (mut count, mut wrong) = (0, Vec::new());
    for (resource, operation) in api.operations() {
        let name = |name: &omise_generator::ir::Name| name.0.join("-");
        let path = format!("{}/{}/index.md", name(&resource.name), name(&operation.name));
        let page = std::fs::read_to_string(site().join(path)).unwrap();
        let shown = command(&page).unwrap_or_else(|| panic!("{} shows no command", operation.id));
        let shown = hosts.iter().fold(shown.to_owned(), |shown, (url, here)| shown.replace(url, here));
        let ran = Command::new("sh")
            .args(["-c", &shown.replacen("curl ", "curl --silent --show-error --noproxy '*' ", 1)])
            .envs([
                ("OMISE_SECRET_KEY", "skey_test_1"),
                ("OMISE_PUBLIC_KEY", "pkey_test_1"),
                ("OMISE_LINKS_PLUS_KEY", "key_1"),
            ])
            .current_dir(folder.path())
            .output()
            .expect("a shell starts");
        assert!(ran.status.success(), "{}: {}\n{shown}", operation.id, text(&ran));
        for request in server.take() {
            let own = (request.method.as_str(), request.target.split('?').next().unwrap_or_default());
            if !request.problems.is_empty() || own.0 != operation.method {
                wrong.push(format!("{}: {request:?}\n{shown}", operation.id));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 130, "{count} calls");
}

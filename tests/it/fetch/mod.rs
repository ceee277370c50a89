//! `cargo xtask fetch` against servers on 127.0.0.1 that behave, and that do not.

mod disk;
mod failures;
mod keys;
pub(crate) mod server;
mod success;

use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use crate::support::cargo::{text, xtask_command};
use server::Server;

/// What servers send.
const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '2'}
paths:
  /orders: {get: {operationId: orders.list, responses: {'200': {description: Orders.}}}}
";

/// What was there before.
const OLDER: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /carts: {get: {operationId: carts.list, responses: {'200': {description: Carts.}}}}
";

const KEY: &str = "skey_test_of_the_shop";
/// The key as Basic's user name.
const ENCODED: &str = "c2tleV90ZXN0X29mX3RoZV9zaG9wOg==";

/// A schema's folder with a configuration that asks a server.
struct Folder {
    folder: TempDir,
}

impl Folder {
    /// An empty one.
    fn of(server: &Server) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let this = Self { folder };
        this.configure(&server.url(), "stall_seconds = 30\ntotal_seconds = 120");
        this
    }

    /// One that holds an older document, whose origin nothing tells.
    fn with_older(server: &Server) -> Self {
        let this = Self::of(server);
        this.write("openapi.yaml", OLDER);
        this
    }

    fn configure(&self, url: &str, more: &str) {
        let config = format!(
            "name = \"shop\"\nschema = \"openapi.yaml\"\n[errors]\ncode = \"/code\"\nmessage = \"/message\"\n\
             [fetch]\nurl = \"{url}\"\nversion_query = \"version\"\nkey_env = \"SHOP_KEY\"\n{more}\n"
        );
        self.write("sdk.toml", &config);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("it is written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("it reads")
    }

    fn fetch(&self, arguments: &[&str]) -> Ran {
        self.fetch_with(arguments, &[])
    }

    fn fetch_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let config = self.path("sdk.toml");
        let mut command = xtask_command(&["fetch", "--config", config.to_str().expect("a plain path")]);
        for name in ["SHOP_KEY", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(name);
        }
        command.args(arguments).envs(environment.iter().copied()).current_dir(self.folder.path());
        Ran(command.output().expect("xtask starts"))
    }

    /// Every file with its bytes.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files(self.folder.path())
    }
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("it reads").into_path()).filter(|path| path.is_file());
    paths.map(|path| (path.clone(), std::fs::read(&path).expect("it reads"))).collect()
}

/// A command that ended.
struct Ran(Output);

impl Ran {
    fn said(&self) -> String {
        text(&self.0)
    }

    /// It ended with this code, and said all of this. No data, no colour, no backtrace.
    #[track_caller]
    fn ended(&self, code: i32, said: &[&str]) {
        let text = self.said();
        assert_eq!(self.0.status.code(), Some(code), "{text}");
        for part in said {
            assert!(text.contains(part), "no {part:?} in:\n{text}");
        }
        assert!(self.0.stdout.is_empty(), "{text}");
        assert!(!text.contains('\u{1b}') && !text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    }
}

//! Names that a file system keeps for itself, ignores the case of, or reads as a path, as types and resources.

use spec_names_files::types::{AuxRs, CX, Con, Con2, ConType, Foo, Foo2, Lib, Main, Mod, Nul};
use spec_names_files::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 7]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let calls =
        [client.con().get().await, client.con().get_2().await, client.aux().get().await, client.nul_txt().get().await];
    let more = [client.com1().get().await, client.com1().get_2().await, client.prn().get().await];
    assert!(calls.iter().chain(&more).all(Result::is_ok));
    let lines: Vec<String> = calls.iter().chain(&more).map(|_| server.request().line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 13].map(|path| format!("GET /{path} HTTP/1.1")));

    let json = r#"{"a":"x"}"#;
    assert_eq!(serde_json::from_str::<Con2>(json).expect("an object").a.as_deref(), Some("x"));
    let _ = (Con::default(), ConType::default(), AuxRs::default(), Nul::default(), Mod::default(), Lib::default());
    let _ = (Main::default(), CX::default(), Foo::default(), Foo2::default());
}

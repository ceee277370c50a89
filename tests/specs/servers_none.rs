//! A document that does not say where its API is.

use spec_servers_none::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let nowhere = Client::builder().build().expect("a client");
    let refused = nowhere.things().list().await.expect_err("nobody said where");
    assert_eq!((refused.kind(), refused.attempts()), (ErrorKind::Config, 0));

    let server = Server::answering(vec![Answer::new(204, "")]);
    let client = Client::builder().base_url(Host::Default, format!("{}/", server.url())).build().expect("a client");
    client.things().list().await.expect("an answer");
    assert_eq!(server.request().line, "GET /things HTTP/1.1");
}

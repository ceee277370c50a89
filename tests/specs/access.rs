//! What only the server sets is no argument, and what it never tells need not be there.

use spec_access::types::User;
use spec_access::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let user = r#"{"id": "u1", "name": "Ann", "created": "2026-01-02"}"#;
    let server = Server::answering(vec![Answer::json(200, user), Answer::json(200, user), Answer::new(204, "")]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let read = client.users().create(User::new("Ann").password("hush")).await.expect("a user");
    assert_eq!(server.request().text(), r#"{"name":"Ann","password":"hush"}"#);
    assert_eq!((read.id.as_deref(), read.name.as_str()), (Some("u1"), "Ann"));
    assert!(read.password.is_none() && read.created.is_some());
    assert!(read.hint.is_none());
    client.users().create(User::new("Ann").hint_null()).await.expect("a user");
    assert_eq!(server.request().text(), r#"{"name":"Ann","hint":null}"#);
    client.users().replace("Bo").await.expect("it is replaced");
    assert_eq!(server.request().text(), r#"{"name":"Bo"}"#);
}

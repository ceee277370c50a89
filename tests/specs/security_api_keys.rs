//! A key in a header, in the query, in a cookie.

use spec_security_api_keys::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 4]);
    let builder = Client::builder().base_url(Host::Default, server.url());
    let builder = builder.in_header("k/1+2=").in_query("a&b=c d".replace(' ', "_")).in_cookie("s;1");
    let client = builder.in_authorization("Token-7").build().expect("a client");
    let keys = client.keys();

    keys.header().await.expect("an answer");
    assert_eq!(server.request().header("x-api-key"), Some("k/1+2="), "a header holds the key as it is");
    keys.query().page(2).await.expect("an answer");
    assert_eq!(server.request().line, "GET /query?page=2&api%20key=a%26b%3Dc_d HTTP/1.1");
    keys.cookie().theme("dark").await.expect("an answer");
    assert_eq!(server.request().header("cookie"), Some("theme=dark; SESSION=s%3B1"));
    keys.authorization().await.expect("an answer");
    assert_eq!(server.request().header("authorization"), Some("Token-7"), "no scheme is put before it");

    let shown = format!("{client:?} {:?}", keys.query().page(2));
    assert!(!shown.contains("a&b") && !shown.contains("Token-7"), "{shown}");
}

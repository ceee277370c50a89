//! `allowReserved`, `allowEmptyValue` and parameters with `content`.

use spec_query_values::types::Filter;
use spec_query_values::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 5]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let pages = client.pages();
    pages.by_url("https://u@h:1/a?b=c&d#e'f[g]+h i%").urls(["a/b", "c,d"]).await.expect("an answer");
    let line = "GET /reserved?url=https://u@h:1/a?b=c%26d%23e%27f%5Bg%5D%2Bh%20i%25&urls=a/b,c%2Cd HTTP/1.1";
    assert_eq!(server.request().line, line);

    let none: [&str; 0] = [];
    pages.with_empty().flag("").list(none).other(none).await.expect("an answer");
    assert_eq!(server.request().line, "GET /empty?flag=&list= HTTP/1.1");
    pages.with_empty().list(["a", "b"]).await.expect("an answer");
    assert_eq!(server.request().line, "GET /empty?list=a&list=b HTTP/1.1");

    let filter = || Filter::new().words(["a b", "ü"]);
    pages.by_content(filter()).x_filter(filter()).note("a b").await.expect("an answer");
    let request = server.request();
    let line = "GET /content?filter=%7B%22words%22%3A%5B%22a%20b%22%2C%22%C3%BC%22%5D%7D&note=a%20b HTTP/1.1";
    assert_eq!(request.line, line);
    assert_eq!(request.header("x-filter"), Some(r#"{"words":["a b","\u00fc"]}"#));
    pages.by_content(Filter::new()).tree("a").await.expect("an answer");
    assert_eq!(server.request().line, "GET /content?filter=%7B%7D&tree=%22a%22 HTTP/1.1");
}

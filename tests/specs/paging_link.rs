//! Lists whose pages are found by the header `Link`, whether the answer is the list or has it.

use spec_paging_link::types::Repo;
use spec_paging_link::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![
        Answer::json(200, r#"[{"name":"a"},{"name":"b"}]"#).header("Link", r#"</repositories/7?page=2>; rel="next""#),
        Answer::json(200, r#"[{"name":"c"}]"#).header("Link", r#"</repositories/7?page=1>; rel="prev""#),
    ]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let repos: Vec<Repo> = client.repos().list().items().collect_up_to(10).await.expect("repositories");
    assert_eq!(repos.iter().map(|repo| repo.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(server.request().line, "GET /repos HTTP/1.1");
    assert_eq!(server.request().line, "GET /repositories/7?page=2 HTTP/1.1");

    let link = r#"<https://api.example.org/searches?page=2>; rel="next""#;
    let server = Server::answering(vec![Answer::json(200, r#"{"items":["x"]}"#).header("Link", link)]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let mut found = client.searches().run().per_page(1).items();
    assert_eq!(found.next().await.expect("an item").expect("an item"), "x");
    let error = found.next().await.expect("not the end").expect_err("another origin");
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(found.next().await.is_none());
    assert_eq!(server.request().line, "GET /searches?per_page=1 HTTP/1.1");
}

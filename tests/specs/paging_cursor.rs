//! Lists whose pages are found by a value of the page before: one of the answer, or one of its last item.

use spec_paging_cursor::types::{Event, Invoice};
use spec_paging_cursor::{Client, Host, Items, Request};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![
        Answer::json(200, r#"{"result":{"events":[{"id":"a"},{"id":"b"}]},"paging":{"next":"x=1&y"}}"#),
        Answer::json(200, r#"{"result":{"events":[{"id":"c"}]},"paging":{"next":null}}"#),
    ]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let mut events = client.events().list().kind("sale").items();
    let mut ids = Vec::new();
    while let Some(event) = events.next().await {
        let event: Event = event.expect("an event");
        ids.push(event.id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(server.request().line, "GET /events?kind=sale HTTP/1.1");
    assert_eq!(server.request().line, "GET /events?kind=sale&page%5Bafter%5D=x%3D1%26y HTTP/1.1");

    let server = Server::answering(vec![
        Answer::json(200, r#"{"data":[{"id":"in_1"},{"id":"in_2"}],"has_more":true}"#),
        Answer::json(403, "{}"),
        Answer::json(200, r#"{"data":[{"id":"in_3"}],"has_more":false}"#),
        Answer::json(200, r#"{"result":null}"#),
    ]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let request: Request<_> = client.invoices().list().limit(2).starting_after("in_0");
    let mut invoices: Items<_> = request.items();
    let found: Vec<Invoice> = invoices.collect_up_to(2).await.expect("one page");
    assert_eq!(found.len(), 2);
    assert_eq!(server.request().line, "GET /invoices?starting_after=in_0&limit=2 HTTP/1.1");
    let error = invoices.next().await.expect("not the end").expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert_eq!(invoices.collect_up_to(2).await.expect("the same page again").len(), 1);
    for _ in 0..2 {
        assert_eq!(server.request().line, "GET /invoices?starting_after=in_2&limit=2 HTTP/1.1");
    }
    assert!(invoices.next().await.is_none());

    let none = client.events().list().items().collect_up_to(10).await.expect("a list without a list");
    assert!(none.is_empty());
}

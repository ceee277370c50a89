//! Ids that cannot be mistaken for each other, and two texts of one type that could be.

use spec_typed_ids::resources::RetrieveRepoArgs;
use spec_typed_ids::types::{ItemId, ShopId};
use spec_typed_ids::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let readme = Answer::new(200, "hello").header("content-type", "text/plain");
    let server = Server::answering(vec![Answer::new(204, ""), readme]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    client.items().destroy(ShopId::from("shop_1"), ItemId::from("item_2")).await.expect("it is gone");
    assert_eq!(server.request().line, "DELETE /shops/shop_1/items/item_2 HTTP/1.1");
    let args = RetrieveRepoArgs { owner: "a".into(), repo: "b".into() };
    assert_eq!(client.repos().retrieve(args).await.expect("a readme"), "hello");
    assert_eq!(server.request().line, "GET /repos/a/b HTTP/1.1");
}

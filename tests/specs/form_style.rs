//! Fields of a form in OpenAPI's own default style.

use spec_form_style::types::CreateCallRoute;
use spec_form_style::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, "")]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let route = CreateCallRoute::new().from("a b").fast(true);
    client.calls().create("+66").events(["ring", "end"]).route(route).window([1, 2]).await.expect("an answer");
    assert_eq!(server.request().text(), "to=%2B66&events=ring&events=end&from=a+b&fast=true&window=1,2");
}

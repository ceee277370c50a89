//! A form as Rack reads it, but for the field whose style the document says.

use spec_form_body::types::CreateOrderAddress;
use spec_form_body::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 2]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let address = CreateOrderAddress::new().city("Phra Nakhon & more");
    client.orders().create(100).notes(["a+b", "ü"]).address(address).await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "POST /orders HTTP/1.1");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = "amount=100&notes%5B%5D=a%2Bb&notes%5B%5D=%C3%BC&address%5Bcity%5D=Phra+Nakhon+%26+more";
    assert_eq!(request.text(), body);
    assert_eq!(request.header("content-length"), Some(body.len().to_string().as_str()));
    client.orders().create(1).await.expect("an answer");
    assert_eq!(server.request().text(), "amount=1");
}

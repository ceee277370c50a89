//! Each field of a form in the style its `encoding` says.

use spec_form_encoding::types::Size;
use spec_form_encoding::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 6]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let (words, size) = (["a b", "c&d"], || Size::new().width(2).height(3));
    client.labels().create().each(words).joined(words).pipe(words).space(words).await.expect("an answer");
    let request = server.request();
    assert_eq!(request.text(), "each=a+b&each=c%26d&joined=a+b,c%26d&pipe=a+b%7Cc%26d&space=a+b+c%26d");
    client.labels().create().deep(size()).flat(size()).json(size()).unsaid(size()).await.expect("an answer");
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = "unsaid%5Bwidth%5D=2&unsaid%5Bheight%5D=3&deep%5Bwidth%5D=2&deep%5Bheight%5D=3\
        &width=2&height=3&json=%7B%22width%22%3A2%2C%22height%22%3A3%7D";
    assert_eq!(request.text(), body);
    client.labels().create().await.expect("an answer");
    let request = server.request();
    assert_eq!((request.header("content-type"), request.header("content-length")), (None, Some("0")));
    client.labels().tag(["a", "b"]).await.expect("an answer");
    assert_eq!(server.request().text(), "plain=yes&kind=tag&names=a,b");
    client.labels().words().words(["a", "b"]).await.expect("an answer");
    assert_eq!(server.request().text(), "words=a&words=b");
    client.labels().words().await.expect("an answer");
    let request = server.request();
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!((request.header("content-type"), request.text()), (form, ""), "it must be there, also without a field");
}

//! What each part of a multipart form is written as.

use spec_multipart_parts::types::{Link, Meta};
use spec_multipart_parts::{Client, File, Host};

use crate::server::{Answer, Recorded, Server};

fn parts(request: &Recorded, media: &str) -> Vec<String> {
    let said = request.header("content-type").expect("a media type");
    let mark = said.strip_prefix(media).and_then(|rest| rest.strip_prefix("; boundary=")).expect("a boundary");
    let text = request.text().strip_suffix(&format!("\r\n--{mark}--\r\n")).expect("an end");
    let text = text.strip_prefix(&format!("--{mark}\r\n")).expect("a beginning");
    let between = format!("\r\n--{mark}\r\n");
    let parts = text.split(&between).map(|part| part.replace("\r\n", "|"));
    parts.map(|part| part.replace("Content-Disposition: form-data; ", "")).collect()
}

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 5]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let meta = || Meta::new().title("T");
    let call = client.reports().create(meta()).rows([meta(), Meta::new()]).tags(["a", "b"]).listed(["c", "d"]);
    let call = call.count(3).key(&b"\x00\xff"[..]).note("*n*");
    let scan = File::new("s.jpg", "JPG").with_content_type("image/jpeg").with_header("X-Page", "7");
    call.scan(scan).with_pages([File::new("p", "P")]).await.expect("an answer");
    let expected = [
        "name=\"meta\"|Content-Type: application/json||{\"title\":\"T\"}",
        "name=\"rows\"|Content-Type: application/json||{\"title\":\"T\"}",
        "name=\"rows\"|Content-Type: application/json||{}",
        "name=\"tags\"||a",
        "name=\"tags\"||b",
        "name=\"listed\"|Content-Type: application/json||[\"c\",\"d\"]",
        "name=\"count\"||3",
        "name=\"key\"||AP8=",
        "name=\"note\"|Content-Type: text/markdown; charset=utf-8||*n*",
        "name=\"scan\"; filename=\"s.jpg\"|Content-Type: image/jpeg|x-page: 7||JPG",
        "name=\"pages\"; filename=\"p\"|Content-Type: application/octet-stream||P",
    ];
    assert_eq!(parts(&server.request(), "multipart/form-data"), expected);

    client.reports().create_mixed().meta(meta()).await.expect("an answer");
    let expected = ["name=\"meta\"|Content-Type: application/json||{\"title\":\"T\"}"];
    assert_eq!(parts(&server.request(), "multipart/mixed"), expected);
    client.reports().create_mixed().await.expect("an answer");
    let request = server.request();
    assert_eq!((request.header("content-type"), request.header("content-length")), (None, Some("0")));

    client.reports().create_free([("a", "1"), ("b", "2")]).await.expect("an answer");
    assert_eq!(parts(&server.request(), "multipart/form-data"), ["name=\"a\"||1", "name=\"b\"||2"]);

    client.reports().create_either(Link::new("/a")).await.expect("an answer");
    assert_eq!(parts(&server.request(), "multipart/form-data"), ["name=\"url\"||/a"]);
}

//! The path column of OpenAPI's table of styles, and what a path refuses.

use spec_path_styles::types::Color;
use spec_path_styles::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 9]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let shelves = client.shelves();
    let list = ["blue", "black", "brown"];
    let color = || Color::new().r(100).g(200).b(150);
    shelves.simple("blue", list, color()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /simple/blue/blue,black,brown/R,100,G,200,B,150 HTTP/1.1");
    shelves.simple_exploded("blue", list, color()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /simple-exploded/blue/blue,black,brown/R=100,G=200,B=150 HTTP/1.1");
    shelves.label("blue", list, color()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /label/.blue/.blue,black,brown/.R,100,G,200,B,150 HTTP/1.1");
    shelves.label_exploded("blue", list, color()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /label-exploded/.blue/.blue.black.brown/.R=100.G=200.B=150 HTTP/1.1");
    shelves.matrix("blue", list, color()).await.expect("an answer");
    let line = "GET /matrix/;text=blue/;list=blue,black,brown/;color=R,100,G,200,B,150 HTTP/1.1";
    assert_eq!(server.request().line, line);
    shelves.matrix_exploded("blue", list, color()).await.expect("an answer");
    let line = "GET /matrix-exploded/;text=blue/;list=blue;list=black;list=brown/;R=100;G=200;B=150 HTTP/1.1";
    assert_eq!(server.request().line, line);

    // A piece of a path cannot become two, a query or a fragment, nor be decoded twice.
    shelves.simple("a/b?c#d%2Fe ü", ["x,y", "", "%"], color()).await.expect("an answer");
    let line = "GET /simple/a%2Fb%3Fc%23d%252Fe%20%C3%BC/x%2Cy,,%25/R,100,G,200,B,150 HTTP/1.1";
    assert_eq!(server.request().line, line);
    shelves.literal("..", 2).page(3).await.expect_err("`..` is refused also where it would be harmless");
    shelves.literal("...", 2).page(3).await.expect("an answer");
    assert_eq!(server.request().line, "GET /d%C3%A9p%C3%B4t%20no%201/...-2.json?page=3 HTTP/1.1");
    shelves.marked("s/1", 2).page(3).await.expect("an answer");
    assert_eq!(server.request().line, "GET /marks;shelf=s%2F1/2?page=3 HTTP/1.1");

    // Refused before anything is sent: the script has no answer left.
    for text in ["", ".", ".."] {
        let error = shelves.simple(text, list, color()).await.expect_err("it would be another path");
        assert_eq!(error.kind(), ErrorKind::Argument);
        let error = shelves.label(text, list, color()).await.expect_err("it would be another path");
        assert_eq!(error.kind(), ErrorKind::Argument);
    }
    let empty: [&str; 0] = [];
    assert_eq!(shelves.simple("a", empty, color()).await.expect_err("no text").kind(), ErrorKind::Argument);
    assert_eq!(shelves.matrix("a", list, Color::new()).await.expect_err("no text").kind(), ErrorKind::Argument);
}

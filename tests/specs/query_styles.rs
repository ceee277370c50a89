//! The query column of OpenAPI's table of styles.

use spec_query_styles::types::Color;
use spec_query_styles::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 9]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let books = client.books();
    let list = ["blue", "black", "brown"];
    let empty: [&str; 0] = [];
    books.by_list().form(list).joined(list).await.expect("an answer");
    let line = "GET /lists?form=blue&form=black&form=brown&joined=blue,black,brown HTTP/1.1";
    assert_eq!(server.request().line, line);
    books.by_list().space(list).pipe(list).await.expect("an answer");
    assert_eq!(server.request().line, "GET /lists?space=blue%20black%20brown&pipe=blue%7Cblack%7Cbrown HTTP/1.1");
    books.by_list().space_exploded(["a", "b"]).pipe_exploded(["c", "d"]).await.expect("an answer");
    let line = "GET /lists?spaceExploded=a&spaceExploded=b&pipeExploded=c&pipeExploded=d HTTP/1.1";
    assert_eq!(server.request().line, line);
    books.by_list().form(["a&b=c", "+ü"]).joined(["d,e", ""]).deep(["f"]).await.expect("an answer");
    let line = "GET /lists?form=a%26b%3Dc&form=%2B%C3%BC&joined=d%2Ce,&deep%5B%5D=f HTTP/1.1";
    assert_eq!(server.request().line, line);
    books.by_list().form(empty).joined(empty).space(empty).deep(empty).await.expect("an answer");
    assert_eq!(server.request().line, "GET /lists HTTP/1.1", "a list without items is not sent");

    let color = || Color::new().r(100).g(200).b(150);
    books.by_object().form(color()).joined(color()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /objects?R=100&G=200&B=150&joined=R,100,G,200,B,150 HTTP/1.1");
    books.by_object().space(color()).pipe(color()).await.expect("an answer");
    let line = "GET /objects?space=R%20100%20G%20200%20B%20150&pipe=R%7C100%7CG%7C200%7CB%7C150 HTTP/1.1";
    assert_eq!(server.request().line, line);
    books.by_object().deep(color()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /objects?deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150 HTTP/1.1");
    books.by_object().form(Color::new().g(1)).deep(Color::new()).await.expect("an answer");
    assert_eq!(server.request().line, "GET /objects?G=1 HTTP/1.1", "what is left out is not sent");
}

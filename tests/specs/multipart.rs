//! Files and a text in a multipart form.

use spec_multipart::{Client, File, Host, Upload};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(200, [0, 159, 146]); 2]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let pictures = client.pictures();
    let more = [File::new("b.gif", "GIF").with_content_type("image/gif"), File::new("c", b"\x00\xff")];
    let stored = pictures.create("a/1", File::new("a \"1\".png", "PNG")).title("Ü").more(more).await.expect("bytes");
    assert_eq!(stored[..], [0, 159, 146]);
    let request = server.request();
    assert_eq!(request.line, "POST /albums/a%2F1/pictures HTTP/1.1");
    let media = request.header("content-type").expect("a media type");
    let mark = media.strip_prefix("multipart/form-data; boundary=").expect("a boundary").to_owned();
    let head = |rest: &str| format!("--{mark}\r\nContent-Disposition: form-data; {rest}\r\n\r\n").into_bytes();
    let expected = [
        &head("name=\"file\"; filename=\"a %221%22.png\"\r\nContent-Type: image/png")[..],
        b"PNG\r\n",
        &head("name=\"title\""),
        "Ü\r\n".as_bytes(),
        &head("name=\"more\"; filename=\"b.gif\"\r\nContent-Type: image/gif"),
        b"GIF\r\n",
        &head("name=\"more\"; filename=\"c\"\r\nContent-Type: application/octet-stream"),
        b"\x00\xff\r\n",
        format!("--{mark}--\r\n").as_bytes(),
    ]
    .concat();
    assert_eq!(request.body, expected);
    assert_eq!(request.header("content-length"), Some(expected.len().to_string().as_str()));

    let content = Upload::from("webp").with_content_type("image/webp");
    pictures.create("a", File::new("a.webp", content)).await.expect("bytes");
    assert!(server.request().text().contains("\r\nContent-Type: image/webp\r\n\r\nwebp\r\n"));
}

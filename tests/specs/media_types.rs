//! Which media type a body is sent in when the document has several, none that is one, or a wildcard.

use spec_media_types::types::{OpenPetFormBody, Pet};
use spec_media_types::{Client, File, Host, Upload};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 21]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let sent = |media: &str, body: &str| {
        let request = server.request();
        assert_eq!((request.header("content-type"), request.text()), (Some(media), body));
    };
    let (pets, pet) = (client.pets(), || Pet::new().name("Rex"));
    let json = r#"{"name":"Rex"}"#;
    pets.create(pet()).await.expect("an answer");
    sent("application/json", json);
    pets.add(pet()).await.expect("an answer");
    sent("application/json", json);
    pets.patch(pet()).await.expect("an answer");
    sent("application/merge-patch+json", json);
    pets.patch(pet()).header("Content-Type", "application/vnd.pet+json").await.expect("an answer");
    sent("application/vnd.pet+json", json);
    pets.rename("Rex").await.expect("an answer");
    sent("application/merge-patch+json", json);
    pets.charset(pet()).await.expect("an answer");
    sent("application/json; charset=utf-8", json);
    pets.any(pet()).await.expect("an answer");
    sent("application/json", json);
    pets.picture("GIF").await.expect("an answer");
    sent("application/octet-stream", "GIF");
    pets.picture(Upload::from("GIF").with_content_type("image/gif")).await.expect("an answer");
    sent("image/gif", "GIF");
    pets.text("Rüde").await.expect("an answer");
    sent("text/plain", "Rüde");
    pets.text("*R*").header("content-type", "text/markdown").await.expect("an answer");
    sent("text/markdown", "*R*");
    pets.note().body("n").await.expect("an answer");
    sent("text/plain", "n");
    pets.note().await.expect("an answer");
    assert_eq!(server.request().header("content-type"), None);
    pets.xml("<pet/>").await.expect("an answer");
    sent("application/xml", "<pet/>");
    pets.upload(File::new("r.png", "PNG")).await.expect("an answer");
    let request = server.request();
    assert!(
        request.header("content-type").is_some_and(|media| media.starts_with("multipart/form-data; boundary=form"))
    );
    pets.boundary("Rex").await.expect("an answer");
    let request = server.request();
    assert!(
        request.header("content-type").is_some_and(|media| media.starts_with("multipart/form-data; boundary=form"))
    );
    pets.wrong("{}").await.expect("an answer");
    sent("application/octet-stream", "{}");
    pets.list_form("a=1").await.expect("an answer");
    sent("application/x-www-form-urlencoded", "a=1");
    let mut form = OpenPetFormBody::new().name("Rex");
    form.extra.insert("age".into(), 3);
    pets.open_form(form).await.expect("an answer");
    sent("application/x-www-form-urlencoded", "name=Rex&age=3");
    pets.open_parts().name("Rex").await.expect("an answer");
    assert!(server.request().text().contains("name=\"name\"\r\n\r\nRex\r\n"));
    pets.open_parts().await.expect("an answer");
    let request = server.request();
    let mark = request.header("content-type").and_then(|media| media.split_once("boundary=")).expect("a boundary").1;
    assert_eq!(request.text(), format!("--{mark}--\r\n"), "a form that must be there is, also without a field");
}

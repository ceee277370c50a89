//! What is deprecated warns those who use it; the crate itself builds without a warning, or this would not run.

#![deny(warnings)]

use spec_deprecated::resources::CreateRoomAnswer;
use spec_deprecated::types::Room;
use spec_deprecated::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answers = vec![Answer::json(200, r#"{"name":"Blue","code":"b"}"#), Answer::json(200, "[]")];
    let server = Server::answering(answers);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let answer = client.rooms().create(Room::new("Blue")).await.expect("an answer");
    assert_eq!(server.request().text(), r#"{"name":"Blue"}"#);
    assert!(matches!(answer, CreateRoomAnswer::Ok(room) if room.name == "Blue"));

    // `expect` fails the build when there is nothing to warn of.
    #[expect(deprecated)]
    let request = client.rooms().list();
    #[expect(deprecated)]
    let request = request.floor(3);
    #[expect(deprecated)]
    let request = request.size(spec_deprecated::types::Size::Small);
    let answer = request.send().await.expect("an answer");
    assert_eq!(server.request().line, "GET /rooms?floor=3&size=small HTTP/1.1");
    #[expect(deprecated)]
    let old = spec_deprecated::resources::ListRoomsHeaders::of(answer.headers()).x_old;
    assert_eq!(old, None);
    #[expect(deprecated)]
    let code = |room: Room| (room.code, room.old.map(|old| old.code));
    let _ = code;
}

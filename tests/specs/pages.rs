//! Pages: an object that many lists share, with items of its own in each.

use spec_pages::types::{Album, List, Song};
use spec_pages::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let songs = r#"{"data":[{"title":"Blue"},{"title":"So What"}],"offset":2,"limit":2,"total":9}"#;
    let albums = format!(r#"{{"data":[{{"songs":{songs}}}],"total":1}}"#);
    let server = Server::answering(vec![Answer::json(200, songs), Answer::json(200, albums), Answer::json(200, "{}")]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");

    let page: List<Song> = client.songs().list().offset(2).limit(2).await.expect("an answer");
    assert_eq!(server.request().line, "GET /songs?offset=2&limit=2 HTTP/1.1");
    assert_eq!((page.offset, page.limit, page.total), (Some(2), Some(2), Some(9)));
    let titles: Vec<_> = page.data.iter().map(|song| song.title.as_deref()).collect();
    assert_eq!(titles, [Some("Blue"), Some("So What")]);

    let page: List<Album> = client.albums().list().await.expect("an answer");
    assert_eq!(server.request().line, "GET /albums HTTP/1.1");
    let songs: Vec<Song> = page.into_iter().filter_map(|album| album.songs).flatten().collect();
    assert_eq!(songs.len(), 2, "a page inside an item is one too");

    let last = r#"{"data":[{"title":"Naima"}],"offset":2,"limit":2,"total":3}"#;
    let first = r#"{"data":[{"title":"Blue"},{"title":"So What"}],"offset":0,"limit":2,"total":3}"#;
    let lists = Server::answering(vec![Answer::json(200, first), Answer::json(200, last)]);
    let listing = Client::builder().base_url(Host::Default, lists.url()).build().expect("a client");
    let songs: Vec<Song> = listing.songs().list().limit(2).items().collect_up_to(5).await.expect("songs");
    assert_eq!(songs.len(), 3);
    assert_eq!(lists.request().line, "GET /songs?limit=2 HTTP/1.1");
    assert_eq!(lists.request().line, "GET /songs?limit=2&offset=2 HTTP/1.1");

    let page = client.songs().list().await.expect("an answer");
    assert!(page.data.is_empty(), "a promised list that is not there has no items");
}

//! The header `Link`.

use super::server::*;
use crate::runtime::{
    Client, ClientBuilder, Credential, ErrorKind, HostProfile, Position, Profile, Scheme, SchemeKind,
};

/// Two pages, the first of which has that header.
fn linked(link: &str) -> Server {
    let link = link.to_owned();
    Server::new(move |asked| match asked.before {
        0 => Reply::json(&page(0..2)).link(link.clone()),
        _ => Reply::json(&page(2..3)),
    })
}

/// Where the second request went.
async fn followed(link: &str) -> Option<String> {
    let server = linked(link);
    let found = all(ByLink::of(&server.client())).await;
    let lines = server.lines();
    assert_eq!(found.unwrap().len(), if lines.len() == 1 { 2 } else { 3 }, "{link}");
    lines.into_iter().nth(1)
}

#[tokio::test]
async fn the_next_link_is_followed_as_it_is_written() {
    for (link, to) in [
        ("<https://api.example.com/shop/things?page=2&q=a%20b>; rel=\"next\"", "/shop/things?page=2&q=a%20b"),
        ("<https://API.example.com:443/elsewhere?page=2>; rel=next", "/elsewhere?page=2"),
        ("<//api.example.com/x?p>; rel=next", "/x?p"),
        ("</x>; rel=next", "/x"),
        ("<?page=2#there>; rel=next", "/shop/things?page=2"),
        ("<others?page=2>; rel=next", "/shop/others?page=2"),
        ("</1>; rel=\"first prev\", </a,b;c>; title=\"a, \\\"b\\\"; rel=next\"; rel=\"last NEXT\"", "/a,b;c"),
        ("</1>;rel=next;rel=prev,</2>;rel=next", "/1"),
        ("</1>; rel=next; anchor=\"/other\", </2> ; REL = next ", "/2"),
        ("</1>; flag; rel=next", "/1"),
    ] {
        assert_eq!(followed(link).await.as_deref(), Some(to), "{link}");
    }
    for link in
        ["</1>; rel=prev", "</1>", "</1>; title=next", "/1; rel=next", "</1; rel=next", "", "</1>; rel=prev; rel=next"]
    {
        assert_eq!(followed(link).await, None, "{link}");
    }
}

#[tokio::test]
async fn a_link_elsewhere_is_refused_after_the_items_there_are() {
    for link in [
        "https://evil.example/shop/things?page=2",
        "http://api.example.com/shop/things?page=2",
        "https://api.example.com:8443/shop/things?page=2",
        "https://api.example.com.evil.example/",
        "https://user@api.example.com/shop/things",
        "//evil.example/x",
        "ftp://api.example.com/x",
        "javascript:alert(1)",
        "/a/../b",
        "/\\evil.example/x",
        "https://api.example.com//evil.example",
    ] {
        let server = linked(&format!("<{link}>; rel=next"));
        let mut items = ByLink::of(&server.client()).items();
        assert!(items.next().await.unwrap().is_ok() && items.next().await.unwrap().is_ok(), "{link}");
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
        assert!(!error.to_string().contains("evil"), "{error}");
        assert!(items.next().await.is_none());
        assert_eq!(server.lines().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn links_in_a_circle_are_an_error_and_an_empty_page_is_an_end() {
    let server = linked("</shop/things?page=2>; rel=next");
    let circle = Server::new(|asked| Reply::json(&page(asked.before..asked.before + 1)).link("</c?page=2>; rel=next"));
    assert_eq!(all(ByLink::of(&server.client())).await.unwrap(), [0, 1, 2]);
    let mut items = ByLink::of(&circle.client()).items();
    assert_eq!(items.collect_up_to(10).await.unwrap_err().kind(), ErrorKind::Paging);
    assert_eq!(items.collect_up_to(10).await.unwrap().len(), 2);
    // Feeds always name a next page, to be asked for later.
    let feed = Server::new(|asked| {
        let next = asked.before + 1;
        Reply::json(&page(asked.before..next.min(3))).link(format!("</shop/things?page={next}>; rel=next"))
    });
    assert_eq!(all(ByLink::of(&feed.client())).await.unwrap(), [0, 1, 2]);
}

#[tokio::test]
async fn links_stay_below_the_host_of_a_base_url_with_a_path() {
    let server = linked("<http://127.0.0.1:8080/prefix/shop/things?page=2>; rel=next");
    let client = Client::builder().secret_key("skey_1").base_url_at(0, "http://127.0.0.1:8080/prefix");
    let client = client.transport(server.clone()).build().unwrap();
    assert_eq!(all(ByLink::of(&client)).await.unwrap(), [0, 1, 2]);
    assert_eq!(server.lines(), ["/prefix/shop/things", "/prefix/shop/things?page=2"]);
}

#[tokio::test]
async fn a_position_on_a_linked_page_leads_back_to_it_and_no_further() {
    let server = linked("</shop/things?page=2>; rel=next");
    let mut items = ByLink::of(&server.client()).items();
    items.collect_up_to(2).await.unwrap();
    let kept = serde_json::to_string(&items.position().unwrap()).unwrap();
    assert_eq!(kept, r#"{"page":"/shop/things?page=2","given":0}"#);
    let mut items = ByLink::of(&server.client()).items().resume(serde_json::from_str(&kept).unwrap());
    assert_eq!(items.next().await.unwrap().unwrap().n, 2);
    assert_eq!(server.lines().last().unwrap(), "/shop/things?page=2");

    for forged in
        ["//evil.example/x", "https://evil.example/", ".evil.example/", "@evil.example/", "/a\\b", "/../x", ""]
    {
        let position: Position = serde_json::from_value(serde_json::json!({"page": forged})).unwrap();
        let mut items = ByLink::of(&server.client()).items().resume(position);
        assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Paging, "{forged}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(server.lines().len(), 2);
}

#[test]
fn a_position_is_not_shown() {
    let position: Position = serde_json::from_str(r#"{"page":"/x?token=secret","given":3}"#).unwrap();
    assert_eq!(format!("{position:?}"), "Position { given: 3, .. }");
}

static KEY_IN_QUERY: Profile = Profile {
    user_agent: "keys",
    hosts: &[HostProfile { name: "api", url: "https://api.example.com", variables: &[], security: &[] }],
    schemes: &[Scheme { name: "key", kind: SchemeKind::Query("api key"), prefixes: &[] }],
    headers: &[],
    idempotency: None,
    request_id_headers: &[],
    error_code: "",
    error_message: "",
    rate_limit: None,
};

#[tokio::test]
async fn a_key_that_a_link_quotes_is_neither_sent_twice_nor_kept() {
    let server = linked("<?api%20key=topsecret&page=2&api%20key=topsecret>; rel=next");
    let builder = <ClientBuilder>::new(&KEY_IN_QUERY).credential(0, Credential::key("topsecret"));
    let client: Client = builder.transport(server.clone()).build().unwrap();
    let mut items = ByLink::of(&client).items();
    items.collect_up_to(2).await.unwrap();
    let kept = serde_json::to_string(&items.position()).unwrap();
    assert!(kept.contains("page=2") && !kept.contains("topsecret"), "{kept}");
    assert_eq!(items.next().await.unwrap().unwrap().n, 2);
    let expected = ["/shop/things?api%20key=topsecret", "/shop/things?page=2&api%20key=topsecret"];
    assert_eq!(server.lines(), expected);
}

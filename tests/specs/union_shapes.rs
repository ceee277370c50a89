//! Whatever the shape, what comes in goes out again; what fits none of the members is kept as it is.

use serde_json::{Value, json};
use spec_union_shapes::types::{Note, NoteAbout, NoteKind, NoteMany, NoteMark, NoteRest, NoteSize, NoteValue};
use spec_union_shapes::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!([
        {"about": {"name": "Ann", "age": 7}, "kind": {"as": "text", "body": "b"}, "value": 3, "ratio": 3.5},
        {"about": {"city": "Trat"}, "kind": {"as": "png", "body": "b"}, "value": true, "size": "huge"},
        {"about": {"age": 7, "city": "Trat"}, "kind": {"width": 2}, "value": "x", "size": "vast"},
        {"about": ["Ann"], "kind": "plain", "value": [1, 2], "many": [{"name": "a"}, {"city": "b"}]},
        {"value": {"deep": [1.5]}, "many": [{"age": 1}, {"city": "b"}], "rest": {"a": 1}},
        {"rest": {"city": "Trat"}, "ratio": 9_007_199_254_740_993_i64, "mark": 9_007_199_254_740_993_i64},
    ]);
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let notes = client.notes().list().await.expect("notes");
    assert_eq!(serde_json::to_value(&notes).expect("it serialises"), sent);
    let [ann, trat, both, list, deep, place] = notes.as_slice() else { panic!("{notes:?}") };
    assert!(matches!(&ann.about, Some(NoteAbout::Person(person)) if person.age == Some(7)));
    assert!(matches!(&ann.kind, Some(NoteKind::Text(_))));
    assert_eq!(ann.value, Some(NoteValue::Integer(3)));
    assert!(matches!(&trat.about, Some(NoteAbout::Place(place)) if place.city.as_deref() == Some("Trat")));
    assert!(matches!(&trat.kind, Some(NoteKind::Picture(_))));
    assert_eq!((&trat.value, &trat.size), (&Some(NoteValue::Bool(true)), &Some(NoteSize::Huge)));
    // Neither a person nor a place has all of it.
    assert!(matches!(&both.about, Some(NoteAbout::Unknown(_))));
    assert!(matches!(&both.kind, Some(NoteKind::Picture(picture)) if picture.width == Some(2)));
    assert_eq!(both.size, Some(NoteSize::Unknown("vast".into())));
    assert_eq!(list.about, Some(NoteAbout::Unknown(json!(["Ann"]))));
    assert_eq!(list.value, Some(NoteValue::ListInteger(vec![1, 2])));
    assert!(matches!(&list.many, Some(NoteMany::ListPlace(places)) if places.len() == 2));
    assert!(matches!(&deep.many, Some(NoteMany::Unknown(Value::Array(_)))));
    assert!(matches!(&deep.rest, Some(NoteRest::Map(map)) if map["a"] == 1));
    assert!(matches!(&place.rest, Some(NoteRest::Place(_))));
    assert_eq!(place.ratio.as_ref().map(|ratio| ratio.as_str()), Some("9007199254740993"));
    assert_eq!(place.mark, Some(NoteMark::Integer(9_007_199_254_740_993)));
    let time: NoteMark = serde_json::from_value(json!("2026-01-02T03:04:05Z")).expect("it reads");
    assert!(matches!(time, NoteMark::DateTime(_)), "{time:?}");
    // A property that none of them knows decides nothing.
    let new: Note = serde_json::from_value(json!({"about": {"name": "Ann", "age": 7, "height": 1}})).expect("a note");
    assert!(matches!(new.about, Some(NoteAbout::Person(_))));
}

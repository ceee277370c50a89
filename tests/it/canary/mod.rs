//! A canary in every place of an answer where a text stands, one at a time: `Debug` shows what is ordinary and nothing of
//! what is secret, and no error shows any.

mod calls;
mod places;

use std::collections::BTreeSet;
use std::fmt::Debug;

use omise::test_util::{Reply, Sample, Sampled, Scripted, Visitor, visit};
use omise::types::{Charge, ErrorBody};
use omise::{Client, ErrorKind};
use omise_generator::ir::Api;
use omise_generator::load::pointer;
use serde::Serialize;
use serde_json::{Value, json};

const CANARY: &str = "canary7d1f";

/// The pointers to everything of that kind.
fn pointers(value: &Value, is_it: fn(&Value) -> bool) -> Vec<String> {
    fn walk(value: &Value, at: &str, is_it: fn(&Value) -> bool, found: &mut Vec<String>) {
        if is_it(value) {
            found.push(at.to_owned());
        }
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    walk(value, &pointer::join(at, key), is_it, found);
                }
            }
            Value::Array(items) => {
                for (position, value) in items.iter().enumerate() {
                    walk(value, &format!("{at}/{position}"), is_it, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", is_it, &mut found);
    found
}

/// The places of a type, without those of items: they are looked at as what they are.
fn own(name: &str, found: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    let is_page = name.contains('<');
    found.into_iter().filter(move |pointer| !is_page || pointer.matches('/').count() <= 1)
}

fn json<T: Sampled>() -> Value {
    serde_json::from_str(&T::json()).expect("samples are JSON")
}

/// Looks which places `Debug` hides, and compares that with what the model calls secret.
struct Hides {
    model: Api,
    secrets: usize,
}

impl Visitor for Hides {
    fn visit<T: Sampled + Serialize + Clone + Debug + PartialEq>(&mut self, name: &'static str) {
        let sample = json::<T>();
        let mut hidden = BTreeSet::new();
        for pointer in own(name, pointers(&sample, Value::is_string)) {
            // Bytes and the like are not read from any text.
            let Ok(value) = Sample::<T>::new().with(&pointer, CANARY).build() else { continue };
            let written = serde_json::to_string(&value).expect("it is written");
            assert!(written.contains(CANARY), "{name}{pointer} is lost");
            if !format!("{value:?}").contains(CANARY) {
                hidden.insert(pointer);
            }
        }
        let secret: BTreeSet<_> = own(name, places::secret(&self.model, name, &sample)).collect();
        assert_eq!(hidden, secret, "{name}");
        self.secrets += secret.len();
    }
}

#[test]
fn debug_hides_what_is_secret_and_nothing_else() {
    let mut hides = Hides { model: crate::support::model(), secrets: 0 };
    visit(&mut hides);
    assert!(hides.secrets > 5, "the API answers with keys and secrets: {}", hides.secrets);
}

/// Puts what does not belong there in every place. Names of members lead to the place, and may be shown.
struct Refuses(usize);

impl Visitor for Refuses {
    fn visit<T: Sampled + Serialize + Clone + Debug + PartialEq>(&mut self, name: &'static str) {
        let sample = json::<T>();
        let wrong = [json!(CANARY), json!([CANARY]), json!({"key": CANARY}), json!(71_077_345)];
        for pointer in own(name, pointers(&sample, |_| true)) {
            for value in &wrong {
                let Err(error) = Sample::<T>::new().with(&pointer, value).build() else { continue };
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains(CANARY) && !shown.contains("71077345"), "{name}{pointer}: {shown}");
                self.0 += 1;
            }
        }
    }
}

#[test]
fn no_decode_error_shows_what_it_could_not_read() {
    let mut refuses = Refuses(0);
    visit(&mut refuses);
    assert!(refuses.0 > 1000, "{} were refused", refuses.0);
}

fn client(api: &Scripted) -> Client {
    Client::builder().secret_key("skey_test_1").transport(api.clone()).max_retries(0).build().expect("it is built")
}

/// An error with all that it leads to.
fn shown(error: &dyn std::error::Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        shown.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    shown
}

#[tokio::test]
async fn errors_of_calls_show_no_body() {
    let api = Scripted::new();
    let unreadable = Sample::<Charge>::new().with("/amount", CANARY).json().expect("a place");
    // What the API calls the problem is for people to read; all else stays in the body.
    let mut problem = json::<ErrorBody>();
    for pointer in pointers(&problem, Value::is_string) {
        if !["/code", "/message"].contains(&&*pointer) {
            problem[&pointer[1..]] = json!(CANARY);
        }
    }
    problem["more"] = json!({CANARY: [CANARY]});
    api.push(Reply::json(200, &unreadable));
    api.push(Reply::json(400, &problem).header("x-more", CANARY));
    api.push(Reply::bytes(500, format!("<p>{CANARY}")).header("content-type", "text/html"));
    api.push(Reply::bytes(302, CANARY).header("location", format!("https://{CANARY}.example.com/{CANARY}?{CANARY}")));
    assert!(!format!("{api:?}").contains(CANARY));
    for kind in [ErrorKind::Decode, ErrorKind::Api, ErrorKind::Api, ErrorKind::Redirect] {
        let error = client(&api).charges().retrieve("chrg_1").await.expect_err("it fails");
        assert_eq!(error.kind(), kind);
        let shown = shown(&error);
        assert!(!shown.contains(CANARY), "{shown}");
    }
}

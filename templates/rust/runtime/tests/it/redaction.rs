//! Keys and card numbers are looked for in everything that can be printed.

use crate::runtime::{Client, Credential, File, Secret};
use crate::scripted::{Act, Scripted, response};

const KEY: &str = "skey_canary_5d1f";
const CARD: &str = "4242424242424242";

fn clean(text: &str) {
    assert!(!text.contains("canary"), "{text}");
    assert!(!text.contains(CARD), "{text}");
    assert!(!text.contains("c2tleV9jYW5hcnk"), "the key as base64: {text}");
}

#[tokio::test]
async fn nothing_shows_keys_or_cards() {
    let transport = Scripted::default();
    let builder = Client::builder().secret_key(KEY).public_key("pkey_canary").transport(transport.clone());
    clean(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    clean(&format!("{client:?} {:?}", client.charges()));
    assert!(format!("{client:?}").contains("secret_key"), "which keys there are may be shown");

    let request = client.charges().create_token(CARD).header("X-Card", CARD).idempotency_key("order-1");
    clean(&format!("{request:?}"));
    let mut request = request;
    clean(&format!("{:?}", request.operation_mut()));
    clean(&format!("{:?} {:?}", Credential::key(KEY), Credential::basic("me", "canary")));
    clean(&format!("{:?} {:?}", Secret::from(CARD), File::new("f", CARD)));

    client.charges().create_token(CARD).await.unwrap();
    let seen = transport.seen().remove(0);
    assert_eq!(seen.text(), format!("number={CARD}"), "it is sent all the same");
    clean(&format!("{:?}", seen.head));
}

#[tokio::test]
async fn a_key_that_the_server_quotes_is_taken_out() {
    let quoting = r#"{"code":"skey_canary_5d1f","message":"no account for skey_canary_5d1f"}"#;
    let transport = Scripted::new([Act::Answer(response(401, quoting))]);
    let client = Client::builder().secret_key(KEY).transport(transport).build().unwrap();
    let error = client.charges().create(1, "THB").await.unwrap_err();
    clean(&format!("{error} {error:?}"));
    assert_eq!(error.message(), "no account for [redacted]");
}

#[tokio::test]
async fn card_numbers_and_encoded_keys_that_the_server_quotes_are_taken_out() {
    let encoded = "c2tleV9jYW5hcnlfNWQxZjo=";
    let quoting = format!(
        r#"{{"code":"invalid_card","message":"{CARD}, 4242 4242-4242 4242 and 5555555555554444 with {encoded}: order 1234567890123"}}"#
    );
    let mut answer = response(400, quoting.leak());
    answer.headers_mut().insert("x-authorization-was", format!("Basic {encoded}").parse().unwrap());
    let transport = Scripted::new([Act::Answer(answer)]);
    let client = Client::builder().secret_key(KEY).transport(transport).build().unwrap();
    let error = client.charges().create(1, "THB").await.unwrap_err();
    clean(&format!("{error} {error:?} {:?}", error.headers()));
    // The last number's check digit does not fit, so it is no card's.
    assert_eq!(error.message(), "[redacted], [redacted] and [redacted] with [redacted]: order 1234567890123");
}

#[tokio::test]
async fn a_key_is_found_in_other_spellings() {
    let spellings =
        ["SKEY_CANARY_5D1F", "Skey_Canary_5d1f", "c2tleV9jYW5hcnlfNWQxZjo", "C2TLEV9JYW5HCNLFNWQXZJO=", "é"];
    for (spelling, shown) in spellings.into_iter().zip(["[redacted]", "[redacted]", "[redacted]", "[redacted]", "é"]) {
        assert_eq!(message(&format!("é{spelling}é")).await, format!("é{shown}é"));
    }
}

#[tokio::test]
async fn what_was_sent_as_a_secret_is_not_repeated() {
    let said = r#"{"code":"no_987654","message":"number 987654 of Bearer canary-token-1 for canary-key-22 is wrong"}"#;
    let transport = Scripted::new([Act::Answer(response(400, said)), Act::Answer(response(400, said))]);
    let builder = Client::builder().public_key("pkey_1").default_header("X-Api-Key", "canary-key-22");
    let client = builder.transport(transport).build().unwrap();
    let create = |number: &str| client.charges().create_token(number).header("Authorization", "Bearer canary-token-1");
    let error = create("987654").await.unwrap_err();
    assert_eq!(error.code(), Some("no_[redacted]"));
    assert_eq!(error.message(), "number [redacted] of [redacted] for [redacted] is wrong");
    clean(&format!("{error} {error:?}"));
    // Another call's secret is another's.
    assert!(create("111111").await.unwrap_err().message().contains("987654"));
}

#[tokio::test]
async fn a_card_number_that_was_mistyped_is_masked_too() {
    for number in ["4242424242424241", "5555 5555 5555 4445", "378282246310006", "2223003122003223"] {
        assert_eq!(message(&format!("{number} is invalid")).await, "[redacted] is invalid");
    }
    for other in ["order 20261126000123", "at 1767323045000"] {
        assert_eq!(message(other).await, other);
    }
}

#[tokio::test]
async fn headers_of_ones_own_are_shown_by_nothing() {
    let transport = Scripted::answering(200, "{}");
    let builder = Client::builder().secret_key(KEY).default_header("X-Api-Key", "canary-1");
    let client = builder.transport(transport.clone()).build().unwrap();
    client.charges().create(1, "THB").header("X-Other-Key", "canary-2").await.unwrap();
    let seen = transport.seen().remove(0);
    assert_eq!((seen.header("x-api-key"), seen.header("x-other-key")), (Some("canary-1"), Some("canary-2")));
    clean(&format!("{:?}", seen.head.headers));
}

#[tokio::test]
async fn no_digits_beside_a_card_number_hide_it() {
    for said in [
        "card 4242424242424242 12/27",
        "4242424242424242 123",
        "number 1 4242424242424242",
        "2026-11-26 4242424242424242",
        "4242424242424242 5555555555554444",
        "4242.4242.4242.4242, 4242_4242_4242_4242; 4242  4242\u{a0}4242 4242",
        "at 1 of 2: 4242424242424242",
    ] {
        let shown = message(said).await;
        let digits = shown.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
        assert!(shown.contains("[redacted]") && digits <= Some(4) && !shown.contains("4242"), "{shown}");
    }
    let harmless = "chrg_test_5xuy4w91xqz7d1w9u0t of 100000 on 2026-11-26";
    assert_eq!(message(harmless).await, harmless);
}

async fn message(said: &str) -> String {
    let body = format!(r#"{{"code":"invalid_card","message":"{said}"}}"#);
    let transport = Scripted::new([Act::Answer(response(400, body.leak()))]);
    let client = Client::builder().secret_key(KEY).transport(transport).build().unwrap();
    let error = client.charges().create(1, "THB").await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("4242"), "{error}");
    error.message().to_owned()
}

/// Everything that tests of others print: what was sent and said, and samples.
#[cfg(feature = "test-util")]
#[tokio::test]
async fn what_tests_are_given_shows_no_more() {
    use crate::runtime::test_util::{Reply, Sample, Scripted};
    use crate::runtime::{Attempt, Hook, Outcome};

    #[derive(Clone, Default)]
    struct Told(std::sync::Arc<std::sync::Mutex<String>>);

    impl Hook for Told {
        fn before(&self, attempt: &Attempt<'_>, _: &mut http::HeaderMap) {
            self.0.lock().unwrap().push_str(&format!("{attempt:?} "));
        }

        fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
            self.0.lock().unwrap().push_str(&format!("{attempt:?} {outcome:?} "));
        }
    }

    let (api, told) = (Scripted::new(), Told::default());
    let reply = Reply::bytes(400, format!(r#"{{"code":"no","message":"{CARD}","more":"canary"}}"#));
    let reply = reply.header("x-more", "canary").header("x-canary", CARD);
    clean(&format!("{reply:?} {:?} {:?}", Reply::json(200, "canary"), Reply::json(7, CARD)));
    api.push(reply);
    let builder = Client::builder().secret_key(KEY).public_key("pkey_canary").hook(told.clone()).transport(api.clone());
    let client = builder.build().unwrap();
    let error = client.charges().create_token(CARD).header("X-Card", CARD).await.unwrap_err();
    clean(&format!("{error} {error:?} {api:?} {api:#?} {:?}", api.requests()));
    let told = told.0.lock().unwrap().clone();
    assert!(told.contains("tokens.create"), "{told}");
    clean(&told);
    let sample = Sample::<crate::sample::Charge>::new().with("/amount", "canary").with("/number", CARD);
    clean(&format!("{:?}", sample.build().unwrap_err()));
}

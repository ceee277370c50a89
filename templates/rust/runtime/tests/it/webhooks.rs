//! Deliveries of webhooks: genuine ones, and everything else that may arrive.
//!
//! The digests were made with Python's `hmac` and with `openssl dgst -sha256 -mac HMAC`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::runtime::Secret;
use crate::runtime::webhook::{
    DigestEncoding, EventVerifier, SecretEncoding, SignedPart, WebhookError, WebhookErrorKind, WebhookEvent,
    WebhookScheme, sign,
};

/// `first webhook secret, 32 bytes!!`, and bytes that are no text.
const FIRST: &str = "Zmlyc3Qgd2ViaG9vayBzZWNyZXQsIDMyIGJ5dGVzISE=";
const SECOND: &str = "+vv8/f7/AAECAwQFBgcICQoLDA0ODxAREhM=";

const BODY: &str = r#"{"object":"event","id":"evnt_1","key":"thing.done","name":"Café"}"#;
const AT: &str = "1700000000";
const BY_FIRST: &str = "3a78ed76905d476bb6b1696561e01d7215a85ac24cf0e5502cec5f5dbec32e13";
const BY_SECOND: &str = "901331c8a3d53676d7bf87312339783dedd534a41a4fde67a6e344279fb4a2c5";

#[derive(Debug, Deserialize)]
struct Event {
    #[serde(default)]
    key: String,
    data: Option<Value>,
}

impl WebhookEvent for Event {
    const SCHEME: &'static WebhookScheme = &WebhookScheme {
        signature_header: "X-Signature",
        timestamp_header: Some("X-Timestamp"),
        signed: &[SignedPart::Timestamp, SignedPart::Text("."), SignedPart::Body],
        secret: SecretEncoding::Base64,
        digest: DigestEncoding::Hex,
        separator: ",",
        tolerance: Duration::from_secs(300),
    };
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// A verifier to which it is always the moment of signing.
fn verifier(secrets: &[&str]) -> EventVerifier<Event> {
    EventVerifier::new(secrets.iter().copied()).unwrap().clock(|| at(1_700_000_000))
}

fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    let line = |(name, value): &(&str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())
    };
    lines.iter().map(line).collect()
}

fn signed(signature: &str) -> HeaderMap {
    headers(&[("x-signature", signature), ("x-timestamp", AT)])
}

fn kind<T: std::fmt::Debug>(result: Result<T, WebhookError>) -> WebhookErrorKind {
    result.unwrap_err().kind()
}

#[test]
fn what_was_signed_elsewhere_is_genuine() {
    let event = verifier(&[FIRST]).verify(&signed(BY_FIRST), BODY).unwrap();
    assert_eq!(event.key, "thing.done");
    verifier(&[SECOND]).verify(&signed(BY_SECOND), BODY).unwrap();
    // Secrets are copied and pasted.
    verifier(&[&format!(" {SECOND}\n")]).verify(&signed(BY_SECOND), Vec::from(BODY)).unwrap();
    verifier(&[FIRST.trim_end_matches('=')]).verify(&signed(BY_FIRST), BODY).unwrap();
    // Bytes that are no text are signed as they are, and only then found to be no event.
    let headers = headers(&[
        ("x-timestamp", "0"),
        ("x-signature", "a38db44c77a5324eca8c95d5f5f6d64080bcffee81e5428eb8dda0982e4573b1"),
    ]);
    let verifier = verifier(&[FIRST]).clock(|| UNIX_EPOCH);
    verifier.check(&headers, b"\x00\xff\r\n").unwrap();
    let error = verifier.verify(&headers, b"\x00\xff\r\n").unwrap_err();
    assert_eq!((error.kind(), error.is_refusal()), (WebhookErrorKind::Decode, false), "{error}");
}

#[test]
fn any_secret_and_any_digest_will_do() {
    let both = verifier(&[FIRST, SECOND]);
    for signature in [BY_FIRST, BY_SECOND] {
        both.verify(&signed(signature), BODY).unwrap();
    }
    let wrong = "0".repeat(64);
    for signature in [
        format!("{wrong},{BY_FIRST}"),
        format!("{BY_FIRST},{wrong}"),
        format!(" {wrong} ,\t{BY_FIRST} , "),
        BY_FIRST.to_uppercase(),
        format!(",,{BY_FIRST}"),
        format!("abc,nothing at all,{BY_FIRST}"),
        format!("{},{BY_FIRST}", "0".repeat(5000)),
    ] {
        verifier(&[FIRST]).verify(&signed(&signature), BODY).unwrap();
    }
    let two_lines = headers(&[("x-signature", &wrong), ("x-signature", BY_FIRST), ("x-timestamp", AT)]);
    verifier(&[FIRST]).verify(&two_lines, BODY).unwrap();
}

#[test]
fn what_nobody_signed_is_refused() {
    let verifier = verifier(&[FIRST]);
    let refused = |signature: &str| {
        let error = verifier.verify(&signed(signature), BODY).unwrap_err();
        assert!(error.is_refusal());
        assert_eq!(error.kind(), WebhookErrorKind::Mismatch, "{signature}");
    };
    for signature in ["", ",", "0", BY_SECOND, &BY_FIRST[1..], &BY_FIRST[..62], &BY_FIRST[..2]] {
        refused(signature);
    }
    refused(&format!("{BY_FIRST}00"));
    refused(&format!("v1={BY_FIRST}"));
    refused(&format!("0x{BY_FIRST}"));
    for place in 0..64 {
        let mut changed = BY_FIRST.as_bytes().to_vec();
        changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
        refused(std::str::from_utf8(&changed).unwrap());
    }
    assert_eq!(kind(verifier.verify(&signed(BY_FIRST), format!("{BODY} "))), WebhookErrorKind::Mismatch);
    assert_eq!(kind(verifier.verify(&signed(BY_FIRST), "")), WebhookErrorKind::Mismatch);
    let elsewhen = headers(&[("x-signature", BY_FIRST), ("x-timestamp", "1700000001")]);
    assert_eq!(kind(verifier.verify(&elsewhen, BODY)), WebhookErrorKind::Mismatch);
}

#[test]
fn headers_are_there_once_and_readable() {
    let verifier = verifier(&[FIRST]);
    let cases: &[(&[(&str, &str)], WebhookErrorKind)] = &[
        (&[], WebhookErrorKind::MissingHeader),
        (&[("x-signature", BY_FIRST)], WebhookErrorKind::MissingHeader),
        (&[("x-timestamp", AT)], WebhookErrorKind::MissingHeader),
        (&[("x-signature", BY_FIRST), ("x-timestamp", AT), ("x-timestamp", AT)], WebhookErrorKind::BadHeader),
        (&[("x-signature", "é"), ("x-timestamp", AT)], WebhookErrorKind::BadHeader),
        (&[("x-signature", BY_FIRST), ("x-timestamp", "é")], WebhookErrorKind::BadHeader),
    ];
    for (lines, expected) in cases {
        let error = verifier.verify(&headers(lines), BODY).unwrap_err();
        assert_eq!(error.kind(), *expected, "{lines:?}");
        assert!(error.is_refusal() && error.to_string().starts_with("the header `X-"), "{error}");
    }
    // Not more is looked at than a sender has reason to send.
    let many = |count: usize| signed(&format!("{}{BY_FIRST}", "00,".repeat(count)));
    verifier.verify(&many(15), BODY).unwrap();
    assert_eq!(kind(verifier.verify(&many(16), BODY)), WebhookErrorKind::BadHeader);
    let lines: Vec<(&str, &str)> =
        std::iter::repeat_n(("x-signature", "00"), 20).chain([("x-timestamp", AT)]).collect();
    assert_eq!(kind(verifier.verify(&headers(&lines), BODY)), WebhookErrorKind::BadHeader);
}

#[test]
fn a_moment_is_a_whole_number_of_seconds() {
    // Rightly signed, so that nothing but the timestamp is wrong.
    for text in ["", "now", "+1700000000", "-1", "1700000000.5", "1e9", "99999999999999999999", "18446744073709551615"]
    {
        let mut headers = sign_text(text);
        headers.insert("x-timestamp", HeaderValue::from_str(text).unwrap());
        assert_eq!(kind(verifier(&[FIRST]).verify(&headers, BODY)), WebhookErrorKind::BadHeader, "{text}");
    }
}

/// Signs with another text in the place of the timestamp, by a scheme that has none.
fn sign_text(timestamp: &str) -> HeaderMap {
    #[derive(Deserialize)]
    struct Bare {}
    impl WebhookEvent for Bare {
        const SCHEME: &'static WebhookScheme =
            &WebhookScheme { timestamp_header: None, signed: &[SignedPart::Body], ..*Event::SCHEME };
    }
    sign::<Bare>(&Secret::from(FIRST), UNIX_EPOCH, format!("{timestamp}.{BODY}").as_bytes()).unwrap()
}

#[test]
fn only_this_time_counts() {
    let now = |seconds: u64, nanos: u32| at(seconds) + Duration::from_nanos(nanos.into());
    let at_moment = |now: SystemTime| verifier(&[FIRST]).clock(move || now).verify(&signed(BY_FIRST), BODY);
    for moment in [now(1_700_000_000, 0), now(1_700_000_300, 0), now(1_699_999_700, 0)] {
        at_moment(moment).unwrap();
    }
    assert_eq!(kind(at_moment(now(1_700_000_300, 1))), WebhookErrorKind::TooOld);
    assert_eq!(kind(at_moment(now(1_699_999_699, 999_999_999))), WebhookErrorKind::TooNew);
    assert_eq!(kind(at_moment(UNIX_EPOCH - Duration::from_secs(1))), WebhookErrorKind::TooNew);

    let patient = verifier(&[FIRST]).tolerance(Duration::MAX).clock(|| at(9_000_000_000));
    patient.verify(&signed(BY_FIRST), BODY).unwrap();
    let strict = verifier(&[FIRST]).tolerance(Duration::ZERO);
    strict.verify(&signed(BY_FIRST), BODY).unwrap();
    assert_eq!(kind(strict.clock(|| at(1_700_000_001)).verify(&signed(BY_FIRST), BODY)), WebhookErrorKind::TooOld);
    // Who cannot sign is not told what the clock says.
    let late = verifier(&[FIRST]).clock(|| at(9_000_000_000));
    assert_eq!(kind(late.verify(&signed(BY_SECOND), BODY)), WebhookErrorKind::Mismatch);
    // The system's clock, when there is no other.
    let recent = sign::<Event>(&Secret::from(FIRST), SystemTime::now(), BODY.as_bytes()).unwrap();
    EventVerifier::<Event>::new([FIRST]).unwrap().verify(&recent, BODY).unwrap();
}

#[test]
fn an_empty_or_missing_secret_is_no_secret() {
    let none: [&str; 0] = [];
    assert_eq!(kind(EventVerifier::<Event>::new(none)), WebhookErrorKind::Secret);
    for secret in ["", " ", "=", "====", "not base64!", "canary?canary"] {
        let error = EventVerifier::<Event>::new([FIRST, secret]).unwrap_err();
        assert_eq!((error.kind(), error.is_refusal()), (WebhookErrorKind::Secret, false));
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("secret 2 is") && !shown.contains("canary"), "{shown}");
        assert_eq!(kind(sign::<Event>(&Secret::from(secret), UNIX_EPOCH, b"")), WebhookErrorKind::Secret);
    }
}

#[test]
fn nothing_shows_a_secret_or_what_was_delivered() {
    let verifier = verifier(&[FIRST, SECOND]);
    let shown = format!("{verifier:?} {verifier:#?} {:?}", verifier.clone());
    assert!(shown.contains("secrets: 2"), "{shown}");
    let body = r#"{"key": {"canary": "canary"}}"#;
    let headers = sign::<Event>(&Secret::from(FIRST), at(1_700_000_000), body.as_bytes()).unwrap();
    let decode = verifier.verify(&headers, body).unwrap_err();
    let mismatch = verifier.verify(&headers, BODY).unwrap_err();
    let shown = format!("{shown} {decode} {decode:?} {mismatch} {mismatch:?}");
    let digest = headers["x-signature"].to_str().unwrap();
    for secret in [FIRST, SECOND, "first webhook", "canary", digest, BY_FIRST] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(decode.to_string().contains("key"), "the place is told: {decode}");
}

#[test]
fn signing_is_what_the_api_does() {
    let headers = sign::<Event>(&Secret::from(FIRST), at(1_700_000_000), BODY.as_bytes()).unwrap();
    assert_eq!(headers, signed(BY_FIRST));
    let empty = sign::<Event>(&Secret::from(FIRST), at(1_700_000_000), b"").unwrap();
    assert_eq!(empty["x-signature"], "6f0def72dd2ca00db2309abbfbc7ac9ec61a578a735a253327d2e92993e76068");
}

#[test]
fn another_api_signs_in_another_way() {
    #[derive(Debug, Deserialize)]
    struct Other(Value);
    impl WebhookEvent for Other {
        const SCHEME: &'static WebhookScheme = &WebhookScheme {
            signature_header: "X-Other",
            timestamp_header: None,
            signed: &[SignedPart::Text("v0:"), SignedPart::Body],
            secret: SecretEncoding::Text,
            digest: DigestEncoding::Base64,
            separator: " ",
            tolerance: Duration::ZERO,
        };
    }
    let verifier = EventVerifier::<Other>::new(["plain text"]).unwrap();
    let lines = headers(&[("x-other", "AAAA 8oVNR53XXRVx7pM/bq0n0szE/pq12IwlZw0G2cayzbw=")]);
    verifier.check(&lines, b"\x00\xff\r\n").unwrap();
    let event = verifier.verify(&sign::<Other>(&"plain text".into(), UNIX_EPOCH, b"{}").unwrap(), "{}").unwrap();
    assert_eq!(event.0, serde_json::json!({}));
}

#[test]
fn what_is_no_object_is_no_event() {
    for body in ["", "null", "[]", r#"["thing.done", null]"#, "1", "{", "\u{feff}{}"] {
        let headers = sign::<Event>(&Secret::from(FIRST), at(1_700_000_000), body.as_bytes()).unwrap();
        assert_eq!(kind(verifier(&[FIRST]).verify(&headers, body)), WebhookErrorKind::Decode, "{body}");
    }
    let body = r#"{"data": {"a": 12345678901234567890}}"#;
    let headers = sign::<Event>(&Secret::from(FIRST), at(1_700_000_000), body.as_bytes()).unwrap();
    let event = verifier(&[FIRST]).verify(&headers, body).unwrap();
    assert_eq!(event.data.unwrap()["a"], 12_345_678_901_234_567_890_u64);
}

/// Lines that look a little like a delivery's.
fn lines() -> impl Strategy<Value = Vec<(bool, Vec<u8>)>> {
    let value = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..80),
        "[0-9a-fA-F, ]{0,140}".prop_map(String::into_bytes),
        "[0-9]{0,25}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec((any::<bool>(), value), 0..6)
}

proptest! {
    #[test]
    fn garbage_is_refused_whatever_it_is(lines in lines(), body in proptest::collection::vec(any::<u8>(), 0..60)) {
        let mut headers = HeaderMap::new();
        for (is_signature, value) in lines {
            let name = if is_signature { "x-signature" } else { "x-timestamp" };
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                headers.append(name, value);
            }
        }
        let error = verifier(&[FIRST, SECOND]).verify(&headers, body).unwrap_err();
        prop_assert!(error.is_refusal());
    }

    #[test]
    fn what_is_signed_is_verified_and_nothing_else(
        key in proptest::collection::vec(any::<u8>(), 1..100), seconds in 0_u64..5_000_000_000,
        body in proptest::collection::vec(any::<u8>(), 0..200), place in any::<prop::sample::Index>(),
    ) {
        let secret = Secret::from(crate::runtime::Base64::from(key).to_string());
        let headers = sign::<Event>(&secret, at(seconds), &body).unwrap();
        let verifier = EventVerifier::<Event>::new([secret]).unwrap().clock(move || at(seconds));
        prop_assert!(verifier.check(&headers, &body).is_ok());
        let mut changed = body.clone();
        match changed.is_empty() {
            true => changed.push(0),
            false => changed[place.index(body.len())] ^= 1,
        }
        prop_assert!(verifier.check(&headers, &changed).is_err());
    }
}

//! Deliveries of webhooks, as a server that uses the emitted crate sees them.

mod crates;
mod events;
mod server;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use omise::webhooks::{Verifier, sign};

/// `the webhook secret of a test`, and `the secret it takes the place of`.
const SECRET: &str = "dGhlIHdlYmhvb2sgc2VjcmV0IG9mIGEgdGVzdA==";
const OLD_SECRET: &str = "dGhlIHNlY3JldCBpdCB0YWtlcyB0aGUgcGxhY2Ugb2Y=";

/// A delivery, and what Python's `hmac` makes of it with both secrets.
const BODY: &str = r#"{"object":"event","id":"evnt_test_5xyz","livemode":false,"key":"charge.complete","created_at":"2026-01-02T03:04:05Z","data":{"object":"charge","id":"chrg_test_5xyz","amount":100000,"currency":"THB","status":"successful"}}"#;
const SIGNED_AT: u64 = 1_767_323_045;
const BY_SECRET: &str = "ee78e8fe5c1ecacaeb31fcef0f19f46489b25966b2de6a3817d8a0b6d7daf757";
const BY_OLD_SECRET: &str = "c84e3d829593a856ddb1a253b331831d537dca2a2fa2fa20446eff365e19a9c5";

fn moment() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(SIGNED_AT)
}

/// A verifier to which it is always the moment of signing.
fn verifier() -> Verifier {
    Verifier::new([SECRET, OLD_SECRET]).expect("secrets").clock(moment)
}

#[test]
fn headers_for_tests_are_those_of_deliveries() {
    let headers = sign(SECRET, moment(), BODY).expect("a secret");
    let line = |name: &str| headers[name].to_str().expect("text").to_owned();
    assert_eq!(line("Omise-Signature"), BY_SECRET);
    assert_eq!(line("Omise-Signature-Timestamp"), SIGNED_AT.to_string());
    assert_eq!(headers.len(), 2);
}

//! The webhook server: started on a free port, told genuine and other things, and stopped.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::time::SystemTime;

use omise::http::HeaderMap;
use omise::webhooks::sign;

use super::{calls, in_every_language, server};
use crate::support::ask;

/// `a webhook secret of the examples`, and one that it takes the place of.
const SECRET: &str = "YSB3ZWJob29rIHNlY3JldCBvZiB0aGUgZXhhbXBsZXM=";
const OLD_SECRET: &str = "b25lIHRoYXQgaXQgdGFrZXMgdGhlIHBsYWNlIG9m";

/// The running program; it ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Posts a delivery, and gives the status of the answer.
fn posted(address: &str, headers: &HeaderMap, body: &str) -> u16 {
    let lines: String =
        headers.iter().map(|(name, value)| format!("{name}: {}\r\n", value.to_str().expect("text"))).collect();
    ask::posted(address, "/webhooks", &lines, body.as_bytes())
}

#[test]
fn events_are_received_and_looked_up() {
    in_every_language(|with| {
        let api = server();
        let mut command = with.program("webhook_server", &super::api(&api));
        command.arg("127.0.0.1:0").env("OMISE_WEBHOOK_SECRET", format!("{SECRET},{OLD_SECRET}"));
        let mut running = Running(command.stdout(Stdio::piped()).spawn().expect("the example starts"));
        let mut said = BufReader::new(running.0.stdout.take().expect("it is piped")).lines();
        let mut line = || said.next().expect("it goes on").expect("text");
        let first = line();
        let address = first.strip_prefix("listening on http://").and_then(|rest| rest.strip_suffix("/webhooks"));
        let address = address.unwrap_or_else(|| panic!("{first}"));

        let charge = "chrg_test_5xyzabcdefghij01234";
        let complete = format!(
            r#"{{"object":"event","id":"evnt_test_1","key":"charge.complete","data":{{"object":"charge","id":"{charge}"}}}}"#
        );
        for secret in [SECRET, OLD_SECRET] {
            let headers = sign(secret, SystemTime::now(), &complete).expect("a secret");
            assert_eq!(posted(address, &headers, &complete), 200);
            let said = line();
            assert!(said.starts_with("chrg_") && said.contains(" is "), "{said}");
        }
        let path = format!("GET /charges/{charge}");
        assert_eq!(calls(&api.take()), [path.as_str(), path.as_str()]);

        // What it does not act on is taken all the same.
        let other = r#"{"object":"event","id":"evnt_test_2","key":"of.tomorrow","data":{"object":"thing"}}"#;
        assert_eq!(posted(address, &sign(SECRET, SystemTime::now(), other).expect("a secret"), other), 200);
        assert_eq!(line(), "evnt_test_2: nothing to do for of.tomorrow");

        // Forged, changed, unsigned, and from long ago.
        let forged = sign("bm90IHRoZSBzZWNyZXQ=", SystemTime::now(), &complete).expect("a secret");
        assert_eq!(posted(address, &forged, &complete), 401);
        let genuine = sign(SECRET, SystemTime::now(), &complete).expect("a secret");
        assert_eq!(posted(address, &genuine, &complete.replace("_test_", "_test_9")), 401);
        assert_eq!(posted(address, &HeaderMap::new(), &complete), 401);
        assert_eq!(
            posted(address, &sign(SECRET, SystemTime::UNIX_EPOCH, &complete).expect("a secret"), &complete),
            401
        );
        assert!(api.take().is_empty(), "nothing is asked for what is not believed");
    });
}

//! What was written is read back by decoders that share no code with the encoders.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::bodies::sent;
use crate::runtime::{Call, Error, File, Style};
use crate::scripted::Seen;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap());

fn seen(fill: impl Fn(&mut Call) -> Result<(), Error> + Clone + Send + Sync + 'static) -> Result<Seen, Error> {
    RUNTIME.block_on(sent(fill))
}

/// Percent-decoding; in a form `+` is a space.
fn decoded(text: &str, form: bool) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            b'+' if form => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

fn pairs(text: &str, form: bool) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (decoded(name, form), decoded(value, form))).collect()
}

/// Only what RFC 3986 lets stand in a path or query.
fn is_uri_text(text: &str, reserved: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte) || reserved.contains(byte as char))
}

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(any::<String>(), 1..5)
}

fn object() -> impl Strategy<Value = Vec<(String, String)>> {
    let members = proptest::collection::btree_map(any::<String>(), any::<String>(), 1..5);
    members.prop_map(|members| members.into_iter().collect())
}

fn as_object(members: &[(String, String)]) -> Value {
    Value::Object(members.iter().map(|(key, value)| (key.clone(), json!(value))).collect())
}

proptest! {
    #[test]
    fn paths_hold_any_text(text in any::<String>()) {
        let given = text.clone();
        let seen = seen(move |call| call.path("arg", Style::Simple, &given));
        if matches!(text.trim(), "" | "." | "..") || text.contains(char::is_control) {
            prop_assert!(seen.is_err());
            return Ok(());
        }
        let seen = seen.unwrap();
        let path = seen.head.uri.path();
        let written = path.strip_prefix("/p/").unwrap().strip_suffix("/end").unwrap();
        prop_assert!(is_uri_text(written, ""), "{written}");
        prop_assert_eq!(decoded(written, false), text);
    }

    #[test]
    fn path_lists_hold_any_texts(list in words(), explode in any::<bool>()) {
        let cases = [
            (Style::Simple, "", ","), (Style::SimpleExplode, "", ","), (Style::Label, ".", ","),
            (if explode { Style::MatrixExplode } else { Style::Matrix }, if explode { ";" } else { ";arg=" },
             if explode { ";" } else { "," }),
        ];
        for (style, lead, between) in cases {
            let given = list.clone();
            let Ok(seen) = seen(move |call| call.path("arg", style, &given)) else {
                let refused = [vec![""], vec!["."], vec![".."]];
                prop_assert!(refused.iter().any(|refused| *refused == list), "{style:?} {list:?}");
                continue;
            };
            let path = seen.head.uri.path();
            let written = path.strip_prefix("/p/").unwrap().strip_suffix("/end").unwrap();
            let items = written.strip_prefix(lead).unwrap().split(between);
            let named = |item: &str| match style {
                Style::MatrixExplode => item.strip_prefix("arg").unwrap().trim_start_matches('=').to_owned(),
                _ => item.to_owned(),
            };
            let read: Vec<String> = items.map(|item| decoded(&named(item), false)).collect();
            prop_assert_eq!(&read, &list, "{:?} {}", style, written);
        }
    }

    #[test]
    fn queries_hold_any_texts(list in words(), members in object()) {
        let (items, whole) = (list.clone(), as_object(&members));
        let seen = seen(move |call| {
            call.query("joined,", Style::Form, &items)?;
            call.query("each&", Style::FormExplode, &items)?;
            call.query_reserved("raw=", Style::FormExplode, &items)?;
            call.query("js", Style::Json, &items)?;
            call.query("map", Style::Form, &whole)
        }).unwrap();
        let query = seen.head.uri.query().unwrap();
        prop_assert!(is_uri_text(query, "&=,:/?@!$()*;"), "{query}");
        let read = pairs(query, false);
        let each = |name: &str| read.iter().filter(|(known, _)| known == name).map(|(_, v)| v.clone()).collect::<Vec<_>>();
        prop_assert_eq!(&each("each&"), &list);
        prop_assert_eq!(&each("raw="), &list);
        prop_assert_eq!(serde_json::from_str::<Vec<String>>(&each("js")[0]).unwrap(), list.clone());
        let joined = query.split('&').find_map(|pair| pair.strip_prefix("joined%2C=")).unwrap();
        let joined: Vec<String> = joined.split(',').map(|item| decoded(item, false)).collect();
        prop_assert_eq!(joined, list);
        let map = query.split('&').find_map(|pair| pair.strip_prefix("map=")).unwrap();
        let map: Vec<String> = map.split(',').map(|item| decoded(item, false)).collect();
        let flat: Vec<String> = members.into_iter().flat_map(|(key, value)| [key, value]).collect();
        prop_assert_eq!(map, flat);
    }

    #[test]
    fn forms_hold_any_texts(list in words(), members in object()) {
        let whole = json!({"list": list, "map": as_object(&members)});
        let seen = seen(move |call| call.form(&whole)).unwrap();
        let expected: Vec<(String, String)> = list.into_iter().map(|item| ("list[]".to_owned(), item))
            .chain(members.into_iter().map(|(key, value)| (format!("map[{key}]"), value))).collect();
        prop_assert_eq!(pairs(seen.text(), true), expected);
    }

    #[test]
    fn multipart_forms_hold_any_bytes(texts in words(), content in any::<Vec<u8>>(), name in "[a-z \u{e01}-\u{e30}]{1,9}") {
        let file = File::new(name.clone(), content.clone());
        let given = texts.clone();
        let seen = seen(move |call| {
            call.part("text", None, &given)?;
            call.file("file", Some("image/png"), &file)
        }).unwrap();
        let mark = seen.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap().to_owned();
        let parts = split(&seen.body, &mark);
        let (last, fields) = parts.split_last().unwrap();
        prop_assert_eq!(fields.len(), texts.len());
        for ((head, body), text) in fields.iter().zip(&texts) {
            prop_assert_eq!(head, "Content-Disposition: form-data; name=\"text\"");
            prop_assert_eq!(body, text.as_bytes());
        }
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/png");
        prop_assert_eq!(&last.0, &head);
        prop_assert_eq!(&last.1, &content);
    }
}

/// The parts of a multipart body: heads and contents.
fn split(body: &[u8], mark: &str) -> Vec<(String, Vec<u8>)> {
    let find = |text: &[u8], what: &[u8]| text.windows(what.len()).position(|window| window == what);
    let (line, mut parts) = (format!("--{mark}\r\n"), Vec::new());
    let mut rest = body.strip_prefix(line.as_bytes()).unwrap();
    loop {
        let end = find(rest, format!("\r\n--{mark}").as_bytes()).unwrap();
        let at = find(rest, b"\r\n\r\n").unwrap();
        parts.push((String::from_utf8(rest[..at].to_vec()).unwrap(), rest[at + 4..end].to_vec()));
        rest = &rest[end + mark.len() + 4..];
        if rest == b"--\r\n" {
            return parts;
        }
        rest = rest.strip_prefix(b"\r\n").unwrap();
    }
}

//! Bodies as they go out.

use bytes::Bytes;
use http::Method;
use serde_json::json;

use crate::runtime::{
    Body, Call, Client, Decimal, DecodeError, Endpoint, Error, Evidence, File, Operation, Request, RetryClass, Style,
    Upload,
};
use crate::scripted::{Scripted, Seen};

/// An operation whose encoding is given by the test.
#[derive(Clone)]
pub struct Probe<F>(pub F);

impl<F> std::fmt::Debug for Probe<F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Probe")
    }
}

impl<F> Operation for Probe<F>
where
    F: Fn(&mut Call) -> Result<(), Error> + Clone + Send + Sync + 'static,
{
    type Output = Bytes;
    const ENDPOINT: Endpoint = Endpoint {
        id: "probe",
        method: Method::POST,
        path: "/p/{arg}/end",
        host: 0,
        security: &[],
        retry: RetryClass::Unsafe,
        evidence: Evidence::Published,
        accept: None,
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        (self.0)(call)
    }

    fn decode(body: &Bytes) -> Result<Bytes, DecodeError> {
        crate::runtime::decode::bytes(body)
    }
}

/// What is sent for a call that is filled that way; its path argument is given unless the test gives it.
pub async fn sent<F>(fill: F) -> Result<Seen, Error>
where
    F: Fn(&mut Call) -> Result<(), Error> + Clone + Send + Sync + 'static,
{
    let transport = Scripted::answering(200, "");
    let client = Client::builder().transport(transport.clone()).build()?;
    let probe = Probe(move |call: &mut Call| {
        fill(call)?;
        call.path("arg", Style::Simple, "x")
    });
    Request::new(&client, probe).await?;
    Ok(transport.seen().remove(0))
}

async fn form(value: serde_json::Value) -> String {
    let seen = sent(move |call| call.form(&value)).await.unwrap();
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    seen.text().to_owned()
}

fn decoded(text: &str) -> String {
    text.replace("%5B", "[").replace("%5D", "]")
}

#[tokio::test]
async fn forms_are_written_as_rack_reads_them() {
    let text = form(json!({
        "amount": 100_000, "ok": true, "card": {"name": "A B", "address": {"city": "กรุง"}},
        "list": [1, "two"], "items": [{"name": "a", "tags": ["x"]}, {"name": "b"}], "none": null, "empty": [],
    }))
    .await;
    assert_eq!(
        decoded(&text),
        "amount=100000&ok=true&card[name]=A+B&card[address][city]=%E0%B8%81%E0%B8%A3%E0%B8%B8%E0%B8%87\
         &list[]=1&list[]=two&items[][name]=a&items[][tags][]=x&items[][name]=b&none="
    );
    assert!(text.contains("card%5Bname%5D=A+B"));
}

#[tokio::test]
async fn form_encoding_is_exact() {
    let text = form(json!({"a b&=": "*-._~ +%/?@\n"})).await;
    assert_eq!(text, "a+b%26%3D=*-._%7E+%2B%25%2F%3F%40%0A");
}

#[tokio::test]
async fn numbers_keep_their_text() {
    let amount: Decimal = "12345678901234567890.10".parse().unwrap();
    let values = (amount.clone(), u64::MAX, i64::MIN);
    let seen = sent(move |call| call.form(&json_like(&values))).await.unwrap();
    assert_eq!(decoded(seen.text()), "v[]=12345678901234567890.10&v[]=18446744073709551615&v[]=-9223372036854775808");
    let seen = sent(move |call| call.json(&vec![amount.clone()])).await.unwrap();
    assert_eq!(seen.text(), "[12345678901234567890.10]");
}

fn json_like<T: serde::Serialize>(value: T) -> impl serde::Serialize {
    #[derive(serde::Serialize)]
    struct Wrapped<T> {
        v: T,
    }
    Wrapped { v: value }
}

#[tokio::test]
async fn form_fields_may_have_styles_of_their_own() {
    let seen = sent(|call| {
        call.form_field("a", Style::Form, &["x y", "z"])?;
        call.form_field("b", Style::FormExplode, &[1, 2])?;
        call.form_field("c", Style::SpaceDelimited, &["p q", "r"])?;
        call.form(&json!({"d": {"e": 1}}))
    })
    .await
    .unwrap();
    assert_eq!(decoded(seen.text()), "a=x+y,z&b=1&b=2&c=p+q+r&d[e]=1");
}

#[tokio::test]
async fn only_objects_are_forms() {
    let error = sent(|call| call.form(&[1, 2])).await.unwrap_err();
    assert!(error.to_string().contains("must be an object"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_null_says_so_and_no_body_is_none() {
    let seen = sent(|call| call.json(&None::<i64>)).await.unwrap();
    assert_eq!((seen.header("content-type"), seen.text()), (Some("application/json"), "null"));
    let seen = sent(|_| Ok(())).await.unwrap();
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.header("content-length"), Some("0"), "a POST without a body says so");
    let seen = sent(|call| call.form(&json!({}))).await.unwrap();
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn text_and_bytes_go_as_they_are() {
    let seen = sent(|call| call.text("text/csv", "a,b\n")).await.unwrap();
    assert_eq!((seen.text(), seen.header("content-type")), ("a,b\n", Some("text/csv")));
    let seen = sent(|call| call.bytes("application/pdf", vec![0, 159])).await.unwrap();
    assert_eq!(&seen.body[..], [0, 159]);
    let seen = sent(|call| {
        call.json(&json!({}))?;
        call.content_type("application/merge-patch+json")
    })
    .await
    .unwrap();
    assert_eq!(seen.header("content-type"), Some("application/merge-patch+json"));
}

fn boundary(seen: &Seen) -> String {
    let media = seen.header("content-type").unwrap();
    media.strip_prefix("multipart/form-data; boundary=").unwrap().to_owned()
}

#[tokio::test]
async fn multipart_forms_have_a_part_for_each_field() {
    let file = File::new("ใบ\"เสร็จ\r\n.png", &b"\x89PNG"[..]).with_content_type("image/png\r\nX: y");
    let seen = sent(move |call| {
        call.part("kind", None, "receipt")?;
        call.part("absent", None, &None::<i64>)?;
        call.part("tags", None, &["a", "b"])?;
        call.part("meta", None, &json!({"a": [1, null]}))?;
        call.part("json", Some("application/json"), &["a"])?;
        call.file("none", None, None)?;
        call.file("file", Some("image/*"), &file)
    })
    .await
    .unwrap();
    let mark = boundary(&seen);
    let part = |head: &str, body: &str| format!("--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let mut expected = [
        part("name=\"kind\"", "receipt"),
        part("name=\"tags\"", "a"),
        part("name=\"tags\"", "b"),
        part("name=\"meta\"\r\nContent-Type: application/json", "{\"a\":[1,null]}"),
        part("name=\"json\"\r\nContent-Type: application/json", "[\"a\"]"),
    ]
    .concat()
    .into_bytes();
    let head = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ใบ%22เสร็จ%0D%0A.png\"\r\n\
         Content-Type: image/pngX: y\r\n\r\n"
    );
    expected.extend_from_slice(head.as_bytes());
    expected.extend_from_slice(b"\x89PNG\r\n");
    expected.extend_from_slice(format!("--{mark}--\r\n").as_bytes());
    assert_eq!(String::from_utf8_lossy(&seen.body), String::from_utf8_lossy(&expected));
    assert_eq!(seen.body, expected);
    assert_eq!(seen.header("content-length"), Some(expected.len().to_string().as_str()));
}

#[tokio::test]
async fn the_boundary_is_made_from_the_content_and_never_occurs_in_it() {
    let upload = |content: Vec<u8>| {
        let file = File::new("f", content);
        sent(move |call| call.file("file", None, &file))
    };
    let first = boundary(&upload(b"abc".to_vec()).await.unwrap());
    assert_eq!(first, boundary(&upload(b"abc".to_vec()).await.unwrap()));
    assert_ne!(first, boundary(&upload(b"abd".to_vec()).await.unwrap()));
    for size in [0, 10, 70_000] {
        let content = format!("--{first}\r\n").repeat(size / 10).into_bytes();
        let seen = upload(content.clone()).await.unwrap();
        let mark = boundary(&seen).into_bytes();
        assert!(!content.windows(mark.len()).any(|window| window == mark));
    }
}

#[tokio::test]
async fn an_upload_names_its_file() {
    let transport = Scripted::answering(204, "");
    let client = Client::builder().secret_key("skey_1").transport(transport.clone()).build().unwrap();
    client.charges().upload("chrg_1", File::new("receipt.bin", "abc")).await.unwrap();
    let seen = transport.seen().remove(0);
    assert_eq!(seen.line(), "POST https://api.example.com/charges/chrg_1/evidence");
    let mark = boundary(&seen);
    assert_eq!(
        seen.text(),
        format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nreceipt\r\n\
             --{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"receipt.bin\"\r\n\
             Content-Type: application/octet-stream\r\n\r\nabc\r\n--{mark}--\r\n"
        )
    );
}

#[test]
fn bodies_show_only_their_length() {
    assert_eq!(format!("{:?}", Body::from("4242424242424242")), "Body(16 bytes)");
    assert_eq!(format!("{:?}", Upload::from("4242424242424242")), "Upload(16 bytes)");
    let file = format!("{:?}", File::new("card.txt", "4242424242424242").with_header("X-Pin", "1234"));
    assert_eq!(file, r#"File { name: "card.txt", content_type: None, content: Upload(16 bytes), .. }"#);
}

#[tokio::test]
async fn a_multipart_body_may_be_any_object() {
    let seen = sent(|call| {
        call.multipart(&json!({"a": "x y", "n": 1.50, "list": [true, "z"], "deep": {"k": null}, "none": null}))
    })
    .await
    .unwrap();
    let mark = boundary(&seen);
    let part = |head: &str, body: &str| format!("--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let expected = [
        part("name=\"a\"", "x y"),
        part("name=\"n\"", "1.5"),
        part("name=\"list\"", "true"),
        part("name=\"list\"", "z"),
        part("name=\"deep\"\r\nContent-Type: application/json", "{\"k\":null}"),
        format!("--{mark}--\r\n"),
    ];
    assert_eq!(seen.text(), expected.concat());
    let error = sent(|call| call.multipart(&[1])).await.unwrap_err();
    assert!(error.to_string().contains("must be an object"), "{error}");
}

#[tokio::test]
async fn a_form_nobody_filled_is_no_body() {
    let seen = sent(|call| {
        call.part("a", None, &None::<i64>)?;
        call.file("b", None, None)?;
        call.form_field("c", Style::Form, &None::<i64>)
    })
    .await
    .unwrap();
    assert_eq!((seen.header("content-type"), seen.header("content-length")), (None, Some("0")));
    let seen = sent(|call| call.multipart(&json!({}))).await.unwrap();
    assert_eq!(seen.text(), format!("--{}--\r\n", boundary(&seen)));
}

#[tokio::test]
async fn media_types_are_sent_as_declared() {
    let seen = sent(|call| {
        call.part("a", Some("application/json; charset=utf-8"), &["x"])?;
        call.content_type("multipart/mixed")
    })
    .await
    .unwrap();
    let mark = seen.header("content-type").unwrap().strip_prefix("multipart/mixed; boundary=").unwrap();
    let head = "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: application/json; charset=utf-8";
    assert_eq!(seen.text(), format!("--{mark}\r\n{head}\r\n\r\n[\"x\"]\r\n--{mark}--\r\n"));
    let seen = sent(|call| {
        call.form(&json!({"a": 1}))?;
        call.content_type("application/x-www-form-urlencoded; charset=utf-8")
    })
    .await
    .unwrap();
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded; charset=utf-8"));
    let own = Upload::from("x").with_content_type("image/webp");
    let seen = sent(move |call| call.bytes("image/png", own.clone())).await.unwrap();
    assert_eq!(seen.header("content-type"), Some("image/webp"));
}

#[tokio::test]
async fn a_part_carries_the_headers_of_its_file() {
    let file = File::new("a.txt", "x").with_header("X-Kind", "note");
    let seen = sent(move |call| call.file("f", Some("text/plain"), &file)).await.unwrap();
    let mark = boundary(&seen);
    let head =
        "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\nx-kind: note";
    assert_eq!(seen.text(), format!("--{mark}\r\n{head}\r\n\r\nx\r\n--{mark}--\r\n"));
    for (name, value) in [("X Kind", "note"), ("X-Kind", "a\r\nb: c"), ("", "")] {
        let file = File::new("a.txt", "x").with_header(name, value);
        let error = sent(move |call| call.file("f", None, &file)).await.unwrap_err();
        assert!(!error.to_string().contains("note") && error.to_string().contains("header"), "{error}");
    }
}

#[tokio::test]
async fn an_object_without_members_may_be_no_body() {
    let seen = sent(|call| call.json_unless_empty(&json!({}))).await.unwrap();
    assert_eq!((seen.header("content-type"), seen.header("content-length")), (None, Some("0")));
    let seen = sent(|call| call.json_unless_empty(&json!({"a": {}}))).await.unwrap();
    assert_eq!(seen.text(), r#"{"a":{}}"#);
    let seen = sent(|call| call.form_unless_empty(&json!({}))).await.unwrap();
    assert_eq!(seen.header("content-type"), None);
    let seen = sent(|call| call.form_unless_empty(&json!({"a": 1}))).await.unwrap();
    assert_eq!(seen.text(), "a=1");
}

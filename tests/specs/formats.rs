//! Every format of the OpenAPI format registry comes back as it was sent, digit by digit.

use spec_formats::types::Sample;
use spec_formats::{Client, Host};

use crate::server::Server;

/// In the order of the document.
const SAMPLE: &str = concat!(
    r#"{"whole":9007199254740993,"int8":-8,"int16":-16,"int32":-32,"int64":-9223372036854775808,"#,
    r#""uint8":8,"uint16":16,"uint32":4294967295,"uint64":18446744073709551615,"#,
    r#""unixtime":1767323045,"fraction_time":1767323045.10,"ratio":0.5,"float":0.25,"double":0.125,"#,
    r#""double_int":9007199254740991,"decimal":0.10,"decimal128":1.2345678901234567890123456789012345,"#,
    r#""sf_decimal":1.50,"sf_integer":12,"text_decimal":"0.10","day":"2026-01-02","when":"2026-01-02T03:04:05.600+07:00","#,
    r#""uuid":"123e4567-e89b-12d3-a456-426614174000","uri":"https://a.test/?b#c","secret":"hush","data":"AAEC","binary":"\u0001~","#,
    r#""base64url":"_-8","char":"c","commonmark":"*a*","date_time_local":"2026-01-02T03:04:05","duration":"P1D","#,
    r#""email":"a@b.test","hostname":"a.test","html":"<b>","http_date":"Fri, 02 Jan 2026 03:04:05 GMT","#,
    r#""idn_email":"ก@b.test","idn_hostname":"ก.test","ipv4":"127.0.0.1","ipv6":"::1","iri":"https://ก.test","#,
    r#""iri_reference":"/ก","json_pointer":"/a","media_range":"text/*","regex":"^a$","relative_json_pointer":"1/a","#,
    r#""sf_binary":":AAEC:","sf_boolean":"?1","sf_string":"\"a\"","sf_token":"a","time":"03:04:05Z","time_local":"03:04","#,
    r#""uri_reference":"/a","uri_template":"/{a}","other":"THB","flag":true}"#,
);

pub async fn call() {
    let server = Server::ok(SAMPLE);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let sample: Sample = serde_json::from_str(SAMPLE).expect("it reads");
    let answer = client.samples().create(sample.clone()).await.expect("a sample");
    assert_eq!(server.request().text(), SAMPLE);
    assert_eq!(answer, sample);
    assert_eq!((answer.uint64, answer.decimal.as_ref().map(|text| text.as_str())), (Some(u64::MAX), Some("0.10")));
    assert!(!format!("{answer:?}").contains("hush"));
}

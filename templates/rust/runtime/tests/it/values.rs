//! Values: what they keep, what they refuse, how they look on the wire.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::runtime::{Base64, Date, DateTime, Decimal, Expandable, Raw, Secret, Uuid, de, decode, open_int_enum};
use crate::sample::{Charge, ChargeId, ChargeStatus};

fn read<T: serde::de::DeserializeOwned>(text: &'static str) -> T {
    decode::json(&Bytes::from_static(text.as_bytes())).unwrap()
}

fn round_trip<T: serde::de::DeserializeOwned + Serialize>(text: &'static str) -> String {
    serde_json::to_string(&read::<T>(text)).unwrap()
}

#[test]
fn ids() {
    let id = ChargeId::from("chrg_1");
    assert_eq!(id, "chrg_1");
    assert_eq!(
        (id.as_str(), id.to_string(), format!("{id:>8}")),
        ("chrg_1", "chrg_1".to_owned(), "  chrg_1".to_owned())
    );
    assert_eq!(ChargeId::from(&id), ChargeId::from("chrg_1".to_owned()));
    assert_eq!(String::from(id.clone()), id.into_string());
    assert!(ChargeId::default().is_empty());
    assert_eq!(round_trip::<ChargeId>("\"chrg_1\""), "\"chrg_1\"");
}

#[test]
fn open_enums() {
    assert_eq!(ChargeStatus::from("failed"), ChargeStatus::Failed);
    assert_eq!(ChargeStatus::from("failed".to_owned()), ChargeStatus::Failed);
    let odd = ChargeStatus::from("odd");
    assert!(odd.is_unknown() && odd == "odd" && odd != ChargeStatus::Failed);
    assert_eq!(round_trip::<Vec<ChargeStatus>>(r#"["successful","odd",""]"#), r#"["successful","odd",""]"#);
    assert_eq!(ChargeStatus::default().as_str(), "");
    assert_eq!(ChargeStatus::Successful.to_string(), "successful");
}

#[derive(Clone, Debug, PartialEq)]
enum Level {
    Low,
    High,
    Unknown(i64),
}

impl Level {
    const KNOWN: &'static [(i64, Self)] = &[(1, Self::Low), (9, Self::High)];
}

open_int_enum!(Level);

#[test]
fn int_enums() {
    assert_eq!(read::<Vec<Level>>("[1,9,5]"), [Level::Low, Level::High, Level::Unknown(5)]);
    assert_eq!(round_trip::<Vec<Level>>("[1,9,-5]"), "[1,9,-5]");
    assert!(Level::from(2).is_unknown() && !Level::from(1).is_unknown());
    assert_eq!((Level::High.as_i64(), Level::High.to_string()), (9, "9".to_owned()));
}

#[test]
fn every_field_decodes_from_null_and_absence() {
    let empty: Charge = read("{}");
    assert_eq!(empty, read(r#"{"id":null,"amount":null,"status":null,"refund_of":null}"#));
    assert!(empty.id.is_empty() && empty.status == "" && empty.refund_of.is_none());
}

#[test]
fn expandables() {
    let by_id: Charge = read(r#"{"refund_of":"chrg_2"}"#);
    let id = by_id.refund_of.as_ref().unwrap();
    assert_eq!(id.id().unwrap(), &"chrg_2");
    assert!(id.as_object().is_none());
    let by_object: Charge = read(r#"{"refund_of":{"id":"chrg_2","amount":5}}"#);
    let object = by_object.refund_of.clone().unwrap();
    assert_eq!(object.id().unwrap(), &"chrg_2");
    assert_eq!(object.as_object().unwrap().amount, Some(5));
    assert_ne!(by_id, by_object);
    assert_eq!(object.into_object().unwrap().id, "chrg_2");
    assert_eq!(serde_json::to_value(&by_id).unwrap()["refund_of"], "chrg_2");
    let nameless: Expandable<Charge> = read("{}");
    assert!(nameless.id().is_none());
    assert!(decode::json::<Expandable<Charge>>(&Bytes::from_static(b"5")).is_err());
}

#[test]
fn decimals_keep_their_text() {
    let text = r#"["0.10",0.10,1e400,-0.0,123456789012345678901234567890.123456789]"#;
    assert_eq!(round_trip::<Vec<Decimal>>(text), text);
    assert_eq!(read::<Decimal>("0.1000").as_str(), "0.1000");
    assert_eq!(serde_json::to_string(&Decimal::from(5)).unwrap(), "5");
    assert_eq!(serde_json::to_string(&Decimal::try_from("1.50").unwrap().into_quoted()).unwrap(), "\"1.50\"");
    for bad in ["", "1.", ".5", "+1", "1,5", "NaN", "0x1", "1 ", "null", "[1]", "\"1\""] {
        assert!(bad.parse::<Decimal>().is_err(), "{bad}");
    }
    assert!(decode::json::<Decimal>(&Bytes::from_static(b"true")).is_err());
}

#[derive(Debug, Deserialize, Serialize)]
struct Flat {
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, Decimal>,
}

#[test]
fn decimals_survive_buffers_too() {
    assert_eq!(round_trip::<Flat>(r#"{"a":1.5,"b":"2.50","c":7}"#), r#"{"a":1.5,"b":"2.50","c":7}"#);
    let value: Decimal = serde_json::from_value(json!(2.5)).unwrap();
    assert_eq!(value.as_str(), "2.5");
}

#[test]
fn raw_values_can_be_looked_at() {
    let raw: Raw = read(r#"{"object":"card","n":0.10,"deep":{"object":"no"}}"#);
    assert_eq!(raw.tag("object").as_deref(), Some("card"));
    assert_eq!((raw.tag("n"), raw.tag("x")), (None, None));
    assert!(raw.as_str().contains("0.10"));
    assert_eq!(raw.value()["deep"]["object"], "no");
    assert!(raw.read::<Vec<Value>>().is_err());
    assert_eq!(read::<Raw>("[1]").tag("object"), None);
}

#[test]
fn dates() {
    assert_eq!(Date::new(2024, 2, 29).unwrap().as_str(), "2024-02-29");
    for bad in [
        "2023-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-04-31",
        "24-01-01",
        "2024-1-1",
        "2024-01-01T",
        "",
        "2100-02-29",
        "+024-01-01",
    ] {
        assert!(bad.parse::<Date>().is_err(), "{bad}");
    }
    assert!(Date::new(10_000, 1, 1).is_err());
    let date: Date = read("\"2024-02-29\"");
    assert_eq!((date.year(), date.month(), date.day()), (Some(2024), Some(2), Some(29)));
    let odd: Date = read("\"0000-00-00\"");
    assert_eq!((odd.to_string().as_str(), odd.year()), ("0000-00-00", None));
}

#[test]
fn moments() {
    for (text, seconds) in [
        ("1970-01-01T00:00:00Z", 0),
        ("2019-05-29T07:30:15Z", 1_559_115_015),
        ("2019-05-29T14:30:15.123+07:00", 1_559_115_015),
        ("1969-12-31T23:59:59Z", -1),
        ("0001-01-01t00:00:00z", -62_135_596_800),
        ("2000-02-29T23:59:60-00:30", 951_870_600),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] {
        assert_eq!(text.parse::<DateTime>().unwrap().unix_seconds(), Some(seconds), "{text}");
        assert_eq!(DateTime::from_unix(seconds).unix_seconds(), Some(seconds), "{text}");
    }
    for bad in [
        "2019-05-29",
        "2019-05-29T07:30Z",
        "2019-05-29T07:30:15",
        "2019-05-29T24:00:00Z",
        "2019-05-29T07:30:15.Z",
        "2019-05-29T07:30:15+7",
        "é019-05-29T07:30:15Z",
        "",
    ] {
        assert!(bad.parse::<DateTime>().is_err(), "{bad}");
    }
    assert_eq!(DateTime::from_unix(1_559_115_015).as_str(), "2019-05-29T07:30:15Z");
    let before = UNIX_EPOCH - Duration::from_millis(1500);
    assert_eq!(DateTime::from(before).as_str(), "1969-12-31T23:59:58Z");
    assert_eq!(DateTime::from(UNIX_EPOCH + Duration::from_millis(86_400_999)).as_str(), "1970-01-02T00:00:00Z");
    for day in (-800_000..800_000).step_by(97) {
        let moment = DateTime::from_unix(day * 86_400);
        assert!(!(0..=253_402_300_799).contains(&(day * 86_400)) || moment.unix_seconds() == Some(day * 86_400));
    }
    let _ = (DateTime::from_unix(i64::MAX), DateTime::from_unix(i64::MIN));
    let odd: DateTime = read("\"soon\"");
    assert_eq!((odd.as_str(), odd.unix_seconds()), ("soon", None));
}

#[test]
fn uuids_secrets_and_base64() {
    let text = "123e4567-e89b-12d3-a456-426614174000";
    assert_eq!(text.parse::<Uuid>().unwrap().to_string(), text);
    assert!("123e4567".parse::<Uuid>().is_err());
    assert_eq!(serde_json::to_string(&Secret::from("s")).unwrap(), "\"s\"");
    assert_eq!(read::<Secret>("\"s\"").expose(), "s");
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        let value = Base64::from(bytes.as_bytes());
        assert_eq!(value.to_string(), text);
        assert_eq!(serde_json::from_value::<Base64>(json!(text)).unwrap(), value);
        assert_eq!(serde_json::from_value::<Base64>(json!(text.trim_end_matches('='))).unwrap(), value);
    }
    assert_eq!(read::<Base64>("\"-_8=\"").as_slice(), [0xfb, 0xff]);
    for bad in ["Z", "Zg=g", "Zm 9v", "é"] {
        assert!(serde_json::from_value::<Base64>(json!(bad)).is_err(), "{bad}");
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Clearable {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "de::double")]
    note: Option<Option<String>>,
}

#[test]
fn null_can_differ_from_absence() {
    for text in ["{}", r#"{"note":null}"#, r#"{"note":"a"}"#] {
        assert_eq!(round_trip::<Clearable>(text), text);
    }
}

#[test]
fn a_raw_value_loses_one_property_and_no_digit() {
    let raw: Raw = serde_json::from_str(r#"{"a": 1.10, "type": "x", "b": {"type": 2}}"#).unwrap();
    assert_eq!(raw.without("type").as_str(), r#"{"a":1.10,"b":{"type": 2}}"#);
    for other in ["[1.10]", "null", r#""type""#] {
        assert_eq!(serde_json::from_str::<Raw>(other).unwrap().without("type").as_str(), other);
    }
}

//! Lists of values are open: the known ones are variants, and what is not known goes through unchanged.

mod known;

use std::collections::BTreeMap;
use std::fmt::Debug;

use omise::types::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::support::capture::Capture;
use crate::support::cargo::{text, xtask};
use crate::support::shared;

/// A value nobody has thought of, with what a name never has.
const NEW: &str = "zebra.crossing-2";

/// Decodes a value and says whether its variant is a known one; it must be written as it was read.
#[track_caller]
fn is_known<T: DeserializeOwned + Serialize + Debug>(value: &str) -> bool {
    let decoded: T = serde_json::from_value(json!(value)).expect("it decodes");
    assert_eq!(serde_json::to_value(&decoded).expect("it is written"), value);
    !format!("{decoded:?}").starts_with("Unknown(")
}

#[track_caller]
fn assert_known<T: DeserializeOwned + Serialize + Debug>(values: &[&str]) {
    for value in values {
        assert!(is_known::<T>(value), "{value} has no variant");
    }
    assert!(!is_known::<T>(NEW));
}

#[test]
fn every_value_of_the_facts_is_a_variant() {
    assert_known::<SourceType>(known::SOURCE_TYPES);
    assert_known::<EventKey>(known::EVENT_KEYS);
    assert_known::<ErrorCode>(known::ERROR_CODES);
    assert_known::<ChargeFailureCode>(known::CHARGE_FAILURE_CODES);
    assert_known::<TransferFailureCode>(known::TRANSFER_FAILURE_CODES);
    assert_known::<RecipientFailureCode>(known::RECIPIENT_FAILURE_CODES);
    assert_known::<Currency>(known::CURRENCIES);
}

#[test]
fn the_table_has_the_codes_of_the_collected_operations() {
    let Some(path) = shared("omise/operations.json") else { return };
    let rows: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("it reads")).expect("it parses");
    let errors = rows.iter().flat_map(|row| row["errors"].as_array().expect("errors"));
    let codes: Vec<&str> = errors.map(|error| error["code"].as_str().expect("a code")).collect();
    // `unauthorized?` was not seen, and a remark is no code.
    let is_code = |code: &&&str| code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    for code in codes.iter().filter(is_code) {
        assert!(known::ERROR_CODES.contains(code), "{code}");
    }
    assert!(codes.iter().filter(is_code).count() > 200);
}

#[test]
fn the_table_has_the_values_of_the_served_document() {
    let Some(path) = shared("omise/upstream-2019-05-29.yaml") else { return };
    let served: Value = serde_yaml::from_slice(&std::fs::read(path).expect("it reads")).expect("it parses");
    let form = "/requestBody/content/application~1x-www-form-urlencoded/schema/properties";
    let schemas = "/components/schemas";
    for (at, known) in [
        (format!("/paths/~1sources/post{form}/type"), known::SOURCE_TYPES),
        (format!("{schemas}/charge/properties/failure_code"), known::CHARGE_FAILURE_CODES),
        (format!("{schemas}/recipient/properties/failure_code"), known::RECIPIENT_FAILURE_CODES),
    ] {
        let values = served.pointer(&at).and_then(|schema| schema["enum"].as_array()).unwrap_or_else(|| panic!("{at}"));
        for value in values {
            assert!(known.contains(&value.as_str().expect("text")), "{at}: {value}");
        }
    }
}

#[tokio::test]
async fn an_unknown_code_survives_in_an_error() {
    let body = json!({"object": "error", "location": null, "code": NEW, "message": "New."}).to_string();
    let omise = Capture::answering(400, body.clone()).client();
    let error = omise.charges().retrieve("chrg_test_1").await.expect_err("a refusal");
    assert_eq!(error.code(), Some(NEW));
    assert_eq!(error.api_code(), Some(ErrorCode::Unknown(NEW.to_owned())));
    let read: ErrorBody = error.decode().expect("the body of an error");
    assert_eq!(read.code, ErrorCode::Unknown(NEW.to_owned()));
    for code in known::ERROR_CODES {
        let omise =
            Capture::answering(400, json!({"object": "error", "code": code, "message": ""}).to_string()).client();
        let code_read = omise.charges().retrieve("chrg_test_1").await.expect_err("a refusal").api_code();
        assert_eq!(code_read, Some(ErrorCode::from(*code)));
        assert!(!matches!(code_read, Some(ErrorCode::Unknown(_))), "{code}");
    }
}

/// The structs of the model that hold enums and that answers reach, each with a new value in every such place.
fn places(model: &Value) -> BTreeMap<String, Map<String, Value>> {
    let types = model["types"].as_array().expect("types");
    let mut places = BTreeMap::new();
    for def in types.iter().filter(|def| def["kind"]["kind"] == "struct" && def["usage"]["response"] == true) {
        let fields = def["kind"]["fields"].as_array().expect("fields");
        let with_enum = fields
            .iter()
            .filter_map(|field| Some((field["wire_name"].as_str()?.to_owned(), new_value(&field["ty"], types)?)));
        let with_enum: Map<String, Value> = with_enum.collect();
        if !with_enum.is_empty() {
            let words: Vec<&str> = def["name"].as_array().expect("words").iter().filter_map(Value::as_str).collect();
            places.insert(words.join("_"), with_enum);
        }
    }
    places
}

/// A value of a type that is made of an enum, with a new value in it.
fn new_value(ty: &Value, types: &[Value]) -> Option<Value> {
    match ty["type"].as_str()? {
        "ref" => {
            let kind = &types.get(usize::try_from(ty["of"].as_u64()?).ok()?)?["kind"];
            match kind["kind"].as_str()? {
                "enum" => Some(json!(NEW)),
                "alias" => new_value(&kind["of"], types),
                _ => None,
            }
        }
        "list" => Some(json!([new_value(&ty["of"], types)?])),
        "map" => Some(json!({"key": new_value(&ty["of"], types)?})),
        "nullable" => new_value(&ty["of"], types),
        _ => None,
    }
}

/// Decodes an object of new values and expects each of them where it was.
#[track_caller]
fn assert_survives<T: DeserializeOwned + Serialize>(name: &str, given: &Map<String, Value>) {
    let decoded: T = serde_json::from_value(json!(given)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let written = serde_json::to_value(&decoded).expect("it is written");
    for (field, value) in given {
        assert_eq!(&written[field], value, "{name}.{field}");
    }
}

#[test]
fn unknown_values_survive_in_every_object() {
    let ran = xtask(&["inspect", "--format", "json"]);
    assert!(ran.status.success(), "{}", text(&ran));
    let mut places = places(&serde_json::from_slice(&ran.stdout).expect("JSON"));
    macro_rules! survive {
        ($($name:literal: $ty:ty),* $(,)?) => { $(
            let given = places.remove($name).unwrap_or_else(|| panic!("{} holds no enum", $name));
            assert_survives::<$ty>($name, &given);
        )* };
    }
    survive! {
        "account": Account, "aggregated_balance": AggregatedBalance, "aggregated_transaction": AggregatedTransaction,
        "balance": Balance, "bank_account": BankAccount, "charge": Charge, "charge_schedule": ChargeSchedule,
        "dispute": Dispute, "error_body": ErrorBody, "event": Event, "forex": Forex, "link": Link,
        "linked_account": LinkedAccount, "links_plus_link": LinksPlusLink, "list": List<Value>,
        "occurrence": Occurrence, "payment_method": PaymentMethod, "receipt": Receipt, "recipient": Recipient,
        "refund": Refund, "routing_condition": RoutingCondition, "schedule": Schedule, "schedule_on": ScheduleOn,
        "search": Search<Value>, "source": Source, "source_references": SourceReferences,
        "sub_merchant": SubMerchant, "token": Token, "transaction": Transaction, "transfer": Transfer,
        "transfer_schedule": TransferSchedule, "webhook_delivery": WebhookDelivery,
    }
    assert_eq!(places.keys().collect::<Vec<_>>(), Vec::<&String>::new(), "these hold enums too");
}

#[tokio::test]
async fn unknown_values_are_sent_as_they_are() {
    let capture = Capture::answering(200, "{}");
    let omise = capture.client();
    let _ = omise.sources().create(2_000, Currency::from(NEW), SourceType::from(NEW)).await;
    let sent: Value = serde_json::from_slice(capture.request().body()).expect("JSON");
    assert_eq!((&sent["currency"], &sent["type"]), (&json!(NEW), &json!(NEW)));
    let _ = omise.charges().list().order(ListOrder::from(NEW)).await;
    assert_eq!(capture.request().uri().query(), Some(format!("order={NEW}").as_str()));
}

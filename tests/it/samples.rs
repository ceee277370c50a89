//! Samples of answers: every one is read as its type and written as it was.

use std::collections::BTreeSet;
use std::fmt::Debug;

use omise::test_util::{Sample, Sampled, Visitor, sample, visit};
use omise::types::{AnyObject, Charge, List};
use serde::Serialize;
use serde_json::Value;

/// The value without members that are null: absence says the same.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let given = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(given.map(|(key, value)| (key, without_null(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_null).collect()),
        other => other,
    }
}

#[derive(Default)]
struct RoundTrips(BTreeSet<&'static str>);

impl Visitor for RoundTrips {
    fn visit<T: Sampled + Serialize + Clone + Debug + PartialEq>(&mut self, name: &'static str) {
        assert!(self.0.insert(name), "{name} is shown twice");
        let read = sample::<T>().unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = serde_json::to_string(&read).expect("it is written");
        let [was, is]: [Value; 2] = [&T::json(), &*written].map(|text| serde_json::from_str(text).expect("JSON"));
        assert_eq!(without_null(is), without_null(was), "{name}");
        let again = serde_json::from_str::<T>(&written).map_err(|error| error.to_string()).map(|again| again == read);
        assert_eq!(again, Ok(true), "{name}");
    }
}

#[test]
fn every_sample_is_read_and_written_as_it_was() {
    let mut seen = RoundTrips::default();
    visit(&mut seen);
    // What users ask for is there.
    for name in ["types::Charge", "types::AnyObject", "types::ErrorBody", "types::Event", "types::List<types::Charge>"]
    {
        assert!(seen.0.contains(name), "{name} is not in {:?}", seen.0);
    }
}

#[test]
fn every_struct_of_the_crate_that_answers_hold_has_a_sample() {
    let mut seen = RoundTrips::default();
    visit(&mut seen);
    let model = crate::support::model();
    let answered = model.types.iter().filter(|def| def.usage.response);
    let wanted = answered.filter(|def| match &def.kind {
        omise_generator::ir::TypeKind::Struct(body) => body.page_items.is_none(),
        omise_generator::ir::TypeKind::Page(_) => true,
        _ => false,
    });
    let pages = seen.0.iter().filter(|name| name.contains('<')).count();
    let structs = seen.0.len() - pages - 1;
    let (lists, objects): (Vec<_>, Vec<_>) =
        wanted.partition(|def| matches!(def.kind, omise_generator::ir::TypeKind::Page(_)));
    assert_eq!((structs, pages), (objects.len(), lists.len()));
}

#[test]
fn samples_are_plausible() {
    let charge = sample::<Charge>().expect("it is read");
    assert_eq!(charge.id, "chrg_test_5xuy4w91xqz7d1w9u0t");
    assert_eq!(charge.customer.expect("every member is there").id().expect("an id"), "cust_test_5xuy2k7hd0n3v8t5m1p");
    let charges = Sample::<List<Charge>>::new().with("/data/0/amount", 5).build().expect("it is read");
    assert_eq!(charges.data[0].amount, Some(5));
    assert!(matches!(sample::<AnyObject>().expect("it is read"), AnyObject::Charge(_)));
}

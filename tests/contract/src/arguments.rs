//! What operations may be called with: a value for every argument, or for those alone that are required.

use serde_json::Value;

use crate::Contract;
use crate::document::Document;
use crate::operation::Operation;
use crate::sample::{Choice, chosen};
use crate::schema::Shape;

/// A call of an operation, in the document's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Arguments {
    /// The `operationId`, else `GET /path`.
    pub operation: String,
    /// Upper-case method.
    pub method: String,
    /// Template as written.
    pub path: String,
    /// Parameters: place, name, value.
    pub parameters: Vec<(&'static str, String, Value)>,
    /// The body.
    pub body: Option<Value>,
}

impl Contract {
    /// A call of every operation, the same one every time.
    #[must_use]
    pub fn arguments(&self, required_only: bool) -> Vec<Arguments> {
        let choice = Choice { optional: !required_only, ..Choice::WHOLE };
        self.declared().map(|(document, operation)| arguments(document, operation, choice)).collect()
    }
}

fn arguments(document: &Document, operation: &Operation, choice: Choice) -> Arguments {
    let value = |shape: &Shape| chosen(&shape.compiled(document).schema, choice);
    let wanted = |required: bool| required || choice.optional;
    let parameters = operation.parameters.iter().filter(|parameter| wanted(parameter.required));
    let parameters = parameters.filter_map(|one| Some((one.place.word(), one.name.clone(), value(&one.shape)?)));
    let body = operation.body.as_ref().filter(|body| wanted(body.required));
    Arguments {
        operation: operation.id.clone(),
        method: operation.method.to_string(),
        path: operation.path.clone(),
        parameters: parameters.collect(),
        body: body.and_then(|body| value(&body.content.first()?.1.shape)),
    }
}

//! One request against one operation.

use bytes::Bytes;
use http::{HeaderMap, Request, Uri};

use crate::Settings;
use crate::body;
use crate::coerce::coerce;
use crate::coverage::Coverage;
use crate::document::{Document, join};
use crate::operation::{Operation, Parameter, Place};
use crate::problem::{Part, Problem};
use crate::security::{self, cookies};
use crate::style::{self, Pair};

/// What is found in a request.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) problems: Vec<Problem>,
    pub(crate) coverage: Coverage,
}

/// Checks everything but path and method; `segments` are the path's parameters as they came.
pub(crate) fn check(
    document: &Document,
    settings: &Settings,
    operation: &Operation,
    segments: &[&str],
    request: &Request<Bytes>,
) -> Found {
    let headers = request.headers();
    let mut pairs = style::pairs(request.uri().query().unwrap_or_default());
    let mut found = Found::default();
    found.problems.extend(security::check(document, settings, operation, headers, &mut pairs));
    let check = Check { document, operation, segments, headers };
    // An object without names of its own takes what the others leave.
    let (last, first): (Vec<_>, Vec<_>) = operation.parameters.iter().partition(|one| check.takes_the_rest(one));
    for parameter in first.into_iter().chain(last) {
        check.parameter(parameter, &mut pairs, &mut found);
    }
    for pair in pairs.iter().filter(|pair| !pair.taken) {
        found.problems.push(Problem::new(Part::Query, join("", &pair.name), "the operation has no such parameter"));
    }
    if !is_escaped(request.uri()) {
        found.problems.push(Problem::new(Part::Query, "", "a `%` is not followed by two hexadecimal digits"));
    }
    body::check(document, operation.body.as_ref(), headers, request.body(), &mut found);
    found
}

struct Check<'a> {
    document: &'a Document,
    operation: &'a Operation,
    segments: &'a [&'a str],
    headers: &'a HeaderMap,
}

impl Check<'_> {
    fn takes_the_rest(&self, parameter: &Parameter) -> bool {
        let schema = parameter.shape.compiled(self.document);
        let is_form = parameter.place == Place::Query && parameter.style == "form" && parameter.explode;
        is_form && schema.types(&schema.schema).contains(&"object")
    }

    fn parameter(&self, parameter: &Parameter, pairs: &mut [Pair<'_>], found: &mut Found) {
        let schema = parameter.shape.compiled(self.document);
        let part = match parameter.place {
            Place::Path => Part::PathParameter,
            Place::Query => Part::Query,
            Place::Header => Part::Header,
            Place::Cookie => Part::Cookie,
        };
        let pointer = join("", &parameter.name);
        let inline = |raw: &str| style::inline(parameter, schema, raw).map(Some);
        let value = match parameter.place {
            Place::Query => style::in_query(parameter, schema, pairs),
            Place::Path => {
                let index = self.operation.names.iter().position(|name| *name == parameter.name);
                index.and_then(|index| self.segments.get(index)).map_or(Ok(None), |raw| inline(raw))
            }
            Place::Header => {
                let lines = self.headers.get_all(&parameter.name).iter();
                let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
                if lines.is_empty() { Ok(None) } else { inline(&lines.join(",")) }
            }
            Place::Cookie => cookies(self.headers, &parameter.name).first().map_or(Ok(None), |raw| inline(raw)),
        };
        let at = format!("{} {pointer}", parameter.place.word());
        if !parameter.required {
            found.coverage.note(at.clone(), !matches!(value, Ok(None)));
        }
        let problem = |part, below: &str, message: String| Problem::new(part, format!("{pointer}{below}"), message);
        match value {
            Ok(None) if parameter.required => {
                found.problems.push(problem(part, "", "it is required, and missing".to_owned()));
            }
            Ok(None) => {}
            Ok(Some(value)) => {
                let value = coerce(schema, value);
                found.coverage.walk(schema, &value, &at);
                match schema.problems(&value) {
                    Ok(wrong) => {
                        found.problems.extend(wrong.into_iter().map(|(below, message)| problem(part, &below, message)));
                    }
                    Err(message) => found.problems.push(problem(Part::Document, "", message)),
                }
            }
            Err(message) => found.problems.push(problem(part, "", message)),
        }
    }
}

/// Whether every `%` of a path and query begins an escape.
fn is_escaped(uri: &Uri) -> bool {
    let text = uri.path_and_query().map_or("", |text| text.as_str());
    let is_digits =
        |rest: &str| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    text.split('%').skip(1).all(is_digits)
}

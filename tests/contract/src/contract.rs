//! A document as a judge of requests.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use crate::Settings;
use crate::answer;
use crate::check::{Found, check};
use crate::coverage::Coverage;
use crate::document::Document;
use crate::hosts::{Host, Hosts};
use crate::operation::{self, Operation};
use crate::problem::{Part, Problem};

/// What an API promises: it judges requests and answers them.
#[derive(Debug)]
pub struct Contract {
    document: Document,
    settings: Settings,
    hosts: Hosts,
    operations: Vec<Operation>,
}

/// What became of a request.
#[derive(Debug)]
pub struct Verdict {
    /// The operation that was called, by its `operationId`, else `GET /path`; `None` when there is none.
    pub operation: Option<String>,
    /// Everything that does not fit.
    pub problems: Vec<Problem>,
    /// Which optional things the request has.
    pub coverage: Coverage,
    /// What is answered: a sample when nothing is wrong, else an error.
    pub response: Response<Bytes>,
}

impl Contract {
    /// A document, and what it does not say about keys and hosts.
    pub fn new(document: Document, settings: Settings) -> Self {
        let hosts = Hosts::read(document.root(), &settings);
        let operations = operation::all(&document, &hosts);
        Self { document, settings, hosts, operations }
    }

    /// The servers of the document, the default one first.
    pub fn hosts(&self) -> &[Host] {
        &self.hosts.all
    }

    /// Names of all operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(|operation| operation.id.as_str())
    }

    pub(crate) fn declared(&self) -> impl Iterator<Item = (&Document, &Operation)> {
        self.operations.iter().map(|operation| (&self.document, operation))
    }

    pub(crate) fn listeners(&self) -> usize {
        self.hosts.listeners
    }

    /// Judges a request that came to the host of that name, and answers it.
    pub fn judge(&self, host: &str, request: &Request<Bytes>) -> Verdict {
        let listener =
            self.hosts.all.iter().find(|known| known.name == host || known.url == host.trim_end_matches('/'));
        self.judge_at(listener.map_or(usize::MAX, |host| host.listener), request)
    }

    pub(crate) fn judge_at(&self, listener: usize, request: &Request<Bytes>) -> Verdict {
        let path = request.uri().path();
        let Some(template) = self.find(listener, path) else {
            let problem = Problem::new(Part::Path, "", self.nowhere(path));
            return self.refused(None, vec![problem]);
        };
        let same = || {
            self.operations
                .iter()
                .filter(|known| known.path == template && self.captures(known, listener, path).is_some())
        };
        let Some(operation) = same().find(|operation| operation.method == request.method()) else {
            let methods: Vec<&str> = same().map(|operation| operation.method.as_str()).collect();
            let message = format!("the path takes {}", methods.join(", "));
            let mut verdict = self.refused(None, vec![Problem::new(Part::Method, "", message)]);
            verdict.response = answer::allowing(verdict.response, &methods);
            return verdict;
        };
        let segments = self.captures(operation, listener, path).unwrap_or_default();
        let Found { problems, coverage } = check(&self.document, &self.settings, operation, &segments, request);
        if !problems.is_empty() {
            return Verdict { coverage, ..self.refused(Some(operation), problems) };
        }
        let response = answer::success(&self.document, operation);
        Verdict { operation: Some(operation.id.clone()), problems, coverage, response }
    }

    pub(crate) fn refused(&self, operation: Option<&Operation>, problems: Vec<Problem>) -> Verdict {
        let response = answer::failure(&self.document, &self.operations, operation, &problems);
        let operation = operation.map(|operation| operation.id.clone());
        Verdict { operation, problems, coverage: Coverage::default(), response }
    }

    /// The plainest path that fits.
    fn find(&self, listener: usize, path: &str) -> Option<&str> {
        self.operations
            .iter()
            .find(|known| self.captures(known, listener, path).is_some())
            .map(|known| known.path.as_str())
    }

    /// The path's parameters as they came, if the operation has this path on one of its hosts there.
    fn captures<'a>(&self, operation: &Operation, listener: usize, path: &'a str) -> Option<Vec<&'a str>> {
        let hosts = operation.hosts.iter().filter_map(|host| self.hosts.all.get(*host));
        hosts.filter(|host| host.listener == listener).find_map(|host| {
            let captures = operation.pattern.captures(path.strip_prefix(&host.base)?)?;
            Some(captures.iter().skip(1).flatten().map(|group| group.as_str()).collect())
        })
    }

    /// Why no operation has a path.
    fn nowhere(&self, path: &str) -> String {
        let elsewhere = (0..self.hosts.listeners).find(|listener| self.find(*listener, path).is_some());
        let host = elsewhere.and_then(|listener| self.hosts.all.iter().find(|host| host.listener == listener));
        host.map_or_else(
            || "no operation has this path".to_owned(),
            |host| format!("this host does not take the call; `{}` does", host.name),
        )
    }

    /// The answers of all operations that are JSON, with what is wrong with each: nothing, if samples are what they claim.
    pub fn samples(&self) -> Vec<(String, Value, Vec<String>)> {
        let mut samples = Vec::new();
        for operation in &self.operations {
            for (status, content) in &operation.answers {
                for (media, shape) in content.content.iter().filter(|(media, _)| operation::is_json(media)) {
                    let compiled = shape.compiled(&self.document);
                    let value = crate::sample::sample(&compiled.schema).unwrap_or_default();
                    let wrong = match compiled.problems(&value) {
                        Ok(found) => {
                            found.into_iter().map(|(pointer, message)| format!("{pointer}: {message}")).collect()
                        }
                        Err(message) => vec![message],
                    };
                    samples.push((format!("{} {status} {media}", operation.id), value, wrong));
                }
            }
        }
        samples
    }
}

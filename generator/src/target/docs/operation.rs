//! The page of an operation.

use serde_json::Value;

use super::curl;
use super::fields::{Fields, Place, deprecated, evidence};
use super::page::{Answer, Failure, Field, Group, Key, Link, Mark, Operation, Row, Sample};
use super::see::See;
use super::urls::{self, Urls};
use crate::diagnostic::plain_json;
use crate::ir::{self, Access, Api, Content, Evidence, MediaKind, ParamPlace, RetryClass, Status, Type, TypeKind};
use crate::target::sample::{Direction, Maker, Shown};

/// Makes pages of operations.
#[derive(Clone, Copy)]
pub(super) struct Operations<'a> {
    pub api: &'a Api,
    pub urls: &'a Urls,
    pub see: &'a See,
}

impl<'a> Operations<'a> {
    pub(super) fn page(self, operation: &ir::Operation, samples: Vec<Sample>) -> Operation {
        let link_to = |id: &String| self.urls.operation(id).map(|link| Link { title: id.clone(), ..link.clone() });
        let conventions = &self.api.conventions;
        let has_key = |own: &&ir::Idempotency| own.methods.contains(&operation.method);
        Operation {
            id: operation.id.clone(),
            method: operation.method.clone(),
            route: operation.path.clone(),
            server: curl::server(self.api, operation),
            doc: self.see.with_codes(&operation.doc),
            marks: marks(operation),
            security: self.security(operation),
            // Of a call that nobody has seen, nobody knows what it does twice.
            retry: match operation.retry {
                _ if operation.evidence == Evidence::Guess => "unknown",
                RetryClass::Safe => "safe",
                RetryClass::Idempotent => "idempotent",
                RetryClass::Unsafe => "unsafe",
            },
            idempotency: conventions.idempotency.as_ref().filter(has_key).map(|own| own.header.clone()),
            aliases: operation.aliases.iter().filter_map(link_to).collect(),
            alias_of: operation.alias_of.as_ref().and_then(link_to),
            docs_url: operation.docs_url.clone().filter(|url| is_web(url)),
            media_type: operation.body.as_ref().map(|body| body.media_type.clone()),
            groups: self.groups(operation),
            samples,
            answers: operation.responses.iter().map(|response| self.answer(response)).collect(),
            errors: failures(operation),
            paged: operation.paging.is_some(),
            headers: operation.headers.iter().map(|header| self.fields(false).header(header)).collect(),
            changes: Vec::new(),
        }
    }

    fn fields(self, is_sent: bool) -> Fields<'a> {
        Fields { api: self.api, urls: self.urls, is_sent }
    }

    fn security(self, operation: &ir::Operation) -> Vec<Vec<Key>> {
        let key = |requirement: &ir::Requirement| {
            let scheme = self.api.auth.schemes.get(requirement.scheme)?;
            let title = self.urls.titles.of(&scheme.name);
            Some(Key { title, doc: scheme.doc.clone(), scopes: requirement.scopes.clone() })
        };
        operation.security.iter().map(|keys| keys.iter().filter_map(key).collect()).collect()
    }

    /// Arguments by where they go; those that a path needs come first.
    fn groups(self, operation: &ir::Operation) -> Vec<Group> {
        let fields = self.fields(true);
        let at = |place: ParamPlace| {
            let params = operation.params.iter().filter(move |param| param.place == place && param.constant.is_none());
            params.map(|param| fields.param(param)).collect::<Vec<_>>()
        };
        let mut groups = vec![
            Group { title: "Path", fields: at(ParamPlace::Path) },
            Group { title: "Query", fields: at(ParamPlace::Query) },
            Group { title: "Headers", fields: at(ParamPlace::Header) },
            Group { title: "Cookies", fields: at(ParamPlace::Cookie) },
            Group { title: "Body", fields: operation.body.iter().flat_map(|body| self.body(body)).collect() },
        ];
        // What must be given stands before what may be, in the order of the method's arguments.
        let order = self.order(operation);
        let rank = |field: &Field| order.iter().position(|name| *name == field.name).unwrap_or(order.len());
        groups.iter_mut().for_each(|group| group.fields.sort_by_key(|field| (!field.required, rank(field))));
        groups.retain(|group| !group.fields.is_empty());
        let mut seen = std::collections::BTreeSet::new();
        groups.iter_mut().for_each(|group| distinct(&mut group.fields, &mut seen));
        groups
    }

    /// The wire names of required arguments, in the order of the method.
    fn order(self, operation: &ir::Operation) -> Vec<&str> {
        let parts = operation.body.as_ref().and_then(|body| body.parts.as_deref()).unwrap_or_default();
        let name = |argument: &ir::Argument| match argument {
            ir::Argument::Param(at) => operation.params.get(*at).map(|param| param.wire_name.as_str()),
            ir::Argument::Part(at) => parts.get(*at).map(|part| part.wire_name.as_str()),
            ir::Argument::Body => None,
        };
        operation.arguments.required.iter().filter_map(name).collect()
    }

    fn body(self, body: &ir::Body) -> Vec<Field> {
        let fields = self.fields(true);
        match &body.parts {
            Some(parts) => {
                let given = parts.iter().filter(|part| part.access != Access::ReadOnly && part.constant.is_none());
                given.map(|part| fields.part(part)).collect()
            }
            None => {
                let (members, _) = fields.of_type(&body.ty, &Place::new("param"));
                if !members.is_empty() {
                    return members;
                }
                vec![Field {
                    anchor: "param-body".to_owned(),
                    name: "body".to_owned(),
                    ty: fields.text(&body.ty),
                    required: body.required,
                    nullable: false,
                    deprecated: false,
                    access: "write_only",
                    doc: body.doc.clone(),
                    facts: String::new(),
                    values: Vec::new(),
                    inside: None,
                    marks: Vec::new(),
                    origin: Some(body.origin.clone()),
                }]
            }
        }
    }

    fn answer(self, response: &ir::Response) -> Answer {
        let fields = self.fields(false);
        let content = response.content.as_ref();
        let ty = content.map(|content| match content.kind {
            MediaKind::Json | MediaKind::Form => fields.text(&content.ty),
            _ => super::page::TypeText { name: "bytes".to_owned(), ..Default::default() },
        });
        let (mut members, _) =
            content.map(|content| fields.of_type(&content.ty, &Place::new("field"))).unwrap_or_default();
        distinct(&mut members, &mut std::collections::BTreeSet::new());
        Answer {
            status: response.status.text(),
            doc: response.doc.clone(),
            media_type: content.and_then(|content| content.media_type.clone()),
            ty,
            fields: members,
            example: content.and_then(|content| self.example(content)).map(printed).unwrap_or_default(),
        }
    }

    /// What the document shows of an answer, when it fits, or a sample.
    fn example(self, content: &Content) -> Option<Value> {
        if content.kind != MediaKind::Json {
            return None;
        }
        let shown = Shown { api: self.api, tells_secrets: false };
        let given = content.example.as_ref().and_then(|literal| shown.fitting(literal, &content.ty));
        given.or_else(|| sample(self.api, &content.ty))
    }

    /// An operation in a list.
    pub(super) fn row(self, operation: &ir::Operation) -> Row {
        Row {
            link: self.urls.operation(&operation.id).cloned().unwrap_or_default(),
            id: operation.id.clone(),
            method: operation.method.clone(),
            route: operation.path.clone(),
            summary: operation.summary.clone(),
            marks: marks(operation),
        }
    }
}

/// Makes every anchor of a page one of its own.
fn distinct(fields: &mut [Field], seen: &mut std::collections::BTreeSet<String>) {
    for field in fields {
        field.anchor = urls::distinct(seen, false, &field.anchor);
        if let Some(inside) = &mut field.inside {
            distinct(&mut inside.fields, seen);
            inside.variants.iter_mut().for_each(|variant| distinct(&mut variant.fields, seen));
        }
    }
}

/// The same for the members of a type's page.
pub(super) fn distinct_all(fields: &mut [Field], variants: &mut [super::page::Variant]) {
    let mut seen = std::collections::BTreeSet::new();
    distinct(fields, &mut seen);
    variants.iter_mut().for_each(|variant| distinct(&mut variant.fields, &mut seen));
}

/// A sample of a type that is an object, or a list or page of objects.
pub(super) fn sample(api: &Api, ty: &Type) -> Option<Value> {
    let nothing = ir::Constraints::default();
    let is_page = |def: &ir::TypeDef| matches!(def.kind, TypeKind::Page(_));
    let maker = Maker::new(api, Direction::Answered);
    match api.resolve(ty) {
        Type::Ref(id) => match api.type_def(*id) {
            Some(def) if !is_page(def) => maker.sample(def).ok(),
            Some(def) => maker.named(ty, &def.name, &nothing).ok(),
            None => None,
        },
        _ => maker.named(ty, &ir::Name(vec!["value".to_owned()]), &nothing).ok(),
    }
}

/// JSON that people read, without characters that change how the text around them is shown.
pub(super) fn printed(value: Value) -> String {
    plain_json(&format!("{value:#}"))
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn marks(operation: &ir::Operation) -> Vec<Mark> {
    let mut marks: Vec<Mark> = evidence(operation.evidence).into_iter().collect();
    marks.extend(operation.deprecated.then(deprecated));
    marks
}

/// What may go wrong: the answers that the document lists, then what any call may meet.
fn failures(operation: &ir::Operation) -> Vec<Failure> {
    let listed = operation.errors.iter().filter(|error| error.status != Status::Default);
    let mut all: Vec<Failure> =
        listed.map(|error| failure(operation.retry, &error.status.text(), &error.doc)).collect();
    let mut usual = vec!["400", "401", "404", "429", "5XX"];
    let names_nothing =
        operation.params.iter().all(|param| param.place != ParamPlace::Path) && operation.body.is_none();
    if names_nothing {
        usual.retain(|status| *status != "404");
    }
    for status in usual {
        if !all.iter().any(|failure| failure.status == status) {
            all.push(failure(operation.retry, status, ""));
        }
    }
    all.sort_by(|one, other| one.status.cmp(&other.status));
    all.push(failure(operation.retry, "no answer", ""));
    all
}

fn failure(class: RetryClass, status: &str, doc: &str) -> Failure {
    const ALREADY: &str = "The client has already sent it again, within its limit; wait before you do.";
    const UNCLEAR: &str = "Not by itself: whether it was carried out is not known. Look first; if it was not, send it again with the same idempotency key.";
    let (cause, retry) = match status {
        "401" => ("The key is missing, wrong or of the wrong kind.", "No: another key is needed."),
        "403" => ("The key may not do this.", "No."),
        "404" => ("Something that the call names does not exist for this key.", "No, unless it is still being made."),
        "408" => (
            "The service waited too long for the request.",
            if class == RetryClass::Unsafe { UNCLEAR } else { ALREADY },
        ),
        "409" => ("Something else is being done to the object.", "Once the other call has ended."),
        "429" => ("Too many calls at once. It was not carried out.", ALREADY),
        "no answer" => {
            ("The connection failed or the time was up.", if class == RetryClass::Unsafe { UNCLEAR } else { ALREADY })
        }
        status if status.starts_with('5') => {
            ("The service failed.", if class == RetryClass::Unsafe { UNCLEAR } else { ALREADY })
        }
        _ => (
            "An argument is missing, wrong or not allowed now; the error's code and message say which.",
            "Not as it is: change the call, unless the code says that the service failed.",
        ),
    };
    Failure { status: status.to_owned(), doc: doc.to_owned(), cause, retry }
}

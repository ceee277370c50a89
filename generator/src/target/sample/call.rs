//! A call that is shown: an operation with values for its required arguments, and for others that are worth showing.

use super::{Direction, Maker, Node, Shown};
use crate::ir::{Api, Argument, Body, BodyPart, Constraints, Literal, MediaKind, Operation, Param, Resource, Type};
use crate::near::did_you_mean;

/// A call.
#[derive(Clone, Debug)]
pub(in crate::target) struct Call<'a> {
    /// The resource.
    pub resource: &'a Resource,
    /// What is called.
    pub operation: &'a Operation,
    /// What it is given, the required arguments first and in the order of the method.
    pub given: Vec<(Argument, Node)>,
}

/// An argument, whatever it is.
#[derive(Clone, Copy)]
enum Place<'a> {
    Param(&'a Param),
    Part(&'a BodyPart),
    Body(&'a Body),
}

impl<'a> Call<'a> {
    /// The call that the document shows, or one with what is required. `None` when an argument has no value that could be
    /// shown.
    pub(in crate::target) fn shown(api: &'a Api, resource: &'a Resource, operation: &'a Operation) -> Option<Self> {
        let shown = operation.example.as_deref().unwrap_or_default();
        let of = |name: &str| shown.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let mut given = Vec::new();
        for argument in arguments(operation) {
            let place = Place::of(operation, argument)?;
            let is_required = operation.arguments.required.contains(&argument);
            if is_required || of(place.wire_name()).is_some() {
                given.push((argument, place.node(api, of(place.wire_name()))?));
            }
        }
        Some(Self { resource, operation, given })
    }

    /// A call with these values by wire name, and with the shown ones for required arguments that are not among them.
    pub(in crate::target) fn with(
        api: &'a Api,
        resource: &'a Resource,
        operation: &'a Operation,
        values: &[(String, Literal)],
    ) -> Result<Self, String> {
        let places: Vec<_> =
            arguments(operation).filter_map(|argument| Some((argument, Place::of(operation, argument)?))).collect();
        let names = || places.iter().map(|(_, place)| place.wire_name());
        if let Some((unknown, _)) = values.iter().find(|(name, _)| !names().any(|known| known == name)) {
            let hint = did_you_mean(unknown, names()).unwrap_or_default();
            return Err(format!("`{}` has no argument `{unknown}`. {hint}", operation.id).trim().to_owned());
        }
        let mut given = Vec::new();
        for (argument, place) in &places {
            let value = values.iter().find(|(name, _)| name == place.wire_name()).map(|(_, value)| value);
            let node = match value {
                Some(value) => Some(place.given(api, value).ok_or_else(|| {
                    format!("`{}` of `{}` cannot have the value that is given", place.wire_name(), operation.id)
                })?),
                None if operation.arguments.required.contains(argument) => place.node(api, None),
                None => continue,
            };
            let node = node.ok_or_else(|| format!("`{}` needs a value for `{}`", operation.id, place.wire_name()))?;
            given.push((*argument, node));
        }
        Ok(Self { resource, operation, given })
    }

    /// What an argument is given.
    pub(in crate::target) fn value(&self, argument: Argument) -> Option<&Node> {
        self.given.iter().find(|(own, _)| *own == argument).map(|(_, node)| node)
    }

    /// The wire name of an argument that is given; empty for a body as a whole.
    pub(in crate::target) fn wire_name(&self, argument: Argument) -> &'a str {
        Place::of(self.operation, argument).map_or("", Place::wire_name)
    }
}

/// All arguments of an operation that can be given, the required ones first.
fn arguments(operation: &Operation) -> impl Iterator<Item = Argument> {
    let required = operation.arguments.required.iter().copied();
    let params = operation.params.iter().enumerate().filter(|(_, param)| param.constant.is_none());
    let params = params.map(|(at, _)| Argument::Param(at));
    let parts = operation.body.iter().filter_map(|body| body.parts.as_ref()).flatten().enumerate();
    let parts = parts.filter(|(_, part)| part.constant.is_none()).map(|(at, _)| Argument::Part(at));
    let whole = operation.body.iter().filter(|body| body.parts.is_none()).map(|_| Argument::Body);
    let others = params.chain(parts).chain(whole);
    required.chain(others.filter(|argument| !operation.arguments.required.contains(argument)))
}

impl<'a> Place<'a> {
    fn of(operation: &'a Operation, argument: Argument) -> Option<Self> {
        let body = operation.body.as_ref();
        Some(match argument {
            Argument::Param(at) => Self::Param(operation.params.get(at)?),
            Argument::Part(at) => Self::Part(body?.parts.as_ref()?.get(at)?),
            Argument::Body => Self::Body(body?),
        })
    }

    fn wire_name(self) -> &'a str {
        match self {
            Self::Param(param) => &param.wire_name,
            Self::Part(part) => &part.wire_name,
            Self::Body(_) => "",
        }
    }

    fn ty(self) -> &'a Type {
        match self {
            Self::Param(param) => &param.ty,
            Self::Part(part) => &part.ty,
            Self::Body(body) => &body.ty,
        }
    }

    /// The file, where it is one.
    fn file(self) -> Option<Node> {
        match self {
            Self::Part(part) if part.is_file => Some(Node::part(part)),
            Self::Body(body) if body.kind == MediaKind::Binary => Some(Node::file()),
            _ => None,
        }
    }

    /// A value that somebody chose.
    fn given(self, api: &Api, value: &Literal) -> Option<Node> {
        if let Some(file) = self.file() {
            return Some(file);
        }
        if *value == Literal::Null && matches!(self, Self::Part(part) if part.nullable) {
            return Some(Node::null(api, self.ty()));
        }
        let value = Shown { api, tells_secrets: true }.fitting(value, self.ty())?;
        Node::of(api, self.ty(), &value)
    }

    /// The value that is shown, or one that the document gives as an example, or one that is made.
    fn node(self, api: &Api, shown: Option<&Literal>) -> Option<Node> {
        if let Some(node) = shown.and_then(|value| self.given(api, value)) {
            return Some(node);
        }
        if let Some(file) = self.file() {
            return Some(file);
        }
        let nothing = Constraints::default();
        let (name, limits, literals) = match self {
            Self::Param(param) => (&param.name, &param.constraints, [&param.example, &param.default]),
            Self::Part(part) => (&part.name, &part.constraints, [&part.example, &part.default]),
            Self::Body(body) => (&body.name, &nothing, [&None, &None]),
        };
        let plain = Shown { api, tells_secrets: false };
        let fitting = literals.into_iter().flatten().find_map(|literal| plain.fitting(literal, self.ty()));
        let made = || Maker::new(api, Direction::Sent).named(self.ty(), name, limits).ok();
        Node::of(api, self.ty(), &fitting.or_else(made)?)
    }
}

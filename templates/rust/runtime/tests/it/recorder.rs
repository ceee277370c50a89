//! A subscriber of `tracing` that keeps every span with its fields, in the order they were opened.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};
use tracing_core::span::Current;

/// A span as it was told.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub name: &'static str,
    pub parent: Option<usize>,
    pub fields: Vec<(String, String)>,
    handles: usize,
}

impl Seen {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn is_closed(&self) -> bool {
        self.handles == 0
    }
}

#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    spans: Vec<Seen>,
    metadata: Vec<&'static Metadata<'static>>,
    entered: Vec<usize>,
    events: String,
}

impl Recorder {
    /// Listens in this thread until the guard is dropped.
    pub fn listen(&self) -> DefaultGuard {
        // While a process has one listener, a thread that comes first to a span decides for all threads whether anybody
        // cares, and asks its own listener only. Other tests have none: with a second one, `tracing` asks all there are.
        static SECOND: OnceLock<Dispatch> = OnceLock::new();
        SECOND.get_or_init(|| Dispatch::new(Self::default()));
        tracing::subscriber::set_default(self.clone())
    }

    pub fn spans(&self) -> Vec<Seen> {
        self.0.lock().unwrap().spans.clone()
    }

    /// Whether no span is entered.
    pub fn is_idle(&self) -> bool {
        self.0.lock().unwrap().entered.is_empty()
    }

    /// All that was told, as text.
    pub fn text(&self) -> String {
        let state = self.0.lock().unwrap();
        format!("{:?} {}", state.spans, state.events)
    }
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

struct Fields<'a>(&'a mut Vec<(String, String)>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name().to_owned(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push((field.name().to_owned(), format!("{value:?}")));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut state = self.0.lock().unwrap();
        let parent = attributes
            .parent()
            .map(index)
            .or_else(|| state.entered.last().copied().filter(|_| attributes.is_contextual()));
        let mut span = Seen { name: attributes.metadata().name(), parent, handles: 1, ..Seen::default() };
        attributes.record(&mut Fields(&mut span.fields));
        state.spans.push(span);
        state.metadata.push(attributes.metadata());
        Id::from_u64(state.spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut state = self.0.lock().unwrap();
        let span = &mut state.spans[index(id)];
        assert!(!span.is_closed());
        values.record(&mut Fields(&mut span.fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Vec::new();
        event.record(&mut Fields(&mut fields));
        writeln!(self.0.lock().unwrap().events, "{fields:?}").unwrap();
    }

    fn enter(&self, id: &Id) {
        self.0.lock().unwrap().entered.push(index(id));
    }

    fn exit(&self, id: &Id) {
        let left = self.0.lock().unwrap().entered.pop();
        assert_eq!(left, Some(index(id)));
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.0.lock().unwrap().spans[index(id)].handles += 1;
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut state = self.0.lock().unwrap();
        let span = &mut state.spans[index(&id)];
        span.handles -= 1;
        span.is_closed()
    }

    fn current_span(&self) -> Current {
        let state = self.0.lock().unwrap();
        state
            .entered
            .last()
            .map_or_else(Current::none, |&at| Current::new(Id::from_u64(at as u64 + 1), state.metadata[at]))
    }
}

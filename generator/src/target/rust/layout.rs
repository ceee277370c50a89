//! Expressions of code that is shown to people, on as many lines as rustfmt would give them.
//!
//! What the crate's own files hold is printed by prettyplease and brought to rustfmt's form by `fit`; code in documentation
//! is printed by neither, since it holds macros and chains, and is laid out here from a small tree.

/// Widest line of what stands in a function.
const WIDTH: usize = 96;
/// Widest arguments, items or chain on one line.
const FLAT: usize = 60;
/// Widest fields of a struct literal on one line.
const LITERAL: usize = 18;

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// What is never broken: a word, a literal.
    Plain(String),
    /// `name: value`.
    Labeled(String, Box<Code>),
    /// Items in brackets.
    Group(Group),
    /// `root.link().link()`.
    Chain(Box<Code>, Vec<Code>),
}

/// Items in brackets, with what stands before: `f(a, b)`, `[a, b]`, `Name { a: 1 }`.
#[derive(Clone, Debug)]
pub(super) struct Group {
    open: String,
    items: Vec<Code>,
    close: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A call of a function or a method.
    Call,
    /// A list or a tuple.
    Items,
    /// What a macro is given.
    Macro,
    /// A struct literal, or an object of JSON.
    Members,
}

/// Where an expression stands: how far its lines are indented, where it begins, and how much follows it.
#[derive(Clone, Copy, Debug)]
struct Place {
    indent: usize,
    column: usize,
    after: usize,
}

impl Code {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// `name: value`, with whatever stands between.
    pub(super) fn labeled(label: String, value: Code) -> Self {
        Self::Labeled(label, Box::new(value))
    }

    /// `callee(arguments)`.
    pub(super) fn call(callee: &str, arguments: Vec<Code>) -> Self {
        Self::Group(Group { open: format!("{callee}("), items: arguments, close: ")", kind: Kind::Call })
    }

    /// `[items]`.
    pub(super) fn array(items: Vec<Code>) -> Self {
        Self::Group(Group { open: "[".to_owned(), items, close: "]", kind: Kind::Items })
    }

    /// `(items)`.
    pub(super) fn tuple(items: Vec<Code>) -> Self {
        Self::Group(Group { open: "(".to_owned(), items, close: ")", kind: Kind::Items })
    }

    /// `vec![items]`, and whatever else a macro may be given.
    pub(super) fn given(open: &str, items: Vec<Code>, close: &'static str) -> Self {
        Self::Group(Group { open: open.to_owned(), items, close, kind: Kind::Macro })
    }

    /// `Name { fields }`.
    pub(super) fn literal(name: &str, fields: Vec<(String, Code)>) -> Self {
        let items = fields.into_iter().map(|(name, value)| Self::labeled(format!("{name}: "), value));
        Self::Group(Group { open: format!("{name} {{"), items: items.collect(), close: "}", kind: Kind::Members })
    }

    /// `self.link`; a chain grows.
    pub(super) fn then(self, link: Code) -> Self {
        match self {
            Self::Chain(root, mut links) => {
                links.push(link);
                Self::Chain(root, links)
            }
            root => Self::Chain(Box::new(root), vec![link]),
        }
    }

    /// The lines of a statement that begins with `before` and ends with `after`.
    pub(super) fn statement(&self, before: &str, after: &str) -> Vec<String> {
        let text = self.at(Place { indent: 0, column: width(before), after: width(after) });
        format!("{before}{text}{after}").lines().map(str::to_owned).collect()
    }

    /// On one line, when it may stand on one that is long enough.
    fn flat(&self) -> Option<String> {
        match self {
            Self::Plain(text) => Some(text.clone()),
            Self::Labeled(label, value) => Some(format!("{label}{}", value.flat()?)),
            Self::Group(group) => group.flat(),
            Self::Chain(root, links) => {
                let text = joined(root, links)?;
                // rustfmt counts a question mark at the end twice.
                let counted = width(&text) + usize::from(text.ends_with('?'));
                (links.len() == 1 || counted <= FLAT).then_some(text)
            }
        }
    }

    /// As it stands at a place.
    fn at(&self, place: Place) -> String {
        if let Some(flat) = self.flat().filter(|flat| place.fits(flat)) {
            return flat;
        }
        match self {
            Self::Plain(text) => text.clone(),
            Self::Labeled(label, value) => format!("{label}{}", value.at(place.behind(width(label)))),
            Self::Group(group) => group.broken(place),
            Self::Chain(root, links) => chain(root, links, place),
        }
    }

    /// What may stand on several lines within the brackets of a call that it is the only argument of.
    fn hugged(&self, place: Place) -> Option<String> {
        match self {
            Self::Group(group) => Some(group.broken(place)),
            Self::Chain(root, links) => extended(root, links, place, FLAT),
            Self::Plain(_) | Self::Labeled(..) => None,
        }
    }
}

impl Group {
    fn flat(&self) -> Option<String> {
        let items: Vec<String> = self.items.iter().map(Code::flat).collect::<Option<_>>()?;
        let items = items.join(", ");
        let most = match (self.kind, self.items.as_slice()) {
            (Kind::Members, _) => LITERAL,
            // Whatever stands alone may be wide, but not a call within a call.
            (_, [Code::Group(inner)]) if matches!(inner.kind, Kind::Items | Kind::Members) => usize::MAX,
            (_, [Code::Plain(_) | Code::Chain(..)]) => usize::MAX,
            _ => FLAT,
        };
        let space = if self.kind == Kind::Members { " " } else { "" };
        (width(&items) <= most).then(|| format!("{}{space}{items}{space}{}", self.open, self.close))
    }

    fn broken(&self, place: Place) -> String {
        let Self { open, items, close, kind } = self;
        if let ([only], true) = (items.as_slice(), *kind != Kind::Members) {
            let inner = Place { column: place.column + width(open), after: place.after + width(close), ..place };
            let hugged = match only {
                // A chain in a list begins beside its bracket.
                Code::Chain(..) if open == "[" => Some(only.at(inner)),
                _ => only.hugged(inner),
            };
            let hugged = hugged.filter(|text| inner.begins_well(text));
            if let Some(text) = hugged {
                return format!("{open}{text}{close}");
            }
        }
        let indent = place.indent + 4;
        let mut text = open.clone();
        for item in items {
            let item = item.at(Place { indent, column: indent, after: 1 });
            text.push_str(&format!("\n{}{item},", spaces(indent)));
        }
        format!("{text}\n{}{close}", spaces(place.indent))
    }
}

impl Place {
    fn behind(self, width: usize) -> Self {
        Self { column: self.column + width, ..self }
    }

    fn fits(self, line: &str) -> bool {
        self.column + width(line) + self.after <= WIDTH
    }

    /// Whether the first of several lines fits.
    fn begins_well(self, text: &str) -> bool {
        self.column + first_line(text) <= WIDTH
    }
}

/// Root and links on one line, however long.
fn joined(root: &Code, links: &[Code]) -> Option<String> {
    let mut text = root.flat()?;
    for link in links {
        text.push('.');
        text.push_str(&link.flat()?);
    }
    Some(text)
}

fn chain(root: &Code, links: &[Code], place: Place) -> String {
    if let Some(text) = extended(root, links, place, WIDTH.saturating_sub(place.column)) {
        return text;
    }
    let mut text = root.at(Place { after: 0, ..place });
    let indent = if text.contains('\n') { place.indent } else { place.indent + 4 };
    for (at, link) in links.iter().enumerate() {
        let after = if at + 1 == links.len() { place.after } else { 0 };
        let link = link.at(Place { indent, column: indent + 1, after });
        text.push_str(&format!("\n{}.{link}", spaces(indent)));
    }
    text
}

/// A chain on one line but for its last link, where that reads better than one line a link.
fn extended(root: &Code, links: &[Code], place: Place, widest: usize) -> Option<String> {
    let (last, before) = links.split_last()?;
    let head = joined(root, before)?;
    let begun = width(&head) + 1;
    let left = if before.is_empty() { widest } else { widest.min(FLAT) }.checked_sub(begun)?;
    let text = last.at(place.behind(begun));
    let own = last.at(Place { indent: place.indent + 4, column: place.indent + 5, after: place.after });
    let is_better = text.lines().count() >= 5 || own.lines().count() >= text.lines().count();
    (text.contains('\n') && first_line(&text) <= left && is_better).then(|| format!("{head}.{text}"))
}

fn first_line(text: &str) -> usize {
    text.lines().next().map_or(0, width)
}

/// Columns, as far as a terminal agrees.
fn width(text: &str) -> usize {
    text.chars().count()
}

fn spaces(count: usize) -> String {
    " ".repeat(count)
}

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
/// A callee shorter than this takes a chain of several lines beside its bracket.
const SHORT: usize = 4;
/// Chains in each other for which two layouts are compared. Beyond, one is taken, or time would double with each.
const COMPARED: u8 = 6;

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
    /// Whether chains must stay on one line, but for their last link.
    keeps_chains: bool,
    /// How many more chains in each other are laid out in two ways.
    compared: u8,
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
        let (column, after_width) = (width(before), width(after));
        let place = Place { indent: 0, column, after: after_width, keeps_chains: false, compared: COMPARED };
        let text = self.at(place).or_else(|| self.flat()).unwrap_or_default();
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

    /// As it stands at a place. `None` only where chains must stay on one line.
    fn at(&self, place: Place) -> Option<String> {
        if let Some(flat) = self.flat().filter(|flat| place.fits(flat)) {
            return Some(flat);
        }
        match self {
            Self::Plain(text) => Some(text.clone()),
            Self::Labeled(label, value) => Some(format!("{label}{}", value.at(place.behind(width(label)))?)),
            Self::Group(group) => group.broken(place),
            Self::Chain(root, links) => chain(root, links, place),
        }
    }

    /// What may stand on several lines within the brackets of a call that it is the only argument of.
    fn hugged(&self, callee: usize, place: Place) -> Option<String> {
        match self {
            Self::Group(group) if place.column + width(&group.open) <= WIDTH => group.broken(place),
            Self::Chain(root, links) if callee < SHORT => {
                let text = chain(root, links, place)?;
                let indent = place.indent + 4;
                let below = Place { indent, column: indent, after: 1, ..place };
                let is_short = text.lines().count() == 2 && self.flat().is_some_and(|flat| below.fits(&flat));
                (!is_short).then_some(text)
            }
            Self::Chain(root, links) => extended(root, links, Place { keeps_chains: true, ..place }, FLAT),
            _ => None,
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

    fn broken(&self, place: Place) -> Option<String> {
        let Self { open, items, close, kind } = self;
        if let ([only], true) = (items.as_slice(), *kind != Kind::Members) {
            let inner = Place { after: place.after + width(close), ..place.behind(width(open)) };
            // The dot before a method counts.
            let callee = if *kind == Kind::Call { width(open) } else { width(open).saturating_sub(1) };
            if let Some(text) = only.hugged(callee, inner) {
                return Some(format!("{open}{text}{close}"));
            }
        }
        let indent = place.indent + 4;
        let mut text = open.clone();
        for item in items {
            let item = item.at(Place { indent, column: indent, after: 1, ..place })?;
            text.push_str(&format!("\n{}{item},", spaces(indent)));
        }
        Some(format!("{text}\n{}{close}", spaces(place.indent)))
    }
}

impl Place {
    fn behind(self, width: usize) -> Self {
        Self { column: self.column + width, ..self }
    }

    fn fits(self, line: &str) -> bool {
        self.column + width(line) + self.after <= WIDTH
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

fn chain(root: &Code, links: &[Code], place: Place) -> Option<String> {
    if let Some(text) = extended(root, links, place, WIDTH.saturating_sub(place.column)) {
        return Some(text);
    }
    if place.keeps_chains {
        return None;
    }
    let mut text = root.at(Place { after: 0, ..place })?;
    let indent = if text.contains('\n') { place.indent } else { place.indent + 4 };
    for (at, link) in links.iter().enumerate() {
        let after = if at + 1 == links.len() { place.after } else { 0 };
        let link = link.at(Place { indent, column: indent + 1, after, ..place })?;
        text.push_str(&format!("\n{}.{link}", spaces(indent)));
    }
    Some(text)
}

/// A chain on one line but for its last link, where that reads better than one line a link.
fn extended(root: &Code, links: &[Code], place: Place, widest: usize) -> Option<String> {
    let place = Place { compared: place.compared.checked_sub(1)?, ..place };
    let (last, before) = links.split_last()?;
    let head = joined(root, before)?;
    let begun = width(&head) + 1;
    let left = if before.is_empty() { widest } else { widest.min(FLAT) }.checked_sub(begun)?;
    let text = last.at(place.behind(begun)).filter(|text| text.contains('\n') && first_line(text) <= left)?;
    let indent = place.indent + 4;
    let own = |text: &String| {
        let own = last.at(Place { indent, column: indent + 1, ..place });
        own.is_some_and(|own| own.lines().count() >= text.lines().count())
    };
    (text.lines().count() >= 5 || own(&text)).then(|| format!("{head}.{text}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Code {
        Code::plain(format!("{text:?}"))
    }

    fn call(links: Vec<Code>) -> String {
        let chain = links.into_iter().fold(Code::plain("client"), Code::then);
        chain.then(Code::plain("await?")).statement("let pet = ", ";").join("\n")
    }

    #[test]
    fn short_chains_stay_on_one_line() {
        let links = |name: &str| vec![Code::call("pets", vec![]), Code::call("create", vec![text(name)])];
        assert_eq!(call(links("Rex")), "let pet = client.pets().create(\"Rex\").await?;");
        let long = "A name that is a little longer";
        assert_eq!(call(links(long)), format!("let pet = client\n    .pets()\n    .create({long:?})\n    .await?;"));
    }

    #[test]
    fn literals_and_lists_open_in_their_brackets() {
        let fields = vec![("name".to_owned(), text("Rex")), ("tags".to_owned(), Code::given("vec![", vec![], "]"))];
        let struct_call = call(vec![Code::call("create", vec![Code::literal("CreatePetArgs", fields)])]);
        let expected = [
            "let pet = client",
            "    .create(CreatePetArgs {",
            "        name: \"Rex\",",
            "        tags: vec![],",
            "    })",
            "    .await?;",
        ];
        assert_eq!(struct_call, expected.join("\n"));
        let item = || text("one of several long names");
        let list_call = call(vec![Code::call("tags", vec![Code::array(vec![item(), item(), item()])])]);
        assert!(list_call.contains("    .tags([\n        \"one of"), "{list_call}");
    }

    #[test]
    fn arguments_and_chains_that_are_too_wide_have_lines_of_their_own() {
        let wide = || text("some thirty letters and more");
        let arguments = call(vec![Code::call("create", vec![wide(), wide(), Code::plain("1")])]);
        assert!(arguments.contains("    .create(\n        \"some"), "{arguments}");
        let owner = Code::call("Owner::new", vec![wide()]);
        let owner = owner.then(Code::call("town", vec![wide()])).then(Code::call("street", vec![]));
        let chain = call(vec![Code::call("owner", vec![owner])]);
        assert!(
            chain.contains("    .owner(\n        Owner::new(\"some thirty letters and more\")\n            .town("),
            "{chain}"
        );
    }

    #[test]
    fn deep_code_takes_no_time() {
        let mut code = text("a text of some length");
        for _ in 0..200 {
            code = Code::call("Part::new", vec![]).then(Code::call("part", vec![Code::array(vec![code])]));
        }
        assert!(code.statement("", ";").len() > 200);
    }
}

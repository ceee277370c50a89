//! What changed since an older document: badges where it shows, and a page that tells all of it.

use super::fields::link;
use super::page::{Called, Change, ChangeSection, Changelog, Content, Field, Link, Mark, Page, Variant};
use super::urls::Urls;
use crate::config::{ChangeKind, Changed, Changes};
use crate::diagnostic::Origin;
use crate::ir::{Api, Name, TypeKind};
use crate::target::GivenNames;

/// The kinds, and the headings of what is told of each.
const KINDS: [(ChangeKind, &str, &str); 4] = [
    (ChangeKind::Removed, "removed", "Removed"),
    (ChangeKind::Changed, "changed", "Changed"),
    (ChangeKind::Deprecated, "deprecated", "Deprecated"),
    (ChangeKind::New, "new", "New"),
];

/// What a language calls things.
pub(super) struct Naming<'c> {
    /// Its id.
    pub language: String,
    /// What readers call it.
    pub label: String,
    /// Operations and types.
    pub given: GivenNames,
    /// What stands between a type and its field.
    pub between: &'static str,
    /// A field.
    pub field: Box<dyn Fn(&Name) -> String + 'c>,
}

/// Marks pages and fields, and gives the page that tells all changes. `before` is the older model and its names.
pub(super) fn mark(
    pages: &mut [Page],
    api: &Api,
    urls: &Urls,
    changes: &Changes,
    names: &[Naming<'_>],
    before: Option<&(&Api, Vec<Naming<'_>>)>,
) -> Page {
    let mut told = Vec::new();
    for item in &changes.items {
        let shown = shown_at(pages, item);
        let change = Change {
            kind: word(item.kind),
            is_breaking: item.is_breaking,
            text: item.text.clone(),
            // What is gone has the names that it had.
            names: match before {
                Some((old, names)) if !item.exists => called(old, item, (&item.old_file, &item.old_pointer), names),
                _ => called(api, item, (&item.file, &item.pointer), names),
            },
            link: shown.clone().or_else(|| reached(api, urls, item)),
        };
        for page in pages.iter_mut() {
            page.mark_fields(item, &change);
            if shown.as_ref().is_some_and(|link| link.path == page.path) {
                page.tell(item, &change, &changes.since);
            }
        }
        // Other names of a route change with it.
        let is_told = |(_, own): &(ChangeKind, Change)| own.kind == change.kind && own.text == change.text;
        if !told.iter().any(is_told) {
            told.push((item.kind, change));
        }
    }
    let section = |title: &str, is_in: &dyn Fn(&(ChangeKind, Change)) -> bool| ChangeSection {
        title: title.to_owned(),
        changes: told.iter().filter(|one| is_in(one)).map(|(_, change)| change.clone()).collect(),
    };
    // What breaks is read first, whatever it is.
    let breaking = section("Breaking", &|(_, change)| change.is_breaking);
    let others =
        KINDS.iter().map(|(kind, _, title)| section(title, &|(own, change)| own == kind && !change.is_breaking));
    let sections = std::iter::once(breaking).chain(others);
    let sections: Vec<ChangeSection> = sections.filter(|section| !section.changes.is_empty()).collect();
    let version = api.info.version.clone();
    Page {
        kind: "changelog",
        path: "changelog/".to_owned(),
        root: "../".to_owned(),
        title: "Changes".to_owned(),
        summary: format!("What changed from {} to {version}.", changes.since),
        above: Vec::new(),
        previous: None,
        next: None,
        origin: None,
        content: Content::Changelog(Changelog { since: changes.since.clone(), version, sections }),
    }
}

fn word(kind: ChangeKind) -> &'static str {
    KINDS.iter().find(|(own, ..)| *own == kind).map_or("changed", |(_, word, _)| word)
}

/// The mark of a change.
fn badge(change: &Change) -> Mark {
    Mark { kind: change.kind, text: change.kind.to_owned(), title: change.text.replace('`', "") }
}

/// How much of a change's place is that of a thing: the length of its pointer, when the change lies in it.
fn depth(origin: &Origin, item: &Changed) -> Option<usize> {
    depth_at(origin, (&item.file, &item.pointer))
}

fn depth_at(origin: &Origin, (file, pointer): (&str, &str)) -> Option<usize> {
    let rest = pointer.strip_prefix(&origin.pointer).filter(|_| *origin.document == *file)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(origin.pointer.len())
}

/// The page, and the field on it, that a change lies in: the innermost.
fn shown_at(pages: &[Page], item: &Changed) -> Option<Link> {
    let mut best: Option<((usize, bool), Link)> = None;
    let mut offer = |depth: Option<usize>, page: &Page, anchor: &str| {
        // Members of a named type also show where it is answered with.
        let rank = depth.map(|depth| (depth, page.kind == "type"));
        if let Some(rank) = rank
            && best.as_ref().is_none_or(|(most, _)| rank > *most)
        {
            best = Some((rank, Link { anchor: anchor.to_owned(), ..link(&page.title, &page.path) }));
        }
    };
    for page in pages {
        if let Some(origin) = page.origin.as_ref().filter(|origin| !origin.pointer.is_empty()) {
            offer(depth(origin, item), page, "");
        }
        each_field(page, &mut |field| {
            let origin = field.origin.as_ref().filter(|_| item.exists);
            offer(origin.and_then(|origin| depth(origin, item)), page, &field.anchor);
        });
    }
    best.map(|(_, link)| link)
}

/// The first operation that a change reaches.
fn reached(api: &Api, urls: &Urls, item: &Changed) -> Option<Link> {
    let route = item.operations.first()?;
    let (_, operation) = api.operations().find(|(_, operation)| operation.route() == *route)?;
    urls.operation(&operation.id).cloned()
}

/// What each language calls what changed: the type or field in which it lies, or the first operation that it reaches.
fn called(api: &Api, item: &Changed, at: (&str, &str), names: &[Naming<'_>]) -> Vec<Called> {
    let is_around = |origin: &Origin| depth_at(origin, at).is_some();
    let of_type = api.types.iter().filter(|def| is_around(&def.origin) && !def.origin.pointer.is_empty());
    let def = of_type.max_by_key(|def| def.origin.pointer.len());
    let field = def.and_then(|def| match &def.kind {
        TypeKind::Struct(body) => body.fields.iter().find(|field| is_around(&field.origin)),
        _ => None,
    });
    let called = names.iter().filter_map(|naming| {
        let wire_name = def.and_then(|def| def.wire_name.as_ref());
        let name = match (wire_name.and_then(|name| naming.given.types.get(name)), field) {
            (Some(ty), Some(field)) => format!("{ty}{}{}", naming.between, (naming.field)(&field.name)),
            (Some(ty), None) => ty.clone(),
            (None, _) => naming.given.operations.get(item.operations.first()?)?.clone(),
        };
        Some(Called { language: naming.language.clone(), label: naming.label.clone(), name })
    });
    called.collect()
}

/// Every field of a page, those inside others too.
fn each_field(page: &Page, then: &mut impl FnMut(&Field)) {
    fn walk(fields: &[Field], variants: &[Variant], then: &mut impl FnMut(&Field)) {
        for field in fields {
            then(field);
            if let Some(inside) = &field.inside {
                walk(&inside.fields, &inside.variants, then);
            }
        }
        for variant in variants {
            walk(&variant.fields, &[], then);
        }
    }
    match &page.content {
        Content::Operation(operation) => {
            operation.groups.iter().for_each(|group| walk(&group.fields, &[], then));
            operation.answers.iter().for_each(|answer| walk(&answer.fields, &[], then));
        }
        Content::Type(def) => walk(&def.fields, &def.variants, then),
        _ => {}
    }
}

impl Page {
    /// Marks the fields that a change lies in.
    fn mark_fields(&mut self, item: &Changed, change: &Change) {
        let mark = badge(change);
        let is_it =
            |field: &Field| item.exists && field.origin.as_ref().and_then(|origin| depth(origin, item)).is_some();
        match &mut self.content {
            Content::Operation(operation) => {
                operation.groups.iter_mut().for_each(|group| badges(&mut group.fields, &mark, &is_it));
                operation.answers.iter_mut().for_each(|answer| badges(&mut answer.fields, &mark, &is_it));
            }
            Content::Type(def) => badges(&mut def.fields, &mark, &is_it),
            _ => {}
        }
    }

    /// Tells a change where it belongs.
    fn tell(&mut self, item: &Changed, change: &Change, since: &str) {
        let mark = own_mark(item, &badge(change), since);
        match &mut self.content {
            Content::Operation(operation) => {
                operation.changes.push(change.clone());
                add(&mut operation.marks, mark);
            }
            Content::Type(def) => {
                def.changes.push(change.clone());
                add(&mut def.marks, mark);
            }
            _ => {}
        }
    }
}

/// The mark of a page: that of the thing itself when it is new or on its way out, else that something in it changed.
fn own_mark(item: &Changed, mark: &Mark, since: &str) -> Mark {
    match item.kind {
        ChangeKind::New if item.is_operation => mark.clone(),
        ChangeKind::Deprecated if !item.pointer.contains("/properties/") => mark.clone(),
        _ => Mark {
            kind: "changed",
            text: "changed".to_owned(),
            title: format!("It changed since {since}; what changed is listed below."),
        },
    }
}

fn add(marks: &mut Vec<Mark>, mark: Mark) {
    if !marks.iter().any(|own| own.kind == mark.kind) {
        marks.push(mark);
    }
}

/// Marks the innermost fields that a change lies in.
fn badges(fields: &mut [Field], mark: &Mark, is_it: &impl Fn(&Field) -> bool) {
    for field in fields.iter_mut().filter(|field| is_it(field)) {
        let inner = field.inside.as_mut().map(|inside| &mut inside.fields);
        let goes_deeper = inner.as_ref().is_some_and(|fields| fields.iter().any(is_it));
        match (goes_deeper, inner) {
            (true, Some(fields)) => badges(fields, mark, is_it),
            _ => add(&mut field.marks, mark.clone()),
        }
    }
}

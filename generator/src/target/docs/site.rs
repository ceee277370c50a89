//! All pages of the site, in the order in which they are read.

use std::collections::BTreeSet;

use serde::Serialize;

use super::changes;
use super::fields::link;
use super::guide::{self, Source, Writer};
use super::operation::Operations;
use super::page::{Content, Guide, Home, Language, Link, Page, Piece};
use super::pages;
use super::samples::Callers;
use super::search::Entry;
use super::see::See;
use super::titles::Titles;
use super::urls::{self, Urls};
use crate::config::{Config, DocsConfig};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Evidence, Operation, Resource};
use crate::target::prose::one_line;

/// Letters of the words of prose that are too short to tell guides apart.
const LEAST_LETTERS: usize = 2;

/// What every page sees of the site.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Site {
    pub title: String,
    pub version: String,
    pub languages: Vec<Language>,
    pub navigation: Vec<Section>,
    /// Where more is said of what every call has.
    pub see: See,
    /// The document that changes are told against; empty without one.
    pub since: String,
}

/// A part of the navigation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Section {
    pub title: String,
    pub links: Vec<NavigationLink>,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct NavigationLink {
    #[serde(flatten)]
    pub link: Link,
    /// `GET`; empty for what is no operation.
    pub method: String,
    /// Whether nobody has seen the call.
    pub is_guess: bool,
    pub children: Vec<NavigationLink>,
}

impl NavigationLink {
    fn new(link: Link) -> Self {
        Self { link, method: String::new(), is_guess: false, children: Vec::new() }
    }
}

/// The site and its pages.
pub(super) fn pages(api: &Api, config: &Config, diagnostics: &mut Diagnostics) -> (Site, Vec<Page>) {
    let docs = &config.docs;
    let urls = Urls::new(api, Titles::new(&docs.spelling));
    let mut callers = Callers::new(api, config, diagnostics);
    let sources = guide::sources(docs, diagnostics);
    let mut site = Site {
        title: title(docs, api),
        version: api.info.version.clone(),
        languages: callers.languages.clone(),
        navigation: navigation(api, config, &urls, &sources),
        see: See::new(api, &urls, docs, &sources, diagnostics),
        since: String::new(),
    };
    let mut all = vec![home(api, &site, &urls, &mut callers, diagnostics)];
    for source in &sources {
        let mut writer = Writer { api, urls: &urls, docs, callers: &mut callers, diagnostics };
        let content = Content::Guide(writer.guide(source));
        all.push(page("guide", source.link(), &source.head.summary, Vec::new(), content));
    }
    let see = site.see.clone();
    let operations = Operations { api, urls: &urls, see: &see };
    for (at, resource) in api.resources.iter().enumerate() {
        let own = urls.resource(api, at);
        let naming = naming(&all, &own.path);
        let content = Content::Resource(pages::resource(operations, resource, naming));
        all.push(page("resource", own.clone(), &first_sentence(&resource.doc), Vec::new(), content));
        for operation in &resource.operations {
            let samples = callers.shown(resource, operation, diagnostics);
            let content = Content::Operation(Box::new(operations.page(operation, samples)));
            let link = urls.operation(&operation.id).cloned().unwrap_or_default();
            let page = page("operation", link, &first_sentence(&operation.doc), vec![own.clone()], content);
            all.push(Page { origin: Some(operation.origin.clone()), ..page });
        }
    }
    if !api.webhooks.is_empty() {
        let content = Content::Webhooks(pages::webhooks(operations));
        all.push(page("webhooks", urls::webhooks(), "What the API sends by itself.", Vec::new(), content));
    }
    all.extend(type_pages(operations));
    all.extend(catalogue_pages(operations, docs, diagnostics));
    if let Some(changes) = &docs.changes {
        let names = callers.names(api);
        let before = changes.old.as_ref().map(|old| (&**old, callers.names(old)));
        let page = changes::mark(&mut all, api, &urls, changes, &names, before.as_ref());
        site.since.clone_from(&changes.since);
        site.navigation.push(Section {
            title: "Changes".to_owned(),
            links: vec![NavigationLink::new(link(&page.title, &page.path))],
        });
        all.push(page);
    }
    chain(&mut all);
    (site, all)
}

/// The site's heading; a document without a title still has one.
fn title(docs: &DocsConfig, api: &Api) -> String {
    let title = docs.title.clone().unwrap_or_else(|| one_line(&api.info.title));
    if title.trim().is_empty() { "API".to_owned() } else { title }
}

/// The pages of named types, after the one that lists them.
fn type_pages(operations: Operations<'_>) -> Vec<Page> {
    let named = operations.api.types.iter().filter(|def| urls::has_page(def));
    let pages: Vec<Page> = named
        .map(|def| {
            let content = Content::Type(Box::new(pages::named_type(operations, def)));
            let link = operations.urls.ty(def.id).cloned().unwrap_or_default();
            let page = page("type", link, &first_sentence(&def.doc), vec![urls::types()], content);
            Page { origin: Some(def.origin.clone()), ..page }
        })
        .collect();
    let list = pages::types(&pages);
    let list = (!list.groups.is_empty()).then(|| {
        page("types", urls::types(), "Everything that calls take and answer with.", Vec::new(), Content::Types(list))
    });
    list.into_iter().chain(pages).collect()
}

/// The pages of catalogues, as far as they are right.
fn catalogue_pages(operations: Operations<'_>, docs: &DocsConfig, diagnostics: &mut Diagnostics) -> Vec<Page> {
    let Operations { api, urls, .. } = operations;
    let pages = docs.catalogue_tables.iter().map(|(name, table)| {
        let (table, doc, problems) = pages::checked(table, api, |target| urls.meant(api, docs, target));
        problems.iter().for_each(|why| diagnostics.push(guide::problem("catalogue", name, why)));
        let content = Content::Catalogue(pages::catalogue(api, urls, &table, doc));
        page("catalogue", pages::catalogue_link(name, &table), &table.summary, Vec::new(), content)
    });
    pages.collect()
}

fn page(kind: &'static str, link: Link, summary: &str, above: Vec<Link>, content: Content) -> Page {
    let depth = link.path.matches('/').count();
    Page {
        kind,
        root: if depth == 0 { "./".to_owned() } else { "../".repeat(depth) },
        path: link.path,
        title: link.title,
        summary: summary.to_owned(),
        above,
        previous: None,
        next: None,
        origin: None,
        content,
    }
}

/// How many calls of a resource the document itself shows.
fn marked(resource: &Resource) -> usize {
    resource.operations.iter().filter(|operation| operation.example.is_some()).count()
}

/// The first page: a call worth showing, by preference one that the document itself shows, of the resource with most such.
fn home<'a>(api: &'a Api, site: &Site, urls: &Urls, callers: &mut Callers<'a>, diagnostics: &mut Diagnostics) -> Page {
    let plain = || api.operations().filter(|(_, operation)| operation.evidence == Evidence::Published);
    let most = api.resources.iter().map(marked).max();
    let is_best =
        |resource: &Resource, operation: &Operation| operation.example.is_some() && Some(marked(resource)) == most;
    let shown = plain().find(|(resource, operation)| is_best(resource, operation)).or_else(|| plain().next());
    let samples = shown.map(|(resource, operation)| callers.shown(resource, operation, diagnostics));
    let link_to = shown.and_then(|(_, operation)| urls.operation(&operation.id)).cloned();
    let content =
        Content::Home(Home { doc: api.info.doc.clone(), samples: samples.unwrap_or_default(), shown: link_to });
    let summary = first_sentence(&api.info.doc);
    page("home", link(&site.title, ""), &summary, Vec::new(), content)
}

fn navigation(api: &Api, config: &Config, urls: &Urls, sources: &[Source<'_>]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for source in sources {
        let link = NavigationLink::new(source.link());
        match sections.iter_mut().find(|section| section.title == source.head.section) {
            Some(section) => section.links.push(link),
            None => sections.push(Section { title: source.head.section.clone(), links: vec![link] }),
        }
    }
    let resources = api.resources.iter().enumerate().map(|(at, resource)| {
        let children = resource.operations.iter().filter_map(|operation| {
            let link = urls.operation(&operation.id)?.clone();
            let is_guess = operation.evidence == Evidence::Guess;
            Some(NavigationLink { method: operation.method.clone(), is_guess, ..NavigationLink::new(link) })
        });
        NavigationLink { children: children.collect(), ..NavigationLink::new(urls.resource(api, at)) }
    });
    let webhooks = (!api.webhooks.is_empty()).then(|| NavigationLink::new(urls::webhooks()));
    let has_types = api.types.iter().any(urls::has_page);
    let types = has_types.then(|| NavigationLink::new(urls::types()));
    sections.push(Section { title: "API".to_owned(), links: resources.chain(webhooks).chain(types).collect() });
    let tables = config.docs.catalogue_tables.iter();
    let catalogues: Vec<_> =
        tables.map(|(name, table)| NavigationLink::new(pages::catalogue_link(name, table))).collect();
    if !catalogues.is_empty() {
        sections.push(Section { title: "Catalogues".to_owned(), links: catalogues });
    }
    sections.retain(|section| !section.links.is_empty());
    sections
}

/// The guides that lead to a resource.
fn naming(pages: &[Page], path: &str) -> Vec<Link> {
    let guides = pages.iter().filter(|page| match &page.content {
        Content::Guide(guide) => guide.pieces.iter().any(|piece| match piece {
            Piece::Prose { text } => text.contains(&format!("](site:{path}")),
            Piece::Code { operation, .. } => operation.as_ref().is_some_and(|link| link.path.starts_with(path)),
        }),
        _ => false,
    });
    guides.map(|page| link(&page.title, &page.path)).collect()
}

/// Says of each page which stands before and after it.
fn chain(pages: &mut [Page]) {
    let links: Vec<Link> = pages.iter().map(|page| link(&page.title, &page.path)).collect();
    for (at, page) in pages.iter_mut().enumerate() {
        page.previous = at.checked_sub(1).and_then(|before| links.get(before)).cloned();
        page.next = links.get(at + 1).cloned();
    }
}

/// The first sentence of Markdown, as plain text.
fn first_sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let line = one_line(paragraph);
    let mut end = line.len();
    for (at, _) in line.match_indices(". ") {
        if !["e.g", "i.e", "etc"].iter().any(|short| line.get(..at).is_some_and(|before| before.ends_with(short))) {
            end = at + 1;
            break;
        }
    }
    line.get(..end).unwrap_or(&line).replace(['`', '*'], "").trim().to_owned()
}

/// The words of a guide's prose, each once.
fn words_of(guide: &Guide) -> String {
    let prose = guide.pieces.iter().filter_map(|piece| match piece {
        Piece::Prose { text } => Some(text),
        Piece::Code { .. } => None,
    });
    let words = prose.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let words: BTreeSet<String> = words.filter(|word| word.len() > LEAST_LETTERS).map(str::to_lowercase).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// What the search finds: pages, and the arguments, fields, headings and values on them.
pub(super) fn entries(pages: &[Page]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for page in pages {
        let mut entry = Entry::default();
        match &page.content {
            Content::Operation(operation) => {
                entry.name = format!("{} {} {}", operation.id, operation.method, operation.route);
            }
            Content::Guide(guide) => entry.text = words_of(guide),
            Content::Type(def) => entry.text = pages::words(&def.values),
            Content::Resource(_) | Content::Catalogue(_) | Content::Webhooks(_) => {}
            Content::Home(_) | Content::Types(_) | Content::Changelog(_) => continue,
        }
        let number = entries.len();
        entries.push(Entry {
            title: page.title.clone(),
            // The summary is the beginning of the text, where there is one.
            text: format!("{} {}", page.summary, entry.text),
            path: format!("{}index.html", page.path),
            kind: page.kind,
            summary: page.summary.chars().take(90).collect(),
            ..entry
        });
        let (kind, places) = places(page);
        entries.extend(places.into_iter().map(|(title, anchor)| Entry {
            path: if anchor == Entry::anchor(kind, title) { String::new() } else { format!("#{anchor}") },
            title: title.to_owned(),
            text: page.title.clone(),
            page: Some(number),
            kind,
            ..Entry::default()
        }));
    }
    entries
}

/// What is found on a page: its kind, and title and anchor of each.
fn places(page: &Page) -> (&'static str, Vec<(&str, &str)>) {
    match &page.content {
        Content::Operation(operation) => {
            let fields = operation.groups.iter().flat_map(|group| &group.fields);
            ("argument", fields.map(|field| (&*field.name, &*field.anchor)).collect())
        }
        Content::Type(def) => ("field", def.fields.iter().map(|field| (&*field.name, &*field.anchor)).collect()),
        Content::Guide(guide) => {
            ("section", guide.headings.iter().map(|heading| (&*heading.title, &*heading.anchor)).collect())
        }
        Content::Webhooks(sent) => ("section", sent.calls.iter().map(|call| (&*call.title, &*call.anchor)).collect()),
        Content::Catalogue(table) => ("value", table.rows.iter().map(|row| (&*row.value, &*row.anchor)).collect()),
        _ => ("", Vec::new()),
    }
}

//! What must hold of an emitted crate, whatever its document says.

use std::collections::HashSet;

use omise_generator::target::File;
use proc_macro2::{Literal, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

/// Longest name of a file or folder that is sure to be written anywhere.
const LONGEST: usize = 100;

/// Longest name of an item: documentation has a file for each.
const LONGEST_NAME: usize = 220;

/// What crates of the document have in common.
pub(super) struct Expected {
    /// Keys of `Cargo.toml`, with the tables they stand in.
    keys: Vec<String>,
    /// Code blocks of the README, but for text.
    readme: Vec<String>,
    /// How many examples each of the files has that show some, which are ours.
    examples: [(&'static str, usize); 2],
}

impl Expected {
    /// As in the crate of the document without hostile text.
    pub(super) fn new(files: &[File]) -> Self {
        let text = |path: &str| {
            let file = files.iter().find(|file| file.path == path).expect("every crate has it");
            String::from_utf8(file.contents.clone()).expect("it is text")
        };
        Self {
            keys: keys(&text("Cargo.toml")).expect("it parses"),
            readme: code(&text("README.md")).expect("it is plain"),
            examples: ["src/lib.rs", "src/webhooks.rs"]
                .map(|path| (path, source(&text(path), false).expect("it is plain"))),
        }
    }

    /// How many examples a file may have.
    fn examples_in(&self, path: &str) -> usize {
        self.examples.iter().find(|(known, _)| *known == path).map_or(0, |(_, count)| *count)
    }

    /// Whether these lines, `test src/lib.rs - (line 4) ...`, are our examples and nothing else.
    pub(super) fn are_ours(&self, tests: &[&str]) -> bool {
        let count = |path: &str| tests.iter().filter(|test| test.starts_with(&format!("test {path} - "))).count();
        let all: usize = self.examples.iter().map(|(_, count)| count).sum();
        // Calls of operations are looked at one by one before: see `is_call`.
        let calls = tests.iter().filter(|test| test.starts_with("test src/resources/")).count();
        tests.len() - calls == all && self.examples.iter().all(|(path, wanted)| count(path) == *wanted)
    }

    /// Looks at every file, but for the runtime, which is the same in every crate.
    pub(super) fn check(&self, files: &[File]) -> Result<(), String> {
        let mut paths = HashSet::new();
        for file in files.iter().filter(|file| !file.path.starts_with("src/runtime/")) {
            path(&file.path)?;
            if !paths.insert(file.path.to_lowercase()) {
                return Err(format!("{} is there twice", file.path));
            }
            let text = std::str::from_utf8(&file.contents).map_err(|error| error.to_string())?;
            self.file(&file.path, text).map_err(|problem| format!("{}: {problem}", file.path))?;
        }
        Ok(())
    }

    fn file(&self, path: &str, text: &str) -> Result<(), String> {
        if let Some(odd) = text.chars().find(|&c| is_odd(c)) {
            return Err(format!("holds {odd:?}"));
        }
        match path {
            "Cargo.toml" if keys(text)?.iter().any(|key| !self.keys.contains(key)) => {
                Err(format!("has other keys:\n{text}"))
            }
            "README.md" if code(text)? != self.readme => Err(format!("has other code:\n{text}")),
            "Cargo.toml" | "README.md" => Ok(()),
            path if path.ends_with(".json") => {
                let parsed = serde_json::from_str::<serde_json::Value>(text).map(drop);
                parsed.map_err(|error| format!("does not parse: {error}"))
            }
            _ => {
                let may_call = path.starts_with("src/resources/");
                if source(text, may_call)? > self.examples_in(path) {
                    Err(format!("has prose that is run:\n{text}"))
                } else {
                    Ok(())
                }
            }
        }
    }
}

/// A path every system takes and none reads as a device or as a place elsewhere.
pub(crate) fn path(path: &str) -> Result<(), String> {
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        let device = DEVICES.contains(&stem.as_str()) || port.is_some_and(|rest| rest.parse::<u8>().is_ok());
        let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if stem.is_empty() || device || !plain || part.len() > LONGEST {
            return Err(format!("a file is called {path:?}"));
        }
    }
    Ok(())
}

/// Characters that end lines for some, hide, or turn text around.
pub(crate) fn is_odd(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The keys of a manifest, `package.name`, sorted.
pub(crate) fn keys(text: &str) -> Result<Vec<String>, String> {
    let manifest: toml::Table = text.parse().map_err(|error| format!("does not parse: {error}\n{text}"))?;
    let mut keys: Vec<String> = Vec::new();
    for (key, value) in &manifest {
        keys.push(key.clone());
        keys.extend(value.as_table().into_iter().flatten().map(|(inner, _)| format!("{key}.{inner}")));
    }
    keys.sort();
    Ok(keys)
}

/// How many examples stand in Rust that parses and in which no word of a text is code. Where operations show how they are
/// called, such calls are none of them.
fn source(text: &str, may_call: bool) -> Result<usize, String> {
    syn::parse_file(text).map_err(|error| format!("does not parse: {error}\n{text}"))?;
    let tokens: TokenStream = text.parse().map_err(|error| format!("does not lex: {error}"))?;
    let mut docs = vec![String::new()];
    walk(tokens, &mut docs)?;
    let mut run = 0;
    for doc in docs {
        let blocks = blocks(&doc)?;
        let is_shown = |(info, code): &&(String, String)| info == "no_run" && may_call && is_call(code);
        let calls = blocks.iter().filter(is_shown).count();
        if calls > 1 {
            return Err(format!("shows {calls} calls of one operation in:\n{doc}"));
        }
        run += blocks.iter().filter(|(info, _)| !matches!(info.as_str(), "text" | "toml")).count() - calls;
    }
    Ok(run)
}

/// Whether an example is a call that we wrote: one function that takes a client, in which no word of a text is code.
fn is_call(code: &str) -> bool {
    let plain = |line: &str| line.strip_prefix("# ").or_else(|| line.strip_prefix('#')).unwrap_or(line).to_owned();
    let plain: String = code.lines().map(|line| plain(line) + "\n").collect();
    let is_one = syn::parse_file(&plain).is_ok_and(
        |file| matches!(file.items.as_slice(), [syn::Item::Fn(function)] if function.sig.ident == "example"),
    );
    let tokens: Result<TokenStream, _> = plain.parse();
    is_one && tokens.is_ok_and(|tokens| walk(tokens, &mut vec![String::new()]).is_ok())
}

/// Collects doc comments, each as one text, and refuses a word of a text that is code.
fn walk(tokens: TokenStream, docs: &mut Vec<String>) -> Result<(), String> {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "pwned" => return Err("a text is code".to_owned()),
            TokenTree::Ident(ident) if ident.to_string().len() > LONGEST_NAME => {
                return Err(format!("has a name that rustdoc can call no file: {ident}"));
            }
            TokenTree::Group(group) => match doc_line(group.stream()) {
                Some(line) => docs.last_mut().into_iter().for_each(|doc| *doc += &format!("{line}\n")),
                None => walk(group.stream(), docs)?,
            },
            TokenTree::Punct(punct) if matches!(punct.as_char(), '#' | '!') => {}
            _ => docs.push(String::new()),
        }
    }
    Ok(())
}

/// The text of `doc = "text"`.
fn doc_line(tokens: TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(text)] if doc == "doc" => Some(value(text)),
        _ => None,
    }
}

fn value(literal: &Literal) -> String {
    let text = literal.to_string();
    let text: syn::LitStr = syn::parse_str(&text).expect("a doc comment is a text");
    let line = text.value();
    line.strip_prefix(' ').map_or(line.clone(), str::to_owned)
}

/// A page of the web, or one of this crate's documentation.
fn is_ours(link: &str) -> bool {
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let method = link.strip_prefix("Self::").or_else(|| link.strip_prefix("ApiClient::"));
    link.starts_with("https://") || link.starts_with("crate::") || method.is_some_and(is_name)
}

/// The languages of the code blocks that may be more than text. What the document itself fences is text.
fn code(text: &str) -> Result<Vec<String>, String> {
    Ok(markdown(text)?.into_iter().filter(|info| info != "text").collect())
}

/// The languages of the code blocks.
fn markdown(text: &str) -> Result<Vec<String>, String> {
    Ok(blocks(text)?.into_iter().map(|(info, _)| info).collect())
}

/// The code blocks and their languages, as rustdoc reads Markdown; `indented` for those without a fence.
fn blocks(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut referred = String::new();
    let mut refer = |link: pulldown_cmark::BrokenLink<'_>| {
        referred.push_str(&link.reference);
        Some((CowStr::from("https://example.org"), CowStr::from("")))
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut in_code = false;
    for event in Parser::new_with_broken_link_callback(text, options, Some(&mut refer)) {
        in_code = match event {
            Event::Start(Tag::CodeBlock(_)) => true,
            Event::End(TagEnd::CodeBlock) => false,
            _ => in_code,
        };
        match event {
            Event::Text(code) if in_code => blocks.last_mut().into_iter().for_each(|(_, text)| text.push_str(&code)),
            Event::Html(html) | Event::InlineHtml(html) => return Err(format!("has the tag {html:?} in:\n{text}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                blocks.push((info.into_string(), String::new()))
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                blocks.push(("indented".to_owned(), String::new()))
            }
            Event::Start(Tag::Image { .. }) => return Err(format!("has an image in:\n{text}")),
            Event::Start(Tag::Link { dest_url, title, .. })
                if title.contains("pwned") || dest_url.contains("pwned") && !is_ours(&dest_url) =>
            {
                return Err(format!("has the link {dest_url:?} in:\n{text}"));
            }
            _ => {}
        }
    }
    if ["pwned now", "pwned::", "pwned@"].iter().any(|text| referred.contains(text)) {
        Err(format!("refers to {referred:?} in:\n{text}"))
    } else {
        Ok(blocks)
    }
}

//! `macro_rules!`, as far as macros that make items go: enough to see what they make.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// The rules of a macro.
pub(super) struct Rules(Vec<(Vec<TokenTree>, Vec<TokenTree>)>);

/// What a variable of a rule stands for.
#[derive(Clone)]
enum Bound {
    One(Vec<TokenTree>),
    Many(Vec<Variables>),
}

type Variables = BTreeMap<String, Bound>;

/// A part of a rule.
enum Part<'a> {
    Variable(&'a Ident),
    Repeated { inner: Vec<TokenTree>, separator: Option<&'a TokenTree> },
    Token(&'a TokenTree),
}

impl Rules {
    /// Reads what stands inside `macro_rules! name { ... }`.
    pub(super) fn read(tokens: TokenStream) -> Self {
        let groups = tokens.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream().into_iter().collect::<Vec<_>>()),
            _ => None,
        });
        let groups: Vec<_> = groups.collect();
        Self(groups.chunks_exact(2).map(|rule| (rule[0].clone(), rule[1].clone())).collect())
    }

    /// What the first rule that fits makes of an input.
    pub(super) fn apply(&self, input: TokenStream) -> Option<TokenStream> {
        let input: Vec<_> = input.into_iter().collect();
        self.0.iter().find_map(|(pattern, body)| {
            let mut variables = Variables::new();
            (fit(pattern, &input, &mut variables)? == input.len()).then(|| write(body, &variables))
        })
    }
}

/// How many tokens of the input a pattern takes.
fn fit(pattern: &[TokenTree], input: &[TokenTree], variables: &mut Variables) -> Option<usize> {
    let (mut at, mut taken) = (0, 0);
    while at < pattern.len() {
        let (part, length) = part(&pattern[at..]);
        at += length;
        let rest = &input[taken..];
        match part {
            Part::Variable(name) => {
                // `: kind` follows.
                let kind = pattern.get(at + 1)?.to_string();
                at += 2;
                let length = fragment(&kind, rest)?;
                variables.insert(name.to_string(), Bound::One(rest[..length].to_vec()));
                taken += length;
            }
            Part::Repeated { inner, separator } => {
                let (rounds, length) = repeat(&inner, separator, rest);
                for name in names(&inner) {
                    variables.insert(name, Bound::Many(rounds.clone()));
                }
                taken += length;
            }
            Part::Token(TokenTree::Group(expected)) => {
                let Some(TokenTree::Group(found)) = rest.first() else { return None };
                let (expected, found): (Vec<_>, Vec<_>) =
                    (expected.stream().into_iter().collect(), found.stream().into_iter().collect());
                (fit(&expected, &found, variables)? == found.len()).then_some(())?;
                taken += 1;
            }
            Part::Token(token) => {
                (rest.first()?.to_string() == token.to_string()).then_some(())?;
                taken += 1;
            }
        }
    }
    Some(taken)
}

fn repeat(inner: &[TokenTree], separator: Option<&TokenTree>, input: &[TokenTree]) -> (Vec<Variables>, usize) {
    let (mut rounds, mut taken) = (Vec::new(), 0);
    loop {
        let mut start = taken;
        if let (Some(separator), false) = (separator, rounds.is_empty()) {
            if input.get(start).map(ToString::to_string) != Some(separator.to_string()) {
                break;
            }
            start += 1;
        }
        let mut variables = Variables::new();
        match fit(inner, &input[start..], &mut variables) {
            Some(length) if length > 0 => taken = start + length,
            _ => break,
        }
        rounds.push(variables);
    }
    (rounds, taken)
}

/// How many tokens a fragment of a kind has. What may be of several tokens ends at a comma or a semicolon, a type also at an
/// equals sign that does not stand in its arguments.
fn fragment(kind: &str, input: &[TokenTree]) -> Option<usize> {
    let mut depth = 0_usize;
    let ends = |token: &TokenTree| {
        let TokenTree::Punct(punct) = token else { return false };
        match punct.as_char() {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        matches!(punct.as_char(), ',' | ';') || (kind == "ty" && depth == 0 && punct.as_char() == '=')
    };
    let length = match (kind, input.first()?) {
        ("ident", TokenTree::Ident(_)) | ("literal", TokenTree::Literal(_)) | ("tt", _) => 1,
        ("ty" | "path" | "expr" | "meta", _) => input.iter().position(ends).unwrap_or(input.len()),
        _ => 0,
    };
    (length > 0).then_some(length)
}

fn write(body: &[TokenTree], variables: &Variables) -> TokenStream {
    let (mut at, mut written) = (0, TokenStream::new());
    while at < body.len() {
        let (part, length) = part(&body[at..]);
        at += length;
        match part {
            Part::Variable(name) => match variables.get(&name.to_string()) {
                Some(Bound::One(tokens)) => written.extend(tokens.iter().cloned()),
                _ => written.extend([TokenTree::Ident(name.clone())]),
            },
            Part::Repeated { inner, separator } => {
                let many = names(&inner).into_iter().find_map(|name| match variables.get(&name) {
                    Some(Bound::Many(rounds)) => Some(rounds.as_slice()),
                    _ => None,
                });
                for (round, own) in many.unwrap_or_default().iter().enumerate() {
                    if round > 0 {
                        written.extend(separator.cloned());
                    }
                    let mut all = variables.clone();
                    all.extend(own.clone());
                    written.extend(write(&inner, &all));
                }
            }
            Part::Token(TokenTree::Group(group)) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                written.extend([TokenTree::Group(Group::new(group.delimiter(), write(&inner, variables)))]);
            }
            Part::Token(token) => written.extend([token.clone()]),
        }
    }
    written
}

/// The first part of a pattern or a body, and how many tokens it has.
fn part(tokens: &[TokenTree]) -> (Part<'_>, usize) {
    let is_dollar = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '$');
    let repeats = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if "*+?".contains(punct.as_char()));
    match tokens {
        [dollar, TokenTree::Ident(name), ..] if is_dollar(dollar) => (Part::Variable(name), 2),
        [dollar, TokenTree::Group(group), rest @ ..]
            if is_dollar(dollar) && group.delimiter() == Delimiter::Parenthesis =>
        {
            let inner = group.stream().into_iter().collect();
            match rest {
                [sign, ..] if repeats(sign) => (Part::Repeated { inner, separator: None }, 3),
                [separator, ..] => (Part::Repeated { inner, separator: Some(separator) }, 4),
                [] => (Part::Repeated { inner, separator: None }, 2),
            }
        }
        [token, ..] => (Part::Token(token), 1),
        [] => panic!("a rule has no part after its end"),
    }
}

/// The variables that a part of a rule names.
fn names(tokens: &[TokenTree]) -> Vec<String> {
    let (mut at, mut names_found) = (0, Vec::new());
    while at < tokens.len() {
        let (part, length) = part(&tokens[at..]);
        at += length;
        match part {
            Part::Variable(name) => names_found.push(name.to_string()),
            Part::Repeated { inner, .. } => names_found.extend(names(&inner)),
            Part::Token(TokenTree::Group(group)) => {
                names_found.extend(names(&group.stream().into_iter().collect::<Vec<_>>()));
            }
            Part::Token(_) => {}
        }
    }
    names_found
}

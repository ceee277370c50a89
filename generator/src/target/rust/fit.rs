//! What prettyplease prints, brought to the form rustfmt keeps.
//!
//! prettyplease breaks lines at 89 columns, rustfmt at 100 and by a few widths of its own. The shapes we emit
//! are few, so this is a pass over lines that joins or splits just those; text it does not know it leaves alone.

/// Widest line.
const WIDTH: usize = 100;
/// Widest arguments of a call on one line.
const CALL: usize = 60;
/// Widest elements of a list, or of a tuple, on one line.
const LIST: usize = 60;
/// Widest chain of methods on one line.
const CHAIN: usize = 60;
/// Widest members of a struct literal on one line.
const LITERAL: usize = 18;

/// Reformats the text of one item.
pub(super) fn fit(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    join_groups(&mut lines);
    hug_single_elements(&mut lines);
    split_lines(&mut lines);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Joins a group that stands on several lines when it fits on one. Inner groups come first.
fn join_groups(lines: &mut Vec<String>) {
    let mut at = lines.len();
    while at > 0 {
        at -= 1;
        let Some(close) = group_end(lines, at) else { continue };
        let Some(group) = lines.get(at..=close) else { continue };
        let joined = join_signature(group).or_else(|| join_literal(group));
        let joined = joined.or_else(|| join_call(group)).or_else(|| join_list(group));
        if let Some(joined) = joined {
            lines.splice(at..=close, joined);
        }
    }
}

/// The line that closes what the line `at` opens, when all between is one level deeper, a member a line.
fn group_end(lines: &[String], at: usize) -> Option<usize> {
    let open = lines.get(at)?;
    if !open.ends_with(['(', '{', '[']) || is_comment(open) {
        return None;
    }
    let depth = indent(open);
    let close = lines.iter().enumerate().skip(at + 1).find(|(_, line)| indent(line) <= depth)?;
    let flat = lines.get(at + 1..close.0)?;
    let simple = !flat.is_empty() && flat.iter().all(|line| indent(line) == depth + 4 && line.ends_with(','));
    (simple && indent(close.1) == depth).then_some(close.0)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// First line, members without their commas, last line.
fn parts(group: &[String]) -> Option<(&str, String, &str)> {
    let (first, rest) = group.split_first()?;
    let (last, members) = rest.split_last()?;
    let members: Vec<&str> = members.iter().map(|line| line.trim().trim_end_matches(',')).collect();
    Some((first, members.join(", "), last.trim_start()))
}

/// `fn f(a: A, b: B) -> C {`
fn join_signature(group: &[String]) -> Option<Vec<String>> {
    let (first, members, last) = parts(group)?;
    let head = first.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
    let line = format!("{first}{members}{last}");
    (head.starts_with("fn ") && first.ends_with('(') && line.len() <= WIDTH).then(|| vec![line])
}

/// `Name { a: b }`
fn join_literal(group: &[String]) -> Option<Vec<String>> {
    let (first, members, last) = parts(group)?;
    let head = first.trim().trim_end_matches(" {");
    let is_name = head.starts_with(|c: char| c.is_ascii_uppercase()) && head.chars().all(|c| c.is_ascii_alphanumeric());
    let line = format!("{first} {members} {last}");
    (is_name && members.len() <= LITERAL && line.len() <= WIDTH).then(|| vec![line])
}

/// `call(a, b)`, also as the right side of an assignment, which may stand on a line of its own.
fn join_call(group: &[String]) -> Option<Vec<String>> {
    let (first, members, last) = parts(group)?;
    if !first.ends_with('(') || first.contains(" fn ") || !last.starts_with(')') {
        return None;
    }
    let line = format!("{first}{members}{last}");
    if members.len() <= CALL && line.len() <= WIDTH {
        return Some(vec![line]);
    }
    let (target, value) = first.split_once(" = ")?;
    let indentation = " ".repeat(indent(first) + 4);
    let below = format!("{indentation}{value}{members}{last}");
    let chain_fits = members.matches('.').count() < 2 || members.len() <= CHAIN;
    (members.len() <= CALL && chain_fits && below.len() <= WIDTH).then(|| vec![format!("{target} ="), below])
}

/// `= &[a, b];`, which may stand on a line of its own.
fn join_list(group: &[String]) -> Option<Vec<String>> {
    let (first, members, last) = parts(group)?;
    let (target, open) = first.split_once(" = ").filter(|(_, open)| *open == "&[")?;
    if members.len() > LIST {
        return None;
    }
    let line = format!("{first}{members}{last}");
    if line.len() <= WIDTH {
        return Some(vec![line]);
    }
    let below = format!("{}{open}{members}{last}", " ".repeat(indent(first) + 4));
    Some(vec![format!("{target} ="), below])
}

/// `&[Name {` … `}]` for a list of one struct literal.
fn hug_single_elements(lines: &mut Vec<String>) {
    let mut at = 0;
    while at < lines.len() {
        if let Some(hugged) = hug(lines, at) {
            let end = at + hugged.len() + 1;
            lines.splice(at..=end, hugged);
        }
        at += 1;
    }
}

fn hug(lines: &[String], at: usize) -> Option<Vec<String>> {
    let open = lines.get(at).filter(|line| line.ends_with("&["))?;
    let first = lines.get(at + 1)?;
    let depth = indent(open);
    if indent(first) != depth + 4 || !first.ends_with(" {") {
        return None;
    }
    let length = lines.iter().skip(at + 2).position(|line| indent(line) <= depth + 4)?;
    let close = lines.get(at + 2 + length).filter(|line| line.trim() == "},")?;
    let end = lines.get(at + 3 + length).filter(|line| indent(line) == depth && line.trim().starts_with(']'))?;
    let _ = close;
    let mut hugged = vec![format!("{open}{}", first.trim_start())];
    hugged.extend(lines.iter().skip(at + 2).take(length).filter_map(|line| line.get(4..)).map(str::to_owned));
    hugged.push(format!("{}}}{}", " ".repeat(depth), end.trim_start()));
    Some(hugged)
}

/// Breaks lines that hold too much.
fn split_lines(lines: &mut Vec<String>) {
    let mut at = 0;
    while at < lines.len() {
        let split = lines.get(at).filter(|line| !is_comment(line));
        if let Some(split) = split.and_then(|line| split_chain(line).or_else(|| split_tuple(line))) {
            lines.splice(at..=at, split);
        }
        at += 1;
    }
}

/// A tuple that is an element, a member a line.
fn split_tuple(line: &str) -> Option<Vec<String>> {
    let members = line.trim().strip_prefix('(')?.strip_suffix("),")?;
    let (first, second) = members.rsplit_once(", ")?;
    let pad = " ".repeat(indent(line));
    (members.len() > LIST).then(|| {
        vec![format!("{pad}("), format!("{pad}    {first},"), format!("{pad}    {second},"), format!("{pad}),")]
    })
}

/// A chain that ends in `collect()`, broken before each method.
fn split_chain(line: &str) -> Option<Vec<String>> {
    let chain = line.trim();
    let end = chain.find(".collect()")?;
    let root = chain.find(".into_iter()")?;
    let map = chain.find(".map(")?;
    let plain_root = chain.get(..root)?.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !plain_root || end <= CHAIN - ".collect()".len() || map > end {
        return None;
    }
    let pad = " ".repeat(indent(line));
    let name = chain.get(..root)?;
    // A name no wider than an indentation keeps its first method.
    let gap = if name.len() <= 4 { String::new() } else { format!("\n{pad}    ") };
    Some(vec![
        format!("{pad}{name}{gap}.into_iter()"),
        format!("{pad}    {}", chain.get(map..end)?),
        format!("{pad}    {}", chain.get(end..)?),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_short_literals_are_joined() {
        let text = "    pub fn f(\n        &self,\n        id: Id,\n    ) -> Request<A> {\n        Request::new(\n            &self.client,\n            A {\n                id: id.into(),\n            },\n        )\n    }\n";
        assert_eq!(
            fit(text),
            "    pub fn f(&self, id: Id) -> Request<A> {\n        Request::new(&self.client, A { id: id.into() })\n    }\n"
        );
    }

    #[test]
    fn a_list_of_one_is_hugged() {
        let text = "    headers: &[\n        HeaderProfile {\n            name: \"a\",\n            value: \"b\",\n        },\n    ],\n";
        assert_eq!(fit(text), "    headers: &[HeaderProfile {\n        name: \"a\",\n        value: \"b\",\n    }],\n");
    }

    #[test]
    fn what_does_not_fit_is_left_alone() {
        let text = "    pub fn f(\n        a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\n        b: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\n    ) {\n";
        assert_eq!(fit(text), text);
    }
}

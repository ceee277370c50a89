//! Places in YAML as nearly every document writes it: blocks that are indented, a key or an item a line.
//!
//! A parser of YAML reads every character; here most lines are told by how they begin. What is not as plain as that (anchors,
//! tags, tabs, keys that are not one text on one line) is not tried: `None` leaves the text to the parser. The text has been
//! parsed before, so what stands here need not be checked, only followed.

use super::flow;
use super::{Id, Index, Place, ROOT};

/// Bytes that the key of a member in a block may have.
const LONGEST_KEY: usize = 1024;

/// A list or an object that has begun.
struct Open {
    node: Id,
    /// Where its items or its keys begin, in bytes from the line's beginning.
    column: usize,
    /// How many items a list has so far; `None` for an object.
    items: Option<usize>,
}

/// What has begun and whose value may stand on the lines that follow.
#[derive(Clone, Copy)]
enum Pending {
    Item,
    Member(Id),
}

/// `None` where it is not plain enough.
pub(super) fn read(text: &str, index: &mut Index) -> Option<()> {
    // What parsers take for the end of a line is not the same everywhere.
    if text.contains('\r') {
        return None;
    }
    let mut scan = Scan { text, index, line: 0, open: Vec::new(), pending: None, has_begun: false };
    while let Some(line) = scan.line_at(scan.line) {
        let column = indent(line);
        match line.as_bytes().get(column) {
            None | Some(b'#') => {}
            Some(b'\t') => return None,
            Some(_) if line.starts_with("---") || line.starts_with("...") || line.starts_with('%') => {
                if scan.has_begun || line.trim_end_matches(' ') != "---" {
                    return None;
                }
                scan.has_begun = true;
            }
            Some(_) => scan.block(column)?,
        }
        scan.line += 1;
    }
    (!scan.open.is_empty() && !matches!(scan.pending, Some(Pending::Item))).then_some(())
}

/// Spaces that a line begins with.
fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

fn is_dash(rest: &str) -> bool {
    rest == "-" || rest.starts_with("- ")
}

struct Scan<'scan> {
    text: &'scan str,
    index: &'scan mut Index,
    /// The line it stands in, from zero.
    line: usize,
    open: Vec<Open>,
    pending: Option<Pending>,
    has_begun: bool,
}

impl<'scan> Scan<'scan> {
    fn line_at(&self, line: usize) -> Option<&'scan str> {
        let (start, next) = (*self.index.lines.get(line)?, self.index.lines.get(line + 1));
        self.text.get(start..next.map_or(self.text.len(), |next| next - 1))
    }

    fn rest(&self, column: usize) -> Option<&'scan str> {
        self.line_at(self.line)?.get(column..)
    }

    /// What stands before a place where an item or a key begins is spaces and dashes, so that its bytes are its characters.
    fn place(&self, column: usize) -> Place {
        Place { line: self.line + 1, column: column + 1 }
    }

    /// A line that begins at `column`.
    fn block(&mut self, column: usize) -> Option<()> {
        let has_dash = is_dash(self.rest(column)?);
        let mut pending = self.pending.take();
        while let Some(top) = self.open.last() {
            // A list may stand in the column of the key that it belongs to.
            let ends = top.column > column || (top.column == column && top.items.is_some() && !has_dash);
            if !ends {
                break;
            }
            self.open.pop();
            // A member without a value is null; an item without one is left to the parser.
            if let Some(Pending::Item) = pending.take() {
                return None;
            }
            if self.open.last().is_none_or(|top| top.column < column) {
                return None;
            }
        }
        match (self.open.last(), pending) {
            (None, _) => {
                self.index.move_to(ROOT, self.place(column));
                self.has_begun = true;
                self.begin(column, ROOT)?.then_some(())
            }
            (Some(Open { column: here, items: Some(_), .. }), None) if *here == column => self.item(column),
            (Some(Open { column: here, items: None, .. }), Some(Pending::Member(node)))
                if *here == column && has_dash =>
            {
                self.begin(column, node)?.then_some(())
            }
            (Some(Open { column: here, items: None, .. }), _) if *here == column && !has_dash => self.entry(column),
            (Some(Open { column: parent, .. }), Some(pending)) if *parent < column => {
                let parent = *parent;
                let node = match pending {
                    Pending::Member(node) => node,
                    Pending::Item => self.add_item(column)?,
                };
                self.node(column, node, parent)
            }
            _ => None,
        }
    }

    /// A list or an object that begins at `column` with its first line; `false` where neither does.
    fn begin(&mut self, column: usize, node: Id) -> Option<bool> {
        let rest = self.rest(column)?;
        if is_dash(rest) {
            self.open.push(Open { node, column, items: Some(0) });
            return self.item(column).map(|()| true);
        }
        if key(rest)?.is_some() {
            self.open.push(Open { node, column, items: None });
            return self.entry(column).map(|()| true);
        }
        Some(false)
    }

    /// What stands at `column`, within a block at `parent`.
    fn node(&mut self, column: usize, node: Id, parent: usize) -> Option<()> {
        match self.begin(column, node)? {
            true => Some(()),
            false => self.value(column, node, parent),
        }
    }

    fn add_item(&mut self, column: usize) -> Option<Id> {
        let place = self.place(column);
        let list = self.open.last_mut()?;
        let item = list.items.as_mut()?;
        let node = self.index.add_item(list.node, *item, place);
        *item += 1;
        Some(node)
    }

    fn item(&mut self, dash: usize) -> Option<()> {
        match after_spaces(self.rest(dash + 1)?)? {
            Some(spaces) => {
                let column = dash + 1 + spaces;
                let node = self.add_item(column)?;
                self.node(column, node, dash)
            }
            None => {
                self.pending = Some(Pending::Item);
                Some(())
            }
        }
    }

    fn entry(&mut self, column: usize) -> Option<()> {
        let (key, after) = key(self.rest(column)?)??;
        let parent = self.open.last()?.node;
        let node = self.index.add_member(parent, key, self.place(column));
        match after_spaces(self.rest(column + after)?)? {
            Some(spaces) => self.value(column + after + spaces, node, column),
            None => {
                self.pending = Some(Pending::Member(node));
                Some(())
            }
        }
    }

    /// A value that is no block, within a block at `parent`.
    fn value(&mut self, column: usize, node: Id, parent: usize) -> Option<()> {
        let rest = self.rest(column)?;
        let end = match rest.bytes().next()? {
            b'|' | b'>' => return self.literal(rest, node, parent),
            b'"' | b'\'' => flow::quoted(self.text, self.offset(column)?)?,
            b'[' | b'{' => flow::read(self.text, self.offset(column)?, self.line, self.index, node)?,
            _ => return self.plain(rest, node, parent),
        };
        while self.index.lines.get(self.line + 1).is_some_and(|next| *next <= end) {
            self.line += 1;
            // Parsers do not agree on lines that go on with a value and are not indented.
            let line = self.line_at(self.line)?;
            let column = indent(line);
            if column < line.len() && column <= parent {
                return None;
            }
        }
        let start = *self.index.lines.get(self.line)?;
        // Nothing but a comment may follow.
        after_spaces(self.rest(end.checked_sub(start)?)?)?.is_none().then_some(())
    }

    fn offset(&self, column: usize) -> Option<usize> {
        self.index.lines.get(self.line).map(|start| start + column)
    }

    /// A plain scalar: it goes on over all lines that are indented further than its block.
    fn plain(&mut self, rest: &str, node: Id, parent: usize) -> Option<()> {
        if !begins_plain(rest) {
            return None;
        }
        let (first, mut is_last) = plain_line(rest)?;
        let mut is_one_line = true;
        while !is_last && let Some(line) = self.line_at(self.line + 1) {
            let column = indent(line);
            match line.as_bytes().get(column) {
                None => {}
                Some(b'#') => break,
                Some(b'\t') => return None,
                Some(_) if column <= parent => break,
                Some(_) => {
                    is_last = plain_line(line)?.1;
                    is_one_line = false;
                }
            }
            self.line += 1;
        }
        if is_one_line {
            self.index.keep(node, first);
        }
        Some(())
    }

    /// A text of its own lines, `|` or `>`.
    fn literal(&mut self, rest: &str, node: Id, parent: usize) -> Option<()> {
        let header = rest.get(1..)?;
        // How deep the text is indented may be said by a digit; then parsers do not agree on what stands before its end.
        let signs = header.find(|sign: char| !"+-".contains(sign)).unwrap_or(header.len());
        let (signs, after) = header.split_at_checked(signs)?;
        if signs.len() > 1 || after_spaces(after)?.is_some() {
            return None;
        }
        // To the parser an item stands where its text begins.
        if self.index.is_item(node) {
            let column = indent(self.line_at(self.line + 1)?);
            let is_text = self.line_at(self.line + 1)?.len() > column && column > parent;
            let place = Place { line: self.line + 2, column: column + 1 };
            is_text.then(|| self.index.move_to(node, place))?;
        }
        let mut content = None;
        while let Some(line) = self.line_at(self.line + 1) {
            let column = indent(line);
            if let Some(next) = line.as_bytes().get(column) {
                let content = *content.get_or_insert(column.max(parent + 1));
                match (column < content, next) {
                    (true, b'\t') => return None,
                    (true, _) => break,
                    (false, _) => {}
                }
            }
            self.line += 1;
        }
        Some(())
    }
}

/// How many spaces stand before what follows; `None` inside where only a comment follows or nothing, outside for a tab or
/// for what follows without a space.
fn after_spaces(rest: &str) -> Option<Option<usize>> {
    let spaces = indent(rest);
    match rest.as_bytes().get(spaces) {
        None => Some(None),
        Some(b'\t') => None,
        Some(_) if spaces == 0 => None,
        Some(b'#') => Some(None),
        Some(_) => Some(Some(spaces)),
    }
}

/// The key that a member begins with, and where what follows its colon begins. `None` inside where there is no key, outside
/// where that cannot be told.
fn key(rest: &str) -> Option<Option<(&str, usize)>> {
    let first = rest.bytes().next()?;
    let (key, end) = match first {
        b'"' | b'\'' => {
            let quote = char::from(first);
            let Some(end) = rest.get(1..)?.find(quote).map(|end| end + 1) else { return Some(None) };
            let (inside, after) = (rest.get(1..end)?, rest.get(end + 1..)?);
            let spaces = indent(after);
            if !after.get(spaces..)?.starts_with(':') {
                // A quote that is escaped does not end what it stands in.
                let is_whole = !inside.contains('\\') && !after.starts_with(quote);
                return (is_whole || !after.contains(':')).then_some(None);
            }
            if inside.contains(['\\', '\t']) {
                return None;
            }
            (inside, end + 1 + spaces)
        }
        b'[' | b'{' | b'|' | b'>' => return Some(None),
        _ => {
            if !begins_plain(rest) {
                return None;
            }
            let Some(end) = colon(rest) else { return Some(None) };
            let key = rest.get(..end)?.trim_end_matches(' ');
            if key.contains('\t') || key.contains(" #") {
                return None;
            }
            (key, end)
        }
    };
    let after = end + 1;
    let follows = rest.as_bytes().get(after);
    (key.len() < LONGEST_KEY && follows.is_none_or(|next| *next == b' ')).then_some(Some((key, after)))
}

/// Where the colon stands that ends a plain key.
fn colon(rest: &str) -> Option<usize> {
    rest.match_indices(':').map(|(at, _)| at).find(|at| {
        let next = rest.as_bytes().get(at + 1);
        next.is_none_or(|next| matches!(next, b' ' | b'\t'))
    })
}

/// Whether a plain scalar may begin so.
fn begins_plain(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    match bytes.next() {
        Some(b'-' | b'?' | b':') => bytes.next().is_some_and(|next| next != b' ' && next != b'\t'),
        Some(first) => !b",[]{}#&*!|>'\"%@`".contains(&first),
        None => false,
    }
}

/// A line of a plain scalar without its comment, and whether it has one, which makes it the last.
fn plain_line(line: &str) -> Option<(&str, bool)> {
    if line.contains('\t') {
        return None;
    }
    let comment = line.find(" #");
    let text = line.get(..comment.unwrap_or(line.len()))?.trim_end_matches(' ');
    colon(text).is_none().then_some((text, comment.is_some()))
}

//! Places in what YAML writes between brackets, and the ends of quoted texts. As in `block`, what is not plain is not tried.

use super::{Id, Index, Place};

/// Nesting that is followed.
const DEEPEST: usize = 128;

/// Where a quoted text ends that begins at an offset: behind its last quote.
pub(super) fn quoted(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.get(start)?;
    let mut at = start + 1;
    loop {
        let found = bytes.get(at..)?.iter().position(|byte| *byte == quote || (*byte == b'\\' && quote == b'"'))?;
        at += found;
        let next = bytes.get(at + 1);
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\'' if next == Some(&b'\'') => at += 2,
            _ => return Some(at + 1),
        }
    }
}

/// Reads what begins with a bracket at an offset, in a line counted from zero; gives back where it ends.
pub(super) fn read(text: &str, start: usize, line: usize, index: &mut Index, node: Id) -> Option<usize> {
    let begin = *index.lines.get(line)?;
    let mut cursor = Cursor { text, at: start, line, counted: (begin, 0), index, depth: 0 };
    cursor.value(node)?;
    Some(cursor.at)
}

struct Cursor<'text> {
    text: &'text str,
    /// Where it is, in bytes.
    at: usize,
    line: usize,
    /// Up to where the characters of the line were counted, and how many there are.
    counted: (usize, usize),
    index: &'text mut Index,
    depth: usize,
}

impl<'text> Cursor<'text> {
    fn place(&mut self) -> Option<Place> {
        let (from, characters) = self.counted;
        self.counted = (self.at, characters + self.text.get(from..self.at)?.chars().count());
        Some(Place { line: self.line + 1, column: self.counted.1 + 1 })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes to what follows, which may be on a later line; `true` if there was any space.
    fn space(&mut self) -> bool {
        let start = self.at;
        while let Some(next @ (b' ' | b'\n')) = self.peek() {
            self.at += 1;
            if next == b'\n' {
                self.line += 1;
                self.counted = (self.at, 0);
            }
        }
        self.at > start
    }

    fn value(&mut self, node: Id) -> Option<()> {
        match self.peek()? {
            b'[' => self.list(node),
            b'{' => self.object(node),
            b'"' | b'\'' => self.quoted().map(drop),
            _ => {
                let text = self.plain()?;
                self.index.keep(node, text);
                Some(())
            }
        }
    }

    fn enter(&mut self) -> Option<()> {
        self.at += 1;
        self.depth += 1;
        self.space();
        (self.depth <= DEEPEST).then_some(())
    }

    fn leave(&mut self) -> Option<()> {
        self.at += 1;
        self.depth -= 1;
        Some(())
    }

    fn list(&mut self, node: Id) -> Option<()> {
        self.enter()?;
        for item in 0_usize.. {
            if self.peek()? == b']' {
                break;
            }
            let place = self.place()?;
            let child = self.index.add_item(node, item, place);
            self.value(child)?;
            self.ends(b']')?;
        }
        self.leave()
    }

    fn object(&mut self, node: Id) -> Option<()> {
        self.enter()?;
        while self.peek()? != b'}' {
            let place = self.place()?;
            let key = match self.peek()? {
                b'"' | b'\'' => self.quoted()?,
                _ => self.plain()?,
            };
            let line = self.line;
            self.space();
            if self.peek()? != b':' || self.line != line {
                return None;
            }
            self.at += 1;
            let child = self.index.add_member(node, key, place);
            if !self.space() {
                return None;
            }
            self.value(child)?;
            self.ends(b'}')?;
        }
        self.leave()
    }

    /// What follows an item or a member: a comma, or the end.
    fn ends(&mut self, end: u8) -> Option<()> {
        self.space();
        match self.peek()? {
            b',' => {
                self.at += 1;
                self.space();
                // Nothing between two commas is an error or null.
                (self.peek()? != b',').then_some(())
            }
            next => (next == end).then_some(()),
        }
    }

    /// A quoted text without its quotes, on one line and without escapes.
    fn quoted(&mut self) -> Option<&'text str> {
        let end = quoted(self.text, self.at)?;
        let inside = self.text.get(self.at + 1..end - 1)?;
        let quote = self.peek()?;
        if inside.contains(['\n', '\t']) || (quote == b'"' && inside.contains('\\')) || inside.contains("''") {
            return None;
        }
        self.at = end;
        Some(inside)
    }

    /// A plain text on one line.
    fn plain(&mut self) -> Option<&'text str> {
        let rest = self.text.get(self.at..)?;
        let mut bytes = rest.bytes();
        let is_end = |byte: u8| b",[]{}\n".contains(&byte);
        let begins = match bytes.next()? {
            b'-' => bytes.next().is_some_and(|next| next.is_ascii_digit()),
            first => !b"?:#&*!|>%@`,]}".contains(&first),
        };
        let end = rest.bytes().position(|byte| is_end(byte) || byte == b':' || byte == b'#' || byte == b'\t')?;
        let end = match rest.as_bytes().get(end)? {
            b'#' | b'\t' => return None,
            b':' if matches!(rest.as_bytes().get(end + 1)?, b' ' | b'\n') => end,
            // An address: what its colons mean depends on what follows them.
            b':' => end + rest.get(end..)?.bytes().position(is_end)?,
            _ => end,
        };
        let text = rest.get(..end)?;
        let colon = text.find(':');
        let is_plain = colon.is_none_or(|colon| text.get(colon..).is_some_and(|rest| rest.starts_with("://")))
            && !text.contains('#')
            && !text.contains('\t')
            && text.matches(':').count() <= 1;
        self.at += end;
        let text = text.trim_end_matches(' ');
        (begins && is_plain && !text.is_empty()).then_some(text)
    }
}

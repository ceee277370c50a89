//! Places in JSON. The text has been parsed before, or parsing stopped in it, so this only has to follow it.

use std::borrow::Cow;

use super::{Id, Index, Place, ROOT};

/// Nesting that is followed; what nests deeper was refused.
const DEEPEST: usize = 256;

pub(super) fn read(text: &str, index: &mut Index) {
    let mut cursor = Cursor { text, at: 0, line: 1, counted: (0, 0), depth: 0 };
    cursor.space();
    index.move_to(ROOT, cursor.place());
    let _ = cursor.value(index, ROOT);
}

struct Cursor<'text> {
    text: &'text str,
    /// Where it is, in bytes: always before or behind a whole character.
    at: usize,
    line: usize,
    /// Up to where the characters of the line were counted, and how many there are.
    counted: (usize, usize),
    depth: usize,
}

/// `None` means that the text is not JSON after all; what was read so far stays.
type Read = Option<()>;

impl<'text> Cursor<'text> {
    fn place(&mut self) -> Place {
        let (from, characters) = self.counted;
        // A document of one line is counted once, not once for each node.
        let more = self.text.get(from..self.at).map_or(0, |text| text.chars().count());
        self.counted = (self.at, characters + more);
        Place { line: self.line, column: self.counted.1 + 1 }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(next) = self.peek().filter(u8::is_ascii_whitespace) {
            self.at += 1;
            if next == b'\n' {
                self.line += 1;
                self.counted = (self.at, 0);
            }
        }
    }

    /// Takes a character if it comes next, after white space.
    fn takes(&mut self, wanted: u8) -> bool {
        self.space();
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn value(&mut self, index: &mut Index, node: Id) -> Read {
        self.space();
        self.depth = self.depth.checked_add(1).filter(|depth| *depth <= DEEPEST)?;
        match self.peek()? {
            b'{' => self.object(index, node),
            b'[' => self.array(index, node),
            b'"' => self.quoted().map(drop),
            _ => self.plain(index, node),
        }?;
        self.depth -= 1;
        Some(())
    }

    fn object(&mut self, index: &mut Index, node: Id) -> Read {
        self.at += 1;
        if self.takes(b'}') {
            return Some(());
        }
        loop {
            self.space();
            let place = self.place();
            let key = self.key()?;
            if !self.takes(b':') {
                return None;
            }
            let member = index.add_member(node, &key, place);
            self.value(index, member)?;
            if self.takes(b'}') {
                return Some(());
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn array(&mut self, index: &mut Index, node: Id) -> Read {
        self.at += 1;
        if self.takes(b']') {
            return Some(());
        }
        for item in 0_usize.. {
            self.space();
            let place = self.place();
            let child = index.add_item(node, item, place);
            self.value(index, child)?;
            if self.takes(b']') {
                return Some(());
            }
            if !self.takes(b',') {
                return None;
            }
        }
        None
    }

    /// A quoted text with its quotes, as written.
    fn quoted(&mut self) -> Option<&'text str> {
        let begin = self.at;
        self.at += usize::from(self.peek()? == b'"');
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            self.at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            if self.peek()? == b'"' {
                self.at += 1;
                return self.text.get(begin..self.at).filter(|text| text.starts_with('"'));
            }
            // What is escaped may be one of the two.
            let escaped = self.text.get(self.at + 1..)?.chars().next()?;
            self.at += 1 + escaped.len_utf8();
        }
    }

    /// A quoted text, with its escapes undone.
    fn key(&mut self) -> Option<Cow<'text, str>> {
        let quoted = self.quoted()?;
        if quoted.contains('\\') {
            return serde_json::from_str(quoted).ok().map(Cow::Owned);
        }
        quoted.get(1..quoted.len() - 1).map(Cow::Borrowed)
    }

    fn plain(&mut self, index: &mut Index, node: Id) -> Read {
        let rest = self.text.get(self.at..)?;
        let is_end = |next: char| next.is_ascii_whitespace() || matches!(next, ',' | ']' | '}');
        let text = rest.get(..rest.find(is_end).unwrap_or(rest.len()))?;
        self.at += text.len();
        index.keep(node, text);
        Some(())
    }
}

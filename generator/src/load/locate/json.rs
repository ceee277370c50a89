//! Places in JSON. The text has been parsed before, or parsing stopped in it, so this only has to follow it.

use std::iter::Peekable;
use std::str::Chars;

use super::{Index, Place, ROOT};

/// Nesting that is followed; what nests deeper was refused.
const DEEPEST: usize = 256;

pub(super) fn read(text: &str, index: &mut Index) {
    let mut cursor = Cursor { rest: text.chars().peekable(), line: 1, column: 1, depth: 0 };
    cursor.space();
    if let Some(root) = index.nodes.get_mut(ROOT) {
        root.place = cursor.place();
    }
    let _ = cursor.value(index, ROOT);
}

struct Cursor<'text> {
    rest: Peekable<Chars<'text>>,
    line: usize,
    column: usize,
    depth: usize,
}

/// `None` means that the text is not JSON after all; what was read so far stays.
type Read = Option<()>;

impl Cursor<'_> {
    fn place(&self) -> Place {
        Place { line: self.line, column: self.column }
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        if next == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(next)
    }

    fn space(&mut self) {
        while self.rest.next_if(|next| next.is_ascii_whitespace()).is_some_and(|space| {
            if space == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
            true
        }) {}
    }

    /// Takes a character if it comes next, after white space.
    fn takes(&mut self, wanted: char) -> bool {
        self.space();
        self.rest.peek() == Some(&wanted) && self.next().is_some()
    }

    fn value(&mut self, index: &mut Index, node: usize) -> Read {
        self.space();
        self.depth = self.depth.checked_add(1).filter(|depth| *depth <= DEEPEST)?;
        match self.rest.peek()? {
            '{' => self.object(index, node),
            '[' => self.array(index, node),
            '"' => self.text().map(drop),
            _ => self.plain(index, node),
        }?;
        self.depth -= 1;
        Some(())
    }

    fn object(&mut self, index: &mut Index, node: usize) -> Read {
        self.next()?;
        if self.takes('}') {
            return Some(());
        }
        loop {
            self.space();
            let place = self.place();
            let key = self.text()?;
            if !self.takes(':') {
                return None;
            }
            let member = index.add(node, &key, place);
            self.value(index, member)?;
            if self.takes('}') {
                return Some(());
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn array(&mut self, index: &mut Index, node: usize) -> Read {
        self.next()?;
        if self.takes(']') {
            return Some(());
        }
        for item in 0_usize.. {
            self.space();
            let place = self.place();
            let child = index.add(node, &item.to_string(), place);
            self.value(index, child)?;
            if self.takes(']') {
                return Some(());
            }
            if !self.takes(',') {
                return None;
            }
        }
        None
    }

    /// A quoted text, with its escapes undone.
    fn text(&mut self) -> Option<String> {
        if self.next()? != '"' {
            return None;
        }
        let mut quoted = String::from('"');
        loop {
            let next = self.next()?;
            quoted.push(next);
            match next {
                '"' => break,
                '\\' => quoted.push(self.next()?),
                _ => {}
            }
        }
        serde_json::from_str(&quoted).ok()
    }

    fn plain(&mut self, index: &mut Index, node: usize) -> Read {
        let mut text = String::new();
        while let Some(next) = self.rest.peek() {
            if next.is_ascii_whitespace() || ",]}".contains(*next) {
                break;
            }
            text.push(self.next()?);
        }
        if text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
            && let Some(indexed) = index.nodes.get_mut(node)
        {
            indexed.plain = Some(text.into());
        }
        Some(())
    }
}

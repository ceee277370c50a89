//! Code to HTML in which strings, comments, numbers and keywords can be told apart.

use tera::escape_html;

/// What a language looks like, as far as readers need it.
struct Look {
    /// What a comment begins with.
    comment: &'static str,
    /// What texts stand between.
    quotes: &'static str,
    keywords: &'static [&'static str],
    /// Whether a text before a colon is a key.
    has_keys: bool,
}

const PLAIN: Look = Look { comment: "", quotes: "", keywords: &[], has_keys: false };
const JSON: Look = Look { quotes: "\"", keywords: &["true", "false", "null"], has_keys: true, ..PLAIN };
const SHELL: Look = Look { comment: "# ", quotes: "\"'", keywords: &["curl", "cargo", "npm", "pip", "go"], ..PLAIN };
const RUST: Look = Look {
    comment: "//",
    quotes: "\"",
    keywords: &[
        "as", "async", "await", "break", "const", "else", "enum", "false", "fn", "for", "if", "impl", "in", "let",
        "loop", "match", "mod", "move", "mut", "pub", "return", "self", "static", "struct", "true", "use", "while",
    ],
    ..PLAIN
};
const TYPESCRIPT: Look = Look {
    comment: "//",
    quotes: "\"'`",
    keywords: &[
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "const",
        "else",
        "export",
        "false",
        "finally",
        "for",
        "from",
        "function",
        "if",
        "import",
        "in",
        "instanceof",
        "let",
        "new",
        "null",
        "of",
        "return",
        "switch",
        "throw",
        "true",
        "try",
        "type",
        "typeof",
        "undefined",
        "while",
    ],
    ..PLAIN
};
const PYTHON: Look = Look {
    comment: "#",
    quotes: "\"'",
    keywords: &[
        "False", "None", "True", "and", "as", "async", "await", "class", "def", "elif", "else", "except", "finally",
        "for", "from", "if", "import", "in", "is", "lambda", "not", "or", "pass", "raise", "return", "try", "while",
        "with", "yield",
    ],
    ..PLAIN
};
const GO: Look = Look {
    comment: "//",
    quotes: "\"`",
    keywords: &[
        "break", "case", "const", "continue", "default", "defer", "else", "false", "for", "func", "go", "if", "import",
        "map", "nil", "package", "range", "return", "struct", "switch", "true", "type", "var",
    ],
    ..PLAIN
};

/// The code as HTML. What is written in a language that is not known is only escaped.
pub(super) fn highlight(code: &str, fence: &str) -> String {
    let look = match fence {
        "json" => JSON,
        "sh" | "console" | "bash" => SHELL,
        "rust" => RUST,
        "ts" | "typescript" | "js" | "javascript" => TYPESCRIPT,
        "python" | "py" => PYTHON,
        "go" => GO,
        "toml" => Look { comment: "#", ..JSON },
        _ => PLAIN,
    };
    let mut out = String::new();
    let mut rest = code;
    while !rest.is_empty() {
        let (mut kind, token) = look.token(rest);
        let behind = rest.get(token.len()..).unwrap_or_default();
        if kind == "string" && look.has_keys && behind.starts_with(':') {
            kind = "key";
        }
        match kind {
            "" => escaped(token, &mut out),
            kind => {
                out.push_str(&format!("<span class=\"tok-{kind}\">"));
                escaped(token, &mut out);
                out.push_str("</span>");
            }
        }
        rest = behind;
    }
    out
}

fn escaped(text: &str, out: &mut String) {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    if escape_html(text, &mut bytes).is_ok() {
        out.push_str(&String::from_utf8_lossy(&bytes));
    }
}

impl Look {
    /// The first token, and what it is.
    fn token<'t>(&self, text: &'t str) -> (&'static str, &'t str) {
        let first = text.chars().next().unwrap_or_default();
        if !self.comment.is_empty() && text.starts_with(self.comment) {
            return ("comment", text.lines().next().unwrap_or(text));
        }
        if self.quotes.contains(first) {
            return ("string", string(text, first));
        }
        let word = |is_in: fn(char) -> bool| text.split(|c| !is_in(c)).next().unwrap_or_default();
        if first.is_ascii_digit() {
            return ("number", word(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.'));
        }
        if first.is_alphabetic() || first == '_' {
            let word = word(|c| c.is_alphanumeric() || c == '_' || c == '-');
            let plain = word.split('-').next().unwrap_or(word);
            return match self.keywords.contains(&plain) {
                true => ("keyword", plain),
                false => ("", word),
            };
        }
        ("", text.get(..first.len_utf8()).unwrap_or(text))
    }
}

/// A text from its first quote to its last, or to its end.
fn string(text: &str, quote: char) -> &str {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return text.get(..at + quote.len_utf8()).unwrap_or(text),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart_and_nothing_is_lost() {
        assert_eq!(
            highlight("let a = \"<b\\\"\"; // 1", "rust"),
            "<span class=\"tok-keyword\">let</span> a = <span class=\"tok-string\">&quot;&lt;b\\&quot;&quot;</span>; \
             <span class=\"tok-comment\">// 1</span>"
        );
        assert_eq!(highlight("a<b", "none"), "a&lt;b");
        assert_eq!(highlight("\"open", "json"), "<span class=\"tok-string\">&quot;open</span>");
        assert!(highlight("{\"a\": 1}", "json").contains("<span class=\"tok-key\">&quot;a&quot;</span>:"));
    }
}

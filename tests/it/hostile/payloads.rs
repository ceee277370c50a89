//! Texts that have broken generators, or could. Those that hold code say `pwned` and `now`: a word `pwned` on its own
//! in what is emitted is code that got out, while a name made of such a text has both words.

/// Every text.
pub(super) fn all() -> Vec<String> {
    let mut all: Vec<String> = [CODE, MARKDOWN, FILES, NAMES].concat().into_iter().map(str::to_owned).collect();
    all.push("pwned now ".repeat(500));
    all.push("x".repeat(300));
    all.push("ก".repeat(300));
    all
}

/// Ends of comments and literals, attributes, line ends, templates, and text that runs backwards.
const CODE: &[&str] = &[
    "*/ pwned!(now); /*",
    "\"; pwned!(now); //",
    "\"#; pwned!(now)",
    "\"##; pwned!(now)",
    "#[pwned(now)]",
    "#![pwned(now)]",
    "a\npwned!(now);\n",
    "a\rpwned!(now);",
    "a\r\n//! pwned now\r\nmod pwned;",
    "a\0pwned now",
    "\u{202e}pwned now\u{2066}\u{2069}\u{200f}\u{61c}",
    "a\u{2028}pwned!(now)\u{2029}\u{85}\u{b}\u{c}\u{feff}",
    "\u{1b}[31mpwned now\u{7f}\u{9b}",
    "{{ pwned(now) }}{% pwned now %}",
    "${pwned_now} $pwned::now %s",
    "\"\n[pwned]\nnow = \"",
    "'''\n[pwned]\nnow = '''",
];

/// What rustdoc would run, load, or link to.
const MARKDOWN: &[&str] = &[
    "```\npwned!(now);\n```",
    "text ```rust\npwned!(now);",
    "~~~\npwned!(now);\n~~~",
    "text\n\n    pwned!(now);\n",
    "\tpwned!(now);",
    "- a\n\n      pwned!(now);\n\n  1. ```\n     pwned!(now);\n     ```",
    "> ```\n> pwned!(now);\n> ```\n>\n>     pwned!(now);",
    "<script>pwned(now)</script>",
    "<!-- pwned now",
    "<div\npwned now>",
    "[pwned now](javascript:pwned(now))",
    "[pwned now]: https://example.org \"pwned now\"",
    "![pwned now][pwned::now]",
    "[`pwned::now`] [pwned@now] [pwned::now()]",
    "a\n===\n# pwned now\n---\n| pwned | now |",
    "`` pwned ` now",
    "*pwned **now _x",
];

/// Paths that lead elsewhere, and what Windows keeps for itself.
const FILES: &[&str] = &[
    "../../pwned now",
    "..",
    "C:\\pwned\\now",
    "/etc/pwned now",
    "CON",
    "nul.txt",
    "aux",
    "COM1",
    "lib",
    "a/b:c*?<>|",
];

/// What is no name, or another thing's name.
const NAMES: &[&str] = &[
    "",
    " ",
    "\\",
    "_",
    "__",
    "'",
    "''",
    "0",
    "-1",
    "1e999",
    "true",
    "null",
    "self",
    "Self",
    "crate",
    "super",
    "r#fn",
    "$crate",
    "{}",
    "}{",
    "日本",
    "e\u{301}\u{200d}",
    "🦀",
    "Option",
    "Unknown",
    "Client",
    "ApiClient",
    "Async",
    "M",
    "new",
    "default",
    "application/json",
    "https://example.org/{pwned now}",
];

//! `Cargo.toml` and `README.md`, rendered from templates. Text of a document is escaped for each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::Options;
use super::docs::one_line;
use super::emitter::Emitter;
use super::guide::Guide;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::target::File;

const CARGO: &str = include_str!("../../../../templates/rust/Cargo.toml.tera");
const README: &str = include_str!("../../../../templates/rust/README.md.tera");

/// What the templates show.
#[derive(Serialize)]
struct Data<'a> {
    package: &'a str,
    crate_name: &'a str,
    version: &'a str,
    rust_version: &'static str,
    license: Option<String>,
    repository: Option<String>,
    workspace_member: bool,
    title: String,
    api_version: String,
    description: String,
    docs_url: Option<String>,
    resources: Vec<ResourceRow>,
    webhooks: bool,
    dev_dependencies: Vec<DependencyRow<'a>>,
    examples: Vec<ExampleRow<'a>>,
}

/// A dependency of what is not the library.
#[derive(Serialize)]
struct DependencyRow<'a> {
    name: &'a str,
    version: &'a str,
    default_features: bool,
    features: BTreeSet<&'a str>,
}

/// An example that needs features.
#[derive(Serialize)]
struct ExampleRow<'a> {
    name: &'a str,
    features: &'a [String],
}

/// A row of the table of resources.
#[derive(Serialize)]
struct ResourceRow {
    accessor: String,
    methods: Vec<String>,
}

/// Both files.
pub(super) fn files(
    emitter: &Emitter<'_>,
    options: &Options,
    guide: &Guide,
    diagnostics: &mut Diagnostics,
) -> Vec<File> {
    let info = &emitter.api.info;
    let title = one_line(&info.title);
    let data = Data {
        package: &options.package,
        crate_name: &options.crate_name(),
        version: &options.version,
        rust_version: super::RUST_VERSION,
        license: stated(options.license.as_deref()),
        repository: stated(options.repository.as_deref()),
        workspace_member: options.workspace_member,
        description: format!("Client of {}", if title.is_empty() { "an HTTP API" } else { &title }),
        api_version: one_line(&info.version),
        docs_url: stated(info.docs_url.as_deref()),
        resources: emitter
            .names
            .resources
            .iter()
            .map(|resource| ResourceRow {
                accessor: resource.accessor.clone(),
                methods: resource.operations.iter().map(|operation| operation.method.clone()).collect(),
            })
            .collect(),
        dev_dependencies: dev_dependencies(options),
        examples: options
            .examples
            .iter()
            .map(|example| ExampleRow { name: &example.name, features: &example.features })
            .collect(),
        webhooks: emitter.api.conventions.webhooks.is_some(),
        title,
    };
    let rendered = [
        ("Cargo.toml", render(options.template("Cargo.toml.tera", CARGO), escape_toml, &data, guide)),
        ("README.md", render(options.template("README.md.tera", README), escape_markdown, &data, guide)),
    ];
    let mut files = Vec::new();
    for (path, text) in rendered {
        match text {
            Ok(text) => files.push(File::text(path, text)),
            Err(error) => diagnostics.push(
                Diagnostic::error("E901", format!("the template of {path} cannot be rendered: {error}"))
                    .help("templates are Tera; the built-in ones stand in templates/rust"),
            ),
        }
    }
    files
}

/// What examples and the snippets of the guide need; the latter are programs over tokio.
fn dev_dependencies(options: &Options) -> Vec<DependencyRow<'_>> {
    let mut rows = BTreeMap::from([(
        "tokio",
        DependencyRow {
            name: "tokio",
            version: "1",
            default_features: false,
            features: BTreeSet::from(["macros", "rt-multi-thread"]),
        },
    )]);
    for (name, dependency) in &options.dev_dependencies {
        let of_guide = rows.remove(name.as_str()).map(|row| row.features).unwrap_or_default();
        let features = of_guide.into_iter().chain(dependency.features.iter().map(String::as_str)).collect();
        let (version, default_features) = (dependency.version.as_str(), dependency.default_features);
        rows.insert(name, DependencyRow { name, version, default_features, features });
    }
    rows.into_values().collect()
}

/// Text on one line, when there is any.
fn stated(text: Option<&str>) -> Option<String> {
    text.map(one_line).filter(|text| !text.is_empty())
}

fn render(template: &str, escape: tera::EscapeFn, data: &Data<'_>, guide: &Guide) -> Result<String, String> {
    let mut tera = Tera::default();
    tera.set_escape_fn(escape);
    tera.autoescape_on(["template"]);
    tera.add_raw_template("template", template).map_err(|error| plain(&error))?;
    let mut context = Context::from_serialize(data).map_err(|error| plain(&error))?;
    // Markdown of our own making.
    context.insert_value("guide", Value::safe_string(&guide.readme()));
    tera.render("template", &context).map_err(|error| plain(&error))
}

/// What Tera says over several lines, with a drawing of the place, in one.
fn plain(error: &tera::Error) -> String {
    let text = error.to_string();
    let mut lines = text.lines();
    let what = lines.next().unwrap_or_default();
    let what = what.strip_prefix("error: ").unwrap_or(what);
    match lines.find_map(|line| line.trim_start().strip_prefix("--> template:")) {
        Some(place) => format!("{what} (at {place})"),
        None => what.to_owned(),
    }
}

/// Inside a basic string of TOML.
fn escape_toml(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            c if c.is_control() => write!(out, "\\u{:04X}", u32::from(c))?,
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

/// Inside a paragraph of Markdown: nothing but text.
fn escape_markdown(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => write!(out, "\\{c}")?,
            c if c.is_control() => write!(out, " ")?,
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

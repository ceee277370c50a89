//! The documentation: a static site, made of the model, guides that people write, and templates.
//!
//! A page is data ([`page`]) before it is text. `templates/docs/` turns it into HTML and into a twin in Markdown; both
//! engines escape whatever no filter of [`render`] made harmless. Calls are shown in every language that the
//! configuration emits, by that language's own templates, so that they cannot name what its package lacks.

mod changes;
mod curl;
mod fields;
mod guide;
mod highlight;
mod markdown;
mod operation;
mod page;
mod pages;
mod render;
mod samples;
mod search;
mod see;
mod site;
mod titles;
mod twin;
mod urls;

use std::collections::BTreeMap;

use super::template::folder;
use super::{Emitted, File, GivenNames, Target};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::Api;
use page::Page;
use render::Renderer;
use site::Site;

/// The folder of its templates.
const FOLDER: &str = "docs";

/// Where what is copied as it is goes, and where it comes from.
const ASSETS: &str = "assets/";

/// Emits the site.
pub(super) fn emit(api: &Api, config: &Config, diagnostics: &mut Diagnostics) -> Emitted {
    let templates = folder::files(FOLDER, &config.templates);
    let (site, pages) = site::pages(api, config, diagnostics);
    let files = match written(&templates, &site, &pages, config) {
        Ok(files) => files,
        Err(why) => {
            diagnostics.push(
                Diagnostic::error("E901", format!("the documentation cannot be rendered: {why}"))
                    .help("`docs/documentation.md` says what its templates may use"),
            );
            Vec::new()
        }
    };
    Emitted { target: Target::Docs, files, names: GivenNames::default() }
}

fn written(
    templates: &BTreeMap<&str, &str>,
    site: &Site,
    pages: &[Page],
    config: &Config,
) -> Result<Vec<File>, String> {
    let mut renderer = Renderer::new(templates, site)?;
    let mut files = Vec::new();
    for page in pages {
        let (html, markdown) = renderer.page(page)?;
        files.push(File::text(format!("{}index.html", page.path), html));
        files.push(File::text(format!("{}index.md", page.path), markdown));
    }
    files.push(File::text("llms.txt", renderer.text("llms.txt.tera", &pages)?));
    files.push(File::text("assets/search-index.js", search::script(&site::entries(pages))));
    files.extend(config.docs.url.as_deref().map(|url| File::text("sitemap.xml", site_map(url, pages))));
    let copied = templates.iter().filter(|(path, _)| path.starts_with(ASSETS));
    files.extend(copied.map(|(path, text)| File::text(*path, *text)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The addresses of all pages (sitemaps.org).
fn site_map(url: &str, pages: &[Page]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        let address = format!("{}/{}", url.trim_end_matches('/'), page.path);
        out.push_str(&format!("  <url><loc>{}</loc></url>\n", escaped(&address)));
    }
    out.push_str("</urlset>\n");
    out
}

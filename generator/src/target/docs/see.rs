//! Links from the pages of operations to the pages that say more.

use std::collections::HashSet;

use serde::Serialize;

use super::guide::{self, Source};
use super::page::Link;
use super::urls::{Urls, slug};
use crate::config::{DocsConfig, SeeConfig};
use crate::diagnostic::Diagnostics;
use crate::ir::Api;

/// Where more is said of what every call has.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct See {
    /// How the client is made that samples use.
    pub client: Option<Link>,
    /// Keys.
    pub keys: Option<Link>,
    /// Sending a call again.
    pub retry: Option<Link>,
    /// Errors.
    pub errors: Option<Link>,
    /// Calls that nobody has seen.
    pub unverified: Option<Link>,
    /// The codes of errors that have a place of their own, and the page of all.
    #[serde(skip)]
    codes: Option<(HashSet<String>, String)>,
}

impl See {
    pub(super) fn new(
        api: &Api,
        urls: &Urls,
        docs: &DocsConfig,
        sources: &[Source<'_>],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let SeeConfig { client, keys, retry, errors, unverified, codes } = &docs.see;
        let mut place = |target: &Option<String>| {
            let target = target.as_deref()?;
            let found = urls.meant(api, docs, target).map_err(|why| guide::problem("link", target, &why));
            let address = found.map_err(|problem| diagnostics.push(problem)).ok()?;
            let (path, anchor) = address.split_once("index.html").unwrap_or((&address, ""));
            let guides = sources.iter().map(Source::link);
            let tables = docs.catalogue_tables.iter();
            let tables = tables.map(|(name, table)| super::pages::catalogue_link(name, table));
            let known = guides.chain(tables).find(|link| link.path == path)?;
            Some(Link { anchor: anchor.trim_start_matches('#').to_owned(), ..known })
        };
        let [client, keys, retry, errors, unverified] = [client, keys, retry, errors, unverified].map(&mut place);
        let listed = codes.as_deref().map(|name| name.trim_start_matches("catalogue:"));
        let listed = listed.and_then(|name| docs.catalogue_tables.get(name));
        let codes = place(codes).zip(listed).map(|(link, table)| (table.rows.keys().cloned().collect(), link.path));
        Self { client, keys, retry, errors, unverified, codes }
    }

    /// Markdown in which codes of errors lead to what is said of them.
    pub(super) fn with_codes(&self, text: &str) -> String {
        // An odd number of ticks: nothing of it is code for certain.
        let is_paired = text.matches('`').count().is_multiple_of(2);
        let Some((codes, path)) = self.codes.as_ref().filter(|_| is_paired) else { return text.to_owned() };
        let mut out = String::new();
        for (at, part) in text.split('`').enumerate() {
            let is_alone = !out.ends_with('[');
            match at % 2 == 1 && is_alone && codes.contains(part) {
                true => out.push_str(&format!("[`{part}`](site:{path}index.html#{})", slug(part))),
                false if at % 2 == 1 => out.push_str(&format!("`{part}`")),
                false => out.push_str(part),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_what_is_said_of_them() {
        let codes = Some((HashSet::from(["not_found".to_owned()]), "catalogues/errors/".to_owned()));
        let see = See { codes, ..See::default() };
        let linked = "[`not_found`](site:catalogues/errors/index.html#not-found)";
        assert_eq!(see.with_codes("`a` or `not_found`."), format!("`a` or {linked}."));
        assert_eq!(see.with_codes(linked), linked);
        assert_eq!(see.with_codes("a ` b `not_found`"), "a ` b `not_found`");
    }
}

//! The files of a crate that are made of its model, one after the other, so that two crates can be held against each
//! other without writing either.

use std::iter::once_with;

use super::emitter::Emitter;
use super::format::{Module, banner};
use super::groups::{Group, groups};
use super::guide::Guide;
use super::samples::Samples;
use super::{Options, manifest};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::Api;
use crate::target::{File, callable};

/// What the files of one crate are made of.
pub(super) struct Parts<'p> {
    emitter: &'p Emitter<'p>,
    options: &'p Options,
    guide: Guide,
    groups: Vec<Group>,
    /// What every file of Rust begins with.
    pub(super) banner: String,
}

impl<'p> Parts<'p> {
    pub(super) fn new(emitter: &'p Emitter<'p>, options: &'p Options) -> Self {
        let info = &emitter.api.info;
        Self {
            emitter,
            options,
            guide: Guide::new(emitter, options),
            groups: groups(emitter),
            banner: banner(&info.title, &info.version),
        }
    }

    /// The files of Rust, each made when it is asked for.
    pub(super) fn modules(&self) -> impl Iterator<Item = (String, Module)> {
        let (emitter, options) = (self.emitter, self.options);
        let error_code = emitter.error_code_file();
        let has_error_code = error_code.is_some();
        let named = |path: &str, module: Module| (path.to_owned(), module);
        let user_agent = format!("{}/{}", options.package, options.version);
        let resources = emitter.api.resources.iter().zip(&emitter.names.resources);
        let resources = resources.map(move |(resource, names)| {
            (format!("src/resources/{}.rs", names.module), emitter.resource_file(resource, names))
        });
        let types = self.groups.iter();
        let types = types.map(move |group| (format!("src/types/{}.rs", group.module), emitter.types_file(group)));
        once_with(move || named("src/lib.rs", emitter.root_file(&self.guide, has_error_code)))
            .chain(once_with(move || named("src/client.rs", emitter.client_file(&user_agent))))
            .chain(error_code.map(|module| named("src/error_code.rs", module)))
            .chain(emitter.webhooks_file(&options.crate_name()).map(|module| named("src/webhooks.rs", module)))
            .chain(once_with(move || named("src/test_util.rs", emitter.test_util_file())))
            .chain(once_with(move || named("src/resources/mod.rs", emitter.resources_index())))
            .chain(resources)
            .chain(once_with(move || named("src/types/mod.rs", emitter.types_index(&self.groups))))
            .chain(types)
    }

    /// The samples, and the file that knows of them.
    pub(super) fn samples(&self) -> (Module, Vec<File>) {
        let samples = Samples::new(self.emitter);
        (self.emitter.samples_file(&samples), samples.files().collect())
    }

    /// The files that are no Rust.
    pub(super) fn manifest(&self, diagnostics: &mut Diagnostics) -> Vec<File> {
        manifest::files(self.emitter, self.options, &self.guide, diagnostics).into_iter().collect()
    }
}

/// Whether the crates of two models are the same to the byte. It ends at the first difference, and formats only where
/// there may be one.
pub(crate) fn is_same(old: &Api, new: &Api, config: &Config) -> bool {
    let [before, after] = [old, new].map(|api| callable(api, &mut Diagnostics::default()));
    let (old_options, new_options) = (Options::new(old, config), Options::new(new, config));
    if banner(&old.info.title, &old.info.version) != banner(&new.info.title, &new.info.version)
        || old_options != new_options
    {
        return false;
    }
    let (old, new) =
        (Emitter::new(&before, &old_options.crate_name()), Emitter::new(&after, &new_options.crate_name()));
    let (old, new) = (Parts::new(&old, &old_options), Parts::new(&new, &new_options));
    let quiet = &mut Diagnostics::default();
    let text = |(path, module): &(String, Module), quiet: &mut Diagnostics| module.render("", path, quiet);
    let mut modules = (old.modules(), new.modules());
    loop {
        match (modules.0.next(), modules.1.next()) {
            (Some(one), Some(other)) => {
                let is_same =
                    one.0 == other.0 && (one.1.is_alike(&other.1) || text(&one, quiet) == text(&other, quiet));
                if !is_same {
                    return false;
                }
            }
            (None, None) => break,
            _ => return false,
        }
    }
    let (one, other) = (old.samples(), new.samples());
    one.1 == other.1 && one.0.is_alike(&other.0) && old.manifest(quiet) == new.manifest(quiet)
}

//! The files of a crate that are made of its model, one after the other, so that two crates can be held against each
//! other without writing either.

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

/// Makes a file of Rust; `None` where the crate has none of that kind.
pub(super) type Make<'p> = Box<dyn Fn() -> Option<(String, Module)> + Send + Sync + 'p>;

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

    /// The files of Rust, each made when it is asked for, in any thread.
    pub(super) fn modules(&self) -> Vec<Make<'_>> {
        let (emitter, options) = (self.emitter, self.options);
        let named = |path: &str, module: Module| Some((path.to_owned(), module));
        let mut all: Vec<Make<'_>> = vec![
            Box::new(move || named("src/lib.rs", emitter.root_file(&self.guide, emitter.error_code_file().is_some()))),
            Box::new(move || {
                named("src/client.rs", emitter.client_file(&format!("{}/{}", options.package, options.version)))
            }),
            Box::new(move || named("src/error_code.rs", emitter.error_code_file()?)),
            Box::new(move || named("src/webhooks.rs", emitter.webhooks_file(&options.crate_name())?)),
            Box::new(move || named("src/test_util.rs", emitter.test_util_file())),
            Box::new(move || named("src/resources/mod.rs", emitter.resources_index())),
        ];
        for (resource, names) in emitter.api.resources.iter().zip(&emitter.names.resources) {
            all.push(Box::new(move || {
                named(&format!("src/resources/{}.rs", names.module), emitter.resource_file(resource, names))
            }));
        }
        all.push(Box::new(move || named("src/types/mod.rs", emitter.types_index(&self.groups))));
        for group in &self.groups {
            all.push(Box::new(move || named(&format!("src/types/{}.rs", group.module), emitter.types_file(group))));
        }
        all
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
    let makes = (old.modules(), new.modules());
    let mut modules = (makes.0.iter().filter_map(|make| make()), makes.1.iter().filter_map(|make| make()));
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

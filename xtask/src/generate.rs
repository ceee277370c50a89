//! `cargo xtask generate`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use omise_generator::config::{Config, Setting};
use omise_generator::diagnostic::Diagnostics;
use omise_generator::ir::Api;
use omise_generator::load;
use omise_generator::output::{self, Plan, Provenance, Sources, Summary, Tree};
use omise_generator::partial::Selection;
use omise_generator::target::{self, Emitted, Renamed, Target};
use omise_generator::{Model, emit};
use walkdir::{DirEntry, WalkDir};

use crate::failure::Failure;
use crate::report::{self, counted};
use crate::setup::{SchemaArguments, Setup, shown};

/// Emit SDKs from a schema.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Targets to emit; those of the configuration unless given.
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    #[command(flatten)]
    schema: SchemaArguments,
    /// Folder of templates to use instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Folder to write to; each target gets a folder of its name there, standing alone.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Emit these operations alone, with what they need: a resource (`charges`), a tag (`tag:Payments`) or an operation
    /// (`charges.*`, `*.list`). Needs --out.
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,
    /// Write nothing; show what would change and exit with 1 if anything would.
    #[arg(long)]
    check: bool,
    /// Let warnings fail: exit with 1 and write nothing.
    #[arg(long)]
    strict: bool,
}

/// Runs the pipeline and writes, or compares, what comes out.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let mut setup = arguments.schema.setup()?;
    let out = out_folder(arguments, &mut setup)?;
    if let Some(folder) = &arguments.templates {
        setup.config.templates = templates(folder)?;
    }
    if arguments.only.is_empty() {
        examples(&mut setup)?;
        documentation(&mut setup)?;
    }
    let targets = targets(&arguments.targets, &setup.config)?;
    let (model, emitted) = emitted(arguments, &setup, &targets)?;
    let provenances: Vec<Provenance> =
        emitted.iter().map(|emitted| provenance(arguments, &model, &setup, &emitted.target)).collect();
    // Every target is compared before any is written.
    let compare = |(emitted, provenance): (&Emitted, &Provenance)| {
        let root = out.join(emitted.target.name());
        output::plan(&Tree { root: &root, files: &emitted.files, names: &emitted.names, provenance })
    };
    let plans = emitted.iter().zip(&provenances).map(compare).collect::<Result<Vec<_>, _>>()?;
    let edits = edits(&emitted, &plans, &out);
    renames(&emitted, &plans);
    if arguments.check {
        return check(&emitted, &plans, start);
    }
    if edits > 0 && arguments.strict {
        let edits = counted(edits, "file");
        return Err(Failure::No(format!("{edits} edited by hand, and --strict: nothing was written")));
    }
    for (emitted, plan) in emitted.iter().zip(plans) {
        let done = plan.apply()?;
        report::say(summary(&model.lowered.api, emitted, &out, done, start));
    }
    Ok(())
}

/// What the manifest says of where the files come from.
fn provenance(arguments: &Arguments, model: &Model, setup: &Setup, target: &Target) -> Provenance {
    let info = &model.lowered.api.info;
    let mut hashes = model.document.sources().map(|(_, bytes)| output::hash(bytes));
    let examples = match target {
        Target::Rust => Some(&setup.config.rust.programs),
        Target::Language(name) => setup.config.programs.get(name),
        Target::Docs => Some(&setup.config.docs.guide_texts),
    };
    let own = format!("{}/", target.name());
    let templates = setup.config.templates.iter().filter(|(path, _)| path.starts_with(&own));
    let hashed = |(name, text): (&String, &String)| (name.clone(), output::hash(text.as_bytes()));
    Provenance {
        generator: env!("CARGO_PKG_VERSION").to_owned(),
        title: info.title.clone(),
        version: info.version.clone(),
        sources: Sources {
            schema: hashes.next().unwrap_or_default(),
            overlays: hashes.by_ref().take(setup.input.overlays.len()).collect(),
            references: hashes.collect(),
            config: setup.config_hash.clone(),
            examples: examples.into_iter().flatten().map(hashed).collect(),
            templates: templates.map(hashed).collect(),
        },
        only: arguments.only.clone(),
    }
}

/// Names what was edited by hand and what an interrupted run left; how many files were edited.
fn edits(emitted: &[Emitted], plans: &[Plan], out: &Path) -> usize {
    let mut found = Diagnostics::default();
    for (emitted, plan) in emitted.iter().zip(plans) {
        let root = place(out, &emitted.target);
        plan.warn(&format!("{}/", root.display()), &mut found);
        if let Some(unfinished) = plan.unfinished() {
            report::say(format_args!("{}: {unfinished}", root.display()));
        }
    }
    found.0.iter().for_each(report::problem);
    found.warnings()
}

/// Says what is called otherwise than in the last run: code that uses it has to follow.
fn renames(emitted: &[Emitted], plans: &[Plan]) {
    for (emitted, plan) in emitted.iter().zip(plans) {
        for Renamed { what, old, new } in plan.renamed() {
            let (target, what) = (emitted.target.name(), what.escape_debug());
            report::say(format_args!("{target}: renamed: {} -> {} ({what})", old.escape_debug(), new.escape_debug()));
        }
    }
    if plans.iter().any(|plan| !plan.renamed().is_empty()) {
        report::say("an overlay can give a name back, as docs/names.md says");
    }
}

/// Shows what would change. The answer is "no" if anything would.
fn check(emitted: &[Emitted], plans: &[Plan], start: Instant) -> Result<(), Failure> {
    let (mut differing, mut unfinished) = (0, false);
    for (emitted, plan) in emitted.iter().zip(plans) {
        report::diff(&plan.diff(&format!("{}/", emitted.target.name())));
        differing += plan.differing();
        unfinished |= plan.unfinished().is_some();
    }
    match differing {
        0 if unfinished => Err(Failure::No("`cargo xtask generate` completes the interrupted run".to_owned())),
        0 => {
            report::say(format_args!("nothing to change ({} ms)", start.elapsed().as_millis()));
            Ok(())
        }
        count => {
            let (differing, verb) = (counted(count, "file"), if count == 1 { "is" } else { "are" });
            Err(Failure::No(format!(
                "{differing} {verb} not what the schema gives; `cargo xtask generate` writes them"
            )))
        }
    }
}

/// The model and its files; with `--strict`, only when there is nothing to warn of.
fn emitted(arguments: &Arguments, setup: &Setup, targets: &[Target]) -> Result<(Model, Vec<Emitted>), Failure> {
    let mut diagnostics = Diagnostics::default();
    let mut model = setup.model(&mut diagnostics)?;
    if !arguments.only.is_empty() {
        let selection = Selection::new(&arguments.only, &mut diagnostics);
        selection.reduce(&mut model.lowered.api, &mut diagnostics);
    }
    let files = emit(&model, &setup.config, targets, &mut diagnostics);
    report::diagnostics(&diagnostics, model.document.files(), setup.most);
    if diagnostics.has_errors() {
        return Err(Failure::Unreadable);
    }
    let warnings = counted(diagnostics.warnings(), "warning");
    match diagnostics.warnings() {
        0 => {}
        _ if arguments.strict => return Err(Failure::No(format!("{warnings}, and --strict: nothing was written"))),
        _ => report::say(warnings),
    }
    Ok((model, files))
}

/// Where output goes. A folder of the user's own gets output that stands alone.
fn out_folder(arguments: &Arguments, setup: &mut Setup) -> Result<PathBuf, Failure> {
    let own = setup.config.out.as_ref().map(|out| setup.folder.join(out));
    let is_own = |out: &Path| own.as_ref().is_some_and(|own| own.canonicalize().ok() == out.canonicalize().ok());
    if !arguments.only.is_empty() && arguments.out.as_deref().is_none_or(is_own) {
        return Err(Failure::usage(
            "--only would replace the whole SDK by a part of it",
            "give the part a folder of its own: --out DIR",
        ));
    }
    if let Some(out) = &arguments.out {
        setup.config.rust.workspace_member = false;
        return Ok(out.clone());
    }
    if setup.is_foreign {
        return Err(Failure::usage("--schema needs --out", "say where the SDK goes: --out DIR"));
    }
    match own {
        Some(out) => Ok(out),
        None => Err(Failure::usage("the configuration names no output folder", "add `out = \"…\"`, or give --out DIR")),
    }
}

/// Reads the programs that the configuration names. They use the whole SDK, so that a part of it has none.
fn examples(setup: &mut Setup) -> Result<(), Failure> {
    for (language, settings) in &setup.config.languages {
        let Some(Setting::Text(folder)) = settings.get("examples") else { continue };
        let folder = setup.folder.join(folder);
        let programs = load::programs(&folder).map_err(|error| {
            let what = format!("cannot read the examples in {}: {error}", folder.display());
            Failure::usage(what, format!("correct `examples` in the table `languages.{language}` of the configuration"))
        })?;
        setup.config.programs.insert(language.clone(), programs);
    }
    let rust = &mut setup.config.rust;
    if let Some(folder) = &rust.examples {
        let folder = setup.folder.join(folder);
        rust.programs = load::examples(&folder).map_err(|error| {
            let what = format!("cannot read the examples in {}: {error}", folder.display());
            Failure::usage(what, "correct `examples` in the table `rust` of the configuration")
        })?;
    }
    match rust.example_features.keys().find(|name| !rust.programs.contains_key(*name)) {
        None => Ok(()),
        Some(name) => Err(Failure::usage(
            format!("there is no example `{name}`"),
            "correct `example_features` in the table `rust` of the configuration",
        )),
    }
}

/// Reads the guides and catalogues that the configuration names.
pub(crate) fn documentation(setup: &mut Setup) -> Result<(), Failure> {
    let unusable = |what: String, key: &str| {
        Failure::usage(what, format!("correct `{key}` in the table `docs` of the configuration"))
    };
    let docs = &mut setup.config.docs;
    if let Some(folder) = &docs.guides {
        let folder = setup.folder.join(folder);
        let guides = load::programs(&folder)
            .map_err(|error| unusable(format!("cannot read the guides in {}: {error}", folder.display()), "guides"))?;
        let named = guides.into_iter().filter_map(|(path, text)| Some((path.strip_suffix(".md")?.to_owned(), text)));
        docs.guide_texts = named.collect();
    }
    if let Some(file) = &docs.catalogues {
        let file = setup.folder.join(file);
        let name = file.display();
        let text = std::fs::read_to_string(&file)
            .map_err(|error| unusable(format!("cannot read {name}: {error}"), "catalogues"))?;
        docs.catalogue_tables = toml::from_str(&text)
            .map_err(|error| unusable(format!("{name} holds no catalogues: {}", error.message()), "catalogues"))?;
    }
    Ok(())
}

/// The templates of a folder, by their path below it: for a folder that has a `target.toml`, everything in it.
pub(crate) fn templates(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let unusable =
        |what: String| Failure::usage(format!("--templates: {what}"), "give a folder laid out like `templates/`");
    let mut found = BTreeMap::new();
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || is_carried(entry)) {
        let entry = entry.map_err(|error| unusable(error.to_string()))?;
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        let segments: Vec<_> = path.iter().map(|segment| segment.to_string_lossy()).collect();
        let language = segments.first().map(|first| folder.join(first.as_ref()));
        let is_whole =
            language.is_some_and(|own| own.join("target.toml").is_file() || own.ends_with(Target::Docs.name()));
        let is_template = path.extension().is_some_and(|extension| extension == "tera");
        if entry.file_type().is_file() && (is_template || is_whole) {
            let text = std::fs::read_to_string(entry.path())
                .map_err(|error| unusable(format!("cannot read {}: {error}", entry.path().display())))?;
            found.insert(segments.join("/"), text);
        }
    }
    if found.is_empty() {
        return Err(unusable(format!("{} holds no template", folder.display())));
    }
    Ok(found)
}

/// Whether a folder of templates means this entry: not what tools and tests of it left or need.
fn is_carried(entry: &DirEntry) -> bool {
    !entry.file_type().is_dir() || target::is_carried(&entry.file_name().to_string_lossy())
}

fn targets(named: &[String], config: &Config) -> Result<Vec<Target>, Failure> {
    let names = if named.is_empty() { &config.targets } else { named };
    if names.is_empty() {
        return Ok(vec![Target::Rust]);
    }
    let known = || Target::all(config).iter().map(Target::name).collect::<Vec<_>>().join(", ");
    let find = |name: &String| {
        Target::named(name, config).ok_or_else(|| {
            Failure::usage(format!("there is no target `{name}`"), format!("known targets: {}", known()))
        })
    };
    names.iter().map(find).collect()
}

/// What was done, in one line.
fn summary(api: &Api, emitted: &Emitted, out: &Path, done: Summary, start: Instant) -> String {
    format!(
        "{}: {}, {}, {} ({} written, {} unchanged, {} removed) in {} after {} ms",
        emitted.target.name(),
        counted(api.operations().count(), "operation"),
        counted(api.types.len(), "type"),
        counted(emitted.files.len(), "file"),
        done.written,
        done.unchanged,
        done.removed,
        place(out, &emitted.target).display(),
        start.elapsed().as_millis(),
    )
}

/// A target's folder, as it is shown.
fn place(out: &Path, target: &Target) -> PathBuf {
    let root = out.join(target.name());
    shown(&root.canonicalize().unwrap_or(root))
}

//! Packages and drivers made ready with the real toolchains. What is missing on this machine is said.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use super::driver::{Api, Language, copy, run, source, workshop};
use super::tools::{link_node_modules, program, tool};
use crate::support::{cargo, repository};

/// A package, and where its driver is made.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub(super) language: Language,
    pub(super) api: &'a Api,
    pub(super) package: PathBuf,
    pub(super) folder: PathBuf,
}

impl<'a> Site<'a> {
    /// The package of an API: the committed one of Omise, else one made now.
    pub(super) fn new(language: Language, api: &'a Api) -> Self {
        let workshop = workshop(language, api);
        let package = match api.name {
            "omise" => repository().join("generated").join(language.name()),
            _ => made(language, api, &workshop.join("package")),
        };
        Self { language, api, package, folder: workshop.join("build") }
    }

    /// The command that runs a driver over the package. `Err` says what is missing on this machine.
    pub(super) fn driver(&self) -> Result<Command, String> {
        // Tests run beside each other, and share what is made here.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        match self.language {
            Language::Rust => self.rust(),
            Language::TypeScript => self.typescript(),
            Language::Python => self.python(),
            Language::Go => self.go(),
        }
    }
}

/// A program of Omise's package, with its package made ready once. `Err` says what is missing on this machine.
pub(crate) fn example(language: Language, name: &str) -> Result<Command, String> {
    static READY: Mutex<BTreeMap<Language, Result<PathBuf, String>>> = Mutex::new(BTreeMap::new());
    let mut ready = READY.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = ready.entry(language).or_insert_with(|| Site::new(language, Api::omise()).with_examples()).clone()?;
    Ok(match language {
        // A package finds itself by its own name.
        Language::TypeScript => {
            let mut node = program("node", "--version")?;
            node.arg(folder.join("examples").join(format!("{}.mjs", name.replace('_', "-"))));
            node
        }
        Language::Python => {
            let mut python = Command::new(tool(Language::Python, "python")?);
            python.arg(folder.join("examples").join(format!("{name}.py")));
            python.env("PYTHONPATH", folder.join("src")).env("PYTHONDONTWRITEBYTECODE", "1");
            python
        }
        Language::Go | Language::Rust => Command::new(folder.join(name)),
    })
}

/// The package of an API, made now.
pub(super) fn made(language: Language, api: &Api, out: &Path) -> PathBuf {
    let config = api.config.display().to_string();
    let arguments = ["generate", language.name(), "--strict", "--config", &config, "--out", &out.display().to_string()];
    let made = cargo::xtask(&arguments);
    assert!(made.status.success(), "{arguments:?}: {}", cargo::text(&made));
    out.join(language.name())
}

impl Site<'_> {
    fn rust(&self) -> Result<Command, String> {
        let Site { api, package, folder, .. } = self;
        std::fs::create_dir_all(folder.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"driver-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             base64 = \"0.23\"\nserde = \"1\"\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\
             sdk = {{ package = {package_name:?}, path = {path:?}, features = [{features}] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n[profile.dev]\ndebug = false\n",
            name = api.name,
            package_name = api.name,
            path = package.display().to_string(),
            features = if api.name == "omise" { "\"webhooks\"" } else { "" },
        );
        write(&folder.join("Cargo.toml"), &manifest);
        let own = source(Language::Rust);
        for (from, to) in
            [("main.rs", "main.rs"), ("protocol.rs", "protocol.rs"), (&format!("{}.rs", api.name), "calls.rs")]
        {
            let text = std::fs::read_to_string(own.join(from)).expect("the driver");
            write(&folder.join("src").join(to), &text);
        }
        let built = cargo::emitted(folder, &["build", "--quiet"]);
        assert!(built.status.success(), "{}: {}", folder.display(), cargo::text(&built));
        Ok(Command::new(cargo::target().join("emitted/debug").join(format!("driver-{}", api.name))))
    }

    fn typescript(&self) -> Result<Command, String> {
        let mut node = program("node", "--version")?;
        node.arg(source(Language::TypeScript).join("driver.mjs")).arg(self.built_typescript()?);
        Ok(node)
    }

    /// The package, built.
    fn built_typescript(&self) -> Result<&Path, String> {
        let Site { package, folder, .. } = self;
        let mut npm = program("npm", "--version")?;
        copy(package, folder);
        link_node_modules(folder)?;
        run(npm.args(["run", "--silent", "build"]).current_dir(folder));
        Ok(folder)
    }

    /// Where its examples can be run.
    fn with_examples(&self) -> Result<PathBuf, String> {
        match self.language {
            Language::TypeScript => self.built_typescript().map(Path::to_owned),
            Language::Go => {
                let folder = self.folder.join("examples");
                std::fs::create_dir_all(&folder).expect("a folder");
                let mut go = program("go", "version")?;
                run(go.args(["build", "-o"]).arg(&folder).arg("./examples/...").current_dir(&self.package));
                Ok(folder)
            }
            Language::Python | Language::Rust => Ok(self.package.clone()),
        }
    }

    fn python(&self) -> Result<Command, String> {
        let mut python = Command::new(tool(Language::Python, "python")?);
        python.arg(source(Language::Python).join("driver.py")).arg(format!("{}_sdk", self.api.name));
        python.env("PYTHONPATH", self.package.join("src")).env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(python)
    }

    fn go(&self) -> Result<Command, String> {
        let mut go = program("go", "version")?;
        let Site { package, folder, .. } = self;
        copy(package, &folder.join("sdk"));
        let manifest = std::fs::read_to_string(package.join("go.mod")).expect("go.mod");
        let module = manifest.lines().find_map(|line| line.strip_prefix("module ")).expect("a module").trim();
        // What only one API's package has stands in a file of its own.
        for file in ["main.go", &format!("{}.go", self.api.name)] {
            if let Ok(own) = std::fs::read_to_string(source(Language::Go).join(file)) {
                write(&folder.join(file), &own.replace("example.com/sdk", module));
            }
        }
        let manifest =
            format!("module example.com/driver\n\ngo 1.23\n\nrequire {module} v0.0.0\n\nreplace {module} => ./sdk\n");
        write(&folder.join("go.mod"), &manifest);
        let binary = folder.join("driver");
        run(go.args(["build", "-o"]).arg(&binary).arg(".").current_dir(folder).env("GOFLAGS", "-mod=mod"));
        Ok(Command::new(binary))
    }
}

fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("it is written");
    }
}

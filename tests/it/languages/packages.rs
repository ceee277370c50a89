//! Packages as their users get them: packed, installed in a fresh project and used; and as their reviewers see them: nothing
//! for the language's formatter to change, nothing for its linter and type checker to say.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::driver::{Language, copy, run};
use super::tools::{link_node_modules, program, tool, with_tools};
use crate::support::repository;

/// A copy of the committed package that tools may write into.
fn copied(language: Language) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("package");
    std::fs::create_dir_all(&package).expect("a folder");
    copy(&repository().join("generated").join(language.name()), &package);
    (folder, package)
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("it is written");
}

#[test]
fn typescript_is_formatted_and_linted() {
    with_tools(Language::TypeScript, "formatter and linter", || {
        let (_folder, package) = copied(Language::TypeScript);
        link_node_modules(&package)?;
        run(Command::new(tool(Language::TypeScript, "prettier")?).args(["--check", "."]).current_dir(&package));
        run(Command::new(tool(Language::TypeScript, "eslint")?)
            .args(["--max-warnings", "0", "."])
            .current_dir(&package));
        Ok(())
    });
}

#[test]
fn typescript_is_packed_and_imported() {
    with_tools(Language::TypeScript, "packing", || {
        let (folder, package) = copied(Language::TypeScript);
        link_node_modules(&package)?;
        let packed = run(program("npm", "--version")?.args(["pack", "--silent"]).current_dir(&package));
        let tarball = package.join(packed.lines().next_back().expect("a name"));
        let fresh = folder.path().join("fresh");
        write(&fresh, "package.json", "{\"name\": \"fresh\", \"private\": true}");
        run(program("npm", "--version")?
            .args(["install", "--silent", "--offline", "--no-audit", "--no-fund"])
            .arg(&tarball)
            .current_dir(&fresh));
        let shown = "const omise = new Omise({ secretKey: 'skey_test_1' }); console.log(typeof omise.charges.create);";
        write(&fresh, "esm.mjs", &format!("import {{ Omise }} from 'omise-sdk'; {shown}"));
        write(&fresh, "cjs.cjs", &format!("const {{ Omise }} = require('omise-sdk'); {shown}"));
        for file in ["esm.mjs", "cjs.cjs"] {
            assert_eq!(run(program("node", "--version")?.arg(file).current_dir(&fresh)), "function", "{file}");
        }
        Ok(())
    });
}

#[test]
fn python_is_formatted_linted_and_typed() {
    with_tools(Language::Python, "formatter, linter and type checkers", || {
        let (_folder, package) = copied(Language::Python);
        let tool = |name: &str| tool(Language::Python, name).map(Command::new);
        run(tool("ruff")?.args(["format", "--check", "."]).current_dir(&package));
        run(tool("ruff")?.args(["check", "."]).current_dir(&package));
        run(tool("mypy")?.args(["--strict", "src", "examples"]).current_dir(&package));
        let python = super::tools::tool(Language::Python, "python")?;
        run(tool("pyright")?.arg("--pythonpath").arg(python).current_dir(&package));
        Ok(())
    });
}

#[test]
fn python_is_a_wheel_that_installs() {
    with_tools(Language::Python, "the wheel", || {
        let (folder, package) = copied(Language::Python);
        let python = tool(Language::Python, "python")?;
        run(Command::new(&python)
            .args(["-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"])
            .current_dir(&package));
        let wheel =
            std::fs::read_dir(package.join("dist")).expect("a folder").next().expect("a wheel").expect("it reads");
        let venv = folder.path().join("venv");
        // What the wheel depends on is here; the wheel itself is not.
        run(Command::new(&python).args(["-m", "venv", "--system-site-packages"]).arg(&venv));
        let own = venv.join("bin/python");
        let installed = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index"];
        run(Command::new(&own).args(installed).arg(wheel.path()));
        let used = "import omise_sdk; print(omise_sdk.Client(secret_key='skey_test_1').charges.create.__name__)";
        let site = python.parent().and_then(Path::parent).expect("the tools").join("lib");
        let site = std::fs::read_dir(site).expect("a folder").next().expect("a version").expect("it reads").path();
        let mut command = Command::new(&own);
        command.args(["-c", used]).env("PYTHONPATH", site.join("site-packages"));
        assert_eq!(run(&mut command), "create");
        Ok(())
    });
}

#[test]
fn go_is_formatted_vetted_and_checked() {
    with_tools(Language::Go, "gofmt, vet and staticcheck", || {
        let (_folder, package) = copied(Language::Go);
        let mut go = program("go", "version")?;
        assert_eq!(run(Command::new("gofmt").arg("-l").arg(&package)), "", "gofmt changes these");
        run(go.args(["vet", "./..."]).current_dir(&package));
        run(Command::new(tool(Language::Go, "staticcheck")?).arg("./...").current_dir(&package));
        Ok(())
    });
}

/// The runtime's own tests, in its own language.
#[test]
fn runtimes_pass_their_own_tests() {
    with_tools(Language::Go, "tests of the runtime", || {
        // They are tests of the package itself, so that they stand in one folder with it.
        let (_folder, package) = copied(Language::Go);
        copy(&repository().join("templates/go/tests"), &package);
        run(program("go", "version")?.args(["test", "./..."]).current_dir(&package));
        Ok(())
    });
    with_tools(Language::Python, "tests of the runtime", || {
        let mut pytest = Command::new(tool(Language::Python, "pytest")?);
        let package = repository().join("generated/python/src");
        pytest.args(["-q", "-p", "no:cacheprovider"]).arg(repository().join("templates/python/tests"));
        run(pytest.env("PYTHONPATH", package).env("PYTHONDONTWRITEBYTECODE", "1"));
        Ok(())
    });
    with_tools(Language::TypeScript, "tests of the runtime", || {
        let folder = tempfile::tempdir().expect("a folder");
        for part in ["runtime", "static", "tests"] {
            let to = folder.path().join(part);
            std::fs::create_dir_all(&to).expect("a folder");
            copy(&repository().join("templates/typescript").join(part), &to);
        }
        let tests = folder.path().join("tests");
        link_node_modules(&tests)?;
        let told = run(program("npm", "--version")?.args(["test", "--silent"]).current_dir(&tests));
        assert!(told.contains("# fail 0") && !told.contains("# tests 0"), "{told}");
        Ok(())
    });
}

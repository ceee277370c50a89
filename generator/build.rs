//! Lists the folders of templates that languages are made of, so that the binary carries them.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use carried::is_carried;

#[allow(unreachable_pub, reason = "the library shows it to xtask")]
#[path = "src/target/carried.rs"]
mod carried;

fn main() -> Result<(), Box<dyn Error>> {
    let templates = fs::canonicalize("../templates")?;
    println!("cargo::rerun-if-changed={}", templates.display());
    let mut files = Vec::new();
    for language in fs::read_dir(&templates)? {
        let folder = language?.path();
        if folder.join("target.toml").is_file() || folder.ends_with("docs") {
            collect(&folder, &mut files)?;
        }
    }
    files.sort();
    let mut list = String::from(
        "/// The files built in: path below `templates/`, and text.\nstatic BUILT_IN: &[(&str, &str)] = &[\n",
    );
    for file in &files {
        let path =
            file.strip_prefix(&templates)?.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        writeln!(list, "    ({path:?}, include_str!({:?})),", file.display().to_string())?;
    }
    list.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("languages.rs"), list)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() {
            files.push(path);
        } else if is_carried(&name) {
            collect(&path, files)?;
        }
    }
    Ok(())
}

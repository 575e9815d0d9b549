//! Where things are, and which versions the project asks for.

use crate::Outcome;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies inside the workspace").to_path_buf()
}

/// Tools live here and nowhere else; git ignores it.
pub fn tools() -> PathBuf {
    root().join(".tools")
}

/// The finished site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Notes of this program between two runs: build stamps and logs.
pub fn notes() -> PathBuf {
    root().join("target").join("xtask")
}

/// The version of a package as `Cargo.lock` has it.
pub fn locked_version(package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read ({error}); get it back with `git checkout Cargo.lock`."))?;
    version_in_lock(&lock, package)
        .ok_or_else(|| format!("Cargo.lock has no package `{package}`; get it back with `git checkout Cargo.lock`."))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

/// The first thing in a tool's `--version` that looks like a version: `wasm-opt version 132` has `132`.
pub fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_gives_versions() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.128\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.128"));
        assert_eq!(version_in_lock(lock, "yew"), None);
    }

    #[test]
    fn versions_are_found_in_what_tools_say() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("ChromeDriver 156.0.1 (abc)"), Some("156.0.1"));
        assert_eq!(version_in("no number"), None);
    }
}

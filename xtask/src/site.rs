//! The release build of the site: skipped when nothing has changed, and checked for what a strict host would refuse.

use crate::{
    Outcome,
    process::{self, run},
    project,
    sizes::{self, Verdict},
    tools,
    wasm_toolchain::WasmToolchain,
};
use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    io,
    path::Path,
    time::Instant,
};

/// Everything that decides what the site becomes.
const INPUTS: [&str; 8] =
    ["src", "static", "index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml", "build.rs", ".cargo/config.toml"];

/// `cargo xtask build`.
pub fn command() -> Outcome {
    build()?;
    weigh()?;
    println!("dist/ is ready: copy it into any folder of any static host.");
    Ok(())
}

/// The size table of the finished site.
pub fn weigh() -> Outcome<Verdict> {
    sizes::print_table(&project::dist())
}

/// Builds the site, unless the last build had the same inputs and its result is still there untouched.
pub fn build_if_changed() -> Outcome {
    let note = project::notes().join("site-stamp");
    if let (Ok(last), Ok(now)) = (fs::read_to_string(&note), stamp())
        && last == now
    {
        println!("The site is up to date.");
        return Ok(());
    }
    build()
}

/// Builds the site with whatever toolchain and tools there are or can be had.
pub fn build() -> Outcome {
    let note = project::notes().join("site-stamp");
    if !note.exists() {
        println!("The first build gets its tools and compiles everything: ten minutes or so on two cores, once.");
    }
    // A failed build must not look like the last good one.
    let _ = fs::remove_file(&note);
    let toolchain = WasmToolchain::ensure()?;
    tools::ensure_for_site()?;
    fetch(&toolchain)?;
    println!("Building the site in release mode with {} …", toolchain.name());
    let start = Instant::now();
    let mut trunk = process::command("trunk");
    toolchain.apply(&mut trunk);
    // Offline for Trunk means: take the tools that are there. Cargo has fetched its crates above.
    trunk.args(["build", "--release", "--offline", "--locked", "--log", "warn"]).env_remove("NO_COLOR");
    run(&mut trunk, "The site was not built: mend what the compiler says above.")?;
    println!("Built in {} s.", start.elapsed().as_secs());
    check(&project::dist())?;
    let written = stamp().and_then(|stamp| {
        fs::create_dir_all(project::notes())?;
        fs::write(&note, stamp)
    });
    written.map_err(|error| format!("{} cannot be written ({error}).", note.display()))
}

/// Gets the crates of the WebAssembly build, those of the standard library too where that is built.
pub fn fetch(toolchain: &WasmToolchain) -> Outcome {
    run(
        toolchain.cargo("fetch").args(["--locked", "--quiet"]),
        "The crates could not be fetched: check the network; if Cargo.toml has changed, `cargo check` mends Cargo.lock.",
    )
}

/// A strict Content-Security-Policy, any folder of any host, and no program that the reader has not asked for: all are
/// promised, so all are looked after.
fn check(dist: &Path) -> Outcome {
    let page = fs::read_to_string(dist.join("index.html"))
        .map_err(|error| format!("dist/index.html cannot be read ({error}); run `cargo xtask build` again."))?;
    if let Some(offence) = offence(&page) {
        return Err(format!("dist/index.html has {offence}: mend index.html or Trunk.toml."));
    }
    Ok(())
}

/// The first thing in a page that the policy forbids, that holds only at the root of a host, or that loads too much.
fn offence(page: &str) -> Option<&'static str> {
    let mut scripts = page.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
    if scripts.any(|attributes| !attributes.contains(" src=")) {
        return Some("an inline script");
    }
    if page.contains("<style") || page.contains(" style=") {
        return Some("an inline style");
    }
    if ["href=\"/", "src=\"/", "href=\"http", "src=\"http"].iter().any(|start| page.contains(start)) {
        return Some("an absolute address");
    }
    // Only the start script knows which program the address asks for.
    if page.contains("modulepreload") || page.contains("rel=\"preload\"") {
        return Some("a program loaded ahead");
    }
    (!page.contains("Content-Security-Policy")).then_some("no Content-Security-Policy")
}

/// A fingerprint of the inputs and of the finished site.
fn stamp() -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    let root = project::root();
    for input in INPUTS {
        let path = root.join(input);
        let files = if path.is_dir() { sizes::files_below(&path)? } else { vec![path] };
        for file in files {
            file.strip_prefix(&root).unwrap_or(&file).hash(&mut hasher);
            fs::read(&file)?.hash(&mut hasher);
        }
    }
    for file in sizes::files_below(&project::dist())? {
        file.strip_prefix(&root).unwrap_or(&file).hash(&mut hasher);
        fs::metadata(&file)?.len().hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_policy_forbids_is_found() {
        let good =
            "<meta http-equiv=\"Content-Security-Policy\"><script type=\"module\" src=\"static/start.js\"></script>";
        assert_eq!(offence(good), None);
        assert_eq!(offence(&format!("{good}<script>go()</script>")), Some("an inline script"));
        assert_eq!(offence(&format!("{good}<p style=\"color: red\">")), Some("an inline style"));
        assert_eq!(offence(&format!("{good}<link href=\"/app.js\">")), Some("an absolute address"));
        assert_eq!(
            offence(&format!("{good}<link rel=\"modulepreload\" href=\"a.js\">")),
            Some("a program loaded ahead")
        );
        assert_eq!(offence("<p>"), Some("no Content-Security-Policy"));
    }
}

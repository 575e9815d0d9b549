//! Trunk, wasm-bindgen, wasm-opt and geckodriver: found on `PATH` in the right version, or installed into `.tools/`.

use crate::{
    Outcome,
    process::{capture, command, find, run},
    project,
};
use std::{fs, path::PathBuf};

/// The newest Trunk that builds with the compilers the project supports.
const TRUNK: &str = "0.21.14";
/// Older ones do not know all instructions that today's compilers emit.
const OLDEST_WASM_OPT: u32 = 117;
/// The release of the npm package `binaryen` that brings wasm-opt.
const BINARYEN: &str = "132.0.0";
/// The release of the npm package `axe-core`, the checker of accessibility.
const AXE: &str = "4.10.3";

/// What the release build needs: Trunk, wasm-bindgen and wasm-opt.
pub fn ensure_for_site() -> Outcome {
    ensure_wasm_bindgen()?;
    if version_of("trunk").as_deref() != Some(TRUNK) {
        // Without the update check and TLS it builds quicker and asks the network nothing.
        cargo_install("trunk", TRUNK, &["--no-default-features"], "about four minutes")?;
    }
    ensure_wasm_opt()
}

/// What a bare module needs: wasm-bindgen and wasm-opt.
pub fn ensure_for_module() -> Outcome {
    ensure_wasm_bindgen()?;
    ensure_wasm_opt()
}

/// wasm-bindgen and its test runner, in the version of `Cargo.lock`, which must be equal to the last digit.
pub fn ensure_wasm_bindgen() -> Outcome {
    let version = project::locked_version("wasm-bindgen")?;
    let present = |tool| version_of(tool).as_deref() == Some(&version);
    if present("wasm-bindgen") && present("wasm-bindgen-test-runner") {
        return Ok(());
    }
    cargo_install("wasm-bindgen-cli", &version, &[], "about two minutes")
}

/// The driver of Firefox; its path.
pub fn ensure_geckodriver() -> Outcome<PathBuf> {
    if let Some(path) = find("geckodriver") {
        return Ok(path);
    }
    cargo_install("geckodriver", "", &[], "about a minute")?;
    find("geckodriver").ok_or_else(|| "geckodriver is missing after its installation; install it by hand.".to_owned())
}

/// The script that checks a page's accessibility; its path.
pub fn ensure_axe() -> Outcome<PathBuf> {
    let script = project::tools().join("npm/node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        println!("Installing axe-core {AXE} (some seconds) …");
        npm_install(
            &format!("axe-core@{AXE}"),
            "Install Node.js with npm by hand: the accessibility check comes from it.",
        )?;
    }
    Ok(script)
}

/// `npm install` into the project.
fn npm_install(package: &str, advice: &str) -> Outcome {
    let folder = project::tools().join("npm");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made ({error}).", folder.display()))?;
    let npm = find("npm").ok_or_else(|| advice.to_owned())?;
    let mut npm = command(npm);
    npm.args(["install", "--silent", "--no-fund", "--no-audit", "--prefix"]).arg(&folder);
    run(npm.arg(package), advice)
}

fn ensure_wasm_opt() -> Outcome {
    let good_enough = || {
        let major = version_of("wasm-opt").and_then(|version| version.split('.').next()?.parse::<u32>().ok());
        major.is_some_and(|major| major >= OLDEST_WASM_OPT)
    };
    if good_enough() {
        return Ok(());
    }
    let advice = format!(
        "wasm-opt {OLDEST_WASM_OPT} or later is missing: install Binaryen by hand (it is in most package managers) and \
         see that `wasm-opt` is on the PATH."
    );
    if find("npm").is_some() {
        println!("Installing wasm-opt: npm package binaryen {BINARYEN} (some seconds) …");
        if npm_install(&format!("binaryen@{BINARYEN}"), &advice).is_ok() && good_enough() {
            return Ok(());
        }
    }
    // The crate carries an older one, yet one that reads this project's modules; compiling it takes long.
    if project::tools().join("bin/wasm-opt").is_file() {
        return Ok(());
    }
    cargo_install("wasm-opt", "", &[], "about ten minutes").map_err(|_| advice)
}

/// The version that a tool says it has, wherever it is found first.
fn version_of(tool: &str) -> Option<String> {
    let said = capture(command(find(tool)?).arg("--version"))?;
    project::version_in(&said).map(str::to_owned)
}

/// `cargo install` into the project; an empty version means the newest.
fn cargo_install(package: &str, version: &str, options: &[&str], duration: &str) -> Outcome {
    println!("Installing {package} {version} into .tools/ ({duration}, once) …");
    let build = project::tools().join("build");
    let mut cargo = command("cargo");
    // Outside the workspace's settings: its flags and target folder are none of the tools' business.
    cargo.env("CARGO_TARGET_DIR", &build).args(["install", "--quiet", "--locked", "--debug", "--force", package]);
    if !version.is_empty() {
        cargo.args(["--version", version]);
    }
    cargo.args(options).arg("--root").arg(project::tools());
    let name = [package, version].join(" ");
    let outcome = run(
        &mut cargo,
        &format!("{} could not be installed; check the network, or install it by hand.", name.trim_end()),
    );
    // The tool itself has been copied; what it was built from is only in the way.
    let _ = fs::remove_dir_all(build);
    outcome
}

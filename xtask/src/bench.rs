//! `cargo xtask bench`: the convolutions in a headless browser, with SIMD, without, and beside the plain reference.

use crate::{
    Outcome,
    process::{self, Background, find, run},
    project,
    serve::Server,
    site, tools,
    wasm_toolchain::WasmToolchain,
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// What is copied as it is.
const PAGE: [&str; 3] = ["index.html", "bench.js", "peer.js"];
/// The features of the project's settings without SIMD.
const WITHOUT_SIMD: &str = "-Ctarget-feature=+bulk-memory,+nontrapping-fptoint,+sign-ext";
/// What .cargo/config.toml lets rustc use, as index.html tells it to wasm-opt too.
const WASM_OPT_FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];
/// The page takes a minute on two cores; a slow machine may take some more.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds the page twice, runs it and prints its table.
pub fn command() -> Outcome {
    let toolchain = WasmToolchain::ensure()?;
    tools::ensure_for_module()?;
    site::fetch(&toolchain)?;
    let folder = project::root().join("target/bench/page");
    build(&toolchain, None, "simd", &folder)?;
    build(&toolchain, Some(WITHOUT_SIMD), "plain", &folder.join("plain"))?;
    for file in PAGE {
        fs::copy(project::root().join("benches/browser").join(file), folder.join(file))
            .map_err(|error| format!("{file} cannot be copied to {} ({error}).", folder.display()))?;
    }
    println!("Running the page, about a minute …");
    let table = run_page(&folder)?;
    println!(
        "\n| case | ms | without SIMD, ms | reference, ms | SIMD gains | times as fast as the reference | difference |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |\n{table}\n");
    println!("Times are the shortest of many turns. For a harness of peers, the module and its adapter are here:");
    println!("{}", folder.display());
    Ok(())
}

/// Builds the module with these flags, or with the project's own, into `folder`.
fn build(toolchain: &WasmToolchain, flags: Option<&str>, name: &str, folder: &Path) -> Outcome {
    println!("Building the module, {name}, with {} …", toolchain.name());
    // A folder each: other flags would make everything anew every time.
    let target = project::root().join("target/bench").join(name);
    let mut cargo = toolchain.cargo("build");
    cargo.args(["--release", "--quiet", "--locked", "--package", "bench-browser", "--target-dir"]).arg(&target);
    if let Some(flags) = flags {
        cargo.env("RUSTFLAGS", flags);
    }
    run(&mut cargo, "Mend what the compiler says above.")?;

    let module = target.join("wasm32-unknown-unknown/release/bench_browser.wasm");
    let mut bindgen = process::command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(folder).arg(module);
    run(&mut bindgen, "wasm-bindgen failed: its version has to be that of Cargo.lock.")?;

    let module = folder.join("bench_browser_bg.wasm");
    let mut optimiser = process::command("wasm-opt");
    optimiser.arg("-O3").args(WASM_OPT_FEATURES).arg(&module).arg("-o").arg(&module);
    run(&mut optimiser, "wasm-opt failed: install a newer Binaryen.")
}

/// Opens the page in headless Chromium and waits for the table that it reports.
fn run_page(folder: &Path) -> Outcome<String> {
    let browser = chromium()?;
    let server = Server::start(folder, "/", process::free_port()?)?;
    let mail = tiny_http::Server::http("127.0.0.1:0").map_err(|error| format!("No port for the report ({error})."))?;
    let port = mail.server_addr().to_ip().map(|address| address.port()).ok_or("The report has no port.")?;
    let profile = project::notes().join("bench-profile");
    let _ = fs::remove_dir_all(&profile);

    let mut chromium = process::command(browser);
    chromium.args(["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]);
    chromium.args(["--disable-background-networking", "--disable-component-update"]);
    chromium.args(["--disable-background-timer-throttling", "--disable-renderer-backgrounding"]);
    if process::is_root() {
        chromium.arg("--no-sandbox");
    }
    chromium.arg(format!("--user-data-dir={}", profile.display()));
    chromium.arg(format!("{}?report=http://127.0.0.1:{port}/", server.address()));
    let _running = Background::start("bench-browser", &mut chromium)?;

    let silence = "The page reported nothing; target/xtask/bench-browser.log may say why.";
    let mut letter = mail.recv_timeout(PATIENCE).ok().flatten().ok_or(silence)?;
    let mut text = String::new();
    letter.as_reader().read_to_string(&mut text).map_err(|error| format!("The report broke off ({error})."))?;
    let _ = letter.respond(tiny_http::Response::empty(204));
    if text.starts_with("error") { Err(format!("The page failed: {text}.")) } else { Ok(text) }
}

fn chromium() -> Outcome<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
        .iter()
        .find_map(|name| find(name))
        .ok_or_else(|| "No Chromium on the PATH: install it; `cargo xtask test` does so on Debian as root.".to_owned())
}

//! The steps of the test run. All of them run, even after one has failed: a run tells as much as it can.

use crate::{
    Outcome,
    browsers::{self, Browser, Browsers, Engine},
    numpy,
    process::{self, capture, free_port, run},
    project,
    serve::Server,
    site, tools,
    wasm_toolchain::{WasmToolchain, apt_install},
};
use std::{
    env, fs,
    process::Command,
    time::{Duration, Instant},
};

/// A step: its name for `--only`, what it does, and the doing.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Run) -> Outcome,
}

const STEPS: &[Step] = &[
    Step { name: "fmt", what: "the code is formatted", run: fmt },
    Step { name: "clippy", what: "no lint, native", run: clippy },
    Step { name: "clippy-wasm", what: "no lint in what only the browser runs", run: clippy_wasm },
    Step { name: "native", what: "the tests that need no browser", run: native },
    Step { name: "doc", what: "the documentation has no warnings", run: doc },
    Step { name: "browser", what: "the tests inside a browser", run: browser },
    Step { name: "site", what: "the release build keeps its budget", run: build_site },
    Step { name: "end-to-end", what: "the finished site, driven like a reader would", run: end_to_end },
];

/// The names for `--only`, in order.
pub fn step_names() -> String {
    STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(", ")
}

/// What the steps share and leave behind for the summary.
#[derive(Default)]
struct Run {
    toolchain: Option<WasmToolchain>,
    browsers: Option<Browsers>,
    /// Which engine did what.
    covered: Vec<(Engine, &'static str)>,
    /// Sentences that belong into the summary.
    remarks: Vec<String>,
}

impl Run {
    fn toolchain(&mut self) -> Outcome<&WasmToolchain> {
        match self.toolchain {
            Some(ref toolchain) => Ok(toolchain),
            None => Ok(self.toolchain.insert(WasmToolchain::ensure()?)),
        }
    }

    fn browsers(&mut self) -> Outcome<&Browsers> {
        if self.browsers.is_none() {
            let browsers = browsers::ensure();
            self.remarks.extend(browsers.missing.iter().cloned());
            self.browsers = Some(browsers);
        }
        let browsers = self.browsers.as_ref().expect("it was put there above");
        if browsers.found.is_empty() {
            return Err(format!("No browser to test in. {}", browsers.missing.join(" ")));
        }
        if env::var_os("CI").is_some() && !browsers.missing.is_empty() {
            return Err(format!("A run in CI needs every browser. {}", browsers.missing.join(" ")));
        }
        Ok(browsers)
    }
}

/// The names that `--only` asks for; none means all.
fn chosen(arguments: &[&str]) -> Outcome<Vec<&'static str>> {
    let mut only = Vec::new();
    for pair in arguments.chunks(2) {
        let wanted = match pair {
            ["--only", name] => STEPS.iter().find(|step| step.name == *name),
            _ => None,
        };
        only.push(wanted.ok_or_else(|| format!("`test` takes `--only` and one of: {}.", step_names()))?.name);
    }
    Ok(only)
}

/// `cargo xtask test [--only STEP]…`: runs the steps and prints the summary.
pub fn command(arguments: &[&str]) -> Outcome {
    let only = chosen(arguments)?;
    let start = Instant::now();
    let mut run = Run::default();
    let mut results: Vec<(&Step, Outcome, Duration)> = Vec::new();
    for step in STEPS.iter().filter(|step| only.is_empty() || only.contains(&step.name)) {
        println!("\n== {}: {}", step.name, step.what);
        let step_start = Instant::now();
        let outcome = (step.run)(&mut run);
        if let Err(sentence) = &outcome {
            println!("{}: {sentence}", step.name);
        }
        results.push((step, outcome, step_start.elapsed()));
    }
    println!("\n== summary");
    for (step, outcome, duration) in &results {
        let verdict = if outcome.is_ok() { "passed" } else { "FAILED" };
        println!("{:<12} {verdict} {:>5} s", step.name, duration.as_secs());
    }
    for remark in &run.remarks {
        println!("{remark}");
    }
    print_engines(&run.covered);
    let failed: Vec<_> = results.iter().filter(|(_, outcome, _)| outcome.is_err()).collect();
    println!("{} steps passed, {} failed, {} s", results.len() - failed.len(), failed.len(), start.elapsed().as_secs());
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(failed
            .iter()
            .map(|(step, outcome, _)| format!("{}: {}", step.name, outcome.as_ref().err().map_or("", String::as_str)))
            .collect::<Vec<_>>()
            .join("\n")),
    }
}

fn print_engines(covered: &[(Engine, &'static str)]) {
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let done: Vec<_> = covered.iter().filter(|(other, _)| *other == engine).map(|(_, what)| *what).collect();
        let done = if done.is_empty() { "not covered by this run".to_owned() } else { done.join(", ") };
        println!("{}: {done}", engine.name());
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = process::command("cargo");
    cargo.args(arguments);
    cargo
}

fn fmt(_: &mut Run) -> Outcome {
    run(&mut cargo(&["fmt", "--all", "--check"]), "Run `cargo fmt --all` (component rustfmt).")
}

fn clippy(_: &mut Run) -> Outcome {
    let mut clippy = cargo(&["clippy", "--quiet", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    run(&mut clippy, "Mend what clippy says above (component clippy).")
}

fn clippy_wasm(run_state: &mut Run) -> Outcome {
    let mut toolchain = run_state.toolchain()?;
    if matches!(toolchain, WasmToolchain::Debian { .. }) && !toolchain.has_clippy() {
        let _ = apt_install(&["rust-web-clippy"], "clippy for Debian's compiler");
    }
    if !toolchain.has_clippy() {
        let name = toolchain.name();
        run_state.remarks.push(format!("No clippy fits {name}: the browser's code was compiled, not linted."));
        toolchain = run_state.toolchain()?;
        let mut check = toolchain.cargo("check");
        check.args(["--quiet", "--locked", "--lib", "--bins"]).args(web_test_arguments()?);
        return run(&mut check, "Mend what the compiler says above.");
    }
    let mut clippy = toolchain.cargo("clippy");
    clippy.args(["--quiet", "--locked", "--lib", "--bins"]).args(web_test_arguments()?).args(["--", "-D", "warnings"]);
    run(&mut clippy, "Mend what clippy says above.")
}

/// The variable that proptest takes its seed from.
const SEED_OF_PROPERTIES: &str = "PROPTEST_RNG_SEED";

/// The seed of the properties' random cases, by the commit: every commit draws its own, and draws them again in every run
/// and on every machine, so that a failure in one place can be looked for in another. Whoever has set a seed keeps it;
/// without git chance decides.
fn seed_of_the_commit() -> Option<String> {
    if env::var_os(SEED_OF_PROPERTIES).is_some() {
        return None;
    }
    let commit = capture(process::command("git").args(["rev-parse", "HEAD"]))?;
    u64::from_str_radix(commit.get(..16)?, 16).ok().map(|seed| seed.to_string())
}

fn native(run_state: &mut Run) -> Outcome {
    let mut tests = cargo(&["test", "--quiet", "--locked", "--workspace"]);
    if let Some(seed) = seed_of_the_commit() {
        tests.env(SEED_OF_PROPERTIES, seed);
    }
    let python = numpy::ensure();
    if python.pillow {
        tests.env("REQUIRE_PILLOW", "1");
    }
    if python.numpy {
        tests.env("REQUIRE_NUMPY", "1");
    } else {
        run_state
            .remarks
            .push("NumPy is missing (python3-numpy): the programs that the page hands out were not run.".to_owned());
    }
    run(&mut tests, "Mend the tests that failed above.")
}

fn doc(run_state: &mut Run) -> Outcome {
    let advice = "Mend what rustdoc says above.";
    let mut native = cargo(&["doc", "--quiet", "--locked", "--no-deps", "--workspace"]);
    run(native.env("RUSTDOCFLAGS", "-D warnings"), advice)?;
    // The layers that exist only in the browser are documented too.
    let mut wasm = run_state.toolchain()?.cargo("doc");
    run(wasm.args(["--quiet", "--locked", "--no-deps", "--lib"]).env("RUSTDOCFLAGS", "-D warnings"), advice)
}

/// The tests inside a browser are the files `tests/web_*.rs`.
fn web_test_arguments() -> Outcome<Vec<String>> {
    let folder = project::root().join("tests");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{} cannot be read ({error}).", folder.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .filter(|name| name.starts_with("web_"))
        .collect();
    names.sort();
    Ok(names.into_iter().flat_map(|name| ["--test".to_owned(), name]).collect())
}

fn browser(run_state: &mut Run) -> Outcome {
    tools::ensure_wasm_bindgen()?;
    run_state.browsers()?;
    run_state.toolchain()?;
    let (Some(toolchain), Some(browsers)) = (&run_state.toolchain, &run_state.browsers) else { unreachable!() };
    let mut failures = Vec::new();
    for browser in &browsers.found {
        let mut test = toolchain.cargo("test");
        // Not `--quiet`: cargo would hand it on to the test runner, which does not know it.
        test.args(["--locked", "--no-fail-fast"]).args(web_test_arguments()?);
        for name in ["CHROMEDRIVER", "GECKODRIVER"] {
            test.env_remove(name);
        }
        match browser.engine {
            // The flags of webdriver.json are Chromium's.
            Engine::Chromium => test.env("CHROMEDRIVER", &browser.driver),
            Engine::Firefox => test
                .env("GECKODRIVER", &browser.driver)
                .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", firefox_capabilities(browser)?),
            // The test runner does not know its driver; the end-to-end tests do.
            Engine::WebKit => continue,
        };
        test.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
        // Static hosts do not isolate origins either.
        test.env("WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION", "1");
        println!("-- in {} {}", browser.engine.name(), browser.version());
        match run(&mut test, &format!("Mend what failed in {}.", browser.engine.name())) {
            Ok(()) => run_state.covered.push((browser.engine, "tests inside the browser")),
            Err(sentence) => failures.push(sentence),
        }
    }
    all_well(failures)
}

/// Writes the capabilities for the in-browser tests in Firefox; the file's path.
fn firefox_capabilities(browser: &Browser) -> Outcome<std::path::PathBuf> {
    let path = project::notes().join("webdriver-firefox.json");
    let text = match &browser.binary {
        Some(binary) => format!("{{ \"moz:firefoxOptions\": {{ \"binary\": {:?} }} }}\n", binary.display().to_string()),
        None => "{}\n".to_owned(),
    };
    let written = fs::create_dir_all(project::notes()).and_then(|()| fs::write(&path, text));
    written.map(|()| path).map_err(|error| format!("target/xtask cannot be written ({error})."))
}

fn build_site(run_state: &mut Run) -> Outcome {
    site::build()?;
    let verdict = site::weigh()?;
    run_state.remarks.push(verdict.sentence.clone());
    if verdict.kept { Ok(()) } else { Err(format!("{} Make the page smaller.", verdict.sentence)) }
}

fn end_to_end(run_state: &mut Run) -> Outcome {
    // After the step above this finds everything up to date; alone it builds what is missing.
    site::build_if_changed()?;
    run_state.browsers()?;
    let Some(browsers) = &run_state.browsers else { unreachable!() };
    run(
        &mut cargo(&["build", "--quiet", "--locked", "--package", "end-to-end"]),
        "Mend what the compiler says above.",
    )?;
    numpy::ensure();
    let axe = tools::ensure_axe()?;
    // A folder of its own: nothing may rest on being at the root of a host.
    let server = Server::start(&project::dist(), "/some/folder/", free_port()?)?;
    let mut failures = Vec::new();
    for browser in &browsers.found {
        println!("-- in {} {}", browser.engine.name(), browser.version());
        let outcome = browser.start_driver().and_then(|driver| {
            let mut suite = cargo(&["run", "--quiet", "--locked", "--package", "end-to-end", "--"]);
            suite.args(["--browser", browser.engine.argument(), "--driver-url", &driver.address]);
            suite.args(["--site", &server.address()]).arg("--axe").arg(&axe);
            if let Some(binary) = &browser.binary {
                suite.arg("--binary").arg(binary);
            }
            let advice = "Mend what failed; target/end-to-end/ has screenshots";
            run(&mut suite, &format!("{advice} ({}).", browser.engine.name()))
        });
        match outcome {
            Ok(()) => run_state.covered.push((browser.engine, "end-to-end")),
            Err(sentence) => failures.push(sentence),
        }
    }
    all_well(failures)
}

fn all_well(failures: Vec<String>) -> Outcome {
    if failures.is_empty() { Ok(()) } else { Err(failures.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_chosen_by_name() {
        assert_eq!(chosen(&[]), Ok(vec![]));
        assert_eq!(chosen(&["--only", "fmt", "--only", "site"]), Ok(vec!["fmt", "site"]));
        assert!(chosen(&["--only"]).is_err());
        assert!(chosen(&["--only", "everything"]).is_err());
    }
}

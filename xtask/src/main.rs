//! The commands of the README: `cargo xtask serve`, `cargo xtask build` and `cargo xtask test`.
//!
//! Each gets what is missing on a machine that has only a Rust toolchain, says what it is doing, and keeps every tool
//! inside `.tools/` of the project.
//!
//! * [`project`]: where things are, and which versions the project asks for.
//! * [`process`]: children: run, capture, start in the background and always stop.
//! * [`wasm_toolchain`]: a compiler that can make WebAssembly.
//! * [`tools`]: Trunk, wasm-bindgen, wasm-opt and geckodriver: found or installed.
//! * [`browsers`]: the browsers and their drivers, found or installed.
//! * [`site`]: the release build, skipped when nothing has changed, and its checks.
//! * [`sizes`]: what the site weighs on its way to the reader.
//! * [`serve`]: the static server.
//! * [`mod@bench`]: the convolutions timed in a browser.
//! * [`mod@test`]: the steps of the test run.

mod bench;
mod browsers;
mod numpy;
mod process;
mod project;
mod serve;
mod site;
mod sizes;
mod test;
mod tools;
mod wasm_toolchain;

use std::process::ExitCode;

/// A result whose error is one sentence: what went wrong and what to do.
type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "\
cargo xtask serve [--port N]     build the page in release mode, if anything has changed, and serve it
cargo xtask build                make dist/, ready for any folder of any static host, and weigh it
cargo xtask test [--only STEP]…  every check of the project; what is missing for it is installed first
cargo xtask bench                time the convolutions in headless Chromium, with SIMD, without, and by the plain reference";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["serve"] => serve::command(None),
        ["serve", "--port", port] => match port.parse() {
            Ok(port) => serve::command(Some(port)),
            Err(_) => Err(format!("`{port}` is no port: give a number from 1 to 65535.")),
        },
        ["build"] => site::command(),
        ["bench"] => bench::command(),
        ["test", only @ ..] => test::command(only),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}\n\nSteps: {}", test::step_names());
            return ExitCode::SUCCESS;
        }
        _ => Err(format!("These are the commands:\n\n{USAGE}\n\nSteps: {}", test::step_names())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n{sentence}");
            ExitCode::FAILURE
        }
    }
}

//! A compiler that can make WebAssembly: the user's own, or Debian's, which carries the library sources to build the
//! standard library from. Native builds always use the user's own.

use crate::{
    Outcome,
    process::{capture, command, find, is_root, path_with, run},
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's names; `rust-web-clippy` is for the tests, but small.
const DEBIAN_PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-19"];
/// Debian's rustc and cargo live here, beside rustup's, which come first in `PATH`.
const DEBIAN_BIN: &str = "/usr/bin";

/// Where WebAssembly comes from.
pub enum WasmToolchain {
    /// The user's toolchain has the target.
    Own,
    /// Debian's compiler builds the standard library itself and links with this `wasm-ld`.
    Debian { linker: PathBuf },
}

impl WasmToolchain {
    /// Finds a toolchain or installs one.
    pub fn ensure() -> Outcome<Self> {
        if own_has_target() {
            return Ok(Self::Own);
        }
        if find("rustup").is_some() {
            println!("Adding the target {TARGET} to the Rust toolchain (some seconds) …");
            if command("rustup").args(["target", "add", TARGET]).status().is_ok_and(|status| status.success())
                && own_has_target()
            {
                return Ok(Self::Own);
            }
            println!("rustup could not download it; looking for a compiler that builds its own library.");
        }
        if let Some(linker) = debian_linker() {
            return Ok(Self::Debian { linker });
        }
        if apt_install(&DEBIAN_PACKAGES, "a compiler for WebAssembly, about a minute").is_ok()
            && let Some(linker) = debian_linker()
        {
            return Ok(Self::Debian { linker });
        }
        Err(format!(
            "No WebAssembly target: run `rustup target add {TARGET}` where the network allows it, or on Debian, as root, \
             `apt-get install {}`.",
            DEBIAN_PACKAGES.join(" ")
        ))
    }

    /// Sets a command up for a WebAssembly build.
    pub fn apply(&self, command: &mut Command) {
        let Self::Debian { linker } = self else { return };
        for name in ["RUSTUP_TOOLCHAIN", "RUSTDOC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "LD_LIBRARY_PATH"] {
            command.env_remove(name);
        }
        let bin = Path::new(DEBIAN_BIN);
        command
            .env("PATH", path_with(&[bin]))
            .env("RUSTC", bin.join("rustc"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }

    /// A cargo command for the WebAssembly target: `subcommand --target …`.
    pub fn cargo(&self, subcommand: &str) -> Command {
        // An absolute path: on some systems a child is looked up in this program's PATH, not in its own.
        let mut cargo = match self {
            Self::Own => command("cargo"),
            Self::Debian { .. } => command(Path::new(DEBIAN_BIN).join("cargo")),
        };
        self.apply(&mut cargo);
        cargo.args([subcommand, "--target", TARGET]);
        cargo
    }

    /// Whether clippy can read the standard library of this toolchain.
    pub fn has_clippy(&self) -> bool {
        match self {
            Self::Own => capture(command("cargo").args(["clippy", "--version"])).is_some(),
            Self::Debian { .. } => Path::new(DEBIAN_BIN).join("cargo-clippy").is_file(),
        }
    }

    /// The name for messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Own => "the installed toolchain",
            Self::Debian { .. } => "Debian's compiler, which builds its own standard library",
        }
    }
}

/// Installs Debian packages, where this may be done: as root, with apt at hand.
pub fn apt_install(packages: &[&str], what: &str) -> Outcome {
    let names = packages.join(" ");
    if find("apt-get").is_none() || !is_root() {
        return Err(format!("Missing {what}: install {names} with the system's package manager."));
    }
    println!("Installing {names} ({what}) …");
    let advice = format!("apt-get could not install {names}; install them by hand.");
    let apt = || {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(std::process::Stdio::null());
        apt
    };
    run(apt().args(["update", "-qq"]), &advice)?;
    run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages), &advice)
}

fn own_has_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    capture(command(rustc).args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| Path::new(&folder).is_dir())
}

/// Debian's linker, when all of Debian's compiler is there.
fn debian_linker() -> Option<PathBuf> {
    let bin = Path::new(DEBIAN_BIN);
    let sysroot = capture(command(bin.join("rustc")).env_remove("RUSTUP_TOOLCHAIN").args(["--print", "sysroot"]))?;
    let sources = Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml");
    // rustc knows the linker's dialect by its file name, so the versioned link in /usr/bin will not do.
    let linker = PathBuf::from("/usr/lib/llvm-19/bin/wasm-ld");
    (sources.is_file() && bin.join("cargo").is_file() && linker.is_file()).then_some(linker)
}

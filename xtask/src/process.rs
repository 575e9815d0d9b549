//! Children: run, capture, start in the background and always stop.

use crate::{Outcome, project};
use std::{
    env,
    ffi::{OsStr, OsString},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A command in the project's folder, with the project's tools in front of `PATH`.
///
/// Cargo tells a program it runs about the package it belongs to; children must not take that for their own.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root()).env("PATH", path_with(&[])).env("RUST_BACKTRACE", "0");
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let about_xtask = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if text == "CARGO" || text == "OUT_DIR" || about_xtask.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command
}

/// `PATH` with these folders first, then the project's tools, then whatever it was.
pub fn path_with(first: &[&Path]) -> OsString {
    let own = [project::tools().join("bin"), project::tools().join("npm/node_modules/.bin")];
    let before = env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().map(|folder| folder.to_path_buf()).chain(own).chain(env::split_paths(&before));
    env::join_paths(folders).unwrap_or(before)
}

/// Runs a command to its end; `advice` is the sentence for when it fails.
pub fn run(command: &mut Command, advice: &str) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(advice.to_owned()),
        Err(error) => {
            Err(format!("`{}` could not be started ({error}). {advice}", command.get_program().to_string_lossy()))
        }
    }
}

/// What a command prints to its standard output, when it succeeds.
pub fn capture(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The full path of a program, looked for as `PATH` of [`command`] says.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&path_with(&[]))
        .map(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)))
        .find(|path| path.is_file())
}

/// Whether this runs as the administrator of a Unix system.
pub fn is_root() -> bool {
    capture(Command::new("id").arg("-u")).as_deref() == Some("0")
}

/// A port that nobody listens on at the moment.
pub fn free_port() -> Outcome<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("No free port on this machine ({error}); close some programs and try again."))
}

/// A child that runs beside this program and ends with it, whatever happens in between.
pub struct Background {
    name: String,
    child: Child,
}

impl Background {
    /// Starts a child; what it says goes to a log file among the notes.
    pub fn start(name: &str, command: &mut Command) -> Outcome<Self> {
        let log = log_path(name);
        let file = std::fs::create_dir_all(project::notes()).and_then(|()| std::fs::File::create(&log));
        let file = file.map_err(|error| format!("{} cannot be written ({error}).", log.display()))?;
        let errors = file.try_clone().map_err(|error| format!("{} cannot be written ({error}).", log.display()))?;
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let child = command.spawn().map_err(|error| format!("{name} could not be started ({error})."))?;
        Ok(Self { name: name.to_owned(), child })
    }

    /// Where the child's words go.
    pub fn log(&self) -> PathBuf {
        log_path(&self.name)
    }

    /// Waits until something answers on a port of this machine.
    pub fn wait_for_port(&mut self, port: u16) -> Outcome {
        self.wait_until("did not open its port", || {
            TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), Duration::from_millis(200)).is_ok()
        })
    }

    /// Waits until something is so, for at most twenty seconds and no longer than the child lives.
    pub fn wait_until(&mut self, complaint: &str, is_so: impl Fn() -> bool) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if is_so() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("{} ended at once ({status}); target/xtask/{0}.log says why.", self.name));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(format!("{} {complaint}; target/xtask/{0}.log says more.", self.name))
    }
}

fn log_path(name: &str) -> PathBuf {
    project::notes().join(format!("{name}.log"))
}

impl Drop for Background {
    fn drop(&mut self) {
        // Asked politely first: a driver then closes its browser, which a killed one leaves behind.
        if cfg!(unix) {
            let _ = Command::new("kill").arg(self.child.id().to_string()).status();
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(3) {
                if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                    return;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

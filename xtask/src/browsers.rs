//! The browsers and their drivers: found, or installed where that may be done.

use crate::{
    Outcome,
    process::{Background, capture, command, find, free_port, is_root},
    tools,
    wasm_toolchain::apt_install,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The engines that a run can cover.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Chromium,
    Firefox,
    /// Only where it is installed.
    WebKit,
}

impl Engine {
    /// The name that the end-to-end program knows.
    pub fn argument(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }
}

/// A browser that can be driven.
pub struct Browser {
    pub engine: Engine,
    /// The WebDriver program.
    pub driver: PathBuf,
    /// The browser itself, where its driver has to be told.
    pub binary: Option<PathBuf>,
}

/// What could be had, and a sentence for each that could not.
pub struct Browsers {
    pub found: Vec<Browser>,
    pub missing: Vec<String>,
}

/// Finds Chromium, Firefox and WebKitGTK; installs the first two where they are missing and this may be done.
pub fn ensure() -> Browsers {
    let mut browsers = Browsers { found: Vec::new(), missing: Vec::new() };
    for outcome in [ensure_chromium(), ensure_firefox()] {
        match outcome {
            Ok(browser) => browsers.found.push(browser),
            Err(sentence) => browsers.missing.push(sentence),
        }
    }
    match find_webkit() {
        Some(browser) => browsers.found.push(browser),
        None => println!("WebKitGTK is not installed (Debian: webkit2gtk-driver and xvfb); this run does without."),
    }
    browsers
}

fn ensure_chromium() -> Outcome<Browser> {
    let found = || {
        let named = env::var_os("CHROMEWEBDRIVER").map(|folder| Path::new(&folder).join("chromedriver"));
        let driver = named.filter(|path| path.is_file()).or_else(|| find("chromedriver"))?;
        let mut names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"].iter();
        let installed = names.any(|name| find(name).is_some()) || cfg!(not(target_os = "linux"));
        installed.then_some(Browser { engine: Engine::Chromium, driver, binary: None })
    };
    if let Some(browser) = found() {
        return Ok(browser);
    }
    apt_install(&["chromium", "chromium-driver"], "Chromium and its driver, about a minute")?;
    found()
        .ok_or_else(|| "Chromium is missing after its installation; install chromium and chromium-driver.".to_owned())
}

fn ensure_firefox() -> Outcome<Browser> {
    let found = || ["firefox", "firefox-esr"].iter().find_map(|name| find(name));
    let binary = match found() {
        Some(binary) => Some(binary),
        None if cfg!(target_os = "linux") => {
            apt_install(&["firefox-esr"], "Firefox, about a minute")?;
            Some(found().ok_or("Firefox is missing after its installation; install firefox-esr.")?)
        }
        // Elsewhere the driver knows the usual places better.
        None => None,
    };
    let named = env::var_os("GECKOWEBDRIVER").map(|folder| Path::new(&folder).join("geckodriver"));
    let driver = match named.filter(|path| path.is_file()) {
        Some(driver) => driver,
        None => tools::ensure_geckodriver()?,
    };
    // Some systems start the browser by a script that the driver must not be pointed at: only Debian's name needs it.
    let binary = binary.filter(|path| path.ends_with("firefox-esr"));
    Ok(Browser { engine: Engine::Firefox, driver, binary })
}

fn find_webkit() -> Option<Browser> {
    let driver = find("WebKitWebDriver")?;
    find("Xvfb")?;
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let mut places = libraries.flat_map(|folder| [folder.join("webkit2gtk-4.1"), folder.join("webkitgtk-6.0")]);
    let binary = places.find_map(|folder| Some(folder.join("MiniBrowser")).filter(|path| path.is_file()))?;
    Some(Browser { engine: Engine::WebKit, driver, binary: Some(binary) })
}

/// A driver that is listening; it stops when dropped, and its screen with it.
pub struct Driver {
    pub address: String,
    // Dropped in this order: a browser without its screen would only complain.
    _driver: Background,
    _screen: Option<Background>,
}

impl Browser {
    /// Starts the driver on a port of its own.
    pub fn start_driver(&self) -> Outcome<Driver> {
        let port = free_port()?;
        let mut driver = command(&self.driver);
        let mut screen = None;
        match self.engine {
            Engine::Chromium => {
                driver.arg(format!("--port={port}"));
            }
            Engine::Firefox => {
                // Two runs at the same time must not share the port between driver and browser either.
                driver.args(["--port", &port.to_string(), "--websocket-port", &free_port()?.to_string()]);
            }
            Engine::WebKit => {
                let (running, display) = start_screen()?;
                screen = Some(running);
                driver.args(["--host=127.0.0.1", &format!("--port={port}")]).env("DISPLAY", display);
                driver.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1");
                if is_root() {
                    driver.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
                }
            }
        }
        let mut running = Background::start(&format!("driver-{}", self.engine.argument()), &mut driver)?;
        running.wait_for_port(port)?;
        Ok(Driver { address: format!("http://127.0.0.1:{port}"), _driver: running, _screen: screen })
    }

    /// The version that the driver says it has.
    pub fn version(&self) -> String {
        let said = capture(Command::new(&self.driver).arg("--version")).unwrap_or_default();
        let version = crate::project::version_in(&said).unwrap_or_default();
        match self.engine {
            // Its driver has a version of its own.
            Engine::Firefox => capture(Command::new(self.binary.clone().unwrap_or("firefox".into())).arg("--version"))
                .and_then(|said| crate::project::version_in(&said).map(str::to_owned))
                .unwrap_or_default(),
            Engine::Chromium | Engine::WebKit => version.to_owned(),
        }
    }
}

/// A screen without glass, for the one engine that has no headless mode, and its `DISPLAY`.
fn start_screen() -> Outcome<(Background, String)> {
    let mut xvfb = command("Xvfb");
    // It picks a free number itself and writes it to its output.
    xvfb.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
    let mut running = Background::start("screen", &mut xvfb)?;
    let log = running.log();
    let number = move || {
        let said = fs::read_to_string(&log).unwrap_or_default();
        said.split_inclusive('\n').find_map(|line| line.strip_suffix('\n')?.parse::<u32>().ok())
    };
    running.wait_until("opened no display", || number().is_some())?;
    Ok((running, format!(":{}", number().unwrap_or_default())))
}

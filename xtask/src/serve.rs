//! The static server: what a plain static host does, for this machine alone.

use crate::{Outcome, project, site};
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
};
use tiny_http::{Header, Method, Request, Response};

/// Where the search for a free port begins.
const FIRST_PORT: u16 = 8080;
/// How many files travel at the same time.
const THREADS: usize = 4;

/// `cargo xtask serve`.
pub fn command(port: Option<u16>) -> Outcome {
    site::build_if_changed()?;
    let wanted = port.unwrap_or(FIRST_PORT);
    let server = Server::start(&project::dist(), "/", wanted)?;
    if server.port() != wanted {
        println!("Port {wanted} is taken, so the next free one it is.");
    }
    println!("\nDeconvolution Explorer: {}\nCtrl+C stops it.", server.address());
    server.wait();
    Ok(())
}

/// A running server; it stops when dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    threads: Vec<JoinHandle<()>>,
    folder: String,
    port: u16,
}

impl Server {
    /// Serves the files below `root` under the address `folder` (`/` or `/some/folder/`), on the port or the next free
    /// one after it.
    pub fn start(root: &Path, folder: &str, port: u16) -> Outcome<Self> {
        let listener = (port..=port.saturating_add(99))
            .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
            .ok_or_else(|| format!("No free port from {port} on: give another with `--port`."))?;
        let port = listener.local_addr().map_err(|error| format!("The server has no address ({error})."))?.port();
        let http = tiny_http::Server::from_listener(listener, None)
            .map_err(|error| format!("The server could not be started ({error})."))?;
        let root = root.canonicalize().map_err(|error| format!("{} is not there ({error}).", root.display()))?;
        let http = Arc::new(http);
        let threads = (0..THREADS)
            .map(|_| {
                let (http, root, folder) = (Arc::clone(&http), root.clone(), folder.to_owned());
                thread::spawn(move || {
                    while let Ok(request) = http.recv() {
                        answer(request, &root, &folder);
                    }
                })
            })
            .collect();
        Ok(Self { http, threads, folder: folder.to_owned(), port })
    }

    /// Where the page is.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.folder)
    }

    /// The port that was had.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Serves until the program is ended.
    fn wait(mut self) {
        for thread in std::mem::take(&mut self.threads) {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Each call wakes some thread, not a certain one: first wake all, then wait for them.
        self.threads.iter().for_each(|_| self.http.unblock());
        for thread in std::mem::take(&mut self.threads) {
            let _ = thread.join();
        }
    }
}

/// Answers one request; a reader who has gone away in the meantime is no concern.
fn answer(request: Request, root: &Path, folder: &str) {
    let no_cache = header("Cache-Control", "no-cache");
    if !matches!(request.method(), Method::Get | Method::Head) {
        let _ = request.respond(Response::from_string("Only GET and HEAD.").with_status_code(405));
        return;
    }
    match resolve(root, folder, request.url()) {
        Found::File(path) => {
            let kind = header("Content-Type", content_type(&path));
            // Read whole: the files are small, and a known length lets the page show progress.
            let _ = match fs::read(&path) {
                Ok(bytes) => request.respond(
                    Response::from_data(bytes)
                        .with_header(kind)
                        .with_header(no_cache)
                        .with_chunked_threshold(usize::MAX),
                ),
                Err(_) => request.respond(Response::from_string("This file cannot be read.").with_status_code(500)),
            };
        }
        Found::Moved(address) => {
            let _ = request.respond(Response::empty(308).with_header(header("Location", &address)));
        }
        Found::Nothing => {
            let nothing = Response::from_string("There is nothing here.").with_status_code(404);
            let _ = request.respond(nothing.with_header(no_cache));
        }
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("the names and values of this file are plain ASCII")
}

/// What an address leads to.
#[derive(Debug, PartialEq)]
enum Found {
    File(PathBuf),
    /// A folder without its closing slash, from which relative addresses would not work.
    Moved(String),
    Nothing,
}

/// Finds the file that an address asks for; never one outside `root`, which has to be canonical.
fn resolve(root: &Path, folder: &str, address: &str) -> Found {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if format!("{path}/") == folder {
        return Found::Moved(folder.to_owned());
    }
    let Some(below) = path.strip_prefix(folder).and_then(percent_decoded) else { return Found::Nothing };
    let mut file = root.to_path_buf();
    for name in below.split('/').filter(|name| !name.is_empty()) {
        if name == "." || name == ".." || name.contains(['\\', ':', '\0']) {
            return Found::Nothing;
        }
        file.push(name);
    }
    if file.is_dir() {
        if !path.ends_with('/') {
            return Found::Moved(format!("{}/", path.replace("//", "/")));
        }
        file.push("index.html");
    }
    // Links in the folder must not lead out of it either.
    match file.canonicalize() {
        Ok(file) if file.starts_with(root) && file.is_file() => Found::File(file),
        _ => Found::Nothing,
    }
}

/// An address with its `%20` and the like made plain; nothing when it is malformed.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The type a browser wants to be told; modules and streamed WebAssembly do not run without the right one.
fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// xtask's own source folder is a root with a known file in it.
    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src").canonicalize().unwrap()
    }

    #[test]
    fn files_are_found_with_and_without_a_folder() {
        let root = root();
        let file = Found::File(root.join("main.rs"));
        assert_eq!(resolve(&root, "/", "/main.rs?fresh"), file);
        assert_eq!(resolve(&root, "/some/folder/", "/some/folder/m%61in.rs"), file);
        assert_eq!(resolve(&root, "/some/folder/", "/some/folder"), Found::Moved("/some/folder/".to_owned()));
        assert_eq!(resolve(&root, "/some/folder/", "/main.rs"), Found::Nothing);
        assert_eq!(resolve(&root, "/", "/"), Found::Nothing);
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let root = root();
        let addresses = [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/..\\Cargo.toml",
            "/%",
            "/%zz",
            "//etc/passwd",
        ];
        for address in addresses {
            assert_eq!(resolve(&root, "/", address), Found::Nothing, "{address}");
        }
    }

    #[test]
    fn a_server_answers_and_stops() {
        use std::io::{Read, Write};
        // More than once: which thread a stop wakes first is left to chance.
        for _ in 0..20 {
            let server = Server::start(&root(), "/some/folder/", crate::process::free_port().unwrap()).unwrap();
            let mut stream = std::net::TcpStream::connect(("127.0.0.1", server.port())).unwrap();
            stream.write_all(b"GET /some/folder/main.rs HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Cache-Control: no-cache"), "{answer}");
        }
    }

    #[test]
    fn the_types_that_browsers_insist_on_are_right() {
        assert_eq!(content_type(Path::new("app_bg.wasm")), "application/wasm");
        assert!(content_type(Path::new("start.js")).starts_with("text/javascript"));
    }
}

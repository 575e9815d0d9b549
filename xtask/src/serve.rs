//! The static server: what a plain static host does, for this machine alone.
//!
//! A thread a connection, and a request a connection: a browser opens half a dozen at once, and none of them may wait for
//! another to be closed. (A small library with a pool of threads did let one wait now and then, for ever.)

use crate::{Outcome, project, site};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Where the search for a free port begins.
const FIRST_PORT: u16 = 8080;
/// What a browser may take to say what it wants; one that only prepares a connection says nothing.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest request that is read.
const REQUEST_LIMIT: u64 = 16 * 1024;

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
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
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
        let root = root.canonicalize().map_err(|error| format!("{} is not there ({error}).", root.display()))?;
        let stopped = Arc::new(AtomicBool::new(false));
        let thread = {
            let (stopped, root, folder) = (Arc::clone(&stopped), Arc::new(root), Arc::new(folder.to_owned()));
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if stopped.load(Ordering::SeqCst) {
                        return;
                    }
                    let Ok(stream) = stream else { continue };
                    let (root, folder) = (Arc::clone(&root), Arc::clone(&folder));
                    // A reader who has gone away in the meantime is no concern.
                    thread::spawn(move || answer(stream, &root, &folder).ok());
                }
            })
        };
        Ok(Self { stopped, thread: Some(thread), folder: folder.to_owned(), port })
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
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // A last connection wakes the thread that waits for one.
        if TcpStream::connect(("127.0.0.1", self.port)).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

/// Reads one request, answers it, and closes the connection.
fn answer(mut stream: TcpStream, root: &Path, folder: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream.try_clone()?.take(REQUEST_LIMIT)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers change nothing here, but closing on unread ones would cut the answer off.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, headers, body) = reply(method, address, root, folder);
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\nConnection: close\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// Status, headers of its own, and body of the answer to a request.
fn reply(method: &str, address: &str, root: &Path, folder: &str) -> (&'static str, String, Vec<u8>) {
    const TEXT: &str = "Content-Type: text/plain; charset=utf-8\r\n";
    if !matches!(method, "GET" | "HEAD") {
        return ("405 Method Not Allowed", TEXT.to_owned(), b"Only GET and HEAD.".to_vec());
    }
    match resolve(root, folder, address) {
        // Read whole: the files are small, and a known length lets the page show progress.
        Found::File(path) => match fs::read(&path) {
            Ok(bytes) => ("200 OK", format!("Content-Type: {}\r\n", content_type(&path)), bytes),
            Err(_) => ("500 Internal Server Error", TEXT.to_owned(), b"This file cannot be read.".to_vec()),
        },
        Found::Moved(address) => ("308 Permanent Redirect", format!("Location: {address}\r\n"), Vec::new()),
        Found::Nothing => ("404 Not Found", TEXT.to_owned(), b"There is nothing here.".to_vec()),
    }
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
    fn nobody_waits_for_connections_that_say_nothing() {
        use std::io::{Read, Write};
        let server = Server::start(&root(), "/", crate::process::free_port().unwrap()).unwrap();
        let connect = || std::net::TcpStream::connect(("127.0.0.1", server.port())).unwrap();
        // As browsers do, which prepare more connections than they need.
        let silent: Vec<_> = (0..20).map(|_| connect()).collect();
        for _ in 0..20 {
            let mut stream = connect();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            stream.write_all(b"GET /main.rs HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        }
        drop(silent);
    }

    #[test]
    fn a_redirect_cannot_be_given_headers() {
        // A line break in an address ends its line before it is read; one that is escaped stays escaped.
        let (status, headers, _) = reply("GET", "/some/folder", &root(), "/some/folder/");
        assert_eq!((status, headers.as_str()), ("308 Permanent Redirect", "Location: /some/folder/\r\n"));
        assert_eq!(reply("POST", "/", &root(), "/").0, "405 Method Not Allowed");
    }

    #[test]
    fn the_types_that_browsers_insist_on_are_right() {
        assert_eq!(content_type(Path::new("app_bg.wasm")), "application/wasm");
        assert!(content_type(Path::new("start.js")).starts_with("text/javascript"));
    }
}

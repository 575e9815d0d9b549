//! What the site weighs on its way to the reader: raw, as gzip and as brotli, and whether the first load keeps its
//! budget, whichever page the reader enters by.

use crate::Outcome;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What may travel before the page that the reader enters by can be used, brotli-compressed.
const FIRST_LOAD_BUDGET: usize = 300 * 1024;

/// The programs of the page: the names of their files begin so, and one of them belongs to every first load.
pub const PROGRAMS: [&str; 3] = ["matrix", "restore", "upsample"];

/// Programs that are loaded when they are first asked for: the worker, and the whole of the Matrix and Upsample pages.
const LATER: [&str; 3] = ["worker", "lesson", "enlarge"];

/// When a file travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// With every first load.
    Shared,
    /// With this program of the page.
    Program(&'static str),
    /// When it is asked for, or never.
    Later,
}

/// A file of the site and its three sizes in bytes.
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
    part: Part,
}

/// What [`print_table`] found out.
pub struct Verdict {
    /// One sentence for the summary.
    pub sentence: String,
    /// Whether the first load keeps its budget by every entry.
    pub kept: bool,
}

/// Weighs every file of the site, prints the table and judges the sum of the first load by each entry.
pub fn print_table(dist: &Path) -> Outcome<Verdict> {
    let unreadable = |error: io::Error| format!("dist/ cannot be weighed ({error}); run `cargo xtask build` again.");
    let mut weights = Vec::new();
    for path in files_below(dist).map_err(unreadable)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&path).map_err(unreadable)?;
        let (gzip, brotli) = (gzip_len(&bytes).map_err(unreadable)?, brotli_len(&bytes).map_err(unreadable)?);
        weights.push(Weight { part: part(&name), name, raw: bytes.len(), gzip, brotli });
    }
    let print = |title: &str, part: Part| {
        let of_part: Vec<_> = weights.iter().filter(|weight| weight.part == part).collect();
        print_part(title, &of_part)
    };
    let shared = print("First load, by any page", Part::Shared);
    let mut first_loads = Vec::new();
    for program in PROGRAMS {
        let own = print(&format!("and the program `{program}`"), Part::Program(program));
        if own == 0 {
            return Err(format!(
                "dist/ has no program `{program}`: mend index.html or PROGRAMS in xtask/src/sizes.rs."
            ));
        }
        first_loads.push((program, shared + own));
    }
    print("Later, when asked for", Part::Later);
    let kept = first_loads.iter().all(|(_, sum)| *sum <= FIRST_LOAD_BUDGET);
    let sums: Vec<_> = first_loads.iter().map(|(name, sum)| format!("{} KB by `{name}`", kilobytes(*sum))).collect();
    let sentence = format!(
        "First load, brotli, of {} KB: {}: the budget is {}.",
        kilobytes(FIRST_LOAD_BUDGET),
        sums.join(", "),
        if kept { "kept" } else { "exceeded" }
    );
    println!("{sentence}");
    Ok(Verdict { sentence, kept })
}

/// When a file travels; the worker, the sample pictures and the texts of licences come later or never.
fn part(name: &str) -> Part {
    let extension = name.rsplit('.').next().unwrap_or_default();
    match name.split_once('/') {
        None if matches!(extension, "html" | "css") => Part::Shared,
        None if matches!(extension, "js" | "wasm") => {
            // Trunk puts a hash behind the one name, nothing behind the others.
            let stem = name.split(['-', '_', '.']).next().unwrap_or_default();
            match PROGRAMS.into_iter().find(|program| *program == stem) {
                Some(program) => Part::Program(program),
                None if LATER.contains(&stem) => Part::Later,
                // Whatever it is, it is not to slip through the budget.
                None => Part::Shared,
            }
        }
        Some(("static", rest)) => {
            // The script for old browsers is loaded by nobody else.
            let first = rest != "old-browser.js"
                && (rest.starts_with("fonts/") && extension == "woff2"
                    || rest.starts_with("styles/") && extension == "css"
                    || matches!(rest, "start.js" | "icon.svg"));
            if first { Part::Shared } else { Part::Later }
        }
        // What wasm-bindgen takes along from JavaScript snippets.
        Some(("snippets", _)) => Part::Shared,
        _ => Part::Later,
    }
}

/// Prints the table of some files; the sum of their brotli sizes.
fn print_part(title: &str, weights: &[&Weight]) -> usize {
    let width = weights.iter().map(|weight| weight.name.len()).max().unwrap_or(0).max(title.len());
    let line = |name: &str, raw, gzip, brotli| println!("{name:width$}  {raw:>9}  {gzip:>9}  {brotli:>9}");
    println!();
    line(title, "raw".to_owned(), "gzip".to_owned(), "brotli".to_owned());
    let mut sums = [0; 3];
    for weight in weights {
        let sizes = [weight.raw, weight.gzip, weight.brotli];
        let [raw, gzip, brotli] = sizes.map(kilobytes);
        line(&weight.name, raw, gzip, brotli);
        sums.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size);
    }
    let [raw, gzip, brotli] = sums.map(kilobytes);
    line("together, KB", raw, gzip, brotli);
    println!();
    sums[2]
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1024.0)
}

/// All files below a folder, in the order of their names.
pub fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn gzip_len(bytes: &[u8]) -> io::Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli_len(bytes: &[u8]) -> io::Result<usize> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_load_is_what_the_first_page_asks_for() {
        let shared =
            ["index.html", "static/start.js", "static/styles/base.css", "static/fonts/inter.woff2", "stray.js"];
        assert!(shared.into_iter().all(|name| part(name) == Part::Shared));
        let matrix = ["matrix-0f.js", "matrix-0f_bg.wasm"];
        assert!(matrix.into_iter().all(|name| part(name) == Part::Program("matrix")));
        let restore = ["restore.js", "restore_bg.wasm"];
        assert!(restore.into_iter().all(|name| part(name) == Part::Program("restore")));
        let later = [
            "worker.js",
            "worker_bg.wasm",
            "lesson.js",
            "lesson_bg.wasm",
            "enlarge.js",
            "enlarge_bg.wasm",
            "static/pictures/star.webp",
            "static/fonts/OFL.txt",
        ];
        assert!(later.into_iter().chain(["static/old-browser.js"]).all(|name| part(name) == Part::Later));
    }

    #[test]
    fn repetition_compresses() {
        let bytes = b"deconvolution ".repeat(1000);
        assert!(gzip_len(&bytes).unwrap() < 200);
        assert!(brotli_len(&bytes).unwrap() < 100);
    }
}

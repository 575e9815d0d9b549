//! What the site weighs on its way to the reader: raw, as gzip and as brotli, and whether the first load keeps its
//! budget.

use crate::Outcome;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What may travel before the first page can be used, brotli-compressed.
const FIRST_LOAD_BUDGET: usize = 300 * 1024;

/// A file of the site and its three sizes in bytes.
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
    first_load: bool,
}

/// What [`print_table`] found out.
pub struct Verdict {
    /// One sentence for the summary.
    pub sentence: String,
    /// Whether the first load keeps its budget.
    pub kept: bool,
}

/// Weighs every file of the site, prints the table and judges the sum of the first load.
pub fn print_table(dist: &Path) -> Outcome<Verdict> {
    let unreadable = |error: io::Error| format!("dist/ cannot be weighed ({error}); run `cargo xtask build` again.");
    let mut weights = Vec::new();
    for path in files_below(dist).map_err(unreadable)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&path).map_err(unreadable)?;
        let (gzip, brotli) = (gzip_len(&bytes).map_err(unreadable)?, brotli_len(&bytes).map_err(unreadable)?);
        weights.push(Weight { first_load: is_first_load(&name), name, raw: bytes.len(), gzip, brotli });
    }
    let (first, later): (Vec<_>, Vec<_>) = weights.into_iter().partition(|weight| weight.first_load);
    let first_sum = print_part("First load", &first);
    print_part("Later, when asked for", &later);
    let kept = first_sum <= FIRST_LOAD_BUDGET;
    let sentence = format!(
        "First load {} KB brotli of {} KB: the budget is {}.",
        kilobytes(first_sum),
        kilobytes(FIRST_LOAD_BUDGET),
        if kept { "kept" } else { "exceeded" }
    );
    println!("{sentence}");
    Ok(Verdict { sentence, kept })
}

/// Everything the first page needs; the worker, the sample pictures and the texts of licences come later or never.
fn is_first_load(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    match name.split_once('/') {
        None => !name.starts_with("worker") && matches!(extension, "html" | "js" | "css" | "wasm"),
        Some(("static", rest)) => {
            // The script for old browsers is loaded by nobody else.
            rest != "old-browser.js"
                && (rest.starts_with("fonts/") && extension == "woff2"
                    || rest.starts_with("styles/") && extension == "css"
                    || matches!(rest, "start.js" | "icon.svg"))
        }
        // What wasm-bindgen takes along from JavaScript snippets.
        Some(("snippets", _)) => true,
        Some(_) => false,
    }
}

fn print_part(title: &str, weights: &[Weight]) -> usize {
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
        let first = ["index.html", "app-0f.js", "app-0f_bg.wasm", "static/start.js", "static/styles/base.css"];
        assert!(first.into_iter().chain(["static/fonts/inter.woff2"]).all(is_first_load));
        let later = ["worker.js", "worker_bg.wasm", "static/pictures/star.webp", "static/fonts/OFL.txt"];
        assert!(!later.into_iter().chain(["static/old-browser.js"]).any(is_first_load));
    }

    #[test]
    fn repetition_compresses() {
        let bytes = b"deconvolution ".repeat(1000);
        assert!(gzip_len(&bytes).unwrap() < 200);
        assert!(brotli_len(&bytes).unwrap() < 100);
    }
}

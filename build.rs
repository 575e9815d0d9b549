//! Stamps the page and its worker with one build id, so that a stale cache can never pair two versions.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::Path,
};

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=Cargo.lock");
    let mut hasher = DefaultHasher::new();
    hash_tree(Path::new("src"), &mut hasher);
    println!("cargo:rustc-env=BUILD_ID={:016x}", hasher.finish());
}

/// Feeds every file below `folder` into the hasher, in the order of their names.
fn hash_tree(folder: &Path, hasher: &mut DefaultHasher) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("the source folder is readable")
        .map(|entry| entry.expect("a folder entry is readable").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            hash_tree(&path, hasher);
        } else {
            path.file_name().hash(hasher);
            fs::read(&path).expect("a source file is readable").hash(hasher);
        }
    }
}

//! Python with NumPy, and with Pillow, which run the programs that the pages hand out.

use crate::{
    process::{capture, command},
    wasm_toolchain::apt_install,
};

/// Which of the two there are.
#[derive(Clone, Copy)]
pub struct Found {
    /// A Python with NumPy.
    pub numpy: bool,
    /// One with Pillow as well, for programs that read the reader's picture.
    pub pillow: bool,
}

/// What there is, after an attempt to install what is missing. Without them those programs are not run, and the tests say
/// so.
pub fn ensure() -> Found {
    if !imports("numpy, PIL") {
        // What fails is said by the package manager, and here by what is found.
        let _ = apt_install(
            &["python3-numpy", "python3-pil"],
            "NumPy and Pillow, for the programs that the page hands out",
        );
    }
    Found { numpy: imports("numpy"), pillow: imports("numpy, PIL") }
}

fn imports(modules: &str) -> bool {
    // Where another Python stands first on the path, the system's own is the one that packages belong to.
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .any(|python| capture(command(python).args(["-c", &format!("import {modules}; print(True)")])).is_some())
}

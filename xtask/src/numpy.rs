//! Python with NumPy, which runs the programs that the Matrix page hands out.

use crate::{
    process::{capture, command},
    wasm_toolchain::apt_install,
};

/// Whether a Python with NumPy is there, after an attempt to install one. Without it those programs are not run, and the
/// tests say so.
pub fn ensure() -> bool {
    found() || apt_install(&["python3-numpy"], "NumPy, for the programs that the page hands out").is_ok() && found()
}

fn found() -> bool {
    // Where another Python stands first on the path, the system's own is the one that packages belong to.
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .any(|python| capture(command(python).args(["-c", "import numpy; print(numpy.__version__)"])).is_some())
}

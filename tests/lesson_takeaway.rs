//! What the reader takes away: the NumPy and PyTorch programs are run and have to give the numbers on the screen, and the
//! tables and formulas hold every array exactly.
//!
//! Where Python or a library is missing, the programs' tests say on standard error that they were skipped;
//! `REQUIRE_NUMPY=1` makes a missing NumPy a failure. `PYTHON` names another interpreter to try first.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    convolution::{Geometry, PaddingMode},
    lesson::{
        matrix::{derived::Derived, setup::Setup, takeaway::Format, wiring::Wiring},
        paste::parse_block,
    },
};
use ndarray::{Array2, arr2};
use std::{
    io::Write,
    process::{Command, Stdio},
    rc::Rc,
};

fn derive(setup: &Setup) -> Derived {
    let wiring = Wiring::new(setup).expect("a legal setup");
    Derived::new(setup, Rc::new(wiring)).expect("a legal setup")
}

/// Numbers with awkward fractions that depend on the place.
fn numbers(rows: usize, columns: usize, seed: usize) -> Array2<f32> {
    Array2::from_shape_fn((rows, columns), |(r, c)| ((r * 7 + c * 3 + seed) % 11) as f32 / 3.0 - 1.5)
}

fn setups() -> Vec<Setup> {
    let plain = Geometry::default();
    let worked = Setup::default();
    let setup = |patch, mask, geometry, mode| Setup { patch, mask, geometry, mode, ..Setup::default() };
    let mut setups = vec![
        worked.clone(),
        Setup { mask: Array2::from_elem((3, 3), 1.0 / 9.0), ..worked.clone() },
        Setup { flip: true, ..worked.clone() },
        Setup { input: Some(arr2(&[[1.0, -2.0], [0.5, 1.0 / 3.0]])), ..worked.clone() },
        setup(numbers(5, 7, 1), numbers(2, 3, 2), plain, PaddingMode::Zero),
        setup(numbers(1, 6, 1), numbers(1, 3, 2), plain, PaddingMode::Zero),
        setup(numbers(12, 12, 3), numbers(5, 5, 4), plain, PaddingMode::Zero),
        setup(numbers(6, 6, 5), numbers(3, 3, 6), Geometry { stride: [2, 3], ..plain }, PaddingMode::Zero),
        setup(
            numbers(6, 6, 5),
            numbers(3, 3, 6),
            Geometry { stride: [2, 2], output_padding: [1, 1], ..plain },
            PaddingMode::Zero,
        ),
        // More output padding than the stride has left over: the dilation allows it.
        setup(
            numbers(6, 5, 7),
            numbers(2, 2, 8),
            Geometry { dilation: [3, 2], output_padding: [2, 1], ..plain },
            PaddingMode::Zero,
        ),
    ];
    for mode in PaddingMode::ALL {
        let even = Geometry { padding: [[1, 1], [2, 2]], ..plain };
        setups.push(setup(numbers(5, 4, 9), numbers(3, 3, 10), even, mode));
        let uneven = Geometry { padding: [[2, 0], [1, 2]], stride: [2, 1], dilation: [1, 2], ..plain };
        setups.push(Setup { flip: true, ..setup(numbers(4, 6, 11), numbers(3, 2, 12), uneven, mode) });
        setups.push(setup(numbers(4, 4, 1), numbers(2, 2, 2), plain, mode));
    }
    // More of every kind, by a plain sequence of numbers.
    let mut state = 7_u32;
    let mut next = |count: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % count
    };
    while setups.len() < 60 {
        let stride = [0; 2].map(|_| 1 + next(3));
        let dilation = [0; 2].map(|_| 1 + next(3));
        let geometry = Geometry {
            stride,
            padding: [[0; 2]; 2].map(|sides| sides.map(|_| next(3))),
            dilation,
            output_padding: [0, 1].map(|axis| next(stride[axis].max(dilation[axis]))),
            ..plain
        };
        let mode = PaddingMode::ALL[next(4)];
        let setup = setup(
            numbers(1 + next(9), 1 + next(9), next(11)),
            numbers(1 + next(4), 1 + next(4), next(11)),
            geometry,
            mode,
        );
        if let Ok(sizes) = setup.sizes() {
            let input = (next(2) == 0).then(|| numbers(sizes.result[0], sizes.result[1], next(11)));
            setups.push(Setup { input, flip: next(2) == 0, ..setup });
        }
    }
    setups
}

/// An interpreter that has a library, if there is one on this machine.
fn python_with(library: &str) -> Option<String> {
    let named = std::env::var("PYTHON").ok();
    named.into_iter().chain(["python3", "/usr/bin/python3", "python"].map(String::from)).find(|python| {
        let import = Command::new(python).args(["-c", &format!("import {library}")]).output();
        import.is_ok_and(|output| output.status.success())
    })
}

/// Says what was not tested where the harness does not swallow it.
fn skipped(what: &str, library: &str) {
    let sentence = format!("SKIPPED: {what} was not run, for no Python with {library} was found\n");
    std::io::stderr().write_all(sentence.as_bytes()).expect("standard error is open");
}

/// Runs programs, each with names of its own but all in one interpreter, whose start takes longer than they do; gives
/// what each says.
fn run(python: &str, programs: &[String]) -> Vec<String> {
    const EACH: &str = "import sys\nfor program in sys.stdin.read().split(chr(0)):\n    \
                        exec(compile(program, '<program>', 'exec'), {'__name__': '__main__'})\n    print(chr(0))";
    let mut child = Command::new(python)
        .args(["-c", EACH])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the interpreter has just been started");
    child.stdin.take().expect("it is piped").write_all(programs.join("\0").as_bytes()).expect("programs are read");
    let output = child.wait_with_output().expect("the programs end");
    let said = String::from_utf8(output.stdout).expect("the programs print plain text");
    let said: Vec<String> = said.split_terminator("\0\n").map(str::to_owned).collect();
    if !output.status.success() {
        let failed = programs.get(said.len()).map_or("", String::as_str);
        panic!("{}\n{failed}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(said.len(), programs.len());
    said
}

fn programs(format: Format, setups: &[Setup]) -> Vec<String> {
    setups.iter().map(|setup| format.text(setup, &derive(setup))).collect()
}

/// The array after a line's first word.
fn printed(said: &str, name: &str) -> Vec<Vec<f64>> {
    let line = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let line = line.unwrap_or_else(|| panic!("no line of {name} in {said}"));
    let inside = line.trim().strip_prefix("[[").and_then(|line| line.strip_suffix("]]")).expect("rows in brackets");
    let number = |text: &str| text.trim().parse::<f64>().expect("a number");
    inside.split("], [").map(|row| row.split(',').map(number).collect()).collect()
}

fn assert_prints(said: &str, name: &str, expected: &Array2<f32>) {
    let rows = printed(said, name);
    assert_eq!(rows.len(), expected.nrows(), "rows of {name}");
    for (row, wanted) in rows.iter().zip(expected.rows()) {
        assert_eq!(row.len(), wanted.len(), "columns of {name}");
        for (value, wanted) in row.iter().zip(wanted) {
            let error = (value - f64::from(*wanted)).abs();
            assert!(error <= 2e-5 * f64::from(wanted.abs().max(1.0)), "{name}: {value} for {wanted}");
        }
    }
}

#[test]
fn the_numpy_program_gives_the_numbers_on_the_screen() {
    let Some(python) = python_with("numpy") else {
        assert!(std::env::var_os("REQUIRE_NUMPY").is_none(), "REQUIRE_NUMPY is set, and no Python has NumPy");
        return skipped("the NumPy program", "NumPy");
    };
    let setups = setups();
    for (setup, said) in setups.iter().zip(run(&python, &programs(Format::NumPy, &setups))) {
        let derived = derive(setup);
        assert_prints(&said, "C", &derived.matrix);
        assert_prints(&said, "result", &derived.result);
        assert_prints(&said, "transposed", &derived.transposed);
    }
}

#[test]
fn the_pytorch_program_gives_the_numbers_on_the_screen() {
    let Some(python) = python_with("torch") else { return skipped("the PyTorch program", "PyTorch") };
    let setups = setups();
    for (setup, said) in setups.iter().zip(run(&python, &programs(Format::PyTorch, &setups))) {
        let derived = derive(setup);
        assert_prints(&said, "result", &derived.result);
        assert_prints(&said, "transposed", &derived.transposed);
    }
}

/// The arrays of a setup in the order in which tables and formulas hold them.
fn arrays(setup: &Setup, derived: &Derived) -> [Array2<f32>; 7] {
    [
        setup.patch.clone(),
        setup.mask.clone(),
        derived.matrix.clone(),
        derived.result.clone(),
        derived.input.clone(),
        derived.turned.clone(),
        derived.transposed.clone(),
    ]
}

fn exactly(text: &str) -> Array2<f32> {
    let rows: Vec<Vec<f32>> = text
        .lines()
        .map(|line| line.split(',').map(|entry| entry.trim().parse().expect("a number")).collect())
        .collect();
    let columns = rows[0].len();
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).expect("even rows")
}

#[test]
fn the_table_holds_every_array_exactly() {
    for setup in setups() {
        let derived = derive(&setup);
        let text = Format::Csv.text(&setup, &derived);
        let sections: Vec<&str> = text.trim_end().split("\n\n").collect();
        assert_eq!(sections.len(), 8, "the geometry and seven arrays");
        for (section, array) in sections[1..].iter().zip(arrays(&setup, &derived)) {
            let (_, rows) = section.split_once('\n').expect("a name and rows");
            assert_eq!(exactly(rows), array);
        }
    }
}

#[test]
fn the_formulas_hold_every_array_exactly() {
    for setup in setups() {
        let derived = derive(&setup);
        let text = Format::Latex.text(&setup, &derived);
        let matrices: Vec<&str> = text
            .split("\\begin{pmatrix}\n")
            .skip(1)
            .map(|rest| rest.split("\n\\end{pmatrix}").next().expect("something before the end"))
            .collect();
        assert_eq!(matrices.len(), 7);
        for (matrix, array) in matrices.iter().zip(arrays(&setup, &derived)) {
            assert_eq!(exactly(&matrix.replace(" \\\\", "").replace('&', ",")), array);
        }
        for (open, close) in [("\\begin{", "\\end{"), ("\\[", "\\]")] {
            assert_eq!(text.matches(open).count(), text.matches(close).count());
        }
        let widest = matrices.iter().map(|matrix| matrix.lines().next().map_or(0, |row| row.matches('&').count() + 1));
        let allowed = text.split("MaxMatrixCols}{").nth(1).and_then(|rest| rest.split('}').next()?.parse().ok());
        assert!(widest.max() <= allowed, "amsmath allows ten columns unless told more");
    }
}

#[test]
fn arrays_of_a_program_can_be_pasted_back() {
    let setup = Setup { mask: Array2::from_elem((3, 3), 1.0 / 9.0), ..Setup::default() };
    let text = Format::NumPy.text(&setup, &derive(&setup));
    let after = text.split("mask = ").nth(1).expect("the program has the mask");
    let literal = after.split(".astype").next().expect("the literal ends");
    assert_eq!(parse_block(literal), Ok(setup.mask));
}

//! A program for NumPy alone that restores the same picture by the same method, put together of `blocks`.

use super::{
    blocks::{
        CONTINUE, END, FILL, FRAME, HEAD, ITERATE, LINEAR, START_FILTERED, START_FLAT, START_OBSERVED, TAPER,
        TRANSFORMS, VALIDATED,
    },
    methods::{Kind, PROGRAMS, Program, SEARCH_ITERATIONS},
};
use crate::{
    fourier::fast_size,
    imaging::Kernel,
    lesson::restore::RestoreLesson,
    restoration::{Description, Settings, Start, Treatment},
};
use std::fmt::Write;

/// Whether there is a program for the method of this id.
#[must_use]
pub fn has_program(id: &str) -> bool {
    program_of(id).is_some()
}

fn program_of(id: &str) -> Option<&'static Program> {
    PROGRAMS.iter().find(|program| program.ids.contains(&id))
}

/// What the page knows of a restoration beside its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken<'a> {
    /// The first parameter that was used.
    pub parameter: f64,
    /// The noise's standard deviation that the method was told of.
    pub sigma: f64,
    /// Rows and columns of the observed picture.
    pub size: [usize; 2],
    /// The point-spread function that a blind method found; the one that methods are told of stands in for None.
    pub found: Option<&'a Kernel>,
    /// How many iterations there were when the reader stopped it; None where it ended by itself.
    pub iterations: Option<usize>,
}

/// The program for these settings. It loads [`super::OBSERVED_NAME`] (missing pixels must be NaN there), saves
/// `restored_python.npy`, and prints the largest difference to [`super::RESTORED_NAME`] where that is there too. Where the
/// method has no program or the point-spread function no weight, a comment says so.
#[must_use]
pub fn python(lesson: &RestoreLesson, taken: &Taken) -> String {
    let description = lesson.choice().description();
    let Some(program) = program_of(description.id) else {
        return format!("# There is no program for this method yet: {}.\n", description.name);
    };
    // A search ends with what it found; other blind methods find it again from the same guess.
    let searched = taken.found.filter(|_| program.kind == Kind::Search).cloned();
    let Some(kernel) = searched.or_else(|| lesson.assumed_kernel()) else {
        return "# The weights of the point-spread function have no sum above 0, so there is nothing to restore.\n"
            .to_owned();
    };
    let mut settings = lesson.choice().settings();
    if !description.parameters.is_empty() {
        settings = settings.with_first(taken.parameter as f32);
    }
    if program.kind == Kind::Search {
        // Its own iterations are candidates that were tried.
        settings = Settings { iterations: SEARCH_ITERATIONS, start: Start::Flat, tolerance: 0.0, ..settings };
        (settings.non_negative, settings.stop_at_noise) = (true, false);
    }
    if let Some(iterations) = taken.iterations.filter(|_| program.kind == Kind::Iteration) {
        // The page's picture is that of this very step.
        settings = Settings { iterations, tolerance: 0.0, ..settings };
        settings.stop_at_noise = false;
    }
    let iterates = program.kind != Kind::Filter;
    let treatment = match lesson.choice().treatment() {
        // Filters know no unknown pixels; they take the scene for mirrored.
        Treatment::Unknown if !iterates => Treatment::Mirror,
        treatment => treatment,
    };
    let filtered = iterates && settings.start == Start::Filtered;
    let mut text = HEAD.replace("{method}", description.name).replace("{source}", description.source);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# {}\n", lesson.describe());
    text += &literal(&kernel);
    text += &numbers(program, description, &settings, taken.sigma);
    text += &margins(treatment, &kernel, taken.size);
    text += TRANSFORMS;
    text += FRAME;
    if treatment == Treatment::Mirror || (filtered && treatment == Treatment::Unknown) {
        text += CONTINUE;
    }
    text += match treatment {
        Treatment::Circular => "\n\ndef frame(g):\n    return g  # what leaves at the right comes in at the left\n",
        Treatment::Mirror => "\n\ndef frame(g):\n    return doubled(g)\n",
        Treatment::Taper => TAPER,
        Treatment::Unknown => {
            "\n\ndef frame(g):\n    return spread(g)  # the margins hold something, but are not known\n"
        }
    };
    text += if lesson.degradation().missing() > 0.0 { FILL } else { "\n\ndef filled(g, known):\n    return g\n" };
    for block in program.blocks {
        text += block;
    }
    if filtered {
        text += VALIDATED;
    }
    match program.kind {
        Kind::Filter => text += LINEAR,
        Kind::Iteration | Kind::Search => {
            text += match settings.start {
                Start::Observed => START_OBSERVED,
                Start::Flat => START_FLAT,
                Start::Filtered => START_FILTERED,
            };
            text += ITERATE;
        }
    }
    if !program.peer.is_empty() {
        let _ = write!(text, "\n# {}\n", program.peer);
    }
    text + END
}

/// The weights, row after row, each the shortest decimal that is read back as the same number.
fn literal(kernel: &Kernel) -> String {
    let row = |weights: &[f32]| format!("[{}]", weights.iter().map(f32::to_string).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = kernel.weights().chunks_exact(kernel.width()).map(row).collect();
    format!("# What blurred it: the point-spread function.\npsf = np.array([\n    {},\n])\n", rows.join(",\n    "))
}

fn numbers(program: &Program, description: &Description, settings: &Settings, sigma: f64) -> String {
    let mut text = String::new();
    for (place, (name, parameter)) in program.parameters.iter().zip(description.parameters).enumerate() {
        let value = settings.parameter(description, place);
        let _ = writeln!(text, "{name} = {value}  # {}: {}", parameter.symbol, parameter.name);
    }
    let _ = writeln!(text, "sigma = {}  # the noise's standard deviation", sigma as f32);
    let _ = writeln!(text, "non_negative = {}", python_bool(settings.non_negative));
    if program.kind != Kind::Filter {
        let _ = writeln!(text, "iterations = {}  # at most", settings.iterations(description));
        let _ =
            writeln!(text, "tolerance = {}  # ends when the estimate changes by a smaller part", settings.tolerance);
        let _ = writeln!(
            text,
            "stop_at_noise = {}  # ends when the residual is as small as the noise",
            python_bool(settings.stop_at_noise)
        );
        let _ =
            writeln!(text, "flat = {}  # whether it starts with the mean", python_bool(settings.start == Start::Flat));
    }
    text
}

fn python_bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// How far the frame reaches beyond the picture.
fn margins(treatment: Treatment, kernel: &Kernel, size: [usize; 2]) -> String {
    let margin = |axis: usize| {
        let (side, reach) = (size[axis], kernel.size()[axis]);
        match treatment {
            Treatment::Circular | Treatment::Taper => [0, 0],
            Treatment::Mirror => [0, if side == 1 { 0 } else { side }],
            Treatment::Unknown => {
                let full = if reach == 1 { side } else { fast_size(side + reach - 1) };
                let before = (full - side) / 2;
                [before, full - side - before]
            }
        }
    };
    let [[top, bottom], [left, right]] = [margin(0), margin(1)];
    // Outside, nothing is known; or what is known of the mirror image.
    let outside = match treatment {
        Treatment::Unknown => "constant",
        Treatment::Circular => "wrap",
        Treatment::Mirror | Treatment::Taper => "symmetric",
    };
    format!(
        "size = h, w = ({}, {})\nmargins = (({top}, {bottom}), ({left}, {right}))  # of the frame that is computed on\n\
         outside = \"{outside}\"  # how the frame goes on where pixels are known\n",
        size[0], size[1]
    )
}

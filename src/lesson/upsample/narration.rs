//! What the page says: about a step, a cell, a layer's sizes and a score.

use super::{
    Shown, Side, UpsampleLesson,
    overlap::Overlap,
    stack::Reach,
    words::{counted, run, times, value, word},
};
pub use super::{
    verdict::{Remedy, Verdict, shows_inside, verdict},
    words::{grouped, printed},
};
use std::ops::Range;

/// The transport's title and sentence for the step at the lesson's position.
#[must_use]
pub fn step_words(lesson: &UpsampleLesson) -> (String, String) {
    let gradient = lesson.side == Side::Gradient;
    if lesson.shown != Shown::Paint {
        // The whole is in view, and no step of it.
        return if gradient {
            ("All gone back".to_owned(), "Play sends the gradients back step by step.".to_owned())
        } else {
            ("All painted".to_owned(), "Play paints it step by step.".to_owned())
        };
    }
    if lesson.position <= 0.0 {
        let nothing = if gradient { "No gradient has gone back yet." } else { "No pixel has been painted yet." };
        return ("Before the first step".to_owned(), format!("{nothing} Step forward or press Play."));
    }
    let step = lesson.timeline().shown(lesson.position);
    let chapter = match (lesson.work.stack.layers().len(), gradient) {
        (1, false) => "Paint".to_owned(),
        (1, true) => "Gradient".to_owned(),
        _ => format!("Layer {}", step.layer + 1),
    };
    let title = format!("{chapter}, step {} of {}", step.index + 1, step.of);
    let reaches = lesson.work.stack.reaches(lesson.work.pixels);
    let reach = reaches[step.layer];
    let (from, to) = (step.pixel_from, step.pixel_to);
    let (first, behind) = (reach.cells(from).start, reach.cells(to.max(from + 1) - 1).end);
    let held = held_before(&reaches, step.layer, from, first..behind);
    let is_any_full = (from..to).any(|input| is_full(&reaches[..step.layer], input));
    // Between copies that are smaller than their distance lie cells that none of them reaches.
    let has_gaps = lesson.work.stack.layers()[step.layer].mask < lesson.work.stack.layers()[step.layer].stride;
    let sentence = match (gradient, to - from) {
        (false, 1) if !is_full(&reaches[..step.layer], from) => {
            format!("{} is empty, so its copy of the mask adds nothing.", inputs(step.layer, from..to))
        }
        (true, 1) if !is_full(&reaches[..step.layer], from) => {
            format!("No gradient has reached output {}, so it hands none on.", grouped(from + 1))
        }
        (false, 1) => {
            let cells = run("cell", first, behind);
            let held = match held {
                Held::Nothing if from == 0 => String::new(),
                Held::Nothing => format!("; {} paint", no_one(behind - first)),
                Held::Run(from, to) => format!("; {} already held paint", run("cell", from, to)),
                Held::Some(count) => format!("; {} of them already held paint", word(count)),
            };
            format!("{} lands on {cells}{held}.", inputs(step.layer, from..to))
        }
        (true, 1) => {
            let cells = run("cell", first, behind);
            let held = match held {
                Held::Nothing if from == 0 => String::new(),
                Held::Nothing => format!("; {} a gradient", no_one(behind - first)),
                Held::Run(from, to) => format!("; {} already held one", run("cell", from, to)),
                Held::Some(count) => format!("; {} of them already held one", word(count)),
            };
            format!(
                "Window {} read {cells}, and its gradient goes back to {}{held}.",
                grouped(from + 1),
                if behind - first == 1 { "it" } else { "them" },
            )
        }
        (false, _) if !is_any_full => {
            format!("{} are empty, so their copies of the mask add nothing.", inputs(step.layer, from..to))
        }
        (true, _) if !is_any_full => {
            format!("No gradient has reached {}, so they hand none on.", run("output", from, to))
        }
        (false, _) => {
            let land = if has_gaps { "lay their copies within" } else { "land on" };
            format!("{} {land} {}.", inputs(step.layer, from..to), run("cell", first, behind))
        }
        (true, _) => {
            let to_what = if has_gaps { "what they read of input" } else { "input" };
            format!("The gradients of {} go back to {to_what} {}.", run("output", from, to), run("cell", first, behind))
        }
    };
    (title, sentence)
}

/// What goes into a layer, at the beginning of a sentence: “Input pixel 5”, “Cells 5 and 6 of layer 1”.
fn inputs(layer: usize, inputs: Range<usize>) -> String {
    match layer {
        0 => format!("Input {}", run("pixel", inputs.start, inputs.end)),
        _ => format!("{} of layer {layer}", run("Cell", inputs.start, inputs.end)),
    }
}

/// Which of some cells held something before.
enum Held {
    Nothing,
    Run(usize, usize),
    Some(usize),
}

/// Which of a layer's `cells` held something before an input was painted. What is held never turns empty again here, as
/// copies count and do not weigh.
fn held_before(reaches: &[Reach], layer: usize, input: usize, cells: Range<usize>) -> Held {
    let held_paint =
        |cell: &usize| reaches[layer].sources(*cell).any(|source| source < input && is_full(&reaches[..layer], source));
    let held: Vec<usize> = cells.filter(held_paint).collect();
    match (held.first(), held.last()) {
        (Some(first), Some(last)) if last - first + 1 == held.len() => Held::Run(*first, last + 1),
        (Some(_), Some(_)) => Held::Some(held.len()),
        _ => Held::Nothing,
    }
}

/// Whether a cell that comes out of these layers gets anything at all.
fn is_full(layers: &[Reach], cell: usize) -> bool {
    let Some((last, before)) = layers.split_last() else { return true };
    last.sources(cell).any(|source| is_full(before, source))
}

/// What is to be known of one cell of a layer's row, by its place from 0; nothing for a cell that is none.
#[must_use]
pub fn cell_words(lesson: &UpsampleLesson, overlap: &Overlap, layer: usize, cell: usize) -> String {
    let Some(row) = overlap.rows.get(layer) else { return String::new() };
    let Some(held) = row.complete.get(cell) else { return String::new() };
    let gradient = lesson.side == Side::Gradient;
    let name = format!("{} {}", if gradient { "Input cell" } else { "Cell" }, grouped(cell + 1));
    let sources = row.sources(cell);
    if sources.is_empty() {
        return if gradient {
            format!("{name} is read by no window: no gradient reaches it.")
        } else {
            format!("{name} stays empty: no copy of the mask reaches it.")
        };
    }
    let count = sources.len();
    let rim = match &row.interior {
        Some(inside) if inside.contains(&cell) => "",
        _ => " It feels the rim.",
    };
    let sources = |one: &str| run(one, sources.start, sources.end);
    if *held == 0.0 && !overlap.weighted {
        // It is reached by what has nothing to give.
        return if gradient {
            format!("{name} is read by {}, but no gradient has come that far.{rim}", sources("window"))
        } else {
            format!("{name} stays empty: what covers it, {} of the layer before, is empty.{rim}", sources("cell"))
        };
    }
    let told = match (gradient, layer) {
        (false, 0) => format!("{name} is painted {}, by input {}.", times(count), sources("pixel")),
        (true, 0) if count == 1 => format!("{name} is read by {}, so it gets one gradient.", sources("window")),
        (true, 0) => {
            format!("{name} is read by {}, so {} are added up there.", sources("window"), counted(count, "gradient"))
        }
        (false, _) => format!("{name} is painted by {} of the layer before.", sources("cell")),
        (true, _) => format!(
            "{name} is read by {} and gets all that has reached {}.",
            sources("window"),
            if count == 1 { "it" } else { "them" }
        ),
    };
    let sum = match (overlap.weighted, layer) {
        (false, 0) => String::new(),
        (false, _) => format!(" {} in all.", amount(*held, gradient)),
        (true, _) => match mean_of(lesson, layer) {
            Some(rows) => format!(" By weight that is {} in the mean of {} rows.", value(*held), grouped(rows)),
            None => format!(" By weight that is {}.", value(*held)),
        },
    };
    format!("{told}{sum}{rim}")
}

/// What one input of a layer does, by its place from 0; nothing for one that is none.
#[must_use]
pub fn input_words(lesson: &UpsampleLesson, overlap: &Overlap, layer: usize, input: usize) -> String {
    let Some(row) = overlap.rows.get(layer).filter(|row| input < row.inputs) else { return String::new() };
    let cells = row.cells(input);
    let told = run("cell", cells.start, cells.end);
    match (lesson.side, layer) {
        (Side::Forward, 0) => format!("Pixel {} paints {told}.", grouped(input + 1)),
        (Side::Forward, _) => format!("Cell {} of layer {layer} paints {told}.", grouped(input + 1)),
        (Side::Gradient, _) => format!(
            "Window {} reads {told}, and its gradient goes back to {}.",
            grouped(input + 1),
            if cells.len() == 1 { "it" } else { "them" }
        ),
    }
}

/// Which cell an entry of an input's copy lies on, by their places from 0; nothing for an entry that is none.
#[must_use]
pub fn entry_words(lesson: &UpsampleLesson, overlap: &Overlap, layer: usize, input: usize, entry: usize) -> String {
    let Some(row) = overlap.rows.get(layer).filter(|row| input < row.inputs) else { return String::new() };
    let Some(weight) = row.weights.get(entry) else { return String::new() };
    let letter = char::from(b'a' + entry as u8);
    let (copy, verb) = match lesson.side {
        Side::Forward => (format!("Entry {letter} of pixel {}’s copy", grouped(input + 1)), "lies on"),
        Side::Gradient => (format!("Entry {letter} of window {}", grouped(input + 1)), "reads"),
    };
    match row.entry_cell(input, entry) {
        None => format!("{copy} is cut off by the padding."),
        Some(cell) if overlap.weighted => {
            format!("{copy} {verb} cell {}, with the weight {}.", grouped(cell + 1), value(*weight))
        }
        Some(cell) => format!("{copy} {verb} cell {}.", grouped(cell + 1)),
    }
}

/// Of how many kinds of rows the row after a layer is the mean: where weights are no outer product, rows differ by their
/// places in a block. None where what the row shows is true of every row.
#[must_use]
pub fn mean_of(lesson: &UpsampleLesson, layer: usize) -> Option<usize> {
    let rows = lesson.work.stack.layers().iter().take(layer + 1).map(|layer| layer.stride).product();
    (lesson.weighted && !lesson.is_separable() && rows > 1).then_some(rows)
}

/// The heading of the row after a layer.
#[must_use]
pub fn heading(lesson: &UpsampleLesson, layer: usize) -> String {
    let what = match (lesson.side, lesson.shown) {
        (Side::Gradient, _) => "Gradient",
        (_, Shown::Paint) => "Paint",
        (_, Shown::Counts) => "Counts",
        (_, Shown::Heat) => "Heat",
    };
    let row = mean_of(lesson, layer).map_or("one row".to_owned(), |rows| format!("mean of {} rows", grouped(rows)));
    match lesson.work.stack.layers().len() {
        1 => format!("{what}, {row}"),
        layers => format!("{what}, {layers} layers, {row}"),
    }
}

/// What goes on in the row: the step under way, or how much larger everything gets.
#[must_use]
pub fn under_way(lesson: &UpsampleLesson, inputs: usize) -> String {
    let gradient = lesson.side == Side::Gradient;
    if lesson.shown != Shown::Paint {
        let (one, each) = if gradient { ("input", "output") } else { ("cell", "pixel") };
        let scale = lesson.scale();
        return format!("{} {one}{} for each {each}", grouped(scale), if scale == 1 { "" } else { "s" });
    }
    let step = lesson.timeline().shown(lesson.position);
    let (pixel, inputs) = (grouped(step.pixel_to), grouped(inputs));
    match (lesson.position <= 0.0, lesson.work.stack.layers().len(), gradient) {
        (true, _, false) => "nothing is painted yet".to_owned(),
        (true, _, true) => "no gradient has gone back yet".to_owned(),
        (false, 1, false) => format!("pixel {pixel} of {inputs} is being painted"),
        (false, 1, true) => format!("the gradient of output {pixel} of {inputs} goes back"),
        (false, layers, _) => format!("layer {} of {layers}", step.layer + 1),
    }
}

/// What the bars along the row after a layer, of so many cells, tell.
#[must_use]
pub fn axis_words(lesson: &UpsampleLesson, layer: usize, cells: usize) -> String {
    let mean = mean_of(lesson, layer).map_or(String::new(), |rows| format!(", mean of {} rows", grouped(rows)));
    let cells = grouped(cells);
    match (lesson.side, lesson.weighted) {
        (Side::Forward, false) => format!("times painted, cell 1 to {cells}"),
        (Side::Forward, true) => format!("paint by weight{mean}, cell 1 to {cells}"),
        (Side::Gradient, false) => format!("gradients received, input cell 1 to {cells}"),
        (Side::Gradient, true) => format!("gradients by weight{mean}, input cell 1 to {cells}"),
    }
}

/// How much of the plane has been painted while the row is painted pixel by pixel; None where all of it has, or none.
#[must_use]
pub fn plane_so_far(lesson: &UpsampleLesson, overlap: &Overlap, layer: usize) -> Option<String> {
    let row = overlap.rows.get(layer).filter(|_| lesson.shown == Shown::Paint)?;
    let landed = row.done as usize;
    if landed == 0 || landed >= row.inputs {
        return None;
    }
    let s = if landed == 1 { "" } else { "s" };
    let of = match (lesson.side, layer) {
        (Side::Gradient, _) => "windows".to_owned(),
        (Side::Forward, 0) => "pixels".to_owned(),
        (Side::Forward, _) => format!("cells of layer {layer}"),
    };
    let landed = grouped(landed);
    Some(format!("{landed} row{s} and {landed} column{s} of {of} so far."))
}

/// So many copies or gradients.
fn amount(count: f64, gradient: bool) -> String {
    let what = match (gradient, count == 1.0) {
        (false, true) => "copy",
        (false, false) => "copies",
        (true, true) => "gradient",
        (true, false) => "gradients",
    };
    format!("{} {what}", value(count))
}

/// Who held nothing before.
fn no_one(cells: usize) -> &'static str {
    if cells == 1 { "it did not hold" } else { "none of them held" }
}

/// What is to be known of a cell of the map, by its row and column from 0.
#[must_use]
pub fn map_words(lesson: &UpsampleLesson, overlap: &Overlap, layer: usize, [row, column]: [usize; 2]) -> String {
    let Some(cells) = overlap.rows.get(layer).map(|row| &row.complete) else { return String::new() };
    let (Some(down), Some(across)) = (cells.get(row), cells.get(column)) else { return String::new() };
    let place = format!("Row {}, column {}", grouped(row + 1), grouped(column + 1));
    if overlap.weighted {
        let held = overlap.plane(layer, super::Shown::Heat).at(row, column);
        return format!("{place}: {} by weight.", value(held));
    }
    format!(
        "{place}: {} · {} = {}.",
        value(*down),
        value(*across),
        amount(down * across, lesson.side == Side::Gradient)
    )
}

/// The length of the chosen layer's result along an axis as a sum, or on the gradient side that of the strided
/// convolution's.
#[must_use]
pub fn formula(lesson: &UpsampleLesson) -> String {
    let layer = lesson.chosen_layer();
    let [small, large] = lesson.lengths();
    let (k, s, p) = (layer.mask, layer.stride, layer.padding);
    let [small, large] = [small, large].map(grouped);
    match lesson.seen_side() {
        Side::Forward => format!("o = ({small} − 1)·{s} − 2·{p} + {k} = {large}"),
        Side::Gradient => format!("o = ⌊({large} + 2·{p} − {k}) / {s}⌋ + 1 = {small}"),
    }
}

/// The score of a checkerboard: “+12 dB, at n/2”, or “none”. Frequencies are cycles a pixel, rows and columns.
#[must_use]
pub fn checkerboard_words(decibels: f64, is_checkered: bool, peaks: &[[f64; 2]]) -> String {
    if !is_checkered || decibels.is_nan() {
        return "none".to_owned();
    }
    let mut names: Vec<(usize, usize)> = Vec::new();
    for frequency in peaks.iter().flatten().map(|frequency| frequency.abs()).filter(|frequency| *frequency > 1e-6) {
        let fraction = (2_usize..=64).find_map(|whole| {
            let part = frequency * whole as f64;
            let near = (part - part.round()).abs() < 1e-6 && part.round() >= 1.0;
            near.then(|| (part.round() as usize, whole))
        });
        names.extend(fraction.filter(|fraction| !names.contains(fraction)));
    }
    names.sort_by_key(|(part, whole)| (*whole, *part));
    let score = format!("{}{:.0} dB", if decibels < 0.0 { "−" } else { "+" }, decibels.abs());
    let names: Vec<String> = names
        .iter()
        .map(|(part, whole)| if *part == 1 { format!("n/{whole}") } else { format!("{part}n/{whole}") })
        .collect();
    match names.as_slice() {
        [] => score,
        [one] => format!("{score}, at {one}"),
        [first @ .., last] => format!("{score}, at {} and {last}", first.join(", ")),
    }
}

//! Whether the paint is even: the sum that decides it, what it means for the cells, and what would be even.

use super::{
    Layer, Side, UpsampleLesson,
    remedy::nearest_even_masks,
    words::{counted, listed, ordinal, ratio, times, value, word},
};
use crate::upsampling::stack_interior;

/// The sentence beside the lab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The sum that proves it, such as “3 mod 2 = 1”; of several layers it names the one that is the cause.
    pub sum: String,
    /// What follows from it for a row, ending with a full stop.
    pub meaning: String,
    /// What follows for the plane, a sentence; None where it is even.
    pub plane: Option<String>,
    /// What would be even; None where it is.
    pub remedy: Option<Remedy>,
}

impl Verdict {
    /// The meaning as far as it fits, with the sum, into so many characters, one sentence at least; and the rest.
    #[must_use]
    pub fn parted(&self, most: usize) -> (&str, &str) {
        let room = most.saturating_sub(self.sum.chars().count() + 2);
        let ends = self.meaning.match_indices(". ").map(|(place, _)| place + 1).chain([self.meaning.len()]);
        let fits = |end: &usize| self.meaning[..*end].chars().count() <= room;
        let mut ends = ends.peekable();
        let first = ends.peek().copied().unwrap_or_default();
        let end = ends.take_while(fits).last().unwrap_or(first);
        (&self.meaning[..end], self.meaning[end..].trim_start())
    }
}

/// The nearest even choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// What stands on the button.
    pub label: String,
    /// The layers that it sets, each by k and s.
    pub stack: Vec<[usize; 2]>,
}

/// Ratios nearer to 1 than this look even.
pub(super) const EVEN: f64 = 1.005;
/// A pattern of more cells is not written out.
const PATTERN_MOST: usize = 8;

/// Why the lab's cells are painted evenly or not.
#[must_use]
pub fn verdict(lesson: &UpsampleLesson) -> Verdict {
    let layers = lesson.work.stack.layers();
    let patterns: Vec<Vec<f64>> = (1..=layers.len()).map(|count| lesson.row_pattern(count, false)).collect();
    let is_uneven = |layer: usize| patterns[layer].len() > 1;
    let by_count = match (0..layers.len()).rev().find(|layer| is_uneven(*layer)) {
        None => all_even(lesson, patterns[layers.len() - 1][0]),
        Some(last) => {
            // The layer after which the counts have been uneven ever since, up to the last that left them so.
            let cause = (0..last).rev().find(|layer| !is_uneven(*layer)).map_or(0, |even| even + 1);
            if last + 1 < layers.len() {
                evened_out(lesson, cause, last + 1, patterns[layers.len() - 1][0])
            } else {
                uneven(lesson, cause, &patterns)
            }
        }
    };
    let mut verdict = if lesson.weighted { by_weight(lesson, by_count) } else { by_count };
    if !shows_inside(lesson) {
        verdict.meaning += " But so few pixels leave too few cells clear of the rim to show it.";
    }
    verdict
}

/// Whether the lab shows what is said of its inside: as many cells as the pattern of counts has do not feel the rim.
#[must_use]
pub fn shows_inside(lesson: &UpsampleLesson) -> bool {
    let pattern = lesson.row_pattern(lesson.work.stack.layers().len(), false).len();
    let kernel = lesson.work.stack.kernel_layers();
    matches!(stack_interior(lesson.work.pixels, &kernel), Ok(Some(inside)) if inside.len() >= pattern)
}

fn is_gradient(lesson: &UpsampleLesson) -> bool {
    lesson.side == Side::Gradient
}

/// The sum of one layer.
fn sum(layer: Layer) -> String {
    let Layer { mask, stride, .. } = layer;
    if mask < stride { format!("{mask} < {stride}") } else { format!("{mask} mod {stride} = {}", mask % stride) }
}

/// The sum of the layer that is the cause, by its number where there are others.
fn named_sum(lesson: &UpsampleLesson, cause: usize) -> String {
    let layers = lesson.work.stack.layers();
    let sum = sum(layers[cause]);
    if layers.len() == 1 { sum } else { format!("Layer {}: {sum}", cause + 1) }
}

fn all_even(lesson: &UpsampleLesson, count: f64) -> Verdict {
    let layers = lesson.work.stack.layers();
    let sum = match layers.len() {
        1 => sum(layers[0]),
        2 => "k mod s = 0 in both layers".to_owned(),
        count => format!("k mod s = 0 in all {} layers", word(count)),
    };
    Verdict { sum, meaning: format!("{}.", evenly(lesson, count)), plane: None, remedy: None }
}

/// That every cell inside gets the same.
fn evenly(lesson: &UpsampleLesson, count: f64) -> String {
    let count = count as usize;
    match (is_gradient(lesson), lesson.work.stack.layers().len()) {
        (false, _) => format!("every cell inside is painted {}", times(count)),
        (true, 1) if count == 1 => "every input cell inside is read by one window and gets one gradient".to_owned(),
        (true, 1) => format!(
            "every input cell inside is read by {}, so {} are added up there",
            counted(count, "window"),
            counted(count, "gradient")
        ),
        (true, _) if count == 1 => "every input cell inside is reached once".to_owned(),
        (true, _) => format!("every input cell inside is reached {}", times(count)),
    }
}

fn evened_out(lesson: &UpsampleLesson, cause: usize, healer: usize, count: f64) -> Verdict {
    Verdict {
        sum: named_sum(lesson, cause),
        meaning: format!("uneven, but layer {} evens it out: {}.", healer + 1, evenly(lesson, count)),
        plane: None,
        remedy: None,
    }
}

fn uneven(lesson: &UpsampleLesson, cause: usize, patterns: &[Vec<f64>]) -> Verdict {
    let layers = lesson.work.stack.layers();
    // The layer before the cause is even: every pixel of the cause's input stands for as many copies.
    let copies = cause.checked_sub(1).map_or(1, |before| patterns[before][0] as usize);
    let mut meaning = unevenly(is_gradient(lesson), layers[cause], copies);
    if cause + 1 < layers.len() {
        meaning += &handed_on(cause + 1..layers.len(), &patterns[cause..]);
        let pattern = &patterns[layers.len() - 1];
        meaning.push('.');
        if pattern.len() <= PATTERN_MOST {
            let counts: Vec<String> = pattern.iter().map(|count| value(*count)).collect();
            meaning += &format!(" In the end the counts inside repeat {}.", counts.join(", "));
        }
    } else {
        meaning.push('.');
    }
    let remedy = nearest_even_masks(layers).map(|masks| Remedy {
        label: format!("Nearest even choice: {}", changes(layers, &masks)),
        stack: layers.iter().zip(&masks).map(|(layer, mask)| [*mask, layer.stride]).collect(),
    });
    let plane = lesson.contrast(false).and_then(|apart| plane_words(lesson, apart, false));
    Verdict { sum: named_sum(lesson, cause), meaning, plane, remedy }
}

/// Other masks for some layers: “k = 4”, “k = 4 in layers 1 and 2”, “k = 6 in layer 1 and k = 4 in layer 2”.
fn changes(layers: &[Layer], masks: &[usize]) -> String {
    let changed = || layers.iter().zip(masks).enumerate().filter(|(_, (layer, mask))| layer.mask != **mask);
    let mut sides: Vec<usize> = Vec::new();
    changed().for_each(|(_, (_, mask))| {
        if !sides.contains(mask) {
            sides.push(*mask)
        }
    });
    let told: Vec<String> = sides
        .iter()
        .map(|side| {
            let of_side = changed().filter(|(_, (_, mask))| *mask == side);
            let numbers: Vec<usize> = of_side.map(|(place, _)| place + 1).collect();
            match layers.len() {
                1 => format!("k = {side}"),
                _ => format!("k = {side} in {}", listed("layer", &numbers)),
            }
        })
        .collect();
    match told.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}

/// What one layer of an uneven geometry does to its cells, without a full stop; `copies` lie on every pixel of its input.
fn unevenly(gradient: bool, layer: Layer, copies: usize) -> String {
    let Layer { mask: k, stride: s, .. } = layer;
    let (rest, some) = (k % s, |count: usize| format!("{} of every {}", word(count), word(s)));
    if k < s {
        let empty = s - k;
        return match (gradient, empty) {
            (false, 1) => format!("every {} cell stays empty", ordinal(s)),
            (false, _) => format!("{} cells stay empty", some(empty)),
            (true, 1) => format!("every {} input cell is read by no window, and no gradient reaches it", ordinal(s)),
            (true, _) => format!("{} input cells are read by no window, and no gradient reaches them", some(empty)),
        };
    }
    let (few, many) = (k / s * copies, (k / s + 1) * copies);
    if gradient && copies > 1 {
        // Windows are those of this layer, gradients have come through all of them.
        let (reached, others) = (times(many), times(few));
        return if rest == 1 {
            format!("every {} input cell is reached {reached}, the others {others}", ordinal(s))
        } else {
            format!("{} input cells are reached {reached}, the others {others}", some(rest))
        };
    }
    if gradient {
        let (windows, gradients) = (counted(many, "window"), counted(many, "gradient"));
        let others = format!("and {} on the others", word(few));
        return if rest == 1 {
            format!("every {} input cell is read by {windows}: {gradients} add up there, {others}", ordinal(s))
        } else {
            format!("{} input cells are read by {windows}: {gradients} add up there, {others}", some(rest))
        };
    }
    let others = if few > 1 { format!(", the others {}", times(few)) } else { String::new() };
    if rest == 1 {
        format!("every {} cell is painted {}{others}", ordinal(s), times(many))
    } else {
        format!("{} cells are painted {}{others}", some(rest), times(many))
    }
}

/// What the layers after the cause make of it, from the patterns that it and they leave.
fn handed_on(layers: std::ops::Range<usize>, patterns: &[Vec<f64>]) -> String {
    let (left, end) = (&patterns[0], &patterns[patterns.len() - 1]);
    let ratio = |pattern: &Vec<f64>| {
        let most = pattern.iter().copied().fold(0.0, f64::max);
        most / pattern.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let one = layers.len() == 1;
    let who = match layers.len() {
        1 => format!("layer {}", layers.end),
        2 => format!("layers {} and {}", layers.start + 1, layers.end),
        _ => format!("layers {} to {}", layers.start + 1, layers.end),
    };
    let verb = |single: &'static str, several: &'static str| if one { single } else { several };
    let fills_between = || patterns.iter().any(|pattern| pattern.iter().all(|count| *count > 0.0));
    match (ratio(left), ratio(end)) {
        (left, end) if left.is_infinite() && end.is_infinite() && fills_between() => {
            format!("; {who} {} the holes and {} new ones", verb("fills", "fill"), verb("leaves", "leave"))
        }
        (left, end) if left.is_infinite() && end.is_infinite() => {
            format!("; {who} {} not fill all the holes", verb("does", "do"))
        }
        (left, _) if left.is_infinite() => format!("; {who} {} the holes unevenly", verb("fills", "fill")),
        (_, end) if end.is_infinite() => format!("; {who} {} holes besides", verb("leaves", "leave")),
        (left, end) if end > left * EVEN => format!("; {who} {} to it", verb("adds", "add")),
        (left, end) if end * EVEN < left => format!("; {who} {} it, but not away", verb("smooths", "smooth")),
        _ => format!("; {who} {} it on", verb("passes", "pass")),
    }
}

/// What it means for the plane that its richest cell holds so many times what the poorest does; None where they are alike.
fn plane_words(lesson: &UpsampleLesson, apart: f64, weighted: bool) -> Option<String> {
    if apart < EVEN {
        return None;
    }
    Some(match (is_gradient(lesson), apart.is_infinite()) {
        (false, true) => "In the plane some cells inside get no paint at all.".to_owned(),
        (true, true) => "In the plane some input cells inside get no gradient at all.".to_owned(),
        (false, false) => {
            format!("In the plane the richest cell inside gets {} times the paint of the poorest.", ratio(apart))
        }
        (true, false) if weighted => format!(
            "In the plane the gradients of the richest input cell inside weigh {} times those of the poorest.",
            ratio(apart)
        ),
        (true, false) => format!(
            "In the plane the richest input cell inside gets {} times as many gradients as the poorest.",
            ratio(apart)
        ),
    })
}

/// The verdict where copies count by their weights.
fn by_weight(lesson: &UpsampleLesson, by_count: Verdict) -> Verdict {
    let counts_even = by_count.plane.is_none() && by_count.remedy.is_none();
    let told = by_count.meaning.trim_end_matches('.').to_owned();
    let paint = if is_gradient(lesson) { "weight" } else { "paint" };
    if lesson.masks().iter().any(|mask| mask.iter().all(|weight| *weight == 0.0)) {
        let meaning = format!("{told}. But all weights are 0, so no cell holds any {paint}.");
        return Verdict { meaning, plane: None, remedy: None, ..by_count };
    }
    match lesson.contrast(true) {
        Some(apart) if apart < EVEN && counts_even => by_count,
        Some(apart) if apart < EVEN => Verdict {
            meaning: format!("{told}. But the weights make up for it: every cell inside gets the same {paint}."),
            plane: None,
            remedy: None,
            ..by_count
        },
        Some(apart) => Verdict {
            meaning: if counts_even { format!("{told}, but not with the same weights.") } else { by_count.meaning },
            plane: plane_words(lesson, apart, true),
            ..by_count
        },
        None if lesson.is_beyond_comparing() => Verdict {
            plane: Some("These weights repeat in too large a pattern to compare all of its cells.".to_owned()),
            ..by_count
        },
        None => Verdict {
            meaning: if counts_even { format!("{told}, but not with the same weights.") } else { by_count.meaning },
            plane: Some(format!("By weight some cells inside hold {paint} below 0 and others above.")),
            ..by_count
        },
    }
}

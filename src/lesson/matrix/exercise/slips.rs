//! What went wrong: slips that lead from the reader's numbers to a wrong answer.

use super::{Verdict, right, wrong};
use crate::convolution::{Geometry, PaddingMode};
use crate::lesson::{
    matrix::{
        derived::Derived,
        narration::{Sum, Term, letter, place},
        setup::Setup,
    },
    numbers::{cell_text, factor_text},
};

/// Judges what was answered for a cell of the result.
pub(super) fn judge_result(target: usize, answer: f64, setup: &Setup, derived: &Derived) -> Verdict {
    let sum = Sum::of_output(target, derived);
    let truth = f64::from(sum.total);
    if same(answer, truth) {
        return right(&format!("Yes: {}.", sum.line()));
    }
    let columns = derived.sizes().result[1];
    let turned = total(&sum.terms, |term| opposite(term, derived), |term| term.value);
    if same(answer, turned) {
        return wrong(if setup.flip {
            "That is what the mask as it is written gives; here it is turned by 180° before it is laid on the patch."
        } else {
            "That is what the mask turned by 180° gives; here it is laid on the patch as it is written."
        });
    }
    if let Some(other) = (0..derived.outputs()).find(|j| same(answer, result_of(*j, derived))) {
        return wrong(&format!(
            "That is the result at {}: {}.",
            place(other, columns),
            direction(target, other, columns)
                .map_or_else(|| "the mask lies elsewhere".to_owned(), |side| format!("the window one step {side}"))
        ));
    }
    if let Some(verdict) = slip_of_one(answer, &sum) {
        return verdict;
    }
    if let Some(weights) = exchanged(&sum.terms, derived)
        && same(answer, total(&sum.terms, |term| weights[term.tap], |term| term.value))
    {
        return wrong("That is what the mask gives with its rows and columns exchanged.");
    }
    if setup.mode != PaddingMode::Zero && same(answer, without_margin(target, setup, derived)) {
        return wrong(&format!(
            "That takes the padding for zeros; here it is filled from the patch, in mode {}.",
            setup.mode.slug()
        ));
    }
    if same(answer, total(&sum.terms, |_| 1.0, |term| term.value)) {
        return wrong(
            "That is the sum of the numbers under the mask; each of them has to be multiplied by its entry first.",
        );
    }
    hint(&sum, derived.sizes().patch[1], "patch")
}

/// Judges what was answered for a cell of the transposed result.
pub(super) fn judge_transposed(target: usize, answer: f64, derived: &Derived) -> Verdict {
    let sum = Sum::of_cell(target, derived);
    let truth = f64::from(sum.total);
    if same(answer, truth) {
        return right(&format!("Yes: {}.", sum.line()));
    }
    let columns = derived.sizes().grown[1];
    let products = || sum.terms.iter().map(product);
    if same(answer, truth / sum.terms.len().max(1) as f64) {
        return wrong("That is the mean of what meets here; a transposed convolution adds it up.");
    }
    if sum.terms.len() > 1 && products().next_back().is_some_and(|last| same(answer, last)) {
        return wrong(&format!(
            "That is the last product alone, as if paint covered what lies below; here it adds to it, and {} \
             products meet.",
            sum.terms.len()
        ));
    }
    if same(answer, total(&sum.terms, |term| opposite(term, derived), |term| term.value)) {
        return wrong(
            "That is what the mask turned by 180° paints; E’s numbers paint the mask as it lies on the patch.",
        );
    }
    if let Some(other) = (0..derived.grown_cells()).find(|g| same(answer, transposed_of(*g, derived))) {
        return wrong(&format!(
            "That is the transposed result at {}{}.",
            place(other, columns),
            direction(target, other, columns).map_or_else(String::new, |side| format!(", one cell {side}"))
        ));
    }
    if let Some(verdict) = slip_of_one(answer, &sum) {
        return verdict;
    }
    if let Some(weights) = exchanged(&sum.terms, derived)
        && same(answer, total(&sum.terms, |term| weights[term.tap], |term| term.value))
    {
        return wrong("That is what the mask gives with its rows and columns exchanged.");
    }
    hint(&sum, derived.sizes().result[1], "E")
}

/// Judges what was answered for a column of C.
pub(super) fn judge_column(target: usize, answer: usize, derived: &Derived) -> Verdict {
    let [rows, columns] = derived.sizes().result;
    let (row, column) = (target / columns, target % columns);
    if answer == target {
        return right(&format!(
            "Yes: results are counted row by row, so this one has column {}, the mask placed for it and unrolled.",
            target + 1
        ));
    }
    if answer >= derived.outputs() {
        return wrong(&format!("C has {} columns, one for each result.", derived.outputs()));
    }
    let belongs = format!("Column {} belongs to the result at {}", answer + 1, place(answer, columns));
    if answer == column * rows + row {
        return wrong(&format!(
            "{belongs}. Rows and columns are swapped: results are counted row by row, not column by column."
        ));
    }
    if answer == derived.outputs() - 1 - target {
        return wrong(&format!("{belongs}. Results are counted from the top left, not from the bottom right."));
    }
    let first = (0..derived.inputs()).find(|i| !derived.taps(*i, answer).is_empty());
    match first {
        Some(first) => wrong(&format!(
            "{belongs}: its first entry of the mask stands in row {}, which is the patch at {}.",
            first + 1,
            place(first, derived.sizes().patch[1])
        )),
        None => wrong(&format!("{belongs}.")),
    }
}

/// Judges what was answered for how many products meet in a cell of the transposed result.
pub(super) fn judge_overlap(target: usize, answer: usize, derived: &Derived) -> Verdict {
    let sum = Sum::of_cell(target, derived);
    let truth = sum.terms.len();
    let columns = derived.sizes().result[1];
    let lines = |axis: &dyn Fn(usize) -> usize| {
        let mut lines: Vec<usize> = sum.terms.iter().map(|term| axis(term.output)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.len()
    };
    let across = [lines(&|output| output / columns), lines(&|output| output % columns)];
    let separable = across[0] * across[1] == truth;
    if answer == truth {
        return right(&if separable {
            format!("Yes: {} down and {} across make {truth}.", across[0], across[1])
        } else {
            format!("Yes: {}.", sum.line())
        });
    }
    let nonzero = sum.terms.iter().filter(|term| product(term) != 0.0).count();
    if answer == nonzero {
        return wrong("That leaves out the products with 0; they meet here, too, whatever the numbers are.");
    }
    if separable && answer == across[0] + across[1] {
        return wrong(&format!(
            "{} down and {} across is right, but every one meets every other: multiply them.",
            across[0], across[1]
        ));
    }
    for (along, other) in [(0, "columns"), (1, "rows")] {
        if separable && answer == across[along] {
            return wrong(&format!(
                "That counts along one axis; along the {other} there are {} for each of them.",
                across[1 - along]
            ));
        }
    }
    if answer == derived.sizes().taps() {
        return wrong(&format!(
            "That is every entry of the mask; for a cell here only those count that a number of E lays on it. {}",
            first_meeting(&sum, columns)
        ));
    }
    wrong(&first_meeting(&sum, columns))
}

/// The product of a term.
pub(super) fn product(term: &Term) -> f64 {
    f64::from(term.weight) * f64::from(term.value)
}

fn total(terms: &[Term], weight: impl Fn(&Term) -> f32, value: impl Fn(&Term) -> f32) -> f64 {
    terms.iter().map(|term| f64::from(weight(term)) * f64::from(value(term))).sum()
}

/// The entry that stands where this one would if the mask were turned by 180°.
fn opposite(term: &Term, derived: &Derived) -> f32 {
    derived.mask[derived.mask.len() - 1 - term.tap]
}

/// The mask's entries with rows and columns exchanged, if it is square and larger than one.
fn exchanged(terms: &[Term], derived: &Derived) -> Option<Vec<f32>> {
    let [rows, columns] = derived.sizes().mask;
    (rows == columns && rows > 1 && !terms.is_empty())
        .then(|| (0..rows * columns).map(|tap| derived.mask[tap % columns * columns + tap / columns]).collect())
}

/// The result without the products of the margin.
fn without_margin(output: usize, setup: &Setup, derived: &Derived) -> f64 {
    let sizes = derived.sizes();
    let Geometry { stride, padding, dilation, .. } = setup.geometry;
    let mask = setup.laid_mask();
    let at = [output / sizes.result[1], output % sizes.result[1]];
    let mut sum = 0.0;
    for ((ky, kx), weight) in mask.indexed_iter() {
        let under = |axis: usize, tap: usize| {
            PaddingMode::Zero.source(
                at[axis] * stride[axis] + tap * dilation[axis],
                padding[axis][0],
                sizes.patch[axis],
            )
        };
        if let (Some(row), Some(column)) = (under(0, ky), under(1, kx)) {
            sum += f64::from(*weight) * f64::from(setup.patch[[row, column]]);
        }
    }
    sum
}

fn result_of(j: usize, derived: &Derived) -> f64 {
    derived.result.iter().nth(j).map_or(f64::NAN, |value| f64::from(*value))
}

fn transposed_of(g: usize, derived: &Derived) -> f64 {
    derived.transposed.iter().nth(g).map_or(f64::NAN, |value| f64::from(*value))
}

/// Where `other` lies as seen from `own`, if the two are neighbours.
fn direction(own: usize, other: usize, columns: usize) -> Option<&'static str> {
    let delta = |a: usize, b: usize| b as i64 - a as i64;
    match (delta(own / columns, other / columns), delta(own % columns, other % columns)) {
        (0, 1) => Some("to the right"),
        (0, -1) => Some("to the left"),
        (1, 0) => Some("further down"),
        (-1, 0) => Some("further up"),
        _ => None,
    }
}

/// A single slip in a sum: the sign of all, or a product left out, taken twice or with the wrong sign.
fn slip_of_one(answer: f64, sum: &Sum) -> Option<Verdict> {
    let truth = f64::from(sum.total);
    if same(answer, -truth) {
        return Some(wrong("The magnitude is right, the sign is not."));
    }
    let slips = [(-1.0, "is missing"), (-2.0, "has the wrong sign"), (1.0, "is counted twice")];
    slips.into_iter().find_map(|(factor, slip)| {
        let term =
            sum.terms.iter().find(|term| product(term) != 0.0 && same(answer, truth + factor * product(term)))?;
        Some(wrong(&format!("One product {slip}: {}.", written(term))))
    })
}

/// A product with its numbers, as in `2·3 = 6`.
fn written(term: &Term) -> String {
    format!("{}·{} = {}", factor_text(term.weight), factor_text(term.value), cell_text(product(term) as f32))
}

/// The first product that is not zero.
fn hint(sum: &Sum, columns: usize, array: &str) -> Verdict {
    let Some(term) = sum.terms.iter().find(|term| product(term) != 0.0).or(sum.terms.first()) else {
        return wrong("Not quite: no product meets here at all.");
    };
    let cell = if array == "E" { term.output } else { term.cell };
    wrong(&format!(
        "Not quite. There are {} products; one of them is {}, mask entry {} times {array} at {}.",
        sum.terms.len(),
        written(term),
        letter(term.tap),
        place(cell, columns)
    ))
}

fn first_meeting(sum: &Sum, columns: usize) -> String {
    sum.terms.first().map_or_else(
        || "Not quite: no product meets here at all.".to_owned(),
        |term| {
            format!(
                "Not quite. E’s number at {} reaches this cell with mask entry {}; which others do?",
                place(term.output, columns),
                letter(term.tap)
            )
        },
    )
}

/// Equal as far as cells show it.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.005_f64.max(1e-5 * b.abs()) + 1e-9
}

//! What the page says about a step, a spot and a sum.

use super::{
    derived::Derived,
    spot::Spot,
    timeline::{Chapter, Timeline},
};
use crate::lesson::numbers::{cell_text, factor_text};

/// One product of a sum: a mask entry (or a number of E) times a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The mask entry's index, which gives its letter.
    pub tap: usize,
    /// The mask entry's value.
    pub weight: f32,
    /// The number that it is multiplied by: of D for a convolution, of E for a transposed one.
    pub value: f32,
    /// Row of C.
    pub input: usize,
    /// Column of C.
    pub output: usize,
}

/// A sum of products, written out.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// Its products, in the order of the mask.
    pub terms: Vec<Term>,
    /// What they add up to, as the kernels have it.
    pub total: f32,
    /// The cell that holds the total.
    pub spot: Spot,
}

impl Sum {
    /// The products behind output `j` of the convolution.
    #[must_use]
    pub fn of_output(j: usize, derived: &Derived) -> Self {
        let mut terms: Vec<Term> = (0..derived.inputs())
            .filter_map(|i| {
                derived.taps[[i, j]].map(|tap| Term {
                    tap,
                    weight: derived.matrix[[i, j]],
                    value: derived.patch[i],
                    input: i,
                    output: j,
                })
            })
            .collect();
        terms.sort_by_key(|term| term.tap);
        let total = derived.result.iter().nth(j).copied().unwrap_or(0.0);
        Self { terms, total, spot: Spot::Result(j) }
    }

    /// The products behind cell `i` of the transposed result.
    #[must_use]
    pub fn of_input(i: usize, derived: &Derived) -> Self {
        let terms = derived
            .input
            .iter()
            .enumerate()
            .filter_map(|(j, value)| {
                derived.taps[[i, j]].map(|tap| Term {
                    tap,
                    weight: derived.matrix[[i, j]],
                    value: *value,
                    input: i,
                    output: j,
                })
            })
            .collect();
        let total = derived.transposed.iter().nth(i).copied().unwrap_or(0.0);
        Self { terms, total, spot: Spot::Transposed(i) }
    }

    /// The sum in one line, as in `0·3 + 1·3 + 2·2 = 7`.
    #[must_use]
    pub fn line(&self) -> String {
        if self.terms.is_empty() {
            return format!("nothing meets it: {}", cell_text(self.total));
        }
        let products: Vec<String> =
            self.terms.iter().map(|term| format!("{}·{}", factor_text(term.weight), factor_text(term.value))).collect();
        format!("{} = {}", products.join(" + "), cell_text(self.total))
    }

    /// The sum's heading.
    #[must_use]
    pub fn heading(&self) -> String {
        let count = match self.terms.len() {
            0 => "No product".to_owned(),
            1 => "One product".to_owned(),
            n => format!("{} products, one sum", count_word(n)),
        };
        match self.spot {
            Spot::Transposed(_) => format!("{count}, from E·Cᵀ"),
            _ => count,
        }
    }
}

/// The letter of a mask entry: a to z, then numbers.
#[must_use]
pub fn letter(tap: usize) -> String {
    u8::try_from(tap)
        .ok()
        .filter(|n| *n < 26)
        .map_or_else(|| format!("w{}", tap + 1), |n| char::from(b'a' + n).to_string())
}

/// Row and column of a cell, as readers count.
#[must_use]
pub fn place(index: usize, columns: usize) -> String {
    format!("row {}, column {}", index / columns + 1, index % columns + 1)
}

/// What a pinned or lit spot is called.
#[must_use]
pub fn spot_name(spot: Spot, derived: &Derived) -> String {
    let (result, patch) = (derived.result.ncols(), derived.transposed.ncols());
    match spot {
        Spot::Patch(i) | Spot::Vector(i) => format!("patch {}", place(i, patch)),
        Spot::Mask(tap) => format!("mask entry {}", letter(tap)),
        Spot::Placed(j, i) | Spot::Entry(i, j) => format!("C row {}, column {}", i + 1, j + 1),
        Spot::Turned(j, i) => format!("Cᵀ row {}, column {}", j + 1, i + 1),
        Spot::Product(j) | Spot::Result(j) => format!("output {}", place(j, result)),
        Spot::Input(j) | Spot::InputVector(j) => format!("E {}", place(j, result)),
        Spot::Sum(i) | Spot::Transposed(i) => format!("transposed result {}", place(i, patch)),
    }
}

/// A step's title: chapter and, where it has several, its number.
#[must_use]
pub fn title(position: f64, outputs: usize) -> String {
    let timeline = Timeline::new(outputs);
    if position <= 0.0 {
        return "Before the first step".to_owned();
    }
    let step = timeline.shown(position);
    if step.of == 1 {
        step.chapter.title().to_owned()
    } else {
        format!("{}, step {} of {}", step.chapter.title(), step.index + 1, step.of)
    }
}

/// What happens in a step.
#[must_use]
pub fn sentence(position: f64, derived: &Derived) -> String {
    if position <= 0.0 {
        return "A patch, a mask, and no product yet. Step forward or press Play.".to_owned();
    }
    let step = Timeline::new(derived.outputs()).shown(position);
    let columns = derived.result.ncols();
    match step.chapter {
        Chapter::Place => format!("The mask lies on the window of output {}.", place(step.index, columns)),
        Chapter::Unroll => {
            format!("Placed mask {}, read row by row, is a column of {}.", step.index + 1, derived.inputs())
        }
        Chapter::Stack => format!("{} columns side by side are C.", count_word(derived.outputs())),
        Chapter::Multiply => Sum::of_output(step.index, derived).line(),
        Chapter::Transpose => {
            format!("Column {} of C lies down and is row {} of Cᵀ. The same numbers.", step.index + 1, step.index + 1)
        }
        Chapter::Spread if step.index == derived.outputs() => {
            "The sums, folded back row by row: small has become large.".to_owned()
        }
        Chapter::Spread => {
            let value = derived.input.iter().nth(step.index).copied().unwrap_or(0.0);
            format!(
                "E holds {} here: it scales row {} of Cᵀ, which adds to the sums.",
                cell_text(value),
                step.index + 1
            )
        }
    }
}

fn count_word(n: usize) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

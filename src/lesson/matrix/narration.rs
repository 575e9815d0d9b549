//! What the page says about a step, a spot and a sum.

use super::{
    derived::Derived,
    spot::Spot,
    timeline::{Chapter, Timeline, Way},
    wiring::Taps,
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
    /// The cell of the patch, or of the transposed result.
    pub cell: usize,
    /// The result, or the number of E.
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
        // Entry by entry of the mask, each wherever it stands in the column: a padding that repeats gives it two places.
        let places = |tap: usize| (0..derived.inputs()).filter(move |i| derived.taps(*i, j).contains(tap));
        let terms = (0..derived.mask.len())
            .flat_map(|tap| places(tap).map(move |i| (i, tap)))
            .map(|(i, tap)| Term { tap, weight: derived.mask[tap], value: derived.patch[i], cell: i, output: j })
            .collect();
        let total = derived.result.iter().nth(j).copied().unwrap_or(0.0);
        Self { terms, total, spot: Spot::Result(j) }
    }

    /// The products behind cell `g` of the transposed result.
    #[must_use]
    pub fn of_cell(g: usize, derived: &Derived) -> Self {
        let terms = derived.input.iter().enumerate().flat_map(|(j, value)| {
            let taps = derived.turned_taps(j, g).iter();
            taps.map(move |tap| Term { tap, weight: derived.mask[tap], value: *value, cell: g, output: j })
        });
        let total = derived.transposed.iter().nth(g).copied().unwrap_or(0.0);
        Self { terms: terms.collect(), total, spot: Spot::Transposed(g) }
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

/// The letters of the mask entries that meet at one place, as in `a` or `a+b`; beyond two, the first and how many more.
#[must_use]
pub fn letters(taps: Taps) -> String {
    let names: Vec<String> = taps.iter().map(letter).collect();
    match names.as_slice() {
        [] => "·".to_owned(),
        [first, _, _, ..] => format!("{first}+{}", names.len() - 1),
        few => few.join("+"),
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

/// The class that gives a mask entry its hue: a family for each row of the mask, a lightness for each column.
#[must_use]
pub fn hue(tap: usize, mask: [usize; 2]) -> String {
    const LAST: usize = 4;
    let (row, column) = (tap / mask[1], tap % mask[1]);
    // Few columns are spread over all lightnesses, so that neighbours differ as much as they can.
    let lightness = if mask[1] > 1 { (column * LAST + (mask[1] - 1) / 2) / (mask[1] - 1) } else { LAST / 2 };
    format!("H{}{}", row.min(LAST), lightness.min(LAST))
}

/// Row and column of a cell, as readers count.
#[must_use]
pub fn place(index: usize, columns: usize) -> String {
    format!("row {}, column {}", index / columns + 1, index % columns + 1)
}

/// What a pinned or lit spot is called.
#[must_use]
pub fn spot_name(spot: Spot, derived: &Derived) -> String {
    let sizes = derived.sizes();
    let (patch, result, grown) = (sizes.patch[1], sizes.result[1], sizes.grown[1]);
    match spot {
        Spot::Patch(i) | Spot::Vector(i) => format!("patch {}", place(i, patch)),
        Spot::Mask(tap) | Spot::Flipped(tap) => format!("mask entry {}", letter(tap)),
        Spot::Placed(j, i) | Spot::Entry(i, j) => format!("C row {}, column {}", i + 1, j + 1),
        Spot::Turned(j, g) => format!("Cᵀ row {}, column {}", j + 1, g + 1),
        Spot::Product(j) | Spot::Result(j) => format!("output {}", place(j, result)),
        Spot::Input(j) | Spot::InputVector(j) => format!("E {}", place(j, result)),
        Spot::Sum(g) | Spot::Transposed(g) => format!("transposed result {}", place(g, grown)),
        Spot::Stamp(j, g) => format!("paint of E’s number {}, {}", j + 1, place(g, grown)),
        Spot::Inserted(_) => "E with zeros".to_owned(),
        Spot::Nudged(g) => format!("nudged cell {}", place(g, grown)),
        Spot::Change(j) => format!("change of output {}", place(j, result)),
    }
}

/// A step's title: chapter and, where it has several, its number.
#[must_use]
pub fn title(position: f64, timeline: Timeline) -> String {
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
pub fn sentence(position: f64, derived: &Derived, way: Way) -> String {
    if position <= 0.0 {
        return "A patch, a mask, and no product yet. Step forward or press Play.".to_owned();
    }
    let sizes = derived.sizes();
    let step = Timeline::new(derived.outputs(), derived.grown_cells(), way).shown(position);
    let number = step.index + 1;
    match step.chapter {
        Chapter::Place => format!("The mask lies on the window of output {}.", place(step.index, sizes.result[1])),
        Chapter::Unroll => format!("Placed mask {number}, read row by row, is a column of {}.", derived.inputs()),
        Chapter::Stack if derived.outputs() == 1 => "The one column is C.".to_owned(),
        Chapter::Stack => format!("{} columns side by side are C.", count_word(derived.outputs())),
        Chapter::Multiply => Sum::of_output(step.index, derived).line(),
        Chapter::Transpose if !sizes.returns() => {
            format!(
                "Column {number} lies down as row {number}; output_padding makes the row as long as the result asks."
            )
        }
        Chapter::Transpose => format!("Column {number} of C lies down and is row {number} of Cᵀ. The same numbers."),
        Chapter::Spread => spread_sentence(step.index, derived, way),
    }
}

fn spread_sentence(index: usize, derived: &Derived, way: Way) -> String {
    let value = derived.input.iter().nth(index).copied().unwrap_or(0.0);
    let columns = derived.sizes().grown[1];
    match way {
        Way::Matrix if index == derived.outputs() => {
            "The sums, folded back row by row: small has become large.".to_owned()
        }
        Way::Matrix => {
            let row = index + 1;
            format!("E holds {} here: it scales row {row} of Cᵀ, which adds to the sums.", cell_text(value))
        }
        Way::Paint => {
            format!("E holds {} here: the mask times {0}, painted where the window lay.", cell_text(value))
        }
        Way::Insertion => {
            format!(
                "The flipped mask over E and its zeros, {}: {}",
                place(index, columns),
                Sum::of_cell(index, derived).line()
            )
        }
        Way::Gradient => format!(
            "Nudge {} by 1: the results change by the mask there, and L by {}.",
            place(index, columns),
            cell_text(derived.transposed.iter().nth(index).copied().unwrap_or(0.0))
        ),
    }
}

/// A count as the word that begins a sentence, or as a number where the word would be long.
#[must_use]
pub fn count_word(n: usize) -> String {
    const WORDS: [&str; 17] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
        "Thirteen", "Fourteen", "Fifteen", "Sixteen",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

//! Exercises: the reader predicts a number, a column or a size before it is revealed, and a wrong answer is traced to
//! the slip that gives exactly this answer.
//!
//! Which question is asked follows from a seed that is handed in. Every diagnosis is computed: the slip is made on the
//! reader's own numbers, and named only when it leads to what was answered.

mod size;
mod slips;

use super::{
    derived::Derived,
    narration::{Sum, place},
    setup::Setup,
};
use crate::lesson::decimal;
use crate::lesson::numbers::parse_entry;
use size::SizeQuestion;
use slips::product;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A cell of the result.
    Result,
    /// The column of C that belongs to a cell of the result.
    Column,
    /// A cell of the transposed result.
    Transposed,
    /// The size of a result, for a geometry of the exercise's own.
    Size,
    /// How many products meet in a cell of the transposed result.
    Overlap,
}

impl Kind {
    /// Every kind, in the order to offer them in.
    pub const ALL: [Self; 5] = [Self::Result, Self::Column, Self::Transposed, Self::Size, Self::Overlap];

    /// What the page calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Result => "Predict a result",
            Self::Column => "Find a column of C",
            Self::Transposed => "Predict a transposed result",
            Self::Size => "Predict a size",
            Self::Overlap => "Count an overlap",
        }
    }

    /// The kinds that make sense for these numbers.
    #[must_use]
    pub fn offered(derived: &Derived) -> Vec<Self> {
        Self::ALL.into_iter().filter(|kind| *kind == Self::Size || !kind.targets(derived).is_empty()).collect()
    }

    /// The cells that are worth asking about.
    fn targets(self, derived: &Derived) -> Vec<usize> {
        let worth = |sum: Sum| sum.terms.iter().filter(|term| product(term) != 0.0).count() > 1;
        match self {
            Self::Result => (0..derived.outputs()).filter(|j| worth(Sum::of_output(*j, derived))).collect(),
            Self::Transposed => (0..derived.grown_cells()).filter(|g| worth(Sum::of_cell(*g, derived))).collect(),
            // A column that has a twin cannot be told from it.
            Self::Column if derived.outputs() > 1 => {
                let column = |j| derived.matrix.column(j);
                (0..derived.outputs())
                    .filter(|j| (0..derived.outputs()).all(|other| other == *j || column(other) != column(*j)))
                    .collect()
            }
            Self::Overlap => {
                let counts = derived.wiring.overlap();
                let varied = counts.iter().any(|count| *count != counts[0]);
                (0..counts.len()).filter(|g| varied && counts[*g] > 0).collect()
            }
            Self::Column | Self::Size => Vec::new(),
        }
    }
}

/// What the stage must not show until the answer is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// This cell of the result, wherever it is shown: in the product, in the result, and in E while E follows the
    /// result.
    pub result: Option<usize>,
    /// This cell of the transposed result, wherever it is shown.
    pub transposed: Option<usize>,
    /// The labels of C's columns, and the light that leads from a result to its column.
    pub columns: bool,
    /// The overlap counts.
    pub overlap: bool,
}

/// What the reader answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// A number, for [`Kind::Result`] and [`Kind::Transposed`].
    Number(f32),
    /// A column of C, counted from 0.
    Column(usize),
    /// Rows and columns.
    Size([usize; 2]),
    /// A count.
    Count(usize),
}

/// What is said about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the answer is right.
    pub right: bool,
    /// Why, or where to begin; a sentence or two.
    pub reason: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// What is asked for.
    pub kind: Kind,
    /// The question, a sentence or two.
    pub question: String,
    /// What the stage must not show.
    pub hidden: Hidden,
    /// The cell in question, row by row; 0 for [`Kind::Size`].
    pub target: usize,
    size: SizeQuestion,
}

impl Exercise {
    /// The question that a seed leads to; none if the kind makes no sense for these numbers.
    #[must_use]
    pub fn ask(kind: Kind, seed: u64, derived: &Derived) -> Option<Self> {
        let mut dice = Dice(seed);
        let sizes = derived.sizes();
        if kind == Kind::Size {
            let size = SizeQuestion::new(&mut dice);
            let question = size.question();
            return Some(Self { kind, question, hidden: Hidden::default(), target: 0, size });
        }
        let targets = kind.targets(derived);
        let target = *targets.get(dice.below(targets.len().max(1)))?;
        let (hidden, question) = match kind {
            Kind::Result => (
                Hidden { result: Some(target), ..Hidden::default() },
                format!("Which number stands in the result at {}?", place(target, sizes.result[1])),
            ),
            Kind::Column => (
                Hidden { columns: true, ..Hidden::default() },
                format!("Which column of C belongs to the result at {}?", place(target, sizes.result[1])),
            ),
            Kind::Transposed => (
                Hidden { transposed: Some(target), ..Hidden::default() },
                format!("Which number stands in the transposed result at {}?", place(target, sizes.grown[1])),
            ),
            _ => (
                Hidden { overlap: true, ..Hidden::default() },
                format!(
                    "How many products meet in the transposed result at {}? Products with 0 count, too.",
                    place(target, sizes.grown[1])
                ),
            ),
        };
        Some(Self { kind, question, hidden, target, size: SizeQuestion::default() })
    }

    /// Reads an answer as typed: a number; a column, counted from 1; a size such as `5 × 7`, `5x7` or `5 7`; a count.
    ///
    /// # Errors
    /// A sentence that says what to type.
    pub fn read(&self, text: &str) -> Result<Answer, String> {
        let whole = |text: &str| text.trim().parse::<usize>().ok().filter(|number| *number < 1_000_000);
        match self.kind {
            Kind::Result | Kind::Transposed => read_number(text).map(Answer::Number),
            Kind::Column => whole(text)
                .and_then(|column| column.checked_sub(1))
                .map(Answer::Column)
                .ok_or_else(|| "Type the number of a column, counted from 1.".to_owned()),
            Kind::Overlap => whole(text).map(Answer::Count).ok_or_else(|| "Type a count such as 0, 1 or 4.".to_owned()),
            Kind::Size => {
                let numbers: Option<Vec<usize>> = text
                    .split(|sign: char| matches!(sign, '×' | 'x' | 'X' | '*' | ',' | ';') || sign.is_whitespace())
                    .filter(|part| !part.is_empty())
                    .map(whole)
                    .collect();
                match numbers.as_deref() {
                    Some(&[rows, columns]) => Ok(Answer::Size([rows, columns])),
                    _ => Err("Type rows and columns, such as 5 × 7.".to_owned()),
                }
            }
        }
    }

    /// The right answer.
    #[must_use]
    pub fn solution(&self, derived: &Derived) -> Answer {
        match self.kind {
            Kind::Result => Answer::Number(derived.result.iter().nth(self.target).copied().unwrap_or(0.0)),
            Kind::Transposed => Answer::Number(derived.transposed.iter().nth(self.target).copied().unwrap_or(0.0)),
            Kind::Column => Answer::Column(self.target),
            Kind::Overlap => Answer::Count(derived.wiring.overlap().get(self.target).copied().unwrap_or(0)),
            Kind::Size => Answer::Size(self.size.result()),
        }
    }

    /// Judges an answer; `setup` and `derived` are those that the question was asked about.
    #[must_use]
    pub fn judge(&self, answer: Answer, setup: &Setup, derived: &Derived) -> Verdict {
        match (self.kind, answer) {
            (Kind::Result, Answer::Number(number)) => {
                slips::judge_result(self.target, f64::from(number), setup, derived)
            }
            (Kind::Transposed, Answer::Number(number)) => {
                slips::judge_transposed(self.target, f64::from(number), derived)
            }
            (Kind::Column, Answer::Column(column)) => slips::judge_column(self.target, column, derived),
            (Kind::Overlap, Answer::Count(count)) => slips::judge_overlap(self.target, count, derived),
            (Kind::Size, Answer::Size(size)) => self.size.judge(size),
            _ => wrong("This answer belongs to another question."),
        }
    }
}

/// A number of any size: sums are larger than entries.
fn read_number(text: &str) -> Result<f32, String> {
    let sentence = || "Type a number such as 12, −1.5 or 1/3.".to_owned();
    let plain = text.trim().replace('−', "-").replace(',', ".");
    if let Ok(value) = parse_entry(&plain) {
        return Ok(value);
    }
    let digits = plain.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '.' | 'e' | 'E'));
    decimal::parse(&plain).map(|value| value as f32).filter(|value| digits && value.is_finite()).ok_or_else(sentence)
}

fn right(reason: &str) -> Verdict {
    Verdict { right: true, reason: capitalised(reason) }
}

fn wrong(reason: &str) -> Verdict {
    Verdict { right: false, reason: capitalised(reason) }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect())
}

/// A sequence of numbers from a seed (SplitMix64: Steele, Lea and Flood, *Fast splittable pseudorandom number
/// generators*, 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % count.max(1) as u64) as usize
    }
}

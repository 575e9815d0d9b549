//! Three exercises on the page itself: a layer to make even, a stack that cancels, and a picture to be recognised.
//!
//! An exercise holds no state. It sets the page up and judges the page as it is. The line-up of the third follows from
//! a seed that is handed in, so that the page and this judge agree on who stands where.

use super::{
    Aside, Layer, Shown, Side, UpsampleAction, UpsampleLesson, View, Way, Weights,
    overlap::contrast,
    words::{times, value, word},
};
use crate::{imaging::noise::Random, lesson::picture::Picture};
use ndarray::{Array2, ArrayView2};

/// How many pictures stand in the line-up.
pub const PICTURES: usize = 3;
/// What the page calls them, from the left.
pub const LABELS: [char; PICTURES] = ['A', 'B', 'C'];

/// The stride that the first exercise keeps, and that of the pictures of the third.
const STRIDE: usize = 2;
/// The uneven layer that all three begin with.
const UNEVEN: [usize; 2] = [3, STRIDE];
/// The weights of the pictures that are to be recognised: drawn by this seed.
const UNTRAINED: i64 = 1;
/// Weights that paint as evenly as single precision tells.
const EVEN_PAINT: f64 = 1e-4;
/// Longer patterns are told by their least and most.
const SHORT_PATTERN: usize = 6;

/// The exercises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exercise {
    /// Make k = 3, s = 2 even.
    Even,
    /// Find a stack that cancels.
    Cancel,
    /// Which of these was resized.
    Resized,
}

/// What is said about the page as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether the exercise is solved.
    pub right: bool,
    /// Why, or where to go from here; a sentence or two.
    pub reason: String,
}

impl Exercise {
    /// Every exercise, in the order to offer them in.
    pub const ALL: [Self; 3] = [Self::Even, Self::Cancel, Self::Resized];

    /// What the page calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Even => "Make k = 3, s = 2 even",
            Self::Cancel => "Find a stack that cancels",
            Self::Resized => "Which one was resized?",
        }
    }

    /// What is asked for.
    #[must_use]
    pub const fn prompt(self) -> &'static str {
        match self {
            Self::Even => {
                "This layer paints the cells inside once, twice, once, twice. Keep the stride 2, and change what you like \
                 besides until every cell inside is painted as often as the next."
            }
            Self::Cancel => {
                "The first of these layers is uneven, and the second leaves it so. Keep the first one uneven and find layers \
                 after it that let every cell inside be painted as often as the next."
            }
            Self::Resized => {
                "One small picture, made twice as large in three ways, all with untrained weights. One of them was resized \
                 first and then convolved. Which?"
            }
        }
    }

    /// Where to begin.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Even => "Copies begin a stride apart. When does one end exactly where another begins?",
            Self::Cancel => {
                "The first layer leaves thick and thin cells in turn. What must the second mask cover, wherever it lies, to \
                 find as many of both?"
            }
            Self::Resized => {
                "Look at what ought to be flat: is there a grid of every second pixel? In the spectrum such a grid is bright \
                 dots at the rim."
            }
        }
    }

    /// What sets the page up.
    #[must_use]
    pub fn set_up(self) -> Vec<UpsampleAction> {
        let lab = |stack: Vec<[usize; 2]>| {
            vec![
                UpsampleAction::View(View::Overlap),
                UpsampleAction::Shown(Shown::Counts),
                UpsampleAction::Side(Side::Forward),
                UpsampleAction::Weighted(false),
                UpsampleAction::Weights(Weights::Flat),
                UpsampleAction::Stack(stack),
                UpsampleAction::Choose(0),
            ]
        };
        match self {
            Self::Even => lab(vec![UNEVEN]),
            Self::Cancel => {
                let mut actions = lab(vec![UNEVEN, [3, 1]]);
                actions.push(UpsampleAction::Choose(1));
                actions
            }
            Self::Resized => {
                let mut actions = vec![
                    UpsampleAction::View(View::Pictures),
                    UpsampleAction::Picture(Picture::Camera),
                    UpsampleAction::Size(super::SIZES[1]),
                    UpsampleAction::Down(super::Down::Box),
                    UpsampleAction::Stack(vec![UNEVEN]),
                    UpsampleAction::Weights(Weights::Random),
                    UpsampleAction::Seed(UNTRAINED),
                    UpsampleAction::Icnr(false),
                    UpsampleAction::Aside(Aside::Spectrum),
                ];
                // One way always stays, so the three come before the others go.
                actions.extend(suspects().map(|way| UpsampleAction::Compare(way, true)));
                let others = Way::ALL.into_iter().filter(|way| !suspects().contains(way));
                actions.extend(others.map(|way| UpsampleAction::Compare(way, false)));
                actions
            }
        }
    }

    /// What is to be said of the page as it is. The third exercise is answered by [`judge_pick`]; here it says whether
    /// its pictures are still there.
    #[must_use]
    pub fn check(self, lesson: &UpsampleLesson) -> Judgement {
        match self {
            Self::Even => check_even(lesson),
            Self::Cancel => check_cancel(lesson),
            Self::Resized if is_lined_up(lesson) => wrong("Pick A, B or C."),
            Self::Resized => wrong("These are other pictures now: set the exercise up again."),
        }
    }
}

/// The three ways that are lined up, in the order of the page's cards.
const fn suspects() -> [Way; PICTURES] {
    [Way::Transposed, Way::Shuffle, Way::Convolved]
}

/// Whether the page compares the pictures that the third exercise set up. Only then may it hide their names.
#[must_use]
pub fn is_lined_up(lesson: &UpsampleLesson) -> bool {
    let work = &lesson.work;
    lesson.view == View::Pictures
        && work.compared == suspects()
        && work.weights == Weights::Random
        && !work.icnr
        && matches!(work.stack.layers(), [Layer { mask, stride, .. }] if [*mask, *stride] == UNEVEN)
}

/// Which way stands where, from the left, in the order that the seed gives: the same seed, the same order.
#[must_use]
pub fn lineup(seed: u64) -> [Way; PICTURES] {
    let mut order = suspects();
    // The first numbers of neighbouring seeds are neighbours, the second are not.
    let mut random = Random::new(seed);
    let mut random = Random::new(random.bits());
    for last in (1..PICTURES).rev() {
        order.swap(last, (random.bits() % (last as u64 + 1)) as usize);
    }
    order
}

/// What is to be said of the reader's pick, counted from the left, in the line-up of this seed.
#[must_use]
pub fn judge_pick(seed: u64, pick: usize) -> Judgement {
    let order = lineup(seed);
    let label = |way: Way| order.iter().position(|each| *each == way).map_or(' ', |place| LABELS[place]);
    let Some(picked) = order.get(pick) else { return wrong("There are three pictures: pick A, B or C.") };
    let [k, s] = UNEVEN;
    let name = label(*picked);
    match picked {
        Way::Convolved => right(format!(
            "{name} was resized first, every pixel to a block, and then convolved: its mask lies on every pixel alike, so \
             there is no grid, and nothing stands out at the rim of its spectrum. {} is the transposed convolution, {} the \
             sub-pixel convolution.",
            label(Way::Transposed),
            label(Way::Shuffle)
        )),
        Way::Transposed => wrong(format!(
            "Look at {name} again: a grid lies over it that stands out at every second cell of every second row, also where \
             the scene is flat, and its spectrum has bright dots at the rim. That is a transposed convolution with k = {k}, s = {s}: \
             four copies meet on some cells, and one lies alone on others."
        )),
        _ => wrong(format!(
            "Look at {name} again: it is made of blocks of {s} × {s} that repeat one pattern all over, and its spectrum has \
             bright dots at the rim. That is a sub-pixel convolution: each place of a block has a filter of its own, and untrained \
             ones differ in brightness."
        )),
    }
}

fn right(reason: String) -> Judgement {
    Judgement { right: true, reason }
}

fn wrong(reason: impl Into<String>) -> Judgement {
    Judgement { right: false, reason: reason.into() }
}

/// The counts inside after so many layers on an endless row, as short as they repeat. Where a row begins is all the same:
/// the turn with the least counts first stands for all; of long ones nobody is told the order.
fn pattern(lesson: &UpsampleLesson, layers: usize) -> Vec<f64> {
    let mut turn = lesson.row_pattern(layers, false);
    let mut least = turn.clone();
    for _ in 1..turn.len().min(SHORT_PATTERN) {
        turn.rotate_left(1);
        if turn < least {
            least.clone_from(&turn);
        }
    }
    least
}

/// A pattern as “1, 2 and so on”, a long one as “from 1 to 4”.
fn told(pattern: &[f64]) -> String {
    if pattern.len() > SHORT_PATTERN {
        let (least, most) = pattern.iter().fold((f64::MAX, 0.0_f64), |(least, most), c| (least.min(*c), most.max(*c)));
        return format!("from {} to {}", value(least), value(most));
    }
    let counts: Vec<String> = pattern.iter().map(|count| value(*count)).collect();
    format!("{} and so on", counts.join(", "))
}

/// The layers as “k = 3, s = 2, then k = 2, s = 1”.
fn named(layers: &[Layer]) -> String {
    let each = |layer: &Layer| format!("k = {}, s = {}", layer.mask, layer.stride);
    layers.iter().map(each).collect::<Vec<_>>().join(", then ")
}

fn check_even(lesson: &UpsampleLesson) -> Judgement {
    let layers = lesson.work.stack.layers();
    let (Layer { mask: k, stride: s, padding }, scale) = (layers[0], lesson.scale());
    if scale == 1 {
        return wrong("With stride 1 nothing becomes larger. Keep the stride 2.");
    }
    if scale != STRIDE {
        let now =
            if layers.len() == 1 { format!("The stride is {s} now") } else { format!("Strides make {scale} now") };
        return wrong(format!("{now}: that is an answer to another question. Keep the stride 2."));
    }
    let counts = pattern(lesson, layers.len());
    if let [count] = counts[..] {
        let count = count as usize;
        return right(match layers {
            [_] if k == STRIDE => {
                "k = 2: copies touch and do not overlap, so every cell is painted once. It is even, and each cell knows one \
                 pixel only; k = 4 lets neighbours blend."
                    .to_owned()
            }
            [_] => format!("k = {k}: {k} / {s} = {count}, so {count} copies lie on every cell inside, wherever it is."),
            _ if layers.iter().all(|layer| layer.is_even()) => {
                format!("{}: no layer is uneven, and every cell inside is painted {}.", named(layers), times(count))
            }
            _ => {
                // One layer has the stride 2, and no other can be uneven.
                let uneven = layers.iter().position(|layer| !layer.is_even()).unwrap_or(0) + 1;
                let later = match layers.len() - uneven {
                    1 => format!("layer {} evens", layers.len()),
                    _ => "the layers after it even".to_owned(),
                };
                let paths = if count == 1 { "one path leads".to_owned() } else { format!("{} paths lead", word(count)) };
                format!(
                    "{}: layer {uneven} is uneven by itself, {later} it out, and {paths} to every cell inside. \
                     That holds for equal weights; a mask of k = 4 is even by itself.",
                    named(layers)
                )
            }
        });
    }
    let counts = told(&counts);
    if layers.len() > 1 {
        return wrong(format!("{}: together they paint {counts}. One layer is enough.", named(layers)));
    }
    if lesson.work.weights != Weights::Flat {
        return wrong(if has_even_sums(lesson.mask(0).view(), s) {
            format!(
                "These weights make the sum of the paint even, but the cells are still painted {counts}: copies overlap as \
                 before, and only this one choice of weights hides it. Change the overlap."
            )
        } else {
            format!("Other weights do not change where copies overlap: the counts are still {counts}.")
        });
    }
    if padding > 0 {
        return wrong(format!("Padding cuts the rim off. Inside the counts are as before: {counts}."));
    }
    wrong(match k {
        1 => "k = 1 leaves every second cell unpainted: 0, 1 and so on.".to_owned(),
        3 => format!(
            "It is still k = 3: the last cell of a copy lies under the first of the next, which makes {counts}."
        ),
        _ => format!(
            "k = {k}: {k} mod {s} = {}, so every copy still ends in the middle of a stride, which makes {counts}. It is less \
             uneven, not even.",
            k % s
        ),
    })
}

/// Whether the weights that fall on a cell sum alike for each of the s × s kinds of cells.
fn has_even_sums(mask: ArrayView2<f32>, s: usize) -> bool {
    let mut sums = Array2::<f64>::zeros((s, s));
    for ((y, x), weight) in mask.indexed_iter() {
        sums[[y % s, x % s]] += f64::from(*weight);
    }
    let mean = sums.mean().unwrap_or(0.0);
    sums.iter().all(|sum| (sum - mean).abs() <= EVEN_PAINT * mean.abs())
}

fn check_cancel(lesson: &UpsampleLesson) -> Judgement {
    let layers = lesson.work.stack.layers();
    let first = &layers[..1];
    if layers[0].is_even() {
        return wrong(format!(
            "The first layer, {}, is even by itself: there is nothing to cancel. Give it a mask that its stride does not \
             divide.",
            named(first)
        ));
    }
    let alone = pattern(lesson, 1);
    if layers.len() == 1 {
        return wrong(format!("One layer paints {} and has nobody to even it out. Add another.", told(&alone)));
    }
    let counts = pattern(lesson, layers.len());
    if let [count] = counts[..] {
        return right(format!(
            "{}: after the first layer the counts are {}, after the last every cell inside has {}. Wherever the later \
             masks lie they find as much thick paint as elsewhere. It holds for equal weights only, and training does not keep \
             weights equal.",
            named(layers),
            told(&alone),
            value(count)
        ));
    }
    // Counts are never below 0, so there always is a contrast.
    let [before, after] = [&alone, &counts].map(|counts| contrast(counts.iter().copied()));
    let how = if after > before {
        "more uneven than the first layer alone: unevenness compounds"
    } else if after < before {
        "less uneven than the first layer alone, but not even"
    } else {
        "as uneven as the first layer alone"
    };
    wrong(format!("{}: the counts inside are {}, {how}.", named(layers), told(&counts)))
}

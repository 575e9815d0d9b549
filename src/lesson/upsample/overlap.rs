//! What the lab shows: for every layer how often, or with how much paint, each cell of its result is painted.
//!
//! Counts are numbers of ways: through each layer by one entry of its mask. What a row shows is true for the plane too,
//! whose value is the product of two of the row's, unless copies count by weights that are no outer product. The same
//! numbers tell how often a strided convolution of this geometry, whose input is this result and whose windows fit it
//! without a remainder, reads each cell of its input, and so how many gradients are added up there.

use super::{Layer, Shown, UpsampleLesson, stack::Reach};
use crate::upsampling::{StackLayer, stack_interior, stack_paint_of, stack_paint_pattern};
use ndarray::Array2;
use std::ops::Range;

/// The map shows at most so many rows and columns; of a larger plane it shows the middle.
pub const MAP_MOST: usize = 512;
/// As [`MAP_MOST`], where weights are no outer product and every cell of the plane is a sum of its own.
pub const MAP_MOST_UNEVEN: usize = 128;
/// The strip writes numbers into at most so many cells.
pub const STRIP_MOST: usize = 96;
/// The strip shows at most so many cells, without numbers beyond [`STRIP_MOST`]; of a longer row it shows the middle.
pub const BARS_MOST: usize = 600;
/// A pattern in the plane is looked at cell by cell if its cells and the products that they are sums of are no more than
/// this: a few thousandths of a second, which a frame has to spare. All stacks of up to three layers are within it, and
/// those of more unless their strides are large.
const EFFORT_MOST: usize = 1_000_000;

/// A row of one layer: what goes in and what comes out.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerRow {
    /// The layer.
    pub layer: Layer,
    /// How many cells go in.
    pub inputs: usize,
    /// How many of them have been painted at the timeline's position; a fraction is under way.
    pub done: f64,
    /// The same, but the one under way counts by how much of its paint has been laid on.
    pub laid: f64,
    /// What each entry of the mask counts: 1, or its weight along the axis.
    pub weights: Vec<f64>,
    /// What every cell of the result holds in the end.
    pub complete: Vec<f64>,
    /// What it holds at the timeline's position: what is under way counts when it has landed.
    pub painted: Vec<f64>,
    /// How high its bar stands there: what is under way counts as far as its paint has been laid on.
    pub rising: Vec<f64>,
    /// One period of what the result of an endless row holds: the value inside at cell c is that at c modulo its length.
    pub pattern: Vec<f64>,
    /// The cells that do not feel the rim and hold the pattern; None in a row too short for any.
    pub interior: Option<Range<usize>>,
}

impl LayerRow {
    /// What the cells hold in this way of showing them.
    #[must_use]
    pub fn shown(&self, shown: Shown) -> &[f64] {
        if shown == Shown::Paint { &self.painted } else { &self.complete }
    }

    /// How high the cells' bars stand in this way of showing them.
    #[must_use]
    pub fn heights(&self, shown: Shown) -> &[f64] {
        if shown == Shown::Paint { &self.rising } else { &self.complete }
    }

    /// Whether paint is being laid on a cell, so that its bar stands for no number.
    #[must_use]
    pub fn is_filling(&self, cell: usize) -> bool {
        matches!((self.painted.get(cell), self.rising.get(cell)), (Some(held), Some(bar)) if differ(*held, *bar))
    }

    /// Whether any copy has landed on a cell; what it holds may be nothing all the same.
    #[must_use]
    pub fn is_reached(&self, cell: usize) -> bool {
        let sources = self.sources(cell);
        !sources.is_empty() && (sources.start as f64) < self.done.floor()
    }

    /// The cells of the result that a strip shows: all of them, or the middle [`BARS_MOST`].
    #[must_use]
    pub fn window(&self) -> Range<usize> {
        middle(self.complete.len(), BARS_MOST)
    }

    /// The inputs whose copies reach a cell of the result; none where no copy does.
    #[must_use]
    pub fn sources(&self, cell: usize) -> Range<usize> {
        self.reach().sources(cell)
    }

    /// The cells of the result that an input's copy reaches; what is cropped is left out.
    #[must_use]
    pub fn cells(&self, input: usize) -> Range<usize> {
        self.reach().cells(input)
    }

    /// The cell of the result that an entry of an input's copy lies on; None where it is cropped.
    #[must_use]
    pub fn entry_cell(&self, input: usize, entry: usize) -> Option<usize> {
        let Layer { stride, padding, .. } = self.layer;
        (input * stride + entry).checked_sub(padding).filter(|cell| *cell < self.complete.len())
    }

    fn reach(&self) -> Reach {
        Reach { layer: self.layer, inputs: self.inputs }
    }

    /// The largest value in the end.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.complete.iter().copied().fold(0.0, f64::max)
    }

    /// The smallest value in the end, or 0 where all are larger.
    #[must_use]
    pub fn least(&self) -> f64 {
        self.complete.iter().copied().fold(0.0, f64::min)
    }
}

/// The rows of all layers, the first layer first.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// A row a layer.
    pub rows: Vec<LayerRow>,
    /// Whether copies count by their weights.
    pub weighted: bool,
    /// The masks where the plane is more than the product of its rows.
    masks: Option<Vec<Array2<f32>>>,
}

impl Overlap {
    /// The overlap at the lesson's position.
    #[must_use]
    pub fn of(lesson: &UpsampleLesson) -> Self {
        let stack = &lesson.work.stack;
        let kernel = stack.kernel_layers();
        let timeline = lesson.timeline();
        let (done, laid) = (timeline.painted(lesson.position), timeline.laid(lesson.position));
        let all_weights = lesson.all_axis_weights(lesson.weighted);
        let mut rows: Vec<LayerRow> = Vec::with_capacity(kernel.len());
        for (number, (&layer, weights)) in stack.layers().iter().zip(all_weights.iter()).enumerate() {
            let ones = vec![1.0; lesson.work.pixels];
            let values = rows.last().map_or(ones, |row| row.complete.clone());
            let inputs = values.len();
            let paint = |values: Vec<f64>| {
                let length = layer.grown(values.len());
                // The layers are within their ranges, in which no length or count is too large.
                stack_paint_of(values, &[(kernel[number], weights)]).unwrap_or_else(|_| vec![0.0; length])
            };
            let complete = paint(values.clone());
            let so_far = |done: f64| match done {
                done if done >= inputs as f64 => complete.clone(),
                0.0 => vec![0.0; complete.len()],
                done => paint(values.iter().enumerate().map(|(input, value)| value * share(done, input)).collect()),
            };
            let painted = so_far(done[number].floor());
            let rising = if laid[number] > done[number].floor() { so_far(laid[number]) } else { painted.clone() };
            let weighted: Vec<(StackLayer, &[f64])> = kernel[..=number]
                .iter()
                .zip(&all_weights)
                .map(|(layer, weights)| (*layer, weights.as_slice()))
                .collect();
            rows.push(LayerRow {
                layer,
                inputs,
                done: done[number],
                laid: laid[number],
                weights: weights.clone(),
                complete,
                painted,
                rising,
                pattern: period(stack_paint_pattern(&weighted).unwrap_or_default()),
                interior: stack_interior(lesson.work.pixels, &kernel[..=number]).unwrap_or_default(),
            });
        }
        let masks = (lesson.weighted && !lesson.is_separable()).then(|| lesson.masks());
        Self { rows, weighted: lesson.weighted, masks }
    }

    /// The map of a layer's result, complete or as painted so far; of the last layer for one that is none.
    #[must_use]
    pub fn plane(&self, layer: usize, shown: Shown) -> Plane {
        let layer = layer.min(self.rows.len() - 1);
        let row = &self.rows[layer];
        let side = row.complete.len();
        if self.masks.is_some() {
            let window = middle(side, MAP_MOST_UNEVEN);
            let complete = self.together(layer, window.clone(), |row| row.inputs as f64);
            let [least, most] = range(complete.iter().copied());
            let (values, rising) = match shown {
                Shown::Paint if row.painted == row.rising => {
                    let landed = self.together(layer, window.clone(), |row| row.done.floor());
                    (landed.clone(), landed)
                }
                Shown::Paint => (
                    self.together(layer, window.clone(), |row| row.done.floor()),
                    self.together(layer, window.clone(), |row| row.laid),
                ),
                Shown::Counts | Shown::Heat => (complete.clone(), complete),
            };
            return Plane { side, window, least, most, values: Values::Cells(values), rising: Values::Cells(rising) };
        }
        let window = middle(side, MAP_MOST);
        let of = |values: &[f64]| Values::Product(values[window.clone()].to_vec());
        let [least, most] = range(row.complete.iter().copied());
        // Of two cells of one row: each with itself, or the outermost with one another.
        let [least, most] = range([least * least, least * most, most * most].into_iter());
        Plane { side, least, most, values: of(row.shown(shown)), rising: of(row.heights(shown)), window }
    }

    /// What a window of a layer's plane holds when so many of each layer's inputs have been painted: layer after layer, of
    /// each the part that the next one's window needs.
    fn together(&self, layer: usize, window: Range<usize>, done: fn(&LayerRow) -> f64) -> Array2<f64> {
        let Some(masks) = &self.masks else { return Array2::zeros((0, 0)) };
        let mut windows = vec![window];
        for row in self.rows[..=layer].iter().rev() {
            let outer = &windows[windows.len() - 1];
            windows.push(needed(row.reach(), outer));
        }
        windows.reverse();
        let mut values = Array2::ones((windows[0].len(), windows[0].len()));
        for (number, row) in self.rows[..=layer].iter().enumerate() {
            let (before, after) = (&windows[number], &windows[number + 1]);
            let Layer { stride, padding, .. } = row.layer;
            let mut painted = Array2::zeros((after.len(), after.len()));
            let place = |input: usize, tap: usize| {
                ((before.start + input) * stride + tap)
                    .checked_sub(padding + after.start)
                    .filter(|at| *at < after.len())
            };
            for ((y, x), value) in values.indexed_iter() {
                let so_far = share(done(row), before.start + y) * share(done(row), before.start + x);
                for ((i, j), weight) in masks[number].indexed_iter() {
                    if let (Some(row), Some(column)) = (place(y, i), place(x, j)) {
                        painted[[row, column]] += so_far * value * f64::from(*weight);
                    }
                }
            }
            values = painted;
        }
        values
    }
}

/// The inputs of a layer whose copies reach into a window of its result.
fn needed(reach: Reach, window: &Range<usize>) -> Range<usize> {
    let first = reach.sources(window.start).start;
    let behind = window.end.checked_sub(1).map_or(first, |last| reach.sources(last).end);
    first..behind.max(first)
}

/// How much of an input has been painted when `done` of all are.
fn share(done: f64, input: usize) -> f64 {
    (done - input as f64).clamp(0.0, 1.0)
}

/// The smallest and the largest of some values.
fn range(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[least, most], value| [least.min(value), most.max(value)])
}

/// Whether two values differ by more than rounding.
fn differ(one: f64, other: f64) -> bool {
    (one - other).abs() > 1e-9
}

/// All of a length, or as much as `most` of its middle.
fn middle(length: usize, most: usize) -> Range<usize> {
    let shown = length.min(most);
    let from = (length - shown) / 2;
    from..from + shown
}

/// The shortest run that a pattern repeats.
fn period(mut pattern: Vec<f64>) -> Vec<f64> {
    let alike = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let repeats = |run: usize| (run..pattern.len()).all(|place| alike(pattern[place], pattern[place - run]));
    let run = (1..=pattern.len()).find(|run| pattern.len().is_multiple_of(*run) && repeats(*run));
    pattern.truncate(run.unwrap_or(0));
    pattern
}

/// The map of a layer's result, or the middle of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Rows and columns of the whole result.
    pub side: usize,
    /// The rows that are shown; the columns are the same.
    pub window: Range<usize>,
    /// The smallest value in the end: of the whole result, or of the window where each cell is a sum of its own.
    pub least: f64,
    /// The largest value in the end, likewise.
    pub most: f64,
    values: Values,
    rising: Values,
}

#[derive(Clone, Debug, PartialEq)]
enum Values {
    /// Those of a row, whose products are the plane.
    Product(Vec<f64>),
    /// One a cell.
    Cells(Array2<f64>),
}

impl Plane {
    /// What the cell at a row and a column of the whole result holds; 0 outside of the window.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.look_up(&self.values, row, column)
    }

    /// What its colour stands for: while paint is being laid on, as much as lies there.
    #[must_use]
    pub fn rising_at(&self, row: usize, column: usize) -> f64 {
        self.look_up(&self.rising, row, column)
    }

    /// Whether paint is being laid on the cell, so that its colour stands for no number.
    #[must_use]
    pub fn is_filling(&self, row: usize, column: usize) -> bool {
        differ(self.at(row, column), self.rising_at(row, column))
    }

    fn look_up(&self, values: &Values, row: usize, column: usize) -> f64 {
        if !self.window.contains(&row) || !self.window.contains(&column) {
            return 0.0;
        }
        let [row, column] = [row, column].map(|place| place - self.window.start);
        match values {
            Values::Product(values) => values[row] * values[column],
            Values::Cells(values) => values[[row, column]],
        }
    }

    /// Whether all of the result is shown.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.window.len() == self.side
    }
}

impl UpsampleLesson {
    /// What each entry of each layer's mask counts along an axis: 1, or its weight.
    fn all_axis_weights(&self, weighted: bool) -> Vec<Vec<f64>> {
        let layers = self.work.stack.layers();
        let weights = |number: usize| {
            if weighted { self.axis_weights(number) } else { vec![1.0; layers[number].mask] }
        };
        (0..layers.len()).map(weights).collect()
    }

    /// One period of what the result of an endless row holds after so many layers, by number or by weight.
    pub(super) fn row_pattern(&self, layers: usize, weighted: bool) -> Vec<f64> {
        let kernel = self.work.stack.kernel_layers();
        let weights = self.all_axis_weights(weighted);
        let weighted: Vec<(StackLayer, &[f64])> =
            kernel.iter().zip(&weights).take(layers).map(|(layer, weights)| (*layer, weights.as_slice())).collect();
        period(stack_paint_pattern(&weighted).unwrap_or_default())
    }

    /// How much more the richest cell inside the plane holds than the poorest, by number of copies or by their weights:
    /// 1 is even, infinite means cells that hold nothing. None where some hold less than nothing and some more, and for
    /// weights that are no outer product where the pattern is too large to look at cell by cell.
    #[must_use]
    pub fn contrast(&self, weighted: bool) -> Option<f64> {
        if weighted && !self.is_separable() {
            return self.plane_contrast();
        }
        contrast(self.row_pattern(self.work.stack.layers().len(), weighted).into_iter()).map(|ratio| ratio.powi(2))
    }

    /// Whether the weights are no outer product and repeat in so large a pattern that its cells are not compared.
    pub(super) fn is_beyond_comparing(&self) -> bool {
        !self.is_separable() && self.effort() > EFFORT_MOST
    }

    /// The cells of one period of the plane after each layer, and the products that are added up in them.
    fn effort(&self) -> usize {
        let mut period = 1;
        let mut effort = 0;
        for layer in self.work.stack.layers() {
            let inputs = period * period;
            effort += inputs * (layer.mask * layer.mask + layer.stride * layer.stride);
            period *= layer.stride;
        }
        effort
    }

    /// The contrast of one period of what the result of an endless plane holds by weight. Nothing as large as the last
    /// layer's result is held.
    fn plane_contrast(&self) -> Option<f64> {
        if self.is_beyond_comparing() {
            return None;
        }
        let masks = self.masks();
        let mut steps = self.work.stack.layers().iter().zip(&masks);
        let (last, mask) = steps.next_back()?;
        let mut painted = Array2::ones((1, 1));
        for (layer, mask) in steps {
            let circle = Circle::new(&painted, *layer, mask);
            painted = Array2::from_shape_fn((circle.side(), circle.side()), |(row, column)| circle.at(row, column));
        }
        let circle = Circle::new(&painted, *last, mask);
        let (side, circle) = (circle.side(), &circle);
        contrast((0..side).flat_map(|row| (0..side).map(move |column| circle.at(row, column))))
    }
}

/// One period of a plane that a layer paints, on a circle along both axes as `stack_pattern` does it.
struct Circle<'a> {
    painted: &'a Array2<f64>,
    mask: &'a Array2<f32>,
    /// For each place along an axis the inputs that reach it, and the entries of the mask through which they do.
    sources: Vec<Vec<(usize, usize)>>,
}

impl<'a> Circle<'a> {
    fn new(painted: &'a Array2<f64>, layer: Layer, mask: &'a Array2<f32>) -> Self {
        let inputs = painted.nrows();
        let circle = inputs * layer.stride;
        let mut sources = vec![Vec::new(); circle];
        for input in 0..inputs {
            for tap in 0..layer.mask {
                let place = input * layer.stride + tap + circle * layer.padding - layer.padding;
                sources[place % circle].push((input, tap));
            }
        }
        Self { painted, mask, sources }
    }

    fn side(&self) -> usize {
        self.sources.len()
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        let mut sum = 0.0;
        for &(y, i) in &self.sources[row] {
            for &(x, j) in &self.sources[column] {
                sum += self.painted[[y, x]] * f64::from(self.mask[[i, j]]);
            }
        }
        sum
    }
}

/// The largest value over the smallest, of values of one sign; even are those that are all nothing.
pub(super) fn contrast(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
        (f64::min(least, value), f64::max(most, value))
    });
    let (richest, poorest) = if most <= 0.0 { (-least, -most) } else { (most, least) };
    // What rounding leaves of a hole.
    let nothing = richest * 1e-6;
    match poorest {
        _ if richest == 0.0 => Some(1.0),
        poorest if poorest < -nothing => None,
        poorest if poorest <= nothing => Some(f64::INFINITY),
        poorest => Some(richest / poorest),
    }
}

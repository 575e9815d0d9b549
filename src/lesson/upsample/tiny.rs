//! The same C: for a tiny input the matrix of each way, a row for each large cell and a column for each small one.
//!
//! Every linear way is a matrix, and the ways differ in nothing else. It is found by asking the way's own kernel what it
//! makes of each pixel by itself; that of the transposed convolution is the very C of the Matrix page.

use super::{Layer, UpsampleLesson, Way};
use crate::{
    convolution::Geometry,
    upsampling::{
        Coordinates, Interpolation, UpsamplingError,
        reference::{resize, resize_convolve, sub_pixel, transposed_with, zero_insertion},
    },
};
use ndarray::{Array2, ArrayView2};

/// The matrix of a way for the tiny input, enlarged by the chosen layer alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiny {
    /// The way.
    pub way: Way,
    /// Rows: the cells of the result, row by row.
    pub rows: usize,
    /// Columns: the cells of the input, row by row.
    pub columns: usize,
    /// How much of each input cell goes into each cell of the result, shaped (result, input).
    pub entries: Array2<f32>,
    /// Which rows share their weights: those of one class hold the same numbers in the same arrangement, each at its own
    /// cells of the input. The first [`Self::inside`] classes are those of a picture without a rim, and those that only
    /// other rows share follow. None for such a row that shares with no other, and for a row of zeros.
    pub classes: Vec<Option<usize>>,
    /// How many classes a picture without a rim has, of those that occur here; 0 where corners are aligned, because the
    /// weights of an aligned cell depend on the size of the picture.
    pub inside: usize,
    /// What becomes of the tiny input, shaped (row, column).
    pub output: Array2<f32>,
    /// How many times as large, rims apart: the layer's stride.
    pub scale: usize,
    /// The rule that lays the cells of the result over the input; None for a way that knows no such rules.
    pub coordinates: Option<Coordinates>,
}

impl Tiny {
    /// The ways that are linear and have a matrix here, in the order of the page.
    pub const WAYS: [Way; 7] =
        [Way::Nearest, Way::Bilinear, Way::Bicubic, Way::Transposed, Way::Shuffle, Way::Convolved, Way::Zeros];

    /// The matrix of a way; None for a way that is not among [`Self::WAYS`].
    #[must_use]
    pub fn of(lesson: &UpsampleLesson, way: Way) -> Option<Self> {
        if !Self::WAYS.contains(&way) {
            return None;
        }
        let tiny = &lesson.work.tiny;
        let mut size = (0, 0);
        let mut columns = Vec::with_capacity(tiny.len());
        for cell in 0..tiny.len() {
            let unit = Array2::from_shape_fn(tiny.dim(), |(row, column)| {
                f32::from(u8::from(row * tiny.ncols() + column == cell))
            });
            let large = enlarged(lesson, way, unit.view()).ok()?;
            size = large.dim();
            columns.push(large);
        }
        let rows = size.0 * size.1;
        let entries =
            Array2::from_shape_fn((rows, tiny.len()), |(row, column)| columns[column][[row / size.1, row % size.1]]);
        let output = Array2::from_shape_fn(size, |(y, x)| {
            let row = entries.row(y * size.1 + x);
            let products = row.iter().zip(tiny).map(|(entry, value)| f64::from(*entry) * f64::from(*value));
            products.sum::<f64>() as f32
        });
        let is_resized = matches!(way, Way::Nearest | Way::Bilinear | Way::Bicubic);
        let coordinates = is_resized.then_some(lesson.work.coordinates);
        let phases = match coordinates {
            // No two blocks need be alike.
            Some(Coordinates::AlignCorners) => Vec::new(),
            _ => phases(lesson, way).unwrap_or_default(),
        };
        let (classes, inside) = classes(&entries, tiny.ncols(), phases);
        let scale = lesson.chosen_layer().stride;
        Some(Self { way, rows, columns: tiny.len(), entries, classes, inside, output, scale, coordinates })
    }

    /// How many classes there are.
    #[must_use]
    pub fn class_count(&self) -> usize {
        self.classes.iter().flatten().max().map_or(0, |last| last + 1)
    }
}

/// What a way makes of a plane by the chosen layer: its stride is the scale, its mask the weights. The transposed
/// convolution is cropped by the layer's own padding.
fn enlarged(lesson: &UpsampleLesson, way: Way, plane: ArrayView2<f32>) -> Result<Array2<f32>, UpsamplingError> {
    let layer = lesson.chosen_layer();
    let scale = layer.stride;
    let resized = |interpolation| {
        let size = [plane.nrows() * scale, plane.ncols() * scale];
        resize(plane, size, interpolation, lesson.work.coordinates)
    };
    match way {
        Way::Bilinear => resized(Interpolation::Bilinear),
        Way::Bicubic => resized(if lesson.work.sharp { Interpolation::SHARP } else { Interpolation::KEYS }),
        Way::Transposed => {
            let geometry = Geometry { stride: [scale; 2], padding: [[layer.padding; 2]; 2], ..Geometry::default() };
            transposed_with(plane, lesson.mask(lesson.layer).view(), &geometry)
        }
        Way::Shuffle => sub_pixel(plane, lesson.filters_of(lesson.layer, scale).view(), scale),
        Way::Convolved => resize_convolve(plane, scale, lesson.convolving_mask_of(lesson.layer).view()),
        Way::Zeros => zero_insertion(plane, scale),
        _ => resized(Interpolation::Nearest),
    }
}

/// Weights with the row and column of the input that each belongs to, moved into the corner.
type Arrangement = Vec<(usize, usize, f32)>;

/// The weights of a row as they lie in an input of `width` columns, those that are nothing left out.
fn arrangement(row: impl Iterator<Item = f32>, width: usize) -> Arrangement {
    let mut held: Arrangement = row.enumerate().map(|(cell, weight)| (cell / width, cell % width, weight)).collect();
    let most = held.iter().fold(0.0_f32, |most, (.., weight)| most.max(weight.abs()));
    held.retain(|(.., weight)| weight.abs() > most * ROUNDING);
    let top = held.iter().map(|(row, ..)| *row).min().unwrap_or(0);
    let left = held.iter().map(|(_, column, _)| *column).min().unwrap_or(0);
    held.into_iter().map(|(row, column, weight)| (row - top, column - left, weight)).collect()
}

/// What sums in single precision leave of equal weights, in relation to the largest.
const ROUNDING: f32 = 1e-5;

fn alike(a: &Arrangement, b: &Arrangement) -> bool {
    let most = a.iter().fold(0.0_f32, |most, (.., weight)| most.max(weight.abs()));
    let same = |(a, b): (&(usize, usize, f32), &(usize, usize, f32))| {
        (a.0, a.1) == (b.0, b.1) && (a.2 - b.2).abs() <= most * ROUNDING
    };
    a.len() == b.len() && a.iter().zip(b).all(same)
}

/// The weights of the s² cells that a pixel far from the rim becomes, found from what the way makes of a single bright
/// pixel: a cell takes from a pixel d further what the cell s·d before takes from this one.
fn phases(lesson: &UpsampleLesson, way: Way) -> Option<Vec<Arrangement>> {
    let Layer { mask, stride, padding } = lesson.chosen_layer();
    // No way looks further than its mask, nor the cubic further than two pixels.
    let reach = mask.max(2) + 1;
    let side = 2 * reach + 1;
    let mut unit = Array2::zeros((side, side));
    unit[[reach, reach]] = 1.0;
    let spread = enlarged(lesson, way, unit.view()).ok()?;
    let before = if way == Way::Transposed { padding } else { 0 };
    let phase = |number: usize| {
        let at = |phase: usize, cell: usize| ((2 * reach - cell) * stride + phase).checked_sub(before);
        let weight = |cell: usize| {
            let place = (at(number / stride, cell / side), at(number % stride, cell % side));
            let (Some(row), Some(column)) = place else { return 0.0 };
            spread.get([row, column]).copied().unwrap_or(0.0)
        };
        arrangement((0..side * side).map(weight), side)
    };
    Some((0..stride * stride).map(phase).collect())
}

/// The class of every row, and how many of them are among the phases.
fn classes(entries: &Array2<f32>, width: usize, phases: Vec<Arrangement>) -> (Vec<Option<usize>>, usize) {
    /// An arrangement, whether it is a phase, and the rows that have it.
    struct Kind {
        held: Arrangement,
        is_phase: bool,
        rows: Vec<usize>,
    }
    let mut kinds: Vec<Kind> = Vec::new();
    let rows = entries.rows().into_iter().map(|row| arrangement(row.iter().copied(), width));
    let phases = phases.into_iter().map(|phase| (phase, None));
    for (held, row) in phases.chain(rows.enumerate().map(|(number, held)| (held, Some(number)))) {
        if held.is_empty() {
            continue;
        }
        match kinds.iter_mut().find(|kind| alike(&kind.held, &held)) {
            Some(kind) => kind.rows.extend(row),
            None => kinds.push(Kind { held, is_phase: row.is_none(), rows: row.into_iter().collect() }),
        }
    }
    kinds.retain(|kind| kind.rows.len() > usize::from(!kind.is_phase));
    // Stable: what is equal stays in the order of the rows.
    kinds.sort_by_key(|kind| (!kind.is_phase, std::cmp::Reverse(if kind.is_phase { 0 } else { kind.rows.len() })));
    let mut classes = vec![None; entries.nrows()];
    for (class, kind) in kinds.iter().enumerate() {
        kind.rows.iter().for_each(|row| classes[*row] = Some(class));
    }
    (classes, kinds.iter().filter(|kind| kind.is_phase).count())
}

//! Convolution with a mask that is the product of a column and a row: two short sums instead of one long one.
//!
//! A mask is taken for such a product when what the best pivot leaves of it, as a Frobenius norm, is at most
//! [`TOLERANCE`] of the mask's own. The second singular value is then at most that part of the whole, and so is, for
//! masks this near to a product, its part of the first.

use super::rows::{Run, Taps, Target, correlate, correlate_columns};

/// What may be left of a mask's Frobenius norm without its product: some roundings of `f32`.
const TOLERANCE: f64 = 1e-6;

/// Whether `mask`, row after row of `width` entries, is the product of a column and a row; if so, `factors` holds the
/// column and then the row.
pub(super) fn factor(mask: &[f32], width: usize, factors: &mut Vec<f32>) -> bool {
    let largest = mask.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let Some((place, &pivot)) = largest.filter(|(_, pivot)| pivot.is_normal()) else { return false };
    let (pivot_row, pivot_column) = (&mask[place / width * width..][..width], place % width);
    factors.clear();
    factors.extend(mask.chunks_exact(width).map(|row| (f64::from(row[pivot_column]) / f64::from(pivot)) as f32));
    factors.extend_from_slice(pivot_row);

    let (mut whole, mut left) = (0.0, 0.0);
    let (column, row) = factors.split_at(mask.len() / width);
    for (line, &vertical) in mask.chunks_exact(width).zip(column) {
        for (&entry, &horizontal) in line.iter().zip(row) {
            whole += f64::from(entry).powi(2);
            left += (f64::from(entry) - f64::from(vertical) * f64::from(horizontal)).powi(2);
        }
    }
    left <= TOLERANCE * TOLERANCE * whole
}

/// Whether `mask`, row after row of `width` entries, is applied as two short sums where there are enough outputs.
pub(crate) fn is_product(mask: &[f32], width: usize) -> bool {
    factor(mask, width, &mut Vec::new())
}

/// A picture and where it stands in its zero surroundings.
#[derive(Clone, Copy)]
pub(super) struct Plane<'a> {
    /// Rows of `width` pixels.
    pub pixels: &'a [f32],
    pub width: usize,
    /// Zero rows above and zero columns to the left.
    pub lead: [usize; 2],
}

/// Convolves `plane` with the product of `factors`, a column of `height` entries and a row, into `target`, rows of
/// `width` pixels. Columns first, two rows at a time while they stay in the fastest cache, then along those rows.
pub(super) fn correlate_separable(
    plane: Plane,
    factors: &[f32],
    height: usize,
    target: &mut [f32],
    width: usize,
    line: &mut Vec<f32>,
) {
    let (column, row) = factors.split_at(height);
    let runs = [Run { offset: 0, length: row.len() }];
    let taps = Taps { runs: &runs, weights: row, channels: 1 };
    let [above, left] = plane.lead;
    let rows = plane.pixels.len() / plane.width;
    let pitch = (width + row.len() - 1).max(left + plane.width);
    // Once for all: only the middle is written below.
    line.clear();
    line.resize(2 * pitch, 0.0);

    for (pair, target) in target.chunks_mut(2 * width).enumerate() {
        let first = 2 * pair;
        let whole = target.len() == 2 * width && first >= above && first + height < rows + above;
        if whole {
            let source = &plane.pixels[(first - above) * plane.width..];
            let lines = Target { pixels: &mut line[left..], plane: pitch };
            correlate_columns::<2>(source, plane.width, column, lines);
        }
        for (channel, target) in target.chunks_exact_mut(width).enumerate() {
            let line = &mut line[channel * pitch..][..pitch];
            if !whole {
                // Rows outside the picture are left out.
                let y = first + channel;
                let outside = above.saturating_sub(y).min(height);
                let inside = (rows + above).saturating_sub(y).min(height);
                line[left..left + plane.width].fill(0.0);
                if outside < inside {
                    let source = &plane.pixels[(y + outside - above) * plane.width..];
                    let line = Target { pixels: &mut line[left..], plane: pitch };
                    correlate_columns::<1>(source, plane.width, &column[outside..inside], line);
                }
            }
            correlate(line, taps, width, Target { pixels: target, plane: width });
        }
    }
}

//! The output of a padded convolution, cut into an inside, for which the input can be read where it stands, and a frame,
//! for which the input's edges are copied with the zeros around them. Copying the whole input would take a small mask as
//! long as computing.

use std::ops::Range;

use super::Geometry;
use super::layout::Layout;
use super::rows::OVERREAD;

/// Output columns at the left and at the right that count as frame: whole blocks.
const SIDE: usize = 32;

/// Some rows and some columns of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rectangle {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
}

/// The inside and the four parts of the frame, which may be empty; nothing where the cut does not pay or does not exist.
pub(super) fn cut(layout: &Layout, geometry: &Geometry, [height, width]: [usize; 2]) -> Option<[Rectangle; 5]> {
    let [rows, columns] = layout.output;
    let [stride, _] = geometry.stride;
    let [above, left] = [layout.rows.lead, layout.columns.lead];
    let span = |axis: usize| (layout.mask[axis] - 1) * geometry.dilation[axis];
    if layout.inputs > 1 || layout.column_phases > 1 || columns < 3 * SIDE || left > SIDE {
        return None;
    }
    let first = above.div_ceil(stride);
    let last = ((height + above).checked_sub(span(0) + 1)? / stride + 1).min(rows);
    let right = (width + left).checked_sub(span(1))?;
    let middle = SIDE..columns - SIDE;
    if first >= last || middle.end > right {
        return None;
    }
    Some([
        Rectangle { rows: first..last, columns: middle },
        Rectangle { rows: 0..first, columns: 0..columns },
        Rectangle { rows: last..rows, columns: 0..columns },
        Rectangle { rows: first..last, columns: 0..SIDE },
        Rectangle { rows: first..last, columns: columns - SIDE..columns },
    ])
}

/// Copies what the outputs of `rectangle` look at, zeros outside the input included, into `copy`, and returns the length
/// of a row of it. `pixels` is the input, rows of `width`.
pub(super) fn surroundings(
    rectangle: &Rectangle,
    layout: &Layout,
    geometry: &Geometry,
    pixels: &[f32],
    width: usize,
    copy: &mut Vec<f32>,
) -> usize {
    let span = |axis: usize| (layout.mask[axis] - 1) * geometry.dilation[axis] + 1;
    let rows = (rectangle.rows.len() - 1) * geometry.stride[0] + span(0);
    let pitch = rectangle.columns.len() - 1 + span(1);
    // The copy begins at this row and this column of the padded input.
    let (top, start) = (rectangle.rows.start * geometry.stride[0], rectangle.columns.start);
    let left = layout.columns.lead.saturating_sub(start).min(pitch);
    let skipped = start.saturating_sub(layout.columns.lead).min(width);
    let inside = (width - skipped).min(pitch - left);

    copy.resize(copy.len().max(rows * pitch + OVERREAD), 0.0);
    for (index, line) in copy.chunks_exact_mut(pitch).take(rows).enumerate() {
        let row = (top + index).checked_sub(layout.rows.lead).and_then(|row| pixels.chunks_exact(width).nth(row));
        let Some(row) = row else {
            line.fill(0.0);
            continue;
        };
        line[..left].fill(0.0);
        line[left..left + inside].copy_from_slice(&row[skipped..skipped + inside]);
        line[left + inside..].fill(0.0);
    }
    pitch
}

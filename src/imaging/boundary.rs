//! What is assumed to lie outside a picture.

use super::image::Image;

/// What lies outside a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// The picture again: what leaves at the right comes in at the left.
    Circular,
    /// The picture mirrored at its edge, the edge pixel repeated (half-sample symmetric: … b a | a b c …).
    #[default]
    Mirror,
}

impl Boundary {
    /// The pixel of an axis of `length` pixels that stands for `position`, however far outside it lies.
    #[must_use]
    pub fn index(self, position: isize, length: usize) -> usize {
        match self {
            Self::Circular => position.rem_euclid(length as isize) as usize,
            Self::Mirror => {
                let index = position.rem_euclid(2 * length as isize) as usize;
                index.min(2 * length - 1 - index)
            }
        }
    }
}

/// The picture with `top`, `bottom`, `left` and `right` more pixels about it, filled by the boundary rule.
///
/// # Panics
/// When the result would have more than [`MAX_PIXELS`](super::MAX_PIXELS) pixels.
#[must_use]
pub fn extend(image: &Image, [top, bottom]: [usize; 2], [left, right]: [usize; 2], boundary: Boundary) -> Image {
    let [height, width] = image.size();
    let mut extended = Image::zeros(image.channels(), height + top + bottom, width + left + right);
    for channel in 0..image.channels() {
        let source = image.channel(channel);
        extend_plane(
            source,
            [height, width],
            extended.channel_mut(channel),
            width + left + right,
            [top, left],
            boundary,
        );
    }
    extended
}

/// Fills `target` (rows of `target_width`) from `source`, whose first pixel comes to stand at row and column `offset`.
pub(crate) fn extend_plane(
    source: &[f32],
    [height, width]: [usize; 2],
    target: &mut [f32],
    target_width: usize,
    [top, left]: [usize; 2],
    boundary: Boundary,
) {
    for (y, row) in target.chunks_exact_mut(target_width).enumerate() {
        let source_y = boundary.index(y as isize - top as isize, height);
        let line = &source[source_y * width..(source_y + 1) * width];
        let inside = width.min(target_width - left);
        row[left..left + inside].copy_from_slice(&line[..inside]);
        for x in (0..left).chain(left + inside..target_width) {
            row[x] = line[boundary.index(x as isize - left as isize, width)];
        }
    }
}

//! How a layer is cropped on pictures, so that it enlarges exactly by its stride, whatever the lab cuts off.

use super::Layer;

/// PyTorch's arguments for the geometry of [`transposed_geometry`](crate::upsampling::transposed_geometry).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// `padding`.
    pub padding: usize,
    /// `output_padding`.
    pub output_padding: usize,
    /// Whether the first row and column are cropped besides: `output_padding`, which would do it with one more of padding,
    /// has to be smaller than the stride.
    pub first: bool,
}

impl Crop {
    /// The crop for a layer's mask and stride.
    #[must_use]
    pub fn of(layer: Layer) -> Self {
        let (k, s) = (layer.mask, layer.stride);
        if k < s {
            return Self { padding: 0, output_padding: s - k, first: false };
        }
        let more = k - s;
        let is_odd = !more.is_multiple_of(2);
        if is_odd && s > 1 {
            return Self { padding: more.div_ceil(2), output_padding: 1, first: false };
        }
        Self { padding: more / 2, output_padding: 0, first: is_odd }
    }
}

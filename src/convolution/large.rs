//! Large masks on large pictures: as two short sums where the mask is a product, and by the Fourier transform otherwise.
//!
//! Both round differently from the direct sum, and small integers no longer come out exact; so both are for pictures
//! alone, from [`LEAST_PIXELS`] outputs on, and the arrays of a lesson never meet them.

use ndarray::ArrayView3;

use super::layout::Layout;
use super::separable::{Plane, correlate_separable, factor};
use super::workspace::Workspace;
use super::{Geometry, MAX_ELEMENTS};

/// Fewer outputs than these, 64 × 64, are always summed directly.
const LEAST_PIXELS: usize = 1 << 12;
/// Narrower outputs are not worth it either.
const LEAST_WIDTH: usize = 32;
/// From so many weights on a mask is looked at for a product. Measured at 512² in wasm with SIMD, two short sums take two
/// thirds of the direct sum's time at 5 × 5, a third at 9 × 9 and an eighth at 21 × 21.
const LEAST_SEPARABLE: usize = 25;
/// From so many weights on, 13 × 13, the Fourier transform is the faster way. Measured in wasm with SIMD, it takes three
/// quarters of the direct sum's time at 13 × 13, on 512² as on 64², and a third at 21 × 21.
const LEAST_FOURIER: usize = 169;
/// The transform's memory is six times the padded picture: 4096 × 4096 is where it ends.
const MOST_FOURIER: usize = MAX_ELEMENTS / 4;

/// How a mask is applied to a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Direct,
    Separable,
    Fourier,
}

impl Way {
    /// The way for `mask`, the weights of a group. Other ways than the direct one are for one channel, stride and dilation
    /// 1, enough weights and enough outputs. For [`Way::Separable`], `factors` then holds the mask's.
    pub fn of(mask: &[f32], layout: &Layout, geometry: &Geometry, factors: &mut Vec<f32>) -> Self {
        let [height, width] = layout.mask;
        let plain = layout.inputs * layout.outputs == 1 && geometry.stride == [1; 2] && geometry.dilation == [1; 2];
        let large = layout.output_plane() >= LEAST_PIXELS && layout.output[1] >= LEAST_WIDTH;
        if !(plain && large && height > 2 && width > 2 && mask.len() >= LEAST_SEPARABLE) {
            Self::Direct
        } else if factor(mask, width, factors) {
            Self::Separable
        } else if mask.len() >= LEAST_FOURIER
            && layout.output_plane() >= 4 * mask.len()
            && layout.source_length() <= MOST_FOURIER
        {
            Self::Fourier
        } else {
            Self::Direct
        }
    }
}

/// Applies `mask` to `channel`, of one picture and one channel, in another than the direct way.
pub(super) fn correlate_large(
    channel: ArrayView3<f32>,
    mask: &[f32],
    way: Way,
    layout: &Layout,
    workspace: &mut Workspace,
    target: &mut [f32],
) {
    let pixels = channel.to_slice();
    if pixels.is_none() {
        workspace.load(channel, layout);
    }
    let Workspace { source, row, factors, transform, .. } = workspace;
    let plane = match pixels {
        Some(pixels) => Plane { pixels, width: channel.dim().2, lead: [layout.rows.lead, layout.columns.lead] },
        // The copy contains the zeros.
        None => Plane { pixels: &source[..layout.source_plane()], width: layout.pitch(), lead: [0; 2] },
    };
    if way == Way::Separable {
        correlate_separable(plane, factors, layout.mask[0], target, layout.output[1], row);
    } else {
        transform.correlate(plane, mask, layout.mask[1], target, layout.output[1]);
    }
}

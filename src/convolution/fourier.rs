//! Convolution with a large mask by the Fourier transform.

use super::separable::Plane;
use crate::fourier::{RealFft2, Scratch, Spectrum, fast_size};

/// A transform of the size that the last job needed, its memory, and the spectrum of the last mask.
#[derive(Default)]
pub(super) struct Transform {
    plan: Option<Plan>,
}

struct Plan {
    fft: RealFft2,
    scratch: Scratch,
    spectrum: Spectrum,
    /// The picture, surrounded by zeros.
    padded: Vec<f32>,
    /// The mask and its width that `response` belongs to.
    mask: Vec<f32>,
    mask_width: usize,
    response: Spectrum,
}

impl Plan {
    fn new([rows, columns]: [usize; 2]) -> Self {
        let fft = RealFft2::new(rows, columns);
        let (scratch, spectrum, response) = (fft.scratch(), fft.spectrum(), fft.spectrum());
        let padded = vec![0.0; rows * columns];
        Self { fft, scratch, spectrum, padded, mask: Vec::new(), mask_width: 0, response }
    }

    /// Lays `rows` of `width` numbers down from `lead` on, zeros around them, and transforms them.
    fn transform(&mut self, pixels: &[f32], width: usize, [above, left]: [usize; 2]) {
        let pitch = self.fft.size()[1];
        let (zeros, rest) = self.padded.split_at_mut(above * pitch);
        zeros.fill(0.0);
        let mut lines = rest.chunks_exact_mut(pitch);
        // The picture first: the other way round, the iterator would swallow a line at its end.
        for (pixels, line) in pixels.chunks_exact(width).zip(&mut lines) {
            line[..left].fill(0.0);
            line[left..left + width].copy_from_slice(pixels);
            line[left + width..].fill(0.0);
        }
        lines.for_each(|line| line.fill(0.0));
        self.fft.forward(&self.padded, &mut self.spectrum, &mut self.scratch);
    }
}

impl Transform {
    /// Convolves `plane` with `mask`, rows of `mask_width` entries, into `target`, rows of `width` pixels.
    pub fn correlate(&mut self, plane: Plane, mask: &[f32], mask_width: usize, target: &mut [f32], width: usize) {
        let mask_height = mask.len() / mask_width;
        let [above, left] = plane.lead;
        let needed = |lead: usize, inside: usize, output: usize, mask: usize| {
            // The last outputs may reach around into the zeros before the picture; a margin wider than the mask makes more
            // outputs than that.
            fast_size((lead + inside).max((output + mask - 1).saturating_sub(lead)).max(mask).max(output))
        };
        let size = [
            needed(above, plane.pixels.len() / plane.width, target.len() / width, mask_height),
            needed(left, plane.width, width, mask_width),
        ];
        if self.plan.as_ref().is_none_or(|plan| plan.fft.size() != size) {
            self.plan = None;
        }
        let plan = self.plan.get_or_insert_with(|| Plan::new(size));
        if plan.mask_width != mask_width || !same(&plan.mask, mask) {
            plan.transform(mask, mask_width, [0; 2]);
            std::mem::swap(&mut plan.spectrum, &mut plan.response);
            plan.mask.clear();
            plan.mask.extend_from_slice(mask);
            plan.mask_width = mask_width;
        }
        plan.transform(plane.pixels, plane.width, plane.lead);
        plan.spectrum.multiply_by_conjugate(&plan.response);
        let corner = [target.len() / width, width];
        plan.fft.inverse_corner(&mut plan.spectrum, target, corner, &mut plan.scratch);
    }
}

/// Whether both are the same to the last bit.
fn same(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

impl Clone for Transform {
    /// The copy plans anew when it is used.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl std::fmt::Debug for Transform {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Transform").field("size", &self.plan.as_ref().map(|plan| plan.fft.size())).finish()
    }
}

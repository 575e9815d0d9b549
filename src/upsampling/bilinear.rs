//! Bilinear interpolation between pixel centres.

use ndarray::{Array2, ArrayView1, ArrayView2};

use super::UpsamplingError;
use super::error::enlarged;

/// Enlarges `plane`, shaped (row, column), `factor` times by linear interpolation along both axes.
///
/// Pixel centres are aligned (half-pixel): output o lies at (o + ½) / factor − ½ of the input. Outside the plane
/// the nearest edge pixel goes on (clamped), as with PyTorch's `interpolate` with `align_corners=False`.
///
/// # Errors
/// `factor` is 0, the plane is empty, or the output would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn bilinear(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    let (height, width) = plane.dim();
    let phases: Vec<Phase> = (0..factor.min(size.0.max(size.1))).map(|phase| Phase::new(phase, factor)).collect();
    let mut output = Array2::zeros(size);
    // A row of the input's width between two input rows, with the edge pixels once more at either end.
    let mut blended = vec![0.0; width + 2];
    for (y, mut target) in output.rows_mut().into_iter().enumerate() {
        let phase = phases[y % factor];
        // Row 0 of this count is the edge row above the plane.
        let above = y / factor + phase.shift;
        let upper = plane.row(above.saturating_sub(1).min(height - 1));
        let lower = plane.row(above.min(height - 1));
        blend(upper, lower, phase.fraction, &mut blended[1..=width]);
        blended[0] = blended[1];
        blended[width + 1] = blended[width];
        if let Some(target) = target.as_slice_mut() {
            match phases.as_slice() {
                [only] => target.iter_mut().enumerate().for_each(|(x, to)| *to = only.between(&blended, x)),
                [first, second] => {
                    // The common case once more, in a form that vectorises.
                    let ends = blended.iter().zip(&blended[1..]).zip(&blended[2..]);
                    for (pair, ((&before, &here), &after)) in target.as_chunks_mut::<2>().0.iter_mut().zip(ends) {
                        *pair = [mix(before, here, first.fraction), mix(here, after, second.fraction)];
                    }
                }
                phases => {
                    for (x, group) in target.chunks_exact_mut(factor).enumerate() {
                        group.iter_mut().zip(phases).for_each(|(to, phase)| *to = phase.between(&blended, x));
                    }
                }
            }
        }
    }
    Ok(output)
}

/// Where the output pixels of one remainder by the factor lie between the input pixels.
#[derive(Clone, Copy)]
struct Phase {
    /// 0 if the earlier neighbour is the pixel before, 1 if it is the pixel itself.
    shift: usize,
    /// How far from the earlier neighbour to the later one, 0 to 1.
    fraction: f32,
}

impl Phase {
    fn new(phase: usize, factor: usize) -> Self {
        let position = (phase as f64 + 0.5) / factor as f64 - 0.5;
        let shift = position >= 0.0;
        Self { shift: usize::from(shift), fraction: if shift { position } else { position + 1.0 } as f32 }
    }

    /// The value at this phase of pixel `x` in a row that has one more pixel at either end.
    fn between(self, row: &[f32], x: usize) -> f32 {
        mix(row[x + self.shift], row[x + self.shift + 1], self.fraction)
    }
}

fn blend(upper: ArrayView1<f32>, lower: ArrayView1<f32>, fraction: f32, blended: &mut [f32]) {
    match (upper.as_slice(), lower.as_slice()) {
        (Some(upper), Some(lower)) => {
            blended.iter_mut().zip(upper).zip(lower).for_each(|((to, &a), &b)| *to = mix(a, b, fraction));
        }
        _ => blended.iter_mut().zip(upper).zip(lower).for_each(|((to, &a), &b)| *to = mix(a, b, fraction)),
    }
}

/// `a` at fraction 0, `b` at fraction 1; exactly `a` where both are equal.
fn mix(a: f32, b: f32, fraction: f32) -> f32 {
    a + fraction * (b - a)
}

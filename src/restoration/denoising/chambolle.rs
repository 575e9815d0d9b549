//! Denoising by total variation alone, by Chambolle's projection.

use crate::imaging::Image;

/// The picture that is near `noisy` and has little up and down: ½‖u − g‖² + λΣ|∇u| at its least, approached in
/// `iterations` steps of length ¼ on the dual (Chambolle, 2004). Beyond the picture's edges there are no differences.
/// Every channel is denoised by itself. λ is `weight`, in the unit of the samples; what is not above zero changes
/// nothing.
///
/// The same as scikit-image's `denoise_tv_chambolle` with `eps = 0` and `max_num_iter = iterations`.
#[must_use]
pub fn denoise_total_variation(noisy: &Image, weight: f32, iterations: usize) -> Image {
    let mut clean = noisy.clone();
    if weight.is_nan() || weight <= 0.0 || iterations < 2 {
        return clean;
    }
    let width = noisy.width();
    let (mut down, mut right) = (vec![0.0; noisy.channel(0).len()], vec![0.0; noisy.channel(0).len()]);
    let mut rows = [vec![0.0; width], vec![0.0; width]];
    for channel in 0..noisy.channels() {
        down.fill(0.0);
        right.fill(0.0);
        for _ in 1..iterations {
            ascend(noisy.channel(channel), &mut down, &mut right, &mut rows, [0.25, 0.25 / weight]);
        }
        let source = noisy.channel(channel).chunks_exact(width).enumerate();
        for ((y, source), target) in source.zip(clean.channel_mut(channel).chunks_exact_mut(width)) {
            primal_row(source, &down, &right, y * width, target);
        }
    }
    clean
}

/// A row of u = g + div p, `start` being its first pixel.
#[inline]
fn primal_row(observed: &[f32], down: &[f32], right: &[f32], start: usize, target: &mut [f32]) {
    let width = observed.len();
    let (here, to_right) = (&down[start..start + width], &right[start..start + width]);
    for (((target, observed), here), right) in target.iter_mut().zip(observed).zip(here).zip(to_right) {
        *target = observed - here - right;
    }
    for (target, left) in target[1..].iter_mut().zip(to_right) {
        *target += left;
    }
    if start > 0 {
        for (target, above) in target.iter_mut().zip(&down[start - width..start]) {
            *target += above;
        }
    }
}

/// One step of p ← (p − τ∇u)/(1 + τ|∇u|/λ), in one pass: a row of p moves on as soon as the row of u below it is known.
fn ascend(
    observed: &[f32],
    down: &mut [f32],
    right: &mut [f32],
    rows: &mut [Vec<f32>; 2],
    [step, shrinking]: [f32; 2],
) {
    let [here, below] = rows;
    let width = here.len();
    let height = observed.len() / width;
    primal_row(&observed[..width], down, right, 0, here);
    for y in 0..height {
        let start = y * width;
        let last_row = y + 1 == height;
        if last_row {
            below.copy_from_slice(here);
        } else {
            primal_row(&observed[start + width..start + 2 * width], down, right, start + width, below);
        }
        let (down, right) = (&mut down[start..start + width], &mut right[start..start + width]);
        let [inner, end] = [width - 1, width];
        let strides = [step, shrinking];
        advance(&here[..inner], &here[1..end], &below[..inner], &mut down[..inner], &mut right[..inner], strides);
        // The last column has nothing to its right.
        let last = inner..end;
        advance(
            &here[last.clone()],
            &here[last.clone()],
            &below[last.clone()],
            &mut down[last.clone()],
            &mut right[last],
            strides,
        );
        std::mem::swap(here, below);
    }
}

#[inline(always)]
fn advance(
    here: &[f32],
    next: &[f32],
    below: &[f32],
    down: &mut [f32],
    right: &mut [f32],
    [step, shrinking]: [f32; 2],
) {
    let values = here.iter().zip(next).zip(below);
    for (((here, next), below), (down, right)) in values.zip(down.iter_mut().zip(right)) {
        let (y, x) = (below - here, next - here);
        let shrink = 1.0 / (1.0 + shrinking * (y * y + x * x).sqrt());
        *down = (*down - step * y) * shrink;
        *right = (*right - step * x) * shrink;
    }
}

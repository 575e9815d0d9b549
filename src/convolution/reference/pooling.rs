//! Pooling by its definition: window by window, tap by tap, with sums in f64.

use ndarray::{Array4, ArrayView4};

use crate::convolution::{ConvolutionError, Pooling};

/// The places in a plane that the window of output (`y`, `x`) sees, row by row, and how many of its taps lie on the
/// input or its margin.
fn window(pooling: &Pooling, input: [usize; 2], [y, x]: [usize; 2]) -> (Vec<[usize; 2]>, usize) {
    let Pooling { stride, padding, dilation, .. } = *pooling;
    let (mut pixels, mut padded) = (Vec::new(), 0);
    for ky in 0..pooling.window[0] {
        for kx in 0..pooling.window[1] {
            let place = [y * stride[0] + ky * dilation[0], x * stride[1] + kx * dilation[1]];
            let [on_margin, inside] = [0, 1].map(|extent| {
                (0..2).all(|axis| {
                    let [before, after] = padding[axis];
                    if extent == 0 {
                        place[axis] < before + input[axis] + after
                    } else {
                        (before..before + input[axis]).contains(&place[axis])
                    }
                })
            });
            padded += usize::from(on_margin);
            if inside {
                pixels.push([place[0] - padding[0][0], place[1] - padding[1][0]]);
            }
        }
    }
    (pixels, padded)
}

/// One value for each window, from the places that it sees and from how many taps lie on input or margin.
fn pool<T>(
    input: ArrayView4<f32>,
    pooling: &Pooling,
    value: impl Fn(&dyn Fn([usize; 2]) -> f32, &[[usize; 2]], usize) -> T,
) -> Result<Array4<T>, ConvolutionError> {
    let (batch, channels, height, width) = input.dim();
    // The checks and the size are those of the fast form.
    crate::convolution::max_pool2d(input, pooling)?;
    let size = pooling.output_size([height, width])?;
    Ok(Array4::from_shape_fn((batch, channels, size[0], size[1]), |(picture, channel, y, x)| {
        let (pixels, padded) = window(pooling, [height, width], [y, x]);
        value(&|[row, column]| input[[picture, channel, row, column]], &pixels, padded)
    }))
}

/// The largest value of each window, and where it stands.
///
/// # Errors
/// As [`max_pool2d`](crate::convolution::max_pool2d).
pub fn max_pool2d(input: ArrayView4<f32>, pooling: &Pooling) -> Result<(Array4<f32>, Array4<usize>), ConvolutionError> {
    let width = input.dim().3;
    let best = pool(input, pooling, |at, pixels, _| {
        let mut best = pixels[0];
        for &pixel in pixels {
            if at(pixel) > at(best) || (at(pixel).is_nan() && !at(best).is_nan()) {
                best = pixel;
            }
        }
        (at(best), best[0] * width + best[1])
    })?;
    Ok((best.mapv(|(value, _)| value), best.mapv(|(_, switch)| switch)))
}

/// The mean of each window.
///
/// # Errors
/// As [`average_pool2d`](crate::convolution::average_pool2d).
pub fn average_pool2d(
    input: ArrayView4<f32>,
    pooling: &Pooling,
    count_padding: bool,
) -> Result<Array4<f32>, ConvolutionError> {
    pool(input, pooling, |at, pixels, padded| {
        let sum: f64 = pixels.iter().map(|&pixel| f64::from(at(pixel))).sum();
        (sum / if count_padding { padded } else { pixels.len() } as f64) as f32
    })
}

/// The p-norm of each window.
///
/// # Errors
/// As [`lp_pool2d`](crate::convolution::lp_pool2d), which also checks `p`.
pub fn lp_pool2d(input: ArrayView4<f32>, pooling: &Pooling, p: f64) -> Result<Array4<f32>, ConvolutionError> {
    crate::convolution::lp_pool2d(input, pooling, p)?;
    pool(input, pooling, |at, pixels, _| {
        let sum: f64 = pixels.iter().map(|&pixel| f64::from(at(pixel)).abs().powf(p)).sum();
        sum.powf(1.0 / p) as f32
    })
}

/// Each value at its switch.
///
/// # Errors
/// As [`max_unpool2d`](crate::convolution::max_unpool2d), which also checks the arguments.
pub fn max_unpool2d(
    values: ArrayView4<f32>,
    switches: ArrayView4<usize>,
    output_size: [usize; 2],
) -> Result<Array4<f32>, ConvolutionError> {
    let mut output = crate::convolution::max_unpool2d(values, switches, output_size)?.mapv(|_| 0.0);
    for ((picture, channel, y, x), &value) in values.indexed_iter() {
        let switch = switches[[picture, channel, y, x]];
        output[[picture, channel, switch / output_size[1], switch % output_size[1]]] = value;
    }
    Ok(output)
}

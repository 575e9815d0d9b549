//! The plain form: each output pixel summed in double precision straight from the kernel's formula.

use ndarray::{Array2, ArrayView2};

use super::coordinates::{Outside, Sampling};
use super::filter::Interpolation;
use super::weights::Rule;

/// The value at output (y, x) for each, from both axes' positions; nothing is planned, nothing is shared.
pub(super) fn resize(plane: ArrayView2<f32>, output: [usize; 2], samplings: [Sampling; 2], rule: &Rule) -> Array2<f32> {
    Array2::from_shape_fn(output, |(y, x)| {
        let positions = [samplings[0].position(y), samplings[1].position(x)];
        let sizes = [plane.nrows(), plane.ncols()];
        if let Outside::Value(value) = rule.outside
            && (0..2).any(|axis| positions[axis] < 0.0 || positions[axis] > (sizes[axis] - 1) as f64)
        {
            return value;
        }
        let [down, across] = [0, 1].map(|axis| {
            let widening = rule.widening(sizes[axis], samplings[axis].step);
            neighbours(positions[axis], widening, sizes[axis], rule)
        });
        let (mut sum, mut total) = (0.0, 0.0);
        for &(y, weight_y) in &down {
            for &(x, weight_x) in &across {
                sum += weight_y * weight_x * f64::from(plane[[y, x]]);
                total += weight_y * weight_x;
            }
        }
        (sum / total) as f32
    })
}

/// The pixels near a position along an axis of `size` pixels, and their weights.
fn neighbours(position: f64, widening: f64, size: usize, rule: &Rule) -> Vec<(usize, f64)> {
    let inside = |i: f64| i.clamp(0.0, (size - 1) as f64);
    if rule.interpolation == Interpolation::Nearest {
        return vec![(inside(rule.rounding.round(position)) as usize, 1.0)];
    }
    let reach = (rule.interpolation.radius() * widening).ceil();
    let mut found = Vec::new();
    let mut i = position.floor() - reach;
    while i <= position.ceil() + reach {
        if rule.outside != Outside::LeftOut || inside(i) == i {
            found.push((inside(i) as usize, rule.interpolation.kernel((i - position) / widening)));
        }
        i += 1.0;
    }
    if found.iter().all(|(_, weight)| *weight == 0.0) { vec![(inside(position.round()) as usize, 1.0)] } else { found }
}

//! Differences to the next pixel on a plane that is repeated, and their adjoint, a row at a time.

/// ∇u of a row: its differences to the right, the last to the first, and to the row `below`.
#[inline]
pub(super) fn differences(row: &[f32], below: &[f32], right: &mut [f32], down: &mut [f32]) {
    for ((down, here), below) in down.iter_mut().zip(row).zip(below) {
        *down = below - here;
    }
    for (right, pair) in right.iter_mut().zip(row.windows(2)) {
        *right = pair[1] - pair[0];
    }
    if let (Some(last), [first, .., end]) = (right.last_mut(), row) {
        *last = first - end;
    } else {
        right.fill(0.0);
    }
}

/// ∇ᵀ of a row: what the differences to the right, and those down from this row and from the one `above`, weigh its
/// pixels with, added to `target` with a factor.
#[inline]
pub(super) fn add_adjoint(right: &[f32], down: &[f32], above: &[f32], factor: f32, target: &mut [f32]) {
    for (((target, right), down), above) in target.iter_mut().zip(right).zip(down).zip(above) {
        *target += factor * (above - down - right);
    }
    if let ([first, rest @ ..], [from_left @ .., last]) = (target, right) {
        *first += factor * last;
        for (target, left) in rest.iter_mut().zip(from_left) {
            *target += factor * left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imaging::noise::Random;

    fn noise(length: usize, random: &mut Random) -> Vec<f32> {
        (0..length).map(|_| random.normal() as f32).collect()
    }

    fn product(a: &[f32], b: &[f32]) -> f64 {
        a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
    }

    #[test]
    fn the_adjoint_is_the_adjoint() {
        let mut random = Random::new(3);
        for [height, width] in [[1, 1], [1, 6], [7, 1], [2, 2], [5, 8]] {
            let pixels = height * width;
            let [picture, right, down] = std::array::from_fn(|_| noise(pixels, &mut random));
            let (mut of_right, mut of_down) = (vec![0.0; pixels], vec![0.0; pixels]);
            let mut adjoint = vec![0.0; pixels];
            for y in 0..height {
                let row = |y: usize| (y % height) * width..(y % height + 1) * width;
                differences(&picture[row(y)], &picture[row(y + 1)], &mut of_right[row(y)], &mut of_down[row(y)]);
                let above = row(y + height - 1);
                add_adjoint(&right[row(y)], &down[row(y)], &down[above], 1.0, &mut adjoint[row(y)]);
            }
            let one = product(&of_right, &right) + product(&of_down, &down);
            let other = product(&picture, &adjoint);
            assert!((one - other).abs() < 1e-5 * (1.0 + one.abs()), "{height} × {width}: {one} and {other}");
        }
    }
}

//! Sums over rows, in lanes: a plain sum must keep its order, which no compiler may vectorise.

const LANES: usize = 8;

/// The sum of `term` over the samples of one row.
#[inline(always)]
fn over_one(row: &[f32], term: impl Fn(f32) -> f32) -> f64 {
    let (blocks, rest) = row.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for block in blocks {
        for lane in 0..LANES {
            sums[lane] += term(block[lane]);
        }
    }
    for (sum, &value) in sums.iter_mut().zip(rest) {
        *sum += term(value);
    }
    total(sums)
}

/// The sum of `term` over the samples of three rows of the same length.
#[inline(always)]
fn over_three(a: &[f32], b: &[f32], c: &[f32], term: impl Fn(f32, f32, f32) -> f32) -> f64 {
    let ((a, a_rest), (b, b_rest), (c, c_rest)) =
        (a.as_chunks::<LANES>(), b.as_chunks::<LANES>(), c.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for ((a, b), c) in a.iter().zip(b).zip(c) {
        for lane in 0..LANES {
            sums[lane] += term(a[lane], b[lane], c[lane]);
        }
    }
    for (sum, ((&a, &b), &c)) in sums.iter_mut().zip(a_rest.iter().zip(b_rest).zip(c_rest)) {
        *sum += term(a, b, c);
    }
    total(sums)
}

fn total(sums: [f32; LANES]) -> f64 {
    sums.iter().map(|&sum| f64::from(sum)).sum()
}

/// Σa.
pub(super) fn sum(row: &[f32]) -> f64 {
    over_one(row, |a| a)
}

/// Σ|a|.
pub(super) fn absolute(row: &[f32]) -> f64 {
    over_one(row, f32::abs)
}

/// Σa².
pub(super) fn squares(row: &[f32]) -> f64 {
    over_one(row, |a| a * a)
}

/// Σ(a − b)². Both are of the same length.
pub(super) fn squared_distance(a: &[f32], b: &[f32]) -> f64 {
    over_three(a, b, b, |a, b, _| (a - b) * (a - b))
}

/// Σm(a − b)². All are of the same length.
pub(super) fn masked_squares(a: &[f32], b: &[f32], mask: &[f32]) -> f64 {
    over_three(a, b, mask, |a, b, mask| mask * (a - b) * (a - b))
}

/// ‖u − u₋‖/‖u‖ from the squares of both; 0 where nothing changed.
pub(super) fn relative(change: f64, norm: f64) -> f64 {
    if change > 0.0 { (change / norm.max(f64::from(f32::MIN_POSITIVE))).sqrt() } else { 0.0 }
}

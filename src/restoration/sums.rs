//! Sums over rows, in lanes: a plain sum must keep its order, which no compiler may vectorise.

const LANES: usize = 8;

/// The sum of `term` over the rows' samples. Rows are of the same length.
#[inline(always)]
fn lanes_sum<const N: usize>(rows: [&[f32]; N], term: impl Fn([f32; N]) -> f32) -> f64 {
    let chunks = rows.map(|row| row.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for index in 0..chunks[0].0.len() {
        let blocks = chunks.map(|(blocks, _)| &blocks[index]);
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += term(blocks.map(|block| block[lane]));
        }
    }
    for index in 0..chunks[0].1.len() {
        sums[index] += term(chunks.map(|(_, rest)| rest[index]));
    }
    sums.iter().map(|&sum| f64::from(sum)).sum()
}

/// Σa.
pub(super) fn sum(row: &[f32]) -> f64 {
    lanes_sum([row], |[a]| a)
}

/// Σ|a|.
pub(super) fn absolute(row: &[f32]) -> f64 {
    lanes_sum([row], |[a]| a.abs())
}

/// Σa².
pub(super) fn squares(row: &[f32]) -> f64 {
    lanes_sum([row], |[a]| a * a)
}

/// Σ(a − b)². Both are of the same length.
pub(super) fn squared_distance(a: &[f32], b: &[f32]) -> f64 {
    lanes_sum([a, b], |[a, b]| (a - b) * (a - b))
}

/// Σm(a − b)². All are of the same length.
pub(super) fn masked_squares(a: &[f32], b: &[f32], mask: &[f32]) -> f64 {
    lanes_sum([a, b, mask], |[a, b, mask]| mask * (a - b) * (a - b))
}

/// ‖u − u₋‖/‖u‖ from the squares of both; 0 where nothing changed.
pub(super) fn relative(change: f64, norm: f64) -> f64 {
    if change > 0.0 { (change / norm.max(f64::from(f32::MIN_POSITIVE))).sqrt() } else { 0.0 }
}

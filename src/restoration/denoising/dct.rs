//! The orthonormal discrete cosine transform of eight samples, DCT-II, of several patches side by side.

/// Samples of a transform.
pub(super) const SIDE: usize = 8;

/// Patches that are transformed together.
pub(super) const LANES: usize = 8;

/// One number in each lane.
pub(super) type Lanes = [f32; LANES];

/// ½cos(nπ/16).
const C: [f32; 8] =
    [0.5, 0.490_392_64, 0.461_939_77, 0.415_734_8, 0.353_553_39, 0.277_785_12, 0.191_341_72, 0.097_545_16];

/// Σ factor·value in each lane.
#[inline(always)]
fn weigh<const N: usize>(values: [&Lanes; N], factors: [f32; N]) -> Lanes {
    let mut sums = [0.0; LANES];
    for lane in 0..LANES {
        let mut sum = factors[0] * values[0][lane];
        for n in 1..N {
            sum += factors[n] * values[n][lane];
        }
        sums[lane] = sum;
    }
    sums
}

#[inline(always)]
fn add(a: &Lanes, b: &Lanes) -> Lanes {
    let mut sums = *a;
    for lane in 0..LANES {
        sums[lane] += b[lane];
    }
    sums
}

#[inline(always)]
fn subtract(a: &Lanes, b: &Lanes) -> Lanes {
    let mut differences = *a;
    for lane in 0..LANES {
        differences[lane] -= b[lane];
    }
    differences
}

/// X(k) = ½·c(k)·Σ x(n)cos((2n+1)kπ/16), c(0) = √½ and 1 otherwise: even frequencies from sums of mirrored samples, odd
/// ones from their differences.
#[inline(always)]
pub(super) fn forward(x: &[Lanes; SIDE]) -> [Lanes; SIDE] {
    let [s0, s1, s2, s3] = [add(&x[0], &x[7]), add(&x[1], &x[6]), add(&x[2], &x[5]), add(&x[3], &x[4])];
    let [d0, d1] = [subtract(&x[0], &x[7]), subtract(&x[1], &x[6])];
    let [d2, d3] = [subtract(&x[2], &x[5]), subtract(&x[3], &x[4])];
    let (outer, inner) = (add(&s0, &s3), add(&s1, &s2));
    let (left, right) = (subtract(&s0, &s3), subtract(&s1, &s2));
    let odd = [&d0, &d1, &d2, &d3];
    [
        weigh([&outer, &inner], [C[4], C[4]]),
        weigh(odd, [C[1], C[3], C[5], C[7]]),
        weigh([&left, &right], [C[2], C[6]]),
        weigh(odd, [C[3], -C[7], -C[1], -C[5]]),
        weigh([&outer, &inner], [C[4], -C[4]]),
        weigh(odd, [C[5], -C[1], C[7], C[3]]),
        weigh([&left, &right], [C[6], -C[2]]),
        weigh(odd, [C[7], -C[5], C[3], -C[1]]),
    ]
}

/// The way back from [`forward`], which is its transpose.
#[inline(always)]
pub(super) fn inverse(x: &[Lanes; SIDE]) -> [Lanes; SIDE] {
    let (sum, difference) = (weigh([&x[0], &x[4]], [C[4], C[4]]), weigh([&x[0], &x[4]], [C[4], -C[4]]));
    let (left, right) = (weigh([&x[2], &x[6]], [C[2], C[6]]), weigh([&x[2], &x[6]], [C[6], -C[2]]));
    let even = [add(&sum, &left), add(&difference, &right), subtract(&difference, &right), subtract(&sum, &left)];
    let parts = [&x[1], &x[3], &x[5], &x[7]];
    let odd = [
        weigh(parts, [C[1], C[3], C[5], C[7]]),
        weigh(parts, [C[3], -C[7], -C[1], -C[5]]),
        weigh(parts, [C[5], -C[1], C[7], C[3]]),
        weigh(parts, [C[7], -C[5], C[3], -C[1]]),
    ];
    [
        add(&even[0], &odd[0]),
        add(&even[1], &odd[1]),
        add(&even[2], &odd[2]),
        add(&even[3], &odd[3]),
        subtract(&even[3], &odd[3]),
        subtract(&even[2], &odd[2]),
        subtract(&even[1], &odd[1]),
        subtract(&even[0], &odd[0]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imaging::noise::Random;

    #[test]
    fn it_is_the_definition_and_its_inverse() {
        let mut random = Random::new(2);
        let x: [Lanes; SIDE] = std::array::from_fn(|_| std::array::from_fn(|_| random.normal() as f32));
        let transformed = forward(&x);
        let back = inverse(&transformed);
        for lane in 0..LANES {
            for k in 0..SIDE {
                let expected: f64 = (0..SIDE)
                    .map(|n| {
                        let angle = (2 * n + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0;
                        let factor = if k == 0 { 0.125_f64.sqrt() } else { 0.5 };
                        factor * angle.cos() * f64::from(x[n][lane])
                    })
                    .sum();
                assert!((f64::from(transformed[k][lane]) - expected).abs() < 1e-6, "frequency {k}, lane {lane}");
                assert!((back[k][lane] - x[k][lane]).abs() < 1e-6, "sample {k}, lane {lane}");
            }
        }
    }
}

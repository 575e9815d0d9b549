//! The transforms of 2, 3, 4, 5 and 8 numbers, written out.

use super::lanes::Complex;

#[inline(always)]
pub(super) fn two<const N: usize>([a, b]: [Complex<N>; 2]) -> [Complex<N>; 2] {
    [a.add(b), a.sub(b)]
}

#[inline(always)]
pub(super) fn three<const N: usize>([a, b, c]: [Complex<N>; 3]) -> [Complex<N>; 3] {
    const SINE: f32 = 0.866_025_4; // sin 2π/3
    let sum = b.add(c);
    let middle = a.add(sum.scale(-0.5));
    let turned = b.sub(c).times_minus_i().scale(SINE);
    [a.add(sum), middle.add(turned), middle.sub(turned)]
}

#[inline(always)]
pub(super) fn four<const N: usize>([a, b, c, d]: [Complex<N>; 4]) -> [Complex<N>; 4] {
    let (even_sum, even_difference) = (a.add(c), a.sub(c));
    let (odd_sum, odd_difference) = (b.add(d), b.sub(d).times_minus_i());
    [
        even_sum.add(odd_sum),
        even_difference.add(odd_difference),
        even_sum.sub(odd_sum),
        even_difference.sub(odd_difference),
    ]
}

#[inline(always)]
pub(super) fn five<const N: usize>([a, b, c, d, e]: [Complex<N>; 5]) -> [Complex<N>; 5] {
    // cos and sin of 2π/5 and 4π/5.
    const C1: f32 = 0.309_017;
    const C2: f32 = -0.809_017;
    const S1: f32 = 0.951_056_5;
    const S2: f32 = 0.587_785_25;
    let (sum1, difference1) = (b.add(e), b.sub(e).times_minus_i());
    let (sum2, difference2) = (c.add(d), c.sub(d).times_minus_i());
    let middle1 = a.add(sum1.scale(C1)).add(sum2.scale(C2));
    let middle2 = a.add(sum1.scale(C2)).add(sum2.scale(C1));
    let turned1 = difference1.scale(S1).add(difference2.scale(S2));
    let turned2 = difference1.scale(S2).sub(difference2.scale(S1));
    [a.add(sum1).add(sum2), middle1.add(turned1), middle2.add(turned2), middle2.sub(turned2), middle1.sub(turned1)]
}

#[inline(always)]
pub(super) fn eight<const N: usize>([a, b, c, d, e, f, g, h]: [Complex<N>; 8]) -> [Complex<N>; 8] {
    const HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;
    let [even0, even1, even2, even3] = four([a, c, e, g]);
    let [odd0, odd1, odd2, odd3] = four([b, d, f, h]);
    // Turned by an eighth, a quarter, and three eighths; the last one without its sign.
    let odd1 = odd1.add(odd1.times_minus_i()).scale(HALF);
    let odd2 = odd2.times_minus_i();
    let odd3 = odd3.sub(odd3.times_minus_i()).scale(HALF);
    [
        even0.add(odd0),
        even1.add(odd1),
        even2.add(odd2),
        even3.sub(odd3),
        even0.sub(odd0),
        even1.sub(odd1),
        even2.sub(odd2),
        even3.add(odd3),
    ]
}

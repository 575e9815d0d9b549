//! The Fourier and the cosine transform by their definitions: slow, obvious, and the oracles of the fast ones.

/// X(k) = Σ x(n)·e^(−2πi·kn/N) of `input` (real, imaginary), in f64, in N² steps; with `inverse` the sign of the
/// exponent is turned and the result divided by N.
#[must_use]
pub fn dft(input: &[[f64; 2]], inverse: bool) -> Vec<[f64; 2]> {
    let length = input.len();
    let sign = if inverse { 1.0 } else { -1.0 };
    let scale = if inverse { 1.0 / length as f64 } else { 1.0 };
    (0..length)
        .map(|k| {
            let mut sum = [0.0, 0.0];
            for (n, &[re, im]) in input.iter().enumerate() {
                let angle = sign * std::f64::consts::TAU * ((k * n) % length) as f64 / length as f64;
                let (sine, cosine) = angle.sin_cos();
                sum[0] += re * cosine - im * sine;
                sum[1] += re * sine + im * cosine;
            }
            sum.map(|part| part * scale)
        })
        .collect()
}

/// The two-dimensional transform of a real `height` × `width` picture by its definition, every row and then every
/// column: the whole spectrum, row after row.
///
/// # Panics
/// When `picture` does not fill `height` × `width`.
#[must_use]
pub fn dft2(picture: &[f32], height: usize, width: usize) -> Vec<[f64; 2]> {
    assert!(picture.len() == height * width, "the picture is of another size");
    let mut spectrum: Vec<[f64; 2]> = picture.iter().map(|&value| [f64::from(value), 0.0]).collect();
    for row in spectrum.chunks_exact_mut(width) {
        let transformed = dft(row, false);
        row.copy_from_slice(&transformed);
    }
    for x in 0..width {
        let column: Vec<[f64; 2]> = (0..height).map(|y| spectrum[y * width + x]).collect();
        for (y, value) in dft(&column, false).into_iter().enumerate() {
            spectrum[y * width + x] = value;
        }
    }
    spectrum
}

/// The orthonormal cosine transform (DCT-II) of `input` by its definition: c(k) = a(k)·Σ x(n)·cos(πk(2n + 1)/2N) with
/// a(0) = √(1/N) and else a(k) = √(2/N), in f64, in N² steps.
#[must_use]
pub fn dct(input: &[f64]) -> Vec<f64> {
    let length = input.len();
    (0..length)
        .map(|k| {
            let scale = (if k == 0 { 1.0 } else { 2.0 } / length as f64).sqrt();
            let angle = |n: usize| std::f64::consts::PI * (k * (2 * n + 1) % (4 * length)) as f64 / (2 * length) as f64;
            scale * input.iter().enumerate().map(|(n, value)| value * angle(n).cos()).sum::<f64>()
        })
        .collect()
}

/// The two-dimensional cosine transform of a `height` × `width` picture by its definition, every row and then every
/// column: the coefficients row after row.
///
/// # Panics
/// When `picture` does not fill `height` × `width`.
#[must_use]
pub fn dct2(picture: &[f32], height: usize, width: usize) -> Vec<f64> {
    assert!(picture.len() == height * width, "the picture is of another size");
    let mut coefficients: Vec<f64> = picture.iter().copied().map(f64::from).collect();
    for row in coefficients.chunks_exact_mut(width) {
        let transformed = dct(row);
        row.copy_from_slice(&transformed);
    }
    for x in 0..width {
        let column: Vec<f64> = (0..height).map(|y| coefficients[y * width + x]).collect();
        for (y, value) in dct(&column).into_iter().enumerate() {
            coefficients[y * width + x] = value;
        }
    }
    coefficients
}

//! The Fourier transform by its definition: slow, obvious, and the oracle of the fast one.

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

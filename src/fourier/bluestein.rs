//! The transform of lengths with large prime factors, as a convolution of a friendly length (Bluestein, 1970).
//!
//! With kn = (k² + n² − (k−n)²)/2 the transform is a chirp times the convolution of the chirped input with the
//! conjugate chirp, and that convolution may be of any length from 2N − 1 on.

use super::fast_size;
use super::lanes::{Complex, LANES, Lanes, roots};
use super::plan::{Buffer, Fft};

pub(super) struct Bluestein {
    length: usize,
    inner: Fft,
    /// e^(−πi·n²/length).
    chirp: Vec<[f32; 2]>,
    /// Transform of the conjugate chirp, over the inner length, each bin at its place.
    response: Vec<[f32; 2]>,
}

impl Bluestein {
    pub fn new(length: usize) -> Self {
        let inner_length = fast_size(2 * length - 1);
        let inner = Fft::new(inner_length);
        // n² modulo 2·length, as the chirp repeats with it.
        let table = roots(2 * length, 1, 2 * length);
        let chirp: Vec<[f32; 2]> = (0..length as u64).map(|n| table[(n * n % (2 * length as u64)) as usize]).collect();
        let mut re = vec![[0.0; LANES]; inner_length];
        let mut im = vec![[0.0; LANES]; inner_length];
        for (n, &[cosine, sine]) in chirp.iter().enumerate() {
            for index in [n, (inner_length - n) % inner_length] {
                re[index][0] = cosine / inner_length as f32;
                im[index][0] = -sine / inner_length as f32;
            }
        }
        let mut scratch_re = vec![[0.0; LANES]; inner.scratch_length()];
        let mut scratch_im = scratch_re.clone();
        inner.from_sorted(Buffer { re: &mut re, im: &mut im }, Buffer { re: &mut scratch_re, im: &mut scratch_im });
        let response = re.iter().zip(&im).map(|(re, im)| [re[0], im[0]]).collect();
        Self { length, inner, chirp, response }
    }

    pub fn scratch_length(&self) -> usize {
        self.response.len() + self.inner.scratch_length()
    }

    pub fn run(&self, data: Buffer<'_>, scratch: Buffer<'_>) {
        let inner_length = self.response.len();
        let (work_re, rest_re) = scratch.re.split_at_mut(inner_length);
        let (work_im, rest_im) = scratch.im.split_at_mut(inner_length);
        let mut work = Buffer { re: work_re, im: work_im };
        let mut rest = Buffer { re: rest_re, im: rest_im };
        turn(&data, &mut work, &self.chirp);
        work.re[self.length..].fill([0.0; LANES]);
        work.im[self.length..].fill([0.0; LANES]);
        self.inner.from_sorted(work.reborrow(), rest.reborrow());
        for ((re, im), &response) in work.re.iter_mut().zip(work.im.iter_mut()).zip(&self.response) {
            let value = Complex { re: *re, im: *im }.times(response);
            (*re, *im) = (value.re, value.im);
        }
        self.inner.to_sorted(work.swapped(), rest);
        let mut data = data;
        turn(&work, &mut data, &self.chirp);
    }
}

/// `target` = `source` times `chirp`, as far as the chirp goes.
fn turn(source: &Buffer<'_>, target: &mut Buffer<'_>, chirp: &[[f32; 2]]) {
    let source: (&[Lanes], &[Lanes]) = (source.re, source.im);
    for (n, &factor) in chirp.iter().enumerate() {
        let value = Complex { re: source.0[n], im: source.1[n] }.times(factor);
        target.re[n] = value.re;
        target.im[n] = value.im;
    }
}

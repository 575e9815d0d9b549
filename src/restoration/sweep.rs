//! One pass over planes of equal length: what each pixel becomes, and sums over all of them on the way.
//!
//! Reductions of floats are not vectorised, maps are: so a stretch of pixels puts its terms down, and then they are summed
//! up in eight threads. Stretches are summed in f64.

/// Pixels of a stretch: their terms stay in the fastest cache.
const STRETCH: usize = 256;

/// Lets `pixel` see the values of `read` and of `written` at each place; it answers what comes in place of the latter, and
/// terms that are summed up over all places.
///
/// # Panics
/// When the planes' lengths differ.
#[inline(always)]
pub(super) fn sweep<const R: usize, const W: usize, const S: usize>(
    read: [&[f32]; R],
    mut written: [&mut [f32]; W],
    pixel: impl Fn([f32; R], [f32; W]) -> ([f32; W], [f32; S]),
) -> [f64; S] {
    let length = written.first().map_or_else(|| read.first().map_or(0, |plane| plane.len()), |plane| plane.len());
    assert!(
        read.iter().all(|plane| plane.len() == length) && written.iter().all(|plane| plane.len() == length),
        "planes of one length"
    );
    let mut totals = [0.0; S];
    let mut terms = [[0.0_f32; STRETCH]; S];
    for start in (0..length).step_by(STRETCH) {
        let count = STRETCH.min(length - start);
        let read = read.map(|plane| &plane[start..start + count]);
        let mut targets = written.each_mut().map(|plane| &mut plane[start..start + count]);
        if count == STRETCH {
            // The compiler knows this count.
            stretch(STRETCH, read, &mut targets, &mut terms, &pixel);
        } else {
            stretch(count, read, &mut targets, &mut terms, &pixel);
        }
        for (total, terms) in totals.iter_mut().zip(&terms) {
            *total += f64::from(sum(&terms[..count]));
        }
    }
    totals
}

#[inline(always)]
fn stretch<const R: usize, const W: usize, const S: usize>(
    count: usize,
    read: [&[f32]; R],
    written: &mut [&mut [f32]; W],
    terms: &mut [[f32; STRETCH]; S],
    pixel: &impl Fn([f32; R], [f32; W]) -> ([f32; W], [f32; S]),
) {
    let read = read.map(|plane| &plane[..count]);
    let written = written.each_mut().map(|plane| &mut plane[..count]);
    for place in 0..count {
        let (new, summands) =
            pixel(std::array::from_fn(|plane| read[plane][place]), std::array::from_fn(|plane| written[plane][place]));
        for plane in 0..W {
            written[plane][place] = new[plane];
        }
        for (terms, summand) in terms.iter_mut().zip(summands) {
            terms[place] = summand;
        }
    }
}

/// The sum in eight threads.
fn sum(terms: &[f32]) -> f32 {
    let (eights, rest) = terms.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for eight in eights {
        for (sum, term) in sums.iter_mut().zip(eight) {
            *sum += term;
        }
    }
    sums.iter().chain(rest).sum()
}

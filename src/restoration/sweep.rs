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
    let (mut last_read, mut last_written) = ([[0.0_f32; STRETCH]; R], [[0.0_f32; STRETCH]; W]);
    for start in (0..length).step_by(STRETCH) {
        let count = STRETCH.min(length - start);
        let within = start..start + count;
        // What is less than a stretch goes through a copy, so that the loop is there once, of a count that is known.
        let (read_now, written_now) = if count == STRETCH {
            (read.map(|plane| &plane[within.clone()]), written.each_mut().map(|plane| &mut plane[within.clone()]))
        } else {
            for (copy, plane) in last_read.iter_mut().zip(&read) {
                copy[..count].copy_from_slice(&plane[within.clone()]);
            }
            for (copy, plane) in last_written.iter_mut().zip(&written) {
                copy[..count].copy_from_slice(&plane[within.clone()]);
            }
            (last_read.each_ref().map(|copy| &copy[..]), last_written.each_mut().map(|copy| &mut copy[..]))
        };
        stretch(read_now, written_now, &mut terms, &pixel);
        if count < STRETCH {
            for (copy, plane) in last_written.iter().zip(&mut written) {
                plane[within.clone()].copy_from_slice(&copy[..count]);
            }
        }
        for (total, terms) in totals.iter_mut().zip(&terms) {
            *total += f64::from(sum(&terms[..count]));
        }
    }
    totals
}

/// A whole stretch.
#[inline(always)]
fn stretch<const R: usize, const W: usize, const S: usize>(
    read: [&[f32]; R],
    written: [&mut [f32]; W],
    terms: &mut [[f32; STRETCH]; S],
    pixel: &impl Fn([f32; R], [f32; W]) -> ([f32; W], [f32; S]),
) {
    let read = read.map(|plane| &plane[..STRETCH]);
    let written = written.map(|plane| &mut plane[..STRETCH]);
    for place in 0..STRETCH {
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

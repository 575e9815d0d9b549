//! Where an iteration begins.

use super::description::Start;
use super::frame::Frame;

/// Writes what an iteration on `channel` starts with to `plane`, which is as large as the frame: the mean of the known
/// pixels for [`Start::Flat`], and what was observed otherwise.
pub(super) fn begin(frame: &Frame, channel: usize, start: Start, plane: &mut [f32]) {
    let observed = frame.observed(channel);
    match start {
        Start::Flat => {
            let mean = frame.known().map_or_else(
                || observed.iter().map(|&value| f64::from(value)).sum::<f64>(),
                |known| observed.iter().zip(known).map(|(value, known)| f64::from(value * known)).sum(),
            ) / frame.known_count().max(1) as f64;
            plane.fill(mean as f32);
        }
        Start::Observed | Start::Filtered => plane.copy_from_slice(observed),
    }
}

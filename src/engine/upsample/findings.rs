//! What is to be said of a large picture: how far from the truth it is, and whether it shows a checkerboard.

use super::{
    super::{
        EngineError,
        source::{Rendered, Sources},
        spectrum::{Map, shown_scale},
    },
    Findings,
};
use crate::{
    imaging::{Image, ImageError, quality},
    upsampling::{Checkerboard, checkerboard},
};
use ndarray::ArrayView2;

/// The most frequencies that are named.
const MOST_PEAKS: usize = 64;

/// The difference to the truth, the spectrum, and the numbers.
pub(super) fn judge(
    sources: &mut Sources,
    truth: Option<&Image>,
    large: &Image,
    period: usize,
    millis: f64,
) -> Result<(Option<Rendered>, Rendered, Findings), EngineError> {
    let board = board(large, period)?;
    let mut findings = Findings {
        psnr: f64::NAN,
        ssim: f64::NAN,
        difference_scale: f64::NAN,
        checkerboard: board.as_ref().map_or(f64::NAN, |board| board.decibels),
        is_checkered: board.as_ref().is_some_and(Checkerboard::is_visible),
        peaks: board.map_or_else(Vec::new, |board| peaks(&board)),
        millis,
    };
    let (spectrum, _) = Map::of_power(large)?.render(sources);
    let difference = truth.map(|truth| {
        let mut difference = large.clone();
        for (value, wanted) in difference.data_mut().iter_mut().zip(truth.data()) {
            *value -= wanted;
        }
        let scale = shown_scale(quality::mse(truth, large).sqrt());
        findings.psnr = quality::psnr(truth, large, 1.0);
        findings.ssim = quality::ssim(truth, large, 1.0);
        findings.difference_scale = scale;
        sources.render_deviations(&difference, scale)
    });
    Ok((difference, spectrum, findings))
}

/// The checkerboard of the mean of the channels, which all have the same masks; None where the picture is too small, or
/// the period too long, to tell.
fn board(picture: &Image, period: usize) -> Result<Option<Checkerboard>, EngineError> {
    let [height, width] = picture.size();
    let mut grey = picture.channel(0).to_vec();
    for channel in 1..picture.channels() {
        grey.iter_mut().zip(picture.channel(channel)).for_each(|(sum, value)| *sum += value);
    }
    let share = 1.0 / picture.channels() as f32;
    grey.iter_mut().for_each(|sum| *sum *= share);
    let plane = ArrayView2::from_shape((height, width), &grey).map_err(|_| ImageError::Empty)?;
    Ok(checkerboard(plane, period).ok())
}

/// The frequencies that stand out with their conjugates, the highest first, each within −½…½ without ½ itself, which is
/// the same as −½: all have a place in the picture of the spectrum.
fn peaks(board: &Checkerboard) -> Vec<[f64; 2]> {
    let inside = |frequency: f64| if frequency >= 0.5 { frequency - 1.0 } else { frequency };
    let mut all: Vec<[f64; 2]> = Vec::new();
    for peak in board.peaks.iter().filter(|peak| peak.is_visible()) {
        for frequency in [peak.frequency, peak.frequency.map(|part| 0.0 - part)] {
            let frequency = frequency.map(inside);
            if !all.contains(&frequency) && all.len() < MOST_PEAKS {
                all.push(frequency);
            }
        }
    }
    all
}

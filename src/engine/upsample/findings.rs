//! What is to be said of a large picture: how far from the truth it is, where, and whether it shows a checkerboard.

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

/// The difference of a large picture to the truth, which is shown at the scale that the answer's ways need together: kept
/// in 16 bits a sample, a fraction of the steps of any such scale.
pub(super) struct Deviation {
    size: [usize; 2],
    channels: usize,
    /// The magnitude of the largest, which is as many steps as 16 bits have.
    most: f32,
    steps: Vec<i16>,
    /// The root mean square.
    pub rms: f64,
    /// As it was shown last, and at which scale.
    shown: Option<(f64, Rendered)>,
}

impl Deviation {
    fn new(large: &Image, truth: &Image) -> Self {
        let differences = || large.data().iter().zip(truth.data()).map(|(value, wanted)| value - wanted);
        let most = differences().fold(0.0_f32, |most, value| most.max(value.abs())).clamp(f32::MIN_POSITIVE, f32::MAX);
        let share = f32::from(i16::MAX) / most;
        Self {
            size: large.size(),
            channels: large.channels(),
            most,
            steps: differences().map(|value| (value * share).round() as i16).collect(),
            rms: quality::mse(truth, large).sqrt(),
            shown: None,
        }
    }

    /// 0 as mid-grey, and so much above it as white. The same picture as long as the scale is the same.
    pub fn show(&mut self, sources: &mut Sources, scale: f64) -> Result<Rendered, EngineError> {
        if let Some((at, rendered)) = &self.shown
            && *at == scale
        {
            return Ok(rendered.clone());
        }
        let [height, width] = self.size;
        let step = self.most / f32::from(i16::MAX);
        let values = self.steps.iter().map(|steps| f32::from(*steps) * step).collect();
        let image = Image::from_vec(self.channels, height, width, values)?;
        let rendered = sources.render_deviations(&image, scale);
        self.shown = Some((scale, rendered.clone()));
        Ok(rendered)
    }

    /// The bytes that are kept.
    pub fn bytes(&self) -> usize {
        size_of_val(self.steps.as_slice()) + self.shown.as_ref().map_or(0, |(_, rendered)| rendered.rgba.len())
    }
}

/// The scale at which differences of these root mean squares are all shown, so that the worst looks worst.
pub(super) fn common_scale(all: impl Iterator<Item = f64>) -> f64 {
    shown_scale(all.fold(0.0, f64::max))
}

/// The difference to the truth, the spectrum, and the numbers.
pub(super) fn judge(
    sources: &mut Sources,
    truth: Option<&Image>,
    large: &Image,
    period: usize,
    millis: f64,
) -> Result<(Option<Deviation>, Rendered, Findings), EngineError> {
    let board = board(large, period)?;
    let mut findings = Findings {
        psnr: f64::NAN,
        ssim: f64::NAN,
        checkerboard: board.as_ref().map_or(f64::NAN, |board| board.decibels),
        strength: board.as_ref().map_or(f64::NAN, |board| board.strength),
        is_checkered: board.as_ref().is_some_and(Checkerboard::is_visible),
        peaks: board.map_or_else(Vec::new, |board| peaks(&board)),
        millis,
    };
    let (spectrum, _) = Map::of_power(large)?.render(sources);
    let deviation = truth.map(|truth| {
        findings.psnr = quality::psnr(truth, large, 1.0);
        findings.ssim = quality::ssim(truth, large, 1.0);
        Deviation::new(large, truth)
    });
    Ok((deviation, spectrum, findings))
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

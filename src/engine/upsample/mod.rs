//! The Upsample page's work: one small picture, made larger in several ways.

use super::{
    EngineError,
    source::{Purpose, Rendered, Sources},
};
use crate::{
    imaging::Image,
    lesson::upsample::{UpsampleLesson, Way},
    upsampling::{UpsamplingError, bilinear, nearest},
};
use ndarray::{Array2, ArrayView2};

/// The answer to one setting of the Upsample page.
#[derive(Clone, Debug, PartialEq)]
pub struct Upsampled {
    /// The large picture that the small one was made of; None where the picture itself is the small one.
    pub truth: Option<Rendered>,
    /// The small picture.
    pub small: Rendered,
    /// How many times as large the large ones are.
    pub scale: usize,
    /// A large picture for each way that is compared, in the order of the page, but for those that are missing.
    pub results: Vec<Enlarged>,
    /// Ways that have nothing to show without a large picture to begin with.
    pub missing: Vec<Way>,
}

/// What one way came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Enlarged {
    /// The way.
    pub way: Way,
    /// The large picture.
    pub picture: Rendered,
    /// Its difference to the truth, 0 as mid-grey; None without a truth.
    pub difference: Option<Rendered>,
    /// The logarithm of the magnitude of its spectrum, frequency zero in row ⌊height/2⌋ and column ⌊width/2⌋; of the
    /// middle of the picture where that is large.
    pub spectrum: Rendered,
    /// Its numbers.
    pub findings: Findings,
}

/// Numbers of one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Peak signal to noise ratio to the truth, in dB; no number without a truth.
    pub psnr: f64,
    /// Structural similarity to the truth; no number without a truth.
    pub ssim: f64,
    /// This much above 0 is white in the difference and this much below it black; no number without a truth.
    pub difference_scale: f64,
    /// The checkerboard's score in dB, as [`crate::upsampling`] has it.
    pub checkerboard: f64,
    /// Whether that is a checkerboard that can be seen.
    pub is_checkered: bool,
    /// The frequencies that stand out, rows and columns, in cycles a pixel, −½…½.
    pub peaks: Vec<[f64; 2]>,
    /// What the way took, in milliseconds; no number where there is no clock.
    pub millis: f64,
}

/// The most pixels to start from; the page sends far smaller pictures.
const MOST: usize = 1 << 16;

/// The caches of the Upsample page.
#[derive(Default)]
pub(super) struct Desk {
    answer: Option<(u64, UpsampleLesson, Upsampled)>,
}

impl Desk {
    pub fn handle(&mut self, sources: &mut Sources, lesson: &UpsampleLesson) -> Result<Upsampled, EngineError> {
        let lesson = lesson.question();
        let (revision, image) = sources.find(lesson.work.picture, Purpose::Upsample)?;
        if let Some((of, question, answer)) = &self.answer
            && (*of, question) == (revision, &lesson)
        {
            return Ok(answer.clone());
        }
        let [height, width] = image.size();
        if height * width > MOST {
            return Err(EngineError::TooLarge { width, height, most: MOST });
        }
        let factor = lesson.scale();
        let small = sources.render(&image);
        let mut results = Vec::new();
        for way in &lesson.work.compared {
            let large = by_plane(&image, |plane| match way {
                Way::Bilinear => bilinear(plane, factor),
                _ => nearest(plane, factor),
            })?;
            results.push(Enlarged {
                way: *way,
                picture: sources.render(&large),
                difference: None,
                spectrum: sources.render(&large),
                findings: Findings {
                    psnr: f64::NAN,
                    ssim: f64::NAN,
                    difference_scale: f64::NAN,
                    checkerboard: 0.0,
                    is_checkered: false,
                    peaks: Vec::new(),
                    millis: f64::NAN,
                },
            });
        }
        let answer = Upsampled { truth: None, small, scale: factor, results, missing: Vec::new() };
        self.answer = Some((revision, lesson, answer.clone()));
        Ok(answer)
    }
}

/// Every channel by itself.
fn by_plane(
    image: &Image,
    enlarge: impl Fn(ArrayView2<f32>) -> Result<Array2<f32>, UpsamplingError>,
) -> Result<Image, EngineError> {
    let mut data = Vec::new();
    let mut size = (0, 0);
    for channel in 0..image.channels() {
        let plane = ArrayView2::from_shape((image.height(), image.width()), image.channel(channel));
        let large = enlarge(plane.expect("a channel fills its picture"))?;
        size = large.dim();
        data.extend(large.iter());
    }
    Ok(Image::from_vec(image.channels(), size.0, size.1, data)?)
}

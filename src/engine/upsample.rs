//! The Upsample page's work: one small picture, made larger in several ways.

use super::{
    EngineError,
    source::{Purpose, Rendered, Sources},
};
use crate::{
    convolution::{Geometry, conv2d},
    imaging::{Boundary, Image, extend},
    lesson::upsample::UpsampleLesson,
    upsampling::{UpsamplingError, bilinear, nearest, transposed},
};
use ndarray::{Array2, ArrayView2, ArrayView4, Axis};

/// The ways to make a picture larger, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Every pixel becomes a block.
    Nearest,
    /// Straight between the pixels' middles.
    Bilinear,
    /// Every pixel lays down a copy of the mask.
    Transposed,
    /// Blocks first, then the same mask as a convolution.
    Convolved,
}

impl Way {
    /// Every way, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Nearest, Self::Bilinear, Self::Transposed, Self::Convolved];

    /// The way's name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nearest => "Nearest",
            Self::Bilinear => "Bilinear",
            Self::Transposed => "Transposed",
            Self::Convolved => "Resize, then convolve",
        }
    }
}

/// The answer to one setting of the Upsample page.
#[derive(Clone, Debug, PartialEq)]
pub struct Upsampled {
    /// The small picture.
    pub source: Rendered,
    /// The large pictures, in the order of [`Way::ALL`].
    pub ways: [Rendered; 4],
}

/// The most pixels to start from; the page sends far smaller pictures.
const MOST: usize = 1 << 16;

/// The caches of the Upsample page.
#[derive(Default)]
pub(super) struct Desk {
    source: Option<(u64, Rendered)>,
    answer: Option<(u64, UpsampleLesson, Upsampled)>,
}

impl Desk {
    pub fn handle(&mut self, sources: &mut Sources, lesson: &UpsampleLesson) -> Result<Upsampled, EngineError> {
        let lesson = lesson.question();
        let (revision, image) = sources.find(lesson.picture(), Purpose::Upsample)?;
        if let Some((of, question, answer)) = &self.answer
            && (*of, question) == (revision, &lesson)
        {
            return Ok(answer.clone());
        }
        let [height, width] = image.size();
        if height * width > MOST {
            return Err(EngineError::TooLarge { width, height, most: MOST });
        }
        let factor = lesson.factor();
        let (weights, mean) = (mask(&lesson, 1.0), 1.0 / (factor * factor) as f32);
        let blocks = by_plane(&image, |plane| nearest(plane, factor))?;
        let ways = [
            sources.render(&blocks),
            sources.render(&by_plane(&image, |plane| bilinear(plane, factor))?),
            sources.render(&by_plane(&image, |plane| transposed(plane, weights.view(), factor))?),
            sources.render(&convolved(&blocks, &mask(&lesson, mean))?),
        ];
        let source = match self.source.take() {
            Some((of, rendered)) if of == revision => rendered,
            _ => sources.render(&image),
        };
        self.source = Some((revision, source.clone()));
        let answer = Upsampled { source, ways };
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

/// The mask in the plane, times `scale`.
fn mask(lesson: &UpsampleLesson, scale: f32) -> Array2<f32> {
    let weights = lesson.weights();
    Array2::from_shape_fn([weights.len(); 2], |(y, x)| scale * weights[y] * weights[x])
}

/// A convolution has no stride to be uneven by. The weights sum to 1, and the picture is mirrored at its edge. The
/// channels go through it as a batch of pictures of one channel each.
fn convolved(blocks: &Image, weights: &Array2<f32>) -> Result<Image, EngineError> {
    let side = weights.nrows();
    let (before, after) = ((side - 1) / 2, side / 2);
    let wide = extend(blocks, [before, after], [before, after], Boundary::Mirror);
    let batch = ArrayView4::from_shape((wide.channels(), 1, wide.height(), wide.width()), wide.data());
    let mask = weights.view().insert_axis(Axis(0)).insert_axis(Axis(0));
    let result = conv2d(batch.expect("an image fills its shape"), mask, &Geometry::default())?;
    let (channels, _, height, width) = result.dim();
    Ok(Image::from_vec(channels, height, width, result.iter().copied().collect())?)
}

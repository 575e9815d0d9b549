//! The way down: from the picture that was chosen to the truth, and from the truth to the small picture.

use super::super::{
    EngineError,
    source::{Rendered, Sources, fit_side, reduce_image},
    spectrum::Map,
};
use crate::{
    imaging::Image,
    lesson::{
        picture::Picture,
        upsample::{Down, SIZES, Sprite, UpsampleLesson, sprite},
    },
    upsampling::{self, Reduction},
};
use ndarray::{Array2, ArrayView2};
use std::rc::Rc;

/// The least rows and columns of a small picture.
pub const LEAST_SIDE: usize = 4;

/// The operator of a way down, where there is one.
pub(super) fn reduction(down: Down) -> Option<Reduction> {
    match down {
        Down::Box => Some(Reduction::Box),
        Down::Gaussian => Some(Reduction::Gaussian),
        Down::Bicubic => Some(Reduction::Bicubic),
        Down::AsItIs => None,
    }
}

/// All that a picture to begin with depends on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BaseKey {
    /// The source's revision; 0 for the drawing.
    revision: u64,
    sprite: Option<Sprite>,
    /// The longest side that is wanted.
    side: usize,
    /// Its sides are multiples of this.
    multiple: usize,
}

/// All that the truth and the small picture depend on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GroundKey {
    pub base: BaseKey,
    pub scale: usize,
    pub down: Down,
}

impl GroundKey {
    pub fn new(revision: u64, question: &UpsampleLesson) -> Self {
        let (work, scale) = (&question.work, question.scale());
        let sprite = (work.picture == Picture::Sprite).then_some(work.sprite);
        let down = if question.has_truth() { work.down } else { Down::AsItIs };
        let side = if sprite.is_some() { sprite::SIDE } else { work.size };
        let multiple = if down == Down::AsItIs { 1 } else { scale };
        Self { base: BaseKey { revision, sprite, side, multiple }, scale, down }
    }
}

/// A picture, and how it is shown.
#[derive(Clone)]
pub(super) struct Seen {
    pub image: Rc<Image>,
    pub rendered: Rendered,
    /// Its spectrum, as that of a result.
    pub spectrum: Rendered,
}

impl Seen {
    fn new(sources: &mut Sources, image: Image) -> Result<Self, EngineError> {
        let (spectrum, _) = Map::of_power(&image)?.render(sources);
        Ok(Self { rendered: sources.render(&image), spectrum, image: Rc::new(image) })
    }
}

/// The picture that everything begins with: the truth, or the small picture itself.
struct Base {
    key: BaseKey,
    seen: Seen,
}

/// What the ways begin with.
pub(super) struct Ground {
    pub key: GroundKey,
    /// The large picture, whose sides are multiples of the scale, where there is one.
    pub truth: Option<Seen>,
    /// The small picture.
    pub small: Seen,
}

/// The grounds that stand: of each kind a few, for whoever goes back and forth.
#[derive(Default)]
pub(super) struct Grounds {
    bases: Vec<Base>,
    grounds: Vec<Rc<Ground>>,
}

/// So many of each are kept.
const MOST_KEPT: usize = 3;

impl Grounds {
    /// The ground of this key; the source is that of its revision, and none for the drawing.
    pub fn find(
        &mut self,
        sources: &mut Sources,
        key: &GroundKey,
        source: Option<&Image>,
    ) -> Result<Rc<Ground>, EngineError> {
        if let Some(place) = self.grounds.iter().position(|ground| ground.key == *key) {
            let ground = self.grounds.remove(place);
            self.grounds.push(Rc::clone(&ground));
            return Ok(ground);
        }
        let base = self.base(sources, &key.base, source)?;
        let ground = Rc::new(match reduction(key.down) {
            None => Ground { key: key.clone(), truth: None, small: base },
            Some(reduction) => {
                let small = by_plane(&base.image, |plane| Ok(upsampling::reduce(plane, key.scale, reduction)?))?;
                Ground { key: key.clone(), truth: Some(base), small: Seen::new(sources, small)? }
            }
        });
        keep(&mut self.grounds, Rc::clone(&ground));
        Ok(ground)
    }

    fn base(&mut self, sources: &mut Sources, key: &BaseKey, source: Option<&Image>) -> Result<Seen, EngineError> {
        let base = match self.bases.iter().position(|base| base.key == *key) {
            Some(place) => self.bases.remove(place),
            None => Base { key: key.clone(), seen: Seen::new(sources, begin_with(key, source)?)? },
        };
        let found = base.seen.clone();
        keep(&mut self.bases, base);
        Ok(found)
    }
}

fn keep<T>(kept: &mut Vec<T>, new: T) {
    kept.push(new);
    if kept.len() > MOST_KEPT {
        kept.remove(0);
    }
}

/// Rows and columns of the small picture that a source of this size comes to, which may be too few.
pub(super) fn small_size(key: &GroundKey, source: Option<&Image>) -> [usize; 2] {
    let multiple = key.base.multiple.max(1);
    fitted(&key.base, source).map(|side| side / multiple)
}

/// The least of the sizes on offer at which the small picture has enough pixels, where it has too few; None where it has
/// enough, or no size is. `given` are the columns and rows of a picture from a file; others are square, and made in any size.
#[must_use]
pub fn sufficient_size(question: &UpsampleLesson, given: Option<[usize; 2]>) -> Option<usize> {
    let work = &question.work;
    if work.picture == Picture::Sprite || work.picture.is_signal() {
        return None;
    }
    let multiple = if question.has_truth() { question.scale() } else { 1 };
    let is_enough = |size: usize| {
        let [width, height] = given.map_or([size; 2], |[width, height]| fit_side(width, height, size));
        width.min(height) / multiple >= LEAST_SIDE
    };
    if is_enough(work.size) {
        return None;
    }
    SIZES.into_iter().find(|size| is_enough(*size))
}

/// Rows and columns that the source is brought to.
fn fitted(key: &BaseKey, source: Option<&Image>) -> [usize; 2] {
    source.map_or([sprite::SIDE; 2], |source| {
        let [width, height] = fit_side(source.width(), source.height(), key.side);
        [height, width]
    })
}

/// The source at the size that is wanted, cropped around its middle so that the sides are multiples.
fn begin_with(key: &BaseKey, source: Option<&Image>) -> Result<Image, EngineError> {
    let [height, width] = fitted(key, source);
    let image = match (source, &key.sprite) {
        (_, Some(sprite)) => Image::from_srgb_rgba8(sprite::SIDE, sprite::SIDE, &sprite.rgba())?,
        (Some(source), None) if source.size() == [height, width] => source.clone(),
        (Some(source), None) => reduce_image(source, [height, width])?,
        (None, None) => return Err(crate::imaging::ImageError::Empty.into()),
    };
    let [rows, columns] = image.size().map(|side| side - side % key.multiple.max(1));
    if [rows, columns] == image.size() {
        return Ok(image);
    }
    Ok(image.crop((image.height() - rows) / 2, (image.width() - columns) / 2, rows, columns)?)
}

/// Every channel by itself.
pub(super) fn by_plane(
    image: &Image,
    mut kernel: impl FnMut(ArrayView2<f32>) -> Result<Array2<f32>, EngineError>,
) -> Result<Image, EngineError> {
    let mut data = Vec::new();
    let mut size = (0, 0);
    for channel in 0..image.channels() {
        let plane = ArrayView2::from_shape((image.height(), image.width()), image.channel(channel));
        let result = kernel(plane.map_err(|_| crate::imaging::ImageError::Empty)?)?;
        size = result.dim();
        if channel == 0 {
            data.reserve_exact(image.channels() * result.len());
        }
        match result.as_slice() {
            Some(values) => data.extend_from_slice(values),
            None => data.extend(result.iter()),
        }
    }
    Ok(Image::from_vec(image.channels(), size.0, size.1, data)?)
}

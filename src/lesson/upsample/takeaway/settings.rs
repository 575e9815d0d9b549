//! The numbers of the page as Python writes them, and which parts a program needs for them.

use crate::{
    lesson::{
        picture::Picture,
        upsample::{Down, UpsampleLesson, Way, Weights, sprite},
    },
    upsampling::Coordinates,
};
use ndarray::{Array2, Array3, ArrayView1, ArrayView2, Axis};
use std::fmt::Write;

use super::blocks::{
    ALIGN_CORNERS, ASYMMETRIC, BICUBIC_WEIGHTS, BOX_WEIGHTS, DRAWN, GAUSSIAN_WEIGHTS, HALF_PIXEL, LIGHT, PLACES, READ,
    REDUCTION,
};

/// More filters than these are no reading matter.
const MOST_FILTER_WEIGHTS: usize = 4096;

/// A lesson with what programs ask of it.
pub(super) struct Settings<'a> {
    pub lesson: &'a UpsampleLesson,
    /// The ways that a program takes, in the order of the page.
    pub ways: Vec<Way>,
    /// What it leaves out, and why.
    pub left_out: Vec<(Way, &'static str)>,
    filters: Option<Filters>,
}

/// The filters of the sub-pixel convolution.
enum Filters {
    /// One for all places of a block.
    Alike,
    /// One for each.
    Each(Array3<f32>),
}

impl<'a> Settings<'a> {
    pub fn of(lesson: &'a UpsampleLesson) -> Self {
        let work = &lesson.work;
        let mut filters = None;
        let mut left_out = Vec::new();
        let mut ways = Vec::new();
        for way in &work.compared {
            let reason = match way {
                Way::Unpooled | Way::Gradient if !lesson.has_truth() => Some("it begins with a large picture"),
                Way::Shuffle => {
                    filters = if work.weights != Weights::Random || work.icnr {
                        Some(Filters::Alike)
                    } else {
                        Some(lesson.filters())
                            .filter(|all| !all.is_empty() && all.len() <= MOST_FILTER_WEIGHTS)
                            .map(Filters::Each)
                    };
                    filters.is_none().then_some("its filters are too many to print")
                }
                _ => None,
            };
            match reason {
                Some(reason) => left_out.push((*way, reason)),
                None => ways.push(*way),
            }
        }
        Self { lesson, ways, left_out, filters }
    }

    pub fn takes(&self, way: Way) -> bool {
        self.ways.contains(&way)
    }

    pub fn takes_any(&self, ways: &[Way]) -> bool {
        ways.iter().any(|way| self.takes(*way))
    }

    /// Whether the small picture is made of a large one.
    pub fn has_truth(&self) -> bool {
        self.lesson.has_truth()
    }

    /// The way down, and the one that back-projection takes it to have been.
    pub fn down(&self) -> Down {
        if self.has_truth() { self.lesson.work.down } else { Down::Box }
    }

    /// The kernel of the cubic interpolation.
    pub fn slope(&self) -> &'static str {
        if self.lesson.work.sharp { "-0.75" } else { "-0.5" }
    }

    /// What the program works on and what it leaves, as sentences of its head.
    pub fn source(&self) -> &'static str {
        if self.lesson.work.picture == Picture::Sprite {
            "The small picture is the drawing below. Every large one is saved as WAY.npy, in linear light from 0 to 1, and as\n\
             WAY.png where Pillow is installed."
        } else {
            "Put a picture beside it: picture.png, which Pillow reads, or picture.npy, in linear light from 0 to 1. Where there\n\
             is none it makes a star. Every large picture is saved as WAY.npy, and as WAY.png where Pillow is installed."
        }
    }

    /// Layers, masks and filters, as far as they are needed.
    pub fn numbers(&self) -> String {
        let lesson = self.lesson;
        let mut text = String::new();
        let layers: Vec<String> = lesson
            .work
            .stack
            .layers()
            .iter()
            .map(|layer| format!("({}, {}, {})", layer.mask, layer.stride, layer.padding))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# The layers: the side k of the mask, the stride s, the padding p of the overlap lab.");
        let _ = writeln!(text, "layers = [{}]", layers.join(", "));
        let _ = writeln!(text, "pixels = {}  # of the row whose overlap is counted", lesson.work.pixels);
        let _ = writeln!(text, "scale = {}  # the product of the strides", lesson.scale());
        if lesson.weighted || self.takes_any(&[Way::Transposed, Way::Gradient]) {
            let masks: Vec<String> = lesson.masks().iter().map(|mask| array(mask, 4)).collect();
            let _ = writeln!(text, "masks = [\n    {},\n]", masks.join(",\n    "));
        }
        let alike = matches!(self.filters, Some(Filters::Alike));
        if alike || self.takes(Way::Convolved) {
            let _ = writeln!(text, "# The mask after resizing: that of the first layer, its sum brought to 1.");
            let _ = writeln!(text, "convolving = {}", array(&lesson.convolving_mask(), 0));
        }
        match &self.filters {
            Some(Filters::Alike) => {
                text += "# One filter for all places of a block (ICNR).\nfilters = np.stack([convolving] * scale**2)\n";
            }
            Some(Filters::Each(filters)) => {
                let filters: Vec<String> = filters.axis_iter(Axis(0)).map(|filter| rows(filter, 4)).collect();
                text += "# A filter for each place of a block of scale x scale, row after row.\n";
                let _ = writeln!(text, "filters = np.array([\n    {},\n])", filters.join(",\n    "));
            }
            None => {}
        }
        if self.takes(Way::BackProjected) {
            let _ = writeln!(text, "rounds = {}  # of the back-projection", lesson.work.rounds);
        }
        for (way, reason) in &self.left_out {
            let _ = writeln!(text, "# {} is left out: {reason}.", way.name());
        }
        text
    }

    /// The picture to begin with.
    pub fn picture(&self) -> String {
        if self.lesson.work.picture == Picture::Sprite {
            return self.drawing() + LIGHT + DRAWN;
        }
        let side = format!("side = {}  # of the picture, at most\n", self.lesson.work.size);
        side + LIGHT + READ
    }

    fn drawing(&self) -> String {
        let drawing = &self.lesson.work.sprite;
        let row = |y: usize| {
            let digits = (0..sprite::SIDE).map(|x| char::from_digit(drawing.cell(y * sprite::SIDE + x) as u32, 16));
            format!("    \"{}\",\n", digits.map(|digit| digit.unwrap_or('0')).collect::<String>())
        };
        let colours: Vec<String> = sprite::PALETTE.iter().map(|colour| format!("{colour:?}")).collect();
        let palette: Vec<String> = colours.chunks(4).map(|four| format!("    {},\n", four.join(", "))).collect();
        format!(
            "# The drawing, a digit a pixel, and red, green and blue of the digits.\ndrawing = [\n{}]\npalette = [\n{}]\n",
            (0..sprite::SIDE).map(row).collect::<String>(),
            palette.concat()
        )
    }

    /// The reduction as a matrix.
    pub fn reduction(&self) -> String {
        let weights = match self.down() {
            Down::Gaussian => GAUSSIAN_WEIGHTS,
            Down::Bicubic => BICUBIC_WEIGHTS,
            Down::Box | Down::AsItIs => BOX_WEIGHTS,
        };
        REDUCTION.replace("{weights}", weights)
    }

    /// The rule of coordinates.
    pub fn places(&self) -> String {
        let rule = match self.lesson.work.coordinates {
            Coordinates::HalfPixel => HALF_PIXEL,
            Coordinates::AlignCorners => ALIGN_CORNERS,
            Coordinates::Asymmetric => ASYMMETRIC,
        };
        PLACES.to_owned() + rule
    }

    /// The dictionary of results, each line made by `call`.
    pub fn results(&self, call: impl Fn(Way) -> String) -> String {
        let lines: Vec<String> =
            self.ways.iter().map(|way| format!("    \"{}\": {},\n", way.id(), call(*way))).collect();
        format!("results = {{\n{}}}\n", lines.concat())
    }
}

/// The shortest decimal that is read back as the very same number in single precision.
pub(super) fn exact(value: f32) -> String {
    (value + 0.0).to_string()
}

fn line(row: ArrayView1<f32>) -> String {
    format!("[{}]", row.iter().map(|value| exact(*value)).collect::<Vec<_>>().join(", "))
}

/// Nested lists, a row a line; lines after the first begin with `indent` blanks and one.
pub(super) fn rows(array: ArrayView2<f32>, indent: usize) -> String {
    let rows: Vec<String> = array.rows().into_iter().map(line).collect();
    format!("[{}]", rows.join(&format!(",\n{}", " ".repeat(indent + 1))))
}

/// A mask as an array, a row a line; lines after the first begin with `indent` blanks at least.
fn array(mask: &Array2<f32>, indent: usize) -> String {
    let blank = " ".repeat(indent);
    let rows: Vec<String> = mask.rows().into_iter().map(|row| format!("{blank}    {},\n", line(row))).collect();
    format!("np.array([\n{}{blank}])", rows.concat())
}

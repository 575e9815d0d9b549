//! The up-sampling that is timed: every way that the page offers for a large picture, twice as large.

use deconvolution_explorer::convolution::{Geometry, Workspace};
use deconvolution_explorer::upsampling::{
    ChannelOrder, Coordinates, Interpolation, Resize, UpsamplingError, by_scatter, pixel_shuffle,
    transposed_planes_into,
};
use ndarray::{Array2, Array3, ArrayView2, Axis, stack};

/// What the tables call the cases, by number.
pub const NAMES: [&str; 9] = [
    "nearest, 512x512 to 1024x1024",
    "bilinear, 512x512 to 1024x1024",
    "bilinear, 4 x 512x512 to 1024x1024",
    "bicubic, 512x512 to 1024x1024",
    "bicubic, 4 x 512x512 to 1024x1024",
    "Lanczos 3, 512x512 to 1024x1024",
    "transposed 3x3, 1 to 1, 512x512 to 1024x1024",
    "transposed 4x4, 3 x 512x512 to 1024x1024",
    "pixel shuffle, 4 x 512x512 to 1024x1024",
];

/// Rows and columns of a small plane and of a large one.
const SIZES: [[usize; 2]; 2] = [[512; 2], [1024; 2]];

enum Way {
    Resized(Box<Resize>),
    Painted { mask: Array2<f32>, geometry: Geometry, workspace: Box<Workspace> },
    Shuffled,
}

/// One case, with planes, plan and working memory that stay.
pub struct Upsampling {
    way: Way,
    planes: Array3<f32>,
    output: Array3<f32>,
}

impl Upsampling {
    /// The case with this number, its planes filled and its output computed once.
    ///
    /// # Errors
    /// None, if there is a case of that number.
    pub fn new(number: usize) -> Result<Self, UpsamplingError> {
        let (way, count) = match number {
            0 => (Self::resized(Interpolation::Nearest)?, 1),
            1 | 2 => (Self::resized(Interpolation::Bilinear)?, [1, 4][number - 1]),
            3 | 4 => (Self::resized(Interpolation::Bicubic { a: -0.75 })?, [1, 4][number - 3]),
            5 => (Self::resized(Interpolation::Lanczos3)?, 1),
            6 => (Self::painted(3), 1),
            7 => (Self::painted(4), 3),
            _ => (Way::Shuffled, 4),
        };
        let planes = super::noise([1, count, SIZES[0][0], SIZES[0][1]], 3).index_axis_move(Axis(0), 0);
        let mut case = Self { way, planes, output: Array3::zeros((0, 0, 0)) };
        if let Way::Resized(_) = case.way {
            case.output = Array3::zeros((count, SIZES[1][0], SIZES[1][1]));
        }
        case.run()?;
        Ok(case)
    }

    /// These planes, resized to twice as many rows and columns.
    ///
    /// # Errors
    /// What the way says about a size.
    pub fn on(planes: Array3<f32>, interpolation: Interpolation) -> Result<Self, UpsamplingError> {
        let (count, height, width) = planes.dim();
        let plan = Resize::new([height, width], [2 * height, 2 * width], interpolation, Coordinates::HalfPixel)?;
        let output = Array3::zeros((count, 2 * height, 2 * width));
        let mut case = Self { way: Way::Resized(Box::new(plan)), planes, output };
        case.run()?;
        Ok(case)
    }

    fn resized(interpolation: Interpolation) -> Result<Way, UpsamplingError> {
        let plan = Resize::new(SIZES[0], SIZES[1], interpolation, Coordinates::HalfPixel)?;
        Ok(Way::Resized(Box::new(plan)))
    }

    /// With the padding and output padding that make exactly twice as much.
    fn painted(side: usize) -> Way {
        let mask = super::noise([1, 1, side, side], 4).index_axis_move(Axis(0), 0).index_axis_move(Axis(0), 0);
        let (padding, more) = ([[1; 2]; 2], [4 - side; 2]);
        let geometry = Geometry { stride: [2; 2], padding, output_padding: more, ..Geometry::default() };
        Way::Painted { mask, geometry, workspace: Box::default() }
    }

    /// The small planes.
    #[must_use]
    pub fn planes(&self) -> &Array3<f32> {
        &self.planes
    }

    /// The large planes.
    #[must_use]
    pub fn output(&self) -> &Array3<f32> {
        &self.output
    }

    /// Computes the output.
    ///
    /// # Errors
    /// None that the first run has not met.
    pub fn run(&mut self) -> Result<(), UpsamplingError> {
        let planes = self.planes.view();
        match &mut self.way {
            Way::Resized(plan) => {
                let pairs = planes.outer_iter().zip(self.output.outer_iter_mut());
                pairs.into_iter().try_for_each(|(plane, output)| plan.apply_into(plane, output))
            }
            Way::Painted { mask, geometry, workspace } => {
                transposed_planes_into(planes, mask.view(), geometry, workspace, &mut self.output)
            }
            Way::Shuffled => {
                self.output = pixel_shuffle(planes, 2, ChannelOrder::ColumnRow)?;
                Ok(())
            }
        }
    }

    /// The output by the plain reference: formula by formula, pixel by pixel.
    ///
    /// # Errors
    /// None that the first run has not met.
    pub fn reference(&self) -> Result<Array3<f32>, UpsamplingError> {
        match &self.way {
            Way::Resized(plan) => self.each_plane(|plane| plan.apply_plainly(plane)),
            Way::Painted { mask, geometry, .. } => self.each_plane(|plane| by_scatter(plane, mask.view(), geometry)),
            Way::Shuffled => Ok(Array3::from_shape_fn((1, SIZES[1][0], SIZES[1][1]), |(_, y, x)| {
                self.planes[[y % 2 * 2 + x % 2, y / 2, x / 2]]
            })),
        }
    }

    fn each_plane(
        &self,
        form: impl FnMut(ArrayView2<f32>) -> Result<Array2<f32>, UpsamplingError>,
    ) -> Result<Array3<f32>, UpsamplingError> {
        let planes = self.planes.outer_iter().map(form).collect::<Result<Vec<_>, _>>()?;
        let views: Vec<_> = planes.iter().map(|plane| plane.view()).collect();
        Ok(stack(Axis(0), &views).unwrap_or_default())
    }
}

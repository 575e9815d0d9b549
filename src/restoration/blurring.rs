//! The blur and its transpose on a frame, again and again, whichever way is the fastest for the kernel.
//!
//! Short sums beat the Fourier transform for small kernels, and for those that are the product of a column and a row:
//! then the frame is continued by what wraps around, and the convolution's kernels run on that.

use super::frame::Frame;
use super::observation::Observation;
use crate::convolution::{Geometry, Workspace, conv2d_into, is_product};
use crate::imaging::fourier::{Scratch, Spectrum, fast_size};
use crate::imaging::{Boundary, Kernel};
use ndarray::{Array4, ArrayView4};
use std::rc::Rc;

/// What a pixel costs, in tenths of a nanosecond as measured natively at 256² and 512²: the sums of a weight of a general
/// kernel, of a weight of the column or the row of a product, and laying out what wraps around.
const WEIGHT_COST: f64 = 0.53;
const PRODUCT_WEIGHT_COST: f64 = 0.58;
const WRAPPING_COST: f64 = 4.0;
/// And two Fourier transforms, by the logarithm to base 2 of the number of pixels.
const TRANSFORM_COST: f64 = 3.0;
/// How many times as long transforms take on sides with factors other than 2, 3 and 5.
const ROUGH_SIDE: f64 = 2.5;
/// Kernels are taken apart only on frames from this size on: see `convolution`.
const LEAST_PIXELS: usize = 1 << 12;
const LEAST_WIDTH: usize = 32;
const LEAST_SIDE: usize = 5;

/// Hu and Hᵀu on the frame of an observation. All memory is allocated when it is made.
pub(super) struct Blurring {
    observation: Rc<Observation>,
    way: Way,
}

enum Way {
    Fourier { spectrum: Box<Spectrum>, scratch: Box<Scratch>, result: Vec<f32> },
    Sums(Box<Sums>),
}

impl Blurring {
    pub fn new(observation: &Rc<Observation>) -> Self {
        let frame = observation.frame();
        let way = if sums_are_faster(observation.kernel(), frame.size()) {
            Way::Sums(Box::new(Sums::new(observation.kernel(), frame.size())))
        } else {
            let transform = frame.transform();
            Way::Fourier {
                spectrum: Box::new(transform.spectrum()),
                scratch: Box::new(transform.scratch()),
                result: vec![0.0; frame.pixels()],
            }
        };
        Self { observation: Rc::clone(observation), way }
    }

    /// Hu, the frame repeating itself.
    pub fn blur(&mut self, plane: &[f32]) -> &[f32] {
        self.apply(plane, false)
    }

    /// Hᵀu: the correlation with the kernel in place of the convolution.
    pub fn blur_transposed(&mut self, plane: &[f32]) -> &[f32] {
        self.apply(plane, true)
    }

    fn apply(&mut self, plane: &[f32], transposed: bool) -> &[f32] {
        match &mut self.way {
            Way::Fourier { spectrum, scratch, result } => {
                let frame: &Frame = self.observation.frame();
                let transform = frame.transform();
                transform.forward(plane, spectrum, scratch);
                if transposed {
                    spectrum.multiply_by_conjugate(frame.otf());
                } else {
                    spectrum.multiply(frame.otf());
                }
                transform.inverse(spectrum, result, scratch);
                result
            }
            Way::Sums(sums) => sums.apply(plane, transposed),
        }
    }
}

/// Whether sums over the kernel's weights take less time than two Fourier transforms of a frame of `size`.
fn sums_are_faster(kernel: &Kernel, [height, width]: [usize; 2]) -> bool {
    let [rows, columns] = kernel.size();
    let taken_apart = rows.min(columns) >= LEAST_SIDE && height * width >= LEAST_PIXELS && width >= LEAST_WIDTH;
    let sums = if taken_apart && is_product(kernel.weights(), columns) {
        PRODUCT_WEIGHT_COST * (rows + columns) as f64
    } else {
        WEIGHT_COST * (rows * columns) as f64
    };
    // What wraps around small frames is a large part of them, or all.
    let wrapped = ((height + rows) * (width + columns)) as f64 / (height * width) as f64;
    let rough: f64 =
        [height, width].iter().map(|&side| if fast_size(side) == side { 1.0 } else { ROUGH_SIDE }).product();
    let transforms = TRANSFORM_COST * rough * ((height * width) as f64).log2();
    sums + WRAPPING_COST * wrapped < transforms
}

/// The kernel's two masks, and the frame with what wraps around it.
struct Sums {
    size: [usize; 2],
    /// The kernel turned, which correlated is the blur, and the kernel itself.
    masks: [Array4<f32>; 2],
    /// Rows above and columns to the left of the frame that each of them meets.
    margins: [[usize; 2]; 2],
    wrapped: Vec<f32>,
    workspaces: [Workspace; 2],
    result: Array4<f32>,
}

impl Sums {
    fn new(kernel: &Kernel, size: [usize; 2]) -> Self {
        let [rows, columns] = kernel.size();
        let mask = |kernel: &Kernel| {
            let mut mask = Array4::zeros((1, 1, rows, columns));
            mask.iter_mut().zip(kernel.weights()).for_each(|(entry, &weight)| *entry = weight);
            mask
        };
        let centre = kernel.centre();
        let mut sums = Self {
            size,
            masks: [mask(&kernel.flipped()), mask(kernel)],
            margins: [[rows - 1 - centre[0], columns - 1 - centre[1]], centre],
            wrapped: vec![0.0; (size[0] + rows - 1) * (size[1] + columns - 1)],
            workspaces: [Workspace::new(), Workspace::new()],
            result: Array4::zeros((1, 1, size[0], size[1])),
        };
        // The workspaces grow at their first use.
        let black = vec![0.0; size[0] * size[1]];
        sums.apply(&black, false);
        sums.apply(&black, true);
        sums
    }

    fn apply(&mut self, plane: &[f32], transposed: bool) -> &[f32] {
        let way = usize::from(transposed);
        let ([height, width], [above, left]) = (self.size, self.margins[way]);
        let (_, _, rows, columns) = self.masks[way].dim();
        let pitch = width + columns - 1;
        for (y, line) in self.wrapped.chunks_exact_mut(pitch).enumerate() {
            let y = Boundary::Circular.index(y as isize - above as isize, height);
            let row = &plane[y * width..][..width];
            line[left..left + width].copy_from_slice(row);
            for x in (0..left).chain(left + width..pitch) {
                line[x] = row[Boundary::Circular.index(x as isize - left as isize, width)];
            }
        }
        let shape = (1, 1, height + rows - 1, pitch);
        let done = ArrayView4::from_shape(shape, &self.wrapped).is_ok_and(|wrapped| {
            let geometry = Geometry::default();
            let workspace = &mut self.workspaces[way];
            conv2d_into(wrapped, self.masks[way].view(), &geometry, workspace, &mut self.result).is_ok()
        });
        debug_assert!(done, "frames and kernels have bounded sizes");
        self.result.as_slice().unwrap_or_default()
    }
}

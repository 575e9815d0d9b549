//! Unpooling with switches: every value goes back to where max pooling found it.

use ndarray::{Array4, ArrayView3, ArrayView4, ArrayViewMut3};

use super::error::{ConvolutionError, Part};
use super::layout::bounded_product;

/// Puts each of `values`, shaped (batch, channel, row, column), at the place in its plane that its switch names,
/// row · width + column of `output_size`; all else is zero (Zeiler and Fergus, *Visualizing and understanding
/// convolutional networks*, 2014). Values and switches come from [`max_pool2d`](super::max_pool2d).
///
/// Where windows overlap several switches can name one place; the last value stands.
/// [`Pooling::unpooled_size`](super::Pooling::unpooled_size) is the usual `output_size`.
///
/// # Errors
/// Values and switches differ in shape or are empty, `output_size` has an axis of 0, a switch points outside the
/// output, or an array would have more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn max_unpool2d(
    values: ArrayView4<f32>,
    switches: ArrayView4<usize>,
    output_size: [usize; 2],
) -> Result<Array4<f32>, ConvolutionError> {
    let (batch, channels, height, width) = values.dim();
    if values.dim() != switches.dim() {
        return Err(ConvolutionError::SwitchesShape { values: values.dim(), switches: switches.dim() });
    }
    if bounded_product(Part::Input, &[batch, channels, height, width])? == 0 {
        return Err(ConvolutionError::Empty(Part::Input));
    }
    if bounded_product(Part::Output, &[batch, channels, output_size[0], output_size[1]])? == 0 {
        return Err(ConvolutionError::Empty(Part::Output));
    }
    let limit = output_size[0] * output_size[1];
    if let Some(&value) = switches.iter().find(|&&switch| switch >= limit) {
        return Err(ConvolutionError::Switch { value, limit });
    }

    let mut output = Array4::zeros((batch, channels, output_size[0], output_size[1]));
    let planes = values.outer_iter().flat_map(ArrayView3::into_outer_iter);
    let switches = switches.outer_iter().flat_map(ArrayView3::into_outer_iter);
    let targets = output.outer_iter_mut().flat_map(ArrayViewMut3::into_outer_iter_mut);
    for ((plane, switches), mut target) in planes.zip(switches).zip(targets) {
        for (&value, &switch) in plane.iter().zip(switches) {
            target[[switch / output_size[1], switch % output_size[1]]] = value;
        }
    }
    Ok(output)
}

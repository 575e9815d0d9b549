//! The numbers of the masks: what the layers, sub-pixel convolution and the convolution after resizing weigh with.

use super::{UpsampleLesson, Weights};
use crate::upsampling::{
    ChannelOrder, UpsamplingError, bell_mask, flat_mask, icnr, pixel_unshuffle, random_mask, tent_mask,
};
use ndarray::{Array2, Array3, Axis};

impl UpsampleLesson {
    /// A k × k mask for each layer, (row, column).
    ///
    /// Shapes and random weights sum to s², so that the mean brightness stays; random ones differ from layer to layer.
    /// The reader's own stand as they were typed in the first layer, and the layers behind it are flat.
    #[must_use]
    pub fn masks(&self) -> Vec<Array2<f32>> {
        (0..self.work.stack.layers().len()).map(|layer| self.mask(layer)).collect()
    }

    /// The mask of one layer, as in [`Self::masks`]; that of the last for a layer that is none.
    #[must_use]
    pub fn mask(&self, layer: usize) -> Array2<f32> {
        let layers = self.work.stack.layers();
        let number = layer.min(layers.len() - 1);
        let (k, s) = (layers[number].mask, layers[number].stride);
        let mask = match self.work.weights {
            Weights::Own if number == 0 => return self.work.own_mask().to_owned(),
            Weights::Flat | Weights::Own => flat_mask(k, s),
            Weights::Bell => bell_mask(k, s),
            Weights::Tent => tent_mask(k, s),
            Weights::Random => random_mask(k, s, self.work.seed, number as u32),
        };
        // A layer's sides are within their ranges, for which there always is a mask.
        mask.unwrap_or_else(|_| Array2::zeros((k, k)))
    }

    /// Whether every mask is the outer product of the same weights along both axes, so that what a row shows is true for
    /// the plane: the plane's value is the product of two of a row's.
    #[must_use]
    pub fn is_separable(&self) -> bool {
        !matches!(self.work.weights, Weights::Random | Weights::Own)
    }

    /// The k weights of a layer along one axis: the sums of its mask's columns, over s. Where masks are outer products
    /// it is their factor; else it is what a picture of even rows is painted with.
    #[must_use]
    pub fn axis_weights(&self, layer: usize) -> Vec<f64> {
        let mask = self.mask(layer);
        let layers = self.work.stack.layers();
        let stride = layers[layer.min(layers.len() - 1)].stride as f64;
        mask.columns().into_iter().map(|column| column.iter().copied().map(f64::from).sum::<f64>() / stride).collect()
    }

    /// The filters of the sub-pixel convolution to the scale of the page, shaped (scale², k, k) with k of the first
    /// layer: see [`Self::filters_of`].
    #[must_use]
    pub fn filters(&self) -> Array3<f32> {
        self.filters_of(0, self.scale())
    }

    /// The filters of a sub-pixel convolution, shaped (factor², k, k) with k and the weights of a layer.
    ///
    /// Shapes and own numbers are one filter of sum 1, given to all places of a block (ICNR). Random filters differ from
    /// place to place, unless `icnr` is chosen, and are random numbers of one array of sum factor²: a filter by itself
    /// sums to about 1 and not exactly, which is the checkerboard of an untrained layer. There is no filter where the
    /// factor is so large that they could not be held; the kernels answer that with a sentence.
    #[must_use]
    pub fn filters_of(&self, layer: usize, factor: usize) -> Array3<f32> {
        let mask = self.convolving_mask_of(layer);
        let side = mask.nrows();
        let none = Array3::zeros((0, side, side));
        if factor > FACTOR_MOST {
            return none;
        }
        let filters = if self.work.weights == Weights::Random && !self.work.icnr {
            self.differing_filters(layer, side, factor)
        } else {
            icnr(mask.view(), factor)
        };
        filters.unwrap_or(none)
    }

    fn differing_filters(&self, layer: usize, side: usize, factor: usize) -> Result<Array3<f32>, UpsamplingError> {
        let all = random_mask(side * factor, factor, self.work.seed, layer as u32)?;
        pixel_unshuffle(all.insert_axis(Axis(0)).view(), factor, ChannelOrder::ColumnRow)
    }

    /// The mask of the convolution that follows a resizing: that of the first layer, brought to the sum 1 so that the
    /// mean brightness stays. Own numbers whose sum is 0 stay as they are.
    #[must_use]
    pub fn convolving_mask(&self) -> Array2<f32> {
        self.convolving_mask_of(0)
    }

    /// [`Self::convolving_mask`] of another layer.
    #[must_use]
    pub fn convolving_mask_of(&self, layer: usize) -> Array2<f32> {
        let mask = self.mask(layer);
        let sum: f64 = mask.iter().copied().map(f64::from).sum();
        let size: f64 = mask.iter().map(|weight| f64::from(weight.abs())).sum();
        if sum.abs() <= size * 1e-6 { mask } else { mask.mapv(|weight| (f64::from(weight) / sum) as f32) }
    }
}

/// Sub-pixel convolutions of larger factors are not made: their filters alone would be thousands.
const FACTOR_MOST: usize = 32;

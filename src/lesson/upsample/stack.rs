//! The layers of the lab: one to five transposed convolutions, one after another.

use crate::upsampling::StackLayer;
use std::ops::{Range, RangeInclusive};

/// How many layers there can be.
pub const LAYERS: RangeInclusive<usize> = 1..=5;
/// Sides of a mask.
pub const MASK: RangeInclusive<usize> = 1..=8;
/// Strides.
pub const STRIDE: RangeInclusive<usize> = 1..=6;

/// One layer, alike along both axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Layer {
    /// The side k of its mask.
    pub mask: usize,
    /// Its stride s.
    pub stride: usize,
    /// What it cuts off on every side, as PyTorch's `padding`; less than k.
    pub padding: usize,
}

impl Layer {
    /// A layer without padding, clamped into the ranges.
    #[must_use]
    pub fn new(mask: usize, stride: usize) -> Self {
        Self { mask, stride, padding: 0 }.clamped()
    }

    /// The layer brought into the ranges: its smallest result, that of one pixel, keeps a cell at least.
    #[must_use]
    pub fn clamped(self) -> Self {
        let mask = self.mask.clamp(*MASK.start(), *MASK.end());
        let stride = self.stride.clamp(*STRIDE.start(), *STRIDE.end());
        Self { mask, stride, padding: self.padding.min((mask - 1) / 2) }
    }

    /// Whether every cell inside gets as many copies as the next: s divides k.
    #[must_use]
    pub fn is_even(self) -> bool {
        self.mask.is_multiple_of(self.stride)
    }

    /// The number of cells that `pixels` become: (n − 1)·s − 2p + k.
    #[must_use]
    pub fn grown(self, pixels: usize) -> usize {
        pixels.saturating_sub(1) * self.stride + self.mask - 2 * self.padding
    }
}

/// Which cells of a row belong together in a layer: inputs and the cells that their copies of the mask reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The layer.
    pub layer: Layer,
    /// How many cells go in.
    pub inputs: usize,
}

impl Reach {
    /// How many cells come out.
    #[must_use]
    pub fn length(self) -> usize {
        self.layer.grown(self.inputs)
    }

    /// The inputs whose copies reach a cell of the result; none where no copy does.
    #[must_use]
    pub fn sources(self, cell: usize) -> Range<usize> {
        let Layer { mask, stride, padding } = self.layer;
        let place = cell + padding;
        let behind = (place / stride + 1).min(self.inputs);
        (place + 1).saturating_sub(mask).div_ceil(stride).min(behind)..behind
    }

    /// The cells of the result that an input's copy reaches; what is cropped is left out.
    #[must_use]
    pub fn cells(self, input: usize) -> Range<usize> {
        let Layer { mask, stride, padding } = self.layer;
        let at = |place: usize| place.saturating_sub(padding).min(self.length());
        at(input * stride)..at(input * stride + mask)
    }
}

/// One to five layers, the first one first; all within their ranges.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stack {
    layers: Vec<Layer>,
}

impl Default for Stack {
    /// The layer that shows the checkerboard: k = 3, s = 2.
    fn default() -> Self {
        Self::new(vec![Layer::new(3, 2)])
    }
}

impl Stack {
    /// These layers, clamped; the default layer where there is none, and no more than [`LAYERS`] allows.
    #[must_use]
    pub fn new(layers: Vec<Layer>) -> Self {
        let mut layers: Vec<Layer> = layers.into_iter().take(*LAYERS.end()).map(Layer::clamped).collect();
        if layers.is_empty() {
            layers.push(Layer::new(3, 2));
        }
        Self { layers }
    }

    /// The layers, one at least.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// How many times as many pixels there are along an axis in the end, rims apart: the product of the strides.
    #[must_use]
    pub fn scale(&self) -> usize {
        self.layers.iter().map(|layer| layer.stride).product()
    }

    /// The number of cells along an axis before the first layer and after each.
    #[must_use]
    pub fn lengths(&self, pixels: usize) -> Vec<usize> {
        let mut lengths = vec![pixels];
        for layer in &self.layers {
            lengths.push(layer.grown(lengths[lengths.len() - 1]));
        }
        lengths
    }

    /// What belongs together in each layer, in a row that begins with so many pixels.
    #[must_use]
    pub fn reaches(&self, pixels: usize) -> Vec<Reach> {
        let lengths = self.lengths(pixels);
        self.layers.iter().zip(lengths).map(|(layer, inputs)| Reach { layer: *layer, inputs }).collect()
    }

    /// The layers as the kernels take them.
    #[must_use]
    pub fn kernel_layers(&self) -> Vec<StackLayer> {
        let kernel = |layer: &Layer| StackLayer { mask: layer.mask, stride: layer.stride, padding: layer.padding };
        self.layers.iter().map(kernel).collect()
    }

    /// The stack with another layer at a place; one behind the last is added.
    #[must_use]
    pub(super) fn with(&self, place: usize, layer: Layer) -> Self {
        let mut layers = self.layers.clone();
        match layers.get_mut(place) {
            Some(old) => *old = layer,
            None => layers.push(layer),
        }
        Self::new(layers)
    }

    /// Layers of these k and s; each that was there keeps its padding, as far as it can.
    #[must_use]
    pub(super) fn with_sizes(&self, sizes: &[[usize; 2]]) -> Self {
        let padding = |place: usize| self.layers.get(place).map_or(0, |layer| layer.padding);
        let layer = |(place, [mask, stride]): (usize, &[usize; 2])| Layer {
            mask: *mask,
            stride: *stride,
            padding: padding(place),
        };
        Self::new(sizes.iter().enumerate().map(layer).collect())
    }

    /// The stack with so many layers: the last are taken away, or copies of the last added.
    #[must_use]
    pub(super) fn of_length(&self, count: usize) -> Self {
        let count = count.clamp(*LAYERS.start(), *LAYERS.end());
        let mut layers = self.layers.clone();
        layers.resize(count, layers[layers.len() - 1]);
        Self::new(layers)
    }
}

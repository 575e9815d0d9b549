//! Channels and groups: several patches and several results make C a matrix of blocks, each the C of a mask of its own.

use super::{
    derived::{Derived, plane},
    setup::Setup,
};
use crate::convolution::{Geometry, convolution_matrix_padded, reference::conv2d_padded};
use ndarray::{Array1, Array2, Array4, ArrayView2, s};

/// The most input channels.
pub const INPUTS_LIMIT: usize = 3;
/// The most output channels.
pub const OUTPUTS_LIMIT: usize = 4;

/// Factors of masks, in the order in which they are tried: as many as there are pairs of channels at the most, since a
/// mask that mirrors into itself has no other variants.
pub const FACTORS: [f32; INPUTS_LIMIT * OUTPUTS_LIMIT] =
    [1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0, 5.0, -5.0, 6.0, -6.0];

/// How many channels there are, and which see each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelPlan {
    /// Input channels, 1 to [`INPUTS_LIMIT`].
    pub inputs: usize,
    /// Output channels, 1 to [`OUTPUTS_LIMIT`].
    pub outputs: usize,
    /// Groups that do not see each other; divides both.
    pub groups: usize,
}

impl Default for ChannelPlan {
    /// Two channels in, three out, one group.
    fn default() -> Self {
        Self { inputs: 2, outputs: 3, groups: 1 }
    }
}

impl ChannelPlan {
    /// Every legal number of groups.
    #[must_use]
    pub fn legal_groups(self) -> Vec<usize> {
        (1..=self.inputs.min(self.outputs))
            .filter(|groups| self.inputs.is_multiple_of(*groups) && self.outputs.is_multiple_of(*groups))
            .collect()
    }

    /// Checks the plan.
    ///
    /// # Errors
    /// A sentence that says which number is wrong and what is allowed.
    pub fn check(self) -> Result<(), String> {
        for (name, value, limit) in [("input", self.inputs, INPUTS_LIMIT), ("output", self.outputs, OUTPUTS_LIMIT)] {
            if !(1..=limit).contains(&value) {
                return Err(format!("There are 1 to {limit} {name} channels here, and not {value}."));
            }
        }
        if self.legal_groups().contains(&self.groups) {
            return Ok(());
        }
        let legal: Vec<String> = self.legal_groups().iter().map(usize::to_string).collect();
        Err(format!(
            "{} groups cannot share {} input and {} output channels evenly: groups must divide both, so take {}.",
            self.groups,
            self.inputs,
            self.outputs,
            legal.join(" or ")
        ))
    }

    /// Whether output channel `output` sees input channel `input`.
    #[must_use]
    pub fn connects(self, output: usize, input: usize) -> bool {
        let groups = self.groups.max(1);
        input * groups / self.inputs.max(1) == output * groups / self.outputs.max(1)
    }
}

/// How an array is made from the reader's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// As it is.
    Plain,
    /// Left and right exchanged.
    LeftRight,
    /// Top and bottom exchanged.
    TopBottom,
    /// Both exchanged: turned by 180°.
    Turned,
}

impl Variant {
    /// All four, in the order in which channels take them.
    pub const ALL: [Self; 4] = [Self::Plain, Self::LeftRight, Self::TopBottom, Self::Turned];

    /// What the page calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "as it is",
            Self::LeftRight => "mirrored left–right",
            Self::TopBottom => "mirrored top–bottom",
            Self::Turned => "turned by 180°",
        }
    }

    /// The variant of an array.
    #[must_use]
    pub fn of(self, array: &Array2<f32>) -> Array2<f32> {
        let view = match self {
            Self::Plain => array.view(),
            Self::LeftRight => array.slice(s![.., ..;-1]),
            Self::TopBottom => array.slice(s![..;-1, ..]),
            Self::Turned => array.slice(s![..;-1, ..;-1]),
        };
        view.as_standard_layout().into_owned()
    }
}

/// The mask between two channels, named.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelMask {
    /// Mirroring of the reader's mask.
    pub variant: Variant,
    /// The factor that sets masks apart for which mirroring is not enough, one of [`FACTORS`].
    pub factor: f32,
    /// The mask as it is laid on the patch.
    pub laid: Array2<f32>,
}

impl ChannelMask {
    /// What the page calls it, as in “mirrored left–right, times −1”.
    #[must_use]
    pub fn name(&self) -> String {
        if self.factor == 1.0 {
            return self.variant.name().to_owned();
        }
        format!("{}, times {}", self.variant.name(), crate::lesson::numbers::cell_text(self.factor))
    }
}

/// A convolution with channels, made from the reader's own patch and mask.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelLesson {
    /// Channels and groups.
    pub plan: ChannelPlan,
    /// The input channels, each with how it was made from the reader's patch.
    pub patches: Vec<(Variant, Array2<f32>)>,
    /// For each output channel and each input channel the mask between them; none between groups.
    pub masks: Vec<Vec<Option<ChannelMask>>>,
    /// (inputs · cells of the patch) × (outputs · cells of a result): blocks, and zeros between groups.
    pub matrix: Array2<f32>,
    /// The result channels, from the convolution kernel with groups.
    pub results: Vec<Array2<f32>>,
    /// The result channels as the product of the unrolled channels, one below the other, and `matrix`.
    pub products: Vec<Array2<f32>>,
    /// The largest absolute difference between the two.
    pub largest: f64,
    cells: [usize; 2],
}

impl ChannelLesson {
    /// Builds the channels and computes everything; the geometry is the setup's, but for the groups.
    ///
    /// # Errors
    /// A sentence when plan or setup are not legal.
    pub fn new(setup: &Setup, derived: &Derived, plan: ChannelPlan) -> Result<Self, String> {
        plan.check()?;
        let say = |error: crate::convolution::ConvolutionError| format!("The channels cannot be convolved: {error}.");
        let (sizes, own) = (derived.sizes(), setup.laid_mask());
        let cells = [sizes.inputs(), sizes.outputs()];
        let patches: Vec<(Variant, Array2<f32>)> =
            Variant::ALL.into_iter().take(plan.inputs).map(|variant| (variant, variant.of(&setup.patch))).collect();
        let masks = masks(plan, &own);

        let mut matrix = Array2::zeros((plan.inputs * cells[0], plan.outputs * cells[1]));
        for (output, row) in masks.iter().enumerate() {
            for (input, mask) in row.iter().enumerate() {
                let Some(mask) = mask else { continue };
                let block = convolution_matrix_padded(mask.laid.view(), sizes.patch, &setup.geometry, setup.mode);
                matrix
                    .slice_mut(s![input * cells[0]..(input + 1) * cells[0], output * cells[1]..(output + 1) * cells[1]])
                    .assign(&block.map_err(say)?);
            }
        }

        let channels =
            Array4::from_shape_fn((1, plan.inputs, sizes.patch[0], sizes.patch[1]), |(_, c, row, column)| {
                patches[c].1[[row, column]]
            });
        let group = plan.inputs / plan.groups;
        let weights = Array4::from_shape_fn(
            (plan.outputs, group, sizes.mask[0], sizes.mask[1]),
            |(output, input, row, column)| {
                let first = output * plan.groups / plan.outputs * group;
                masks[output][first + input].as_ref().map_or(0.0, |mask| mask.laid[[row, column]])
            },
        );
        let geometry = Geometry { groups: plan.groups, ..setup.geometry };
        let convolved = conv2d_padded(channels.view(), weights.view(), &geometry, setup.mode).map_err(say)?;
        let results: Vec<Array2<f32>> = (0..plan.outputs)
            .map(|output| plane(convolved.slice(s![.., output..=output, .., ..]).to_owned()))
            .collect();

        let unrolled: Array1<f64> = channels.iter().map(|value| f64::from(*value)).collect();
        let product = unrolled.dot(&matrix.mapv(f64::from));
        let products: Vec<Array2<f32>> = (0..plan.outputs)
            .map(|output| {
                Array2::from_shape_fn(sizes.result, |(row, column)| {
                    product[output * cells[1] + row * sizes.result[1] + column] as f32
                })
            })
            .collect();
        let pairs = results.iter().zip(&products);
        let largest = pairs.map(|(a, b)| super::ways::largest_difference(a, b)).fold(0.0, f64::max);
        Ok(Self { plan, patches, masks, matrix, results, products, largest, cells })
    }

    /// The block of the matrix that leads from channel `input` to channel `output`: inputs × outputs, as C.
    #[must_use]
    pub fn block(&self, output: usize, input: usize) -> Option<ArrayView2<'_, f32>> {
        if output >= self.plan.outputs || input >= self.plan.inputs {
            return None;
        }
        let [rows, columns] = self.cells;
        let block = s![input * rows..(input + 1) * rows, output * columns..(output + 1) * columns];
        Some(self.matrix.slice(block))
    }

    /// What the blocks are and where they meet.
    #[must_use]
    pub fn sentence(&self) -> String {
        let ChannelPlan { inputs, outputs, groups } = self.plan;
        let (filled, all) = (inputs * outputs / groups, inputs * outputs);
        let blocks = match filled {
            1 => "One block, C itself.".to_owned(),
            _ => format!("{filled} blocks, each a C of its own mask."),
        };
        let zeros = match all - filled {
            0 => String::new(),
            1 => " One more is zero: its channels are in different groups.".to_owned(),
            count => format!(" {count} more are zero: their channels are in different groups."),
        };
        let meeting = match inputs / groups {
            1 if groups == 1 => " Every output sees the one input.".to_owned(),
            1 => " Every output sees a single input, so nothing is added across channels.".to_owned(),
            2 => " Every output adds what comes from two inputs.".to_owned(),
            count => format!(" Every output adds what comes from {count} inputs."),
        };
        format!("{blocks}{zeros}{meeting}")
    }
}

/// A mask for each pair of channels that see each other: variants of the reader's own first, all different where
/// that is possible. A symmetric mask has fewer variants, so factors follow.
fn masks(plan: ChannelPlan, own: &Array2<f32>) -> Vec<Vec<Option<ChannelMask>>> {
    let candidates = FACTORS.into_iter().flat_map(|factor| {
        Variant::ALL.into_iter().map(move |variant| {
            let laid = variant.of(own).mapv(|value| value * factor + 0.0);
            ChannelMask { variant, factor, laid }
        })
    });
    let mut distinct: Vec<ChannelMask> = Vec::new();
    for candidate in candidates {
        if distinct.iter().all(|mask| mask.laid != candidate.laid) {
            distinct.push(candidate);
        }
    }
    let mut next = distinct.iter().cycle();
    let row = |output: usize| {
        (0..plan.inputs).map(|input| if plan.connects(output, input) { next.next().cloned() } else { None }).collect()
    };
    (0..plan.outputs).map(row).collect()
}

//! The nearest masks that let a stack paint evenly.
//!
//! Copies of ones on an endless row, S cells apart, are a comb of S frequencies: those of the S-th roots of unity, S being
//! the product of the strides. Behind the last layer the counts are even exactly if every frequency but 0 has been
//! cancelled by some layer. A layer of mask k whose cells end up T cells apart multiplies the frequency of a root of order d
//! by 1 + r + … + rᵏ⁻¹, where r is that root to the power T and has order m = d / gcd(d, T): which is 0 exactly if m > 1
//! divides k. So it is enough to ask, for every divisor d > 1 of S, whether a layer cancels it, and no count is needed.

use super::{Layer, stack};

/// Which divisors of S a layer cancels, a bit each; S has 36 divisors at most.
type Cancelled = u64;

/// The sides of the masks that are even with these strides and differ least from the masks there are: by the sum of the
/// differences first, then by how many layers change, and of those as near the larger ones. None where the stack is even.
///
/// There always are such masks: those as large as their strides are even.
#[must_use]
pub fn nearest_even_masks(layers: &[Layer]) -> Option<Vec<usize>> {
    let whole: usize = layers.iter().map(|layer| layer.stride).product();
    let divisors: Vec<usize> = (2..=whole).filter(|divisor| whole.is_multiple_of(*divisor)).collect();
    let all = divisors.iter().fold(0, |bits: Cancelled, _| bits << 1 | 1);
    let mut apart = whole;
    let steps: Vec<Vec<Choice>> = layers
        .iter()
        .map(|layer| {
            apart /= layer.stride;
            choices(*layer, apart, &divisors)
        })
        .collect();
    let mut search = Search { steps: &steps, all, taken: Vec::with_capacity(layers.len()), best: None };
    search.go(0, 0);
    let found = search.best?.masks;
    layers.iter().zip(&found).any(|(layer, mask)| layer.mask != *mask).then_some(found)
}

/// A side that a layer's mask may have, and what it cancels.
struct Choice {
    mask: usize,
    change: usize,
    cancels: Cancelled,
}

/// The sides that a mask may have, the nearest first.
fn choices(layer: Layer, apart: usize, divisors: &[usize]) -> Vec<Choice> {
    let cancels = |mask: usize, divisor: usize| {
        let order = divisor / gcd(divisor, apart);
        order > 1 && mask.is_multiple_of(order)
    };
    let mut choices: Vec<Choice> = stack::MASK
        .map(|mask| Choice {
            mask,
            change: mask.abs_diff(layer.mask),
            cancels: divisors.iter().fold(0, |bits, divisor| bits << 1 | Cancelled::from(cancels(mask, *divisor))),
        })
        .collect();
    choices.sort_by_key(|choice| choice.change);
    choices
}

/// What has been found: smaller is better.
struct Found {
    rank: (usize, usize, std::cmp::Reverse<usize>),
    masks: Vec<usize>,
}

struct Search<'a> {
    steps: &'a [Vec<Choice>],
    all: Cancelled,
    taken: Vec<&'a Choice>,
    best: Option<Found>,
}

impl Search<'_> {
    /// Tries the masks of the layers that are not taken yet, after such a change of those that are.
    fn go(&mut self, change: usize, cancelled: Cancelled) {
        let steps = self.steps;
        if let Some(step) = steps.get(self.taken.len()) {
            for choice in step {
                let change = change + choice.change;
                // What changes more than the best is no better, and the next ones change more still.
                if self.best.as_ref().is_some_and(|best| change > best.rank.0) {
                    break;
                }
                self.taken.push(choice);
                self.go(change, cancelled | choice.cancels);
                self.taken.pop();
            }
            return;
        }
        if cancelled != self.all {
            return;
        }
        let changed = self.taken.iter().filter(|choice| choice.change > 0).count();
        let masks: Vec<usize> = self.taken.iter().map(|choice| choice.mask).collect();
        let rank = (change, changed, std::cmp::Reverse(masks.iter().sum()));
        if self.best.as_ref().is_none_or(|best| rank < best.rank) {
            self.best = Some(Found { rank, masks });
        }
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

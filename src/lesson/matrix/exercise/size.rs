//! The question for a result's size, and the wrong ways to it.

use super::{Dice, Verdict, right, wrong};
use crate::convolution::Geometry;

/// A geometry to find the result's size for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SizeQuestion {
    patch: [usize; 2],
    mask: [usize; 2],
    geometry: Geometry,
}

impl SizeQuestion {
    /// A geometry whose result has at least one cell, with at least one setting that is not the default.
    pub(super) fn new(dice: &mut Dice) -> Self {
        loop {
            let mut pair = |lowest: usize, count: usize| [0, 1].map(|_| lowest + dice.below(count));
            let (patch, mask, stride) = (pair(5, 8), pair(2, 4), pair(1, 3));
            let padding = pair(0, 3).map(|side| [side; 2]);
            let dilation = [1 + dice.below(5) / 4; 2];
            let geometry = Geometry { stride, padding, dilation, ..Geometry::default() };
            let question = Self { patch, mask, geometry };
            let plain = stride == [1; 2] && padding == [[0; 2]; 2];
            if !plain && geometry.output_size(patch, mask).is_ok_and(|result| result != patch) {
                return question;
            }
        }
    }

    pub(super) fn result(&self) -> [usize; 2] {
        self.geometry.output_size(self.patch, self.mask).unwrap_or([0; 2])
    }

    pub(super) fn question(&self) -> String {
        let Self { patch, mask, geometry } = self;
        let axes = |[rows, columns]: [usize; 2]| {
            if rows == columns { rows.to_string() } else { format!("{rows} down and {columns} across") }
        };
        let mut text = format!(
            "A patch of {} × {} meets a mask of {} × {} with stride {}",
            patch[0],
            patch[1],
            mask[0],
            mask[1],
            axes(geometry.stride)
        );
        if geometry.padding != [[0; 2]; 2] {
            text += &format!(", padding {} on either side", axes(geometry.padding.map(|sides| sides[0])));
        }
        if geometry.dilation != [1; 2] {
            text += &format!(", dilation {}", axes(geometry.dilation));
        }
        text + ". How many rows and columns has the result?"
    }

    /// The formula of one axis with its numbers.
    fn formula(&self, axis: usize) -> String {
        let Along { patch, before, after, span, stride, .. } = self.along(axis);
        format!("⌊({patch} + {before} + {after} − {span}) / {stride}⌋ + 1 = {}", self.result()[axis])
    }

    fn along(&self, axis: usize) -> Along {
        let Geometry { stride, padding, dilation, .. } = self.geometry;
        Along {
            patch: self.patch[axis],
            mask: self.mask[axis],
            span: dilation[axis] * (self.mask[axis] - 1) + 1,
            before: padding[axis][0],
            after: padding[axis][1],
            stride: stride[axis],
        }
    }

    pub(super) fn judge(&self, answer: [usize; 2]) -> Verdict {
        let truth = self.result();
        if answer == truth {
            return right(&format!("Yes: {} rows and {} columns.", self.formula(0), self.formula(1)));
        }
        if answer == [truth[1], truth[0]] {
            return wrong("Both numbers are right, but rows and columns are swapped: rows come first.");
        }
        // What is wrong along one axis alone is named for this axis.
        let wrong_axes: Vec<usize> = (0..2).filter(|axis| answer[*axis] != truth[*axis]).collect();
        for (slip, reason) in SLIPS {
            let made = |axis: &usize| slip(self.along(*axis)) == Some(answer[*axis]);
            if wrong_axes.iter().all(made) {
                let axes = match wrong_axes.as_slice() {
                    [0] => "The columns are right; for the rows: ",
                    [1] => "The rows are right; for the columns: ",
                    _ => "",
                };
                return wrong(&format!("{axes}{reason}"));
            }
        }
        let axis = wrong_axes.first().copied().unwrap_or(0);
        let along = self.along(axis);
        wrong(&format!(
            "Not quite. Along the {} the padded patch has {} cells and the mask spans {}; how often can it step by {} \
             before it reaches the end?",
            ["rows", "columns"][axis],
            along.patch + along.before + along.after,
            along.span,
            along.stride
        ))
    }
}

/// The numbers of one axis.
#[derive(Clone, Copy)]
struct Along {
    patch: usize,
    mask: usize,
    span: usize,
    before: usize,
    after: usize,
    stride: usize,
}

impl Along {
    /// How far the mask can travel on so many cells.
    fn travel(self, cells: usize, span: usize) -> Option<usize> {
        cells.checked_sub(span)
    }

    fn padded(self) -> usize {
        self.patch + self.before + self.after
    }
}

/// A wrong way to a size, and what to say about it.
type Slip = (fn(Along) -> Option<usize>, &'static str);

const SLIPS: [Slip; 8] = [
    (
        |along| Some(along.travel(along.padded(), along.span)? / along.stride),
        "the “+ 1” is missing: the first position counts, before any step.",
    ),
    (
        |along| Some(along.travel(along.patch + along.before, along.span)? / along.stride + 1),
        "padding is counted once, and it stands on both sides.",
    ),
    (
        |along| Some(along.travel(along.patch, along.span)? / along.stride + 1),
        "padding is left out; it enlarges the patch before the mask moves.",
    ),
    (
        |along| Some(along.travel(along.padded(), along.mask)? / along.stride + 1),
        "dilation is left out: it spreads the mask, which spans d(k − 1) + 1 cells.",
    ),
    (
        |along| Some(along.travel(along.padded(), along.span)? + 1),
        "the stride is left out: the mask steps over positions, so divide by it.",
    ),
    (
        |along| Some(along.travel(along.padded(), along.span)?.div_ceil(along.stride) + 1),
        "the quotient is rounded up; a last step that leaves the patch does not count, so round down.",
    ),
    (
        |along| Some(along.padded() / along.stride),
        "the mask’s own span is left out; it must not leave the padded patch.",
    ),
    (
        |along| ((along.patch - 1) * along.stride + along.span).checked_sub(along.before + along.after),
        "that is the size of the transposed convolution, which leads the other way.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn question(patch: usize, mask: usize, stride: usize, padding: usize, dilation: usize) -> SizeQuestion {
        let geometry = Geometry {
            stride: [stride; 2],
            padding: [[padding; 2]; 2],
            dilation: [dilation; 2],
            ..Geometry::default()
        };
        SizeQuestion { patch: [patch; 2], mask: [mask; 2], geometry }
    }

    #[test]
    fn every_slip_is_named() {
        // Worked by hand: ⌊(in + 2p − d(k−1) − 1)/s⌋ + 1 with the slip in it.
        for (question, truth, answer, part) in [
            (question(10, 3, 1, 2, 1), 12, 11, "“+ 1” is missing"),
            (question(10, 3, 1, 2, 1), 12, 10, "padding is counted once"),
            (question(10, 3, 1, 2, 1), 12, 8, "padding is left out"),
            (question(12, 4, 1, 0, 2), 6, 9, "dilation is left out"),
            (question(11, 3, 3, 0, 1), 3, 9, "stride is left out"),
            (question(10, 3, 2, 0, 1), 4, 5, "rounded up"),
            (question(12, 5, 2, 0, 1), 4, 6, "own span is left out"),
            (question(6, 3, 2, 1, 1), 3, 11, "leads the other way"),
        ] {
            assert_eq!(question.result(), [truth; 2]);
            for answer in [[answer; 2], [truth, answer], [answer, truth]] {
                let verdict = question.judge(answer);
                assert!(!verdict.right);
                let reason = verdict.reason.to_ascii_lowercase();
                assert!(reason.contains(part), "{answer:?} for {truth}: {reason}");
                assert_eq!(reason.contains("the rows are right"), answer[0] == truth);
                assert_eq!(reason.contains("the columns are right"), answer[1] == truth);
            }
        }
    }

    #[test]
    fn what_no_slip_explains_gets_a_hint() {
        let verdict = question(10, 3, 1, 2, 1).judge([12, 99]);
        assert!(verdict.reason.contains("Along the columns the padded patch has 14 cells"), "{}", verdict.reason);
    }

    #[test]
    fn the_question_names_what_is_not_the_default() {
        let text = question(10, 3, 2, 1, 2).question();
        assert!(text.contains("10 × 10") && text.contains("stride 2, padding 1 on either side, dilation 2."), "{text}");
        assert!(!question(10, 3, 2, 0, 1).question().contains("padding"));
    }
}

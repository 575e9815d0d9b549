//! The arrays as comma-separated values: one section each, its name in a line of its own, a blank line between.

use super::{Derived, Setup, exact};
use ndarray::ArrayView2;

/// All sections, with the geometry first.
pub(super) fn table(setup: &Setup, derived: &Derived) -> String {
    let geometry = &setup.geometry;
    let pair = |[rows, columns]: [usize; 2]| format!("{rows},{columns}");
    let mut text = format!(
        "geometry,rows,columns\nstride,{}\npadding before,{}\npadding after,{}\ndilation,{}\noutput_padding,{}\n\
         padding mode,{mode},{mode}\nmask flipped,{flip},{flip}\n",
        pair(geometry.stride),
        pair(geometry.padding.map(|sides| sides[0])),
        pair(geometry.padding.map(|sides| sides[1])),
        pair(geometry.dilation),
        pair(geometry.output_padding),
        mode = setup.mode.slug(),
        flip = if setup.flip { "yes" } else { "no" },
    );
    let turned = if derived.sizes().returns() { "C transposed" } else { "matrix of the transposed convolution" };
    for (name, array) in [
        ("patch D", setup.patch.view()),
        ("mask", setup.mask.view()),
        ("C", derived.matrix.view()),
        ("result", derived.result.view()),
        ("E", derived.input.view()),
        (turned, derived.turned.view()),
        ("transposed result", derived.transposed.view()),
    ] {
        text += &section(name, array);
    }
    text
}

fn section(name: &str, array: ArrayView2<'_, f32>) -> String {
    let mut text = format!("\n{name}\n");
    for row in array.rows() {
        text += &row.iter().map(|value| exact(*value)).collect::<Vec<_>>().join(",");
        text.push('\n');
    }
    text
}

//! The arrays as formulas for LaTeX with amsmath.

use super::{Derived, Setup, exact};
use ndarray::ArrayView2;

/// A document of its own, whose formulas can be copied one by one.
pub(super) fn document(setup: &Setup, derived: &Derived) -> String {
    let sizes = derived.sizes();
    let widest = sizes.outputs().max(sizes.grown_cells()).max(sizes.inputs()).max(10);
    let transposed = if sizes.returns() { "C^{\\mathsf T}" } else { "T" };
    let mut text = format!(
        "\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\setcounter{{MaxMatrixCols}}{{{widest}}}\n\
         \\begin{{document}}\n% {}\n",
        settings(setup)
    );
    let mut formula = |comment: &str, left: &str, array: ArrayView2<'_, f32>| {
        text += &format!("\n% {comment}\n\\[\n{left} = {}\n\\]\n", matrix(array));
    };
    formula("The patch", "D", setup.patch.view());
    formula("The mask", "W", setup.mask.view());
    formula("A row for each cell of the patch, a column for each result", "C", derived.matrix.view());
    formula("The convolution, folded back", "\\operatorname{vec}(D)^{\\mathsf T}\\,C", derived.result.view());
    formula("The input of the transposed convolution", "E", derived.input.view());
    let turned = if sizes.returns() {
        "The transpose of C"
    } else {
        "The matrix of the transposed convolution; with this output_padding it is not the transpose of C"
    };
    formula(turned, transposed, derived.turned.view());
    formula(
        "The transposed convolution, folded back",
        &format!("\\operatorname{{vec}}(E)^{{\\mathsf T}}\\,{transposed}"),
        derived.transposed.view(),
    );
    text + "\n\\end{document}\n"
}

fn settings(setup: &Setup) -> String {
    let geometry = &setup.geometry;
    let [rows, columns] = geometry.padding;
    format!(
        "stride {}, {}; padding {}+{} rows, {}+{} columns ({}); dilation {}, {}; output_padding {}, {}; mask {}",
        geometry.stride[0],
        geometry.stride[1],
        rows[0],
        rows[1],
        columns[0],
        columns[1],
        setup.mode.slug(),
        geometry.dilation[0],
        geometry.dilation[1],
        geometry.output_padding[0],
        geometry.output_padding[1],
        if setup.flip { "flipped" } else { "not flipped" },
    )
}

fn matrix(array: ArrayView2<'_, f32>) -> String {
    let row = |row: ndarray::ArrayView1<'_, f32>| row.iter().map(|v| exact(*v)).collect::<Vec<_>>().join(" & ");
    let rows: Vec<String> = array.rows().into_iter().map(row).collect();
    format!("\\begin{{pmatrix}}\n{}\n\\end{{pmatrix}}", rows.join(" \\\\\n"))
}

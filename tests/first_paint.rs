//! The still in index.html tells the truth: its numbers are read back and held against the kernels and the page's example.

use deconvolution_explorer::{
    convolution::{Geometry, convolution_matrix},
    lesson::matrix::MatrixLesson,
};
use ndarray::Array2;

/// The numbers of a part of the still, row by row; None where nothing of the mask lies.
fn cells(part: &str) -> Vec<Option<f32>> {
    let page = include_str!("../index.html");
    let start = page.find(&format!("<div class=\"still-{part}\">")).expect("the still has this part");
    let line = page[start..].lines().next().unwrap_or_default();
    let texts =
        line.split("<b class=").skip(1).map(|cell| &cell[cell.find('>').unwrap() + 1..cell.find("</b>").unwrap()]);
    texts.map(|text| (text != "·").then(|| text.parse().expect("a cell holds a number"))).collect()
}

fn numbers(part: &str) -> Vec<f32> {
    cells(part).into_iter().map(|cell| cell.expect("every cell holds a number")).collect()
}

#[test]
fn the_still_shows_the_worked_example() {
    let lesson = MatrixLesson::default();
    assert_eq!(numbers("patch"), lesson.setup().patch.iter().copied().collect::<Vec<_>>());
    assert_eq!(numbers("mask"), lesson.setup().mask.iter().copied().collect::<Vec<_>>());
    assert_eq!(numbers("vector"), numbers("patch"), "the vector is the patch read row by row");
}

#[test]
fn the_matrix_of_the_still_is_that_of_its_mask_and_the_result_is_their_product() {
    let patch = Array2::from_shape_vec((1, 16), numbers("patch")).expect("the patch is 4×4");
    let mask = Array2::from_shape_vec((3, 3), numbers("mask")).expect("the mask is 3×3");
    let matrix = convolution_matrix(mask.view(), [4, 4], &Geometry::default()).expect("a legal geometry");
    let shown = Array2::from_shape_vec((16, 4), cells("matrix")).expect("C is 16×4");
    assert_eq!(shown.mapv(|cell| cell.unwrap_or(0.0)), matrix);
    // A dot is a place without the mask, not a zero of the mask: every column has nine of its numbers.
    assert!(shown.columns().into_iter().all(|column| column.iter().flatten().count() == 9));
    assert_eq!(numbers("result"), patch.dot(&matrix).into_raw_vec_and_offset().0);
}

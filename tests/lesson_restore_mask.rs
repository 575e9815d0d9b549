//! The mask of the Matrix page as the blur of the Restore page: both have to make the same sums of the same patch, which
//! the convolution's direct loop says, and the link has to open what it was made from.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    convolution::{Geometry, reference},
    imaging::{Image, blur_valid},
    lesson::{
        Address, address,
        matrix::{setup::Setup, takeaway::blur_fragment},
        restore::{Blur, Degrade, Drawn, RestoreLesson, mask},
    },
};
use ndarray::{Array2, Array4, arr2};

fn opened(fragment: &str) -> RestoreLesson {
    let address = Address::parse(fragment);
    assert_eq!(address.problems, Vec::<String>::new());
    let (lesson, problems) = address::read::<RestoreLesson>(&address.query);
    assert_eq!(problems, Vec::<String>::new(), "{fragment}");
    lesson
}

fn scene(height: usize, width: usize) -> Array2<f32> {
    Array2::from_shape_fn((height, width), |(y, x)| ((y * 31 + x * 17 + y * x) % 13) as f32 / 13.0)
}

/// What the Matrix page computes where the mask lies wholly on the patch.
fn by_matrix(setup: &Setup, patch: &Array2<f32>) -> Array2<f32> {
    let four =
        |plane: &Array2<f32>| Array4::from_shape_fn((1, 1, plane.nrows(), plane.ncols()), |(_, _, y, x)| plane[[y, x]]);
    let geometry = Geometry { dilation: setup.geometry.dilation, ..Geometry::default() };
    let result = reference::conv2d(four(patch).view(), four(&setup.laid_mask()).view(), &geometry).expect("legal");
    Array2::from_shape_fn((result.dim().2, result.dim().3), |(y, x)| result[[0, 0, y, x]])
}

/// The largest difference of both pages' sums, where both have one, once the mask's sum is divided out.
fn difference(setup: &Setup) -> f32 {
    let patch = scene(24, 22);
    let lesson = opened(&blur_fragment(setup).expect("a blur"));
    assert_eq!(lesson.degradation().blur(), Blur::Drawn);
    let kernel = lesson.degradation().kernel(false).expect("weights above 0");
    let image = Image::from_fn(1, 24, 22, |_, y, x| patch[[y, x]]);
    let blurred = blur_valid(&image, &kernel).expect("a small kernel");
    let sums = by_matrix(setup, &patch);
    let sum: f32 = setup.mask.sum();
    // Where the pages' first sums stand in the patch: the mask's middle, with ⌊k/2⌋ counted from the end as it is turned.
    let span = |axis: usize| (setup.mask.shape()[axis] - 1) * setup.geometry.dilation[axis] + 1;
    let first: [usize; 2] = std::array::from_fn(|axis| span(axis) - 1 - span(axis) / 2);
    let theirs: [usize; 2] = std::array::from_fn(|axis| kernel.size()[axis] - 1 - kernel.centre()[axis]);
    let mut largest = 0.0_f32;
    for y in 0..blurred.height() {
        for x in 0..blurred.width() {
            let place = [y + theirs[0] - first[0], x + theirs[1] - first[1]];
            let expected = sums[place] / sum;
            largest = largest.max((blurred.channel(0)[y * blurred.width() + x] - expected).abs());
        }
    }
    largest
}

fn setup(mask: Array2<f32>) -> Setup {
    Setup { mask, ..Setup::default() }
}

#[test]
fn both_pages_make_the_same_sums() {
    let slanted = arr2(&[[0.0, 1.0, 2.0], [2.0, 2.0, 0.0], [0.0, 1.0, 2.0]]);
    let asymmetric = Array2::from_shape_fn((5, 5), |(y, x)| (y * 5 + x) as f32);
    let masks = [
        slanted.clone(),
        asymmetric,
        Array2::from_elem((3, 3), 1.0 / 9.0),
        Array2::from_shape_fn((3, 3), |(y, x)| [1.0, 2.0, 1.0][y] * [1.0, 2.0, 1.0][x] / 16.0),
        arr2(&[[-1.0, 5.0, -1.0]]),
        arr2(&[[1.0, 3.0], [2.0, 0.5]]),
        arr2(&[[1.0, 2.0, 3.0, 4.0]]),
        arr2(&[[1.0], [7.0]]),
        arr2(&[[400.0, 100.0, 0.0]]),
    ];
    for mask in masks {
        let setup = setup(mask);
        assert!(difference(&setup) < 2e-5, "{:?}: {}", setup.mask, difference(&setup));
        let turned = Setup { flip: true, ..setup.clone() };
        // A mask of even sides that is turned lies the other way.
        assert!(difference(&turned) < 2e-5, "{:?} turned: {}", setup.mask, difference(&turned));
    }
    let dilated = Setup { geometry: Geometry { dilation: [2, 3], ..Geometry::default() }, ..setup(slanted) };
    assert!(difference(&dilated) < 2e-5);
}

#[test]
fn the_short_way_to_the_link_is_the_long_one() {
    for weights in [Drawn::default(), Drawn::of(3, &[0.0, 1.0, 2.0, 2.0, 2.0, 0.0, 0.0, 1.0, 2.5])] {
        let side = weights.side();
        // Turned twice it is itself.
        let mask =
            Array2::from_shape_fn((side, side), |(row, column)| weights.weight(side - 1 - row, side - 1 - column));
        let lesson = RestoreLesson::from_mask(mask.view()).expect("a blur");
        assert_eq!(*lesson.degradation().drawn(), weights);
        assert_eq!(mask::fragment(mask.view()), Ok(address::fragment(&lesson)));
    }
}

#[test]
fn what_is_no_blur_is_refused_with_a_sentence() {
    let refused = |setup: &Setup| blur_fragment(setup).expect_err("no blur");
    let edges = setup(arr2(&[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]));
    assert!(refused(&edges).contains("do not sum to more than 0"));
    assert!(refused(&setup(Array2::zeros((3, 3)))).contains("do not sum to more than 0"));
    let wide = Setup {
        geometry: Geometry { dilation: [3, 3], ..Geometry::default() },
        ..setup(Array2::from_elem((5, 5), 1.0))
    };
    assert!(refused(&wide).contains("13 × 13"));
    assert!(Drawn::from_mask(Array2::zeros((0, 3)).view()).is_err());
    assert!(Drawn::from_mask(arr2(&[[f32::INFINITY]]).view()).is_err());
    assert!(Drawn::from_mask(arr2(&[[f32::NAN, 1.0]]).view()).is_err());
}

#[test]
fn a_mask_from_the_other_page_changes_nothing_else() {
    let mask = Array2::from_elem((3, 3), 1.0);
    let lesson = RestoreLesson::from_mask(mask.view()).expect("a blur");
    let drawn = Drawn::of(3, &[1.0; 9]);
    assert_eq!(
        lesson,
        deconvolution_explorer::lesson::Lesson::reduce(&RestoreLesson::default(), Degrade::Drawn(drawn).into())
    );
}

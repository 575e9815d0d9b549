//! The dense solver behind the regularised inverse.
//!
//! Why these can be trusted: the worked values follow by hand from diagonal and 2 × 2 matrices; everything else is
//! the defining property, that (CᵀC + λI)x = E, put to the test with the matrix itself.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{
    Geometry, MAX_SOLVER_INPUTS, MAX_SOLVER_OUTPUTS, NormalEquations, PaddingMode, SolverError,
    convolution_matrix_padded, regularised_inverse,
};
use ndarray::{Array1, Array2, array};
use proptest::prelude::*;

#[test]
fn by_hand() {
    let matrix = array![[2., 0.], [0., 3.], [0., 0.]];
    let results = array![4., 9.];
    assert_eq!(regularised_inverse(matrix.view(), results.view(), 0.0), Ok(array![2., 3., 0.]));
    // 2·4/(4 + 1) and 3·9/(9 + 1).
    let damped = regularised_inverse(matrix.view(), results.view(), 1.0).expect("legal");
    assert!((&damped - &array![1.6, 2.7, 0.]).iter().all(|error| error.abs() < 1e-15), "{damped}");

    let matrix = array![[1., 1.], [0., 1.]];
    let exact = regularised_inverse(matrix.view(), array![5., 7.].view(), 0.0).expect("legal");
    assert!((&exact - &array![5., 2.]).iter().all(|error| error.abs() < 1e-14), "{exact}");
}

#[test]
fn condition_numbers_that_are_known() {
    let condition =
        |matrix: Array2<f32>, lambda| NormalEquations::new(matrix.view(), lambda).expect("legal").condition();
    assert!((condition(Array2::eye(5), 0.0) - 1.0).abs() < 1e-12);
    assert!((condition(Array2::from_diag(&array![1., 10., 100.]), 0.0) - 1e4).abs() < 1e-6);
    // CᵀC = [1 1; 1 2] has the eigenvalues (3 ± √5)/2.
    assert!((condition(array![[1., 1.], [0., 1.]], 0.0) - (7.0 + 45_f64.sqrt()) / 2.0).abs() < 1e-12);
    assert!((condition(array![[3.]], 1.0) - 1.0).abs() < 1e-12);
}

prop_compose! {
    fn problem()(
        size in [2_usize..9, 2..9], mask in [1_usize..4, 1..4], mode in prop::sample::select(&PaddingMode::ALL[..]),
        padding in 0_usize..2, weights in prop::collection::vec(-9_i32..10, 9), seed: u32,
        exponent in -3_i32..3,
    ) -> (Array2<f32>, Array1<f32>, f64) {
        let mask = [mask[0].min(size[0]), mask[1].min(size[1])];
        let mask = Array2::from_shape_fn(mask, |(y, x)| weights[y * 3 + x] as f32);
        let geometry = Geometry { padding: [[padding; 2]; 2], ..Geometry::default() };
        let matrix = convolution_matrix_padded(mask.view(), size, &geometry, mode).expect("legal");
        let results = Array1::from_shape_fn(matrix.ncols(), |i| {
            (seed.wrapping_mul(2 * i as u32 + 1) >> 16) as f32 % 100.0
        });
        (matrix, results, 10_f64.powi(exponent))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// d = x·Cᵀ with (CᵀC + λI)x = E. So d·C = E − λx, and d is x·Cᵀ again.
    #[test]
    fn the_answer_solves_the_normal_equations((matrix, results, lambda) in problem()) {
        let restored = regularised_inverse(matrix.view(), results.view(), lambda).expect("λ is above 0");
        let c = matrix.mapv(f64::from);
        let x = (results.mapv(f64::from) - restored.dot(&c)) / lambda;
        let scale = results.iter().fold(1.0, |largest: f64, &value| largest.max(f64::from(value)));
        // An x that a small λ makes large carries its rounding along, as far as the condition lets it grow.
        let condition = NormalEquations::new(matrix.view(), lambda).expect("λ is above 0").condition();
        let largest = |values: &Array1<f64>| values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let reach = largest(&x) * c.rows().into_iter().map(|row| row.mapv(f64::abs).sum()).fold(0.0, f64::max);
        let bound = 1e-6 * scale + f64::EPSILON * condition * reach;
        for (again, value) in c.dot(&x).iter().zip(&restored) {
            prop_assert!((again - value).abs() <= bound, "{} and {}, further than {}", again, value, bound);
        }
    }

    /// The estimate is never above the truth, here by Jacobi's rotations, and at least half of it.
    #[test]
    fn the_estimated_condition_is_close((matrix, _, lambda) in problem()) {
        let estimate = NormalEquations::new(matrix.view(), lambda).expect("λ is above 0").condition();
        let c = matrix.mapv(f64::from);
        let eigenvalues = eigenvalues(c.t().dot(&c) + Array2::<f64>::eye(matrix.ncols()) * lambda);
        let truth = eigenvalues.iter().copied().fold(0.0, f64::max)
            / eigenvalues.iter().copied().fold(f64::INFINITY, f64::min);
        prop_assert!(estimate <= truth * (1.0 + 1e-6) && estimate >= truth / 2.0, "{} of {}", estimate, truth);
    }
}

/// The eigenvalues of a symmetric matrix: rotations that clear one entry after the other (Jacobi, 1846).
fn eigenvalues(mut a: Array2<f64>) -> Vec<f64> {
    let size = a.nrows();
    for _ in 0..12 {
        for p in 0..size {
            for q in p + 1..size {
                if a[[p, q]].abs() < 1e-14 * (a[[p, p]] * a[[q, q]]).abs().sqrt() {
                    continue;
                }
                let (sin, cos) = (0.5 * (2.0 * a[[p, q]]).atan2(a[[q, q]] - a[[p, p]])).sin_cos();
                for i in 0..size {
                    let (x, y) = (a[[i, p]], a[[i, q]]);
                    (a[[i, p]], a[[i, q]]) = (cos * x - sin * y, sin * x + cos * y);
                }
                for i in 0..size {
                    let (x, y) = (a[[p, i]], a[[q, i]]);
                    (a[[p, i]], a[[q, i]]) = (cos * x - sin * y, sin * x + cos * y);
                }
            }
        }
    }
    a.diag().to_vec()
}

/// The worked example of the lesson: four independent columns, so λ = 0 restores an input that convolves to E.
#[test]
fn without_regularisation_the_convolution_gives_the_results_again() {
    let mask = array![[0., 1., 2.], [2., 2., 0.], [0., 1., 2.]];
    let matrix =
        convolution_matrix_padded(mask.view(), [4, 4], &Geometry::default(), PaddingMode::Zero).expect("legal");
    let results = array![12., 12., 10., 17.];
    let restored = regularised_inverse(matrix.view(), results.view(), 0.0).expect("independent columns");
    let again = restored.dot(&matrix.mapv(f64::from));
    assert!(again.iter().zip(&results).all(|(a, &b)| (a - f64::from(b)).abs() < 1e-12), "{again}");
}

#[test]
fn errors_say_what_to_do() {
    let matrix = array![[1., 2.], [2., 4.]];
    let results = array![1., 1.];
    let solve = |lambda| regularised_inverse(matrix.view(), results.view(), lambda);
    assert_eq!(solve(0.0), Err(SolverError::Singular { column: 1, lambda: 0.0 }));
    assert_eq!(
        solve(0.0).expect_err("dependent columns").to_string(),
        "column 1 of C follows from the columns before it, so CᵀC has no inverse; choose λ above 0"
    );
    assert!(solve(1e-20).expect_err("lost in rounding").to_string().contains("λ = 1e-20 is too small"));
    assert!(solve(1e-6).is_ok());
    assert_eq!(solve(-1.0).expect_err("illegal").to_string(), "λ is -1; it must be 0 or a finite number above 0");
    assert!(matches!(solve(f64::NAN), Err(SolverError::Lambda(lambda)) if lambda.is_nan()));
    assert_eq!(solve(f64::INFINITY), Err(SolverError::Lambda(f64::INFINITY)));

    let zero = Array2::zeros((3, 2));
    assert!(matches!(NormalEquations::new(zero.view(), 0.0), Err(SolverError::Singular { column: 0, .. })));
    assert_eq!(NormalEquations::new(Array2::zeros((0, 2)).view(), 1.0), Err(SolverError::Empty));
    let large = |shape| NormalEquations::new(Array2::zeros(shape).view(), 1.0);
    assert_eq!(large((MAX_SOLVER_INPUTS + 1, 1)), Err(SolverError::TooManyInputs(MAX_SOLVER_INPUTS + 1)));
    assert_eq!(large((1, MAX_SOLVER_OUTPUTS + 1)), Err(SolverError::TooManyOutputs(MAX_SOLVER_OUTPUTS + 1)));
    assert_eq!(
        regularised_inverse(matrix.view(), array![1.].view(), 1.0),
        Err(SolverError::Results { expected: 2, found: 1 })
    );
    assert_eq!(
        regularised_inverse(array![[f32::INFINITY]].view(), array![1.].view(), 1.0),
        Err(SolverError::NotFinite(f32::INFINITY))
    );
    let unknown = array![f32::NAN, 0.];
    let nan = regularised_inverse(matrix.view(), unknown.view(), 1.0);
    assert!(matches!(nan, Err(SolverError::NotFinite(value)) if value.is_nan()));
}

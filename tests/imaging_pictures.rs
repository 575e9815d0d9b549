#![cfg(not(target_arch = "wasm32"))]
//! The test pictures are the photographs that they claim to be: size, range, and the mean and deviation that NumPy
//! finds in the files, so that a restoration test which fails is not one of a broken loader.

mod pictures;

use deconvolution_explorer::imaging::quality::variance;

#[test]
fn the_test_pictures_are_what_numpy_reads() {
    // NumPy: `np.fromfile(..., offset=15).mean()` and `.std()`, in codes.
    let expected = [
        ("camera", 129.0601, 73.0444),
        ("astronaut", 112.6990, 74.7039),
        ("coffee", 91.2520, 64.7584),
        ("brick", 111.4550, 25.1731),
    ];
    for ((name, picture), (expected_name, mean, deviation)) in pictures::all().into_iter().zip(expected) {
        assert_eq!(name, expected_name);
        assert_eq!((picture.channels(), picture.size()), (1, [256, 256]));
        let found = picture.data().iter().map(|&value| f64::from(value) * 255.0).sum::<f64>() / 65536.0;
        assert!((found - mean).abs() < 1e-3, "{name}: mean {found}");
        assert!((variance(&picture).sqrt() * 255.0 - deviation).abs() < 1e-3, "{name}: deviation");
    }
}

//! What the page says of a way under its name, as it is set.

use deconvolution_explorer::{
    lesson::{
        Lesson,
        upsample::{UpsampleAction, UpsampleLesson, Way, meaning::meaning},
    },
    upsampling::Coordinates,
};

/// Blocks and the masks of tents are those of pixels that are squares.
#[test]
fn meanings_name_the_rule_that_lays_the_cells() {
    let meant = |stride: usize, rule: Coordinates, way: Way| {
        let set = [UpsampleAction::Stack(vec![[3, stride]]), UpsampleAction::Coordinates(rule)];
        meaning(way, &set.into_iter().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action)))
    };
    assert_eq!(meant(2, Coordinates::HalfPixel, Way::Bilinear), "the FCN mask, k = 4, s = 2");
    assert_eq!(meant(3, Coordinates::HalfPixel, Way::Bilinear), "the tent mask, k = 5, s = 3");
    assert_eq!(meant(3, Coordinates::HalfPixel, Way::Nearest), "every pixel a block of 3 × 3");
    for (rule, laid) in
        [(Coordinates::AlignCorners, "corners aligned"), (Coordinates::Asymmetric, "first middles coincide")]
    {
        for stride in [2, 3] {
            assert_eq!(meant(stride, rule, Way::Bilinear), format!("straight between pixels, {laid}"));
            assert_eq!(meant(stride, rule, Way::Nearest), format!("the nearest pixel, {laid}"));
            // The others say the same whatever the rule.
            for way in Way::ALL.into_iter().filter(|way| ![Way::Bilinear, Way::Nearest].contains(way)) {
                assert_eq!(meant(stride, rule, way), meant(stride, Coordinates::HalfPixel, way), "{way:?}");
            }
        }
    }
}

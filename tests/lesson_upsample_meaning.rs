//! What the page says of a way under its name, as it is set.

use deconvolution_explorer::{
    lesson::{
        Lesson,
        upsample::{
            Layer, UpsampleAction, UpsampleLesson, View, Way,
            crop::Crop,
            meaning::{cropping, meaning},
            takeaway::{in_short, pytorch},
        },
    },
    upsampling::{Coordinates, transposed_geometry},
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

fn stacked(layers: &[[usize; 2]], padding: i64) -> UpsampleLesson {
    [UpsampleAction::Stack(layers.to_vec()), UpsampleAction::Padding(padding), UpsampleAction::View(View::Pictures)]
        .into_iter()
        .fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action))
}

/// The lab's padding has no say in pictures: the card names the crop that is computed, and the program has the same.
#[test]
fn the_layer_is_named_as_it_is_computed() {
    for padding in [0, 1] {
        let lesson = stacked(&[[3, 2]], padding);
        assert_eq!(meaning(Way::Transposed, &lesson), "k = 3, s = 2, p = 1, op = 1, flat");
        assert_eq!(cropping(Way::Transposed, &lesson).as_deref(), Some("cropped to exactly 2×"));
    }
    let two = stacked(&[[5, 3], [3, 2]], 0);
    assert_eq!(meaning(Way::Transposed, &two), "k = 5, 3; s = 3, 2, flat");
    assert_eq!(cropping(Way::Transposed, &two).as_deref(), Some("p = 1, 1; op = 0, 1: cropped to exactly 6×"));
    for way in Way::ALL.into_iter().filter(|way| *way != Way::Transposed) {
        assert_eq!(cropping(way, &stacked(&[[3, 2]], 0)), None);
    }
    for k in 1..=8 {
        for s in 1..=6 {
            let (lesson, crop) = (stacked(&[[k, s]], 1), Crop::of(Layer::new(k, s)));
            // What is cropped in all, before and after, is that of the kernel.
            let geometry = transposed_geometry([k, k], s).expect("legal");
            let before = crop.padding + usize::from(crop.first);
            assert_eq!(geometry.padding[0][0], before, "k = {k}, s = {s}");
            let after = crop.padding as i64 - crop.output_padding as i64;
            assert_eq!(geometry.padding[0][1] as i64 - geometry.output_padding[0] as i64, after, "k = {k}, s = {s}");
            assert!(crop.output_padding < s, "PyTorch refuses {crop:?} for k = {k}, s = {s}");
            let said = meaning(Way::Transposed, &lesson);
            let Crop { padding, output_padding, first } = crop;
            assert!(said.starts_with(&format!("k = {k}, s = {s}, p = {padding}, op = {output_padding}, ")), "{said}");
            assert_eq!(said.contains("a first row and column less"), first, "{said}");
            let argument =
                |name: &str, value: usize| if value > 0 { format!(", {name}={value}") } else { String::new() };
            let (padding, output) = (argument("padding", padding), argument("output_padding", output_padding));
            let module = format!("nn.ConvTranspose2d(1, 1, {k}, stride={s}{padding}{output}, bias=False)");
            for program in [pytorch(&lesson), in_short(&lesson)] {
                assert!(program.contains(&module), "{module} is missing in {program}");
                assert_eq!(program.contains("nn.ZeroPad2d((-1, 0, -1, 0))"), first);
            }
        }
    }
}

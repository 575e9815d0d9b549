//! The lessons of the two picture pages: actions clamp, links bring back what was shared, and no text of any kind can
//! bring a page down. Seeds are proptest's own; a failure prints the smallest input.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    imaging::Boundary,
    lesson::{
        Address, Lesson, address,
        notation::{decimals, scientific},
        picture::Picture,
        restore::{self, Blur, RestoreAction, RestoreLesson},
        upsample::{Shape, UpsampleAction, UpsampleLesson},
    },
    restoration::METHODS,
};
use proptest::prelude::*;

fn shipped() -> impl Strategy<Value = Picture> {
    (0..Picture::SHIPPED.len()).prop_map(|index| Picture::SHIPPED[index])
}

fn restore_action() -> impl Strategy<Value = RestoreAction> {
    use RestoreAction as A;
    let number = prop_oneof![any::<f64>(), -20.0..120.0_f64, 0.0..0.1_f64];
    prop_oneof![
        shipped().prop_map(A::Picture),
        (0..Blur::ALL.len()).prop_map(|index| A::Blur(Blur::ALL[index].0)),
        number.clone().prop_map(A::Radius),
        number.clone().prop_map(A::Sigma),
        number.clone().prop_map(A::Side),
        number.clone().prop_map(A::Length),
        number.clone().prop_map(A::Angle),
        number.clone().prop_map(A::Noise),
        any::<u64>().prop_map(A::Seed),
        prop_oneof![Just(Boundary::Circular), Just(Boundary::Mirror)].prop_map(A::Boundary),
        (0_usize..5).prop_map(A::Method),
        number.clone().prop_map(A::LogParameter),
        any::<bool>().prop_map(A::Automatic),
        number.clone().prop_map(A::Divider),
        any::<u32>().prop_map(A::Zoom),
        (number.clone(), number).prop_map(|(x, y)| A::Corner([x, y])),
    ]
}

fn upsample_action() -> impl Strategy<Value = UpsampleAction> {
    use UpsampleAction as A;
    prop_oneof![
        shipped().prop_map(A::Picture),
        any::<i64>().prop_map(A::Factor),
        (-2_i64..12).prop_map(A::Factor),
        any::<i64>().prop_map(A::Mask),
        (-2_i64..12).prop_map(A::Mask),
        (any::<i64>(), any::<i64>()).prop_map(|(mask, factor)| A::Layer { mask, factor }),
        (0..Shape::ALL.len()).prop_map(|index| A::Shape(Shape::ALL[index].0)),
        (any::<f64>(), any::<f64>()).prop_map(|(x, y)| A::Corner([x, y])),
    ]
}

fn through_a_link<L: Lesson + std::fmt::Debug>(lesson: &L) {
    let opened = Address::parse(&address::fragment(lesson));
    assert_eq!(opened.page, L::PAGE);
    assert_eq!(opened.problems, Vec::<String>::new());
    let (read, problems) = address::read::<L>(&opened.query);
    assert_eq!(problems, Vec::<String>::new(), "{}", opened.query);
    assert_eq!(&read, lesson, "{}", opened.query);
}

proptest! {
    #[test]
    fn restore_clamps_and_its_links_bring_everything_back(actions in prop::collection::vec(restore_action(), 0..12)) {
        let lesson = actions.iter().fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action));
        prop_assert!(restore::RADIUS.contains(&lesson.radius()));
        prop_assert!(restore::SIGMA.contains(&lesson.sigma()));
        prop_assert!(restore::SIDE.contains(&lesson.side()) && lesson.side().fract() == 0.0);
        prop_assert!(restore::LENGTH.contains(&lesson.length()));
        prop_assert!(restore::ANGLE.contains(&lesson.angle()));
        prop_assert!(restore::NOISE.contains(&lesson.noise()));
        prop_assert!(restore::SEED.contains(&lesson.seed()));
        prop_assert!(lesson.log_range().contains(&lesson.log_parameter()));
        prop_assert!((0.0..=100.0).contains(&lesson.divider()));
        prop_assert!([1, 2, 4].contains(&lesson.zoom()));
        through_a_link(&lesson);
        // A question is its own question, and the worker reads it from the same text.
        let question = lesson.question();
        prop_assert_eq!(&question.question(), &question);
        through_a_link(&question);
    }

    #[test]
    fn upsample_clamps_and_its_links_bring_everything_back(actions in prop::collection::vec(upsample_action(), 0..8)) {
        let lesson = actions.iter().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(*action));
        prop_assert!((1..=8).contains(&lesson.mask()) && (2..=4).contains(&lesson.factor()));
        prop_assert!(lesson.corner().iter().all(|place| (0.0..=100.0).contains(place)));
        let sum: f32 = lesson.weights().iter().sum();
        prop_assert!((sum - lesson.factor() as f32).abs() < 1e-5);
        prop_assert!(lesson.weights().iter().all(|weight| *weight > 0.0));
        through_a_link(&lesson);
    }

    #[test]
    fn the_same_value_gives_the_same_state(action in restore_action(), other in upsample_action()) {
        let once = RestoreLesson::default().reduce(action);
        prop_assert_eq!(once.reduce(action), once);
        let once = UpsampleLesson::default().reduce(other);
        prop_assert_eq!(once.reduce(other), once);
    }

    #[test]
    fn any_text_opens_a_page(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let (restored, _) = address::read::<RestoreLesson>(&text);
        through_a_link(&restored);
        let (upsampled, _) = address::read::<UpsampleLesson>(&text);
        through_a_link(&upsampled);
    }

    #[test]
    fn any_value_of_a_known_field_opens_a_page(
        field in prop::sample::select(vec![
            "picture", "blur", "radius", "sigma", "side", "length", "angle", "noise", "seed", "edge", "method", "log",
            "automatic", "divider", "zoom", "corner", "k", "s", "shape",
        ]),
        value in prop_oneof!["[ -~]{0,12}", "-?[0-9]{1,12}(\\.[0-9]{1,12})?", "NaN|inf|-inf|1e400|-0|own"],
    ) {
        let query = format!("{field}={value}");
        through_a_link(&address::read::<RestoreLesson>(&query).0);
        through_a_link(&address::read::<UpsampleLesson>(&query).0);
    }
}

#[test]
fn an_own_picture_stays_behind_and_the_link_says_so() {
    let own = RestoreLesson::default().reduce(RestoreAction::Picture(Picture::Own));
    let (read, problems) = address::read::<RestoreLesson>(&Address::parse(&address::fragment(&own)).query);
    assert_eq!(read.picture(), Picture::Star);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("own"), "{}", problems[0]);
}

#[test]
fn changing_what_one_looks_at_asks_nothing_new() {
    let lesson = RestoreLesson::default();
    for action in [
        RestoreAction::Divider(3.0),
        RestoreAction::Zoom(4),
        RestoreAction::Corner([90.0, 90.0]),
        RestoreAction::Sigma(7.0),
        RestoreAction::Length(33.0),
    ] {
        assert_eq!(lesson.reduce(action).question(), lesson.question(), "{action:?}");
    }
    assert_ne!(lesson.reduce(RestoreAction::Radius(3.0)).question(), lesson.question());
}

#[test]
fn a_method_starts_at_its_own_default() {
    for index in 0..METHODS.len() {
        let lesson = RestoreLesson::default().reduce(RestoreAction::Method(index));
        assert!(lesson.log_range().contains(&lesson.log_parameter()), "{}", lesson.method().id());
    }
}

fn layer(mask: i64, factor: i64) -> UpsampleLesson {
    UpsampleLesson::default().reduce(UpsampleAction::Layer { mask, factor })
}

#[test]
fn verdicts_say_what_the_counts_show() {
    let say = |mask, factor| {
        let verdict = layer(mask, factor).verdict();
        format!("{}: {}", verdict.sum, verdict.meaning)
    };
    assert_eq!(say(3, 2), "3 mod 2 = 1: every second cell is painted twice.");
    assert_eq!(say(4, 2), "4 mod 2 = 0: every cell inside is painted twice.");
    assert_eq!(say(2, 2), "2 mod 2 = 0: every cell inside is painted once.");
    assert_eq!(say(5, 2), "5 mod 2 = 1: every second cell is painted three times, the others twice.");
    assert_eq!(say(5, 3), "5 mod 3 = 2: two of every three cells are painted twice.");
    assert_eq!(say(4, 3), "4 mod 3 = 1: every third cell is painted twice.");
    assert_eq!(say(1, 2), "1 < 2: every second cell stays empty.");
    assert_eq!(say(1, 4), "1 < 4: three of every four cells stay empty.");
}

#[test]
fn the_nearest_even_mask_is_even_and_near() {
    assert_eq!(layer(3, 2).nearest_even_mask(), Some(4));
    assert_eq!(layer(4, 2).nearest_even_mask(), None);
    assert_eq!(layer(4, 3).nearest_even_mask(), Some(3));
    assert_eq!(layer(6, 4).nearest_even_mask(), Some(8));
    assert_eq!(layer(8, 3).nearest_even_mask(), Some(6));
}

#[test]
fn checkerboards_follow_counts_and_weights() {
    assert!((layer(3, 2).contrast() - 4.0).abs() < 1e-5);
    assert!((layer(4, 2).contrast() - 1.0).abs() < 1e-5);
    assert!(layer(1, 2).contrast().is_infinite());
    // A tent of side 3 is the bilinear mask of stride 2.
    let tent = layer(3, 2).reduce(UpsampleAction::Shape(Shape::Tent));
    assert!((tent.contrast() - 1.0).abs() < 1e-5);
    assert!(tent.checkerboard().contains("make up"));
    let bell = layer(6, 3).reduce(UpsampleAction::Shape(Shape::Bell));
    assert!(bell.contrast() > 1.05, "{}", bell.contrast());
    assert!(bell.checkerboard().contains("weights are not"));
}

#[test]
fn the_curve_covers_the_range_once() {
    for index in 0..METHODS.len() {
        let lesson = RestoreLesson::default().reduce(RestoreAction::Method(index));
        let mut places = lesson.curve_places();
        let range = lesson.log_range();
        assert!(places.iter().all(|place| range.contains(place)));
        // Every place is a question of its own, that the worker can be asked.
        assert!(places.iter().all(|place| lesson.question_at(*place).log_parameter() == *place));
        places.sort_by(f64::total_cmp);
        assert!(places.windows(2).all(|pair| pair[1] > pair[0]));
        assert_eq!([places.first(), places.last()], [Some(range.start()), Some(range.end())]);
    }
}

#[test]
fn numbers_are_written_as_readers_write_them() {
    assert_eq!(scientific(5.6e-4), "5.6·10⁻⁴");
    assert_eq!(scientific(1e-9), "1.0·10⁻⁹");
    assert_eq!(scientific(3.0), "3.0");
    assert_eq!(decimals(-0.004, 2), "0.00");
    assert_eq!(decimals(-1.5, 1), "−1.5");
    assert_eq!(decimals(f64::INFINITY, 1), "∞");
}

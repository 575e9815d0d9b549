//! The lesson of the Upsample page, and what both picture pages write alike: actions clamp, links bring back what was
//! shared, and no text of any kind can bring a page down. Seeds are proptest's own; a failure prints the smallest input.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    Address, Lesson, address,
    notation::{decimals, scientific},
    picture::Picture,
    restore::RestoreLesson,
    upsample::{Shape, UpsampleAction, UpsampleLesson},
};
use proptest::prelude::*;

fn shipped() -> impl Strategy<Value = Picture> {
    (0..Picture::SHIPPED.len()).prop_map(|index| Picture::SHIPPED[index])
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
    fn the_same_value_gives_the_same_state(action in upsample_action()) {
        let once = UpsampleLesson::default().reduce(action);
        prop_assert_eq!(once.reduce(action), once);
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
        field in prop::sample::select(vec!["picture", "corner", "k", "s", "shape"]),
        value in prop_oneof!["[ -~]{0,12}", "-?[0-9]{1,12}(\\.[0-9]{1,12})?", "NaN|inf|-inf|1e400|-0|own"],
    ) {
        let query = format!("{field}={value}");
        through_a_link(&address::read::<RestoreLesson>(&query).0);
        through_a_link(&address::read::<UpsampleLesson>(&query).0);
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
fn numbers_are_written_as_readers_write_them() {
    assert_eq!(scientific(5.6e-4), "5.6·10⁻⁴");
    assert_eq!(scientific(1e-9), "1.0·10⁻⁹");
    assert_eq!(scientific(3.0), "3.0");
    assert_eq!(decimals(-0.004, 2), "0.00");
    assert_eq!(decimals(-1.5, 1), "−1.5");
    assert_eq!(decimals(f64::INFINITY, 1), "∞");
}

//! The link codec: what is written is read back, and whatever else comes is answered with sentences.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    Address, Lesson, Page, address,
    matrix::{Action, MatrixLesson, spot::Array, spot::Spot},
};
use proptest::prelude::*;

/// What a reload does with a fragment.
fn reopen(fragment: &str) -> (MatrixLesson, Vec<String>) {
    let opened = Address::parse(fragment);
    let (lesson, mut problems) = address::read(&opened.query);
    problems.extend(opened.problems);
    (lesson, problems)
}

/// The state as a link keeps it: the pointer and a refusal are of the moment.
fn lasting(lesson: &MatrixLesson) -> MatrixLesson {
    MatrixLesson { playing: false, pointed: None, refusal: None, ..lesson.clone() }
}

#[test]
fn the_default_state_has_a_short_link() {
    assert_eq!(address::fragment(&MatrixLesson::default()), "#/matrix?v=1");
    assert_eq!(reopen("#/matrix?v=1"), (MatrixLesson::default(), vec![]));
    assert!(Address::parse("#/matrix?v=1").carries_state, "it is a link all the same, to this very state");
}

#[test]
fn pages_are_found_by_their_fragment() {
    for page in Page::ALL {
        assert_eq!(Address::parse(&format!("#/{}", page.slug())).page, page);
    }
    assert_eq!(Address::parse(""), Address::default());
    assert!(!Address::parse("#/restore").carries_state, "a word of the navigation leaves the page's state alone");
    let unknown = Address::parse("#/nowhere?v=1");
    assert_eq!(unknown.page, Page::Matrix);
    assert_eq!(unknown.problems.len(), 1);
}

#[test]
fn wrong_fields_are_named_and_replaced() {
    for (fragment, word) in [
        ("#/matrix?v=1&at=abc", "at"),
        ("#/matrix?v=1&at=-1", "at"),
        ("#/matrix?v=1&at=NaN", "at"),
        ("#/matrix?v=1&patch=1,2,3", "patch"),
        ("#/matrix?v=1&patch=1,2,3,4;1,2,3,4;1,2,3,4;1,2,3,inf", "patch"),
        ("#/matrix?v=1&mask=1,2,3;4,5,6;7,8,1000", "mask"),
        ("#/matrix?v=1&pin=matrix.64", "pin"),
        ("#/matrix?v=1&pin=", "pin"),
        ("#/matrix?v=1&show=everything", "show"),
        ("#/matrix?v=1&speed=3", "speed"),
        ("#/matrix?v=1&surprise=1", "surprise"),
        ("#/matrix?v=1&e", "e"),
        ("#/matrix?v=99", "version"),
    ] {
        let (lesson, problems) = reopen(fragment);
        assert_eq!(lesson, MatrixLesson::default(), "{fragment}");
        assert_eq!(problems.len(), 1, "{fragment}: {problems:?}");
        assert!(problems[0].contains(word), "{fragment}: {}", problems[0]);
    }
}

#[test]
fn links_that_mail_programs_have_escaped_still_work() {
    let (lesson, problems) = reopen("#/matrix?v=1&mask=1%2C2%2C3%3B4%2C5%2C6%3B7%2C8%2C9");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(lesson.mask[[2, 2]], 9.0);
}

#[test]
fn a_link_too_long_is_not_read() {
    let address = Address::parse(&format!("#/restore?v=1&blur={}", "1,".repeat(20_000)));
    assert_eq!(address.page, Page::Restore, "the program of the page is chosen without its state");
    assert_eq!(address.query, "");
    assert_eq!(address.problems.len(), 1);
}

fn entry() -> impl Strategy<Value = String> {
    prop_oneof![
        (-999..=999_i32).prop_map(|n| n.to_string()),
        (-99..=99_i32, 1..=9_i32).prop_map(|(a, b)| format!("{a}/{b}"))
    ]
}

fn array() -> impl Strategy<Value = Array> {
    prop_oneof![Just(Array::Patch), Just(Array::Mask), Just(Array::Input)]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => (array(), 0..16_usize, entry()).prop_map(|(array, place, text)| Action::Enter { array, place, text }),
        1 => (0.0..=22.0_f64).prop_map(Action::Seek),
        1 => any::<bool>().prop_map(Action::Step),
        1 => any::<bool>().prop_map(Action::ShowLetters),
        1 => (0..5_usize).prop_map(Action::Speed),
        1 => (0..64_usize).prop_map(|n| Action::Pin(Spot::Entry(n / 4, n % 4))),
        1 => (0..4_usize).prop_map(|n| Action::Pin(Spot::Result(n))),
        1 => (0..9_usize).prop_map(|n| Action::Pin(Spot::Mask(n))),
        1 => Just(Action::LetGo),
    ]
}

proptest! {
    #[test]
    fn every_state_survives_its_link(actions in prop::collection::vec(action(), 0..20)) {
        let lesson = actions.into_iter().fold(MatrixLesson::default(), |lesson, action| lesson.reduce(action));
        let (reopened, problems) = reopen(&address::fragment(&lesson));
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(reopened, lasting(&lesson));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        for fragment in [text.clone().into_owned(), format!("#/matrix?{text}"), format!("#/matrix?v=1&patch={text}&pin={text}")] {
            let (lesson, _) = reopen(&fragment);
            // Whatever came, the page that opens is a page that works.
            prop_assert!(lesson.derived().transposed.iter().all(|value| value.is_finite()));
        }
    }

    #[test]
    fn almost_right_links_never_panic(text in "(&?(v|at|patch|mask|e|pin|show|speed)=[-0-9.,;a-z%]{0,12}){0,6}") {
        let (lesson, _) = reopen(&format!("#/matrix?{text}"));
        prop_assert!((0.0..=22.0).contains(&lesson.position));
    }
}

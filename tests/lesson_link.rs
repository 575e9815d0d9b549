//! The link codec: what is written is read back, and whatever else comes is answered with sentences.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_actions;
mod lesson_setups;

use deconvolution_explorer::{
    convolution::Geometry,
    lesson::{
        Address, Lesson, Page, address,
        history::History,
        matrix::{MatrixLesson, Work, setup::Setup, spot::Spot},
    },
};
use ndarray::Array2;
use proptest::prelude::*;
use std::rc::Rc;

/// What a reload does with a fragment.
fn reopen(fragment: &str) -> (MatrixLesson, Vec<String>) {
    let opened = Address::parse(fragment);
    let (lesson, mut problems) = address::read(&opened.query);
    problems.extend(opened.problems);
    (lesson, problems)
}

/// The state as a link keeps it: the pointer and a refusal are of the moment, an E that no longer fits is not shown,
/// and the cells of E with zeros have no name of their own.
fn lasting(lesson: &MatrixLesson) -> MatrixLesson {
    let mut setup = Setup::clone(lesson.setup());
    setup.input = setup.input.filter(|_| lesson.derived().own_input);
    let pinned = lesson.pinned.filter(|spot| !matches!(spot, Spot::Inserted(_)));
    let work = Work { setup: Rc::new(setup), ..lesson.work.clone() };
    let history = History::default();
    MatrixLesson { work, history, playing: false, pointed: None, pinned, refusal: None, ..lesson.clone() }
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
    assert_eq!(lesson.setup().mask[[2, 2]], 9.0);
}

#[test]
fn a_link_too_long_is_not_read() {
    let address = Address::parse(&format!("#/restore?v=1&blur={}", "1,".repeat(20_000)));
    assert_eq!(address.page, Page::Restore, "the program of the page is chosen without its state");
    assert_eq!(address.query, "");
    assert_eq!(address.problems.len(), 1);
}

#[test]
fn geometries_that_cannot_be_are_named_and_replaced() {
    for (fields, word) in [
        ("stride=0", "stride"),
        ("stride=1,2,3", "stride"),
        ("stride=99999999999999999999", "stride"),
        ("padding=-1", "padding"),
        ("padding=1,2", "padding"),
        ("padding=13", "padding"),
        ("padding=12", "stage has room for"),
        ("dilation=0,1", "dilation"),
        ("dilation=2", "add padding"),
        ("output-padding=1", "must be smaller"),
        ("output-padding=x", "output-padding"),
        ("mode=mirror", "mode"),
        ("mode=reflect&padding=4", "at most 3"),
        ("flip=maybe", "flip"),
        ("mask=1,2,3,4,5,6", "mask"),
        ("mask=1,2;3", "mask"),
        ("patch=1", "mask covers"),
        ("e=1,2,3", "2 rows and 2 columns"),
        ("e=1,2;3,1e9", "e"),
        ("seed=4294967296", "seed"),
        ("way=shortcut", "way"),
        ("c=diagonal", "c"),
        ("overlap=perhaps", "overlap"),
        ("pin=patch.16", "pin"),
        ("pin=stamp-4.0", "pin"),
        ("pin=placed-99999999999999999999.0", "pin"),
        ("pin=inserted.0", "pin"),
        ("at=22.5", "at"),
        ("view=everything", "view"),
        ("lambda=0", "lambda"),
        ("lambda=NaN", "lambda"),
        ("pool=0,1", "pool"),
        ("pool=1,2,3", "pool"),
        ("channels=2,3,2", "channels"),
        ("channels=9", "channels"),
    ] {
        let (lesson, problems) = reopen(&format!("#/matrix?v=1&{fields}"));
        assert_eq!(lesson, MatrixLesson::default(), "{fields}");
        assert_eq!(problems.len(), 1, "{fields}: {problems:?}");
        assert!(problems[0].contains(word) && problems[0].ends_with('.'), "{fields}: {}", problems[0]);
    }
}

#[test]
fn a_link_without_a_position_opens_where_the_example_does() {
    let (lesson, problems) = reopen("#/matrix?v=1&patch=1,2,3,4,5;6,7,8,9,10;1,2,3,4,5");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(lesson.sizes().patch, [3, 5]);
    let opened = lesson.timeline().shown(lesson.position);
    assert_eq!(opened.chapter, MatrixLesson::default().timeline().shown(MatrixLesson::default().position).chapter);
    assert_eq!(lesson.position, lesson.position.round(), "at rest");
}

#[test]
fn the_longest_link_is_still_read() {
    // Twelve by twelve everywhere, and numbers that take the most digits to write.
    let tiny = -1.234_567_9e-38_f32;
    let setup = Setup {
        patch: Array2::from_elem((12, 12), tiny),
        mask: Array2::from_elem((5, 5), tiny),
        input: Some(Array2::from_elem((12, 12), tiny)),
        ..Setup::default()
    };
    let setup = Setup { geometry: Geometry { padding: [[2; 2]; 2], ..setup.geometry }, ..setup };
    let lesson = MatrixLesson { position: 0.123_456_789_012_345_67, ..lesson_setups::lesson_with(setup) };
    let (reopened, problems) = reopen(&address::fragment(&lesson));
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(reopened, lesson);
}

proptest! {
    #[test]
    fn every_state_survives_its_link(
        start in lesson_setups::lessons(),
        actions in prop::collection::vec(lesson_actions::action(), 0..30),
    ) {
        let lesson = actions.into_iter().fold(start, |lesson, action| lesson.reduce(action));
        let (reopened, problems) = reopen(&address::fragment(&lesson));
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(reopened, lasting(&lesson));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        for fragment in
            [text.clone().into_owned(), format!("#/matrix?{text}"), format!("#/matrix?v=1&patch={text}&pin={text}")]
        {
            let (lesson, problems) = reopen(&fragment);
            // Whatever came, the page that opens is a page that works.
            prop_assert!(lesson.derived().transposed.iter().all(|value| value.is_finite()));
            prop_assert!(problems.iter().all(|problem| problem.ends_with('.')));
        }
    }

    #[test]
    fn almost_right_links_never_panic(
        text in "(&?(v|at|patch|mask|e|pin|show|speed|stride|padding|dilation|output-padding|mode|flip|seed|way|c)=\
                 [-0-9.,;a-z%]{0,12}){0,6}",
        small in "(&(stride|padding|dilation|output-padding)=[0-6](,[0-6]){0,3}){0,4}&mode=(zero|circular|reflect)",
    ) {
        for fields in [text.clone(), small.clone(), format!("{text}{small}")] {
            let (lesson, _) = reopen(&format!("#/matrix?{fields}"));
            prop_assert!((0.0..=lesson.timeline().len() as f64).contains(&lesson.position));
            prop_assert!(lesson.derived().result.iter().all(|value| value.is_finite()));
            // And it can be shared again without a complaint.
            let (again, problems) = reopen(&address::fragment(&lesson));
            prop_assert_eq!(problems, Vec::<String>::new());
            prop_assert_eq!(again, lesson);
        }
    }
}

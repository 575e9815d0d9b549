//! The Matrix lesson: the worked example, links between numbers, and the animation at every position.
//!
//! The expected numbers of the worked example are worked by hand; everything else compares two independent ways to
//! the same value (playing against seeking, forwards against backwards, a sum against its written-out products).
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    Lesson,
    matrix::{
        Action, MatrixLesson, SPEEDS,
        derived::Derived,
        links::Links,
        narration::{self, Sum},
        preset::Preset,
        scene::Scene,
        spot::{Array, Spot},
        timeline::{Chapter, Timeline},
    },
};
use ndarray::arr2;
use proptest::prelude::*;

fn enter(lesson: &MatrixLesson, array: Array, place: usize, text: &str) -> MatrixLesson {
    lesson.reduce(Action::Enter { array, place, text: text.into() })
}

#[test]
fn the_worked_example() {
    let derived = MatrixLesson::default().derived();
    assert_eq!(derived.matrix.dim(), (16, 4));
    assert_eq!(derived.result, arr2(&[[12.0, 12.0], [10.0, 17.0]]));
    let expected =
        arr2(&[[0.0, 12.0, 36.0, 24.0], [24.0, 58.0, 61.0, 34.0], [20.0, 66.0, 70.0, 24.0], [0.0, 10.0, 37.0, 34.0]]);
    assert_eq!(derived.transposed, expected);
    assert_eq!(Sum::of_output(0, &derived).line(), "0·3 + 1·3 + 2·2 + 2·0 + 2·0 + 0·1 + 0·3 + 1·1 + 2·2 = 12");
}

#[test]
fn an_edit_changes_what_depends_on_it_and_nothing_else() {
    let lesson = MatrixLesson::default();
    // The patch's last corner meets the mask's last entry in the last output only.
    let derived = enter(&lesson, Array::Patch, 15, "5").derived();
    assert_eq!(derived.result, arr2(&[[12.0, 12.0], [10.0, 23.0]]));
    let own = enter(&lesson, Array::Input, 0, "1");
    assert_eq!(own.derived().result, lesson.derived().result);
    assert_eq!(own.derived().input, arr2(&[[1.0, 12.0], [10.0, 17.0]]));
    assert_eq!(own.reduce(Action::FollowResult), lesson);
}

#[test]
fn a_wrong_entry_is_refused_at_its_cell_and_the_old_value_stays() {
    let lesson = MatrixLesson::default();
    let refused = enter(&lesson, Array::Mask, 4, "two");
    assert_eq!(refused.mask, lesson.mask);
    let refusal = refused.refusal.clone().expect("the entry is no number");
    assert_eq!((refusal.array, refusal.place), (Array::Mask, 4));
    assert!(refusal.reason.contains("not a number"), "{}", refusal.reason);
    assert_eq!(enter(&refused, Array::Mask, 4, "2"), lesson, "a good entry clears the refusal");
}

#[test]
fn entries_outside_of_their_array_or_of_computed_arrays_change_nothing() {
    let lesson = MatrixLesson::default();
    assert_eq!(enter(&lesson, Array::Patch, 99, "1"), lesson);
    assert_eq!(enter(&lesson, Array::Matrix, 0, "1"), lesson);
}

#[test]
fn presets_are_recognised_again() {
    for preset in Preset::ALL {
        let lesson = MatrixLesson::default().reduce(Action::Load(preset));
        assert_eq!(lesson.preset(), Some(preset));
    }
    assert_eq!(enter(&MatrixLesson::default(), Array::Mask, 0, "7").preset(), None);
}

#[test]
fn every_scene_is_a_function_of_the_position_alone() {
    // Played forwards, stepped backwards and sought directly, each position shows the same picture.
    let derived = MatrixLesson::default().derived();
    let timeline = Timeline::new(4);
    assert_eq!(timeline.len(), 22);
    let mut playing = MatrixLesson::default().reduce(Action::Seek(0.0)).reduce(Action::Play(true));
    let mut seen = Vec::new();
    while playing.playing {
        seen.push((playing.position, Scene::at(playing.position, &derived)));
        playing = playing.reduce(Action::Pass(16.7));
    }
    assert!(seen.len() > 1000, "about half a minute of frames, not {}", seen.len());
    assert_eq!(playing.position, 22.0);
    for (position, scene) in seen.iter().rev() {
        let sought = MatrixLesson::default().reduce(Action::Seek(*position));
        assert_eq!(&Scene::at(sought.position, &derived), scene, "at {position}");
    }
    let mut lesson = playing;
    for number in (0..22).rev() {
        lesson = lesson.reduce(Action::Step(false));
        assert_eq!(lesson.position, f64::from(number));
    }
    for number in 1..=22 {
        lesson = lesson.reduce(Action::Step(true));
        assert_eq!(lesson.position, f64::from(number));
        assert!(Scene::at(lesson.position, &derived).travellers.is_empty(), "whole steps are at rest");
    }
}

#[test]
fn scenes_only_gain_colour_and_end_complete() {
    let derived = MatrixLesson::default().derived();
    let counts = |scene: &Scene| {
        let s = scene;
        [s.placed, s.unrolled, s.multiplied, s.turned, s.spread, usize::from(s.folded)]
    };
    let mut before = counts(&Scene::at(0.0, &derived));
    assert_eq!(before, [0; 6]);
    for tick in 0..=2200 {
        let position = f64::from(tick) / 100.0;
        let scene = Scene::at(position, &derived);
        let now = counts(&scene);
        assert!(before.iter().zip(&now).all(|(a, b)| a <= b), "at {position}");
        assert!(scene.travellers.iter().all(|t| (0.0..=1.0).contains(&t.at)), "at {position}");
        before = now;
    }
    assert_eq!(before, [4, 4, 4, 4, 4, 1]);
}

#[test]
fn partial_sums_grow_into_the_transposed_result() {
    let derived = MatrixLesson::default().derived();
    let whole: Vec<f32> = derived.transposed.iter().copied().collect();
    assert_eq!(derived.partial_sums(4), whole);
    assert_eq!(derived.partial_sums(0), vec![0.0; 16]);
    // One number of E alone paints the mask, scaled, at its place.
    assert_eq!(&derived.partial_sums(1)[..6], &[0.0, 12.0, 24.0, 0.0, 24.0, 24.0]);
}

#[test]
fn playing_follows_speed_and_stops_at_the_end() {
    let timeline = Timeline::new(4);
    let slow = timeline.advance(0.0, 100.0, SPEEDS[0]);
    let fast = timeline.advance(0.0, 100.0, SPEEDS[4]);
    assert!((fast / slow - 16.0).abs() < 1e-9);
    assert_eq!(timeline.advance(3.5, 1e9, 1.0), 22.0);
    assert_eq!(timeline.advance(3.5, -5.0, 1.0), 3.5);
    let ended = MatrixLesson { position: 21.99, playing: true, ..MatrixLesson::default() }.reduce(Action::Pass(1000.0));
    assert!(!ended.playing);
    assert_eq!(ended.reduce(Action::Play(true)).position, 0.0, "playing from the end starts over");
}

#[test]
fn time_does_not_move_what_does_not_play() {
    let lesson = MatrixLesson::default();
    assert_eq!(lesson.reduce(Action::Pass(500.0)), lesson);
}

#[test]
fn a_hand_on_the_timeline_stops_the_motion() {
    let playing = MatrixLesson::default().reduce(Action::Play(true));
    for action in [Action::Seek(3.2), Action::Step(true), Action::Step(false), Action::Chapter(Chapter::Spread)] {
        assert!(!playing.reduce(action).playing);
    }
}

#[test]
fn links_meet_where_the_mask_lies() {
    let derived = MatrixLesson::default().derived();
    let output = Links::of(Spot::Result(3), &derived);
    assert_eq!(output.inputs, vec![5, 6, 7, 9, 10, 11, 13, 14, 15]);
    assert_eq!(output.taps, (0..9).collect::<Vec<_>>());
    // The four inner cells go into every result, a corner into one.
    assert_eq!(Links::of(Spot::Patch(5), &derived).outputs, vec![0, 1, 2, 3]);
    assert_eq!(Links::of(Spot::Patch(0), &derived).outputs, vec![0]);
    assert_eq!(Links::of(Spot::Mask(4), &derived).inputs, vec![5, 6, 9, 10]);
    // A structural zero of C meets nothing.
    assert!(Links::of(Spot::Entry(3, 0), &derived).entries.is_empty());
    // Each reading of C lights its own arrays.
    let (forward, back) = (Links::of(Spot::Patch(5), &derived), Links::of(Spot::Transposed(5), &derived));
    assert!(forward.contains(Spot::Result(0)) && !forward.contains(Spot::Input(0)));
    assert!(back.contains(Spot::Input(0)) && !back.contains(Spot::Result(0)) && !back.contains(Spot::Patch(5)));
    for spot in [Spot::Patch(5), Spot::Mask(2), Spot::Entry(1, 0), Spot::Turned(1, 6), Spot::Sum(9), Spot::Input(2)] {
        assert!(Links::of(spot, &derived).contains(spot), "{spot:?} belongs to itself");
    }
}

#[test]
fn spots_and_places_are_inverse() {
    for array in Spot::arrays(4) {
        let cells = match array {
            Array::Mask => 9,
            Array::Matrix | Array::Turned => 64,
            Array::Product | Array::Result | Array::Input | Array::InputVector => 4,
            _ => 16,
        };
        for place in 0..cells {
            assert_eq!(Spot::at(array, place, 16, 4).place(16, 4), (array, place));
        }
    }
}

#[test]
fn the_accessible_names_are_the_promised_ones() {
    let names: Vec<String> = Spot::arrays(4).into_iter().map(Array::name).collect();
    for name in
        ["Patch D", "Mask", "Matrix C", "Convolution result", "Input E", "Matrix C transposed", "Transposed result"]
    {
        assert!(names.iter().any(|each| each == name), "{name}");
    }
}

#[test]
fn every_position_has_words() {
    let derived = MatrixLesson::default().derived();
    let mut sentences = std::collections::HashSet::new();
    for number in 0..=22 {
        let title = narration::title(f64::from(number), 4);
        assert!(!title.is_empty());
        sentences.insert(title + &narration::sentence(f64::from(number), &derived));
    }
    assert_eq!(sentences.len(), 23, "each step says something of its own");
}

fn values(rows: usize, columns: usize) -> impl Strategy<Value = ndarray::Array2<f32>> {
    prop::collection::vec((-99..=99_i32).prop_map(|n| n as f32 / 4.0), rows * columns)
        .prop_map(move |v| ndarray::Array2::from_shape_vec((rows, columns), v).expect("as many values as cells"))
}

proptest! {
    #[test]
    fn written_out_sums_add_up(patch in values(4, 4), mask in values(3, 3), input in values(2, 2)) {
        let derived = Derived::new(&patch, &mask, Some(&input), &Default::default()).expect("the sizes fit");
        for j in 0..4 {
            let sum = Sum::of_output(j, &derived);
            let total: f32 = sum.terms.iter().map(|t| t.weight * t.value).sum();
            prop_assert!((total - sum.total).abs() < 1e-2, "{total} {}", sum.total);
        }
        for i in 0..16 {
            let sum = Sum::of_input(i, &derived);
            let total: f32 = sum.terms.iter().map(|t| t.weight * t.value).sum();
            prop_assert!((total - sum.total).abs() < 1e-2, "{total} {}", sum.total);
        }
    }

    #[test]
    fn track_and_position_are_inverse(position in 0.0..=22.0_f64) {
        let timeline = Timeline::new(4);
        prop_assert!((timeline.from_track(timeline.track(position)) - position).abs() < 1e-9);
    }

    #[test]
    fn no_action_leaves_the_timeline(seek in prop::num::f64::ANY, millis in prop::num::f64::ANY, speed in 0..99_usize) {
        let lesson = MatrixLesson::default()
            .reduce(Action::Speed(speed))
            .reduce(Action::Seek(seek))
            .reduce(Action::Play(true))
            .reduce(Action::Pass(millis));
        prop_assert!((0.0..=22.0).contains(&lesson.position));
    }
}

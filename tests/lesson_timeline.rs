//! The animation at every position, in every geometry and all four ways: played, stepped back or sought, each position
//! shows one picture and has its words.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_setups;

use deconvolution_explorer::lesson::{
    Lesson,
    matrix::{
        Action, MatrixLesson, SPEEDS,
        derived::Derived,
        narration,
        scene::{MOST_TRAVELLERS, Scene},
        settings::Setting,
        timeline::{Chapter, Timeline, Way},
    },
};
use lesson_setups::lessons;
use proptest::{prelude::*, sample::select};
use std::collections::HashSet;

fn timeline(derived: &Derived, way: Way) -> Timeline {
    Timeline::new(derived.outputs(), derived.grown_cells(), way)
}

/// What only ever grows along the timeline.
fn counts(scene: &Scene) -> [usize; 7] {
    let s = scene;
    [s.placed, s.unrolled, s.multiplied, s.turned, s.spread, s.gathered, usize::from(s.folded)]
}

/// Whether every number on its way goes from one cell of the stage to another, and how far it is makes sense.
fn travellers_stay_on_the_stage(scene: &Scene, derived: &Derived) -> bool {
    let sizes = derived.sizes();
    scene.travellers.iter().all(|traveller| {
        (0.0..=1.0).contains(&traveller.at)
            && traveller.value.is_finite()
            && [traveller.from, traveller.to].into_iter().all(|spot| {
                let (array, place) = spot.place(sizes);
                place < array.size(sizes).into_iter().product()
            })
    })
}

#[test]
fn the_worked_example_has_its_steps() {
    let [outputs, cells] = [4, 16];
    for (way, steps) in [(Way::Matrix, 22), (Way::Paint, 21), (Way::Insertion, 33), (Way::Gradient, 33)] {
        assert_eq!(Timeline::new(outputs, cells, way).len(), steps, "{way:?}");
        assert_eq!(MatrixLesson::default().reduce(Action::Tell(way)).timeline().len(), steps, "{way:?}");
    }
    let default = MatrixLesson::default();
    assert_eq!(default.timeline().shown(default.position).chapter, Chapter::Multiply);
}

#[test]
fn every_scene_is_a_function_of_the_position_alone() {
    // Played forwards, stepped backwards and sought directly, each position shows the same picture.
    let derived = MatrixLesson::default().derived();
    let mut playing = MatrixLesson::default().reduce(Action::Seek(0.0)).reduce(Action::Play(true));
    let mut seen = Vec::new();
    while playing.playing {
        seen.push((playing.position, Scene::at(playing.position, &derived, Way::Matrix)));
        playing = playing.reduce(Action::Pass(16.7));
    }
    assert!(seen.len() > 1000, "about half a minute of frames, not {}", seen.len());
    assert_eq!(playing.position, 22.0);
    for (position, scene) in seen.iter().rev() {
        let sought = MatrixLesson::default().reduce(Action::Seek(*position));
        assert_eq!(&Scene::at(sought.position, &derived, Way::Matrix), scene, "at {position}");
    }
    let mut lesson = playing;
    for number in (0..22).rev() {
        lesson = lesson.reduce(Action::Step(false));
        assert_eq!(lesson.position, f64::from(number));
    }
    for number in 1..=22 {
        lesson = lesson.reduce(Action::Step(true));
        assert_eq!(lesson.position, f64::from(number));
        let scene = Scene::at(lesson.position, &derived, Way::Matrix);
        assert!(scene.travellers.is_empty(), "whole steps are at rest");
    }
}

#[test]
fn scenes_only_gain_colour_and_end_complete() {
    let derived = MatrixLesson::default().derived();
    let ends = [(Way::Matrix, [4, 0]), (Way::Paint, [4, 0]), (Way::Insertion, [0, 16]), (Way::Gradient, [0, 16])];
    for (way, [spread, gathered]) in ends {
        let end = timeline(&derived, way).len();
        assert_eq!(counts(&Scene::at(0.0, &derived, way)), [0; 7]);
        assert_eq!(counts(&Scene::at(end as f64, &derived, way)), [4, 4, 4, 4, spread, gathered, 1], "{way:?}");
    }
}

#[test]
fn numbers_travel_in_every_chapter_of_a_small_lesson_and_in_none_of_a_large_one() {
    let small = MatrixLesson::default();
    let steps = timeline(&small.derived(), Way::Matrix);
    for chapter in Chapter::ALL.into_iter().filter(|chapter| *chapter != Chapter::Stack) {
        let scene = Scene::at(steps.start(chapter) as f64 + 0.7, &small.derived(), Way::Matrix);
        assert!(!scene.travellers.is_empty() && scene.travellers.len() <= MOST_TRAVELLERS, "{chapter:?}");
    }
    let large = small.reduce(Action::Set(vec![Setting::PatchRows, Setting::PatchColumns], 8)).derived();
    let steps = timeline(&large, Way::Matrix);
    for number in 0..steps.len() {
        assert!(Scene::at(number as f64 + 0.7, &large, Way::Matrix).travellers.is_empty(), "step {number}");
    }
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
    let timeline = Timeline::new(4, 16, Way::Matrix);
    let slow = timeline.advance(0.0, 100.0, SPEEDS[0]);
    let fast = timeline.advance(0.0, 100.0, SPEEDS[4]);
    assert!((fast / slow - 16.0).abs() < 1e-9);
    assert_eq!(timeline.advance(3.5, 1e9, 1.0), 22.0);
    assert_eq!(timeline.advance(3.5, -5.0, 1.0), 3.5);
    assert_eq!(timeline.advance(3.5, f64::NAN, 1.0), 3.5);
    assert_eq!(timeline.advance(f64::NAN, f64::INFINITY, 1.0), 22.0);
}

#[test]
fn each_step_of_the_worked_example_says_something_of_its_own() {
    let derived = MatrixLesson::default().derived();
    for way in Way::ALL {
        let timeline = timeline(&derived, way);
        let mut said = HashSet::new();
        for number in 0..=timeline.len() {
            let title = narration::title(number as f64, timeline);
            said.insert(title + &narration::sentence(number as f64, &derived, way));
        }
        assert_eq!(said.len(), timeline.len() + 1, "{way:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn the_length_follows_from_the_sizes(lesson in lessons(), way in select(&Way::ALL[..])) {
        let lesson = MatrixLesson { way, ..lesson };
        let (sizes, timeline) = (lesson.sizes(), lesson.timeline());
        let last = match way {
            Way::Matrix => sizes.outputs() + 1,
            Way::Paint => sizes.outputs(),
            Way::Insertion | Way::Gradient => sizes.grown_cells(),
        };
        prop_assert_eq!(timeline.len(), 4 * sizes.outputs() + 1 + last);
        prop_assert!(!timeline.is_empty());
        // Chapters follow one another without a gap, and every step belongs to one.
        let mut number = 0;
        for chapter in Chapter::ALL {
            prop_assert_eq!(timeline.start(chapter), number);
            for index in 0..timeline.steps(chapter) {
                let step = timeline.step(number);
                prop_assert_eq!((step.chapter, step.index, step.of), (chapter, index, timeline.steps(chapter)));
                number += 1;
            }
            prop_assert_eq!(timeline.end(chapter), number);
            let whole = timeline.step_millis(chapter) * timeline.steps(chapter) as f64;
            prop_assert!(whole <= 12.0 * chapter.step_millis() + 1e-6, "{:?} lasts {} ms", chapter, whole);
        }
        prop_assert_eq!(number, timeline.len());
    }

    #[test]
    fn every_position_has_one_picture_and_words(lesson in lessons(), way in select(&Way::ALL[..]), fraction in 0.01..0.99) {
        let derived = lesson.derived();
        let timeline = timeline(&derived, way);
        let mut before = [0; 7];
        for number in 0..=timeline.len() {
            for position in [number as f64, number as f64 + fraction] {
                let scene = Scene::at(position, &derived, way);
                prop_assert_eq!(&Scene::at(position, &derived, way), &scene, "at {}", position);
                let now = counts(&scene);
                prop_assert!(before.iter().zip(&now).all(|(a, b)| a <= b), "at {}: {:?} {:?}", position, before, now);
                before = now;
                prop_assert!((0.0..=1.0).contains(&scene.progress) && (0.0..=1.0).contains(&scene.stacked));
                prop_assert!(travellers_stay_on_the_stage(&scene, &derived), "at {}", position);
                prop_assert!(scene.travellers.len() <= MOST_TRAVELLERS, "at {}", position);
                prop_assert!(scene.output.is_none_or(|j| j < derived.outputs()));
                prop_assert!(scene.target.is_none_or(|g| g < derived.grown_cells()));
                prop_assert_eq!(scene.chapter.is_none(), position == 0.0);
                prop_assert!(!narration::title(position, timeline).is_empty());
                let sentence = narration::sentence(position, &derived, way);
                prop_assert!(!sentence.is_empty() && !sentence.contains("NaN"), "at {}: {}", position, sentence);
            }
            let rest = Scene::at(number as f64, &derived, way);
            prop_assert!(rest.travellers.is_empty() && rest.progress == 0.0 && rest.window.is_none(), "at {}", number);
        }
        let outputs = derived.outputs();
        prop_assert_eq!(before[..4].to_vec(), vec![outputs; 4]);
        prop_assert_eq!(before[6], 1);
    }

    #[test]
    fn forwards_backwards_and_sought_show_the_same(lesson in lessons(), way in select(&Way::ALL[..])) {
        let lesson = MatrixLesson { way, ..lesson };
        let end = lesson.timeline().len();
        let mut there = lesson.reduce(Action::Seek(0.0));
        let mut forwards = vec![there.position];
        for _ in 0..end {
            there = there.reduce(Action::Step(true));
            forwards.push(there.position);
        }
        prop_assert_eq!(&there.reduce(Action::Step(true)), &there, "the end is the end");
        let mut backwards = vec![there.position];
        for _ in 0..end {
            there = there.reduce(Action::Step(false));
            backwards.push(there.position);
        }
        prop_assert_eq!(&there.reduce(Action::Step(false)), &there, "the beginning is the beginning");
        backwards.reverse();
        let sought: Vec<f64> = (0..=end).map(|number| lesson.reduce(Action::Seek(number as f64)).position).collect();
        prop_assert_eq!(&forwards, &backwards);
        prop_assert_eq!(&forwards, &sought);
    }

    #[test]
    fn playing_passes_every_step_and_ends(lesson in lessons(), way in select(&Way::ALL[..]), millis in 5.0..500.0) {
        let mut playing = MatrixLesson { way, ..lesson }.reduce(Action::Seek(0.0)).reduce(Action::Play(true));
        let timeline = playing.timeline();
        let whole: f64 =
            Chapter::ALL.into_iter().map(|each| timeline.step_millis(each) * timeline.steps(each) as f64).sum();
        let mut frames = 0;
        while playing.playing {
            let next = playing.reduce(Action::Pass(millis));
            prop_assert!(next.position > playing.position);
            playing = next;
            frames += 1;
        }
        prop_assert_eq!(playing.position, timeline.len() as f64);
        // However it is cut into frames, the story lasts equally long.
        prop_assert!((f64::from(frames) - whole / millis).abs() <= 1.001, "{} frames of {} in {}", frames, millis, whole);
    }

    #[test]
    fn track_and_position_are_inverse(lesson in lessons(), way in select(&Way::ALL[..]), share in 0.0..=1.0) {
        let timeline = timeline(&lesson.derived(), way);
        let position = share * timeline.len() as f64;
        prop_assert!((timeline.from_track(timeline.track(position)) - position).abs() < 1e-9);
        let track = share * Chapter::ALL.len() as f64;
        prop_assert!((timeline.track(timeline.from_track(track)) - track).abs() < 1e-9);
        prop_assert!((0.0..=6.0).contains(&timeline.track(position)));
    }

    #[test]
    fn no_action_leaves_the_timeline(
        lesson in lessons(), seek in prop::num::f64::ANY, millis in prop::num::f64::ANY, speed in 0..99_usize
    ) {
        let lesson = lesson
            .reduce(Action::Speed(speed))
            .reduce(Action::Seek(seek))
            .reduce(Action::Play(true))
            .reduce(Action::Pass(millis));
        prop_assert!((0.0..=lesson.timeline().len() as f64).contains(&lesson.position));
    }
}

//! The Upsample page's exercises: set-ups are unsolved, every answer is judged by counts that this file counts itself,
//! wrong turns are told apart, and what is said of pictures is what the engine finds in them.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use deconvolution_explorer::{
    engine::{Engine, Reply, Request, Upsampled},
    lesson::{
        Lesson,
        picture::Picture,
        upsample::{
            UpsampleAction, UpsampleLesson, View, Way, Weights,
            exercise::{Exercise, Judgement, LABELS, is_lined_up, judge_pick, lineup},
        },
    },
};
use std::collections::HashSet;

fn after(lesson: &UpsampleLesson, actions: &[UpsampleAction]) -> UpsampleLesson {
    actions.iter().fold(lesson.clone(), |lesson, action| lesson.reduce(action.clone()))
}

fn set_up(exercise: Exercise) -> UpsampleLesson {
    after(&UpsampleLesson::default(), &exercise.set_up())
}

/// What an exercise says after further actions on its set-up.
fn judged(exercise: Exercise, actions: &[UpsampleAction]) -> Judgement {
    exercise.check(&after(&set_up(exercise), actions))
}

fn assert_says(verdict: &Judgement, right: bool, part: &str) {
    assert!(verdict.right == right && verdict.reason.contains(part), "{verdict:?}");
}

/// Paint of a row of ones, copy by copy; true if the cells of the middle have all the same.
fn is_even(stack: &[[usize; 2]]) -> bool {
    let mut row = vec![1_u64; 60];
    for [k, s] in stack {
        let mut painted = vec![0; (row.len() - 1) * s + k];
        for (pixel, value) in row.iter().enumerate() {
            painted[pixel * s..][..*k].iter_mut().for_each(|cell| *cell += value);
        }
        row = painted;
    }
    let middle = &row[row.len() / 3..][..row.len() / 3];
    middle.iter().all(|cell| *cell == middle[0])
}

#[test]
fn set_ups_are_unsolved_and_undone_in_steps() {
    for exercise in Exercise::ALL {
        let lesson = set_up(exercise);
        let verdict = exercise.check(&lesson);
        assert!(!verdict.right && !verdict.reason.is_empty(), "{exercise:?}");
        // A reader comes from anywhere.
        let elsewhere = after(
            &UpsampleLesson::default(),
            &[
                UpsampleAction::Stack(vec![[5, 4], [2, 3], [8, 1]]),
                UpsampleAction::Choose(2),
                UpsampleAction::Weights(Weights::Own),
                UpsampleAction::Icnr(true),
                UpsampleAction::View(View::Matrices),
                UpsampleAction::Compare(Way::Zeros, true),
                UpsampleAction::Compare(Way::Nearest, false),
            ],
        );
        let from_there = after(&elsewhere, &exercise.set_up());
        let (here, there) = (from_there.question().work, lesson.question().work);
        assert_eq!(here.stack, there.stack);
        assert_eq!((here.weights, from_there.view, from_there.layer), (there.weights, lesson.view, lesson.layer));
        assert_eq!(is_lined_up(&from_there), exercise == Exercise::Resized);
        if exercise == Exercise::Resized {
            assert_eq!(here, there);
        }
        assert_eq!(exercise.check(&from_there), verdict);
    }
}

#[test]
fn a_layer_of_stride_2_is_even_with_an_even_mask_alone() {
    for k in 1..=8 {
        let verdict = judged(Exercise::Even, &[UpsampleAction::Mask(k)]);
        assert_eq!(verdict.right, is_even(&[[k as usize, 2]]), "k = {k}: {verdict:?}");
        assert_eq!(verdict.right, k % 2 == 0);
    }
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Mask(2)]), true, "do not overlap");
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Mask(6)]), true, "6 / 2 = 3");
    assert_says(&judged(Exercise::Even, &[]), false, "still k = 3");
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Mask(1)]), false, "unpainted");
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Mask(5)]), false, "5 mod 2 = 1");
}

#[test]
fn another_stride_misses_the_question_and_the_rim_is_not_the_inside() {
    for stride in [3, 4, 5, 6] {
        assert_says(&judged(Exercise::Even, &[UpsampleAction::Stride(stride)]), false, "another question");
    }
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Stride(1)]), false, "nothing becomes larger");
    let two_layers = UpsampleAction::Stack(vec![[4, 2], [4, 2]]);
    assert_says(&judged(Exercise::Even, &[two_layers]), false, "make 4 now");
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Padding(1)]), false, "Padding");
    assert_says(&judged(Exercise::Even, &[UpsampleAction::Padding(1), UpsampleAction::Mask(4)]), true, "4 / 2 = 2");
}

#[test]
fn weights_may_hide_the_overlap_and_do_not_change_it() {
    let say = |weights| judged(Exercise::Even, &[UpsampleAction::Weights(weights)]);
    // A tent of three: ½ + ½ where copies overlap, 1 where they do not.
    assert_says(&say(Weights::Tent), false, "hides it");
    for weights in [Weights::Bell, Weights::Random, Weights::Own] {
        assert_says(&say(weights), false, "Other weights do not change");
    }
    let mut own = vec![UpsampleAction::Weights(Weights::Own)];
    own.extend(
        (0..9).map(|place| UpsampleAction::OwnWeight(place, [1.0, 2.0, 1.0, 2.0, 4.0, 2.0, 1.0, 2.0, 1.0][place])),
    );
    assert_says(&judged(Exercise::Even, &own), false, "hides it");
    let tent = [UpsampleAction::Weights(Weights::Tent), UpsampleAction::Mask(4)];
    assert_says(&judged(Exercise::Even, &tent), true, "4 / 2 = 2");
}

#[test]
fn a_second_layer_may_even_the_first_out() {
    let say = |stack: &[[usize; 2]]| judged(Exercise::Even, &[UpsampleAction::Stack(stack.to_vec())]);
    for k in 1..=8 {
        for second in 1..=8 {
            let stack = [[k, 2], [second, 1]];
            let verdict = say(&stack);
            assert_eq!(verdict.right, is_even(&stack), "{stack:?}: {verdict:?}");
        }
    }
    assert_says(&say(&[[3, 2], [2, 1]]), true, "layer 1 is uneven by itself, layer 2 evens it out");
    assert_says(&say(&[[3, 1], [3, 2], [2, 1]]), true, "layer 2 is uneven by itself, layer 3 evens it out");
    assert_says(&say(&[[3, 2], [3, 1], [2, 1]]), true, "layer 1 is uneven by itself, the layers after it even it out");
    assert_says(&say(&[[2, 1], [4, 2]]), true, "no layer is uneven, and every cell inside is painted four times.");
    assert_says(&say(&[[1, 1], [2, 2]]), true, "every cell inside is painted once.");
    assert_says(&say(&[[1, 2], [2, 1]]), true, "evens it out, and one path leads to every cell inside.");
    assert_says(&say(&[[3, 2], [2, 1]]), true, "and three paths lead to every cell inside.");
    assert_says(&say(&[[2, 1], [3, 2]]), false, "One layer is enough");
}

#[test]
fn stacks_cancel_exactly_where_their_counts_are_even() {
    let say = |stack: &[[usize; 2]]| judged(Exercise::Cancel, &[UpsampleAction::Stack(stack.to_vec())]);
    let (mut solved, mut unsolved) = (0, 0);
    for k in 1..=8 {
        for s in 1..=4 {
            for second in 1..=6 {
                for stride in 1..=3 {
                    let stack = [[k, s], [second, stride]];
                    let verdict = say(&stack);
                    assert_eq!(verdict.right, k % s != 0 && is_even(&stack), "{stack:?}: {verdict:?}");
                    solved += usize::from(verdict.right);
                    unsolved += usize::from(!verdict.right);
                }
            }
        }
    }
    assert!(solved > 20 && unsolved > 200, "{solved} and {unsolved}");
    assert_says(&say(&[[3, 2], [2, 1]]), true, "every cell inside has 3");
    assert_says(&say(&[[3, 2], [4, 2]]), true, "every cell inside has 3");
    assert_says(&say(&[[3, 2], [3, 1], [2, 1]]), true, "every cell inside has 9");
    assert_says(&say(&[[4, 2], [2, 1]]), false, "nothing to cancel");
    assert_says(&say(&[[3, 2]]), false, "Add another");
    assert_says(&say(&[[3, 2], [3, 1]]), false, "4, 5 and so on, less uneven");
    assert_says(&say(&[[3, 2], [3, 2]]), false, "compounds");
    assert_says(&say(&[[3, 2], [2, 2]]), false, "as uneven as");
    assert_says(&say(&[[3, 2], [3, 2], [3, 2]]), false, "from 1 to ");
}

#[test]
fn every_order_comes_up_and_a_seed_keeps_its_own() {
    let orders: Vec<_> = (0..600).map(lineup).collect();
    let places = |way: Way| {
        let mut counts = [0_u32; 3];
        for order in &orders {
            counts[order.iter().position(|each| *each == way).expect("each way is there")] += 1;
        }
        counts
    };
    assert_eq!(orders.iter().map(|order| order.map(Way::id)).collect::<HashSet<_>>().len(), 6);
    for way in [Way::Transposed, Way::Shuffle, Way::Convolved] {
        // A fair die leaves 200 ± 35 with a chance of 99.7 %; the seeds are fixed, so this cannot fail by chance later.
        assert!(places(way).iter().all(|count| count.abs_diff(200) < 40), "{:?}", places(way));
    }
    assert!((0..600).zip(&orders).all(|(seed, order)| lineup(seed) == *order));
}

#[test]
fn exactly_one_pick_is_right_and_each_is_explained() {
    for seed in 0..50 {
        let order = lineup(seed);
        for (pick, way) in order.into_iter().enumerate() {
            let verdict = judge_pick(seed, pick);
            assert_eq!(verdict.right, way == Way::Convolved, "seed {seed}: {verdict:?}");
            let part = match way {
                Way::Convolved => "no grid",
                Way::Transposed => "second cell of every second row",
                _ => "blocks of 2 × 2",
            };
            assert!(verdict.reason.contains(part) && verdict.reason.contains(LABELS[pick]), "{verdict:?}");
        }
        // The right answer names the other two as well.
        let resized = order.iter().position(|way| *way == Way::Convolved).expect("it is there");
        let reason = judge_pick(seed, resized).reason;
        for (way, words) in [(Way::Transposed, "is the transposed"), (Way::Shuffle, "the sub-pixel")] {
            let label = LABELS[order.iter().position(|each| *each == way).expect("it is there")];
            assert!(reason.contains(&format!("{label} {words}")), "{reason}");
        }
    }
    assert!(!judge_pick(1, 3).right);
}

#[test]
fn names_come_back_when_the_pictures_change() {
    let lined_up = set_up(Exercise::Resized);
    assert!(is_lined_up(&lined_up));
    for action in [
        UpsampleAction::View(View::Overlap),
        UpsampleAction::Weights(Weights::Flat),
        UpsampleAction::Icnr(true),
        UpsampleAction::Mask(4),
        UpsampleAction::Stack(vec![[3, 2], [2, 1]]),
        UpsampleAction::Compare(Way::Bilinear, true),
        UpsampleAction::Compare(Way::Shuffle, false),
    ] {
        let changed = lined_up.reduce(action.clone());
        assert!(!is_lined_up(&changed), "{action:?}");
        assert_says(&Exercise::Resized.check(&changed), false, "set the exercise up again");
    }
    // Other random weights and another picture are as good.
    for action in [UpsampleAction::Seed(99), UpsampleAction::Size(96)] {
        assert!(is_lined_up(&lined_up.reduce(action)));
    }
}

/// An engine that has the photograph of the line-up.
fn engine() -> Engine {
    let mut engine = Engine::default();
    let camera = pictures::camera();
    let rgba =
        camera.data().iter().flat_map(|value| [(value * 255.0).round() as u8; 3].into_iter().chain([255])).collect();
    let source = Request::Source { picture: Picture::Camera, width: camera.width(), height: camera.height(), rgba };
    assert_eq!(engine.handle(source), Ok(Reply::Stored));
    engine
}

fn answer(engine: &mut Engine, lesson: &UpsampleLesson) -> Upsampled {
    match engine.handle(Request::Upsample(lesson.clone())) {
        Ok(Reply::Upsampled(answer)) => *answer,
        other => panic!("larger pictures were asked for, this came: {other:?}"),
    }
}

#[test]
fn the_pictures_show_what_the_verdicts_say() {
    let mut engine = engine();
    let lesson = set_up(Exercise::Resized);
    for seed in [None, Some(5), Some(77), Some(9999)] {
        let lesson = seed.map_or(lesson.clone(), |seed| lesson.reduce(UpsampleAction::Seed(seed)));
        let answer = answer(&mut engine, &lesson);
        let ways: Vec<Way> = answer.results.iter().map(|result| result.way).collect();
        assert_eq!(ways, [Way::Transposed, Way::Shuffle, Way::Convolved]);
        for result in &answer.results {
            // A grid, and lit marks, unless it was resized.
            let findings = &result.findings;
            assert_eq!(findings.is_checkered, result.way != Way::Convolved, "seed {seed:?}, {}", result.way.name());
            assert_eq!(findings.peaks.is_empty(), result.way == Way::Convolved);
        }
    }
}

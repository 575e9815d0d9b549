//! The state of the Upsample page: actions clamp, undo brings back the work and nothing else, links bring back all of
//! it, and those that the page wrote when it was young still open. Seeds are proptest's own; a failure prints the
//! smallest input.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_upsample_actions;

use deconvolution_explorer::lesson::{
    Address, Lesson, Page, address,
    history::History,
    picture::Picture,
    upsample::{
        Aside, BOUND, CORNERS, Layer, Moment, OwnMask, PIXELS, ROUNDS, SEED, SIZES, SPEEDS, Shown, Side, Sprite, Stack,
        TINY, UpsampleAction, UpsampleLesson, View, Way, Weights, Work,
        links::to_matrix,
        narration::{formula, step_words, verdict},
        sprite::PALETTE,
        stack,
        tiny::Tiny,
        weights,
    },
};
use lesson_upsample_actions::{action, after, any_action, setting};
use ndarray::arr2;
use proptest::prelude::*;

/// What a link keeps: all but the steps before and after, whether time runs, and own numbers that the mask has no room for.
/// Of a page that plays it tells where it would rest.
fn lasting(lesson: &UpsampleLesson) -> UpsampleLesson {
    let lesson = &lesson.reduce(UpsampleAction::Play(false));
    let mut work = lesson.work.clone();
    work.own = OwnMask::new(work.own_mask());
    UpsampleLesson { work, history: History::default(), playing: false, ..lesson.clone() }
}

/// What a word or an exercise sets, and an undo of it brings back.
fn page(lesson: &UpsampleLesson) -> (Work, View, Shown, Side, bool, Aside) {
    (lesson.work.clone(), lesson.view, lesson.shown, lesson.side, lesson.weighted, lesson.aside)
}

/// What a reload in the same tab does.
fn reopened(lesson: &UpsampleLesson) -> (UpsampleLesson, Vec<String>) {
    let opened = Address::parse(&address::fragment(lesson));
    assert_eq!((opened.page, &opened.problems), (Page::Upsample, &Vec::new()));
    address::read_here(&opened.query, true)
}

fn read(query: &str) -> (UpsampleLesson, Vec<String>) {
    address::read(query)
}

fn assert_in_range(lesson: &UpsampleLesson) {
    let work = &lesson.work;
    let layers = work.stack.layers();
    assert!(stack::LAYERS.contains(&layers.len()));
    for layer in layers {
        assert!(stack::MASK.contains(&layer.mask) && stack::STRIDE.contains(&layer.stride));
        assert!(layer.grown(1) >= 1 && 2 * layer.padding < layer.mask, "{layer:?} leaves nothing of a pixel");
    }
    assert!(PIXELS.contains(&work.pixels) && SEED.contains(&work.seed) && ROUNDS.contains(&work.rounds));
    assert_eq!(work.own_mask().dim(), (layers[0].mask, layers[0].mask), "the own mask is that of the first layer");
    assert!(work.tiny.is_square() && TINY.contains(&work.tiny.nrows()));
    assert!(work.own.of_side(8).iter().chain(&work.tiny).all(|value| value.abs() <= BOUND));
    assert!(SIZES.contains(&work.size) && CORNERS.contains(&lesson.close));
    assert!(!work.compared.is_empty() && work.compared.is_sorted(), "{:?}", work.compared);
    assert!(lesson.layer < layers.len() && lesson.speed < SPEEDS.len() && lesson.colour < PALETTE.len());
    assert!((0.0..=lesson.timeline().len() as f64).contains(&lesson.position));
    assert!(lesson.corner.iter().all(|place| (0.0..=100.0).contains(place)));
}

proptest! {
    #[test]
    fn whatever_happens_stays_in_range_and_travels_in_a_link(actions in prop::collection::vec(any_action(), 0..14)) {
        let lesson = after(&actions);
        assert_in_range(&lesson);
        let (read, problems) = reopened(&lesson);
        prop_assert_eq!(problems, Vec::<String>::new(), "{}", address::fragment(&lesson));
        prop_assert_eq!(lasting(&read), lasting(&lesson));
        // Time rests in thousandths of a step, and there a link tells the very position.
        prop_assert!(lesson.playing || read.position == lesson.position);
        let at = address::fragment(&lesson).split("&at=").nth(1).map(|rest| rest.split('&').next().unwrap_or("").to_owned());
        if let Some((_, decimals)) = at.as_deref().and_then(|at| at.split_once('.')) {
            prop_assert!(decimals.len() <= 3, "{decimals}");
        }
    }

    /// A word or an exercise sets many things at once: one undo takes them back, and one redo brings them again.
    #[test]
    fn what_is_done_together_goes_back_together(
        before in prop::collection::vec(any_action(), 0..6),
        word in prop::collection::vec(setting(), 0..8),
    ) {
        let start = after(&before).reduce(UpsampleAction::Play(false));
        let set = start.reduce(UpsampleAction::Together(word.clone())).reduce(UpsampleAction::Play(false));
        let one_by_one = word.iter().fold(start.clone(), |lesson, action| lesson.reduce(action.clone()));
        prop_assert_eq!(page(&set), page(&one_by_one));
        if page(&set) == page(&start) {
            prop_assert_eq!(set.history.past(), start.history.past(), "nothing that an undo could take back");
        } else {
            let back = set.reduce(UpsampleAction::Undo);
            prop_assert_eq!(page(&back), page(&start));
            prop_assert!(back.can_redo());
            prop_assert_eq!(page(&back.reduce(UpsampleAction::Redo)), page(&set));
        }
    }

    /// Steps that are handed to another program as links bring back what they did.
    #[test]
    fn moments_are_told_by_pages(actions in prop::collection::vec(any_action(), 0..14)) {
        for moment in after(&actions).history.past() {
            let (page, problems) = reopened(&moment.alone());
            prop_assert_eq!(problems, Vec::<String>::new());
            let told = Moment::told_by(&page);
            prop_assert_eq!(told.look, moment.look);
            prop_assert_eq!(lasting(&told.alone()).work, lasting(&moment.alone()).work);
        }
    }

    #[test]
    fn the_same_once_more_changes_nothing(
        actions in prop::collection::vec(any_action(), 0..6),
        setting in setting(),
    ) {
        let once = after(&actions).reduce(setting.clone());
        prop_assert_eq!(once.reduce(setting), once);
    }

    #[test]
    fn undo_leads_to_the_beginning_and_redo_back(actions in prop::collection::vec(action(), 0..14)) {
        let lesson = after(&actions);
        let mut back = lesson.clone();
        while back.can_undo() {
            back = back.reduce(UpsampleAction::Undo);
            assert_in_range(&back);
        }
        prop_assert_eq!(&back.work, &Work::default());
        let look = |lesson: &UpsampleLesson| {
            (lesson.view, lesson.shown, lesson.side, lesson.weighted, lesson.speed, lesson.corner, lesson.colour)
        };
        prop_assert_eq!(look(&back), look(&lesson));
        while back.can_redo() {
            back = back.reduce(UpsampleAction::Redo);
        }
        prop_assert_eq!(&back.work, &lesson.work);
    }

    #[test]
    fn a_step_back_and_forth_or_forth_and_back_changes_nothing(
        actions in prop::collection::vec(any_action(), 0..25),
    ) {
        let mut lesson = UpsampleLesson::default();
        for action in actions {
            lesson = lesson.reduce(action);
            let now = page(&lesson);
            let [back, forth] = [UpsampleAction::Undo, UpsampleAction::Redo].map(|step| lesson.reduce(step));
            if lesson.can_undo() {
                prop_assert_ne!(&page(&back), &now);
                prop_assert_eq!(&page(&back.reduce(UpsampleAction::Redo)), &now);
            } else {
                prop_assert_eq!(&page(&back), &now);
            }
            if lesson.can_redo() {
                prop_assert_ne!(&page(&forth), &now);
                prop_assert_eq!(&page(&forth.reduce(UpsampleAction::Undo)), &now);
            } else {
                prop_assert_eq!(&page(&forth), &now);
            }
        }
    }

    #[test]
    fn what_is_seen_of_a_state_is_seen_of_the_one_that_its_link_opens(
        actions in prop::collection::vec(any_action(), 0..20),
    ) {
        let mut lesson = UpsampleLesson::default();
        for action in actions {
            lesson = lesson.reduce(action);
            assert_in_range(&lesson);
            let (again, problems) = reopened(&lesson);
            prop_assert_eq!((lasting(&again), problems), (lasting(&lesson), vec![]));
        }
        // A link tells where time would rest.
        let lesson = lesson.reduce(UpsampleAction::Play(false));
        let (again, _) = reopened(&lesson);
        prop_assert_eq!(again.masks(), lesson.masks());
        prop_assert_eq!(again.question(), lesson.question());
        prop_assert_eq!(verdict(&again), verdict(&lesson));
        prop_assert_eq!((step_words(&again), formula(&again)), (step_words(&lesson), formula(&lesson)));
        prop_assert_eq!(to_matrix(&again), to_matrix(&lesson));
        for way in Tiny::WAYS {
            prop_assert_eq!(Tiny::of(&again, way), Tiny::of(&lesson, way));
        }
        for (number, (mask, layer)) in lesson.masks().iter().zip(lesson.work.stack.layers()).enumerate() {
            prop_assert_eq!(mask.dim(), (layer.mask, layer.mask));
            let numbers = mask.iter().chain(&lesson.convolving_mask_of(number)).all(|weight| weight.is_finite());
            prop_assert!(numbers && lesson.axis_weights(number).iter().all(|weight| weight.is_finite()));
        }
    }

    #[test]
    fn what_changes_no_work_is_no_step(actions in prop::collection::vec(any_action(), 0..6), next in action()) {
        let before = after(&actions);
        let changed = before.reduce(next);
        if changed.work == before.work {
            prop_assert_eq!(changed.history.past(), before.history.past());
        } else {
            // A series that came back to where it began is no step.
            let is_back = changed.history.past().last().is_some_and(|moment| moment.work == changed.work);
            prop_assert!(is_back || changed.can_undo());
            prop_assert!(!changed.playing, "an edit stops the motion");
        }
    }

    #[test]
    fn any_text_opens_the_page(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (lesson, _) = read(&String::from_utf8_lossy(&bytes));
        assert_in_range(&lesson);
        let (again, problems) = reopened(&lesson);
        prop_assert_eq!((lasting(&again), problems), (lasting(&lesson), vec![]));
    }

    #[test]
    fn any_value_of_a_known_field_opens_the_page(
        field in prop::sample::select(vec![
            "view", "show", "side", "weighted", "layer", "k", "s", "p", "pixels", "shape", "seed", "own", "picture",
            "sprite", "size", "down", "coordinates", "sharp", "icnr", "rounds", "ways", "e", "at", "speed", "aside",
            "corner", "close", "colour",
        ]),
        value in prop_oneof![
            "[ -~]{0,12}", "-?[0-9]{1,12}(\\.[0-9]{1,12})?", "[0-9],[0-9](,[0-9]){0,5}", "NaN|inf|-inf|1e400|-0|own",
        ],
    ) {
        let (lesson, _) = read(&format!("{field}={value}"));
        assert_in_range(&lesson);
        let (again, problems) = reopened(&lesson);
        prop_assert_eq!((lasting(&again), problems), (lasting(&lesson), vec![]));
    }

    // That answers depend on nothing else is held against the kernels in `engine_upsample.rs`.
    #[test]
    fn a_question_leaves_nothing_more_out(
        actions in prop::collection::vec(any_action(), 0..8),
        way in prop::sample::select(Way::ALL.to_vec()),
    ) {
        let lesson = after(&actions);
        let question = lesson.question();
        prop_assert_eq!(question.question(), question);
        let alone = lesson.question_of(way);
        prop_assert_eq!(&alone.work.compared, &[way]);
        prop_assert_eq!(alone.question_of(way), alone);
    }
}

#[test]
fn the_default_state_has_a_short_link() {
    assert_eq!(address::fragment(&UpsampleLesson::default()), "#/upsample?v=1");
    assert_eq!(read(""), (UpsampleLesson::default(), vec![]));
}

#[test]
fn words_in_links_name_one_thing_each() {
    for way in Way::ALL {
        assert_eq!(Way::from_id(way.id()), Some(way));
    }
    for (weights, word, _) in Weights::ALL {
        assert_eq!((weights.id(), Weights::from_id(word)), (word, Some(weights)));
    }
    assert_eq!((Way::from_id("magic"), Weights::from_id("")), (None, None));
}

#[test]
fn links_of_the_young_page_open_as_they_did() {
    let (lesson, problems) = read("picture=coffee&k=5&s=3&shape=tent&corner=12,80");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(lesson.work.stack.layers(), [Layer { mask: 5, stride: 3, padding: 0 }]);
    assert_eq!((lesson.work.weights, lesson.work.picture), (Weights::Tent, Picture::Coffee));
    assert_eq!(lesson.corner, [12.0, 80.0]);
    for k in 1..=8 {
        for s in 2..=4 {
            for shape in ["flat", "bell", "tent"] {
                let (lesson, problems) = read(&format!("picture=star&k={k}&s={s}&shape={shape}&corner=0,100"));
                assert_eq!(problems, Vec::<String>::new());
                let layer = lesson.chosen_layer();
                assert_eq!((layer.mask, layer.stride, lesson.work.weights.id()), (k, s, shape));
            }
        }
    }
}

#[test]
fn wrong_fields_are_named_and_the_rest_is_kept() {
    for (field, word) in [
        ("k=9", "k"),
        ("k=3,0", "k"),
        ("k=1,1,1,1,1,1", "k"),
        ("s=7", "s"),
        ("p=x", "p"),
        ("p=3", "p"),
        ("own=1,2", "own"),
        ("e=1,2", "e"),
        ("sprite=123", "sprite"),
        ("size=100", "size"),
        ("ways=nearest,magic", "ways"),
        ("at=5.5", "at"),
        ("picture=own", "picture"),
        ("unheard=1", "unheard"),
    ] {
        let (lesson, problems) = read(&format!("{field}&seed=7"));
        assert_eq!(problems.len(), 1, "{field}: {problems:?}");
        assert!(problems[0].contains(&format!("“{word}”")), "{field}: {problems:?}");
        let expected = UpsampleLesson { work: Work { seed: 7, ..Work::default() }, ..UpsampleLesson::default() };
        assert_eq!(lesson, expected, "{field}");
    }
}

#[test]
fn a_short_list_of_layers_goes_on_with_its_last() {
    let (lesson, problems) = read("k=3,4,5&s=2&p=0,1");
    assert_eq!(problems, Vec::<String>::new());
    let layers: Vec<[usize; 3]> =
        lesson.work.stack.layers().iter().map(|layer| [layer.mask, layer.stride, layer.padding]).collect();
    assert_eq!(layers, [[3, 2, 0], [4, 2, 1], [5, 2, 1]]);
}

#[test]
fn a_stroke_is_one_step_and_two_are_two() {
    let draw = |cells: &[usize]| cells.iter().map(|cell| UpsampleAction::Draw(*cell)).collect::<Vec<_>>();
    let mut actions = vec![UpsampleAction::Picture(Picture::Sprite), UpsampleAction::Colour(9)];
    actions.extend(draw(&[0, 1, 2]));
    actions.push(UpsampleAction::Settle);
    let first = after(&actions);
    actions.extend(draw(&[16, 17]));
    let second = after(&actions);
    let undone = second.reduce(UpsampleAction::Undo);
    assert_eq!(undone.work.sprite, first.work.sprite);
    assert_eq!((0..3).map(|cell| undone.work.sprite.cell(cell)).collect::<Vec<_>>(), [9, 9, 9]);
    let blank = undone.reduce(UpsampleAction::Undo);
    assert_eq!((blank.work.sprite, blank.work.picture), (Sprite::default(), Picture::Sprite));
    assert_eq!(blank.reduce(UpsampleAction::Redo).reduce(UpsampleAction::Redo).work.sprite, second.work.sprite);
}

#[test]
fn the_own_mask_follows_the_first_layer_and_no_other() {
    let smaller = after(&[UpsampleAction::Mask(2)]);
    assert_eq!(smaller.work.own_mask(), arr2(&[[0.0, 1.0], [2.0, 2.0]]));
    let larger = smaller.reduce(UpsampleAction::Mask(3));
    assert_eq!(larger.work.own_mask(), weights::example(), "what was hidden comes back");
    assert_eq!(larger.reduce(UpsampleAction::Undo).reduce(UpsampleAction::Undo).work, Work::default());
    let second = after(&[UpsampleAction::Layers(2), UpsampleAction::Choose(1), UpsampleAction::Mask(5)]);
    assert_eq!(second.work.own_mask().dim(), (3, 3));
}

#[test]
fn layers_that_go_take_the_choice_with_them() {
    let lesson = after(&[
        UpsampleAction::Layers(3),
        UpsampleAction::Choose(2),
        UpsampleAction::Stride(5),
        UpsampleAction::Layers(2),
    ]);
    assert_eq!((lesson.layer, lesson.scale()), (1, 4));
    let back = lesson.reduce(UpsampleAction::Undo);
    assert_eq!((back.layer, back.scale()), (1, 20), "undo brings back the layers, and the look stays");
}

#[test]
fn all_layers_at_once_keep_their_padding_as_far_as_they_can() {
    let lesson =
        after(&[UpsampleAction::Mask(5), UpsampleAction::Padding(2), UpsampleAction::Stack(vec![[4, 2], [3, 2]])]);
    let expected = [Layer { mask: 4, stride: 2, padding: 1 }, Layer { mask: 3, stride: 2, padding: 0 }];
    assert_eq!(lesson.work.stack.layers(), expected);
    assert_eq!(after(&[UpsampleAction::Stack(vec![])]).work.stack, Stack::default());
}

#[test]
fn one_layer_keeps_its_pixel_where_the_row_stays_long_enough() {
    let at = |lesson: &UpsampleLesson| lesson.position;
    let third = after(&[UpsampleAction::Seek(3.0)]);
    assert_eq!(at(&third.reduce(UpsampleAction::Pixels(8))), 3.0);
    assert_eq!(at(&third.reduce(UpsampleAction::Pixels(2))), 2.0);
    assert_eq!(at(&third.reduce(UpsampleAction::Stride(3))), 3.0);
    let end = after(&[UpsampleAction::Seek(5.0)]);
    assert_eq!(at(&end.reduce(UpsampleAction::Pixels(8))), 8.0, "the end stays the end");
    let stack = end.reduce(UpsampleAction::Layers(2));
    assert_eq!(at(&stack), stack.timeline().len() as f64);
}

#[test]
fn playing_runs_to_the_end_and_starts_anew() {
    let playing = after(&[UpsampleAction::Shown(Shown::Heat), UpsampleAction::Play(true)]);
    assert_eq!((playing.playing, playing.shown), (true, Shown::Paint), "what moves has to be seen");
    let further = playing.reduce(UpsampleAction::Tick(500.0));
    assert!(further.playing && further.position > playing.position);
    let faster = playing.reduce(UpsampleAction::Speed(4)).reduce(UpsampleAction::Tick(500.0));
    assert!(faster.position > further.position);
    let ended = further.reduce(UpsampleAction::Tick(1e9));
    assert_eq!((ended.playing, ended.position), (false, 5.0));
    assert_eq!(ended.reduce(UpsampleAction::Tick(1e9)), ended, "without motion time does nothing");
    let anew = ended.reduce(UpsampleAction::Play(true));
    assert_eq!((anew.playing, anew.position), (true, 0.0));
    for stops in [
        UpsampleAction::Seek(2.0),
        UpsampleAction::View(View::Pictures),
        UpsampleAction::Shown(Shown::Counts),
        UpsampleAction::Mask(4),
        UpsampleAction::Play(false),
    ] {
        assert!(!playing.reduce(stops.clone()).playing, "{stops:?}");
    }
    assert!(playing.reduce(UpsampleAction::Side(Side::Gradient)).playing);
}

#[test]
fn the_question_knows_what_the_pictures_need() {
    let same = |actions: &[UpsampleAction]| after(actions).question() == UpsampleLesson::default().question();
    assert!(same(&[UpsampleAction::View(View::Pictures), UpsampleAction::Side(Side::Gradient)]));
    assert!(same(&[UpsampleAction::Pixels(8), UpsampleAction::Padding(1), UpsampleAction::Tiny(0, 9.0)]));
    assert!(same(&[UpsampleAction::Seed(9), UpsampleAction::OwnWeight(0, 5.0), UpsampleAction::Draw(3)]));
    assert!(same(&[UpsampleAction::Icnr(true), UpsampleAction::Rounds(20)]), "no way that is compared asks for them");
    assert!(!same(&[UpsampleAction::Mask(4)]));
    assert!(!same(&[UpsampleAction::Weights(Weights::Own)]));
    assert!(!same(&[UpsampleAction::Compare(Way::Zeros, true)]));
    let own = [UpsampleAction::Weights(Weights::Own), UpsampleAction::OwnWeight(0, 5.0)];
    assert_ne!(after(&own).question(), after(&own[..1]).question());
    let random = [UpsampleAction::Weights(Weights::Random), UpsampleAction::Seed(5)];
    assert_ne!(after(&random).question(), after(&random[..1]).question());
    let random = [UpsampleAction::Weights(Weights::Random), UpsampleAction::Icnr(true)];
    assert_ne!(after(&random).question(), after(&random[..1]).question());
    let back = [UpsampleAction::Compare(Way::BackProjected, true), UpsampleAction::Rounds(20)];
    assert_ne!(after(&back).question(), after(&back[..1]).question());
    // A file may be asked for of a way that is not compared.
    let [few, many] = [1, 20].map(|rounds| after(&[UpsampleAction::Rounds(rounds)]));
    assert_eq!(few.question(), many.question());
    assert_ne!(few.question_of(Way::BackProjected), many.question_of(Way::BackProjected));
    assert_eq!(few.question_of(Way::Bicubic), many.question_of(Way::Bicubic));
    let sprite = [UpsampleAction::Picture(Picture::Sprite), UpsampleAction::Draw(3)];
    assert_ne!(after(&sprite).question(), after(&sprite[..1]).question());
    assert!(!after(&sprite).has_truth() && after(&[]).has_truth());
}

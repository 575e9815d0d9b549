//! The Upsample page's lab against plain walks: what is painted, when, how it is shown and what is said of it.
//!
//! Why these can be trusted: counts are found a second time cell by cell, from the definition of a transposed layer, and
//! a third time by sliding the windows of a strided convolution; verdicts are held against such counts far from the rim,
//! and not against the kernels' patterns that they are made from. Seeds are proptest's own.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_upsample_actions;

use deconvolution_explorer::{
    lesson::{
        Lesson,
        upsample::{
            Layer, OwnMask, Shown, Side, Stack, UpsampleAction, UpsampleLesson, View, Weights,
            narration::{
                axis_words, cell_words, checkerboard_words, entry_words, formula, heading, input_words, map_words,
                plane_so_far, printed, shows_inside, step_words, under_way, verdict,
            },
            overlap::{BARS_MOST, MAP_MOST, MAP_MOST_UNEVEN, Overlap},
            remedy::nearest_even_masks,
            timeline::{STEPS_MOST, Timeline},
        },
    },
    upsampling::{stack_interior, stack_paint_plane},
};
use lesson_upsample_actions::{after, any_action};
use proptest::prelude::*;

fn stacked(layers: &[[usize; 2]]) -> UpsampleLesson {
    after(&[UpsampleAction::Stack(layers.to_vec())])
}

/// Up to three layers, mostly small.
fn stacks() -> impl Strategy<Value = Vec<Layer>> {
    let layer = (1_usize..=8, 1_usize..=6, 0_usize..=3)
        .prop_map(|(mask, stride, padding)| Layer { mask, stride, padding }.clamped());
    prop::collection::vec(layer, 1..=3)
}

fn lesson_of(layers: &[Layer], pixels: usize) -> UpsampleLesson {
    let mut lesson = UpsampleLesson::default();
    lesson.work.stack = Stack::new(layers.to_vec());
    lesson.work.pixels = pixels;
    lesson
}

/// A layer by its definition: cell c gets input j through entry c + p − j·s of the mask.
fn painted(values: &[f64], layer: Layer, weights: &[f64]) -> Vec<f64> {
    let length = (values.len() - 1) * layer.stride + layer.mask - 2 * layer.padding;
    let cell = |cell: usize| {
        let entry = |input: usize| (cell + layer.padding).checked_sub(input * layer.stride);
        let weight = |input: usize| entry(input).and_then(|entry| weights.get(entry)).copied().unwrap_or(0.0);
        values.iter().enumerate().map(|(input, value)| value * weight(input)).sum()
    };
    (0..length).map(cell).collect()
}

/// The counts of each layer in turn.
fn counted(layers: &[Layer], pixels: usize) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![1.0; pixels]];
    for layer in layers {
        let next = painted(&rows[rows.len() - 1], *layer, &vec![1.0; layer.mask]);
        rows.push(next);
    }
    rows
}

/// The counts of a row so long that its middle does not feel the rim: one period of it, and where in the row.
fn inside(layers: &[Layer]) -> Vec<f64> {
    let period: usize = layers.iter().map(|layer| layer.stride).product();
    let rows = counted(layers, 60);
    let last = &rows[layers.len()];
    let middle = last.len() / 2;
    last[middle..middle + period].to_vec()
}

fn spread(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(0.0, f64::max);
    most / values.iter().copied().fold(f64::INFINITY, f64::min)
}

proptest! {
    #[test]
    fn rows_hold_what_their_inputs_paint(layers in stacks(), pixels in 1_usize..=8, at in 0.0_f64..1.0, whole in any::<bool>()) {
        let mut lesson = lesson_of(&layers, pixels);
        let timeline = lesson.timeline();
        let position = at * timeline.len() as f64;
        lesson.position = if whole { position.round() } else { position };
        let overlap = Overlap::of(&lesson);
        let rows = counted(&layers, pixels);
        prop_assert_eq!(overlap.rows.len(), layers.len());
        for (number, row) in overlap.rows.iter().enumerate() {
            prop_assert_eq!(row.inputs, rows[number].len());
            prop_assert_eq!(&row.complete, &rows[number + 1]);
            let done = timeline.painted(lesson.position)[number];
            prop_assert_eq!(row.done, done);
            let so_far = |done: f64| {
                let share = |input: usize| (done - input as f64).clamp(0.0, 1.0);
                let values = rows[number].iter().enumerate().map(|(input, value)| value * share(input)).collect::<Vec<_>>();
                painted(&values, row.layer, &vec![1.0; row.layer.mask])
            };
            // What a cell holds is told whole, when it has landed; its bar rises from there to the next.
            let (landed, next) = (so_far(done.floor()), so_far(done.floor() + 1.0));
            prop_assert_eq!(&row.painted, &landed);
            for cell in 0..landed.len() {
                let bar = row.rising[cell];
                prop_assert!(bar >= landed[cell] - 1e-9 && bar <= next[cell] + 1e-9, "layer {number}, cell {cell}: {bar}");
                prop_assert!(!row.is_filling(cell) || landed[cell] < next[cell]);
                prop_assert!(row.is_filling(cell) || (bar - landed[cell]).abs() < 1e-9);
                let reached = row.sources(cell).any(|input| input < done.floor() as usize);
                prop_assert_eq!(row.is_reached(cell), reached);
            }
            prop_assert!(position.fract() != 0.0 || !whole || (0..landed.len()).all(|cell| !row.is_filling(cell)));
        }
        for number in 0..layers.len() {
            let plane = overlap.plane(number, Shown::Paint);
            let row = &overlap.rows[number];
            for y in plane.window.clone() {
                for x in plane.window.clone() {
                    prop_assert_eq!(plane.at(y, x), row.painted[y] * row.painted[x]);
                    prop_assert!(plane.is_filling(y, x) || plane.rising_at(y, x) - plane.at(y, x) < 1e-8);
                }
            }
        }
    }

    /// Of a frame while pixel 3 of 5 is painted with k = 3, s = 2, and of all others.
    #[test]
    fn no_frame_shows_a_number_that_is_none(position in 0.0_f64..5.0) {
        let lesson = UpsampleLesson { position, playing: true, ..UpsampleLesson::default() };
        let overlap = Overlap::of(&lesson);
        let plane = overlap.plane(0, Shown::Paint);
        for y in 0..11 {
            for x in 0..11 {
                let held = plane.at(y, x);
                prop_assert!([0.0, 1.0, 2.0, 4.0].contains(&held), "{held} at {y}, {x}");
                let rising = plane.rising_at(y, x);
                prop_assert!(held <= rising && rising <= 4.0);
                prop_assert!(plane.is_filling(y, x) || rising - held < 1e-8);
            }
        }
        prop_assert!(position.fract() > 0.45 || (0..11).all(|cell| !overlap.rows[0].is_filling(cell)), "it still falls");
    }

    /// The gradient's side: a strided convolution's windows, slid over its input.
    #[test]
    fn counts_are_how_often_a_strided_convolution_reads(layers in stacks(), pixels in 1_usize..=8) {
        let layer = layers[0];
        let row = &Overlap::of(&lesson_of(&layers[..1], pixels)).rows[0];
        let length = row.complete.len();
        let windows = (length + 2 * layer.padding - layer.mask) / layer.stride + 1;
        prop_assert_eq!(windows, pixels, "the strided convolution leads back to as many");
        let mut reads = vec![0.0; length];
        for window in 0..windows {
            for tap in 0..layer.mask {
                if let Some(cell) = (window * layer.stride + tap).checked_sub(layer.padding).filter(|cell| *cell < length) {
                    reads[cell] += 1.0;
                }
            }
        }
        prop_assert_eq!(&reads, &row.complete);
        for (cell, reads) in reads.iter().enumerate() {
            prop_assert_eq!(row.sources(cell).len() as f64, *reads);
            prop_assert!(row.sources(cell).all(|input| row.cells(input).contains(&cell)));
        }
    }

    #[test]
    fn the_pattern_is_that_of_the_inside(layers in stacks(), pixels in 1_usize..=8) {
        for row in Overlap::of(&lesson_of(&layers, pixels)).rows {
            for cell in row.interior.clone().into_iter().flatten() {
                prop_assert_eq!(row.complete[cell], row.pattern[cell % row.pattern.len()]);
            }
        }
    }

    #[test]
    fn the_map_is_what_the_plane_is_painted_with(
        layers in prop::collection::vec((1_usize..=5, 1_usize..=3, 0_usize..=2), 1..=2),
        pixels in 1_usize..=5,
        weights in prop::sample::select(Weights::ALL.map(|(weights, ..)| weights).to_vec()),
    ) {
        let layers: Vec<Layer> = layers
            .into_iter()
            .map(|(mask, stride, padding)| Layer { mask, stride, padding }.clamped())
            .collect();
        let mut lesson = lesson_of(&layers, pixels);
        lesson = lesson.reduce(UpsampleAction::OwnWeight(0, 3.0)).reduce(UpsampleAction::Weights(weights));
        lesson.work.own = OwnMask::new(ndarray::Array2::from_shape_fn((8, 8), |(y, x)| (2 * y + x) as f32).view());
        lesson.weighted = true;
        let masks = lesson.masks();
        let kernel: Vec<_> = lesson.work.stack.kernel_layers().into_iter().zip(masks.iter().map(|mask| mask.view())).collect();
        let plane = stack_paint_plane([pixels, pixels], &kernel).expect("small layers");
        let map = Overlap::of(&lesson).plane(layers.len() - 1, Shown::Heat);
        prop_assert!(map.is_whole());
        prop_assert_eq!((map.side, map.side), plane.dim());
        for ((row, column), value) in plane.indexed_iter() {
            prop_assert!((map.at(row, column) - value).abs() < 1e-4, "{row}, {column}: {} {value}", map.at(row, column));
        }
        let most = plane.iter().copied().fold(0.0, f64::max);
        prop_assert!((map.most - most).abs() < 1e-4);
        // What is painted in the end is what there is; at the beginning there is nothing.
        let ended = lesson.reduce(UpsampleAction::Seek(1e9));
        let map = Overlap::of(&ended).plane(layers.len() - 1, Shown::Paint);
        prop_assert!(plane.indexed_iter().all(|((row, column), value)| (map.at(row, column) - value).abs() < 1e-4));
        let begun = lesson.reduce(UpsampleAction::Seek(0.0));
        let map = Overlap::of(&begun).plane(layers.len() - 1, Shown::Paint);
        prop_assert!(plane.indexed_iter().all(|((row, column), _)| map.at(row, column) == 0.0));
    }

    #[test]
    fn every_pixel_is_painted_once_in_order(layers in stacks(), pixels in 1_usize..=8) {
        let stack = Stack::new(layers.clone());
        let timeline = Timeline::new(&stack, pixels);
        let mut next = vec![0; layers.len()];
        let mut layer = 0;
        for number in 0..timeline.len() {
            let step = timeline.step(number);
            prop_assert!(step.layer >= layer && step.of <= STEPS_MOST && step.index < step.of);
            layer = step.layer;
            prop_assert_eq!(step.pixel_from, next[layer]);
            prop_assert!(step.pixel_to > step.pixel_from);
            next[layer] = step.pixel_to;
            prop_assert_eq!(timeline.shown(number as f64 + 1.0), step);
            prop_assert_eq!(timeline.shown(number as f64 + 0.25), step);
            let painted = timeline.painted(number as f64 + 1.0);
            prop_assert_eq!(painted[layer], step.pixel_to as f64);
        }
        let inputs: Vec<usize> = stack.lengths(pixels)[..layers.len()].to_vec();
        prop_assert_eq!(next, inputs);
    }

    #[test]
    fn the_track_has_an_inverse_and_chapters_of_one_length(
        layers in stacks(),
        pixels in 1_usize..=8,
        at in 0.0_f64..1.0,
    ) {
        let timeline = Timeline::new(&Stack::new(layers), pixels);
        let position = at * timeline.len() as f64;
        prop_assert!((timeline.from_track(timeline.track(position)) - position).abs() < 1e-9);
        prop_assert_eq!(timeline.chapters(Side::Gradient).len(), timeline.chapter_count());
        for chapter in 0..timeline.chapter_count() {
            prop_assert!((timeline.track(timeline.chapter_start(chapter)) - chapter as f64).abs() < 1e-12);
            prop_assert_eq!(timeline.chapter(timeline.chapter_start(chapter) + 0.5), chapter);
        }
        prop_assert_eq!(timeline.advance(position, 0.0, 1.0), position);
        prop_assert!(timeline.advance(position, 100.0, 2.0) >= timeline.advance(position, 100.0, 1.0));
        prop_assert_eq!(timeline.advance(position, 1e9, 1.0), timeline.len() as f64);
        for wrong in [f64::NAN, f64::NEG_INFINITY, -1.0] {
            prop_assert_eq!(timeline.clamp(wrong), 0.0);
        }
    }

    /// The verdict against counts far from the rim, and its button pressed until there is none.
    #[test]
    fn verdicts_are_true_and_their_remedies_lead_to_even_paint(layers in stacks(), gradient in any::<bool>()) {
        let mut lesson = lesson_of(&layers, 8);
        lesson.side = if gradient { Side::Gradient } else { Side::Forward };
        for turn in 0..2 {
            let now = lesson.work.stack.layers().to_vec();
            let verdict = verdict(&lesson);
            let apart = spread(&inside(&now));
            prop_assert_eq!(verdict.remedy.is_none(), apart == 1.0, "{:?} {:?}", now, &verdict);
            prop_assert_eq!(verdict.plane.is_none(), apart == 1.0);
            prop_assert_eq!(lesson.contrast(false), Some(apart * apart));
            // The sum is true, and of the layer that it names.
            let (number, sum) = match verdict.sum.strip_prefix("Layer ").and_then(|sum| sum.split_once(": ")) {
                Some((number, sum)) => (number.parse::<usize>().expect("a number") - 1, sum),
                None => (0, verdict.sum.as_str()),
            };
            if !sum.starts_with('k') {
                let Layer { mask, stride, .. } = now[number];
                let expected =
                    if mask < stride { format!("{mask} < {stride}") } else { format!("{mask} mod {stride} = {}", mask % stride) };
                prop_assert_eq!(sum, expected);
                if now.len() > 1 {
                    prop_assert!(!mask.is_multiple_of(stride), "{:?} is no cause", now[number]);
                    prop_assert_eq!(spread(&inside(&now[..number])), 1.0, "there is a cause before");
                    prop_assert!(spread(&inside(&now[..=number])) > 1.0);
                }
            }
            let Some(remedy) = verdict.remedy else { break };
            lesson = lesson.reduce(UpsampleAction::Stack(remedy.stack.clone()));
            let set: Vec<[usize; 2]> = lesson.work.stack.layers().iter().map(|layer| [layer.mask, layer.stride]).collect();
            prop_assert_eq!(&set, &remedy.stack, "the button does what it says");
            prop_assert_eq!(turn, 0, "one press is enough");
            for (layer, [mask, stride]) in now.iter().zip(&set) {
                prop_assert_eq!(layer.stride, *stride);
                prop_assert_eq!(layer.mask != *mask, remedy.label.contains(&format!("k = {mask}")) && layer.mask != *mask);
            }
        }
        prop_assert!(spread(&inside(lesson.work.stack.layers())) == 1.0);
    }

    #[test]
    fn nothing_that_can_be_set_leaves_the_page_without_words(actions in prop::collection::vec(any_action(), 0..8)) {
        let lesson = after(&actions);
        let (title, sentence) = step_words(&lesson);
        let mut all = vec![sentence];
        for weighted in [false, true] {
            let verdict = verdict(&lesson.reduce(UpsampleAction::Weighted(weighted)));
            prop_assert!(!verdict.sum.is_empty());
            all.push(verdict.meaning);
            all.extend(verdict.plane);
        }
        for told in all {
            prop_assert!(told.ends_with('.') && !told.contains("NaN") && !told.contains("inf"), "{told}");
        }
        prop_assert!(!title.is_empty() && formula(&lesson).contains('='));
        let overlap = Overlap::of(&lesson);
        for (number, row) in overlap.rows.iter().enumerate() {
            for cell in [0, row.complete.len() / 2, row.complete.len() - 1] {
                prop_assert!(cell_words(&lesson, &overlap, number, cell).ends_with('.'));
                prop_assert!(map_words(&lesson, &overlap, number, [cell, 0]).ends_with('.'));
            }
            prop_assert_eq!(cell_words(&lesson, &overlap, number, row.complete.len()), "");
        }
    }
}

/// Every layer of the lab's ranges by itself: even exactly where the counts far from the rim are.
#[test]
fn one_layer_is_even_exactly_if_the_stride_divides_the_mask() {
    for mask in 1..=8 {
        for stride in 1..=6 {
            let lesson = stacked(&[[mask, stride]]);
            let apart = spread(&inside(lesson.work.stack.layers()));
            assert_eq!(verdict(&lesson).remedy.is_none(), apart == 1.0, "k = {mask}, s = {stride}");
            let near = nearest_even_masks(lesson.work.stack.layers());
            let even = (1..=8).filter(|k: &usize| k.is_multiple_of(stride));
            let nearest = even.min_by_key(|k| (k.abs_diff(mask), std::cmp::Reverse(*k)));
            assert_eq!(near, nearest.filter(|k| *k != mask).map(|k| vec![k]), "k = {mask}, s = {stride}");
        }
    }
}

/// Whether the counts far from the rim are all alike, by painting them; the rows need not be longer than the pattern and
/// what reaches into it.
fn is_even(layers: &[[usize; 2]]) -> bool {
    let layers: Vec<Layer> = layers.iter().map(|[mask, stride]| Layer::new(*mask, *stride)).collect();
    let period: usize = layers.iter().map(|layer| layer.stride).product();
    let rows = counted(&layers, 24);
    let last = &rows[layers.len()];
    let middle = last.len() / 2 - period / 2;
    last[middle..middle + period].iter().all(|count| *count == last[middle])
}

/// All single layers and all pairs of layers, 48² of them: after the button's press the stack is even, and of all masks
/// that would be even none is nearer.
#[test]
fn the_nearest_even_masks_are_even_and_the_nearest() {
    let sides = || (1..=8_usize).flat_map(|mask| (1..=6_usize).map(move |stride| [mask, stride]));
    // Whether pairs of masks are even with these strides, by painting.
    let mut even = vec![[[[false; 9]; 9]; 7]; 7];
    for [first, one] in sides() {
        for [second, other] in sides() {
            even[one][other][first][second] = is_even(&[[first, one], [second, other]]);
        }
    }
    let mut uneven = 0;
    for [first, one] in sides() {
        for [second, other] in sides() {
            let layers = [Layer::new(first, one), Layer::new(second, other)];
            let table = &even[one][other];
            let far = |a: usize, b: usize| {
                let (da, db) = (a.abs_diff(first), b.abs_diff(second));
                (da + db, usize::from(da > 0) + usize::from(db > 0))
            };
            let all = (1..=8).flat_map(|a| (1..=8).map(move |b| (a, b)));
            let least = all.filter(|(a, b)| table[*a][*b]).map(|(a, b)| far(a, b)).min().expect("k = s is even");
            let told = format!("k = {first}, {second}; s = {one}, {other}");
            match nearest_even_masks(&layers) {
                None => assert!(table[first][second], "{told} is not even"),
                Some(found) => {
                    uneven += 1;
                    assert!(!table[first][second], "{told} is even");
                    assert!(table[found[0]][found[1]], "{told} is not even with {found:?}");
                    assert_eq!(far(found[0], found[1]), least, "{told}: {found:?}");
                    let lesson = stacked(&[[first, one], [second, other]]);
                    let remedy = verdict(&lesson).remedy.expect("a button");
                    let pressed = verdict(&lesson.reduce(UpsampleAction::Stack(remedy.stack)));
                    assert_eq!((pressed.remedy, pressed.plane), (None, None), "{told}");
                }
            }
        }
    }
    assert!(uneven > 500, "{uneven}");
}

#[test]
fn remedies_say_all_that_they_change() {
    let label = |layers: &[[usize; 2]]| verdict(&stacked(layers)).remedy.map(|remedy| remedy.label);
    let told = |changes: &str| Some(format!("Nearest even choice: {changes}"));
    assert_eq!(label(&[[3, 2]]), told("k = 4"));
    assert_eq!(label(&[[4, 2]]), None);
    // A second mask of 4 covers the whole pattern, whatever the first one is.
    assert_eq!(label(&[[3, 2], [3, 2]]), told("k = 4 in layer 2"));
    assert_eq!(label(&[[4, 3], [5, 5], [7, 3]]), told("k = 3 in layer 1 and k = 6 in layer 3"));
    assert_eq!(label(&[[5, 6], [5, 6]]), told("k = 6 in layers 1 and 2"));
}

/// Stacks of up to five layers, pressed once.
#[test]
fn one_press_evens_five_layers() {
    for layers in [
        vec![[3, 2]; 5],
        vec![[8, 5]; 5],
        vec![[5, 6]; 5],
        vec![[1, 6], [8, 5], [3, 4], [7, 3], [5, 2]],
        vec![[3, 2], [4, 3], [5, 4]],
    ] {
        let lesson = stacked(&layers);
        let remedy = verdict(&lesson).remedy.expect("a button");
        assert_eq!(verdict(&lesson.reduce(UpsampleAction::Stack(remedy.stack.clone()))).remedy, None, "{layers:?}");
        if layers.len() < 5 || layers[0][1] == 2 {
            assert!(is_even(&remedy.stack) && !is_even(&layers), "{layers:?}");
        }
    }
}

/// The sentence beside the lab has room for three lines; what is more goes under the map, and nothing gets lost.
#[test]
fn long_verdicts_are_parted_between_sentences() {
    let mut parted = 0;
    for first in (1..=8).flat_map(|mask| (1..=6).map(move |stride| [mask, stride])) {
        for second in [None, Some([3, 2]), Some([7, 1]), Some([2, 3]), Some([8, 6])] {
            for pixels in [1, 2, 8] {
                for side in [Side::Forward, Side::Gradient] {
                    let layers: Vec<[usize; 2]> = [first].into_iter().chain(second).collect();
                    let lesson =
                        stacked(&layers).reduce(UpsampleAction::Pixels(pixels)).reduce(UpsampleAction::Side(side));
                    let verdict = verdict(&lesson);
                    let (line, rest) = verdict.parted(170);
                    assert!(line.ends_with('.') && (rest.is_empty() || rest.ends_with('.')));
                    assert!(line.chars().count() + verdict.sum.chars().count() + 2 <= 170, "{line}");
                    let again = if rest.is_empty() { line.to_owned() } else { format!("{line} {rest}") };
                    assert_eq!(again, verdict.meaning);
                    parted += usize::from(!rest.is_empty());
                }
            }
        }
    }
    assert!(parted > 10, "{parted}");
}

#[test]
fn verdicts_say_what_the_counts_show() {
    let say = |layers: &[[usize; 2]], side: Side| {
        let verdict = verdict(&stacked(layers).reduce(UpsampleAction::Side(side)));
        format!("{}: {}", verdict.sum, verdict.meaning)
    };
    let forward = |mask, stride| say(&[[mask, stride]], Side::Forward);
    assert_eq!(forward(3, 2), "3 mod 2 = 1: every second cell is painted twice.");
    assert_eq!(forward(4, 2), "4 mod 2 = 0: every cell inside is painted twice.");
    assert_eq!(forward(2, 2), "2 mod 2 = 0: every cell inside is painted once.");
    assert_eq!(forward(5, 2), "5 mod 2 = 1: every second cell is painted three times, the others twice.");
    assert_eq!(forward(5, 3), "5 mod 3 = 2: two of every three cells are painted twice.");
    assert_eq!(forward(4, 3), "4 mod 3 = 1: every third cell is painted twice.");
    assert_eq!(forward(1, 2), "1 < 2: every second cell stays empty.");
    assert_eq!(forward(1, 4), "1 < 4: three of every four cells stay empty.");
    let gradient = |mask, stride| say(&[[mask, stride]], Side::Gradient);
    assert_eq!(
        gradient(3, 2),
        "3 mod 2 = 1: every second input cell is read by two windows: two gradients add up there, and one on the others."
    );
    assert_eq!(
        gradient(4, 2),
        "4 mod 2 = 0: every input cell inside is read by two windows, so two gradients are added up there."
    );
    assert_eq!(
        gradient(1, 3),
        "1 < 3: two of every three input cells are read by no window, and no gradient reaches them."
    );
    let stack = |layers: &[[usize; 2]]| say(layers, Side::Forward);
    assert_eq!(
        stack(&[[3, 2], [2, 1]]),
        "Layer 1: 3 mod 2 = 1: uneven, but layer 2 evens it out: every cell inside is painted three times."
    );
    assert_eq!(
        stack(&[[3, 2], [3, 2]]),
        "Layer 1: 3 mod 2 = 1: every second cell is painted twice; layer 2 adds to it. In the end the counts inside \
         repeat 3, 2, 3, 1."
    );
    assert_eq!(
        stack(&[[4, 2], [3, 2], [1, 1]]),
        "Layer 2: 3 mod 2 = 1: every second cell is painted four times, the others twice; layer 3 passes it on. In the end the counts inside \
         repeat 4, 2."
    );
    let back = |layers: &[[usize; 2]]| say(layers, Side::Gradient);
    assert_eq!(
        back(&[[4, 2], [3, 2]]),
        "Layer 2: 3 mod 2 = 1: every second input cell is reached four times, the others twice."
    );
    assert_eq!(
        back(&[[2, 2], [3, 2]]),
        "Layer 2: 3 mod 2 = 1: every second input cell is read by two windows: two gradients add up there, and one on the \
         others."
    );
    assert_eq!(stack(&[[4, 2], [1, 2]]), "Layer 2: 1 < 2: every second cell stays empty.");
    assert_eq!(
        stack(&[[4, 2], [4, 2], [6, 3]]),
        "k mod s = 0 in all three layers: every cell inside is painted eight times."
    );
    assert_eq!(
        stack(&[[1, 2], [3, 1]]),
        "Layer 1: 1 < 2: every second cell stays empty; layer 2 fills the holes unevenly. In the end the counts inside \
         repeat 2, 1."
    );
}

/// A layer that is uneven behind an even one: what is told of its cells is what they hold.
#[test]
fn copies_of_the_layers_before_are_counted() {
    let times = ["never", "once", "twice", "three times", "four times", "five times", "six times", "seven times"];
    let mut told = 0;
    for (copies, first) in [(1, [2, 2]), (2, [4, 2]), (3, [3, 1])] {
        for (mask, stride) in [(3, 2), (4, 3), (5, 3), (5, 2), (7, 5), (8, 6)] {
            let layers = [first, [mask, stride]];
            let lesson = stacked(&layers);
            let cells = inside(lesson.work.stack.layers());
            let (least, most) = (mask / stride * copies, (mask / stride + 1) * copies);
            assert!(cells.iter().all(|count| [least as f64, most as f64].contains(count)) && spread(&cells) > 1.0);
            let Some(most) = times.get(most) else { continue };
            let meaning = verdict(&lesson).meaning;
            assert!(meaning.contains(&format!("painted {most}")), "{layers:?}: {meaning}");
            if least > 1 {
                assert!(meaning.contains(&format!("the others {}.", times[least])), "{layers:?}: {meaning}");
            }
            told += 1;
        }
    }
    assert!(told > 12);
}

#[test]
fn the_plane_squares_the_ratio() {
    let plane = |layers: &[[usize; 2]]| verdict(&stacked(layers)).plane;
    let told = |ratio: &str| {
        Some(format!("In the plane the richest cell inside gets {ratio} times the paint of the poorest."))
    };
    assert_eq!(plane(&[[3, 2]]), told("4"));
    assert_eq!(plane(&[[5, 2]]), told("2.3"));
    assert_eq!(plane(&[[3, 2], [3, 2]]), told("9"));
    assert_eq!(plane(&[[1, 2]]), Some("In the plane some cells inside get no paint at all.".to_owned()));
    assert_eq!(plane(&[[4, 2]]), None);
    // 74 and 73 copies along a row: too near for one decimal, and not even.
    assert_eq!(plane(&[[3, 2], [7, 1], [7, 1]]), told("1.03"));
}

#[test]
fn weights_can_make_up_for_counts_and_spoil_them() {
    let weighted = |layers: &[[usize; 2]], weights| {
        stacked(layers).reduce(UpsampleAction::Weights(weights)).reduce(UpsampleAction::Weighted(true))
    };
    let tent = weighted(&[[3, 2]], Weights::Tent);
    let told = verdict(&tent);
    assert_eq!((told.plane, told.remedy), (None, None));
    assert!(told.meaning.contains("make up for it"), "{}", told.meaning);
    let bell = weighted(&[[6, 3]], Weights::Bell);
    let told = verdict(&bell);
    assert!(told.meaning.contains("not with the same weights"), "{}", told.meaning);
    assert!(told.plane.expect("a grid").contains("times the paint"));
    assert!(bell.contrast(true).expect("a ratio") > 1.05);
    let flat = weighted(&[[4, 2]], Weights::Flat);
    assert_eq!((verdict(&flat).plane, flat.contrast(true)), (None, Some(1.0)));
    let holes = weighted(&[[1, 2]], Weights::Flat);
    assert_eq!(verdict(&holes).plane, Some("In the plane some cells inside get no paint at all.".to_owned()));
    let random = weighted(&[[4, 2]], Weights::Random);
    assert!(random.contrast(true).expect("a ratio") > 1.05 && random.contrast(false) == Some(1.0));
    // Counts do not ask for weights.
    assert_eq!(verdict(&tent.reduce(UpsampleAction::Weighted(false))), verdict(&stacked(&[[3, 2]])));
}

/// The ratio in the plane for weights that are no outer product, against a large plane painted by the kernel.
#[test]
fn weights_of_two_dimensions_are_compared_cell_by_cell() {
    for layers in [
        vec![[3, 2]],
        vec![[5, 3]],
        vec![[4, 2], [3, 2]],
        vec![[3, 2], [2, 1]],
        vec![[5, 4], [7, 5], [6, 5]],
        vec![[8, 6], [8, 6], [8, 6]],
        vec![[4, 3], [5, 3], [3, 3], [4, 3], [2, 2]],
    ] {
        for weights in [Weights::Random, Weights::Own] {
            let lesson = stacked(&layers).reduce(UpsampleAction::Weights(weights));
            let masks = lesson.masks();
            let kernel: Vec<_> =
                lesson.work.stack.kernel_layers().into_iter().zip(masks.iter().map(|mask| mask.view())).collect();
            let period = lesson.scale();
            let pixels = if period > 9 { 6 } else { 20 };
            let plane = stack_paint_plane([pixels, pixels], &kernel).expect("small layers");
            let middle = (plane.nrows() - period) / 2;
            let inside =
                stack_interior(pixels, &lesson.work.stack.kernel_layers()).expect("layers").expect("an inside");
            assert!(inside.start <= middle && middle + period <= inside.end, "{layers:?}: {inside:?}");
            let cells = plane.slice(ndarray::s![middle..middle + period, middle..middle + period]);
            let values: Vec<f64> = cells.iter().copied().collect();
            let (expected, told) = (spread(&values), lesson.contrast(true).expect("positive weights"));
            if expected.is_infinite() || expected > 1e6 {
                assert!(told.is_infinite(), "{layers:?} {weights:?}");
            } else {
                assert!((told / expected - 1.0).abs() < 1e-4, "{layers:?} {weights:?}: {told} {expected}");
            }
        }
    }
}

/// Up to three layers there always is something to say of the plane.
#[test]
fn three_layers_are_never_too_large_to_compare() {
    for layers in [[[8, 6]; 3], [[8, 1]; 3], [[1, 6]; 3], [[8, 6], [8, 6], [8, 1]]] {
        let lesson = stacked(&layers).reduce(UpsampleAction::Weights(Weights::Random));
        assert!(lesson.contrast(true).is_some(), "{layers:?}");
        let told = verdict(&lesson.reduce(UpsampleAction::Weighted(true))).plane;
        assert!(!told.is_some_and(|told| told.contains("too large")), "{layers:?}");
    }
    let deep = stacked(&[[8, 3]; 5]).reduce(UpsampleAction::Weights(Weights::Random));
    assert!(deep.contrast(true).is_some_and(|apart| apart > 1.0), "243 times as large");
}

#[test]
fn weights_below_zero_have_no_ratio() {
    let lesson = stacked(&[[2, 2]]).reduce(UpsampleAction::Weights(Weights::Own));
    let minus = lesson.reduce(UpsampleAction::OwnWeight(0, -1.0));
    assert_eq!(minus.contrast(true), None);
    let told = verdict(&minus.reduce(UpsampleAction::Weighted(true))).plane;
    assert_eq!(told.as_deref(), Some("By weight some cells inside hold paint below 0 and others above."));
    let none = (0..4).fold(minus, |lesson, place| lesson.reduce(UpsampleAction::OwnWeight(place, 0.0)));
    assert_eq!(none.contrast(true), Some(1.0));
}

#[test]
fn a_single_pixel_has_no_inside_to_speak_of() {
    let one = stacked(&[[3, 2]]).reduce(UpsampleAction::Pixels(1));
    assert!(verdict(&one).meaning.contains("so few pixels") && !shows_inside(&one));
    assert!(!verdict(&stacked(&[[3, 2]])).meaning.contains("so few pixels") && shows_inside(&stacked(&[[3, 2]])));
}

#[test]
fn steps_are_told_with_the_cells_that_they_reach() {
    let at = |lesson: &UpsampleLesson, position: f64| step_words(&lesson.reduce(UpsampleAction::Seek(position)));
    let pair = |title: &str, sentence: &str| (title.to_owned(), sentence.to_owned());
    let worked = UpsampleLesson::default();
    assert_eq!(
        at(&worked, 0.0),
        pair("Before the first step", "No pixel has been painted yet. Step forward or press Play.")
    );
    assert_eq!(at(&worked, 1.0), pair("Paint, step 1 of 5", "Input pixel 1 lands on cells 1, 2 and 3."));
    assert_eq!(
        at(&worked, 3.0),
        pair("Paint, step 3 of 5", "Input pixel 3 lands on cells 5, 6 and 7; cell 5 already held paint.")
    );
    assert_eq!(at(&worked, 2.5), at(&worked, 3.0), "the step under way");
    let apart = stacked(&[[1, 2]]);
    assert_eq!(at(&apart, 2.0).1, "Input pixel 2 lands on cell 3; it did not hold paint.");
    let cropped = stacked(&[[4, 2]]).reduce(UpsampleAction::Padding(1));
    assert_eq!(at(&cropped, 1.0).1, "Input pixel 1 lands on cells 1, 2 and 3.");
    assert_eq!(at(&cropped, 2.0).1, "Input pixel 2 lands on cells 2 to 5; cells 2 and 3 already held paint.");
    let gradient = worked.reduce(UpsampleAction::Side(Side::Gradient));
    assert_eq!(
        at(&gradient, 3.0),
        pair(
            "Gradient, step 3 of 5",
            "Window 3 read cells 5, 6 and 7, and its gradient goes back to them; cell 5 already held one."
        )
    );
    // Zeros between pixels paint nothing, and what they reach was not held before.
    let stack = stacked(&[[1, 2], [2, 1]]);
    assert_eq!(
        at(&stack, 5.0 + 2.0),
        pair("Layer 2, step 2 of 9", "Cell 2 of layer 1 is empty, so its copy of the mask adds nothing.")
    );
    assert_eq!(at(&stack, 5.0 + 3.0).1, "Cell 3 of layer 1 lands on cells 3 and 4; none of them held paint.");
    // Many pixels go in runs.
    let many = stacked(&[[3, 3], [3, 3]]).reduce(UpsampleAction::Pixels(8));
    let (title, sentence) = at(&many, 8.0 + 12.0);
    assert_eq!(title, "Layer 2, step 12 of 12");
    assert_eq!(sentence, "Cells 23 and 24 of layer 1 land on cells 67 to 72.");
    // Where all of it is shown no step is told.
    let counts = worked.reduce(UpsampleAction::Seek(3.0)).reduce(UpsampleAction::Shown(Shown::Counts));
    assert_eq!(step_words(&counts), pair("All painted", "Play paints it step by step."));
    assert!(step_words(&counts.reduce(UpsampleAction::Side(Side::Gradient))).1.starts_with("Play sends the gradients"));
}

#[test]
fn chapters_have_the_names_that_the_sentences_have() {
    let names = |layers: &[[usize; 2]], side: Side| stacked(layers).timeline().chapters(side);
    assert_eq!(names(&[[3, 2]], Side::Forward)[1], "Pixel 2");
    assert_eq!(names(&[[3, 2]], Side::Gradient)[1], "Window 2");
    assert_eq!(names(&[[3, 2], [3, 2]], Side::Gradient), ["Layer 1", "Layer 2"]);
}

/// The place at which a playing page comes to rest, and its link.
#[test]
fn time_rests_in_thousandths() {
    let paused = after(&[UpsampleAction::Seek(2.0), UpsampleAction::Play(true), UpsampleAction::Tick(616.634_000_1)]);
    assert!((paused.position - 2.616_634).abs() < 1e-6, "while it plays it is where it is");
    let paused = paused.reduce(UpsampleAction::Play(false));
    assert_eq!(paused.position.to_string(), "2.617");
    // What is shorter than a thousandth of a step adds up while it plays.
    let slow = (0..1000).fold(after(&[UpsampleAction::Seek(2.0), UpsampleAction::Play(true)]), |lesson, _| {
        lesson.reduce(UpsampleAction::Tick(0.25))
    });
    assert!((slow.position - 2.25).abs() < 1e-9);
}

#[test]
fn the_plane_is_said_to_be_as_far_as_it_is() {
    let at = |lesson: &UpsampleLesson, position: f64| {
        let lesson = lesson.reduce(UpsampleAction::Seek(position));
        let layer = lesson.timeline().shown(position).layer;
        plane_so_far(&lesson, &Overlap::of(&lesson), layer)
    };
    let worked = UpsampleLesson::default();
    assert_eq!(at(&worked, 0.0), None);
    assert_eq!(at(&worked, 1.5).as_deref(), Some("1 row and 1 column of pixels so far."));
    assert_eq!(at(&worked, 3.0).as_deref(), Some("3 rows and 3 columns of pixels so far."));
    assert_eq!(at(&worked, 5.0), None, "all of it");
    let gradient = worked.reduce(UpsampleAction::Side(Side::Gradient));
    assert_eq!(at(&gradient, 2.0).as_deref(), Some("2 rows and 2 columns of windows so far."));
    assert_eq!(
        at(&stacked(&[[3, 2], [3, 2]]), 8.0).as_deref(),
        Some("3 rows and 3 columns of cells of layer 1 so far.")
    );
    let counts = worked.reduce(UpsampleAction::Shown(Shown::Counts));
    assert_eq!(plane_so_far(&counts, &Overlap::of(&counts), 0), None);
}

#[test]
fn inputs_and_entries_are_told_with_their_cells() {
    let worked = UpsampleLesson::default();
    let overlap = Overlap::of(&worked);
    assert_eq!(input_words(&worked, &overlap, 0, 1), "Pixel 2 paints cells 3, 4 and 5.");
    assert_eq!(entry_words(&worked, &overlap, 0, 1, 1), "Entry b of pixel 2’s copy lies on cell 4.");
    assert_eq!(
        (input_words(&worked, &overlap, 0, 5), entry_words(&worked, &overlap, 0, 1, 3)),
        (String::new(), String::new())
    );
    let gradient = worked.reduce(UpsampleAction::Side(Side::Gradient));
    let overlap = Overlap::of(&gradient);
    assert_eq!(
        input_words(&gradient, &overlap, 0, 1),
        "Window 2 reads cells 3, 4 and 5, and its gradient goes back to them."
    );
    let cropped = stacked(&[[4, 2]]).reduce(UpsampleAction::Padding(1)).reduce(UpsampleAction::Weighted(true));
    let overlap = Overlap::of(&cropped);
    assert_eq!(entry_words(&cropped, &overlap, 0, 0, 0), "Entry a of pixel 1’s copy is cut off by the padding.");
    assert_eq!(
        entry_words(&cropped, &overlap, 0, 0, 1),
        "Entry b of pixel 1’s copy lies on cell 1, with the weight 0.50."
    );
    assert_eq!(entry_words(&cropped, &overlap, 0, 4, 3), "Entry d of pixel 5’s copy is cut off by the padding.");
    for (input, entry) in (0..5).flat_map(|input| (0..4).map(move |entry| (input, entry))) {
        let cell = overlap.rows[0].entry_cell(input, entry);
        assert!(cell.is_none_or(|cell| overlap.rows[0].sources(cell).contains(&input)));
    }
    let stack = stacked(&[[3, 2], [3, 2]]);
    assert_eq!(input_words(&stack, &Overlap::of(&stack), 1, 4), "Cell 5 of layer 1 paints cells 9, 10 and 11.");
}

/// Where weights are no outer product the row is a mean over the kinds of rows, and says so. Held against the plane.
#[test]
fn a_row_that_is_a_mean_says_so() {
    for layers in [vec![[3, 2]], vec![[4, 3]], vec![[3, 2], [3, 2]]] {
        let lesson = stacked(&layers)
            .reduce(UpsampleAction::Weights(Weights::Random))
            .reduce(UpsampleAction::Weighted(true))
            .reduce(UpsampleAction::Shown(Shown::Counts));
        let last = layers.len() - 1;
        let period = lesson.scale();
        let told = format!("mean of {period} rows");
        let overlap = Overlap::of(&lesson);
        let row = &overlap.rows[last];
        assert!(axis_words(&lesson, last, row.complete.len()).contains(&told), "{layers:?}");
        assert!(heading(&lesson, last).ends_with(&told));
        assert!(cell_words(&lesson, &overlap, last, 5).contains(&told));
        let (plane, inside) = (overlap.plane(last, Shown::Counts), row.interior.clone().expect("an inside"));
        assert!(inside.len() >= period, "{layers:?}: {inside:?}");
        for column in inside.clone() {
            let rows = inside.start..inside.start + period;
            let mean = rows.map(|row| plane.at(row, column)).sum::<f64>() / period as f64;
            assert!((mean - row.complete[column]).abs() < 1e-5, "{layers:?}, column {column}");
        }
    }
    let tent = stacked(&[[3, 2]]).reduce(UpsampleAction::Weights(Weights::Tent)).reduce(UpsampleAction::Weighted(true));
    assert!(!axis_words(&tent, 0, 11).contains("mean") && heading(&tent, 0) == "Paint, one row");
    let one =
        stacked(&[[3, 1]]).reduce(UpsampleAction::Weights(Weights::Random)).reduce(UpsampleAction::Weighted(true));
    assert!(!axis_words(&one, 0, 7).contains("mean"), "there is one kind of row");
}

#[test]
fn numbers_are_grouped_and_counted() {
    for (value, text) in [
        (0.0, "0"),
        (1.0, "1"),
        (0.5, "0.5"),
        (-0.25, "−0.25"),
        (0.05, "0.05"),
        (-0.004, "0"),
        (65_318.0, "65,318"),
        (1234.56, "1,234.56"),
        (2.996, "3"),
        (-7.1, "−7.1"),
    ] {
        assert_eq!(printed(value), text);
    }
    let counts = |layers: &[[usize; 2]]| stacked(layers).reduce(UpsampleAction::Shown(Shown::Counts));
    assert_eq!(under_way(&counts(&[[3, 1]]), 5), "1 cell for each pixel");
    assert_eq!(under_way(&counts(&[[3, 2]]), 5), "2 cells for each pixel");
    let gradient = counts(&[[3, 1]]).reduce(UpsampleAction::Side(Side::Gradient));
    assert_eq!(under_way(&gradient, 5), "1 input for each output");
    assert_eq!(under_way(&counts(&[[8, 6]; 5]), 5), "7,776 cells for each pixel");
    let large = counts(&[[8, 6]; 5]).reduce(UpsampleAction::Choose(4));
    assert_eq!(axis_words(&large, 4, 65_318), "times painted, cell 1 to 65,318");
    assert!(formula(&large).contains(','), "{}", formula(&large));
}

#[test]
fn cells_and_sizes_are_told() {
    let worked = UpsampleLesson::default();
    let overlap = Overlap::of(&worked);
    assert_eq!(cell_words(&worked, &overlap, 0, 4), "Cell 5 is painted twice, by input pixels 2 and 3.");
    assert_eq!(map_words(&worked, &overlap, 0, [4, 2]), "Row 5, column 3: 2 · 2 = 4 copies.");
    assert_eq!(formula(&worked), "o = (5 − 1)·2 − 2·0 + 3 = 11");
    let gradient = worked.reduce(UpsampleAction::Side(Side::Gradient));
    assert_eq!(
        cell_words(&gradient, &overlap, 0, 4),
        "Input cell 5 is read by windows 2 and 3, so two gradients are added up there."
    );
    assert_eq!(formula(&gradient), "o = ⌊(11 + 2·0 − 3) / 2⌋ + 1 = 5");
    let holes = stacked(&[[1, 2]]);
    let overlap = Overlap::of(&holes);
    assert_eq!(cell_words(&holes, &overlap, 0, 1), "Cell 2 stays empty: no copy of the mask reaches it.");
    let second = stacked(&[[3, 2], [3, 2]]).reduce(UpsampleAction::Choose(1));
    assert_eq!(formula(&second), "o = (11 − 1)·2 − 2·0 + 3 = 23");
}

#[test]
fn the_largest_stack_is_shown_by_its_middle() {
    let largest = after(&[
        UpsampleAction::Stack(vec![[8, 6]; 5]),
        UpsampleAction::Pixels(8),
        UpsampleAction::Weights(Weights::Random),
    ]);
    let overlap = Overlap::of(&largest);
    let row = &overlap.rows[4];
    let length = row.complete.len();
    assert!(length > 60_000, "{length}");
    let bars = row.window();
    assert_eq!(bars.len(), BARS_MOST);
    assert!(bars.start.abs_diff(length - bars.end) <= 1, "it is the middle");
    let map = overlap.plane(4, Shown::Heat);
    assert_eq!((map.side, map.window.len(), map.is_whole()), (length, MAP_MOST, false));
    let cell = map.window.start + 7;
    assert_eq!(map.at(cell, cell + 1), row.complete[cell] * row.complete[cell + 1]);
    assert_eq!(map.at(0, 0), 0.0, "what is out of the window is not known");
    let uneven = Overlap::of(&largest.reduce(UpsampleAction::Weighted(true)));
    let map = uneven.plane(4, Shown::Heat);
    assert_eq!(map.window.len(), MAP_MOST_UNEVEN);
    assert!(map.most > 0.0 && map.at(map.window.start, map.window.start) > 0.0);
    assert!(largest.contrast(true).is_none(), "too large to compare");
    let told = verdict(&largest.reduce(UpsampleAction::Weighted(true))).plane;
    assert!(told.as_deref().is_some_and(|told| told.contains("too large a pattern")), "{told:?}");
}

/// A window in the middle of a plane that is painted cell by cell holds what the whole plane holds there.
#[test]
fn a_window_of_the_plane_is_a_part_of_it() {
    let lesson = after(&[
        UpsampleAction::Stack(vec![[5, 3], [4, 3], [3, 3]]),
        UpsampleAction::Pixels(7),
        UpsampleAction::Weights(Weights::Random),
        UpsampleAction::Weighted(true),
    ]);
    let masks = lesson.masks();
    let kernel: Vec<_> =
        lesson.work.stack.kernel_layers().into_iter().zip(masks.iter().map(|mask| mask.view())).collect();
    let plane = stack_paint_plane([7, 7], &kernel).expect("three layers");
    let map = Overlap::of(&lesson).plane(2, Shown::Counts);
    assert!(!map.is_whole());
    for row in map.window.clone() {
        for column in map.window.clone() {
            assert!((map.at(row, column) - plane[[row, column]]).abs() < 1e-6, "{row}, {column}");
        }
    }
}

#[test]
fn scores_name_the_frequencies_that_stand_out() {
    assert_eq!(checkerboard_words(12.3, true, &[[0.5, 0.0], [0.0, -0.5], [0.5, 0.5]]), "+12 dB, at n/2");
    assert_eq!(checkerboard_words(8.0, true, &[[0.25, 0.5], [1.0 / 3.0, 0.0]]), "+8 dB, at n/2, n/3 and n/4");
    assert_eq!(checkerboard_words(8.0, true, &[[0.4, 0.0]]), "+8 dB, at 2n/5");
    assert_eq!(checkerboard_words(12.3, false, &[]), "none");
    assert_eq!(checkerboard_words(f64::NAN, true, &[]), "none");
}

#[test]
fn matrices_have_a_formula_of_their_own() {
    let mut lesson = stacked(&[[3, 2]]);
    assert_eq!(formula(&lesson), "o = (5 − 1)·2 − 2·0 + 3 = 11");
    lesson.side = Side::Gradient;
    lesson.view = View::Matrices;
    // The tiny input has two rows, and the matrix is that of the way there.
    assert_eq!(formula(&lesson), "o = (2 − 1)·2 − 2·0 + 3 = 5");
}

#[test]
fn what_is_empty_and_what_lies_between_copies_is_told() {
    let at = |layers: [[usize; 2]; 2], side: Side, position: f64| {
        let lesson = lesson_of(&layers.map(|[mask, stride]| Layer { mask, stride, padding: 0 }), 8);
        step_words(&lesson.reduce(UpsampleAction::Side(side)).reduce(UpsampleAction::Seek(position))).1
    };
    assert_eq!(
        at([[1, 2], [1, 2]], Side::Forward, 12.0),
        "Cells 4 and 5 of layer 1 lay their copies within cells 7, 8 and 9."
    );
    assert_eq!(
        at([[1, 2], [1, 2]], Side::Gradient, 12.0),
        "The gradients of outputs 4 and 5 go back to what they read of input cells 7, 8 and 9."
    );
    assert_eq!(
        at([[1, 3], [1, 1]], Side::Forward, 10.0),
        "Cells 2 and 3 of layer 1 are empty, so their copies of the mask add nothing."
    );
    assert_eq!(
        at([[1, 3], [1, 1]], Side::Gradient, 10.0),
        "No gradient has reached outputs 2 and 3, so they hand none on."
    );
    // Copies as wide as their distance leave nothing between them.
    assert_eq!(at([[1, 2], [2, 2]], Side::Forward, 12.0), "Cells 4 and 5 of layer 1 land on cells 7 to 10.");

    let told = |side: Side| {
        let lesson = stacked(&[[1, 2], [1, 1]]).reduce(UpsampleAction::Side(side));
        cell_words(&lesson, &Overlap::of(&lesson), 1, 1)
    };
    assert_eq!(told(Side::Forward), "Cell 2 stays empty: what covers it, cell 2 of the layer before, is empty.");
    assert_eq!(told(Side::Gradient), "Input cell 2 is read by window 2, but no gradient has come that far.");
}

/// Of every stack of three layers that leaves holes in the end, whether they are the first ones or new ones.
#[test]
fn old_holes_and_new_ones_are_told_apart() {
    let sides = || (1..=4).flat_map(|mask| (1..=4).map(move |stride| [mask, stride]));
    let (mut old, mut new) = (0, 0);
    for first in sides() {
        for (second, third) in sides().flat_map(|second| sides().map(move |third| (second, third))) {
            let layers = [first, second, third];
            let meaning = verdict(&stacked(&layers)).meaning;
            // By counts in the middle of a long row.
            let has_holes = |layers: &[[usize; 2]]| {
                let plain = layers.iter().map(|&[mask, stride]| Layer { mask, stride, padding: 0 });
                let counts = counted(&plain.collect::<Vec<_>>(), 24).pop().expect("a layer");
                counts[counts.len() / 3..counts.len() * 2 / 3].contains(&0.0)
            };
            let is_filled_between = (1..3).any(|count| has_holes(&layers[..count - 1]) && !has_holes(&layers[..count]));
            if meaning.contains("fill the holes and leave new ones") {
                assert!(is_filled_between && has_holes(&layers), "{layers:?}: {meaning}");
                new += 1;
            } else if meaning.contains("not fill all the holes") {
                assert!(!is_filled_between && has_holes(&layers), "{layers:?}: {meaning}");
                old += 1;
            }
        }
    }
    assert!(old > 100 && new > 10, "{old} and {new}");
}

#[test]
fn a_mask_of_zeros_paints_nothing() {
    let zeros = after(&[
        UpsampleAction::Stack(vec![[3, 2]]),
        UpsampleAction::Weights(Weights::Own),
        UpsampleAction::Weighted(true),
    ]);
    let zeros = (0..9).fold(zeros, |lesson, place| lesson.reduce(UpsampleAction::OwnWeight(place, 0.0)));
    let verdict = verdict(&zeros);
    assert!(verdict.meaning.ends_with("But all weights are 0, so no cell holds any paint."), "{}", verdict.meaning);
    assert_eq!((verdict.plane, verdict.remedy), (None, None));
}

//! Every action of the Matrix lesson, with sense and without.

use deconvolution_explorer::{
    convolution::PaddingMode,
    lesson::matrix::{
        Action, Orientation, View,
        channels::ChannelPlan,
        pooling::PoolingSetup,
        preset::Preset,
        settings::Setting,
        spot::{Array, Spot},
        timeline::{Chapter, Way},
    },
};
use proptest::{prelude::*, sample::select};

use crate::lesson_setups::SETTINGS;

/// What may be typed into a cell.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-999..=999_i32).prop_map(|n| n.to_string()),
        2 => (-99..=99_i32, 1..=9_i32).prop_map(|(a, b)| format!("{a}/{b}")),
        1 => select(&["", "two", "1/0", "1000", "NaN", "-inf", "1e-45", "−0", "1e400", "0/1e-400"][..])
            .prop_map(str::to_owned),
        1 => ".{0,6}",
    ]
}

/// What may be pasted: a block of a few numbers, or anything.
fn paste() -> impl Strategy<Value = String> {
    let rows = |rows: Vec<Vec<i32>>| {
        let lines = rows.iter().map(|row| row.iter().map(i32::to_string).collect::<Vec<_>>().join("\t"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let block = (1..6_usize).prop_flat_map(move |columns| {
        prop::collection::vec(prop::collection::vec(-1000..=1000_i32, columns), 1..6).prop_map(rows)
    });
    prop_oneof![5 => block, 1 => "[\\[\\](),;0-9. \\t\\n-]{0,20}", 1 => ".{0,20}"]
}

/// A place in an array: mostly one that exists.
fn place() -> impl Strategy<Value = usize> {
    prop_oneof![6 => 0..16_usize, 2 => 0..200_usize, 1 => any::<usize>()]
}

fn array() -> impl Strategy<Value = Array> {
    let others = place().prop_flat_map(|n| {
        select(vec![
            Array::Placed(n),
            Array::Vector,
            Array::Matrix,
            Array::Product,
            Array::Result,
            Array::InputVector,
            Array::Turned,
            Array::Sum,
            Array::Transposed,
            Array::Stamp(n),
            Array::Inserted,
            Array::Flipped,
            Array::Nudged,
            Array::Change,
        ])
    });
    prop_oneof![6 => select(&[Array::Patch, Array::Mask, Array::Input][..]), 1 => others]
}

/// Any cell, on this stage or on none.
pub fn spot() -> impl Strategy<Value = Spot> {
    (place(), place()).prop_flat_map(|(n, m)| {
        select(vec![
            Spot::Patch(n),
            Spot::Mask(n),
            Spot::Placed(n, m),
            Spot::Vector(n),
            Spot::Entry(n, m),
            Spot::Product(n),
            Spot::Result(n),
            Spot::Input(n),
            Spot::InputVector(n),
            Spot::Turned(n, m),
            Spot::Sum(n),
            Spot::Transposed(n),
            Spot::Stamp(n, m),
            Spot::Inserted(n),
            Spot::Flipped(n),
            Spot::Nudged(n),
            Spot::Change(n),
        ])
    })
}

fn settings() -> impl Strategy<Value = Vec<Setting>> {
    prop_oneof![
        4 => select(&SETTINGS[..]).prop_map(|setting| vec![setting]),
        2 => (0..7_usize).prop_map(|pair| SETTINGS[2 * pair..2 * pair + 2].to_vec()),
        1 => prop::collection::vec(select(&SETTINGS[..]), 0..5),
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![3 => 0.0..40.0_f64, 1 => prop::num::f64::ANY]
}

/// Any action whatever.
pub fn action() -> impl Strategy<Value = Action> {
    let numbers = prop_oneof![
        8 => (array(), place(), text()).prop_map(|(array, place, text)| Action::Enter { array, place, text }),
        4 => (array(), place(), prop_oneof![(-99..99_i32).prop_map(|n| n as f32 / 10.0), prop::num::f32::ANY])
            .prop_map(|(array, place, by)| Action::Nudge { array, place, by }),
        2 => select(&Preset::ALL[..]).prop_map(Action::Load),
        3 => (array(), place(), paste()).prop_map(|(array, place, text)| Action::Paste { array, place, text }),
        1 => Just(Action::Reseed),
        1 => Just(Action::FollowResult),
    ];
    let geometry = prop_oneof![
        8 => (settings(), prop_oneof![6 => 0..5_usize, 2 => 0..14_usize, 1 => any::<usize>()])
            .prop_map(|(settings, value)| Action::Set(settings, value)),
        2 => select(&PaddingMode::ALL[..]).prop_map(Action::Mode),
        1 => any::<bool>().prop_map(Action::Flip),
        1 => Just(Action::FitOutputPadding),
    ];
    let size = || prop_oneof![8 => 0..6_usize, 1 => any::<usize>()];
    let sides = prop_oneof![
        2 => Just(Action::Undo),
        1 => Just(Action::Redo),
        1 => select(&View::ALL[..]).prop_map(Action::Show),
        1 => prop_oneof![1e-7..1e3_f64, prop::num::f64::ANY].prop_map(Action::Lambda),
        1 => (size(), size()).prop_map(|(window, stride)| Action::Pool(PoolingSetup { window, stride })),
        1 => (size(), size(), size())
            .prop_map(|(inputs, outputs, groups)| Action::Plan(ChannelPlan { inputs, outputs, groups })),
    ];
    let view = prop_oneof![
        prop::option::of(spot()).prop_map(Action::Point),
        spot().prop_map(Action::Pin),
        Just(Action::LetGo),
        any::<bool>().prop_map(Action::ShowLetters),
        select(&[Orientation::Columns, Orientation::Rows][..]).prop_map(Action::Orient),
        any::<bool>().prop_map(Action::ShowOverlap),
    ];
    let time = prop_oneof![
        select(&Way::ALL[..]).prop_map(Action::Tell),
        any::<bool>().prop_map(Action::Play),
        number().prop_map(Action::Seek),
        any::<bool>().prop_map(Action::Step),
        select(&Chapter::ALL[..]).prop_map(Action::Chapter),
        number().prop_map(|millis| Action::Pass(millis * 100.0)),
        prop_oneof![0..6_usize, any::<usize>()].prop_map(Action::Speed),
    ];
    prop_oneof![3 => numbers, 3 => geometry, 2 => sides, 2 => view, 2 => time]
}

//! Everything that a reader of the Upsample page can do, within reason and beyond, as strategies.

use deconvolution_explorer::{
    lesson::{
        Lesson,
        picture::Picture,
        upsample::{Aside, CORNERS, Down, SIZES, Shown, Side, UpsampleAction, UpsampleLesson, View, Way, Weights},
    },
    upsampling::Coordinates,
};
use proptest::{prelude::*, sample::select, strategy::Union};

/// Numbers near the ranges mostly, and any at all now and then.
fn number() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![4 => -2_i64..20, 1 => any::<i64>()]
}

/// Changes of what is worked on.
fn work() -> impl Strategy<Value = UpsampleAction> {
    use UpsampleAction as A;
    let pictures: Vec<Picture> = Picture::SHIPPED.into_iter().chain([Picture::Sprite, Picture::Own]).collect();
    Union::new([
        number().prop_map(A::Layers).boxed(),
        number().prop_map(A::Mask).boxed(),
        number().prop_map(A::Stride).boxed(),
        number().prop_map(A::Padding).boxed(),
        prop::collection::vec(prop::array::uniform2(0_usize..10), 0..7).prop_map(A::Stack).boxed(),
        number().prop_map(A::Pixels).boxed(),
        select(Weights::ALL.map(|(weights, ..)| weights).to_vec()).prop_map(A::Weights).boxed(),
        number().prop_map(A::Seed).boxed(),
        (0_usize..70, any::<f32>()).prop_map(|(place, value)| A::OwnWeight(place, value)).boxed(),
        (0_usize..9, -99_i16..99).prop_map(|(place, value)| A::OwnWeight(place, f32::from(value) / 4.0)).boxed(),
        select(pictures).prop_map(A::Picture).boxed(),
        (0_usize..300).prop_map(A::Draw).boxed(),
        Just(A::Fill).boxed(),
        Just(A::Redraw).boxed(),
        prop_oneof![select(SIZES.to_vec()), any::<usize>()].prop_map(A::Size).boxed(),
        select(Down::ALL.map(|(down, ..)| down).to_vec()).prop_map(A::Down).boxed(),
        number().prop_map(A::Scale).boxed(),
        select(vec![Coordinates::HalfPixel, Coordinates::AlignCorners, Coordinates::Asymmetric])
            .prop_map(A::Coordinates)
            .boxed(),
        any::<bool>().prop_map(A::Sharp).boxed(),
        any::<bool>().prop_map(A::Icnr).boxed(),
        number().prop_map(A::Rounds).boxed(),
        (select(Way::ALL.to_vec()), any::<bool>()).prop_map(|(way, on)| A::Compare(way, on)).boxed(),
        (0_usize..10, any::<f32>()).prop_map(|(place, value)| A::Tiny(place, value)).boxed(),
        number().prop_map(A::TinySide).boxed(),
    ])
}

/// Changes of how it is looked at.
fn look() -> impl Strategy<Value = UpsampleAction> {
    use UpsampleAction as A;
    Union::new([
        select(View::ALL.map(|(view, ..)| view).to_vec()).prop_map(A::View).boxed(),
        select(Shown::ALL.map(|(shown, ..)| shown).to_vec()).prop_map(A::Shown).boxed(),
        select(Side::ALL.map(|(side, ..)| side).to_vec()).prop_map(A::Side).boxed(),
        any::<bool>().prop_map(A::Weighted).boxed(),
        prop_oneof![0_usize..6, any::<usize>()].prop_map(A::Choose).boxed(),
        prop_oneof![0_usize..20, any::<usize>()].prop_map(A::Colour).boxed(),
        select(Aside::ALL.map(|(aside, ..)| aside).to_vec()).prop_map(A::Aside).boxed(),
        prop::array::uniform2(prop_oneof![-10.0..110.0, any::<f64>()]).prop_map(A::Corner).boxed(),
        prop_oneof![select(CORNERS.to_vec()), any::<u32>()].prop_map(A::Close).boxed(),
        any::<bool>().prop_map(A::Play).boxed(),
        prop_oneof![-1.0..70.0, any::<f64>()].prop_map(A::Seek).boxed(),
        prop_oneof![0_usize..6, any::<usize>()].prop_map(A::Speed).boxed(),
    ])
}

/// What sets something to a value, so that the same once more changes nothing.
pub fn setting() -> impl Strategy<Value = UpsampleAction> {
    prop_oneof![2 => work(), 1 => look()]
}

/// Anything but steps through the history.
pub fn action() -> impl Strategy<Value = UpsampleAction> {
    prop_oneof![
        8 => setting(),
        1 => prop_oneof![0.0..5000.0, any::<f64>()].prop_map(UpsampleAction::Tick),
        1 => Just(UpsampleAction::Settle),
    ]
}

/// Anything at all.
pub fn any_action() -> impl Strategy<Value = UpsampleAction> {
    prop_oneof![
        8 => action(),
        1 => prop::collection::vec(setting(), 0..5).prop_map(UpsampleAction::Together),
        1 => Just(UpsampleAction::Undo),
        1 => Just(UpsampleAction::Redo),
    ]
}

/// The state after some actions.
pub fn after(actions: &[UpsampleAction]) -> UpsampleLesson {
    actions.iter().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action.clone()))
}

//! The settings of the layers: which one, its mask, stride and padding, how many, and what their masks are made of.

use crate::{
    lesson::upsample::{
        Layer, PIXELS, SEED, Side, TINY, UpsampleAction, UpsampleLesson, View, Weights, narration, stack,
    },
    ui::{
        components::{
            segmented::{SegmentedProps, segmented},
            stepper::Stepper,
            steps::steps,
        },
        pictures::controls::{Menu, Say},
    },
};
use std::ops::RangeInclusive;
use yew::prelude::*;

/// The settings of the chosen layer, and the formula of its length.
pub fn layer(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    let work = &lesson.work;
    let (layer, count) = (lesson.chosen_layer(), work.stack.layers().len());
    let [before, after] = lesson.lengths();
    let field = |label: &'static str, value: usize, range: RangeInclusive<usize>, action: fn(i64) -> UpsampleAction| {
        html! {
            <Stepper
                key={label}
                {label}
                {value}
                min={*range.start()}
                max={*range.end()}
                on_change={act.reform(move |value: usize| action(value as i64))}
            />
        }
    };
    html! {
        <>
            <div class="panel-head">
                <h2>
                    { "Layer" }
                    if count == 1 {
                        <small>{ "1 of 1" }</small>
                    }
                </h2>
                if count > 1 {
                    {
                        segmented(&SegmentedProps {
                            label: "Which layer".into(),
                            options: (1..=count).map(|n| n.to_string().into()).collect(),
                            chosen: lesson.layer,
                            on_choose: act.reform(UpsampleAction::Choose),
                        })
                    }
                }
                { undo_redo(lesson, act) }
            </div>
            <div class="fields">
                { field("mask k", layer.mask, stack::MASK, UpsampleAction::Mask) }
                { field("stride s", layer.stride, stack::STRIDE, UpsampleAction::Stride) }
                { field("padding", layer.padding, 0..=(layer.mask - 1) / 2, UpsampleAction::Padding) }
                { field("layers", count, stack::LAYERS, UpsampleAction::Layers) }
                if lesson.view == View::Overlap {
                    { field("pixels", work.pixels, PIXELS, UpsampleAction::Pixels) }
                } else {
                    { field("side of E", work.tiny.nrows(), TINY, UpsampleAction::TinySide) }
                }
                { seed(lesson, act) }
            </div>
            { weights(lesson, act) }
            if work.weights == Weights::Own && lesson.view == View::Overlap {
                <p class="help">
                    { "Type them beside " }
                    <Say on={false} on_say={act.reform(|()| UpsampleAction::View(View::Matrices))}>{ "the same C" }</Say>
                    { "." }
                </p>
            }
            { formula(lesson, before, after) }
        </>
    }
}

/// What the masks are made of.
pub fn weights(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    let options: Vec<(AttrValue, AttrValue)> =
        Weights::ALL.iter().map(|(_, id, name)| ((*id).into(), (*name).into())).collect();
    html! {
        <Menu
            label="Weights"
            {options}
            chosen={lesson.work.weights.id()}
            on_choose={act.reform(|id: String| UpsampleAction::Weights(Weights::from_id(&id).unwrap_or_default()))}
        />
    }
}

/// The seed of random weights.
pub fn seed(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    if lesson.work.weights != Weights::Random {
        return Html::default();
    }
    html! {
        <Stepper
            key="seed"
            label="seed"
            value={lesson.work.seed as usize}
            min={*SEED.start() as usize}
            max={*SEED.end() as usize}
            on_change={act.reform(|seed: usize| UpsampleAction::Seed(seed as i64))}
        />
    }
}

/// One change back, and one forth again.
pub fn undo_redo(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    html! {
        <span class="steps">
            {
                steps(
                    (lesson.can_undo(), act.reform(|_| UpsampleAction::Undo)),
                    (lesson.can_redo(), act.reform(|_| UpsampleAction::Redo)),
                )
            }
        </span>
    }
}

/// The length behind the layer, from that before it; or for the strided convolution the other way round.
fn formula(lesson: &UpsampleLesson, before: usize, after: usize) -> Html {
    let Layer { mask, stride, padding } = lesson.chosen_layer();
    let [before, after] = [before, after].map(narration::grouped);
    let content = match lesson.seen_side() {
        Side::Forward => html! {
            <>
                <mo>{ "(" }</mo><mn>{ before }</mn><mo>{ "−" }</mo><mn>{ "1" }</mn><mo>{ ")" }</mo>
                <mo>{ "·" }</mo><mn>{ stride }</mn>
                <mo>{ "−" }</mo><mn>{ "2" }</mn><mo>{ "·" }</mo><mn>{ padding }</mn>
                <mo>{ "+" }</mo><mn>{ mask }</mn>
                <mo>{ "=" }</mo><mn>{ after }</mn>
            </>
        },
        Side::Gradient => html! {
            <>
                <mo>{ "⌊" }</mo><mo>{ "(" }</mo><mn>{ after }</mn><mo>{ "+" }</mo><mn>{ "2" }</mn><mo>{ "·" }</mo>
                <mn>{ padding }</mn><mo>{ "−" }</mo><mn>{ mask }</mn><mo>{ ")" }</mo><mo>{ "/" }</mo><mn>{ stride }</mn>
                <mo>{ "⌋" }</mo><mo>{ "+" }</mo><mn>{ "1" }</mn>
                <mo>{ "=" }</mo><mn>{ before }</mn>
            </>
        },
    };
    html! {
        <div class="formula">
            <math aria-label={narration::formula(lesson)}><mi>{ "o" }</mi><mo>{ "=" }</mo>{ content }</math>
        </div>
    }
}

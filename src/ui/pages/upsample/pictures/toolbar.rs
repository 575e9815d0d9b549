//! What is compared and how: the ways, starts worth a look, what stands beside the pictures, and how close the corner is.

use crate::{
    lesson::upsample::{Aside, CORNERS, UpsampleAction, UpsampleLesson, Way, Weights},
    ui::components::segmented::{SegmentedProps, segmented},
};
use yew::prelude::*;

/// The switches above the cards.
pub fn toolbar(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    let compared = &lesson.work.compared;
    let chip = |way: Way| {
        let on = compared.contains(&way);
        let last = on && compared.len() == 1;
        html! {
            <button
                key={way.id()}
                type="button"
                class="pick"
                aria-pressed={on.to_string()}
                aria-disabled={last.then_some("true")}
                title={last.then_some("One way has to stay")}
                onclick={act.reform(move |_: MouseEvent| UpsampleAction::Compare(way, !on))}
            >
                { way.name() }
            </button>
        }
    };
    html! {
        <div class="picture-tools">
            <div class="chips" role="group" aria-label="Ways that are compared">{ for Way::ALL.into_iter().map(chip) }</div>
            <div class="starts" role="group" aria-label="Starts worth a look">
                <span aria-hidden="true">{ "Try" }</span>
                { for STARTS.iter().map(|start| start.button(lesson, act)) }
            </div>
            <div class="switches">
                {
                    segmented(&SegmentedProps {
                        label: "Beside the picture".into(),
                        options: Aside::ALL.iter().map(|(.., name)| (*name).into()).collect(),
                        chosen: Aside::ALL.iter().position(|(aside, ..)| *aside == lesson.aside).unwrap_or(0),
                        on_choose: act.reform(|place: usize| UpsampleAction::Aside(Aside::ALL[place.min(1)].0)),
                    })
                }
                <span class="closeness">
                    <span aria-hidden="true">{ "Corner" }</span>
                    {
                        segmented(&SegmentedProps {
                            label: "Pixels across the corner".into(),
                            options: CORNERS.iter().map(|pixels| format!("{pixels} px").into()).collect(),
                            chosen: CORNERS.iter().position(|pixels| *pixels == lesson.close).unwrap_or(0),
                            on_choose: act.reform(|place: usize| UpsampleAction::Close(CORNERS[place.min(2)])),
                        })
                    }
                </span>
            </div>
        </div>
    }
}

/// A state of the layer that shows something.
struct Start {
    name: &'static str,
    title: &'static str,
    /// The mask's side at this stride.
    mask: fn(usize) -> usize,
    weights: Weights,
    /// Whether sub-pixel convolution starts with equal filters; None where it does not matter.
    icnr: Option<bool>,
    /// Ways that have to be in sight.
    ways: &'static [Way],
}

const STARTS: [Start; 4] = [
    Start {
        name: "Untrained layer",
        title: "Random weights: even without uneven overlap the places in a block get different masks",
        mask: |stride| 2 * stride,
        weights: Weights::Random,
        icnr: Some(false),
        ways: &[Way::Transposed, Way::Shuffle, Way::Convolved],
    },
    Start {
        name: "ICNR",
        title: "The same random weights for every place in a block: sub-pixel convolution starts as nearest does",
        mask: |stride| 2 * stride,
        weights: Weights::Random,
        icnr: Some(true),
        ways: &[Way::Transposed, Way::Shuffle, Way::Convolved],
    },
    Start {
        name: "Learned tent",
        title: "The weights that a layer may learn: those of the bilinear interpolation",
        mask: |stride| 2 * stride,
        weights: Weights::Tent,
        icnr: Some(false),
        ways: &[Way::Bilinear, Way::Transposed],
    },
    Start {
        name: "Uneven overlap",
        title: "A mask whose side the stride does not divide",
        mask: |stride| stride + 1,
        weights: Weights::Flat,
        icnr: Some(false),
        ways: &[Way::Transposed, Way::Convolved],
    },
];

impl Start {
    fn button(&self, lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
        let actions = self.actions(lesson);
        let on = actions.is_empty();
        // One step of undo, however much it sets.
        let onclick = act.reform(move |_: MouseEvent| UpsampleAction::Together(actions.clone()));
        html! {
            <button key={self.name} type="button" class="pick" aria-pressed={on.to_string()} title={self.title} {onclick}>
                { self.name }
            </button>
        }
    }

    /// What has to be done to be there.
    fn actions(&self, lesson: &UpsampleLesson) -> Vec<UpsampleAction> {
        let work = &lesson.work;
        let layers = work.stack.layers();
        // One layer at the stride that it has; a stride of 1 makes nothing larger.
        let stride = if layers.len() == 1 && (2..=4).contains(&layers[0].stride) { layers[0].stride } else { 2 };
        let mask = (self.mask)(stride);
        let mut actions = Vec::new();
        if layers.len() != 1 || (layers[0].mask, layers[0].stride) != (mask, stride) {
            actions.push(UpsampleAction::Stack(vec![[mask, stride]]));
        }
        if work.weights != self.weights {
            actions.push(UpsampleAction::Weights(self.weights));
        }
        if let Some(icnr) = self.icnr.filter(|icnr| *icnr != work.icnr) {
            actions.push(UpsampleAction::Icnr(icnr));
        }
        let hidden = self.ways.iter().filter(|way| !work.compared.contains(way));
        actions.extend(hidden.map(|way| UpsampleAction::Compare(*way, true)));
        actions
    }
}

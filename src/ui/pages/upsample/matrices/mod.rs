//! The same C: the matrix of every way for a tiny input, beside what it makes of it.

mod entry;
mod figure;
mod map;

use crate::{
    lesson::upsample::{UpsampleAction, UpsampleLesson, Way, Weights, tiny::Tiny},
    ui::components::focus::focus_on,
};
use entry::Entry;
use figure::{Figure, Spot};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MatricesProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The view of matrices.
#[component]
pub fn Matrices(props: &MatricesProps) -> Html {
    let MatricesProps { lesson, act } = props;
    let work = &lesson.work;
    let mask = use_node_ref();
    // What is pointed at, and in whose figure; a pixel of E belongs to all.
    let spot = use_state_eq(|| (None::<Way>, Spot::default()));
    let figures = use_memo((work.clone(), lesson.layer), {
        let lesson = lesson.clone();
        move |_| Tiny::WAYS.iter().filter_map(|way| Tiny::of(&lesson, *way)).map(Rc::new).collect::<Vec<_>>()
    });
    let on_point = {
        let spot = spot.clone();
        Callback::from(move |column| spot.set((None, Spot { row: None, column })))
    };
    // A row takes pixels of E; a column is one.
    let lit: Vec<usize> = match *spot {
        (Some(way), Spot { row: Some(row), .. }) => figures
            .iter()
            .find(|tiny| tiny.way == way)
            .filter(|tiny| row < tiny.rows)
            .map(|tiny| (0..tiny.columns).filter(|column| tiny.entries[[row, *column]] != 0.0).collect())
            .unwrap_or_default(),
        (_, Spot { column, .. }) => column.into_iter().collect(),
    };
    let (layer, count) = (lesson.chosen_layer(), lesson.work.stack.layers().len());
    // What was wrong with the last entry into E and into the mask, in a row of its own.
    let (refused_input, refused_mask) = (use_state_eq(|| None::<AttrValue>), use_state_eq(|| None::<AttrValue>));
    let tell = |refused: &UseStateHandle<Option<AttrValue>>| {
        let refused = refused.clone();
        Callback::from(move |sentence| refused.set(sentence))
    };
    let own = work.weights == Weights::Own && lesson.layer == 0;
    html! {
        <div class="matrices">
            <div class="tiny-given">
                <div class="fig given-input">
                    <h2 class="cap">{ "Input E" }<small>{ "type your own" }</small></h2>
                    <Entry
                        label="Input E"
                        slug="input"
                        scale="data"
                        array={work.tiny.clone()}
                        editable=true
                        {lit}
                        on_number={act.reform(|(place, value)| UpsampleAction::Tiny(place, value))}
                        {on_point}
                        on_refusal={tell(&refused_input)}
                    />
                </div>
                <div class="fig given-mask" ref={mask.clone()}>
                    <h2 class="cap">
                        { "Mask" }
                        <small>
                            { format!("k = {}, s = {}", layer.mask, layer.stride) }
                            if count > 1 {
                                { format!(", layer {} of {count} alone", lesson.layer + 1) }
                            }
                        </small>
                    </h2>
                    <Entry
                        label="Mask"
                        slug="mask"
                        scale="mask"
                        array={lesson.mask(lesson.layer)}
                        editable={own}
                        on_number={act.reform(|(place, value)| UpsampleAction::OwnWeight(place, value))}
                        on_refusal={tell(&refused_mask)}
                    />
                </div>
                <div class="given-words">
                    if !own && lesson.layer == 0 {
                        <button
                            type="button"
                            class="btn"
                            onclick={
                                let (act, mask) = (act.clone(), mask.clone());
                                Callback::from(move |_: MouseEvent| {
                                    act.emit(UpsampleAction::Weights(Weights::Own));
                                    // The button goes, and the reader is to type there.
                                    focus_on(&mask, "[role=gridcell][tabindex=\"0\"]");
                                })
                            }
                        >
                            { "Type your own mask" }
                        </button>
                    }
                    <p class="note">
                        {
                            "Every way below is a matrix: a row for each large cell, a column for each small pixel, and its \
                             product with E is the large array. Rows of one colour hold the same weights."
                        }
                    </p>
                </div>
            </div>
            for sentence in [&refused_input, &refused_mask].into_iter().filter_map(|refused| (**refused).clone()) {
                <p key={sentence.to_string()} class="refusal" role="alert">{ sentence }</p>
            }
            <div class="tinies">
                for tiny in figures.iter() {
                    <Figure
                        key={tiny.way.id()}
                        tiny={tiny.clone()}
                        {layer}
                        input={work.tiny.clone()}
                        spot={if spot.0.is_none_or(|way| way == tiny.way) { spot.1 } else { Spot::default() }}
                        on_spot={
                            let (spot, way) = (spot.clone(), tiny.way);
                            Callback::from(move |now| spot.set((Some(way), now)))
                        }
                    />
                }
            </div>
        </div>
    }
}

//! The exercises at the end of the text: something to bring about on the page, or to be told by looking.

use super::sides::exercise_wish;
use crate::{
    lesson::upsample::{
        UpsampleAction, UpsampleLesson,
        exercise::{Exercise, LABELS, Verdict, is_lined_up, judge_pick},
    },
    ui::{handing_over, pictures::controls::Say},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ExercisesProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// Whether the state is what the reader has come with.
    pub settled: bool,
    /// The seed of the line-up whose names are hidden.
    pub hidden: Option<u64>,
    /// Hides the names of a line-up, or shows them again.
    pub on_hide: Callback<Option<u64>>,
}

/// The exercises on offer, and the one that is open.
#[component]
pub fn Exercises(props: &ExercisesProps) -> Html {
    let ExercisesProps { lesson, act, hidden, on_hide, .. } = props;
    let node = use_node_ref();
    let open = use_state_eq(|| None::<Exercise>);
    let verdict = use_state_eq(|| None::<Verdict>);
    let hinted = use_state_eq(|| false);
    let question = use_node_ref();
    {
        // The text scrolls behind the settings: what is asked and what is said about the answer come into view.
        let question = question.clone();
        use_effect_with(((*open), (*verdict).clone(), *hinted), move |(open, ..)| {
            if let Some(element) = question.cast::<web_sys::Element>().filter(|_| open.is_some()) {
                element.scroll_into_view_with_bool(false);
            }
        });
    }
    let begin = |exercise: Exercise| {
        let (open, verdict, hinted) = (open.clone(), verdict.clone(), hinted.clone());
        let (act, on_hide) = (act.clone(), on_hide.clone());
        Callback::from(move |()| {
            open.set(Some(exercise));
            verdict.set(None);
            hinted.set(false);
            // Who stands where is another matter every time.
            let seed = (js_sys::Math::random() * 4_294_967_296.0) as u64;
            on_hide.emit((exercise == Exercise::Resized).then_some(seed));
            exercise.set_up().into_iter().for_each(|action| act.emit(action));
        })
    };
    {
        let begins = Exercise::ALL.map(begin);
        let node = node.clone();
        use_effect_with(props.settled, move |settled| {
            let is_wished = |exercise: &Exercise| handing_over::is_wished::<UpsampleLesson>(exercise_wish(*exercise));
            let wished = settled.then(|| Exercise::ALL.iter().position(is_wished)).flatten();
            if let Some(place) = wished {
                // The button that was pressed has gone with the story's program.
                let buttons = node.cast::<Element>().and_then(|list| list.query_selector_all("button").ok());
                let button = buttons.and_then(|buttons| buttons.get(place as u32));
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
                begins[place].emit(());
            }
        });
    }
    // The focus of a reader whose button goes stays with the question.
    let stay = {
        let question = question.clone();
        Callback::from(move |()| {
            if let Some(element) = question.cast::<HtmlElement>() {
                let _ = element.focus();
            }
        })
    };
    let answer = |exercise: Exercise| {
        let said = {
            let (verdict, lesson) = (verdict.clone(), lesson.clone());
            Callback::from(move |_: MouseEvent| verdict.set(Some(exercise.check(&lesson))))
        };
        match hidden.filter(|_| exercise == Exercise::Resized && is_lined_up(lesson)) {
            Some(seed) => LABELS
                .iter()
                .enumerate()
                .map(|(pick, label)| {
                    let (verdict, on_hide, stay) = (verdict.clone(), on_hide.clone(), stay.clone());
                    let onclick = Callback::from(move |_: MouseEvent| {
                        let judged = judge_pick(seed, pick);
                        if judged.right {
                            on_hide.emit(None);
                            // These buttons go.
                            stay.emit(());
                        }
                        verdict.set(Some(judged));
                    });
                    html! { <button type="button" class="btn" key={pick} {onclick}>{ label }</button> }
                })
                .collect(),
            None if exercise == Exercise::Resized => {
                let (begin, stay) = (begin(exercise), stay.clone());
                let again = Callback::from(move |_: MouseEvent| {
                    begin.emit(());
                    stay.emit(());
                });
                html! { <button type="button" class="btn primary" key="again" onclick={again}>{ "Again" }</button> }
            }
            None => html! { <button type="button" class="btn primary" key="check" onclick={said}>{ "Check" }</button> },
        }
    };
    html! {
        <section class="exercises" aria-labelledby="exercises">
            <h2 id="exercises">{ "Exercises" }</h2>
            <ul ref={node}>
                for exercise in Exercise::ALL {
                    <li key={exercise.title()}>
                        <Say on={*open == Some(exercise)} on_say={begin(exercise)}>{ exercise.title() }</Say>
                    </li>
                }
            </ul>
            if let Some(exercise) = *open {
                <div
                    ref={question.clone()}
                    class="question"
                    tabindex="-1"
                    key={exercise.title()}
                    // The lab's button with the nearest even choice would be the answer: the styles hide it meanwhile.
                    data-unsolved={verdict.as_ref().is_none_or(|verdict| !verdict.right).then_some("")}
                >
                    <p class="asked">{ exercise.prompt() }</p>
                    <div class="answer">
                        { answer(exercise) }
                        <button
                            type="button"
                            class="btn"
                            aria-pressed={hinted.to_string()}
                            onclick={let hinted = hinted.clone(); Callback::from(move |_: MouseEvent| hinted.set(!*hinted))}
                        >
                            { "Hint" }
                        </button>
                    </div>
                    if *hinted {
                        <p class="note">{ exercise.hint() }</p>
                    }
                    <div role="status">
                        if let Some(verdict) = &*verdict {
                            <p class={if verdict.right { "answered right" } else { "answered wrong" }}>{ &verdict.reason }</p>
                        }
                    </div>
                </div>
            }
        </section>
    }
}

//! The exercises at the end of the text: something to bring about on the page, which is looked at when the reader asks.

use super::told::Told;
use crate::{
    lesson::restore::{
        RestoreAction, RestoreLesson,
        exercise::{Exercise, Verdict},
    },
    ui::pictures::controls::Say,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ExercisesProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub told: Option<Rc<Told>>,
}

/// The exercises on offer, and the one that is open.
#[component]
pub fn Exercises(props: &ExercisesProps) -> Html {
    let ExercisesProps { lesson, act, told } = props;
    let open = use_state_eq(|| None::<Exercise>);
    let verdict = use_state_eq(|| None::<Verdict>);
    let hinted = use_state_eq(|| false);
    let begin = |exercise: Exercise| {
        let (open, verdict, hinted, act) = (open.clone(), verdict.clone(), hinted.clone(), act.clone());
        Callback::from(move |()| {
            open.set(Some(exercise));
            verdict.set(None);
            hinted.set(false);
            exercise.set_up().into_iter().for_each(|action| act.emit(action));
        })
    };
    html! {
        <section class="exercises" aria-labelledby="exercises">
            <h2 id="exercises">{ "Exercises" }</h2>
            <ul>
                for exercise in Exercise::ALL {
                    <li key={exercise.title()}><Say on={*open == Some(exercise)} on_say={begin(exercise)}>{ exercise.title() }</Say></li>
                }
            </ul>
            if let Some(exercise) = *open {
                <div class="question" key={exercise.title()}>
                    <p class="asked">{ exercise.prompt() }</p>
                    <div class="answer">
                        <button
                            type="button"
                            class="btn primary"
                            disabled={told.is_none()}
                            onclick={
                                let (verdict, lesson, told) = (verdict.clone(), lesson.clone(), told.clone());
                                Callback::from(move |_: MouseEvent| {
                                    verdict.set(told.as_ref().map(|told| exercise.check(&lesson, &told.for_narration())));
                                })
                            }
                        >
                            { "Check" }
                        </button>
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

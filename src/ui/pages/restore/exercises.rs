//! The exercises at the end of the text: something to bring about on the page, which is looked at when the reader asks.

use super::told::Told;
use crate::{
    lesson::restore::{RestoreAction, RestoreLesson, exercise::Exercise},
    ui::components::exercises::{SectionProps, Task, section},
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
    let verdict = use_state_eq(|| None);
    let on_begin = {
        let (open, verdict, act) = (open.clone(), verdict.clone(), act.clone());
        Callback::from(move |exercise: Exercise| {
            open.set(Some(exercise));
            verdict.set(None);
            exercise.set_up().into_iter().for_each(|action| act.emit(action));
        })
    };
    let question = (*open).map(|exercise| {
        let on_check = told.clone().map(|told| {
            let (verdict, lesson) = (verdict.clone(), lesson.clone());
            Callback::from(move |_: MouseEvent| {
                let found = exercise.check(&lesson, &told.for_narration());
                verdict.set(Some((found.right, found.reason.into())));
            })
        });
        html! {
            <Task key={exercise.title()} prompt={exercise.prompt()} hint={exercise.hint()} verdict={(*verdict).clone()}>
                <button type="button" class="btn primary" disabled={on_check.is_none()} onclick={on_check}>{ "Check" }</button>
            </Task>
        }
    });
    section(&SectionProps {
        about: Html::default(),
        offered: Exercise::ALL.map(|exercise| (exercise, exercise.title())).to_vec(),
        open: *open,
        on_begin,
        list: NodeRef::default(),
        question: question.unwrap_or_default(),
    })
}

//! The exercises at the end of the text: something to bring about on the page, which is looked at when the reader asks.

use super::told::Told;
use crate::{
    lesson::restore::{RestoreAction, RestoreLesson, exercise::Exercise},
    ui::components::exercises::{SectionProps, section, use_practice},
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
    let practice = use_practice::<Exercise>();
    let on_begin = {
        let (practice, act) = (practice.clone(), act.clone());
        Callback::from(move |exercise: Exercise| {
            practice.begin(exercise);
            exercise.set_up().into_iter().for_each(|action| act.emit(action));
        })
    };
    let question = (*practice.open).map(|exercise| {
        let on_check = told.clone().map(|told| {
            let (verdict, lesson) = (practice.verdict.clone(), lesson.clone());
            Callback::from(move |_: MouseEvent| {
                let found = exercise.check(&lesson, &told.for_narration());
                verdict.set(Some((found.right, found.reason.into())));
            })
        });
        let check = html! {
            <button type="button" class="btn primary" disabled={on_check.is_none()} onclick={on_check}>{ "Check" }</button>
        };
        practice.task(exercise.prompt(), exercise.hint(), check)
    });
    section(&SectionProps {
        about: Html::default(),
        offered: Exercise::ALL.map(|exercise| (exercise, exercise.title())).to_vec(),
        open: *practice.open,
        on_begin,
        list: NodeRef::default(),
        question: question.unwrap_or_default(),
    })
}

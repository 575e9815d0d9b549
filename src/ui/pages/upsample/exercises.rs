//! The exercises at the end of the text: something to bring about on the page, or to be told by looking.

use super::sides::exercise_wish;
use crate::{
    lesson::upsample::{
        UpsampleAction, UpsampleLesson,
        exercise::{Exercise, Judgement, LABELS, is_lined_up, judge_pick},
    },
    ui::{
        components::{
            exercises::{SectionProps, section, use_practice},
            focus::focus_on,
        },
        handing_over,
    },
};
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
    let list = use_node_ref();
    let practice = use_practice::<Exercise>();
    let on_begin = {
        let (practice, act, on_hide) = (practice.clone(), act.clone(), on_hide.clone());
        Callback::from(move |exercise: Exercise| {
            practice.begin(exercise);
            // Who stands where is another matter every time.
            let seed = (js_sys::Math::random() * 4_294_967_296.0) as u64;
            on_hide.emit((exercise == Exercise::Resized).then_some(seed));
            act.emit(UpsampleAction::Together(exercise.set_up()));
        })
    };
    {
        let (list, on_begin) = (list.clone(), on_begin.clone());
        use_effect_with(props.settled, move |settled| {
            let is_wished = |exercise: &Exercise| handing_over::is_wished::<UpsampleLesson>(exercise_wish(*exercise));
            let wished = settled.then(|| Exercise::ALL.iter().position(is_wished)).flatten();
            if let Some(place) = wished {
                // The button that was pressed has gone with the story's program.
                focus_on(&list, &format!("li:nth-child({}) button", place + 1));
                on_begin.emit(Exercise::ALL[place]);
            }
        });
    }
    let tell = {
        let verdict = practice.verdict.clone();
        Callback::from(move |found: Judgement| verdict.set(Some((found.right, AttrValue::from(found.reason)))))
    };
    let answer = |exercise: Exercise| match hidden.filter(|_| exercise == Exercise::Resized && is_lined_up(lesson)) {
        Some(seed) => LABELS
            .iter()
            .enumerate()
            .map(|(pick, label)| {
                let on_hide = on_hide.clone();
                let onclick = tell.reform(move |_: MouseEvent| {
                    let found = judge_pick(seed, pick);
                    if found.right {
                        on_hide.emit(None);
                    }
                    found
                });
                html! { <button type="button" class="btn" key={pick} {onclick}>{ label }</button> }
            })
            .collect(),
        None if exercise == Exercise::Resized => {
            let onclick = on_begin.reform(move |_: MouseEvent| exercise);
            html! { <button type="button" class="btn primary" key="again" {onclick}>{ "Again" }</button> }
        }
        None => {
            let lesson = lesson.clone();
            let onclick = tell.reform(move |_: MouseEvent| exercise.check(&lesson));
            html! { <button type="button" class="btn primary" key="check" {onclick}>{ "Check" }</button> }
        }
    };
    let question = (*practice.open).map(|exercise| practice.task(exercise.prompt(), exercise.hint(), answer(exercise)));
    section(&SectionProps {
        about: Html::default(),
        offered: Exercise::ALL.map(|exercise| (exercise, exercise.title())).to_vec(),
        open: *practice.open,
        on_begin,
        list,
        question: question.unwrap_or_default(),
    })
}

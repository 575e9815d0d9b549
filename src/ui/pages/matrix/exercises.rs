//! The exercises at the end of the text: a question, an answer, and the reason when it is wrong.

use crate::{
    lesson::matrix::{
        Action, MatrixLesson,
        derived::Derived,
        exercise::Kind,
        practice::{Deed, Practice},
    },
    ui::components::exercises::{SectionProps, section, verdict},
    web::theme,
};
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

pub struct ExercisesProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// Sets the state.
    pub act: Callback<Action>,
}

/// The kinds on offer, and the question that is open.
pub fn exercises(props: &ExercisesProps) -> Html {
    let ExercisesProps { lesson, derived, act } = props;
    let open = lesson.practice.as_ref();
    let question = open.map(|practice| {
        let key = format!("{} {}", practice.exercise.kind.title(), practice.count);
        html! { <Question {key} practice={practice.clone()} act={act.clone()} /> }
    });
    section(&SectionProps {
        about: html! {
            <p>{ "The number in question hides on the stage until you have answered. Your own numbers count." }</p>
        },
        offered: Kind::offered(derived).iter().map(|kind| (*kind, kind.title())).collect(),
        open: open.map(|practice| practice.exercise.kind),
        on_begin: act.reform(|kind| Action::Practise(Deed::Ask(kind))),
        list: NodeRef::default(),
        question: question.unwrap_or_default(),
    })
}

#[derive(Properties, PartialEq)]
struct QuestionProps {
    practice: Practice,
    act: Callback<Action>,
}

/// The question, and what was said about the answer.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { practice, act } = props;
    let node = use_node_ref();
    {
        // Whoever has asked wants to answer; the page does not jump for it.
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        });
    }
    let form = use_node_ref();
    {
        // What is said about an answer should not be said below the edge of the text column.
        let form = form.clone();
        use_effect_with((practice.verdict.clone(), practice.revealed), move |(verdict, revealed)| {
            let wide = theme::matches("(min-width:68.75em)");
            if let Some(form) = form.cast::<Element>().filter(|_| wide && (*revealed || verdict.is_some())) {
                form.scroll_into_view_with_bool(false);
            }
        });
    }
    let onsubmit = {
        let (act, node) = (act.clone(), node.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = node.cast::<HtmlInputElement>() {
                act.emit(Action::Practise(Deed::Answer(input.value())));
            }
        })
    };
    let deed = |deed: Deed| act.reform(move |_: MouseEvent| Action::Practise(deed.clone()));
    let hint = match practice.exercise.kind {
        Kind::Column => "Click a cell of the column in C, or type the column’s number.",
        Kind::Size => "Rows and columns, such as 5 × 7.",
        Kind::Overlap => "A count.",
        Kind::Result | Kind::Transposed => "A number.",
    };
    html! {
        <form ref={form} class="question" {onsubmit} novalidate=true>
            <p class="asked" id="question">{ &practice.exercise.question }</p>
            <div class="answer">
                <input
                    ref={node}
                    type="text"
                    inputmode={if practice.exercise.kind == Kind::Size { "text" } else { "decimal" }}
                    autocomplete="off"
                    aria-label="Your answer"
                    aria-describedby="question answer-hint"
                />
                <button type="submit" class="btn primary">{ "Check" }</button>
                <button type="button" class="btn" onclick={deed(Deed::Next)}>{ "Next" }</button>
            </div>
            <p class="note" id="answer-hint">{ hint }</p>
            <div role="status">
                if let Some(found) = &practice.verdict {
                    { verdict(found.right, &found.reason) }
                } else if practice.revealed {
                    <p class="answered">{ "The stage shows it now, with all that it comes from." }</p>
                }
            </div>
            <div class="answer">
                if !practice.revealed && practice.exercise.kind != Kind::Size {
                    <button type="button" class="btn ghost" key="show" onclick={deed(Deed::Reveal)}>
                        { "Show the answer" }
                    </button>
                }
                <button type="button" class="btn ghost" key="end" onclick={deed(Deed::End)}>{ "Stop" }</button>
            </div>
        </form>
    }
}

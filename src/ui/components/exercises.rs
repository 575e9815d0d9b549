//! The exercises at the end of a page's text: those on offer, the one that is open, and what is said about an answer.
//!
//! These are functions and a hook and not components of Yew: each of those weighs a kilobyte on the way to the reader.

use super::focus::catch_focus;
use crate::ui::pictures::controls::say;
use web_sys::Element;
use yew::prelude::*;

pub struct SectionProps<T> {
    /// What stands before the list.
    pub about: Html,
    /// Those on offer, with their names.
    pub offered: Vec<(T, &'static str)>,
    /// The one that is open.
    pub open: Option<T>,
    /// Told which one the reader begins.
    pub on_begin: Callback<T>,
    /// The list's place in the document.
    pub list: NodeRef,
    /// What is asked.
    pub question: Html,
}

/// The exercises on offer, and the one that is open.
pub fn section<T: Copy + PartialEq + 'static>(props: &SectionProps<T>) -> Html {
    html! {
        <section class="exercises" aria-labelledby="exercises">
            <h2 id="exercises">{ "Exercises" }</h2>
            { props.about.clone() }
            <ul ref={&props.list}>
                for (exercise, title) in props.offered.iter().copied() {
                    <li key={title}>
                        { say(props.open == Some(exercise), props.on_begin.reform(move |_| exercise), title.into()) }
                    </li>
                }
            </ul>
            { props.question.clone() }
        </section>
    }
}

/// The exercise that is open, of those that the page itself is the answer to.
#[derive(Clone)]
pub struct Practice<T: 'static> {
    /// Which one, if any.
    pub open: UseStateHandle<Option<T>>,
    /// Whether the last answer was right, and why.
    pub verdict: UseStateHandle<Option<(bool, AttrValue)>>,
    hinted: UseStateHandle<bool>,
    question: NodeRef,
}

/// No exercise to begin with.
#[hook]
pub fn use_practice<T: Copy + PartialEq + 'static>() -> Practice<T> {
    let open = use_state_eq(|| None::<T>);
    let verdict = use_state_eq(|| None);
    let hinted = use_state_eq(|| false);
    let question = use_node_ref();
    {
        // The text scrolls behind the settings: what is asked and what is said about the answer come into view.
        let question = question.clone();
        use_effect_with((*open, (*verdict).clone(), *hinted), move |_| {
            if let Some(element) = question.cast::<Element>() {
                element.scroll_into_view_with_bool(false);
            }
            // A button that answered may have gone with its question.
            catch_focus(&question);
        });
    }
    Practice { open, verdict, hinted, question }
}

impl<T> Practice<T> {
    /// Begins an exercise, with nothing said about it yet.
    pub fn begin(&self, exercise: T) {
        self.open.set(Some(exercise));
        self.verdict.set(None);
        self.hinted.set(false);
    }

    /// What is asked, the buttons that answer, and what was said about the last answer.
    pub fn task(&self, prompt: &'static str, hint: &'static str, answer: Html) -> Html {
        let solved = self.verdict.as_ref().is_some_and(|(right, _)| *right);
        let hinted = self.hinted.clone();
        let on_hint = Callback::from(move |_: MouseEvent| hinted.set(!*hinted));
        html! {
            // What would be the answer hides meanwhile: the styles see to that.
            <div ref={&self.question} class="question" tabindex="-1" key={prompt} data-unsolved={(!solved).then_some("")}>
                <p class="asked">{ prompt }</p>
                <div class="answer">
                    { answer }
                    <button type="button" class="btn" aria-pressed={self.hinted.to_string()} onclick={on_hint}>{ "Hint" }</button>
                </div>
                if *self.hinted {
                    <p class="note">{ hint }</p>
                }
                <div role="status">
                    if let Some((right, reason)) = &*self.verdict {
                        { verdict(*right, reason) }
                    }
                </div>
            </div>
        }
    }
}

/// Whether an answer was right, and why.
pub fn verdict(right: bool, reason: &str) -> Html {
    html! { <p class={if right { "answered right" } else { "answered wrong" }}>{ reason }</p> }
}

//! The exercises at the end of a page's text: those on offer, the one that is open, and what is said about an answer.

use super::focus::catch_focus;
use crate::ui::pictures::controls::Say;
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
                        <Say on={props.open == Some(exercise)} on_say={props.on_begin.reform(move |()| exercise)}>{ title }</Say>
                    </li>
                }
            </ul>
            { props.question.clone() }
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub struct TaskProps {
    /// What is to be brought about on the page, or to be told by looking.
    pub prompt: &'static str,
    /// Where to begin.
    pub hint: &'static str,
    /// Whether the last answer was right, and why.
    pub verdict: Option<(bool, AttrValue)>,
    /// The buttons that answer.
    pub children: Html,
}

/// An exercise that the page itself is the answer to.
#[component]
pub fn Task(props: &TaskProps) -> Html {
    let node = use_node_ref();
    let hinted = use_state_eq(|| false);
    {
        // The text scrolls behind the settings: what is asked and what is said about the answer come into view.
        let node = node.clone();
        use_effect_with((props.verdict.clone(), *hinted), move |_| {
            if let Some(element) = node.cast::<Element>() {
                element.scroll_into_view_with_bool(false);
            }
            // A button that answered may have gone with its question.
            catch_focus(&node);
        });
    }
    let on_hint = {
        let hinted = hinted.clone();
        Callback::from(move |_: MouseEvent| hinted.set(!*hinted))
    };
    let solved = props.verdict.as_ref().is_some_and(|(right, _)| *right);
    html! {
        // What would be the answer hides meanwhile: the styles see to that.
        <div ref={node} class="question" tabindex="-1" data-unsolved={(!solved).then_some("")}>
            <p class="asked">{ props.prompt }</p>
            <div class="answer">
                { props.children.clone() }
                <button type="button" class="btn" aria-pressed={hinted.to_string()} onclick={on_hint}>{ "Hint" }</button>
            </div>
            if *hinted {
                <p class="note">{ props.hint }</p>
            }
            <div role="status">
                if let Some((right, reason)) = &props.verdict {
                    { verdict(*right, reason) }
                }
            </div>
        </div>
    }
}

/// Whether an answer was right, and why.
pub fn verdict(right: bool, reason: &str) -> Html {
    html! { <p class={if right { "answered right" } else { "answered wrong" }}>{ reason }</p> }
}

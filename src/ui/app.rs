//! The programs of the page. Each keeps the states of its own pages, shows the one that the address names, and nothing
//! while the address names a page of another.

use super::{
    frame::Frame,
    pages::{
        matrix::{
            MatrixPage,
            sides::{self, Sides},
        },
        restore::RestorePage,
        upsample::UpsamplePage,
    },
    store::Step,
    visit::{Opened, Visit, use_lesson, use_visit},
};
use crate::{
    lesson::{Lesson, Page, address, matrix::MatrixLesson, restore::RestoreLesson, upsample::UpsampleLesson},
    web::events::Listener,
};
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// The program of the Matrix page's story. When the whole program of that page has come, it takes its place.
#[component]
pub fn MatrixApp() -> Html {
    let visit = use_visit();
    let matrix = use_lesson::<MatrixLesson>(&visit);
    let retired = use_state_eq(|| false);
    // What the listener below hands over is the state of that moment, not of the one in which it was set up.
    let latest = use_mut_ref(|| (MatrixLesson::default(), Vec::new()));
    *latest.borrow_mut() = (matrix.store.0.clone(), matrix.problems.clone());
    {
        let retired = retired.clone();
        use_effect_with((), move |()| {
            let listener = Listener::on_window(sides::ARRIVED, move |_| {
                let (lesson, problems) = &*latest.borrow();
                sides::hand_over(lesson, problems);
                retired.set(true);
            });
            move || drop(listener)
        });
    }
    if *retired { Html::default() } else { matrix_page(&visit, &matrix, None) }
}

/// The program of the whole Matrix page.
#[component]
pub fn LessonApp() -> Html {
    let visit = use_visit();
    let mut matrix = use_lesson::<MatrixLesson>(&visit);
    let complaints = use_state_eq(Vec::new);
    {
        let (dispatcher, complaints) = (matrix.store.dispatcher(), complaints.clone());
        use_effect_with((), move |()| {
            // The story's program answers at once, if it runs; what it hands over is younger than the address.
            sides::tell(sides::ARRIVED);
            if let Some(lesson) = sides::handed_over() {
                dispatcher.dispatch(Step::Open(lesson));
                complaints.set(sides::problems());
            }
        });
    }
    if visit.number == 0 && !complaints.is_empty() {
        matrix.problems = complaints.to_vec();
    }
    matrix_page(&visit, &matrix, Some(&sides::SIDES))
}

fn matrix_page(visit: &Visit, matrix: &Opened<MatrixLesson>, sides: Option<&'static Sides>) -> Html {
    match visit.address.page {
        Page::Matrix => {
            framed(visit, matrix, html! { <MatrixPage key="matrix" store={matrix.store.clone()} {sides} /> })
        }
        Page::Restore | Page::Upsample => Html::default(),
    }
}

/// The program of the Restore page.
#[component]
pub fn RestoreApp() -> Html {
    let visit = use_visit();
    let restore = use_lesson::<RestoreLesson>(&visit);
    if visit.address.page != Page::Restore {
        return Html::default();
    }
    framed(&visit, &restore, html! { <RestorePage key="restore" store={restore.store.clone()} /> })
}

/// The program of the Upsample page.
#[component]
pub fn UpsampleApp() -> Html {
    let visit = use_visit();
    let upsample = use_lesson::<UpsampleLesson>(&visit);
    if visit.address.page != Page::Upsample {
        return Html::default();
    }
    framed(&visit, &upsample, html! { <UpsamplePage key="upsample" store={upsample.store.clone()} /> })
}

/// A page in the frame, which minds its address.
fn framed<L: Lesson>(visit: &Visit, opened: &Opened<L>, page: Html) -> Html {
    let lesson = &opened.store.0;
    html! {
        <Frame
            page={L::PAGE}
            visit={visit.number}
            problems={opened.problems.clone()}
            fragment={address::fragment(lesson)}
            travels_whole={lesson.travels_whole()}
        >
            { page }
        </Frame>
    }
}

/// Whether a key press belongs to something that takes text.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.closest("input:not([type=range]), select, textarea").ok().flatten().is_some())
}

//! The programs of the page. Each keeps the states of its own pages, shows the one that the address names, and nothing
//! while the address names a page of another.

use super::{
    frame::Frame,
    handing_over::{use_inheritance, use_retirement},
    pages::{
        matrix::{self, MatrixPage},
        restore::RestorePage,
        upsample::{self, UpsamplePage},
    },
    visit::{Opened, Visit, use_lesson, use_visit},
};
use crate::lesson::{Lesson, Page, address, matrix::MatrixLesson, restore::RestoreLesson, upsample::UpsampleLesson};
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// The program of the Matrix page's story. When the whole program of that page has come, it takes its place.
#[component]
pub fn MatrixApp() -> Html {
    let visit = use_visit();
    let matrix = use_lesson::<MatrixLesson>(&visit);
    let retired = use_retirement(&matrix);
    if retired { Html::default() } else { matrix_page(&visit, &matrix, None) }
}

/// The program of the whole Matrix page.
#[component]
pub fn LessonApp() -> Html {
    let visit = use_visit();
    let matrix = use_lesson::<MatrixLesson>(&visit);
    let (matrix, _) = use_inheritance(&visit, matrix);
    matrix_page(&visit, &matrix, Some(&matrix::sides::SIDES))
}

fn matrix_page(visit: &Visit, matrix: &Opened<MatrixLesson>, sides: Option<&'static matrix::sides::Sides>) -> Html {
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

/// The program of the Upsample page's story. When the whole program of that page has come, it takes its place.
#[component]
pub fn UpsampleApp() -> Html {
    let visit = use_visit();
    let upsample = use_lesson::<UpsampleLesson>(&visit);
    let retired = use_retirement(&upsample);
    if retired { Html::default() } else { upsample_page(&visit, &upsample, None, true) }
}

/// The program of the whole Upsample page.
#[component]
pub fn EnlargeApp() -> Html {
    let visit = use_visit();
    let upsample = use_lesson::<UpsampleLesson>(&visit);
    let (upsample, settled) = use_inheritance(&visit, upsample);
    upsample_page(&visit, &upsample, Some(&upsample::sides::SIDES), settled)
}

fn upsample_page(
    visit: &Visit,
    upsample: &Opened<UpsampleLesson>,
    sides: Option<&'static upsample::sides::Sides>,
    settled: bool,
) -> Html {
    if visit.address.page != Page::Upsample {
        return Html::default();
    }
    framed(visit, upsample, html! { <UpsamplePage key="upsample" store={upsample.store.clone()} {sides} {settled} /> })
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

/// Whether a key press belongs to something that takes text. Menus take letters, but no chords: there Ctrl+Z is the page's.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let taking = if event.ctrl_key() || event.meta_key() {
        "input:not([type=range], [type=checkbox], [type=file]), textarea"
    } else {
        "input:not([type=range], [type=checkbox]), select, textarea"
    };
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.closest(taking).ok().flatten().is_some())
}

//! The app: one reducer a page, the address in step with them, and the frame around the page in view.

use super::{
    frame::{Bar, Notices},
    pages::{matrix::MatrixPage, restore::RestorePage, upsample::UpsamplePage},
    pictures::source,
    store::{Handle, Step, Store},
};
use crate::{
    lesson::{Address, Lesson, Page, address, matrix::MatrixLesson, restore::RestoreLesson, upsample::UpsampleLesson},
    web::{events::Listener, events::window, location, theme},
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// The address follows the state after this rest; browsers allow about three changes a second.
const REST_MILLIS: u32 = 400;

/// How many of a link's problems are told; the rest is counted.
const PROBLEMS_TOLD: usize = 3;

/// The whole page.
#[component]
pub fn App() -> Html {
    let opened = use_memo((), |()| Address::parse(&location::fragment()));
    let page = use_state_eq(|| opened.page);
    let notices = use_state_eq(Vec::<AttrValue>::new);
    let presenting = use_state_eq(|| false);
    let matrix = use_reducer_eq(Store::<MatrixLesson>::default);
    let restore = use_reducer_eq(Store::<RestoreLesson>::default);
    let upsample = use_reducer_eq(Store::<UpsampleLesson>::default);

    let open = {
        let (page, notices, matrix) = (page.clone(), notices.clone(), matrix.clone());
        let (restore, upsample) = (restore.clone(), upsample.clone());
        move |address: &Address| {
            page.set(address.page);
            let mut problems = address.problems.clone();
            if address.carries_state {
                problems.extend(match address.page {
                    Page::Matrix => load(&matrix, &address.query),
                    Page::Restore => load(&restore, &address.query),
                    Page::Upsample => load(&upsample, &address.query),
                });
            }
            notices.set(told(problems));
        }
    };
    {
        let open = open.clone();
        use_effect_with((), move |()| open(&opened));
    }
    // Counts the addresses that were opened: each may differ from the state that it leads to.
    let visits = use_state_eq(|| 0_u32);
    {
        let visits = visits.clone();
        use_effect_with((), move |()| {
            let mut count = 0;
            let listener = Listener::on_window("hashchange", move |_| {
                open(&Address::parse(&location::fragment()));
                count += 1;
                visits.set(count);
            });
            move || drop(listener)
        });
    }

    // The address carries the whole state of the page in view, so that a reload or a shared link brings it back.
    let (fragment, travels_whole) = match *page {
        Page::Matrix => (address::fragment(&matrix.0), matrix.0.travels_whole()),
        Page::Restore => (address::fragment(&restore.0), restore.0.travels_whole()),
        Page::Upsample => (address::fragment(&upsample.0), upsample.0.travels_whole()),
    };
    use_effect_with((fragment.clone(), *visits), |(fragment, _)| {
        let fragment = fragment.clone();
        let timeout = Timeout::new(REST_MILLIS, move || location::replace_fragment(&fragment));
        move || drop(timeout)
    });
    use_effect_with(*page, |page| {
        if let Some(document) = window().document() {
            document.set_title(&format!("{} · Deconvolution Explorer", page.title()));
        }
    });

    let on_theme = Callback::from(|()| theme::switch());
    let on_share = {
        let notices = notices.clone();
        Callback::from(move |()| {
            location::replace_fragment(&fragment);
            let notices = notices.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let address = location::address();
                let sentence = if location::copy(&address).await {
                    let what = if travels_whole {
                        "everything that you see now"
                    } else {
                        "all settings; your own picture stays with you, and a sample stands in for it"
                    };
                    format!("The link is copied. It opens this page with {what}.")
                } else {
                    format!("The browser does not let the page copy. Take the link from the address bar: {address}")
                };
                notices.set(vec![sentence.into()]);
            });
        })
    };
    let on_present = {
        let presenting = presenting.clone();
        Callback::from(move |()| presenting.set(!*presenting))
    };
    use_effect_with(*presenting, |on| theme::present(*on));
    {
        // P switches presenter mode, Escape leaves it; not while something is being typed.
        let presenting = presenting.clone();
        use_effect_with(*presenting, move |on| {
            let on = *on;
            let listener = Listener::on_window("keydown", move |event| {
                let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
                if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
                    return;
                }
                match event.key().as_str() {
                    "p" | "P" => presenting.set(!on),
                    "Escape" if on => presenting.set(false),
                    _ => {}
                }
            });
            move || drop(listener)
        });
    }
    let on_close = {
        let notices = notices.clone();
        Callback::from(move |()| notices.set(Vec::new()))
    };

    html! {
        <div class="frame">
            <Bar page={*page} presenting={*presenting} {on_theme} {on_share} {on_present} />
            <Notices sentences={(*notices).clone()} {on_close} />
            {
                match *page {
                    Page::Matrix => html! {
                        <MatrixPage key="matrix" store={matrix} />
                    },
                    Page::Restore => html! { <RestorePage key="restore" store={restore} /> },
                    Page::Upsample => html! { <UpsamplePage key="upsample" store={upsample} /> },
                }
            }
        </div>
    }
}

/// Opens a link's state in a page's store; hands back what could not be used.
fn load<L: Lesson>(store: &Handle<L>, query: &str) -> Vec<String> {
    let (lesson, problems) = address::read_here::<L>(query, source::has_own_picture(L::PAGE));
    store.dispatch(Step::Open(lesson));
    problems
}

/// The first few problems, and how many more there are.
fn told(problems: Vec<String>) -> Vec<AttrValue> {
    let more = problems.len().saturating_sub(PROBLEMS_TOLD);
    let mut sentences: Vec<AttrValue> = problems.into_iter().take(PROBLEMS_TOLD).map(AttrValue::from).collect();
    if more > 0 {
        sentences.push(format!("{more} more of the link's settings could not be used either.").into());
    }
    sentences
}

/// Whether a key press belongs to something that takes text.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.closest("input:not([type=range]), select, textarea").ok().flatten().is_some())
}

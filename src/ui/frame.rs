//! The frame around the page in view: name, navigation and tools, notices, presenter mode, and the address in step.

use super::{
    app::is_typing,
    components::icon::{IconProps, Sign, icon},
};
use crate::{
    lesson::{Address, Page},
    web::{events::Listener, events::window, location, theme},
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The address follows the state after this rest; browsers allow about three changes a second.
const REST_MILLIS: u32 = 400;

/// How many of a link's problems are told; the rest is counted.
const PROBLEMS_TOLD: usize = 3;

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// The page in view.
    pub page: Page,
    /// The number of the visit that brought it into view.
    pub visit: u32,
    /// What that visit's address said that could not be used, each a sentence.
    pub problems: Vec<String>,
    /// The fragment that opens the page in its present state.
    pub fragment: String,
    /// Whether that fragment brings back everything.
    pub travels_whole: bool,
    /// The page.
    pub children: Html,
}

/// How long a message stays that needs no answer.
const FLEETING_MILLIS: u32 = 7000;

/// The frame, which is there while a page of its program is in view: a program out of view has no listener and no timer.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let FrameProps { page, visit, travels_whole, .. } = *props;
    // The address carries the whole state of the page in view, so that a reload or a shared link brings it back. A visit's
    // address may differ from the state that it leads to.
    use_effect_with((props.fragment.clone(), visit), move |(fragment, _)| {
        let fragment = fragment.clone();
        let timeout = Timeout::new(REST_MILLIS, move || {
            // The reader may have followed a link of which this program has not heard yet: that address is not ours.
            if Address::parse(&location::fragment()).page == page {
                location::replace_fragment(&fragment);
            }
        });
        move || drop(timeout)
    });
    use_effect_with(page, |page| {
        if let Some(document) = window().document() {
            document.set_title(&format!("{} · Deconvolution Explorer", page.title()));
        }
    });

    let notices = use_state_eq(Vec::<AttrValue>::new);
    {
        let notices = notices.clone();
        use_effect_with((visit, props.problems.clone()), move |(_, problems)| notices.set(told(problems)));
    }
    // What was copied needs no answer; what a link got wrong stays until it is read.
    let fleeting = use_mut_ref(|| None::<Timeout>);
    let on_close = {
        let notices = notices.clone();
        Callback::from(move |()| notices.set(Vec::new()))
    };
    let on_share = {
        let (notices, fragment) = (notices.clone(), props.fragment.clone());
        Callback::from(move |()| {
            location::replace_fragment(&fragment);
            let notices = notices.clone();
            let fleeting = fleeting.clone();
            wasm_bindgen_futures::spawn_local(async move {
                notices.set(vec![share(travels_whole).await.into()]);
                fleeting.replace(Some(Timeout::new(FLEETING_MILLIS, move || notices.set(Vec::new()))));
            });
        })
    };

    let (presenting, on_present) = use_presenter();
    let on_theme = Callback::from(|()| theme::switch());
    let leave = presenting.then(|| {
        // The bar is hidden, and not every screen has an Escape key.
        html! {
            <button
                type="button"
                class="btn leave"
                aria-label="Leave presenter mode"
                title="Leave presenter mode (Escape)"
                onclick={on_present.reform(|_: MouseEvent| ())}
            >
                { "×" }
            </button>
        }
    });
    html! {
        <div class="frame">
            { leave }
            { bar(&BarProps { page, presenting, on_theme, on_share, on_present }) }
            { notice_list(&NoticesProps { sentences: (*notices).clone(), on_close }) }
            { props.children.clone() }
        </div>
    }
}

/// Copies the address; what to tell the reader about it.
async fn share(travels_whole: bool) -> String {
    let address = location::address();
    if !location::copy(&address).await {
        return format!("The browser does not let the page copy. Take the link from the address bar: {address}");
    }
    let what = if travels_whole {
        "everything that you see now"
    } else {
        "all settings; your own picture stays with you, and a sample stands in for it"
    };
    format!("The link is copied. It opens this page with {what}.")
}

/// The first few problems, and how many more there are.
fn told(problems: &[String]) -> Vec<AttrValue> {
    let (first, rest) = problems.split_at(problems.len().min(PROBLEMS_TOLD));
    let mut sentences: Vec<AttrValue> = first.iter().cloned().map(AttrValue::from).collect();
    if !rest.is_empty() {
        sentences.push(format!("{} more of the link's settings could not be used either.", rest.len()).into());
    }
    sentences
}

/// Presenter mode, and what switches it. The document has it, so that it outlasts this frame and is found by the next.
#[hook]
fn use_presenter() -> (bool, Callback<()>) {
    let presenting = use_state_eq(theme::is_presenting);
    let on = *presenting;
    {
        // The mode hides what was pressed, which drops the focus: who leaves the mode finds it there again.
        let opener = use_mut_ref(|| None::<HtmlElement>);
        use_effect_with(on, move |on| {
            let focused = || window().document().and_then(|document| document.active_element()?.dyn_into().ok());
            if *on {
                opener.replace(focused());
            }
            theme::present(*on);
            let rests = focused().is_none_or(|element: HtmlElement| element.tag_name() == "BODY");
            if !*on
                && rests
                && let Some(opener) = opener.take()
            {
                let _ = opener.focus();
            }
        });
    }
    {
        // P switches presenter mode, Escape leaves it; not while something is being typed.
        let presenting = presenting.clone();
        use_effect_with(on, move |_| {
            let listener = Listener::on_window("keydown", move |event| {
                let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
                if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
                    return;
                }
                match event.key().as_str() {
                    "p" | "P" => {
                        presenting.set(!on);
                        theme::full_screen(!on);
                    }
                    "Escape" if on => {
                        presenting.set(false);
                        theme::full_screen(false);
                    }
                    _ => {}
                }
            });
            move || drop(listener)
        });
    }
    use_effect_with((), |()| {
        let listener = theme::system().map(|system| Listener::new(&system, "change", |_| theme::tell_canvases()));
        move || drop(listener)
    });
    {
        // A browser takes Escape for itself while it shows the page full screen: who leaves that leaves the mode.
        let presenting = presenting.clone();
        use_effect_with((), move |()| {
            let document = window().document();
            let listener = document.map(|document| {
                Listener::new(&document, "fullscreenchange", move |_| {
                    if !theme::is_full_screen() {
                        presenting.set(false);
                    }
                })
            });
            move || drop(listener)
        });
    }
    let toggle = move |()| {
        presenting.set(!on);
        theme::full_screen(!on);
    };
    (on, Callback::from(toggle))
}

pub struct BarProps {
    /// The page in view.
    pub page: Page,
    /// Whether presenter mode is on.
    pub presenting: bool,
    /// Light or dark.
    pub on_theme: Callback<()>,
    /// Copies the link.
    pub on_share: Callback<()>,
    /// Presenter mode.
    pub on_present: Callback<()>,
}

/// The bar at the top.
pub fn bar(props: &BarProps) -> Html {
    let tool = |name: &'static str, sign: Sign, on: &Callback<()>, class: &'static str| {
        html! {
            <button
                type="button"
                class={classes!("btn", class)}
                aria-pressed={(sign == Sign::Presenter).then(|| props.presenting.to_string())}
                onclick={on.reform(|_| ())}
            >
                { icon(&IconProps { sign }) }
                <span>{ name }</span>
            </button>
        }
    };
    html! {
        <header class="bar">
            <a class="brand" href="#/matrix">
                <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
                    <rect x="1" y="8" width="5" height="13" rx="1" fill="var(--text)" />
                    <rect x="9" y="1" width="12" height="5" rx="1" fill="var(--accent)" />
                    <path d="M3.500 7.500A5 5 0 0 1 8.500 3.500" fill="none" stroke="var(--text)" stroke-width="1.600" />
                </svg>
                <span>{ "Deconvolution Explorer" }</span>
            </a>
            <nav aria-label="Pages">
                for page in Page::ALL {
                    <a
                        key={page.slug()}
                        href={format!("#/{}", page.slug())}
                        aria-current={(page == props.page).then_some("page")}
                    >
                        { page.title() }
                    </a>
                }
            </nav>
            <div class="tools">
                { tool("Theme", Sign::Theme, &props.on_theme, "ghost") }
                { tool("Share", Sign::Share, &props.on_share, "ghost") }
                { tool("Presenter", Sign::Presenter, &props.on_present, "") }
            </div>
        </header>
    }
}

pub struct NoticesProps {
    /// The sentences to show.
    pub sentences: Vec<AttrValue>,
    /// The reader has read them.
    pub on_close: Callback<()>,
}

/// Sentences that the reader should see once.
pub fn notice_list(props: &NoticesProps) -> Html {
    html! {
        <div class="notices" role="status">
            if !props.sentences.is_empty() {
                <div class="notice">
                    <div>
                        for (n, sentence) in props.sentences.iter().enumerate() {
                            <p key={n}>{ sentence }</p>
                        }
                    </div>
                    <button type="button" class="btn" onclick={props.on_close.reform(|_| ())}>{ "Close" }</button>
                </div>
            }
        </div>
    }
}

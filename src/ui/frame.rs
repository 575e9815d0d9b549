//! The frame around every page: name, navigation, and the tools at the right.

use super::components::icon::{Icon, Sign};
use crate::lesson::Page;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
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
#[component]
pub fn Bar(props: &BarProps) -> Html {
    let tool = |name: &'static str, sign: Sign, on: &Callback<()>, class: &'static str| {
        html! {
            <button
                type="button"
                class={classes!("btn", class)}
                aria-pressed={(sign == Sign::Presenter).then(|| props.presenting.to_string())}
                onclick={on.reform(|_| ())}
            >
                <Icon {sign} />
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

#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// The sentences to show.
    pub sentences: Vec<AttrValue>,
    /// The reader has read them.
    pub on_close: Callback<()>,
}

/// Sentences that the reader should see once.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
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

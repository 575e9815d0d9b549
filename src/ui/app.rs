//! The app: frame and pages.

use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    html! { <main><h1>{ "Deconvolution Explorer" }</h1></main> }
}

//! The dialog of what can be taken away: a tab for each form, what it holds, and buttons that copy and save it.

use super::{
    focus::focus_on,
    saving::{Said, TextFile, copy, save_text},
};
use crate::{
    ui::handing_over::{self, Handed},
    web::events::Listener,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// The wish to open the dialog, left by the program that has none.
const WISH: &str = "take-away";

/// What the dialog and the page that fills it both know.
pub struct TakingAway {
    /// Whether the dialog is open.
    pub open: UseStateHandle<bool>,
    /// The place of the tab that shows.
    pub tab: UseStateHandle<usize>,
    /// What is said of the last thing that was taken away.
    pub said: Said,
    dialog: NodeRef,
    button: NodeRef,
}

/// A closed dialog, unless the program before this one has left the wish to open it.
#[hook]
pub fn use_taking_away<L: Handed>() -> TakingAway {
    let open = use_state_eq(|| false);
    let tab = use_state_eq(|| 0);
    let said = use_state_eq(|| "");
    let dialog = use_node_ref();
    let button = use_node_ref();
    {
        // The dialog says so when it closes, however the reader has closed it.
        let (dialog, open) = (dialog.clone(), open.clone());
        use_effect_with((), move |()| {
            if handing_over::is_wished::<L>(WISH) {
                open.set(true);
            }
            let listener =
                dialog.cast::<Element>().map(|dialog| Listener::new(&dialog, "close", move |_| open.set(false)));
            move || drop(listener)
        });
    }
    {
        let (dialog, button) = (dialog.clone(), button.clone());
        use_effect_with(*open, move |open| {
            let Some(element) = dialog.cast::<HtmlDialogElement>().filter(|_| *open) else { return };
            // Where the focus goes back to when the dialog closes; not every browser gives it to what is clicked.
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
            // It fails only when the dialog is open already.
            let _ = element.show_modal();
            focus_on(&dialog, "[role=tab][tabindex=\"0\"]");
        });
    }
    TakingAway { open, tab, said, dialog, button }
}

/// The button in a program that has no dialog: it asks for the one that has.
pub fn take_away_elsewhere<L: Handed>() -> Html {
    let onclick = Callback::from(|_: MouseEvent| handing_over::ask::<L>(WISH));
    html! { <button type="button" class="btn" {onclick}>{ "Take away" }</button> }
}

/// What the dialog shows, which the page says.
pub struct Offer {
    /// The names of the tabs.
    pub tabs: Vec<&'static str>,
    /// What the present tab is as a text, if it is one and that is there.
    pub file: Option<TextFile>,
    /// Saves the present tab where it is no text but can be saved as a whole.
    pub on_save: Option<Callback<MouseEvent>>,
    /// Whether a file is being made.
    pub busy: bool,
    /// What the present tab shows.
    pub sheet: Html,
    /// A paragraph below the tabs.
    pub note: Html,
}

/// The button, and the dialog that it opens.
pub fn take_away(state: &TakingAway, offer: Offer) -> Html {
    let TakingAway { open, tab, said, dialog, button } = state;
    let Offer { tabs, file, on_save, busy, sheet, note } = offer;
    let choose = {
        let (tab, said) = (tab.clone(), said.clone());
        Callback::from(move |n: usize| {
            tab.set(n);
            said.set("");
        })
    };
    let on_open = {
        let (open, said) = (open.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            said.set("");
            open.set(true);
        })
    };
    let on_close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    // The page's own keys rest while the dialog is open.
    let onkeydown = {
        let (choose, tab, count, dialog) = (choose.clone(), **tab, tabs.len(), dialog.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if !target.is_some_and(|element| element.matches("[role=tab]").unwrap_or(false)) {
                return;
            }
            let next = match event.key().as_str() {
                "ArrowRight" => (tab + 1) % count,
                "ArrowLeft" => (tab + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            choose.emit(next);
            focus_on(&dialog, &format!("[role=tab][data-n=\"{next}\"]"));
        })
    };
    let on_save = on_save.or_else(|| file.as_ref().map(|file| save_text(file, said)));
    html! {
        <>
            <button ref={button} type="button" class="btn" onclick={on_open} aria-haspopup="dialog">{ "Take away" }</button>
            <dialog ref={dialog} class="take" aria-labelledby="take-title" {onkeydown}>
                if **open {
                    <h2 id="take-title">{ "Take away" }</h2>
                    <div class="tabs" role="tablist" aria-label="Form">
                        for (n, title) in tabs.into_iter().enumerate() {
                            <button
                                key={n}
                                type="button"
                                role="tab"
                                id={format!("take-tab-{n}")}
                                aria-selected={(n == **tab).to_string()}
                                aria-controls="take-panel"
                                tabindex={if n == **tab { "0" } else { "-1" }}
                                data-n={n.to_string()}
                                onclick={choose.reform(move |_| n)}
                            >
                                { title }
                            </button>
                        }
                    </div>
                    <div role="tabpanel" id="take-panel" aria-labelledby={format!("take-tab-{}", **tab)} tabindex="0" class="sheet">
                        { sheet }
                    </div>
                    <p class="note">{ note }</p>
                    <div class="take-foot">
                        if let Some(file) = &file {
                            <button type="button" class="btn" key="copy" onclick={copy(&file.text, said)}>{ "Copy" }</button>
                        }
                        if let Some(on_save) = on_save {
                            <button type="button" class="btn primary" key="save" onclick={on_save}>{ "Download" }</button>
                        }
                        <span role="status" class="note">{ if busy { "The file is being made …" } else { **said } }</span>
                        <button type="button" class="btn ghost" key="close" onclick={on_close}>{ "Close" }</button>
                    </div>
                }
            </dialog>
        </>
    }
}

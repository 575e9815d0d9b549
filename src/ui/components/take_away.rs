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
#[derive(Clone, PartialEq)]
pub struct TakingAway {
    /// Whether the dialog is open.
    pub open: UseStateHandle<bool>,
    /// The place of the tab that shows.
    pub tab: UseStateHandle<usize>,
    /// What is said of the last thing that was taken away.
    pub said: Said,
}

/// The dialog's state: closed, unless the program before this one has left the wish to open it.
#[hook]
pub fn use_taking_away<L: Handed>() -> TakingAway {
    let open = use_state_eq(|| false);
    let tab = use_state_eq(|| 0);
    let said = use_state_eq(|| "");
    {
        let open = open.clone();
        use_effect_with((), move |()| {
            if handing_over::is_wished::<L>(WISH) {
                open.set(true);
            }
        });
    }
    TakingAway { open, tab, said }
}

/// The button in a program that has no dialog: it asks for the one that has.
pub fn take_away_elsewhere<L: Handed>() -> Html {
    let onclick = Callback::from(|_: MouseEvent| handing_over::ask::<L>(WISH));
    html! { <button type="button" class="btn" {onclick}>{ "Take away" }</button> }
}

#[derive(Properties, PartialEq)]
pub struct TakeAwayDialogProps {
    /// Whether it is open, and where.
    pub state: TakingAway,
    /// The names of the tabs.
    pub tabs: Vec<&'static str>,
    /// What the present tab is as a text, if it is one and that is there.
    pub file: Option<TextFile>,
    /// Saves the present tab where it is no text but can be saved as a whole.
    #[prop_or_default]
    pub on_save: Option<Callback<MouseEvent>>,
    /// Whether a file is being made.
    #[prop_or_default]
    pub busy: bool,
    /// A paragraph below the tabs.
    pub note: Html,
    /// What the present tab shows.
    pub children: Html,
}

/// The button, and the dialog that it opens.
#[component]
pub fn TakeAwayDialog(props: &TakeAwayDialogProps) -> Html {
    let TakingAway { open, tab, said } = &props.state;
    let node = use_node_ref();
    let button = use_node_ref();
    {
        // The dialog says so when it closes, however the reader has closed it.
        let (node, open) = (node.clone(), open.clone());
        use_effect_with((), move |()| {
            let listener =
                node.cast::<Element>().map(|dialog| Listener::new(&dialog, "close", move |_| open.set(false)));
            move || drop(listener)
        });
    }
    {
        let (node, button) = (node.clone(), button.clone());
        use_effect_with(**open, move |open| {
            let Some(dialog) = node.cast::<HtmlDialogElement>().filter(|_| *open) else { return };
            // Where the focus goes back to when the dialog closes; not every browser gives it to what is clicked.
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
            // It fails only when the dialog is open already.
            let _ = dialog.show_modal();
            focus_on(&node, "[role=tab][tabindex=\"0\"]");
        });
    }
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
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    // The page's own keys rest while the dialog is open.
    let onkeydown = {
        let (choose, tab, count, node) = (choose.clone(), **tab, props.tabs.len(), node.clone());
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
            focus_on(&node, &format!("[role=tab][data-n=\"{next}\"]"));
        })
    };
    let on_save = props.on_save.clone().or_else(|| props.file.as_ref().map(|file| save_text(file, said)));
    html! {
        <>
            <button ref={button} type="button" class="btn" onclick={on_open} aria-haspopup="dialog">{ "Take away" }</button>
            <dialog ref={node} class="take" aria-labelledby="take-title" {onkeydown}>
                if **open {
                    <h2 id="take-title">{ "Take away" }</h2>
                    <div class="tabs" role="tablist" aria-label="Form">
                        for (n, title) in props.tabs.iter().enumerate() {
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
                                { *title }
                            </button>
                        }
                    </div>
                    <div role="tabpanel" id="take-panel" aria-labelledby={format!("take-tab-{}", **tab)} tabindex="0" class="sheet">
                        { props.children.clone() }
                    </div>
                    <p class="note">{ props.note.clone() }</p>
                    <div class="take-foot">
                        if let Some(file) = &props.file {
                            <button type="button" class="btn" key="copy" onclick={copy(&file.text, said)}>{ "Copy" }</button>
                        }
                        if let Some(on_save) = on_save {
                            <button type="button" class="btn primary" key="save" onclick={on_save}>{ "Download" }</button>
                        }
                        <span role="status" class="note">{ if props.busy { "The file is being made …" } else { **said } }</span>
                        <button type="button" class="btn ghost" key="close" onclick={on_close}>{ "Close" }</button>
                    </div>
                }
            </dialog>
        </>
    }
}

//! Take away: programs, formulas, tables and pictures of what is on the screen, in a dialog.

use crate::{
    lesson::matrix::{MatrixLesson, takeaway::Format},
    ui::handing_over,
    web::{
        download,
        events::{Listener, window},
        location, snapshot,
    },
};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// The tabs behind the texts: the stage as a drawing, and in pixels.
const PICTURES: [&str; 2] = ["SVG", "PNG"];
/// The pixels of a PNG for each pixel of the page.
const PNG_SCALE: f64 = 2.0;
/// What is on the screen.
const STAGE: &str = ".matrix-page .stage .canvas";

/// The wish to open the dialog, left by the program that has none.
pub const TAKE_AWAY: &str = "take-away";

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    /// The page's state.
    pub lesson: MatrixLesson,
}

/// The button, and the dialog that it opens.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let node = use_node_ref();
    let button = use_node_ref();
    let open = use_state_eq(|| false);
    let tab = use_state_eq(|| 0_usize);
    let picture = use_state_eq(|| None::<Rc<snapshot::Snapshot>>);
    let said = use_state_eq(|| "");
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
        // The dialog opens before its tabs are there to take the focus.
        let node = node.clone();
        use_effect_with(*open, move |open| {
            let tab = node.cast::<Element>().filter(|_| *open);
            let tab = tab.and_then(|dialog| dialog.query_selector("[role=tab][tabindex=\"0\"]").ok().flatten());
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
                let _ = tab.focus();
            }
        });
    }
    let format = Format::ALL.get(*tab).copied();
    let text = use_memo((*open, format, props.lesson.work.setup.clone()), |(open, format, setup)| {
        let format = format.filter(|_| *open)?;
        Some(AttrValue::from(format.text(setup, &props.lesson.derived())))
    });
    let choose = {
        let (tab, picture, said) = (tab.clone(), picture.clone(), said.clone());
        Callback::from(move |n: usize| {
            tab.set(n);
            said.set("");
            if n >= Format::ALL.len() && picture.is_none() {
                match stage().and_then(|stage| snapshot::take(&stage)) {
                    Ok(taken) => picture.set(Some(Rc::new(taken))),
                    Err(_) => said.set("The browser does not let the page take a picture of itself."),
                }
            }
        })
    };
    let on_open = {
        let (node, open, tab, picture, said) = (node.clone(), open.clone(), tab.clone(), picture.clone(), said.clone());
        Callback::from(move |()| {
            picture.set(None);
            said.set("");
            if *tab >= Format::ALL.len() {
                tab.set(0);
            }
            open.set(true);
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // It fails only when the dialog is open already.
                let _ = dialog.show_modal();
            }
        })
    };
    {
        let (on_open, button) = (on_open.clone(), button.clone());
        use_effect_with((), move |()| {
            if handing_over::is_wished::<MatrixLesson>(TAKE_AWAY) {
                // Where the focus goes back to when the dialog closes.
                if let Some(button) = button.cast::<HtmlElement>() {
                    let _ = button.focus();
                }
                on_open.emit(());
            }
        });
    }
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
        let (choose, tab, node) = (choose.clone(), *tab, node.clone());
        let count = Format::ALL.len() + PICTURES.len();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let on_tab = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if !on_tab.is_some_and(|element| element.matches("[role=tab]").unwrap_or(false)) {
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
            let found = node
                .cast::<Element>()
                .and_then(|dialog| dialog.query_selector(&format!("[role=tab][data-n=\"{next}\"]")).ok().flatten());
            if let Some(button) = found.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
        })
    };
    let copied = match (&*text, &*picture) {
        (Some(text), _) => Some(text.clone()),
        (None, Some(picture)) if *tab == Format::ALL.len() => Some(AttrValue::from(picture.svg.clone())),
        _ => None,
    };
    let on_copy = copied.map(|text| {
        let said = said.clone();
        Callback::from(move |_: MouseEvent| {
            let (said, text) = (said.clone(), text.clone());
            spawn_local(async move {
                said.set(if location::copy(&text).await {
                    "Copied."
                } else {
                    "The browser does not let the page copy; mark the text and copy it yourself, or download it."
                });
            });
        })
    });
    let on_save = {
        let (text, picture, said, png) = (text.clone(), (*picture).clone(), said.clone(), *tab > Format::ALL.len());
        Callback::from(move |_: MouseEvent| {
            let (text, picture, said) = (text.clone(), picture.clone(), said.clone());
            spawn_local(async move {
                let outcome = match (format, &*text, picture) {
                    (Some(format), Some(text), _) => download::text_file(text, format.media_type())
                        .and_then(|file| download::save(&file, format.file_name())),
                    (_, _, Some(picture)) => save_picture(&picture, png).await,
                    _ => Ok(()),
                };
                said.set(match outcome {
                    Ok(()) => "The browser saves it with your other downloads.",
                    Err(_) => "The browser could not make this file. Try another form.",
                });
            });
        })
    };
    let titles = Format::ALL.iter().map(|format| format.title()).chain(PICTURES);
    html! {
        <>
            <button ref={button.clone()} type="button" class="btn" onclick={on_open.reform(|_: MouseEvent| ())} aria-haspopup="dialog">{ "Take away" }</button>
            <dialog ref={node} class="take" aria-labelledby="take-title" {onkeydown}>
                if *open {
                    <h2 id="take-title">{ "Take away" }</h2>
                    <div class="tabs" role="tablist" aria-label="Form">
                        for (n, title) in titles.enumerate() {
                            <button
                                key={n}
                                type="button"
                                role="tab"
                                id={format!("take-tab-{n}")}
                                aria-selected={(n == *tab).to_string()}
                                aria-controls="take-panel"
                                tabindex={if n == *tab { "0" } else { "-1" }}
                                data-n={n.to_string()}
                                onclick={choose.reform(move |_| n)}
                            >
                                { title }
                            </button>
                        }
                    </div>
                    <div
                        role="tabpanel"
                        id="take-panel"
                        aria-labelledby={format!("take-tab-{}", *tab)}
                        tabindex="0"
                        class="sheet"
                    >
                        if let Some(text) = &*text {
                            <pre key="text">{ text }</pre>
                        } else if let Some(picture) = &*picture {
                            <img
                                key="picture"
                                src={picture.address()}
                                alt="The stage as it stands now"
                                width={format!("{:.0}", picture.size[0])}
                                height={format!("{:.0}", picture.size[1])}
                            />
                        }
                    </div>
                    { to_restore(&props.lesson) }
                    <div class="take-foot">
                        if let Some(on_copy) = on_copy {
                            <button type="button" class="btn" key="copy" onclick={on_copy}>{ "Copy" }</button>
                        }
                        <button type="button" class="btn primary" key="save" onclick={on_save}>{ "Download" }</button>
                        <span role="status" class="note">{ *said }</span>
                        <button type="button" class="btn ghost" key="close" onclick={on_close}>{ "Close" }</button>
                    </div>
                }
            </dialog>
        </>
    }
}

/// The mask as the blur of a picture on the Restore page: the same C, grown to the size of the picture.
fn to_restore(lesson: &MatrixLesson) -> Html {
    match crate::lesson::restore::mask::fragment(lesson.work.setup.mask.view()) {
        Ok(fragment) => html! {
            <p class="note">
                <a href={fragment}>{ "Blur a picture with this mask" }</a>
                { ": the same matrix C, grown to the size of the picture, on the Restore page." }
            </p>
        },
        Err(sentence) => html! { <p class="note">{ sentence }</p> },
    }
}

fn stage() -> Result<Element, JsValue> {
    let document = window().document().ok_or("no document")?;
    document.query_selector(STAGE)?.ok_or_else(|| "no stage".into())
}

async fn save_picture(picture: &snapshot::Snapshot, png: bool) -> Result<(), JsValue> {
    if png {
        return download::save(&picture.png(PNG_SCALE).await?, "convolution.png");
    }
    download::save(&download::text_file(&picture.svg, "image/svg+xml;charset=utf-8")?, "convolution.svg")
}

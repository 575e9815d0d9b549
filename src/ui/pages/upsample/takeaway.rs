//! Take away: programs, tables and pictures of what is on the screen, in a dialog.

use super::{pictures::comparison, sides::TAKE_AWAY};
use crate::{
    engine::{FileFormat, Request},
    lesson::{
        Lesson,
        upsample::{
            UpsampleLesson, Way,
            takeaway::{
                COUNTS_NAME, CSV_TYPE, Library, NUMPY_NAME, PYTHON_TYPE, PYTORCH_NAME, SCORES_NAME, Scored, counts_csv,
                programmed, scores_csv,
            },
        },
    },
    ui::{
        handing_over,
        pictures::desk::{Answer, Desk},
    },
    web::{
        canvas::{Pixels, png_file},
        download,
        events::Listener,
        location,
        wire::Body,
    },
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// The tabs.
const TABS: [&str; 5] = ["PyTorch", "NumPy", "Scores, CSV", "Overlap, CSV", "Pictures"];
/// The libraries that the first tabs have programs for.
const LIBRARIES: [Library; 2] = [Library::PyTorch, Library::NumPy];
/// The tab that is not a text.
const PICTURES: usize = TABS.len() - 1;

/// The names and types of the files of texts, tab by tab.
const FILES: [(&str, &str); PICTURES] =
    [(PYTORCH_NAME, PYTHON_TYPE), (NUMPY_NAME, PYTHON_TYPE), (SCORES_NAME, CSV_TYPE), (COUNTS_NAME, CSV_TYPE)];

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// The worker's side.
    pub desk: Desk,
    /// The file that was asked for.
    pub wish: Option<Request>,
    /// Asks for a file, or for nothing any more.
    pub on_wish: Callback<Option<Request>>,
}

/// The button, and the dialog that it opens.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let TakeAwayProps { lesson, desk, wish, on_wish } = props;
    let node = use_node_ref();
    let button = use_node_ref();
    let open = use_state_eq(|| false);
    let tab = use_state_eq(|| 0_usize);
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
            if *open {
                focus_on(&node, "[role=tab][tabindex=\"0\"]");
            }
        });
    }
    use_arrival(wish, desk, on_wish, &said);
    let program = LIBRARIES.get(*tab).filter(|_| *open);
    let program = program.map(|library| Request::UpsampleProgram(programmed(lesson), *library));
    let written = program.as_ref().and_then(|request| desk.found(request));
    {
        // The worker writes programs, one at a time; a file that was asked for comes first.
        let due = program.filter(|request| written.is_none() && desk.refusal(request).is_none());
        let on_wish = on_wish.clone();
        use_effect_with((due, wish.is_some()), move |(due, busy)| {
            if due.is_some() && !busy {
                on_wish.emit(due.clone());
            }
        });
    }
    let text = use_memo((*open, *tab, lesson.work.clone(), lesson.weighted, desk.answer.clone(), written), {
        let (lesson, desk) = (lesson.clone(), desk.clone());
        move |(open, tab, .., written)| {
            let text = || text_of(*tab, &lesson, &desk, written.as_deref());
            open.then(text).flatten().map(AttrValue::from)
        }
    });
    let choose = {
        let (tab, said) = (tab.clone(), said.clone());
        Callback::from(move |n: usize| {
            tab.set(n);
            said.set("");
        })
    };
    let on_open = {
        let (node, open, said) = (node.clone(), open.clone(), said.clone());
        Callback::from(move |()| {
            said.set("");
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
            if handing_over::is_wished::<UpsampleLesson>(TAKE_AWAY) {
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
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if !target.is_some_and(|element| element.matches("[role=tab]").unwrap_or(false)) {
                return;
            }
            let next = match event.key().as_str() {
                "ArrowRight" => (tab + 1) % TABS.len(),
                "ArrowLeft" => (tab + TABS.len() - 1) % TABS.len(),
                "Home" => 0,
                "End" => PICTURES,
                _ => return,
            };
            event.prevent_default();
            choose.emit(next);
            focus_on(&node, &format!("[role=tab][data-n=\"{next}\"]"));
        })
    };
    html! {
        <>
            <button ref={button} type="button" class="btn" onclick={on_open.reform(|_: MouseEvent| ())} aria-haspopup="dialog">{ "Take away" }</button>
            <dialog ref={node} class="take" aria-labelledby="take-title" {onkeydown}>
                if *open {
                    <h2 id="take-title">{ "Take away" }</h2>
                    <div class="tabs" role="tablist" aria-label="Form">
                        for (n, title) in TABS.iter().enumerate() {
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
                    <div role="tabpanel" id="take-panel" aria-labelledby={format!("take-tab-{}", *tab)} tabindex="0" class="sheet">
                        if *tab == PICTURES {
                            { pictures(lesson, desk, wish, on_wish, &said) }
                        } else if let Some(text) = &*text {
                            <pre key="text">{ text }</pre>
                        } else {
                            <p class="note waiting" key="none">{ if *tab < LIBRARIES.len() { "The program is being written …" } else { "There are no scores yet: they come with the pictures." } }</p>
                        }
                    </div>
                    <p class="note">
                        {
                            if lesson.travels_whole() {
                                "“Share” above copies a link that holds all settings, the drawing and the picture’s name."
                            } else {
                                "“Share” above copies a link that holds all settings, but never your own picture: that stays here."
                            }
                        }
                    </p>
                    <div class="take-foot">
                        { text_buttons(*tab, &text, &said) }
                        <span role="status" class="note">{ if is_file(wish) { "The file is being made …" } else { *said } }</span>
                        <button type="button" class="btn ghost" key="close" onclick={on_close}>{ "Close" }</button>
                    </div>
                }
            </dialog>
        </>
    }
}

/// The text of a tab, where it is one and there is something to tell.
fn text_of(tab: usize, lesson: &UpsampleLesson, desk: &Desk, written: Option<&Answer>) -> Option<String> {
    match tab {
        0 | 1 => match &*written?.body {
            Body::File(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            _ => None,
        },
        2 => {
            let ways = &desk.answer.as_deref().and_then(comparison)?.ways;
            let scored: Vec<Scored> = ways
                .iter()
                .map(|(way, findings)| Scored {
                    way: *way,
                    psnr: findings.psnr,
                    ssim: findings.ssim,
                    checkerboard: findings.checkerboard,
                    millis: findings.millis,
                })
                .collect();
            Some(scores_csv(&scored))
        }
        3 => Some(counts_csv(lesson)),
        _ => None,
    }
}

/// Copies a text, and saves it.
fn text_buttons(tab: usize, text: &Option<AttrValue>, said: &UseStateHandle<&'static str>) -> Html {
    let (Some(text), Some((name, media_type))) = (text.clone(), FILES.get(tab).copied()) else {
        return Html::default();
    };
    let on_copy = {
        let (said, text) = (said.clone(), text.clone());
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
    };
    let on_save = {
        let said = said.clone();
        Callback::from(move |_: MouseEvent| {
            said.set(saved(download::text_file(&text, media_type).and_then(|file| download::save(&file, name))));
        })
    };
    html! {
        <>
            <button type="button" class="btn" onclick={on_copy}>{ "Copy" }</button>
            <button type="button" class="btn primary" onclick={on_save}>{ "Download" }</button>
        </>
    }
}

/// A row of buttons for each picture: as it is shown, with sixteen bits, and in full precision.
fn pictures(
    lesson: &UpsampleLesson,
    desk: &Desk,
    wish: &Option<Request>,
    on_wish: &Callback<Option<Request>>,
    said: &UseStateHandle<&'static str>,
) -> Html {
    let Some((answer, found)) = desk.answer.as_deref().and_then(|answer| Some((answer, comparison(answer)?))) else {
        return html! { <p class="note waiting" key="none">{ "There are no pictures yet." }</p> };
    };
    let small = std::iter::once((None, "Small", 0));
    let ways = found.ways.iter().enumerate();
    let ways = ways.map(|(place, (way, _))| (Some(*way), way.name(), found.places(place).picture));
    let row = |(way, name, place): (Option<Way>, &'static str, usize)| {
        let ask = |format: FileFormat, label: &'static str| {
            let request = Request::UpsampleFile(lesson.question(), way, format);
            html! {
                <button
                    type="button"
                    class="btn"
                    aria-label={format!("{name}, {label}")}
                    disabled={is_file(wish)}
                    onclick={on_wish.reform(move |_: MouseEvent| Some(request.clone()))}
                >
                    { label }
                </button>
            }
        };
        let pixels = answer.pictures.get(place).cloned();
        html! {
            <tr key={name}>
                <th scope="row">{ name }</th>
                <td>
                    <span class="btns">
                        { as_shown(name, file_name(way, "png"), pixels, said) }
                        { ask(FileFormat::Png16, "16-bit PNG") }
                        { ask(FileFormat::Npy, "NPY") }
                    </span>
                </td>
            </tr>
        }
    };
    html! {
        <div class="take-pictures" key="pictures">
            <p class="note">
                { "PNG as it is shown; sRGB with 16 bits a sample; or linear light as 32-bit floats (NPY), of which nothing is clipped." }
            </p>
            <table class="sc">
                <tbody>{ for small.chain(ways).map(row) }</tbody>
            </table>
        </div>
    }
}

/// Saves a picture as it is shown.
fn as_shown(name: &'static str, file: String, pixels: Option<Pixels>, said: &UseStateHandle<&'static str>) -> Html {
    let (said, disabled) = (said.clone(), pixels.is_none());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (said, pixels, file) = (said.clone(), pixels.clone(), file.clone());
        spawn_local(async move {
            let drawn = match &pixels {
                Some(pixels) => png_file(pixels).await,
                None => Err(JsValue::NULL),
            };
            said.set(saved(drawn.and_then(|drawn| download::save(&drawn, &file))));
        });
    });
    html! { <button type="button" class="btn" aria-label={format!("{name}, PNG")} {onclick} {disabled}>{ "PNG" }</button> }
}

/// Whether a file is what is wished for.
fn is_file(wish: &Option<Request>) -> bool {
    matches!(wish, Some(Request::UpsampleFile(..)))
}

/// Saves the file that was asked for when it comes.
#[hook]
fn use_arrival(
    wish: &Option<Request>,
    desk: &Desk,
    on_wish: &Callback<Option<Request>>,
    said: &UseStateHandle<&'static str>,
) {
    let (said, on_wish, discard) = (said.clone(), on_wish.clone(), desk.discard.clone());
    let came = wish.as_ref().and_then(|wish| desk.found(wish));
    let refused = wish.as_ref().is_some_and(|wish| desk.refusal(wish).is_some());
    use_effect_with((wish.clone(), came, refused), move |(wish, came, refused)| {
        let Some(wish) = wish else { return };
        if !matches!(wish, Request::UpsampleFile(..)) {
            // A program is shown and not saved; it stays at hand.
            if came.is_some() || *refused {
                on_wish.emit(None);
            }
        } else if let Some(came) = came {
            said.set(saved(save(wish, &came.body)));
            // It is on its way to the disk and need not stay here too.
            discard.emit(wish.clone());
            on_wish.emit(None);
        } else if *refused {
            said.set("This file could not be made. Change a setting, or try another form.");
            on_wish.emit(None);
        }
    });
}

fn save(wish: &Request, body: &Body) -> Result<(), JsValue> {
    let (Request::UpsampleFile(_, way, format), Body::File(bytes)) = (wish, body) else { return Err(JsValue::NULL) };
    let (ending, media_type) = match format {
        FileFormat::Png16 => ("16-bit.png", "image/png"),
        FileFormat::Npy => ("npy", "application/octet-stream"),
    };
    download::save(&download::bytes_file(bytes, media_type)?, &file_name(*way, ending))
}

fn file_name(way: Option<Way>, ending: &str) -> String {
    format!("{}.{ending}", way.map_or("small", Way::id))
}

fn saved(outcome: Result<(), JsValue>) -> &'static str {
    match outcome {
        Ok(()) => "The browser saves it with your other downloads.",
        Err(_) => "The browser could not make this file. Try another form.",
    }
}

/// Gives the focus to the first element within that a selector finds.
pub fn focus_on(node: &NodeRef, selector: &str) {
    let found = node.cast::<Element>().and_then(|dialog| dialog.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

//! What can be taken along: the pictures in full precision, the scores, the chart, and a program that restores again.

use super::compare;
use crate::{
    engine::{FileFormat, Request, Shot},
    lesson::restore::{
        RestoreLesson,
        takeaway::{
            CSV_NAME, CSV_TYPE, OBSERVED_NAME, PYTHON_NAME, PYTHON_TYPE, RESTORED_NAME, Row, Taken, csv, python,
        },
    },
    ui::{pages::restore::told::Told, pictures::desk::Desk},
    web::{canvas::png_file, download, location, wire::Body},
};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The files that the worker makes: what they are called on their buttons and on the disk, and what they hold.
const FILES: [(&str, &str, Shot, FileFormat); 4] = [
    ("Restored, 16-bit PNG", "restored-16-bit.png", Shot::Restored, FileFormat::Png16),
    ("Restored, NPY", RESTORED_NAME, Shot::Restored, FileFormat::Npy),
    ("Observed, NPY", OBSERVED_NAME, Shot::Observed, FileFormat::Npy),
    ("Original, NPY", "original.npy", Shot::Original, FileFormat::Npy),
];

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    pub lesson: RestoreLesson,
    pub desk: Desk,
    pub told: Option<Rc<Told>>,
    /// Asks for a file, or for nothing any more.
    pub on_wish: Callback<Option<Request>>,
    /// The file that was asked for.
    pub wish: Option<Request>,
}

/// The list.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let TakeAwayProps { lesson, desk, told, on_wish, wish } = props;
    let said = use_state_eq(|| "");
    {
        // The file is saved when it comes.
        let (said, on_wish) = (said.clone(), on_wish.clone());
        let came = wish.as_ref().and_then(|wish| desk.found(wish));
        let refused = wish.as_ref().is_some_and(|wish| desk.refusal(wish).is_some());
        let discard = desk.discard.clone();
        use_effect_with((wish.clone(), came, refused), move |(wish, came, refused)| {
            let Some(wish) = wish else { return };
            if let Some(came) = came {
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
    let program = use_memo((lesson.question(), told.clone()), {
        let size = desk
            .answer
            .as_ref()
            .and_then(|answer| answer.pictures.get(1))
            .map_or([0, 0], |p| [p.height as usize, p.width as usize]);
        move |(question, told)| {
            told.as_ref().map(|told| {
                let taken = Taken {
                    parameter: told.parameter,
                    sigma: told.sigma,
                    size,
                    found: told.kernel.as_ref(),
                    iterations: told.ending.is_none().then_some(told.iterations),
                };
                AttrValue::from(python(question, &taken))
            })
        }
    });
    let copy = program.as_ref().clone().map(|text| {
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
    let text_button = |label: &'static str, name: &'static str, media_type: &'static str, text: Option<AttrValue>| {
        let said = said.clone();
        let disabled = text.is_none();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(text) = &text {
                said.set(saved(download::text_file(text, media_type).and_then(|file| download::save(&file, name))));
            }
        });
        html! { <button key={label} type="button" class="btn" {onclick} {disabled}>{ label }</button> }
    };
    let as_shown = {
        let (said, pixels) = (said.clone(), desk.answer.as_ref().and_then(|answer| answer.pictures.get(2)).cloned());
        Callback::from(move |_: MouseEvent| {
            let (said, pixels) = (said.clone(), pixels.clone());
            spawn_local(async move {
                let file = match &pixels {
                    Some(pixels) => png_file(pixels).await,
                    None => Err(JsValue::NULL),
                };
                said.set(saved(file.and_then(|file| download::save(&file, "restored.png"))));
            });
        })
    };
    let table = rows(lesson, desk, told.as_deref());
    let scores = (!table.is_empty()).then(|| AttrValue::from(csv(&table)));
    let has_original = !lesson.degradation().already_blurred();
    html! {
        <div class="take-away">
            <section>
                <h2>{ "Pictures in full precision" }</h2>
                <p class="note">{ "Linear light as 32-bit floats (NPY), or sRGB with 16 bits (PNG). Nothing is clipped in an NPY." }</p>
                <div class="btns">
                    <button type="button" class="btn" disabled={told.is_none()} onclick={as_shown}>{ "Restored, PNG" }</button>
                    for (label, name, shot, format) in FILES.into_iter().filter(|(_, _, shot, _)| has_original || *shot != Shot::Original) {
                        <button
                            key={name}
                            type="button"
                            class="btn"
                            disabled={told.is_none() || wish.is_some()}
                            onclick={on_wish.reform({ let question = lesson.question(); move |_| Some(Request::File(question.clone(), shot, format)) })}
                        >
                            { label }
                        </button>
                    }
                </div>
            </section>
            <section>
                <h2>{ "Scores" }</h2>
                <p class="note">{ "Of this method, and of those that were compared at these settings." }</p>
                <div class="btns">{ text_button("Scores, CSV", CSV_NAME, CSV_TYPE, scores) }</div>
            </section>
            <section>
                <h2>{ "The same in Python" }</h2>
                <p class="note">
                    { "Needs NumPy alone. Put it beside " }<code>{ OBSERVED_NAME }</code>{ "; with " }<code>{ RESTORED_NAME }</code>
                    { " there too it says how far the two are apart." }
                </p>
                <div class="btns">
                    { text_button("Program", PYTHON_NAME, PYTHON_TYPE, (*program).clone()) }
                    if let Some(copy) = copy {
                        <button type="button" class="btn" key="copy" onclick={copy}>{ "Copy" }</button>
                    }
                </div>
                if let Some(program) = &*program {
                    <pre tabindex="0" aria-label="Program">{ program }</pre>
                }
            </section>
            <section>
                <h2>{ "A link" }</h2>
                <p class="note">
                    {
                        if crate::lesson::Lesson::travels_whole(lesson) {
                            "“Share” above copies a link that holds all settings, and the picture by its name."
                        } else {
                            "“Share” above copies a link that holds all settings, but never your own picture: that stays here."
                        }
                    }
                </p>
            </section>
            <p role="status" class="note">{ if wish.is_some() { "The file is being made …" } else { *said } }</p>
        </div>
    }
}

fn saved(outcome: Result<(), JsValue>) -> &'static str {
    match outcome {
        Ok(()) => "The browser saves it with your other downloads.",
        Err(_) => "The browser could not make this file. Try another form.",
    }
}

fn save(wish: &Request, body: &Body) -> Result<(), JsValue> {
    let (Request::File(_, shot, format), Body::File(bytes)) = (wish, body) else { return Err(JsValue::NULL) };
    let name =
        FILES.iter().find(|(_, _, of, known)| (of, known) == (shot, format)).map_or("picture", |(_, name, ..)| name);
    let media_type = if *format == FileFormat::Png16 { "image/png" } else { "application/octet-stream" };
    download::save(&download::bytes_file(bytes, media_type)?, name)
}

/// The scores of the method on the page and of those compared.
fn rows(lesson: &RestoreLesson, desk: &Desk, told: Option<&Told>) -> Vec<Row> {
    let row = |method: &'static str, told: &Told| Row {
        method: method.to_owned(),
        parameter: (!told.parameter.is_nan()).then_some(told.parameter),
        iterations: Some(told.iterations),
        psnr: told.scores.psnr_restored,
        ssim: told.scores.ssim_restored,
        isnr: told.scores.isnr,
        rmse: told.scores.rmse_restored,
        millis: told.millis,
    };
    let mut rows: Vec<Row> = told.map(|told| row(lesson.choice().description().name, told)).into_iter().collect();
    let own = Request::Restore(lesson.question());
    for request in compare::wanted(lesson).into_iter().filter(|request| *request != own) {
        if let (Request::Restore(question), Some(answer)) = (&request, desk.found(&request))
            && let Some(told) = Told::of(&answer)
        {
            rows.push(row(question.choice().description().name, &told));
        }
    }
    rows
}

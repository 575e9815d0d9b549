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
    ui::{
        components::saving::{TextFile, copy, save_pixels, save_text, use_arrival},
        pages::restore::told::Told,
        pictures::desk::Desk,
    },
};
use std::rc::Rc;
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
    use_arrival(wish, desk, on_wish, &said, file_of);
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
                TextFile { text: python(question, &taken).into(), name: PYTHON_NAME, media_type: PYTHON_TYPE }
            })
        }
    });
    let text_button = |label: &'static str, file: Option<&TextFile>| {
        let onclick = file.map(|file| save_text(file, &said));
        html! { <button key={label} type="button" class="btn" disabled={onclick.is_none()} {onclick}>{ label }</button> }
    };
    let restored = desk.answer.as_ref().and_then(|answer| answer.pictures.get(2));
    let table = rows(lesson, desk, told.as_deref());
    let scores =
        (!table.is_empty()).then(|| TextFile { text: csv(&table).into(), name: CSV_NAME, media_type: CSV_TYPE });
    let has_original = !lesson.degradation().already_blurred();
    html! {
        <div class="take-away">
            <section>
                <h2>{ "Pictures in full precision" }</h2>
                <p class="note">{ "Linear light as 32-bit floats (NPY), or sRGB with 16 bits (PNG). Nothing is clipped in an NPY." }</p>
                <div class="btns">
                    <button type="button" class="btn" disabled={told.is_none()} onclick={save_pixels(restored, "restored.png".to_owned(), &said)}>{ "Restored, PNG" }</button>
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
                <div class="btns">{ text_button("Scores, CSV", scores.as_ref()) }</div>
            </section>
            <section>
                <h2>{ "The same in Python" }</h2>
                <p class="note">
                    { "Needs NumPy alone. Put it beside " }<code>{ OBSERVED_NAME }</code>{ "; with " }<code>{ RESTORED_NAME }</code>
                    { " there too it says how far the two are apart." }
                </p>
                <div class="btns">
                    { text_button("Program", (*program).as_ref()) }
                    if let Some(program) = &*program {
                        <button type="button" class="btn" key="copy" onclick={copy(&program.text, &said)}>{ "Copy" }</button>
                    }
                </div>
                if let Some(program) = &*program {
                    <pre tabindex="0" aria-label="Program">{ &program.text }</pre>
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

/// What a file of the worker's is called.
fn file_of(request: &Request) -> Option<String> {
    let Request::File(_, shot, format) = request else { return None };
    let known = FILES.iter().find(|(.., known, of)| (known, of) == (shot, format));
    known.map(|(_, name, ..)| (*name).to_owned())
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

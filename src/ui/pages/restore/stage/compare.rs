//! Several methods side by side, at equal magnification, with a table of what they gained and what they took.

use super::scores::similarities;
use crate::{
    engine::Request,
    lesson::{
        notation::decimals,
        restore::{Gaze, MOST_COMPARED, RestoreAction, RestoreLesson, narration::parameter_text},
    },
    restoration::DESCRIPTIONS,
    ui::{
        pages::restore::told::Told,
        pictures::{
            canvas::{PixelCanvas, use_css_variables},
            controls::{PlaceTarget, place_target},
            desk::Desk,
        },
    },
};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CompareProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub desk: Desk,
}

/// The questions whose answers are compared, in the order of the methods.
pub fn wanted(lesson: &RestoreLesson) -> Vec<Request> {
    compared(lesson).into_iter().map(|method| Request::Restore(lesson.question_with(method))).collect()
}

/// The compared methods in the order in which they are taught.
fn compared(lesson: &RestoreLesson) -> Vec<usize> {
    let mut methods = lesson.look().compared().to_vec();
    methods.sort_unstable();
    methods
}

/// The pictures and the table.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let CompareProps { lesson, act, desk } = props;
    let node = use_node_ref();
    let look = lesson.look();
    let methods = compared(lesson);
    let questions: Vec<_> = methods.iter().map(|method| lesson.question_with(*method)).collect();
    let answers: Vec<_> = questions.iter().map(|question| desk.found(&Request::Restore(question.clone()))).collect();
    let told: Vec<Option<Rc<Told>>> =
        answers.iter().map(|answer| answer.as_ref().and_then(|answer| Told::of(answer)).map(Rc::new)).collect();
    let best = |value: fn(&Told) -> f64| {
        told.iter()
            .flatten()
            .map(|told| value(told))
            .filter(|value| value.is_finite())
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let best_gain = best(|told| told.scores.isnr);
    let fastest = -best(|told| -told.millis);
    let [width, height] = answers
        .iter()
        .flatten()
        .find_map(|answer| answer.pictures.get(2))
        .map_or([1, 1], |pixels| [pixels.width, pixels.height]);
    let [x, y] = look.corner();
    use_css_variables(
        &node,
        vec![
            ("--ratio", (f64::from(width) / f64::from(height)).to_string()),
            ("--zoom", look.zoom().to_string()),
            ("--x", format!("{x}%")),
            ("--y", format!("{y}%")),
        ],
    );
    let choose = act.reform(|place| Gaze::Corner(place).into());
    let done = told.iter().flatten().count();
    let again = {
        let (desk, lesson) = (desk.clone(), lesson.clone());
        Callback::from(move |_: MouseEvent| desk.forget.emit(wanted(&lesson)))
    };
    html! {
        <div class="compare-methods" ref={node}>
            <fieldset class="chosen-methods">
                <legend>{ format!("Up to {MOST_COMPARED} methods, each with its own defaults; the one of the page as it is set") }</legend>
                for (place, description) in DESCRIPTIONS.iter().enumerate() {
                    <label class="check" key={description.id}>
                        <input
                            type="checkbox"
                            checked={look.compared().contains(&place)}
                            onchange={act.reform(move |event: Event| {
                                Gaze::Compared(place, event.target_unchecked_into::<HtmlInputElement>().checked()).into()
                            })}
                        />
                        { description.name }
                    </label>
                }
            </fieldset>
            <div class="race">
                <button type="button" class="btn" onclick={again}>{ "Race: run them all anew" }</button>
                <span role="status" class="note">
                    { if done < methods.len() { format!("{done} of {} are done.", methods.len()) } else { "All are done.".to_owned() } }
                </span>
            </div>
            if !lesson.is_signal() {
                <div class="side-by-side">
                    for (n, method) in methods.iter().enumerate() {
                        <div class="fig" key={DESCRIPTIONS[*method].id}>
                            <h2 class="cap">
                                { DESCRIPTIONS[*method].name }
                                <small>{ told[n].as_ref().map_or_else(|| "on its way".to_owned(), |told| format!("{} dB", decimals(told.scores.isnr, 2))) }</small>
                            </h2>
                            { picture(lesson, &choose, DESCRIPTIONS[*method].name, answers[n].as_ref().and_then(|answer| answer.pictures.get(2)).cloned()) }
                        </div>
                    }
                </div>
            }
            <div class="table-of-methods" tabindex="0" role="region" aria-label="Scores of the compared methods">
                <table class="sc">
                    <thead>
                        <tr>
                            <th scope="col">{ "Method" }</th>
                            for name in ["Parameter", "Steps", "ISNR, dB", "PSNR, dB", "SSIM", "RMSE", "Time, ms"] {
                                <th scope="col" key={name}>{ name }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        for (n, method) in methods.iter().enumerate() {
                            <tr key={DESCRIPTIONS[*method].id} data-method={DESCRIPTIONS[*method].id}>
                                <th scope="row">{ DESCRIPTIONS[*method].name }</th>
                                {
                                    match &told[n] {
                                        None => html! { <td colspan="7">{ "…" }</td> },
                                        Some(told) => html! {
                                            <>
                                                <td>{ parameter_text(questions[n].choice(), told.parameter).unwrap_or_else(|| "–".to_owned()) }</td>
                                                <td>{ told.iterations }</td>
                                                <td class={classes!((told.scores.isnr >= best_gain).then_some("best"))}>{ decimals(told.scores.isnr, 2) }</td>
                                                <td>{ decimals(told.scores.psnr_restored, 2) }</td>
                                                <td>{ decimals(similarities(&questions[n], desk, told)[1], 3) }</td>
                                                <td>{ decimals(told.scores.rmse_restored, 4) }</td>
                                                <td class={classes!((told.millis <= fastest).then_some("best"))}>{ decimals(told.millis, 0) }</td>
                                            </>
                                        },
                                    }
                                }
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </div>
    }
}

fn picture(
    lesson: &RestoreLesson,
    choose: &Callback<[f64; 2]>,
    name: &'static str,
    pixels: Option<crate::web::canvas::Pixels>,
) -> Html {
    let PlaceTarget { onpointerdown, onpointermove, onkeydown } =
        place_target(lesson.look().corner(), f64::from(lesson.look().zoom()), choose);
    let help = format!("{name}: arrow keys move the place that is looked at closely");
    html! {
        <div class="view whole" role="group" tabindex="0" aria-label={help} {onpointerdown} {onpointermove} {onkeydown}>
            <div class="layer"><PixelCanvas label={name} {pixels} /></div>
        </div>
    }
}

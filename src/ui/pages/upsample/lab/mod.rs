//! The lab: where copies of the mask overlap, along a row and in the plane.

mod drawing;
mod map;
mod skyline;
mod strips;

use crate::{
    lesson::upsample::{
        Shown, Side, UpsampleAction, UpsampleLesson,
        narration::{Verdict, cell_words, map_words, shows_inside, verdict},
        overlap::{LayerRow, Overlap},
    },
    ui::pictures::controls::check,
};
use drawing::printed;
use map::{Map, NUMBERED};
use skyline::{SkylineProps, skyline};
use std::rc::Rc;
use strips::{StripsProps, strips};
use web_sys::HtmlElement;
use yew::prelude::*;

/// So many values of a row are spoken.
const SPOKEN: usize = 60;
/// A sentence of more bytes is printed smaller.
const LONG: usize = 90;

#[derive(Properties, PartialEq)]
pub struct LabProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// A column that is pointed at, and the row if it was in the plane.
type Pointed = Option<(Option<usize>, usize)>;

/// The lab.
#[component]
pub fn Lab(props: &LabProps) -> Html {
    let LabProps { lesson, act } = props;
    let pointed = use_state_eq(|| Pointed::None);
    let said = use_node_ref();
    let overlap = use_memo((lesson.work.clone(), lesson.weighted, lesson.position), |_| Overlap::of(lesson));
    // While layers are painted one after the other, the one under way is looked at, and in the end the last.
    let told = match lesson.shown {
        Shown::Paint => lesson.timeline().shown(lesson.position).layer,
        Shown::Counts | Shown::Heat => overlap.rows.len() - 1,
    };
    let row = &overlap.rows[told];
    let several = overlap.rows.len() > 1;
    let column = pointed.map(|(_, column)| column).filter(|column| *column < row.complete.len());
    let on_point = {
        let pointed = pointed.clone();
        Callback::from(move |cell: Option<usize>| pointed.set(cell.map(|cell| (None, cell))))
    };
    let label = AttrValue::from(spoken(lesson, row));
    let drawing = if several {
        skyline(&SkylineProps {
            rows: &overlap.rows,
            shown: lesson.shown,
            chosen: lesson.layer,
            told,
            pixels: lesson.work.pixels,
            under_way: (lesson.shown == Shown::Paint && lesson.position > 0.0)
                .then(|| lesson.timeline().shown(lesson.position)),
            weighted: lesson.weighted,
            pointed: column,
            on_point,
            act: act.clone(),
            label,
        })
    } else {
        strips(&StripsProps {
            side: lesson.side,
            shown: lesson.shown,
            row,
            weighted: lesson.weighted,
            pointed: column,
            on_point,
            label,
        })
    };
    let mut verdict = verdict(lesson);
    let of_plane = verdict.plane.take().filter(|_| shows_inside(lesson));
    html! {
        <div class="lab">
            <div class="fig">
                <h2 class="cap">{ heading(lesson) }<small>{ under_way(lesson, row) }</small></h2>
                { drawing }
                <div class="under-strips">
                    <span class="note">
                        {
                            match column {
                                Some(cell) => cell_words(lesson, &overlap, told, cell),
                                None => axis_words(lesson, row.complete.len()),
                            }
                        }
                    </span>
                    { check("Weigh the copies", lesson.weighted, act.reform(UpsampleAction::Weighted)) }
                </div>
                { verdict_line(verdict, act, &said) }
            </div>
            { plane(lesson, &overlap, told, of_plane, &pointed) }
        </div>
    }
}

/// The drawing in words, as far as anybody wants to hear it.
fn spoken(lesson: &UpsampleLesson, row: &LayerRow) -> String {
    let values = row.shown(lesson.shown);
    let told: Vec<String> = values.iter().take(SPOKEN).map(|value| printed(*value, lesson.weighted)).collect();
    let more = if values.len() > SPOKEN { " and so on" } else { "" };
    format!("{}: {}{more}", axis_words(lesson, values.len()), told.join(", "))
}

fn heading(lesson: &UpsampleLesson) -> String {
    let what = match (lesson.side, lesson.shown) {
        (Side::Gradient, _) => "Gradient",
        (_, Shown::Paint) => "Paint",
        (_, Shown::Counts) => "Counts",
        (_, Shown::Heat) => "Heat",
    };
    match lesson.work.stack.layers().len() {
        1 => format!("{what}, one row"),
        layers => format!("{what}, {layers} layers, one row"),
    }
}

/// What is going on in the paint view.
fn under_way(lesson: &UpsampleLesson, row: &LayerRow) -> String {
    let gradient = lesson.side == Side::Gradient;
    if lesson.shown != Shown::Paint {
        let scale = lesson.scale();
        return if gradient {
            format!("{scale} inputs for each output")
        } else {
            format!("{scale} cells for each pixel")
        };
    }
    let step = lesson.timeline().shown(lesson.position);
    match (lesson.position <= 0.0, lesson.work.stack.layers().len(), gradient) {
        (true, _, false) => "nothing is painted yet".to_owned(),
        (true, _, true) => "no gradient has gone back yet".to_owned(),
        (false, 1, false) => format!("pixel {} of {} is being painted", step.pixel_to, row.inputs),
        (false, 1, true) => format!("the gradient of output {} of {} goes back", step.pixel_to, row.inputs),
        (false, layers, _) => format!("layer {} of {layers}", step.layer + 1),
    }
}

/// What the bars along the row tell.
fn axis_words(lesson: &UpsampleLesson, cells: usize) -> String {
    match (lesson.side, lesson.weighted) {
        (Side::Forward, false) => format!("times painted, cell 1 to {cells}"),
        (Side::Forward, true) => format!("paint by weight, cell 1 to {cells}"),
        (Side::Gradient, false) => format!("gradients received, input cell 1 to {cells}"),
        (Side::Gradient, true) => format!("gradients by weight, input cell 1 to {cells}"),
    }
}

/// The cause of the pattern, and what would be even.
fn verdict_line(verdict: Verdict, act: &Callback<UpsampleAction>, said: &NodeRef) -> Html {
    let long = verdict.meaning.len() > LONG;
    let remedy = verdict.remedy.map(|remedy| {
        let (act, said) = (act.clone(), said.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            // The button goes when all is even: the focus stays with the sentence that says so.
            if let Some(said) = said.cast::<HtmlElement>() {
                let _ = said.focus();
            }
            act.emit(UpsampleAction::Stack(remedy.stack.clone()));
        });
        html! { <button key="remedy" type="button" class="btn primary" {onclick}>{ remedy.label }</button> }
    });
    html! {
        <div class={classes!("verdict", long.then_some("long"))}>
            <p key="said" ref={said.clone()} role="status" tabindex="-1">
                <b>{ verdict.sum }</b>{ ": " }{ verdict.meaning }
            </p>
            { remedy }
        </div>
    }
}

/// The map of the plane behind a layer, or of its middle.
fn plane(
    lesson: &UpsampleLesson,
    overlap: &Overlap,
    told: usize,
    verdict: Option<String>,
    pointed: &UseStateHandle<Pointed>,
) -> Html {
    let plane = overlap.plane(told, lesson.shown);
    let (side, window) = (plane.side, plane.window.clone());
    let places = window.clone().flat_map(|row| window.clone().map(move |column| [row, column]));
    let complete = &overlap.rows[told].complete;
    // What is still to come is blank; a cell that nothing reaches is told from it.
    let values: Vec<f64> = places
        .map(|[y, x]| match plane.at(y, x) {
            0.0 if lesson.shown == Shown::Paint && complete[y] * complete[x] != 0.0 => f64::NAN,
            value => value,
        })
        .collect();
    let after = if overlap.rows.len() > 1 { format!("after layer {}, ", told + 1) } else { String::new() };
    let caption = if plane.is_whole() {
        format!("{after}{side} × {side}")
    } else {
        format!("middle {0} × {0} of {side} × {side}", window.len())
    };
    let words = match **pointed {
        Some((Some(row), column)) if row < side && column < side => map_words(lesson, overlap, told, [row, column]),
        _ => {
            let words = verdict.unwrap_or_default();
            // The verdict is on the whole stack, whatever layer the map has come to.
            match words.strip_prefix("In the plane") {
                Some(rest) if told + 1 < overlap.rows.len() => format!("After the last layer, in the plane{rest}"),
                _ => words,
            }
        }
    };
    let on_point = {
        let (pointed, first, columns) = (pointed.clone(), window.start, window.len());
        Callback::from(move |place: Option<usize>| {
            pointed.set(place.map(|place| (Some(place / columns + first), place % columns + first)));
        })
    };
    let lit = match **pointed {
        Some((None, column)) => column.checked_sub(window.start),
        _ => None,
    };
    // Weights need not be an outer product, so the least of the plane need not be that of the row.
    let least = if lesson.weighted {
        let whole = overlap.plane(told, Shown::Counts);
        let places = window.clone().flat_map(|row| window.clone().map(move |column| [row, column]));
        places.map(|[y, x]| whole.at(y, x)).fold(f64::MAX, f64::min)
    } else {
        complete.iter().copied().fold(f64::MAX, f64::min).powi(2)
    };
    html! {
        <Map
            values={Rc::new(values)}
            columns={window.len()}
            range={[least, plane.most]}
            weighted={lesson.weighted}
            numbered={window.len() <= NUMBERED && lesson.shown != Shown::Heat}
            title={match (lesson.side, lesson.weighted) {
                (Side::Forward, false) => "Overlap counts",
                (Side::Forward, true) => "Overlap by weight",
                (Side::Gradient, false) => "Gradients received",
                (Side::Gradient, true) => "Gradients by weight",
            }}
            {caption}
            {lit}
            {words}
            {on_point}
        />
    }
}

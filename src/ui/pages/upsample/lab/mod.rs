//! The lab: where copies of the mask overlap, along a row and in the plane.

mod drawing;
mod map;
mod skyline;
mod strips;

use crate::{
    lesson::upsample::{
        Shown, Side, UpsampleAction, UpsampleLesson,
        narration::{
            Remedy, axis_words, cell_words, entry_words, grouped, heading, input_words, map_words, plane_so_far,
            printed, shows_inside, under_way, verdict,
        },
        overlap::{LayerRow, Overlap, Plane},
    },
    ui::pictures::controls::check,
    web::events::Listener,
};
use drawing::{Scale, Spot};
use map::{Map, NUMBERED, Told, spot_of};
use skyline::{SkylineProps, skyline};
use std::rc::Rc;
use strips::{StripsProps, strips};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// So many values of a row are spoken.
const SPOKEN: usize = 60;
/// A sentence of more bytes is printed smaller.
const LONG: usize = 90;
/// Three lines of small print beside the button have so many characters.
const LINES: usize = 170;

#[derive(Properties, PartialEq)]
pub struct LabProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The lab.
#[component]
pub fn Lab(props: &LabProps) -> Html {
    let LabProps { lesson, act } = props;
    let hovered = use_state_eq(|| None::<Spot>);
    let pinned = use_state_eq(|| None::<Spot>);
    {
        let pinned = pinned.clone();
        use_effect_with(pinned.is_some(), move |holds| {
            let listener = holds.then(|| {
                Listener::on_window("keydown", move |event| {
                    if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                        pinned.set(None);
                    }
                })
            });
            move || drop(listener)
        });
    }
    let said = use_node_ref();
    let overlap = use_memo((lesson.work.clone(), lesson.weighted, lesson.position), |_| Overlap::of(lesson));
    // While layers are painted one after the other, the one under way is looked at, and in the end the last.
    let told = match lesson.shown {
        Shown::Paint => lesson.timeline().shown(lesson.position).layer,
        Shown::Counts | Shown::Heat => overlap.rows.len() - 1,
    };
    let row = &overlap.rows[told];
    let several = overlap.rows.len() > 1;
    // A layer may have come into view that has no such cell.
    let is_there = |spot: &Spot| match *spot {
        Spot::Cell(cell) => cell < row.complete.len(),
        Spot::Place(y, x) => y.max(x) < row.complete.len(),
        Spot::Input(input) => input < row.inputs,
        Spot::Entry(input, entry) => !several && input < row.inputs && entry < row.layer.mask,
    };
    let pin = pinned.filter(is_there);
    let pointed = pin.or(*hovered).filter(is_there);
    let on_point = {
        let hovered = hovered.clone();
        Callback::from(move |spot: Option<Spot>| hovered.set(spot))
    };
    let on_pin = {
        let (pinned, now) = (pinned.clone(), pin);
        // What is clicked once more is let go.
        Callback::from(move |spot: Spot| pinned.set((now != Some(spot)).then_some(spot)))
    };
    let plane = overlap.plane(told, lesson.shown);
    let scale = Scale::new(plane.least.min(row.least()), plane.most.max(row.most()), lesson.weighted);
    let label = AttrValue::from(spoken(lesson, told, row));
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
            pointed,
            on_point: on_point.clone(),
            on_pin: on_pin.clone(),
            act: act.clone(),
            label,
        })
    } else {
        strips(&StripsProps {
            side: lesson.side,
            shown: lesson.shown,
            row,
            weighted: lesson.weighted,
            scale,
            pointed,
            on_point: on_point.clone(),
            on_pin: on_pin.clone(),
            label,
        })
    };
    // Time that passes does not change it.
    let verdict = use_memo((lesson.work.clone(), lesson.weighted, lesson.side), |_| verdict(lesson));
    let (meaning, rest) = verdict.parted(LINES);
    let of_plane = verdict.plane.as_deref().filter(|_| shows_inside(lesson));
    let pointed_words = match pointed {
        Some(Spot::Cell(cell) | Spot::Place(_, cell)) => cell_words(lesson, &overlap, told, cell),
        Some(Spot::Input(input)) => input_words(lesson, &overlap, told, input),
        Some(Spot::Entry(input, entry)) => entry_words(lesson, &overlap, told, input, entry),
        None => axis_words(lesson, told, row.complete.len()),
    };
    let view = PlaneView { lesson, overlap: &overlap, told, plane, scale, pointed, pin };
    html! {
        <div class="lab">
            <div class="fig">
                <h2 class="cap">{ heading(lesson, told) }<small>{ under_way(lesson, row.inputs) }</small></h2>
                { drawing }
                <div class="under-strips">
                    <span class="note">
                        { pointed_words }
                        if pin.is_some() {
                            <span class="let-go"><kbd>{ "Esc" }</kbd>{ " lets go" }</span>
                        }
                    </span>
                    { check("Weigh the copies", lesson.weighted, act.reform(UpsampleAction::Weighted)) }
                </div>
                { verdict_line(&verdict.sum, meaning, verdict.remedy.clone(), act, &said) }
            </div>
            { plane_of(view, rest, of_plane, on_point, on_pin) }
        </div>
    }
}

/// The drawing in words, as far as anybody wants to hear it.
fn spoken(lesson: &UpsampleLesson, layer: usize, row: &LayerRow) -> String {
    let values = row.shown(lesson.shown);
    let told: Vec<String> = values.iter().take(SPOKEN).map(|value| printed(*value)).collect();
    let more = if values.len() > SPOKEN { " and so on" } else { "" };
    format!("{}: {}{more}", axis_words(lesson, layer, values.len()), told.join(", "))
}

/// The cause of the pattern, and what would be even.
fn verdict_line(
    sum: &str,
    meaning: &str,
    remedy: Option<Remedy>,
    act: &Callback<UpsampleAction>,
    said: &NodeRef,
) -> Html {
    let long = meaning.len() > LONG;
    let remedy = remedy.map(|remedy| {
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
                <b>{ sum }</b>{ ": " }{ meaning }
            </p>
            { remedy }
        </div>
    }
}

/// What the map of the plane shows.
struct PlaneView<'a> {
    lesson: &'a UpsampleLesson,
    overlap: &'a Overlap,
    /// The layer behind which the plane lies.
    told: usize,
    plane: Plane,
    scale: Scale,
    pointed: Option<Spot>,
    pin: Option<Spot>,
}

/// The map of the plane behind a layer, or of its middle; `rest` is what the verdict had no room for.
fn plane_of(
    view: PlaneView,
    rest: &str,
    verdict: Option<&str>,
    on_point: Callback<Option<Spot>>,
    on_pin: Callback<Spot>,
) -> Html {
    let PlaneView { lesson, overlap, told, plane, scale, pointed, pin } = view;
    let (side, window) = (plane.side, plane.window.clone());
    let row = &overlap.rows[told];
    let painting = lesson.shown == Shown::Paint;
    // A cell that nothing reaches is told from one that is still to come.
    let state = |[y, x]: [usize; 2]| {
        let is_hole = row.sources(y).is_empty() || row.sources(x).is_empty();
        let is_reached = row.is_reached(y) && row.is_reached(x);
        match (plane.is_filling(y, x), is_reached || is_hole) {
            _ if !painting => Told::Held(plane.at(y, x)),
            (true, reached) => Told::Filling(reached.then(|| plane.at(y, x))),
            (false, true) => Told::Held(plane.at(y, x)),
            (false, false) => Told::ToCome,
        }
    };
    let places = || window.clone().flat_map(|row| window.clone().map(move |column| [row, column]));
    let values: Vec<f64> = places().map(|[y, x]| plane.rising_at(y, x)).collect();
    let numbered = window.len() <= NUMBERED && lesson.shown != Shown::Heat;
    let states: Vec<Told> = if numbered { places().map(state).collect() } else { Vec::new() };
    let after = if overlap.rows.len() > 1 { format!("after layer {}, ", told + 1) } else { String::new() };
    let [whole, part] = [side, window.len()].map(grouped);
    let caption = if plane.is_whole() {
        format!("{after}{whole} × {whole}")
    } else {
        format!("middle {part} × {part} of {whole} × {whole}")
    };
    let words = match pointed {
        Some(Spot::Place(y, x)) => map_words(lesson, overlap, told, [y, x]),
        _ => {
            // The verdict is on the whole stack, whatever layer the map has come to.
            let verdict = verdict.map(|words| match words.strip_prefix("In the plane") {
                Some(rest) if told + 1 < overlap.rows.len() => format!("After the last layer, in the plane{rest}"),
                _ => words.to_owned(),
            });
            // What had no room beside the row is not to get lost; while the plane is painted, how far it is comes before
            // what will be true of it in the end.
            let so_far = plane_so_far(lesson, overlap, told).filter(|_| rest.is_empty());
            let rest = (!rest.is_empty()).then(|| rest.to_owned());
            so_far.unwrap_or_else(|| rest.into_iter().chain(verdict).collect::<Vec<_>>().join(" "))
        }
    };
    let (first, columns) = (window.start, window.len());
    let on_point = on_point.reform(move |place: Option<usize>| place.map(|place| spot_of(place, columns, first)));
    let on_pin = on_pin.reform(move |place: usize| spot_of(place, columns, first));
    // Runs of rows and columns, as far as the map shows them.
    let shown = |cells: std::ops::Range<usize>| {
        cells.start.saturating_sub(first).min(columns)..cells.end.saturating_sub(first).min(columns)
    };
    let lit = match pointed {
        Some(Spot::Cell(column)) => Some([0..columns, shown(column..column + 1)]),
        Some(Spot::Input(input)) => Some([shown(row.cells(input)), shown(row.cells(input))]),
        Some(Spot::Entry(input, entry)) => {
            row.entry_cell(input, entry).map(|column| [0..columns, shown(column..column + 1)])
        }
        // What the pointer is on in the map is marked by itself.
        Some(Spot::Place(y, x)) if pin.is_some() => Some([shown(y..y + 1), shown(x..x + 1)]),
        _ => None,
    };
    html! {
        <Map
            values={Rc::new(values)}
            told={Rc::new(states)}
            {columns}
            range={[plane.least, plane.most]}
            {scale}
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
            {on_pin}
        />
    }
}

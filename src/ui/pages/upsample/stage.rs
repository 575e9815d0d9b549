//! The Upsample page's stage: the cause above, in numbers; the consequence below, in pictures.

use super::{strips::Strips, ways::Ways};
use crate::{
    convolution::Geometry,
    lesson::upsample::{ROW, UpsampleAction, UpsampleLesson},
    ui::{
        components::number_grid::{Cell, GridEvent, NumberGrid},
        pictures::{
            canvas::use_css_variables,
            controls::drop_target,
            desk::{Desk, Phase},
            source::Source,
        },
    },
    upsampling::overlap_counts,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageProps {
    pub lesson: UpsampleLesson,
    pub act: Callback<UpsampleAction>,
    pub desk: Desk,
    pub source: Source,
}

/// How often each cell is painted: along the one row, and in the plane.
#[derive(PartialEq)]
struct Counts {
    row: Vec<u32>,
    plane: Vec<u32>,
}

fn count(lesson: &UpsampleLesson) -> Counts {
    let (side, k) = (ROW.len(), lesson.mask());
    let whole = lesson.whole_geometry();
    let flat = Geometry { stride: [1, lesson.factor()], ..whole };
    let counts = |input, mask, geometry: &Geometry| {
        // The lesson keeps to geometries that exist.
        overlap_counts(input, mask, geometry).map(|counts| counts.iter().copied().collect()).unwrap_or_default()
    };
    Counts { row: counts([1, side], [1, k], &flat), plane: counts([side; 2], [k; 2], &whole) }
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { lesson, act, desk, source } = props;
    let pointed = use_state_eq(|| None::<usize>);
    let counts = use_memo((lesson.mask(), lesson.factor()), |_| count(lesson));
    let (ondragover, ondrop) = drop_target(&source.on_file);
    let phase = if source.problem.is_some() && !source.ready { Phase::Failed } else { desk.phase };
    let on_point = {
        let pointed = pointed.clone();
        Callback::from(move |cell| pointed.set(cell))
    };
    let verdict = lesson.verdict();
    let cells = counts.row.len();
    html! {
        <section
            class="stage upsample"
            aria-label="Pictures"
            aria-busy={(phase == Phase::Busy).to_string()}
            data-state={phase.word()}
            {ondragover}
            {ondrop}
        >
            <i class="progress" aria-hidden="true"></i>
            <div class="troubles" role="alert">
                for sentence in source.problem.iter().chain(&desk.trouble) {
                    <p key={sentence.to_string()} class="refusal">{ sentence }</p>
                }
            </div>
            <div class="lab">
                <div class="fig">
                    <h2 class="cap">
                        { "Paint, one row" }
                        <small>
                            {
                                match *pointed {
                                    Some(cell) if cell < cells => painted(&counts.row, cell),
                                    _ => format!("times painted, cell 1 to {cells}"),
                                }
                            }
                        </small>
                    </h2>
                    <Strips lesson={lesson.clone()} counts={counts.row.clone()} pointed={*pointed} on_point={on_point.clone()} />
                    <div class="verdict" aria-live="polite">
                        <span><b>{ verdict.sum }</b>{ format!(": {}", verdict.meaning) }</span>
                        if let Some(even) = lesson.nearest_even_mask() {
                            <button
                                type="button"
                                class="btn primary"
                                onclick={act.reform(move |_| UpsampleAction::Mask(even as i64))}
                            >
                                { format!("Nearest even choice: k = {even}") }
                            </button>
                        }
                    </div>
                </div>
                <Map {counts} pointed={*pointed} {on_point} />
            </div>
            <Ways lesson={lesson.clone()} act={act.clone()} desk={desk.clone()} source={source.clone()} />
        </section>
    }
}

/// What the strip's caption says of a cell.
fn painted(counts: &[u32], cell: usize) -> String {
    match counts[cell] {
        0 => format!("cell {}: never painted", cell + 1),
        1 => format!("cell {}: painted once", cell + 1),
        count => format!("cell {}: painted {count} times", cell + 1),
    }
}

#[derive(Properties, PartialEq)]
struct MapProps {
    counts: Rc<Counts>,
    pointed: Option<usize>,
    on_point: Callback<Option<usize>>,
}

/// How often each cell in the plane is painted. Its columns are the strip's cells.
#[component]
fn Map(props: &MapProps) -> Html {
    let node = use_node_ref();
    let columns = props.counts.row.len();
    let most = props.counts.plane.iter().copied().max().unwrap_or(1).max(5);
    let cells: Rc<[Cell]> = props
        .counts
        .plane
        .iter()
        .enumerate()
        .map(|(place, count)| {
            let stop = (f64::from(*count) / f64::from(most) * 8.0).round() as usize;
            Cell {
                text: count.to_string().into(),
                spoken: count.to_string().into(),
                class: format!("count-{}", if *count == 0 { 0 } else { stop.max(1) }).into(),
                lit: props.pointed == Some(place % columns.max(1)),
                ..Cell::default()
            }
        })
        .collect();
    use_css_variables(&node, vec![("--columns", columns.to_string())]);
    let on_event = {
        let on_point = props.on_point.clone();
        Callback::from(move |event: GridEvent| {
            if let GridEvent::Point(place) = event {
                on_point.emit(place.map(|place| place % columns.max(1)));
            }
        })
    };
    html! {
        <div class="fig map">
            <h2 class="cap">{ "Overlap counts" }<small>{ format!("{columns} × {columns}") }</small></h2>
            <div class="map-grid" ref={node}>
                <NumberGrid label="Overlap counts" slug="overlap" {columns} {cells} {on_event} />
            </div>
        </div>
    }
}

//! The lab: where copies of the mask overlap, along a row and in the plane.

mod drawing;
mod map;
mod numbers;
mod skyline;
mod strips;

use crate::{
    lesson::upsample::{Shown, Side, UpsampleAction, UpsampleLesson},
    ui::pictures::controls::check,
};
use map::{Map, NUMBERED, printed};
use skyline::{Bars, SkylineProps, skyline};
use std::rc::Rc;
use strips::{StripsProps, strips};
use yew::prelude::*;

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
    let rows = numbers::rows(lesson);
    let Some(last) = rows.last() else { return Html::default() };
    let cells = last.complete.len();
    let work = &lesson.work;
    let layers = work.stack.layers();
    let gradient = lesson.side == Side::Gradient;
    let column = pointed.map(|(_, column)| column).filter(|column| *column < cells);
    let on_point = {
        let pointed = pointed.clone();
        Callback::from(move |cell: Option<usize>| pointed.set(cell.map(|cell| (None, cell))))
    };
    let position = if lesson.shown == Shown::Paint { lesson.position } else { work.pixels as f64 };
    let spoken: Vec<String> = last.painted.iter().take(60).map(|value| printed(*value, lesson.weighted)).collect();
    let label = AttrValue::from(format!(
        "{} cell by cell: {}{}",
        if gradient { "Gradients received," } else { "Times painted," },
        spoken.join(", "),
        if cells > 60 { " and so on" } else { "" },
    ));
    let drawing = match layers {
        [layer] => strips(&StripsProps {
            side: lesson.side,
            layer: [layer.mask, layer.stride, layer.padding],
            pixels: work.pixels,
            weights: vec![1.0; layer.mask],
            painted: position,
            stepped: lesson.shown == Shown::Paint,
            numbered: lesson.shown != Shown::Heat,
            weighted: lesson.weighted,
            pointed: column,
            on_point,
            label,
        }),
        layers => skyline(&SkylineProps {
            layers,
            chosen: lesson.layer,
            pixels: work.pixels,
            rows: rows.iter().map(|row| Bars { complete: &row.complete, painted: &row.painted }).collect(),
            weighted: lesson.weighted,
            numbered: lesson.shown != Shown::Heat,
            pointed: column,
            on_point,
            act: act.clone(),
            label,
        }),
    };
    let heading = match (lesson.shown, layers.len()) {
        (Shown::Paint, 1) => "Paint, one row".to_owned(),
        (Shown::Counts, 1) => "Counts, one row".to_owned(),
        (Shown::Heat, 1) => "Heat, one row".to_owned(),
        (_, layers) => format!("{layers} layers, one row"),
    };
    let said = match column {
        Some(cell) => format!("cell {}: {}", cell + 1, printed(last.painted[cell], lesson.weighted)),
        None if lesson.shown == Shown::Paint && layers.len() == 1 => match lesson.position.ceil() as usize {
            0 => "nothing is painted yet".to_owned(),
            pixel => format!("pixel {pixel} of {} is being painted", work.pixels),
        },
        None => String::new(),
    };
    html! {
        <div class="lab">
            <div class="fig">
                <h2 class="cap">{ heading }<small>{ said }</small></h2>
                { drawing }
                <div class="under-strips">
                    <span class="note">{ axis_words(lesson, cells) }</span>
                    { check("Weigh the copies", lesson.weighted, act.reform(UpsampleAction::Weighted)) }
                </div>
                { verdict(lesson, act) }
            </div>
            { plane(lesson, &last.complete, &last.painted, &pointed) }
        </div>
    }
}

/// What the bars along the row tell.
fn axis_words(lesson: &UpsampleLesson, cells: usize) -> String {
    let what = match (lesson.side, lesson.weighted) {
        (Side::Forward, false) => "times painted",
        (Side::Forward, true) => "weight painted",
        (Side::Gradient, false) => "gradients received",
        (Side::Gradient, true) => "weight of the gradients received",
    };
    format!("{what}, cell 1 to {cells}")
}

/// The cause of the pattern, and what would be even.
fn verdict(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    let layer = lesson.chosen_layer();
    let even = layer.nearest_even_mask();
    html! {
        <div class="verdict" aria-live="polite">
            <span><b>{ format!("{} mod {} = {}", layer.mask, layer.stride, layer.mask % layer.stride) }</b>{ ": every second cell is painted twice." }</span>
            if let Some(even) = even {
                <button
                    type="button"
                    class="btn primary"
                    onclick={act.reform(move |_| UpsampleAction::Mask(even as i64))}
                >
                    { format!("Nearest even choice: k = {even}") }
                </button>
            }
        </div>
    }
}

/// The largest side of the map.
const MAP_MOST: usize = 512;

/// The map of the plane, or of its middle.
fn plane(lesson: &UpsampleLesson, complete: &[f64], painted: &[f64], pointed: &UseStateHandle<Pointed>) -> Html {
    let cells = complete.len();
    let shown = cells.min(MAP_MOST);
    let first = (cells - shown) / 2;
    let window = &painted[first..first + shown];
    let down = &complete[first..first + shown];
    let values: Vec<f64> = down.iter().flat_map(|y| window.iter().map(move |x| x * y)).collect();
    let least = complete.iter().copied().fold(f64::MAX, f64::min);
    let most = complete.iter().copied().fold(0.0, f64::max);
    let numbered = shown <= NUMBERED && lesson.shown != Shown::Heat;
    let caption = match **pointed {
        Some((Some(row), column)) if row < cells && column < cells => format!(
            "row {}, column {}: {}",
            row + 1,
            column + 1,
            printed(complete[row] * painted[column], lesson.weighted)
        ),
        _ if shown < cells => format!("middle {shown} × {shown} of {cells} × {cells}"),
        _ => format!("{cells} × {cells}"),
    };
    let on_point = {
        let pointed = pointed.clone();
        Callback::from(move |place: Option<usize>| {
            pointed.set(place.map(|place| (Some(place / shown + first), place % shown + first)));
        })
    };
    let lit = match **pointed {
        Some((None, column)) => column.checked_sub(first),
        _ => None,
    };
    html! {
        <Map
            values={Rc::new(values)}
            columns={shown}
            range={[least * least, most * most]}
            weighted={lesson.weighted}
            {numbered}
            {caption}
            {lit}
            {on_point}
        />
    }
}

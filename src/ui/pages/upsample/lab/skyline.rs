//! Several layers: a row of bars for each, to scale, so that a cell stands over the cells that it is spread to.

use super::drawing::{WIDTH, number, place_across, printed, text};
use crate::{
    lesson::upsample::{Shown, UpsampleAction, overlap::LayerRow, timeline::Step},
    web::theme,
};
use std::fmt::Write;
use yew::prelude::*;

/// The height of the drawing, and of the words over a row.
const HEIGHT: f64 = 206.0;
const WORDS: f64 = 16.0;
/// The same on a phone, where the drawing is small and its words are not.
const PHONE: [f64; 2] = [430.0, 27.0];
/// The height of the row of pixels.
const PIXEL: f64 = 24.0;
/// A row lower than this has no room for numbers over its bars.
const ROOMY: f64 = 36.0;
/// Above so many cells a row is drawn as what the least and the most of its neighbourhoods are.
const SINGLE: usize = 280;

pub struct SkylineProps<'a> {
    /// The layers with their numbers.
    pub rows: &'a [LayerRow],
    /// How the overlap is shown.
    pub shown: Shown,
    /// The layer that the settings are about.
    pub chosen: usize,
    /// The layer that is told about, whose cells can be pointed at.
    pub told: usize,
    /// How many pixels the first row has.
    pub pixels: usize,
    /// The step that is under way, if one is.
    pub under_way: Option<Step>,
    /// Whether the numbers are sums of weights.
    pub weighted: bool,
    /// The cell of the told layer that is pointed at.
    pub pointed: Option<usize>,
    /// Told the cell that the reader points at.
    pub on_point: Callback<Option<usize>>,
    /// Told the layer that the reader chose.
    pub act: Callback<UpsampleAction>,
    /// The accessible name.
    pub label: AttrValue,
}

/// Where a row's cells stand: the left edge of the first, and the width of one, in cells of the last row.
fn scales(rows: &[LayerRow]) -> Vec<[f64; 2]> {
    let mut scale = [0.0, 1.0];
    let mut all = vec![scale];
    for LayerRow { layer, .. } in rows.iter().rev() {
        // Cell i stands over the middle of its copy, which is the run of k cells from i·s − p on.
        let [left, width] = scale;
        let middle = left + width * (layer.mask as f64 / 2.0 - layer.padding as f64);
        let wider = width * layer.stride as f64;
        scale = [middle - wider / 2.0, wider];
        all.push(scale);
    }
    all.reverse();
    all
}

/// The drawing.
pub fn skyline(props: &SkylineProps) -> Html {
    let scales = scales(props.rows);
    let lengths: Vec<usize> =
        std::iter::once(props.pixels).chain(props.rows.iter().map(|row| row.complete.len())).collect();
    // A wide stride lets an early row stand out over the last one.
    let from = scales.iter().map(|[left, _]| *left).fold(f64::MAX, f64::min);
    let to = scales.iter().zip(&lengths).map(|([left, width], n)| left + width * *n as f64).fold(f64::MIN, f64::max);
    let unit = ((WIDTH - 4.0) / (to - from)).min(40.0);
    let x = |row: usize, cell: f64| 2.0 + (scales[row][0] - from + scales[row][1] * cell) * unit;
    let [height, words] = if theme::matches("(max-width:600px)") { PHONE } else { [HEIGHT, WORDS] };
    let each = (height - PIXEL - 6.0) / props.rows.len() as f64;
    let tall = each - words - 5.0;
    let told = props.told + 1;
    let onmousemove = {
        let (start, count, unit) = (x(told, 0.0), lengths[told], unit * scales[told][1]);
        props.on_point.reform(move |event: MouseEvent| {
            let cell = (place_across(&event)? - start) / unit;
            (cell >= 0.0 && cell < count as f64).then_some(cell as usize)
        })
    };
    let onmouseleave = props.on_point.reform(|_: MouseEvent| None);
    // What is under way: a run of one layer's inputs, and the cells that their copies reach.
    let under_way = props.under_way.map(|step| {
        let row = &props.rows[step.layer];
        let reached = row.cells(step.pixel_from).start..row.cells(step.pixel_to - 1).end;
        [(step.layer, step.pixel_from..step.pixel_to), (step.layer + 1, reached)]
    });
    let outline = |row: usize, top: f64, height: f64| {
        let run = under_way.iter().flatten().find(|(of, _)| *of == row).map(|(_, run)| run)?;
        let (left, right) = (x(row, run.start as f64), x(row, run.end as f64));
        Some(html! {
            <rect
                class="lit"
                x={number(left - 1.0)} y={number(top)}
                width={number((right - left).max(2.0) + 2.0)} height={number(height)} rx="4"
            />
        })
    };
    let pixels = (0..props.pixels).map(|pixel| {
        let (left, width) = (x(0, pixel as f64), scales[0][1] * unit);
        html! {
            <rect
                key={pixel} class="pixel"
                x={number(left + 1.0)} y="2" width={number(width - 2.0)} height={number(PIXEL - 2.0)} rx="3"
            />
        }
    });
    let rows = props.rows.iter().enumerate().map(|(n, row)| {
        let ground = PIXEL + 6.0 + each * (n + 1) as f64 - 5.0;
        let most = row.most().max(1e-9);
        let left = |cell: usize| x(n + 1, cell as f64);
        let width = scales[n + 1][1] * unit;
        let layer = row.layer;
        let values = row.shown(props.shown);
        let bars = if row.complete.len() > SINGLE {
            envelope(&row.complete, values, left(0), width, ground, tall, most)
        } else {
            single(&row.complete, values, &left, width, ground, tall, most)
        };
        let numbers = (props.shown != Shown::Heat && width >= if props.weighted { 26.0 } else { 13.0 }).then(|| {
            let size = if props.weighted { (width * 0.36).min(12.0) } else { (width * 0.6).min(13.0) };
            let legible = move |value: f64| value > 1e-6 && (tall >= ROOMY || value / most * tall > size * 1.25);
            values.iter().enumerate().filter(move |(_, value)| legible(**value)).map(move |(cell, value)| {
                let height = value / most * tall;
                let stop = ((value / most * 6.0).round() as usize).clamp(1, 6);
                let inside = height > size * 1.25;
                let (y, ink) = if inside {
                    (ground - height / 2.0, format!("var(--count-{stop}-ink)"))
                } else {
                    (ground - height - size * 0.6, "var(--text-2)".to_owned())
                };
                text(left(cell) + width / 2.0, y, size, "narrow", &printed(*value, props.weighted), ink.into())
            })
        });
        let name = format!(
            "after layer {}: k = {}, s = {}{} · {} cells",
            n + 1,
            layer.mask,
            layer.stride,
            if layer.padding > 0 { format!(", p = {}", layer.padding) } else { String::new() },
            row.complete.len(),
        );
        html! {
            <g key={n}>
                <text
                    class={classes!("ax", "row-name", (n == props.chosen).then_some("chosen"))}
                    x="2" y={number(ground - tall - 5.0)}
                    onclick={props.act.reform(move |_: MouseEvent| UpsampleAction::Choose(n))}
                >
                    { name }
                </text>
                { bars }
                { for numbers.into_iter().flatten() }
                <path class="axs" d={format!("M{} {}h{}", number(left(0)), number(ground + 0.5), number(width * row.complete.len() as f64))} />
                { outline(n + 1, ground - tall - 1.5, tall + 3.0).unwrap_or_default() }
                if let Some(cell) = props.pointed.filter(|cell| n + 1 == told && *cell < row.complete.len()) {
                    <rect class="lit" x={number(left(cell) - 0.5)} y={number(ground - tall)} width={number(width.max(2.0) + 1.0)} height={number(tall)} />
                }
            </g>
        }
    });
    html! {
        <svg
            class="strips"
            viewBox={format!("0 0 {WIDTH} {height}")}
            role="img"
            aria-label={&props.label}
            onclick={onmousemove.clone()}
            {onmousemove}
            {onmouseleave}
        >
            { for pixels }
            { outline(0, 1.0, PIXEL).unwrap_or_default() }
            { for rows }
        </svg>
    }
}

/// A bar for each cell: those of one colour are one path.
fn single(
    complete: &[f64],
    painted: &[f64],
    left: &dyn Fn(usize) -> f64,
    width: f64,
    ground: f64,
    tall: f64,
    most: f64,
) -> Html {
    let gap = if width > 8.0 { 1.0 } else { width * 0.08 };
    let mut paths = vec![String::new(); 7];
    let mut outline = String::new();
    for (cell, (value, complete)) in painted.iter().zip(complete).enumerate() {
        let add = |path: &mut String, value: f64| {
            let height = (value / most * tall).max(0.0);
            // Writing to a string cannot fail.
            let _ =
                write!(path, "M{:.2} {ground:.1}v-{height:.2}h{:.2}v{height:.2}z", left(cell) + gap, width - 2.0 * gap);
        };
        if *value > 1e-9 {
            let stop = ((value / most * 6.0).round() as usize).clamp(1, 6);
            add(&mut paths[stop], *value);
        }
        if *value + 1e-9 < *complete {
            add(&mut outline, *complete);
        }
    }
    html! {
        <>
            <path class="to-come" d={outline} />
            for (stop, path) in paths.into_iter().enumerate().filter(|(_, path)| !path.is_empty()) {
                <path key={stop} fill={format!("var(--count-{stop})")} d={path} />
            }
        </>
    }
}

/// What the least and the most of the cells under each unit of the drawing are, as two areas.
fn envelope(complete: &[f64], painted: &[f64], left: f64, width: f64, ground: f64, tall: f64, most: f64) -> Html {
    let count = complete.len();
    let across = (width * count as f64).ceil().max(1.0) as usize;
    let area = |values: &[f64], of: fn(f64, f64) -> f64| {
        let mut path = format!("M{left:.1} {ground:.1}");
        for column in 0..across {
            let (from, to) =
                (column * count / across, ((column + 1) * count / across).max(column * count / across + 1));
            let value = values[from..to.min(count)].iter().copied().reduce(of).unwrap_or(0.0);
            let _ = write!(path, "L{:.1} {:.1}h1", left + column as f64, ground - value.max(0.0) / most * tall);
        }
        let _ = write!(path, "V{ground:.1}z");
        path
    };
    html! {
        <>
            if painted != complete {
                <path class="to-come" d={area(complete, f64::max)} />
            }
            <path fill="var(--count-3)" d={area(painted, f64::max)} />
            <path fill="var(--count-6)" d={area(painted, f64::min)} />
        </>
    }
}

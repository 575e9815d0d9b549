//! Several layers: a row of bars for each, to scale, so that a cell stands over the cells that it is spread to.

use super::drawing::{Scale, Spot, WIDTH, number, place_of, text};
use crate::{
    lesson::upsample::{
        Shown, UpsampleAction,
        narration::{grouped, printed},
        overlap::LayerRow,
        timeline::Step,
    },
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
    /// What is pointed at, of the layer that is told about.
    pub pointed: Option<Spot>,
    /// Told what the reader points at.
    pub on_point: Callback<Option<Spot>>,
    /// Told what the reader pins.
    pub on_pin: Callback<Spot>,
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
    // The told layer's cells, and the row above them, which is what they are painted with.
    let spot = {
        let row_at = move |y: f64| if y < PIXEL + 2.0 { 0 } else { ((y - PIXEL - 6.0).max(0.0) / each) as usize + 1 };
        let place = |row: usize| (x(row, 0.0), lengths[row], unit * scales[row][1]);
        let rows = [place(told - 1), place(told)];
        move |[across, down]: [f64; 2]| {
            let above = (row_at(down) + 1).checked_sub(told).filter(|row| *row < 2)?;
            let (start, count, unit) = rows[above];
            let cell = (across - start) / unit;
            let cell = (cell >= 0.0 && cell < count as f64).then_some(cell as usize)?;
            Some(if above == 0 { Spot::Input(cell) } else { Spot::Cell(cell) })
        }
    };
    let onmousemove = props.on_point.reform(move |event: MouseEvent| spot(place_of(&event)?));
    let onclick = {
        let on_pin = props.on_pin.clone();
        Callback::from(move |event: MouseEvent| {
            place_of(&event).and_then(spot).into_iter().for_each(|spot| on_pin.emit(spot));
        })
    };
    let onmouseleave = props.on_point.reform(|_: MouseEvent| None);
    // What is under way: a run of one layer's inputs, and the cells that their copies reach.
    let under_way = props.under_way.map(|step| {
        let row = &props.rows[step.layer];
        let reached = row.cells(step.pixel_from).start..row.cells(step.pixel_to - 1).end;
        [(step.layer, step.pixel_from..step.pixel_to), (step.layer + 1, reached)]
    });
    // While something is pointed at, that is lit, and else what is under way.
    let lit = match props.pointed {
        Some(Spot::Cell(cell) | Spot::Place(_, cell)) => {
            Some([(told, cell..cell + 1), (told - 1, props.rows[told - 1].sources(cell))])
        }
        Some(Spot::Input(input)) => Some([(told - 1, input..input + 1), (told, props.rows[told - 1].cells(input))]),
        _ => under_way,
    };
    let outline = |row: usize, top: f64, height: f64| {
        let run = lit.iter().flatten().find(|(of, run)| *of == row && !run.is_empty()).map(|(_, run)| run)?;
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
        let (most, below) = (row.most(), -row.least());
        let sky = Sky {
            left: x(n + 1, 0.0),
            width: scales[n + 1][1] * unit,
            zero: ground - below / (most + below).max(1e-9) * tall,
            unit: tall / (most + below).max(1e-9),
            scale: Scale::new(-below, most, true),
        };
        let (left, width, layer) = (sky.left, sky.width, row.layer);
        let values = row.heights(props.shown);
        let bars =
            if row.complete.len() > SINGLE { envelope(&row.complete, values, sky) } else { single(&row.complete, values, sky) };
        let numbers = (props.shown != Shown::Heat && width >= if props.weighted { 26.0 } else { 13.0 }).then(|| {
            let size = if props.weighted { (width * 0.36).min(12.0) } else { (width * 0.6).min(13.0) };
            // A number is told when it has landed, and not while its bar still moves.
            let is_told = move |cell: usize| {
                props.shown != Shown::Paint || (row.is_reached(cell) && !row.is_filling(cell))
            };
            let told = row.shown(props.shown).iter().enumerate().filter(move |(cell, _)| is_told(*cell));
            told.filter_map(move |(cell, value)| {
                let height = value.abs() * sky.unit;
                let inside = height > size * 1.25;
                if tall < ROOMY && !inside {
                    return None;
                }
                let (y, ink) = if inside {
                    (sky.zero - value * sky.unit / 2.0, sky.ink(*value))
                } else {
                    (sky.zero - value.max(0.0) * sky.unit - size * 0.6, "var(--text-2)".to_owned())
                };
                Some(text(left + (cell as f64 + 0.5) * width, y, size, "narrow", &printed(*value), ink.into()))
            })
        });
        let name = format!(
            "after layer {}: k = {}, s = {}{} · {} cells",
            n + 1,
            layer.mask,
            layer.stride,
            if layer.padding > 0 { format!(", p = {}", layer.padding) } else { String::new() },
            grouped(row.complete.len()),
        );
        html! {
            <g key={n}>
                <text
                    class={classes!("ax", "row-name", (n == props.chosen).then_some("chosen"))}
                    x="2" y={number(ground - tall - 5.0)}
                    onclick={props.act.reform(move |event: MouseEvent| {
                        // A name is none of the row's cells, so this pins nothing.
                        event.stop_propagation();
                        UpsampleAction::Choose(n)
                    })}
                >
                    { name }
                </text>
                { bars }
                { for numbers.into_iter().flatten() }
                <path class="axs" d={format!("M{} {}h{}", number(left), number(sky.zero + 0.5), number(width * row.complete.len() as f64))} />
                { outline(n + 1, ground - tall - 1.5, tall + 3.0).unwrap_or_default() }
            </g>
        }
    });
    html! {
        <svg
            class="strips"
            viewBox={format!("0 0 {WIDTH} {height}")}
            role="img"
            aria-label={&props.label}
            {onclick}
            {onmousemove}
            {onmouseleave}
        >
            { for pixels }
            { outline(0, 1.0, PIXEL).unwrap_or_default() }
            { for rows }
        </svg>
    }
}

/// Where a row of bars stands, and how tall they are.
#[derive(Clone, Copy)]
struct Sky {
    /// The left edge of the first bar, and the width of one.
    left: f64,
    width: f64,
    /// Where bars begin, and the height of a bar of one.
    zero: f64,
    unit: f64,
    /// The colours of this row, whose largest value stands at three quarters of the scale of counts.
    scale: Scale,
}

impl Sky {
    fn colour(self, value: f64) -> String {
        if self.scale.signed {
            return self.scale.name(self.scale.stop(value));
        }
        format!("count-{}", ((value / self.scale.most * 6.0).round() as usize).clamp(1, 6))
    }

    fn ink(self, value: f64) -> String {
        format!("var(--{}-ink)", self.colour(value))
    }
}

/// A bar for each cell: those of one colour are one path.
fn single(complete: &[f64], painted: &[f64], sky: Sky) -> Html {
    let gap = if sky.width > 8.0 { 1.0 } else { sky.width * 0.08 };
    let mut paths: Vec<(String, String)> = Vec::new();
    let mut outline = String::new();
    for (cell, (value, complete)) in painted.iter().zip(complete).enumerate() {
        let add = |path: &mut String, value: f64| {
            let (height, left) = (value * sky.unit, sky.left + cell as f64 * sky.width + gap);
            // Writing to a string cannot fail.
            let _ = write!(path, "M{left:.2} {:.1}v{:.2}h{:.2}v{height:.2}z", sky.zero, -height, sky.width - 2.0 * gap);
        };
        if value.abs() > 1e-9 {
            let colour = sky.colour(*value);
            let place = paths.iter().position(|(known, _)| *known == colour).unwrap_or_else(|| {
                paths.push((colour, String::new()));
                paths.len() - 1
            });
            add(&mut paths[place].1, *value);
        }
        if (complete - value).abs() > 1e-9 {
            add(&mut outline, *complete);
        }
    }
    html! {
        <>
            <path class="to-come" d={outline} />
            for (colour, path) in paths {
                <path key={colour.clone()} fill={format!("var(--{colour})")} d={path} />
            }
        </>
    }
}

/// What the least and the most of the cells under each unit of the drawing are, as two areas.
fn envelope(complete: &[f64], painted: &[f64], sky: Sky) -> Html {
    let Sky { left, width, zero, unit, .. } = sky;
    let count = complete.len();
    let across = (width * count as f64).ceil().max(1.0) as usize;
    let area = |values: &[f64], of: fn(f64, f64) -> f64| {
        let mut path = format!("M{left:.1} {zero:.1}");
        for column in 0..across {
            let (from, to) =
                (column * count / across, ((column + 1) * count / across).max(column * count / across + 1));
            let value = values[from..to.min(count)].iter().copied().reduce(of).unwrap_or(0.0);
            let _ = write!(path, "L{:.1} {:.1}h1", left + column as f64, zero - value * unit);
        }
        let _ = write!(path, "V{zero:.1}z");
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

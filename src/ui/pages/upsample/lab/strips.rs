//! One layer along a row: its pixels, the copies of the mask that they lay down, and how thick the paint gets.

use super::drawing::{WIDTH, number, place_across, printed, text};
use crate::lesson::{
    numbers::cell_text,
    upsample::{Layer, ROW, Shown, Side, overlap::LayerRow},
};
use yew::prelude::*;

/// The height of the drawing.
const HEIGHT: f64 = 218.0;
/// The largest width of a cell.
const WIDEST: f64 = 54.0;
/// The height of a pixel of the short row.
const PIXEL: f64 = 32.0;
/// Where the copies start, and the height that they have together.
const COPIES_TOP: f64 = 50.0;
const COPIES: f64 = 78.0;
/// The largest distance between the tops of two copies.
const LEVEL: f64 = 34.0;
/// Where the bars stand: on the gradient side above the row of the input's cells.
const GROUND: f64 = 214.0;
const INPUTS: f64 = 15.0;
/// How tall a bar of one is at most.
const THICKEST: f64 = 32.0;
/// The share of a step in which the copy comes down; in the rest its paint is laid on.
const FALL: f64 = 0.45;

pub struct StripsProps<'a> {
    /// From which side the layer is looked at.
    pub side: Side,
    /// How the overlap is shown.
    pub shown: Shown,
    /// The layer with its numbers.
    pub row: &'a LayerRow,
    /// Whether these numbers are sums of weights.
    pub weighted: bool,
    /// The cell that is pointed at.
    pub pointed: Option<usize>,
    /// Told the cell that the reader points at.
    pub on_point: Callback<Option<usize>>,
    /// The accessible name.
    pub label: AttrValue,
}

/// What lies where.
struct Plan<'a> {
    props: &'a StripsProps<'a>,
    /// How many pixels of the short row have been painted.
    painted: f64,
    /// The width of a cell.
    unit: f64,
    /// How many copies lie over one another, and the distance between their tops.
    levels: usize,
    level: f64,
    /// The pixel under way, and how much of its copy has come down and of its paint been laid on.
    current: Option<usize>,
    fallen: f64,
    laid: f64,
}

impl Plan<'_> {
    fn ground(&self) -> f64 {
        if self.props.side == Side::Gradient { GROUND - INPUTS } else { GROUND }
    }

    fn left(&self, cell: usize) -> f64 {
        2.0 + cell as f64 * self.unit
    }

    /// The upper edge of a pixel's copy.
    fn top(&self, pixel: usize) -> f64 {
        let rest = COPIES_TOP + (pixel % self.levels) as f64 * self.level;
        if self.current == Some(pixel) { 2.0 + (rest - 2.0) * self.fallen } else { rest }
    }

    /// Whether a pixel reaches the cell that is pointed at, or where none is, whether it is under way.
    fn is_lit(&self, pixel: usize) -> bool {
        let Layer { mask, stride, padding } = self.props.row.layer;
        match self.props.pointed.map(|cell| cell + padding) {
            Some(place) => (pixel * stride..pixel * stride + mask).contains(&place),
            None => self.current == Some(pixel),
        }
    }

    /// How much of a pixel's paint lies there.
    fn laid(&self, pixel: usize) -> f64 {
        match self.current {
            Some(current) if pixel > current => 0.0,
            Some(current) if pixel == current => self.laid,
            None if self.painted <= 0.0 => 0.0,
            _ => 1.0,
        }
    }

    /// The size of letters, which follows the cells, and their class: a small screen prints them larger, or not at all.
    fn type_size(&self, height: f64) -> (f64, &'static str) {
        let size = (self.unit * 0.42).min(height * 0.62).min(17.0);
        let class = match self.unit {
            unit if unit >= 36.0 => "wide",
            unit if unit >= 22.0 => "medium",
            _ => "narrow",
        };
        (size, class)
    }
}

/// The drawing.
pub fn strips(props: &StripsProps) -> Html {
    let row = props.row;
    let Layer { mask, stride, padding } = row.layer;
    let (pixels, cells) = (row.inputs, row.complete.len());
    let whole = cells + 2 * padding;
    let levels = mask.div_ceil(stride).max(1);
    let painted = if props.shown == Shown::Paint { row.done } else { pixels as f64 };
    let current = (props.shown == Shown::Paint && painted > 0.0).then(|| painted.ceil() as usize - 1);
    let fraction = current.map_or(0.0, |current| painted - current as f64);
    let plan = Plan {
        props,
        painted,
        unit: WIDEST.min((WIDTH - 4.0) / whole as f64),
        levels,
        level: LEVEL.min(COPIES / levels as f64),
        current,
        fallen: ease((fraction / FALL).min(1.0)),
        laid: ease(((fraction - FALL) / (1.0 - FALL)).clamp(0.0, 1.0)),
    };
    // The bars grow when the copy has come down, and so lag behind the lesson's own numbers within a step.
    let mut sums = vec![0.0; cells];
    for pixel in 0..pixels {
        for (entry, weight) in row.weights.iter().enumerate() {
            let cell = (pixel * stride + entry).checked_sub(padding);
            if let Some(sum) = cell.and_then(|cell| sums.get_mut(cell)) {
                *sum += weight * plan.laid(pixel);
            }
        }
    }
    let most = row.complete.iter().map(|value| value.abs()).fold(1e-9, f64::max);
    let onmousemove = {
        let unit = plan.unit;
        props.on_point.reform(move |event: MouseEvent| {
            let cell = (place_across(&event)? - 2.0) / unit;
            (cell >= 0.0).then_some(cell as usize)?.checked_sub(padding).filter(|cell| *cell < cells)
        })
    };
    let onmouseleave = props.on_point.reform(|_: MouseEvent| None);
    html! {
        <svg
            class="strips"
            viewBox={format!("0 0 {WIDTH} {HEIGHT}")}
            role="img"
            aria-label={&props.label}
            onclick={onmousemove.clone()}
            {onmousemove}
            {onmouseleave}
        >
            { for (0..pixels).filter(|pixel| !plan.is_lit(*pixel)).map(|pixel| stem(&plan, pixel)) }
            { for (0..pixels).map(|pixel| one_pixel(&plan, pixel)) }
            { for sums.iter().enumerate().map(|(cell, sum)| bar(&plan, cell, *sum, most)) }
            if props.side == Side::Gradient {
                { for (0..cells).map(|cell| input_cell(&plan, cell)) }
            }
            <path class="axs" d={format!("M{} {}H{}", number(plan.left(padding)), plan.ground() + 1.0, number(plan.left(padding + cells)))} />
        </svg>
    }
}

/// The wire from a pixel to its copy; on the gradient side with its direction.
fn stem(plan: &Plan, pixel: usize) -> Html {
    let layer = plan.props.row.layer;
    let x = plan.left(pixel * layer.stride) + layer.mask as f64 / 2.0 * plan.unit;
    let arrow = if plan.props.side == Side::Gradient && plan.unit > 12.0 { "m-4 -6l4 6l4 -6" } else { "" };
    html! {
        <path
            key={format!("stem {pixel}")}
            class={classes!("stem", plan.is_lit(pixel).then_some("lit"))}
            d={format!("M{} {}V{}{arrow}", number(x), PIXEL + 3.0, number(plan.top(pixel) - 2.0))}
        />
    }
}

/// A pixel of the short row, its wire and its copy.
fn one_pixel(plan: &Plan, pixel: usize) -> Html {
    let Layer { mask, stride, padding } = plan.props.row.layer;
    let unit = plan.unit;
    let to_come = plan.laid(pixel) == 0.0 && plan.current != Some(pixel);
    // A pixel stands above the middle of its copy.
    let x = plan.left(pixel * stride) + (mask as f64 - 1.0) / 2.0 * unit;
    let height = plan.level - 6.0_f64.min(plan.level * 0.2);
    let y = plan.top(pixel);
    let value = f64::from(ROW[pixel]);
    let stop = 4 + value.round() as usize;
    let (size, class) = plan.type_size(height);
    let (input_size, _) = plan.type_size(PIXEL);
    let lit = plan.is_lit(pixel);
    let cells = (0..mask).map(|entry| {
        let left = plan.left(pixel * stride + entry);
        let cell = (pixel * stride + entry).checked_sub(padding);
        let cut = cell.is_none_or(|cell| cell >= plan.props.row.complete.len());
        let letter = char::from(b'a' + entry as u8);
        // Nine entries as the three rows of three that the Matrix page shows.
        let hue = format!("{}{}", entry / 3 % 5, entry % 3 * 2);
        let gap = if unit > 8.0 { 1.0 } else { 0.4 };
        let (rect, ink) = if to_come {
            (
                html! {
                    <rect
                        class="to-come"
                        x={number(left + gap + 0.5)} y={number(y + 0.5)}
                        width={number(unit - 2.0 * gap - 1.0)} height={number(height - 1.0)} rx="3"
                    />
                },
                AttrValue::from("var(--text-2)"),
            )
        } else {
            (
                html! {
                    <rect
                        x={number(left + gap)} y={number(y)}
                        width={number(unit - 2.0 * gap)} height={number(height)}
                        rx="3" fill={format!("var(--hue-{hue})")}
                    />
                },
                format!("var(--hue-{hue}-ink)").into(),
            )
        };
        html! {
            <g key={entry} class={cut.then_some("cut")}>
                { rect }
                if size > 6.5 {
                    { text(left + unit / 2.0, y + height / 2.0, size, class, &letter.to_string(), ink) }
                }
            </g>
        }
    });
    html! {
        <g key={format!("pixel {pixel}")}>
            if lit && plan.top(pixel) > PIXEL + 5.0 {
                { stem(plan, pixel) }
            }
            { for cells }
            if lit && !to_come {
                <rect
                    class="lit"
                    x={number(plan.left(pixel * stride) - 1.0)} y={number(y - 2.0)}
                    width={number(unit * mask as f64 + 2.0)} height={number(height + 4.0)} rx="5"
                />
            }
            <rect
                class={lit.then_some("of lit")}
                x={number(x + 1.0)} y="2" width={number(unit - 2.0)} height={number(PIXEL)} rx="3"
                fill={format!("var(--data-{stop})")}
                stroke="none"
            />
            if input_size > 6.5 {
                { text(x + unit / 2.0, 2.0 + PIXEL / 2.0, input_size, class, &cell_text(ROW[pixel]), format!("var(--data-{stop}-ink)").into()) }
            }
        </g>
    }
}

/// How thick the paint is on a cell.
fn bar(plan: &Plan, cell: usize, sum: f64, most: f64) -> Html {
    let props = plan.props;
    let (unit, ground) = (plan.unit, plan.ground());
    let x = plan.left(cell + props.row.layer.padding);
    let gap = if unit > 8.0 { 1.0 } else { 0.4 };
    let lit = props.pointed == Some(cell);
    let room = ground - COPIES_TOP - COPIES - 4.0;
    let tall = (room / most).min(if props.weighted { room } else { THICKEST });
    let (mut size, class) = plan.type_size(THICKEST);
    if props.weighted {
        // Sums of weights are longer, and are printed smaller.
        size = size.min(unit * 0.36);
    }
    let legible = props.shown != Shown::Heat && size > 6.5;
    let middle = x + unit / 2.0;
    if props.row.sources(cell).is_empty() {
        let height = tall.min(THICKEST);
        return html! {
            <g key={cell}>
                <rect
                    class={classes!("hole", lit.then_some("lit"))}
                    x={number(x + gap + 1.0)} y={number(ground - height)}
                    width={number((unit - 2.0 * gap - 2.0).max(1.0))} height={number(height - 1.0)} rx="3"
                />
                if legible {
                    { text(middle, ground - height / 2.0, size, class, "0", "var(--text-2)".into()) }
                }
            </g>
        };
    }
    // What is less than nothing stands as an outline.
    let height = sum.abs() * tall;
    let stop = ((sum / most * 6.0).round() as usize).clamp(1, 6);
    // A low bar has its number on top.
    let (y, ink) = if height >= size * 1.25 && sum > 0.0 {
        (ground - height / 2.0, format!("var(--count-{stop}-ink)"))
    } else {
        (ground - height - size * 0.62, "var(--text-2)".to_owned())
    };
    // A bar that grows from nothing has no number yet.
    let is_told = if props.weighted { sum.abs() > 1e-9 } else { sum > 1.0 - 1e-6 };
    html! {
        <g key={cell}>
            <rect
                class={classes!(lit.then_some("of lit"), (sum < 0.0).then_some("less"))}
                x={number(x + gap)} y={number(ground - height)}
                width={number(unit - 2.0 * gap)} height={number(height)} rx={if height > 4.0 { "2" } else { "0" }}
                fill={format!("var(--count-{stop})")}
            />
            if legible && is_told {
                { text(middle, y, size, class, &printed(sum, props.weighted), ink.into()) }
            }
        </g>
    }
}

/// A cell of the long row that the strided convolution has read.
fn input_cell(plan: &Plan, cell: usize) -> Html {
    let gap = if plan.unit > 8.0 { 1.0 } else { 0.4 };
    let lit = plan.props.pointed == Some(cell);
    html! {
        <rect
            key={format!("input {cell}")}
            class={classes!("input", lit.then_some("lit"))}
            x={number(plan.left(cell + plan.props.row.layer.padding) + gap)} y={number(plan.ground() + 3.5)}
            width={number(plan.unit - 2.0 * gap)} height={number(INPUTS - 3.0)} rx="2"
        />
    }
}

/// Slow at both ends.
fn ease(part: f64) -> f64 {
    part * part * (3.0 - 2.0 * part)
}

//! One row being painted: its pixels, the copies of the mask that they lay down, and how thick the paint gets.

use crate::lesson::upsample::{ROW, UpsampleLesson};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// The side of a cell in the drawing's own units.
const CELL: f64 = 48.0;
/// The height of a copy of the mask, and the distance between two of them.
const COPY: f64 = 28.0;
const LEVEL: f64 = 34.0;
/// Where the copies start.
const COPIES_TOP: f64 = 50.0;

#[derive(Properties, PartialEq)]
pub struct StripsProps {
    pub lesson: UpsampleLesson,
    /// How often each cell of the row is painted.
    pub counts: Vec<u32>,
    /// The cell that is pointed at.
    pub pointed: Option<usize>,
    /// Told the cell that the reader points at.
    pub on_point: Callback<Option<usize>>,
}

/// A rectangle with a word in its middle.
struct Labelled {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    fill: String,
    ink: String,
    lit: bool,
}

impl Labelled {
    fn draw(&self, text: String, size: f64) -> Html {
        let Self { x, y, width, height, fill, ink, lit } = self;
        html! {
            <>
                <rect
                    class={lit.then_some("lit")}
                    x={(x + 1.0).to_string()}
                    y={y.to_string()}
                    width={(width - 2.0).to_string()}
                    height={height.to_string()}
                    rx="3"
                    fill={fill.clone()}
                />
                <text
                    x={(x + width / 2.0).to_string()}
                    y={(y + height / 2.0 + size * 0.35).to_string()}
                    font-size={size.to_string()}
                    text-anchor="middle"
                    font-weight="600"
                    fill={ink.clone()}
                >
                    { text }
                </text>
            </>
        }
    }
}

/// The strips.
#[component]
pub fn Strips(props: &StripsProps) -> Html {
    let lesson = &props.lesson;
    let (k, s) = (lesson.mask(), lesson.factor());
    let cells = props.counts.len();
    let most = props.counts.iter().copied().max().unwrap_or(1).max(2);
    let levels = k.div_ceil(s).max(1);
    let left = |cell: usize| 2.0 + cell as f64 * CELL;
    // Many cells make the drawing small on the page, so its letters grow.
    let size = (17.0 * cells as f64 / 11.0).clamp(17.0, 26.0);
    let thickness = if most > 2 { 27.0 } else { 32.0 };
    let ground = COPIES_TOP + levels as f64 * LEVEL + 14.0 + thickness * f64::from(most);
    let covers =
        |pixel: usize, cell: Option<usize>| cell.is_some_and(|cell| (pixel * s..pixel * s + k).contains(&cell));

    let pixels = ROW.iter().enumerate().map(|(pixel, value)| {
        // A pixel stands above the middle of its copy.
        let x = left(0) + (pixel * s) as f64 * CELL + (k as f64 - 1.0) / 2.0 * CELL;
        let y = COPIES_TOP + (pixel % levels) as f64 * LEVEL;
        let lit = covers(pixel, props.pointed);
        let stop = 4 + (value / 4.0 * 4.0).round() as usize;
        let shown = Labelled {
            x,
            y: 2.0,
            width: CELL,
            height: 32.0,
            fill: format!("var(--data-{stop})"),
            ink: format!("var(--data-{stop}-ink)"),
            lit,
        };
        let copies = (0..k).map(|entry| {
            let letter = char::from(b'a' + entry as u8);
            // Nine entries as the three rows of three that the Matrix page shows.
            let hue = format!("{}{}", entry / 3 % 5, entry % 3 * 2);
            Labelled {
                x: left(pixel * s + entry),
                y,
                width: CELL,
                height: COPY,
                fill: format!("var(--hue-{hue})"),
                ink: format!("var(--hue-{hue}-ink)"),
                lit: props.pointed == Some(pixel * s + entry),
            }
            .draw(letter.to_string(), size)
        });
        html! {
            <g key={pixel}>
                <path class={classes!("stem", lit.then_some("lit"))} d={format!("M{} 35V{}", x + CELL / 2.0, y - 1.0)} />
                { shown.draw(value.to_string(), size) }
                { for copies }
            </g>
        }
    });
    let bars = props.counts.iter().enumerate().map(|(cell, count)| {
        let height = f64::from(*count) * thickness;
        let stop = (f64::from(*count) / f64::from(most) * 6.0).round() as usize;
        let lit = props.pointed == Some(cell);
        let bar = if *count == 0 {
            let (x, y) = (left(cell), ground - thickness);
            let middle = (x + CELL / 2.0).to_string();
            html! {
                <>
                    <rect
                        class={classes!("hole", lit.then_some("lit"))}
                        x={(x + 2.0).to_string()} y={y.to_string()}
                        width={(CELL - 4.0).to_string()} height={thickness.to_string()} rx="3"
                    />
                    <text class="hole" x={middle} y={(y + thickness / 2.0 + size * 0.35).to_string()} font-size={size.to_string()} text-anchor="middle">
                        { "0" }
                    </text>
                </>
            }
        } else {
            Labelled {
                x: left(cell),
                y: ground - height,
                width: CELL,
                height,
                fill: format!("var(--count-{stop})"),
                ink: format!("var(--count-{stop}-ink)"),
                lit,
            }
            .draw(count.to_string(), size)
        };
        html! { <g key={cell} data-cell={cell.to_string()}>{ bar }</g> }
    });
    let width = left(cells) + 2.0;
    let onmouseover = props.on_point.reform(|event: MouseEvent| cell_of(&event));
    let onmouseleave = props.on_point.reform(|_: MouseEvent| None);
    let spoken: Vec<String> = props.counts.iter().map(u32::to_string).collect();
    html! {
        <svg
            class="strips"
            viewBox={format!("0 0 {width} {}", ground + 8.0)}
            preserveAspectRatio="xMinYMid meet"
            role="img"
            aria-label={format!("Five pixels painted with a mask of {k}, stride {s}. Times painted, cell by cell: {}", spoken.join(", "))}
            {onmouseover}
            {onmouseleave}
        >
            <g>{ for pixels }</g>
            <g>{ for bars }</g>
            <path class="axs" d={format!("M2 {0}H{1}", ground + 1.0, left(cells))} />
        </svg>
    }
}

/// The cell whose bar an event happened on.
fn cell_of(event: &MouseEvent) -> Option<usize> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest("[data-cell]").ok()??.get_attribute("data-cell")?.parse().ok()
}

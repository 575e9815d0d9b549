//! One layer along a row: its pixels, the copies of the mask that they lay down, and how thick the paint gets.

use super::drawing::{Scale, Spot, WIDTH, number, place_of, short, text};
use crate::lesson::{
    numbers::cell_text,
    upsample::{Layer, ROW, Shown, Side, narration::printed, overlap::LayerRow, timeline::motion},
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
/// Letters that only mark an entry are so small.
const MARK: f64 = 9.5;

pub struct StripsProps<'a> {
    /// From which side the layer is looked at.
    pub side: Side,
    /// How the overlap is shown.
    pub shown: Shown,
    /// The layer with its numbers.
    pub row: &'a LayerRow,
    /// Whether these numbers are sums of weights.
    pub weighted: bool,
    /// The colours, which are those of the plane.
    pub scale: Scale,
    /// What is pointed at.
    pub pointed: Option<Spot>,
    /// Told what the reader points at.
    pub on_point: Callback<Option<Spot>>,
    /// Told what the reader pins.
    pub on_pin: Callback<Spot>,
    /// The accessible name.
    pub label: AttrValue,
}

/// Where everything lies.
#[derive(Clone, Copy)]
struct Places {
    layer: Layer,
    pixels: usize,
    cells: usize,
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

impl Places {
    fn of(row: &LayerRow, shown: Shown) -> Self {
        let layer = row.layer;
        let (pixels, cells) = (row.inputs, row.complete.len());
        let levels = layer.mask.div_ceil(layer.stride).max(1);
        let painted = if shown == Shown::Paint { row.done } else { pixels as f64 };
        let current = (shown == Shown::Paint && painted > 0.0).then(|| painted.ceil() as usize - 1);
        let [fallen, laid] = motion(current.map_or(0.0, |current| painted - current as f64));
        Self {
            layer,
            pixels,
            cells,
            unit: WIDEST.min((WIDTH - 4.0) / (cells + 2 * layer.padding) as f64),
            levels,
            level: LEVEL.min(COPIES / levels as f64),
            // Before the first step nothing is under way, and nothing has been laid.
            current: current.or((painted <= 0.0).then_some(0)),
            fallen: if painted > 0.0 { fallen } else { 1.0 },
            laid,
        }
    }

    fn left(&self, cell: usize) -> f64 {
        2.0 + cell as f64 * self.unit
    }

    /// A pixel stands above the middle of its copy.
    fn pixel_left(&self, pixel: usize) -> f64 {
        self.left(pixel * self.layer.stride) + (self.layer.mask as f64 - 1.0) / 2.0 * self.unit
    }

    /// The upper edge of a pixel's copy.
    fn top(&self, pixel: usize) -> f64 {
        let rest = COPIES_TOP + (pixel % self.levels) as f64 * self.level;
        if self.current == Some(pixel) { 2.0 + (rest - 2.0) * self.fallen } else { rest }
    }

    /// The height of a copy.
    fn height(&self) -> f64 {
        self.level - 6.0_f64.min(self.level * 0.2)
    }

    /// How much of a pixel's paint lies there.
    fn laid(&self, pixel: usize) -> f64 {
        match self.current {
            Some(current) if pixel > current => 0.0,
            Some(current) if pixel == current => self.laid,
            _ => 1.0,
        }
    }

    /// What lies at a place of the drawing: a pixel, an entry of a copy, or a cell anywhere over or under its bar.
    fn spot(&self, [x, y]: [f64; 2]) -> Option<Spot> {
        let Layer { mask, stride, padding } = self.layer;
        if y < 2.0 + PIXEL {
            let covers = |pixel: &usize| (self.pixel_left(*pixel)..self.pixel_left(*pixel) + self.unit).contains(&x);
            return (0..self.pixels).find(covers).map(Spot::Input);
        }
        let place = (x - 2.0) / self.unit;
        if place < 0.0 {
            return None;
        }
        let place = place as usize;
        if y < COPIES_TOP + COPIES {
            // The last one drawn lies on top.
            return (0..self.pixels).rev().find_map(|pixel| {
                let entry = place.checked_sub(pixel * stride).filter(|entry| *entry < mask)?;
                let top = self.top(pixel);
                (top..top + self.height()).contains(&y).then_some(Spot::Entry(pixel, entry))
            });
        }
        place.checked_sub(padding).filter(|cell| *cell < self.cells).map(Spot::Cell)
    }
}

/// What is drawn, and where.
struct Plan<'a> {
    props: &'a StripsProps<'a>,
    places: Places,
    /// The height of a bar of one, and where bars begin.
    tall: f64,
    zero: f64,
}

impl Plan<'_> {
    fn ground(&self) -> f64 {
        ground(self.props.side)
    }

    /// Whether a pixel is pointed at, or reaches the cell that is; where nothing is, whether it is under way.
    fn is_lit(&self, pixel: usize) -> bool {
        let row = self.props.row;
        match self.props.pointed {
            Some(Spot::Cell(cell) | Spot::Place(_, cell)) => row.sources(cell).contains(&pixel),
            Some(Spot::Input(input)) => input == pixel,
            Some(Spot::Entry(..)) => false,
            None => self.props.shown == Shown::Paint && self.props.row.done > 0.0 && self.places.current == Some(pixel),
        }
    }

    /// Whether a cell is pointed at, or reached by what is.
    fn is_cell_lit(&self, cell: usize) -> bool {
        match self.props.pointed {
            Some(Spot::Cell(lit) | Spot::Place(_, lit)) => lit == cell,
            Some(Spot::Input(input)) => self.props.row.cells(input).contains(&cell),
            Some(Spot::Entry(input, entry)) => self.props.row.entry_cell(input, entry) == Some(cell),
            None => false,
        }
    }

    /// The size of words of so many signs, which follows the cells, and their class: a small screen prints them larger, or
    /// not at all.
    fn type_size(&self, height: f64, signs: usize) -> (f64, &'static str) {
        let unit = self.places.unit;
        let size = (unit * 0.42).min(height * 0.62).min(17.0).min(unit * 1.4 / signs.max(1) as f64);
        let class = match (unit, signs) {
            (unit, 0..=2) if unit >= 36.0 => "wide",
            (unit, 0..=2) if unit >= 22.0 => "medium",
            (unit, 3..=4) if unit >= 40.0 => "medium",
            _ => "narrow",
        };
        (size, class)
    }
}

fn ground(side: Side) -> f64 {
    if side == Side::Gradient { GROUND - INPUTS } else { GROUND }
}

/// The drawing.
pub fn strips(props: &StripsProps) -> Html {
    let row = props.row;
    let places = Places::of(row, props.shown);
    let (pixels, cells, padding) = (places.pixels, places.cells, places.layer.padding);
    let (most, below) = (row.most(), -row.least());
    let room = ground(props.side) - COPIES_TOP - COPIES - 4.0;
    let tall = (room / (most + below).max(1e-9)).min(if props.weighted { room } else { THICKEST });
    let plan = Plan { props, places, tall, zero: ground(props.side) - below * tall };
    let onmousemove = props.on_point.reform(move |event: MouseEvent| places.spot(place_of(&event)?));
    let onmouseleave = props.on_point.reform(|_: MouseEvent| None);
    let on_pin = props.on_pin.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        place_of(&event).and_then(|place| places.spot(place)).into_iter().for_each(|spot| on_pin.emit(spot));
    });
    html! {
        <svg
            class="strips"
            viewBox={format!("0 0 {WIDTH} {HEIGHT}")}
            role="img"
            aria-label={&props.label}
            {onclick}
            {onmousemove}
            {onmouseleave}
        >
            { for (0..pixels).filter(|pixel| !plan.is_lit(*pixel)).map(|pixel| stem(&plan, pixel)) }
            { for (0..pixels).map(|pixel| one_pixel(&plan, pixel)) }
            { for (0..cells).map(|cell| bar(&plan, cell)) }
            if props.side == Side::Gradient {
                { for (0..cells).map(|cell| input_cell(&plan, cell)) }
            }
            <path class="axs" d={format!("M{} {}H{}", number(places.left(padding)), number(plan.zero + 1.0), number(places.left(padding + cells)))} />
        </svg>
    }
}

/// The wire from a pixel to its copy; on the gradient side with its direction.
fn stem(plan: &Plan, pixel: usize) -> Html {
    let places = &plan.places;
    let x = places.pixel_left(pixel) + places.unit / 2.0;
    let arrow = if plan.props.side == Side::Gradient && places.unit > 12.0 { "m-4 -6l4 6l4 -6" } else { "" };
    html! {
        <path
            key={format!("stem {pixel}")}
            class={classes!("stem", plan.is_lit(pixel).then_some("lit"))}
            d={format!("M{} {}V{}{arrow}", number(x), PIXEL + 3.0, number(places.top(pixel) - 2.0))}
        />
    }
}

/// A pixel of the short row, its wire and its copy.
fn one_pixel(plan: &Plan, pixel: usize) -> Html {
    let (places, props) = (&plan.places, plan.props);
    let Layer { mask, stride, .. } = places.layer;
    let unit = places.unit;
    let to_come = places.laid(pixel) == 0.0 && (places.current != Some(pixel) || props.row.done <= 0.0);
    let x = places.pixel_left(pixel);
    let (y, height) = (places.top(pixel), places.height());
    let value = f64::from(ROW[pixel]);
    let stop = 4 + value.round() as usize;
    let (input_size, class) = plan.type_size(PIXEL, 1);
    let lit = plan.is_lit(pixel);
    let cells = (0..mask).map(|entry| {
        let left = places.left(pixel * stride + entry);
        let cut = props.row.entry_cell(pixel, entry).is_none();
        let letter = char::from(b'a' + entry as u8).to_string();
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
        // Copies that count by their weights print these, and their letters only mark them.
        let words = if props.weighted { short(props.row.weights[entry]) } else { letter.clone() };
        let signs = words.chars().count();
        let (size, class) = plan.type_size(height, signs);
        let marked = props.weighted && unit >= 34.0 && height >= 22.0;
        // Beside its mark a word has less room, and stands a little lower.
        let (size, [right, down]) =
            if marked { (size.min(unit * 1.15 / signs as f64), [3.0, 2.0]) } else { (size, [0.0, 0.0]) };
        let is_spot = props.pointed == Some(Spot::Entry(pixel, entry));
        html! {
            <g key={entry} class={cut.then_some("cut")}>
                { rect }
                if size > 6.5 {
                    { text(left + unit / 2.0 + right, y + height / 2.0 + down, size, class, &words, ink.clone()) }
                }
                if marked {
                    { text(left + 8.0, y + MARK * 0.8, MARK, "mark", &letter, ink) }
                }
                if is_spot {
                    <rect
                        class="lit"
                        x={number(left + gap)} y={number(y - 1.0)}
                        width={number(unit - 2.0 * gap)} height={number(height + 2.0)} rx="4"
                    />
                }
            </g>
        }
    });
    html! {
        <g key={format!("pixel {pixel}")}>
            if lit && places.top(pixel) > PIXEL + 5.0 {
                { stem(plan, pixel) }
            }
            { for cells }
            if lit && !to_come {
                <rect
                    class="lit"
                    x={number(places.left(pixel * stride) - 1.0)} y={number(y - 2.0)}
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
fn bar(plan: &Plan, cell: usize) -> Html {
    let (props, unit, zero) = (plan.props, plan.places.unit, plan.zero);
    let row = props.row;
    let x = plan.places.left(cell + row.layer.padding);
    let gap = if unit > 8.0 { 1.0 } else { 0.4 };
    let lit = plan.is_cell_lit(cell);
    let middle = x + unit / 2.0;
    let (held, value) = (row.shown(props.shown)[cell], row.heights(props.shown)[cell]);
    let words = printed(held);
    let (size, class) = plan.type_size(THICKEST, words.chars().count());
    let legible = props.shown != Shown::Heat && size > 6.5;
    if row.sources(cell).is_empty() {
        let height = plan.tall.min(THICKEST);
        return html! {
            <g key={cell}>
                <rect
                    class={classes!("hole", lit.then_some("lit"))}
                    x={number(x + gap + 1.0)} y={number(zero - height)}
                    width={number((unit - 2.0 * gap - 2.0).max(1.0))} height={number(height - 1.0)} rx="3"
                />
                if legible {
                    { text(middle, zero - height / 2.0, size, class, "0", "var(--text-2)".into()) }
                }
            </g>
        };
    }
    // What is less than nothing hangs below the line.
    let height = value.abs() * plan.tall;
    let top = if value < 0.0 { zero } else { zero - height };
    // A low bar has its number on top.
    let (y, ink) = if height >= size * 1.25 {
        (top + height / 2.0, props.scale.ink(value))
    } else {
        (zero.min(top) - size * 0.62, "var(--text-2)".to_owned())
    };
    // A number is told when it has landed, and not while its bar still moves.
    let is_told = props.shown != Shown::Paint || (row.is_reached(cell) && !row.is_filling(cell));
    html! {
        <g key={cell}>
            <rect
                class={lit.then_some("of lit")}
                x={number(x + gap)} y={number(top)}
                width={number(unit - 2.0 * gap)} height={number(height)} rx={if height > 4.0 { "2" } else { "0" }}
                fill={props.scale.fill(value)}
            />
            if legible && is_told {
                { text(middle, y, size, class, &words, ink.into()) }
            }
        </g>
    }
}

/// A cell of the long row that the strided convolution has read.
fn input_cell(plan: &Plan, cell: usize) -> Html {
    let unit = plan.places.unit;
    let gap = if unit > 8.0 { 1.0 } else { 0.4 };
    html! {
        <rect
            key={format!("input {cell}")}
            class={classes!("input", plan.is_cell_lit(cell).then_some("lit"))}
            x={number(plan.places.left(cell + plan.props.row.layer.padding) + gap)} y={number(plan.ground() + 3.5)}
            width={number(unit - 2.0 * gap)} height={number(INPUTS - 3.0)} rx="2"
        />
    }
}

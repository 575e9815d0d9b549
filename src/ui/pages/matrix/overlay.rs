//! What lies over the cells: outlines and wires of what belongs together, and the numbers on their way.
//!
//! The cells are measured where the browser has put them; everything else follows from these rectangles.

use super::{
    cells::step,
    measured::{Measured, Rect},
};
use crate::{
    convolution::PaddingMode,
    lesson::{
        matrix::{
            Orientation,
            composition::{Detail, MOST_ARCS},
            narration::hue,
            scene::{Route, Scale, Scene, Traveller},
            setup::Setup,
            spot::Spot,
            timeline::{Chapter, Way},
            wiring::Sizes,
        },
        numbers::cell_text,
    },
};
use std::{fmt::Write as _, rc::Rc};
use yew::prelude::*;

pub struct OverlayProps {
    /// Where the cells lie.
    pub measured: Measured,
    /// The picture at the position.
    pub scene: Scene,
    /// Sizes of the arrays.
    pub sizes: Sizes,
    /// How C stands.
    pub orientation: Orientation,
    /// The way in which the transposed convolution is told.
    pub way: Way,
    /// How the mask moves over the patch.
    pub setup: Rc<Setup>,
    /// The output whose parts are outlined.
    pub output: Option<usize>,
    /// The chapter whose parts alone are outlined; without one, the reader points, and everything is.
    pub chapter: Option<Chapter>,
    /// Whether it is pinned, and so drawn bolder.
    pub pinned: bool,
    /// Bounds of the colour scales.
    pub mask_bound: f32,
    /// Bound of the patch's scale.
    pub data_bound: f32,
    /// Bound of the sums' scale.
    pub sum_bound: f32,
    /// How closely C is drawn.
    pub detail: Detail,
}

/// Outlines, wires and travelling numbers.
pub fn overlay(props: &OverlayProps) -> Html {
    let mut drawing = Drawing { props, shapes: Vec::new() };
    drawing.hinge();
    drawing.flows();
    drawing.outlines();
    drawing.sliding_window();
    let margin = drawing.margin();
    let shapes = drawing.shapes;
    html! {
        <svg class={classes!("overlay", props.pinned.then_some("pinned-overlay"))} aria-hidden="true">
            <g class="margin">{ for margin }</g>
            <g class="wires">
                for (n, (class, path)) in shapes.into_iter().enumerate() {
                    <path key={n} {class} d={path} />
                }
            </g>
            <g class="travellers">
                for (n, traveller) in props.scene.travellers.iter().enumerate() {
                    <g key={n}>{ travelling(props, traveller) }</g>
                }
            </g>
        </svg>
    }
}

struct Drawing<'a> {
    props: &'a OverlayProps,
    shapes: Vec<(&'static str, String)>,
}

impl Drawing<'_> {
    fn stand(&self) -> (Sizes, Orientation) {
        (self.props.sizes, self.props.orientation)
    }

    fn at(&self, spot: Spot) -> Option<Rect> {
        self.props.measured.spot(spot, self.stand())
    }

    /// Cell `at` of the standing matrix's column `j`, counted from its top.
    fn standing(&self, j: usize, at: usize) -> Spot {
        match self.props.orientation {
            Orientation::Columns => Spot::Entry(at, j),
            Orientation::Rows => Spot::Turned(j, at),
        }
    }

    /// Cell `at` of the lying matrix's row `j`, counted from its left.
    fn lying(&self, j: usize, at: usize) -> Spot {
        match self.props.orientation {
            Orientation::Columns => Spot::Turned(j, at),
            Orientation::Rows => Spot::Entry(at, j),
        }
    }

    /// Where a row and a column of the patch lie, also outside of it.
    fn patch_cell(&self, row: f64, column: f64) -> Option<Rect> {
        let first = self.at(Spot::Patch(0))?;
        let [rows, columns] = self.props.sizes.patch;
        let last = self.at(Spot::Patch(rows * columns - 1))?;
        let pitch = |from: f64, to: f64, count: usize, size: f64| {
            if count > 1 { (to - from) / (count - 1) as f64 } else { size + 1.0 }
        };
        let (width, height) = (first.right - first.left, first.bottom - first.top);
        let left = first.left + column * pitch(first.left, last.left, columns, width);
        let top = first.top + row * pitch(first.top, last.top, rows, height);
        Some(Rect { left, top, right: left + width, bottom: top + height })
    }

    /// The part of the patch, and of the margin around it, that the mask covers for an output.
    fn window(&self, j: usize) -> Option<Rect> {
        let (sizes, geometry) = (self.props.sizes, &self.props.setup.geometry);
        let place = [j / sizes.result[1], j % sizes.result[1]];
        let start: [f64; 2] =
            std::array::from_fn(|axis| (place[axis] * geometry.stride[axis]) as f64 - geometry.padding[axis][0] as f64);
        let reach: [f64; 2] = std::array::from_fn(|axis| ((sizes.mask[axis] - 1) * geometry.dilation[axis]) as f64);
        let (from, to) =
            (self.patch_cell(start[0], start[1])?, self.patch_cell(start[0] + reach[0], start[1] + reach[1])?);
        Some(from.union(to))
    }

    /// The cells that padding adds around the patch, with what stands in them.
    fn margin(&self) -> Vec<Html> {
        let (patch, setup) = (self.props.sizes.patch, &self.props.setup);
        let [rows, columns] = setup.geometry.padding;
        let padded = [patch[0] + rows[0] + rows[1], patch[1] + columns[0] + columns[1]];
        let mut cells = Vec::new();
        for row in 0..padded[0] {
            for column in 0..padded[1] {
                let source = |at: usize, before: usize, size: usize| setup.mode.source(at, before, size);
                let inside = (rows[0]..rows[0] + patch[0]).contains(&row)
                    && (columns[0]..columns[0] + patch[1]).contains(&column);
                let at = (row as f64 - rows[0] as f64, column as f64 - columns[0] as f64);
                let Some(cell) = (if inside { None } else { self.patch_cell(at.0, at.1) }) else { continue };
                let value = source(row, rows[0], patch[0])
                    .zip(source(column, columns[0], patch[1]))
                    .map_or(0.0, |at| setup.patch[at]);
                let (width, height) = (cell.right - cell.left, cell.bottom - cell.top);
                let size = (height * 0.45).min(width * 0.45);
                cells.push(html! {
                    <g key={row * padded[1] + column} class={(setup.mode == PaddingMode::Zero).then_some("zero")}>
                        <rect
                            x={format!("{:.1}", cell.left)}
                            y={format!("{:.1}", cell.top)}
                            width={format!("{width:.1}")}
                            height={format!("{height:.1}")}
                        />
                        <text
                            x={format!("{:.1}", cell.x())}
                            y={format!("{:.1}", cell.y())}
                            font-size={format!("{size:.1}")}
                        >
                            { cell_text(value) }
                        </text>
                    </g>
                });
            }
        }
        cells
    }

    fn over(&self, spots: impl IntoIterator<Item = Spot>) -> Option<Rect> {
        spots.into_iter().filter_map(|spot| self.at(spot)).reduce(Rect::union)
    }

    fn line(&mut self, class: &'static str, points: &[(f64, f64)]) {
        self.shapes.push((class, rounded(points)));
    }

    fn outline(&mut self, class: &'static str, rect: Option<Rect>) {
        if let Some(r) = rect {
            let m = 2.0;
            self.shapes.push((
                class,
                format!(
                    "M{:.1} {:.1}H{:.1}V{:.1}H{:.1}Z",
                    r.left - m,
                    r.top - m,
                    r.right + m,
                    r.bottom + m,
                    r.left - m
                ),
            ));
        }
    }

    fn dot(&mut self, x: f64, y: f64) {
        self.shapes.push(("dot", format!("M{:.1} {y:.1}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", x - 4.0)));
    }

    /// The arcs on which the columns of C turn into the rows of Cᵀ.
    fn hinge(&mut self) {
        if !self.props.measured.wide {
            return;
        }
        let outputs = self.props.sizes.outputs();
        // Of many arcs only the one that is meant is drawn, with its neighbours.
        let near = self.props.output.unwrap_or(0);
        let shown = if outputs <= MOST_ARCS { 0..outputs } else { near.saturating_sub(1)..(near + 2).min(outputs) };
        for j in shown {
            if let (Some(a), Some(b)) = (self.at(self.standing(j, 0)), self.at(self.lying(j, 0))) {
                let (bend, end) = (a.top - 14.0, b.left - 6.0);
                let told = self.tells(&[Chapter::Multiply, Chapter::Transpose, Chapter::Spread]);
                let class = if told && self.props.output == Some(j) { "wire" } else { "flow" };
                let path = format!(
                    "M{x:.1} {start:.1}V{bend:.1}A{rx:.1} {ry:.1} 0 0 1 {end:.1} {y:.1}H{stop:.1}",
                    x = a.x(),
                    start = a.top - 3.0,
                    rx = (end - a.x()).max(1.0),
                    ry = (bend - b.y()).max(1.0),
                    y = b.y(),
                    stop = b.left - 3.0,
                );
                self.shapes.push((class, path));
            }
        }
    }

    /// The thin lines that are always there: result into E, and sums into the transposed result.
    fn flows(&mut self) {
        let outputs = self.props.sizes.outputs();
        if !self.props.measured.wide {
            return;
        }
        let result = self.over((0..outputs).map(Spot::Result));
        let input = self.over((0..outputs).map(Spot::Input));
        let vector = self.over((0..outputs).map(Spot::InputVector));
        if let (Some(result), Some(input), Some(vector)) = (result, input, vector) {
            let rail = result.right.max(input.right).max(vector.right) + 9.0;
            let corner = |r: Rect| (r.right + 3.0, r.y());
            self.line("flow", &[corner(result), (rail, result.y()), (rail, input.y()), corner(input)]);
            self.line("flow", &[(rail, input.y()), (rail, vector.y()), corner(vector)]);
        }
        let [rows, columns] = self.props.sizes.grown;
        // The sums lie under Cᵀ only where it lies itself, and brackets need room between them.
        if self.props.orientation == Orientation::Rows || !self.brackets() {
            return;
        }
        let whole = self.over((0..rows * columns).map(Spot::Transposed));
        for row in 0..rows {
            let cells = (row * columns)..((row + 1) * columns);
            let sums = self.over(cells.clone().map(Spot::Sum));
            let target = self.over(cells.map(Spot::Transposed));
            if let (Some(sums), Some(target), Some(whole)) = (sums, target, whole) {
                let y = sums.bottom + 5.0;
                self.line("flow", &[(sums.left + 3.0, y), (sums.right - 3.0, y)]);
                if row == 0 {
                    self.line("flow", &[(sums.x(), y), (sums.x(), whole.top - 4.0)]);
                } else {
                    self.line("flow", &[(sums.x(), y), (sums.x(), target.y()), (target.right + 4.0, target.y())]);
                }
            }
        }
    }

    /// Whether the rows of the transposed result are few enough to be bracketed under the sums.
    fn brackets(&self) -> bool {
        self.props.detail == Detail::Cells && !self.tells_way()
    }

    /// Whether another way than the matrix is told just now, in the place of Cᵀ.
    fn tells_way(&self) -> bool {
        self.props.way != Way::Matrix && self.props.scene.chapter == Some(Chapter::Spread)
    }

    /// The parts of one output: window, placement, column, row, product and result, and the wires between them.
    fn outlines(&mut self) {
        let Some(j) = self.props.output else { return };
        let sizes = self.props.sizes;
        let (inputs, outputs, grown) = (sizes.inputs(), sizes.outputs(), sizes.grown_cells());
        let window = self.window(j);
        let placed = self.over((0..inputs).map(|i| Spot::Placed(j, i)));
        let column = self.over((0..inputs).map(|i| Spot::Entry(i, j)));
        let row = self.over((0..grown).map(|g| Spot::Turned(j, g)));
        let (product, result) = (self.at(Spot::Product(j)), self.at(Spot::Result(j)));
        use Chapter::{Multiply, Place, Spread, Transpose, Unroll};
        if self.props.measured.wide && self.props.orientation == Orientation::Columns {
            self.wires(j, outputs, [window, placed, column, product, result]);
        }
        if self.tells(&[Place, Multiply]) && self.props.scene.window.is_none() {
            self.outline("outline", window);
        }
        if self.tells(&[Place, Unroll, Multiply]) {
            self.outline("outline", placed);
        }
        if self.tells(&[Unroll, Multiply, Transpose]) {
            self.outline("outline", column);
        }
        if self.tells(&[Multiply, Transpose, Spread]) {
            self.outline("outline dashed", row);
        }
        if self.tells(&[Multiply]) {
            self.outline("outline", product);
            self.outline("outline", result);
        }
    }

    /// Whether the stage tells one of these chapters, or whatever the reader points at.
    fn tells(&self, chapters: &[Chapter]) -> bool {
        self.props.chapter.is_none_or(|chapter| chapters.contains(&chapter))
    }

    fn wires(&mut self, j: usize, outputs: usize, parts: [Option<Rect>; 5]) {
        let [Some(window), Some(placed), Some(column), Some(product), Some(result)] = parts else { return };
        let patch = self.over((0..self.props.sizes.inputs()).map(Spot::Patch));
        let vector = self.at(Spot::Vector(0));
        let matrix = self.over((0..outputs).map(|j| Spot::Entry(0, j)));
        let results = self.over((0..outputs).map(Spot::Result));
        let (Some(patch), Some(vector), Some(matrix), Some(results)) = (patch, vector, matrix, results) else { return };
        let columns = self.props.sizes.result[1];
        // With many results only one placed mask is shown, at the left.
        let right_hand = placed.left > patch.x();
        let (beside, lower) = (!j.is_multiple_of(columns), j / columns > 0);
        if self.tells(&[Chapter::Place, Chapter::Multiply]) {
            self.wire_to_placement(right_hand, window, placed, patch);
        }
        if self.tells(&[Chapter::Unroll, Chapter::Multiply]) {
            self.wire_to_column(right_hand, placed, column, (patch.right + vector.left) / 2.0 + 4.0, matrix.top - 12.0);
        }
        // Beside maps the sum has no room for a wire of its own.
        if self.tells(&[Chapter::Multiply]) && self.props.detail == Detail::Cells {
            self.wire_to_result(beside, lower, matrix.right + 10.0, [product, result, results]);
        }
    }

    /// From the window around the outside of patch and mask to the placed mask.
    fn wire_to_placement(&mut self, right_hand: bool, window: Rect, placed: Rect, patch: Rect) {
        if right_hand {
            let rail = patch.right + 10.0;
            let above = placed.top - 8.0;
            self.line(
                "wire",
                &[
                    (window.right + 2.0, window.y()),
                    (rail, window.y()),
                    (rail, above),
                    (placed.x(), above),
                    (placed.x(), placed.top - 3.0),
                ],
            );
        } else {
            let margin = self.props.setup.geometry.padding[1][0] as f64;
            let rail = self.patch_cell(0.0, -margin).map_or(patch.left, |cell| cell.left) - 14.0;
            self.line(
                "wire",
                &[
                    (window.left - 2.0, window.y()),
                    (rail, window.y()),
                    (rail, placed.y()),
                    (placed.left - 3.0, placed.y()),
                ],
            );
            self.dot(window.left - 2.0, window.y());
            self.dot(placed.left - 3.0, placed.y());
        }
    }

    /// From the placed mask to the head of its column.
    fn wire_to_column(&mut self, right_hand: bool, placed: Rect, column: Rect, gutter: f64, head: f64) {
        if right_hand {
            let wire = [(placed.right + 3.0, placed.y()), (gutter, placed.y()), (gutter, head), (column.x(), head)];
            self.line("wire", &wire);
        } else {
            let above = placed.top - 8.0;
            let start = [(placed.x(), placed.top - 3.0), (placed.x(), above), (gutter, above)];
            self.line("wire", &[start[0], start[1], start[2], (gutter, head), (column.x(), head)]);
        }
        self.dot(column.x(), head);
    }

    /// From the product to the written-out sum, and from the sum to the result.
    fn wire_to_result(&mut self, right_hand: bool, lower: bool, rail: f64, parts: [Rect; 3]) {
        let [product, result, results] = parts;
        let (terms, total) =
            (self.props.measured.parts.get("terms").copied(), self.props.measured.parts.get("total").copied());
        if let (Some(terms), Some(total)) = (terms, total) {
            let below = product.bottom + 6.0;
            let wire = [
                (product.x(), product.bottom + 2.0),
                (product.x(), below),
                (rail, below),
                (rail, terms.y()),
                (terms.left - 4.0, terms.y()),
            ];
            self.line("wire", &wire);
            let middle = (total.right + results.left) / 2.0 + 2.0;
            let start = (total.right + 6.0, total.y());
            if right_hand {
                let (around, edge) = if lower {
                    (results.bottom + 9.0, result.bottom + 3.0)
                } else {
                    (results.top - 9.0, result.top - 3.0)
                };
                let wire = [start, (middle, total.y()), (middle, around), (result.x(), around), (result.x(), edge)];
                self.line("wire", &wire);
            } else {
                self.line("wire", &[start, (middle, total.y()), (middle, result.y()), (result.left - 3.0, result.y())]);
            }
        }
    }

    /// The mask's outline while it slides over the patch.
    fn sliding_window(&mut self) {
        let Some((from, to, t)) = self.props.scene.window else { return };
        if let (Some(from), Some(to)) = (self.window(from), self.window(to)) {
            self.outline("outline", Some(from.toward(to, t)));
        }
    }
}

/// A number on its way.
fn travelling(props: &OverlayProps, traveller: &Traveller) -> Html {
    let at = |spot| props.measured.spot(spot, (props.sizes, props.orientation));
    let (Some(from), Some(to)) = (at(traveller.from), at(traveller.to)) else { return Html::default() };
    let t = traveller.at;
    let box_of = from.toward(to, t);
    let (x, y) = match (traveller.route, props.measured.wide) {
        (Route::Arc, true) => around_the_hinge(props, traveller, from, to).unwrap_or((box_of.x(), box_of.y())),
        _ => (box_of.x(), box_of.y()),
    };
    let (width, height) = (box_of.right - box_of.left, box_of.bottom - box_of.top);
    let (fill, ink) = match traveller.scale {
        Scale::Mask => colour("mask", step(traveller.value, props.mask_bound)),
        Scale::Data => {
            let summed = matches!(traveller.to, Spot::Sum(_) | Spot::Transposed(_));
            colour("data", step(traveller.value, if summed { props.sum_bound } else { props.data_bound }))
        }
        Scale::Empty => ("var(--surface)".to_owned(), "var(--text-2)".to_owned()),
    };
    let text = if traveller.scale == Scale::Empty { "·".to_owned() } else { cell_text(traveller.value) };
    let size = (height * 0.62).min(width * 1.5 / text.chars().count().max(2) as f64);
    let tag = traveller.taps.first().map(|tap| {
        html! {
            <rect
                class={classes!("bar", hue(tap, props.sizes.mask))}
                width={format!("{:.1}", (width * 0.2).min(4.0))}
                height={format!("{height:.1}")}
            />
        }
    });
    html! {
        <g transform={format!("translate({:.1} {:.1})", x - width / 2.0, y - height / 2.0)}>
            <rect
                class="plate"
                width={format!("{width:.1}")}
                height={format!("{height:.1}")}
                rx="2"
                {fill}
            />
            { tag }
            <text
                x={format!("{:.1}", width / 2.0)}
                y={format!("{:.1}", height / 2.0)}
                font-size={format!("{size:.1}")}
                fill={ink}
            >
                { text }
            </text>
        </g>
    }
}

/// A point of the way up the standing matrix's column, around its arc, and along the lying matrix's row; where C lies,
/// the way leads back down.
fn around_the_hinge(props: &OverlayProps, traveller: &Traveller, from: Rect, to: Rect) -> Option<(f64, f64)> {
    let Spot::Turned(j, _) = traveller.to else { return None };
    let stand = (props.sizes, props.orientation);
    let (entry, turned) =
        (props.measured.spot(Spot::Entry(0, j), stand)?, props.measured.spot(Spot::Turned(j, 0), stand)?);
    let (top, first, from, to, share) = match props.orientation {
        Orientation::Columns => (entry, turned, from, to, traveller.at),
        Orientation::Rows => (turned, entry, to, from, 1.0 - traveller.at),
    };
    let (bend, end) = (top.top - 14.0, first.left - 6.0);
    let (rx, ry) = ((end - top.x()).max(1.0), (bend - to.y()).max(1.0));
    let up = from.y() - bend;
    let arc = std::f64::consts::FRAC_PI_2 * ((rx * rx + ry * ry) / 2.0).sqrt();
    let along = to.x() - end;
    let way = share * (up + arc + along);
    Some(if way < up {
        (from.x(), from.y() - way)
    } else if way < up + arc {
        // A quarter of an ellipse by rational functions: sines would cost the page more than its whole hinge.
        let t = (way - up) / arc;
        let (across, along) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
        (end - rx * across, bend - ry * along)
    } else {
        (end + (way - up - arc), to.y())
    })
}

fn colour(scale: &str, step: u8) -> (String, String) {
    (format!("var(--{scale}-{step})"), format!("var(--{scale}-{step}-ink)"))
}

/// A line with rounded corners.
fn rounded(points: &[(f64, f64)]) -> String {
    const RADIUS: f64 = 9.0;
    let Some(((x, y), rest)) = points.split_first() else { return String::new() };
    let mut path = format!("M{x:.1} {y:.1}");
    for corner in points.windows(3) {
        let [before, at, after] = [corner[0], corner[1], corner[2]];
        let toward = |to: (f64, f64)| {
            let length = (to.0 - at.0).hypot(to.1 - at.1).max(1e-6);
            let share = RADIUS.min(length / 2.0) / length;
            (at.0 + (to.0 - at.0) * share, at.1 + (to.1 - at.1) * share)
        };
        let (a, b) = (toward(before), toward(after));
        // Writing to a string cannot fail.
        let _ = write!(path, "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", a.0, a.1, at.0, at.1, b.0, b.1);
    }
    if let Some((x, y)) = rest.last() {
        let _ = write!(path, "L{x:.1} {y:.1}");
    }
    path
}

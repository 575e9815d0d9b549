//! The stage: every array of the lesson in its place, in one picture.

use super::{
    cells::{Painter, bound},
    head::{StageHeadProps, stage_head},
    map::MatrixMap,
    measured::{Measured, WIDE, measure},
    overlay::{OverlayProps, overlay},
    sum::{SumViewProps, sum_view},
    ways::WayView,
};
use crate::{
    lesson::matrix::{
        Action, MatrixLesson, Orientation, Wish,
        composition::{Composition, Detail, FIELD},
        derived::Derived,
        narration::Sum,
        scene::Scene,
        spot::{Array, Spot},
        timeline::{Chapter, Way},
    },
    ui::components::{
        number_grid::{GridEvent, NumberGrid},
        segmented::{SegmentedProps, segmented},
    },
    web::{events::Listener, events::window, resize::SizeObserver, theme},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// The picture at its position.
    pub scene: Scene,
    /// Sets the state.
    pub act: Callback<Action>,
    /// Told what the reader does in a grid.
    pub on_grid: Callback<(Array, GridEvent)>,
}

/// The head with its switches, and the composition below it.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { lesson, derived, scene, act, on_grid } = props;
    let (sizes, orientation) = (derived.sizes(), lesson.orientation);
    let output = shown_output(lesson, scene);
    let sum = shown_sum(lesson, derived, scene, output);
    // The mask lies on the patch as long as the story is about the convolution.
    let turned = matches!(told_chapter(lesson), Some(Chapter::Transpose | Chapter::Spread));
    let painter = Painter::new(lesson, derived, scene, output.filter(|_| !turned));
    let [rows, columns] = lesson.setup().geometry.padding;
    let composition = use_memo((sizes, [rows[0], rows[1], columns[0], columns[1]]), |(sizes, padding)| {
        Composition::new(*sizes, *padding)
    });
    let node = use_node_ref();
    let field = use_node_ref();
    let measured = use_state_eq(Measured::default);
    let tells_way = lesson.way != Way::Matrix && scene.chapter == Some(Chapter::Spread);
    {
        // The cells are measured when the browser has laid them out: when the field changes, when the columns of C move
        // together, when the sum takes more room, and when fonts arrive. Asking at any other time would make the
        // browser lay out the page at once.
        let (node, field, measured) = (node.clone(), field.clone(), measured.clone());
        use_effect_with(
            (composition.clone(), orientation, tells_way.then_some(lesson.way)),
            move |(composition, ..)| {
                let element = node.cast::<HtmlElement>();
                if let Some(element) = &element {
                    put_in_place(element, composition);
                }
                let again = {
                    let element = element.clone();
                    move || {
                        if let Some(element) = &element {
                            measured.set(measure(element));
                        }
                    }
                };
                let on_field = field.cast::<HtmlElement>().map(|watched| {
                    let (target, again, element) = (watched.clone(), again.clone(), element.clone());
                    SizeObserver::new(&target, move || {
                        if let Some(element) = &element {
                            scale(element, &watched);
                        }
                        again();
                    })
                });
                let parts: Vec<SizeObserver> = [".cmat", ".ctmat", ".patch", ".placed", ".terms"]
                    .into_iter()
                    .filter_map(|part| element.as_ref()?.query_selector(part).ok().flatten())
                    .map(|part| SizeObserver::new(&part, again.clone()))
                    .collect();
                let fonts =
                    window().document().and_then(|document| js_sys::Reflect::get(&document, &"fonts".into()).ok());
                let on_fonts = fonts
                    .and_then(|fonts| fonts.dyn_into::<web_sys::EventTarget>().ok())
                    .map(|fonts| Listener::new(&fonts, "loadingdone", move |_| again()));
                move || drop((on_field, parts, on_fonts))
            },
        );
    }
    {
        let node = node.clone();
        use_effect_with(scene.stacked.to_bits(), move |stacked| {
            if let Some(element) = node.cast::<HtmlElement>() {
                // The policy of the page forbids style attributes, not this.
                let _ = element.style().set_property("--apart", &format!("{:.3}", 1.0 - f64::from_bits(*stacked)));
            }
        });
    }

    let grid = |array: Array, editable: bool, decorative: bool| {
        let on_event = on_grid.reform(move |event| (array, event));
        let refusal = lesson.refusal.as_ref().and_then(|refusal| match refusal.wish {
            Wish::Cell(refused, place) if refused == array => Some((place, refusal.reason.clone())),
            _ => None,
        });
        let [_, columns] = array.printed_size(sizes, orientation);
        html! {
            <>
                <NumberGrid
                    label={array.name()}
                    slug={array.slug()}
                    {columns}
                    cells={painter.cells(array)}
                    {editable}
                    {decorative}
                    refused={refusal.as_ref().map(|(place, _)| *place)}
                    {on_event}
                />
                if let Some((_, reason)) = refusal {
                    <p class="refusal" role="alert">{ reason }</p>
                }
            </>
        }
    };
    // C, Cᵀ and what is multiplied with them: cell by cell, or as maps.
    let matrix = |array: Array| match composition.detail {
        Detail::Cells => grid(array, false, false),
        Detail::Map => html! {
            <MatrixMap
                label={array.name()}
                slug={array.slug()}
                size={array.printed_size(sizes, orientation)}
                marks={Rc::new(painter.map(array))}
                on_event={on_grid.reform(move |event| (array, event))}
            />
        },
    };
    let roles = Roles::of(orientation);
    let bounds = match sum.spot {
        Spot::Transposed(_) => (bound(derived.mask.iter()), bound(derived.input.iter())),
        _ => (bound(derived.mask.iter()), bound(derived.patch.iter())),
    };
    let lit_term = match lesson.lit() {
        Some(Spot::Placed(j, cell) | Spot::Entry(cell, j) | Spot::Turned(j, cell) | Spot::Stamp(j, cell)) => {
            Some((cell, j))
        }
        Some(Spot::Patch(i) | Spot::Vector(i)) => output.map(|j| (i, j)),
        _ => None,
    };
    let times = |[rows, columns]: [usize; 2]| format!("{rows} × {columns}");
    let placed: Vec<usize> = match composition.detail {
        Detail::Cells => (0..sizes.outputs()).collect(),
        Detail::Map => vec![output.unwrap_or(0)],
    };
    let placed_note = match (composition.detail, placed.len()) {
        (Detail::Cells, 1) => "once".to_owned(),
        (Detail::Cells, 2) => "twice".to_owned(),
        (Detail::Cells, _) => "four times".to_owned(),
        (Detail::Map, _) => format!("for output {} of {}", output.unwrap_or(0) + 1, sizes.outputs()),
    };
    let class = classes!(
        "composition",
        (composition.detail == Detail::Map).then_some("free"),
        (orientation == Orientation::Rows).then_some("lies"),
        composition
            .block("patch")
            .is_some_and(|patch| patch.cell[0].min(patch.cell[1]) < ROOM_FOR_CHIPS)
            .then_some("dense"),
        tells_way.then_some("telling"),
    );
    let still = lesson.playing.then(|| act.reform(|_: PointerEvent| Action::Play(false)));
    let size_of = |array: Array| times(array.printed_size(sizes, orientation));

    html! {
        <>
            { stage_head(&StageHeadProps { lesson: lesson.clone(), derived: derived.clone(), act: act.clone() }) }
            <div class="canvas" ref={field} onpointerdown={still} data-chapter={lesson.timeline().shown(lesson.position).chapter.title()}>
                <div {class} ref={node}>
                    { overlay(&OverlayProps { measured: (*measured).clone(), scene: scene.clone(), sizes, orientation, way: lesson.way, setup: lesson.setup().clone(), output, chapter: told_chapter(lesson), pinned: lesson.pinned.is_some(), mask_bound: bound(derived.mask.iter()), data_bound: bound(derived.patch.iter()), sum_bound: bound(derived.transposed.iter()), detail: composition.detail }) }
                    <div class="b patch" data-block="patch">
                        <h2 class="cap">{ "Patch D " }<small>{ times(sizes.patch) }</small></h2>
                        { grid(Array::Patch, true, false) }
                    </div>
                    <div class="b maskb" data-block="maskb">
                        <h2 class="cap">
                            { "Mask " }<small>{ times(sizes.mask) }{ if lesson.setup().flip { ", laid on flipped" } else { "" } }</small>
                        </h2>
                        <div>{ grid(Array::Mask, true, false) }</div>
                        <p class="hint">{ "Type, or paste a block." }</p>
                    </div>
                    <div class="b placed" data-block="placed">
                        <h2 class="cap">{ "Mask, placed " }<small>{ placed_note }</small></h2>
                        <div class={classes!("four", format!("across-{}", sizes.result[1].min(2)))}>
                            for j in placed {
                                <div key={j}>{ grid(Array::Placed(j), false, true) }</div>
                            }
                        </div>
                    </div>
                    <div class="b ctitle" data-block="ctitle">
                        <h2 class="cap">{ roles.standing.name() }</h2><small>{ size_of(roles.standing) }</small>
                    </div>
                    <div class="b dcol" data-block="dcol">{ matrix(roles.beside) }</div>
                    <div class="b cmat" data-block="cmat">{ matrix(roles.standing) }</div>
                    <div class="b rlab" data-block="rlab">{ product_label(roles.below) }</div>
                    <div class="b rrow" data-block="rrow">{ matrix(roles.below) }</div>
                    if tells_way {
                        <div class="b cttitle" data-block="cttitle" key="way-title">
                            <h2 class="cap">{ lesson.way.title() }{ " " }<small>{ way_note(lesson.way) }</small></h2>
                        </div>
                        <div class="b way" data-block="way" key="way">
                            <WayView
                                lesson={lesson.clone()}
                                derived={derived.clone()}
                                scene={scene.clone()}
                                room={composition.block("way").map_or([466.0, 116.0], |way| way.cell)}
                                stamps={stamps(&painter, scene, sizes.outputs(), composition.detail)}
                                on_grid={on_grid.clone()}
                            />
                        </div>
                    } else {
                        <div class="b cttitle" data-block="cttitle" key="title">
                            <h2 class="cap">
                                { roles.lying.name() }{ " " }
                                <small>{ size_of(roles.lying) }
                                    if composition.detail == Detail::Cells {
                                        { lying_note(orientation, derived) }
                                    }</small>
                            </h2>
                        </div>
                        <div class="b ctmat" data-block="ctmat" key="lying">{ matrix(roles.lying) }</div>
                        <div class="b elab" data-block="elab" key="e">{ side_label(roles.right) }</div>
                        <div class="b ecol" data-block="ecol" key="ecol">{ matrix(roles.right) }</div>
                        <div class="b trow" data-block="trow" key="trow">{ matrix(roles.under) }</div>
                        <div class="b tlab" data-block="tlab" key="tlab">{ product_label(roles.under) }</div>
                    }
                    <div class="b tres" data-block="tres">
                        { grid(Array::Transposed, false, false) }
                        <div class="under">
                            <h2 class="cap">{ "Transposed result " }<small>{ times(sizes.grown) }</small></h2>
                            { segmented(&SegmentedProps { label: "Transposed result shows".into(), options: vec!["Sums".into(), "Overlap".into()], chosen: usize::from(lesson.overlap), on_choose: act.reform(|n| Action::ShowOverlap(n == 1)) }) }
                        </div>
                    </div>
                    <div class="b ein" data-block="ein">
                        { grid(Array::Input, true, false) }
                        <h2 class="cap">
                            { "Input E " }<small>{ if derived.own_input { "your own" } else { "" } }</small>
                        </h2>
                    </div>
                    <div class="b sum" data-block="sum">
                        { sum_view(&SumViewProps { hidden: lesson.hides(sum.spot), sum: sum.clone(), bounds, lit: lit_term, narrow: composition.detail == Detail::Map, mask: sizes.mask }) }
                    </div>
                    <div class="b res" data-block="res">
                        <h2 class="cap">{ "Convolution result" }</h2>
                        { grid(Array::Result, false, false) }
                    </div>
                </div>
            </div>
        </>
    }
}

/// Which array stands, which lies, and what stands beside them.
struct Roles {
    standing: Array,
    lying: Array,
    /// Left of the standing matrix.
    beside: Array,
    /// Below the standing matrix.
    below: Array,
    /// Right of the lying matrix.
    right: Array,
    /// Below the lying matrix.
    under: Array,
}

impl Roles {
    const fn of(orientation: Orientation) -> Self {
        match orientation {
            Orientation::Columns => Self {
                standing: Array::Matrix,
                lying: Array::Turned,
                beside: Array::Vector,
                below: Array::Product,
                right: Array::InputVector,
                under: Array::Sum,
            },
            Orientation::Rows => Self {
                standing: Array::Turned,
                lying: Array::Matrix,
                beside: Array::Sum,
                below: Array::InputVector,
                right: Array::Product,
                under: Array::Vector,
            },
        }
    }
}

/// What a row of numbers is, in signs.
fn product_label(array: Array) -> Html {
    match array {
        Array::Product => html! { <>{ "D" }<sup>{ "T" }</sup>{ "C" }</> },
        Array::Sum => html! { <>{ "E·C" }<sup>{ "T" }</sup></> },
        Array::Vector => html! { "D" },
        _ => html! { "E" },
    }
}

/// What a column of numbers right of a matrix is.
fn side_label(array: Array) -> Html {
    match array {
        Array::Product => html! { "= C·D" },
        _ => html! { "× E" },
    }
}

fn lying_note(orientation: Orientation, derived: &Derived) -> &'static str {
    match orientation {
        Orientation::Rows => ", a row an output",
        Orientation::Columns if derived.sizes().returns() => ", each column of C lies down as a row",
        Orientation::Columns => ", for the size that output_padding asks",
    }
}

fn way_note(way: Way) -> &'static str {
    match way {
        Way::Matrix => "",
        Way::Paint => "every number of E paints the mask, scaled",
        Way::Insertion => "zeros into E, then an ordinary convolution with the flipped mask",
        Way::Gradient => "∂L/∂D with L = ⟨convolution of D, E⟩",
    }
}

/// What is painted: everything where there is room, else the stamp that is meant.
fn stamps(
    painter: &Painter,
    scene: &Scene,
    outputs: usize,
    detail: Detail,
) -> Vec<(usize, Rc<[crate::ui::components::number_grid::Cell]>)> {
    let shown = match detail {
        Detail::Cells => 0..outputs,
        Detail::Map => {
            let now = scene.output.unwrap_or(outputs.saturating_sub(1));
            now..now + 1
        }
    };
    shown.map(|j| (j, painter.cells(Array::Stamp(j)))).collect()
}

/// Smaller cells of the patch have no room for the entries of the mask that lie on them.
const ROOM_FOR_CHIPS: f64 = 36.0;

/// The width of the field on a phone, where the composition is one column.
const COLUMN: f64 = 390.0;

/// Writes the places that follow from the sizes onto the blocks.
fn put_in_place(element: &HtmlElement, composition: &Composition) {
    for block in &composition.blocks {
        let selector = format!("[data-block={}]", block.name);
        let Some(target) = element.query_selector(&selector).ok().flatten() else { continue };
        let Ok(target) = target.dyn_into::<HtmlElement>() else { continue };
        let style = target.style();
        let [width, height] = block.cell;
        for (name, value) in [
            ("--l", block.left),
            ("--t", block.top),
            ("--cw", width),
            ("--ch", height),
            ("--cf", (width * 0.54).min(height * 0.64)),
            ("--ml", block.margin[0]),
            ("--mt", block.margin[1]),
        ] {
            let _ = style.set_property(name, &format!("{value:.3}"));
        }
    }
}

/// Stretches the units of the composition to the field that it lies in. Container units of CSS would do the same, but
/// make every edit of a cell several times as dear.
fn scale(composition: &HtmlElement, field: &HtmlElement) {
    let (width, height) = (f64::from(field.client_width()), f64::from(field.client_height()));
    let (x, y) = if theme::matches(WIDE) {
        ((width / FIELD[0]).clamp(0.8, 2.6), (height / FIELD[1]).clamp(0.78, 2.2))
    } else {
        ((width / COLUMN).clamp(0.72, 2.0), (width / COLUMN).clamp(0.8, 1.5))
    };
    let style = composition.style();
    for (name, unit) in [("--x", x), ("--y", y)] {
        let _ = style.set_property(name, &format!("{unit:.4}px"));
    }
}

/// The output that the stage is about: the lit one, or the one of the step.
fn shown_output(lesson: &MatrixLesson, scene: &Scene) -> Option<usize> {
    match lesson.lit() {
        Some(Spot::Result(j) | Spot::Product(j) | Spot::Input(j) | Spot::InputVector(j)) => Some(j),
        Some(Spot::Placed(j, _) | Spot::Entry(_, j) | Spot::Turned(j, _) | Spot::Stamp(j, _) | Spot::Change(j)) => {
            Some(j)
        }
        Some(Spot::Mask(_) | Spot::Flipped(_) | Spot::Sum(_) | Spot::Transposed(_) | Spot::Nudged(_)) => None,
        Some(Spot::Patch(_) | Spot::Vector(_) | Spot::Inserted(_)) | None => scene.output,
    }
}

/// The chapter whose parts alone are outlined: the step's, or the transposed reading's when the reader points there;
/// none when they point at the convolution, which shows everything.
fn told_chapter(lesson: &MatrixLesson) -> Option<Chapter> {
    match lesson.lit() {
        None => Some(lesson.timeline().shown(lesson.position).chapter),
        Some(
            Spot::Input(_)
            | Spot::InputVector(_)
            | Spot::Turned(..)
            | Spot::Sum(_)
            | Spot::Transposed(_)
            | Spot::Stamp(..)
            | Spot::Inserted(_)
            | Spot::Flipped(_)
            | Spot::Nudged(_)
            | Spot::Change(_),
        ) => Some(Chapter::Spread),
        Some(_) => None,
    }
}

/// The sum that is written out: of the lit cell, or of the step's output.
fn shown_sum(lesson: &MatrixLesson, derived: &Derived, scene: &Scene, output: Option<usize>) -> Sum {
    match (lesson.lit(), scene.target) {
        (Some(Spot::Sum(g) | Spot::Transposed(g) | Spot::Turned(_, g) | Spot::Stamp(_, g) | Spot::Nudged(g)), _)
        | (None, Some(g)) => Sum::of_cell(g, derived),
        _ => Sum::of_output(output.unwrap_or(0), derived),
    }
}

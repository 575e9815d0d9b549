//! The stage: every array of the lesson in its place, in one picture.

use super::{
    cells::{Painter, bound},
    overlay::{Measured, Overlay, WIDE, measure},
    sum::SumView,
};
use crate::{
    lesson::matrix::{
        Action, MatrixLesson,
        derived::Derived,
        narration::{Sum, spot_name},
        preset::Preset,
        scene::Scene,
        spot::{Array, Spot},
        timeline::Chapter,
    },
    ui::components::{
        number_grid::{GridEvent, NumberGrid},
        segmented::Segmented,
    },
    web::{events::Listener, events::window, resize::SizeObserver, theme},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement};
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
    let output = shown_output(lesson, scene);
    let sum = shown_sum(lesson, derived, output);
    // The mask lies on the patch as long as the story is about the convolution.
    let turned = matches!(told_chapter(lesson), Some(Chapter::Transpose | Chapter::Spread));
    let painter = Painter::new(lesson, derived, scene, output.filter(|_| !turned));
    let node = use_node_ref();
    let field = use_node_ref();
    let measured = use_state_eq(Measured::default);
    {
        // The cells are measured when the browser has laid them out: when the field changes, when the columns of C move
        // together, when the sum takes more room, and when fonts arrive. Asking at any other time would make the
        // browser lay out the page at once.
        let (node, field, measured) = (node.clone(), field.clone(), measured.clone());
        use_effect_with((), move |()| {
            let composition = node.cast::<HtmlElement>();
            let again = {
                let composition = composition.clone();
                move || {
                    if let Some(composition) = &composition {
                        measured.set(measure(composition));
                    }
                }
            };
            let on_field = field.cast::<HtmlElement>().map(|element| {
                let (watched, again, composition) = (element.clone(), again.clone(), composition.clone());
                SizeObserver::new(&element, move || {
                    if let Some(composition) = &composition {
                        scale(composition, &watched);
                    }
                    again();
                })
            });
            let parts: Vec<SizeObserver> = [".cmat", ".terms"]
                .into_iter()
                .filter_map(|part| composition.as_ref()?.query_selector(part).ok().flatten())
                .map(|part| SizeObserver::new(&part, again.clone()))
                .collect();
            let fonts = window().document().and_then(|document| js_sys::Reflect::get(&document, &"fonts".into()).ok());
            let on_fonts = fonts
                .and_then(|fonts| fonts.dyn_into::<web_sys::EventTarget>().ok())
                .map(|fonts| Listener::new(&fonts, "loadingdone", move |_| again()));
            move || drop((on_field, parts, on_fonts))
        });
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

    let grid = |array: Array, columns: usize, editable: bool, decorative: bool| {
        let on_event = on_grid.reform(move |event| (array, event));
        let refusal = lesson.refusal.as_ref().filter(|refusal| refusal.array == array);
        html! {
            <>
                <NumberGrid
                    label={array.name()}
                    slug={array.slug()}
                    {columns}
                    cells={painter.cells(array)}
                    {editable}
                    {decorative}
                    refused={refusal.map(|refusal| refusal.place)}
                    {on_event}
                />
                if let Some(refusal) = refusal {
                    <p class="refusal" role="alert">{ &refusal.reason }</p>
                }
            </>
        }
    };
    let (inputs, outputs) = (derived.inputs(), derived.outputs());
    let (rows, columns) = lesson.patch.dim();
    let (mask_rows, mask_columns) = lesson.mask.dim();
    let result_columns = derived.result.ncols();
    let bounds = match sum.spot {
        Spot::Transposed(_) => (bound(lesson.mask.iter()), bound(derived.input.iter())),
        _ => (bound(lesson.mask.iter()), bound(lesson.patch.iter())),
    };
    let lit_term = match lesson.lit() {
        Some(Spot::Placed(j, i) | Spot::Entry(i, j) | Spot::Turned(j, i)) => Some((i, j)),
        Some(Spot::Patch(i) | Spot::Vector(i)) => output.map(|j| (i, j)),
        _ => None,
    };

    html! {
        <>
            <StageHead lesson={lesson.clone()} derived={derived.clone()} act={act.clone()} />
            <div class="canvas" ref={field} data-chapter={lesson.timeline().shown(lesson.position).chapter.title()}>
                <div class="composition" ref={node}>
                    <Overlay
                        measured={(*measured).clone()}
                        scene={scene.clone()}
                        size={(inputs, outputs)}
                        {output}
                        chapter={told_chapter(lesson)}
                        pinned={lesson.pinned.is_some()}
                        window={output.map(|j| window_of(derived, j)).unwrap_or_default()}
                        mask_bound={bound(lesson.mask.iter())}
                        data_bound={bound(lesson.patch.iter())}
                        sum_bound={bound(derived.transposed.iter())}
                        windows={(0..outputs).map(|j| window_of(derived, j)).collect::<Vec<_>>()}
                    />
                    <div class="b patch">
                        <h2 class="cap">{ "Patch D " }<small>{ format!("{rows} × {columns}") }</small></h2>
                        { grid(Array::Patch, columns, true, false) }
                    </div>
                    <div class="b maskb">
                        <h2 class="cap">{ "Mask " }<small>{ format!("{mask_rows} × {mask_columns}") }</small></h2>
                        <div>{ grid(Array::Mask, mask_columns, true, false) }</div>
                        <p class="hint">{ "Select a cell and type." }</p>
                    </div>
                    <div class="b placed">
                        <h2 class="cap">{ "Mask, placed " }<small>{ "four times" }</small></h2>
                        <div class="four">
                            for j in 0..outputs {
                                <div key={j}>{ grid(Array::Placed(j), columns, false, true) }</div>
                            }
                        </div>
                    </div>
                    <div class="b ctitle">
                        <h2 class="cap">{ "Matrix C" }</h2><small>{ format!("{inputs} × {outputs}") }</small>
                    </div>
                    <div class="b dcol">{ grid(Array::Vector, 1, false, false) }</div>
                    <div class="b cmat">{ grid(Array::Matrix, outputs, false, false) }</div>
                    <div class="b rlab">{ "D" }<sup>{ "T" }</sup>{ "C" }</div>
                    <div class="b rrow">{ grid(Array::Product, outputs, false, false) }</div>
                    <div class="b cttitle">
                        <h2 class="cap">
                            { "Matrix C transposed " }
                            <small>{ format!("{outputs} × {inputs}, each column of C lies down as a row") }</small>
                        </h2>
                    </div>
                    <div class="b ctmat">{ grid(Array::Turned, inputs, false, false) }</div>
                    <div class="b elab">{ "× E" }</div>
                    <div class="b ecol">{ grid(Array::InputVector, 1, false, false) }</div>
                    <div class="b trow">{ grid(Array::Sum, inputs, false, false) }</div>
                    <div class="b tlab">{ "E·C" }<sup>{ "T" }</sup></div>
                    <div class="b tres">
                        { grid(Array::Transposed, columns, false, false) }
                        <h2 class="cap">{ "Transposed result " }<small>{ format!("{rows} × {columns}") }</small></h2>
                    </div>
                    <div class="b ein">
                        { grid(Array::Input, result_columns, true, false) }
                        <h2 class="cap">
                            { "Input E " }
                            <small>{ if lesson.input.is_some() { "your own" } else { "" } }</small>
                        </h2>
                    </div>
                    <div class="b sum"><SumView sum={sum.clone()} {bounds} lit={lit_term} /></div>
                    <div class="b res">
                        <h2 class="cap">{ "Convolution result" }</h2>
                        { grid(Array::Result, result_columns, false, false) }
                    </div>
                </div>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StageHeadProps {
    lesson: MatrixLesson,
    derived: Rc<Derived>,
    act: Callback<Action>,
}

/// Presets, numbers or letters, and what is pinned.
#[component]
fn StageHead(props: &StageHeadProps) -> Html {
    let preset = props.lesson.preset();
    let on_preset = props.act.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        Preset::ALL.into_iter().find(|preset| preset.title() == chosen).map_or(Action::LetGo, Action::Load)
    });
    html! {
        <div class="stage-head">
            <select class="btn" aria-label="Preset" onchange={on_preset}>
                if preset.is_none() {
                    <option key="own" selected={true}>{ "Your own numbers" }</option>
                }
                for each in Preset::ALL {
                    <option key={each.title()} value={each.title()} selected={preset == Some(each)}>
                        { each.title() }
                    </option>
                }
            </select>
            <Segmented
                label="Show C as"
                options={vec!["Numbers".into(), "Letters".into()]}
                chosen={usize::from(props.lesson.letters)}
                on_choose={props.act.reform(|n| Action::ShowLetters(n == 1))}
            />
            if let Some(spot) = props.lesson.pinned {
                <button type="button" class="pinned" onclick={props.act.reform(|_| Action::LetGo)}>
                    <i></i>
                    <span>{ format!("Pinned: {}", spot_name(spot, &props.derived)) }</span>
                    <kbd>{ "Esc" }</kbd>
                </button>
            }
        </div>
    }
}

/// The field that the composition is drawn on, in its own units: beside the prose, and as one column on a phone.
const FIELD: [f64; 2] = [944.0, 612.0];
const COLUMN: f64 = 390.0;

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
        Some(Spot::Placed(j, _) | Spot::Entry(_, j) | Spot::Turned(j, _)) => Some(j),
        Some(Spot::Mask(_) | Spot::Sum(_) | Spot::Transposed(_)) => None,
        Some(Spot::Patch(_) | Spot::Vector(_)) | None => scene.output,
    }
}

/// The chapter whose parts alone are outlined: the step's, or the transposed reading's when the reader points there;
/// none when they point at the convolution, which shows everything.
fn told_chapter(lesson: &MatrixLesson) -> Option<Chapter> {
    match lesson.lit() {
        None => Some(lesson.timeline().shown(lesson.position).chapter),
        Some(Spot::Input(_) | Spot::InputVector(_) | Spot::Turned(..) | Spot::Sum(_) | Spot::Transposed(_)) => {
            Some(Chapter::Spread)
        }
        Some(_) => None,
    }
}

/// The sum that is written out: of the lit cell, or of the step's output.
fn shown_sum(lesson: &MatrixLesson, derived: &Derived, output: Option<usize>) -> Sum {
    match lesson.lit() {
        Some(Spot::Sum(i) | Spot::Transposed(i) | Spot::Turned(_, i)) => Sum::of_input(i, derived),
        _ => Sum::of_output(output.unwrap_or(0), derived),
    }
}

/// The cells of the patch that the mask covers for an output.
fn window_of(derived: &Derived, j: usize) -> Vec<usize> {
    (0..derived.inputs()).filter(|i| derived.taps[[*i, j]].is_some()).collect()
}

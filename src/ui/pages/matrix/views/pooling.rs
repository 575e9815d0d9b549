//! Pooling on the same patch: average and maximum side by side, each with its matrix and its way back.

use super::{
    ViewStageProps,
    figure::{Figure, data_cells, figure, matrix_cells, times},
};
use crate::{
    lesson::matrix::{
        Action, MatrixLesson,
        narration::place,
        pooling::{Pooled, PoolingLesson, PoolingSetup},
        setup::size,
        spot::Array,
    },
    ui::{
        components::{number_grid::GridEvent, stepper::Stepper},
        pages::matrix::{cells::bound, prose::say},
    },
};
use std::rc::Rc;
use yew::prelude::*;

/// What the reader points at.
#[derive(Clone, Copy, PartialEq)]
enum Pointed {
    /// An output, and with it its window and its column.
    Output(usize),
    /// A cell of the patch, and with it its row and every output that sees it.
    Cell(usize),
}

/// The stage.
#[component]
pub fn PoolingStage(props: &ViewStageProps) -> Html {
    let ViewStageProps { lesson, act, on_grid, .. } = props;
    let patch = &lesson.setup().patch;
    // A smaller patch may leave less room than the window asked for.
    let setup = lesson.work.pooling.clamped(size(patch));
    let pooled =
        use_memo((lesson.setup().clone(), setup), |(setup, pooling)| PoolingLesson::new(&setup.patch, *pooling));
    let pointed = use_state_eq(|| Some(Pointed::Output(0)));
    let pooled = match &*pooled {
        Ok(pooled) => pooled,
        Err(reason) => return html! { <p class="refusal" role="alert">{ reason }</p> },
    };
    let outputs = pooled.sees.len();
    let now = pointed.filter(|pointed| match pointed {
        Pointed::Output(j) => *j < outputs,
        Pointed::Cell(i) => *i < patch.len(),
    });
    let point: Rc<dyn Fn(Pointed)> = {
        let pointed = pointed.clone();
        Rc::new(move |at| pointed.set(Some(at)))
    };
    // The last place stays lit, so that there is always a window to look at.
    let on_event = |at: fn(usize, usize) -> Pointed, columns: usize| {
        let point = point.clone();
        Callback::from(move |event: GridEvent| {
            if let GridEvent::Point(Some(place)) | GridEvent::Pin(place) = event {
                point(at(place, columns));
            }
        })
    };
    let output_lit = |j: usize| match now {
        Some(Pointed::Output(own)) => own == j,
        Some(Pointed::Cell(i)) => pooled.sees[j].contains(&i),
        None => false,
    };
    let cell_lit = |i: usize| match now {
        Some(Pointed::Output(j)) => pooled.sees[j].contains(&i),
        Some(Pointed::Cell(own)) => own == i,
        None => false,
    };
    let entry_lit = |place: usize| match now {
        Some(Pointed::Output(j)) => place % outputs == j,
        Some(Pointed::Cell(i)) => place / outputs == i,
        None => false,
    };
    let back_bound = bound(pooled.average.back.iter().chain(&pooled.unpooled));
    let result_bound = bound(pooled.maximum.result.iter().chain(&pooled.average.result));
    let by_output: fn(usize, usize) -> Pointed = |place, _| Pointed::Output(place);
    let by_cell: fn(usize, usize) -> Pointed = |place, _| Pointed::Cell(place);
    let by_column: fn(usize, usize) -> Pointed = |place, columns| Pointed::Output(place % columns);
    let half = |one: &Pooled, kind: usize| {
        let [title, result, matrix, back, slug] = NAMES[kind];
        let shown = if kind == 0 { &one.back } else { &pooled.unpooled };
        let drawn = |label: &'static str, slug: String, cells, size, note: String, on_event| {
            figure(lesson, Figure { label, note, slug: &slug, size, cells, editable: None, on_event })
        };
        html! {
            <section class="pooled" aria-label={title}>
                <h2 class="formula-head">{ title }</h2>
                <div class="pooled-numbers">
                {
                    drawn(
                        result,
                        format!("{slug}-result"),
                        data_cells(&one.result, result_bound, &output_lit),
                        size(&one.result),
                        times(size(&one.result)),
                        on_event(by_output, 1),
                    )
                }
                {
                    drawn(
                        back,
                        format!("{slug}-back"),
                        data_cells(shown, back_bound, &cell_lit),
                        size(shown),
                        if kind == 0 { "by the transpose".to_owned() } else { "by switches".to_owned() },
                        on_event(by_cell, 1),
                    )
                }
                if kind == 1 && pooled.wins_twice().is_some() {
                    {
                        drawn(
                            "Maximum, transposed",
                            "max-transposed".to_owned(),
                            data_cells(&one.back, bound(one.back.iter()), &cell_lit),
                            size(&one.back),
                            "adds what meets".to_owned(),
                            on_event(by_cell, 1),
                        )
                    }
                }
                </div>
                <div class="pooled-matrix">
                    {
                        drawn(
                            matrix,
                            format!("{slug}-matrix"),
                            matrix_cells(&one.matrix, bound([1.0].iter()), &entry_lit),
                            size(&one.matrix),
                            times(size(&one.matrix)),
                            on_event(by_column, outputs),
                        )
                    }
                </div>
            </section>
        }
    };
    let windows = PoolingSetup::legal_windows(size(patch));
    let strides = setup.legal_strides(size(patch));
    let on_patch = {
        let point = point.clone();
        on_grid.reform(move |event: GridEvent| {
            if let GridEvent::Point(Some(place)) = event {
                point(Pointed::Cell(place));
            }
            (Array::Patch, event)
        })
    };
    html! {
        <div class={classes!("pooling-view", match now { Some(Pointed::Cell(_)) => "by-row", _ => "by-column" })}>
            <section class="column given" aria-label="What is pooled">
                <h2 class="formula-head">{ "Patch and window" }</h2>
                {
                    figure(lesson, Figure {
                        label: "Patch D",
                        note: times(size(patch)),
                        slug: "patch",
                        size: size(patch),
                        cells: data_cells(patch, bound(patch.iter()), &cell_lit),
                        editable: Some(Array::Patch),
                        on_event: on_patch,
                    })
                }
                <div class="steppers">
                    <Stepper
                        label="window"
                        value={setup.window}
                        min={*windows.start()}
                        max={*windows.end()}
                        on_change={act.reform(move |window| Action::Pool(PoolingSetup { window, ..setup }))}
                    />
                    <Stepper
                        label="stride"
                        value={setup.stride}
                        min={*strides.start()}
                        max={*strides.end()}
                        on_change={act.reform(move |stride| Action::Pool(PoolingSetup { stride, ..setup }))}
                    />
                    <p class="note">
                        {
                            format!(
                                "window {}–{}, stride {}–{} on this patch",
                                windows.start(),
                                windows.end(),
                                strides.start(),
                                strides.end(),
                            )
                        }
                    </p>
                </div>
                <p class="about" role="status">{ told(pooled, now, size(patch)) }</p>
            </section>
            { half(&pooled.average, 0) }
            { half(&pooled.maximum, 1) }
            <p class="finding">{ pooled.sentence() }</p>
        </div>
    }
}

/// Title, result, matrix, way back and slug of each half.
const NAMES: [[&str; 5]; 2] = [
    ["Average", "Average result", "Average matrix", "Spread back evenly", "average"],
    ["Maximum", "Maximum result", "Maximum matrix", "Max-unpooled", "max"],
];

/// What the lit place is.
fn told(pooled: &PoolingLesson, pointed: Option<Pointed>, patch: [usize; 2]) -> String {
    match pointed {
        Some(Pointed::Output(j)) => format!(
            "Output {} sees {} cells; the largest is at {}.",
            j + 1,
            pooled.sees[j].len(),
            place(pooled.switches[j], patch[1])
        ),
        Some(Pointed::Cell(i)) => {
            let seen = pooled.sees.iter().filter(|window| window.contains(&i)).count();
            let won = pooled.switches.iter().filter(|winner| **winner == i).count();
            format!(
                "The cell at {} lies in {seen} of {} windows and wins {won}.",
                place(i, patch[1]),
                pooled.sees.len()
            )
        }
        None => String::new(),
    }
}

/// The text.
pub fn prose(lesson: &MatrixLesson, act: &Callback<Action>) -> Html {
    let now = lesson.work.pooling;
    let set = |window: usize, stride: usize, words: &str| {
        let setup = PoolingSetup { window, stride };
        say(act, now == setup, Action::Pool(setup), words)
    };
    html! {
        <>
            <h1>{ "Pooling is a matrix, too" }</h1>
            <p>
                { "A window slides over the patch and says one number for all that it sees. The average is a \
                   convolution whose mask holds equal shares: its matrix is the same for every patch." }
            </p>
            <p>
                { "The maximum also has a matrix, a single 1 in each column, but you have to look at the patch \
                   before you can write it down. Change a number of D so that another one wins: a 1 jumps, and the \
                   average’s matrix stands still." }
            </p>
            <p>
                { "Windows may lie " }{ set(2, 2, "side by side") }{ ", " }{ set(2, 1, "overlap") }
                { ", or be " }{ set(3, 1, "three wide") }
                { ". Where they overlap a cell stands in several columns, and may win several windows." }
            </p>
            <h2>{ "The way back" }</h2>
            <p>
                { "Transposed, the average hands every number back in the shares in which it came. The maximum puts \
                   it where the winner stood and leaves the rest at nothing; networks remember these places as \
                   switches. Neither knows the numbers that were passed over." }
            </p>
            <p>{ say(act, false, Action::Show(crate::lesson::matrix::View::Story), "Back to the convolution") }</p>
        </>
    }
}

//! Channels and groups: C as a matrix of blocks, a block for each pair of channels that see each other.

use super::{
    ViewStageProps,
    figure::{Figure, data_cells, figure, times},
};
use crate::{
    lesson::{
        matrix::{
            Action, MatrixLesson, View, Wish,
            channels::{ChannelLesson, ChannelMask, ChannelPlan, INPUTS_LIMIT, OUTPUTS_LIMIT},
            derived::Derived,
            narration::{hue, letter},
            setup::size,
            spot::Array,
        },
        notation::scientific,
        numbers::cell_text,
    },
    ui::{
        components::{
            drawing::use_drawing,
            focus::{cell_by_key, focus_on},
            number_grid::{Cell, NumberGrid},
            segmented::{SegmentedProps, segmented},
        },
        pages::matrix::{
            cells::{Mark, bound, step},
            map::draw_map,
            prose::say,
        },
    },
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Room for the block matrix, in pixels: across and down.
const ROOM: [f64; 2] = [372.0, 430.0];
/// The largest cell of a block.
const LARGEST_CELL: [f64; 2] = [26.0, 15.0];

/// The stage.
#[component]
pub fn ChannelsStage(props: &ViewStageProps) -> Html {
    let ViewStageProps { lesson, derived, act, on_grid } = props;
    let plan = lesson.work.channels;
    let channels = use_memo((lesson.setup().clone(), plan), |(setup, plan)| ChannelLesson::new(setup, derived, *plan));
    let pointed = use_state_eq(|| Some((0_usize, 0_usize)));
    let node = use_node_ref();
    let sizes = derived.sizes();
    {
        // Blocks, patches and results share their edges, so their sizes follow from the numbers of cells.
        let node = node.clone();
        use_effect_with((sizes, plan), move |(sizes, plan)| {
            if let Some(element) = node.cast::<HtmlElement>() {
                let cell = [
                    (ROOM[0] / (plan.outputs * sizes.outputs()) as f64).min(LARGEST_CELL[0]),
                    (ROOM[1] / (plan.inputs * sizes.inputs()) as f64).min(LARGEST_CELL[1]),
                ];
                let block = [(cell[0] * sizes.outputs() as f64).max(44.0), (cell[1] * sizes.inputs() as f64).max(60.0)];
                let result = (block[0] / sizes.result[1] as f64).min(34.0);
                for (name, value) in [("--block-width", block[0]), ("--block-height", block[1]), ("--result", result)] {
                    let _ = element.style().set_property(name, &format!("{value:.2}px"));
                }
            }
        });
    }
    let marks = use_memo((lesson.setup().clone(), plan), |_| match &*channels {
        Ok(channels) => block_marks(channels, derived),
        Err(_) => Vec::new(),
    });
    let channels = match &*channels {
        Ok(channels) => channels,
        Err(reason) => return html! { <p class="refusal" role="alert">{ reason }</p> },
    };
    let now = pointed.filter(|(output, input)| *output < plan.outputs && *input < plan.inputs);
    let meets = |output: Option<usize>, input: Option<usize>| {
        now.is_some_and(|(o, i)| output.is_none_or(|output| output == o) && input.is_none_or(|input| input == i))
    };
    let point: Callback<(usize, usize)> = {
        let pointed = pointed.clone();
        Callback::from(move |at| pointed.set(Some(at)))
    };
    let refusal = lesson.refusal.as_ref().filter(|refusal| refusal.wish == Wish::Channels);
    let choose = |label: &'static str, count: usize, chosen: usize, set: fn(ChannelPlan, usize) -> ChannelPlan| {
        html! {
            <span class="field">
                <span aria-hidden="true">{ label }</span>
                { segmented(&SegmentedProps { label: label.into(), options: (1..=count).map(|n| AttrValue::from(n.to_string())).collect::<Vec<_>>(), chosen: chosen - 1, on_choose: act.reform(move |n: usize| Action::Plan(set(plan, n + 1))) }) }
            </span>
        }
    };
    let data_bound = bound(lesson.setup().patch.iter());
    let result_bound = bound(channels.results.iter().flatten());
    let mask_bound = bound(channels.masks.iter().flatten().flatten().flat_map(|mask| &mask.laid));
    let mask_items: Vec<Item> = (0..plan.outputs * plan.inputs)
        .map(|n| {
            let (output, input) = (n / plan.inputs, n % plan.inputs);
            let mask = channels.masks[output][input].as_ref();
            Item {
                name: format!("from input {} to output {}: {}", input + 1, output + 1, spoken(mask)).into(),
                class: if mask.is_some() { "" } else { "hatched" },
                lit: meets(Some(output), Some(input)),
                content: match mask {
                    Some(mask) => html! {
                        <>
                            <NumberGrid
                                label=""
                                slug={format!("mask-{output}-{input}")}
                                columns={mask.laid.ncols()}
                                cells={mask_cells(mask, mask_bound, lesson)}
                                decorative={true}
                                on_event={Callback::noop()}
                            />
                            <small aria-hidden="true">{ mask.name() }</small>
                        </>
                    },
                    None => html! { <small aria-hidden="true">{ "no mask" }</small> },
                },
            }
        })
        .collect();
    let block_items: Vec<Item> = (0..plan.inputs * plan.outputs)
        .map(|n| {
            let (input, output) = (n / plan.outputs, n % plan.outputs);
            let mask = channels.masks[output][input].as_ref();
            let what = if mask.is_some() { "the C of the mask " } else { "" };
            Item {
                name: format!("from input {} to output {}: {what}{}", input + 1, output + 1, spoken(mask)).into(),
                class: if mask.is_some() { "" } else { "hatched" },
                lit: meets(Some(output), Some(input)),
                content: match marks.get(n) {
                    Some(Some(marks)) => html! {
                        <BlockPicture size={[sizes.inputs(), sizes.outputs()]} marks={marks.clone()} />
                    },
                    _ => Html::default(),
                },
            }
        })
        .collect();
    let (inputs, outputs) = (plan.inputs, plan.outputs);
    let unfolded = times(size(&channels.matrix));
    html! {
        <div class="channels-view" ref={node}>
            <div class="plan" role="group" aria-label="Channels">
                { choose("inputs", INPUTS_LIMIT, plan.inputs, |plan, inputs| ChannelPlan { inputs, ..plan }) }
                { choose("outputs", OUTPUTS_LIMIT, plan.outputs, |plan, outputs| ChannelPlan { outputs, ..plan }) }
                { choose("groups", INPUTS_LIMIT, plan.groups, |plan, groups| ChannelPlan { groups, ..plan }) }
            </div>
            if let Some(refusal) = refusal {
                <p class="refusal" role="alert">{ &refusal.reason }</p>
            }
            <div class="blocks-board">
                <section class="inputs" aria-label="Inputs">
                    for (input, (variant, patch)) in channels.patches.iter().enumerate() {
                        <div key={input} class={classes!("channel", meets(None, Some(input)).then_some("lit"))}>
                            {
                                figure(lesson, Figure {
                                    label: &if input == 0 { "Patch D".to_owned() } else { format!("Input {}", input + 1) },
                                    note: variant.name().to_owned(),
                                    slug: &format!("channel-{input}"),
                                    size: size(patch),
                                    cells: data_cells(patch, data_bound, &|_| false),
                                    editable: (input == 0).then_some(Array::Patch),
                                    on_event: if input == 0 {
                                        on_grid.reform(|event| (Array::Patch, event))
                                    } else {
                                        Callback::noop()
                                    },
                                })
                            }
                        </div>
                    }
                </section>
                <section class="blocks" aria-label="Block matrix">
                    <h2 class="cap">{ "Block matrix C " }<small>{ unfolded }</small></h2>
                    <Board
                        label="Block matrix C"
                        slug="blocks"
                        columns={outputs}
                        items={block_items}
                        on_point={point.reform(move |n: usize| (n % outputs, n / outputs))}
                    />
                    <div class="results">
                        for (output, result) in channels.results.iter().enumerate() {
                            <div key={output} class={classes!("channel", meets(Some(output), None).then_some("lit"))}>
                                {
                                    figure(lesson, Figure {
                                        label: &format!("Output {}", output + 1),
                                        note: String::new(),
                                        slug: &format!("output-{output}"),
                                        size: size(result),
                                        cells: data_cells(result, result_bound, &|_| false),
                                        editable: None,
                                        on_event: Callback::noop(),
                                    })
                                }
                            </div>
                        }
                    </div>
                </section>
                <section class="masks" aria-label="Masks">
                    <h2 class="cap">{ "Masks " }<small>{ format!("{outputs} outputs × {inputs} inputs") }</small></h2>
                    <Board
                        label="Masks"
                        slug="masks"
                        columns={inputs}
                        items={mask_items}
                        on_point={point.reform(move |n: usize| (n / inputs, n % inputs))}
                    />
                </section>
            </div>
            <p class="finding">
                { channels.sentence() }
                <small data-check="blocks">
                    if channels.largest < 1e-3 {
                        { " ✓ The product of the channels, one below the other, with the block matrix is what the \
                           kernel with groups gives." }
                    } else {
                        {
                            format!(
                                " Product and kernel differ by {} at the most, the rounding of single precision.",
                                scientific(channels.largest),
                            )
                        }
                    }
                </small>
            </p>
        </div>
    }
}

/// A mask in words.
fn spoken(mask: Option<&ChannelMask>) -> String {
    let Some(mask) = mask else { return "zero, these channels are in different groups".to_owned() };
    let rows: Vec<String> = mask
        .laid
        .rows()
        .into_iter()
        .map(|row| row.iter().map(|v| cell_text(*v)).collect::<Vec<_>>().join(" "))
        .collect();
    format!("{}, {}", mask.name(), rows.join("; "))
}

fn mask_cells(mask: &ChannelMask, bound: f32, lesson: &MatrixLesson) -> Rc<[Cell]> {
    let last = mask.laid.len() - 1;
    mask.laid
        .iter()
        .enumerate()
        .map(|(n, value)| {
            // A flipped mask lies with its last entry first; letters name the entries as written.
            let tap = if lesson.setup().flip { last - n } else { n };
            // Small cells keep the hue of their letter as a bar.
            let roomy = mask.laid.ncols() <= 3;
            let bar = if roomy { "" } else { " tag" };
            Cell {
                text: cell_text(*value).into(),
                class: format!("mask-{} {}{bar}", step(*value, bound), hue(tap, size(&mask.laid))).into(),
                letter: roomy.then(|| letter(tap).into()),
                ..Cell::default()
            }
        })
        .collect()
}

/// What each block shows, inputs × outputs row by row; nothing for a block between groups.
fn block_marks(channels: &ChannelLesson, derived: &Derived) -> Vec<Option<Rc<Vec<Mark>>>> {
    let bound = bound(channels.matrix.iter());
    let mask = derived.sizes().mask;
    let ChannelPlan { inputs, outputs, .. } = channels.plan;
    let block = |n: usize| {
        let (input, output) = (n / outputs, n % outputs);
        let values = channels.block(output, input).filter(|_| channels.masks[output][input].is_some())?;
        let marks = values.indexed_iter().filter_map(|((row, column), value)| {
            let tap = derived.taps(row, column).first()?;
            Some(Mark {
                row,
                column,
                colour: format!("mask-{}", step(*value, bound)).into(),
                hue: Some(hue(tap, mask).into()),
                text: cell_text(*value).into(),
                quiet: false,
                lit: false,
            })
        });
        Some(Rc::new(marks.collect()))
    };
    (0..inputs * outputs).map(block).collect()
}

#[derive(Properties, PartialEq)]
struct BlockPictureProps {
    size: [usize; 2],
    marks: Rc<Vec<Mark>>,
}

/// A block as a picture; its words are those of the board's cell.
#[component]
fn BlockPicture(props: &BlockPictureProps) -> Html {
    // A block that is not drawn is named all the same.
    let node = use_drawing((props.marks.clone(), props.size), draw_map);
    html! { <canvas ref={node} aria-hidden="true"></canvas> }
}

/// A place of a board.
#[derive(Clone, PartialEq)]
struct Item {
    name: AttrValue,
    class: &'static str,
    lit: bool,
    content: Html,
}

#[derive(Properties, PartialEq)]
struct BoardProps {
    label: AttrValue,
    slug: AttrValue,
    columns: usize,
    items: Vec<Item>,
    on_point: Callback<usize>,
}

/// A grid whose cells are arrays: one tab stop, arrow keys inside.
#[component]
fn Board(props: &BoardProps) -> Html {
    let node = use_node_ref();
    let current = use_state_eq(|| 0_usize);
    let (count, columns) = (props.items.len(), props.columns.max(1));
    let stop = (*current).min(count.saturating_sub(1));
    let place_of = |event: &Event| -> Option<usize> {
        let target: Element = event.target()?.dyn_into().ok()?;
        target.closest("[data-n]").ok()??.get_attribute("data-n")?.parse().ok()
    };
    let point = {
        let (current, on_point) = (current.clone(), props.on_point.clone());
        move |event: &Event, moves: bool| {
            if let Some(place) = place_of(event) {
                if moves {
                    current.set(place);
                }
                on_point.emit(place);
            }
        }
    };
    let onmouseover = {
        let point = point.clone();
        Callback::from(move |event: MouseEvent| point(&event, false))
    };
    let onclick = {
        let point = point.clone();
        Callback::from(move |event: MouseEvent| point(&event, true))
    };
    let onfocusin = Callback::from(move |event: FocusEvent| point(&event, true));
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(target) = cell_by_key(&event.key(), stop, columns, count) else { return };
            event.prevent_default();
            event.stop_propagation();
            focus_on(&node, &format!("[data-n=\"{target}\"]"));
        })
    };
    html! {
        <div
            ref={node}
            class={classes!("board", format!("columns-{columns}"))}
            role="grid"
            aria-label={&props.label}
            aria-readonly="true"
            data-board={&props.slug}
            {onmouseover} {onclick} {onfocusin} {onkeydown}
        >
            for (row, items) in props.items.chunks(columns).enumerate() {
                <div key={row} role="row">
                    for (column, item) in items.iter().enumerate() {
                        <div
                            key={column}
                            role="gridcell"
                            class={classes!("place", item.class, item.lit.then_some("lit"))}
                            aria-label={&item.name}
                            tabindex={if row * columns + column == stop { "0" } else { "-1" }}
                            data-n={(row * columns + column).to_string()}
                        >
                            { item.content.clone() }
                        </div>
                    }
                </div>
            }
        </div>
    }
}

/// The text.
pub fn prose(lesson: &MatrixLesson, act: &Callback<Action>) -> Html {
    let now = lesson.work.channels;
    let plan = |inputs: usize, outputs: usize, groups: usize, words: &str| {
        let plan = ChannelPlan { inputs, outputs, groups };
        say(act, now == plan, Action::Plan(plan), words)
    };
    html! {
        <>
            <h1>{ "Channels make C a matrix of blocks" }</h1>
            <p>
                { "Pictures have several channels, and layers of networks many. Every output channel has a mask of its \
                   own for every input channel, and adds what they give." }
            </p>
            <p>
                { "Write the inputs one below the other as one long vector, and the outputs likewise. Then " }
                { plan(2, 3, 1, "two channels in and three out") }
                { " make C a wall of two times three blocks, and each block is the C of one mask. Point at a block to \
                   see its mask, where it reads and where it writes." }
            </p>
            <p>
                { "Here the masks are your own, mirrored and turned, so that you can tell them apart." }
            </p>
            <h2>{ "Groups" }</h2>
            <p>
                { "With " }{ plan(2, 4, 2, "two groups") }
                { " half of the outputs see half of the inputs, and the blocks between the halves are zero. " }
                { plan(3, 3, 3, "A group for each channel") }
                { " leaves blocks on the diagonal alone: a depthwise convolution. Groups have to divide both counts; \
                   try " }{ plan(2, 3, 2, "two groups for three outputs") }{ "." }
            </p>
            <p>
                { "Transposed, the wall bends over as a whole: rows of blocks become columns, and in each block stands \
                   a Cᵀ. " }{ say(act, false, Action::Show(View::Story), "Back to one channel") }
            </p>
        </>
    }
}

//! A grid of numbers: one tab stop, arrow keys inside, cells that can be pointed at, pinned and, where allowed, edited.
//!
//! Follows the ARIA grid pattern. The grid has one listener a kind of event; the cells are compared one by one, so a
//! change repaints only the cells that it touches.

use super::focus::{cell_by_key, focus_on};
use crate::{
    lesson::numbers::{cell_text, parse_entry},
    web::events::{Listener, window},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement, WheelEvent};
use yew::prelude::*;

/// A turn of the wheel or a press of an arrow changes a number by so much; with Shift by a tenth.
const NUDGE: f32 = 1.0;

/// Beyond so many characters all texts are printed in the same smallest size.
const LONGEST: usize = 9;

/// What a cell shows.
#[derive(Clone, PartialEq, Default)]
pub struct Cell {
    /// The printed text.
    pub text: AttrValue,
    /// The value as spoken.
    pub spoken: AttrValue,
    /// Colour and state classes, such as `data-5`.
    pub class: AttrValue,
    /// The letter of a mask entry, printed on its tag.
    pub letter: Option<AttrValue>,
    /// A mask entry lying on the cell: its letter, its text and their classes.
    pub chip: Option<Rc<Chip>>,
    /// Whether it belongs to what is lit.
    pub lit: bool,
}

/// A mask entry lying on a patch cell.
#[derive(PartialEq)]
pub struct Chip {
    /// The entry's letter.
    pub letter: AttrValue,
    /// The entry's value.
    pub text: AttrValue,
    /// The letter's class.
    pub letter_class: AttrValue,
    /// The value's colour class.
    pub class: AttrValue,
}

/// What the reader does in a grid. Places count row by row.
#[derive(Clone, PartialEq)]
pub enum GridEvent {
    /// Pointer or focus on a cell, or gone.
    Point(Option<usize>),
    /// A cell clicked, or Enter pressed on one that cannot be edited.
    Pin(usize),
    /// Text typed into a cell.
    Enter(usize, String),
    /// A cell's number made larger or smaller.
    Nudge(usize, f32),
    /// A block of numbers pasted at a cell.
    Paste(usize, String),
}

#[derive(Properties, PartialEq)]
pub struct NumberGridProps {
    /// The accessible name.
    pub label: AttrValue,
    /// The word that marks the grid in the markup.
    pub slug: AttrValue,
    /// The number of columns.
    pub columns: usize,
    /// The cells, row by row.
    pub cells: Rc<[Cell]>,
    /// Whether the reader may type.
    #[prop_or_default]
    pub editable: bool,
    /// The cell whose last entry was refused.
    #[prop_or_default]
    pub refused: Option<usize>,
    /// Whether the grid is only a picture of another grid, and so neither a tab stop nor spoken.
    #[prop_or_default]
    pub decorative: bool,
    /// Told what the reader does.
    pub on_event: Callback<GridEvent>,
}

/// A cell being edited: its place, and the text that the editing starts with (the old value when none).
#[derive(Clone, PartialEq)]
struct Draft {
    place: usize,
    start: AttrValue,
    typed: bool,
}

/// What the input over a cell hands back: its cell, the text to be taken over, if any, and the next cell, if any.
type Finish = (usize, Option<String>, Option<usize>);

/// A grid of numbers.
#[component]
pub fn NumberGrid(props: &NumberGridProps) -> Html {
    let node = use_node_ref();
    let current = use_state_eq(|| 0_usize);
    let draft = use_state_eq(|| None::<Draft>);
    let clicked = use_mut_ref(|| None::<usize>);
    let count = props.cells.len();
    let columns = props.columns.max(1);
    let (editable, on_event) = (props.editable, props.on_event.clone());

    let focus = {
        let (node, current) = (node.clone(), current.clone());
        move |place: usize| {
            current.set(place);
            focus_on(&node, &format!("[data-i=\"{place}\"]"));
        }
    };
    let edit = {
        let (draft, cells) = (draft.clone(), props.cells.clone());
        move |place: usize, typed: Option<String>| {
            let start = match &typed {
                Some(text) => AttrValue::from(text.clone()),
                None => cells.get(place).map(|cell| cell.spoken.clone()).unwrap_or_default(),
            };
            draft.set(Some(Draft { place, start, typed: typed.is_some() }));
        }
    };

    let onkeydown = {
        let (focus, edit, on_event, current) = (focus.clone(), edit.clone(), on_event.clone(), *current);
        let editing = draft.is_some();
        Callback::from(move |event: KeyboardEvent| {
            if editable && !editing && event.alt_key() {
                // Arrows move; with Alt they change the number.
                if let Some(by) = nudge_of(&event) {
                    event.prevent_default();
                    event.stop_propagation();
                    on_event.emit(GridEvent::Nudge(current, by));
                }
            }
            let corner = match event.key().as_str() {
                "Home" => Some(0),
                "End" => Some(count - 1),
                _ => None,
            };
            if let Some(corner) = corner.filter(|_| !editing && event.ctrl_key()) {
                event.prevent_default();
                event.stop_propagation();
                focus(corner);
            }
            if editing || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            match event.key().as_str() {
                "Enter" | "F2" if editable => edit(current, None),
                "Enter" | "F2" | " " => on_event.emit(GridEvent::Pin(current)),
                "Delete" | "Backspace" if editable => edit(current, Some(String::new())),
                key if editable && starts_entry(key) => edit(current, Some(key.to_owned())),
                key => match cell_by_key(key, current, columns, count) {
                    Some(place) => focus(place),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onclick = {
        let (on_event, current, edit, clicked) = (on_event.clone(), current.clone(), edit.clone(), clicked.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(place) = place_of(&event) {
                current.set(place);
                // The first click pins; a second one on the same cell opens it, which is also how a finger edits.
                if editable && clicked.replace(Some(place)) == Some(place) {
                    edit(place, None);
                } else {
                    on_event.emit(GridEvent::Pin(place));
                }
            }
        })
    };
    let point = on_event.reform(|event: MouseEvent| GridEvent::Point(place_of(&event)));
    let leave = on_event.reform(|_: MouseEvent| GridEvent::Point(None));
    let onfocusin = {
        let (on_event, current) = (on_event.clone(), current.clone());
        Callback::from(move |event: FocusEvent| {
            if let Some(place) = place_of(&event) {
                current.set(place);
                on_event.emit(GridEvent::Point(Some(place)));
            }
        })
    };
    let onfocusout = {
        let (on_event, clicked) = (on_event.clone(), clicked.clone());
        Callback::from(move |_: FocusEvent| {
            clicked.replace(None);
            on_event.emit(GridEvent::Point(None));
        })
    };

    let onpaste = {
        let (on_event, draft, current) = (on_event.clone(), draft.clone(), *current);
        Callback::from(move |event: Event| {
            let Some(text) = editable.then(|| pasted_text(&event)).flatten() else { return };
            // One number pasted into an open cell is typing; a block, or anything on a closed cell, is a block.
            if draft.is_some() && !is_block(&text) {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
            draft.set(None);
            on_event.emit(GridEvent::Paste(current, text));
        })
    };

    // What the input hands back: its cell, text to be taken over (or not), and where the focus goes. It is the same
    // callback at every render, so that cells that have not changed are not drawn again.
    let latest = use_mut_ref(|| on_event.clone());
    latest.replace(on_event.clone());
    {
        // The wheel turns a number only while its cell has the focus, so that nobody changes one in scrolling by. The
        // listener is not Yew's: it has to keep the page from scrolling.
        let (node, latest) = (node.clone(), latest.clone());
        use_effect_with(editable, move |editable| {
            let grid = node.cast::<Element>().filter(|_| *editable);
            let listener = grid.map(|grid| {
                let target = grid.clone();
                Listener::new(&target, "wheel", move |event| {
                    let focused = window().document().and_then(|document| document.active_element());
                    let cell = focused.filter(|cell| grid.contains(Some(cell)));
                    let under = place_of(&event);
                    let place = cell.and_then(|cell| {
                        cell.closest("[data-i]").ok().flatten()?.get_attribute("data-i")?.parse().ok()
                    });
                    if let (Some(place), Ok(wheel)) = (place.filter(|_| place == under), event.dyn_into::<WheelEvent>())
                    {
                        wheel.prevent_default();
                        let by = if wheel.shift_key() { NUDGE / 10.0 } else { NUDGE };
                        let turned = wheel.delta_y() + wheel.delta_x();
                        if turned != 0.0 {
                            let on_event = latest.borrow().clone();
                            on_event.emit(GridEvent::Nudge(place, if turned < 0.0 { by } else { -by }));
                        }
                    }
                })
            });
            move || drop(listener)
        });
    }
    let on_value = {
        let latest = latest.clone();
        use_callback((), move |(place, text): (usize, String), ()| {
            let on_event = latest.borrow().clone();
            on_event.emit(GridEvent::Enter(place, text));
        })
    };
    let finish = {
        let (draft, focus) = (draft.clone(), focus.clone());
        use_callback(count, move |(place, text, to): Finish, count| {
            draft.set(None);
            if let Some(text) = text {
                let on_event = latest.borrow().clone();
                on_event.emit(GridEvent::Enter(place, text));
            }
            if let Some(to) = to {
                focus(if to < *count { to } else { place });
            }
        })
    };

    let stop = (*current).min(count.saturating_sub(1));
    html! {
        <div
            ref={node}
            class={classes!("g", format!("columns-{columns}"), editable.then_some("editable"))}
            {onpaste}
            role={if props.decorative { "presentation" } else { "grid" }}
            aria-label={(!props.decorative).then(|| props.label.clone())}
            aria-readonly={(!props.decorative && !editable).then_some("true")}
            aria-hidden={props.decorative.then_some("true")}
            data-grid={&props.slug}
            {onkeydown} {onclick} {onfocusin} {onfocusout}
            onmouseover={point}
            onmouseleave={leave}
        >
            for (row, cells) in props.cells.chunks(columns).enumerate() {
                <div key={row} role={if props.decorative { "presentation" } else { "row" }}>
                    for (column, cell) in cells.iter().enumerate() {
                        <CellView
                            key={column}
                            place={row * columns + column}
                            {row}
                            {column}
                            {columns}
                            cell={cell.clone()}
                            tab_stop={!props.decorative && row * columns + column == stop}
                            decorative={props.decorative}
                            refused={props.refused == Some(row * columns + column)}
                            draft={draft.as_ref().filter(|draft| draft.place == row * columns + column).cloned()}
                            finish={finish.clone()}
                            on_value={on_value.clone()}
                        />
                    }
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CellViewProps {
    place: usize,
    row: usize,
    column: usize,
    columns: usize,
    cell: Cell,
    tab_stop: bool,
    decorative: bool,
    refused: bool,
    draft: Option<Draft>,
    finish: Callback<Finish>,
    on_value: Callback<(usize, String)>,
}

#[component]
fn CellView(props: &CellViewProps) -> Html {
    let cell = &props.cell;
    let length = cell.text.chars().count();
    let class = classes!(
        "c",
        cell.class.to_string(),
        cell.letter.is_some().then_some("t"),
        // Long numbers are printed smaller, never cut.
        (length > 2).then(|| format!("n{}", length.min(LONGEST))),
        cell.lit.then_some("lit"),
        cell.chip.is_some().then_some("win"),
        props.refused.then_some("refused"),
    );
    let name = format!("row {}, column {}, value {}", props.row + 1, props.column + 1, cell.spoken);
    html! {
        <div
            {class}
            role={if props.decorative { "presentation" } else { "gridcell" }}
            aria-label={(!props.decorative).then_some(name.clone())}
            aria-invalid={props.refused.then_some("true")}
            tabindex={(!props.decorative).then_some(if props.tab_stop { "0" } else { "-1" })}
            data-i={props.place.to_string()}
        >
            if let Some(letter) = &cell.letter {
                <i>{ letter }</i>
            }
            <span>{ &cell.text }</span>
            if let Some(chip) = &cell.chip {
                <em class={classes!("chip", chip.letter_class.to_string())}>
                    <i>{ &chip.letter }</i>
                    <b class={chip.class.to_string()}>{ &chip.text }</b>
                </em>
            }
            if let Some(draft) = &props.draft {
                <CellInput
                    name={format!("New value for row {}, column {}", props.row + 1, props.column + 1)}
                    draft={draft.clone()}
                    columns={props.columns}
                    finish={props.finish.clone()}
                    on_value={props.on_value.clone()}
                />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CellInputProps {
    name: AttrValue,
    draft: Draft,
    columns: usize,
    finish: Callback<Finish>,
    on_value: Callback<(usize, String)>,
}

/// The input over a cell while it is edited. Its text is its own until Enter, Tab or a click elsewhere.
#[component]
fn CellInput(props: &CellInputProps) -> Html {
    let node = use_node_ref();
    // Enter removes the input, which blurs it: the text must be taken over once only.
    let done = use_mut_ref(|| false);
    {
        // The text is set once and then left alone: as an attribute of the markup it would be set back whenever the
        // stage is drawn again while the reader types.
        let (node, start, typed) = (node.clone(), props.draft.start.clone(), props.draft.typed);
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                input.set_value(&start);
                let _ = input.focus();
                if !typed {
                    input.select();
                }
            }
        });
    }
    let take = {
        let (node, finish, draft) = (node.clone(), props.finish.clone(), props.draft.clone());
        move |keep: bool, to: Option<usize>| {
            if !std::mem::replace(&mut *done.borrow_mut(), true) {
                let text = node.cast::<HtmlInputElement>().map(|input| input.value()).filter(|_| keep);
                // A cell that was only opened keeps its exact value, of which the text shows two decimals.
                let text = text.filter(|text| draft.typed || *text != *draft.start);
                finish.emit((draft.place, text, to));
            }
        }
    };
    let onkeydown = {
        let (take, place, columns, typed) = (take.clone(), props.draft.place, props.columns, props.draft.typed);
        let (node, on_value) = (node.clone(), props.on_value.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            if let Some(by) = nudge_of(&event) {
                event.prevent_default();
                if let Some(input) = node.cast::<HtmlInputElement>()
                    && let Ok(value) = parse_entry(&input.value())
                {
                    let text = cell_text(value + by);
                    input.set_value(&text);
                    on_value.emit((place, text));
                }
                return;
            }
            match event.key().as_str() {
                // Who has begun a number by typing moves on with the arrows; who has opened one moves inside it.
                "ArrowLeft" if typed && !place.is_multiple_of(columns) => take(true, Some(place - 1)),
                "ArrowRight" if typed && !(place + 1).is_multiple_of(columns) => take(true, Some(place + 1)),
                "Enter" => take(true, Some(place + columns)),
                "Tab" if event.shift_key() => take(true, Some(place.saturating_sub(1))),
                "Tab" => take(true, Some(place + 1)),
                "Escape" => take(false, Some(place)),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onblur = Callback::from(move |_: FocusEvent| take(true, None));
    let swallow = Callback::from(|event: MouseEvent| event.stop_propagation());
    html! {
        <input
            ref={node}
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-label={&props.name}
            onclick={swallow}
            {onkeydown} {onblur}
        />
    }
}

/// By how much an arrow up or down changes a number.
fn nudge_of(event: &KeyboardEvent) -> Option<f32> {
    let by = if event.shift_key() { NUDGE / 10.0 } else { NUDGE };
    match event.key().as_str() {
        "ArrowUp" => Some(by),
        "ArrowDown" => Some(-by),
        _ => None,
    }
}

/// The text that is being pasted.
fn pasted_text(event: &Event) -> Option<String> {
    event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}

/// Whether a text holds more than one entry.
fn is_block(text: &str) -> bool {
    text.trim().contains(['\t', '\n', ';', '[', '(', ' '])
}

/// Whether a key begins a new entry.
fn starts_entry(key: &str) -> bool {
    let mut characters = key.chars();
    matches!((characters.next(), characters.next()), (Some(c), None) if !c.is_control() && c != ' ')
}

/// The place of the cell in which an event happened.
fn place_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-i]").ok()??.get_attribute("data-i")?.parse().ok()
}

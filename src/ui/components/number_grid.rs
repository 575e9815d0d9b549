//! A grid of numbers: one tab stop, arrow keys inside, cells that can be pointed at, pinned and, where allowed, edited.
//!
//! Follows the ARIA grid pattern. The grid has one listener a kind of event; the cells are compared one by one, so a
//! change repaints only the cells that it touches.

use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

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
            if let Some(cell) = node.cast::<Element>().and_then(|grid| find_cell(&grid, place)) {
                let _ = cell.focus();
            }
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
            if editing || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let (row, column) = (current / columns, current % columns);
            let target = match event.key().as_str() {
                "ArrowLeft" if column > 0 => current - 1,
                "ArrowRight" if column + 1 < columns && current + 1 < count => current + 1,
                "ArrowUp" if row > 0 => current - columns,
                "ArrowDown" if current + columns < count => current + columns,
                "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" => current,
                "Home" => row * columns,
                "End" => (row * columns + columns).min(count) - 1,
                "Enter" | "F2" | " " => {
                    event.prevent_default();
                    event.stop_propagation();
                    if editable && event.key() != " " {
                        edit(current, None);
                    } else {
                        on_event.emit(GridEvent::Pin(current));
                    }
                    return;
                }
                key if editable && starts_entry(key) => {
                    event.prevent_default();
                    event.stop_propagation();
                    edit(current, Some(event.key()));
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            focus(target);
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

    // What the input hands back: its cell, text to be taken over (or not), and where the focus goes. It is the same
    // callback at every render, so that cells that have not changed are not drawn again.
    let latest = use_mut_ref(|| on_event.clone());
    latest.replace(on_event.clone());
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
}

#[component]
fn CellView(props: &CellViewProps) -> Html {
    let cell = &props.cell;
    let length = cell.text.chars().count();
    let class = classes!(
        "c",
        cell.class.to_string(),
        cell.letter.is_some().then_some("t"),
        (4..=5).contains(&length).then_some("long"),
        (length > 5).then_some("longer"),
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
        let (take, place, columns) = (take.clone(), props.draft.place, props.columns);
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
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

fn find_cell(grid: &Element, place: usize) -> Option<HtmlElement> {
    grid.query_selector(&format!("[data-i=\"{place}\"]")).ok()??.dyn_into().ok()
}

//! The drawing of 16 × 16 pixels, and the colours for it.

use crate::{
    lesson::upsample::{
        UpsampleAction, UpsampleLesson,
        sprite::{PALETTE, SIDE, Sprite},
    },
    ui::components::focus::cell_by_key,
    web::canvas::draw_bytes,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlInputElement};
use yew::prelude::*;

/// The names of the colours of [`PALETTE`].
const NAMES: [&str; PALETTE.len()] = [
    "Black",
    "Charcoal",
    "Dark grey",
    "Grey",
    "Middle grey",
    "Silver",
    "Light grey",
    "White",
    "Vermilion",
    "Orange",
    "Yellow",
    "Green",
    "Sky blue",
    "Blue",
    "Pink",
    "Brown",
];

#[derive(Properties, PartialEq)]
pub struct SpritePadProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The drawing pad.
#[component]
pub fn SpritePad(props: &SpritePadProps) -> Html {
    let SpritePadProps { lesson, act } = props;
    let button = |name: &'static str, action: UpsampleAction| {
        html! {
            <button type="button" class="btn" onclick={act.reform(move |_: MouseEvent| action.clone())}>{ name }</button>
        }
    };
    html! {
        <div class="sprite-pad" role="group" aria-label="Drawing pad">
            <Pad sprite={lesson.work.sprite} colour={lesson.colour} act={act.clone()} />
            <div class="sprite-tools">
                <div class="palette" role="radiogroup" aria-label="Colour">
                    { for (0..PALETTE.len()).map(|place| swatch(place, lesson.colour, act)) }
                </div>
                { button("Fill", UpsampleAction::Fill) }
                { button("Start again", UpsampleAction::Redraw) }
            </div>
        </div>
    }
}

fn swatch(place: usize, chosen: usize, act: &Callback<UpsampleAction>) -> Html {
    let [red, green, blue] = PALETTE[place];
    let onchange = act.reform(move |event: Event| {
        // Nothing changes but by a choice; the event only says so.
        let _ = event.target_dyn_into::<HtmlInputElement>();
        UpsampleAction::Colour(place)
    });
    html! {
        <label key={place} class="ink" title={NAMES[place]}>
            <input type="radio" name="sprite-colour" aria-label={NAMES[place]} checked={place == chosen} {onchange} />
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <rect width="20" height="20" rx="3" fill={format!("rgb({red},{green},{blue})")} />
            </svg>
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct PadProps {
    sprite: Sprite,
    colour: usize,
    act: Callback<UpsampleAction>,
}

/// The pixels, to be painted with a pointer or, by the arrow keys and Space, with a cursor.
#[component]
fn Pad(props: &PadProps) -> Html {
    let PadProps { sprite, act, .. } = props;
    let node = use_node_ref();
    let cursor = use_state_eq(|| 0_usize);
    // Where the stroke under way has come to.
    let last = use_mut_ref(|| None::<[i64; 2]>);
    {
        let node = node.clone();
        use_effect_with(*sprite, move |sprite| {
            if let Some(canvas) = node.cast::<HtmlCanvasElement>() {
                // A lost context leaves the canvas blank; the cells are spoken all the same.
                let _ = draw_bytes(&canvas, SIDE as u32, SIDE as u32, &sprite.rgba());
            }
        });
    }
    let onpointerdown = {
        let (act, last, cursor) = (act.clone(), last.clone(), cursor.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((pad, place)) = place_of(&event).filter(|_| event.button() == 0) else { return };
            // Without the capture a stroke ends at the pad's rim, and nothing worse.
            let _ = pad.set_pointer_capture(event.pointer_id());
            last.replace(Some(place));
            if let Some(cell) = inside(place) {
                cursor.set(cell);
                act.emit(UpsampleAction::Draw(cell));
            }
        })
    };
    let onpointermove = {
        let (act, last) = (act.clone(), last.clone());
        Callback::from(move |event: PointerEvent| {
            let (Some(from), Some((_, to))) = (*last.borrow(), place_of(&event)) else { return };
            if from != to {
                last.replace(Some(to));
                stroke(from, to).filter_map(inside).for_each(|cell| act.emit(UpsampleAction::Draw(cell)));
            }
        })
    };
    let end = {
        let act = act.clone();
        Callback::from(move |_: PointerEvent| {
            if last.replace(None).is_some() {
                act.emit(UpsampleAction::Settle);
            }
        })
    };
    let onkeydown = {
        let (act, cursor) = (act.clone(), cursor.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let now = *cursor;
            let paints = matches!(event.key().as_str(), "Enter" | " ");
            let to = cell_by_key(&event.key(), now, SIDE, SIDE * SIDE).or(paints.then_some(now));
            let Some(to) = to else { return };
            event.prevent_default();
            event.stop_propagation();
            // Space and Enter paint; with Shift the cursor paints where it goes.
            if paints || event.shift_key() {
                act.emit(UpsampleAction::Draw(to));
                act.emit(UpsampleAction::Settle);
            }
            cursor.set(to);
        })
    };
    let (row, column) = (*cursor / SIDE, *cursor % SIDE);
    let colour = NAMES[sprite.cell(*cursor) % NAMES.len()].to_ascii_lowercase();
    html! {
        <div
            class="pad"
            role="grid"
            tabindex="0"
            aria-label="Drawing"
            aria-description="Arrow keys move, Space paints, Shift with an arrow paints on the way"
            aria-rowcount={SIDE.to_string()}
            aria-colcount={SIDE.to_string()}
            aria-activedescendant="sprite-cursor"
            onpointerup={end.clone()}
            onpointercancel={end}
            {onpointerdown} {onpointermove} {onkeydown}
        >
            <canvas ref={node} width="16" height="16" aria-hidden="true"></canvas>
            <svg class="cursor" viewBox="0 0 16 16" aria-hidden="true">
                <rect x={column.to_string()} y={row.to_string()} width="1" height="1" />
            </svg>
            <div role="row" aria-rowindex={(row + 1).to_string()} class="visually-hidden">
                <div
                    role="gridcell"
                    id="sprite-cursor"
                    aria-colindex={(column + 1).to_string()}
                    aria-label={format!("row {}, column {}, {colour}", row + 1, column + 1)}
                />
            </div>
        </div>
    }
}

/// The pad, and the row and column under a pointer, which may be outside.
fn place_of(event: &PointerEvent) -> Option<(Element, [i64; 2])> {
    // Yew listens at the program's root, which is therefore where the event currently is.
    let pad = event.target()?.dyn_into::<Element>().ok()?.closest(".pad").ok()??;
    let area = pad.get_bounding_client_rect();
    let share = |at: i32, from: f64, length: f64| {
        ((f64::from(at) - from) / length.max(1.0) * SIDE as f64).floor().clamp(-1.0, SIDE as f64) as i64
    };
    let place =
        [share(event.client_y(), area.top(), area.height()), share(event.client_x(), area.left(), area.width())];
    Some((pad, place))
}

/// The pixel at a row and column, if there is one.
fn inside([row, column]: [i64; 2]) -> Option<usize> {
    let at = |place: i64| usize::try_from(place).ok().filter(|place| *place < SIDE);
    Some(at(row)? * SIDE + at(column)?)
}

/// The pixels on the straight way between two, without the first: a fast hand leaves no gaps.
fn stroke(from: [i64; 2], to: [i64; 2]) -> impl Iterator<Item = [i64; 2]> {
    let reach = [to[0] - from[0], to[1] - from[1]];
    let steps = reach[0].abs().max(reach[1].abs()).max(1);
    (1..=steps).map(move |step| {
        let along = |axis: usize| from[axis] + (reach[axis] as f64 * step as f64 / steps as f64).round() as i64;
        [along(0), along(1)]
    })
}

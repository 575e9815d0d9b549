//! Controls of the picture pages: menus, the choice of a picture, and words that set the stage.

use crate::lesson::picture::Picture;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// The accessible name, printed in front.
    pub label: AttrValue,
    /// The options: value and name.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The value of the chosen one.
    pub chosen: AttrValue,
    /// Told the value that the reader chose.
    pub on_choose: Callback<String>,
    /// What stands behind the menu in its row.
    #[prop_or_default]
    pub children: Html,
}

/// A menu in a row of controls.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let node = use_node_ref();
    {
        // A browser minds the options' attributes only until the reader has chosen once.
        let node = node.clone();
        use_effect_with((props.chosen.clone(), props.options.clone()), move |(chosen, _)| {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(chosen);
            }
        });
    }
    let onchange = props.on_choose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <div class="row">
            <span aria-hidden="true">{ &props.label }</span>
            <select ref={node} aria-label={&props.label} {onchange}>
                for (value, name) in &props.options {
                    <option key={value.to_string()} {value} selected={*value == props.chosen}>{ name }</option>
                }
            </select>
            { props.children.clone() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct PictureChoiceProps {
    /// The chosen picture.
    pub chosen: Picture,
    /// Told the picture that the reader chose.
    pub on_choose: Callback<Picture>,
    /// Told the file that the reader opened.
    pub on_file: Callback<Blob>,
}

/// The menu of pictures, and the button that opens a file.
#[component]
pub fn PictureChoice(props: &PictureChoiceProps) -> Html {
    let mut options: Vec<(AttrValue, AttrValue)> =
        Picture::SHIPPED.iter().map(|picture| (picture.id().into(), picture.name().into())).collect();
    if props.chosen == Picture::Own {
        options.push((Picture::Own.id().into(), Picture::Own.name().into()));
    }
    let on_choose = props.on_choose.clone();
    let on_choose = Callback::from(move |id: String| {
        if let Some(picture) = Picture::from_id(&id) {
            on_choose.emit(picture);
        }
    });
    let on_file = props.on_file.clone();
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on_file.emit(file.unchecked_into());
        }
        // The same file may be chosen again, after it was mended perhaps.
        input.set_value("");
    });
    html! {
        <Menu label="Picture" {options} chosen={props.chosen.id()} {on_choose}>
            <label class="btn">
                { "Own…" }
                <input type="file" class="visually-hidden" aria-label="Own picture" accept="image/*" {onchange} />
            </label>
        </Menu>
    }
}

#[derive(Properties, PartialEq)]
pub struct SayProps {
    /// Whether the stage is in the state that the words name.
    pub on: bool,
    /// Sets the stage to it.
    pub on_say: Callback<()>,
    /// The words.
    pub children: Html,
}

/// Words in the prose that name a state of the stage, and set it.
#[component]
pub fn Say(props: &SayProps) -> Html {
    html! {
        <button
            type="button"
            class="say"
            aria-pressed={props.on.to_string()}
            onclick={props.on_say.reform(|_: MouseEvent| ())}
        >
            { props.children.clone() }
        </button>
    }
}

/// Takes files that are dropped on an element: the handlers for `ondragover` and `ondrop`.
#[must_use]
pub fn drop_target(on_file: &Callback<Blob>) -> (Callback<DragEvent>, Callback<DragEvent>) {
    let on_file = on_file.clone();
    let over = Callback::from(|event: DragEvent| event.prevent_default());
    let drop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
        if let Some(file) = file {
            on_file.emit(file.unchecked_into());
        }
    });
    (over, drop)
}

/// How far an arrow key moves the corner that is looked at closely, in percent of width and height.
const CORNER_STEP: f64 = 2.0;

/// The place that a pointer presses or an arrow key reaches, in percent of the element's width and height, for the
/// listener `choose`: the handlers for `onpointerdown` and `onkeydown`.
#[must_use]
pub fn corner_target(
    [x, y]: [f64; 2],
    choose: &Callback<[f64; 2]>,
) -> (Callback<PointerEvent>, Callback<KeyboardEvent>) {
    let press = {
        let choose = choose.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(view) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
                return;
            };
            let place = view.get_bounding_client_rect();
            choose.emit([
                (f64::from(event.client_x()) - place.left()) / place.width() * 100.0,
                (f64::from(event.client_y()) - place.top()) / place.height() * 100.0,
            ]);
        })
    };
    let choose = choose.clone();
    let key = Callback::from(move |event: KeyboardEvent| {
        let moved = match event.key().as_str() {
            "ArrowLeft" => [x - CORNER_STEP, y],
            "ArrowRight" => [x + CORNER_STEP, y],
            "ArrowUp" => [x, y - CORNER_STEP],
            "ArrowDown" => [x, y + CORNER_STEP],
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        choose.emit(moved);
    });
    (press, key)
}

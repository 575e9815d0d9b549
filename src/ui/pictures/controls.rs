//! Controls of the picture pages: menus, the choice of a picture, and words that set the stage.

use crate::lesson::picture::Picture;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// The accessible name.
    pub label: AttrValue,
    /// The text in front of the menu; the name when not given.
    #[prop_or_default]
    pub caption: Option<AttrValue>,
    /// The options: value and name.
    #[prop_or_default]
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Options in groups with a name each, behind the others.
    #[prop_or_default]
    pub groups: Vec<(AttrValue, Vec<(AttrValue, AttrValue)>)>,
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
        use_effect_with((props.chosen.clone(), props.options.clone(), props.groups.clone()), move |(chosen, ..)| {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(chosen);
            }
        });
    }
    let onchange = props.on_choose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <div class="row">
            <span aria-hidden="true">{ props.caption.as_ref().unwrap_or(&props.label) }</span>
            <select ref={node} aria-label={&props.label} {onchange}>
                { options(&props.options, &props.chosen) }
                for (name, members) in &props.groups {
                    <optgroup key={name.to_string()} label={name}>{ options(members, &props.chosen) }</optgroup>
                }
            </select>
            { props.children.clone() }
        </div>
    }
}

fn options(options: &[(AttrValue, AttrValue)], chosen: &AttrValue) -> Html {
    let option = |(value, name): &(AttrValue, AttrValue)| {
        html! { <option key={value.to_string()} {value} selected={value == chosen}>{ name }</option> }
    };
    options.iter().map(option).collect()
}

/// A box to be ticked.
pub fn check(label: &'static str, on: bool, on_change: Callback<bool>) -> Html {
    let onchange = on_change.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <label class="check" key={label}>
            <input type="checkbox" checked={on} {onchange} />
            { label }
        </label>
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
    /// Whether signals are on offer too.
    #[prop_or_default]
    pub signals: bool,
    /// Whether the reader may draw one.
    #[prop_or_default]
    pub drawing: bool,
}

/// The menu of pictures, and the button that opens a file.
#[component]
pub fn PictureChoice(props: &PictureChoiceProps) -> Html {
    let named = |picture: &Picture| (AttrValue::from(picture.id()), AttrValue::from(picture.name()));
    let mut options: Vec<_> = Picture::SHIPPED.iter().filter(|picture| !picture.is_signal()).map(named).collect();
    let groups = if props.signals {
        vec![("Signals".into(), Picture::SHIPPED.iter().filter(|picture| picture.is_signal()).map(named).collect())]
    } else {
        Vec::new()
    };
    if props.drawing {
        options.push(named(&Picture::Sprite));
    }
    if props.chosen.is_own() {
        options.push(named(&props.chosen));
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
        <Menu label="Picture" {options} {groups} chosen={props.chosen.id()} {on_choose}>
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
    say(props.on, props.on_say.reform(|_| ()), props.children.clone())
}

/// The same as a function, for programs that have no such component.
pub fn say(on: bool, onclick: Callback<MouseEvent>, words: Html) -> Html {
    html! { <button type="button" class="say" aria-pressed={on.to_string()} {onclick}>{ words }</button> }
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

/// How far an arrow key moves the place that is looked at closely, in percent of width and height, unmagnified.
const PLACE_STEP: f64 = 2.0;

/// The handlers of an element that is a map, a group with a tab stop: see [`place_target`].
pub struct PlaceTarget {
    /// A press.
    pub onpointerdown: Callback<PointerEvent>,
    /// A pointer that is dragged.
    pub onpointermove: Callback<PointerEvent>,
    /// An arrow key.
    pub onkeydown: Callback<KeyboardEvent>,
}

/// Tells `choose` the place that a pointer presses, drags to, or an arrow key reaches, in percent of the picture's width
/// and height. The picture is magnified `zoom` times about the present place.
#[must_use]
pub fn place_target([x, y]: [f64; 2], zoom: f64, choose: &Callback<[f64; 2]>) -> PlaceTarget {
    let at = move |event: &PointerEvent| {
        // Yew listens at the program's root, which is therefore where the event currently is.
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
        let view = pressed.closest("[role=group][tabindex]").ok()??;
        let area = view.get_bounding_client_rect();
        let part = |from: i32, start: f64, length: f64| (f64::from(from) - start) / length * 100.0;
        let pressed =
            [part(event.client_x(), area.left(), area.width()), part(event.client_y(), area.top(), area.height())];
        Some([x + (pressed[0] - x) / zoom, y + (pressed[1] - y) / zoom])
    };
    let tell = |only_dragged: bool| {
        let choose = choose.clone();
        Callback::from(move |event: PointerEvent| {
            if only_dragged && event.buttons() & 1 == 0 {
                return;
            }
            if let Some(place) = at(&event) {
                choose.emit(place);
            }
        })
    };
    let choose_by_key = choose.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        // With these keys the browser goes back or forth.
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let step = PLACE_STEP / zoom;
        let moved = match event.key().as_str() {
            "ArrowLeft" => [x - step, y],
            "ArrowRight" => [x + step, y],
            "ArrowUp" => [x, y - step],
            "ArrowDown" => [x, y + step],
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        choose_by_key.emit(moved);
    });
    PlaceTarget { onpointerdown: tell(false), onpointermove: tell(true), onkeydown }
}

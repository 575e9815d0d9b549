//! The same small picture made larger in several ways, with a corner of each to be looked at closely.

use crate::{
    engine::Way,
    lesson::upsample::{UpsampleAction, UpsampleLesson},
    ui::pictures::{
        canvas::{PartCanvas, PixelCanvas, part, use_css_variables},
        controls::{PlaceTarget, place_target},
        desk::Desk,
        source::Source,
    },
    web::canvas::Pixels,
};
use yew::prelude::*;

/// Columns and rows of the small picture that the corner shows.
const CORNER: [u32; 2] = [12, 6];

#[derive(Properties, PartialEq)]
pub struct WaysProps {
    pub lesson: UpsampleLesson,
    pub act: Callback<UpsampleAction>,
    pub desk: Desk,
    pub source: Source,
}

/// The pictures.
#[component]
pub fn Ways(props: &WaysProps) -> Html {
    let WaysProps { lesson, act, desk, source } = props;
    let node = use_node_ref();
    let picture = |slot: usize| desk.answer.as_ref().and_then(|answer| answer.pictures.get(slot)).cloned();
    let small = picture(0);
    let [width, height] = small.as_ref().map_or([1, 1], |pixels| [pixels.width, pixels.height]);
    let [left, top, across, down] = small.as_ref().map_or([0, 0, 1, 1], |pixels| part(pixels, lesson.corner(), CORNER));
    let percent = |part: u32, whole: u32| format!("{}%", f64::from(part) / f64::from(whole) * 100.0);
    use_css_variables(
        &node,
        vec![
            ("--ratio", (f64::from(width) / f64::from(height)).to_string()),
            ("--lens-left", percent(left, width)),
            ("--lens-top", percent(top, height)),
            ("--lens-width", percent(across, width)),
            ("--lens-height", percent(down, height)),
        ],
    );
    let (k, s) = (lesson.mask(), lesson.factor());
    let size = |pixels: &Option<Pixels>| {
        pixels.as_ref().map(|pixels| format!("{} × {}", pixels.width, pixels.height)).unwrap_or_default()
    };
    let note = source.loaded.as_ref().and_then(|loaded| loaded.note());
    let source_text = note.unwrap_or_else(|| "What all of them start from.".into());
    let ways = Way::ALL.into_iter().enumerate().map(|(index, way)| {
        let pixels = picture(index + 1);
        let text = match way {
            Way::Nearest => "Every pixel becomes a block.".to_owned(),
            Way::Bilinear => "Straight between the middles.".to_owned(),
            Way::Transposed => format!("k = {k}, s = {s}. {}", lesson.checkerboard()),
            Way::Convolved => "Blocks first, then the same weights.".to_owned(),
        };
        let scale = desk.answer.as_ref().map_or(1, |_| pixels.as_ref().map_or(1, |large| large.width / width.max(1)));
        html! {
            <Figure
                key={way.name()}
                name={way.name()}
                note={if way == Way::Convolved { String::new() } else { size(&pixels) }}
                {text}
                {pixels}
                corner={lesson.corner()}
                scale={scale.max(1)}
                act={act.clone()}
            />
        }
    });
    html! {
        <div class="ways" ref={node}>
            <Figure
                name="Source"
                note={size(&small)}
                text={source_text}
                pixels={small}
                corner={lesson.corner()}
                scale={1}
                act={act.clone()}
            />
            { for ways }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct FigureProps {
    name: AttrValue,
    note: AttrValue,
    text: AttrValue,
    pixels: Option<Pixels>,
    corner: [f64; 2],
    scale: u32,
    act: Callback<UpsampleAction>,
}

/// A picture, its corner, and a line on how it came about.
#[component]
fn Figure(props: &FigureProps) -> Html {
    let choose = props.act.reform(UpsampleAction::Corner);
    let PlaceTarget { onpointerdown, onpointermove, onkeydown } = place_target(props.corner, 1.0, &choose);
    let help = format!("{}: arrow keys move the magnified corner", props.name);
    html! {
        <div class="fig way">
            <h3 class="cap">{ &props.name }<small>{ &props.note }</small></h3>
            <div class="pair">
                <div class="view whole" role="group" tabindex="0" aria-label={help} {onpointerdown} {onpointermove} {onkeydown}>
                    <PixelCanvas label={props.name.clone()} pixels={props.pixels.clone()} />
                    <i class="lens" aria-hidden="true"></i>
                </div>
                <div class="view corner">
                    <PartCanvas
                        label={format!("{}, corner", props.name)}
                        pixels={props.pixels.clone()}
                        middle={props.corner}
                        size={CORNER.map(|side| side * props.scale)}
                    />
                </div>
            </div>
            <p>{ &props.text }</p>
        </div>
    }
}

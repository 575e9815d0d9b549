//! The settings of the picture: which one, how it is made small, and how it is made large again.

use super::layer::{seed, undo_redo, weights};
use crate::{
    lesson::{
        picture::Picture,
        upsample::{Down, ROUNDS, SCALES, SIZES, UpsampleAction, UpsampleLesson, Way, Weights, narration::grouped},
    },
    ui::{
        components::{
            segmented::{SegmentedProps, segmented},
            slider::Slider,
        },
        pages::upsample::sprite::SpritePad,
        pictures::{
            camera::CameraButton,
            controls::{Menu, PictureChoice, check},
        },
    },
    upsampling::Coordinates,
};
use web_sys::Blob;
use yew::prelude::*;

/// The rules of coordinates, as the menu names them.
const COORDINATES: [(&str, &str, Coordinates); 3] = [
    ("half-pixel", "Half-pixel", Coordinates::HalfPixel),
    ("align-corners", "Align corners", Coordinates::AlignCorners),
    ("asymmetric", "Asymmetric", Coordinates::Asymmetric),
];

/// The settings of the picture.
pub fn picture(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>, on_file: &Callback<Blob>) -> Html {
    let work = &lesson.work;
    let drawn = work.picture == Picture::Sprite;
    let compares = |ways: &[Way]| work.compared.iter().any(|way| ways.contains(way));
    let scale = html! {
        <span class="scale">
            {
                segmented(&SegmentedProps {
                    label: "Scale".into(),
                    options: SCALES.iter().map(|scale| format!("{scale}×").into()).collect(),
                    chosen: SCALES.iter().position(|scale| *scale == lesson.scale()).unwrap_or(usize::MAX),
                    on_choose: act.reform(|place: usize| UpsampleAction::Scale(SCALES[place] as i64)),
                })
            }
            if !SCALES.contains(&lesson.scale()) {
                <b>{ format!("{}×", grouped(lesson.scale())) }</b>
            }
        </span>
    };
    html! {
        <>
            <div class="panel-head">
                <h2>{ "Picture" }</h2>
                { undo_redo(lesson, act) }
            </div>
            <PictureChoice
                chosen={work.picture}
                on_choose={act.reform(UpsampleAction::Picture)}
                on_file={on_file.clone()}
                drawing=true
            />
            <p class="help">{ "Or drop or paste one" }<CameraButton on_file={on_file.clone()} />{ "." }</p>
            if drawn {
                <div class="row">
                    <span aria-hidden="true">{ "Scale" }</span>
                    { scale.clone() }
                </div>
                <SpritePad lesson={lesson.clone()} act={act.clone()} />
            } else {
                <Menu
                    label="Longest side"
                    caption="Size"
                    options={SIZES.map(|size| (AttrValue::from(size.to_string()), AttrValue::from(format!("{size} px")))).to_vec()}
                    chosen={work.size.to_string()}
                    on_choose={act.reform(|size: String| UpsampleAction::Size(size.parse().unwrap_or(SIZES[0])))}
                >
                    { scale }
                </Menu>
                <Menu
                    label="Made small by"
                    caption="Way down"
                    options={Down::ALL.map(|(_, id, name)| (AttrValue::from(id), AttrValue::from(name))).to_vec()}
                    chosen={Down::ALL.iter().find(|(down, ..)| *down == work.down).map_or("", |(_, id, _)| *id)}
                    on_choose={act.reform(|id: String| UpsampleAction::Down(Down::ALL.iter().find(|(_, word, _)| **word == *id).map(|(down, ..)| *down).unwrap_or_default()))}
                />
            }
            if compares(&[Way::Nearest, Way::Bilinear, Way::Bicubic, Way::Lanczos]) {
                <Menu
                    label="Coordinates"
                    caption="Coordinates"
                    options={COORDINATES.map(|(id, name, _)| (AttrValue::from(id), AttrValue::from(name))).to_vec()}
                    chosen={COORDINATES.iter().find(|(.., rule)| *rule == work.coordinates).map_or("", |(id, ..)| *id)}
                    on_choose={act.reform(|id: String| UpsampleAction::Coordinates(COORDINATES.iter().find(|(word, ..)| **word == *id).map_or(Coordinates::HalfPixel, |(.., rule)| *rule)))}
                />
            }
            if compares(&[Way::Bicubic]) {
                <div class="row">
                    <span aria-hidden="true">{ "Cubic" }</span>
                    {
                        segmented(&SegmentedProps {
                            label: "The cubic’s a".into(),
                            options: vec!["a = −0.5".into(), "a = −0.75".into()],
                            chosen: usize::from(work.sharp),
                            on_choose: act.reform(|place| UpsampleAction::Sharp(place == 1)),
                        })
                    }
                </div>
            }
            { weights(lesson, act) }
            if work.weights == Weights::Random {
                <div class="fields">
                    { seed(lesson, act) }
                    if compares(&[Way::Shuffle]) {
                        { check("ICNR start", work.icnr, act.reform(UpsampleAction::Icnr)) }
                    }
                </div>
            }
            if compares(&[Way::BackProjected]) {
                <Slider
                    label="Rounds"
                    value={work.rounds as f64}
                    min={*ROUNDS.start() as f64}
                    max={*ROUNDS.end() as f64}
                    step={1.0}
                    text={work.rounds.to_string()}
                    on_input={act.reform(|value| UpsampleAction::Rounds(value as i64))}
                />
            }
        </>
    }
}

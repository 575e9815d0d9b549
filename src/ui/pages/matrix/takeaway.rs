//! Take away: programs, formulas, tables and pictures of what is on the screen.

use crate::{
    lesson::matrix::{MatrixLesson, takeaway::Format},
    ui::components::{
        saving::{TextFile, save_made},
        take_away::{Offer, take_away, use_taking_away},
    },
    web::{events::window, snapshot},
};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;

/// The tabs behind the texts: the stage as a drawing, and in pixels.
const PICTURES: [&str; 2] = ["SVG", "PNG"];
/// The first of them.
const DRAWING: usize = Format::ALL.len();
/// The pixels of a PNG for each pixel of the page.
const PNG_SCALE: f64 = 2.0;
/// What is on the screen.
const STAGE: &str = ".matrix-page .stage .canvas";

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    /// The page's state.
    pub lesson: MatrixLesson,
}

/// The button, and the dialog that it opens.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let state = use_taking_away::<MatrixLesson>();
    let (open, tab) = (*state.open, *state.tab);
    let picture = use_state_eq(|| None::<Rc<snapshot::Snapshot>>);
    {
        // The picture is taken when it is first asked for, and goes with the dialog: the stage changes meanwhile.
        let (picture, said) = (picture.clone(), state.said.clone());
        use_effect_with((open, tab >= DRAWING), move |(open, pictured)| {
            if !open {
                picture.set(None);
            } else if *pictured && picture.is_none() {
                match stage().and_then(|stage| snapshot::take(&stage)) {
                    Ok(taken) => picture.set(Some(Rc::new(taken))),
                    Err(_) => said.set("The browser does not let the page take a picture of itself."),
                }
            }
        });
    }
    let written = use_memo((open, tab, props.lesson.work.setup.clone()), |(open, tab, setup)| {
        let format = *Format::ALL.get(*tab).filter(|_| *open)?;
        let text = format.text(setup, &props.lesson.derived()).into();
        Some(TextFile { text, name: format.file_name(), media_type: format.media_type() })
    });
    let picture = (*picture).clone().filter(|_| tab >= DRAWING);
    let drawing = picture.as_ref().filter(|_| tab == DRAWING).map(|picture| TextFile {
        text: picture.svg.clone().into(),
        name: "convolution.svg",
        media_type: "image/svg+xml;charset=utf-8",
    });
    let on_save = picture.clone().filter(|_| tab > DRAWING).map(|picture| {
        save_made("convolution.png".to_owned(), &state.said, move || {
            let picture = picture.clone();
            async move { picture.png(PNG_SCALE).await }
        })
    });
    let sheet = match (&*written, picture) {
        (Some(written), _) => html! { <pre key="text">{ &written.text }</pre> },
        (None, Some(picture)) => html! {
            <img
                key="picture"
                src={picture.address()}
                alt="The stage as it stands now"
                width={format!("{:.0}", picture.size[0])}
                height={format!("{:.0}", picture.size[1])}
            />
        },
        (None, None) => Html::default(),
    };
    let tabs: Vec<_> = Format::ALL.iter().map(|format| format.title()).chain(PICTURES).collect();
    let file = (*written).clone().or(drawing);
    let note = to_restore(&props.lesson);
    take_away(&state, Offer { tabs, file, on_save, busy: false, sheet, note })
}

/// The mask as the blur of a picture on the Restore page: the same C, grown to the size of the picture.
fn to_restore(lesson: &MatrixLesson) -> Html {
    match crate::lesson::restore::mask::fragment(lesson.work.setup.mask.view()) {
        Ok(fragment) => html! {
            <>
                <a href={fragment}>{ "Blur a picture with this mask" }</a>
                { ": the same matrix C, grown to the size of the picture, on the Restore page." }
            </>
        },
        Err(sentence) => html! { { sentence } },
    }
}

fn stage() -> Result<Element, JsValue> {
    let document = window().document().ok_or("no document")?;
    document.query_selector(STAGE)?.ok_or_else(|| "no stage".into())
}

//! The cards: a way each, with its picture, a corner of it, its spectrum or difference, and its numbers.

use crate::{
    lesson::upsample::{UpsampleAction, UpsampleLesson},
    ui::pictures::{canvas::PixelCanvas, desk::Desk},
    web::wire::Body,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CardsProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// The worker's side.
    pub desk: Desk,
    /// Whether they stand small under the lab.
    pub compact: bool,
}

/// The cards of the ways that are compared.
#[component]
pub fn Cards(props: &CardsProps) -> Html {
    let Some(answer) = props.desk.answer.clone() else { return Html::default() };
    let Body::Upsampled(comparison) = &*answer.body else { return Html::default() };
    html! {
        <div class="ways">
            for (place, (way, _)) in comparison.ways.iter().enumerate() {
                <div class="fig way" key={way.id()}>
                    <h3 class="cap">{ way.name() }</h3>
                    <div class="view whole">
                        <PixelCanvas
                            label={AttrValue::from(way.name())}
                            pixels={answer.pictures.get(comparison.places(place).picture).cloned()}
                        />
                    </div>
                </div>
            }
        </div>
    }
}

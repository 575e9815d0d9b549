//! A picture made larger in several ways, side by side.

mod card;
mod cards;
mod table;
mod toolbar;
mod words;
mod zoom;

use crate::{
    lesson::{
        notation::decimals,
        upsample::{Aside, UpsampleAction, UpsampleLesson, Way},
    },
    ui::pictures::{desk::Desk, source::Source},
    web::comparison::Comparison,
};
pub use cards::{Cards, comparison};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PicturesProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// The worker's side.
    pub desk: Desk,
    /// The picture.
    pub source: Source,
    /// The ways of a line-up in its order, once it is told what they are.
    pub lineup: Option<Vec<Way>>,
}

/// The view of pictures.
#[component]
pub fn Pictures(props: &PicturesProps) -> Html {
    let PicturesProps { lesson, act, desk, source, lineup } = props;
    let found = desk.answer.as_deref().and_then(comparison);
    let notes = [
        source.loaded.as_ref().and_then(|loaded| loaded.note()),
        lesson.work.picture.credit().map(AttrValue::from),
        found.map(|comparison| AttrValue::from(legend(lesson, comparison))),
    ];
    html! {
        <div class="pictures-view">
            { toolbar::toolbar(lesson, act) }
            if let Some(comparison) = found {
                { table::missing(lesson, act, comparison) }
            }
            <Cards
                lesson={lesson.clone()}
                act={act.clone()}
                desk={desk.clone()}
                compact={false}
                anonymous={lineup.clone()}
                told=true
            />
            <p class="note legend-line">
                for note in notes.into_iter().flatten() {
                    <span key={note.to_string()}>{ note }</span>
                }
            </p>
            if let Some(comparison) = found {
                { table::table(comparison) }
            }
        </div>
    }
}

/// How to read what stands beside the pictures.
fn legend(lesson: &UpsampleLesson, comparison: &Comparison) -> String {
    match lesson.aside {
        Aside::Spectrum => {
            let scale = comparison.scale;
            format!(
                "Spectrum: rest in the middle, fastest at the rim; circled what stands out at multiples of n/{scale}."
            )
        }
        Aside::Difference if !comparison.has_truth => {
            "There is no difference to show: the picture itself is the small one.".to_owned()
        }
        Aside::Difference => {
            let most = share(comparison.difference_scale);
            format!(
                "Difference, on one scale for all: mid-grey is 0, white {most} too much and black {most} too little."
            )
        }
    }
}

/// A share of white as a percentage.
fn share(value: f64) -> String {
    format!("{} %", decimals(value * 100.0, 0))
}

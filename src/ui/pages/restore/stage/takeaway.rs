//! What can be taken along: the pictures in full precision, the scores, the curve, and a program.

use crate::{
    lesson::restore::RestoreLesson,
    ui::{pages::restore::told::Told, pictures::desk::Desk},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    pub lesson: RestoreLesson,
    pub desk: Desk,
    pub told: Option<Rc<Told>>,
}

/// The list.
#[component]
pub fn TakeAway(_props: &TakeAwayProps) -> Html {
    Html::default()
}

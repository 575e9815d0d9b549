//! What the Matrix page shows beside the story, and what its two programs, `matrix` and `lesson`, hand over.

use super::{
    takeaway::TakeAway,
    views::{self, ViewProseProps, ViewStageProps},
};
use crate::{lesson::matrix::MatrixLesson, ui::handing_over::Handed};
use yew::prelude::*;

/// Everything that only the whole program brings along.
pub struct Sides {
    /// The stage of a view.
    pub stage: fn(&ViewStageProps) -> Html,
    /// The text of a view.
    pub prose: fn(&ViewProseProps) -> Html,
    /// The button that opens the dialog of what can be taken away.
    pub take_away: fn(&MatrixLesson) -> Html,
}

/// There is one of it; programs have it or have it not.
impl PartialEq for Sides {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The sides, for the program that has them.
pub static SIDES: Sides = Sides {
    stage: views::view_stage,
    prose: views::view_prose,
    take_away: |lesson| html! { <TakeAway lesson={lesson.clone()} /> },
};

impl Handed for MatrixLesson {
    const ASKED: &'static str = "lesson-asked";
    const ARRIVED: &'static str = "lesson-arrived";
}

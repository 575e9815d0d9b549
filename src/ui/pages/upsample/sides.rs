//! What the Upsample page shows beside the lab, and what its two programs, `upsample` and `enlarge`, hand over.

use super::{
    exercises::Exercises,
    matrices::Matrices,
    panel::{PanelProps, picture},
    pictures::{Cards, Pictures},
    prose::ProseProps,
    stage::StageProps,
    takeaway::TakeAway,
};
use crate::{
    lesson::upsample::{
        UpsampleLesson, Way,
        exercise::{Exercise, is_lined_up, lineup},
    },
    ui::handing_over::Handed,
};
use yew::prelude::*;

/// The wish to open the reader's file.
pub const FILE: &str = "file";

/// The wish to begin an exercise.
pub const fn exercise_wish(exercise: Exercise) -> &'static str {
    match exercise {
        Exercise::Even => "even",
        Exercise::Cancel => "cancel",
        Exercise::Resized => "resized",
    }
}

/// Everything that only the whole program brings along.
pub struct Sides {
    /// The view of pictures.
    pub pictures: fn(&StageProps) -> Html,
    /// The view of matrices.
    pub matrices: fn(&StageProps) -> Html,
    /// The settings of the picture.
    pub panel: fn(&PanelProps) -> Html,
    /// The button that opens the dialog of what can be taken away.
    pub take_away: fn(&StageProps) -> Html,
    /// The exercises.
    pub exercises: fn(&ProseProps) -> Html,
    /// Who stands where in the line-up of a seed, while the page shows it.
    pub lineup: fn(&UpsampleLesson, u64) -> Option<Vec<Way>>,
}

/// There is one of it; programs have it or have it not.
impl PartialEq for Sides {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The sides, for the program that has them.
pub static SIDES: Sides = Sides {
    pictures,
    matrices: |StageProps { lesson, act, .. }| html! { <Matrices lesson={lesson.clone()} act={act.clone()} /> },
    panel: |PanelProps { lesson, act, on_file, .. }| picture::picture(lesson, act, on_file),
    take_away: |StageProps { lesson, desk, wish, on_wish, .. }| {
        html! { <TakeAway lesson={lesson.clone()} desk={desk.clone()} wish={wish.clone()} on_wish={on_wish.clone()} /> }
    },
    exercises: |ProseProps { lesson, act, settled, hidden, on_hide, .. }| {
        html! { <Exercises lesson={lesson.clone()} act={act.clone()} settled={*settled} hidden={*hidden} on_hide={on_hide.clone()} /> }
    },
    lineup: |lesson, seed| is_lined_up(lesson).then(|| lineup(seed).to_vec()),
};

/// The pictures, with what is known of them or without.
fn pictures(StageProps { lesson, act, desk, source, anonymous, told, .. }: &StageProps) -> Html {
    let (lesson, act, desk, source) = (lesson.clone(), act.clone(), desk.clone(), source.clone());
    if *told || anonymous.is_none() {
        return html! { <Pictures {lesson} {act} {desk} {source} lineup={anonymous.clone()} /> };
    }
    html! {
        <div class="pictures-view">
            <Cards {lesson} {act} {desk} compact={false} anonymous={anonymous.clone()} />
        </div>
    }
}

impl Handed for UpsampleLesson {
    const ASKED: &'static str = "enlarge-asked";
    const ARRIVED: &'static str = "enlarge-arrived";
}

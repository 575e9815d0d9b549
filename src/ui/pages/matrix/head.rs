//! The head of the stage: what is shown, and how.

use crate::{
    lesson::matrix::{Action, MatrixLesson, Orientation, derived::Derived, narration::spot_name, timeline::Way},
    ui::components::segmented::{SegmentedProps, segmented},
};
use std::rc::Rc;
use yew::prelude::*;

pub struct StageHeadProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// Sets the state.
    pub act: Callback<Action>,
}

/// Numbers or letters, how C stands, the way of the transposed convolution, and what is pinned.
pub fn stage_head(props: &StageHeadProps) -> Html {
    let StageHeadProps { lesson, derived, act } = props;
    let sizes = derived.sizes();
    let (inputs, outputs) = (sizes.inputs(), sizes.outputs());
    html! {
        <div class="stage-head">
            { segmented(&SegmentedProps { label: "Show C with".into(), options: vec!["Numbers".into(), "Letters".into()], chosen: usize::from(lesson.letters), on_choose: act.reform(|n| Action::ShowLetters(n == 1)) }) }
            { segmented(&SegmentedProps { label: "C stands as".into(), options: vec![format!("{inputs}×{outputs}").into(), format!("{outputs}×{inputs}").into()], chosen: usize::from(lesson.orientation == Orientation::Rows), on_choose: act.reform(|n| Action::Orient(if n == 1 { Orientation::Rows } else { Orientation::Columns })) }) }
            { segmented(&SegmentedProps { label: "Transposed convolution as".into(), options: Way::ALL.map(|way| AttrValue::from(way.title())).to_vec(), chosen: Way::ALL.iter().position(|way| *way == lesson.way).unwrap_or(0), on_choose: act.reform(|n: usize| Action::Tell(Way::ALL[n])) }) }
            if let Some(spot) = lesson.pinned {
                <button type="button" class="pinned" onclick={act.reform(|_| Action::LetGo)}>
                    <i></i>
                    <span>{ format!("Pinned: {}", spot_name(spot, derived)) }</span>
                    <kbd>{ "Esc" }</kbd>
                </button>
            }
        </div>
    }
}

//! The Upsample page's stage: what is shown, and how.

use super::{
    lab::Lab,
    matrices::Matrices,
    pictures::{Cards, Pictures},
    takeaway::TakeAway,
};
use crate::{
    lesson::upsample::{UpsampleAction, UpsampleLesson, View},
    ui::{
        components::segmented::{SegmentedProps, segmented},
        pictures::{
            controls::drop_target,
            desk::{Desk, Phase},
            source::Source,
        },
    },
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// The worker's side.
    pub desk: Desk,
    /// The picture.
    pub source: Source,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { lesson, act, desk, source } = props;
    let (ondragover, ondrop) = drop_target(&source.on_file);
    let phase = if source.problem.is_some() && !source.ready { Phase::Failed } else { desk.phase };
    let view = View::ALL.iter().position(|(view, ..)| *view == lesson.view).unwrap_or(0);
    html! {
        <section
            class="stage upsample"
            aria-label="Pictures"
            aria-busy={(phase == Phase::Busy).to_string()}
            data-state={phase.word()}
            {ondragover}
            {ondrop}
        >
            <i class="progress" aria-hidden="true"></i>
            <div class="stage-head">
                {
                    segmented(&SegmentedProps {
                        label: "View".into(),
                        options: View::ALL.iter().map(|(.., name)| (*name).into()).collect(),
                        chosen: view,
                        on_choose: act.reform(|place: usize| UpsampleAction::View(View::ALL[place].0)),
                    })
                }
                <TakeAway lesson={lesson.clone()} desk={desk.clone()} />
            </div>
            <div class="troubles" role="alert">
                for sentence in source.problem.iter().chain(&desk.trouble) {
                    <p key={sentence.to_string()} class="refusal">{ sentence }</p>
                }
            </div>
            {
                match lesson.view {
                    View::Overlap => html! {
                        <>
                            <Lab lesson={lesson.clone()} act={act.clone()} />
                            <Cards lesson={lesson.clone()} act={act.clone()} desk={desk.clone()} compact={true} />
                        </>
                    },
                    View::Pictures => html! {
                        <Pictures lesson={lesson.clone()} act={act.clone()} desk={desk.clone()} source={source.clone()} />
                    },
                    View::Matrices => html! { <Matrices lesson={lesson.clone()} act={act.clone()} /> },
                }
            }
        </section>
    }
}

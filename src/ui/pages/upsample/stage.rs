//! The Upsample page's stage: what is shown, and how.

use super::{lab::Lab, pictures::Cards, sides::Sides};
use crate::{
    engine::{Request, sufficient_size},
    lesson::upsample::{Shown, Side, UpsampleAction, UpsampleLesson, View, Way, links::to_matrix},
    ui::{
        components::{
            segmented::{SegmentedProps, segmented},
            take_away::take_away_elsewhere,
        },
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
    /// What only the whole program brings along.
    pub sides: Option<&'static Sides>,
    /// The worker's side.
    pub desk: Desk,
    /// The picture.
    pub source: Source,
    /// The file that was asked for.
    pub wish: Option<Request>,
    /// Asks for a file, or for nothing any more.
    pub on_wish: Callback<Option<Request>>,
    /// The transport, which stands at the foot of the lab.
    pub transport: Html,
    /// The ways of a line-up in its order: nobody is to know which is which until it is told.
    pub anonymous: Option<Vec<Way>>,
    /// Whether it is told.
    pub told: bool,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { lesson, act, sides, desk, source, transport, .. } = props;
    let (ondragover, ondrop) = drop_target(&source.on_file);
    let phase = match lesson.view {
        _ if source.problem.is_some() && !source.ready => Phase::Failed,
        View::Pictures | View::Matrices if sides.is_none() => Phase::Busy,
        _ => desk.phase,
    };
    // Where a larger picture would do, it is a button away.
    let given = source.loaded.as_ref().filter(|_| lesson.work.picture.is_file()).map(|loaded| loaded.size);
    let enough = desk.trouble.as_ref().and_then(|_| sufficient_size(lesson, given));
    // What is wrong is wrong with the pictures, and is said over them.
    let troubles = html! {
        <div class="troubles" role="alert">
            for sentence in source.problem.iter().chain(&desk.trouble) {
                <p key={sentence.to_string()} class="refusal">{ sentence }</p>
            }
            if let Some(size) = enough {
                <button type="button" class="btn" onclick={act.reform(move |_: MouseEvent| UpsampleAction::Size(size))}>
                    { format!("Use {size} px") }
                </button>
            }
        </div>
    };
    html! {
        <section
            class="stage upsample"
            aria-label="Stage"
            aria-busy={(phase == Phase::Busy).to_string()}
            data-state={phase.word()}
            {ondragover}
            {ondrop}
        >
            <i class="progress" aria-hidden="true"></i>
            { head(props) }
            <div class="upsample-body">
                {
                    match (lesson.view, sides) {
                        (View::Overlap, _) => html! {
                            <>
                                <Lab lesson={lesson.clone()} act={act.clone()} />
                                { troubles }
                                <Cards lesson={lesson.clone()} act={act.clone()} desk={desk.clone()} compact={true} />
                            </>
                        },
                        (View::Pictures, Some(sides)) => html! { <>{ troubles }{ (sides.pictures)(props) }</> },
                        (View::Matrices, Some(sides)) => (sides.matrices)(props),
                        (View::Pictures | View::Matrices, None) => html! {
                            <p class="coming" role="status">
                                { "On its way: this view is loaded when it is first asked for." }
                            </p>
                        },
                    }
                }
            </div>
            if lesson.view == View::Overlap {
                { transport.clone() }
            }
        </section>
    }
}

/// What the stage shows, how the lab shows it, and the ways out.
fn head(props: &StageProps) -> Html {
    let StageProps { lesson, act, sides, .. } = props;
    html! {
        <div class="stage-head">
            { switch("View", &View::ALL, lesson.view, act.reform(UpsampleAction::View)) }
            if lesson.view == View::Overlap {
                { switch("Show the overlap as", &Shown::ALL, lesson.shown, act.reform(UpsampleAction::Shown)) }
                { switch("Side", &Side::ALL, lesson.side, act.reform(UpsampleAction::Side)) }
            }
            <span class="stage-tools">
                if lesson.view != View::Pictures {
                    { matrix_link(lesson) }
                }
                {
                    match sides {
                        Some(sides) => (sides.take_away)(props),
                        None => take_away_elsewhere::<UpsampleLesson>(),
                    }
                }
            </span>
        </div>
    }
}

/// The same numbers on the Matrix page, where it has room for them.
fn matrix_link(lesson: &UpsampleLesson) -> Html {
    match to_matrix(lesson) {
        Some(href) => html! { <a class="btn" {href}>{ "Open on Matrix page" }</a> },
        None => html! {
            <button
                type="button"
                class="btn"
                disabled=true
                title="The Matrix page has room for masks up to 5 × 5 and results up to 12 × 12."
            >
                { "Open on Matrix page" }
            </button>
        },
    }
}

/// One of several values, each with its word in links and its name.
fn switch<T: Copy + PartialEq + 'static>(
    label: &'static str,
    all: &'static [(T, &'static str, &'static str)],
    chosen: T,
    on_choose: Callback<T>,
) -> Html {
    segmented(&SegmentedProps {
        label: label.into(),
        options: all.iter().map(|(.., name)| (*name).into()).collect(),
        chosen: all.iter().position(|(value, ..)| *value == chosen).unwrap_or(0),
        on_choose: on_choose.reform(|place: usize| all[place].0),
    })
}

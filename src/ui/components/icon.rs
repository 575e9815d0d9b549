//! The drawn signs on buttons.

use yew::prelude::*;

/// A sign by its meaning.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// To the first step.
    First,
    /// One step back.
    Back,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// One step forward.
    Forward,
    /// To the last step.
    Last,
    /// Light or dark.
    Theme,
    /// Share.
    Share,
    /// Presenter.
    Presenter,
    /// One change back.
    Undo,
    /// The change again.
    Redo,
}

pub struct IconProps {
    /// Which sign.
    pub sign: Sign,
}

/// Draws a sign; it is decoration, so the button carries the name.
pub fn icon(props: &IconProps) -> Html {
    let (view, path) = match props.sign {
        Sign::First => ("0 0 18 18", "M4 3h2v12H4zM15 3v12l-8-6z"),
        Sign::Back => ("0 0 18 18", "M12 3v12L4 9zM13.5 3h1.8v12h-1.8z"),
        Sign::Play => ("0 0 18 18", "M5 2.500v13L16 9z"),
        Sign::Pause => ("0 0 18 18", "M4.500 3h3.200v12h-3.200zM10.300 3h3.200v12h-3.200z"),
        Sign::Forward => ("0 0 18 18", "M6 3v12l8-6zM2.700 3h1.800v12h-1.800z"),
        Sign::Last => ("0 0 18 18", "M12 3h2v12h-2zM3 3v12l8-6z"),
        Sign::Theme => {
            return html! {
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <circle cx="8" cy="8" r="5.5" />
                    <path d="M8 2.500v11A5.500 5.500 0 0 0 8 2.500z" fill="currentColor" />
                </svg>
            };
        }
        Sign::Share => (
            "0 0 16 16",
            "M6.500 9.500l3-3M7 4.500l1.500-1.500a3 3 0 0 1 4.300 4.300L11.300 8.800M9 11.500L7.500 13A3 3 0 0 1 3.200 8.700L4.700 7.200",
        ),
        Sign::Presenter => ("0 0 16 16", "M2 3h12v8H2zM8 11v3M5.500 14h5"),
        Sign::Undo => ("0 0 16 16", "M6 3L2.500 6.500L6 10M3 6.500h6.500a3.500 3.500 0 0 1 0 7H6"),
        Sign::Redo => ("0 0 16 16", "M10 3L13.500 6.500L10 10M13 6.500H6.500a3.500 3.500 0 0 0 0 7H10"),
    };
    html! { <svg viewBox={view} aria-hidden="true"><path d={path} /></svg> }
}

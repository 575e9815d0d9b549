//! The Restore page's text, whose underlined words set the stage.

use crate::{
    imaging::Boundary,
    lesson::restore::{Blur, RestoreAction, RestoreLesson},
    restoration::DESCRIPTIONS,
    ui::pictures::controls::Say,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
}

/// The place of the method whose parameter the data can choose.
fn method_with_a_rule() -> usize {
    DESCRIPTIONS.iter().position(|method| method.id == "regularised").unwrap_or_default()
}

/// The text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let lesson = &props.lesson;
    let say = |on: bool, actions: Vec<RestoreAction>, words: &str| {
        let act = props.act.clone();
        let on_say = Callback::from(move |()| actions.iter().for_each(|action| act.emit(*action)));
        html! { <Say {on} {on_say}>{ words }</Say> }
    };
    let symbol = lesson.method().parameters.first().map_or("", |parameter| parameter.symbol);
    let range = lesson.log_range();
    let least = *range.start();
    let much = (range.end() - 1.0).min(0.5);
    let by_hand = |log: f64| !lesson.automatic() && (lesson.log_parameter() - log).abs() < 0.005;
    let rule = method_with_a_rule();
    html! {
        <article class="prose">
            <h1>{ "What a blur leaves behind" }</h1>
            <p>
                { "A lens " }
                { say(lesson.blur() == Blur::Disc, vec![RestoreAction::Blur(Blur::Disc)], "out of focus") }
                { " averages over a disc, a " }
                { say(lesson.blur() == Blur::Motion, vec![RestoreAction::Blur(Blur::Motion)], "shaken camera") }
                { " along its path. Broad shapes pass; fine stripes are made small, and those of a few widths are \
                   wiped out for good. Look where the star turns grey." }
            </p>
            <p>
                { "To restore is to divide by what the blur left, stripe width by stripe width. " }
                { say(lesson.noise() == 0.0, vec![RestoreAction::Noise(0.0)], "Without noise") }
                { " that nearly works. With it, the noise is divided too: " }
                { say(by_hand(least), vec![RestoreAction::LogParameter(least)], &format!("{symbol} ≈ 0 explodes")) }
                { format!(". A little {symbol} keeps the division in bounds, ") }
                { say(by_hand(much), vec![RestoreAction::LogParameter(much)], "too much") }
                { " gives up more than it has to. The best value lies between, and the " }
                {
                    say(
                        lesson.automatic() && lesson.method_index() == rule,
                        vec![RestoreAction::Method(rule), RestoreAction::Automatic(true)],
                        "automatic",
                    )
                }
                { " one comes close without having seen the original." }
            </p>
            <h2>{ "Try it" }</h2>
            <ol>
                <li>
                    { "Raise the noise tenfold. Which way does the automatic value move, and why must it?" }
                </li>
                <li>
                    { "Let the picture " }
                    {
                        say(
                            lesson.boundary() == Boundary::Circular,
                            vec![RestoreAction::Boundary(Boundary::Circular)],
                            "repeat",
                        )
                    }
                    { " beyond its edges instead of being " }
                    {
                        say(
                            lesson.boundary() == Boundary::Mirror,
                            vec![RestoreAction::Boundary(Boundary::Mirror)],
                            "mirrored",
                        )
                    }
                    { ". Where does that show?" }
                </li>
                <li>{ "Find a blur that no method here can undo, even without noise." }</li>
            </ol>
        </article>
    }
}

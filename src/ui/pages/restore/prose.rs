//! The Restore page's text, whose underlined words set the stage.

use super::{exercises::Exercises, told::Told};
use crate::{
    lesson::restore::{RestoreAction, RestoreLesson, narration, presets::Preset},
    ui::pictures::controls::Say,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    /// The numbers of the last answer.
    pub told: Option<Rc<Told>>,
    /// Whether they are those of these settings.
    pub ready: bool,
}

/// The text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let ProseProps { lesson, act, told, ready } = props;
    let say = |preset: Preset, words: &'static str| {
        let (act, lesson) = (act.clone(), lesson.clone());
        let on = preset.is_set(&lesson);
        let on_say = Callback::from(move |()| preset.actions(&lesson).into_iter().for_each(|action| act.emit(action)));
        html! { <Say {on} {on_say}>{ words }</Say> }
    };
    let now = told.as_ref().map(|told| narration::explain(&told.question, &told.for_narration())).unwrap_or_default();
    html! {
        <article class="prose">
            <h1>{ "What a blur leaves behind" }</h1>
            <p>
                { "A lens " }{ say(Preset::Defocus, "out of focus") }{ " averages over a disc, a " }
                { say(Preset::Motion, "shaken camera") }
                { " along its path: g = h∗f + η. It is the matrix C of the Matrix page, grown to the size of the picture. \
                   Broad shapes pass; fine stripes are made small, and the " }
                { say(Preset::Rings, "rings where |H| is zero") }{ " are lost for good." }
            </p>
            <p>
                { "To restore is to divide by what the blur left, frequency by frequency. " }
                { say(Preset::Quiet, "Without noise") }{ " that nearly works. With it the noise is divided too: the " }
                { say(Preset::Explodes, "plain inverse explodes") }
                { ". To regularise is to say what pictures are like, and to hold back what would not be. " }
                { say(Preset::TooLittle, "Too little") }{ " lets the noise in, " }{ say(Preset::TooMuch, "too much") }
                { " blurs again; the best lies between, and the " }{ say(Preset::Automatic, "automatic") }
                { " value comes close without having seen the original." }
            </p>
            <h2>{ "What lies outside" }</h2>
            <p>
                { "No picture knows what was beyond its edges, yet the blur brought it in. Whoever supposes that the picture " }
                { say(Preset::CircularRings, "repeats") }{ " pays with ripples from every edge; its " }
                { say(Preset::MirrorCalms, "mirror image") }
                { " is calmer. Methods that go step by step may leave the outside unknown, and " }
                { say(Preset::Holes, "missing pixels") }{ " too." }
            </p>
            <h2>{ "Step by step" }</h2>
            <p>
                { "Counted light has another noise: with " }{ say(Preset::Photons, "few photons") }
                { " Richardson–Lucy asks for the likeliest picture that is nowhere negative. Watch it converge: from some step on \
                   it fits the noise. " }
                { say(Preset::Texture, "Total variation") }
                { " keeps edges and flattens what it takes for noise, a lawn among it. A " }
                { say(Preset::Spikes, "spectrum of spikes") }{ " is restored by the very same methods in one dimension." }
            </p>
            <p>
                { "And when nobody knows the blur? The " }{ say(Preset::Clock, "clock") }
                { " moved while it was photographed. Guess, draw, or let a blind method search." }
            </p>
            if !now.is_empty() {
                <section aria-labelledby="now">
                    <h2 id="now">{ "Here and now" }</h2>
                    for sentence in now {
                        <p key={sentence.clone()}>{ sentence }</p>
                    }
                </section>
            }
            <Exercises lesson={lesson.clone()} act={act.clone()} told={told.clone().filter(|_| *ready)} />
        </article>
    }
}

//! The text beside the stage. Words that name a state of the stage are buttons that set it.

use super::exercises::{ExercisesProps, exercises};
use crate::{
    convolution::PaddingMode,
    lesson::{
        matrix::{
            Action, MatrixLesson, View,
            derived::Derived,
            links::to_upsample,
            narration,
            settings::Setting,
            spot::Spot,
            timeline::{Chapter, Way},
        },
        numbers::cell_text,
    },
    ui::pictures::controls,
};
use std::rc::Rc;
use yew::prelude::*;

const STRIDE: [Setting; 2] = [Setting::StrideRows, Setting::StrideColumns];
const DILATION: [Setting; 2] = [Setting::DilationRows, Setting::DilationColumns];
const PADDING: [Setting; 4] =
    [Setting::PaddingTop, Setting::PaddingBottom, Setting::PaddingLeft, Setting::PaddingRight];

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// Sets the state.
    pub act: Callback<Action>,
}

/// Words that set the stage.
pub fn say(act: &Callback<Action>, on: bool, action: Action, words: &str) -> Html {
    says(act, on, vec![action], words)
}

/// Words that set the stage by several actions, one after the other.
fn says(act: &Callback<Action>, on: bool, actions: Vec<Action>, words: &str) -> Html {
    let act = act.clone();
    let onclick = Callback::from(move |_: MouseEvent| actions.iter().for_each(|action| act.emit(action.clone())));
    controls::say(on, onclick, words.into())
}

/// So many of something, as a sentence begins.
fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", narration::count_word(count), if count == 1 { "" } else { "s" })
}

/// The lesson's text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let ProseProps { lesson, derived, act } = props;
    let told = lesson.timeline().shown(lesson.position).chapter;
    let chapter = |chapter: Chapter, words: &str| say(act, told == chapter, Action::Chapter(chapter), words);
    let total = if lesson.hides(Spot::Result(0)) {
        "?".to_owned()
    } else {
        cell_text(derived.result.first().copied().unwrap_or(0.0))
    };
    let sizes = derived.sizes();
    let (few, many) = (counted(sizes.outputs(), "number"), narration::count_word(sizes.grown_cells()));
    let spread = format!("{} spread to {}", few.to_ascii_lowercase(), many.to_ascii_lowercase());
    html! {
        <article class="prose" key="story">
            <h1>{ "A convolution is one matrix product" }</h1>
            <p>
                { "Lay the mask on the patch at its " }{ chapter(Chapter::Place, "first place") }
                { format!(". {}, one sum: the number ", counted(sizes.taps(), "product")) }{ chapter(Chapter::Multiply, &total) }
                { ". Everything outlined belongs to it." }
            </p>
            <p>
                { "Now keep the mask where it lies and " }{ chapter(Chapter::Unroll, "read the array row by row") }
                {
                    format!(
                        ": a column of {}. {} {} as many columns. ",
                        counted(sizes.inputs(), "number").to_ascii_lowercase(),
                        counted(sizes.outputs(), "place"),
                        if sizes.outputs() == 1 { "gives" } else { "give" },
                    )
                }
                { chapter(Chapter::Stack, "Side by side") }{ " they are C, and D" }<sup>{ "T" }</sup>
                { "C is the whole convolution." }
            </p>
            <p>
                { "Then let C " }{ chapter(Chapter::Transpose, "bend over") }
                { ". Each column becomes a row, and " }{ chapter(Chapter::Spread, &spread) }
                { ". That is what deep learning calls deconvolution. It is not the inverse." }
            </p>
            { geometry(lesson, act) }
            { transpose(lesson, act) }
            { further(lesson, act) }
            <h2>{ "Try" }</h2>
            <ol>
                <li>{ "Point at a cell of the patch: how many results does it go into? And at a corner?" }</li>
                <li>{ "Before you step to Multiply, work out the last result in your head. Then look." }</li>
                <li>
                    { "Set E to 1 0 / 0 0. Which picture does E·C" }<sup>{ "T" }</sup>
                    { " show, and where have you seen it before?" }
                </li>
            </ol>
            { exercises(&ExercisesProps { lesson: lesson.clone(), derived: derived.clone(), act: act.clone() }) }
        </article>
    }
}

/// How the mask moves, and over what.
fn geometry(lesson: &MatrixLesson, act: &Callback<Action>) -> Html {
    let setup = lesson.setup();
    let all = |settings: &[Setting], value: usize| settings.iter().all(|setting| setup.value(*setting) == value);
    let set = |settings: &[Setting], value: usize, words: &str| {
        say(act, all(settings, value), Action::Set(settings.to_vec(), value), words)
    };
    let margin = || Action::Set(PADDING.to_vec(), 1);
    let padded = PADDING.iter().any(|side| setup.value(*side) > 0);
    let mode = |mode: PaddingMode, words: &str| {
        let actions = if padded { vec![Action::Mode(mode)] } else { vec![margin(), Action::Mode(mode)] };
        says(act, padded && setup.mode == mode, actions, words)
    };
    let plain = vec![
        Action::Mode(PaddingMode::Zero),
        Action::Set(STRIDE.to_vec(), 1),
        Action::Set(DILATION.to_vec(), 1),
        Action::Set(PADDING.to_vec(), 0),
    ];
    let is_plain = all(&STRIDE, 1) && all(&DILATION, 1) && all(&PADDING, 0);
    html! {
        <>
            <h2>{ "How the mask moves" }</h2>
            <p>
                { "The mask may leave places out. With " }{ set(&STRIDE, 2, "stride 2") }
                { " it takes every second one: fewer results, and as many columns fewer in C. What is left of C does \
                   not change by it." }
            </p>
            <p>
                { "It may also hang over the edge. " }{ set(&PADDING, 1, "Padding 1") }
                { " lays a margin of one cell around the patch, and a 3×3 mask then gives a result as large as the \
                   patch. The margin is nobody’s number, so it has no rows in C; the columns of the outer results \
                   merely have fewer entries." }
            </p>
            <p>
                { "And it may be spread out. With " }
                {
                    says(
                        act,
                        all(&DILATION, 2),
                        vec![margin(), Action::Set(DILATION.to_vec(), 2)],
                        "dilation 2",
                    )
                }
                { " its entries lie two apart and it reaches further with the same nine numbers. Or go back to the " }
                { says(act, is_plain, plain, "plain mask") }{ "." }
            </p>
            <h2>{ "What stands in the margin" }</h2>
            <p>
                { "Most networks put " }{ mode(PaddingMode::Zero, "zeros") }
                { " there, and pictures get dark borders. Instead the margin can " }
                { mode(PaddingMode::Replicate, "repeat the edge") }{ ", " }
                { mode(PaddingMode::Reflect, "mirror the patch") }{ " or " }
                { mode(PaddingMode::Circular, "go round") }
                { " and take the other side. C stays a matrix with one row a cell of the patch: where the margin \
                   shows a cell once more, two entries of the mask meet in one place and are added." }
            </p>
        </>
    }
}

/// The transposed convolution once more, and where its products meet.
fn transpose(lesson: &MatrixLesson, act: &Callback<Action>) -> Html {
    let way = |way: Way, words: &str| {
        let on = lesson.way == way && lesson.timeline().shown(lesson.position).chapter == Chapter::Spread;
        says(act, on, vec![Action::Tell(way), Action::Chapter(Chapter::Spread)], words)
    };
    let shows = |overlap: bool, words: &str| say(act, lesson.overlap == overlap, Action::ShowOverlap(overlap), words);
    html! {
        <>
            <h2>{ "The same, told three more ways" }</h2>
            <p>
                { "You need no matrix to turn it over. " }{ way(Way::Paint, "Paint") }
                { ": every number of E lays the mask down where its window was, multiplied by itself, and what \
                   overlaps is added. " }
                { way(Way::Insertion, "Zero insertion") }
                { ": put zeros between and around the numbers of E, turn the mask by 180°, and convolve as always. " }
                { way(Way::Gradient, "Gradient") }
                { ": nudge one cell of D and see by how much the results, weighed with E, go up." }
            </p>
            <p>
                { "All of them arrive at the numbers of the " }{ way(Way::Matrix, "matrix") }
                { ". The last one is why every training of a convolution runs its transpose." }
            </p>
            <h2>{ "Where products meet" }</h2>
            <p>
                { "Look at the " }{ shows(true, "overlap") }
                { " in place of the " }{ shows(false, "sums") }
                { ": it counts how many products fall into each cell. The middle gets many and a corner one. With a \
                   stride that does not divide the mask’s size the counts go up and down from cell to cell, and an \
                   up-sampled picture shows them as a checkerboard." }
            </p>
        </>
    }
}

/// What the other views are about.
fn further(lesson: &MatrixLesson, act: &Callback<Action>) -> Html {
    // Numbers that the other page has no room for stay here.
    let upsample = to_upsample(lesson).unwrap_or_else(|| "#/upsample".to_owned());
    let view = |view: View, words: &str| say(act, false, Action::Show(view), words);
    html! {
        <>
            <h2>{ "Not the inverse" }</h2>
            <p>
                { "Sixteen numbers have come back, but not the sixteen of D: they were spread, and never divided. \
                   Put the transpose " }
                { view(View::Inverse, "beside the inverse") }
                { " and convolve both again. One gives E, the other something far larger." }
            </p>
            <p>
                { "Spread over a picture, the same transpose makes it larger, and may leave a checkerboard: see " }
                <a href={upsample}>{ "these numbers on the Upsample page" }</a>{ "." }
            </p>
            <h2>{ "Pooling and channels" }</h2>
            <p>
                { "Averages and maxima of windows are " }{ view(View::Pooling, "matrices, too") }
                { ", one of them only after a look at the patch. And pictures with several channels make C " }
                { view(View::Channels, "a wall of blocks") }{ ", each block a C of its own." }
            </p>
        </>
    }
}

//! The Upsample page's text, whose underlined words set the stage.

use super::sides::{Sides, exercise_wish};
use crate::{
    lesson::{
        Lesson,
        history::History,
        upsample::{Aside, Shown, Side, UpsampleAction, UpsampleLesson, View, Way, Weights, exercise::Exercise},
    },
    ui::{
        components::exercises::{SectionProps, section},
        handing_over,
        pictures::controls::Say,
    },
    web::theme,
};
use UpsampleAction as Do;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// What only the whole program brings along.
    pub sides: Option<&'static Sides>,
    /// Whether the state is what the reader has come with.
    pub settled: bool,
    /// The seed of the line-up whose names are hidden.
    pub hidden: Option<u64>,
    /// Hides the names of a line-up, or shows them again.
    pub on_hide: Callback<Option<u64>>,
}

/// What the words can do: state and action.
struct Words<'a> {
    lesson: UpsampleLesson,
    act: &'a Callback<UpsampleAction>,
}

impl Words<'_> {
    /// Words that set the stage. They are marked while setting it would change nothing.
    fn say(&self, words: &'static str, actions: Vec<UpsampleAction>) -> Html {
        let set = self.lesson.reduce(Do::Together(actions.clone()));
        let on = UpsampleLesson { history: History::default(), ..set } == self.lesson;
        self.button(words, on, actions)
    }

    fn button(&self, words: &'static str, on: bool, actions: Vec<UpsampleAction>) -> Html {
        let on_say = self.act.reform(move |()| Do::Together(actions.clone()));
        html! { <Say {on} {on_say}>{ words }</Say> }
    }

    /// The lab with these layers, flat and by count.
    fn lab(&self, words: &'static str, layers: &[[usize; 2]]) -> Html {
        self.say(words, lab(layers))
    }

    /// Pictures made with random weights, among them of these ways.
    fn untrained(&self, words: &'static str, layer: [usize; 2], ways: &[Way], icnr: Option<bool>) -> Html {
        let mut actions = vec![Do::View(View::Pictures), Do::Stack(vec![layer]), Do::Weights(Weights::Random)];
        actions.extend(icnr.map(Do::Icnr));
        actions.extend(ways.iter().map(|way| Do::Compare(*way, true)));
        self.say(words, actions)
    }
}

fn lab(layers: &[[usize; 2]]) -> Vec<UpsampleAction> {
    vec![
        Do::View(View::Overlap),
        Do::Side(Side::Forward),
        Do::Weighted(false),
        Do::Weights(Weights::Flat),
        Do::Stack(layers.to_vec()),
    ]
}

/// The text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let lesson = UpsampleLesson { history: History::default(), ..props.lesson.clone() };
    let words = Words { lesson, act: &props.act };
    html! {
        <article class="prose">
            <h1>{ "Where checkerboards come from" }</h1>
            { overlap(&words) }
            { pictures(&words) }
            { further(&words) }
            {
                match props.sides {
                    Some(sides) => (sides.exercises)(props),
                    None => exercises_elsewhere(),
                }
            }
        </article>
    }
}

/// The exercises by their names; the whole program has them, and begins the one that was chosen.
fn exercises_elsewhere() -> Html {
    section(&SectionProps {
        about: Html::default(),
        offered: Exercise::ALL.map(|exercise| (exercise, exercise.title())).to_vec(),
        open: None,
        on_begin: Callback::from(|exercise| handing_over::ask::<UpsampleLesson>(exercise_wish(exercise))),
        list: NodeRef::default(),
        question: Html::default(),
    })
}

fn overlap(words: &Words) -> Html {
    let lesson = &words.lesson;
    let painting = lesson.view == View::Overlap && lesson.side == Side::Forward && lesson.playing;
    // Who prefers reduced motion is shown the first step.
    let still = theme::matches("(prefers-reduced-motion: reduce)");
    let start = if still { Do::Seek(1.0) } else { Do::Play(true) };
    let paint = vec![Do::View(View::Overlap), Do::Side(Side::Forward), Do::Seek(0.0), start];
    let counts = |layers: &[[usize; 2]]| {
        let mut actions = lab(layers);
        actions.push(Do::Shown(Shown::Counts));
        actions
    };
    let tent = vec![
        Do::View(View::Overlap),
        Do::Side(Side::Forward),
        Do::Stack(vec![[3, 2]]),
        Do::Weights(Weights::Tent),
        Do::Weighted(true),
    ];
    html! {
        <>
            <p>
                { "A transposed convolution paints: every input pixel lays down a copy of the mask, " }
                { words.button("stride apart", painting, paint) }{ ". Where copies overlap, the paint is thicker." }
            </p>
            <p>
                { "With " }{ words.lab("k = 3, s = 2", &[[3, 2]]) }
                { " the last cell of each copy falls on the first of the next, so every second cell is painted twice. In two \
                   dimensions the pattern multiplies: " }{ words.say("1, 2, 4", counts(&[[3, 2]])) }{ "." }
            </p>
            <p>
                { "What decides is k mod s, the rest when the mask is divided by the stride. If " }
                { words.lab("s divides k", &[[4, 2]]) }
                { ", all cells inside get the same. A mask " }{ words.lab("smaller than its stride", &[[2, 3]]) }
                { " leaves holes." }
            </p>
            <p>
                { "Weights can make up for uneven counts. A " }{ words.say("tent", tent) }
                { " gives half where two copies meet, and two halves are one: that is bilinear interpolation, with which fully \
                   convolutional networks began (Long, Shelhamer and Darrell, 2015). A network is free to learn so, and free \
                   not to." }
            </p>
            <p>
                { "Layers compound. " }{ words.say("Two of them", counts(&[[3, 2], [3, 2]])) }
                { " weave a pattern four cells wide. A " }{ words.say("third", counts(&[[3, 2], [3, 2], [4, 1]])) }
                { ", whose mask covers the whole pattern wherever it lies, evens it out." }
            </p>
        </>
    }
}

fn pictures(words: &Words) -> Html {
    html! {
        <>
            <h2>{ "On a picture" }</h2>
            <p>
                { "A layer that has learnt nothing has " }
                { words.untrained("random weights", [3, 2], &[Way::Transposed], None) }
                { ". Its checkerboard lies over every picture, and its spectrum has peaks that the picture never had. Even where " }
                { words.untrained("s divides k", [4, 2], &[Way::Transposed], None) }
                { ", cells get as many weights, but not the same ones." }
            </p>
            <p>
                { "Sub-pixel convolution has no copies that could overlap: each cell of an s × s block has a filter to itself. \
                   But filters that start " }
                { words.untrained("independent", [3, 2], &[Way::Shuffle], Some(false)) }
                { " differ, and so do the cells. Started " }
                { words.untrained("equal", [3, 2], &[Way::Shuffle], Some(true)) }
                { " (ICNR; Aitken and others, 2017), the grid is gone before your eyes." }
            </p>
            <p>
                { "Or make the picture larger first, and " }
                { words.untrained("convolve afterwards", [3, 2], &[Way::Transposed, Way::Convolved], None) }
                { ". Without a stride nothing can be uneven, whatever the weights are (Odena, Dumoulin and Olah, 2016)." }
            </p>
            <p>
                { "None of them brings back what was lost on the way down: look at the " }
                { words.say("differences", vec![Do::View(View::Pictures), Do::Aside(Aside::Difference)]) }{ ". " }
                {
                    words.say("Back-projection", vec![
                        Do::View(View::Pictures),
                        Do::Compare(Way::BackProjected, true),
                    ])
                }
                { " at least agrees with what is left: it makes its picture small again, compares, and spreads the error back \
                   with the transpose, over and over (Irani and Peleg, 1991). That is " }
                <a href="#/restore">{ "restoration" }</a>{ ", step by step." }
            </p>
        </>
    }
}

fn further(words: &Words) -> Html {
    let gradient =
        vec![Do::View(View::Overlap), Do::Side(Side::Gradient), Do::Weighted(false), Do::Stack(vec![[3, 2]])];
    html! {
        <>
            <h2>{ "The way back" }</h2>
            <p>
                { "A convolution with a stride reads with the very same windows. When it learns, its " }
                { words.say("gradient", gradient) }
                { " goes back through the transpose, and input cells that more windows have read get more of it: a \
                   checkerboard again, this time in what the layers before are taught." }
            </p>
            <p>
                { "Each of these ways is a matrix. For a tiny picture " }
                { words.say("the same C", vec![Do::View(View::Matrices)]) }
                { " stands beside its result: its columns are the copies, and rows of one colour share their weights. Where \
                   rows sum to unlike numbers, even ground does not stay even." }
            </p>
        </>
    }
}

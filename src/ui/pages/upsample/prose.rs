//! The Upsample page's text, whose underlined words set the stage.

use crate::{
    lesson::upsample::{Shape, UpsampleAction, UpsampleLesson},
    ui::pictures::controls::Say,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    pub lesson: UpsampleLesson,
    pub act: Callback<UpsampleAction>,
}

/// The text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let lesson = &props.lesson;
    let layer = |mask: usize, factor: usize, shape: Shape, words: &str| {
        let act = props.act.clone();
        let on = (lesson.mask(), lesson.factor(), lesson.shape()) == (mask, factor, shape);
        let on_say = Callback::from(move |()| {
            act.emit(UpsampleAction::Layer { mask: mask as i64, factor: factor as i64 });
            act.emit(UpsampleAction::Shape(shape));
        });
        html! { <Say {on} {on_say}>{ words }</Say> }
    };
    html! {
        <article class="prose">
            <h1>{ "Where checkerboards come from" }</h1>
            <p>
                { "A transposed convolution paints: every pixel of the small picture lays down a copy of the mask, \
                   one stride after the other. Where copies overlap, the paint is thicker." }
            </p>
            <p>
                { "With " }
                { layer(3, 2, Shape::Flat, "k = 3, s = 2") }
                { " the last cell of each copy falls on the first of the next, so every second cell is painted \
                   twice. In the plane the pattern multiplies: 1,\u{a0}2,\u{a0}4." }
            </p>
            <p>
                { "If " }
                { layer(4, 2, Shape::Flat, "s divides k") }
                { ", all cells inside get the same. A mask " }
                { layer(1, 2, Shape::Flat, "smaller than its stride") }
                { " leaves holes. And weights can make up for uneven counts, as a " }
                { layer(3, 2, Shape::Tent, "tent") }
                { " does: that is bilinear interpolation. A network would have to learn such weights, and keep them." }
            </p>
            <p>
                { "Or resize first and convolve afterwards: without a stride, nothing can be uneven." }
            </p>
            <h2>{ "Try it" }</h2>
            <ol>
                <li>{ "Set the factor to 3. Which masks paint evenly?" }</li>
                <li>
                    { "With " }
                    { layer(6, 3, Shape::Bell, "k = 6, s = 3 and a bell") }
                    { " the counts are even. Why does the picture still show a grid?" }
                </li>
            </ol>
        </article>
    }
}

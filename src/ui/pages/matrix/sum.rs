//! The products behind one number, written out with their colours.

use super::cells::step;
use crate::lesson::{
    matrix::narration::{Sum, hue, letter},
    numbers::cell_text,
};
use yew::prelude::*;

pub struct SumViewProps {
    /// The sum.
    pub sum: Sum,
    /// The bounds of the colour scales: of the mask, and of the numbers that it multiplies.
    pub bounds: (f32, f32),
    /// Terms that are lit, by cell and output.
    pub lit: Option<(usize, usize)>,
    /// Whether the total is in question and must not be seen.
    pub hidden: bool,
    /// Whether there is little room.
    pub narrow: bool,
    /// Rows and columns of the mask, which give the letters their hues.
    pub mask: [usize; 2],
}

/// Products and their sum.
pub fn sum_view(props: &SumViewProps) -> Html {
    let (mask_bound, value_bound) = props.bounds;
    // Long numbers shrink the terms; very long ones send the total below them.
    let longest = props.sum.terms.iter().map(|term| printed_length(term.weight) + printed_length(term.value)).max();
    let size = match (longest.unwrap_or(0), props.sum.terms.len()) {
        (_, 10..) if props.narrow => Some("many narrow"),
        (_, 10..) => Some("many"),
        _ if props.narrow => Some("many few-terms"),
        (0..=4, _) => None,
        (5..=6, _) => Some("medium"),
        _ => Some("small"),
    };
    html! {
        <>
            <h2 class="cap">{ props.sum.heading() }</h2>
            <div class={classes!("terms", size)} role="img" aria-label={if props.hidden { veiled(&props.sum.line()) } else { props.sum.line() }}>
                <div class={classes!("products", (props.sum.terms.len() <= 4).then_some("few"))}>
                    for (n, term) in props.sum.terms.iter().enumerate() {
                        <span
                            key={n}
                            class={classes!("term", (props.lit == Some((term.cell, term.output))).then_some("lit"))}
                        >
                            <u>{ if n > 0 { "+" } else { "" } }</u>
                            <span class={classes!("weight", hue(term.tap, props.mask))}>
                                <i>{ letter(term.tap) }</i>
                                <b class={format!("mask-{}", step(term.weight, mask_bound))}>
                                    { cell_text(term.weight) }
                                </b>
                            </span>
                            <s>{ "·" }</s>
                            <span class={classes!("value", format!("data-{}", step(term.value, value_bound)))}>
                                { cell_text(term.value) }
                            </span>
                        </span>
                    }
                </div>
                <span class="total">{ if props.hidden { "= ?".to_owned() } else { format!("= {}", cell_text(props.sum.total)) } }</span>
            </div>
        </>
    }
}

fn printed_length(value: f32) -> usize {
    cell_text(value).chars().count()
}

/// A line of a sum without its total.
pub fn veiled(line: &str) -> String {
    line.rsplit_once(" = ").map_or_else(String::new, |(products, _)| format!("{products} = ?"))
}

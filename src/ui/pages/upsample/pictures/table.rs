//! The numbers of the ways that are compared, and why some ways have none.

use super::words;
use crate::{
    lesson::{
        notation::decimals,
        picture::Picture,
        upsample::{Down, UpsampleAction, UpsampleLesson},
    },
    web::comparison::Comparison,
};
use yew::prelude::*;

/// Times shorter than this, in milliseconds, are within the steps of a browser's clock.
const LEAST_MILLIS: f64 = 0.1;
/// Times have so many decimals, and nothing else in the table has.
const MILLIS_DECIMALS: usize = 1;

/// The table.
pub fn table(comparison: &Comparison) -> Html {
    let ways = &comparison.ways;
    let most = |value: fn(&crate::engine::Findings) -> f64| {
        ways.iter().map(|(_, findings)| value(findings)).filter(|value| !value.is_nan()).fold(f64::NAN, f64::max)
    };
    let (psnr, ssim) = (most(|findings| findings.psnr), most(|findings| findings.ssim));
    // What takes less than the clock can tell is no record.
    let timed = ways.iter().all(|(_, findings)| findings.millis >= LEAST_MILLIS);
    let fastest = if timed { -most(|findings| -findings.millis) } else { f64::NAN };
    let number = |value: f64, count: usize, best: f64| {
        let is_best = value == best && ways.len() > 1;
        html! {
            <td class={classes!(is_best.then_some("best"))}>
                if is_best {
                    <svg class="diamond" viewBox="0 0 10 10" role="img" aria-label="best"><path d="M5 0L10 5L5 10L0 5z" /></svg>
                }
                if value < LEAST_MILLIS && count == MILLIS_DECIMALS {
                    { format!("< {LEAST_MILLIS}") }
                } else {
                    { decimals(value, count) }
                }
            </td>
        }
    };
    html! {
        <div class="table-of-ways" tabindex="0" role="region" aria-label="Numbers of the ways">
            <table class="sc">
                <thead>
                    <tr>
                        <th scope="col">{ "Way" }</th>
                        for name in ["Checkerboard", "PSNR, dB", "SSIM", "Best time, ms"] {
                            <th scope="col" key={name}>{ name }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (way, findings) in ways {
                        <tr key={way.id()} data-way={way.id()}>
                            <th scope="row">{ way.name() }</th>
                            <td>{ words::checkerboard(findings) }</td>
                            { number(findings.psnr, 2, psnr) }
                            { number(findings.ssim, 3, ssim) }
                            { number(findings.millis, MILLIS_DECIMALS, fastest) }
                        </tr>
                    }
                </tbody>
            </table>
            <p class="note">
                { "Checkerboard: how far the pattern stands out of the spectrum, and how strong it is. Time: the best of three \
                   runs, of fewer where they are long." }
            </p>
        </div>
    }
}

/// Why ways are missing, and what can be done about it.
pub fn missing(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>, comparison: &Comparison) -> Html {
    let missing = &comparison.missing;
    if missing.is_empty() {
        return Html::default();
    }
    let names: Vec<_> = missing.iter().map(|way| way.name()).collect();
    let (subject, verb) = (names.join(" and "), if names.len() == 1 { "needs" } else { "need" });
    let drawn = lesson.work.picture == Picture::Sprite;
    html! {
        <p class="missing" key="missing">
            <span>
                {
                    if comparison.has_truth {
                        format!("{subject} {verb} a large picture that holds the mask: choose a larger size, or a smaller mask.")
                    } else if drawn {
                        format!("{subject} {verb} a large picture to start from, and a drawing is small as it is: choose another picture.")
                    } else {
                        format!("{subject} {verb} the large picture: choose a way down.")
                    }
                }
            </span>
            if !drawn && !comparison.has_truth {
                <button type="button" class="btn" onclick={act.reform(|_: MouseEvent| UpsampleAction::Down(Down::Box))}>
                    { "Take the mean of blocks" }
                </button>
            }
        </p>
    }
}

//! What is too large is refused with the scale that fits, and that scale works.

use super::{press, table};
use crate::{
    cases::{Case, case, pictures::READY},
    page::{Page, Problem, check},
};
use deconvolution_explorer::engine::MOST_LARGE_PIXELS;
use std::time::{Duration, Instant};

pub const CASES: &[Case] = &[
    case!(what_is_too_large_is_answered_with_the_largest_scale),
    case!(the_largest_scale_that_fits_is_told_and_works),
];

async fn what_is_too_large_is_answered_with_the_largest_scale(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures&down=none&k=6,6,6&s=6,6,6").await?;
    page.wait_until("document.querySelector('[role=alert]')?.textContent.trim().length > 20").await?;
    let sentence = page.text("[role=alert]").await?;
    check(sentence.contains("216") || sentence.to_lowercase().contains("scale"), format!("it says: {sentence}"))?;
    press(&page, "2×").await?;
    page.wait_until(READY).await
}

/// More than sixty million pixels on a slow machine.
const LONG: Duration = Duration::from_secs(60);

async fn the_largest_scale_that_fits_is_told_and_works(page: Page) -> Result<(), Problem> {
    // Ways that cost little, so that what is measured is the size.
    let (side, ways) = (1536, ["nearest", "bilinear", "zeros"]);
    let fits = |scale: &usize| (side * scale).pow(2) * ways.len() <= MOST_LARGE_PIXELS;
    let largest = (1..=4).rev().find(fits).unwrap_or_default();
    check(
        (2..4).contains(&largest) && (side * largest).pow(2) * ways.len() > MOST_LARGE_PIXELS * 9 / 10,
        format!("{largest}× is not near the limit: choose other ways or another side"),
    )?;
    page.open(&format!(
        "#/upsample?v=1&view=pictures&down=none&size={side}&k=4&s={}&ways={}",
        largest + 1,
        ways.join(",")
    ))
    .await?;
    page.wait_until("document.querySelector('.troubles')?.textContent.trim().length > 20").await?;
    let sentence = page.text(".troubles").await?;
    let told = sentence.split("the largest scale that fits is ").nth(1).and_then(|rest| rest.split(';').next());
    check(told == Some(&*largest.to_string()), format!("{largest}× would fit; it says: {sentence}"))?;
    check(table(&page).await?.is_empty(), "a refused size has numbers")?;
    let start = Instant::now();
    press(&page, &format!("{largest}×")).await?;
    page.wait_at_most(LONG, &format!("{READY} && document.querySelectorAll('tr[data-way]').length === 3")).await?;
    println!("        {} megapixels took {:.1} s", ((side * largest).pow(2) * 3) >> 20, start.elapsed().as_secs_f64());
    let rest = page.evaluate("document.querySelector('.troubles').textContent.trim()").await?;
    check(rest == "", format!("what fits is still complained of: {rest}"))?;
    // Zeros between pixels are the plainest checkerboard: the pictures are those of this scale.
    let rows = table(&page).await?;
    let of_scale = format!("n/{largest}");
    check(
        rows.iter().any(|[way, checkerboard, ..]| way == "zeros" && checkerboard.contains(&of_scale)),
        format!("the numbers are not those of {largest}×: {rows:?}"),
    )
}

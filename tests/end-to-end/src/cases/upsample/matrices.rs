//! The same C: numbers that go to the Matrix page and come back.

use crate::{
    cases::{Case, case},
    page::{Page, Problem, check},
};
use deconvolution_explorer::lesson::{Address, address, upsample::UpsampleLesson};
use fantoccini::Locator;

pub const CASES: &[Case] = &[case!(the_same_numbers_open_on_the_matrix_page_and_come_back)];

async fn the_same_numbers_open_on_the_matrix_page_and_come_back(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=matrices&shape=own&k=3&s=1&e=5,6;7,8&own=1,2,3;4,5,6;7,8,9").await?;
    // The story shows the link too, until the whole program takes its place.
    page.wait_until("!!document.querySelector('.tinies')").await?;
    let link = "//a[contains(., 'Open on Matrix page')]";
    page.client.wait().for_element(Locator::XPath(link)).await?.click().await?;
    let grid = |name: &str| {
        format!(
            "[...document.querySelectorAll('[role=grid][aria-label=\"{name}\"] [role=gridcell]')]
               .map((cell) => cell.textContent.trim().replace(/^[a-z]\\s*|\\s*[a-z]$/g, '')).join(' ')"
        )
    };
    page.wait_until("document.title.startsWith('Matrix') && !document.querySelector('.tinies')").await?;
    page.wait_until("!!document.querySelector('[role=grid][aria-label=\"Input E\"]')").await?;
    page.wait_until(&format!("{} === '5 6 7 8'", grid("Input E"))).await?;
    let mask = page.evaluate(&grid("Mask")).await?;
    check(mask == "1 2 3 4 5 6 7 8 9", format!("the mask on the Matrix page is {mask}"))?;
    let back = page.evaluate("document.querySelector('.prose a[href^=\"#/upsample\"]')?.getAttribute('href')").await?;
    let back = back.as_str().ok_or_else(|| Problem("no link leads back".to_owned()))?;
    page.open(back).await?;
    let (lesson, problems) = address::read::<UpsampleLesson>(&Address::parse(back).query);
    check(problems.is_empty(), format!("{back}: {problems:?}"))?;
    check(
        lesson.work.tiny.iter().eq(&[5.0, 6.0, 7.0, 8.0])
            && lesson.work.own_mask().iter().eq(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]),
        format!("other numbers come back: {back}"),
    )
}

//! The exercises.

use crate::{
    cases::{Case, case, pictures::READY},
    page::{Page, Problem, check},
};
use fantoccini::Locator;

pub const CASES: &[Case] = &[case!(the_resized_picture_is_told_apart)];

async fn the_resized_picture_is_told_apart(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    page.wait_until(READY).await?;
    let start = "//section[contains(@class, 'exercises')]//button[contains(., 'resized')]";
    page.client.wait().for_element(Locator::XPath(start)).await?.click().await?;
    page.wait_until("[...document.querySelectorAll('.question .answer button')].length >= 4").await?;
    page.wait_until(READY).await?;
    // One of the three is right, and the others are told what gives them away.
    let mut right = 0;
    for label in ["A", "B", "C"] {
        let pick = format!("//div[contains(@class, 'answer')]//button[normalize-space(.) = '{label}']");
        page.client.find(Locator::XPath(&pick)).await?.click().await?;
        page.wait_until("document.querySelector('.question .answered')?.textContent.length > 20").await?;
        if page.evaluate("!!document.querySelector('.question .answered.right')").await? == true {
            right += 1;
            break;
        }
    }
    check(right == 1, "none of the three pictures is the resized one")
}

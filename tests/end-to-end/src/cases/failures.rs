//! What the reader sees when something breaks: a sentence, a way on, and their numbers kept.

use super::{Case, case};
use crate::page::{Page, Problem, check};
use serde_json::json;

pub const CASES: &[Case] = &[
    case!(a_failed_download_says_so_and_can_be_tried_again, only Chromium),
    case!(an_old_browser_is_told_kindly, only Chromium),
    case!(a_worker_that_dies_is_replaced, only Chromium),
    case!(a_panic_shows_a_dialog_and_keeps_the_numbers),
];

const DIALOG: &str = "document.querySelector('#problem').open";
const READY: &str = "document.querySelector('[data-state]')?.dataset.state === 'ready'";

/// Follows the dialog's link, and waits until the page that it stands on has gone.
async fn load_again(page: &Page) -> Result<(), Problem> {
    page.find("#problem-again").await?.click().await?;
    page.wait_until("document.querySelector('#problem')?.open === false").await?;
    page.wait_for_program().await
}

async fn a_failed_download_says_so_and_can_be_tried_again(page: Page) -> Result<(), Problem> {
    page.dev_tools("Network.enable", json!({})).await?;
    page.dev_tools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
    page.dev_tools("Network.setBlockedURLs", json!({ "urls": ["*matrix*.wasm"] })).await?;
    page.visit("#/matrix?v=1&mask=9,1,2;2,2,0;0,1,2").await?;
    let shown = page.wait_until(DIALOG).await;
    page.dev_tools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
    page.dev_tools("Network.setCacheDisabled", json!({ "cacheDisabled": false })).await?;
    shown?;
    let text = page.text("#problem").await?;
    check(text.contains("could not be downloaded"), format!("the dialog says {text:?}"))?;
    load_again(&page).await?;
    let mask = page.evaluate("document.querySelector('[aria-label=Mask] [data-i=\"0\"] > span').textContent").await?;
    check(mask == "9", format!("after the second try the mask begins with {mask}"))
}

async fn an_old_browser_is_told_kindly(page: Page) -> Result<(), Problem> {
    let number = page.before_each_page("WebAssembly.validate = () => false;").await?;
    let told = async {
        page.visit("").await?;
        page.wait_until(DIALOG).await?;
        page.text("#problem").await
    };
    let told = told.await;
    page.no_longer_before_each_page(number).await?;
    let text = told?;
    check(text.contains("too old") && text.contains("Firefox"), format!("the dialog says {text:?}"))
}

async fn a_worker_that_dies_is_replaced(page: Page) -> Result<(), Problem> {
    let number = page
        .before_each_page(
            "window.workers = [];
             const Plain = Worker;
             window.Worker = class extends Plain { constructor(...all) { super(...all); window.workers.push(this); } };",
        )
        .await?;
    page.open("#/restore").await?;
    page.wait_until(READY).await?;
    // What a page hears of a worker whose program has stopped.
    page.client
        .execute(
            "window.workers[0].dispatchEvent(new ErrorEvent('error', { message: 'the program has stopped' }));
             const slider = document.querySelector('input[aria-label=Noise]');
             slider.value = slider.max;
             slider.dispatchEvent(new InputEvent('input', { bubbles: true }));",
            vec![],
        )
        .await?;
    page.wait_until("window.workers.length > 1").await?;
    let outcome = page.wait_until(READY).await;
    page.no_longer_before_each_page(number).await?;
    outcome
}

async fn a_panic_shows_a_dialog_and_keeps_the_numbers(page: Page) -> Result<(), Problem> {
    page.open("#/matrix?v=1&patch=7,3,2,1;0,0,1,3;3,1,2,2;2,0,0,2&mask=0,0,0;0,1,0;0,0,0").await?;
    // Nothing in the product panics on purpose. Taking an element away from under the program makes its next insertion
    // in front of that element impossible, which Yew answers with a panic.
    page.client.execute("document.querySelector('select[aria-label=Preset] option').remove();", vec![]).await?;
    page.find("[aria-label='Mask'] [data-i='0']").await?.click().await?;
    // The menu of presets then needs another entry at its head.
    page.keys("5\u{e007}").await?;
    page.wait_until(DIALOG).await?;
    let text = page.text("#problem").await?;
    check(text.contains("has stopped"), format!("the dialog says {text:?}"))?;
    load_again(&page).await?;
    let first = page.evaluate("document.querySelector('[aria-label=\"Patch D\"] [data-i=\"0\"] > span').textContent");
    let first = first.await?;
    check(first == "7", format!("after the reload the patch begins with {first}"))
}

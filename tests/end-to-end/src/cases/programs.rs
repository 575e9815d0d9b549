//! Two programs, one page: each is loaded when it is asked for, keeps its state out of view, and leaves the other alone.

use super::{Case, case};
use crate::page::{Page, Problem, check};
use serde_json::json;
use std::path::Path;

pub const CASES: &[Case] = &[
    case!(only_the_program_that_the_address_asks_for_is_loaded),
    case!(a_link_too_long_opens_its_page_and_says_so),
    case!(each_page_keeps_its_state_while_the_other_is_in_view),
    case!(focus_and_presenter_mode_go_along_from_page_to_page),
    case!(programs_of_different_builds_do_not_mix),
    case!(a_second_program_that_does_not_come_can_be_tried_again, only Chromium),
];

const ENTER: char = '\u{e007}';
const ARROW_RIGHT: char = '\u{e014}';
const READY: &str = "document.querySelector('[data-state]')?.dataset.state === 'ready'";
const MATRIX: &str = "!!document.querySelector('[aria-label=\"Patch D\"]')";
const FIRST_CELL: &str = "document.querySelector('[aria-label=\"Patch D\"] [data-i=\"0\"] > span').textContent";
/// What there may be only one of.
const ALONE: &str = "['main', 'h1', 'nav', '.frame'].every((name) => document.querySelectorAll(name).length === 1)";

/// Goes to a page by the navigation.
async fn go(page: &Page, slug: &str) -> Result<(), Problem> {
    page.find(&format!("nav a[href='#/{slug}']")).await?.click().await?;
    Ok(())
}

async fn enter_first_cell(page: &Page, text: &str) -> Result<(), Problem> {
    page.find("[aria-label=\"Patch D\"] [data-i=\"0\"]").await?.click().await?;
    page.keys(&format!("{text}{ENTER}")).await?;
    page.wait_until(&format!("{FIRST_CELL} === '{text}'")).await
}

async fn only_the_program_that_the_address_asks_for_is_loaded(page: Page) -> Result<(), Problem> {
    for (fragment, ready, own, other) in [
        ("#/restore", READY, "restore", "upsample"),
        ("#/upsample", READY, "upsample", "restore"),
        ("#/matrix", MATRIX, "matrix", "restore"),
        ("", MATRIX, "matrix", "restore"),
    ] {
        page.open(fragment).await?;
        page.wait_until(ready).await?;
        let asked = |program: &str| {
            format!(
                "performance.getEntriesByType('resource').map(({{ name }}) => new URL(name).pathname.split('/').pop())\
                 .filter((file) => /^{program}.*\\.(js|wasm)$/.test(file)).sort().join(' ')"
            )
        };
        let files = page.evaluate(&asked(own)).await?;
        let files = files.as_str().unwrap_or_default();
        check(
            files.contains(".js") && files.contains("_bg.wasm"),
            format!("{fragment} should have asked for both files of {own}, and has for {files:?}"),
        )?;
        let foreign = page.evaluate(&asked(other)).await?;
        check(foreign == "", format!("{fragment} has asked for {foreign}"))?;
        check(page.evaluate(ALONE).await? == true, format!("{fragment} shows two pages"))?;
    }
    Ok(())
}

async fn a_link_too_long_opens_its_page_and_says_so(page: Page) -> Result<(), Problem> {
    page.open(&format!("#/restore?v=1&blur={}", "1,".repeat(10_000))).await?;
    page.wait_until(READY).await?;
    let notice = page.text(".notice").await?;
    check(notice.contains("too long"), format!("the notice says {notice:?}"))
}

async fn each_page_keeps_its_state_while_the_other_is_in_view(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    enter_first_cell(&page, "7").await?;
    go(&page, "restore").await?;
    page.wait_until(READY).await?;
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/samples/camera.png");
    let input = page.find("input[type=file][aria-label='Own picture']").await?;
    input.send_keys(&std::fs::canonicalize(picture)?.to_string_lossy()).await?;
    let chosen = "document.querySelector('select[aria-label=Picture]')?.value === 'own'";
    page.wait_until(chosen).await?;
    let noise = "document.querySelector('input[aria-label=Noise]')";
    let slide = format!(
        "const slider = {noise};
         slider.value = slider.max;
         slider.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
    );
    page.client.execute(&slide, vec![]).await?;
    page.wait_until(READY).await?;

    go(&page, "matrix").await?;
    page.wait_until(MATRIX).await?;
    check(page.evaluate(FIRST_CELL).await? == "7", "the Matrix page has lost its edit")?;
    check(page.evaluate(ALONE).await? == true, "two pages are shown at once")?;
    // The address rests a little before it follows; then it speaks of the page in view alone.
    page.wait_until("location.hash.startsWith('#/matrix?') && document.title.startsWith('Matrix')").await?;
    check(page.evaluate("location.hash.includes('patch=7')").await? == true, "the address has lost the edit")?;

    go(&page, "restore").await?;
    page.wait_until(READY).await?;
    check(page.evaluate(chosen).await? == true, "the Restore page has lost the own picture")?;
    check(page.evaluate(&format!("{noise}.value === {noise}.max")).await? == true, "the slider has moved back")?;
    check(page.evaluate(ALONE).await? == true, "two pages are shown at once")?;
    page.wait_until("location.hash.startsWith('#/restore?') && document.title.startsWith('Restore')").await
}

async fn focus_and_presenter_mode_go_along_from_page_to_page(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    let position = "document.querySelector('.tell b').textContent";
    let before = page.evaluate(position).await?;
    for (slug, ready) in [("restore", READY), ("matrix", MATRIX), ("upsample", READY), ("matrix", MATRIX)] {
        page.client.execute(&format!("document.querySelector('nav a[href=\"#/{slug}\"]').focus();"), vec![]).await?;
        page.keys(&ENTER.to_string()).await?;
        page.wait_until(ready).await?;
        page.wait_until("document.activeElement === document.querySelector('.bar nav [aria-current]')").await?;
        if slug != "matrix" {
            // The Matrix page would step: it is not in view, so it must not hear the key.
            page.client.execute("document.activeElement.blur();", vec![]).await?;
            page.keys(&ARROW_RIGHT.to_string()).await?;
        }
    }
    check(page.evaluate(position).await? == before, "the Matrix page has heard keys out of view")?;
    // Were both programs to hear the key, the second would undo what the first does.
    page.client.execute("document.activeElement.blur();", vec![]).await?;
    page.keys("p").await?;
    let presenting = "document.documentElement.hasAttribute('data-presenter')";
    page.wait_until(presenting).await?;
    page.client.execute("location.hash = '#/restore';", vec![]).await?;
    page.wait_until(READY).await?;
    check(page.evaluate(presenting).await? == true, "presenter mode has gone with the page")?;
    let pressed = "document.querySelector('.bar [aria-pressed]').getAttribute('aria-pressed')";
    check(page.evaluate(pressed).await? == "true", "the button does not know of presenter mode")?;
    page.keys("p").await?;
    page.wait_until(&format!("!{presenting}")).await
}

async fn programs_of_different_builds_do_not_mix(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    // What a site leaves behind that was updated while the page was open.
    page.client.execute("document.querySelector('#app').dataset.build = 'another';", vec![]).await?;
    go(&page, "restore").await?;
    page.wait_until("document.querySelector('#problem').open").await?;
    let text = page.text("#problem").await?;
    check(text.contains("different versions"), format!("the dialog says {text:?}"))?;
    page.find("#problem-again").await?.click().await?;
    page.wait_until(READY).await
}

async fn a_second_program_that_does_not_come_can_be_tried_again(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    enter_first_cell(&page, "7").await?;
    page.client.execute("window.sameDocument = true;", vec![]).await?;
    page.dev_tools("Network.enable", json!({})).await?;
    page.dev_tools("Network.setBlockedURLs", json!({ "urls": ["*restore*.wasm*"] })).await?;
    let failed = async {
        go(&page, "restore").await?;
        page.wait_until("document.querySelector('#problem').open").await
    };
    let failed = failed.await;
    page.dev_tools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
    failed?;
    let text = page.text("#problem").await?;
    check(text.contains("could not be downloaded"), format!("the dialog says {text:?}"))?;
    page.find("#problem-again").await?.click().await?;
    page.wait_until(READY).await?;
    go(&page, "matrix").await?;
    page.wait_until(MATRIX).await?;
    check(page.evaluate("window.sameDocument").await? == true, "trying again has loaded the whole page again")?;
    check(page.evaluate(FIRST_CELL).await? == "7", "the Matrix page has lost its edit")
}

//! The camera as a source: a picture is taken with a made-up device, and one that is refused is answered with a sentence.

use super::press;
use crate::{
    arguments::Browser,
    cases::{Case, case, pictures::READY},
    page::{Page, Problem, check},
};
use serde_json::json;

pub const CASES: &[Case] =
    &[case!(a_picture_is_taken_with_the_camera), case!(a_refused_camera_is_answered_with_a_sentence)];

const VIDEO: &str = "document.querySelector('dialog.camera video')";
const OPEN: &str = "document.querySelector('dialog.camera').open";

/// Opens the pictures and, where the browser knows cameras, says so.
async fn opened(page: &Page) -> Result<bool, Problem> {
    page.open("#/upsample?v=1&view=pictures&picture=bars").await?;
    page.wait_until(READY).await?;
    let offered = page.evaluate("!!document.querySelector('dialog.camera')").await? == true;
    if !offered {
        println!("        this browser knows no cameras here, and the page offers none");
        let known = page.evaluate("!!navigator.mediaDevices").await? == true;
        check(!known, "the browser knows cameras, but the page does not offer them")?;
    }
    Ok(offered)
}

/// Lets Chromium answer the page's question for the camera; Firefox says yes by a setting of its session.
async fn answer(page: &Page, state: &str) -> Result<(), Problem> {
    if page.browser == Browser::Chromium {
        let asked = json!({ "permission": { "name": "camera" }, "setting": state });
        page.dev_tools("Browser.setPermission", asked).await?;
    }
    Ok(())
}

async fn a_picture_is_taken_with_the_camera(page: Page) -> Result<(), Problem> {
    answer(&page, "granted").await?;
    let outcome = take(&page).await;
    answer(&page, "prompt").await?;
    outcome
}

async fn take(page: &Page) -> Result<(), Problem> {
    if !opened(page).await? {
        return Ok(());
    }
    press(page, "use the camera").await?;
    page.wait_until(OPEN).await?;
    page.wait_until(&format!("{VIDEO}.videoWidth > 0 && {VIDEO}.currentTime > 0")).await?;
    page.client.execute(&format!("window.tracks = {VIDEO}.srcObject.getTracks();"), vec![]).await?;
    let proportions = page.evaluate(&format!("{VIDEO}.videoWidth / {VIDEO}.videoHeight")).await?;
    press(page, "Take the picture").await?;
    page.wait_until("document.querySelector('select[aria-label=Picture]').value === 'own'").await?;
    page.wait_until(READY).await?;
    check(page.evaluate(OPEN).await? == false, "the dialog stays open")?;
    page.wait_until("window.tracks.length > 0 && window.tracks.every((track) => track.readyState === 'ended')").await?;
    let size = "[...document.querySelectorAll('.card .cap')].find((cap) => cap.textContent.startsWith('Original'))
                  .textContent.match(/([0-9]+) × ([0-9]+)/).slice(1).map(Number)";
    let size: [f64; 2] = serde_json::from_value(page.evaluate(size).await?)?;
    let wanted = proportions.as_f64().unwrap_or_default();
    // Either side loses less than the scale to whole blocks.
    check(
        (size[0] / size[1] / wanted - 1.0).abs() < 0.05 && size[0] > 16.0,
        format!("a camera of {wanted:.3} to 1 gives a picture of {} × {}", size[0], size[1]),
    )?;
    page.wait_until("location.hash.includes('picture=own') && location.href.length < 400").await
}

async fn a_refused_camera_is_answered_with_a_sentence(page: Page) -> Result<(), Problem> {
    answer(&page, "denied").await?;
    let outcome = be_refused(&page).await;
    answer(&page, "prompt").await?;
    outcome
}

async fn be_refused(page: &Page) -> Result<(), Problem> {
    if !opened(page).await? {
        return Ok(());
    }
    if page.browser != Browser::Chromium {
        // Only Chromium's driver takes leave away once it is given: elsewhere the page is told what it would be told.
        let no = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));";
        page.client.execute(no, vec![]).await?;
    }
    press(page, "use the camera").await?;
    let said = "document.querySelector('dialog.camera [role=alert]')?.textContent ?? ''";
    page.wait_until(&format!("({said}).includes('cannot be used') && ({said}).includes('open a file')")).await?;
    check(page.evaluate(OPEN).await? == true, "the dialog with the reason is gone")?;
    // There is nothing to take, and that is said too.
    press(page, "Take the picture").await?;
    page.wait_until(&format!("({said}).includes('shows nothing yet')")).await?;
    page.find("dialog.camera .btn.ghost").await?.click().await?;
    page.wait_until(&format!("!{OPEN}")).await?;
    page.wait_until(READY).await?;
    let picture = page.evaluate("document.querySelector('select[aria-label=Picture]').value").await?;
    check(picture == "bars", format!("the picture is {picture}"))
}

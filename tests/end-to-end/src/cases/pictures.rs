//! Restore and Upsample: a sample restored, an own picture up-sampled, a broken file answered.

use super::{Case, case};
use crate::{
    arguments::Browser,
    page::{Page, Problem, check},
};
use std::path::{Path, PathBuf};

pub const CASES: &[Case] = &[
    case!(a_sample_is_restored),
    case!(sliders_keep_up_and_the_page_stays_free),
    case!(the_restore_link_brings_everything_back),
    case!(an_uploaded_picture_is_up_sampled),
    case!(checkerboards_come_with_three_and_go_with_four),
    case!(a_broken_file_is_answered_with_a_sentence),
];

/// Whether the stage shows the answer to what is set.
pub const READY: &str = "document.querySelector('[data-state]')?.dataset.state === 'ready'";

/// A picture that lies in the repository.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/samples/camera.png")
}

/// A score on the page.
pub async fn score(page: &Page, name: &str) -> Result<f64, Problem> {
    let text = page.text(&format!("[data-score='{name}']")).await?;
    text.replace('−', "-").parse().map_err(|_| Problem(format!("the score {name} is {text:?}")))
}

/// Chooses an option of a menu by its value or its text.
pub async fn choose(page: &Page, menu: &str, option: &str) -> Result<(), Problem> {
    let script = "const menu = document.querySelector(`select[aria-label=\"${arguments[0]}\"]`);
                  const option = [...menu.options].find((o) => o.value === arguments[1] || o.text.startsWith(arguments[1]));
                  menu.value = option.value;
                  menu.dispatchEvent(new Event('change', { bubbles: true }));";
    page.client.execute(script, vec![menu.into(), option.into()]).await?;
    Ok(())
}

/// Moves a slider.
pub async fn slide(page: &Page, slider: &str, value: f64) -> Result<(), Problem> {
    let script = "const slider = document.querySelector(`input[type=range][aria-label=\"${arguments[0]}\"]`);
                  slider.value = arguments[1];
                  slider.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    page.client.execute(script, vec![slider.into(), value.into()]).await?;
    Ok(())
}

/// How many different greys a picture on the page has in a row through its middle.
async fn greys(page: &Page, picture: &str) -> Result<u64, Problem> {
    let script = format!(
        "(() => {{
           const canvas = document.querySelector('canvas[aria-label=\"{picture}\"]');
           const row = canvas.getContext('2d').getImageData(0, canvas.height >> 1, canvas.width, 1).data;
           return new Set(row.filter((_, i) => i % 4 === 0)).size;
         }})()"
    );
    let count = page.evaluate(&script).await?;
    count.as_u64().ok_or_else(|| Problem(format!("{picture} cannot be read: {count}")))
}

async fn a_sample_is_restored(page: Page) -> Result<(), Problem> {
    page.open("#/restore").await?;
    page.wait_until(READY).await?;
    choose(&page, "Picture", "camera").await?;
    page.wait_until("document.querySelector('select[aria-label=Picture]').value.includes('camera')").await?;
    page.wait_until(READY).await?;
    page.client.find(fantoccini::Locator::XPath("//button[contains(., 'Automatic')]")).await?.click().await?;
    page.wait_until(READY).await?;
    let (observed, restored) = (score(&page, "psnr-observed").await?, score(&page, "psnr-restored").await?);
    check(restored > observed + 1.0, format!("restored {restored} dB, observed {observed} dB"))?;
    let gained = score(&page, "isnr").await?;
    check((gained - (restored - observed)).abs() < 0.02, format!("ISNR {gained} does not fit the two PSNR"))?;
    for picture in ["Original", "Observed", "Restored"] {
        let greys = greys(&page, picture).await?;
        check(greys > 8, format!("{picture} shows {greys} greys"))?;
    }
    Ok(())
}

async fn sliders_keep_up_and_the_page_stays_free(page: Page) -> Result<(), Problem> {
    page.open("#/restore").await?;
    page.wait_until(READY).await?;
    let watch = "window.long = [];
                 if (PerformanceObserver.supportedEntryTypes.includes('longtask'))
                   new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => e.duration)))
                     .observe({ type: 'longtask' });";
    page.client.execute(watch, vec![]).await?;
    // Faster than any job: only the newest may win.
    for value in [-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, -2.5] {
        slide(&page, "Regularisation", value).await?;
    }
    page.wait_until(READY).await?;
    let first = score(&page, "psnr-restored").await?;
    slide(&page, "Regularisation", -1.0).await?;
    page.wait_until(READY).await?;
    let other = score(&page, "psnr-restored").await?;
    check((first - other).abs() > 1e-6, "another γ gives the same picture")?;
    slide(&page, "Regularisation", -2.5).await?;
    page.wait_until(READY).await?;
    let again = score(&page, "psnr-restored").await?;
    check((first - again).abs() < 1e-6, format!("the newest job did not win: {first} and {again}"))?;
    for value in 1..=20 {
        slide(&page, "Noise", 0.002 * f64::from(value)).await?;
    }
    page.wait_until(READY).await?;
    if page.browser == Browser::Chromium {
        // Printed, not asserted: a busy machine makes any task long.
        println!("        main-thread tasks over 50 ms while restoring: {}", page.evaluate("window.long").await?);
    }
    Ok(())
}

async fn the_restore_link_brings_everything_back(page: Page) -> Result<(), Problem> {
    page.open("#/restore").await?;
    page.wait_until(READY).await?;
    choose(&page, "Blur", "motion").await?;
    slide(&page, "Noise", 0.01).await?;
    slide(&page, "Regularisation", -2.0).await?;
    page.wait_until(READY).await?;
    let before = score(&page, "psnr-restored").await?;
    page.wait_until("location.hash.includes('motion')").await?;
    // The address rests a little before it follows.
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    let fragment = page.client.current_url().await?.fragment().unwrap_or_default().to_owned();
    page.open(&format!("#{fragment}")).await?;
    page.wait_until(READY).await?;
    let after = score(&page, "psnr-restored").await?;
    check((before - after).abs() < 1e-6, format!("{before} dB before, {after} dB after: {fragment}"))
}

async fn an_uploaded_picture_is_up_sampled(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures").await?;
    page.wait_until(READY).await?;
    let input = page.find("input[type=file][aria-label='Own picture']").await?;
    input.send_keys(&std::fs::canonicalize(sample())?.to_string_lossy()).await?;
    page.wait_until("document.querySelector('select[aria-label=Picture]').value === 'own'").await?;
    page.wait_until(READY).await?;
    for picture in ["Small", "Nearest", "Bilinear", "Transposed"] {
        let greys = greys(&page, picture).await?;
        check(greys > 8, format!("{picture} shows {greys} greys"))?;
    }
    let width = |name: &str| format!("document.querySelector('canvas[aria-label=\"{name}\"]').width");
    let (small, large) = (page.evaluate(&width("Small")).await?, page.evaluate(&width("Bilinear")).await?);
    check(large.as_u64() > small.as_u64(), format!("{small} columns became {large}"))?;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    let address = page.client.current_url().await?;
    check(address.as_str().len() < 400, "a picture of the reader's must never be in a link")
}

async fn checkerboards_come_with_three_and_go_with_four(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&show=counts").await?;
    page.wait_until(READY).await?;
    let counts = "[...new Set([...document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]')]\
                  .map((cell) => cell.textContent.trim()))].sort().join(' ')";
    let uneven = page.evaluate(counts).await?;
    check(uneven == "1 2 4", format!("k = 3, s = 2 counts {uneven}"))?;
    page.client.find(fantoccini::Locator::XPath("//button[contains(., 'k = 4')]")).await?.click().await?;
    page.wait_until(READY).await?;
    let inside = page
        .evaluate(
            "(() => {
               const cells = [...document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]')];
               const side = Math.sqrt(cells.length);
               return [...new Set(cells.filter((_, n) => {
                 const [row, column] = [Math.floor(n / side), n % side];
                 return row > 1 && column > 1 && row < side - 2 && column < side - 2;
               }).map((cell) => cell.textContent.trim()))].join(' ');
             })()",
        )
        .await?;
    check(inside == "4", format!("k = 4, s = 2 counts {inside} inside"))
}

async fn a_broken_file_is_answered_with_a_sentence(page: Page) -> Result<(), Problem> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/end-to-end");
    std::fs::create_dir_all(&folder)?;
    let broken = folder.join("broken.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nthis is no picture")?;
    page.open("#/restore").await?;
    page.wait_until(READY).await?;
    let before = score(&page, "psnr-restored").await?;
    let input = page.find("input[type=file][aria-label='Own picture']").await?;
    input.send_keys(&std::fs::canonicalize(&broken)?.to_string_lossy()).await?;
    page.wait_until("document.querySelector('[role=alert]')?.textContent.trim().length > 20").await?;
    page.wait_until(READY).await?;
    let after = score(&page, "psnr-restored").await?;
    check((before - after).abs() < 1e-6, "the last good picture is gone")
}

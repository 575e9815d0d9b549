//! Upsample: every way beside its native run, the lab by keyboard, where checkerboards come and go, and the ways out.

use super::{
    Case, case,
    pictures::{READY, choose},
};
use crate::page::{Page, Problem, check};
use deconvolution_explorer::{
    engine::{Engine, Reply, Request, Upsampled},
    lesson::{Address, address, upsample::UpsampleLesson},
};
use fantoccini::{Locator, key::Key};
use std::time::Duration;

pub const CASES: &[Case] = &[
    case!(every_way_scores_as_it_does_natively),
    case!(the_upsample_link_brings_everything_back),
    case!(the_paint_is_stepped_through_by_keyboard),
    case!(edits_are_undone_and_done_again),
    case!(an_untrained_layer_is_checkered_and_icnr_is_not),
    case!(a_third_layer_evens_two_out),
    case!(the_same_numbers_open_on_the_matrix_page_and_come_back),
    case!(a_drawing_is_made_by_keyboard_and_enlarged),
    case!(scores_are_taken_away_as_they_are_shown),
    case!(what_is_too_large_is_answered_with_the_largest_scale),
    case!(the_resized_picture_is_told_apart),
    case!(the_whole_page_takes_over_with_state_and_steps),
    case!(a_file_dropped_on_the_lab_becomes_the_picture),
];

/// Ways that need a photograph or a shape to be made small first, too.
const ALL_WAYS: &str =
    "nearest,bilinear,bicubic,lanczos,transposed,shuffle,convolved,zeros,unpooled,backprojected,gradient";

/// What the engine makes of a link's settings here, outside the browser.
fn natively(fragment: &str) -> Result<Upsampled, Problem> {
    let (lesson, problems) = address::read::<UpsampleLesson>(&Address::parse(fragment).query);
    check(problems.is_empty(), format!("{fragment}: {problems:?}"))?;
    match Engine::default().handle(Request::Upsample(lesson.question())) {
        Ok(Reply::Upsampled(upsampled)) => Ok(*upsampled),
        other => Err(Problem(format!("{fragment} came to {other:?}"))),
    }
}

/// The table of numbers: way, checkerboard, PSNR and SSIM, row by row.
async fn table(page: &Page) -> Result<Vec<[String; 4]>, Problem> {
    let script = "[...document.querySelectorAll('tr[data-way]')].map((row) =>
                    [row.dataset.way, ...[1, 2, 3].map((n) => row.cells[n].textContent.trim().replace('−', '-'))])";
    Ok(serde_json::from_value(page.evaluate(script).await?)?)
}

async fn press(page: &Page, words: &str) -> Result<(), Problem> {
    let button = format!("//button[starts-with(normalize-space(.), '{words}')]");
    page.client.wait().for_element(Locator::XPath(&button)).await?.click().await?;
    Ok(())
}

async fn every_way_scores_as_it_does_natively(page: Page) -> Result<(), Problem> {
    for settings in [
        "",
        "&k=4&s=3&shape=random&seed=7&down=gaussian",
        "&k=3,2&s=2,1&shape=bell&down=bicubic&sharp=1&coordinates=align-corners",
        "&k=2,3&s=2,2&shape=tent&icnr=1&coordinates=asymmetric",
    ] {
        let fragment = format!("#/upsample?v=1&view=pictures&ways={ALL_WAYS}{settings}");
        page.open(&fragment).await?;
        page.wait_until(READY).await?;
        let (expected, shown) = (natively(&fragment)?, table(&page).await?);
        check(
            shown.len() == 11 && expected.results.len() == 11,
            format!("{} rows for {} ways: {fragment}", shown.len(), expected.results.len()),
        )?;
        for (result, [way, checkerboard, psnr, ssim]) in expected.results.iter().zip(&shown) {
            let findings = &result.findings;
            let number = |text: &String| text.parse().map_err(|_| Problem(format!("{way} shows {text:?}")));
            let (psnr, ssim): (f64, f64) = (number(psnr)?, number(ssim)?);
            check(
                way == result.way.id()
                    && (psnr - findings.psnr).abs() <= 0.011
                    && (ssim - findings.ssim).abs() <= 0.0011
                    && checkerboard.starts_with("none") != findings.is_checkered
                    && has_strength(checkerboard, findings.strength),
                format!("{way} shows {checkerboard}, {psnr} dB, {ssim}; natively {findings:?}: {fragment}"),
            )?;
        }
    }
    Ok(())
}

/// Whether a cell of the table tells this strength, and none where it is 0.
fn has_strength(cell: &str, strength: f64) -> bool {
    let told = cell.split_once("; ").and_then(|(_, told)| told.strip_suffix("\u{a0}% of the mean"));
    match told.map(str::parse::<f64>) {
        Some(Ok(percent)) => (percent - 100.0 * strength).abs() <= 0.51,
        Some(Err(_)) => false,
        None => strength == 0.0,
    }
}

async fn the_upsample_link_brings_everything_back(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures").await?;
    page.wait_until(READY).await?;
    choose(&page, "Picture", "camera").await?;
    choose(&page, "Made small by", "gaussian").await?;
    choose(&page, "Weights", "bell").await?;
    press(&page, "3×").await?;
    page.wait_until("location.hash.includes('shape=bell') && location.hash.includes('s=3')").await?;
    page.wait_until(READY).await?;
    let before = table(&page).await?;
    check(before.len() == 4, format!("{} ways are compared", before.len()))?;
    // The address rests a little before it follows.
    tokio::time::sleep(Duration::from_millis(800)).await;
    let fragment = page.client.current_url().await?.fragment().unwrap_or_default().to_owned();
    page.open(&format!("#{fragment}")).await?;
    page.wait_until("document.querySelectorAll('tr[data-way]').length === 4").await?;
    page.wait_until(READY).await?;
    let after = table(&page).await?;
    check(before == after, format!("{before:?} became {after:?}: {fragment}"))
}

/// The words over the transport.
const STEP: &str = "document.querySelector('.transport .tell b').textContent";

async fn the_paint_is_stepped_through_by_keyboard(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    let painted = "[...document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]')]
                     .filter((cell) => Number(cell.textContent.trim()) > 0).length";
    page.wait_until(&format!("{painted} > 0")).await?;
    let home = char::from(Key::Home);
    page.keys(&home.to_string()).await?;
    page.wait_until(&format!("{painted} === 0")).await?;
    // A pixel lays down 3 × 3 cells, and each further one adds two rows and columns.
    for side in [3, 5, 7, 9, 11] {
        page.keys(&char::from(Key::Right).to_string()).await?;
        page.wait_until(&format!("{painted} === {}", side * side)).await?;
    }
    check(page.evaluate(STEP).await? == "Paint, step 5 of 5", "the last step is not told")?;
    page.keys(&format!("{home} ")).await?;
    page.wait_until("!!document.querySelector('button[aria-label=Pause]')").await?;
    page.wait_until(&format!("{painted} === 121")).await?;
    page.wait_until("!!document.querySelector('button[aria-label=Play]')").await
}

async fn edits_are_undone_and_done_again(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&show=counts").await?;
    let cells = "document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]').length";
    page.wait_until(&format!("{cells} === 121")).await?;
    press(&page, "Nearest even choice: k = 4").await?;
    page.wait_until(&format!("{cells} === 144")).await?;
    let chord = |key: &str| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: true, bubbles: true }}));"
        )
    };
    page.client.execute(&chord("z"), vec![]).await?;
    page.wait_until(&format!("{cells} === 121")).await?;
    page.client.execute(&chord("y"), vec![]).await?;
    page.wait_until(&format!("{cells} === 144")).await
}

/// Whether the way's row of the table says that there is a checkerboard.
fn is_checkered(rows: &[[String; 4]], way: &str) -> Option<bool> {
    rows.iter().find(|row| row[0] == way).map(|row| row[1] != "none")
}

async fn an_untrained_layer_is_checkered_and_icnr_is_not(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures").await?;
    page.wait_until(READY).await?;
    press(&page, "Untrained layer").await?;
    page.wait_until("!!document.querySelector('tr[data-way=shuffle]')").await?;
    page.wait_until(READY).await?;
    let untrained = table(&page).await?;
    check(
        ["transposed", "shuffle", "convolved"].map(|way| is_checkered(&untrained, way))
            == [Some(true), Some(true), Some(false)],
        format!("untrained: {untrained:?}"),
    )?;
    press(&page, "ICNR").await?;
    page.wait_until("document.querySelector('tr[data-way=shuffle]')?.cells[1].textContent.trim() === 'none'").await?;
    page.wait_until(READY).await
}

async fn a_third_layer_evens_two_out(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&show=counts&k=3&s=2").await?;
    page.wait_until("document.querySelector('.verdict')?.textContent.includes('3 mod 2 = 1')").await?;
    page.open("#/upsample?v=1&show=counts&k=3,2&s=2,1").await?;
    let inside = "(() => {
        const cells = [...document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]')];
        const side = Math.sqrt(cells.length);
        return [...new Set(cells.filter((_, n) => {
          const [row, column] = [Math.floor(n / side), n % side];
          return row > 2 && column > 2 && row < side - 3 && column < side - 3;
        }).map((cell) => cell.textContent.trim()))].join(' ');
      })()";
    page.wait_until("document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]').length === 144")
        .await?;
    let counts = page.evaluate(inside).await?;
    check(counts == "9", format!("k = 3, s = 2 and then k = 2, s = 1 count {counts} inside"))
}

async fn the_same_numbers_open_on_the_matrix_page_and_come_back(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=matrices&shape=own&k=3&s=1&e=5,6;7,8&own=1,2,3;4,5,6;7,8,9").await?;
    let link = "//a[contains(., 'Open on Matrix page')]";
    page.client.wait().for_element(Locator::XPath(link)).await?.click().await?;
    let grid = |name: &str| {
        format!(
            "[...document.querySelectorAll('[role=grid][aria-label=\"{name}\"] [role=gridcell]')]
               .map((cell) => cell.textContent.trim().replace(/^[a-z]\\s*|\\s*[a-z]$/g, '')).join(' ')"
        )
    };
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

async fn a_drawing_is_made_by_keyboard_and_enlarged(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures").await?;
    page.wait_until(READY).await?;
    choose(&page, "Picture", "sprite").await?;
    page.wait_until("!!document.querySelector('[aria-label=Drawing] [role=gridcell]')").await?;
    page.wait_until(READY).await?;
    // The colour of the first pixel on the large picture.
    let corner = "(() => {
        const canvas = document.querySelector('canvas[aria-label=Nearest]');
        return [canvas.width, ...canvas.getContext('2d').getImageData(0, 0, 1, 1).data].join(' ');
      })()";
    let before = page.evaluate(corner).await?;
    check(before.as_str().is_some_and(|text| text.starts_with("32 ")), format!("16 columns became {before}"))?;
    page.client.execute("document.querySelector('[role=grid][aria-label=Drawing]').focus();", vec![]).await?;
    page.keys(" ").await?;
    page.wait_until(&format!("{corner} === '32 255 255 255 255'")).await?;
    page.wait_until("location.hash.includes('sprite=7')").await
}

async fn scores_are_taken_away_as_they_are_shown(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures").await?;
    page.wait_until(READY).await?;
    let rows = table(&page).await?;
    press(&page, "Take away").await?;
    for (tab, part) in [("PyTorch", "ConvTranspose2d"), ("NumPy", "import numpy"), ("Scores, CSV", "psnr")] {
        let button = format!("//button[@role='tab' and contains(., '{tab}')]");
        page.client.wait().for_element(Locator::XPath(&button)).await?.click().await?;
        let there = format!(
            "document.querySelector('dialog[open] pre')?.textContent.toLowerCase().includes('{}')",
            part.to_lowercase()
        );
        page.wait_until(&there).await?;
    }
    let csv = page.evaluate("document.querySelector('dialog[open] pre').textContent").await?;
    let csv = csv.as_str().unwrap_or_default();
    let lines: Vec<_> = csv.lines().skip(1).collect();
    check(lines.len() == rows.len(), format!("{} lines for {} ways: {csv}", lines.len(), rows.len()))?;
    for ([way, _, psnr, _], line) in rows.iter().zip(lines) {
        let shown: f64 = psnr.parse().map_err(|_| Problem(format!("{way} shows {psnr:?}")))?;
        check(
            line.split(',').any(|field| field.parse::<f64>().is_ok_and(|value| (value - shown).abs() <= 0.006)),
            format!("{way} shows {psnr} dB; its line is {line:?}"),
        )?;
    }
    page.keys(&char::from(Key::Escape).to_string()).await?;
    page.wait_until("!document.querySelector('dialog[open]')").await
}

async fn what_is_too_large_is_answered_with_the_largest_scale(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&view=pictures&down=none&k=6,6,6&s=6,6,6").await?;
    page.wait_until("document.querySelector('[role=alert]')?.textContent.trim().length > 20").await?;
    let sentence = page.text("[role=alert]").await?;
    check(sentence.contains("216") || sentence.to_lowercase().contains("scale"), format!("it says: {sentence}"))?;
    press(&page, "2×").await?;
    page.wait_until(READY).await
}

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

/// The files of the whole page's program that were asked for.
const WHOLE: &str = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.split('/').pop())\
                     .filter((file) => /^enlarge.*\\.(js|wasm)$/.test(file)).length";

async fn the_whole_page_takes_over_with_state_and_steps(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&show=counts").await?;
    let cells = "document.querySelectorAll('[aria-label=\"Overlap counts\"] [role=gridcell]').length";
    page.wait_until(&format!("{cells} === 121")).await?;
    check(page.evaluate(WHOLE).await? == 0, "the whole page is loaded before anybody asked for it")?;
    press(&page, "Nearest even choice: k = 4").await?;
    page.wait_until(&format!("{cells} === 144")).await?;
    press(&page, "Pictures").await?;
    page.wait_until("document.querySelectorAll('tr[data-way]').length === 4").await?;
    let alone = "['main', 'h1', 'nav', '.frame'].every((name) => document.querySelectorAll(name).length === 1)";
    page.wait_until(alone).await?;
    check(page.evaluate(WHOLE).await? == 2, "other files than the two of the whole page have come")?;
    press(&page, "Overlap").await?;
    page.wait_until(&format!("{cells} === 144")).await?;
    page.find("button[aria-label=Undo]").await?.click().await?;
    page.wait_until(&format!("{cells} === 121")).await
}

async fn a_file_dropped_on_the_lab_becomes_the_picture(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&picture=camera&at=2").await?;
    page.wait_until(READY).await?;
    // An even green, which none of our pictures has.
    let drop = "const [canvas, done] = [document.createElement('canvas'), arguments[arguments.length - 1]];
        [canvas.width, canvas.height] = [90, 60];
        const context = canvas.getContext('2d');
        context.fillStyle = '#00ff00';
        context.fillRect(0, 0, 90, 60);
        canvas.toBlob((blob) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([blob], 'green.png', { type: 'image/png' }));
          const stage = document.querySelector('.stage.upsample');
          stage.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
          done();
        });";
    page.client.execute_async(drop, vec![]).await?;
    let corner = "[...(document.querySelector('.card canvas')?.getContext('2d')\
                  .getImageData(2, 2, 1, 1).data ?? [])].join(' ')";
    page.wait_until(&format!("{corner} === '0 255 0 255'")).await?;
    page.wait_until("location.hash.includes('picture=own') && location.hash.includes('at=2')").await
}

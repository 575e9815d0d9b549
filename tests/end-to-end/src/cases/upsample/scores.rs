//! The numbers of every way: beside their native run, by their definition, brought back by a link, taken away.

use super::{press, table};
use crate::{
    cases::{
        Case, case,
        pictures::{READY, choose},
    },
    page::{Page, Problem, check},
};
use deconvolution_explorer::{
    engine::{Engine, Reply, Request, Upsampled},
    lesson::{Address, address, upsample::UpsampleLesson},
};
use fantoccini::{Locator, key::Key};
use std::time::Duration;

pub const CASES: &[Case] = &[
    case!(every_way_scores_as_it_does_natively),
    case!(an_untrained_layer_is_checkered_and_icnr_is_not),
    case!(max_unpooling_keeps_maxima_in_their_places_and_scores_as_it_does_natively),
    case!(the_upsample_link_brings_everything_back),
    case!(scores_are_taken_away_as_they_are_shown),
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

/// What the picture of the maxima is by its definition, from the two pictures on the page alone: how many blocks are
/// wrong, of how many, and the PSNR in linear light, to which eight bits are near enough.
const UNPOOLED: &str = "((scale) => {
    const read = (name) => {
      const canvas = document.querySelector(`canvas[aria-label=\"${name}\"]`);
      const { width, height } = canvas;
      return { width, height, bytes: canvas.getContext('2d').getImageData(0, 0, width, height).data };
    };
    const [truth, large] = [read('Original'), read('Max unpooling')];
    const { width, height } = truth;
    if (large.width !== width || large.height !== height || width % scale || height % scale) return null;
    const linear = (byte) => byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
    let [wrong, blocks, squares] = [0, 0, 0];
    for (let top = 0; top < height; top += scale)
      for (let left = 0; left < width; left += scale)
        for (let channel = 0; channel < 3; channel++) {
          let [most, kept, right] = [0, 0, true];
          for (let n = 0; n < scale * scale; n++) {
            const place = 4 * ((top + Math.floor(n / scale)) * width + left + n % scale) + channel;
            most = Math.max(most, truth.bytes[place]);
            if (large.bytes[place]) [kept, right] = [kept + 1, right && large.bytes[place] === truth.bytes[place]];
            squares += (linear(large.bytes[place]) - linear(truth.bytes[place])) ** 2;
          }
          const there = [];
          for (let n = 0; n < scale * scale; n++)
            there.push(large.bytes[4 * ((top + Math.floor(n / scale)) * width + left + n % scale) + channel]);
          blocks += 1;
          if (!right || kept > 1 || Math.max(...there) !== most) wrong += 1;
        }
    return [wrong, blocks, -10 * Math.log10(squares / (3 * width * height))];
  })";

async fn max_unpooling_keeps_maxima_in_their_places_and_scores_as_it_does_natively(page: Page) -> Result<(), Problem> {
    for (picture, scale) in [("star", 2), ("star", 3), ("bars", 4), ("chelsea", 3), ("camera", 2)] {
        let fragment = format!("#/upsample?v=1&view=pictures&ways=unpooled&picture={picture}&k={scale}&s={scale}");
        page.open(&fragment).await?;
        page.wait_until(&format!("{READY} && document.querySelectorAll('tr[data-way]').length === 1")).await?;
        let rows = table(&page).await?;
        let [way, _, psnr, ssim] = &rows[0];
        let number = |text: &str| text.parse::<f64>().map_err(|_| Problem(format!("{picture} shows {text:?}")));
        let (psnr, ssim) = (number(psnr)?, number(ssim)?);
        let found = page.evaluate(&format!("{UNPOOLED}({scale})")).await?;
        let Ok([wrong, blocks, expected]) = serde_json::from_value::<[f64; 3]>(found.clone()) else {
            return Err(Problem(format!("{picture}, {scale}×: the pictures cannot be compared: {found}")));
        };
        check(
            way == "unpooled" && wrong == 0.0 && blocks > 300.0 && (psnr - expected).abs() < 0.06,
            format!("{picture}, {scale}×: {wrong} of {blocks} blocks are wrong; {psnr} dB, by the pixels {expected}"),
        )?;
        // Files are decoded by the browser, so that there is no native run beside them.
        if picture == "star" || picture == "bars" {
            let natively = natively(&fragment)?;
            let findings = &natively.results[0].findings;
            check(
                (psnr - findings.psnr).abs() <= 0.011 && (ssim - findings.ssim).abs() <= 0.0011,
                format!("{picture}, {scale}×: {psnr} dB and {ssim}; natively {findings:?}"),
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

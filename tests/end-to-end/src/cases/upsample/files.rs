//! Files of the reader’s and drawings: dropped, drawn, broken.

use super::table;
use crate::{
    cases::{
        Case, case,
        pictures::{READY, choose},
        restore::scratch,
    },
    page::{Page, Problem, check},
};
use deconvolution_explorer::imaging::{Image, files};
use serde_json::json;

pub const CASES: &[Case] = &[
    case!(a_file_dropped_on_the_lab_becomes_the_picture),
    case!(a_drawing_is_made_by_keyboard_and_enlarged),
    case!(what_is_no_picture_is_refused_and_the_old_one_stays),
    case!(what_is_no_picture_is_refused_when_dropped_on_the_lab),
];

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

/// The check sum of a part of a PNG (ISO 3309), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

/// A PNG that is in order, but says of itself that it is so large.
fn boasting(side: u32) -> Vec<u8> {
    let mut bytes = files::png16(&Image::from_fn(1, 2, 2, |_, _, _| 0.5));
    // Eight bytes mark a PNG; then come the length and the name of its header, and in that width and height first.
    bytes[16..20].copy_from_slice(&side.to_be_bytes());
    bytes[20..24].copy_from_slice(&side.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// What the page says of its files.
const SAID: &str = "document.querySelector('.troubles')?.textContent.trim() ?? ''";
const CHOSEN: &str = "document.querySelector('select[aria-label=Picture]')?.value";

/// The corner of the first way, whose pixels are drawn as they are.
const CORNER: &str = "(() => {
    const canvas = document.querySelector('canvas[aria-label=\"Nearest, corner\"]');
    return canvas && [canvas.width, ...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data].join(' ');
  })()";

async fn what_is_no_picture_is_refused_and_the_old_one_stays(page: Page) -> Result<(), Problem> {
    let noise = files::png16(&Image::from_fn(1, 40, 60, |_, y, x| (y * 31 + x * 17) as f32 % 29.0 / 29.0));
    check(
        files::png16(&Image::from_fn(1, 2, 2, |_, _, _| 0.5)) == boasting(2),
        "the header is not where it should be",
    )?;
    for (name, bytes, word) in [
        ("words.png", b"This is no picture, whatever its name says.".to_vec(), "no picture"),
        ("empty.png", Vec::new(), "empty"),
        ("headless.png", noise[..40].to_vec(), "no picture"),
        ("boasting.png", boasting(60_000), "no picture"),
        // Some browsers show what there is of a picture that was cut off, others refuse it.
        ("half.png", noise[..noise.len() / 2].to_vec(), ""),
    ] {
        let file = scratch("uploads")?.join(name);
        std::fs::write(&file, bytes)?;
        page.open("#/upsample?v=1&view=pictures&picture=checkerboard").await?;
        page.wait_until(READY).await?;
        let before = (table(&page).await?, page.evaluate(CORNER).await?);
        let input = page.find("input[type=file][aria-label='Own picture']").await?;
        input.send_keys(&file.to_string_lossy()).await?;
        page.wait_until(&format!("({SAID}).length > 20 || {CHOSEN} === 'own'")).await?;
        page.wait_until(READY).await?;
        let (said, chosen) = (page.evaluate(SAID).await?, page.evaluate(CHOSEN).await?);
        let said = said.as_str().unwrap_or_default();
        if word.is_empty() && chosen == "own" {
            check(said.is_empty(), format!("{name} is shown, and the page says: {said}"))?;
            continue;
        }
        check(
            chosen == "checkerboard" && said.contains(word) && said.ends_with('.'),
            format!("after {name} the picture is {chosen}, and the page says: {said}"),
        )?;
        let after = (table(&page).await?, page.evaluate(CORNER).await?);
        check(before == after, format!("after {name} the old picture is another: {after:?}"))?;
        // The next picture takes the complaint away.
        choose(&page, "Picture", "bars").await?;
        page.wait_until(&format!("{READY} && ({SAID}) === '' && location.hash.includes('picture=bars')")).await?;
    }
    Ok(())
}

async fn what_is_no_picture_is_refused_when_dropped_on_the_lab(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&picture=camera&at=2").await?;
    page.wait_until(READY).await?;
    let before = page.evaluate(CORNER).await?;
    let drop = "const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(arguments[0])], 'broken.png', { type: 'image/png' }));
        document.querySelector('.stage.upsample')
          .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));";
    for (bytes, word) in [(&b"GIF89a, it says"[..], "no picture"), (b"", "empty")] {
        page.client.execute(drop, vec![json!(bytes)]).await?;
        page.wait_until(&format!("({SAID}).includes('{word}')")).await?;
        page.wait_until(READY).await?;
        page.wait_until(&format!("{CORNER} === {before}")).await?;
        let hash = page.evaluate("location.hash").await?;
        check(
            hash.as_str().is_some_and(|hash| hash.contains("picture=camera") && hash.contains("at=2")),
            format!("the address is {hash} then"),
        )?;
    }
    Ok(())
}

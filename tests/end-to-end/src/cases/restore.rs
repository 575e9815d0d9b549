//! Restore: every method beside its native run, signals, pictures of all kinds, comparison, and what is taken away.

use super::{
    Case, case,
    pictures::{READY, choose, score, slide},
};
use crate::page::{Page, Problem, check};
use deconvolution_explorer::{
    engine::{Engine, FileFormat, Reply, Request, Restored, Shot},
    imaging::{Image, files},
    lesson::{Address, address, restore::RestoreLesson},
    restoration::{DESCRIPTIONS, Family},
};
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

pub const CASES: &[Case] = &[
    case!(every_method_scores_as_it_does_natively),
    case!(long_work_shows_its_progress_and_can_be_stopped),
    case!(a_signal_is_restored_and_pasted_numbers_are_one),
    case!(methods_are_compared_and_raced),
    case!(the_python_program_restores_the_same),
    case!(a_turned_photograph_stands_upright),
    case!(a_picture_of_one_pixel_is_taken),
    case!(a_picture_of_24_megapixels_is_reduced_and_the_page_says_so),
    case!(the_mask_of_the_matrix_page_blurs_a_picture),
    case!(exercises_are_checked_against_the_numbers),
    case!(reasons_are_shown_in_every_view),
];

/// Work of many steps on a slow machine.
const LONG: Duration = Duration::from_secs(90);

/// What the engine makes of a link's settings here, outside the browser.
fn natively(fragment: &str) -> Result<Restored, Problem> {
    let (lesson, problems) = address::read::<RestoreLesson>(&Address::parse(fragment).query);
    check(problems.is_empty(), format!("{fragment}: {problems:?}"))?;
    match Engine::default().handle(Request::Restore(lesson)) {
        Ok(Reply::Restored(restored)) => Ok(*restored),
        other => Err(Problem(format!("{fragment} came to {other:?}"))),
    }
}

/// Waits longer than a page is commonly given.
async fn wait_long(page: &Page, expression: &str) -> Result<(), Problem> {
    page.wait_at_most(LONG, expression).await
}

async fn every_method_scores_as_it_does_natively(page: Page) -> Result<(), Problem> {
    for description in DESCRIPTIONS {
        // A few steps tell as much as many.
        let steps = if description.iterations.is_some_and(|i| i.default > 8) && description.family == Family::Iterative
        {
            "&iterations=8"
        } else {
            ""
        };
        let fragment = format!("#/restore?v=1&blur=gaussian&sigma=1.5&noise=0.01&method={}{steps}", description.id);
        page.open(&fragment).await?;
        wait_long(&page, READY).await?;
        let expected = natively(&fragment)?.facts.scores;
        for (name, value, slack) in [
            ("psnr-observed", expected.psnr_observed, 0.011),
            // Rounding grows where noise is amplified, and searches may take another turn.
            ("psnr-restored", expected.psnr_restored, if description.family == Family::Blind { 0.5 } else { 0.1 }),
            ("ssim-restored", expected.ssim_restored, 0.02),
        ] {
            let shown = score(&page, name).await?;
            check(
                (shown - value).abs() <= slack,
                format!("{}: {name} is {shown} in the browser and {value} natively", description.id),
            )?;
        }
    }
    Ok(())
}

async fn long_work_shows_its_progress_and_can_be_stopped(page: Page) -> Result<(), Problem> {
    page.open("#/restore?v=1&picture=camera&method=richardson-lucy&settle=no&iterations=500").await?;
    page.wait_until("document.querySelector('.work progress')?.value > 2").await?;
    let stop = "[...document.querySelectorAll('.work button')].find((b) => b.textContent.startsWith('Stop'))";
    page.client.execute(&format!("{stop}.click();"), vec![]).await?;
    page.wait_until(READY).await?;
    let steps = page.evaluate("Number(document.querySelector('[data-iterations]').dataset.iterations)").await?;
    check(steps.as_f64().is_some_and(|steps| (3.0..500.0).contains(&steps)), format!("stopped after {steps} steps"))?;
    let text = page.text("[data-iterations]").await?;
    check(text.contains("stopped"), text)?;
    check(score(&page, "isnr").await? > 0.0, "what there was is not kept")
}

async fn a_signal_is_restored_and_pasted_numbers_are_one(page: Page) -> Result<(), Problem> {
    page.open("#/restore?v=1&picture=spikes&method=rl-accelerated").await?;
    page.wait_until(READY).await?;
    let lines = "document.querySelectorAll('.signal .chart .line').length";
    check(page.evaluate(lines).await? == 3, "a signal is three lines: what it was, was seen and was had back")?;
    check(score(&page, "isnr").await? > 1.0, "the spikes came no closer")?;
    let paste = "const data = new DataTransfer();
                 data.setData('text/plain', Array.from({ length: 64 }, (_, i) => i % 16 === 0 ? 9 : 1).join('\\n'));
                 const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
                 // Firefox leaves what a page puts into such an event of its own out again.
                 Object.defineProperty(event, 'clipboardData', { value: data });
                 document.body.dispatchEvent(event);";
    page.client.execute(paste, vec![]).await?;
    page.wait_until("document.querySelector('select[aria-label=Picture]').value === 'column'").await?;
    page.wait_until(READY).await?;
    check(page.evaluate(lines).await? == 3, "pasted numbers are a signal too")?;
    // Nor may they be there scaled, as the page takes them: nines become 1 and ones 0.111.
    let hash = page.evaluate("location.hash").await?;
    let hash = hash.as_str().ok_or_else(|| Problem(format!("the address ends with {hash}")))?;
    check(
        hash.len() < 300 && !hash.contains("9,1") && !hash.contains("0.11"),
        format!("pasted numbers stand in the address: {hash}"),
    )
}

async fn methods_are_compared_and_raced(page: Page) -> Result<(), Problem> {
    page.open("#/restore?v=1&stage=compare&compare=inverse,tikhonov,regularised,tv").await?;
    let done = "[...document.querySelectorAll('.table-of-methods tbody tr')].filter((row) => row.cells.length === 8).length === 4";
    wait_long(&page, done).await?;
    let gain = |id: &str| {
        format!("Number(document.querySelector('[data-method={id}]').cells[3].textContent.replace('−', '-'))")
    };
    let (inverse, tv) = (page.evaluate(&gain("inverse")).await?, page.evaluate(&gain("tv")).await?);
    check(
        tv.as_f64() > inverse.as_f64().map(|gain| gain + 10.0),
        format!("total variation gains {tv} dB, the inverse {inverse} dB"),
    )?;
    let race = "[...document.querySelectorAll('.race button')][0].click();";
    page.client.execute(race, vec![]).await?;
    page.wait_until(&format!("!({done})")).await?;
    // Once more while some still run: whatever was under way must not be missing in the end.
    page.client.execute(race, vec![]).await?;
    wait_long(&page, done).await?;
    wait_long(&page, READY).await?;
    check(page.evaluate(done).await? == true, "a row went missing after the race")
}

async fn the_python_program_restores_the_same(page: Page) -> Result<(), Problem> {
    let python = ["python3", "/usr/bin/python3"].into_iter().find(|python| {
        Command::new(python).args(["-c", "import numpy"]).output().is_ok_and(|run| run.status.success())
    });
    let Some(python) = python else {
        println!("        NumPy is missing (Debian: python3-numpy), so the program was not run");
        return check(std::env::var_os("CI").is_none(), "NumPy is missing, and CI has to run the program");
    };
    for settings in
        ["method=regularised", "method=tv&iterations=20", "method=richardson-lucy&kind=poisson&edge=unknown"]
    {
        let fragment = format!("#/restore?v=1&noise=0.01&stage=take&{settings}");
        page.open(&fragment).await?;
        wait_long(&page, &format!("{READY} && !!document.querySelector('.take-away pre')")).await?;
        let program = page.text(".take-away pre").await?;
        let folder = scratch("python")?;
        let (lesson, _) = address::read::<RestoreLesson>(&Address::parse(&fragment).query);
        for (shot, name) in [(Shot::Observed, "observed.npy"), (Shot::Restored, "restored.npy")] {
            match Engine::default().handle(Request::File(lesson.clone(), shot, FileFormat::Npy)) {
                Ok(Reply::File(bytes)) => std::fs::write(folder.join(name), bytes)?,
                other => return Err(Problem(format!("{name}: {other:?}"))),
            }
        }
        let run = Command::new(python).args(["-c", &program]).current_dir(&folder).output()?;
        let printed = String::from_utf8_lossy(&run.stdout).into_owned();
        let largest =
            printed.split_whitespace().filter_map(|word| word.trim_end_matches('.').parse::<f64>().ok()).next_back();
        check(
            run.status.success() && largest.is_some_and(|largest| largest < 3e-3),
            format!("{settings}: {printed}{}", String::from_utf8_lossy(&run.stderr)),
        )?;
    }
    Ok(())
}

/// A folder for files of a case.
pub fn scratch(name: &str) -> Result<PathBuf, Problem> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/end-to-end").join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::canonicalize(folder)?)
}

async fn upload(page: &Page, file: &Path) -> Result<(), Problem> {
    let input = page.find("input[type=file][aria-label='Own picture']").await?;
    input.send_keys(&std::fs::canonicalize(file)?.to_string_lossy()).await?;
    page.wait_until("document.querySelector('select[aria-label=Picture]').value === 'own'").await?;
    wait_long(page, READY).await
}

/// Columns and rows of a picture on the page.
async fn size(page: &Page, picture: &str) -> Result<[u64; 2], Problem> {
    let canvas = format!("document.querySelector('canvas[aria-label=\"{picture}\"]')");
    let [width, height] = ["width", "height"].map(|side| format!("{canvas}.{side}"));
    let sides = [page.evaluate(&width).await?.as_u64(), page.evaluate(&height).await?.as_u64()];
    match sides {
        [Some(width), Some(height)] => Ok([width, height]),
        _ => Err(Problem(format!("{picture} has the sides {sides:?}"))),
    }
}

async fn a_turned_photograph_stands_upright(page: Page) -> Result<(), Problem> {
    page.open("#/restore?v=1&radius=1").await?;
    page.wait_until(READY).await?;
    upload(&page, &Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures/turned.jpg")).await?;
    let [width, height] = size(&page, "Observed").await?;
    // 48 × 32 in the file, to be turned by a quarter.
    check(height > width, format!("the photograph lies on its side: {width} × {height}"))
}

async fn a_picture_of_one_pixel_is_taken(page: Page) -> Result<(), Problem> {
    let file = scratch("uploads")?.join("one.png");
    std::fs::write(&file, files::png16(&Image::from_fn(1, 1, 1, |_, _, _| 0.5)))?;
    page.open("#/restore?v=1&scene=circular").await?;
    page.wait_until(READY).await?;
    upload(&page, &file).await?;
    check(size(&page, "Restored").await? == [1, 1], "one pixel is one pixel")
}

/// A grey Windows bitmap of squares, the simplest picture of any size there is.
fn bitmap(width: u32, height: u32) -> Vec<u8> {
    let start = 54 + 4 * 256;
    let mut bytes = b"BM".to_vec();
    for word in [start + width * height, 0, start, 40, width, height] {
        bytes.extend(word.to_le_bytes());
    }
    // One plane of eight bits, not packed.
    bytes.extend([1, 0, 8, 0]);
    for word in [0, width * height, 2835, 2835, 256, 0] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend((0..=255).flat_map(|grey: u8| [grey, grey, grey, 0]));
    bytes.extend((0..height).flat_map(|y| (0..width).map(move |x| if (x / 60 + y / 40) % 2 == 0 { 60 } else { 180 })));
    bytes
}

async fn a_picture_of_24_megapixels_is_reduced_and_the_page_says_so(page: Page) -> Result<(), Problem> {
    let file = scratch("uploads")?.join("large.bmp");
    std::fs::write(&file, bitmap(6000, 4000))?;
    page.open("#/restore?v=1").await?;
    page.wait_until(READY).await?;
    upload(&page, &file).await?;
    let [width, height] = size(&page, "Restored").await?;
    check(width * height <= 1 << 22 && width > 2000, format!("it is shown as {width} × {height}"))?;
    let stage = page.text(".stage").await?;
    check(stage.contains("6000 × 4000"), "the page does not say that the picture was reduced")?;
    slide(&page, "Regularisation", -2.0).await?;
    wait_long(&page, READY).await
}

async fn the_mask_of_the_matrix_page_blurs_a_picture(page: Page) -> Result<(), Problem> {
    page.open("#/matrix").await?;
    let open = "[...document.querySelectorAll('button')].find((b) => b.textContent === 'Take away').click();";
    page.client.execute(open, vec![]).await?;
    let link = "document.querySelector('dialog[open] a[href^=\"#/restore\"]')";
    page.wait_until(&format!("!!{link}")).await?;
    page.client.execute(&format!("{link}.click();"), vec![]).await?;
    page.wait_until("document.querySelector('select[aria-label=Blur]')?.value === 'drawn'").await?;
    page.wait_until(READY).await?;
    let weights = "[...document.querySelectorAll('[aria-label=\"Point-spread function\"] [role=gridcell]')].map((c) => c.textContent.trim()).join(' ')";
    let weights = page.evaluate(weights).await?;
    // The worked example's mask turned by half a turn.
    check(weights == "2 1 0 0 2 2 2 1 0", format!("the weights are {weights}"))
}

async fn exercises_are_checked_against_the_numbers(page: Page) -> Result<(), Problem> {
    page.open("#/restore").await?;
    page.wait_until(READY).await?;
    let press = |words: &str| {
        format!("[...document.querySelectorAll('.exercises button')].find((b) => b.textContent === '{words}').click();")
    };
    page.client.execute(&press("Calm the edges"), vec![]).await?;
    page.wait_until("!!document.querySelector('.question')").await?;
    page.wait_until(READY).await?;
    page.client.execute(&press("Check"), vec![]).await?;
    page.wait_until("!!document.querySelector('.question .answered.wrong')").await?;
    choose(&page, "Assumed outside", "Mirrored").await?;
    page.wait_until(READY).await?;
    page.wait_until(
        "![...document.querySelectorAll('.exercises button')].find((b) => b.textContent === 'Check').disabled",
    )
    .await?;
    page.client.execute(&press("Check"), vec![]).await?;
    page.wait_until("!!document.querySelector('.question .answered.right')").await
}

async fn reasons_are_shown_in_every_view(page: Page) -> Result<(), Problem> {
    for (view, there) in [
        (
            "spectra",
            "document.querySelectorAll('.why canvas').length === 4 && document.querySelectorAll('.why .line').length > 4",
        ),
        ("curve", "!!document.querySelector('.why .mark.best') && !!document.querySelector('.why .mark.chosen')"),
        ("convergence", "document.querySelectorAll('.why .chart .line').length === 3"),
        (
            "residual",
            "document.querySelectorAll('.why canvas').length === 2 && !document.querySelector('.why').textContent.includes('On its way')",
        ),
    ] {
        page.open(&format!("#/restore?v=1&method=richardson-lucy&iterations=20&why={view}")).await?;
        if view == "curve" {
            choose(&page, "Method", "regularised").await?;
        }
        wait_long(&page, there).await?;
    }
    // Blinking by key, and the difference.
    page.open("#/restore?v=1").await?;
    page.wait_until(READY).await?;
    page.keys("b").await?;
    page.wait_until("document.querySelector('.big .cap').textContent.startsWith('Restored')").await?;
    page.keys("b").await?;
    page.wait_until("document.querySelector('.big .cap').textContent.startsWith('Observed')").await?;
    page.client
        .execute(
            "[...document.querySelectorAll('.seg button')].find((b) => b.textContent === 'Difference').click();",
            vec![],
        )
        .await?;
    page.wait_until("document.querySelector('.big .cap').textContent.includes('black −')").await
}

//! The Matrix lesson in full: any geometry, the other ways, undo, paste, exercises, the side views, and what is taken away.

use super::{Case, case};
use crate::page::{Edits, Page, Problem, check};
use fantoccini::Locator;
use serde_json::json;
use std::process::Command;

pub const CASES: &[Case] = &[
    case!(a_stride_changes_every_size_and_output_padding_brings_one_back),
    case!(an_illegal_wish_is_refused_with_a_sentence),
    case!(a_large_stage_is_a_map_that_the_keyboard_walks),
    case!(a_cell_is_nudged_and_a_block_is_pasted),
    case!(undo_and_redo_by_keyboard),
    case!(all_ways_of_the_transposed_convolution_agree),
    case!(c_stands_or_lies),
    case!(an_exercise_hides_its_number_and_says_what_went_wrong),
    case!(the_whole_lesson_takes_over_with_state_and_steps),
    case!(the_views_beside_the_story_show_their_numbers),
    case!(the_numpy_program_gives_the_numbers_on_the_screen),
    case!(the_stage_is_taken_away_as_a_picture),
    case!(from_edit_to_paint_on_the_largest_stage),
];

const ENTER: char = '\u{e007}';
const LARGEST: &str = "#/matrix?v=1&patch=1,2,3,4,5,6,7,8,9,8,7,6;2,3,4,5,6,7,8,9,8,7,6,5;3,4,5,6,7,8,9,8,7,6,5,4;\
    4,5,6,7,8,9,8,7,6,5,4,3;5,6,7,8,9,8,7,6,5,4,3,2;6,7,8,9,8,7,6,5,4,3,2,1;7,8,9,8,7,6,5,4,3,2,1,2;\
    8,9,8,7,6,5,4,3,2,1,2,3;9,8,7,6,5,4,3,2,1,2,3,4;8,7,6,5,4,3,2,1,2,3,4,5;7,6,5,4,3,2,1,2,3,4,5,6;\
    6,5,4,3,2,1,2,3,4,5,6,7&mask=1,2,1,0,1;2,4,2,0,1;1,2,1,0,1;0,1,0,1,0;1,0,1,0,1&padding=2";

/// The printed numbers of a grid, joined by spaces.
async fn numbers(page: &Page, grid: &str) -> Result<String, Problem> {
    let cells = format!("document.querySelectorAll('[aria-label=\"{grid}\"] [data-i] > span')");
    let joined = page.evaluate(&format!("[...{cells}].map((cell) => cell.textContent).join(' ')")).await?;
    joined.as_str().map(str::to_owned).ok_or_else(|| Problem(format!("no numbers in {grid}")))
}

async fn becomes(page: &Page, grid: &str, expected: &str) -> Result<(), Problem> {
    let cells = format!("[...document.querySelectorAll('[aria-label=\"{grid}\"] [data-i] > span')]");
    let shown = format!("{cells}.map((cell) => cell.textContent).join(' ')");
    match page.wait_until(&format!("{shown} === '{expected}'")).await {
        Ok(()) => Ok(()),
        Err(_) => Err(Problem(format!("{grid} shows {}, not {expected}", numbers(page, grid).await?))),
    }
}

async fn press(page: &Page, name: &str) -> Result<(), Problem> {
    page.find(&format!("button[aria-label=\"{name}\"]")).await?.click().await?;
    Ok(())
}

/// Presses the button with these words.
async fn choose(page: &Page, words: &str) -> Result<(), Problem> {
    let path = format!("//button[normalize-space()='{words}']");
    page.client.wait().for_element(Locator::XPath(&path)).await?.click().await?;
    Ok(())
}

async fn a_stride_changes_every_size_and_output_padding_brings_one_back(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    press(&page, "More stride").await?;
    becomes(&page, "Convolution result", "12").await?;
    becomes(&page, "Transposed result", "0 12 24 24 24 0 0 12 24").await?;
    let formulas = page.text(".formula").await?;
    check(formulas.contains("output_padding 1"), format!("the panel does not offer output_padding: {formulas}"))?;
    choose(&page, "output_padding 1").await?;
    becomes(&page, "Transposed result", "0 12 24 0 24 24 0 0 0 12 24 0 0 0 0 0").await?;
    // Padding that repeats the patch: the sums of a mask of ones are those of the extended patch.
    page.open("#/matrix?v=1&mask=1,1,1;1,1,1;1,1,1&padding=1&mode=replicate&patch=1,0;0,0").await?;
    becomes(&page, "Convolution result", "4 2 2 1").await
}

async fn an_illegal_wish_is_refused_with_a_sentence(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    press(&page, "More mask rows").await?;
    press(&page, "More mask rows").await?;
    let reason = page.text(".panel [role=alert]").await?;
    check(
        reason.contains("5 × 3") && reason.contains("add padding"),
        format!("the reason for a mask of five rows on four is {reason:?}"),
    )?;
    check(page.text("[aria-label=\"mask rows\"] b").await? == "4", "the last legal value did not stay")
}

async fn a_large_stage_is_a_map_that_the_keyboard_walks(page: Page) -> Result<(), Problem> {
    page.open(LARGEST).await?;
    let map = page.find("[role=grid][aria-label=\"Matrix C\"]").await?;
    check(map.attr("aria-rowcount").await?.as_deref() == Some("144"), "the map does not say that it has 144 rows")?;
    check(map.attr("aria-colcount").await?.as_deref() == Some("144"), "the map does not say that it has 144 columns")?;
    page.client.execute("arguments[0].focus();", vec![json!(map)]).await?;
    page.keys("\u{e015}\u{e014}").await?;
    let cell = "document.querySelector('[aria-label=\"Matrix C\"] [role=gridcell]').getAttribute('aria-label')";
    // The second column's window is the first one's moved by one: its entry there is the first's entry above.
    page.wait_until(&format!("{cell} === 'row 2, column 2, value 1'")).await?;
    page.keys(&ENTER.to_string()).await?;
    page.wait_until("document.querySelector('.pinned')?.textContent.includes('C row 2, column 2')").await?;
    check(
        page.evaluate("document.documentElement.scrollWidth <= innerWidth").await? == true,
        "the largest stage makes the page scroll sideways",
    )
}

async fn a_cell_is_nudged_and_a_block_is_pasted(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    page.find("[aria-label=\"Mask\"] [data-i=\"4\"]").await?.click().await?;
    let nudge = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
        { key: 'ArrowUp', altKey: true, bubbles: true, cancelable: true }));";
    page.client.execute(nudge, vec![]).await?;
    becomes(&page, "Mask", "0 1 2 2 3 0 0 1 2").await?;
    let wheel = "document.activeElement.dispatchEvent(new WheelEvent('wheel',
        { deltaY: 100, bubbles: true, cancelable: true }));";
    page.client.execute(wheel, vec![]).await?;
    becomes(&page, "Mask", "0 1 2 2 2 0 0 1 2").await?;
    let paste = "const data = new DataTransfer();
        data.setData('text/plain', arguments[0]);
        const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
        // Firefox leaves what a page puts into such an event of its own out again.
        Object.defineProperty(event, 'clipboardData', { value: data });
        document.activeElement.dispatchEvent(event);";
    // From the middle of the mask a block of two columns and rows still fits; one of three does not.
    page.client.execute(paste, vec![json!("7\t8\n9\t1/2")]).await?;
    becomes(&page, "Mask", "0 1 2 2 7 8 0 9 0.5").await?;
    page.client.execute(paste, vec![json!("1 2 3\n4 5 6\n7 8 9")]).await?;
    let reason = page.text("[role=alert]").await?;
    check(reason.contains("2 × 2"), format!("a block that does not fit is refused with {reason:?}"))?;
    // At the first cell of the patch a literal of another size takes its place.
    page.find("[aria-label=\"Patch D\"] [data-i=\"0\"]").await?.click().await?;
    page.client
        .execute(paste, vec![json!("np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9.5], [1, 2, 3], [4, 5, 6]])")])
        .await?;
    becomes(&page, "Patch D", "1 2 3 4 5 6 7 8 9.5 1 2 3 4 5 6").await
}

async fn undo_and_redo_by_keyboard(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    page.find("[aria-label=\"Patch D\"] [data-i=\"0\"]").await?.click().await?;
    page.keys(&format!("9{ENTER}")).await?;
    let edited = "9 3 2 1 0 0 1 3 3 1 2 2 2 0 0 2";
    becomes(&page, "Patch D", edited).await?;
    press(&page, "More padding").await?;
    becomes(&page, "Convolution result", &numbers(&page, "Convolution result").await?).await?;
    let key = async |key: &str, shift: bool| {
        let script = "window.dispatchEvent(new KeyboardEvent('keydown',
            { key: arguments[0], ctrlKey: true, shiftKey: arguments[1], bubbles: true, cancelable: true }));";
        page.client.execute(script, vec![json!(key), json!(shift)]).await
    };
    key("z", false).await?;
    page.wait_until("document.querySelector('[aria-label=\"padding\"] b').textContent === '0'").await?;
    becomes(&page, "Patch D", edited).await?;
    key("z", false).await?;
    becomes(&page, "Convolution result", "12 12 10 17").await?;
    key("y", false).await?;
    becomes(&page, "Patch D", edited).await?;
    key("z", true).await?;
    page.wait_until("document.querySelector('[aria-label=\"padding\"] b').textContent === '1'").await
}

async fn all_ways_of_the_transposed_convolution_agree(page: Page) -> Result<(), Problem> {
    for fragment in
        ["", "#/matrix?v=1&stride=2&padding=1&output-padding=1", "#/matrix?v=1&mode=circular&padding=1&flip=on"]
    {
        page.open(fragment).await?;
        let expected = numbers(&page, "Transposed result").await?;
        for way in ["Paint", "Zero insertion", "Gradient"] {
            choose(&page, way).await?;
            page.wait_until("document.querySelector('.agree b')?.textContent === '0'").await?;
            press(&page, "Last step").await?;
            becomes(&page, "Transposed result", &expected).await?;
        }
        choose(&page, "Overlap").await?;
        let counts = numbers(&page, "Transposed result").await?;
        check(counts != expected && !counts.contains('.'), format!("the overlap shows {counts}"))?;
        choose(&page, "Matrix").await?;
    }
    Ok(())
}

async fn c_stands_or_lies(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    let size = async |grid: &str| {
        let script = format!(
            "(() => {{ const grid = document.querySelector('[aria-label=\"{grid}\"]');
                return [...grid.querySelectorAll('[role=row]')].map((row) => row.children.length).join(' '); }})()"
        );
        page.evaluate(&script).await
    };
    let standing = ["4"; 16].join(" ");
    let lying = ["16"; 4].join(" ");
    check(size("Matrix C").await? == standing.as_str(), "C does not stand 16 × 4 at first")?;
    choose(&page, "4×16").await?;
    page.wait_until("document.querySelectorAll('[aria-label=\"Matrix C\"] [role=row]').length === 4").await?;
    check(size("Matrix C").await? == lying.as_str(), "C does not lie 4 × 16")?;
    check(size("Matrix C transposed").await? == standing.as_str(), "its transpose does not stand then")?;
    let row = "[...document.querySelectorAll('[aria-label=\"Matrix C\"] [role=row]')][0].textContent";
    check(page.evaluate(row).await? == "a0b1c2·d2e2f0·g0h1i2·····", "the first row is not the first column's")
}

async fn an_exercise_hides_its_number_and_says_what_went_wrong(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    choose(&page, "Predict a result").await?;
    page.wait_until("document.activeElement.getAttribute('aria-label') === 'Your answer'").await?;
    let shown = numbers(&page, "Convolution result").await?;
    let hidden = shown.split(' ').position(|number| number == "?");
    let Some(hidden) = hidden else { return Err(Problem(format!("nothing is hidden in {shown}"))) };
    page.keys(&format!("1000{ENTER}")).await?;
    let reason = page.text(".answered.wrong").await?;
    check(reason.len() > 20, format!("the verdict on a wrong answer is {reason:?}"))?;
    let right = ["12", "12", "10", "17"][hidden];
    page.client.execute("document.activeElement.value = '';", vec![]).await?;
    page.keys(&format!("{right}{ENTER}")).await?;
    page.find(".answered.right").await?;
    becomes(&page, "Convolution result", "12 12 10 17").await
}

async fn the_whole_lesson_takes_over_with_state_and_steps(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    let files = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.split('/').pop())\
                 .filter((file) => /^lesson.*\\.(js|wasm)$/.test(file)).length";
    check(page.evaluate(files).await? == 0, "the whole lesson is loaded before anybody asked for it")?;
    page.find("[aria-label=\"Patch D\"] [data-i=\"0\"]").await?.click().await?;
    page.keys(&format!("9{ENTER}")).await?;
    becomes(&page, "Patch D", "9 3 2 1 0 0 1 3 3 1 2 2 2 0 0 2").await?;
    choose(&page, "Pooling").await?;
    page.wait_until("!!document.querySelector('[data-view=pooling] [data-i]')").await?;
    let alone = "['main', 'h1', 'nav', '.frame'].every((name) => document.querySelectorAll(name).length === 1)";
    check(page.evaluate(alone).await? == true, "two programs show at once")?;
    choose(&page, "Convolution").await?;
    becomes(&page, "Patch D", "9 3 2 1 0 0 1 3 3 1 2 2 2 0 0 2").await?;
    press(&page, "Undo").await?;
    becomes(&page, "Patch D", "3 3 2 1 0 0 1 3 3 1 2 2 2 0 0 2").await?;
    // A link to a view beside the story opens there.
    page.open("#/matrix?v=1&view=channels").await?;
    page.wait_until("!!document.querySelector('[data-view=channels] [aria-label=\"Block matrix C\"]')").await
}

async fn the_views_beside_the_story_show_their_numbers(page: Page) -> Result<(), Problem> {
    page.open("#/matrix?v=1&view=inverse").await?;
    let lambda = page.find("[aria-label=\"Weight λ\"]").await?;
    let stage = "document.querySelector('[data-view=inverse]').textContent";
    let before = page.evaluate(stage).await?;
    page.client.execute("arguments[0].focus();", vec![json!(lambda)]).await?;
    page.keys("\u{e010}").await?;
    page.wait_until(&format!("{stage} !== {before}")).await?;
    page.open("#/matrix?v=1&view=pooling").await?;
    page.wait_until("!!document.querySelector('[data-view=pooling] [data-i]')").await?;
    // Maxima and means of the four quarters of the worked patch.
    let text = page
        .evaluate(
            "[...document.querySelectorAll('[data-view=pooling] [data-i] > span')].map((c) => c.textContent).join(' ')",
        )
        .await?;
    let text = text.as_str().unwrap_or_default().to_owned();
    check(text.contains("1.5 1.75 1.5 1.5"), format!("the means are not in {text}"))?;
    check(text.contains("3 3 3 2"), format!("the maxima are not in {text}"))?;
    page.open("#/matrix?v=1&view=channels").await?;
    page.wait_until("!!document.querySelector('[data-view=channels] [aria-label=\"Block matrix C\"]')").await?;
    let blocks =
        page.evaluate("document.querySelectorAll('[aria-label=\"Block matrix C\"] [role=gridcell]').length").await?;
    check(blocks == 6, format!("two channels to three make {blocks} blocks, not six"))
}

/// The program that the dialog hands out is run as it is, and what it prints is held against the screen.
async fn the_numpy_program_gives_the_numbers_on_the_screen(page: Page) -> Result<(), Problem> {
    if !Command::new("python3").args(["-c", "import numpy"]).output().is_ok_and(|run| run.status.success())
        && !Command::new("/usr/bin/python3").args(["-c", "import numpy"]).output().is_ok_and(|run| run.status.success())
    {
        println!("        NumPy is missing (Debian: python3-numpy), so its program was not run");
        return check(std::env::var_os("CI").is_none(), "NumPy is missing, and CI has to run its program");
    }
    for fragment in [
        "#/matrix?v=1",
        "#/matrix?v=1&stride=2&padding=1&output-padding=1",
        "#/matrix?v=1&mode=reflect&padding=1&flip=on",
    ] {
        page.open(fragment).await?;
        let shown = [numbers(&page, "Convolution result").await?, numbers(&page, "Transposed result").await?];
        choose(&page, "Take away").await?;
        page.wait_until("document.querySelector('dialog.take pre, dialog pre')?.textContent.includes('import numpy')")
            .await?;
        let program = page.evaluate("[...document.querySelectorAll('dialog[open] pre')].at(-1).textContent").await?;
        let program = program.as_str().unwrap_or_default().to_owned();
        let run = |python: &str| Command::new(python).args(["-c", &program]).output();
        let output = match run("python3") {
            Ok(output) if output.status.success() => output,
            _ => run("/usr/bin/python3")?,
        };
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        for (name, shown) in ["result", "transposed"].iter().zip(&shown) {
            let line = printed.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
            let Some(line) = line else {
                let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
                return Err(Problem(format!("the program prints no {name}: {printed}{complaint}")));
            };
            let rows: Vec<Vec<f64>> = serde_json::from_str(line)?;
            let rounded: Vec<String> = rows
                .concat()
                .iter()
                .map(|value| ((value * 100.0).round() / 100.0).to_string().replace('-', "−"))
                .collect();
            check(
                rounded.join(" ") == *shown,
                format!("{fragment}: the program gives {name} {}, the screen shows {shown}", rounded.join(" ")),
            )?;
        }
    }
    Ok(())
}

async fn the_stage_is_taken_away_as_a_picture(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    choose(&page, "Take away").await?;
    page.wait_until("!!document.querySelector('dialog[open] [role=tab]')").await?;
    let tab = "[...document.querySelectorAll('dialog[open] [role=tab]')].find((tab) => tab.textContent === arguments[0]).click();";
    page.client.execute(tab, vec![json!("SVG")]).await?;
    // The picture is a drawing of its own, with the numbers of the stage in it.
    page.wait_until("document.querySelector('dialog[open] img')?.naturalWidth > 400").await?;
    let drawing = "const done = arguments[arguments.length - 1];
        const source = document.querySelector('dialog[open] img').src;
        done(source.startsWith('data:') ? decodeURIComponent(source.split(',').slice(1).join(',')) : 'blob');";
    let text = page.client.execute_async(drawing, vec![]).await?;
    let text = text.as_str().unwrap_or_default().to_owned();
    check(
        text == "blob" || text.contains("Patch D"),
        format!("the drawing lacks the patch: {}", &text[..text.len().min(200)]),
    )?;
    // Escape closes, and the focus is where it was.
    page.keys("\u{e00c}").await?;
    page.wait_until("!document.querySelector('dialog[open]')").await?;
    page.wait_until("document.activeElement.textContent === 'Take away'").await
}

/// Measures and prints, but asserts no time: machines differ.
async fn from_edit_to_paint_on_the_largest_stage(page: Page) -> Result<(), Problem> {
    page.open(LARGEST).await?;
    let edits = Edits {
        setup: "const cell = () => document.querySelector('[aria-label=\"Patch D\"] [data-i=\"50\"]');
            const nudge = (key) => cell().dispatchEvent(
              new KeyboardEvent('keydown', { key, altKey: true, bubbles: true, cancelable: true }));
            cell().focus();",
        before: "const before = cell().querySelector('span').textContent;",
        edit: "nudge(n % 2 ? 'ArrowDown' : 'ArrowUp');",
        is_shown: "cell().querySelector('span').textContent !== before",
    };
    page.time_edits("largest stage", 40, &edits).await
}

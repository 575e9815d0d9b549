//! The Matrix page: edited by keyboard, stepped to the end, shared, and found again as it was.

use super::{Case, case};
use crate::page::{Edits, Page, Problem, check};
use fantoccini::Locator;

pub const CASES: &[Case] = &[
    case!(the_worked_example_is_on_the_stage),
    case!(edited_by_keyboard_stepped_to_the_end_shared_and_reloaded),
    case!(a_wrong_entry_is_refused_at_its_cell),
    case!(a_broken_link_opens_the_example_and_says_so),
    case!(the_picture_is_the_same_forwards_and_backwards),
    case!(links_and_the_navigation_keep_state_and_address_together),
    case!(from_edit_to_paint),
];

const ENTER: char = '\u{e007}';
const ARROW_RIGHT: char = '\u{e014}';
const ARROW_DOWN: char = '\u{e015}';

/// The printed numbers of a grid, joined by spaces.
async fn numbers(page: &Page, grid: &str) -> Result<String, Problem> {
    let cells = format!("document.querySelectorAll('[aria-label=\"{grid}\"] [data-i] > span')");
    let joined = page.evaluate(&format!("[...{cells}].map((cell) => cell.textContent).join(' ')")).await?;
    joined.as_str().map(str::to_owned).ok_or_else(|| Problem(format!("no numbers in {grid}")))
}

async fn expect(page: &Page, grid: &str, expected: &str) -> Result<(), Problem> {
    let found = numbers(page, grid).await?;
    check(found == expected, format!("{grid} shows {found}, not {expected}"))
}

async fn press(page: &Page, name: &str) -> Result<(), Problem> {
    page.client.find(Locator::Css(&format!("button[aria-label=\"{name}\"]"))).await?.click().await?;
    Ok(())
}

async fn the_worked_example_is_on_the_stage(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    expect(&page, "Convolution result", "12 12 10 17").await?;
    expect(&page, "Transposed result", "0 12 36 24 24 58 61 34 20 66 70 24 0 10 37 34").await?;
    let column = "document.querySelectorAll('[aria-label=\"Matrix C\"] [data-i]')";
    let first = format!("[...{column}].filter((_, n) => n % 4 === 0).map((cell) => cell.textContent).join(' ')");
    let first = page.evaluate(&first).await?;
    check(first == "a0 b1 c2 · d2 e2 f0 · g0 h1 i2 · · · · ·", format!("the first column of C shows {first}"))
}

async fn edited_by_keyboard_stepped_to_the_end_shared_and_reloaded(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    // To the patch's third row, second column, by arrows; then a number, then Enter.
    page.find("[aria-label=\"Patch D\"] [data-i=\"0\"]").await?.click().await?;
    page.keys(&format!("{ARROW_DOWN}{ARROW_DOWN}{ARROW_RIGHT}-2.5{ENTER}")).await?;
    page.wait_until("document.querySelector('[aria-label=\"Patch D\"] [data-i=\"9\"] > span').textContent === '−2.5'")
        .await?;
    let result = numbers(&page, "Convolution result").await?;
    check(result != "12 12 10 17", "the result did not follow the edit")?;
    press(&page, "Last step").await?;
    page.wait_until("document.querySelector('.tell b').textContent === 'Spread, step 5 of 5'").await?;
    page.client.find(Locator::XPath("//button[normalize-space()='Share']")).await?.click().await?;
    page.wait_until("!!document.querySelector('.notice')").await?;
    let address = page.client.current_url().await?;
    let fragment = address.fragment().unwrap_or_default().to_owned();
    let everything = "[...document.querySelectorAll('[data-i] > span')].map((cell) => cell.textContent).join(' ')";
    let before = page.evaluate(everything).await?;

    page.open(&format!("#{fragment}")).await?;
    page.wait_until("document.querySelector('.tell b').textContent === 'Spread, step 5 of 5'").await?;
    let after = page.evaluate(everything).await?;
    check(before == after, format!("the link shows\n{after}\nin place of\n{before}"))
}

async fn a_wrong_entry_is_refused_at_its_cell(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    page.find("[aria-label=\"Mask\"] [data-i=\"4\"]").await?.click().await?;
    page.keys(&format!("1/0{ENTER}")).await?;
    let reason = page.text("[role=alert]").await?;
    check(reason.contains("divided by 0"), format!("the reason is {reason:?}"))?;
    expect(&page, "Mask", "0 1 2 2 2 0 0 1 2").await
}

async fn a_broken_link_opens_the_example_and_says_so(page: Page) -> Result<(), Problem> {
    page.open("#/matrix?v=1&patch=%3Cscript%3E&at=1e999&x=%ff").await?;
    expect(&page, "Convolution result", "12 12 10 17").await?;
    let notice = page.text(".notice").await?;
    check(notice.contains("patch") && notice.contains("at"), format!("the notice says {notice:?}"))
}

async fn the_picture_is_the_same_forwards_and_backwards(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    // What the stage shows, less the focus ring: cells with their classes, and everything drawn over them.
    let picture = "document.querySelector('.composition').innerHTML.replace(/ tabindex=\"-?\\d+\"/g, '')";
    // Wires follow the cells where the browser has put them, a frame later.
    let picture = async || {
        let frames = "const done = arguments[arguments.length - 1];
                      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));";
        page.client.execute_async(frames, vec![]).await?;
        page.evaluate(picture).await
    };
    press(&page, "First step").await?;
    let mut forwards = Vec::new();
    for _ in 0..=22 {
        forwards.push(picture().await?);
        press(&page, "Step forward").await?;
    }
    for (position, before) in forwards.iter().enumerate().rev().take(22) {
        let now = picture().await?;
        check(
            now == *before,
            format!("position {position} looks different on the way back: {}", parting(before, &now)),
        )?;
        press(&page, "Step back").await?;
    }
    check(forwards.windows(2).all(|pair| pair[0] != pair[1]), "two steps show the same picture")
}

async fn links_and_the_navigation_keep_state_and_address_together(page: Page) -> Result<(), Problem> {
    let first = "document.querySelector('[aria-label=Mask] [data-i=\"0\"] > span').textContent";
    page.open("#/matrix?v=1").await?;
    page.client.execute("location.hash = '#/matrix?v=1&mask=9,1,2;2,2,0;0,1,2';", vec![]).await?;
    page.wait_until(&format!("{first} === '9'")).await?;
    // A word of the navigation for the page in view neither loses the state nor its address.
    page.find("nav a[href='#/matrix']").await?.click().await?;
    page.wait_until("location.hash.includes('mask=9')").await?;
    check(page.evaluate(first).await? == "9", "the navigation has lost the state")?;
    // A link to the default state is a link, too.
    page.client.execute("location.hash = '#/matrix?v=1';", vec![]).await?;
    page.wait_until(&format!("{first} === '0'")).await
}

/// Where two texts part, with a little of each.
fn parting(before: &serde_json::Value, now: &serde_json::Value) -> String {
    let (before, now) = (before.as_str().unwrap_or_default(), now.as_str().unwrap_or_default());
    let same = before.chars().zip(now.chars()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| text.chars().skip(same.saturating_sub(40)).take(80).collect::<String>();
    format!("…{}… became …{}…", part(before), part(now))
}

/// Measures and prints, but asserts no time: machines differ. From Enter to the document laid out anew.
async fn from_edit_to_paint(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    let edits = Edits {
        setup: "const cell = () => document.querySelector('[aria-label=\"Patch D\"] [data-i=\"5\"]');
            const press = (target, key) =>
              target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));",
        before: "cell().focus();
            await frame();
            press(cell(), '1');
            await frame();
            cell().querySelector('input').value = String(n % 10);",
        edit: "press(cell().querySelector('input'), 'Enter');",
        is_shown: "cell().querySelector('span').textContent === String(n % 10)",
    };
    page.time_edits("worked example", 100, &edits).await
}

//! The whole page by keyboard alone: from the address bar by Tab, and at every step the focus is somewhere and shows.

use crate::{
    cases::{Case, case, pictures::READY},
    page::{Page, Problem, check},
};
use fantoccini::key::Key;

pub const CASES: &[Case] = &[
    case!(the_lab_is_worked_by_keyboard_alone),
    case!(the_pictures_are_worked_by_keyboard_alone),
    case!(what_is_there_is_taken_away_by_keyboard_alone),
    case!(exercises_are_answered_by_keyboard_alone),
    case!(the_presenter_is_entered_and_left_by_keyboard_alone),
];

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
const LEFT: char = '\u{e012}';
const RIGHT: char = '\u{e014}';
const DOWN: char = '\u{e015}';

/// More stops than the page has.
const STOPS: usize = 150;

/// What has the focus: its name, its group, and what is wrong with it. A ring is an outline, or a shadow of three pixels
/// and more without an offset, around the element or what stands for it; and it has to lie in sight, under nothing else.
const FOCUS: &str = "(() => {
    const element = document.activeElement;
    const label = element.closest('label');
    const name = (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent).trim();
    const group = element.closest('[role=group]:not([tabindex])')?.getAttribute('aria-label') ?? '';
    if (element === document.body || element === document.documentElement) return [name, group, 'nothing has the focus'];
    const around = [element, label, element.nextElementSibling, element.querySelector('.cursor')].filter(Boolean);
    const ring = around.find((candidate) => {
      const { visibility, outlineStyle, outlineWidth, boxShadow } = getComputedStyle(candidate);
      const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      return visibility === 'visible' && (isOutlined || /0px 0px 0px [3-9]px/.test(boxShadow));
    });
    if (!ring) return [name, group, 'no ring is around it'];
    const { left, right, top, bottom } = ring.getBoundingClientRect();
    // What lies over it may hide a part.
    const places = (from, to, room) => [0.1, 0.5, 0.9].map((share) =>
      Math.min(Math.max(from + share * (to - from), 0), room - 1));
    const hits = places(left, right, innerWidth).flatMap((x) =>
      places(top, bottom, innerHeight).map((y) => document.elementFromPoint(x, y)));
    const seen = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight
      && hits.some((hit) => hit && (ring.contains(hit) || hit.contains(ring)));
    return [name, group, seen ? '' : 'it is out of sight'];
  })()";

/// What has the focus and shows it: name and group.
async fn focus(page: &Page) -> Result<[String; 2], Problem> {
    let [name, group, complaint]: [String; 3] = serde_json::from_value(page.evaluate(FOCUS).await?)?;
    let name: String = name.chars().take(60).collect();
    check(complaint.is_empty(), format!("{name:?} in {group:?}: {complaint}"))?;
    Ok([name, group])
}

/// Checks that the focus shows on what has this name, after what a key has done is drawn.
async fn stays_on(page: &Page, name: &str) -> Result<(), Problem> {
    let frames = "const done = arguments[arguments.length - 1];
                  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)));";
    page.client.execute_async(frames, vec![]).await?;
    let shown = focus(page).await;
    let [found, _] = shown.map_err(|problem| Problem(format!("after a key on {name:?}: {problem}")))?;
    check(found.starts_with(name), format!("the focus is on {found:?}, not on {name:?}"))
}

/// Presses Tab, or Shift and Tab, until the focus is on what has a name that begins so, in the group if one is given.
async fn go(page: &Page, held: &[Key], name: &str, group: &str) -> Result<(), Problem> {
    let mut passed = Vec::new();
    for _ in 0..STOPS {
        page.chord(held, TAB).await?;
        let [found, of] = focus(page)
            .await
            .map_err(|problem| Problem(format!("on the way to {name:?}, behind {:?}: {problem}", passed.last())))?;
        if found.starts_with(name) && (group.is_empty() || of == group) {
            return Ok(());
        }
        passed.push(found);
    }
    Err(Problem(format!("{name:?} is not among {passed:?}")))
}

async fn forth(page: &Page, name: &str) -> Result<(), Problem> {
    go(page, &[], name, "").await
}

async fn back(page: &Page, name: &str) -> Result<(), Problem> {
    go(page, &[Key::Shift], name, "").await
}

/// Presses a key, waits until something has come of it, and checks that the focus still shows, on what has this name.
async fn key(page: &Page, key: char, expression: &str, name: &str) -> Result<(), Problem> {
    page.keys(&key.to_string()).await?;
    page.wait_until(expression).await?;
    stays_on(page, name).await
}

/// The printed value of a stepper.
fn value(stepper: &str) -> String {
    format!("document.querySelector('[role=group][aria-label=\"{stepper}\"] b').textContent")
}

const VERDICT: &str = "document.querySelector('.verdict').textContent";
const STEP: &str = "document.querySelector('.transport .tell b').textContent";
const ROWS: &str = "document.querySelectorAll('tr[data-way]').length";

async fn the_lab_is_worked_by_keyboard_alone(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    page.wait_until(READY).await?;
    let mask = value("mask k");
    forth(&page, "More mask k").await?;
    // To the end, where a button that went dead would drop the focus; and once more.
    for side in [4, 5, 6, 7, 8, 8] {
        key(&page, ENTER, &format!("{mask} === '{side}'"), "More mask k").await?;
    }
    back(&page, "Less mask k").await?;
    for side in [7, 6, 5, 4, 3] {
        key(&page, ' ', &format!("{mask} === '{side}'"), "Less mask k").await?;
    }
    let stride =
        |stride: &str| format!("{} === '{stride}' && {VERDICT}.includes('3 mod {stride} = ')", value("stride s"));
    forth(&page, "More stride s").await?;
    key(&page, ENTER, &stride("3"), "More stride s").await?;
    back(&page, "Less stride s").await?;
    key(&page, ENTER, &stride("2"), "Less stride s").await?;
    forth(&page, "Weights").await?;
    key(&page, DOWN, "document.activeElement.selectedIndex === 1", "Weights").await?;
    page.wait_until("location.hash.includes('shape=')").await?;
    stays_on(&page, "Weights").await?;
    go(&page, &[], "Counts", "Show the overlap as").await?;
    key(&page, ENTER, "document.activeElement.ariaPressed === 'true'", "Counts").await?;
    forth(&page, "Nearest even choice").await?;
    // The button goes with the need for it; the sentence that it stood beside has the focus then.
    key(&page, ENTER, &format!("{mask} === '4' && !document.querySelector('.verdict button')"), "4 mod 2").await?;
    forth(&page, "row 1, column 1").await?;
    page.keys(&format!("{RIGHT}{DOWN}")).await?;
    stays_on(&page, "row 2, column 2").await?;
    forth(&page, "Nearest: arrow keys").await?;
    key(&page, LEFT, "location.hash.includes('corner=')", "Nearest: arrow keys").await?;
    forth(&page, "First step").await?;
    key(&page, ENTER, &format!("{STEP} === 'Before the first step'"), "First step").await?;
    forth(&page, "Step forward").await?;
    for step in 1..=2 {
        key(&page, ENTER, &format!("{STEP}.endsWith('step {step} of 5')"), "Step forward").await?;
    }
    back(&page, "Play").await?;
    page.keys(" ").await?;
    page.wait_until(&format!("!!document.querySelector('button[aria-label=Play]') && {STEP}.endsWith('step 5 of 5')"))
        .await?;
    stays_on(&page, "Play").await?;
    forth(&page, "Timeline").await?;
    key(&page, LEFT, &format!("{STEP}.endsWith('step 4 of 5')"), "Timeline").await?;
    forth(&page, "Speed").await?;
    key(&page, RIGHT, "location.hash.includes('speed=3')", "Speed").await
}

async fn the_pictures_are_worked_by_keyboard_alone(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    page.wait_until(READY).await?;
    go(&page, &[], "Pictures", "View").await?;
    // Another program takes over, and the focus goes with it.
    key(&page, ENTER, &format!("{ROWS} === 4 && {READY}"), "Pictures").await?;
    forth(&page, "Lanczos-3").await?;
    key(&page, ENTER, &format!("{ROWS} === 5 && {READY}"), "Lanczos-3").await?;
    forth(&page, "Difference").await?;
    key(&page, ' ', "document.activeElement.ariaPressed === 'true'", "Difference").await?;
    go(&page, &[], "24 px", "Pixels across the corner").await?;
    key(&page, ENTER, "location.hash.includes('close=24')", "24 px").await?;
    back(&page, "Made small by").await?;
    key(&page, DOWN, "location.hash.includes('down=gaussian')", "Made small by").await?;
    go(&page, &[Key::Shift], "3×", "Scale").await?;
    key(&page, ENTER, &format!("location.hash.includes('s=3') && {READY}"), "3×").await?;
    if page.evaluate("!!document.querySelector('dialog.camera')").await? == true {
        back(&page, "use the camera").await?;
        page.keys(&ENTER.to_string()).await?;
        page.wait_until("document.activeElement.closest('dialog.camera[open]') !== null").await?;
        focus(&page).await?;
        forth(&page, "Close").await?;
        key(&page, ESCAPE, "!document.querySelector('dialog.camera').open", "use the camera").await?;
    }
    back(&page, "Picture").await?;
    key(&page, DOWN, &format!("location.hash.includes('picture=checkerboard') && {READY}"), "Picture").await?;
    go(&page, &[], "The same C", "View").await?;
    key(&page, ENTER, "!!document.querySelector('.tiny [role=grid]')", "The same C").await?;
    forth(&page, "Type your own mask").await?;
    page.keys(&ENTER.to_string()).await?;
    page.wait_until("location.hash.includes('shape=own')").await?;
    // The button goes; the mask that is to be typed has the focus then.
    stays_on(&page, "row 1, column 1").await?;
    back(&page, "Overlap").await?;
    key(&page, ENTER, "!!document.querySelector('.lab')", "Overlap").await
}

async fn what_is_there_is_taken_away_by_keyboard_alone(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    page.wait_until(READY).await?;
    forth(&page, "Take away").await?;
    page.keys(&ENTER.to_string()).await?;
    page.wait_until("document.querySelector('dialog[open] pre')?.textContent.includes('import torch')").await?;
    stays_on(&page, "PyTorch").await?;
    // What is saved would lie about on the machine: its name tells enough.
    let watch = "window.saved = [];
                 HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };";
    page.client.execute(watch, vec![]).await?;
    key(&page, RIGHT, "document.querySelector('dialog[open] pre')?.textContent.includes('import numpy')", "NumPy")
        .await?;
    key(&page, RIGHT, "/psnr/i.test(document.querySelector('dialog[open] pre')?.textContent)", "Scores, CSV").await?;
    let said = "document.querySelector('dialog[open] [role=status]').textContent";
    forth(&page, "Copy").await?;
    // Whether a browser lets a page copy is the browser's matter; what has become of it has to be said.
    key(&page, ENTER, &format!("/^Copied|does not let/.test({said})"), "Copy").await?;
    forth(&page, "Download").await?;
    key(&page, ENTER, &format!("window.saved.length === 1 && {said}.includes('downloads')"), "Download").await?;
    let saved = page.evaluate("window.saved[0]").await?;
    check(saved.as_str().is_some_and(|name| name.ends_with(".csv")), format!("the file is named {saved}"))?;
    key(&page, ESCAPE, "!document.querySelector('dialog[open]')", "Take away").await
}

async fn exercises_are_answered_by_keyboard_alone(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    page.wait_until(READY).await?;
    forth(&page, "Make k = 3, s = 2 even").await?;
    key(&page, ENTER, "!!document.querySelector('.question')", "Make k = 3, s = 2 even").await?;
    forth(&page, "Check").await?;
    key(&page, ENTER, "!!document.querySelector('.question .answered.wrong')", "Check").await?;
    forth(&page, "Hint").await?;
    key(&page, ENTER, "document.activeElement.ariaPressed === 'true'", "Hint").await?;
    forth(&page, "More mask k").await?;
    key(&page, ENTER, &format!("{} === '4'", value("mask k")), "More mask k").await?;
    back(&page, "Check").await?;
    key(&page, ENTER, "!!document.querySelector('.question .answered.right')", "Check").await?;
    back(&page, "Which one was resized?").await?;
    let letters = "['A', 'B', 'C'].every((letter) =>
                     [...document.querySelectorAll('.question .answer button')].some((b) => b.textContent === letter))";
    key(&page, ENTER, &format!("{letters} && {READY}"), "Which one was resized?").await?;
    for letter in ["A", "B", "C"] {
        go(&page, &[], letter, "").await?;
        page.keys(&ENTER.to_string()).await?;
        let told =
            format!("document.querySelector('.question .answered')?.textContent.match(/\\b{letter}\\b/) != null");
        page.wait_until(&told).await?;
        // The right answer takes the buttons away.
        if page.evaluate("!!document.querySelector('.question .answered.right')").await? == true {
            focus(&page).await?;
            break;
        }
        stays_on(&page, letter).await?;
    }
    check(
        page.evaluate("!!document.querySelector('.question .answered.right')").await? == true,
        "none of the three pictures is the resized one",
    )?;
    forth(&page, "Again").await?;
    page.keys(&ENTER.to_string()).await?;
    page.wait_until(letters).await?;
    focus(&page).await?;
    Ok(())
}

async fn the_presenter_is_entered_and_left_by_keyboard_alone(page: Page) -> Result<(), Problem> {
    page.open("#/upsample").await?;
    page.wait_until(READY).await?;
    let on = "document.documentElement.hasAttribute('data-presenter')";
    forth(&page, "Presenter").await?;
    page.keys(&ENTER.to_string()).await?;
    page.wait_until(on).await?;
    // The first stop is one of the stage: everything else is hidden.
    page.keys(&TAB.to_string()).await?;
    let [first, _] = focus(&page).await?;
    let on_stage = page.evaluate("!!document.activeElement.closest('.stage')").await?;
    check(on_stage == true, format!("Tab leads off the stage, to {first:?}"))?;
    if first != "Weigh the copies" {
        forth(&page, "Weigh the copies").await?;
    }
    key(&page, ' ', "document.activeElement.checked", "Weigh the copies").await?;
    key(&page, ESCAPE, &format!("!{on}"), "Weigh the copies").await?;
    // Once more, by its letter and without a step between: the focus is where it was.
    back(&page, "Theme").await?;
    page.keys("p").await?;
    page.wait_until(on).await?;
    key(&page, ESCAPE, &format!("!{on}"), "Theme").await
}

//! Undo and redo.

use super::press;
use crate::{
    cases::{
        Case, case,
        pictures::{READY, choose},
    },
    page::{Page, Problem, check},
};
use fantoccini::key::Key;

pub const CASES: &[Case] =
    &[case!(edits_are_undone_and_done_again), case!(many_settings_are_undone_and_done_again_by_keyboard)];

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

/// What the address says of the reader's work. Where the timeline stands is no part of that.
const WORK: &str = "location.hash.replace(/&(at|view)=[^&]*/g, '')";

/// An edit: a button's name, or a menu and what to choose there.
type Edit = (&'static str, &'static str);

/// Edits one after another; what the address says after each.
async fn edited(page: &Page, edits: &[Edit], states: &mut Vec<String>) -> Result<(), Problem> {
    for (control, option) in edits {
        let element = if option.is_empty() {
            let button = format!("button[aria-label='{control}']");
            page.find(&button).await?.click().await?;
            button
        } else {
            choose(page, control, option).await?;
            format!("select[aria-label='{control}']")
        };
        // The keys go where the reader's hand has just been, as it is with a menu.
        page.client.execute(&format!("document.querySelector(\"{element}\").focus();"), vec![]).await?;
        let last = states.last().cloned().unwrap_or_default();
        page.wait_until(&format!("{WORK} !== '{last}'")).await?;
        let state = page.evaluate(WORK).await?;
        states.push(state.as_str().unwrap_or_default().to_owned());
    }
    Ok(())
}

async fn many_settings_are_undone_and_done_again_by_keyboard(page: Page) -> Result<(), Problem> {
    page.open("#/upsample?v=1&show=counts").await?;
    page.wait_until(READY).await?;
    let start = page.evaluate(WORK).await?;
    let mut states = vec![start.as_str().unwrap_or_default().to_owned()];
    let in_lab =
        [("More mask k", ""), ("More stride s", ""), ("More layers", ""), ("Less pixels", ""), ("Weights", "bell")];
    edited(&page, &in_lab, &mut states).await?;
    // Another program takes the steps over here.
    press(&page, "Pictures").await?;
    page.wait_until(&format!("{READY} && document.querySelectorAll('tr[data-way]').length === 4")).await?;
    let in_pictures = [("Made small by", "gaussian"), ("Picture", "bars"), ("Coordinates", "asymmetric")];
    edited(&page, &in_pictures, &mut states).await?;
    let is = |state: &String| format!("{WORK} === '{state}'");
    for state in states.iter().rev().skip(1) {
        page.chord(&[Key::Control], 'z').await?;
        page.wait_until(&is(state)).await?;
    }
    // Before the first step there is none.
    page.chord(&[Key::Control], 'z').await?;
    for (n, state) in states.iter().enumerate().skip(1) {
        // Both chords that the systems have for it; with Shift the letter comes as a capital.
        if n % 3 == 0 {
            page.chord(&[Key::Control], 'y').await?;
        } else {
            page.chord(&[Key::Control, Key::Shift], 'Z').await?;
        }
        page.wait_until(&is(state)).await?;
    }
    page.wait_until(READY).await?;
    check(
        page.evaluate("document.querySelector('select[aria-label=Weights]').value").await? == "bell",
        "the menu does not show what was done again",
    )
}

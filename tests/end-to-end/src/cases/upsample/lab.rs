//! The lab: paint, counts, stacks, the other program that takes over, and how long the largest stack takes.

use super::press;
use crate::{
    cases::{Case, case, pictures::READY},
    page::{Edits, Page, Problem, check},
};
use fantoccini::key::Key;

pub const CASES: &[Case] = &[
    case!(the_paint_is_stepped_through_by_keyboard),
    case!(a_third_layer_evens_two_out),
    case!(the_whole_page_takes_over_with_state_and_steps),
    case!(from_edit_to_frame_with_the_largest_stack),
];

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

/// The most that the lab allows: five layers of the widest masks at the widest strides, over all pixels.
const LARGEST: &str = "#/upsample?v=1&k=8,8,8,8,8&s=6,6,6,6,6&pixels=8";

/// Measures and prints, but asserts no time: machines differ. Every edit makes all of the lab anew.
async fn from_edit_to_frame_with_the_largest_stack(page: Page) -> Result<(), Problem> {
    for (settings, what) in [
        ("&show=counts", "counts"),
        ("&show=heat&weighted=1&shape=bell", "heat by weight"),
        ("&show=paint&at=1000000", "paint"),
        ("&show=counts&side=gradient", "gradient"),
    ] {
        page.open(&format!("{LARGEST}{settings}")).await?;
        page.wait_until(&format!("!({READY}) && document.querySelectorAll('.troubles p').length === 1")).await?;
        let edits = Edits {
            setup: "const pixels = () => Number(document.querySelector('[aria-label=pixels] b').textContent);
                const press = (name) => document.querySelector(`button[aria-label=\"${name} pixels\"]`).click();",
            before: "",
            edit: "press(n % 2 ? 'More' : 'Less');",
            is_shown: "pixels() === (n % 2 ? 8 : 7)",
        };
        page.time_edits(&format!("largest stack, {what}"), 30, &edits).await?;
    }
    Ok(())
}

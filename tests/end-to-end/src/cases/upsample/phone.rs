//! A phone: 320 pixels across, nothing to be scrolled sideways.

use crate::{
    cases::{Case, case, pictures::READY},
    page::{Page, Problem, check},
};
use serde_json::json;

pub const CASES: &[Case] = &[case!(no_view_scrolls_sideways_on_a_small_phone)];

/// The width of the smallest phones, in CSS pixels.
const WIDTH: u32 = 320;

/// What sticks out, or would have to be scrolled: the page, something in it, or a control. The table of numbers alone may.
const OUT: &str = "(() => {
    const root = document.documentElement;
    const across = Math.max(root.scrollWidth, document.body.scrollWidth);
    const found = across > root.clientWidth ? [`the page is ${across} across`] : [];
    const told = (element) => element.outerHTML.slice(0, 90);
    for (const element of document.querySelectorAll('#app *')) {
      if (element.closest('.table-of-ways, .visually-hidden, dialog:not([open])')) continue;
      const { overflowX } = getComputedStyle(element);
      if (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        found.push(`${told(element)} has ${element.scrollWidth} for ${element.clientWidth}`);
      if (!element.matches('a, button, select, input, [role=grid], canvas, .card')) continue;
      // A picture's frame cuts what it has no room for.
      const { left, right, width } = (element.closest('.view') ?? element).getBoundingClientRect();
      if (width > 0 && (left < -1 || right > root.clientWidth + 1))
        found.push(`${told(element)} reaches from ${left} to ${right}`);
    }
    return found.join('; ');
  })()";

async fn no_view_scrolls_sideways_on_a_small_phone(page: Page) -> Result<(), Problem> {
    // Not every browser makes its window so small; a frame in it is as good as one.
    for (settings, there) in [
        ("", "document.querySelectorAll('.card').length === 4"),
        (
            "&show=heat&k=5,4,3,2,4&s=3,2,2,1,1&shape=random&weighted=1",
            "document.querySelectorAll('.card').length === 4",
        ),
        ("&view=pictures", "document.querySelectorAll('tr[data-way]').length === 4"),
        ("&view=pictures&aside=difference&picture=sprite", "!!document.querySelector('[aria-label=Drawing]')"),
        ("&view=matrices", "!!document.querySelector('.tiny [role=grid]')"),
        ("&view=matrices&shape=own&e=1,2,3;4,5,6;7,8,9&s=3", "!!document.querySelector('.tiny canvas')"),
    ] {
        let address = format!("{}#/upsample?v=1{settings}", page.site());
        // Around it a file of the same place: a page from elsewhere may not show one of this very machine.
        page.client.goto(&format!("{}static/start.js", page.site())).await?;
        let frame = "const frame = document.createElement('iframe');
            [frame.width, frame.height, frame.src, frame.style.border] = [arguments[0], 640, arguments[1], 0];
            document.body.replaceChildren(frame);";
        page.client.execute(frame, vec![json!(WIDTH), json!(address)]).await?;
        page.client.clone().enter_frame(0).await?;
        page.wait_for_program().await?;
        page.wait_until(there).await?;
        page.wait_until(READY).await?;
        let across = page.evaluate("innerWidth").await?;
        check(across == WIDTH, format!("the page is {across} across, not {WIDTH}"))?;
        let out = page.evaluate(OUT).await?;
        check(out == "", format!("{settings}: {out}"))?;
    }
    Ok(())
}

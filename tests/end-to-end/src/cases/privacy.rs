//! No request leaves the page's own origin.

use super::{Case, case};
use crate::page::{Page, Problem, check};

pub const CASES: &[Case] =
    &[case!(no_request_leaves_the_origin), case!(nothing_breaks_the_security_policy, only Chromium)];

const READY: &str = "document.querySelector('[data-state]')?.dataset.state === 'ready'";

async fn no_request_leaves_the_origin(page: Page) -> Result<(), Problem> {
    // Every page, so that worker and pictures have been asked for too.
    page.open("#/restore?v=1&picture=camera").await?;
    page.wait_until(READY).await?;
    // A program each: the navigation of one makes room for that of the next.
    for (slug, there) in [("upsample", ".stage.upsample[data-state=ready]"), ("matrix", ".composition")] {
        page.find(&format!("nav a[href='#/{slug}']")).await?.click().await?;
        page.wait_until(&format!("!!document.querySelector('{there}')")).await?;
    }
    let own = "performance.getEntriesByType('resource').filter(({ name }) => new URL(name).origin === location.origin)";
    let own = page.evaluate(&format!("{own}.map(({{ name }}) => name)")).await?;
    let own = own.as_array().map_or(0, Vec::len);
    // The script, the module and the program at least: an empty list would prove nothing.
    check(own >= 3, format!("only {own} requests were seen at all"))?;
    let foreign = "performance.getEntriesByType('resource').map(({ name }) => name)\
                   .filter((name) => !['blob:', 'data:'].includes(new URL(name).protocol) && new URL(name).origin !== location.origin)";
    let foreign = page.evaluate(foreign).await?;
    check(foreign.as_array().is_some_and(Vec::is_empty), format!("the page asked elsewhere: {foreign}"))
}

async fn nothing_breaks_the_security_policy(page: Page) -> Result<(), Problem> {
    let number = page
        .before_each_page(
            "window.broken = [];
             addEventListener('securitypolicyviolation', (event) =>
               window.broken.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`));",
        )
        .await?;
    page.open("#/matrix?v=1&pin=result.0").await?;
    page.find("button[aria-label='Step forward']").await?.click().await?;
    for slug in ["restore", "upsample"] {
        page.find(&format!("nav a[href='#/{slug}']")).await?.click().await?;
        page.wait_until(&format!("!!document.querySelector('.stage.{slug}[data-state=ready]')")).await?;
    }
    let broken = page.evaluate("window.broken").await?;
    check(broken.as_array().is_some_and(Vec::is_empty), format!("the policy was broken: {broken}"))?;
    // The check itself must be able to fail: an inline style is against the policy.
    page.client.execute("document.body.setAttribute('style', 'color: red');", vec![]).await?;
    page.wait_until("window.broken.length === 1").await?;
    page.no_longer_before_each_page(number).await
}

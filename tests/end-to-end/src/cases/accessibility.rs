//! axe-core finds nothing to mend on any page, light or dark.

use super::{Case, case};
use crate::page::{Page, Problem, check};
use serde_json::json;

pub const CASES: &[Case] = &[case!(axe_finds_nothing_in_light_or_dark)];

/// What must be on a page before it is looked at.
const PAGES: [(&str, &str); 18] = [
    ("matrix", "!!document.querySelector('.composition')"),
    ("matrix?v=1&padding=1&way=insertion&at=30", "!!document.querySelector('.composition')"),
    ("matrix?v=1&c=rows&show=letters&overlap=on", "!!document.querySelector('.composition')"),
    ("matrix?v=1&view=inverse", "!!document.querySelector('[data-view=inverse] [data-i]')"),
    ("matrix?v=1&view=pooling", "!!document.querySelector('[data-view=pooling] [data-i]')"),
    ("matrix?v=1&view=channels", "!!document.querySelector('[data-view=channels] [role=grid]')"),
    ("restore", "document.querySelector('[data-state]')?.dataset.state === 'ready'"),
    ("restore?v=1&blur=drawn&why=spectra", "document.querySelector('[data-state]')?.dataset.state === 'ready'"),
    ("restore?v=1&picture=bands&method=rl-accelerated&why=convergence", "!!document.querySelector('.signal .chart')"),
    (
        "restore?v=1&stage=compare&compare=tikhonov,regularised",
        "document.querySelectorAll('[data-method] td').length > 8",
    ),
    ("restore?v=1&stage=take", "!!document.querySelector('.take-away pre')"),
    ("upsample", "document.querySelector('[data-state]')?.dataset.state === 'ready'"),
    (
        "upsample?v=1&show=heat&side=gradient&k=3,4&s=2,3",
        "document.querySelector('[data-state]')?.dataset.state === 'ready'",
    ),
    (
        "upsample?v=1&show=counts&weighted=1&shape=bell",
        "document.querySelector('[data-state]')?.dataset.state === 'ready'",
    ),
    ("upsample?v=1&view=pictures&aside=difference", "document.querySelectorAll('tr[data-way]').length === 4"),
    ("upsample?v=1&view=pictures&picture=sprite&ways=nearest,unpooled", "!!document.querySelector('tr[data-way]')"),
    ("upsample?v=1&view=matrices", "!!document.querySelector('.tiny [role=grid]')"),
    ("upsample?v=1&view=matrices&shape=own&e=1,2,3;4,5,6;7,8,9&s=3", "!!document.querySelector('.tiny canvas')"),
];

async fn axe_finds_nothing_in_light_or_dark(page: Page) -> Result<(), Problem> {
    let script = page.axe.clone().ok_or_else(|| Problem("axe-core was not given (--axe)".to_owned()))?;
    let mut findings = Vec::new();
    for (slug, ready) in PAGES {
        for theme in ["light", "dark"] {
            page.open(&format!("#/{slug}")).await?;
            page.wait_until(ready).await?;
            page.client.execute("document.documentElement.dataset.theme = arguments[0];", vec![json!(theme)]).await?;
            // Colours that are still on their way are no colours of the page. In Firefox those of what is folded away never
            // arrive.
            page.wait_until(
                "document.getAnimations().every((motion) =>
                   motion.playState !== 'running' || !motion.effect.target.checkVisibility())",
            )
            .await?;
            page.client.execute(&script, vec![]).await?;
            let found = page
                .client
                .execute_async(
                    "const done = arguments[arguments.length - 1];
                     axe.run(document, { resultTypes: ['violations'] }).then(
                       ({ violations, passes }) => done({ passes: passes.length, found: violations.map(
                         (v) => `${v.id}: ${v.help} (${v.nodes.length}×, first ${v.nodes[0].html.slice(0, 160)})`) }),
                       (problem) => done({ passes: 0, found: [String(problem)] }));",
                    vec![],
                )
                .await?;
            check(found["passes"].as_u64().is_some_and(|n| n > 10), format!("axe hardly looked at {slug}"))?;
            for finding in found["found"].as_array().into_iter().flatten() {
                findings.push(format!("{slug}, {theme}: {}", finding.as_str().unwrap_or_default()));
            }
        }
    }
    check(findings.is_empty(), findings.join("\n        "))
}

//! No request leaves the page's own origin.

use super::{Case, case};
use crate::page::{Page, Problem, check};

pub const CASES: &[Case] = &[case!(no_request_leaves_the_origin)];

async fn no_request_leaves_the_origin(page: Page) -> Result<(), Problem> {
    page.open("").await?;
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

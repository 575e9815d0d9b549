//! The page comes up.

use super::{Case, case};
use crate::page::{Page, Problem, check};

pub const CASES: &[Case] = &[case!(the_page_loads_and_shows_its_heading)];

async fn the_page_loads_and_shows_its_heading(page: Page) -> Result<(), Problem> {
    page.open("").await?;
    let heading = page.text("#app h1").await?;
    check(!heading.is_empty(), "the heading is empty")?;
    let title = page.client.title().await?;
    check(title.contains("Deconvolution Explorer"), format!("the title is {title:?}"))
}

//! Upsample, a subject a file; what the files share is here.

mod camera;
mod exercises;
mod files;
mod history;
mod keyboard;
mod lab;
mod limits;
mod matrices;
mod phone;
mod scores;

use super::Case;
use crate::page::{Page, Problem};
use fantoccini::Locator;

/// The cases, file by file.
pub const SUBJECTS: [&[Case]; 10] = [
    scores::CASES,
    lab::CASES,
    history::CASES,
    matrices::CASES,
    files::CASES,
    camera::CASES,
    limits::CASES,
    exercises::CASES,
    keyboard::CASES,
    phone::CASES,
];

/// The table of numbers: way, checkerboard, PSNR and SSIM, row by row.
async fn table(page: &Page) -> Result<Vec<[String; 4]>, Problem> {
    let script = "[...document.querySelectorAll('tr[data-way]')].map((row) =>
                    [row.dataset.way, ...[1, 2, 3].map((n) => row.cells[n].textContent.trim().replace('−', '-'))])";
    Ok(serde_json::from_value(page.evaluate(script).await?)?)
}

/// Presses the first button that begins with these words.
async fn press(page: &Page, words: &str) -> Result<(), Problem> {
    let button = format!("//button[starts-with(normalize-space(.), '{words}')]");
    page.client.wait().for_element(Locator::XPath(&button)).await?.click().await?;
    Ok(())
}

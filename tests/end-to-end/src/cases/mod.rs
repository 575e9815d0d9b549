//! The registry: a file a subject, each with its `CASES`.

mod accessibility;
mod failures;
mod lesson;
mod loading;
mod matrix;
mod pictures;
mod privacy;
mod programs;
mod restore;
mod upsample;

use crate::{
    arguments::Browser,
    page::{Page, Problem},
};
use std::pin::Pin;

type Answer = Pin<Box<dyn Future<Output = Result<(), Problem>>>>;

/// A case: a window in, nothing or a problem out.
pub struct Case {
    /// The name of its function.
    pub name: &'static str,
    pub run: fn(Page) -> Answer,
    /// The one engine that it can be run in, if it is not for all.
    pub only: Option<Browser>,
}

impl Case {
    /// The name as a sentence.
    pub fn title(&self) -> String {
        self.name.replace('_', " ")
    }
}

/// A [`Case`] from an `async fn(Page) -> Result<(), Problem>`.
macro_rules! case {
    ($function:ident) => {
        $crate::cases::Case { name: stringify!($function), run: |page| Box::pin($function(page)), only: None }
    };
    ($function:ident, only $browser:ident) => {
        $crate::cases::Case {
            name: stringify!($function),
            run: |page| Box::pin($function(page)),
            only: Some($crate::arguments::Browser::$browser),
        }
    };
}
use case;

/// Every case, file by file.
pub fn all() -> impl Iterator<Item = &'static Case> {
    let before = [loading::CASES, programs::CASES, matrix::CASES, lesson::CASES, pictures::CASES, restore::CASES];
    let after = [privacy::CASES, failures::CASES, accessibility::CASES];
    before.into_iter().chain(upsample::SUBJECTS).chain(after).flatten()
}

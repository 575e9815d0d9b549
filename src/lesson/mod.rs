//! What each page knows: state, actions, timeline, narration and share link. No markup, no browser, no clock.

pub mod address;
pub mod decimal;
pub mod handing;
pub mod history;
pub mod link;
pub mod matrix;
pub mod notation;
pub mod numbers;
pub mod paste;
pub mod picture;
pub mod restore;
pub mod upsample;

pub use address::{Address, Page};

/// The state of one page: reduced purely, and written into and read from a link.
///
/// `reduce` clamps what it is given, and an action that changes nothing returns an equal state, so that the page
/// has nothing to draw again.
pub trait Lesson: Clone + PartialEq + Default + 'static {
    /// What the reader can do to this state.
    type Action;

    /// The page that shows this state.
    const PAGE: Page;

    /// The state after `action`.
    #[must_use]
    fn reduce(&self, action: Self::Action) -> Self;

    /// Whether a link brings back everything; an own picture never leaves the page.
    fn travels_whole(&self) -> bool {
        true
    }

    /// Writes every value that differs from the default into the link.
    fn write(&self, link: &mut link::Writer);

    /// Reads a state back; what is missing keeps its default, what is wrong keeps it too and is noted in `link`.
    fn read(link: &mut link::Reader) -> Self;
}

//! Addresses: which page a fragment names, and the state that it carries, as in `#/matrix?v=1&at=9.5`.

use super::{
    Lesson,
    link::{Reader, Writer},
};

/// The version that links written today carry. Older versions stay readable; newer ones are answered kindly.
pub const VERSION: u32 = 1;

/// Links longer than this many bytes are not read at all.
pub const MAX_LENGTH: usize = 16 * 1024;

/// The pages, in the order of the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Why a convolution is a matrix product, and what the transpose of that matrix does.
    #[default]
    Matrix,
    /// What can be had back of a blurred, noisy picture.
    Restore,
    /// How a small picture becomes a large one.
    Upsample,
}

impl Page {
    /// Every page, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Matrix, Self::Restore, Self::Upsample];

    /// The page's word in the navigation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Matrix => "Matrix",
            Self::Restore => "Restore",
            Self::Upsample => "Upsample",
        }
    }

    /// The page's word in an address.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Restore => "restore",
            Self::Upsample => "upsample",
        }
    }
}

/// A fragment taken apart: the page, the query behind it (empty when the address carries no state), and what was
/// wrong with it, each a sentence for the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The page to show.
    pub page: Page,
    /// The text behind the question mark, without the version field.
    pub query: String,
    /// Whether there is a question mark at all: a link to the default state has one, a word of the navigation has not.
    pub carries_state: bool,
    /// What could not be understood.
    pub problems: Vec<String>,
}

impl Address {
    /// Takes a fragment apart, with or without its leading `#`. Any text at all is accepted. `static/start.js` finds the
    /// page in the same way, before there is a program.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let slug = path.trim_matches('/');
        let Some(page) = Page::ALL.into_iter().find(|page| page.slug() == slug) else {
            return if slug.is_empty() {
                Self::default()
            } else {
                Self::broken(
                    Page::default(),
                    "This link names a page that does not exist, so the Matrix page opens instead.",
                )
            };
        };
        if fragment.len() > MAX_LENGTH {
            return Self::broken(page, "This link is too long to be one of ours, so the page opens with its example.");
        }
        let mut problems = Vec::new();
        let mut kept = Vec::new();
        for field in query.split('&').filter(|field| !field.is_empty()) {
            match field.strip_prefix("v=") {
                Some(version) if version.parse::<u32>().is_ok_and(|v| (1..=VERSION).contains(&v)) => {}
                Some(_) => problems.push(
                    "This link was made by another version of the explorer; what it shares with this one is shown."
                        .to_owned(),
                ),
                None => kept.push(field),
            }
        }
        Self { page, query: kept.join("&"), carries_state: fragment.contains('?'), problems }
    }

    fn broken(page: Page, sentence: &str) -> Self {
        Self { page, problems: vec![sentence.to_owned()], ..Self::default() }
    }
}

/// The fragment, with its leading `#`, that opens the page in this very state.
#[must_use]
pub fn fragment<L: Lesson>(lesson: &L) -> String {
    let mut writer = Writer::default();
    lesson.write(&mut writer);
    format!("#/{}?v={VERSION}{}", L::PAGE.slug(), writer.finish())
}

/// Reads a page's state from a query; the sentences say what could not be used.
#[must_use]
pub fn read<L: Lesson>(query: &str) -> (L, Vec<String>) {
    read_here(query, false)
}

/// [`read`] in a tab that may still have the reader's own picture, which no link carries.
#[must_use]
pub fn read_here<L: Lesson>(query: &str, own_picture_here: bool) -> (L, Vec<String>) {
    let mut reader = Reader::new(query);
    reader.own_picture_here = own_picture_here;
    let lesson = L::read(&mut reader);
    (lesson, reader.finish())
}

//! The pictures that the reader can choose from: made by formula, shipped as files, or the reader's own.

/// A picture by its name; its pixels are elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A Siemens star with bars, points, a ring and a tilted square around it.
    #[default]
    Star,
    /// Squares in two shades.
    Checkerboard,
    /// Bars that narrow.
    Bars,
    /// Single bright points.
    Points,
    /// A photographer at his camera, grey.
    Camera,
    /// A cat, in colour.
    Chelsea,
    /// A cup of coffee, in colour.
    Coffee,
    /// A file of the reader's own. It stays in the reader's browser and no link carries it.
    Own,
}

impl Picture {
    /// Every picture that ships with the explorer, in the order of the menu.
    pub const SHIPPED: [Self; 7] =
        [Self::Star, Self::Checkerboard, Self::Bars, Self::Points, Self::Camera, Self::Chelsea, Self::Coffee];

    /// The picture's word in links and in messages to the worker.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Star => "star",
            Self::Checkerboard => "checkerboard",
            Self::Bars => "bars",
            Self::Points => "points",
            Self::Camera => "camera",
            Self::Chelsea => "chelsea",
            Self::Coffee => "coffee",
            Self::Own => "own",
        }
    }

    /// The picture's name in the menu.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Star => "Star and shapes",
            Self::Checkerboard => "Checkerboard",
            Self::Bars => "Bars",
            Self::Points => "Points",
            Self::Camera => "Photographer",
            Self::Chelsea => "Cat",
            Self::Coffee => "Coffee",
            Self::Own => "Own picture",
        }
    }

    /// The picture of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::SHIPPED.into_iter().chain([Self::Own]).find(|picture| picture.id() == id)
    }

    /// Whether the picture comes from a file, and so has to be fetched or opened before anything can be computed.
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(self, Self::Camera | Self::Chelsea | Self::Coffee | Self::Own)
    }

    /// Whether it is a signal: a single column.
    #[must_use]
    pub const fn is_signal(self) -> bool {
        false
    }

    /// Whether it is a photograph that was blurred when it was taken.
    #[must_use]
    pub const fn is_already_blurred(self) -> bool {
        false
    }

    /// Reads the field `picture` of a link, whose own picture stayed where it was.
    pub(super) fn read(link: &mut super::link::Reader) -> Self {
        let Some(text) = link.take("picture") else { return Self::default() };
        match Self::from_id(&text) {
            Some(Self::Own) if !link.own_picture_here => {
                link.note("picture", "it was an own picture, which stays with whoever opened it");
                Self::default()
            }
            Some(picture) => picture,
            None => {
                let words: Vec<_> = Self::SHIPPED.iter().map(|picture| picture.id()).collect();
                link.note("picture", &format!("it has to be one of {}", words.join(", ")));
                Self::default()
            }
        }
    }
}

/// A number kept within its range and to so many decimals that a link stays short; what is no number is `default`.
pub(super) fn tidy(value: f64, range: std::ops::RangeInclusive<f64>, decimals: i32, default: f64) -> f64 {
    if value.is_nan() {
        return default;
    }
    let scale = 10_f64.powi(decimals);
    let rounded = (value.clamp(*range.start(), *range.end()) * scale).round() / scale;
    // Adding nothing takes the sign off a zero.
    rounded.clamp(*range.start(), *range.end()) + 0.0
}

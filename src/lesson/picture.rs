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
    /// A clock that the camera moved past, grey: nobody knows it sharp.
    Clock,
    /// Handwriting out of focus, grey: nobody knows it sharp.
    Text,
    /// Far galaxies and a star, grey.
    Hubble,
    /// A signal of single peaks of various heights, as of a mass spectrometer.
    Spikes,
    /// A signal of broad bands over each other, as of an infrared spectrometer.
    Bands,
    /// A signal of even stretches, as of a current through a membrane.
    Steps,
    /// A drawing of 16 × 16 pixels, which the Upsample page lets its reader make.
    Sprite,
    /// A file of the reader's own. It stays in the reader's browser and no link carries it.
    Own,
    /// A signal that the reader pasted. It stays likewise.
    Column,
}

impl Picture {
    /// Every picture that ships with the explorer, in the order of the menu; signals come last.
    pub const SHIPPED: [Self; 13] = [
        Self::Star,
        Self::Checkerboard,
        Self::Bars,
        Self::Points,
        Self::Camera,
        Self::Chelsea,
        Self::Coffee,
        Self::Hubble,
        Self::Clock,
        Self::Text,
        Self::Spikes,
        Self::Bands,
        Self::Steps,
    ];

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
            Self::Clock => "clock",
            Self::Text => "text",
            Self::Hubble => "hubble",
            Self::Spikes => "spikes",
            Self::Bands => "bands",
            Self::Steps => "steps",
            Self::Sprite => "sprite",
            Self::Own => "own",
            Self::Column => "column",
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
            Self::Clock => "Moving clock",
            Self::Text => "Handwriting",
            Self::Hubble => "Deep field",
            Self::Spikes => "Spikes",
            Self::Bands => "Bands",
            Self::Steps => "Steps",
            Self::Sprite => "Drawing, 16 × 16",
            Self::Own => "Own picture",
            Self::Column => "Pasted numbers",
        }
    }

    /// The picture of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::SHIPPED.into_iter().chain([Self::Sprite, Self::Own, Self::Column]).find(|picture| picture.id() == id)
    }

    /// Whether it is the reader's own, which no link carries.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::Column)
    }

    /// Whether the picture comes from a file, and so has to be fetched or opened before anything can be computed.
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(
            self,
            Self::Camera
                | Self::Chelsea
                | Self::Coffee
                | Self::Clock
                | Self::Text
                | Self::Hubble
                | Self::Own
                | Self::Column
        )
    }

    /// Whether the picture is a photograph that was blurred when it was taken: there is no original to compare with, and
    /// nothing needs to be blurred before restoring. An own picture is so only if its owner says so.
    #[must_use]
    pub const fn is_already_blurred(self) -> bool {
        matches!(self, Self::Clock | Self::Text)
    }

    /// Whether the picture is a signal: of one column.
    #[must_use]
    pub const fn is_signal(self) -> bool {
        matches!(self, Self::Spikes | Self::Bands | Self::Steps | Self::Column)
    }

    /// Who took the photograph and under which licence it is shown; None for what is made by formula or the reader's own.
    #[must_use]
    pub const fn credit(self) -> Option<&'static str> {
        match self {
            Self::Camera => Some("Photograph by Lav Varshney, CC0"),
            Self::Chelsea => Some("Photograph by Stéfan van der Walt, CC0"),
            Self::Coffee => Some("Photograph by Rachel Michetti, courtesy of Pikolo Espresso Bar, CC0"),
            Self::Clock => Some("Photograph by Stéfan van der Walt, public domain"),
            Self::Text => Some("Photograph from Wikipedia, public domain"),
            Self::Hubble => Some("Photograph by NASA, public domain"),
            Self::Star
            | Self::Checkerboard
            | Self::Bars
            | Self::Points
            | Self::Spikes
            | Self::Bands
            | Self::Steps
            | Self::Sprite
            | Self::Own
            | Self::Column => None,
        }
    }

    /// Reads the field `picture` of a link, whose own picture stayed where it was. Of those that are neither shipped nor
    /// the reader's own the page knows these.
    pub(super) fn read(link: &mut super::link::Reader, more: &[Self]) -> Self {
        let Some(text) = link.take("picture") else { return Self::default() };
        match Self::from_id(&text) {
            Some(own) if own.is_own() && !link.own_picture_here => {
                link.note("picture", "it was an own picture, which stays with whoever opened it");
                Self::default()
            }
            Some(picture) if picture != Self::Sprite || more.contains(&picture) => picture,
            _ => {
                let words: Vec<_> = Self::SHIPPED.iter().chain(more).map(|picture| picture.id()).collect();
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

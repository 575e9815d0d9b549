//! The ways from a small picture to a large one, in the order of the page.

/// A way to make a picture larger, or what looks like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// Every pixel becomes a block.
    Nearest,
    /// Straight between the pixels' middles.
    Bilinear,
    /// A cubic between them.
    Bicubic,
    /// A windowed sinc.
    Lanczos,
    /// Every pixel lays down a copy of the mask: the layers of the lab.
    Transposed,
    /// A convolution to s² channels, which are then dealt out to the cells: sub-pixel convolution.
    Shuffle,
    /// Larger first, then a convolution with the same mask.
    Convolved,
    /// Zeros between the pixels, and nothing else.
    Zeros,
    /// Every maximum goes back to where the pooling found it.
    Unpooled,
    /// Larger, made smaller again, compared, and the error spread back by the transpose; repeated.
    BackProjected,
    /// The gradient of a strided convolution with respect to its input.
    Gradient,
}

impl Way {
    /// Every way, in the order of the page.
    pub const ALL: [Self; 11] = [
        Self::Nearest,
        Self::Bilinear,
        Self::Bicubic,
        Self::Lanczos,
        Self::Transposed,
        Self::Shuffle,
        Self::Convolved,
        Self::Zeros,
        Self::Unpooled,
        Self::BackProjected,
        Self::Gradient,
    ];

    /// The four that the page begins with.
    pub const FIRST: [Self; 4] = [Self::Nearest, Self::Bilinear, Self::Transposed, Self::Convolved];

    /// The word in links and messages, the same for ever.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Bilinear => "bilinear",
            Self::Bicubic => "bicubic",
            Self::Lanczos => "lanczos",
            Self::Transposed => "transposed",
            Self::Shuffle => "shuffle",
            Self::Convolved => "convolved",
            Self::Zeros => "zeros",
            Self::Unpooled => "unpooled",
            Self::BackProjected => "backprojected",
            Self::Gradient => "gradient",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nearest => "Nearest",
            Self::Bilinear => "Bilinear",
            Self::Bicubic => "Bicubic",
            Self::Lanczos => "Lanczos-3",
            Self::Transposed => "Transposed",
            Self::Shuffle => "Sub-pixel",
            Self::Convolved => "Resize, then convolve",
            Self::Zeros => "Zero insertion",
            Self::Unpooled => "Max unpooling",
            Self::BackProjected => "Back-projection",
            Self::Gradient => "Strided gradient",
        }
    }

    /// The way of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.id() == id)
    }
}

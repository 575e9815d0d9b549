//! What can be chosen by a switch or a menu, with its words.

/// What the stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Where copies of the mask overlap, and what that does to a picture.
    #[default]
    Overlap,
    /// Ways to make a picture larger, side by side.
    Pictures,
    /// The matrix of each way for a tiny input.
    Matrices,
}

impl View {
    /// Every view with its word in links and on its switch.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Overlap, "overlap", "Overlap"),
        (Self::Pictures, "pictures", "Pictures"),
        (Self::Matrices, "matrices", "The same C"),
    ];
}

/// How the lab shows the overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Pixel by pixel, as far as the transport stands.
    #[default]
    Paint,
    /// All of it, with numbers.
    Counts,
    /// All of it, as heat.
    Heat,
}

impl Shown {
    /// Every kind with its word in links and on its switch.
    pub const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Paint, "paint", "Paint"), (Self::Counts, "counts", "Counts"), (Self::Heat, "heat", "Heat")];
}

/// From which side the layer is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// A transposed convolution makes a small array large.
    #[default]
    Forward,
    /// A strided convolution made a large array small, and its gradient goes the way back.
    Gradient,
}

impl Side {
    /// Both sides with their words in links and on the switch.
    pub const ALL: [(Self, &'static str, &'static str); 2] =
        [(Self::Forward, "forward", "Forward"), (Self::Gradient, "gradient", "Gradient")];
}

/// How the large picture is made small first, so that there is a truth to compare with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Down {
    /// The mean of every block.
    #[default]
    Box,
    /// A bell, then every s-th pixel.
    Gaussian,
    /// A cubic that is widened against aliasing.
    Bicubic,
    /// Not at all: the picture itself is the small one, and there is no truth.
    AsItIs,
}

impl Down {
    /// Every way down with its word in links and its name in the menu.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Box, "box", "Mean of blocks"),
        (Self::Gaussian, "gaussian", "Gaussian"),
        (Self::Bicubic, "bicubic", "Bicubic, antialiased"),
        (Self::AsItIs, "none", "None: it is the small one"),
    ];
}

/// What a card of a way shows beside its picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aside {
    /// The spectrum, with the checkerboard's frequencies marked.
    #[default]
    Spectrum,
    /// What it has too much or too little.
    Difference,
}

impl Aside {
    /// Both with their words in links and on the switch.
    pub const ALL: [(Self, &'static str, &'static str); 2] =
        [(Self::Spectrum, "spectrum", "Spectrum"), (Self::Difference, "difference", "Difference")];
}

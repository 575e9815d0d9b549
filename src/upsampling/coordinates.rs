//! How the places of large and small pixels correspond.

/// The rule by which an output place is found in the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Coordinates {
    /// Pixels are squares and their places are their centres.
    #[default]
    HalfPixel,
    /// The centres of the first and the last pixels coincide.
    AlignCorners,
    /// The first pixels coincide, and steps are those of the scale.
    Asymmetric,
}

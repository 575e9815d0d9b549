//! What a method assumes of the scene outside the picture.

/// What a method assumes of the scene outside the picture. It decides more than the method does: a picture that goes on
/// other than assumed rings from its edges inwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Treatment {
    /// The picture again: what leaves at the right comes in at the left. Right only for pictures that were made so.
    Circular,
    /// The picture mirrored at its edges.
    #[default]
    Mirror,
    /// The picture fades towards its own blur at the edges, after which it may be repeated without a jump.
    Taper,
    /// Nothing: pixels outside are unknown and found along with the others.
    Unknown,
}

impl Treatment {
    /// All of them, in the order in which they are taught.
    pub const ALL: [Self; 4] = [Self::Circular, Self::Mirror, Self::Taper, Self::Unknown];
}

//! What the reader can do on the Upsample page.

use super::{Aside, Down, Picture, Shown, Side, View, Way, Weights};
use crate::upsampling::Coordinates;

/// What the reader can do on this page. Numbers may be anything; they are clamped.
#[derive(Clone, Debug, PartialEq)]
pub enum UpsampleAction {
    /// Show another view.
    View(View),
    /// Show the overlap in another way.
    Shown(Shown),
    /// Look at the layer from the other side.
    Side(Side),
    /// Count copies by their weights, or each as one.
    Weighted(bool),
    /// Let the settings be about another layer.
    Choose(usize),
    /// Have so many layers.
    Layers(i64),
    /// Set the side of the chosen layer's mask.
    Mask(i64),
    /// Set the chosen layer's stride.
    Stride(i64),
    /// Set the chosen layer's padding.
    Padding(i64),
    /// Set all layers at once, each by k and s. One that was there keeps its padding, as far as it can.
    Stack(Vec<[usize; 2]>),
    /// Paint so many pixels.
    Pixels(i64),
    /// Choose what the masks are made of.
    Weights(Weights),
    /// Draw other random weights.
    Seed(i64),
    /// Set an entry of the own mask, row by row.
    OwnWeight(usize, f32),
    /// Choose a picture.
    Picture(Picture),
    /// Paint a pixel of the drawing in the chosen colour. The pixels of one stroke are one step of undo.
    Draw(usize),
    /// Choose the colour that draws.
    Colour(usize),
    /// Paint all of the drawing in the chosen colour.
    Fill,
    /// The drawing of the beginning.
    Redraw,
    /// The stroke has ended, or a hand has let go of a slider.
    Settle,
    /// Choose the picture's size.
    Size(usize),
    /// Choose how it is made small.
    Down(Down),
    /// One layer of this stride, with the mask that the first one has.
    Scale(i64),
    /// Choose how places correspond.
    Coordinates(Coordinates),
    /// Choose the cubic.
    Sharp(bool),
    /// Start sub-pixel convolution with equal filters, or not.
    Icnr(bool),
    /// Set the rounds of the back-projection.
    Rounds(i64),
    /// Compare a way, or do not any more. One stays.
    Compare(Way, bool),
    /// Set an entry of the tiny input, row by row.
    Tiny(usize, f32),
    /// Give the tiny input so many rows and columns.
    TinySide(i64),
    /// Show something else beside the pictures.
    Aside(Aside),
    /// Move the corner that is looked at closely, in percent of width and height.
    Corner([f64; 2]),
    /// Look more or less closely.
    Close(u32),
    /// Play, from the beginning where the end is reached, or pause.
    Play(bool),
    /// Time has passed, in milliseconds.
    Tick(f64),
    /// Go to a position of the timeline.
    Seek(f64),
    /// Choose a speed.
    Speed(usize),
    /// Do all of this as one step, which an undo takes back together with how the page was looked at before.
    Together(Vec<Self>),
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
}

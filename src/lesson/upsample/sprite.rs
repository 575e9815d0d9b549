//! A picture of 16 × 16 pixels that the reader draws, with sixteen colours to choose from.

/// Rows and columns of a sprite.
pub const SIDE: usize = 16;

/// The colours, red, green and blue in sRGB: eight greys, then eight colours that can be told apart in any order.
pub const PALETTE: [[u8; 3]; 16] = [
    [0, 0, 0],
    [36, 36, 36],
    [73, 73, 73],
    [109, 109, 109],
    [146, 146, 146],
    [182, 182, 182],
    [219, 219, 219],
    [255, 255, 255],
    [213, 94, 0],
    [230, 159, 0],
    [240, 228, 66],
    [0, 158, 115],
    [86, 180, 233],
    [0, 114, 178],
    [204, 121, 167],
    [120, 60, 20],
];

/// The drawing: a place in the palette for each pixel, row after row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sprite {
    cells: [u8; SIDE * SIDE],
}

impl Default for Sprite {
    /// A round face.
    fn default() -> Self {
        let cells = std::array::from_fn(|place| {
            let (y, x) = ((place / SIDE) as f64 - 7.5, (place % SIDE) as f64 - 7.5);
            let radius = x.hypot(y);
            let eye = (x.abs() - 2.5).hypot(y + 2.0) < 1.3;
            let mouth = (radius - 4.5).abs() < 0.8 && y > 1.2;
            match radius {
                _ if eye || mouth => 7,
                r if r > 7.2 => 5,
                r if r > 6.0 => 0,
                _ => 3,
            }
        });
        Self { cells }
    }
}

impl Sprite {
    /// The colour of a pixel as its place in [`PALETTE`], row by row; 0 outside.
    #[must_use]
    pub fn cell(&self, place: usize) -> usize {
        self.cells.get(place).copied().unwrap_or(0).into()
    }

    /// The drawing with one pixel of another colour; what is outside of either changes nothing.
    #[must_use]
    pub fn with(mut self, place: usize, colour: usize) -> Self {
        if colour < PALETTE.len()
            && let Some(cell) = self.cells.get_mut(place)
        {
            *cell = colour as u8;
        }
        self
    }

    /// All pixels of one colour.
    #[must_use]
    pub fn filled(colour: usize) -> Self {
        Self { cells: [colour.min(PALETTE.len() - 1) as u8; SIDE * SIDE] }
    }

    /// Red, green, blue and alpha in sRGB, row after row.
    #[must_use]
    pub fn rgba(&self) -> Vec<u8> {
        self.cells
            .iter()
            .flat_map(|cell| {
                let [red, green, blue] = PALETTE[usize::from(*cell) % PALETTE.len()];
                [red, green, blue, 255]
            })
            .collect()
    }

    /// 256 hexadecimal digits, a colour each.
    #[must_use]
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|cell| char::from_digit((*cell).into(), 16).unwrap_or('0')).collect()
    }

    /// The drawing of that text.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
        Some(Self { cells: digits?.try_into().ok()? })
    }
}

//! Where the arrays stand on the stage: a field of 944 × 612 units that stretches with the window.
//!
//! A small lesson is drawn cell by cell, in the fixed places of the style sheet. In a large one C and Cᵀ are maps; their
//! scale decides where the rest finds room, and that is worked out here. The order of the picture stays the same: the
//! patch at the left, C standing, Cᵀ lying above and right of it around the hinge, results below Cᵀ.

use super::wiring::Sizes;

/// Width and height of the field.
pub const FIELD: [f64; 2] = [944.0, 612.0];

/// How closely C is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Every entry is a cell with its number and letter.
    Cells,
    /// C and Cᵀ are maps; numbers are printed where they can be read.
    Map,
}

/// Where a block stands, in units of the field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The block's name in the markup.
    pub name: &'static str,
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Width and height of a cell, without the line between cells.
    pub cell: [f64; 2],
    /// Room for what padding adds at the left and above.
    pub margin: [f64; 2],
}

/// The composition for arrays of given sizes.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// How closely C is drawn.
    pub detail: Detail,
    /// The blocks whose places follow from the sizes.
    pub blocks: Vec<Block>,
}

/// Beyond so many outputs the hinge shows only the arcs around the output that is meant.
pub const MOST_ARCS: usize = 12;

/// Height of a line of caption with the room below it.
const CAPTION: f64 = 22.0;
/// Where the corner begins that arcs leave free, below the title of C.
const CORNER: f64 = 136.0;
/// The largest cell of a map.
const LARGEST: f64 = 18.0;

impl Composition {
    /// Works out the places. `padding` are the cells that the padding adds around the patch: above, below, left, right.
    #[must_use]
    pub fn new(sizes: Sizes, padding: [usize; 4]) -> Self {
        let small = |size: [usize; 2], limit: usize| size[0] <= limit && size[1] <= limit;
        let [above, below, left, right] = padding;
        let padded = [(sizes.patch[0] + above + below) as f64, (sizes.patch[1] + left + right) as f64];
        let cells = small(sizes.patch, 4) && small(sizes.mask, 3) && small(sizes.result, 2) && small(sizes.grown, 4);
        if cells {
            let side = (174.0 / padded[0].max(padded[1]) - 1.0).min(42.0);
            let margin = [left, above].map(|cells| cells as f64 * (side + 1.0));
            let patch = Block { name: "patch", left: 28.0, top: 4.0, cell: [side; 2], margin };
            let way = Block { name: "way", left: 422.0, top: 28.0, cell: [466.0, 116.0], margin: [0.0; 2] };
            // C stands on its product, however many rows it has.
            let down = 155.0 + (16 - sizes.inputs().max(sizes.grown_cells())) as f64 * 26.0;
            let on_foot = |name, left| Block { name, left, top: down, cell: [28.0, 25.0], margin: [0.0; 2] };
            return Self {
                detail: Detail::Cells,
                blocks: vec![patch, way, on_foot("dcol", 245.0), on_foot("cmat", 283.0)],
            };
        }
        Self { detail: Detail::Map, blocks: map_blocks(sizes, padded, [left, above].map(|cells| cells as f64)) }
    }

    /// The place of a block.
    #[must_use]
    pub fn block(&self, name: &str) -> Option<Block> {
        self.blocks.iter().copied().find(|block| block.name == name)
    }
}

fn map_blocks(sizes: Sizes, padded: [f64; 2], margin: [f64; 2]) -> Vec<Block> {
    // A line of one unit parts neighbouring cells.
    let fit = |room: [f64; 2], size: [f64; 2], most: [f64; 2]| -> [f64; 2] {
        std::array::from_fn(|axis| (room[axis] / size[1 - axis] - 1.0).min(most[axis]))
    };
    let count = |size: [usize; 2]| size.map(|n| n as f64);
    let (patch, mask, result, grown) = (count(sizes.patch), count(sizes.mask), count(sizes.result), count(sizes.grown));
    let mut blocks = Vec::new();
    let mut put = |name, left, top, cell| blocks.push(Block { name, left, top, cell, margin: [0.0; 2] });

    // The left column: patch, mask, and the one placed mask that is meant.
    let column = 238.0;
    let cell = fit([column, 206.0], padded, [42.0, 42.0]);
    put("patch", 28.0, 4.0, cell);
    let top = 4.0 + CAPTION + padded[0] * (cell[1] + 1.0) + 14.0;
    let patch_margin = [margin[0] * (cell[0] + 1.0), margin[1] * (cell[1] + 1.0)];
    let cell = fit([column, 94.0], mask, [34.0, 30.0]);
    put("maskb", 28.0, top, cell);
    let top = top + CAPTION + mask[0] * (cell[1] + 1.0) + 14.0;
    let cell = fit([column, (FIELD[1] - 8.0 - top - CAPTION).max(40.0)], patch, [30.0, 26.0]);
    put("placed", 28.0, top, cell);

    // C stands, Cᵀ lies; both have the same scale, and the arcs between them need a little room.
    let (inputs, outputs, cells) = (sizes.inputs() as f64, sizes.outputs() as f64, sizes.grown_cells() as f64);
    let left = 306.0;
    let scale = [
        (FIELD[1] - 28.0 - 40.0 - 26.0) / (inputs.max(cells) + outputs),
        (FIELD[0] - left - 62.0) / (outputs + cells.max(inputs)),
        220.0 / outputs,
        LARGEST,
    ];
    let scale = scale.into_iter().fold(f64::INFINITY, f64::min);
    let strip = scale.clamp(8.0, LARGEST);
    let right = left + outputs * scale + 30.0;
    let foot = FIELD[1] - 12.0 - strip;
    let standing = foot - 6.0 - inputs.max(cells) * scale;
    put("cmat", left, standing, [scale, scale]);
    put("dcol", left - strip - 6.0, standing, [strip, scale]);
    put("rrow", left, foot, [scale, strip]);
    put("rlab", left - 52.0, foot, [46.0, strip]);
    // In the corner that the arcs leave free.
    put("ctitle", left - strip - 6.0, 84.0, [scale, scale]);
    let wide = cells.max(inputs) * scale;
    put("cttitle", right, 2.0, [(wide - 4.0).max(180.0), scale]);
    put("ctmat", right, 28.0, [scale, scale]);
    // Another way has the place of Cᵀ and of what stands beside and below it; its cell is all of that room.
    put("way", right, 28.0, [FIELD[0] - 12.0 - right, (outputs * scale + strip).max(100.0)]);
    put("ecol", right + wide + 6.0, 28.0, [strip, scale]);
    put("elab", right + (wide + 6.0).max(190.0), 2.0, [30.0, strip]);
    let under = 28.0 + outputs * scale + 6.0;
    put("trow", right, under, [scale, strip]);
    put("tlab", right + wide + 6.0, under, [44.0, strip]);

    // Captions below the first two, and the switch of what the transposed result shows.
    let foot_room = 46.0;
    // Below Cᵀ, two by two: what comes back and E, the sum and the result.
    let top = (under + strip + 14.0).max(150.0);
    let half = (FIELD[0] - 12.0 - right - 24.0) / 2.0;
    let high = (FIELD[1] - 4.0 - top - foot_room - CAPTION - 12.0) / 2.0;
    put("tres", right, top, fit([half, high], grown, [36.0, 31.0]));
    put("ein", right + half + 24.0, top, fit([half, high], result, [38.0, 34.0]));
    let top = top + high + foot_room + 12.0;
    let corner = standing - 24.0 - CORNER;
    if outputs > MOST_ARCS as f64 && corner >= high {
        // Of so many arcs few are drawn: their corner has room for the sum.
        put("sum", left - strip - 6.0, CORNER, [right - left - 20.0, corner]);
    } else {
        put("sum", right, top, [half, high]);
    }
    put("res", right + half + 24.0, top, fit([half, high], result, [44.0, 38.0]));
    blocks[0].margin = patch_margin;
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(patch: usize, mask: usize, result: usize) -> Sizes {
        Sizes { patch: [patch; 2], mask: [mask; 2], result: [result; 2], grown: [patch; 2] }
    }

    #[test]
    fn the_worked_example_is_drawn_cell_by_cell() {
        assert_eq!(Composition::new(square(4, 3, 2), [0; 4]).detail, Detail::Cells);
        assert_eq!(Composition::new(square(5, 3, 3), [0; 4]).detail, Detail::Map);
    }

    #[test]
    fn every_array_lies_within_the_field() {
        for (patch, mask, result) in [(5, 3, 3), (4, 3, 4), (8, 3, 6), (12, 5, 8), (12, 3, 12), (12, 1, 12), (2, 2, 3)]
        {
            let sizes = square(patch, mask, result);
            let composition = Composition::new(sizes, [0; 4]);
            for (name, rows, columns) in [
                ("patch", patch, patch),
                ("maskb", mask, mask),
                ("placed", patch, patch),
                ("cmat", sizes.inputs(), sizes.outputs()),
                ("ctmat", sizes.outputs(), sizes.grown_cells()),
                ("tres", patch, patch),
                ("ein", result, result),
                ("res", result, result),
            ] {
                let block = composition.block(name).expect("a map places every array");
                let right = block.left + columns as f64 * block.cell[0];
                let bottom = block.top + rows as f64 * block.cell[1];
                assert!(right <= FIELD[0] && bottom <= FIELD[1], "{name} of {patch}, {mask}: {right} × {bottom}");
                assert!(block.cell[0] > 1.0 && block.cell[1] > 1.0, "{name} of {patch}, {mask}: {block:?}");
            }
        }
    }
}

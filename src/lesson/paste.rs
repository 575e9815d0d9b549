//! Blocks of numbers from the clipboard: spreadsheets, CSV, plain columns, and array literals of NumPy, PyTorch, MATLAB.
//!
//! Everything becomes one rectangular array whose entries obey the same rules as typed ones, or a sentence that names
//! the row and column at fault.

use super::numbers::{EntryError, parse_entry};
use ndarray::{Array2, s};
use std::fmt;

/// The most bytes that a pasted text may have: ten times what the largest array of a page needs.
pub const TEXT_LIMIT: usize = 20_000;
/// The most brackets within brackets; arrays of the libraries have four axes at the most.
const DEPTH_LIMIT: usize = 8;

/// Why a pasted text was refused; the sentence says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasteError {
    /// There is no number in the text.
    Empty,
    /// The text has more than [`TEXT_LIMIT`] bytes.
    TooLong,
    /// Rows differ in length.
    Ragged {
        /// The row, counted from 1.
        row: usize,
        /// The numbers that it has.
        found: usize,
        /// The numbers of the first row.
        expected: usize,
    },
    /// A number was refused.
    Entry {
        /// The row, counted from 1.
        row: usize,
        /// The column, counted from 1.
        column: usize,
        /// What stands there, shortened.
        text: String,
        /// Why it was refused.
        reason: EntryError,
    },
    /// A bracket has no partner.
    Unbalanced,
    /// Words or numbers stand around the brackets or between them.
    Surroundings(String),
    /// The literal holds several planes.
    Axes,
    /// The block does not fit where it was to go, but would as the whole array.
    Room {
        /// Rows and columns of the block.
        block: [usize; 2],
        /// Rows and columns that are free from the chosen cell on.
        room: [usize; 2],
    },
    /// The block is larger than the array may become.
    TooLarge {
        /// Rows and columns of the block.
        block: [usize; 2],
        /// The most rows and columns of the array.
        limit: usize,
    },
}

impl fmt::Display for PasteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There are no numbers in what was pasted; copy some cells first."),
            Self::TooLong => {
                write!(f, "The pasted text is longer than {TEXT_LIMIT} characters; copy only the block you need.")
            }
            Self::Ragged { row, found, expected } => write!(
                f,
                "Row {row} has {}, the first row has {expected}; all rows must be equally long.",
                counted(*found, "number")
            ),
            Self::Entry { row, column, reason: EntryError::Empty, .. } => {
                write!(f, "Row {row}, column {column} is empty; write 0 for nothing.")
            }
            Self::Entry { row, column, text, reason } => {
                write!(f, "Row {row}, column {column} says “{text}”. {reason}")
            }
            Self::Unbalanced => f.write_str("The brackets do not pair up; copy the array with all its brackets."),
            Self::Surroundings(text) => {
                write!(f, "“{text}” is no part of an array; copy the array alone, with all its brackets.")
            }
            Self::Axes => {
                f.write_str("The array has more than one plane; copy a single one, with rows and columns only.")
            }
            Self::Room { block, room } => write!(
                f,
                "The block is {} × {}, and from this cell on there is room for {} × {}; paste it into the first cell, \
                 and the array takes its size.",
                block[0], block[1], room[0], room[1]
            ),
            Self::TooLarge { block, limit } => write!(
                f,
                "The block is {} × {}, and this array can have at most {limit} rows and columns; copy a smaller block.",
                block[0], block[1]
            ),
        }
    }
}

impl std::error::Error for PasteError {}

/// Reads a block of numbers.
///
/// Without brackets, columns are parted by tabs, else by semicolons, else by commas, else by blanks; cells may be
/// quoted, and a decimal comma is read where columns are parted by tabs or semicolons or the cell is quoted. With
/// brackets it is a literal of Python, as written or as printed, with any number of outer axes of length 1, or of
/// MATLAB. Entries are those of [`parse_entry`]: decimals, fractions such as `1/9`, any minus sign.
///
/// # Errors
/// The text is empty or too long, rows differ in length, an entry is no number or too large, or brackets do not make
/// a single plane.
pub fn parse_block(text: &str) -> Result<Array2<f32>, PasteError> {
    if text.len() > TEXT_LIMIT {
        return Err(PasteError::TooLong);
    }
    let text = plain(text);
    let text = text.trim_matches(|sign| matches!(sign, ' ' | '\n'));
    if text.trim().is_empty() {
        return Err(PasteError::Empty);
    }
    let rows = if text.contains(['[', ']']) { literal(text)? } else { grid(text)? };
    array(&rows)
}

/// Lays `block` onto a copy of `current` from cell `at` (counted row by row) on; a block that is larger than the whole
/// array and was pasted at its first cell takes its place, up to `limit` rows and columns.
///
/// # Errors
/// The block does not fit.
pub fn place_block(
    current: &Array2<f32>,
    at: usize,
    block: &Array2<f32>,
    limit: usize,
) -> Result<Array2<f32>, PasteError> {
    let size = [block.nrows(), block.ncols()];
    if block.is_empty() {
        return Err(PasteError::Empty);
    }
    let columns = current.ncols().max(1);
    let (row, column) = (at / columns, at % columns);
    let room = [current.nrows().saturating_sub(row), current.ncols().saturating_sub(column)];
    if size[0] <= room[0] && size[1] <= room[1] {
        let mut placed = current.clone();
        placed.slice_mut(s![row..row + size[0], column..column + size[1]]).assign(block);
        return Ok(placed);
    }
    if size.iter().any(|length| *length > limit) {
        return Err(PasteError::TooLarge { block: size, limit });
    }
    if at == 0 { Ok(block.clone()) } else { Err(PasteError::Room { block: size, room }) }
}

/// One kind of line end, blank and minus sign, and no blanks around a fraction's stroke.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace("...\n", " ");
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        let sign = match sign {
            '−' | '–' | '﹣' | '－' => '-',
            '\r' | '\u{2028}' => '\n',
            '\t' | '\n' => sign,
            '\u{feff}' => continue,
            blank if blank.is_whitespace() => ' ',
            other => other,
        };
        if sign == '/' {
            plain.truncate(plain.trim_end_matches(' ').len());
        } else if sign == ' ' && plain.ends_with('/') {
            continue;
        }
        plain.push(sign);
    }
    plain
}

/// The rows of a text without brackets.
fn grid(text: &str) -> Result<Vec<Vec<String>>, PasteError> {
    let outside_quotes = |wanted: char| {
        let mut quoted = false;
        text.chars().any(|sign| {
            quoted ^= sign == '"';
            sign == wanted && !quoted
        })
    };
    let separator = ['\t', ';', ','].into_iter().find(|separator| outside_quotes(*separator));
    // MATLAB's rows without their brackets: blanks inside of what semicolons part.
    if separator == Some(';') && !text.contains('\n') && text.split(';').any(|row| row.trim().contains(' ')) {
        return literal(&format!("[{text}]"));
    }
    let rows = cells(text, separator);
    let shortened: Vec<Vec<String>> = rows
        .iter()
        .map(|row| match row.split_last() {
            Some((last, rest)) if last.is_empty() && !rest.is_empty() => rest.to_vec(),
            _ => row.clone(),
        })
        .collect();
    // Separators at the ends of rows part nothing, unless some rows do have a cell there.
    let even = shortened.iter().all(|row| row.len() == shortened[0].len());
    Ok(if even { shortened } else { rows })
}

/// Parts a text into rows of cells. A cell that begins with a quotation mark ends with the next that is not doubled.
fn cells(text: &str, separator: Option<char>) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    let finish = |rows: &mut Vec<Vec<String>>, cell: &mut String| {
        let text = std::mem::take(cell).trim().to_owned();
        if let Some(row) = rows.last_mut()
            && (separator.is_some() || !text.is_empty())
        {
            row.push(text);
        }
    };
    while let Some(sign) = letters.next() {
        match sign {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => quoted = true,
            _ if quoted => cell.push(sign),
            '\n' => {
                finish(&mut rows, &mut cell);
                rows.push(Vec::new());
            }
            _ if Some(sign) == separator || (separator.is_none() && sign == ' ') => finish(&mut rows, &mut cell),
            _ => cell.push(sign),
        }
    }
    finish(&mut rows, &mut cell);
    // A blank line is an empty cell, and is named as one.
    rows.iter_mut().filter(|row| row.is_empty()).for_each(|row| row.push(String::new()));
    rows
}

/// A nested list, or the text of an entry.
enum Node {
    List(Vec<Node>),
    Entry(String),
    /// A semicolon, or the end of a line that no comma precedes: parts rows where no inner brackets do.
    RowEnd,
}

/// The rows of a literal with brackets.
fn literal(text: &str) -> Result<Vec<Vec<String>>, PasteError> {
    let start = text.find('[').ok_or(PasteError::Unbalanced)?;
    let (before, rest) = text.split_at(start);
    let before = before.trim();
    if !before.is_empty() && !(before.starts_with(|sign: char| sign.is_alphabetic() || sign == '(')) {
        return Err(surroundings(before));
    }
    if !before.is_empty() && !before.ends_with(['(', '=']) {
        return Err(surroundings(before));
    }
    let length = balanced(rest)?;
    let (inside, after) = rest.split_at(length);
    let after = after.trim();
    let node = if after.contains('[') {
        // Several lists side by side, as lines of JSON are.
        if !before.is_empty() {
            return Err(surroundings(after));
        }
        tree(&format!("[{rest}]"))?
    } else {
        if !(after.is_empty() || after.starts_with([')', ',', ';', '.', '\''])) || after.contains(']') {
            return Err(surroundings(after));
        }
        tree(inside)?
    };
    plane(node)
}

/// Where the bracket that opens the text is closed.
fn balanced(text: &str) -> Result<usize, PasteError> {
    let mut depth = 0_usize;
    for (place, sign) in text.char_indices() {
        match sign {
            '[' => depth += 1,
            ']' => {
                depth = depth.checked_sub(1).ok_or(PasteError::Unbalanced)?;
                if depth == 0 {
                    return Ok(place + 1);
                }
            }
            _ => {}
        }
    }
    Err(PasteError::Unbalanced)
}

/// Reads brackets within brackets; tuples are lists, too.
fn tree(text: &str) -> Result<Node, PasteError> {
    let mut open: Vec<(char, Vec<Node>)> = Vec::new();
    let mut entry = String::new();
    let mut after_comma = false;
    for sign in text.chars() {
        let ends_entry = matches!(sign, '[' | ']' | '(' | ')' | ',' | ';' | '\n' | ' ' | '\t');
        if !ends_entry {
            entry.push(sign);
            continue;
        }
        let Some((_, list)) = open.last_mut() else {
            if sign == '[' {
                open.push((']', Vec::new()));
                continue;
            }
            return Err(PasteError::Unbalanced);
        };
        if !entry.is_empty() {
            list.push(Node::Entry(std::mem::take(&mut entry)));
            after_comma = false;
        }
        match sign {
            ',' => {
                // Two commas have an empty entry between them.
                if after_comma || list.is_empty() {
                    list.push(Node::Entry(String::new()));
                }
                after_comma = true;
            }
            ';' => list.push(Node::RowEnd),
            '\n' if !after_comma => list.push(Node::RowEnd),
            '[' | '(' => {
                if open.len() == DEPTH_LIMIT {
                    return Err(PasteError::Axes);
                }
                after_comma = false;
                open.push((if sign == '[' { ']' } else { ')' }, Vec::new()));
            }
            ']' | ')' => {
                after_comma = false;
                match open.pop() {
                    Some((closing, list)) if closing == sign => match open.last_mut() {
                        Some((_, outer)) => outer.push(Node::List(list)),
                        None => return Ok(Node::List(list)),
                    },
                    _ => return Err(PasteError::Unbalanced),
                }
            }
            _ => {}
        }
    }
    Err(PasteError::Unbalanced)
}

/// The rows of the only plane of a nested list.
fn plane(node: Node) -> Result<Vec<Vec<String>>, PasteError> {
    let Node::List(mut items) = node else { return Err(PasteError::Empty) };
    loop {
        let lists = items.iter().filter(|item| matches!(item, Node::List(_))).count();
        if lists == 0 {
            return Ok(parted(items));
        }
        items.retain(|item| !matches!(item, Node::RowEnd));
        if let Some(text) = items.iter().find_map(|item| if let Node::Entry(text) = item { Some(text) } else { None }) {
            return Err(surroundings(text));
        }
        let deep =
            |item: &Node| matches!(item, Node::List(inner) if inner.iter().any(|item| matches!(item, Node::List(_))));
        if !items.iter().any(deep) {
            // Inside of the rows the ends of lines are only where a long line was folded.
            let row = |item: Node| match item {
                Node::List(inner) => inner.into_iter().filter_map(entry).collect(),
                _ => Vec::new(),
            };
            return Ok(items.into_iter().map(row).collect());
        }
        match items.pop() {
            Some(Node::List(inner)) if items.is_empty() => items = inner,
            _ => return Err(PasteError::Axes),
        }
    }
}

/// Rows that semicolons and line ends part.
fn parted(items: Vec<Node>) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    for item in items {
        match entry(item) {
            Some(text) => rows.last_mut().map_or((), |row: &mut Vec<String>| row.push(text)),
            None => rows.push(Vec::new()),
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn entry(item: Node) -> Option<String> {
    if let Node::Entry(text) = item { Some(text) } else { None }
}

/// Numbers from texts, every row as long as the first.
fn array(rows: &[Vec<String>]) -> Result<Array2<f32>, PasteError> {
    let expected = rows.first().map_or(0, Vec::len);
    if expected == 0 {
        return Err(PasteError::Empty);
    }
    let mut values = Vec::with_capacity(rows.iter().map(Vec::len).sum());
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            values.push(parse_entry(text).map_err(|reason| PasteError::Entry {
                row: row + 1,
                column: column + 1,
                text: shortened(text),
                reason,
            })?);
        }
        if texts.len() != expected {
            return Err(PasteError::Ragged { row: row + 1, found: texts.len(), expected });
        }
    }
    Array2::from_shape_vec((rows.len(), expected), values).map_err(|_| PasteError::Empty)
}

fn surroundings(text: &str) -> PasteError {
    PasteError::Surroundings(shortened(text))
}

/// Enough of a text to find it again.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 24;
    let mut shown: String = text.chars().take(SHOWN).map(|sign| if sign == '\n' { ' ' } else { sign }).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

fn counted(count: usize, name: &str) -> String {
    match count {
        0 => format!("no {name}"),
        1 => format!("1 {name}"),
        _ => format!("{count} {name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    fn message(text: &str) -> String {
        parse_block(text).expect_err(text).to_string()
    }

    #[test]
    fn the_same_block_in_every_dialect() {
        let block = arr2(&[[1.0, -2.5], [0.25, 4.0]]);
        for text in [
            "1\t-2.5\n0.25\t4",
            "1\t-2,5\r\n0,25\t4\r\n",
            "\"1\"\t\"−2,5\"\n\"0,25\"\t4",
            "1;-2,5\n1/4;4",
            "1,-2.5\n0.25,4",
            "1,\"-2,5\"\n\"0,25\",4",
            "1, -2.5,\n0.25, 4",
            "1, -2.5,\n0.25, 4,",
            "  1   -2.5\n0.25    4 \n\n",
            "1 –2.5\n1 / 4 4",
            "[[1, -2.5], [0.25, 4]]",
            "[[1, -2.5],\n [1/4, 4],]",
            "np.array([[1, -2.5], [.25, 4]], dtype=np.float32)",
            "D = numpy.array([(1, -2.5), (1 / 4, 4.)])",
            "torch.tensor([[[[1., -2.5],\n          [0.25, 4.]]]], device='cuda:0', requires_grad=True)",
            "array([[ 1.  , -2.5 ],\n       [ 0.25,  4.  ]], dtype=float32)",
            "tensor([[ 1.0000, -2.5000],\n        [ 0.2500,  4.0000]])",
            "[[ 1.   -2.5 ]\n [ 0.25  4.  ]]",
            "[[[ 1.\n  -2.5 ]\n [ 0.25  4.  ]]]",
            "[1 -2.5; 0.25 4]",
            "A = [1, -2.5; 0.25, 4];",
            "[1 -2.5\n 0.25 4]",
            "1 -2.5; 0.25 4",
            "[1, -2.5]\n[0.25, 4]",
            "\u{feff}1\u{a0}-2.5\n0.25\u{a0}4",
        ] {
            assert_eq!(parse_block(text), Ok(block.clone()), "{text}");
        }
    }

    #[test]
    fn single_numbers_and_vectors() {
        for text in ["7", "[7]", "[[7]]", "np.array(7)".replace("7", "[7]").as_str(), "7,", "\"7\""] {
            assert_eq!(parse_block(text), Ok(arr2(&[[7.0]])), "{text}");
        }
        for text in ["1 2 3", "1,2,3", "1\t2\t3", "[1, 2, 3]", "[1,\n 2,\n 3]", "[[[1, 2, 3]]]", "1;2;3"] {
            assert_eq!(parse_block(text), Ok(arr2(&[[1.0, 2.0, 3.0]])), "{text}");
        }
        for text in ["1\n2\n3", "[1; 2; 3]", "[[1], [2], [3]]"] {
            assert_eq!(parse_block(text), Ok(arr2(&[[1.0], [2.0], [3.0]])), "{text}");
        }
        assert_eq!(parse_block("1/9").unwrap()[[0, 0]], 1.0_f32 / 9.0);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, parts) in [
            ("", &["no numbers"][..]),
            (" \n\t ", &["no numbers"]),
            ("[]", &["no numbers"]),
            ("[[], []]", &["no numbers"]),
            ("1 2\n3", &["Row 2 has 1 number,", "the first row has 2"]),
            ("[[1, 2], [3]]", &["Row 2 has 1 number,"]),
            ("1\t2\n\t4", &["Row 2, column 1 is empty"]),
            ("1\n\n2", &["Row 2, column 1 is empty"]),
            ("1,2,\n3,4,5", &["Row 1, column 3 is empty"]),
            ("[1,,2]", &["Row 1, column 2 is empty"]),
            ("1 2\n3 two", &["Row 2, column 2 says “two”", "not a number"]),
            ("[[1, nan], [3, 4]]", &["Row 1, column 2 says “nan”"]),
            ("[[1, 2], [inf, 4]]", &["Row 2, column 1 says “inf”"]),
            ("1\t1000", &["Row 1, column 2 says “1000”", "does not fit"]),
            ("1 1/0", &["Row 1, column 2", "divided by 0"]),
            ("[[1, 2], [3, 4]", &["brackets do not pair up"]),
            ("1, 2]", &["brackets do not pair up"]),
            ("[[1, 2), [3, 4]]", &["brackets do not pair up"]),
            ("[[[1, 2], [3, 4]], [[1, 2], [3, 4]]]", &["more than one plane"]),
            ("[[[[[[[[[[1]]]]]]]]]]", &["more than one plane"]),
            ("[[1, 2], 3]", &["“3” is no part"]),
            ("1 2 [3]", &["“1 2” is no part"]),
            ("see [3]", &["“see” is no part"]),
            ("[3] apples", &["“apples” is no part"]),
        ] {
            for part in parts {
                assert!(message(text).contains(part), "{text}: {}", message(text));
            }
        }
        assert!(message(&"1 ".repeat(TEXT_LIMIT)).contains("longer than"));
        assert!(message(&format!("1 {}", "x".repeat(99))).contains("…”"));
    }

    #[test]
    fn blocks_are_laid_where_they_fit() {
        let current = Array2::zeros((3, 3));
        let block = arr2(&[[1.0, 2.0]]);
        let placed = place_block(&current, 4, &block, 5).unwrap();
        assert_eq!(placed, arr2(&[[0.0, 0.0, 0.0], [0.0, 1.0, 2.0], [0.0, 0.0, 0.0]]));
        assert_eq!(place_block(&current, 5, &block, 5), Err(PasteError::Room { block: [1, 2], room: [2, 1] }));
        assert!(place_block(&current, 9, &block, 5).is_err());
        assert!(place_block(&current, usize::MAX, &block, 5).is_err());
        let large = Array2::ones((4, 2));
        assert_eq!(place_block(&current, 0, &large, 5), Ok(large.clone()));
        assert_eq!(place_block(&current, 0, &large, 3), Err(PasteError::TooLarge { block: [4, 2], limit: 3 }));
        assert!(place_block(&current, 1, &large, 5).unwrap_err().to_string().contains("the first cell"));
        assert_eq!(place_block(&current, 0, &Array2::zeros((0, 2)), 5), Err(PasteError::Empty));
        assert_eq!(place_block(&Array2::zeros((0, 0)), 0, &block, 5), Ok(block));
    }
}

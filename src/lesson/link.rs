//! The link's fields: typed values written to and read from `key=value` text, each checked against its range.

use super::decimal;
use ndarray::Array2;
use percent_encoding::percent_decode_str;
use std::{fmt::Display, fmt::Write as _, ops::RangeInclusive};

/// Collects the fields of a link. Values hold letters, digits and `. , ; - _ ~ :` only, so nothing needs escaping.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// Adds a field.
    pub fn field(&mut self, key: &str, value: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "&{key}={value}");
    }

    /// Adds a field unless it holds the default.
    pub fn unless_default<T: Display + PartialEq>(&mut self, key: &str, value: T, default: T) {
        if value != default {
            self.field(key, value);
        }
    }

    /// Adds an array: columns parted by commas, rows by semicolons.
    pub fn array(&mut self, key: &str, values: &Array2<f32>) {
        let rows: Vec<String> =
            values.rows().into_iter().map(|row| row.iter().map(f32::to_string).collect::<Vec<_>>().join(",")).collect();
        self.field(key, rows.join(";"));
    }

    /// Adds whole numbers, parted by commas; one where all are alike.
    pub fn integers(&mut self, key: &str, values: &[usize]) {
        let alike = values.windows(2).all(|pair| pair[0] == pair[1]);
        let shown = if alike { &values[..values.len().min(1)] } else { values };
        let texts: Vec<String> = shown.iter().map(usize::to_string).collect();
        self.field(key, texts.join(","));
    }

    /// The fields, each with a leading `&`.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}

/// Hands out the fields of a link, checked. What is wrong is noted and replaced by the default. Lessons ask for dozens of
/// fields: what does the work is never inlined, since it is about size here and not about speed.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Whether the reader's own picture, which no link carries, is still in this tab.
    pub own_picture_here: bool,
    fields: Vec<(String, String)>,
    problems: Vec<String>,
}

impl Reader {
    /// Takes a query apart. Mail programs escape characters of links, so values are unescaped.
    #[must_use]
    pub fn new(query: &str) -> Self {
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut reader = Self::default();
        for field in query.split('&').filter(|field| !field.is_empty()) {
            match field.split_once('=') {
                Some((key, value)) => reader.fields.push((decode(key), decode(value))),
                None => reader.note(&decode(field), "it has no value"),
            }
        }
        reader
    }

    /// Takes a field's text out; the last one wins when a key comes twice.
    #[inline(never)]
    pub fn take(&mut self, key: &str) -> Option<String> {
        let mut value = None;
        self.fields.retain_mut(|(name, text)| {
            if name == key {
                value = Some(std::mem::take(text));
                false
            } else {
                true
            }
        });
        value
    }

    /// Whether there is such a field.
    #[must_use]
    pub fn peek(&self, key: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == key)
    }

    /// A number within `allowed`.
    #[inline(never)]
    pub fn number(&mut self, key: &str, allowed: RangeInclusive<f64>, default: f64) -> f64 {
        let Some(text) = self.take(key) else { return default };
        match decimal::parse(&text) {
            Some(value) if allowed.contains(&value) => value,
            _ => {
                self.note(key, &format!("it has to be a number from {} to {}", allowed.start(), allowed.end()));
                default
            }
        }
    }

    /// A whole number within `allowed`.
    #[inline(never)]
    pub fn integer(&mut self, key: &str, allowed: RangeInclusive<u64>, default: u64) -> u64 {
        let Some(text) = self.take(key) else { return default };
        match text.parse::<u64>() {
            Ok(value) if allowed.contains(&value) => value,
            _ => {
                self.note(key, &format!("it has to be a whole number from {} to {}", allowed.start(), allowed.end()));
                default
            }
        }
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, key: &str, options: &[(&str, T)], default: T) -> T {
        let Some(text) = self.take(key) else { return default };
        let words: Vec<&str> = options.iter().map(|(word, _)| *word).collect();
        self.place(key, &text, &words).map_or(default, |place| options[place].1)
    }

    /// Where `text` stands among `words`; apart from [`Reader::choice`], so that it is compiled once for all types.
    #[inline(never)]
    fn place(&mut self, key: &str, text: &str, words: &[&str]) -> Option<usize> {
        let place = words.iter().position(|word| *word == text);
        if place.is_none() {
            self.note(key, &format!("it has to be one of {}", words.join(", ")));
        }
        place
    }

    /// An array of `size` (rows, columns) whose values have a magnitude of at most `bound`.
    pub fn array(&mut self, key: &str, size: [usize; 2], bound: f32) -> Option<Array2<f32>> {
        let text = self.take(key)?;
        let values = parse_array(&text, size, bound);
        if values.is_none() {
            self.note(key, &format!("it has to be {} rows of {} numbers within ±{bound}", size[0], size[1]));
        }
        values
    }

    /// An array of at most `limit` rows and columns whose values have a magnitude of at most `bound`.
    pub fn array_within(&mut self, key: &str, limit: usize, bound: f32) -> Option<Array2<f32>> {
        let text = self.take(key)?;
        let rows = text.split(';').take(limit + 1).count();
        let columns = text.split(';').next().map_or(0, |row| row.split(',').take(limit + 1).count());
        let fits = (1..=limit).contains(&rows) && (1..=limit).contains(&columns);
        let values = if fits { parse_array(&text, [rows, columns], bound) } else { None };
        if values.is_none() {
            self.note(key, &format!("it has to be up to {limit} rows of up to {limit} numbers within ±{bound}"));
        }
        values
    }

    /// As many whole numbers as `default` has, each within `allowed`; one number stands for all.
    pub fn integers<const N: usize>(
        &mut self,
        key: &str,
        allowed: RangeInclusive<usize>,
        default: [usize; N],
    ) -> [usize; N] {
        let Some(text) = self.take(key) else { return default };
        let parsed: Option<Vec<usize>> = text.split(',').take(N + 1).map(|part| part.parse().ok()).collect();
        match parsed.as_deref() {
            Some([one]) if allowed.contains(one) => [*one; N],
            Some(all) if all.len() == N && all.iter().all(|value| allowed.contains(value)) => {
                std::array::from_fn(|n| all[n])
            }
            _ => {
                let (from, to) = (allowed.start(), allowed.end());
                self.note(key, &format!("it has to be {N} whole numbers from {from} to {to}, parted by commas"));
                default
            }
        }
    }

    /// Notes what is wrong with a field.
    #[inline(never)]
    pub fn note(&mut self, key: &str, reason: &str) {
        let name = shown(key);
        self.problems.push(format!("The link's “{name}” could not be used ({reason}), so the example's stands in."));
    }

    /// What could not be used, each a sentence; a field that nobody asked for counts too.
    #[must_use]
    pub fn finish(mut self) -> Vec<String> {
        for (key, _) in std::mem::take(&mut self.fields) {
            self.problems.push(format!("The link's “{}” is no setting of this page, and was left out.", shown(&key)));
        }
        self.problems
    }
}

/// As much of a field's name as a sentence has room for.
fn shown(key: &str) -> String {
    key.chars().take(24).collect()
}

fn parse_array(text: &str, size: [usize; 2], bound: f32) -> Option<Array2<f32>> {
    let mut values = Vec::with_capacity(size[0] * size[1]);
    let mut rows = 0;
    for row in text.split(';') {
        rows += 1;
        let before = values.len();
        for entry in row.split(',') {
            let value = decimal::parse(entry)? as f32;
            if !value.is_finite() || value.abs() > bound || values.len() == size[0] * size[1] {
                return None;
            }
            values.push(value);
        }
        if values.len() - before != size[1] {
            return None;
        }
    }
    if rows == size[0] { Array2::from_shape_vec((size[0], size[1]), values).ok() } else { None }
}

//! The Upsample page's answer as it lies on the wire: which pictures it has in which order, and its numbers as lists.

use crate::{
    engine::{Findings, Rendered, Upsampled},
    lesson::upsample::Way,
};

/// What an answer of the Upsample page says beside its pictures, and where these stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How many times as large the large pictures are.
    pub scale: usize,
    /// Whether there is a large picture that the small one was made of.
    pub has_truth: bool,
    /// This much above 0 is white in all differences and this much below it black; no number without a truth.
    pub difference_scale: f64,
    /// The ways in the order of the page, with their numbers.
    pub ways: Vec<(Way, Findings)>,
    /// Ways that have nothing to show without a truth, or with one that is smaller than their masks.
    pub missing: Vec<Way>,
}

/// Where a picture and what belongs to it stand in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// The picture.
    pub picture: usize,
    /// Its spectrum.
    pub spectrum: usize,
    /// Its difference to the truth.
    pub difference: Option<usize>,
}

impl Comparison {
    /// Where the small picture stands in the answer.
    pub const SMALL: Places = Places { picture: 0, spectrum: 1, difference: None };

    /// Where the truth stands.
    #[must_use]
    pub fn truth(&self) -> Option<Places> {
        self.has_truth.then_some(Places { picture: 2, spectrum: 3, difference: None })
    }

    /// Where the pictures of the way at this place of [`Comparison::ways`] stand.
    #[must_use]
    pub fn places(&self, way: usize) -> Places {
        let (first, each) = if self.has_truth { (4, 3) } else { (2, 2) };
        let picture = first + way * each;
        Places { picture, spectrum: picture + 1, difference: self.has_truth.then_some(picture + 2) }
    }
}

/// The pictures in the order that [`Comparison`] tells.
pub(super) fn pictures(answer: &Upsampled) -> Vec<&Rendered> {
    let ways = answer
        .results
        .iter()
        .flat_map(|result| [Some(&result.picture), Some(&result.spectrum), result.difference.as_ref()])
        .flatten();
    [&answer.small, &answer.small_spectrum]
        .into_iter()
        .chain(&answer.truth)
        .chain(&answer.truth_spectrum)
        .chain(ways)
        .collect()
}

fn place_of(way: Way) -> f64 {
    Way::ALL.iter().position(|known| *known == way).unwrap_or(0) as f64
}

/// The numbers: the head, the missing ways, and a list for each way.
pub(super) fn lists(answer: &Upsampled) -> Vec<Vec<f64>> {
    let flag = |on: bool| f64::from(u8::from(on));
    let mut lists = vec![
        vec![answer.scale as f64, flag(answer.truth.is_some()), answer.difference_scale],
        answer.missing.iter().copied().map(place_of).collect(),
    ];
    for result in &answer.results {
        let findings = &result.findings;
        let mut list = vec![
            place_of(result.way),
            findings.psnr,
            findings.ssim,
            findings.checkerboard,
            findings.strength,
            flag(findings.is_checkered),
            findings.millis,
        ];
        list.extend(findings.peaks.iter().flatten());
        lists.push(list);
    }
    lists
}

/// What these lists say.
pub(super) fn from_lists(lists: &[Vec<f64>]) -> Option<Comparison> {
    let [head, missing, ways @ ..] = lists else { return None };
    let &[scale, has_truth, difference_scale] = head.as_slice() else { return None };
    let way = |place: f64| Way::ALL.get(place as usize).copied();
    let found = |list: &Vec<f64>| {
        let (&[place, psnr, ssim, checkerboard, strength, is_checkered, millis], peaks) = list.split_first_chunk()?;
        let findings = Findings {
            psnr,
            ssim,
            checkerboard,
            strength,
            is_checkered: is_checkered == 1.0,
            peaks: peaks.as_chunks::<2>().0.to_vec(),
            millis,
        };
        Some((way(place)?, findings))
    };
    Some(Comparison {
        scale: scale as usize,
        has_truth: has_truth == 1.0,
        difference_scale,
        ways: ways.iter().map(found).collect::<Option<_>>()?,
        missing: missing.iter().copied().map(way).collect::<Option<_>>()?,
    })
}

//! Which candidates are tried, in which order: coarsely all over, then ever finer about the best.

use crate::imaging::Psf;

/// Candidates at most.
pub(super) const MOST: usize = 1000;
/// How many of the coarse ones are looked at more closely.
const CLOSER: usize = 4;
/// Radii of discs: first, and step. A disc of half a pixel is no blur.
const FIRST_RADIUS: f32 = 0.5;
const RADIUS_STEP: f32 = 0.5;
/// Steps of the refinement in radius, or in length and degrees.
const RADIUS_STEPS: [f32; 3] = [0.25, 0.125, 0.0625];
const MOTION_STEPS: [[f32; 2]; 4] = [[1.0, 4.0], [0.5, 2.0], [0.5, 1.0], [0.25, 0.5]];
/// Directions of motions first tried, and by how much the lengths grow.
const DIRECTIONS: usize = 24;
const FIRST_LENGTH: f32 = 2.0;
const GROWTH: f32 = 1.13;

/// Radius, or length and angle.
type Place = [f32; 2];

/// Candidates to come, and those that were scored.
pub(super) struct Plan {
    family: Family,
    largest: f32,
    coming: Vec<Place>,
    next: usize,
    scored: Vec<(Place, f64)>,
    /// Refinements so far.
    level: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Defocus,
    Motion,
}

impl Plan {
    pub fn defocus(largest: f32) -> Self {
        let count = ((largest - FIRST_RADIUS) / RADIUS_STEP).max(0.0) as usize;
        let coming = (0..=count).map(|step| [FIRST_RADIUS + RADIUS_STEP * step as f32, 0.0]).collect();
        Self::new(Family::Defocus, largest, coming)
    }

    pub fn motion(largest: f32) -> Self {
        let mut coming = vec![[1.0, 0.0]];
        // Evenly in the logarithm, from the first length to the largest.
        let growths = ((largest / FIRST_LENGTH).max(1.0).ln() / GROWTH.ln()).ceil();
        for step in 0..=growths as usize {
            let length = largest * GROWTH.powf(step as f32 - growths);
            // Short motions hardly differ in direction.
            let directions = if length < 5.0 { DIRECTIONS / 2 } else { DIRECTIONS };
            coming.extend((0..directions).map(|step| [length, 180.0 * step as f32 / directions as f32]));
        }
        Self::new(Family::Motion, largest, coming)
    }

    fn new(family: Family, largest: f32, coming: Vec<Place>) -> Self {
        Self { family, largest, coming, next: 0, scored: Vec::with_capacity(MOST), level: 0 }
    }

    /// The next candidate.
    pub fn next(&mut self) -> Option<Psf> {
        let place = self.coming.get(self.next)?;
        self.next += 1;
        Some(match self.family {
            Family::Defocus => Psf::Disc { radius: place[0] },
            Family::Motion => Psf::Motion { length: place[0], angle_degrees: place[1] },
        })
    }

    /// Takes the score of the candidate that was handed out last, and looks closer when all of a round are known.
    pub fn scored(&mut self, score: f64) {
        let Some(&place) = self.next.checked_sub(1).and_then(|last| self.coming.get(last)) else { return };
        self.scored.push((place, score));
        while self.next == self.coming.len() && self.refine() {}
    }

    pub fn is_done(&self) -> bool {
        self.next == self.coming.len()
    }

    /// Lists the neighbours of the best ones, and says whether there is a finer level after it.
    fn refine(&mut self) -> bool {
        let steps = match self.family {
            Family::Defocus => RADIUS_STEPS.get(self.level).map(|&step| [step, 0.0]),
            Family::Motion => MOTION_STEPS.get(self.level).copied(),
        };
        let Some([size_step, angle_step]) = steps else { return false };
        self.scored.sort_by(|a, b| a.1.total_cmp(&b.1));
        let centres = if self.level == 0 { CLOSER } else { 1 };
        self.coming.clear();
        self.next = 0;
        for &([size, angle], _) in self.scored.iter().take(centres) {
            for i in -2_i8..=2 {
                for j in -2_i8..=2 {
                    let place =
                        [size + f32::from(i) * size_step, (angle + f32::from(j) * angle_step).rem_euclid(180.0)];
                    let again = self.family == Family::Defocus && j != 0;
                    let inside = place[0] >= FIRST_RADIUS && place[0] <= self.largest + 1.0;
                    if inside && !again && !self.coming.contains(&place) && self.scored.iter().all(|old| old.0 != place)
                    {
                        self.coming.push(place);
                    }
                }
            }
        }
        self.level += 1;
        true
    }
}

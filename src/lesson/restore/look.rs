//! How the reader looks at the pictures: nothing of this changes them.

use crate::lesson::picture::tidy;

/// The magnifications of the pictures; 1 shows all of them.
pub const ZOOMS: [u32; 4] = [1, 2, 4, 8];
/// The most methods that are compared side by side.
pub const MOST_COMPARED: usize = 4;

/// How the large picture shows what was gained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Observed and restored, either side of a line.
    #[default]
    Divider,
    /// One after the other in the same place.
    Blink,
    /// What the restored picture has too much or too little.
    Difference,
}

impl View {
    /// All of them with their words in links and their names.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Divider, "divider", "Divider"),
        (Self::Blink, "blink", "Blink"),
        (Self::Difference, "difference", "Difference"),
    ];
}

/// What stands beneath the pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Why {
    /// The spectra, and where the blur falls below the noise.
    Spectra,
    /// The error against the first parameter.
    #[default]
    Curve,
    /// Residual and error against the iterations.
    Convergence,
    /// What the restored picture does not explain, and whether that is white.
    Residual,
}

impl Why {
    /// All of them with their words in links and their names.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Spectra, "spectra", "Spectra"),
        (Self::Curve, "curve", "Error curve"),
        (Self::Convergence, "convergence", "Convergence"),
        (Self::Residual, "residual", "Residual"),
    ];
}

/// What the stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// One method.
    #[default]
    One,
    /// Several methods side by side.
    Compare,
    /// What can be taken along.
    TakeAway,
}

impl Stage {
    /// All of them with their words in links and their names.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::One, "one", "One method"),
        (Self::Compare, "compare", "Compare"),
        (Self::TakeAway, "take", "Take away"),
    ];
}

/// How the reader looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub(super) stage: Stage,
    pub(super) view: View,
    pub(super) why: Why,
    pub(super) divider: f64,
    pub(super) zoom: u32,
    pub(super) corner: [f64; 2],
    pub(super) compared: Vec<usize>,
}

impl Default for Look {
    fn default() -> Self {
        let compared = ["inverse", "regularised", "rl-accelerated", "tv"];
        Self {
            stage: Stage::default(),
            view: View::default(),
            why: Why::default(),
            divider: 46.0,
            zoom: 1,
            corner: [11.0, 11.0],
            compared: compared.iter().filter_map(|id| crate::restoration::place(id)).collect(),
        }
    }
}

/// What can be done to the look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gaze {
    /// Choose what the stage shows.
    Stage(Stage),
    /// Choose how the large picture shows what was gained.
    View(View),
    /// Choose what stands beneath.
    Why(Why),
    /// Move the divider, in percent of the width.
    Divider(f64),
    /// Magnify; other numbers become the next smaller one of [`ZOOMS`].
    Zoom(u32),
    /// Move the place that is looked at closely, in percent of width and height.
    Corner([f64; 2]),
    /// Put a method among those that are compared, or take it out. There is always one, and never more than
    /// [`MOST_COMPARED`]: the oldest goes.
    Compared(usize, bool),
}

impl Look {
    /// What the stage shows.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// How the large picture shows what was gained.
    #[must_use]
    pub fn view(&self) -> View {
        self.view
    }

    /// What stands beneath.
    #[must_use]
    pub fn why(&self) -> Why {
        self.why
    }

    /// The divider's place in percent of the width; the observed picture shows to its left.
    #[must_use]
    pub fn divider(&self) -> f64 {
        self.divider
    }

    /// How many times the pictures are magnified, one of [`ZOOMS`].
    #[must_use]
    pub fn zoom(&self) -> u32 {
        self.zoom
    }

    /// The middle of what is looked at closely, in percent of width and height.
    #[must_use]
    pub fn corner(&self) -> [f64; 2] {
        self.corner
    }

    /// The methods that are compared, by their places in the list of all, without doubles.
    #[must_use]
    pub fn compared(&self) -> &[usize] {
        &self.compared
    }

    pub(super) fn reduce(&self, action: Gaze) -> Self {
        let mut next = self.clone();
        match action {
            Gaze::Stage(stage) => next.stage = stage,
            Gaze::View(view) => next.view = view,
            Gaze::Why(why) => next.why = why,
            Gaze::Divider(value) => next.divider = tidy(value, 0.0..=100.0, 1, self.divider),
            Gaze::Zoom(zoom) => {
                next.zoom = ZOOMS.into_iter().rev().find(|known| *known <= zoom).unwrap_or(ZOOMS[0]);
            }
            Gaze::Corner([x, y]) => {
                // Fine enough for a step of an arrow key at the largest magnification.
                next.corner = [tidy(x, 0.0..=100.0, 2, self.corner[0]), tidy(y, 0.0..=100.0, 2, self.corner[1])];
            }
            Gaze::Compared(method, true) if method < crate::restoration::COUNT && !self.compared.contains(&method) => {
                next.compared.push(method);
                let surplus = next.compared.len().saturating_sub(MOST_COMPARED);
                next.compared.drain(..surplus);
            }
            Gaze::Compared(method, false) if self.compared.len() > 1 => next.compared.retain(|known| *known != method),
            Gaze::Compared(..) => {}
        }
        next
    }
}

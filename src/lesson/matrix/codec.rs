//! The Matrix page in a link: every field that differs from the worked example, and what is checked when it comes back.

use super::{
    MatrixLesson, Orientation, SPEEDS, View, Work,
    channels::ChannelPlan,
    inverse::{LAMBDA_MAX, LAMBDA_MIN},
    pooling::PoolingSetup,
    setup::{MASK_LIMIT, STAGE_LIMIT, Setup, size},
    spot::Spot,
    timeline::Way,
};
use crate::{
    convolution::PaddingMode,
    lesson::{
        link::{Reader, Writer},
        numbers::ENTRY_BOUND,
    },
};
use std::rc::Rc;

/// The sums of E are larger than any entry that can be typed, so its bound is wider.
const INPUT_BOUND: f32 = ENTRY_BOUND * ENTRY_BOUND * (MASK_LIMIT * MASK_LIMIT) as f32;

/// Writes what differs from the default.
pub fn write(lesson: &MatrixLesson, link: &mut Writer) {
    let default = MatrixLesson::default();
    let (setup, usual) = (lesson.setup(), Setup::default());
    if setup.patch != usual.patch {
        link.array("patch", &setup.patch);
    }
    if setup.mask != usual.mask {
        link.array("mask", &setup.mask);
    }
    let sizes = lesson.sizes();
    // An E that no longer fits waits for sizes that it fits again, but not in a link.
    if let Some(input) = setup.input.as_ref().filter(|input| size(input) == sizes.result) {
        link.array("e", input);
    }
    let (geometry, plain) = (&setup.geometry, &usual.geometry);
    for (key, values, plain) in [
        ("stride", geometry.stride.as_slice(), plain.stride.as_slice()),
        ("padding", geometry.padding.as_flattened(), plain.padding.as_flattened()),
        ("dilation", &geometry.dilation, &plain.dilation),
        ("output-padding", &geometry.output_padding, &plain.output_padding),
    ] {
        if values != plain {
            link.integers(key, values);
        }
    }
    link.unless_default("mode", setup.mode.slug(), usual.mode.slug());
    if setup.flip {
        link.field("flip", "on");
    }
    let (work, plain) = (&lesson.work, &default.work);
    link.unless_default("seed", work.seed, plain.seed);
    link.unless_default("lambda", work.lambda, plain.lambda);
    if work.pooling != plain.pooling {
        link.field("pool", format!("{},{}", work.pooling.window, work.pooling.stride));
    }
    if work.channels != plain.channels {
        let ChannelPlan { inputs, outputs, groups } = work.channels;
        link.field("channels", format!("{inputs},{outputs},{groups}"));
    }
    link.unless_default("view", lesson.view.slug(), default.view.slug());
    link.unless_default("at", lesson.position, opening(lesson));
    link.unless_default("speed", SPEEDS[lesson.speed], SPEEDS[default.speed]);
    if lesson.letters {
        link.field("show", "letters");
    }
    if lesson.orientation == Orientation::Rows {
        link.field("c", "rows");
    }
    link.unless_default("way", lesson.way.slug(), default.way.slug());
    if lesson.overlap {
        link.field("overlap", "on");
    }
    // The cells of E with zeros have no name that a link could carry.
    if let Some(spot) = lesson.pinned.filter(|spot| !matches!(spot, Spot::Inserted(_))) {
        let (array, place) = spot.place(sizes);
        link.field("pin", format!("{}.{place}", array.slug()));
    }
}

/// Where a link without a position opens: larger and smaller stages at the place where the worked example does.
fn opening(lesson: &MatrixLesson) -> f64 {
    let usual = MatrixLesson::default();
    if lesson.sizes() == usual.sizes() {
        return usual.position;
    }
    lesson.timeline().from_track(usual.timeline().track(usual.position)).round()
}

/// Reads a state back.
pub fn read(link: &mut Reader) -> MatrixLesson {
    let default = MatrixLesson::default();
    let switch = [("off", false), ("on", true)];
    let work = read_work(link);
    let mut lesson = MatrixLesson { work, ..default };
    lesson.view = link.choice("view", &View::ALL.map(|view| (view.slug(), view)), lesson.view);
    let speeds = SPEEDS.map(|speed| speed.to_string());
    let options: Vec<(&str, usize)> = speeds.iter().enumerate().map(|(n, text)| (text.as_str(), n)).collect();
    lesson.speed = link.choice("speed", &options, lesson.speed);
    lesson.letters = link.choice("show", &[("numbers", false), ("letters", true)], false);
    lesson.orientation =
        link.choice("c", &[("columns", Orientation::Columns), ("rows", Orientation::Rows)], lesson.orientation);
    lesson.way = link.choice("way", &Way::ALL.map(|way| (way.slug(), way)), lesson.way);
    lesson.overlap = link.choice("overlap", &switch, false);
    let timeline = lesson.timeline();
    lesson.position = timeline.clamp(link.number("at", 0.0..=timeline.len() as f64, opening(&lesson)));
    lesson.pinned = read_pin(link, &lesson);
    lesson
}

fn read_work(link: &mut Reader) -> Work {
    let usual = Work::default();
    let setup = read_setup(link);
    let [window, stride] = link.integers("pool", 1..=STAGE_LIMIT, [usual.pooling.window, usual.pooling.stride]);
    let [inputs, outputs, groups] = link.integers(
        "channels",
        1..=STAGE_LIMIT,
        [usual.channels.inputs, usual.channels.outputs, usual.channels.groups],
    );
    let mut channels = ChannelPlan { inputs, outputs, groups };
    if let Err(reason) = channels.check() {
        link.note("channels", &reason);
        channels = usual.channels;
    }
    Work {
        seed: link.integer("seed", 0..=u64::from(u32::MAX), u64::from(usual.seed)) as u32,
        lambda: link.number("lambda", LAMBDA_MIN..=LAMBDA_MAX, usual.lambda),
        pooling: PoolingSetup { window, stride }.clamped(size(&setup.patch)),
        channels,
        setup: Rc::new(setup),
    }
}

fn read_setup(link: &mut Reader) -> Setup {
    let usual = Setup::default();
    let mut setup = Setup {
        patch: link.array_within("patch", STAGE_LIMIT, ENTRY_BOUND).unwrap_or_else(|| usual.patch.clone()),
        mask: link.array_within("mask", MASK_LIMIT, ENTRY_BOUND).unwrap_or_else(|| usual.mask.clone()),
        ..usual.clone()
    };
    setup.geometry.stride = link.integers("stride", 1..=STAGE_LIMIT, [1; 2]);
    let [top, bottom, left, right] = link.integers("padding", 0..=STAGE_LIMIT, [0; 4]);
    setup.geometry.padding = [[top, bottom], [left, right]];
    setup.geometry.dilation = link.integers("dilation", 1..=STAGE_LIMIT, [1; 2]);
    setup.geometry.output_padding = link.integers("output-padding", 0..=STAGE_LIMIT, [0; 2]);
    setup.mode = link.choice("mode", &PaddingMode::ALL.map(|mode| (mode.slug(), mode)), usual.mode);
    setup.flip = link.choice("flip", &[("off", false), ("on", true)], false);
    let input = link.array_within("e", STAGE_LIMIT, INPUT_BOUND);
    match setup.sizes() {
        Ok(sizes) => {
            if input.as_ref().is_some_and(|input| size(input) != sizes.result) {
                link.note("e", &format!("E has {} rows and {} columns here", sizes.result[0], sizes.result[1]));
            } else {
                setup.input = input;
            }
            setup
        }
        Err(reason) => {
            link.note("geometry", reason.trim_end_matches('.'));
            usual
        }
    }
}

fn read_pin(link: &mut Reader, lesson: &MatrixLesson) -> Option<Spot> {
    let text = link.take("pin")?;
    let spot = Spot::from_link(&text, lesson.sizes());
    if spot.is_none() {
        link.note("pin", "it names no cell of this stage");
    }
    spot
}

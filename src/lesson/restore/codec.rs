//! The Restore page's fields in a link, and in messages to the worker.

use super::{
    ANGLE, Blur, LENGTH, NOISE, RADIUS, RestoreAction, RestoreLesson, SEED, SIDE, SIGMA, default_log, log_range,
};
use crate::{
    imaging::Boundary,
    lesson::{
        Lesson,
        link::{Reader, Writer},
        picture::{Picture, tidy},
    },
    restoration::DESCRIPTIONS,
};

pub(super) fn write(lesson: &RestoreLesson, link: &mut Writer) {
    let blank = RestoreLesson::default();
    link.unless_default("picture", lesson.picture.id(), blank.picture.id());
    link.unless_default("blur", lesson.blur.id(), blank.blur.id());
    link.unless_default("radius", lesson.radius, blank.radius);
    link.unless_default("sigma", lesson.sigma, blank.sigma);
    link.unless_default("side", lesson.side, blank.side);
    link.unless_default("length", lesson.length, blank.length);
    link.unless_default("angle", lesson.angle, blank.angle);
    link.unless_default("noise", lesson.noise, blank.noise);
    link.unless_default("seed", lesson.seed, blank.seed);
    if lesson.boundary == Boundary::Circular {
        link.field("edge", "circular");
    }
    link.unless_default("method", lesson.method().id, blank.method().id);
    link.unless_default("log", lesson.log_parameter, default_log(lesson.method));
    if !lesson.automatic {
        link.field("automatic", "no");
    }
    link.unless_default("divider", lesson.divider, blank.divider);
    link.unless_default("zoom", lesson.zoom, blank.zoom);
    if lesson.corner != blank.corner {
        link.field("corner", format_args!("{},{}", lesson.corner[0], lesson.corner[1]));
    }
}

pub(super) fn read(link: &mut Reader) -> RestoreLesson {
    let blank = RestoreLesson::default();
    let blurs: Vec<_> = Blur::ALL.iter().map(|(blur, id, _)| (*id, *blur)).collect();
    let methods: Vec<_> = DESCRIPTIONS.iter().enumerate().map(|(index, method)| (method.id, index)).collect();
    let edges = [("mirror", Boundary::Mirror), ("circular", Boundary::Circular)];
    let method = link.choice("method", &methods, blank.method);
    let log = default_log(method);
    let corner = link.array("corner", [1, 2], 100.0).map(|pair| [f64::from(pair[[0, 0]]), f64::from(pair[[0, 1]])]);
    let read = RestoreLesson {
        picture: Picture::read(link),
        blur: link.choice("blur", &blurs, blank.blur),
        radius: link.number("radius", RADIUS, blank.radius),
        sigma: link.number("sigma", SIGMA, blank.sigma),
        side: link.number("side", SIDE, blank.side),
        length: link.number("length", LENGTH, blank.length),
        angle: link.number("angle", ANGLE, blank.angle),
        noise: link.number("noise", NOISE, blank.noise),
        seed: link.integer("seed", SEED, blank.seed),
        boundary: link.choice("edge", &edges, blank.boundary),
        method,
        log_parameter: link.number("log", log_range(DESCRIPTIONS[method]), log),
        automatic: link.choice("automatic", &[("yes", true), ("no", false)], blank.automatic),
        divider: link.number("divider", 0.0..=100.0, blank.divider),
        zoom: link.choice("zoom", &[("1", 1), ("2", 2), ("4", 4)], blank.zoom),
        corner: blank.corner,
    };
    // A link may carry more decimals than the controls do.
    [
        RestoreAction::Radius(read.radius),
        RestoreAction::Sigma(read.sigma),
        RestoreAction::Side(read.side),
        RestoreAction::Length(read.length),
        RestoreAction::Angle(read.angle),
        RestoreAction::Noise(read.noise),
        RestoreAction::Divider(read.divider),
        RestoreAction::Corner(corner.unwrap_or(blank.corner)),
    ]
    .into_iter()
    .fold(
        RestoreLesson { log_parameter: tidy(read.log_parameter, read.log_range(), 2, log), ..read },
        |lesson, action| lesson.reduce(action),
    )
}

//! The Restore page's settings in a link; the worker reads them from the same text.

use super::{
    ANGLE, BOUND, Blur, Choice, Choose, Degradation, Degrade, Drawn, Gaze, HIT, LARGEST_SIDE, LENGTH, Look, MISSING,
    NOISE, Noise, PHOTONS, RADIUS, REACH, RING, ROW, RestoreAction, RestoreLesson, SEED, SIDE, SIGMA, Scene, Stage,
    View, Why,
};
use crate::{
    lesson::{
        Lesson,
        link::{Reader, Writer},
        picture::Picture,
    },
    restoration::{DESCRIPTIONS, Rule, Start, Treatment},
};

const SCENES: [(&str, Scene); 2] = [("cropped", Scene::Cropped), ("circular", Scene::Circular)];
const TREATMENTS: [(&str, Treatment); 4] = [
    ("circular", Treatment::Circular),
    ("mirror", Treatment::Mirror),
    ("taper", Treatment::Taper),
    ("unknown", Treatment::Unknown),
];
const RULES: [(&str, Option<Rule>); 5] = [
    ("gcv", Some(Rule::CrossValidation)),
    ("discrepancy", Some(Rule::Discrepancy)),
    ("noise", Some(Rule::Noise)),
    ("no", None),
    ("yes", None),
];
const STARTS: [(&str, Start); 3] =
    [("observed", Start::Observed), ("flat", Start::Flat), ("filtered", Start::Filtered)];
const YES_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];
/// The keys of the parameters' places.
const PLACES: [&str; 3] = ["log", "second", "third"];

fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

fn words<T: Copy>(all: &[(T, &'static str, &'static str)]) -> Vec<(&'static str, T)> {
    all.iter().map(|(value, id, _)| (*id, *value)).collect()
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

pub(super) fn write(lesson: &RestoreLesson, link: &mut Writer) {
    let blank = RestoreLesson::default();
    link.unless_default("picture", lesson.picture.id(), blank.picture.id());
    if let Some(row) = lesson.row {
        link.field("row", row);
    }
    write_degradation(&lesson.degradation, lesson.picture, link);
    write_choice(&lesson.choice, link);
    write_look(&lesson.look, link);
}

fn write_degradation(d: &Degradation, picture: Picture, link: &mut Writer) {
    let blank = Degradation::default();
    link.unless_default("blurred", yes_no(d.already_blurred), yes_no(picture.is_already_blurred()));
    link.unless_default("blur", d.blur.id(), blank.blur.id());
    link.unless_default("radius", d.radius, blank.radius);
    link.unless_default("sigma", d.sigma, blank.sigma);
    link.unless_default("side", d.side, blank.side);
    link.unless_default("length", d.length, blank.length);
    link.unless_default("angle", d.angle, blank.angle);
    link.unless_default("reach", d.reach, blank.reach);
    link.unless_default("ring", d.ring, blank.ring);
    if d.drawn != blank.drawn {
        super::mask::write(&d.drawn, link);
    }
    link.unless_default("scene", word(&SCENES, &d.scene), word(&SCENES, &blank.scene));
    link.unless_default("kind", d.noise.id(), blank.noise.id());
    link.unless_default("noise", d.level, blank.level);
    link.unless_default("photons", d.photons, blank.photons);
    link.unless_default("hit", d.hit, blank.hit);
    link.unless_default("missing", d.missing, blank.missing);
    link.unless_default("seed", d.seed, blank.seed);
}

fn write_choice(choice: &Choice, link: &mut Writer) {
    link.unless_default("method", choice.description().id, Choice::default().description().id);
    let blank = Choice::of(choice.method);
    for (index, key) in PLACES.iter().enumerate().take(choice.description().parameters.len()) {
        link.unless_default(key, choice.places[index], blank.places[index]);
    }
    link.unless_default(
        "automatic",
        word(&RULES, &choice.rule()),
        word(&RULES, &implied_rule(&blank, choice.places[0])),
    );
    link.unless_default("edge", word(&TREATMENTS, &choice.treatment), word(&TREATMENTS, &blank.treatment));
    link.unless_default("iterations", choice.iterations, blank.iterations);
    link.unless_default("start", word(&STARTS, &choice.start), word(&STARTS, &blank.start));
    link.unless_default("positive", yes_no(choice.non_negative), yes_no(blank.non_negative));
    link.unless_default("settle", yes_no(choice.settle), yes_no(blank.settle));
    link.unless_default("enough", yes_no(choice.stop_at_noise), yes_no(blank.stop_at_noise));
}

fn write_look(look: &Look, link: &mut Writer) {
    let blank = Look::default();
    link.unless_default("stage", word(&words(&Stage::ALL), &look.stage), word(&words(&Stage::ALL), &blank.stage));
    link.unless_default("view", word(&words(&View::ALL), &look.view), word(&words(&View::ALL), &blank.view));
    link.unless_default("why", word(&words(&Why::ALL), &look.why), word(&words(&Why::ALL), &blank.why));
    link.unless_default("divider", look.divider, blank.divider);
    link.unless_default("zoom", look.zoom, blank.zoom);
    if look.corner != blank.corner {
        let [x, y] = look.corner;
        link.field("corner", format_args!("{x},{y}"));
    }
    if look.compared != blank.compared {
        let ids: Vec<&str> = look.compared.iter().map(|place| DESCRIPTIONS[*place].id).collect();
        link.field("compare", ids.join(","));
    }
}

pub(super) fn read(link: &mut Reader) -> RestoreLesson {
    let picture = Picture::read(link, &[]);
    let mut lesson = RestoreLesson::default().reduce(RestoreAction::Picture(picture));
    if link.peek("row") {
        lesson = lesson.reduce(RestoreAction::Row(Some(link.number("row", ROW, 50.0))));
    }
    lesson.degradation = read_degradation(lesson.degradation, link);
    lesson.choice = read_choice(link);
    lesson.look = read_look(link);
    lesson
}

/// Everything goes through the actions, which round what a link may carry too finely.
fn read_degradation(d: Degradation, link: &mut Reader) -> Degradation {
    let blurs = words(&Blur::ALL);
    let noises = words(&Noise::ALL);
    let drawn = link.array_within("psf", LARGEST_SIDE, BOUND).and_then(|weights| {
        let (rows, columns) = weights.dim();
        if rows == columns && rows % 2 == 1 {
            return Some(Drawn::of(rows, &weights.iter().copied().collect::<Vec<_>>()));
        }
        link.note("psf", "it has to be square, with an odd side");
        None
    });
    let actions = [
        drawn.map_or(Degrade::Drawn(d.drawn), Degrade::Drawn),
        Degrade::AlreadyBlurred(link.choice("blurred", &YES_NO, d.already_blurred)),
        Degrade::Blur(link.choice("blur", &blurs, d.blur)),
        Degrade::Radius(link.number("radius", RADIUS, d.radius)),
        Degrade::Sigma(link.number("sigma", SIGMA, d.sigma)),
        Degrade::Side(link.number("side", SIDE, d.side)),
        Degrade::Length(link.number("length", LENGTH, d.length)),
        Degrade::Angle(link.number("angle", ANGLE, d.angle)),
        Degrade::Reach(link.number("reach", REACH, d.reach)),
        Degrade::Ring(link.number("ring", RING, d.ring)),
        Degrade::Scene(link.choice("scene", &SCENES, d.scene)),
        Degrade::Noise(link.choice("kind", &noises, d.noise)),
        Degrade::Level(link.number("noise", NOISE, d.level)),
        Degrade::Photons(link.number("photons", PHOTONS, d.photons)),
        Degrade::Hit(link.number("hit", HIT, d.hit)),
        Degrade::Missing(link.number("missing", MISSING, d.missing)),
        Degrade::Seed(link.integer("seed", SEED, d.seed)),
    ];
    actions.into_iter().fold(d, |d, action| d.reduce(action))
}

/// The rule where a link has no word on it: a place that is not the default was set by hand.
fn implied_rule(blank: &Choice, place: f64) -> Option<Rule> {
    if place == blank.places[0] { blank.rule() } else { None }
}

fn read_choice(link: &mut Reader) -> Choice {
    let methods: Vec<_> = DESCRIPTIONS.iter().enumerate().map(|(index, method)| (method.id, index)).collect();
    let blank = Choice::of(link.choice("method", &methods, Choice::default().method));
    let description = blank.description();
    let mut choice = blank.clone();
    for (index, parameter) in description.parameters.iter().enumerate() {
        let place = link.number(PLACES[index], super::control_range(parameter), blank.places[index]);
        if place != blank.places[index] {
            choice = choice.reduce(Choose::Place(index, place));
        }
    }
    // Links were written when the inverse filter had a parameter still: a place too many is no reason to complain.
    for key in PLACES.iter().skip(description.parameters.len()) {
        link.take(key);
    }
    let rule = match link.take("automatic").as_deref() {
        None => implied_rule(&blank, choice.places[0]),
        // The word for the best rule, once.
        Some("yes") => blank.rule(),
        Some(text) => match RULES.iter().find(|(word, _)| *word == text) {
            Some((_, rule)) => *rule,
            None => {
                link.note("automatic", "it has to be one of gcv, discrepancy, noise, no");
                blank.rule()
            }
        },
    };
    let most = description.iterations.map_or(1, |iterations| iterations.most) as u64;
    let actions = [
        Choose::Rule(rule),
        Choose::Treatment(link.choice("edge", &TREATMENTS, blank.treatment)),
        Choose::Iterations(link.integer("iterations", 1..=most, blank.iterations as u64) as usize),
        Choose::Start(link.choice("start", &STARTS, blank.start)),
        Choose::NonNegative(link.choice("positive", &YES_NO, blank.non_negative)),
        Choose::Settle(link.choice("settle", &YES_NO, blank.settle)),
        Choose::StopAtNoise(link.choice("enough", &YES_NO, blank.stop_at_noise)),
    ];
    actions.into_iter().fold(choice, |choice, action| choice.reduce(action))
}

fn read_look(link: &mut Reader) -> Look {
    let blank = Look::default();
    let corner = link.array("corner", [1, 2], 100.0).map(|pair| [f64::from(pair[[0, 0]]), f64::from(pair[[0, 1]])]);
    let actions = [
        Gaze::Stage(link.choice("stage", &words(&Stage::ALL), blank.stage)),
        Gaze::View(link.choice("view", &words(&View::ALL), blank.view)),
        Gaze::Why(link.choice("why", &words(&Why::ALL), blank.why)),
        Gaze::Divider(link.number("divider", 0.0..=100.0, blank.divider)),
        Gaze::Zoom(link.choice("zoom", &[("1", 1), ("2", 2), ("4", 4), ("8", 8)], blank.zoom)),
        Gaze::Corner(corner.unwrap_or(blank.corner)),
    ];
    let mut look = actions.into_iter().fold(blank, |look, action| look.reduce(action));
    if let Some(text) = link.take("compare") {
        let places: Option<Vec<usize>> = text.split(',').map(crate::restoration::place).collect();
        match places {
            Some(places) if !places.is_empty() && places.len() <= super::MOST_COMPARED => {
                look.compared.clear();
                look = places.into_iter().fold(look, |look, place| look.reduce(Gaze::Compared(place, true)));
            }
            _ => link.note("compare", "it has to be up to four methods of this page, parted by commas"),
        }
    }
    look
}

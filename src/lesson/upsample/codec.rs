//! The fields of a link to the Upsample page.

use super::{
    Aside, BOUND, CORNERS, Down, Layer, OwnMask, PIXELS, Picture, ROUNDS, Reader, SEED, SIZES, SPEEDS, Shown, Side,
    Sprite, Stack, TINY, UpsampleAction, UpsampleLesson, View, Way, Weights, Work, Writer, sprite, stack,
    timeline::Timeline,
};
use crate::{lesson::Lesson, upsampling::Coordinates};
use ndarray::Array2;

/// The rules of coordinates with their words in links.
const COORDINATES: [(&str, Coordinates); 3] = [
    ("half-pixel", Coordinates::HalfPixel),
    ("align-corners", Coordinates::AlignCorners),
    ("asymmetric", Coordinates::Asymmetric),
];

fn word<T: Copy + PartialEq>(all: &[(T, &'static str, &'static str)], value: T) -> &'static str {
    all.iter().find(|(known, ..)| *known == value).map_or("", |(_, word, _)| word)
}

fn words<T: Copy>(all: &[(T, &'static str, &'static str)]) -> Vec<(&'static str, T)> {
    all.iter().map(|(value, word, _)| (*word, *value)).collect()
}

fn of_layers(stack: &Stack, number: impl Fn(&Layer) -> usize) -> String {
    stack.layers().iter().map(|layer| number(layer).to_string()).collect::<Vec<_>>().join(",")
}

fn of_ways(ways: &[Way]) -> String {
    ways.iter().map(|way| way.id()).collect::<Vec<_>>().join(",")
}

/// Writes every value that differs from the default.
pub(super) fn write(lesson: &UpsampleLesson, link: &mut Writer) {
    let (blank, first) = (UpsampleLesson::default(), Work::default());
    let work = &lesson.work;
    link.unless_default("view", word(&View::ALL, lesson.view), word(&View::ALL, blank.view));
    link.unless_default("show", word(&Shown::ALL, lesson.shown), word(&Shown::ALL, blank.shown));
    link.unless_default("side", word(&Side::ALL, lesson.side), word(&Side::ALL, blank.side));
    link.unless_default("weighted", u8::from(lesson.weighted), 0);
    link.unless_default("layer", lesson.layer, blank.layer);
    link.unless_default("k", of_layers(&work.stack, |layer| layer.mask), of_layers(&first.stack, |layer| layer.mask));
    let stride = |layer: &Layer| layer.stride;
    link.unless_default("s", of_layers(&work.stack, stride), of_layers(&first.stack, stride));
    if work.stack.layers().iter().any(|layer| layer.padding > 0) {
        link.field("p", of_layers(&work.stack, |layer| layer.padding));
    }
    link.unless_default("pixels", work.pixels, first.pixels);
    link.unless_default("shape", work.weights.id(), first.weights.id());
    link.unless_default("seed", work.seed, first.seed);
    // What the mask has no room for stays behind.
    let own = work.own_mask();
    if own != first.own.of_side(own.nrows()) {
        link.array("own", &own.to_owned());
    }
    link.unless_default("picture", work.picture.id(), first.picture.id());
    if work.sprite != first.sprite {
        link.field("sprite", work.sprite.text());
    }
    link.unless_default("size", work.size, first.size);
    link.unless_default("down", word(&Down::ALL, work.down), word(&Down::ALL, first.down));
    if work.coordinates != first.coordinates {
        let word = COORDINATES.iter().find(|(_, rule)| *rule == work.coordinates).map_or("", |(word, _)| word);
        link.field("coordinates", word);
    }
    link.unless_default("sharp", u8::from(work.sharp), u8::from(first.sharp));
    link.unless_default("icnr", u8::from(work.icnr), u8::from(first.icnr));
    link.unless_default("rounds", work.rounds, first.rounds);
    link.unless_default("ways", of_ways(&work.compared), of_ways(&first.compared));
    if work.tiny != first.tiny {
        link.array("e", &work.tiny);
    }
    let timeline = lesson.timeline();
    link.unless_default("at", timeline.rested(lesson.position), timeline.rested(blank.position));
    link.unless_default("speed", lesson.speed, blank.speed);
    link.unless_default("aside", word(&Aside::ALL, lesson.aside), word(&Aside::ALL, blank.aside));
    if lesson.corner != blank.corner {
        link.field("corner", format_args!("{},{}", lesson.corner[0], lesson.corner[1]));
    }
    link.unless_default("close", lesson.close, blank.close);
    link.unless_default("colour", lesson.colour, blank.colour);
}

/// Reads what [`write`] wrote; what is missing or wrong keeps its default, what is wrong is noted.
pub(super) fn read(link: &mut Reader) -> UpsampleLesson {
    let (blank, first) = (UpsampleLesson::default(), Work::default());
    let stack = read_stack(link);
    let side = stack.layers()[0].mask;
    let corner = link.array("corner", [1, 2], 100.0).map(|pair| [f64::from(pair[[0, 0]]), f64::from(pair[[0, 1]])]);
    let work = Work {
        pixels: link.integer("pixels", *PIXELS.start() as u64..=*PIXELS.end() as u64, first.pixels as u64) as usize,
        weights: {
            let shapes: Vec<_> = Weights::ALL.iter().map(|(shape, id, _)| (*id, *shape)).collect();
            link.choice("shape", &shapes, first.weights)
        },
        seed: link.integer("seed", (*SEED.start()).into()..=(*SEED.end()).into(), first.seed.into()) as u32,
        own: link.array("own", [side; 2], BOUND).map_or(first.own, |numbers| OwnMask::new(numbers.view())),
        picture: Picture::read(link, &[Picture::Sprite]),
        sprite: read_sprite(link),
        size: read_size(link),
        down: link.choice("down", &words(&Down::ALL), first.down),
        coordinates: link.choice("coordinates", &COORDINATES, first.coordinates),
        sharp: link.integer("sharp", 0..=1, 0) == 1,
        icnr: link.integer("icnr", 0..=1, 0) == 1,
        rounds: link.integer("rounds", *ROUNDS.start() as u64..=*ROUNDS.end() as u64, first.rounds as u64) as usize,
        compared: read_ways(link),
        tiny: read_tiny(link).unwrap_or(first.tiny),
        stack,
    };
    let (layers, timeline) = (work.stack.layers().len(), Timeline::new(&work.stack, work.pixels));
    let read = UpsampleLesson {
        view: link.choice("view", &words(&View::ALL), blank.view),
        shown: link.choice("show", &words(&Shown::ALL), blank.shown),
        side: link.choice("side", &words(&Side::ALL), blank.side),
        weighted: link.integer("weighted", 0..=1, 0) == 1,
        layer: link.integer("layer", 0..=layers as u64 - 1, 0) as usize,
        position: timeline.rested(link.number("at", 0.0..=timeline.len() as f64, timeline.rested(blank.position))),
        speed: link.integer("speed", 0..=SPEEDS.len() as u64 - 1, blank.speed as u64) as usize,
        aside: link.choice("aside", &words(&Aside::ALL), blank.aside),
        close: {
            let sizes = CORNERS.map(|size| (size, size.to_string()));
            let sizes: Vec<(&str, u32)> = sizes.iter().map(|(size, word)| (word.as_str(), *size)).collect();
            link.choice("close", &sizes, blank.close)
        },
        colour: link.integer("colour", 0..=sprite::PALETTE.len() as u64 - 1, blank.colour as u64) as usize,
        work,
        ..blank.clone()
    };
    read.reduce(UpsampleAction::Corner(corner.unwrap_or(blank.corner)))
}

fn read_size(link: &mut Reader) -> usize {
    let sizes = SIZES.map(|size| (size, size.to_string()));
    let sizes: Vec<(&str, usize)> = sizes.iter().map(|(size, word)| (word.as_str(), *size)).collect();
    link.choice("size", &sizes, SIZES[0])
}

fn read_tiny(link: &mut Reader) -> Option<Array2<f32>> {
    let tiny = link.array_within("e", *TINY.end(), BOUND)?;
    if !tiny.is_square() {
        link.note("e", "it has to have as many rows as columns");
        return None;
    }
    Some(tiny)
}

fn read_sprite(link: &mut Reader) -> Sprite {
    let Some(text) = link.take("sprite") else { return Sprite::default() };
    Sprite::from_text(&text).unwrap_or_else(|| {
        link.note("sprite", "it has to be 256 hexadecimal digits");
        Sprite::default()
    })
}

fn read_ways(link: &mut Reader) -> Vec<Way> {
    let Some(text) = link.take("ways") else { return Way::FIRST.to_vec() };
    let named: Option<Vec<Way>> = text.split(',').map(Way::from_id).collect();
    match named {
        Some(named) => Way::ALL.into_iter().filter(|way| named.contains(way)).collect(),
        None => {
            let words: Vec<_> = Way::ALL.into_iter().map(Way::id).collect();
            link.note("ways", &format!("they have to be of {}", words.join(", ")));
            Way::FIRST.to_vec()
        }
    }
}

/// A number a layer, parted by commas; the layers are as many as the longest list, and a short one goes on with its last.
fn read_stack(link: &mut Reader) -> Stack {
    let first = Layer::new(3, 2);
    let mut list = |key: &str, range: std::ops::RangeInclusive<usize>, default: usize| {
        let Some(text) = link.take(key) else { return vec![default] };
        let numbers: Option<Vec<usize>> = text.split(',').map(|part| part.parse().ok()).collect();
        match numbers {
            Some(numbers)
                if stack::LAYERS.contains(&numbers.len()) && numbers.iter().all(|number| range.contains(number)) =>
            {
                numbers
            }
            _ => {
                let (from, to, most) = (range.start(), range.end(), stack::LAYERS.end());
                link.note(key, &format!("it has to be up to {most} whole numbers from {from} to {to}"));
                vec![default]
            }
        }
    };
    let masks = list("k", stack::MASK, first.mask);
    let strides = list("s", stack::STRIDE, first.stride);
    let paddings = list("p", 0..=3, 0);
    let count = masks.len().max(strides.len()).max(paddings.len());
    let at = |list: &[usize], place: usize| list.get(place).or(list.last()).copied().unwrap_or(0);
    let layer = |place| Layer { mask: at(&masks, place), stride: at(&strides, place), padding: at(&paddings, place) };
    let mut layers: Vec<Layer> = (0..count).map(layer).collect();
    if layers.iter().any(|layer| layer.clamped() != *layer) {
        link.note("p", "a padding has to be less than half of the mask");
        layers.iter_mut().for_each(|layer| layer.padding = 0);
    }
    Stack::new(layers)
}

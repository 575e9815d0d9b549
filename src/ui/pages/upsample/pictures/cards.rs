//! The cards of the ways that are compared, small under the lab or large by themselves.

use super::{
    card::{Aside as Beside, Card, Plan},
    words,
    zoom::{Room, Unit, use_room},
};
use crate::{
    engine::{Findings, Request},
    lesson::{
        notation::decimals,
        picture::Picture,
        upsample::{
            Aside, UpsampleAction, UpsampleLesson, Way,
            corner::{Setting, corner},
            meaning::{cropping, meaning},
        },
    },
    ui::pictures::{
        canvas::use_css_variables,
        desk::{Answer, Desk},
    },
    web::{
        canvas::Pixels,
        comparison::{Comparison, Places},
        theme,
        wire::Body,
    },
};
use yew::prelude::*;

/// The names of cards whose ways are not told.
const LETTERS: [&str; 11] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];
/// Between two cards, and between the pictures of one, in CSS pixels as in the style sheet.
const GAPS: [f64; 2] = [16.0, 6.0];
/// The picture's room may be so much larger to be filled exactly.
const SLACK: f64 = 1.09;
/// The widest card that is made so wide for its picture's sake.
const MOST_ONCE: f64 = 450.0;
/// The room for the picture where there is enough, in CSS pixels.
const LEAST_WHOLE: f64 = 136.0;

#[derive(Clone, Properties, PartialEq)]
pub struct CardsProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// The worker's side.
    pub desk: Desk,
    /// Whether they stand small under the lab.
    pub compact: bool,
    /// The ways to be shown as A, B, C, without a word on what they are.
    #[prop_or_default]
    pub anonymous: Option<Vec<Way>>,
    /// Whether it is told by now what these are.
    #[prop_or_default]
    pub told: bool,
}

/// The cards. Time that passes on the stage does not draw them again.
#[component]
pub fn Cards(props: &CardsProps) -> Html {
    let CardsProps { lesson, act, desk, compact, anonymous, told } = props.clone();
    let lesson = UpsampleLesson { position: 0.0, playing: false, ..lesson };
    html! { <StillCards {lesson} {act} {desk} {compact} {anonymous} {told} /> }
}

#[component]
fn StillCards(props: &CardsProps) -> Html {
    let CardsProps { lesson, act, desk, compact, anonymous, told } = props;
    let unknown = anonymous.is_some() && !told;
    let node = use_node_ref();
    let room = use_room(&node);
    let answer = desk.answer.clone();
    let shown = answer.as_deref().and_then(|answer| Some((answer, comparison(answer)?)));
    let ways: Vec<usize> = shown.map_or_else(Vec::new, |(_, comparison)| order(comparison, anonymous.as_deref()));
    let with_sources = !compact && anonymous.is_none();
    let sources = usize::from(with_sources) * (1 + usize::from(shown.is_some_and(|(_, it)| it.has_truth)));
    let count = ways.len() + sources;
    let (columns, plan) = match (room, shown) {
        (Some(room), Some((answer, comparison))) => {
            let kind = match (*compact, anonymous) {
                (true, _) => Kind::Compact,
                (false, Some(_)) => Kind::LinedUp,
                (false, None) => Kind::Large,
            };
            let (columns, plan) = plan(lesson, answer, comparison, room, kind, count);
            (columns, Some(plan))
        }
        _ => (4, None),
    };
    let px =
        |pick: fn(&Plan) -> f64| plan.as_ref().map_or_else(|| "0px".to_owned(), |plan| format!("{}px", pick(plan)));
    use_css_variables(
        &node,
        vec![
            ("--columns", columns.to_string()),
            ("--whole", px(|plan| plan.whole)),
            ("--aside-across", px(|plan| plan.aside[0])),
            ("--aside-down", px(|plan| plan.aside[1])),
        ],
    );
    let on_corner = act.reform(UpsampleAction::Corner);
    let card = |place: usize, n: usize| {
        let ((answer, comparison), plan) = (shown?, plan?);
        let (way, findings) = &comparison.ways[ways[place]];
        let pictures = comparison.places(ways[place]);
        let letter = LETTERS[n % LETTERS.len()];
        let name: AttrValue = match anonymous {
            None => way.name().into(),
            Some(_) if *told => format!("{letter} · {}", way.name()).into(),
            Some(_) => letter.into(),
        };
        // What stands out is for the reader to find while nobody is to know which way it is.
        let peaks = if unknown { Vec::new() } else { findings.peaks.clone() };
        let aside = beside(answer, lesson.aside, pictures, peaks);
        Some(html! {
            <Card
                key={way.id()}
                {name}
                pixels={picture(answer, pictures.picture)}
                {aside}
                {plan}
                on_corner={on_corner.clone()}
            >
                if !unknown {
                    { lines(*way, findings, asked(answer).unwrap_or(lesson), *compact) }
                }
            </Card>
        })
    };
    let cards = (0..ways.len()).filter_map(|place| card(place, place));
    html! {
        <div ref={node} class={classes!("cards", compact.then_some("compact"), anonymous.is_some().then_some("lined-up"))}>
            if let (Some((answer, comparison)), Some(plan), true) = (shown, plan, with_sources) {
                { source_cards(answer, comparison, plan, lesson.aside, &on_corner) }
            }
            { for cards }
        </div>
    }
}

/// What the answer compares.
pub fn comparison(answer: &Answer) -> Option<&Comparison> {
    match &*answer.body {
        Body::Upsampled(comparison) => Some(comparison),
        _ => None,
    }
}

/// The settings that the answer is about, which may no more be those of the page.
fn asked(answer: &Answer) -> Option<&UpsampleLesson> {
    match &*answer.request {
        Request::Upsample(lesson) => Some(lesson),
        _ => None,
    }
}

/// What is wished for beside a picture.
fn beside(answer: &Answer, wished: Aside, places: Places, peaks: Vec<[f64; 2]>) -> Option<Beside> {
    Some(match wished {
        Aside::Difference => Beside::Difference(picture(answer, places.difference?)?),
        Aside::Spectrum => Beside::Spectrum { pixels: picture(answer, places.spectrum)?, share: 1.0, peaks },
    })
}

fn picture(answer: &Answer, place: usize) -> Option<Pixels> {
    answer.pictures.get(place).cloned()
}

/// The places of the ways to be shown, in their order.
fn order(comparison: &Comparison, anonymous: Option<&[Way]>) -> Vec<usize> {
    match anonymous {
        None => (0..comparison.ways.len()).collect(),
        Some(wanted) => {
            let place = |way: &Way| comparison.ways.iter().position(|(known, _)| known == way);
            wanted.iter().filter_map(place).collect()
        }
    }
}

/// Where the cards stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Small under the lab.
    Compact,
    /// By themselves.
    Large,
    /// A few to be told apart, as large as can be: what stands beside the picture stands below it.
    LinedUp,
}

/// How many cards stand in a row, and how large everything on them is.
fn plan(
    lesson: &UpsampleLesson,
    answer: &Answer,
    comparison: &Comparison,
    room: Room,
    kind: Kind,
    count: usize,
) -> (usize, Plan) {
    let [gap, inner] = GAPS;
    let large = (0..comparison.ways.len())
        .filter_map(|place| answer.pictures.get(comparison.places(place).picture))
        .fold([1, 1], |[width, height], pixels| [width.max(pixels.width), height.max(pixels.height)]);
    let longest = f64::from(large[0].max(large[1]));
    let presenting = theme::is_presenting();
    let compact = kind == Kind::Compact;
    let least = match (kind, presenting) {
        (Kind::Compact, _) => 212.0,
        (_, false) => 286.0,
        (_, true) => 380.0,
    };
    // Large cards are wide enough for every pixel of a picture that is not too large.
    let once = (3.0 * longest / room.density / SLACK + inner) / 2.0 + 1.0;
    let least = if !compact && once < MOST_ONCE { f64::max(least, once) } else { least };
    let most_columns = ((room.width + gap) / (least + gap)).floor().max(1.0) as usize;
    let most_columns = if compact { most_columns.min(count.max(4)) } else { most_columns.min(count.max(2)) };
    let width_in = |columns: usize| ((room.width - gap * (columns - 1) as f64) / columns as f64).floor();
    // The picture has two thirds of the card, or a little more where that is what the next whole multiple takes.
    let unit_in = |columns: usize, tallest: f64| {
        let width = width_in(columns);
        let most = if kind == Kind::LinedUp { width } else { (2.0 * width - inner) / 3.0 };
        let most = most.min(tallest).floor().max(40.0);
        let unit = Unit::fitting(large, [(most * SLACK).min(width); 2], room.density);
        if unit.smooth { Unit::fitting(large, [most; 2], room.density) } else { unit }
    };
    let (columns, unit) = match kind {
        // Under the lab the cards take what the lab leaves of the window.
        Kind::Compact => {
            let tallest = ((room.window - 800.0) * 0.42 + LEAST_WHOLE).clamp(LEAST_WHOLE, 240.0);
            (most_columns, unit_in(most_columns, if most_columns == 1 { 400.0 } else { tallest }))
        }
        Kind::Large if presenting => filling(large, room, most_columns, count, &unit_in),
        Kind::Large => (most_columns, unit_in(most_columns, 400.0)),
        // Two thirds of what the window leaves are for the picture.
        Kind::LinedUp => (most_columns, unit_in(most_columns, f64::max(240.0, (room.window - 260.0) / 1.5))),
    };
    let width = width_in(columns);
    let snapped = |length: f64| (length * room.density).round() / room.density;
    // A picture that needs less than its room stands in the middle of it: what is beside it needs the height.
    let room_for_it = if kind == Kind::LinedUp { 0.0 } else { LEAST_WHOLE.min((2.0 * width - inner) / 3.0) };
    let whole = snapped((longest * unit.size).max(room_for_it));
    let aside = if kind == Kind::LinedUp {
        // What tells them apart has all the room that there is.
        let least = (whole - inner) / 2.0;
        let left = room.window - 260.0 - whole;
        [((width - inner) / 2.0).min(f64::max(least, left)).floor(); 2]
    } else {
        let down = (whole - inner) / 2.0;
        [(width - inner - whole).clamp(20.0, f64::max(20.0, down)), down]
    };
    let small = picture(answer, Comparison::SMALL.picture).map_or([1, 1], |small| [small.width, small.height]);
    let corner = corner(&Setting {
        close: lesson.close,
        middle: lesson.corner,
        room: aside,
        drawn: unit.size,
        density: room.density,
        scale: comparison.scale,
        small: small.map(|side| side as usize),
    });
    let period = comparison.scale;
    (columns, Plan { whole, aside, density: room.density, unit, period, corner, middle: lesson.corner })
}

/// As many columns as make the pictures largest while all cards are in sight at once, on a screen for many.
fn filling(
    large: [u32; 2],
    room: Room,
    most_columns: usize,
    count: usize,
    unit_in: &impl Fn(usize, f64) -> Unit,
) -> (usize, Unit) {
    // Name and lines of a card, and what is around all of them.
    let (words, around) = if room.width >= 1500.0 { (134.0, 28.0) } else { (118.0, 28.0) };
    let mut best: Option<(usize, Unit)> = None;
    for columns in (1..=most_columns).rev() {
        let rows = count.div_ceil(columns) as f64;
        let tallest = (room.window - around) / rows - words;
        let unit = unit_in(columns, tallest / SLACK);
        let fits = f64::from(large[0].max(large[1])) * unit.size <= tallest;
        if fits && tallest > LEAST_WHOLE && best.is_none_or(|(_, best)| unit.size > best.size) {
            best = Some((columns, unit));
        }
    }
    best.unwrap_or_else(|| (most_columns, unit_in(most_columns, 400.0)))
}

/// What all ways start from, and what they are compared with.
fn source_cards(
    answer: &Answer,
    comparison: &Comparison,
    plan: Plan,
    wished: Aside,
    on_corner: &Callback<[f64; 2]>,
) -> Html {
    let small = picture(answer, Comparison::SMALL.picture);
    let aside = |places| beside(answer, wished, places, Vec::new());
    // Half a cycle for each small pixel is far less for each large one.
    let within = match aside(Comparison::SMALL) {
        Some(Beside::Spectrum { pixels, peaks, .. }) => {
            Some(Beside::Spectrum { pixels, share: 1.0 / comparison.scale as f64, peaks })
        }
        aside => aside,
    };
    let size = |pixels: &Option<Pixels>, note: &str| {
        pixels.as_ref().map(|pixels| format!("{} × {}{note}", pixels.width, pixels.height)).unwrap_or_default()
    };
    // Samples and drawings have the pixels that they have, whatever size is wished for.
    let all_it_has = |pixels: &Option<Pixels>, cropped: usize| {
        let longest = pixels.as_ref().map_or(u32::MAX, |pixels| pixels.width.max(pixels.height));
        let is_short = asked(answer).is_some_and(|lesson| {
            lesson.work.picture != Picture::Sprite && (longest as usize).saturating_add(cropped) <= lesson.work.size
        });
        if is_short { ", all it has" } else { "" }
    };
    let from_start = if comparison.has_truth { "" } else { all_it_has(&small, 1) };
    let truth = comparison.truth().and_then(|places| Some((places, picture(answer, places.picture)?)));
    html! {
        <>
            <Card
                key="small"
                name="Small"
                note={size(&small, from_start)}
                pixels={small}
                each={comparison.scale as u32}
                aside={within}
                {plan}
                on_corner={on_corner.clone()}
            >
                <p>{ "What all of them start from" }<br />{ format!("Large ones are shown {}", plan.unit.text()) }
                    if plan.unit.smooth {
                        { ": a grid shows in the corner only" }
                    }
                    if wished == Aside::Spectrum {
                        <br />{ "Its frequencies are the lowest of theirs" }
                    }</p>
            </Card>
            if let Some((places, truth)) = truth {
                <Card
                    key="original"
                    name="Original"
                    note={size(&Some(truth.clone()), all_it_has(&Some(truth.clone()), comparison.scale))}
                    pixels={truth}
                    aside={aside(places)}
                    {plan}
                    on_corner={on_corner.clone()}
                >
                    <p>{ "What the small one was made of" }</p>
                </Card>
            }
        </>
    }
}

/// What a way is, and what it came to.
fn lines(way: Way, findings: &Findings, lesson: &UpsampleLesson, compact: bool) -> Html {
    let grade = if findings.is_checkered { "bad" } else { "none" };
    let scored = !compact && !findings.psnr.is_nan();
    html! {
        <p>
            { meaning(way, lesson) }
            if let Some(cropped) = cropping(way, lesson).filter(|_| !compact && !theme::is_presenting()) {
                <br />
                { cropped }
            }
            <br />
            { "Checkerboard " }<b data-checkerboard={grade}>{ words::checkerboard_in_short(findings, compact) }</b>
            if scored {
                <br />
                { "PSNR " }<b>{ format!("{} dB", decimals(findings.psnr, 1)) }</b>
                { ", SSIM " }<b>{ decimals(findings.ssim, 3) }</b>
            }
        </p>
    }
}

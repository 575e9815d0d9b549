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
        upsample::{Aside, UpsampleAction, UpsampleLesson, Way, meaning::meaning},
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
}

/// The cards. Time that passes on the stage does not draw them again.
#[component]
pub fn Cards(props: &CardsProps) -> Html {
    let CardsProps { lesson, act, desk, compact, anonymous } = props.clone();
    let lesson = UpsampleLesson { position: 0.0, playing: false, ..lesson };
    html! { <StillCards {lesson} {act} {desk} {compact} {anonymous} /> }
}

#[component]
fn StillCards(props: &CardsProps) -> Html {
    let CardsProps { lesson, act, desk, compact, anonymous } = props;
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
            let (columns, plan) = plan(lesson, answer, comparison, room, *compact, count);
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
        let name: AttrValue = if anonymous.is_some() { LETTERS[n % LETTERS.len()].into() } else { way.name().into() };
        // What stands out is for the reader to find while nobody is to know which way it is.
        let peaks = if anonymous.is_some() { Vec::new() } else { findings.peaks.clone() };
        let aside = beside(answer, lesson.aside, pictures, &name, peaks);
        Some(html! {
            <Card
                key={way.id()}
                {name}
                pixels={picture(answer, pictures.picture)}
                {aside}
                {plan}
                on_corner={on_corner.clone()}
            >
                if anonymous.is_none() {
                    { lines(*way, findings, asked(answer).unwrap_or(lesson), *compact) }
                }
            </Card>
        })
    };
    let cards = (0..ways.len()).filter_map(|place| card(place, place));
    html! {
        <div ref={node} class={classes!("cards", compact.then_some("compact"))}>
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

/// What is wished for beside a picture of this name.
fn beside(answer: &Answer, wished: Aside, places: Places, name: &str, peaks: Vec<[f64; 2]>) -> Option<Beside> {
    let (place, what, exact, peaks) = match wished {
        Aside::Difference => (places.difference?, "difference to the original", true, Vec::new()),
        Aside::Spectrum => (places.spectrum, "spectrum", false, peaks),
    };
    Some(Beside { label: format!("{name}, {what}").into(), pixels: picture(answer, place)?, exact, share: 1.0, peaks })
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

/// How many cards stand in a row, and how large everything on them is.
fn plan(
    lesson: &UpsampleLesson,
    answer: &Answer,
    comparison: &Comparison,
    room: Room,
    compact: bool,
    count: usize,
) -> (usize, Plan) {
    let [gap, inner] = GAPS;
    let large = (0..comparison.ways.len())
        .filter_map(|place| answer.pictures.get(comparison.places(place).picture))
        .fold([1, 1], |[width, height], pixels| [width.max(pixels.width), height.max(pixels.height)]);
    let longest = f64::from(large[0].max(large[1]));
    let least = match (compact, theme::is_presenting()) {
        (true, _) => 212.0,
        (false, false) => 286.0,
        (false, true) => 380.0,
    };
    // Large cards are wide enough for every pixel of a picture that is not too large.
    let once = (3.0 * longest / room.density / SLACK + inner) / 2.0 + 1.0;
    let least = if !compact && once < MOST_ONCE { f64::max(least, once) } else { least };
    let most_columns = ((room.width + gap) / (least + gap)).floor().max(1.0) as usize;
    let columns = if compact { most_columns.min(count.max(4)) } else { most_columns.min(count.max(2)) };
    let width = ((room.width - gap * (columns - 1) as f64) / columns as f64).floor();
    // Under the lab the cards take what the lab leaves of the window.
    let tallest = if compact { ((room.window - 800.0) * 0.42 + LEAST_WHOLE).clamp(LEAST_WHOLE, 240.0) } else { 400.0 };
    let tallest = if columns == 1 { 400.0 } else { tallest };
    // Two thirds for the picture, or a little more where that is what the next whole multiple takes; a picture that needs
    // less has a rim around it, and not too wide a one.
    let most = ((2.0 * width - inner) / 3.0).min(tallest).floor().max(40.0);
    let unit = Unit::fitting(large, [most * SLACK; 2], room.density);
    let unit = if unit.smooth { Unit::fitting(large, [most; 2], room.density) } else { unit };
    let whole = (longest * unit.size).max(most.min(LEAST_WHOLE));
    let whole = (whole * room.density).round() / room.density;
    let down = (whole - inner) / 2.0;
    let across = (width - inner - whole).clamp(20.0, down.max(20.0));
    let wanted = f64::from(lesson.close) * comparison.scale as f64;
    let plan = Plan {
        whole,
        aside: [across, down],
        density: room.density,
        unit,
        close: Unit::filling(wanted, across, room.density),
        period: comparison.scale,
        corner: lesson.corner,
    };
    (columns, plan)
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
    let aside = |places, name| beside(answer, wished, places, name, Vec::new());
    // Half a cycle for each small pixel is far less for each large one.
    let within =
        aside(Comparison::SMALL, "Small").map(|aside| Beside { share: 1.0 / comparison.scale as f64, ..aside });
    let size = |pixels: &Option<Pixels>| {
        pixels.as_ref().map(|pixels| format!("{} × {}", pixels.width, pixels.height)).unwrap_or_default()
    };
    let truth = comparison.truth().and_then(|places| Some((places, picture(answer, places.picture)?)));
    html! {
        <>
            <Card
                key="small"
                name="Small"
                note={size(&small)}
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
                    note={size(&Some(truth.clone()))}
                    pixels={truth}
                    aside={aside(places, "Original")}
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
            <br />
            { "Checkerboard " }<b data-checkerboard={grade}>{ words::checkerboard(findings) }</b>
            if scored {
                <br />
                { "PSNR " }<b>{ format!("{} dB", decimals(findings.psnr, 1)) }</b>
                { ", SSIM " }<b>{ decimals(findings.ssim, 3) }</b>
            }
        </p>
    }
}

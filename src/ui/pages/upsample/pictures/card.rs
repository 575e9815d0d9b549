//! A card: a picture, the corner of it that all cards magnify, and its spectrum or what it has too much or too little.

use super::zoom::Unit;
use crate::{
    imaging::shrink,
    lesson::upsample::corner::Corner,
    ui::pictures::{
        canvas::{PartCanvas, PixelCanvas, use_css_variables},
        controls::{PlaceTarget, place_target},
    },
    web::canvas::{Pixels, draw_bytes},
};
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// What all cards have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The side of the room for the picture, in CSS pixels.
    pub whole: f64,
    /// Width and height of the rooms for the corner and the spectrum.
    pub aside: [f64; 2],
    /// The screen's pixels for each CSS pixel.
    pub density: f64,
    /// How large a pixel of a large picture is drawn.
    pub unit: Unit,
    /// Checkerboards repeat after so many pixels: large pixels for each small one.
    pub period: usize,
    /// The corner, and how large a pixel is drawn in it.
    pub corner: Corner,
    /// The corner's middle, in percent of width and height.
    pub middle: [f64; 2],
}

/// What stands under the corner.
#[derive(Clone, PartialEq)]
pub enum Aside {
    /// The difference to the original, pixel by pixel: what is averaged hides the pattern. Where the whole has no room
    /// its corner, as large as the picture's.
    Difference(Pixels),
    /// The spectrum.
    Spectrum {
        /// Its picture, which fills its room smoothly.
        pixels: Pixels,
        /// The share of its room that it fills, along an axis: the frequencies of a small picture are the lowest of a
        /// large one.
        share: f64,
        /// Frequencies to be circled, rows and columns, in cycles a pixel.
        peaks: Vec<[f64; 2]>,
    },
}

#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// The caption.
    pub name: AttrValue,
    /// What stands behind it in the caption.
    #[prop_or_default]
    pub note: AttrValue,
    /// The picture.
    pub pixels: Option<Pixels>,
    /// How many pixels of a large picture one of this picture takes the place of.
    #[prop_or(1)]
    pub each: u32,
    /// What stands under the corner.
    #[prop_or_default]
    pub aside: Option<Aside>,
    /// What all cards have in common.
    pub plan: Plan,
    /// Told where the reader moves the corner.
    pub on_corner: Callback<[f64; 2]>,
    /// The lines below.
    #[prop_or_default]
    pub children: Html,
}

/// The card.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let CardProps { name, note, pixels, each, aside, plan, on_corner, children } = props;
    let node = use_node_ref();
    let factor = plan.period as f64 / f64::from((*each).max(1));
    let whole = plan.unit.size * f64::from(*each);
    let [width, height] = pixels.as_ref().map_or([1, 1], |pixels| [pixels.width, pixels.height]);
    // Edges lie on whole pixels of the screen.
    let snapped = |length: f64| (length * plan.density).round() / plan.density;
    let px = |count: f64| format!("{count}px");
    let percent = |part: f64, whole: u32| format!("{}%", part * factor / f64::from(whole) * 100.0);
    let Corner { unit: close, part: [left, top, across, down], seen } = plan.corner;
    let close = close * plan.period as f64;
    let [beside_width, beside_height] = aside.as_ref().map_or(plan.aside, |aside| aside.size(plan));
    use_css_variables(
        &node,
        vec![
            ("--picture-width", px(snapped(f64::from(width) * whole))),
            ("--picture-height", px(snapped(f64::from(height) * whole))),
            ("--corner-width", px(across as f64 * close)),
            ("--corner-height", px(down as f64 * close)),
            ("--aside-width", px(snapped(beside_width))),
            ("--aside-height", px(snapped(beside_height))),
            ("--lens-left", percent(left as f64, width)),
            ("--lens-top", percent(top as f64, height)),
            ("--lens-width", percent(seen[0], width)),
            ("--lens-height", percent(seen[1], height)),
        ],
    );
    let corner = |label: String, pixels: Option<Pixels>| {
        let pixel = |count: usize| (count as f64 * factor).round();
        let size = [across, down].map(|count| pixel(count) as u32);
        // The middle that the corner begins with its first pixel around.
        let middle = |start: usize, count: usize, side: u32| {
            (pixel(start) + pixel(count) / 2.0) / f64::from(side.max(1)) * 100.0
        };
        let middle = [middle(left, across, width), middle(top, down, height)];
        html! { <div class="view close"><PartCanvas {label} {pixels} {middle} {size} /></div> }
    };
    let PlaceTarget { onpointerdown, onpointermove, onkeydown } = place_target(plan.middle, 1.0, on_corner);
    let smooth = plan.unit.smooth.then_some("smooth");
    html! {
        <div class="fig card" ref={node}>
            <h2 class="cap">{ name }<small>{ note }</small></h2>
            <div class="looks">
                <div class="mat">
                    <div
                        class={classes!("view", "print", smooth)}
                        role="group"
                        tabindex="0"
                        aria-label={format!("{name}: arrow keys move the magnified corner")}
                        {onpointerdown} {onpointermove} {onkeydown}
                    >
                        { whole_picture(name.clone(), pixels, plan.unit.smooth.then_some(whole * plan.density), plan.period) }
                        <i class="lens" aria-hidden="true"></i>
                    </div>
                </div>
                { corner(format!("{name}, corner"), pixels.clone()) }
                {
                    match aside {
                        None => Html::default(),
                        Some(Aside::Difference(pixels)) if aside_unit(pixels, plan).smooth => {
                            corner(format!("{name}, corner of the difference to the original"), Some(pixels.clone()))
                        }
                        Some(Aside::Difference(pixels)) => html! {
                            <div class="view beside">
                                <div class="print">
                                    <PixelCanvas label={format!("{name}, difference to the original")} pixels={pixels.clone()} />
                                </div>
                            </div>
                        },
                        Some(Aside::Spectrum { pixels, share, peaks }) => html! {
                            <div class={classes!("view", "beside", (*share < 1.0).then_some("within"))}>
                                <div class="print smooth">
                                    <PixelCanvas label={format!("{name}, spectrum")} pixels={pixels.clone()} />
                                    if !peaks.is_empty() {
                                        { circles(peaks, [beside_width, beside_height]) }
                                    }
                                </div>
                            </div>
                        },
                    }
                }
            </div>
            { children.clone() }
        </div>
    }
}

impl Aside {
    /// Width and height that it is drawn at where it is shown as a whole, in CSS pixels.
    fn size(&self, plan: &Plan) -> [f64; 2] {
        let (pixels, unit) = match self {
            Self::Difference(pixels) => (pixels, aside_unit(pixels, plan).size),
            Self::Spectrum { pixels, share, .. } => {
                let fit = [pixels.width, pixels.height].into_iter().zip(plan.aside);
                (pixels, fit.map(|(side, room)| room / f64::from(side.max(1))).fold(f64::MAX, f64::min) * share)
            }
        };
        [pixels.width, pixels.height].map(|side| f64::from(side) * unit)
    }
}

/// How large the pixels of a difference are drawn if it is shown as a whole.
fn aside_unit(pixels: &Pixels, plan: &Plan) -> Unit {
    Unit::fitting([pixels.width, pixels.height], plan.aside, plan.density)
}

/// A picture, reduced where it has too many pixels: to so many of the screen's for each of its own.
fn whole_picture(label: AttrValue, pixels: &Option<Pixels>, reduced: Option<f64>, period: usize) -> Html {
    match (pixels, reduced) {
        (Some(pixels), Some(share)) if share < 1.0 => {
            html! { <ShrunkCanvas {label} pixels={pixels.clone()} {share} {period} /> }
        }
        _ => html! { <PixelCanvas {label} pixels={pixels.clone()} /> },
    }
}

#[derive(Properties, PartialEq)]
struct ShrunkCanvasProps {
    label: AttrValue,
    pixels: Pixels,
    /// Pixels of the screen for each of the picture's, along an axis; less than 1.
    share: f64,
    period: usize,
}

/// A picture with fewer pixels, among which no pattern of the period is left. The browser's own reduction would leave one
/// that is not there.
#[component]
fn ShrunkCanvas(props: &ShrunkCanvasProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.pixels.clone(), props.share, props.period), move |(pixels, share, period)| {
            let size = [pixels.width, pixels.height];
            let new = size.map(|side| (f64::from(side) * share).round().clamp(1.0, f64::from(side)) as u32);
            let small =
                shrink(size.map(|side| side as usize), &pixels.bytes.to_vec(), new.map(|side| side as usize), *period);
            if let (Some(canvas), Some(small)) = (node.cast::<HtmlCanvasElement>(), small) {
                // A lost context leaves the canvas blank; the browser has said so itself.
                let _ = draw_bytes(&canvas, new[0], new[1], &small);
            }
        });
    }
    html! { <canvas ref={node} width="1" height="1" role="img" aria-label={&props.label} /> }
}

/// So many peaks are marked, the highest: more would hide what they mark.
const MOST_MARKED: usize = 8;
/// The radius of circles around few peaks and around many, in CSS pixels.
const RADII: [f64; 2] = [6.0, 4.0];

/// A circle around each peak and its mirror images: at ½ a cycle the left rim is the right one.
fn circles(peaks: &[[f64; 2]], room: [f64; 2]) -> Html {
    let mut places: Vec<[f64; 2]> = Vec::new();
    for [down, across] in &peaks[..peaks.len().min(MOST_MARKED)] {
        for sign in [1.0, -1.0] {
            let ends = |frequency: f64| {
                let frequency = frequency * sign;
                let is_rim = (frequency.abs() - 0.5).abs() < 1e-9;
                [Some(frequency), is_rim.then_some(-frequency)].into_iter().flatten()
            };
            for y in ends(*down) {
                for x in ends(*across) {
                    let place = [(x + 0.5) * 100.0, (y + 0.5) * 100.0];
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
            }
        }
    }
    let radius = RADII[usize::from(peaks.len() >= MOST_MARKED)];
    // Circles of the page's pixels whatever the room.
    let [rx, ry] = room.map(|side| (100.0 * radius / side.max(1.0)).to_string());
    html! {
        <svg class="peaks" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            for (n, [x, y]) in places.iter().enumerate() {
                <ellipse key={n} cx={x.to_string()} cy={y.to_string()} rx={rx.clone()} ry={ry.clone()} />
            }
        </svg>
    }
}

//! A card: a picture, the corner of it that all cards magnify, and its spectrum or what it has too much or too little.

use super::zoom::{Unit, filled};
use crate::{
    imaging::shrink,
    ui::pictures::{
        canvas::{PartCanvas, PixelCanvas, part, use_css_variables},
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
    /// How large it is drawn in the corner.
    pub close: Unit,
    /// Checkerboards repeat after so many pixels.
    pub period: usize,
    /// The corner's middle, in percent of width and height.
    pub corner: [f64; 2],
}

/// What stands under the corner.
#[derive(Clone, PartialEq)]
pub struct Aside {
    /// Its accessible name.
    pub label: AttrValue,
    /// The picture.
    pub pixels: Pixels,
    /// Whether its pixels are those of the picture, and so drawn at whole multiples; else it fills its room smoothly.
    pub exact: bool,
    /// The share of its room that it fills, along an axis: the frequencies of a small picture are the lowest of a large one.
    pub share: f64,
    /// Frequencies to be circled, rows and columns, in cycles a pixel.
    pub peaks: Vec<[f64; 2]>,
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
    let each = f64::from(*each);
    let [width, height] = pixels.as_ref().map_or([1, 1], |pixels| [pixels.width, pixels.height]);
    let (whole, close) = (plan.unit.size * each, plan.close.size * each);
    let size = plan.aside.map(|side| filled(side, close));
    let [left, top, across, down] = pixels.as_ref().map_or([0, 0, 1, 1], |pixels| part(pixels, plan.corner, size));
    // Edges lie on whole pixels of the screen.
    let snapped = |length: f64| (length * plan.density).round() / plan.density;
    let px = |count: f64| format!("{count}px");
    let percent = |part: u32, whole: u32| format!("{}%", f64::from(part) / f64::from(whole) * 100.0);
    let beside = aside.as_ref().map(|aside| {
        let size = [aside.pixels.width, aside.pixels.height];
        let fit = size.iter().zip(plan.aside).map(|(side, room)| room / f64::from((*side).max(1)));
        let filling = Unit { size: fit.fold(f64::MAX, f64::min) * aside.share, smooth: true };
        let unit = if aside.exact { Unit::fitting(size, plan.aside, plan.density) } else { filling };
        (size.map(|side| f64::from(side) * unit.size), unit.smooth)
    });
    let (beside, beside_smooth) = beside.unwrap_or((plan.aside, false));
    use_css_variables(
        &node,
        vec![
            ("--picture-width", px(snapped(f64::from(width) * whole))),
            ("--picture-height", px(snapped(f64::from(height) * whole))),
            ("--corner-width", px(f64::from(across) * close)),
            ("--corner-height", px(f64::from(down) * close)),
            ("--aside-width", px(snapped(beside[0]))),
            ("--aside-height", px(snapped(beside[1]))),
            ("--lens-left", percent(left, width)),
            ("--lens-top", percent(top, height)),
            ("--lens-width", percent(across, width)),
            ("--lens-height", percent(down, height)),
        ],
    );
    let PlaceTarget { onpointerdown, onpointermove, onkeydown } = place_target(plan.corner, 1.0, on_corner);
    let smooth = plan.unit.smooth.then_some("smooth");
    html! {
        <div class="fig card" ref={node}>
            <h2 class="cap">{ name }<small>{ note }</small></h2>
            <div class="looks">
                <div class="view mat">
                    <div
                        class={classes!("print", smooth)}
                        role="group"
                        tabindex="0"
                        aria-label={format!("{name}: arrow keys move the magnified corner")}
                        {onpointerdown} {onpointermove} {onkeydown}
                    >
                        { whole_picture(name.clone(), pixels, plan.unit.smooth.then_some(whole * plan.density), plan.period) }
                        <i class="lens" aria-hidden="true"></i>
                    </div>
                </div>
                <div class="view close">
                    <PartCanvas
                        label={format!("{name}, corner")}
                        pixels={pixels.clone()}
                        middle={plan.corner}
                        {size}
                    />
                </div>
                if let Some(aside) = aside {
                    <div class={classes!("view", "beside", (aside.share < 1.0).then_some("within"))}>
                        <div class={classes!("print", beside_smooth.then_some("smooth"))}>
                            { beside_picture(aside, plan) }
                            if !aside.peaks.is_empty() {
                                { circles(&aside.peaks, beside) }
                            }
                        </div>
                    </div>
                }
            </div>
            { children.clone() }
        </div>
    }
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

/// The spectrum as it is, the difference reduced like a picture.
fn beside_picture(aside: &Aside, plan: &Plan) -> Html {
    let size = [aside.pixels.width, aside.pixels.height];
    let unit = Unit::fitting(size, plan.aside, plan.density);
    let reduced = (aside.exact && unit.smooth).then_some(unit.size * plan.density);
    whole_picture(aside.label.clone(), &Some(aside.pixels.clone()), reduced, plan.period)
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

/// A circle around each peak and its mirror images: at ½ a cycle the left rim is the right one.
fn circles(peaks: &[[f64; 2]], room: [f64; 2]) -> Html {
    let mut places: Vec<[f64; 2]> = Vec::new();
    for [down, across] in peaks {
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
    // A circle of six pixels of the page whatever the room.
    let [rx, ry] = room.map(|side| (600.0 / side.max(1.0)).to_string());
    html! {
        <svg class="peaks" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            for (n, [x, y]) in places.iter().enumerate() {
                <ellipse key={n} cx={x.to_string()} cy={y.to_string()} rx={rx.clone()} ry={ry.clone()} />
            }
        </svg>
    }
}

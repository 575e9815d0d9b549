//! A chart of lines and marks on a linear or logarithmic ground, as SVG.

use crate::lesson::notation::superscript;
use yew::prelude::*;

/// The room for what is written along the axes, in the drawing's own units.
const LEFT: f64 = 46.0;
const BOTTOM: f64 = 34.0;
const TOP: f64 = 10.0;
const RIGHT: f64 = 14.0;

/// The ground of one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    range: [f64; 2],
    logarithmic: bool,
    /// What is measured along it.
    pub caption: AttrValue,
}

impl Axis {
    /// Even steps; a range without extent is given some.
    pub fn linear([low, high]: [f64; 2], caption: impl Into<AttrValue>) -> Self {
        let range = if high - low > 0.0 { [low, high] } else { [low - 0.5, low + 0.5] };
        Self { range, logarithmic: false, caption: caption.into() }
    }

    /// Even factors, between numbers above 0.
    pub fn logarithmic([low, high]: [f64; 2], caption: impl Into<AttrValue>) -> Self {
        let low = low.max(1e-12);
        let range = if high > low * 1.01 { [low, high] } else { [low / 2.0, low * 2.0] };
        Self { range, logarithmic: true, caption: caption.into() }
    }

    /// 0…1 within the range, and kept there.
    fn part(&self, value: f64) -> f64 {
        let [low, high] = self.range;
        let part = if self.logarithmic {
            (value.max(1e-300) / low).log10() / (high / low).log10()
        } else {
            (value - low) / (high - low)
        };
        part.clamp(0.0, 1.0)
    }

    /// Round numbers within the range, at most about `most`, with their texts.
    fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let [low, high] = self.range;
        if self.logarithmic {
            let (from, to) = (low.log10().ceil() as i32, high.log10().floor() as i32);
            // Less than two decades want more than their ends.
            if to - from < 1 {
                let digits = [1.0, 2.0, 5.0];
                let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
                return decades
                    .flat_map(|ten| digits.map(|digit| digit * 10_f64.powi(ten)))
                    .filter(|value| (low..=high).contains(value))
                    .map(|value| (value, plain(value, value)))
                    .collect();
            }
            let stride = ((to - from) as usize / most.max(1) + 1) as i32;
            let tens = (from..=to).filter(|ten| ten.rem_euclid(stride) == 0);
            return tens.map(|ten| (10_f64.powi(ten), format!("10{}", superscript(&ten.to_string())))).collect();
        }
        let raw = (high - low) / most.max(1) as f64;
        let ten = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * ten).find(|step| *step >= raw).unwrap_or(ten);
        let (from, to) = ((low / step).ceil() as i64, (high / step).floor() as i64);
        (from..=to).map(|count| count as f64 * step).map(|value| (value, plain(value, step))).collect()
    }
}

/// A number without the noise of its binary form, as exact as `step`, so that no two that are a step apart look alike.
fn plain(value: f64, step: f64) -> String {
    let places = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// A line through points, broken where a value is no number.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its look: the last word of its class.
    pub class: &'static str,
    /// Its points, x and y.
    pub points: Vec<[f64; 2]>,
    /// What it is, written at its end and in the legend; nothing where it is evident.
    pub name: &'static str,
}

/// A point that means something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its look: `chosen` is a circle, `best` a diamond, `automatic` a tick on the ground.
    pub class: &'static str,
    /// Where it is, x and y.
    pub at: [f64; 2],
    /// What is written beside it.
    pub text: String,
}

/// A chart.
pub struct Chart {
    /// What it shows, as spoken.
    pub label: String,
    /// Along.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// The lines, the later over the earlier ones.
    pub lines: Vec<Line>,
    /// The marks over them.
    pub marks: Vec<Mark>,
    /// Width and height in the drawing's own units, which are pixels where there is room.
    pub size: [f64; 2],
}

/// The chart as a drawing with a legend under it where lines have names.
pub fn chart(chart: &Chart) -> Html {
    let [width, height] = chart.size;
    let ground = height - BOTTOM;
    let x = |value: f64| LEFT + chart.x.part(value) * (width - LEFT - RIGHT);
    let y = |value: f64| ground - chart.y.part(value) * (ground - TOP);
    let across = ((width - LEFT) / 90.0) as usize;
    let up = ((ground - TOP) / 34.0) as usize;
    let named: Vec<&Line> = chart.lines.iter().filter(|line| !line.name.is_empty()).collect();
    html! {
        <>
            <svg class="chart" viewBox={format!("0 0 {width} {height}")} role="img" aria-label={chart.label.clone()}>
                <g>
                    for (n, (value, text)) in chart.y.ticks(up).into_iter().enumerate() {
                        <g key={n}>
                            <path class="level" d={format!("M{LEFT} {:.1}H{:.1}", y(value), width - RIGHT)} />
                            <text class="ax" x={(LEFT - 7.0).to_string()} y={format!("{:.1}", y(value) + 4.0)} text-anchor="end">{ text }</text>
                        </g>
                    }
                </g>
                <g>
                    for (n, (value, text)) in chart.x.ticks(across).into_iter().enumerate() {
                        <g key={n}>
                            <path class="axs" d={format!("M{:.1} {ground}v5", x(value))} />
                            <text class="ax" x={format!("{:.1}", x(value))} y={(ground + 17.0).to_string()} text-anchor="middle">{ text }</text>
                        </g>
                    }
                </g>
                <path class="axs" d={format!("M{LEFT} {}V{ground}H{}", TOP - 4.0, width - RIGHT)} />
                <text class="ax name" x={(width - RIGHT).to_string()} y={(height - 3.0).to_string()} text-anchor="end">{ &chart.x.caption }</text>
                <text class="ax name" x={(LEFT + 6.0).to_string()} y={(TOP + 14.0).to_string()}>{ &chart.y.caption }</text>
                <g>
                    for (n, line) in chart.lines.iter().enumerate() {
                        <path key={n} class={classes!("line", line.class)} d={path(&line.points, x, y)} />
                    }
                </g>
                <g>
                    for (n, mark) in chart.marks.iter().enumerate() {
                        <g key={n} class={classes!("mark", mark.class)}>{ shape(mark, [x(mark.at[0]), y(mark.at[1])], [width, ground], n, &chart.marks) }</g>
                    }
                </g>
            </svg>
            if named.len() > 1 {
                <p class="legend" aria-hidden="true">
                    for line in named {
                        <span key={line.name}><svg viewBox="0 0 22 8"><path class={classes!("line", line.class)} d="M1 4H21" /></svg>{ line.name }</span>
                    }
                </p>
            }
        </>
    }
}

/// The line's course; a point that is no number ends a stroke and the next begins another.
fn path(points: &[[f64; 2]], x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> String {
    let mut course = String::new();
    let mut drawing = false;
    for [a, b] in points {
        if a.is_finite() && b.is_finite() {
            course += &format!("{}{:.1} {:.1}", if drawing { 'L' } else { 'M' }, x(*a), y(*b));
            drawing = true;
        } else {
            drawing = false;
        }
    }
    course
}

/// The mark and its text, which points away from the other marks and stays on the drawing.
fn shape(mark: &Mark, [x, y]: [f64; 2], [width, ground]: [f64; 2], number: usize, all: &[Mark]) -> Html {
    let figure = match mark.class {
        "best" => html! { <path d={format!("M{x:.1} {:.1}l7 7-7 7-7-7z", y - 7.0)} /> },
        "automatic" => html! { <path d={format!("M{x:.1} {ground}v-9")} /> },
        _ => html! { <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="7" /> },
    };
    let right_of_another = all.iter().enumerate().any(|(n, other)| {
        n != number && (other.at[0] < mark.at[0] || (other.at[0] == mark.at[0] && n < number)) && !other.text.is_empty()
    });
    let alone = all.iter().filter(|other| !other.text.is_empty()).count() < 2;
    let to_the_right = if alone { x < width * 0.6 } else { right_of_another };
    let to_the_right = if to_the_right { x < width - 130.0 } else { x < 150.0 };
    let (dx, anchor) = if to_the_right { (12.0, "start") } else { (-12.0, "end") };
    // Above the mark where there is no room under it.
    let below = if y + 22.0 > ground - 4.0 { y - 12.0 } else { y + 20.0 };
    html! {
        <>
            { figure }
            <text x={format!("{:.1}", x + dx)} y={format!("{below:.1}")} text-anchor={anchor}>{ &mark.text }</text>
        </>
    }
}

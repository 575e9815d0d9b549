//! The point-spread function and its transfer function, as pictures.

use crate::{imaging::Kernel, lesson::restore::RestoreLesson, web::canvas::draw_bytes};
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// The side of the picture of the transfer function.
const TRANSFER_SIDE: usize = 64;
/// The darkest response that is told from none, in decades below 1.
const DECADES: f32 = 3.0;

#[derive(Properties, PartialEq)]
pub struct PsfViewProps {
    pub lesson: RestoreLesson,
}

/// What a single point becomes, and how much of each frequency passes: dark rings are lost.
#[component]
pub fn PsfView(props: &PsfViewProps) -> Html {
    let (point, transfer) = (use_node_ref(), use_node_ref());
    let drawn = {
        // What the kernel depends on, and nothing else: noise and method leave the pictures as they are.
        let d = props.lesson.degradation();
        let sizes = [d.radius(), d.sigma(), d.side(), d.length(), d.angle(), d.reach(), d.ring()];
        let d = d.clone();
        use_memo((d.blur(), sizes, *d.drawn(), props.lesson.is_signal()), move |(.., signal)| {
            d.kernel(*signal).map(|kernel| (spread(&kernel), responses(&kernel)))
        })
    };
    {
        let (point, transfer) = (point.clone(), transfer.clone());
        use_effect_with(drawn, move |drawn| {
            let Some(((side, spread), responses)) = &**drawn else { return };
            if let Some(canvas) = point.cast::<HtmlCanvasElement>() {
                let _ = draw_bytes(&canvas, *side as u32, *side as u32, spread);
            }
            if let Some(canvas) = transfer.cast::<HtmlCanvasElement>() {
                let _ = draw_bytes(&canvas, TRANSFER_SIDE as u32, TRANSFER_SIDE as u32, responses);
            }
        });
    }
    html! {
        <span class="psfs">
            <span class="view psf">
                <canvas ref={point} width="1" height="1" role="img" aria-label="Point-spread function" />
            </span>
            <span class="view psf">
                <canvas ref={transfer} width="1" height="1" role="img" aria-label="Transfer function, log scale, zero frequency in the middle" />
            </span>
        </span>
    }
}

/// White on black, each picture pixel a canvas pixel, with a dark rim; a negative weight is shown red.
fn spread(kernel: &Kernel) -> (usize, Vec<u8>) {
    // A square of odd side, so that the point's place is the middle.
    let side = (kernel.height().max(kernel.width()) | 1) + 4;
    let brightest = kernel.weights().iter().fold(f32::MIN_POSITIVE, |largest, weight| largest.max(weight.abs()));
    let mut bytes = [0, 0, 0, 255].repeat(side * side);
    let [top, left] = kernel.centre().map(|centre| side / 2 - centre);
    for (index, weight) in kernel.weights().iter().enumerate() {
        let (row, column) = (top + index / kernel.width(), left + index % kernel.width());
        let grey = (weight.abs() / brightest * 255.0).round() as u8;
        let pixel = &mut bytes[(row * side + column) * 4..][..3];
        if *weight < 0.0 { pixel[0] = grey } else { pixel.fill(grey) }
    }
    (side, bytes)
}

/// |H| on a logarithmic scale, zero frequency in the middle. Directly by the definition along rows, then columns: the
/// picture is small, and a transform's plan would weigh more.
fn responses(kernel: &Kernel) -> Vec<u8> {
    let side = TRANSFER_SIDE;
    // There are no more turns than frequencies, for whole ones count for nothing.
    let turns: Vec<(f32, f32)> =
        (0..side).map(|part| (-std::f32::consts::TAU * part as f32 / side as f32).sin_cos()).collect();
    // Half a side more is half a side less, and so the zero frequency stands in the middle.
    let turn = |position: usize, frequency: usize| turns[(frequency + side / 2) * position % side];
    let mut along = vec![[0.0_f32; 2]; kernel.height() * side];
    for (row, weights) in kernel.weights().chunks_exact(kernel.width()).enumerate() {
        for l in 0..side {
            for (x, weight) in weights.iter().enumerate() {
                let (sine, cosine) = turn(x, l);
                along[row * side + l][0] += weight * cosine;
                along[row * side + l][1] += weight * sine;
            }
        }
    }
    let mut bytes = vec![255; side * side * 4];
    for k in 0..side {
        for l in 0..side {
            let mut sum = [0.0_f32; 2];
            for row in 0..kernel.height() {
                let (sine, cosine) = turn(row, k);
                let [re, im] = along[row * side + l];
                sum[0] += re * cosine - im * sine;
                sum[1] += re * sine + im * cosine;
            }
            let magnitude = sum[0].hypot(sum[1]).max(1e-9);
            let part = (1.0 + magnitude.log10() / DECADES).clamp(0.0, 1.0);
            bytes[(k * side + l) * 4..][..3].fill((255.0 * part) as u8);
        }
    }
    bytes
}

//! Transposed is not inverse: E·Cᵀ beside the regularised inverse, each convolved again, and the two checks.

use super::{
    ViewStageProps,
    figure::{Figure, data_cells, figure, times},
};
use crate::{
    lesson::{
        matrix::{
            Action, MatrixLesson,
            checks::{Adjoint, LoopAndProduct},
            inverse::{Candidate, Inverse, lambda_at, position_of},
            narration::place,
            preset::Preset,
            setup::size,
            spot::Array,
        },
        notation::{decimals, scientific},
        numbers::cell_text,
    },
    ui::{
        components::{number_grid::GridEvent, slider::Slider},
        pages::matrix::{cells::bound, prose::say},
    },
};
use ndarray::Array2;
use yew::prelude::*;

/// The distance of the slider's positions: ten to a power of ten.
const SLIDER_STEP: f64 = 0.0125;

/// The stage.
#[component]
pub fn InverseStage(props: &ViewStageProps) -> Html {
    let ViewStageProps { lesson, derived, act, on_grid } = props;
    let lambda = lesson.work.lambda;
    let inverse = use_memo((derived.clone(), lambda.to_bits()), |(derived, _)| Inverse::new(derived, lambda));
    let checks = use_memo(lesson.setup().clone(), |setup| (Adjoint::new(derived), LoopAndProduct::new(setup, derived)));
    // The output whose loop and product are told, and the cell at the same place of every array of its size.
    let pointed = use_state_eq(|| (0_usize, None::<(bool, usize)>));
    let on_point = |small: bool| {
        let pointed = pointed.clone();
        Callback::from(move |event: GridEvent| match event {
            GridEvent::Point(Some(n)) if small => pointed.set((n, Some((true, n)))),
            GridEvent::Point(place) => pointed.set((pointed.0, place.map(|n| (false, n)))),
            GridEvent::Pin(n) if small => pointed.set((n, Some((true, n)))),
            _ => {}
        })
    };
    let lit = |small: bool| {
        let at = pointed.1;
        move |n: usize| at == Some((small, n))
    };
    let own = |array: Array, values: &Array2<f32>, note: &str, small: bool| {
        let on_point = on_point(small);
        figure(
            lesson,
            Figure {
                label: &array.name(),
                note: format!("{}{note}", times(size(values))),
                slug: &array.slug(),
                size: size(values),
                cells: data_cells(values, bound(values.iter()), &lit(small)),
                editable: Some(array),
                on_event: on_grid.reform(move |event: GridEvent| {
                    on_point.emit(event.clone());
                    (array, event)
                }),
            },
        )
    };
    let candidate = |candidate: &Candidate, slugs: [&str; 2], names: [&str; 2]| {
        let array = |n: usize, cells: &Array2<f32>, small: bool| {
            figure(
                lesson,
                Figure {
                    label: names[n],
                    note: times(size(cells)),
                    slug: slugs[n],
                    size: size(cells),
                    cells: data_cells(cells, bound(cells.iter()), &lit(small)),
                    editable: None,
                    on_event: on_point(small),
                },
            )
        };
        html! {
            <>
                { array(0, &candidate.patch, false) }
                { array(1, &candidate.again, true) }
                { errors(candidate) }
            </>
        }
    };
    let came = if derived.own_input {
        "E is your own. Does any D lead to it?"
    } else {
        "E is the convolution of D. Is D what comes back?"
    };
    html! {
        <div class="inverse-view">
            <section class="column given" aria-label="What is given">
                <h2 class="formula-head">{ "Given" }</h2>
                <p class="about">{ came }</p>
                { own(Array::Patch, &lesson.setup().patch, "", false) }
                { own(Array::Input, &derived.input, if derived.own_input { ", your own" } else { ", the result" }, true) }
            </section>
            {
                match &*inverse {
                    Err(reason) => html! {
                        <section class="column refused-view" aria-label="Why there is nothing to compare">
                            <p class="refusal" role="alert">{ reason }</p>
                            if !derived.sizes().returns() {
                                <button
                                    type="button"
                                    class="btn"
                                    onclick={act.reform(|_| Action::FitOutputPadding)}
                                >
                                    { "Set the output_padding that leads back" }
                                </button>
                            } else {
                                { weight(lambda, act) }
                            }
                        </section>
                    },
                    Ok(inverse) => html! {
                        <>
                            <section class="column" aria-label="Transposed">
                                <h2 class="formula-head">{ transposed_formula() }<small>{ "transposed" }</small></h2>
                                <p class="about">{ "Every number of E laid out along its row; what meets is added." }</p>
                                {
                                    candidate(
                                        &inverse.transposed,
                                        ["transposed", "transposed-again"],
                                        ["Transposed result", "Convolved again"],
                                    )
                                }
                            </section>
                            <section class="column" aria-label="Regularised inverse">
                                <h2 class="formula-head">{ inverse_formula() }<small>{ "inverse" }</small></h2>
                                { weight(lambda, act) }
                                {
                                    candidate(
                                        &inverse.restored,
                                        ["restored", "restored-again"],
                                        ["Inverse result", "Inverse convolved again"],
                                    )
                                }
                            </section>
                            <p class="finding" role="status">
                                { inverse.sentence() }
                                <small>
                                    { format!(" CᵀC + λI has the condition {}.", scientific(inverse.condition)) }
                                </small>
                            </p>
                        </>
                    },
                }
            }
            <section class="checks" aria-label="Checks">
                { adjoint(&checks.0) }
                { loop_and_product(&checks.1, pointed.0.min(derived.outputs() - 1), derived.sizes().result[1]) }
            </section>
        </div>
    }
}

/// The slider for λ.
fn weight(lambda: f64, act: &Callback<Action>) -> Html {
    html! {
        <div class="ctl weight-slider">
            <Slider
                label="Weight λ"
                caption="λ"
                value={position_of(lambda)}
                min={0.0}
                max={1.0}
                step={SLIDER_STEP}
                text={scientific(lambda)}
                on_input={act.reform(|position| Action::Lambda(lambda_at(position)))}
            />
        </div>
    }
}

fn errors(candidate: &Candidate) -> Html {
    html! {
        <dl class="errors">
            <div><dt>{ "error against E" }</dt><dd>{ amount(candidate.result_error) }</dd></div>
            if let Some(error) = candidate.patch_error {
                <div><dt>{ "error against D" }</dt><dd>{ amount(error) }</dd></div>
            }
        </dl>
    }
}

/// A root mean square as printed: two decimals, or a power of ten where these would say nothing.
fn amount(value: f64) -> String {
    if value == 0.0 || value >= 0.005 { decimals(value, 2) } else { scientific(value) }
}

fn turned_c() -> Html {
    html! { <msup><mi>{ "C" }</mi><mi mathvariant="normal">{ "T" }</mi></msup> }
}

fn transposed_formula() -> Html {
    html! { <math><mrow><mi>{ "E" }</mi><mo>{ "·" }</mo>{ turned_c() }</mrow></math> }
}

fn inverse_formula() -> Html {
    html! {
        <math>
            <mrow>
                <mi>{ "E" }</mi><mo>{ "·" }</mo>
                <msup>
                    <mrow>
                        <mo stretchy="false">{ "(" }</mo>{ turned_c() }<mi>{ "C" }</mi><mo>{ "+" }</mo><mi>{ "λ" }</mi>
                        <mi mathvariant="normal">{ "I" }</mi><mo stretchy="false">{ ")" }</mo>
                    </mrow>
                    <mrow><mo>{ "−" }</mo><mn>{ "1" }</mn></mrow>
                </msup>
                { turned_c() }
            </mrow>
        </math>
    }
}

/// ⟨a, b⟩.
fn inner(left: Html, right: Html) -> Html {
    html! {
        <mrow><mo>{ "⟨" }</mo>{ left }<mo>{ "," }</mo>{ right }<mo>{ "⟩" }</mo></mrow>
    }
}

fn adjoint(adjoint: &Result<Adjoint, String>) -> Html {
    let d_c = html! { <mrow><msup><mi>{ "D" }</mi><mi mathvariant="normal">{ "T" }</mi></msup><mi>{ "C" }</mi></mrow> };
    let e_c = html! { <mrow><mi>{ "E" }</mi><mo>{ "·" }</mo>{ turned_c() }</mrow> };
    let formula = html! {
        <math>
            <mrow>
                { inner(d_c, html! { <mi>{ "E" }</mi> }) }<mo>{ "=" }</mo>
                { inner(html! { <mi>{ "D" }</mi> }, e_c) }
            </mrow>
        </math>
    };
    html! {
        <div class="proof" data-check="adjoint">
            <div class="claim">{ formula }</div>
            {
                match adjoint {
                    Ok(check) => both(["left", "right"], [check.forward, check.backward], check.holds()),
                    Err(reason) => html! { <p class="note">{ reason }</p> },
                }
            }
        </div>
    }
}

fn loop_and_product(check: &Result<LoopAndProduct, String>, output: usize, columns: usize) -> Html {
    html! {
        <div class="proof" data-check="loop">
            <div class="claim">{ "direct loop = matrix product" }</div>
            {
                match check {
                    Ok(check) => {
                        let [direct, product] = check.both(output).unwrap_or_default().map(f64::from);
                        let known = cell_text(check.largest as f32) == "0";
                        html! {
                            <>
                                { both(["loop", "product"], [direct, product], check.holds()) }
                                <p class="note">
                                    { format!("Here the result at {}. ", place(output, columns)) }
                                    if known {
                                        { "Over all results the two differ by nothing that a cell could show." }
                                    } else {
                                        { format!("The largest difference of all is {}.", amount(check.largest)) }
                                    }
                                </p>
                            </>
                        }
                    }
                    Err(reason) => html! { <p class="note">{ reason }</p> },
                }
            }
        </div>
    }
}

/// Two numbers that ought to be the same.
fn both(names: [&str; 2], values: [f64; 2], holds: bool) -> Html {
    html! {
        <p class="both">
            <span><small>{ names[0] }</small><b>{ cell_text(values[0] as f32) }</b></span>
            <i class={if holds { "holds" } else { "fails" }}>{ if holds { "=" } else { "≠" } }</i>
            <span><small>{ names[1] }</small><b>{ cell_text(values[1] as f32) }</b></span>
            <span class="seal">{ if holds { "✓ equal" } else { "not equal" } }</span>
        </p>
    }
}

/// The text.
pub fn prose(lesson: &MatrixLesson, act: &Callback<Action>) -> Html {
    let lambda = lesson.work.lambda;
    let at = |position: f64, words: &str| {
        say(act, (position_of(lambda) - position).abs() < SLIDER_STEP / 2.0, Action::Lambda(lambda_at(position)), words)
    };
    let load = |preset: Preset, words: &str| say(act, lesson.preset() == Some(preset), Action::Load(preset), words);
    html! {
        <>
            <h1>{ "Transposed is not inverse" }</h1>
            <p>
                { "E·Cᵀ has the size of D. That is all it has to do with it: it lays every number of E out along the \
                   mask and adds what meets. Nothing is divided, so nothing is undone." }
            </p>
            <p>
                { "The inverse asks another question: which array gives E when it is convolved? Four equations for \
                   sixteen numbers leave many answers; a little λ picks the smallest, and keeps it small." }
            </p>
            <p>
                { "With " }{ at(0.0, "hardly any λ") }
                { " the answer, convolved again, is E to the last digit. With " }{ at(0.75, "λ = 1") }
                { " it begins to give way, and with " }{ at(1.0, "a large λ") }
                { " it shrinks to a faint copy of the transpose: (CᵀC + λI)⁻¹ is then almost I/λ." }
            </p>
            <p>
                { "D itself comes back from neither. What C has thrown away, twelve of sixteen directions, no \
                   formula knows. Only where C loses nothing, as for the " }
                { load(Preset::Identity, "identity") }
                { " on the cells it reaches, do the two agree. A " }{ load(Preset::Box, "box") }
                { " shows how far they part." }
            </p>
            <h2>{ "Why it is called the transpose" }</h2>
            <p>
                { "Weigh the result with E, or weigh D with E·Cᵀ: both give the same number, whatever you type. \
                   That is the one promise of a transpose, and the reason that gradients flow through it." }
            </p>
            <p>{ say(act, false, Action::Load(Preset::Worked), "Back to the worked example") }</p>
        </>
    }
}

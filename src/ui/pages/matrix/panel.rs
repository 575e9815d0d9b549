//! The settings below the text: presets, sizes and geometry, each with its legal range, and the formula of the sizes.

use super::sides::Sides;
use crate::{
    convolution::PaddingMode,
    lesson::matrix::{Action, MatrixLesson, Wish, preset::Preset, settings::Setting, setup::Setup, wiring::Sizes},
    ui::components::{
        segmented::{SegmentedProps, segmented},
        steps::steps,
        take_away::take_away_elsewhere,
    },
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// Sets the state.
    pub act: Callback<Action>,
    /// What only the whole program brings along.
    pub sides: Option<&'static Sides>,
}

/// Presets, sizes, geometry.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let PanelProps { lesson, act, .. } = props;
    let apart = use_state_eq(|| !alike(lesson.setup()));
    let sizes = lesson.sizes();
    let field = |label: &'static str, settings: &'static [Setting]| {
        html! { <Count {label} {settings} setup={lesson.setup().clone()} act={act.clone()} /> }
    };
    let refusal = lesson.refusal.as_ref().filter(|refusal| !matches!(refusal.wish, Wish::Cell(..) | Wish::Channels));
    let on_apart = {
        let apart = apart.clone();
        Callback::from(move |event: Event| apart.set(event.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    let in_force = lesson.setup().mode.slug();
    let on_mode = act.reform(move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        let chosen = select.value();
        // A mode that is refused must not stay on show; one that is taken over is chosen again when the panel is drawn.
        select.set_value(in_force);
        PaddingMode::ALL.into_iter().find(|mode| mode.slug() == chosen).map_or(Action::LetGo, Action::Mode)
    });
    let split = *apart || !alike(lesson.setup());
    let mode = html! {
        <label class="count" key="mode">
            <span>{ "padding mode" }</span>
            <select aria-label="Padding mode" onchange={on_mode}>
                for mode in PaddingMode::ALL {
                    <option key={mode.slug()} value={mode.slug()} selected={mode == lesson.setup().mode}>
                        { mode.slug() }
                    </option>
                }
            </select>
        </label>
    };
    let flip = html! {
        <div class="count" key="flip">
            <span>{ "flip mask" }</span>
            { segmented(&SegmentedProps { label: "Flip the mask".into(), options: vec!["off".into(), "on".into()], chosen: usize::from(lesson.setup().flip), on_choose: act.reform(|n| Action::Flip(n == 1)) }) }
        </div>
    };
    html! {
        <section class="panel" aria-label="Settings">
            { presets(props) }
            <div class="fields sizes">
                { field("patch ↓", &[Setting::PatchRows]) }
                { field("→", &[Setting::PatchColumns]) }
                { field("mask ↓", &[Setting::MaskRows]) }
                { field("→", &[Setting::MaskColumns]) }
            </div>
            if split {
                <div class="fields sizes" key="split">
                    { field("stride ↓", &[Setting::StrideRows]) }
                    { field("stride →", &[Setting::StrideColumns]) }
                    { field("dilation ↓", &[Setting::DilationRows]) }
                    { field("dilation →", &[Setting::DilationColumns]) }
                    { field("pad top", &[Setting::PaddingTop]) }
                    { field("bottom", &[Setting::PaddingBottom]) }
                    { field("left", &[Setting::PaddingLeft]) }
                    { field("right", &[Setting::PaddingRight]) }
                    { field("out_pad ↓", &[Setting::OutputPaddingRows]) }
                    { field("→", &[Setting::OutputPaddingColumns]) }
                    { mode.clone() }
                    { flip.clone() }
                </div>
            } else {
                <div class="fields joint" key="joint">
                    { field("stride", &[Setting::StrideRows, Setting::StrideColumns]) }
                    {
                        field("padding", &[
                            Setting::PaddingTop,
                            Setting::PaddingBottom,
                            Setting::PaddingLeft,
                            Setting::PaddingRight,
                        ])
                    }
                    { field("dilation", &[Setting::DilationRows, Setting::DilationColumns]) }
                    { field("output_padding", &[Setting::OutputPaddingRows, Setting::OutputPaddingColumns]) }
                    { mode }
                    { flip }
                </div>
            }
            <div class="take-row">
            <label class="check">
                <input type="checkbox" checked={split} disabled={!alike(lesson.setup())} onchange={on_apart} />
                { "Each side on its own" }
            </label>
                {
                    match props.sides {
                        Some(sides) => (sides.take_away)(lesson),
                        None => take_away_elsewhere::<MatrixLesson>(),
                    }
                }
            </div>
            if let Some(refusal) = refusal {
                <p class="refusal" role="alert">{ &refusal.reason }</p>
            }
            { formulas(&FormulasProps { setup: lesson.setup().clone(), sizes, act: act.clone() }) }
        </section>
    }
}

/// Whether both axes and all sides have the same geometry.
fn alike(setup: &Setup) -> bool {
    let geometry = &setup.geometry;
    let padding = geometry.padding.as_flattened();
    let output_padding = setup.shown_output_padding();
    geometry.stride[0] == geometry.stride[1]
        && geometry.dilation[0] == geometry.dilation[1]
        && output_padding[0] == output_padding[1]
        && padding.iter().all(|side| *side == padding[0])
}

#[derive(Properties, PartialEq)]
struct CountProps {
    label: &'static str,
    settings: &'static [Setting],
    setup: std::rc::Rc<Setup>,
    act: Callback<Action>,
}

/// A whole number with its legal range. Its buttons go on working at the limits: then they say why not.
#[component]
fn Count(props: &CountProps) -> Html {
    let settings = props.settings;
    let value = props.setup.value(settings[0]);
    // What is legal follows from sizes and geometry, whatever the numbers are: an edit of a cell leaves it alone.
    let setup = &props.setup;
    let shape = (setup.patch.dim(), setup.mask.dim(), setup.geometry, setup.mode, props.label);
    let legal = use_memo(shape, |_| setup.legal(settings));
    let set = move |value: usize| Action::Set(settings.to_vec(), value);
    let less = props.act.reform(move |_: MouseEvent| set(value.saturating_sub(1)));
    let more = props.act.reform(move |_: MouseEvent| set(value + 1));
    let (least, most) = (*legal.start(), *legal.end());
    let name = spoken(settings);
    html! {
        <div class="count" role="group" aria-label={name}>
            <span>
                { props.label }{ " " }
                <small>{ if least == most { least.to_string() } else { format!("{least}–{most}") } }</small>
            </span>
            <span class="num">
                <button
                    type="button"
                    aria-label={format!("Less {name}")}
                    class={(value <= least).then_some("limit")}
                    onclick={less}
                >
                    { "−" }
                </button>
                <b aria-live="polite">{ value }</b>
                <button
                    type="button"
                    aria-label={format!("More {name}")}
                    class={(value >= most).then_some("limit")}
                    onclick={more}
                >
                    { "+" }
                </button>
            </span>
        </div>
    }
}

/// The accessible name of a number, whole where the printed label leans on its neighbour.
fn spoken(settings: &[Setting]) -> &'static str {
    match settings {
        [Setting::PatchRows] => "patch rows",
        [Setting::PatchColumns] => "patch columns",
        [Setting::MaskRows] => "mask rows",
        [Setting::MaskColumns] => "mask columns",
        [Setting::StrideRows] => "stride down",
        [Setting::StrideColumns] => "stride across",
        [Setting::PaddingTop] => "padding at the top",
        [Setting::PaddingBottom] => "padding at the bottom",
        [Setting::PaddingLeft] => "padding at the left",
        [Setting::PaddingRight] => "padding at the right",
        [Setting::DilationRows] => "dilation down",
        [Setting::DilationColumns] => "dilation across",
        [Setting::OutputPaddingRows] => "output_padding down",
        [Setting::OutputPaddingColumns] => "output_padding across",
        [Setting::StrideRows, ..] => "stride",
        [Setting::PaddingTop, ..] => "padding",
        [Setting::DilationRows, ..] => "dilation",
        _ => "output_padding",
    }
}

/// Ready-made numbers, the seed of the random ones, and where E comes from.
fn presets(props: &PanelProps) -> Html {
    let PanelProps { lesson, act, .. } = props;
    let preset = lesson.preset();
    let on_preset = act.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        Preset::ALL.into_iter().find(|preset| preset.title() == chosen).map_or(Action::LetGo, Action::Load)
    });
    html! {
        <div class="presets">
            <select class="btn" aria-label="Preset" onchange={on_preset}>
                if preset.is_none() {
                    <option key="own" selected={true}>{ "Your own numbers" }</option>
                }
                for each in Preset::ALL {
                    <option key={each.title()} value={each.title()} selected={preset == Some(each)}>
                        { each.title() }
                    </option>
                }
            </select>
            {
                steps(
                    (lesson.history.can_undo(&lesson.work), act.reform(|_| Action::Undo)),
                    (lesson.history.can_redo(&lesson.work), act.reform(|_| Action::Redo)),
                )
            }
            if preset == Some(Preset::Random) {
                <button type="button" class="btn" key="seed" onclick={act.reform(|_| Action::Reseed)}>
                    { format!("Seed {}: next", lesson.work.seed) }
                </button>
            } else if lesson.setup().input.is_some() {
                <button type="button" class="btn" key="follow" onclick={act.reform(|_| Action::FollowResult)}>
                    { "E from the result" }
                </button>
            }
        </div>
    }
}

struct FormulasProps {
    setup: std::rc::Rc<Setup>,
    sizes: Sizes,
    act: Callback<Action>,
}

/// The sizes, with the numbers of the stage in their formulas.
fn formulas(props: &FormulasProps) -> Html {
    let FormulasProps { setup, sizes, act } = props;
    let geometry = &setup.geometry;
    let same = (0..2).all(|axis| {
        sizes.patch[0] == sizes.patch[axis]
            && sizes.mask[0] == sizes.mask[axis]
            && geometry.stride[0] == geometry.stride[axis]
            && geometry.dilation[0] == geometry.dilation[axis]
            && geometry.padding[0] == geometry.padding[axis]
            && setup.shown_output_padding()[0] == setup.shown_output_padding()[axis]
    });
    let axes = if same { 0..1 } else { 0..2 };
    let fitting = setup.fitting_output_padding();
    let needed =
        if fitting[0] == fitting[1] { fitting[0].to_string() } else { format!("{} and {}", fitting[0], fitting[1]) };
    html! {
        <div class="formula">
            for axis in axes {
                <div key={axis}>
                    if !same {
                        <small>{ ["down", "across"][axis] }</small>
                    }
                    { convolution_size(setup, *sizes, axis) }
                    { transposed_size(setup, *sizes, axis) }
                </div>
            }
            if !sizes.returns() {
                <p>
                    {
                        format!(
                            "The transposed result is {} × {}, the patch {} × {}: the stride has left a rest over. ",
                            sizes.grown[0], sizes.grown[1], sizes.patch[0], sizes.patch[1],
                        )
                    }
                    <button type="button" class="say" onclick={act.reform(|_| Action::FitOutputPadding)}>
                        { format!("output_padding {needed}") }
                    </button>
                    { " brings the patch’s size back." }
                </p>
            }
        </div>
    }
}

fn convolution_size(setup: &Setup, sizes: Sizes, axis: usize) -> Html {
    let geometry = &setup.geometry;
    let [before, after] = geometry.padding[axis];
    html! {
        <math display="inline">
            <mi>{ "o" }</mi><mo>{ "=" }</mo><mo>{ "⌊" }</mo>
            <mfrac>
                <mrow>
                    <mn>{ sizes.patch[axis] }</mn><mo>{ "+" }</mo><mn>{ before }</mn><mo>{ "+" }</mo><mn>{ after }</mn>
                    <mo>{ "−" }</mo><mn>{ geometry.dilation[axis] }</mn><mo>{ "·" }</mo>
                    <mo>{ "(" }</mo><mn>{ sizes.mask[axis] }</mn><mo>{ "−" }</mo><mn>{ "1" }</mn><mo>{ ")" }</mo>
                    <mo>{ "−" }</mo><mn>{ "1" }</mn>
                </mrow>
                <mn>{ geometry.stride[axis] }</mn>
            </mfrac>
            <mo>{ "⌋" }</mo><mo>{ "+" }</mo><mn>{ "1" }</mn><mo>{ "=" }</mo><mn>{ sizes.result[axis] }</mn>
        </math>
    }
}

fn transposed_size(setup: &Setup, sizes: Sizes, axis: usize) -> Html {
    let geometry = &setup.geometry;
    let [before, after] = geometry.padding[axis];
    html! {
        <math display="inline">
            <mi>{ "n" }</mi><mo>{ "=" }</mo>
            <mo>{ "(" }</mo><mn>{ sizes.result[axis] }</mn><mo>{ "−" }</mo><mn>{ "1" }</mn><mo>{ ")" }</mo>
            <mo>{ "·" }</mo><mn>{ geometry.stride[axis] }</mn>
            <mo>{ "−" }</mo><mn>{ before }</mn><mo>{ "−" }</mo><mn>{ after }</mn>
            <mo>{ "+" }</mo><mn>{ geometry.dilation[axis] }</mn><mo>{ "·" }</mo>
            <mo>{ "(" }</mo><mn>{ sizes.mask[axis] }</mn><mo>{ "−" }</mo><mn>{ "1" }</mn><mo>{ ")" }</mo>
            <mo>{ "+" }</mo><mn>{ setup.shown_output_padding()[axis] }</mn>
            <mo>{ "+" }</mo><mn>{ "1" }</mn><mo>{ "=" }</mo><mn>{ sizes.grown[axis] }</mn>
        </math>
    }
}

//! The method, its parameters, and what all methods share.

use crate::{
    lesson::{
        notation::scientific,
        restore::{
            Choose, RestoreAction, RestoreLesson, control_range,
            narration::{rule_name, start_name, treatment_name},
        },
    },
    restoration::{DESCRIPTIONS, Description, Family, Parameter, Positivity, Rule, Scale},
    ui::{
        components::{
            segmented::{SegmentedProps, segmented},
            slider::Slider,
        },
        pages::restore::told::Told,
        pictures::{
            canvas::use_css_variables,
            controls::{Menu, check},
        },
    },
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The families as the menu's groups.
const FAMILIES: [(Family, &str); 3] = [
    (Family::Linear, "Linear filters"),
    (Family::Iterative, "Step by step"),
    (Family::Blind, "Blind: the blur is sought too"),
];

/// The method, its parameters and its rule.
pub fn method(lesson: &RestoreLesson, act: &Callback<RestoreAction>, told: Option<&Told>) -> Html {
    let choice = lesson.choice();
    let description = choice.description();
    let on_method = act.reform(|id: String| Choose::Method(crate::restoration::place(&id).unwrap_or_default()).into());
    let groups: Vec<(AttrValue, Vec<(AttrValue, AttrValue)>)> = FAMILIES
        .iter()
        .map(|(family, name)| {
            let methods = DESCRIPTIONS.iter().filter(|method| method.family == *family);
            (AttrValue::from(*name), methods.map(|method| (method.id.into(), method.name.into())).collect())
        })
        .collect();
    html! {
        <>
            <hr />
            <Menu label="Method" {groups} chosen={description.id} on_choose={on_method} />
            if let Some(parameter) = description.parameters.first().filter(|parameter| !is_word(parameter)) {
                <First
                    key={description.id}
                    lesson={lesson.clone()}
                    act={act.clone()}
                    parameter={*parameter}
                    used={told.map(|told| told.parameter).filter(|used| !used.is_nan())}
                    suggested={told.and_then(|told| told.suggested)}
                    silent={choice.rule().is_some() && told.is_some_and(|told| told.suggested.is_none())}
                />
            }
            { others(lesson, act) }
            { more(lesson, act) }
            <p class="help">{ description.summary }{ " " }<cite>{ description.source }</cite></p>
        </>
    }
}

fn text_of(parameter: &Parameter, value: f64) -> String {
    match parameter.scale {
        Scale::Log10(_) => scientific(value),
        Scale::Even(_) | Scale::Words(_) => format!("{}", (value * 1000.0).round() / 1000.0),
    }
}

#[derive(Properties, PartialEq)]
struct FirstProps {
    lesson: RestoreLesson,
    act: Callback<RestoreAction>,
    parameter: Parameter,
    used: Option<f64>,
    suggested: Option<f64>,
    /// Whether a rule was to choose, and had nothing to go by.
    silent: bool,
}

/// The first parameter on its slider, with a tick at the value that the data suggest, and the rules to choose it by.
#[component]
fn First(props: &FirstProps) -> Html {
    let node = use_node_ref();
    let FirstProps { lesson, act, parameter, used, suggested, silent } = props;
    let choice = lesson.choice();
    let range = control_range(parameter);
    let is_log = matches!(parameter.scale, Scale::Log10(_));
    let place_of = |value: f64| if is_log { value.log10() } else { value };
    let by_hand = if is_log { 10_f64.powf(choice.place(0)) } else { choice.place(0) };
    // While a rule chooses, the slider stands where its choice is.
    let value = if choice.rule().is_some() { used.unwrap_or(by_hand) } else { by_hand };
    let place = place_of(value).clamp(*range.start(), *range.end());
    let tick = suggested.map(|suggested| (place_of(suggested) - range.start()) / (range.end() - range.start()));
    use_css_variables(&node, vec![("--tick", tick.unwrap_or_default().clamp(0.0, 1.0).to_string())]);
    let text = text_of(parameter, value);
    let step = match parameter.scale {
        Scale::Log10(_) => 0.05,
        Scale::Even([_, _, step]) => f64::from(step),
        Scale::Words(_) => 1.0,
    };
    let oninput = act.reform(|event: InputEvent| {
        Choose::Place(0, event.target_unchecked_into::<HtmlInputElement>().value_as_number()).into()
    });
    let caption = if is_log { format!("{} (log)", parameter.symbol) } else { parameter.symbol.to_owned() };
    html! {
        <div class="ctl">
            <div class="row">
                <span aria-hidden="true" title={parameter.name}>{ caption }</span>
                <span class="gamma" ref={node}>
                    <input
                        type="range"
                        aria-label="Regularisation"
                        aria-description={parameter.name}
                        aria-valuetext={text.clone()}
                        min={range.start().to_string()}
                        max={range.end().to_string()}
                        step={step.to_string()}
                        value={place.to_string()}
                        {oninput}
                    />
                    <i class="tick" hidden={tick.is_none()}></i>
                </span>
                <b>{ text }</b>
            </div>
            if let Some(best) = choice.description().rules.first().copied() {
                <div class="row rules">
                    <span></span>
                    <span class="btns">
                        <button
                            type="button"
                            class="btn"
                            aria-pressed={choice.rule().is_some().to_string()}
                            onclick={act.reform(move |_| Choose::Rule(Some(best)).into())}
                        >
                            { format!("Automatic ({})", short_rule(choice.rule().unwrap_or(best))) }
                        </button>
                    </span>
                </div>
            }
            if *silent {
                <p class="help" key="silent">
                    {
                        if choice.rule() == Some(Rule::CrossValidation) {
                            "The rule found nothing to go by, so the default stands."
                        } else {
                            "Nothing is known of the noise, so the default stands."
                        }
                    }
                </p>
            }
            <p class="help" key="help">{ parameter.help }</p>
        </div>
    }
}

fn short_rule(rule: Rule) -> &'static str {
    match rule {
        Rule::CrossValidation => "GCV",
        Rule::Discrepancy => "Discrepancy",
        Rule::Noise => "Noise",
    }
}

/// The other parameters, and the iterations.
fn others(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let choice = lesson.choice();
    let description = choice.description();
    html! {
        <div class="ctl">
            for (index, parameter) in description.parameters.iter().enumerate() {
                if let Scale::Words(words) = parameter.scale {
                    { one_of(lesson, act, index, parameter, words) }
                } else if index > 0 {
                    { further(lesson, act, index, parameter) }
                }
            }
            if let Some(iterations) = description.iterations {
                <Slider
                    key="iterations"
                    label="Iterations"
                    caption="Steps"
                    value={choice.iterations() as f64}
                    min={1.0}
                    max={iterations.most as f64}
                    step={1.0}
                    text={choice.iterations().to_string()}
                    on_input={act.reform(|value: f64| Choose::Iterations(value.max(1.0) as usize).into())}
                />
            }
        </div>
    }
}

fn is_word(parameter: &Parameter) -> bool {
    matches!(parameter.scale, Scale::Words(_))
}

/// A parameter that is one of several words.
fn one_of(
    lesson: &RestoreLesson,
    act: &Callback<RestoreAction>,
    index: usize,
    parameter: &'static Parameter,
    words: &[&'static str],
) -> Html {
    html! {
        <div class="row" key={parameter.symbol}>
            <span>{ "Kind" }</span>
            {
                segmented(&SegmentedProps {
                    label: parameter.name.into(),
                    options: words.iter().map(|word| AttrValue::from(*word)).collect(),
                    chosen: lesson.choice().place(index) as usize,
                    on_choose: act.reform(move |n: usize| Choose::Place(index, n as f64).into()),
                })
            }
        </div>
    }
}

/// A parameter behind the first on its slider.
fn further(lesson: &RestoreLesson, act: &Callback<RestoreAction>, index: usize, parameter: &'static Parameter) -> Html {
    let range = control_range(parameter);
    let place = lesson.choice().place(index);
    let (step, value) = match parameter.scale {
        Scale::Log10(_) => (0.05, 10_f64.powf(place)),
        Scale::Even([_, _, step]) => (f64::from(step), place),
        Scale::Words(_) => (1.0, place),
    };
    html! {
        <Slider
            key={parameter.symbol}
            label={parameter.name}
            caption={parameter.symbol}
            value={place}
            min={*range.start()}
            max={*range.end()}
            {step}
            text={text_of(parameter, value)}
            on_input={act.reform(move |value| Choose::Place(index, value).into())}
        />
    }
}

/// What is assumed outside, where to start and when to stop.
fn more(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let choice = lesson.choice();
    let description: &'static Description = choice.description();
    let number = |n: usize| AttrValue::from(n.to_string());
    let outsides: Vec<_> =
        description.treatments.iter().enumerate().map(|(n, t)| (number(n), treatment_name(*t).into())).collect();
    let outside = description.treatments.iter().position(|t| *t == choice.treatment()).unwrap_or_default();
    let on_outside = act.reform(move |id: String| {
        let n: usize = id.parse().unwrap_or_default();
        Choose::Treatment(description.treatments.get(n).copied().unwrap_or_default()).into()
    });
    let starts: Vec<_> =
        description.starts.iter().enumerate().map(|(n, s)| (number(n), start_name(*s).into())).collect();
    let start = description.starts.iter().position(|s| *s == choice.start()).unwrap_or_default();
    let on_start = act.reform(move |id: String| {
        let n: usize = id.parse().unwrap_or_default();
        Choose::Start(description.starts.get(n).copied().unwrap_or_default()).into()
    });
    let mut rules: Vec<_> =
        description.rules.iter().enumerate().map(|(n, rule)| (number(n), rule_name(Some(*rule)).into())).collect();
    rules.push((AttrValue::from("hand"), rule_name(None).into()));
    let rule = choice.rule().and_then(|rule| description.rules.iter().position(|known| *known == rule));
    let rule = rule.map_or(AttrValue::from("hand"), number);
    let on_rule = act.reform(move |id: String| {
        Choose::Rule(id.parse().ok().and_then(|n: usize| description.rules.get(n).copied())).into()
    });
    html! {
        <>
            <Menu label="Assumed outside" caption="Outside" options={outsides} chosen={number(outside)} on_choose={on_outside} />
            <details class="more">
                <summary>{ "More about the method" }</summary>
                <div class="ctl">
                    if rules.len() > 1 {
                        <Menu key="rule" label="Rule" options={rules} chosen={rule} on_choose={on_rule} />
                    }
                    if starts.len() > 1 {
                        <Menu key="start" label="Start with" caption="Start" options={starts} chosen={number(start)} on_choose={on_start} />
                    }
                    <span class="checks-col" key="checks">
                        if matches!(description.positivity, Positivity::Optional(_)) {
                            { check("No light below zero", choice.non_negative(), act.reform(|on| Choose::NonNegative(on).into())) }
                        }
                        if description.iterations.is_some() {
                            <>
                                { check("Stop when it hardly changes", choice.settle(), act.reform(|on| Choose::Settle(on).into())) }
                                { check("Stop when the rest is as small as the noise", choice.stop_at_noise(), act.reform(|on| Choose::StopAtNoise(on).into())) }
                            </>
                        }
                    </span>
                </div>
            </details>
        </>
    }
}

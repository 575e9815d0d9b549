//! What the Restore page says about what it shows: names, and sentences with the numbers of the moment.

use super::{Choice, RestoreLesson, Scene};
use crate::{
    lesson::notation::{decimals, scientific},
    restoration::{Ending, Family, Rule, Scale, Start, Treatment},
};

/// The numbers of an answer that sentences speak of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// The first parameter that was used.
    pub parameter: f64,
    /// What the rule suggests for it, or where it is set by hand the method's best rule; None where no rule has an answer.
    pub suggested: Option<f64>,
    /// What was gained over the observed picture, in dB; NaN where there is no original.
    pub isnr: f64,
    /// Root of the mean of (Hu − g)².
    pub residual: f64,
    /// The noise's standard deviation that the method was told of; 0 where nothing is known.
    pub sigma: f64,
    /// Iterations taken.
    pub iterations: usize,
    /// Why it ended; None when it was stopped, or has not.
    pub ending: Option<Ending>,
}

/// Below this part of the noise, the residual says that noise is explained; above the other, that detail is left out.
const AGREEMENT: [f64; 2] = [0.85, 1.15];
/// A linear filter lets part of the noise through even at its best, so that its residual is smaller than the noise and that
/// says nothing. Below this part of it, set by hand, it does.
const FAR_TOO_SMALL: f64 = 0.2;

impl Told {
    /// The residual in units of the noise's standard deviation; None where either is not known.
    #[must_use]
    pub fn disagreement(&self) -> Option<f64> {
        let ratio = self.residual / self.sigma;
        (self.sigma > 0.0 && ratio.is_finite()).then_some(ratio)
    }
}

/// What is assumed outside the picture, in a word or two.
#[must_use]
pub const fn treatment_name(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Circular => "Circular",
        Treatment::Mirror => "Mirrored",
        Treatment::Taper => "Edge taper",
        Treatment::Unknown => "Unknown",
    }
}

/// The rule's name; no rule is by hand.
#[must_use]
pub const fn rule_name(rule: Option<Rule>) -> &'static str {
    match rule {
        Some(Rule::CrossValidation) => "Cross-validation",
        Some(Rule::Discrepancy) => "Discrepancy",
        Some(Rule::Noise) => "From the noise",
        None => "By hand",
    }
}

/// Where an iteration starts, in a word or two.
#[must_use]
pub const fn start_name(start: Start) -> &'static str {
    match start {
        Start::Observed => "The observed picture",
        Start::Flat => "The mean everywhere",
        Start::Filtered => "The regularised filter",
    }
}

/// What became of an iteration.
#[must_use]
pub fn ending_sentence(ending: Option<Ending>, iterations: usize) -> String {
    let count = if iterations == 1 { "1 iteration".to_owned() } else { format!("{iterations} iterations") };
    match ending {
        None => format!("Stopped after {count}; what was there is kept."),
        Some(Ending::Done) => format!("All {count} are done."),
        Some(Ending::Settled) => format!("Settled after {count}: more would hardly change anything."),
        Some(Ending::Noise) => {
            format!("Ended after {count}: the residual is as small as the noise, and what would come back is noise.")
        }
        Some(Ending::Diverged) => {
            format!("The numbers left all bounds after {count}; the last sound picture is kept. Regularise more.")
        }
    }
}

/// What the treatment of the edges means for this picture.
#[must_use]
pub fn treatment_sentence(lesson: &RestoreLesson) -> &'static str {
    let what_it_is = lesson.degradation();
    let repeats = what_it_is.scene() == Scene::Circular && !what_it_is.already_blurred();
    match (lesson.choice().treatment(), repeats) {
        (Treatment::Circular, true) => "It is taken to repeat beyond its edges, and here it does.",
        (Treatment::Circular, false) => {
            "It is taken to repeat beyond its edges. No camera sees so: what does not fit rings from there inwards."
        }
        (Treatment::Mirror, true) => {
            "It is taken to be mirrored at its edges, though here it repeats: the edges ring a little."
        }
        (Treatment::Mirror, false) => {
            "It is taken to be mirrored at its edges: nothing jumps there, which is near the truth for most pictures."
        }
        (Treatment::Taper, _) => {
            "Its edges fade into their own blur, so that it may be repeated without a jump; they stay blurred."
        }
        (Treatment::Unknown, _) => {
            "What lies outside is not assumed but found along with the rest, as far as the blur brought it in."
        }
    }
}

/// The first parameter as the page writes it.
#[must_use]
pub fn parameter_text(choice: &Choice, value: f64) -> Option<String> {
    let parameter = choice.description().parameters.first()?;
    Some(match parameter.scale {
        Scale::Log10(_) => format!("{} = {}", parameter.symbol, scientific(value)),
        Scale::Even(_) => format!("{} = {}", parameter.symbol, (value * 1000.0).round() / 1000.0),
        Scale::Words(words) => (*words.get(value.round().max(0.0) as usize)?).to_owned(),
    })
}

/// What is to be said of this moment: what the method makes of the edges, what its parameter does, what the residual tells
/// and how it ended. The summary of the method itself stands in its description.
#[must_use]
pub fn explain(lesson: &RestoreLesson, told: &Told) -> Vec<String> {
    let choice = lesson.choice();
    let mut sentences = Vec::new();
    if let Some(text) = parameter_text(choice, told.parameter) {
        sentences.push(match choice.rule() {
            Some(Rule::CrossValidation) if told.suggested.is_none() => {
                format!("Cross-validation found nothing to go by, so the default stands: {text}.")
            }
            Some(_) if told.suggested.is_none() => {
                format!("Nothing is known of the noise, so the default stands: {text}.")
            }
            Some(Rule::CrossValidation) => {
                format!("Cross-validation chose {text}: with it each pixel is best foretold by the others.")
            }
            Some(Rule::Discrepancy) => {
                format!("{text} leaves a residual as large as the noise leaves it in what the filter gives up.")
            }
            Some(Rule::Noise) => format!("{text} follows from the noise, σ = {}.", short(told.sigma)),
            None => format!("{text}, set by hand."),
        });
    }
    sentences.extend(residual_sentence(lesson, told));
    sentences.push(treatment_sentence(lesson).to_owned());
    if choice.description().iterations.is_some() {
        sentences.push(ending_sentence(told.ending, told.iterations));
    }
    sentences
}

/// What the residual says of too little and too much; none where it says nothing.
fn residual_sentence(lesson: &RestoreLesson, told: &Told) -> Option<String> {
    let description = lesson.choice().description();
    if description.family == Family::Linear && description.parameters.is_empty() {
        return Some(
            "It explains the data to the last digit, their noise too, and nothing holds back what the blur had all but \
             removed."
                .to_owned(),
        );
    }
    let ratio = told.disagreement()?;
    let [residual, sigma] = [told.residual, told.sigma].map(short);
    // Where the first parameter regularises, its symbol is a name for more or less of it.
    let knob = description
        .parameters
        .first()
        .filter(|parameter| matches!(parameter.scale, Scale::Log10(_)))
        .map(|parameter| parameter.symbol);
    let [more, less] = match knob {
        Some(symbol) => [format!("a larger {symbol}"), format!("a smaller {symbol}")],
        None if description.iterations.is_some() => ["fewer iterations".to_owned(), "more iterations".to_owned()],
        None => ["more regularisation".to_owned(), "less regularisation".to_owned()],
    };
    let [low, high] = AGREEMENT;
    let lets_noise_through = description.family == Family::Linear;
    if lets_noise_through && ratio < low && (lesson.choice().rule().is_some() || ratio >= FAR_TOO_SMALL) {
        return None;
    }
    Some(if ratio < low {
        format!(
            "The residual {residual} is smaller than the noise {sigma}: noise is taken for picture; {more} would smooth it."
        )
    } else if ratio <= high {
        format!("The residual {residual} is about as large as the noise {sigma}: what the data tell is used.")
    } else {
        format!(
            "The residual {residual} is larger than the noise {sigma}: detail that the data show is left out; {less} would \
             bring it back."
        )
    })
}

/// A small number to two digits or so.
pub(super) fn short(value: f64) -> String {
    if !value.is_finite() || value == 0.0 || (1e-4..1e3).contains(&value.abs()) {
        let places = if value == 0.0 || !value.is_finite() { 0 } else { 1 - value.abs().log10().floor() as i32 };
        decimals(value, places.clamp(0, 6) as usize)
    } else {
        scientific(value)
    }
}

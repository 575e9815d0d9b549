#![cfg(not(target_arch = "wasm32"))]
//! What every method keeps to, whatever it does: the list of all methods is walked, so that a new one is held to it too.
//! Its description is sound, its rules answer, its result is finite whatever it is given, it restores channels one by
//! one, and a run that begins anew knows nothing of what was before.

use deconvolution_explorer::imaging::{Boundary, samples};
use deconvolution_explorer::imaging::{Image, ImageError, Kernel, MAX_PIXELS, Psf, blur, noise::add_gaussian};
use deconvolution_explorer::restoration::{
    COUNT, DESCRIPTIONS, Family, Iterations, MAX_MAGNITUDE, MAX_PARAMETERS, METHODS, Method, Observation, Positivity,
    Rule, Scale, Settings, Start, Treatment, method, place,
};
use observations::{bright, colourful, comma, first, largest_difference, observe};
use std::rc::Rc;

mod observations;

const RULES: [Rule; 3] = [Rule::CrossValidation, Rule::Discrepancy, Rule::Noise];
const STARTS: [Start; 3] = [Start::Observed, Start::Flat, Start::Filtered];

/// The defaults, but so few iterations that walking all methods stays quick.
fn brief(method: &dyn Method) -> Settings {
    Settings { iterations: 4, ..Settings::of(method.description()) }
}

/// Runs to the end and looks at every step on the way.
fn watched(method: &dyn Method, observation: &Rc<Observation>, settings: &Settings) -> Image {
    let id = method.description().id;
    let mut run = method.start(observation, settings);
    let mut steps = 0;
    let last = loop {
        let step = run.step();
        steps += 1;
        // Getting ready before the first step, and restoring after a search, count as none.
        assert!(steps <= settings.iterations.max(1) + 60, "{id} goes on after {steps} steps");
        assert!(step.iteration <= settings.iterations.max(1), "{id}: {step:?}");
        assert!(step.residual.is_finite() && step.residual >= 0.0, "{id}: {step:?}");
        assert!(step.change.is_finite() && step.change >= 0.0, "{id}: {step:?}");
        assert!(step.objective.is_none_or(f64::is_finite), "{id}: {step:?}");
        if step.ending.is_some() {
            break step;
        }
    };
    assert_eq!(run.step(), last, "{id} has ended");
    let estimate = run.estimate().clone();
    assert_eq!((estimate.channels(), estimate.size()), (observation.channels(), observation.size()), "{id}");
    estimate
}

#[test]
fn both_lists_tell_of_the_same_methods() {
    for (index, (method_here, description)) in METHODS.iter().zip(DESCRIPTIONS).enumerate() {
        assert_eq!(method_here.description().id, description.id);
        assert_eq!(place(description.id), Some(index));
        assert_eq!(method(description.id).unwrap().description().id, description.id);
    }
    assert_eq!([METHODS.len(), DESCRIPTIONS.len()], [COUNT; 2]);
    assert!(method("nothing").is_none() && place("nothing").is_none());
}

#[test]
fn descriptions_are_sound() {
    for (index, description) in DESCRIPTIONS.into_iter().enumerate() {
        let id = description.id;
        assert!(
            !id.is_empty() && id.chars().all(|sign| sign.is_ascii_lowercase() || "-0123456789".contains(sign)),
            "{id}"
        );
        for other in &DESCRIPTIONS[..index] {
            assert!(other.id != id && other.name != description.name, "{id} is there twice");
        }
        assert!(description.summary.ends_with('.') && !description.source.is_empty(), "{id}");
        assert!(description.parameters.len() <= MAX_PARAMETERS, "{id}");
        for parameter in description.parameters {
            let [low, high] = parameter.range();
            assert!(low.is_finite() && high.is_finite() && low < high, "{id}: {parameter:?}");
            assert!((low..=high).contains(&parameter.default), "{id}: {parameter:?}");
            assert!(parameter.help.ends_with('.') && !parameter.symbol.is_empty(), "{id}: {parameter:?}");
            if let Scale::Even([low, high, step]) = parameter.scale {
                let steps = (high - low) / step;
                assert!(step > 0.0 && (steps - steps.round()).abs() < 1e-3, "{id}: {parameter:?}");
            }
        }
        let settings = Settings::of(description);
        for (place, parameter) in description.parameters.iter().enumerate() {
            assert_eq!(settings.parameter(description, place), parameter.default, "{id}");
        }
        let once = |count: usize| count <= 1;
        for treatment in Treatment::ALL {
            assert!(once(description.treatments.iter().filter(|&&other| other == treatment).count()), "{id}");
        }
        assert!(!description.treatments.is_empty(), "{id}");
        assert!(RULES.iter().all(|rule| once(description.rules.iter().filter(|&other| other == rule).count())), "{id}");
        assert!(
            STARTS.iter().all(|start| once(description.starts.iter().filter(|&other| other == start).count())),
            "{id}"
        );
        assert!(description.rules.is_empty() || !description.parameters.is_empty(), "{id} has nothing to choose");
        assert!(description.iterations.is_some() || description.starts.is_empty(), "{id} starts and goes nowhere");
        assert!(description.family != Family::Linear || description.iterations.is_none(), "{id}");
        if let Some(Iterations { default, most }) = description.iterations {
            assert!((1..=most).contains(&default), "{id}");
            assert_eq!(settings.iterations(description), default);
        }
        assert_eq!(METHODS[index].filter().is_some(), description.family == Family::Linear, "{id}");
        assert!(description.floats_per_pixel > 0, "{id}");
    }
}

#[test]
fn settings_beyond_their_ranges_count_as_the_nearest() {
    for description in DESCRIPTIONS {
        for (place, parameter) in description.parameters.iter().enumerate() {
            let [low, high] = parameter.range();
            let mut settings = Settings::of(description);
            for (value, counts) in [
                (f32::NEG_INFINITY, low),
                (f32::MIN, low),
                (f32::MAX, high),
                (f32::INFINITY, high),
                (f32::NAN, parameter.default),
            ] {
                settings.parameters[place] = value;
                assert_eq!(settings.parameter(description, place), counts, "{}", description.id);
            }
        }
        assert_eq!(Settings::of(description).parameter(description, description.parameters.len()), 0.0);
        let unbounded = Settings { iterations: usize::MAX, ..Settings::of(description) };
        assert_eq!(unbounded.iterations(description), description.iterations.map_or(1, |iterations| iterations.most));
        assert_eq!(Settings { iterations: 0, ..unbounded }.iterations(description), 1);
    }
}

#[test]
fn rules_answer_where_they_are_named_and_nowhere_else() {
    let mut observed = blur(&samples::star(48), &comma(), Boundary::Mirror);
    add_gaussian(&mut observed, 0.02, 9);
    for method in METHODS {
        let description = method.description();
        for &treatment in description.treatments {
            let observation = Observation::new(observed.clone(), comma(), treatment).unwrap().with_noise(0.02);
            for rule in RULES {
                let answer = method.automatic(&observation, rule);
                assert_eq!(
                    answer.is_some(),
                    description.rules.contains(&rule),
                    "{}, {treatment:?}, {rule:?}",
                    description.id
                );
                if let Some(value) = answer {
                    let [low, high] = description.parameters[0].range();
                    assert!((low..=high).contains(&value), "{}, {treatment:?}, {rule:?}: {value}", description.id);
                }
            }
        }
        // Where nothing is known of the noise, only what needs it has no answer; where nothing moves, nothing tells.
        let noiseless = observe(&observed, &comma(), description.treatments[0]);
        for &rule in description.rules {
            let needs_noise = rule != Rule::CrossValidation;
            assert_eq!(method.automatic(&noiseless, rule).is_none(), needs_noise, "{}, {rule:?}", description.id);
        }
        for shade in [0.0, 0.3] {
            let constant = observe(&Image::from_fn(1, 20, 30, |_, _, _| shade), &comma(), description.treatments[0]);
            assert_eq!(method.automatic(&constant, Rule::CrossValidation), None, "{}, {shade}", description.id);
        }
    }
}

#[test]
fn a_delta_returns_the_picture() {
    for [height, width] in [[16, 20], [15, 33], [1, 40], [23, 1]] {
        let picture = bright(height, width);
        for method in METHODS.into_iter().filter(|method| method.description().family != Family::Blind) {
            let description = method.description();
            let settings = match description.parameters.first() {
                Some(parameter) => first(description, parameter.range()[0]),
                None => Settings::of(description),
            };
            for &treatment in description.treatments {
                let restored = method.restore(&observe(&picture, &Kernel::delta(), treatment), &settings);
                let difference = largest_difference(&picture, &restored);
                let tolerance = if description.family == Family::Linear { 1e-5 } else { 1e-2 };
                assert!(difference < tolerance, "{}, {treatment:?}, {height} × {width}: {difference}", description.id);
            }
        }
    }
}

#[test]
fn channels_are_restored_independently() {
    let observed = colourful(20, 24);
    for method in METHODS.into_iter().filter(|method| method.description().family != Family::Blind) {
        for &treatment in method.description().treatments {
            let settings = brief(method);
            let restored = method.restore(&observe(&observed, &comma(), treatment), &settings);
            for channel in 0..3 {
                let alone = Image::from_vec(1, 20, 24, observed.channel(channel).to_vec()).unwrap();
                let alone = method.restore(&observe(&alone, &comma(), treatment), &settings);
                assert_eq!(alone.data(), restored.channel(channel), "{}, {treatment:?}", method.description().id);
            }
        }
    }
}

#[test]
fn a_run_that_begins_anew_is_a_new_run() {
    let observed = blur(&samples::star(24), &comma(), Boundary::Mirror);
    for method in METHODS {
        let description = method.description();
        for &treatment in description.treatments {
            let observation = observe(&observed, &comma(), treatment);
            let mut run = method.start(&observation, &brief(method));
            let mut other = brief(method);
            other.start = description.starts.last().copied().unwrap_or_default();
            other.non_negative = !other.non_negative;
            if let Some(parameter) = description.parameters.first() {
                other.parameters[0] = (parameter.default * 0.5).max(parameter.range()[0]);
            }
            for settings in [brief(method), other, brief(method)] {
                run.restart(&settings);
                while run.step().ending.is_none() {}
                let fresh = method.restore(&observation, &settings);
                assert_eq!(run.estimate(), &fresh, "{}, {treatment:?}", description.id);
                run.restart(&settings);
                run.step();
            }
        }
    }
}

/// Pictures and kernels that have brought programs down before: no extent, no contrast, no light, kernels that reach
/// around the picture, respond to nothing, or have negative weights.
fn troublesome() -> Vec<(Image, Kernel)> {
    let negative = Kernel::new(3, 3, vec![0.0, -1.0, 0.0, -1.0, 5.0, -1.0, 0.0, -1.0, 0.0]).unwrap();
    vec![
        (blur(&samples::star(32), &Psf::Box { side: 8 }.sample(), Boundary::Circular), Psf::Box { side: 8 }.sample()),
        (colourful(9, 14), comma()),
        (Image::zeros(1, 12, 10), Psf::Disc { radius: 2.0 }.sample()),
        (Image::from_fn(2, 12, 10, |_, _, _| 0.4), comma()),
        (Image::from_fn(1, 1, 1, |_, _, _| 0.7), comma()),
        (colourful(2, 3), Psf::Gaussian { sigma: 2.0 }.sample()),
        (colourful(5, 1), Psf::Motion { length: 12.0, angle_degrees: 70.0 }.sample()),
        (colourful(1, 17), Psf::Gaussian { sigma: 1.0 }.sample_line()),
        (bright(13, 11), Kernel::new(1, 1, vec![0.0]).unwrap()),
        (bright(13, 11), Kernel::new(2, 1, vec![1.0, -1.0]).unwrap()),
        (bright(12, 11), negative),
        (bright(10, 12).map(|value| -value), Psf::Gaussian { sigma: 1.0 }.sample()),
        (bright(10, 12).map(|value| value * MAX_MAGNITUDE), comma()),
    ]
}

#[test]
fn every_result_is_finite() {
    for (number, (observed, kernel)) in troublesome().into_iter().enumerate() {
        let pixels = observed.height() * observed.width();
        let masks: [Option<Vec<bool>>; 3] =
            [None, Some((0..pixels).map(|index| index % 3 != 1).collect()), Some(vec![false; pixels])];
        for method in METHODS {
            let description = method.description();
            for &treatment in description.treatments {
                for (known, sigma) in masks.iter().zip([0.0, 0.01, f32::NAN]) {
                    let observation = Observation::new(observed.clone(), kernel.clone(), treatment).unwrap();
                    let observation = match known {
                        Some(known) => observation.with_known(known.clone()),
                        None => observation,
                    };
                    let observation = Rc::new(observation.with_noise(sigma));
                    let place = format!("{}, {treatment:?}, picture {number}, σ {sigma}", description.id);
                    for rule in RULES {
                        assert!(method.automatic(&observation, rule).is_none_or(f32::is_finite), "{place}, {rule:?}");
                    }
                    for value in [0.0, -1.0, 1e-30, 1e-3, 1.0, f32::MAX, f32::NEG_INFINITY, f32::NAN] {
                        let settings = Settings {
                            parameters: [value; MAX_PARAMETERS],
                            iterations: 3,
                            non_negative: value.is_nan(),
                            tolerance: if value.is_nan() { f32::NAN } else { 0.0 },
                            ..Settings::of(description)
                        };
                        let restored = watched(method, &observation, &settings);
                        assert!(restored.data().iter().all(|sample| sample.is_finite()), "{place}, {value}");
                    }
                    for &start in description.starts {
                        let settings = Settings { start, ..brief(method) };
                        let restored = watched(method, &observation, &settings);
                        assert!(restored.data().iter().all(|sample| sample.is_finite()), "{place}, {start:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn values_below_zero_are_kept_out_where_that_is_asked_for() {
    let mut observed = blur(&samples::star(32), &comma(), Boundary::Mirror).map(|value| value - 0.2);
    add_gaussian(&mut observed, 0.05, 2);
    for method in METHODS {
        let description = method.description();
        for &treatment in description.treatments {
            let settings = Settings { non_negative: true, ..brief(method) };
            let restored = method.restore(&observe(&observed, &comma(), treatment), &settings);
            let darkest = restored.data().iter().fold(f32::INFINITY, |least, &value| least.min(value));
            assert!(darkest >= 0.0, "{}, {treatment:?}: {darkest}", description.id);
        }
        if description.positivity != Positivity::Always {
            let settings = Settings { non_negative: false, ..brief(method) };
            let restored = method.restore(&observe(&observed, &comma(), description.treatments[0]), &settings);
            assert!(restored.data().iter().any(|&value| value < 0.0), "{}", description.id);
        }
    }
}

/// A signal is a picture of one column: along a row, and with a kernel of one row, it must come out the same.
#[test]
fn a_signal_is_restored_along_either_axis() {
    let mut observed = bright(61, 1);
    add_gaussian(&mut observed, 0.01, 4);
    let lying = Image::from_vec(1, 1, 61, observed.data().to_vec()).unwrap();
    for weights in [vec![1.0, 2.0, 4.0, 2.0, 1.0], vec![1.0, 2.0, 5.0, 3.0], vec![3.0, 1.0]] {
        let standing_kernel = Kernel::normalised(weights.len(), 1, weights.clone()).unwrap();
        let lying_kernel = Kernel::normalised(1, weights.len(), weights).unwrap();
        for method in METHODS {
            for &treatment in method.description().treatments {
                let restored = method.restore(&observe(&observed, &standing_kernel, treatment), &brief(method));
                let beside = method.restore(&observe(&lying, &lying_kernel, treatment), &brief(method));
                let largest = restored.data().iter().fold(1.0_f32, |largest, value| largest.max(value.abs()));
                for (a, b) in restored.data().iter().zip(beside.data()) {
                    let difference = (a - b).abs() / largest;
                    assert!(difference < 2e-4, "{}, {treatment:?}: {difference}", method.description().id);
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_restored_is_refused() {
    let refused = |picture: Image, kernel: Kernel, treatment| Observation::new(picture, kernel, treatment).err();
    let (dot, delta) = (|value| Image::from_vec(1, 1, 1, vec![value]).unwrap(), Kernel::delta);
    assert_eq!(refused(dot(f32::NAN), delta(), Treatment::Mirror), Some(ImageError::NotFinite));
    let most = ImageError::TooStrong { most: MAX_MAGNITUDE as u32 };
    assert_eq!(refused(dot(-2.0 * MAX_MAGNITUDE), delta(), Treatment::Mirror), Some(most));
    let heavy = Kernel::new(1, 2, vec![MAX_MAGNITUDE, -1.0]).unwrap();
    assert_eq!(refused(dot(1.0), heavy, Treatment::Circular), Some(most));
    assert!(most.to_string().contains("1000000"));
    // Whatever a method asks for later must have a place: spectra and frame both.
    let long = Image::zeros(1, MAX_PIXELS / 4 + 1, 1);
    assert!(refused(long.clone(), delta(), Treatment::Mirror).is_none());
    let broad = Kernel::new(1, 3, vec![1.0; 3]).unwrap();
    let square = Image::zeros(1, 4097, 4096);
    for treatment in [Treatment::Mirror, Treatment::Unknown] {
        let error = refused(square.clone(), broad.clone(), treatment);
        assert_eq!(error, Some(ImageError::TooLarge { height: 8194, width: 8192 }), "{treatment:?}");
    }
    let endless = Kernel::new(1, 8, vec![0.125; 8]).unwrap();
    assert!(matches!(refused(long, endless, Treatment::Unknown), Some(ImageError::TooLarge { .. })));
}

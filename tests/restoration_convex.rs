#![cfg(not(target_arch = "wasm32"))]
//! The convex methods and plug and play against facts known beforehand: a picture that was not blurred comes back, what
//! is minimised falls, a mirrored blur is undone as well as the blur, channels know nothing of each other, missing pixels
//! are found again, and no settings make anything that is not a number. Pictures are generated or in `pictures`; noise has
//! fixed seeds.

mod pictures;

use deconvolution_explorer::imaging::noise::{Random, add_gaussian};
use deconvolution_explorer::imaging::quality::{isnr, psnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, blur_valid, samples};
use deconvolution_explorer::restoration::{
    Ending, Method, Observation, PlugAndPlay, Rule, Settings, Shrinkage, Start, TotalVariation, Treatment, Wavelet,
    method,
};
use std::rc::Rc;

const CONVEX: [&dyn Method; 4] = [&TotalVariation, &Wavelet, &Shrinkage::PLAIN, &Shrinkage::ACCELERATED];
const ALL: [&dyn Method; 5] = [&TotalVariation, &Wavelet, &Shrinkage::PLAIN, &Shrinkage::ACCELERATED, &PlugAndPlay];

/// A kernel without any symmetry.
fn comma() -> Kernel {
    let weights = [[0., 4., 3., 0., 0.], [1., 9., 7., 2., 0.], [0., 3., 6., 4., 1.], [0., 0., 0., 2., 2.]];
    Kernel::normalised(4, 5, weights.concat()).unwrap()
}

/// A colour picture of which every channel is different.
fn colourful(height: usize, width: usize) -> Image {
    let mut random = Random::new(5);
    Image::from_fn(3, height, width, |c, y, x| {
        0.4 + 0.1 * c as f32
            + 0.3 * ((x * (c + 1)) as f32 / 9.0).sin() * (y as f32 / 7.0).cos()
            + 0.05 * random.normal() as f32
    })
}

fn observe(picture: &Image, kernel: &Kernel, treatment: Treatment, sigma: f32) -> Rc<Observation> {
    let mut observed = blur(picture, kernel, Boundary::Circular);
    add_gaussian(&mut observed, sigma, 11);
    Rc::new(Observation::new(observed, kernel.clone(), treatment).unwrap().with_noise(sigma))
}

fn automatic(method: &dyn Method, observation: &Observation) -> Settings {
    let settings = Settings::of(method.description());
    settings.with_first(method.automatic(observation, Rule::Noise).expect("the noise is known"))
}

fn largest_difference(a: &Image, b: &Image) -> f32 {
    a.data().iter().zip(b.data()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn a_delta_returns_the_picture() {
    for treatment in Treatment::ALL {
        for [height, width] in [[16, 20], [15, 33], [1, 40], [23, 1]] {
            let picture = colourful(height, width);
            let observation = Rc::new(Observation::new(picture.clone(), Kernel::delta(), treatment).unwrap());
            for method in ALL {
                let settings = Settings::of(method.description()).with_first(0.0);
                let difference = largest_difference(&picture, &method.restore(&observation, &settings));
                // The smallest parameters are not quite zero, and plug and play always denoises a little.
                let name = method.description().id;
                let allowance = if name == "pnp" { 1e-2 } else { 1e-3 };
                assert!(difference < allowance, "{name}, {treatment:?}, {height} × {width}: {difference}");
            }
        }
    }
}

#[test]
fn what_is_minimised_falls() {
    let picture = pictures::camera().crop(60, 80, 96, 80).unwrap();
    let (kernel, sigma) = (comma(), 0.01);
    let full = observe(&picture, &kernel, Treatment::Circular, sigma);
    let unknown = observe(&picture, &kernel, Treatment::Unknown, sigma);
    for observation in [full, unknown] {
        for method in CONVEX {
            let name = method.description().id;
            let mut settings = automatic(method, &observation);
            settings.iterations = 150;
            let mut run = method.start(&observation, &settings);
            let mut values = Vec::new();
            loop {
                let step = run.step();
                values.push(step.objective.expect("a convex method tells"));
                if step.ending.is_some() {
                    break;
                }
            }
            assert_eq!(values.len(), 150, "{name}");
            let [first, last] = [values[0], values[149]];
            println!("{name}, {:?}: {first:.4} to {last:.4}", observation.treatment());
            for (iteration, pair) in values.windows(2).enumerate() {
                // ISTA never rises, to rounding. The others may a little: FISTA by its momentum, ADMM because what it
                // holds together with its duals is not quite feasible on the way.
                let allowance = if name == "ista" { 1e-6 } else { 5e-3 };
                let early = name != "ista" && iteration < 10;
                assert!(early || pair[1] <= pair[0] * (1.0 + allowance), "{name}, step {iteration}: {pair:?}");
            }
            assert!(last <= first, "{name}: from {first} to {last}");
        }
    }
}

#[test]
fn acceleration_gets_there_sooner() {
    let picture = pictures::camera().crop(60, 80, 96, 80).unwrap();
    let observation = observe(&picture, &Psf::Gaussian { sigma: 1.5 }.sample(), Treatment::Circular, 0.005);
    let objective = |method: &dyn Method, iterations: usize| {
        let mut settings = automatic(method, &observation);
        settings.iterations = iterations;
        let mut run = method.start(&observation, &settings);
        loop {
            let step = run.step();
            if step.ending.is_some() {
                break step.objective.unwrap();
            }
        }
    };
    let (plain, accelerated) = (objective(&Shrinkage::PLAIN, 200), objective(&Shrinkage::ACCELERATED, 50));
    assert!(accelerated < plain, "200 steps of ISTA reach {plain}, 50 of FISTA {accelerated}");
}

/// The total variation's two forms of the same minimum: ADMM with a delta is denoising, which Chambolle's dual does too.
#[test]
fn without_blur_total_variation_is_chambolles() {
    use deconvolution_explorer::restoration::denoising::denoise_total_variation;
    // Flat towards all edges, where one is circular and the other stops.
    let picture = Image::from_fn(1, 48, 40, |_, y, x| {
        let inside = (14..34).contains(&y) && (12..26).contains(&x);
        if inside { 0.7 + 0.1 * ((y * x) as f32).sin() } else { 0.3 }
    });
    let observation = Rc::new(Observation::new(picture.clone(), Kernel::delta(), Treatment::Circular).unwrap());
    let mut settings = Settings::of(TotalVariation.description()).with_first(0.05);
    settings.iterations = 1000;
    let admm = TotalVariation.restore(&observation, &settings);
    let dual = denoise_total_variation(&picture, 0.05, 3000);
    let difference = largest_difference(&admm, &dual);
    assert!(difference < 2e-3, "{difference}");
}

#[test]
fn a_mirrored_blur_is_undone_as_well() {
    let picture = pictures::astronaut().crop(40, 60, 128, 128).unwrap();
    let mirrored = Image::from_fn(1, 128, 128, |_, y, x| picture.data()[(127 - y) * 128 + 127 - x]);
    for treatment in [Treatment::Unknown, Treatment::Circular] {
        for method in ALL {
            let gain = |picture: &Image, kernel: &Kernel| {
                let observation = observe(picture, kernel, treatment, 0.004);
                let restored = method.restore(&observation, &automatic(method, &observation));
                isnr(picture, observation.observed(), &restored)
            };
            // A kernel of odd sides, so that turning it keeps its centre.
            let mut weights = vec![0.0; 49];
            for (weight, index) in [5.0, 4.0, 4.0, 3.0, 3.0, 2.0, 1.0].into_iter().zip([24, 25, 26, 33, 34, 41, 48]) {
                weights[index] = weight;
            }
            let kernel = Kernel::normalised(7, 7, weights).unwrap();
            let (one, other, turned) =
                (gain(&picture, &kernel), gain(&picture, &kernel.flipped()), gain(&mirrored, &kernel.flipped()));
            let name = method.description().id;
            println!("{name}, {treatment:?}: {one:.2} dB, {other:.2} dB, {turned:.2} dB");
            assert!(one > 1.0, "{name}, {treatment:?}: {one:.2} dB");
            let same_edges = treatment == Treatment::Circular;
            assert!(!same_edges || (one - other).abs() < 0.5, "{name}, {treatment:?}: {one:.2} and {other:.2} dB");
            assert!((one - turned).abs() < 0.5, "{name}, {treatment:?}: {one:.2} and {turned:.2} dB");
        }
    }
}

/// What was blurred as a treatment assumes is undone as well under it as any other.
#[test]
fn a_true_assumption_serves_as_well_as_any() {
    let picture = pictures::astronaut().crop(40, 60, 96, 96).unwrap();
    let kernel = Psf::Gaussian { sigma: 1.3 }.sample();
    let gain = |boundary: Boundary, treatment: Treatment| {
        let mut observed = blur(&picture, &kernel, boundary);
        add_gaussian(&mut observed, 0.01, 17);
        let observation = Rc::new(Observation::new(observed, kernel.clone(), treatment).unwrap().with_noise(0.01));
        let restored = TotalVariation.restore(&observation, &automatic(&TotalVariation, &observation));
        psnr(&picture, &restored, 1.0)
    };
    let circular = gain(Boundary::Circular, Treatment::Circular);
    let mirror = gain(Boundary::Mirror, Treatment::Mirror);
    assert!((circular - mirror).abs() < 0.5, "circular {circular:.2} dB, mirror {mirror:.2} dB");
}

#[test]
fn channels_are_independent() {
    let picture = colourful(30, 26);
    let observation = observe(&picture, &comma(), Treatment::Unknown, 0.01);
    for method in ALL {
        let mut settings = automatic(method, &observation);
        settings.iterations = 8;
        let together = method.restore(&observation, &settings);
        for channel in 0..3 {
            let alone = Image::from_vec(1, 30, 26, observation.observed().channel(channel).to_vec()).unwrap();
            let alone = Rc::new(Observation::new(alone, comma(), Treatment::Unknown).unwrap().with_noise(0.01));
            let restored = method.restore(&alone, &settings);
            assert_eq!(together.channel(channel), restored.data(), "{}", method.description().id);
        }
    }
}

#[test]
fn a_run_begins_anew_in_the_same_memory() {
    let picture = colourful(21, 26);
    for treatment in [Treatment::Circular, Treatment::Unknown] {
        let observation = observe(&picture, &comma(), treatment, 0.01);
        for method in ALL {
            let name = method.description().id;
            let mut settings = automatic(method, &observation);
            settings.iterations = 6;
            let mut other = settings.clone().with_first(0.2);
            (other.non_negative, other.start, other.iterations) = (true, Start::Flat, 9);
            let mut run = method.start(&observation, &other);
            while run.step().ending.is_none() {}
            run.restart(&settings);
            let mut last = run.step();
            while last.ending.is_none() {
                last = run.step();
            }
            assert_eq!((last.iteration, last.ending), (6, Some(Ending::Done)), "{name}");
            assert_eq!(run.estimate(), &method.restore(&observation, &settings), "{name}, {treatment:?}");
            assert_eq!(run.step().iteration, 6, "{name} goes on after its end");
        }
    }
}

#[test]
fn plug_and_play_gets_ready_step_by_step() {
    let picture = colourful(21, 26);
    for (treatment, is_long) in [(Treatment::Circular, false), (Treatment::Unknown, true)] {
        let observation = observe(&picture, &comma(), treatment, 0.01);
        let method = method("pnp").expect("a method");
        // Neither the tolerance nor the noise may end it before it has begun.
        let settings =
            Settings { tolerance: 1.0, stop_at_noise: true, iterations: 3, ..Settings::of(method.description()) };
        let mut run = method.start(&observation, &settings);
        let steps: Vec<_> = std::iter::repeat_with(|| run.step()).take(60).collect();
        let before = steps.iter().take_while(|step| step.iteration == 0).count();
        assert_eq!(before > 1, is_long, "{before} steps");
        assert!(steps[..before].iter().all(|step| step.ending.is_none()));
        assert_eq!(steps[before].iteration, 1);
        assert!(steps[before].residual > 0.0 && steps[59].ending.is_some());
    }
}

/// The residual that a step tells, against one computed here from the estimate.
#[test]
fn the_residual_is_that_of_the_estimate() {
    let picture = colourful(30, 26);
    let observation = observe(&picture, &comma(), Treatment::Circular, 0.01);
    for method in CONVEX {
        let mut run = method.start(&observation, &automatic(method, &observation));
        for _ in 0..7 {
            let step = run.step();
            let blurred = blur(run.estimate(), &comma(), Boundary::Circular);
            let square = blurred.data().iter().zip(observation.observed().data());
            let square: f64 = square.map(|(a, b)| f64::from(a - b).powi(2)).sum();
            let expected = (square / blurred.data().len() as f64).sqrt();
            let name = method.description().id;
            assert!(
                (step.residual - expected).abs() < 1e-5 + 1e-3 * expected,
                "{name}: {} for {expected}",
                step.residual
            );
        }
    }
}

#[test]
fn negative_values_are_kept_out() {
    let picture = samples::points(48);
    let observation = observe(&picture, &Psf::Gaussian { sigma: 1.2 }.sample(), Treatment::Circular, 0.01);
    for method in ALL {
        let settings = automatic(method, &observation);
        let lowest = |settings: &Settings| {
            method.restore(&observation, settings).data().iter().copied().fold(f32::INFINITY, f32::min)
        };
        let name = method.description().id;
        // Plug and play leaves the darkness between the points as it is, exactly.
        assert!(name == "pnp" || lowest(&settings) < 0.0, "{name} made nothing that could be kept out");
        assert!(lowest(&Settings { non_negative: true, ..settings }) >= 0.0, "{name}");
    }
}

/// Half of all pixels are missing; what is put in their places must be far better than their neighbours' mean, which
/// other methods take.
#[test]
fn missing_pixels_are_found_again() {
    let picture = samples::star(96);
    let mut random = Random::new(31);
    let known: Vec<bool> = (0..96 * 96).map(|_| random.uniform() < 0.5).collect();
    let mut observed = blur(&picture, &Psf::Gaussian { sigma: 0.5 }.sample(), Boundary::Circular);
    add_gaussian(&mut observed, 0.005, 12);
    for (value, known) in observed.data_mut().iter_mut().zip(&known) {
        if !known {
            *value = 0.0;
        }
    }
    let kernel = Psf::Gaussian { sigma: 0.5 }.sample();
    for treatment in [Treatment::Circular, Treatment::Unknown] {
        let observation = Observation::new(observed.clone(), kernel.clone(), treatment).unwrap();
        let observation = Rc::new(observation.with_noise(0.005).with_known(known.clone()));
        let filled = {
            let regularised = method("regularised").unwrap();
            let settings = Settings::of(regularised.description()).with_first(1e-3);
            psnr(&picture, &regularised.restore(&observation, &settings), 1.0)
        };
        let mut settings = automatic(&TotalVariation, &observation);
        settings.iterations = 300;
        let found = psnr(&picture, &TotalVariation.restore(&observation, &settings), 1.0);
        println!("{treatment:?}: neighbours' means {filled:.2} dB, total variation {found:.2} dB");
        assert!(found > filled + 3.0, "{treatment:?}: neighbours' means {filled:.2} dB, total variation {found:.2} dB");
    }
}

/// On honest crops of a larger scene the outside is unknown. Supposing a mirror there costs little, a circle much.
#[test]
fn what_is_unknown_is_best_left_unknown() {
    for method in [&TotalVariation as &dyn Method, &PlugAndPlay] {
        unknown_is_best(method);
    }
}

fn unknown_is_best(method: &dyn Method) {
    let kernel = Psf::Box { side: 9 }.sample();
    for (name, scene) in [("camera", pictures::camera()), ("astronaut", pictures::astronaut())] {
        let original = scene.crop(44, 64, 128, 128).unwrap();
        let mut observed = blur_valid(&scene.crop(40, 60, 136, 136).unwrap(), &kernel).unwrap();
        assert_eq!(observed.size(), original.size());
        let sigma = sigma_for_bsnr(&observed, 40.0);
        add_gaussian(&mut observed, sigma, 41);
        let [circular, taper, mirror, unknown] =
            [Treatment::Circular, Treatment::Taper, Treatment::Mirror, Treatment::Unknown].map(|treatment| {
                let observation = Observation::new(observed.clone(), kernel.clone(), treatment).unwrap();
                let observation = Rc::new(observation.with_noise(sigma));
                isnr(&original, &observed, &method.restore(&observation, &automatic(method, &observation)))
            });
        let name = format!("{}, {name}", method.description().id);
        println!("{name}: circular {circular:.2}, taper {taper:.2}, mirror {mirror:.2}, unknown {unknown:.2} dB");
        assert!(unknown >= mirror - 0.05, "{name}: unknown {unknown:.2}, mirror {mirror:.2} dB");
        assert!(mirror >= circular + 1.0, "{name}: mirror {mirror:.2}, circular {circular:.2} dB");
    }
}

#[test]
fn no_settings_make_anything_that_is_not_a_number() {
    let mut random = Random::new(9);
    let mut pictures: Vec<Image> = [[1, 1], [1, 9], [17, 1], [2, 3], [7, 12], [16, 16]]
        .map(|[height, width]| Image::from_fn(1, height, width, |_, _, _| random.normal() as f32))
        .into();
    pictures.extend([Image::zeros(2, 9, 10), Image::from_fn(1, 9, 10, |_, _, _| 0.5), samples::points(24)]);
    let kernels = [
        Kernel::delta(),
        comma(),
        Psf::Box { side: 5 }.sample(),
        Kernel::new(1, 3, vec![1.0, -2.0, 1.0]).unwrap(),
        Kernel::new(1, 1, vec![0.0]).unwrap(),
    ];
    let values = [f32::NAN, f32::NEG_INFINITY, -1.0, 0.0, 1e-5, 0.01, 1.0, 1e9, f32::INFINITY];
    for picture in &pictures {
        let [height, width] = picture.size();
        for kernel in &kernels {
            for (turn, treatment) in Treatment::ALL.into_iter().enumerate() {
                let mut observation = Observation::new(picture.clone(), kernel.clone(), treatment).unwrap();
                if turn % 2 == 0 {
                    observation = observation.with_noise(0.02);
                }
                let observations = [
                    Rc::new(observation),
                    Rc::new(
                        Observation::new(picture.clone(), kernel.clone(), treatment)
                            .unwrap()
                            .with_known((0..height * width).map(|index| index % 3 == 1).collect()),
                    ),
                ];
                for (observation, method) in observations.iter().flat_map(|one| ALL.map(|method| (one, method))) {
                    let description = method.description();
                    if let Some(value) = method.automatic(observation, Rule::Noise) {
                        let [low, high] = description.parameters[0].range();
                        assert!((low..=high).contains(&value), "{}: {value}", description.id);
                    } else {
                        assert!(observation.sigma() == 0.0, "{} knows the noise and does not say", description.id);
                    }
                    let mut settings = Settings::of(description);
                    settings.iterations = 3;
                    let mut run = method.start(observation, &settings);
                    for (place, value) in values.into_iter().enumerate() {
                        settings.parameters = [value; 3];
                        settings.non_negative = place % 2 == 0;
                        settings.start = if place % 3 == 0 { Start::Flat } else { Start::Observed };
                        run.restart(&settings);
                        let mut step = run.step();
                        while step.ending.is_none() {
                            step = run.step();
                        }
                        let finite = run.estimate().data().iter().all(|value| value.is_finite());
                        let case =
                            format!("{} with {value}, {treatment:?}, {:?}, {kernel:?}", description.id, picture.size());
                        assert!(finite && step.residual.is_finite() && step.change.is_finite(), "{case}: {step:?}");
                        assert!(
                            step.ending != Some(Ending::Diverged),
                            "{case} diverged: {step:?}, {:?}",
                            run.estimate()
                        );
                    }
                }
            }
        }
    }
}

/// Numbers below the normal ones of f32 are slow wherever they are computed with.
#[test]
fn dark_pictures_make_no_denormal_numbers() {
    let observation = observe(&samples::points(64), &Psf::Gaussian { sigma: 1.0 }.sample(), Treatment::Circular, 0.0);
    for method in ALL {
        let mut settings = Settings::of(method.description());
        settings.iterations = 40;
        let restored = method.restore(&observation, &settings);
        let denormal = restored.data().iter().filter(|value| value.is_subnormal()).count();
        assert_eq!(denormal, 0, "{}", method.description().id);
    }
}

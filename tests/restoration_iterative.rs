#![cfg(not(target_arch = "wasm32"))]
//! Landweber and the forms of Richardson–Lucy against what is known of them beforehand: fixed points, the light that
//! must not be lost, quantities that each step brings down, and which method gets how far. Pictures are generated or free
//! photographs, noise has a fixed seed.

use std::rc::Rc;

use deconvolution_explorer::imaging::noise::{Random, add_gaussian};
use deconvolution_explorer::imaging::quality::{isnr, psnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, blur_valid, samples};
use deconvolution_explorer::restoration::{
    Description, Ending, Method, Observation, Run, Settings, Start, Treatment, method,
};

mod pictures;

const IDS: [&str; 5] = ["landweber", "richardson-lucy", "rl-accelerated", "rl-damped", "rl-tv"];

fn methods() -> impl Iterator<Item = &'static dyn Method> {
    IDS.into_iter().map(|id| method(id).expect("it is registered"))
}

fn named(id: &str) -> (&'static dyn Method, &'static Description, Settings) {
    let method = method(id).expect("it is registered");
    let description = method.description();
    (method, description, Settings::of(description))
}

/// A kernel without any symmetry.
fn comma() -> Kernel {
    let weights = [[0., 4., 3., 0., 0.], [1., 9., 7., 2., 0.], [0., 3., 6., 4., 1.], [0., 0., 0., 2., 2.]];
    Kernel::normalised(4, 5, weights.concat()).unwrap()
}

/// `original` blurred and with noise of that blurred signal-to-noise ratio in dB.
fn degraded(original: &Image, kernel: &Kernel, boundary: Boundary, decibels: f32) -> (Image, f32) {
    let mut observed = blur(original, kernel, boundary);
    let sigma = sigma_for_bsnr(&observed, decibels);
    add_gaussian(&mut observed, sigma, 21);
    (observed, sigma)
}

fn observation(observed: &Image, kernel: &Kernel, treatment: Treatment, sigma: f32) -> Rc<Observation> {
    Rc::new(Observation::new(observed.clone(), kernel.clone(), treatment).unwrap().with_noise(sigma))
}

/// The ISNR after each of `steps` steps.
fn course(run: &mut dyn Run, original: &Image, observed: &Image, steps: usize) -> Vec<f64> {
    (0..steps)
        .map(|_| {
            run.step();
            isnr(original, observed, run.estimate())
        })
        .collect()
}

fn best(course: &[f64]) -> (usize, f64) {
    let best = course.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (1 + course.iter().position(|&gain| gain == best).unwrap(), best)
}

/// Runs `id` for so many iterations.
fn restored(id: &str, observation: &Rc<Observation>, iterations: usize) -> Image {
    let (method, _, settings) = named(id);
    method.restore(observation, &Settings { iterations, ..settings })
}

fn largest_difference(a: &Image, b: &Image) -> f32 {
    a.data().iter().zip(b.data()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn sum(image: &Image) -> f64 {
    image.data().iter().map(|&value| f64::from(value)).sum()
}

#[test]
fn without_a_blur_the_data_are_the_fixed_point() {
    for [height, width] in [[24, 30], [1, 40], [23, 1]] {
        let mut random = Random::new(3);
        let picture = Image::from_fn(2, height, width, |_, _, _| 0.1 + random.uniform() as f32);
        for treatment in Treatment::ALL {
            let watched = observation(&picture, &Kernel::delta(), treatment, 0.0);
            for (method, start) in
                methods().flat_map(|method| method.description().starts.iter().map(move |s| (method, *s)))
            {
                let id = method.description().id;
                let settings = Settings { start, iterations: 20, ..Settings::of(method.description()) };
                // Total variation wants something else, however little of it: the least λ is left.
                let (settings, slack) = if id == "rl-tv" { (settings.with_first(0.0), 1e-3) } else { (settings, 2e-6) };
                let difference = largest_difference(&picture, &method.restore(&watched, &settings));
                assert!(difference < slack, "{id}, {treatment:?}, {start:?}, {height} × {width}: {difference}");
            }
        }
    }
}

/// A kernel of full rank, too large for sums to be worth it.
fn large() -> Kernel {
    Kernel::normalised(15, 17, (0..255).map(|index| 1.0 + ((index * index) % 23) as f32).collect()).unwrap()
}

/// Kernels for each way to blur: sums over all weights, over a column and a row, and the Fourier transform.
fn kernels() -> [Kernel; 3] {
    [comma(), Psf::Gaussian { sigma: 2.0 }.sample(), large()]
}

#[test]
fn they_are_what_the_books_say_whichever_way_the_blur_is_computed() {
    let original = samples::star(90).crop(0, 10, 90, 72).unwrap();
    for kernel in kernels() {
        let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 30.0);
        let observed = observed.map(|value| value.max(0.01));
        let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
        let mean = (sum(&observed) / observed.data().len() as f64) as f32;
        let (mut likely, mut steepest) = (observed.map(|_| mean), observed.clone());
        for _ in 0..6 {
            let model = blur(&likely, &kernel, Boundary::Circular);
            let ratio = combine(&observed, &model, |observed, model| observed / model);
            let correction = blur(&ratio, &kernel.flipped(), Boundary::Circular);
            likely = combine(&likely, &shifted_back(&correction, &kernel), |value, correction| value * correction);
            let residual = combine(&observed, &blur(&steepest, &kernel, Boundary::Circular), |a, b| a - b);
            let correction = blur(&residual, &kernel.flipped(), Boundary::Circular);
            steepest = combine(&steepest, &shifted_back(&correction, &kernel), |value, correction| value + correction);
        }
        let difference = largest_difference(&likely, &restored("richardson-lucy", &watched, 6));
        assert!(difference < 3e-5, "Richardson–Lucy, {:?}: {difference}", kernel.size());
        let difference = largest_difference(&steepest, &restored("landweber", &watched, 6));
        assert!(difference < 3e-5, "Landweber, {:?}: {difference}", kernel.size());
    }
}

fn combine(a: &Image, b: &Image, function: impl Fn(f32, f32) -> f32) -> Image {
    let data = a.data().iter().zip(b.data()).map(|(&a, &b)| function(a, b)).collect();
    Image::from_vec(a.channels(), a.height(), a.width(), data).unwrap()
}

/// Turning a kernel of even sides moves its centre by a pixel; this takes the move back.
fn shifted_back(image: &Image, kernel: &Kernel) -> Image {
    let [down, right] = kernel.size().map(|side| usize::from(side % 2 == 0));
    let [height, width] = image.size();
    Image::from_fn(1, height, width, |_, y, x| {
        image.data()[(y + height - down) % height * width + (x + width - right) % width]
    })
}

#[test]
fn no_light_is_lost() {
    let original = samples::star(75);
    for kernel in kernels() {
        let observed = blur(&original, &kernel, Boundary::Circular);
        let watched = observation(&observed, &kernel, Treatment::Circular, 0.0);
        for id in ["richardson-lucy", "rl-accelerated"] {
            let (method, _, settings) = named(id);
            let mut run = method.start(&watched, &settings);
            for _ in 0..25 {
                run.step();
                let lost = sum(run.estimate()) / sum(&observed) - 1.0;
                assert!(lost.abs() < 1e-5, "{id}, {:?}: {lost}", kernel.size());
            }
        }
    }
}

#[test]
fn nothing_falls_below_zero() {
    let (mut observed, _) = degraded(&samples::points(64), &comma(), Boundary::Circular, 10.0);
    add_gaussian(&mut observed, 0.05, 8);
    assert!(observed.data().iter().any(|&value| value < 0.0), "there is something to cut off");
    for treatment in [Treatment::Circular, Treatment::Unknown] {
        let watched = observation(&observed, &comma(), treatment, 0.05);
        for method in methods() {
            let settings = Settings { iterations: 40, non_negative: true, ..Settings::of(method.description()) };
            let least = method.restore(&watched, &settings).data().iter().copied().fold(f32::INFINITY, f32::min);
            assert!(least >= 0.0, "{}: {least}", method.description().id);
        }
    }
}

/// Which pixels are known: four of five.
fn holes(pixels: usize) -> Vec<bool> {
    let mut random = Random::new(77);
    (0..pixels).map(|_| random.uniform() < 0.8).collect()
}

#[test]
fn every_step_comes_nearer() {
    let original = samples::star(70);
    for kernel in kernels() {
        let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 35.0);
        let circular = observation(&observed, &kernel, Treatment::Circular, sigma);
        let unknown = Observation::new(observed.clone(), kernel.clone(), Treatment::Unknown).unwrap();
        let unknown = Rc::new(unknown.with_known(holes(observed.data().len())));
        for (number, watched) in [circular, unknown].iter().enumerate() {
            for (id, first, non_negative) in [
                ("richardson-lucy", 0.0, true),
                ("rl-tv", 1e-3, true),
                ("landweber", 0.1, false),
                ("landweber", 1.0, true),
                ("landweber", 1.9, false),
                ("landweber", 1.9, true),
            ] {
                // The prior of one step is that of the estimate before it: near pixels that are hardly seen it may overshoot.
                if id == "rl-tv" && number == 1 {
                    continue;
                }
                let (method, _, settings) = named(id);
                let settings = Settings { non_negative, ..settings.with_first(first) };
                let mut run = method.start(watched, &settings);
                let mut last = f64::INFINITY;
                for iteration in 0..60 {
                    let objective = run.step().objective.expect("these minimise something");
                    // Rounding may add its own.
                    assert!(
                        objective <= last * (1.0 + 1e-5),
                        "{id} {first}, {:?}, observation {number}, step {iteration}: {objective} after {last}",
                        kernel.size()
                    );
                    last = objective;
                }
            }
        }
    }
}

#[test]
fn the_account_of_a_step_is_true() {
    let kernel = comma();
    let (observed, sigma) = degraded(&samples::star(50), &kernel, Boundary::Circular, 30.0);
    let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
    for id in ["landweber", "richardson-lucy"] {
        let (method, _, settings) = named(id);
        let mut run = method.start(&watched, &settings);
        run.step();
        let before = run.estimate().clone();
        let step = run.step();
        let after = run.estimate().clone();
        let count = observed.data().len() as f64;
        let norm = |a: &Image, b: &Image| sum(&combine(a, b, |a, b| (a - b) * (a - b))).sqrt();
        let model = blur(&before, &kernel, Boundary::Circular);
        let residual = norm(&observed, &model) / count.sqrt();
        assert!((step.residual / residual - 1.0).abs() < 1e-3, "{id}: {} for {residual}", step.residual);
        let change = norm(&after, &before) / norm(&after, &after.map(|_| 0.0));
        assert!((step.change / change - 1.0).abs() < 1e-3, "{id}: {} for {change}", step.change);
        let objective: f64 = if id == "landweber" {
            0.5 * count * residual * residual
        } else {
            let pairs = observed.data().iter().zip(model.data()).map(|(&g, &m)| (f64::from(g), f64::from(m)));
            pairs.map(|(g, m)| g * (g / m).ln() - g + m).sum()
        };
        let told = step.objective.unwrap();
        assert!((told / objective - 1.0).abs() < 2e-3, "{id}: {told} for {objective}");
        assert_eq!(step.iteration, 2);
    }
}

#[test]
fn an_asymmetric_blur_is_undone_as_well_as_its_mirror_image() {
    let original = samples::star(96);
    for method in methods() {
        let gains = [comma(), comma().flipped()].map(|kernel| {
            let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 40.0);
            let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
            psnr(&original, &restored(method.description().id, &watched, 60), 1.0)
        });
        let id = method.description().id;
        println!("{id}: {gains:.2?} dB");
        assert!(gains[0] > 22.0 && (gains[0] - gains[1]).abs() < 0.5, "{id}: {gains:?} dB");
    }
}

#[test]
fn no_picture_and_no_setting_makes_anything_but_numbers() {
    let mut random = Random::new(9);
    let mut noise =
        |height: usize, width: usize| Image::from_fn(2, height, width, |_, _, _| 2.0 * random.uniform() as f32 - 0.7);
    let pictures = [
        Image::from_fn(1, 9, 12, |_, _, _| 0.4),
        Image::zeros(1, 8, 7),
        Image::from_fn(1, 10, 6, |_, _, _| -0.3),
        Image::from_fn(1, 6, 6, |_, y, x| if y + x == 4 { 1e6 } else { 0.0 }),
        noise(1, 1),
        noise(17, 1),
        noise(1, 33),
        noise(12, 19),
    ];
    let kernels = [
        comma(),
        Kernel::new(1, 1, vec![0.0]).unwrap(),
        Kernel::new(3, 3, vec![0., -1., 0., -1., 5., -1., 0., -1., 0.]).unwrap(),
        Psf::Disc { radius: 8.0 }.sample(),
    ];
    let values = [0.0, -1.0, 0.7, f32::MAX, f32::NEG_INFINITY, f32::NAN];
    for picture in &pictures {
        for (number, kernel) in kernels.iter().enumerate() {
            for treatment in Treatment::ALL {
                let pixels = picture.height() * picture.width();
                let masks = [vec![true; pixels], holes(pixels), vec![false; pixels]];
                for known in if number == 0 { &masks[..] } else { &masks[1..2] }.iter().cloned() {
                    let watched = Observation::new(picture.clone(), kernel.clone(), treatment).unwrap();
                    let watched = Rc::new(watched.with_known(known).with_noise(if number == 0 { 0.1 } else { 0.0 }));
                    for id in IDS.into_iter().chain(["blind-rl", "blind-search"]) {
                        let (method, _, mut settings) = named(id);
                        let mut run = method.start(&watched, &settings);
                        for (place, &value) in values.iter().enumerate() {
                            settings.parameters = [value; 3];
                            settings.iterations = 3 + place;
                            settings.start = [Start::Flat, Start::Observed, Start::Filtered][place % 3];
                            settings.non_negative = place % 2 == 0;
                            run.restart(&settings);
                            while run.step().ending.is_none() {}
                            let sound = run.estimate().data().iter().all(|value| value.is_finite());
                            assert!(sound, "{id}, {value}, {:?}, kernel {number}, {treatment:?}", picture.size());
                            let kernel = run.kernel();
                            assert!(kernel.is_none_or(|kernel| (kernel.sum() - 1.0).abs() < 1e-4), "{id}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_blurred_star_comes_back() {
    let original = samples::star(128);
    let kernel = Psf::Disc { radius: 4.0 }.sample();
    let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 40.0);
    let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
    for (id, iterations) in
        [("landweber", 100), ("richardson-lucy", 100), ("rl-accelerated", 25), ("rl-damped", 100), ("rl-tv", 100)]
    {
        let gain = isnr(&original, &observed, &restored(id, &watched, iterations));
        println!("{id}: {gain:.2} dB");
        assert!(gain > 4.5, "{id}: {gain} dB");
    }
}

fn photograph() -> (Image, Image, Rc<Observation>) {
    let original = pictures::camera().crop(40, 60, 128, 128).unwrap();
    let kernel = Psf::Box { side: 9 }.sample();
    let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 25.0);
    let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
    (original, observed, watched)
}

#[test]
fn acceleration_needs_a_quarter_of_the_iterations_at_most() {
    let original = samples::star(128);
    let kernel = Psf::Box { side: 9 }.sample();
    let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 25.0);
    let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
    let gains = |id: &str| {
        let (method, _, settings) = named(id);
        let settings = Settings { iterations: 250, ..settings };
        course(&mut *method.start(&watched, &settings), &original, &observed, 250)
    };
    let (plain, accelerated) = (gains("richardson-lucy"), gains("rl-accelerated"));
    let (iterations, gain) = best(&plain);
    // The plain form creeps towards its best: what counts is where it first comes near.
    let near = |course: &[f64]| 1 + course.iter().position(|&other| other > gain - 0.1).expect("it comes near");
    let (slow, fast) = (near(&plain), near(&accelerated));
    println!("plain {gain:.2} dB after {iterations}, nearly after {slow}; accelerated after {fast}");
    assert!(iterations < 250 && 4 * fast <= slow);
}

#[test]
fn total_variation_and_damping_hold_where_the_plain_form_falls() {
    let (original, observed, watched) = photograph();
    let gains = |id: &str, first: f32| {
        let (method, _, settings) = named(id);
        let settings = Settings { iterations: 300, ..settings.with_first(first) };
        course(&mut *method.start(&watched, &settings), &original, &observed, 300)
    };
    let total_variation = named("rl-tv");
    let lambda = total_variation.0.automatic(&watched, total_variation.1.rules[0]).unwrap();
    let (plain, calm, damped) = (gains("richardson-lucy", 0.0), gains("rl-tv", lambda), gains("rl-damped", 3.0));
    println!("plain {:?}, then {:.2}", best(&plain), plain[299]);
    println!("total variation, λ = {lambda:.4}: {:?}, then {:.2}", best(&calm), calm[299]);
    println!("damped {:?}, then {:.2}", best(&damped), damped[299]);
    assert!(plain[299] < best(&plain).1 - 2.0, "the plain form falls");
    assert!(calm[299] > best(&calm).1 - 0.5 && calm[299] > best(&plain).1);
    assert!(damped[299] > plain[299] + 2.0);
}

/// A scene that goes on beyond the picture: taking what lies outside for unknown is worth decibels.
#[test]
fn what_is_outside_is_best_left_unknown() {
    let scene = pictures::camera();
    let original = scene.crop(60, 60, 120, 130).unwrap();
    let kernel = Psf::Box { side: 9 }.sample();
    let mut observed = blur_valid(&scene.crop(56, 56, 128, 138).unwrap(), &kernel).unwrap();
    let sigma = sigma_for_bsnr(&observed, 40.0);
    add_gaussian(&mut observed, sigma, 4);
    assert_eq!(observed.size(), original.size());
    for id in ["landweber", "richardson-lucy", "rl-tv"] {
        let gains = [Treatment::Unknown, Treatment::Mirror, Treatment::Taper, Treatment::Circular].map(|treatment| {
            isnr(&original, &observed, &restored(id, &observation(&observed, &kernel, treatment, sigma), 100))
        });
        println!("{id}: unknown, mirror, taper, circular: {gains:.2?} dB");
        assert!(gains[0] > gains[3] + 1.5 && gains[0] > gains[2], "{id}: {gains:?}");
    }
}

#[test]
fn missing_pixels_are_found_and_not_looked_at() {
    let original = samples::star(96);
    let kernel = Psf::Disc { radius: 2.5 }.sample();
    let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, 40.0);
    let known = holes(observed.data().len());
    let mut torn = observed.clone();
    for (value, known) in torn.data_mut().iter_mut().zip(&known) {
        *value = if *known { *value } else { 1e3 };
    }
    for method in methods() {
        let id = method.description().id;
        let [from_torn, from_whole] = [&torn, &observed].map(|picture| {
            let watched = Observation::new(picture.clone(), kernel.clone(), Treatment::Unknown).unwrap();
            restored(id, &Rc::new(watched.with_noise(sigma).with_known(known.clone())), 50)
        });
        assert_eq!(from_torn, from_whole, "{id}");
        let gain = isnr(&original, &observed, &from_torn);
        println!("{id}: {gain:.2} dB");
        assert!(gain > 3.0, "{id}: {gain} dB");
    }
}

#[test]
fn beginning_anew_is_as_good_as_new() {
    let (original, _, watched) = photograph();
    for method in methods() {
        let id = method.description().id;
        let settings = Settings { iterations: 4, ..Settings::of(method.description()) };
        let mut run = method.start(&watched, &settings);
        while run.step().ending.is_none() {}
        let once = run.estimate().clone();
        let last = run.step();
        assert!(last.ending == Some(Ending::Done) && *run.estimate() == once, "{id} goes on after its end");
        let other = Settings { start: Start::Filtered, iterations: 2, ..settings.clone() };
        run.restart(&other);
        while run.step().ending.is_none() {}
        assert_eq!(*run.estimate(), method.restore(&watched, &other), "{id}");
        run.restart(&settings);
        while run.step().ending.is_none() {}
        assert_eq!(*run.estimate(), once, "{id}");
        assert!(psnr(&original, &once, 1.0) > 10.0);
    }
}

#[test]
fn a_known_background_is_not_restored_along() {
    let original = samples::points(64);
    let kernel = Psf::Gaussian { sigma: 1.2 }.sample();
    let mut observed = blur(&original, &kernel, Boundary::Circular).map(|value| value + 0.3);
    add_gaussian(&mut observed, 1e-3, 2);
    let watched = observation(&observed, &kernel, Treatment::Circular, 1e-3);
    let (method, _, settings) = named("richardson-lucy");
    let settings = Settings { iterations: 200, ..settings };
    let told = method.restore(&watched, &settings.clone().with_first(0.3));
    let untold = method.restore(&watched, &settings).map(|value| value - 0.3);
    let [told, untold] = [told, untold].map(|picture| psnr(&original, &picture, 1.0));
    println!("told {told:.2} dB, untold {untold:.2} dB");
    assert!(told > untold + 0.5);
}

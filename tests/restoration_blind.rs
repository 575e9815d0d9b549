#![cfg(not(target_arch = "wasm32"))]
//! Blind methods: the blur that they find must be the one that was used. How large and how slanted it is, is read off
//! its second moments, by another way than the search's own. Pictures are generated or free photographs, crops of blurred
//! scenes that go on beyond them; noise has a fixed seed.

use std::rc::Rc;

use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{isnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, samples};
use deconvolution_explorer::restoration::{Ending, Observation, Run, Settings, Treatment, method};

mod pictures;

fn scenes() -> Vec<(&'static str, Image)> {
    let mut scenes = vec![("star", samples::star(256))];
    scenes.extend(pictures::all());
    scenes
}

/// The middle of `scene` and of its blur, with noise of that blurred signal-to-noise ratio in dB.
fn crop(scene: &Image, kernel: &Kernel, decibels: f32) -> (Image, Image, f32) {
    let side = 180;
    let middle = |picture: &Image| picture.crop(40, 36, side, side).unwrap();
    let mut observed = middle(&blur(scene, kernel, Boundary::Mirror));
    let sigma = sigma_for_bsnr(&observed, decibels);
    add_gaussian(&mut observed, sigma, 30);
    (middle(scene), observed, sigma)
}

/// The second moments yy, yx and xx about the centre.
fn moments(kernel: &Kernel) -> [f64; 3] {
    let [centre_y, centre_x] = kernel.centre().map(|centre| centre as f64);
    let mut sums = [0.0; 3];
    for (index, &weight) in kernel.weights().iter().enumerate() {
        let (y, x) = ((index / kernel.width()) as f64 - centre_y, (index % kernel.width()) as f64 - centre_x);
        for (sum, product) in sums.iter_mut().zip([y * y, y * x, x * x]) {
            *sum += f64::from(weight) * product;
        }
    }
    sums
}

/// The radius of a disc: its points are r²/2 from the centre in the mean square.
fn radius(kernel: &Kernel) -> f64 {
    let [yy, _, xx] = moments(kernel);
    (2.0 * (yy + xx)).sqrt()
}

/// Length and direction in degrees of a line of the breadth of a pixel: along it the variance is L²/12, across 1/12.
fn line(kernel: &Kernel) -> [f64; 2] {
    let [yy, yx, xx] = moments(kernel);
    let spread = (xx - yy).hypot(2.0 * yx);
    // Rows grow downwards, angles upwards.
    [(12.0 * spread + 1.0).sqrt(), (-2.0 * yx).atan2(xx - yy).to_degrees() / 2.0]
}

fn search(observed: &Image, family: f32, sigma: f32) -> Box<dyn Run> {
    let observation = Observation::new(observed.clone(), Kernel::delta(), Treatment::Unknown).unwrap();
    let search = method("blind-search").expect("it is registered");
    let settings = Settings::of(search.description()).with_first(family);
    search.start(&Rc::new(observation.with_noise(sigma)), &settings)
}

/// Runs to the end; the best score must only fall.
fn finish(run: &mut dyn Run) -> Kernel {
    let mut last = f64::INFINITY;
    loop {
        let step = run.step();
        let score = step.objective.expect("there is light in the picture");
        assert!(score <= last);
        last = score;
        if let Some(ending) = step.ending {
            assert_eq!(ending, Ending::Done);
            return run.kernel().expect("something was found");
        }
    }
}

#[test]
fn the_radius_of_a_defocus_is_found() {
    for (name, scene) in scenes() {
        for (true_radius, decibels) in [(2.0, 40.0), (3.7, 30.0), (6.2, 30.0), (11.0, 30.0)] {
            let kernel = Psf::Disc { radius: true_radius }.sample();
            let (original, observed, sigma) = crop(&scene, &kernel, decibels);
            let mut run = search(&observed, 0.0, sigma);
            let found = finish(&mut *run);
            let off = (radius(&found) - radius(&kernel)).abs();
            let gain = isnr(&original, &observed, run.estimate());
            println!("{name}, radius {true_radius} at {decibels} dB: off by {off:.2}, {gain:.2} dB");
            assert!(off < 0.5, "{name}, radius {true_radius}: off by {off}");
            assert!(gain > 0.5, "{name}, radius {true_radius}: {gain} dB");
        }
    }
}

#[test]
fn the_length_and_the_angle_of_a_motion_are_found() {
    for (name, scene) in scenes() {
        for (length, angle_degrees) in [(6.0, 20.0), (12.0, 75.0), (18.3, 141.0)] {
            // Short ones are the hardest to tell; one scene will do.
            if length < 10.0 && name != "camera" {
                continue;
            }
            let kernel = Psf::Motion { length, angle_degrees }.sample();
            let (original, observed, sigma) = crop(&scene, &kernel, 30.0);
            let mut run = search(&observed, 1.0, sigma);
            let ([found_length, found_angle], [length, angle]) = (line(&finish(&mut *run)), line(&kernel));
            let turned = (found_angle - angle + 90.0).rem_euclid(180.0) - 90.0;
            let gain = isnr(&original, &observed, run.estimate());
            println!(
                "{name}, {length:.1} px at {angle:.1}°: off by {:.2} px and {turned:.1}°, {gain:.2} dB",
                found_length - length
            );
            assert!((found_length - length).abs() < 1.0, "{name}: {found_length} px for {length}");
            assert!(turned.abs() < 5.0, "{name}: {found_angle}° for {angle}°");
            assert!(gain > 1.0, "{name}, {length} px at {angle}°: {gain} dB");
        }
    }
}

#[test]
fn a_sharp_picture_needs_no_kernel_and_a_stopped_search_gives_its_best() {
    let (_, observed, sigma) = crop(&pictures::camera(), &Kernel::delta(), 35.0);
    for family in [0.0, 1.0] {
        let mut run = search(&observed, family, sigma);
        let found = finish(&mut *run);
        assert!(radius(&found) < 1.2, "family {family}: {:?}", found.weights());
    }
    let (_, observed, _) = crop(&pictures::camera(), &Psf::Disc { radius: 4.0 }.sample(), 35.0);
    let observation = Rc::new(Observation::new(observed, Kernel::delta(), Treatment::Circular).unwrap());
    let search = method("blind-search").unwrap();
    let mut settings = Settings::of(search.description());
    settings.iterations = 3;
    let mut run = search.start(&observation, &settings);
    let stopped = finish(&mut *run);
    settings.iterations = usize::MAX;
    run.restart(&settings);
    let finished = finish(&mut *run);
    assert!(radius(&stopped) < 2.0 && (radius(&finished) - 4.0).abs() < 0.5);
}

#[test]
fn a_hurried_search_restores_at_once_and_ends_where_it_would_have() {
    let (_, observed, sigma) = crop(&pictures::camera(), &Psf::Disc { radius: 4.0 }.sample(), 35.0);
    let [mut run, mut patient] = [(); 2].map(|()| search(&observed, 0.0, sigma));
    assert!(!run.hurry(), "there is nothing to restore by");
    for _ in 0..5 {
        run.step();
        assert_eq!(run.estimate(), &observed);
    }
    let mut steps = 0;
    while run.hurry() {
        let step = run.step();
        assert_eq!((step.iteration, step.ending), (5, None));
        steps += 1;
    }
    assert!(steps > 1 && run.estimate() != &observed);
    assert_eq!(finish(&mut *run).weights(), finish(&mut *patient).weights());
    assert_eq!(run.estimate(), patient.estimate());
    assert!(!run.hurry());
}

/// Σ(a − b)² over Σb², b being as large as a.
fn distance(a: &Kernel, b: &Kernel) -> f64 {
    assert_eq!(a.size(), b.size());
    let square = |value: f32| f64::from(value) * f64::from(value);
    let off: f64 = a.weights().iter().zip(b.weights()).map(|(a, b)| square(a - b)).sum();
    (off / b.weights().iter().map(|&b| square(b)).sum::<f64>()).sqrt()
}

/// Of sum 1, on a support of 17 × 17.
fn bell(across: f32, down: f32) -> Kernel {
    let part = |index: usize, sigma: f32| (-((index as f32 - 8.0) / sigma).powi(2) / 2.0).exp();
    Kernel::normalised(17, 17, (0..289).map(|index| part(index / 17, down) * part(index % 17, across)).collect())
        .unwrap()
}

#[test]
fn blind_richardson_lucy_mends_a_wrong_guess() {
    let original = samples::star(128);
    let (kernel, guess) = (bell(1.5, 1.5), bell(2.0, 2.0));
    let mut observed = blur(&original, &kernel, Boundary::Circular);
    let sigma = sigma_for_bsnr(&observed, 40.0);
    add_gaussian(&mut observed, sigma, 21);
    let observation = Observation::new(observed.clone(), guess.clone(), Treatment::Circular).unwrap();
    let observation = Rc::new(observation.with_noise(sigma));
    let blind = method("blind-rl").unwrap();
    let settings = Settings::of(blind.description());
    let mut run = blind.start(&observation, &settings);
    let (mut last, mut least) = (f64::INFINITY, f64::INFINITY);
    loop {
        let step = run.step();
        let objective = step.objective.unwrap();
        assert!(objective <= last * (1.0 + 1e-4), "{objective} after {last}");
        last = objective;
        let found = run.kernel().unwrap();
        assert!(found.weights().iter().all(|&weight| weight >= 0.0) && (found.sum() - 1.0).abs() < 1e-5);
        least = least.min(distance(&found, &kernel));
        if step.ending.is_some() {
            break;
        }
    }
    let [before, after] = [distance(&guess, &kernel), distance(&run.kernel().unwrap(), &kernel)];
    let gain = isnr(&original, &observed, run.estimate());
    // With the wrong kernel believed, the same number of steps for the picture:
    let mut believed = settings.clone();
    believed.parameters[2] = 0.0;
    let wrong = isnr(&original, &observed, &blind.restore(&observation, &believed));
    println!("kernel off by {before:.2} before, {after:.2} after; {gain:.2} dB, {wrong:.2} dB with the guess");
    assert!(after < before / 2.0, "{before} before, {after} after");
    assert!(gain > wrong + 1.0 && gain > 2.0, "{gain} dB, {wrong} dB with the guess");
}

/// Nothing of the guess is left where it is not trusted, and with the unknown outside it all works as well.
#[test]
fn blind_richardson_lucy_starts_as_it_is_told() {
    let original = samples::star(96);
    let kernel = bell(1.2, 2.2);
    let observed = blur(&original, &kernel, Boundary::Mirror);
    // A taper is made with the guess.
    for treatment in [Treatment::Unknown, Treatment::Circular, Treatment::Mirror] {
        let blind = method("blind-rl").unwrap();
        let guesses = [bell(3.0, 1.0), bell(1.0, 3.0)].map(|guess| {
            let observation = Rc::new(Observation::new(observed.clone(), guess, treatment).unwrap());
            let settings = Settings::of(blind.description()).with_first(0.0);
            let mut run = blind.start(&observation, &settings);
            let before = run.kernel().unwrap();
            while run.step().ending.is_none() {}
            (before, run.kernel().unwrap())
        });
        assert_eq!(guesses[0], guesses[1], "{treatment:?}");
        let (before, after) = &guesses[0];
        assert!(distance(after, &kernel) < 0.7 * distance(before, &kernel), "{treatment:?}");
    }
}

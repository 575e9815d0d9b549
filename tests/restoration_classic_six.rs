#![cfg(not(target_arch = "wasm32"))]
//! The classic six degradations: every method gains what plain NumPy recipes of it gained with noise of their own on the
//! same pictures, which `tests/golden/generate_classic_six.py` wrote to `classic_six.csv`, but for 0.2 dB.
//! `cargo run --release --example classic_six` prints the whole table; here are the pictures that take no minute.

mod pictures;
mod scenarios;

use deconvolution_explorer::restoration::method;

static PROTOTYPES: &str = include_str!("golden/classic_six.csv");

/// What the prototype of `method` gained on `picture` in scenarios 1…6.
fn prototype(method: &str, picture: &str) -> Vec<f64> {
    let row = PROTOTYPES.lines().find_map(|line| line.strip_prefix(&format!("{method},{picture},")));
    row.expect("a row of the prototype").split(',').map(|gain| gain.parse().expect("a number")).collect()
}

fn no_worse_than_the_prototype(id: &str, names: &[&str]) {
    let method = method(id).expect("a method");
    for (name, picture) in pictures::all().into_iter().filter(|(name, _)| names.contains(name)) {
        for (number, expected) in (1..).zip(prototype(id, name)) {
            let gain = scenarios::gain(method, &picture, number);
            println!("{id}, {name}, scenario {number}: {gain:.2} dB, prototype {expected:.2} dB");
            assert!(gain >= expected - 0.2, "{id}, {name}, scenario {number}: {gain:.2} dB for {expected:.2} dB");
        }
    }
}

#[test]
fn the_regularised_filter() {
    no_worse_than_the_prototype("regularised", &["camera", "astronaut", "coffee", "brick"]);
}

#[test]
fn total_variation() {
    no_worse_than_the_prototype("tv", &["camera", "coffee"]);
}

#[test]
fn sparse_wavelets() {
    no_worse_than_the_prototype("wavelet", &["astronaut"]);
}

#[test]
fn plug_and_play() {
    no_worse_than_the_prototype("pnp", &["camera"]);
}

/// Grouping similar patches is worth its time where much noise hides what repeats itself.
#[test]
fn groups_find_more_than_single_patches() {
    let method = method("pnp").expect("a method");
    let picture = pictures::coffee();
    let single = scenarios::gain(method, &picture, 6);
    let grouped = scenarios::gain_with(method, &picture, 6, |mut settings| {
        settings.parameters[1] = 0.3;
        settings.parameters[2] = 16.0;
        settings
    });
    println!("single {single:.2} dB, grouped {grouped:.2} dB");
    assert!(grouped > single + 0.3, "single {single:.2} dB, grouped {grouped:.2} dB");
}

#![cfg(not(target_arch = "wasm32"))]
//! Signals made by formula: light of any length, the same at any sampling, with what their names promise.

use deconvolution_explorer::imaging::{Boundary, Image, Psf, blur, samples};

type Signal = fn(usize) -> Image;

const SIGNALS: [(&str, Signal); 3] =
    [("spikes", samples::spikes), ("bands", samples::bands), ("steps", samples::steps)];

#[test]
fn signals_are_light_of_any_length() {
    for (name, signal) in SIGNALS {
        for length in [1, 2, 9, 64, 512, samples::MAX_SIDE] {
            let found = signal(length);
            assert_eq!((found.channels(), found.size()), (1, [length, 1]), "{name}");
            assert!(found.data().iter().all(|value| (0.0..=1.0).contains(value)), "{name}");
            assert_eq!(found, signal(length), "{name} is the same at every call");
        }
        assert_eq!(signal(0).size(), [1, 1]);
        assert_eq!(signal(usize::MAX).size(), [samples::MAX_SIDE, 1]);
        let found = signal(512);
        let (least, most) =
            found.data().iter().fold((f32::MAX, f32::MIN), |(least, most), &value| (least.min(value), most.max(value)));
        assert!(most - least > 0.5, "{name} spans {least} to {most}");
    }
}

#[test]
fn a_finer_sampling_is_the_same_signal() {
    for (name, signal) in &SIGNALS[1..] {
        let (fine, coarse) = (signal(2048), signal(512));
        for (value, four) in coarse.data().iter().zip(fine.data().chunks(4)) {
            let mean = four.iter().sum::<f32>() / 4.0;
            assert!((value - mean).abs() < 0.02, "{name}: {value} for {mean}");
        }
    }
    let (fine, coarse) = (samples::spikes(2048), samples::spikes(512));
    for (value, four) in coarse.data().iter().zip(fine.data().chunks(4)) {
        assert_eq!(*value, four.iter().copied().fold(0.0, f32::max));
    }
}

#[test]
fn signals_hold_what_their_names_say() {
    let spikes = samples::spikes(512);
    let peaks: Vec<usize> = (0..512).filter(|&y| spikes.data()[y] > 0.1).collect();
    assert_eq!(peaks.len(), 16, "{peaks:?}");
    // A blur joins the pairs.
    let blurred = blur(&spikes, &Psf::Gaussian { sigma: 4.0 }.sample_line(), Boundary::Mirror);
    let maxima = blurred.data().windows(3).filter(|three| three[1] > three[0] && three[1] > three[2]).count();
    assert!((8..16).contains(&maxima), "{maxima}");

    let steps = samples::steps(512);
    let changes = steps.data().windows(2).filter(|pair| (pair[0] - pair[1]).abs() > 1e-6).count();
    // Eleven steps, each within one sample or at its edge.
    assert!((11..=22).contains(&changes), "{changes}");

    let bands = samples::bands(512);
    let maxima = bands.data().windows(3).filter(|three| three[1] > three[0] && three[1] > three[2]).count();
    assert!((6..=11).contains(&maxima), "{maxima}: some bands are only shoulders");
    assert!(bands.data().windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.15), "nothing jumps");
}

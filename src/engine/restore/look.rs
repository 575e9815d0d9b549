//! A closer look at a restoration: spectra, residual, difference and similarity.

use super::{
    super::{
        Aspect, EngineError,
        answer::{Insight, RINGS, Residual, Ring, Spectra},
        source::Sources,
        spectrum::{Map, frequency, shown_scale},
    },
    Held,
    bench::Bench,
};
use crate::{
    imaging::{Boundary, Image, ImageError, Kernel, blur, quality},
    restoration::{Bin, METHODS, Treatment},
};

pub(super) fn insight(
    sources: &mut Sources,
    bench: &mut Bench,
    held: &Held,
    aspect: Aspect,
) -> Result<Insight, EngineError> {
    Ok(match aspect {
        Aspect::Spectra => spectra(sources, bench, held)?,
        Aspect::Residual => residual(sources, bench, held)?,
        Aspect::Difference => difference(sources, bench, held),
        Aspect::Similarity => Insight::Similarity {
            observed: bench.similarity(),
            restored: bench.original.as_ref().map_or(f64::NAN, |original| quality::ssim(original, &held.restored, 1.0)),
        },
    })
}

fn spectra(sources: &mut Sources, bench: &Bench, held: &Held) -> Result<Insight, EngineError> {
    let observed = Map::of_power(&bench.observed)?;
    let restored = Map::of_power(&held.restored)?;
    let original = bench.original.as_ref().map(|original| Map::of_power(original)).transpose()?;
    let size = observed.size;
    let kernel = held.kernel.as_ref().unwrap_or(held.observation.kernel());
    let otf = kernel.transfer_magnitude(size)?;
    let gains = Map { size, values: gains(held, &otf, &observed, &restored) };

    let (observed_picture, observed_range) = observed.render(sources);
    let (original_picture, original_range) = match &original {
        Some(original) => original.render(sources),
        None => (observed_picture.clone(), observed_range),
    };
    let (filter_picture, filter_range) = gains.render(sources);
    let (restored_picture, restored_range) = restored.render(sources);

    let rings = RINGS.min(size[0].max(size[1]).div_ceil(2));
    let mut sums = vec![[0.0; 5]; rings];
    let mut counts = vec![0.0; rings];
    for place in 0..observed.values.len() {
        let parts = frequency(place, size);
        let of_axis = |axis: usize| parts[axis].min(size[axis] - parts[axis]) as f64 / size[axis] as f64;
        let distance = of_axis(0).hypot(of_axis(1));
        let ring = (distance * 2.0 * rings as f64) as usize;
        // The corners beyond half a cycle a pixel are left out, but not the one frequency that is just that.
        if distance <= 0.5 {
            let ring = ring.min(rings - 1);
            counts[ring] += 1.0;
            let values = [
                f64::from(otf.data()[place]),
                original.as_ref().map_or(f64::NAN, |original| original.values[place]),
                observed.values[place],
                restored.values[place],
                gains.values[place].sqrt(),
            ];
            sums[ring].iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        }
    }
    let profile = sums
        .iter()
        .zip(&counts)
        .enumerate()
        .filter(|(_, (_, count))| **count > 0.0)
        .map(|(ring, (sums, count))| {
            let [otf, original, observed, restored, gain] = sums.map(|sum| sum / count);
            Ring { frequency: (ring as f64 + 0.5) * 0.5 / rings as f64, otf, original, observed, restored, gain }
        })
        .collect();
    Ok(Insight::Spectra {
        pictures: [original_picture, observed_picture, filter_picture, restored_picture],
        findings: Spectra {
            ranges: [original_range, observed_range, filter_range, restored_range],
            noise: f64::from(bench.sigma).powi(2),
            profile,
        },
    })
}

/// (|U|/|G|)²: by the filter's formula where there is one, else by what came of it.
fn gains(held: &Held, otf: &Image, observed: &Map, restored: &Map) -> Vec<f64> {
    let choice = held.question.choice();
    let Some(filter) = METHODS[choice.method()].filter() else {
        // Between bins in which there is next to nothing, the ratio means nothing.
        let least = 1e-12 * observed.values.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        return restored.values.iter().zip(&observed.values).map(|(after, before)| after / before.max(least)).collect();
    };
    let settings = choice.settings().with_first(held.parameter);
    let parameters = std::array::from_fn(|place| settings.parameter(choice.description(), place));
    let prepared = filter.prepare(held.observation.spectra(), parameters);
    let size = observed.size;
    otf.data()
        .iter()
        .enumerate()
        .map(|(place, magnitude)| {
            let parts = frequency(place, size);
            let laplacian: f64 = (0..2)
                .map(|axis| 4.0 * (std::f64::consts::PI * parts[axis] as f64 / size[axis] as f64).sin().powi(2))
                .sum();
            let bin = Bin { otf_power: magnitude * magnitude, roughness_power: laplacian.powi(2) as f32 };
            (f64::from(filter.gain(bin, prepared)) * f64::from(*magnitude)).powi(2)
        })
        .collect()
}

fn residual(sources: &mut Sources, bench: &Bench, held: &Held) -> Result<Insight, EngineError> {
    let kernel = held.kernel.as_ref().unwrap_or(held.observation.kernel());
    let boundary = match held.observation.treatment() {
        Treatment::Circular | Treatment::Taper => Boundary::Circular,
        Treatment::Mirror | Treatment::Unknown => Boundary::Mirror,
    };
    let mut residual = blur(&held.restored, kernel, boundary);
    for (value, observed) in residual.data_mut().iter_mut().zip(bench.observed.data()) {
        *value = observed - *value;
    }
    let inner = |picture: &Image| inside(picture, kernel);
    let mut mask =
        Image::from_vec(1, residual.height(), residual.width(), vec![1.0; residual.height() * residual.width()])?;
    if let Some(known) = bench.known() {
        for channel in 0..residual.channels() {
            let plane = residual.channel_mut(channel);
            plane.iter_mut().zip(known).filter(|(_, known)| !**known).for_each(|(value, _)| *value = 0.0);
        }
        mask.data_mut().iter_mut().zip(known).for_each(|(value, known)| *value = f32::from(*known));
    }
    // Near the edges it is what was assumed outside that shows.
    let within = inner(&residual)?;
    let is_unknown = held.observation.treatment() == Treatment::Unknown;
    let (judged, mask) = if is_unknown { (&within, &inner(&mask)?) } else { (&residual, &mask) };
    let square: f64 = judged.data().iter().map(|value| f64::from(*value).powi(2)).sum();
    let known_count = mask.data().iter().filter(|value| **value > 0.0).count();
    let rms = (square / (known_count * judged.channels()).max(1) as f64).sqrt();
    let scale = shown_scale(rms);
    let whiteness = quality::whiteness(&within);
    let size = whiteness.lags.map(|lag| 2 * lag + 1);
    let autocorrelation_scale = f64::from(whiteness.largest.max(whiteness.band));
    let autocorrelation = Image::from_vec(1, size[0], size[1], whiteness.autocorrelation.clone())?;
    Ok(Insight::Residual {
        pictures: [
            sources.render_deviations(&residual, scale),
            sources.render_deviations(&autocorrelation, autocorrelation_scale),
        ],
        findings: Residual {
            scale,
            rms,
            sigma: f64::from(bench.sigma),
            lags: whiteness.lags,
            autocorrelation_scale,
            largest: f64::from(whiteness.largest),
            band: f64::from(whiteness.band),
            score: whiteness.score,
            is_white: whiteness.is_white(),
        },
    })
}

/// The part of a picture that the kernel does not reach from outside; all of it where next to nothing would be left.
fn inside(picture: &Image, kernel: &Kernel) -> Result<Image, ImageError> {
    let margins: [usize; 2] = std::array::from_fn(|axis| kernel.size()[axis] / 2);
    let left: [usize; 2] = std::array::from_fn(|axis| picture.size()[axis].saturating_sub(2 * margins[axis]));
    let enough = (0..2).all(|axis| 2 * left[axis] >= picture.size()[axis]);
    if enough { picture.crop(margins[0], margins[1], left[0], left[1]) } else { Ok(picture.clone()) }
}

fn difference(sources: &mut Sources, bench: &Bench, held: &Held) -> Insight {
    let mut difference = held.restored.clone();
    let Some(original) = &bench.original else {
        difference.data_mut().fill(0.0);
        return Insight::Difference { picture: sources.render_deviations(&difference, 1.0), scale: f64::NAN };
    };
    for (value, original) in difference.data_mut().iter_mut().zip(original.data()) {
        *value -= original;
    }
    let scale = shown_scale(quality::mse(original, &held.restored).sqrt());
    Insight::Difference { picture: sources.render_deviations(&difference, scale), scale }
}

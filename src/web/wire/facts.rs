//! The numbers of a restoration as lists, and back.

use super::ENDINGS;
use crate::{
    engine::{Facts, Scores},
    imaging::Kernel,
};

/// The numbers of a restoration, each list by itself.
pub(super) fn lists_of(facts: &Facts) -> Vec<Vec<f64>> {
    let s = &facts.scores;
    let ending = facts.ending.and_then(|ending| ENDINGS.iter().position(|known| *known == ending));
    let [rows, columns] = facts.kernel.as_ref().map_or([0, 0], Kernel::size);
    let head = vec![
        s.psnr_observed,
        s.psnr_restored,
        s.ssim_observed,
        s.ssim_restored,
        s.isnr,
        s.rmse_observed,
        s.rmse_restored,
        facts.bsnr,
        facts.sigma,
        facts.parameter,
        facts.suggested.unwrap_or(f64::NAN),
        facts.iterations as f64,
        ending.map_or(-1.0, |place| place as f64),
        facts.residual,
        rows as f64,
        columns as f64,
    ];
    let widened = |values: &[f32]| values.iter().map(|value| f64::from(*value)).collect();
    let mut lists = vec![head, facts.history.concat()];
    lists.push(facts.kernel.as_ref().map_or_else(Vec::new, |kernel| widened(kernel.weights())));
    if let Some(series) = &facts.series {
        lists.extend(series.iter().map(|samples| widened(samples)));
    }
    lists
}

pub(super) fn facts_of(lists: &[Vec<f64>]) -> Option<Facts> {
    let [head, history, weights, series @ ..] = lists else { return None };
    let &[
        psnr_observed,
        psnr_restored,
        ssim_observed,
        ssim_restored,
        isnr,
        rmse_observed,
        rmse_restored,
        bsnr,
        sigma,
        parameter,
        suggested,
        iterations,
        ending,
        residual,
        rows,
        columns,
    ] = head.as_slice()
    else {
        return None;
    };
    let narrowed = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<_>>();
    let kernel = match [rows as usize, columns as usize] {
        [0, 0] => None,
        [rows, columns] => Some(Kernel::new(rows, columns, narrowed(weights)).ok()?),
    };
    let series = match series {
        [] => None,
        [original, observed, restored] => Some([original, observed, restored].map(|samples| narrowed(samples))),
        _ => return None,
    };
    Some(Facts {
        scores: Scores {
            psnr_observed,
            psnr_restored,
            ssim_observed,
            ssim_restored,
            isnr,
            rmse_observed,
            rmse_restored,
        },
        bsnr,
        sigma,
        parameter,
        suggested: (!suggested.is_nan()).then_some(suggested),
        iterations: iterations as usize,
        ending: if ending < 0.0 { None } else { Some(*ENDINGS.get(ending as usize)?) },
        residual,
        history: history.as_chunks::<3>().0.to_vec(),
        kernel,
        series,
    })
}

//! (Stand-in until the lesson brings these numbers.)
use crate::{convolution::{Axis, Geometry}, lesson::upsample::{Shown, UpsampleLesson}, upsampling::overlap_counts_1d};

pub struct LayerRow { pub input: usize, pub complete: Vec<f64>, pub painted: Vec<f64> }

pub fn rows(lesson: &UpsampleLesson) -> Vec<LayerRow> {
    let lengths = lesson.work.stack.lengths(lesson.work.pixels);
    let mut flow = vec![1.0; lesson.work.pixels];
    let _ = Shown::Paint;
    lesson.work.stack.layers().iter().zip(&lengths).map(|(layer, input)| {
        let mut sums = vec![0.0; layer.grown(*input)];
        let _ = overlap_counts_1d(*input, layer.mask, &Geometry::default(), Axis::Columns);
        for (pixel, value) in flow.iter().enumerate() {
            for entry in 0..layer.mask {
                if let Some(cell) = (pixel * layer.stride + entry).checked_sub(layer.padding).filter(|cell| *cell < sums.len()) { sums[cell] += value; }
            }
        }
        flow.clone_from(&sums);
        LayerRow { input: *input, painted: sums.clone(), complete: sums }
    }).collect()
}

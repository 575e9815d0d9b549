//! Pasted columns: spreadsheets, tables with places, single lines, and everything that is none.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::restore::column::{SAMPLES, samples};
use proptest::prelude::*;

#[test]
fn columns_rows_and_tables_are_read() {
    let expected: Vec<f32> = (1..=8).map(|n| n as f32 / 8.0).collect();
    let column = (1..=8).map(|n| n.to_string()).collect::<Vec<_>>();
    assert_eq!(samples(&column.join("\n")), Ok(expected.clone()));
    assert_eq!(samples(&column.join(", ")), Ok(expected.clone()));
    assert_eq!(samples(&format!("[{}]", column.join(", "))), Ok(expected.clone()));
    let table: String = (1..=8).map(|n| format!("{}\t{n},0\n", 100 + n)).collect();
    assert_eq!(samples(&format!("wavelength\tcounts\n{table}")), Ok(expected));
}

#[test]
fn what_is_no_signal_is_answered_with_what_to_do() {
    for (text, word) in
        [("", "no number"), ("one two", "no number"), ("1 2 3", "3 numbers"), (&"0\n".repeat(20), "All the pasted")]
    {
        let sentence = samples(text).unwrap_err();
        assert!(sentence.contains(word) && sentence.contains("aste"), "{text:?}: {sentence}");
    }
    assert!(samples(&"1\n".repeat(SAMPLES[1] + 1)).unwrap_err().contains("to 65536"));
    assert!(samples(&" ".repeat(5 << 20)).unwrap_err().contains("megabytes"));
}

proptest! {
    #[test]
    fn any_text_gives_finite_samples_of_magnitude_one_or_a_sentence(text in "[-+0-9.,;eE\\t\\n a-c]{0,400}") {
        match samples(&text) {
            Ok(samples) => {
                prop_assert!((SAMPLES[0]..=SAMPLES[1]).contains(&samples.len()));
                let largest = samples.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
                prop_assert!((largest - 1.0).abs() < 1e-6);
            }
            Err(sentence) => prop_assert!(sentence.ends_with('.')),
        }
    }
}

//! Pasted blocks: any text gives an array or a sentence, and every dialect gives back the array that was written.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    numbers::ENTRY_BOUND,
    paste::{parse_block, place_block},
};
use ndarray::Array2;
use proptest::prelude::*;

/// The rows of an array, entries parted by `separator`, each row between `open` and `close`.
fn rows(block: &Array2<f32>, separator: &str, [open, close]: [&str; 2], between: &str) -> String {
    let row = |row: ndarray::ArrayView1<f32>| {
        let entries: Vec<String> = row.iter().map(f32::to_string).collect();
        format!("{open}{}{close}", entries.join(separator))
    };
    block.rows().into_iter().map(row).collect::<Vec<_>>().join(between)
}

fn dialects(block: &Array2<f32>) -> Vec<String> {
    let python = rows(block, ", ", ["[", "]"], ",\n ");
    vec![
        rows(block, "\t", ["", ""], "\r\n") + "\r\n",
        rows(block, "\"\t\"", ["\"", "\""], "\n").replace('.', ","),
        rows(block, ",", ["", ""], "\n"),
        rows(block, "\",\"", ["\"", "\""], "\n").replace('.', ","),
        rows(block, "   ", [" ", " "], "\n"),
        rows(block, "  ", ["", ""], "\n").replace('-', "−"),
        format!("np.array([{python}], dtype=np.float32)"),
        format!("torch.tensor([[[{python}]]])"),
        format!("[{}]", rows(block, " ", ["[", "]"], "\n ")),
        format!("M = [{}];", rows(block, " ", ["", ""], "; ")),
        format!("[{}]", rows(block, ", ", ["", ""], "\n")),
    ]
}

fn block() -> impl Strategy<Value = Array2<f32>> {
    (1_usize..13, 1_usize..13).prop_flat_map(|size| {
        let entry = prop_oneof![-9_i16..10, -999_i16..1000].prop_map(f32::from);
        let entry = prop_oneof![entry, -ENTRY_BOUND..ENTRY_BOUND, -1e-6_f32..1e-6];
        prop::collection::vec(entry.prop_map(|value| value + 0.0), size.0 * size.1)
            .prop_map(move |values| Array2::from_shape_vec(size, values).expect("as many values as cells"))
    })
}

proptest! {
    #[test]
    fn every_dialect_gives_the_array_back(block in block()) {
        for text in dialects(&block) {
            prop_assert_eq!(parse_block(&text).map_err(|error| format!("{error}: {text}")), Ok(block.clone()));
        }
        // In a single column nothing parts the columns, so that a bare comma would part them itself.
        for separator in [";", "\t"].into_iter().filter(|_| block.ncols() > 1) {
            let text = rows(&block, separator, ["", ""], "\n").replace('.', ",");
            prop_assert_eq!(parse_block(&text), Ok(block.clone()));
        }
    }

    #[test]
    fn any_text_gives_an_array_of_entries_or_a_sentence(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn texts_that_look_like_arrays_do_too(text in r#"[-0-9.,;/e\[\]() \t\n"=a−]{0,60}"#) {
        check(&text)?;
    }

    #[test]
    fn a_block_is_laid_whole_or_not_at_all(current in block(), laid in block(), at in 0_usize..150, limit in 1_usize..13) {
        if let Ok(placed) = place_block(&current, at, &laid, limit) {
            let [row, column] = if placed.dim() == current.dim() { [at / current.ncols(), at % current.ncols()] } else { [0, 0] };
            for ((r, c), value) in laid.indexed_iter() {
                prop_assert_eq!(placed[[row + r, column + c]], *value);
            }
            if placed.dim() != current.dim() {
                prop_assert_eq!(at, 0);
                prop_assert!(placed.nrows() <= limit && placed.ncols() <= limit);
            } else {
                let changed = placed.iter().zip(&current).filter(|(new, old)| new != old).count();
                prop_assert!(changed <= laid.len());
            }
        }
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match parse_block(text) {
        Ok(block) => {
            prop_assert!(!block.is_empty());
            prop_assert!(block.iter().all(|value| value.abs() <= ENTRY_BOUND));
        }
        Err(error) => prop_assert!(error.to_string().ends_with('.'), "{}", error),
    }
    Ok(())
}

//! The table of scores that the Restore page hands out: one line a method, read back as it was.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    lesson::restore::takeaway::{Row, csv},
    restoration::{DESCRIPTIONS, Scale},
};

fn row(method: &str, parameter: Option<f64>) -> Row {
    Row {
        method: method.to_owned(),
        parameter,
        iterations: None,
        psnr: 28.25,
        ssim: 0.9,
        isnr: -1.5,
        rmse: 0.0125,
        millis: 4.0,
    }
}

#[test]
fn lines_are_as_rows_say() {
    let rows = [
        row("Tikhonov", Some(5.6e-4)),
        Row { iterations: Some(60), ..row("Total variation", Some(1e-9)) },
        Row { psnr: f64::INFINITY, isnr: f64::NAN, ..row("Wiener, \"power\" law", None) },
        Row { isnr: -1e-9, ..row("x", Some(0.0)) },
    ];
    let lines: Vec<String> = csv(&rows).lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "method,parameter,iterations,PSNR in dB,SSIM,ISNR in dB,RMSE,milliseconds",
            "Tikhonov,0.00056,,28.25,0.9,-1.5,0.0125,4",
            "Total variation,0.000000001,60,28.25,0.9,-1.5,0.0125,4",
            "\"Wiener, \"\"power\"\" law\",,,inf,0.9,,0.0125,4",
            "x,0,,28.25,0.9,0,0.0125,4",
        ]
    );
}

#[test]
fn words_stand_as_words_and_what_has_no_parameter_has_an_empty_cell() {
    let cell = |method: &str, value: f64| {
        let text = csv(&[row(method, Some(value))]);
        let line = text.lines().nth(1).expect("a line").replacen(&format!("\"{method}\""), "x", 1);
        line.split(',').nth(1).expect("a cell").to_owned()
    };
    let (mut worded, mut bare) = (0, 0);
    for description in DESCRIPTIONS {
        match description.parameters.first().map(|parameter| parameter.scale) {
            Some(Scale::Words(words)) => {
                worded += 1;
                for (place, word) in words.iter().enumerate() {
                    assert_eq!(cell(description.name, place as f64), *word, "{}", description.id);
                }
            }
            Some(_) => assert_eq!(cell(description.name, 0.25), "0.25", "{}", description.id),
            None => {
                bare += 1;
                assert_eq!(cell(description.name, 0.25), "", "{}", description.id);
            }
        }
    }
    assert!(worded > 0 && bare > 0);
}

#[test]
fn every_line_has_as_many_cells_as_the_head() {
    let rows: Vec<Row> = DESCRIPTIONS.iter().map(|description| row(description.name, Some(1.0))).collect();
    let text = csv(&rows);
    let cells = |line: &str| {
        let mut quoted = false;
        1 + line
            .chars()
            .filter(|sign| {
                quoted ^= *sign == '"';
                *sign == ',' && !quoted
            })
            .count()
    };
    let head = cells(text.lines().next().expect("a head"));
    assert_eq!(text.lines().count(), rows.len() + 1);
    assert!(text.lines().all(|line| cells(line) == head), "{text}");
}

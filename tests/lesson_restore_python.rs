//! The programs that the Restore page hands out: each is run with NumPy on pixels that it loads, and has to give the picture
//! that the kernels give. Every method with every treatment of the edges, start and rule, and pixels missing.
//!
//! The programs compute in double precision and the kernels in single, so what is compared must be well conditioned: the
//! blur is mild for the inverse filter, and iterations are few.
//!
//! Where Python or NumPy is missing the test says on standard error that it was skipped; `REQUIRE_NUMPY=1` makes that a
//! failure. `PYTHON` names another interpreter to try first.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    imaging::{Boundary, Image, Kernel, blur},
    lesson::{
        Lesson,
        restore::{
            Blur, Choose, Degrade, Drawn, RestoreAction, RestoreLesson,
            takeaway::{OBSERVED_NAME, RESTORED_NAME, Taken, has_program, python},
        },
    },
    restoration::{COUNT, DESCRIPTIONS, METHODS, Observation, Start, Treatment},
};
use std::{io::Write, path::Path, process::Command, rc::Rc};

/// The noise that is told to the methods; what is added is a fixed pattern of about that strength.
const SIGMA: f32 = 0.01;

/// An interpreter that has NumPy, if there is one on this machine.
fn python_with_numpy() -> Option<String> {
    let named = std::env::var("PYTHON").ok();
    named.into_iter().chain(["python3", "/usr/bin/python3", "python"].map(String::from)).find(|python| {
        let import = Command::new(python).args(["-c", "import numpy"]).output();
        import.is_ok_and(|output| output.status.success())
    })
}

/// Blocks, a slope and some texture; other ones in each channel.
fn scene([height, width]: [usize; 2], channels: usize) -> Image {
    Image::from_fn(channels, height, width, |c, y, x| {
        let block = if (y / 5 + x / 4 + c).is_multiple_of(2) { 0.7 } else { 0.2 };
        let texture = ((y * 37 + x * 17 + c * 29) % 23) as f32 / 23.0;
        block + 0.1 * texture + 0.1 * y as f32 / height as f32
    })
}

/// A run of the page: its state, its size, and whether the first parameter is set by hand elsewhere than at its default.
struct Case {
    lesson: RestoreLesson,
    size: [usize; 2],
    channels: usize,
    tolerance: f32,
}

fn with(actions: &[RestoreAction]) -> RestoreLesson {
    actions.iter().fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

fn cases() -> Vec<Case> {
    let comma = Drawn::default();
    let mut cases = Vec::new();
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let mut add = |size, channels, actions: &[RestoreAction]| {
            let mut all: Vec<RestoreAction> = vec![Choose::Method(method).into(), Choose::Rule(None).into()];
            // The inverse filter only where it divides by nothing small.
            let mild = description.id == "inverse";
            if mild {
                all.extend::<[RestoreAction; 2]>([Degrade::Blur(Blur::Gaussian).into(), Degrade::Sigma(0.6).into()]);
            } else {
                all.push(Degrade::Radius(2.0).into());
            }
            all.extend(
                actions.iter().filter(|action| !(mild && matches!(action, RestoreAction::Degrade(Degrade::Drawn(_))))),
            );
            if !actions.contains(&Choose::Settle(true).into()) {
                all.extend::<[RestoreAction; 2]>([Choose::Settle(false).into(), Choose::Iterations(6).into()]);
            }
            // A start that is searched for ends within a part of a hundred, and many steps drift apart.
            let loose = actions.iter().any(|action| {
                matches!(action, RestoreAction::Choose(Choose::Start(Start::Filtered) | Choose::Settle(true)))
            });
            // Coefficients that just pass a threshold make jumps, and a blur that is sought is sought again.
            let tolerance = match description.id {
                "blind-rl" => 1e-2,
                id if mild || loose || id == "blind-search" || id == "pnp" => 2e-3,
                _ => 3e-4,
            };
            cases.push(Case { lesson: with(&all), size, channels, tolerance });
        };
        for treatment in description.treatments {
            let treatment: RestoreAction = Choose::Treatment(*treatment).into();
            add([21, 26], 1, &[treatment]);
            add([20, 18], 3, &[treatment, Degrade::Drawn(comma).into(), Choose::NonNegative(true).into()]);
            add([18, 17], 1, &[treatment, Degrade::Missing(0.3).into()]);
        }
        for start in description.starts {
            add([16, 20], 1, &[Choose::Start(*start).into()]);
            add([16, 20], 3, &[Choose::Start(*start).into(), Choose::Treatment(Treatment::Mirror).into()]);
        }
        for place in 0..description.parameters.len() {
            add([16, 16], 1, &[Choose::Place(place, -1.5).into()]);
        }
        add([24, 24], 1, &[Choose::Settle(true).into(), Choose::Iterations(25).into()]);
        add(
            [24, 24],
            1,
            &[Choose::Settle(true).into(), Choose::Iterations(25).into(), Choose::StopAtNoise(true).into()],
        );
        if description.id == "pnp" {
            for (group, missing) in [(2.0, 0.0), (5.0, 0.3), (16.0, 0.0)] {
                let grouped: [RestoreAction; 2] = [Choose::Place(2, group).into(), Degrade::Missing(missing).into()];
                add([22, 19], 1, &grouped);
                add([18, 24], 3, &[grouped[0], grouped[1], Choose::Treatment(Treatment::Circular).into()]);
                add([40, 1], 1, &[grouped[0], RestoreAction::Row(Some(50.0))]);
            }
        }
        // A signal has one column.
        add([40, 1], 1, &[RestoreAction::Row(Some(50.0))]);
    }
    cases
}

impl Case {
    /// What the page would have, and what the kernels make of it.
    fn restore(&self) -> (Image, Image, Option<Kernel>) {
        let kernel = self.lesson.degradation().kernel(self.lesson.is_signal()).expect("weights above 0");
        let assumed = self.lesson.assumed_kernel().expect("weights above 0");
        let mut observed = blur(&scene(self.size, self.channels), &kernel, Boundary::Mirror);
        for (index, value) in observed.data_mut().iter_mut().enumerate() {
            *value += SIGMA * (((index * 7919) % 101) as f32 / 50.0 - 1.0);
        }
        let known: Vec<bool> = (0..self.size[0] * self.size[1])
            .map(|index| self.lesson.degradation().missing() == 0.0 || (index * 31) % 10 >= 3)
            .collect();
        let choice = self.lesson.choice();
        let observation = Observation::new(observed.clone(), assumed, choice.treatment())
            .expect("a small picture")
            .with_noise(SIGMA)
            .with_known(known.clone());
        let settings = choice.settings();
        let mut run = METHODS[choice.method()].start(&Rc::new(observation), &settings);
        while run.step().ending.is_none() {}
        let (restored, found) = (run.estimate().clone(), run.kernel());
        for channel in 0..self.channels {
            for (value, known) in observed.channel_mut(channel).iter_mut().zip(&known) {
                if !known {
                    *value = f32::NAN;
                }
            }
        }
        (observed, restored, found)
    }

    fn name(&self) -> String {
        let choice = self.lesson.choice();
        format!(
            "{} {:?} {:?} {:?} {:?}: {:?}",
            choice.description().id,
            choice.treatment(),
            choice.start(),
            self.size,
            choice.settings(),
            self.lesson.degradation(),
        )
    }
}

/// The samples as an NPY file, of shape (rows, columns) or (rows, columns, channels).
fn npy(image: &Image) -> Vec<u8> {
    let [height, width] = image.size();
    let shape = if image.channels() == 1 { format!("({height}, {width})") } else { format!("({height}, {width}, 3)") };
    let head = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}");
    let length = (10 + head.len() + 1).next_multiple_of(64) - 10;
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((length as u16).to_le_bytes());
    bytes.extend(format!("{head:<width$}\n", width = length - 1).bytes());
    for pixel in 0..height * width {
        for channel in 0..image.channels() {
            bytes.extend(image.channel(channel)[pixel].to_le_bytes());
        }
    }
    bytes
}

/// The samples of such a file, channel after channel as a picture has them.
fn samples(bytes: &[u8], channels: usize) -> Vec<f32> {
    let start = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let values: Vec<f32> = bytes[start..].as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
    (0..channels).flat_map(|channel| values.iter().skip(channel).step_by(channels).copied()).collect()
}

/// Runs the program of each folder in one interpreter, whose start takes longer than they do; gives what each says.
fn run(python: &str, folder: &Path, count: usize) -> Vec<String> {
    const EACH: &str = "import os, runpy, sys\nfor number in range(int(sys.argv[1])):\n    \
                        os.chdir(os.path.join(sys.argv[2], str(number)))\n    \
                        runpy.run_path('restore.py', run_name='__main__')\n    print(chr(0), flush=True)";
    let output = Command::new(python)
        .args(["-W", "error", "-c", EACH, &count.to_string()])
        .arg(folder)
        .env("PYTHONIOENCODING", "utf-8")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("the interpreter has just been started");
    let said: Vec<String> =
        String::from_utf8_lossy(&output.stdout).split_terminator("\0\n").map(str::to_owned).collect();
    assert!(output.status.success(), "program {}: {}", said.len(), String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn every_method_has_a_program() {
    for description in DESCRIPTIONS {
        assert!(has_program(description.id), "{} has no program", description.id);
    }
}

#[test]
fn every_program_restores_what_the_kernels_restore() {
    let Some(interpreter) = python_with_numpy() else {
        assert!(std::env::var_os("REQUIRE_NUMPY").is_none(), "REQUIRE_NUMPY is set, and no Python has NumPy");
        let sentence = "SKIPPED: the restoration programs were not run, for no Python with NumPy was found\n";
        std::io::stderr().write_all(sentence.as_bytes()).expect("standard error is open");
        return;
    };
    let folder = std::env::temp_dir().join(format!("restore-programs-{}", std::process::id()));
    let cases = cases();
    assert!(cases.len() > 8 * COUNT);
    let mut expected = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let own = folder.join(number.to_string());
        std::fs::create_dir_all(&own).expect("a folder of its own");
        let (observed, restored, found) = case.restore();
        let lesson = &case.lesson;
        let parameter = f64::from(lesson.choice().settings().parameters[0]);
        let taken =
            Taken { parameter, sigma: f64::from(SIGMA), size: case.size, found: found.as_ref(), iterations: None };
        let program = python(lesson, &taken);
        for (name, bytes) in
            [("restore.py", program.into_bytes()), (OBSERVED_NAME, npy(&observed)), (RESTORED_NAME, npy(&restored))]
        {
            std::fs::write(own.join(name), bytes).expect("a file of its own");
        }
        expected.push(restored);
    }
    let said = run(&interpreter, &folder, cases.len());
    let mut wrong = Vec::new();
    for (number, ((case, restored), said)) in cases.iter().zip(&expected).zip(&said).enumerate() {
        let bytes = std::fs::read(folder.join(number.to_string()).join("restored_python.npy")).expect("it is saved");
        let found = samples(&bytes, case.channels);
        assert_eq!(found.len(), restored.data().len());
        let largest = found.iter().zip(restored.data()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        // What it says of itself is what it is.
        let told: f32 = said.trim().rsplit(' ').next().and_then(|word| word.parse().ok()).expect("a difference");
        assert!((told - largest).abs() <= 1e-6 + 1e-3 * largest, "{said} for {largest}");
        if largest.is_nan() || largest > case.tolerance {
            wrong.push(format!("{largest:.1e} {number} {}", case.name()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn what_cannot_be_restored_is_a_comment() {
    let empty = with(&[Degrade::Drawn(Drawn::of(3, &[])).into()]);
    let text = python(&empty, &Taken { parameter: 0.1, sigma: 0.0, size: [8, 8], found: None, iterations: None });
    assert!(text.starts_with("# ") && text.lines().count() == 1, "{text}");
}

#[test]
fn a_program_for_what_was_stopped_takes_as_many_steps() {
    let method = DESCRIPTIONS.iter().position(|description| description.id == "richardson-lucy").expect("it is there");
    let lesson =
        with(&[Choose::Method(method).into(), Choose::Iterations(50).into(), Choose::StopAtNoise(true).into()]);
    let taken = Taken { parameter: f64::NAN, sigma: 0.01, size: [8, 8], found: None, iterations: Some(7) };
    let has = |text: &str, line: &str| text.lines().any(|each| each.starts_with(line));
    let text = python(&lesson, &taken);
    assert!(has(&text, "iterations = 7 ") && has(&text, "tolerance = 0 ") && has(&text, "stop_at_noise = False "));
    let text = python(&lesson, &Taken { iterations: None, ..taken });
    assert!(has(&text, "iterations = 50 ") && has(&text, "stop_at_noise = True "), "{text}");
}

#[test]
fn programs_are_plain_text_for_any_settings() {
    for method in 0..COUNT {
        for treatment in Treatment::ALL {
            for start in [Start::Observed, Start::Flat, Start::Filtered] {
                let lesson = with(&[
                    Choose::Method(method).into(),
                    Choose::Treatment(treatment).into(),
                    Choose::Start(start).into(),
                ]);
                let text = python(
                    &lesson,
                    &Taken { parameter: f64::NAN, sigma: f64::NAN, size: [1, 1], found: None, iterations: None },
                );
                assert!(!text.contains("{method}") && !text.contains("{source}"));
                assert!(text.lines().all(|line| !line.contains('\t') && line.trim_end() == line));
            }
        }
    }
}

//! What the Upsample page hands out. Its programs are run on pixels that they load, with NumPy and with PyTorch, and have
//! to give the pictures and scores that the engine gives, and the counts that the lab shows, whatever the settings. Its
//! tables are read back.
//!
//! The NumPy programs compute in double precision, the PyTorch ones and the engine in single. Where an interpreter with
//! NumPy or PyTorch is missing the test says on standard error that it was skipped; `REQUIRE_NUMPY=1` and
//! `REQUIRE_TORCH=1` make that a failure. `PYTHON` names another interpreter to try first.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Engine, Enlarged, FileFormat, Reply, Request, Upsampled},
    imaging::{Image, files, quality},
    lesson::{
        Lesson,
        picture::Picture,
        upsample::{
            Down, Shown, UpsampleAction, UpsampleLesson, View, Way, Weights,
            overlap::Overlap,
            takeaway::{
                PICTURE_NAME, PIXELS_NAME, Scored, counts_csv, in_short, numpy, programmed, pytorch, scores_csv,
            },
        },
    },
    upsampling::Coordinates,
};
use std::{io::Write, path::Path, process::Command};

/// How far a large picture may be from the engine's, in terms of its largest magnitude.
const TOLERANCE: f32 = 1e-5;

/// Settings of the page, and the picture that is handed to the program.
struct Case {
    lesson: UpsampleLesson,
    picture: Image,
}

fn with(actions: &[UpsampleAction]) -> UpsampleLesson {
    let own = UpsampleAction::Picture(Picture::Own);
    let everything = Way::ALL.map(|way| UpsampleAction::Compare(way, true));
    [own]
        .iter()
        .chain(&everything)
        .chain(actions)
        .fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action.clone()))
}

/// Blocks, a slope and some texture; other ones in each channel.
fn scene([height, width]: [usize; 2], channels: usize) -> Image {
    Image::from_fn(channels, height, width, |c, y, x| {
        let block = if (y / 5 + x / 4 + c).is_multiple_of(2) { 0.7 } else { 0.2 };
        let texture = ((y * 37 + x * 17 + c * 29) % 23) as f32 / 23.0;
        block + 0.1 * texture + 0.1 * y as f32 / height as f32
    })
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |size, channels, actions: &[UpsampleAction]| {
        cases.push(Case { lesson: with(actions), picture: scene(size, channels) });
    };
    let stacks: [&[[usize; 2]]; 19] = [
        &[[3, 2]],
        &[[4, 2]],
        &[[1, 2]],
        &[[8, 2]],
        &[[7, 2]],
        &[[3, 3]],
        &[[2, 3]],
        &[[5, 3]],
        &[[4, 4]],
        &[[6, 4]],
        &[[5, 6]],
        &[[3, 1]],
        &[[2, 1]],
        &[[3, 2], [4, 2]],
        &[[3, 2], [2, 1]],
        &[[2, 1], [5, 3]],
        &[[1, 2], [8, 1], [3, 1]],
        &[[3, 2], [3, 2], [3, 2]],
        &[[2, 2], [4, 1], [3, 1], [3, 2], [2, 1]],
    ];
    for (place, stack) in stacks.into_iter().enumerate() {
        for weights in [Weights::Flat, Weights::Random] {
            let down = Down::ALL[place % 3].0;
            let actions = [
                UpsampleAction::Stack(stack.to_vec()),
                UpsampleAction::Weights(weights),
                UpsampleAction::Seed(7 + place as i64),
                UpsampleAction::Down(down),
                UpsampleAction::Pixels(1 + place as i64 % 8),
                UpsampleAction::Rounds(3),
            ];
            add([41, 50], 1, &actions);
        }
    }
    for (weights, ..) in Weights::ALL {
        for icnr in [false, true] {
            for (k, s) in [(3, 2), (4, 2), (6, 3)] {
                let own = (0..k * k).map(|place| UpsampleAction::OwnWeight(place, (place * 5 % 7) as f32 - 1.5));
                let mut actions = vec![
                    UpsampleAction::Stack(vec![[k, s]]),
                    UpsampleAction::Weights(weights),
                    UpsampleAction::Icnr(icnr),
                ];
                actions.extend(own);
                actions.push(UpsampleAction::Weighted(true));
                add([24, 31], 3, &actions);
            }
        }
    }
    for (down, ..) in Down::ALL {
        for coordinates in Coordinates::ALL {
            for (sharp, scale) in [(false, 2), (true, 2), (true, 3), (false, 4), (true, 6)] {
                let actions = [
                    UpsampleAction::Scale(scale),
                    UpsampleAction::Down(down),
                    UpsampleAction::Coordinates(coordinates),
                    UpsampleAction::Sharp(sharp),
                    UpsampleAction::Rounds(if sharp { 20 } else { 1 }),
                    UpsampleAction::Padding(1),
                ];
                let size = if down == Down::AsItIs { [9, 7] } else { [37, 44] };
                add(size, if scale == 3 { 3 } else { 1 }, &actions);
            }
        }
    }
    // The drawing is in the program, and what is loaded does not matter.
    for scale in [2, 3] {
        let draw = [UpsampleAction::Picture(Picture::Sprite), UpsampleAction::Colour(9), UpsampleAction::Draw(17)];
        add([8, 8], 1, &[&draw[..], &[UpsampleAction::Scale(scale)]].concat());
    }
    // Of a picture beyond the page's size each pixel is a mean.
    add([150, 110], 3, &[]);
    cases
}

impl Case {
    /// The picture as the page has it, which rounds it to the codes of a screen.
    fn page(&self) -> (Engine, Image) {
        let [height, width] = self.picture.size();
        let rgba = self.picture.to_srgb_rgba8();
        let image = Image::from_srgb_rgba8(width, height, &rgba).expect("a good picture");
        let mut engine = Engine::default();
        let source = Request::Source { picture: Picture::Own, width, height, rgba };
        assert_eq!(engine.handle(source), Ok(Reply::Stored));
        (engine, image)
    }

    fn name(&self) -> String {
        let work = &self.lesson.work;
        format!(
            "{:?} {:?} {:?} {:?} sharp {} icnr {} {:?}",
            work.stack.layers(),
            work.weights,
            work.down,
            work.coordinates,
            work.sharp,
            work.icnr,
            self.picture.size()
        )
    }
}

fn answer(engine: &mut Engine, lesson: &UpsampleLesson) -> Upsampled {
    match engine.handle(Request::Upsample(lesson.clone())) {
        Ok(Reply::Upsampled(answer)) => *answer,
        other => panic!("larger pictures were asked for, this came: {other:?}"),
    }
}

/// The large picture of a way in full precision.
fn large(engine: &mut Engine, lesson: &UpsampleLesson, way: Way) -> Image {
    match engine.handle(Request::UpsampleFile(lesson.clone(), Some(way), FileFormat::Npy)) {
        Ok(Reply::File(bytes)) => samples(&bytes),
        other => panic!("a file was asked for, this came: {other:?}"),
    }
}

/// The samples of an NPY file, of shape (rows, columns) or (rows, columns, channels).
fn samples(bytes: &[u8]) -> Image {
    let start = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let head = String::from_utf8_lossy(&bytes[10..start]).into_owned();
    assert!(head.contains("'<f4'"), "{head}");
    let shape = head.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')')).expect("a shape").0;
    let shape: Vec<usize> = shape.split(',').map(|side| side.trim().parse().expect("a number")).collect();
    let values: Vec<f32> = bytes[start..].as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
    let (height, width, channels) = (shape[0], shape[1], shape.get(2).copied().unwrap_or(1));
    let turned = head.contains("'fortran_order': True");
    Image::from_fn(channels, height, width, |c, y, x| {
        values[if turned { (c * width + x) * height + y } else { (y * width + x) * channels + c }]
    })
}

fn read(path: &Path) -> Image {
    samples(&std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// An interpreter that has the module, if there is one on this machine. Says so where there is none.
fn python_with(module: &str, required: &str) -> Option<String> {
    let named = std::env::var("PYTHON").ok();
    let found = named.into_iter().chain(["python3", "/usr/bin/python3", "python"].map(String::from)).find(|python| {
        let import = Command::new(python).args(["-c", &format!("import numpy, {module}")]).output();
        import.is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        assert!(std::env::var_os(required).is_none(), "{required} is set, and no Python has {module}");
        let sentence = format!("SKIPPED: programs were not run, for no Python with {module} was found\n");
        std::io::stderr().write_all(sentence.as_bytes()).expect("standard error is open");
    }
    found
}

/// Runs the program of each folder in one interpreter, whose start takes longer than they do; gives what each says.
fn run(python: &str, folder: &Path, count: usize) -> Vec<String> {
    const EACH: &str = "import os, runpy, sys\nfor number in range(int(sys.argv[1])):\n    \
                        os.chdir(os.path.join(sys.argv[2], str(number)))\n    \
                        runpy.run_path('program.py', run_name='__main__')\n    print(chr(0), flush=True)";
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

/// The list of numbers behind a word at the beginning of a line.
fn listed(said: &str, word: &str) -> Vec<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix(word)).unwrap_or_else(|| panic!("no {word} in {said}"));
    let inner = line.trim().trim_start_matches('[').trim_end_matches(']');
    inner.split(',').map(|number| number.trim().parse().expect("a number")).collect()
}

/// Writes and runs the programs of all cases, and compares.
fn compare(python: &str, library: &str, program: impl Fn(&UpsampleLesson) -> String) {
    let folder = std::env::temp_dir().join(format!("upsample-{library}-{}", std::process::id()));
    let cases = cases();
    for (number, case) in cases.iter().enumerate() {
        let own = folder.join(number.to_string());
        std::fs::create_dir_all(&own).expect("a folder of its own");
        std::fs::write(own.join("program.py"), program(&case.lesson)).expect("a file of its own");
        std::fs::write(own.join(PIXELS_NAME), files::npy(&case.page().1)).expect("a file of its own");
    }
    let said = run(python, &folder, cases.len());
    assert_eq!(said.len(), cases.len());
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (number, (case, said)) in cases.iter().zip(&said).enumerate() {
        let (mut engine, _) = case.page();
        let answer = answer(&mut engine, &case.lesson);
        assert_eq!(answer.results.len(), if case.lesson.has_truth() { 11 } else { 9 }, "{}", case.name());
        for Enlarged { way, findings, .. } in &answer.results {
            let picture = large(&mut engine, &case.lesson, *way);
            let found = read(&folder.join(number.to_string()).join(format!("{}.npy", way.id())));
            assert_eq!((found.size(), found.channels()), (picture.size(), picture.channels()), "{}", case.name());
            let most = picture.data().iter().fold(1.0_f32, |most, value| most.max(value.abs()));
            let off = found.data().iter().zip(picture.data()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            if off.is_nan() || off > TOLERANCE * most {
                wrong.push(format!("{off:.1e} of {most} {} {number} {}", way.id(), case.name()));
            }
            compared += 1;
            // What it says of itself is what the page says.
            let line = said.lines().find_map(|line| line.strip_prefix(&format!("{}: ", way.id())));
            let line = line.expect("a line a way");
            let psnr = findings.psnr;
            if psnr.is_nan() {
                assert_eq!(line, format!("{} x {}", picture.height(), picture.width()));
            } else if let Some(told) = line.strip_prefix("PSNR ").and_then(|rest| rest.strip_suffix(" dB")) {
                let told: f64 = told.parse().expect("a number");
                // Beyond 100 dB there is rounding alone.
                assert!((told - psnr).abs() < 0.02 || told.min(psnr) > 100.0, "{told} for {psnr}, {line}");
            } else {
                assert!(line == "exact" && psnr > 100.0, "{line} for {psnr}");
            }
        }
        let overlap = Overlap::of(&case.lesson.reduce(UpsampleAction::Weighted(false)));
        let counts = &overlap.rows.last().expect("a layer").complete;
        assert_eq!(listed(said, "counts "), *counts, "{}", case.name());
        let most = counts.iter().copied().fold(0.0, f64::max).powi(2);
        assert!(said.contains(&format!("{0} x {0} cells", counts.len())) && said.contains(&format!(" to {most}\n")));
        if case.lesson.weighted {
            let overlap = Overlap::of(&case.lesson);
            let paint = &overlap.rows.last().expect("a layer").complete;
            let told = listed(said, "paint ");
            assert!(
                told.len() == paint.len()
                    && told.iter().zip(paint).all(|(a, b)| (a - b).abs() < 1e-6 * b.abs().max(1.0))
            );
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1000);
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn numpy_programs_give_what_the_page_shows() {
    if let Some(python) = python_with("numpy", "REQUIRE_NUMPY") {
        compare(&python, "numpy", numpy);
    }
}

#[test]
fn pytorch_programs_give_what_the_page_shows() {
    if let Some(python) = python_with("torch", "REQUIRE_TORCH") {
        compare(&python, "torch", pytorch);
    }
}

/// The first lines of the program, run by themselves: they count what the lab counts, and enlarge by the scale.
#[test]
fn the_first_lines_run_by_themselves() {
    let cases: Vec<UpsampleLesson> = cases()
        .into_iter()
        .flat_map(|case| [View::Overlap, View::Pictures].map(|view| case.lesson.reduce(UpsampleAction::View(view))))
        .filter(|lesson| lesson.scale() <= 12)
        .collect();
    for lesson in &cases {
        let (whole, short) = (pytorch(&programmed(lesson)), in_short(lesson));
        let before = whole.find("\n\n# All that is on the page.\nimport os\n").expect("the other part");
        assert!(whole[..before].ends_with(&format!("\"\"\"\n\n{short}")), "{whole}");
        // An engineer wants to read it.
        let weights: usize = lesson.work.stack.layers().iter().map(|layer| layer.mask).sum();
        assert!(short.lines().count() <= 12 + 3 * lesson.work.stack.layers().len() + weights, "{short}");
        assert_eq!(short.contains("conv_transpose1d"), lesson.view == View::Overlap);
    }
    let Some(python) = python_with("torch", "REQUIRE_TORCH") else { return };
    let folder = std::env::temp_dir().join(format!("upsample-short-{}", std::process::id()));
    for (number, lesson) in cases.iter().enumerate() {
        let own = folder.join(number.to_string());
        std::fs::create_dir_all(&own).expect("a folder of its own");
        // Their weights have to have gone in as well.
        let masks = "from torch.nn import ConvTranspose2d\n\
                     print([w for m in layer.modules() if isinstance(m, ConvTranspose2d) for w in m.weight.flatten().tolist()])\n";
        std::fs::write(own.join("program.py"), in_short(lesson) + masks).expect("a file of its own");
    }
    for (lesson, said) in cases.iter().zip(run(&python, &folder, cases.len())) {
        let first = said.lines().next().expect("a line");
        if lesson.view == View::Overlap {
            let overlap = Overlap::of(&lesson.reduce(UpsampleAction::Weighted(false)));
            assert_eq!(listed(&said, "["), overlap.rows.last().expect("a layer").complete);
        } else {
            let side = 16 * lesson.scale();
            assert_eq!(first, format!("(1, 1, {side}, {side})"));
        }
        let weights: Vec<f64> = lesson.masks().iter().flatten().map(|weight| f64::from(*weight)).collect();
        let second = said.lines().nth(1).expect("a second line");
        let told = listed(second, "[");
        assert!(told.len() == weights.len() && told.iter().zip(&weights).all(|(a, b)| (a - b).abs() < 1e-6), "{said}");
    }
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn a_program_alone_makes_a_picture_of_its_own() {
    let Some(python) = python_with("numpy", "REQUIRE_NUMPY") else { return };
    let folder = std::env::temp_dir().join(format!("upsample-alone-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("0")).expect("a folder of its own");
    std::fs::write(folder.join("0/program.py"), numpy(&UpsampleLesson::default())).expect("a file of its own");
    let said = run(&python, &folder, 1).remove(0);
    assert!(said.contains("nearest: PSNR ") && said.contains("transposed: PSNR "), "{said}");
    let large = read(&folder.join("0/bilinear.npy"));
    assert_eq!(large.size(), [96, 96]);
    assert!(quality::variance(&large) > 0.01, "a star has light and dark");
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn a_picture_file_is_read_in_linear_light() {
    let Some(python) = python_with("PIL", "REQUIRE_PILLOW") else { return };
    let folder = std::env::temp_dir().join(format!("upsample-file-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("0")).expect("a folder of its own");
    let case = Case { lesson: with(&[]), picture: scene([40, 36], 3) };
    let (mut engine, _) = case.page();
    let make = format!(
        "import numpy as np\nfrom PIL import Image\npixels = np.array({:?}, dtype=np.uint8).reshape(40, 36, 4)\n\
         Image.fromarray(pixels[:, :, :3]).save({PICTURE_NAME:?})\n",
        case.picture.to_srgb_rgba8()
    );
    std::fs::write(folder.join("0/program.py"), make + &numpy(&case.lesson)).expect("a file of its own");
    run(&python, &folder, 1);
    let (found, page) = (read(&folder.join("0/bilinear.npy")), large(&mut engine, &case.lesson, Way::Bilinear));
    assert_eq!((found.size(), found.channels()), (page.size(), page.channels()));
    assert!(found.data().iter().zip(page.data()).all(|(a, b)| (a - b).abs() < TOLERANCE));
    assert!(folder.join("0/bilinear.png").exists());
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[test]
fn programs_take_the_ways_on_the_page_and_no_others() {
    for way in Way::ALL {
        let others = Way::ALL.into_iter().filter(|other| *other != way);
        let mut actions = vec![UpsampleAction::Compare(way, true)];
        actions.extend(others.map(|other| UpsampleAction::Compare(other, false)));
        for program in [numpy(&with(&actions)), pytorch(&with(&actions))] {
            let results = program.split_once("results = {\n").expect("results").1.split_once('}').expect("their end").0;
            assert!(results.trim().starts_with(&format!("\"{}\": ", way.id())) && results.trim().lines().count() == 1);
        }
    }
}

#[test]
fn what_has_nothing_to_begin_with_is_left_out_and_said() {
    let as_it_is = with(&[UpsampleAction::Down(Down::AsItIs)]);
    let many = with(&[UpsampleAction::Stack(vec![[3, 6], [3, 6]]), UpsampleAction::Weights(Weights::Random)]);
    let more = with(&[UpsampleAction::Stack(vec![[3, 6], [2, 4]]), UpsampleAction::Weights(Weights::Random)]);
    for program in [numpy, pytorch] {
        let text = program(&as_it_is);
        assert!(text.contains("# Max unpooling is left out: ") && text.contains("# Strided gradient is left out: "));
        assert!(!text.contains("\"unpooled\":") && !text.contains("\"gradient\":"));
        for lesson in [&many, &more] {
            let text = program(lesson);
            assert!(text.contains("# Sub-pixel is left out: its filters") && !text.contains("\"shuffle\":"));
        }
    }
}

#[test]
fn programs_are_plain_text_for_any_settings() {
    for case in cases() {
        for text in [numpy(&case.lesson), pytorch(&case.lesson)] {
            assert!(!text.contains("{source}") && !text.contains("{weights}") && !text.contains("{slope}"));
            assert!(!text.contains("{name}:") || text.contains("f\"{name}"));
            assert!(text.is_ascii() && text.ends_with('\n') && !text.contains("\n\n\n\n"));
            assert!(text.lines().all(|line| !line.contains('\t') && line.trim_end() == line), "{text}");
        }
    }
}

/// Cells of a table; no name in it has quotes inside.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            sign => cells.last_mut().expect("one at least").push(sign),
        }
    }
    cells
}

#[test]
fn scores_are_a_line_a_way() {
    let scored: Vec<Scored> = Way::ALL
        .into_iter()
        .enumerate()
        .map(|(place, way)| Scored {
            way,
            psnr: if place == 1 { f64::INFINITY } else { 28.25 + place as f64 },
            ssim: if place == 2 { f64::NAN } else { 0.9125 },
            checkerboard: if place == 3 { f64::NAN } else { 21.5 },
            strength: 0.48432,
            millis: 0.042,
        })
        .collect();
    let text = scores_csv(&scored);
    let lines: Vec<Vec<String>> = text.lines().map(cells).collect();
    assert_eq!(
        lines[0],
        ["way", "PSNR in dB", "SSIM", "checkerboard in dB", "checkerboard in % of the mean", "milliseconds"]
    );
    assert_eq!(lines.len(), 12);
    assert_eq!(lines[1], ["Nearest", "28.25", "0.9125", "21.5", "48.43", "0.042"]);
    assert_eq!(lines[2][1], "inf");
    assert_eq!(lines[3][2], "");
    assert_eq!(lines[4][3], "");
    assert_eq!(lines[7][0], "Resize, then convolve");
    assert!(text.contains("\n\"Resize, then convolve\",34.25,"));
    assert!(lines.iter().all(|line| line.len() == 6));
    assert_eq!(scores_csv(&[]).lines().count(), 1);
}

#[test]
fn counts_are_those_of_the_lab() {
    for (actions, side) in [
        (vec![], 11),
        (vec![UpsampleAction::Stack(vec![[3, 2], [5, 3]]), UpsampleAction::Pixels(4)], 29),
        (vec![UpsampleAction::Weights(Weights::Tent), UpsampleAction::Weighted(true)], 11),
        (vec![UpsampleAction::Weights(Weights::Random), UpsampleAction::Weighted(true), UpsampleAction::Padding(1)], 9),
    ] {
        let lesson = with(&actions);
        let text = counts_csv(&lesson);
        let (rows, plane) = text.split_once("\n\n").expect("two tables");
        let overlap = Overlap::of(&lesson);
        let rows: Vec<Vec<String>> = rows.lines().map(cells).collect();
        let head = if lesson.weighted { "paint" } else { "times painted" };
        assert_eq!(rows[0], ["layer", "cell", head]);
        let mut lines = rows[1..].iter();
        for (layer, row) in overlap.rows.iter().enumerate() {
            for (cell, value) in row.complete.iter().enumerate() {
                let line = lines.next().expect("a line a cell");
                assert_eq!(line[..2], [(layer + 1).to_string(), (cell + 1).to_string()]);
                assert!((line[2].parse::<f64>().expect("a number") - value).abs() < 1e-6);
            }
        }
        assert!(lines.next().is_none());
        let plane: Vec<Vec<String>> = plane.lines().map(cells).collect();
        assert_eq!((plane.len(), plane[0].len()), (side + 1, side + 1));
        let shown = overlap.plane(overlap.rows.len() - 1, Shown::Counts);
        for row in 0..side {
            assert_eq!(plane[row + 1][0], (row + 1).to_string());
            for column in 0..side {
                let value: f64 = plane[row + 1][column + 1].parse().expect("a number");
                assert!((value - shown.at(row, column)).abs() < 1e-6);
            }
        }
    }
    // k = 3, s = 2 as everybody knows it.
    let text = counts_csv(&UpsampleLesson::default());
    assert!(text.starts_with("layer,cell,times painted\n1,1,1\n1,2,1\n1,3,2\n1,4,1\n1,5,2\n"), "{text}");
    assert!(text.contains("\n3,2,2,4,2,4,2,4,2,4,2,2\n"), "{text}");
}

#[test]
fn the_table_of_a_large_plane_is_that_of_the_map() {
    let lesson = with(&[UpsampleAction::Stack(vec![[3, 4], [3, 4], [3, 4], [3, 3]]), UpsampleAction::Pixels(8)]);
    let text = counts_csv(&lesson);
    let plane = Overlap::of(&lesson).plane(3, Shown::Counts);
    assert!(!plane.is_whole());
    let table = text.split_once("\n\n").expect("two tables").1;
    assert_eq!(table.lines().count(), plane.window.len() + 1);
    let first = cells(table.lines().nth(1).expect("a row"));
    assert_eq!(first[0], (plane.window.start + 1).to_string());
}

//! Sizes and geometry as the reader sets them: what is legal just now, and the sentence for what is not.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_setups;

use deconvolution_explorer::{
    convolution::PaddingMode,
    lesson::{
        Lesson,
        matrix::{
            Action, MatrixLesson, Wish,
            settings::Setting,
            setup::{Setup, size},
        },
    },
};
use lesson_setups::{SETTINGS, lessons, setups};
use proptest::{prelude::*, sample::select};

/// Whether a refusal reads as a sentence that helps: it starts large, ends with a full stop, names a number or what to
/// do instead.
fn helps(reason: &str) -> bool {
    let sentence = reason.chars().next().is_some_and(char::is_uppercase) && reason.ends_with('.');
    let advice = ["take ", "choose ", "add ", "use "].iter().any(|word| reason.contains(word));
    sentence && !reason.ends_with("..") && (advice || reason.chars().any(|sign| sign.is_ascii_digit()))
}

/// The settings whose value differs between two setups.
fn changed(before: &Setup, after: &Setup) -> Vec<Setting> {
    SETTINGS.into_iter().filter(|setting| before.value(*setting) != after.value(*setting)).collect()
}

const OUTPUT_PADDING: [Setting; 2] = [Setting::OutputPaddingRows, Setting::OutputPaddingColumns];

/// Settings that a page moves together.
fn together() -> impl Strategy<Value = Vec<Setting>> {
    let sides = vec![Setting::PaddingTop, Setting::PaddingBottom, Setting::PaddingLeft, Setting::PaddingRight];
    prop_oneof![
        4 => select(&SETTINGS[..]).prop_map(|setting| vec![setting]),
        3 => (0..7_usize).prop_map(|pair| SETTINGS[2 * pair..2 * pair + 2].to_vec()),
        1 => Just(sides),
    ]
}

#[test]
fn the_sentences_say_which_number_is_wrong_and_what_to_do() {
    let setup = Setup::default();
    for (settings, value, expected) in [
        (vec![Setting::MaskRows], 5, "The mask covers 5 × 3 cells, the padded patch has only 4 × 4"),
        (vec![Setting::DilationColumns], 3, "The mask covers 3 × 7 cells"),
        (vec![Setting::PaddingTop], 11, "The result would be 13 × 2"),
        (vec![Setting::OutputPaddingRows], 1, "which is 1"),
        (vec![Setting::StrideRows], 0, "The stride goes from 1 to 12."),
        (vec![Setting::PatchColumns], 13, "The patch’s size goes from 1 to 12."),
    ] {
        let reason = setup.with(&settings, value).expect_err("the wish is illegal");
        assert!(reason.contains(expected), "{reason}");
        assert!(helps(&reason), "{reason}");
    }
    let padded = setup.with(&[Setting::PaddingLeft], 5).expect("zeros can be added without end");
    let reason = padded.with_mode(PaddingMode::Reflect).expect_err("four columns mirror three");
    assert!(reason.contains("at most 3") && helps(&reason), "{reason}");
    let ring = setup.with_mode(PaddingMode::Circular).expect("without padding every mode is legal");
    let reason = ring.with(&[Setting::OutputPaddingRows], 0).expect_err("it follows from the sizes");
    assert!(helps(&reason), "{reason}");
}

#[test]
fn a_smaller_stride_takes_the_output_padding_back() {
    let strided = Setup::default().with(&[Setting::StrideRows], 3).expect("three rows fit");
    let padded = strided.with(&[Setting::OutputPaddingRows], 2).expect("smaller than the stride");
    let back = padded.with(&[Setting::StrideRows], 2).expect("the output padding gives way");
    assert_eq!(back.value(Setting::OutputPaddingRows), 1);
}

#[test]
fn zero_padding_can_always_be_chosen_again() {
    // An output padding set before is out of sight in the other modes, and must not bar the way back.
    let with = |setup: Setup, setting, value| setup.with(&[setting], value).expect("legal");
    let padded = with(with(Setup::default(), Setting::StrideRows, 2), Setting::OutputPaddingRows, 1);
    let ring = padded.with_mode(PaddingMode::Circular).expect("no padding");
    let large = with(with(ring, Setting::PaddingBottom, 1), Setting::PatchRows, 12);
    let back = large.with_mode(PaddingMode::Zero).expect("the output padding gives way");
    assert_eq!(back.value(Setting::OutputPaddingRows), 0);
    // One that fits is kept.
    assert_eq!(padded.with_mode(PaddingMode::Circular).and_then(|ring| ring.with_mode(PaddingMode::Zero)), Ok(padded));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn illegal_wishes_are_answered_and_change_nothing(
        lesson in lessons(),
        settings in together(),
        value in prop_oneof![4 => 0..14_usize, 1 => any::<usize>()],
    ) {
        let after = lesson.reduce(Action::Set(settings.clone(), value));
        match lesson.setup().with(&settings, value) {
            Err(reason) => {
                prop_assert!(helps(&reason), "{}", reason);
                prop_assert_eq!(&after.work, &lesson.work);
                let refusal = after.refusal.expect("a refusal");
                prop_assert_eq!((refusal.wish, &refusal.reason), (Wish::Setting(settings[0]), &reason));
            }
            Ok(setup) => {
                prop_assert!(settings.iter().all(|setting| setup.value(*setting) == value));
                prop_assert_eq!(&after.refusal, &None);
                prop_assert_eq!(&**after.setup(), &setup);
                // Nothing else has moved but an output padding that had to give way.
                if setup.mode == PaddingMode::Zero {
                    for other in changed(lesson.setup(), &setup) {
                        let gave_way = OUTPUT_PADDING.contains(&other) && setup.value(other) < lesson.setup().value(other);
                        prop_assert!(settings.contains(&other) || gave_way, "{:?}", other);
                    }
                }
                // Numbers that both sizes have stay where they are.
                for (old, new) in [(&lesson.setup().patch, &setup.patch), (&lesson.setup().mask, &setup.mask)] {
                    prop_assert!(old.indexed_iter().all(|(at, number)| new.get(at).is_none_or(|kept| kept == number)));
                }
            }
        }
    }

    #[test]
    fn modes_are_granted_or_refused_with_a_sentence(lesson in lessons(), mode in select(&PaddingMode::ALL[..])) {
        let after = lesson.reduce(Action::Mode(mode));
        let [sizes, padding] = [size(&lesson.setup().patch), lesson.setup().geometry.padding.map(|sides| sides[0].max(sides[1]))];
        let fits = (0..2).all(|axis| mode.limit(sizes[axis]).is_none_or(|limit| padding[axis] <= limit));
        match after.refusal.clone() {
            Some(refusal) => {
                prop_assert!(!fits, "{}", refusal.reason);
                prop_assert!(helps(&refusal.reason), "{}", refusal.reason);
                prop_assert_eq!(refusal.wish, Wish::Mode);
                prop_assert_eq!(after.setup(), lesson.setup());
            }
            None => prop_assert!(fits && after.setup().mode == mode),
        }
    }

    #[test]
    fn the_legal_range_is_what_can_be_had_around_the_value(setup in setups()) {
        let pairs = (0..7).map(|pair| SETTINGS[2 * pair..2 * pair + 2].to_vec());
        for settings in SETTINGS.into_iter().map(|setting| vec![setting]).chain(pairs) {
            let now = setup.value(settings[0]);
            let range = setup.legal(&settings);
            prop_assert!(range.contains(&now), "{:?}", settings);
            for value in range.clone().filter(|value| *value != now) {
                prop_assert!(setup.with(&settings, value).is_ok(), "{:?} at {}", settings, value);
            }
            for beyond in [range.start().checked_sub(1), Some(range.end() + 1)].into_iter().flatten() {
                prop_assert!(setup.with(&settings, beyond).is_err(), "{:?} at {}", settings, beyond);
            }
            prop_assert!(range.start() >= settings[0].bounds().start() && range.end() <= settings[0].bounds().end());
        }
        prop_assert_eq!(setup.legal(&[]), 0..=0);
    }

    #[test]
    fn the_fitting_output_padding_brings_the_patch_s_size_back(lesson in lessons()) {
        let fitted: MatrixLesson = lesson.reduce(Action::FitOutputPadding);
        prop_assert_eq!(&fitted.refusal, &None);
        prop_assert!(fitted.sizes().returns());
        prop_assert_eq!(fitted.reduce(Action::FitOutputPadding), fitted);
    }
}

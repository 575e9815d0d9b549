#![cfg(not(target_arch = "wasm32"))]
//! The pictures that ship: each file is there, small, and listed with its licence, and each picture that is made by
//! formula comes out of the engine in the shape that it promises.

use deconvolution_explorer::{
    engine::{Engine, EngineError, Reply, Request},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Degrade, RestoreAction, RestoreLesson, Scene},
        upsample::{UpsampleAction, UpsampleLesson},
    },
};
use std::collections::HashSet;
use std::path::Path;

fn every() -> impl Iterator<Item = Picture> {
    Picture::SHIPPED.into_iter()
}

#[test]
fn words_and_names_are_each_pictures_own() {
    let ids: HashSet<_> = every().map(Picture::id).collect();
    let names: HashSet<_> = every().map(Picture::name).collect();
    assert_eq!((ids.len(), names.len()), (every().count(), every().count()));
    for picture in every() {
        assert_eq!(Picture::from_id(picture.id()), Some(picture));
        assert!(!picture.is_file() || !picture.is_signal(), "no file holds a signal");
        assert!(picture.is_file() || !picture.is_already_blurred(), "only a camera blurs by itself");
    }
    assert_eq!(every().filter(|picture| picture.is_already_blurred()).count(), 2);
    assert_eq!(every().filter(|picture| picture.is_signal()).count(), 3);
    assert!(every().is_sorted_by_key(Picture::is_signal), "signals come last");
}

#[test]
fn every_file_is_there_and_its_licence_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples");
    let licences = std::fs::read_to_string(folder.join("LICENCES.md")).unwrap();
    let mut listed = HashSet::from(["LICENCES.md".to_owned()]);
    for picture in every() {
        assert_eq!(picture.credit().is_some(), picture.is_file(), "{}", picture.name());
        if !picture.is_file() {
            continue;
        }
        let name = format!("{}.png", picture.id());
        let bytes = std::fs::read(folder.join(&name)).expect(&name);
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() < 110_000, "{name} has {} bytes", bytes.len());
        let row = licences.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).expect("a licence");
        let credit = picture.credit().unwrap();
        let kind = if credit.ends_with("CC0") { "| CC0" } else { "| public domain" };
        assert!(row.contains(kind) && credit.contains(&kind[2..]), "{row} against {credit}");
        listed.insert(name);
    }
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(listed.contains(&name), "{name} ships, but no menu shows it");
    }
}

#[test]
fn what_is_made_by_formula_needs_no_file() {
    let mut engine = Engine::default();
    for picture in every() {
        // Where the world goes on, the blur leaves less of a picture.
        let lesson = RestoreLesson::default()
            .reduce(RestoreAction::Picture(picture))
            .reduce(Degrade::Scene(Scene::Circular).into());
        match engine.handle(Request::Restore(lesson)) {
            Ok(Reply::Restored(restored)) => {
                let size = [restored.original.height, restored.original.width];
                assert_eq!(size, if picture.is_signal() { [512, 1] } else { [256, 256] });
            }
            Err(EngineError::Missing(missing)) => assert!(missing == picture && picture.is_file()),
            other => panic!("{}: {other:?}", picture.name()),
        }
        // No menu offers a signal for enlarging, but a link may: it is too narrow.
        let lesson = UpsampleLesson::default().reduce(UpsampleAction::Picture(picture));
        match engine.handle(Request::Upsample(lesson)) {
            Ok(Reply::Upsampled(answer)) => assert_eq!([answer.small.height, answer.small.width], [48, 48]),
            Err(EngineError::TooSmall { .. }) => assert!(picture.is_signal() && !picture.is_file()),
            Err(EngineError::Missing(missing)) => assert!(missing == picture && picture.is_file()),
            other => panic!("{}: {other:?}", picture.name()),
        }
    }
}

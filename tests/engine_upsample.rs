//! The engine from outside: the Upsample page's requests, where checkerboards show and where they must not.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Engine, EngineError, Reply, Request, Upsampled, Way},
    lesson::{
        Lesson,
        picture::Picture,
        upsample::{Shape, UpsampleAction, UpsampleLesson},
    },
};

fn layer(mask: i64, factor: i64) -> UpsampleLesson {
    UpsampleLesson::default().reduce(UpsampleAction::Layer { mask, factor })
}

fn upsampled(engine: &mut Engine, lesson: &UpsampleLesson) -> Upsampled {
    match engine.handle(Request::Upsample(lesson.clone())) {
        Ok(Reply::Upsampled(upsampled)) => *upsampled,
        other => panic!("larger pictures were asked for, this came: {other:?}"),
    }
}

/// An engine whose own picture is an even grey, so that every difference in the result comes from the layer.
fn even_grey() -> Engine {
    let mut engine = Engine::default();
    let rgba = [128, 128, 128, 255].repeat(16 * 12);
    engine.handle(Request::Source { picture: Picture::Own, width: 16, height: 12, rgba }).expect("a good picture");
    engine
}

/// The red values of the transposed result, without a rim of `rim` cells, row by row.
fn inside(answer: &Upsampled, way: Way, rim: usize) -> Vec<u8> {
    let index = Way::ALL.iter().position(|other| *other == way).expect("a known way");
    let picture = &answer.ways[index];
    (rim..picture.height - rim)
        .flat_map(|row| (rim..picture.width - rim).map(move |column| (row * picture.width + column) * 4))
        .map(|place| picture.rgba[place])
        .collect()
}

fn spread(values: &[u8]) -> u8 {
    values.iter().max().expect("values") - values.iter().min().expect("values")
}

#[test]
fn every_way_enlarges_by_the_factor() {
    let mut engine = Engine::default();
    for factor in 2..=4 {
        let answer = upsampled(&mut engine, &layer(3, factor));
        for picture in &answer.ways {
            let side = answer.source.width * factor as usize;
            assert_eq!([picture.width, picture.height], [side, side]);
            assert_eq!(picture.rgba.len(), side * side * 4);
        }
    }
}

#[test]
fn an_even_picture_shows_a_checkerboard_exactly_where_the_paint_is_uneven() {
    let mut engine = even_grey();
    for factor in 2..=4 {
        for mask in 1..=8 {
            for (shape, ..) in Shape::ALL {
                let lesson = layer(mask, factor)
                    .reduce(UpsampleAction::Picture(Picture::Own))
                    .reduce(UpsampleAction::Shape(shape));
                let answer = upsampled(&mut engine, &lesson);
                let rim = 8;
                let uneven = spread(&inside(&answer, Way::Transposed, rim)) > 2;
                assert_eq!(uneven, lesson.contrast() > 1.03, "k = {mask}, s = {factor}, {}", shape.id());
                for way in [Way::Nearest, Way::Bilinear, Way::Convolved] {
                    assert!(spread(&inside(&answer, way, 0)) <= 1, "{}, k = {mask}, s = {factor}", way.name());
                }
            }
        }
    }
}

#[test]
fn the_worked_example_has_a_checkerboard_and_its_remedy_has_none() {
    let mut engine = even_grey();
    let own = |mask| layer(mask, 2).reduce(UpsampleAction::Picture(Picture::Own));
    assert!(spread(&inside(&upsampled(&mut engine, &own(3)), Way::Transposed, 4)) > 40);
    assert!(spread(&inside(&upsampled(&mut engine, &own(4)), Way::Transposed, 4)) <= 1);
}

#[test]
fn caches_do_not_show_in_the_pixels() {
    let mut warm = Engine::default();
    for lesson in [layer(3, 2), layer(4, 2), layer(3, 2), layer(5, 3)] {
        let (cached, fresh) = (upsampled(&mut warm, &lesson), upsampled(&mut Engine::default(), &lesson));
        assert_eq!(cached.source.rgba, fresh.source.rgba);
        for (a, b) in cached.ways.iter().zip(&fresh.ways) {
            assert_eq!(a.rgba, b.rgba);
        }
    }
    let looked_elsewhere = layer(5, 3).reduce(UpsampleAction::Corner([1.0, 2.0]));
    let before = upsampled(&mut warm, &layer(5, 3));
    assert_eq!(upsampled(&mut warm, &looked_elsewhere), before);
}

#[test]
fn pictures_that_are_missing_or_too_large_are_refused() {
    let mut engine = Engine::default();
    let own = layer(3, 2).reduce(UpsampleAction::Picture(Picture::Own));
    assert_eq!(engine.handle(Request::Upsample(own.clone())), Err(EngineError::Missing(Picture::Own)));
    let (width, height) = (300, 300);
    let rgba = vec![9; width * height * 4];
    engine.handle(Request::Source { picture: Picture::Own, width, height, rgba }).expect("a good picture");
    assert!(matches!(engine.handle(Request::Upsample(own)), Err(EngineError::TooLarge { .. })));
}

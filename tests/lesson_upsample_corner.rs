//! The corner that the Upsample page's cards magnify: it has to be a magnifier at any size of the cards, and the same part
//! of every picture.

use deconvolution_explorer::lesson::upsample::{
    CORNERS,
    corner::{Corner, Setting, corner},
};

/// Rooms, densities, scales and pictures as the page comes to have them.
fn settings() -> Vec<Setting> {
    let mut all = Vec::new();
    for room in [[20.0, 65.0], [45.0, 45.0], [65.0, 65.0], [112.0, 65.0], [92.0, 93.0], [201.5, 190.0]] {
        for density in [0.9, 1.0, 1.5, 2.0, 3.0] {
            for scale in [1, 2, 3, 4, 6, 8] {
                for small in [[4, 4], [12, 12], [16, 16], [48, 32], [96, 96], [128, 300]] {
                    // As the cards draw them: whole multiples where they fit, and reduced where they do not.
                    let most = 2.0 * room[1] + 6.0;
                    let fit = most / (scale * small[0].max(small[1])) as f64;
                    let drawn = if fit * density >= 1.0 { (fit * density).floor() / density } else { fit };
                    for close in CORNERS {
                        for middle in [[0.0, 0.0], [66.0, 36.0], [50.0, 50.0], [100.0, 100.0]] {
                            all.push(Setting { close, middle, room, drawn, density, scale, small });
                        }
                    }
                }
            }
        }
    }
    all
}

#[test]
fn a_corner_is_larger_than_the_picture_and_within_it() {
    for setting in settings() {
        let found @ Corner { unit, part: [left, top, width, height], seen } = corner(&setting);
        assert!(unit >= 2.0 * setting.drawn - 1e-9, "{found:?} {setting:?}");
        let pixels = unit * setting.density;
        assert!((pixels - pixels.round()).abs() < 1e-9 && pixels >= 1.0, "{found:?} {setting:?}");
        assert!(width >= 1 && height >= 1, "{found:?} {setting:?}");
        assert!(left + width <= setting.small[0] && top + height <= setting.small[1], "{found:?} {setting:?}");
        for (axis, count) in [width, height].into_iter().enumerate() {
            // It fills its room or shows all there is, and no more than the last pixel is cut.
            let drawn = count as f64 * unit * setting.scale as f64;
            assert!(drawn >= setting.room[axis] - 1e-3 || count == setting.small[axis], "{found:?} {setting:?}");
            assert!(
                seen[axis] <= count as f64 + 1e-9 && seen[axis] > count as f64 - 1.0 - 1e-3,
                "{found:?} {setting:?}"
            );
        }
    }
}

#[test]
fn fewer_columns_are_never_drawn_smaller() {
    for setting in settings() {
        let units = CORNERS.map(|close| corner(&Setting { close, ..setting }).unit);
        assert!(units.is_sorted_by(|closer, further| closer >= further), "{units:?} {setting:?}");
    }
}

/// The drawing of 16 × 16 made twice as large, 32 pixels drawn at 6 × in 192, beside a room of 92: what was shown there
/// was smaller than the picture.
#[test]
fn a_drawing_is_magnified_too() {
    let setting = Setting {
        close: 12,
        middle: [66.0, 36.0],
        room: [92.0, 93.0],
        drawn: 6.0,
        density: 1.0,
        scale: 2,
        small: [16, 16],
    };
    assert_eq!(corner(&setting).unit, 15.0);
    assert_eq!(corner(&Setting { close: 24, ..setting }).unit, 12.0);
    // As many columns as are wished for where the picture is large.
    let photograph = Setting { drawn: 1.0, small: [96, 96], ..setting };
    let found = corner(&photograph);
    assert_eq!((found.unit, found.part[2]), (4.0, 12));
    // Around its middle.
    assert_eq!(found.part[0], (0.66_f64 * 96.0 - 6.0).round() as usize);
}

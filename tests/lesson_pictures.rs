//! Links and numbers of the picture pages: no text of any kind can bring the Restore page down (the Upsample page's own
//! tests say so of that page), and numbers read as sentences write them. Seeds are proptest's own; a failure prints the
//! smallest input.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    Address, Lesson, address,
    notation::{decimals, scientific},
    restore::RestoreLesson,
};
use proptest::prelude::*;

fn through_a_link<L: Lesson + std::fmt::Debug>(lesson: &L) {
    let opened = Address::parse(&address::fragment(lesson));
    assert_eq!(opened.page, L::PAGE);
    assert_eq!(opened.problems, Vec::<String>::new());
    let (read, problems) = address::read::<L>(&opened.query);
    assert_eq!(problems, Vec::<String>::new(), "{}", opened.query);
    assert_eq!(&read, lesson, "{}", opened.query);
}

proptest! {
    #[test]
    fn any_text_opens_a_page(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let (restored, _) = address::read::<RestoreLesson>(&text);
        through_a_link(&restored);
    }

    #[test]
    fn any_value_of_a_known_field_opens_a_page(
        field in prop::sample::select(vec!["picture", "corner"]),
        value in prop_oneof!["[ -~]{0,12}", "-?[0-9]{1,12}(\\.[0-9]{1,12})?", "NaN|inf|-inf|1e400|-0|own"],
    ) {
        let query = format!("{field}={value}");
        through_a_link(&address::read::<RestoreLesson>(&query).0);
    }
}

#[test]
fn numbers_are_written_as_readers_write_them() {
    assert_eq!(scientific(5.6e-4), "5.6·10⁻⁴");
    assert_eq!(scientific(1e-9), "1.0·10⁻⁹");
    assert_eq!(scientific(3.0), "3.0");
    assert_eq!(decimals(-0.004, 2), "0.00");
    assert_eq!(decimals(-1.5, 1), "−1.5");
    assert_eq!(decimals(f64::INFINITY, 1), "∞");
}

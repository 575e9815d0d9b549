//! The Restore page's state: actions clamp and do nothing twice, links bring back every setting of every method, a
//! question is what the answer depends on, and no text of any kind can bring the page down. The lists of methods, rules
//! and kinds are walked, so that what is added to them is tested too. Seeds are proptest's own; a failure prints the
//! smallest input.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    lesson::{
        Address, Lesson, address,
        picture::Picture,
        restore::{
            self, BOUND, Blur, Choose, Degrade, Drawn, Gaze, LARGEST_SIDE, MOST_COMPARED, Noise, RestoreAction,
            RestoreLesson, Scene, Stage, View, Why, ZOOMS, control_range,
        },
    },
    restoration::{COUNT, DESCRIPTIONS, MAX_PARAMETERS, Positivity, Rule, Scale, Start, Treatment},
};
use proptest::prelude::*;

const RULES: [Option<Rule>; 4] = [None, Some(Rule::CrossValidation), Some(Rule::Discrepancy), Some(Rule::Noise)];
const STARTS: [Start; 3] = [Start::Observed, Start::Flat, Start::Filtered];

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), -20.0..120.0_f64, 0.0..0.1_f64, Just(f64::NAN), Just(f64::NEG_INFINITY)]
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn degrade() -> impl Strategy<Value = Degrade> {
    use Degrade as D;
    prop_oneof![
        any::<bool>().prop_map(D::AlreadyBlurred),
        (0..Blur::ALL.len()).prop_map(|index| D::Blur(Blur::ALL[index].0)),
        number().prop_map(D::Radius),
        number().prop_map(D::Sigma),
        number().prop_map(D::Side),
        number().prop_map(D::Length),
        number().prop_map(D::Angle),
        number().prop_map(D::Reach),
        number().prop_map(D::Ring),
        (any::<usize>(), prop::collection::vec(any::<f32>(), 0..90))
            .prop_map(|(side, values)| D::Drawn(Drawn::of(side, &values))),
        (0..12_usize, 0..12_usize, number()).prop_map(|(row, column, value)| D::Weight { row, column, value }),
        (0..12_usize).prop_map(D::DrawnSide),
        one_of(&[Scene::Cropped, Scene::Circular]).prop_map(D::Scene),
        (0..Noise::ALL.len()).prop_map(|index| D::Noise(Noise::ALL[index].0)),
        number().prop_map(D::Level),
        number().prop_map(D::Photons),
        number().prop_map(D::Hit),
        number().prop_map(D::Missing),
        any::<u64>().prop_map(D::Seed),
    ]
}

fn choose() -> impl Strategy<Value = Choose> {
    use Choose as C;
    prop_oneof![
        prop_oneof![0..COUNT, any::<usize>()].prop_map(C::Method),
        (0..MAX_PARAMETERS + 2, number()).prop_map(|(index, value)| C::Place(index, value)),
        one_of(&RULES).prop_map(C::Rule),
        one_of(&Treatment::ALL).prop_map(C::Treatment),
        prop_oneof![any::<usize>(), 0..300_usize].prop_map(C::Iterations),
        one_of(&STARTS).prop_map(C::Start),
        any::<bool>().prop_map(C::NonNegative),
        any::<bool>().prop_map(C::Settle),
        any::<bool>().prop_map(C::StopAtNoise),
    ]
}

fn gaze() -> impl Strategy<Value = Gaze> {
    prop_oneof![
        (0..Stage::ALL.len()).prop_map(|index| Gaze::Stage(Stage::ALL[index].0)),
        (0..View::ALL.len()).prop_map(|index| Gaze::View(View::ALL[index].0)),
        (0..Why::ALL.len()).prop_map(|index| Gaze::Why(Why::ALL[index].0)),
        number().prop_map(Gaze::Divider),
        any::<u32>().prop_map(Gaze::Zoom),
        (number(), number()).prop_map(|(x, y)| Gaze::Corner([x, y])),
        (0..COUNT + 1, any::<bool>()).prop_map(|(method, on)| Gaze::Compared(method, on)),
    ]
}

fn action() -> impl Strategy<Value = RestoreAction> {
    prop_oneof![
        (0..Picture::SHIPPED.len()).prop_map(|index| RestoreAction::Picture(Picture::SHIPPED[index])),
        prop::option::of(number()).prop_map(RestoreAction::Row),
        degrade().prop_map(RestoreAction::Degrade),
        choose().prop_map(RestoreAction::Choose),
        gaze().prop_map(RestoreAction::Gaze),
    ]
}

fn after(actions: &[RestoreAction]) -> RestoreLesson {
    actions.iter().fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

fn through_a_link(lesson: &RestoreLesson) {
    let fragment = address::fragment(lesson);
    let opened = Address::parse(&fragment);
    assert_eq!(opened.problems, Vec::<String>::new());
    let (read, problems) = address::read::<RestoreLesson>(&opened.query);
    assert_eq!(problems, Vec::<String>::new(), "{fragment}");
    assert_eq!(&read, lesson, "{fragment}");
}

fn everything_in_range(lesson: &RestoreLesson) {
    let (d, choice, look) = (lesson.degradation(), lesson.choice(), lesson.look());
    assert!(restore::RADIUS.contains(&d.radius()) && restore::SIGMA.contains(&d.sigma()));
    assert!(restore::SIDE.contains(&d.side()) && d.side().fract() == 0.0);
    assert!(restore::LENGTH.contains(&d.length()) && restore::ANGLE.contains(&d.angle()));
    assert!(restore::REACH.contains(&d.reach()) && d.reach().fract() == 0.0 && restore::RING.contains(&d.ring()));
    assert!(restore::NOISE.contains(&d.level()) && restore::PHOTONS.contains(&d.photons()));
    assert!(restore::HIT.contains(&d.hit()) && restore::MISSING.contains(&d.missing()));
    assert!(restore::SEED.contains(&d.seed()));
    assert!(d.drawn().side() % 2 == 1 && d.drawn().side() <= LARGEST_SIDE);
    assert!(d.drawn().weights().iter().all(|weight| weight.abs() <= BOUND));
    assert!(lesson.row().is_none_or(|row| restore::ROW.contains(&row)));

    let description = choice.description();
    for (index, parameter) in description.parameters.iter().enumerate() {
        assert!(control_range(parameter).contains(&choice.place(index)), "{} {index}", description.id);
        let [low, high] = parameter.range();
        // A power of ten by way of its logarithm may round past the end of the range by a digit.
        let value = choice.settings().parameters[index];
        assert!(value >= low * 0.999_99 && value <= high * 1.000_01, "{} {value}", description.id);
    }
    assert!(choice.rule().is_none_or(|rule| description.rules.contains(&rule)));
    assert!(description.treatments.contains(&choice.treatment()));
    assert!((1..=description.iterations.map_or(1, |iterations| iterations.most)).contains(&choice.iterations()));
    assert!(description.starts.is_empty() || description.starts.contains(&choice.start()));
    assert!(choice.non_negative() || description.positivity != Positivity::Always);

    assert!((0.0..=100.0).contains(&look.divider()) && ZOOMS.contains(&look.zoom()));
    assert!(look.corner().iter().all(|place| (0.0..=100.0).contains(place)));
    assert!((1..=MOST_COMPARED).contains(&look.compared().len()));
    assert!(look.compared().iter().all(|place| *place < COUNT));
}

proptest! {
    #[test]
    fn anything_that_can_be_done_stays_in_range_and_in_the_link(actions in prop::collection::vec(action(), 0..24)) {
        let lesson = after(&actions);
        everything_in_range(&lesson);
        through_a_link(&lesson);
        // A question is its own question, and the worker reads it from the same text.
        let question = lesson.question();
        prop_assert_eq!(&question.question(), &question);
        through_a_link(&question);
        // It is the same in all that is computed with.
        prop_assert_eq!(question.assumed_kernel(), lesson.assumed_kernel());
        let signal = lesson.is_signal();
        prop_assert_eq!(question.degradation().kernel(signal), lesson.degradation().kernel(signal));
        if lesson.choice().rule().is_none() && lesson.choice().description().iterations.is_some() {
            prop_assert_eq!(question.choice().settings(), lesson.choice().settings());
        }
    }

    #[test]
    fn what_is_done_twice_is_done_once(before in prop::collection::vec(action(), 0..8), action in action()) {
        let once = after(&before).reduce(action);
        prop_assert_eq!(once.reduce(action), once);
    }

    #[test]
    fn any_text_opens_the_page(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (read, _) = address::read::<RestoreLesson>(&String::from_utf8_lossy(&bytes));
        everything_in_range(&read);
        through_a_link(&read);
    }

    #[test]
    fn any_values_of_known_fields_open_the_page(
        fields in prop::collection::vec((
            prop::sample::select(vec![
                "picture", "row", "blurred", "blur", "radius", "sigma", "side", "length", "angle", "reach", "ring", "psf",
                "scene", "kind", "noise", "photons", "hit", "missing", "seed", "edge", "method", "log", "second", "third",
                "automatic", "iterations", "start", "positive", "settle", "enough", "stage", "view", "why", "divider",
                "zoom", "corner", "compare",
            ]),
            prop_oneof![
                "[ -~]{0,12}",
                "-?[0-9]{1,12}(\\.[0-9]{1,12})?",
                "NaN|inf|-inf|1e400|-0|own|yes|no|1,2,3;4,5,6;7,8,9|1,2|;|,",
                (0..COUNT).prop_map(|index| DESCRIPTIONS[index].id.to_owned()),
            ],
        ), 1..5),
    ) {
        let query: Vec<String> = fields.iter().map(|(field, value)| format!("{field}={value}")).collect();
        let (read, _) = address::read::<RestoreLesson>(&query.join("&"));
        everything_in_range(&read);
        through_a_link(&read);
    }
}

/// The default with a method, and with actions on it.
fn with_method(method: usize, actions: &[Choose]) -> RestoreLesson {
    let lesson = RestoreLesson::default().reduce(Choose::Method(method).into());
    actions.iter().fold(lesson, |lesson, action| lesson.reduce((*action).into()))
}

#[test]
fn links_carry_every_setting_of_every_method() {
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let mut lessons = vec![with_method(method, &[])];
        let mut also = |actions: &[Choose]| lessons.push(with_method(method, actions));
        for rule in RULES {
            also(&[Choose::Rule(rule)]);
            // A rule on top of a place that was set by hand, and the other way round.
            also(&[Choose::Place(0, -1.0), Choose::Rule(rule)]);
            also(&[Choose::Rule(rule), Choose::Place(0, -1.0)]);
        }
        for treatment in description.treatments {
            also(&[Choose::Treatment(*treatment)]);
        }
        for start in description.starts {
            also(&[Choose::Start(*start)]);
        }
        for place in 0..description.parameters.len() {
            also(&[Choose::Place(place, f64::INFINITY)]);
            also(&[Choose::Place(place, f64::NEG_INFINITY)]);
        }
        for iterations in [1, 7, usize::MAX] {
            also(&[Choose::Iterations(iterations)]);
        }
        also(&[Choose::Settle(false), Choose::StopAtNoise(true), Choose::NonNegative(true)]);
        for lesson in lessons {
            assert_eq!(lesson.choice().method(), method);
            everything_in_range(&lesson);
            through_a_link(&lesson);
            through_a_link(&lesson.question());
        }
    }
}

#[test]
fn a_method_starts_as_its_description_says() {
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let choice = with_method(method, &[]).choice().clone();
        assert_eq!(choice.rule(), description.rules.first().copied(), "{}", description.id);
        assert_eq!(Some(choice.treatment()), description.treatments.first().copied(), "{}", description.id);
        for (value, parameter) in choice.settings().parameters.iter().zip(description.parameters) {
            assert_eq!(*value, parameter.default, "{} {}", description.id, parameter.symbol);
        }
    }
}

#[test]
fn what_a_method_cannot_do_stays_out() {
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let blank = with_method(method, &[]);
        for treatment in Treatment::ALL.into_iter().filter(|each| !description.treatments.contains(each)) {
            assert_eq!(with_method(method, &[Choose::Treatment(treatment)]), blank);
        }
        for start in STARTS.into_iter().filter(|each| !description.starts.contains(each)) {
            assert_eq!(with_method(method, &[Choose::Start(start)]), blank);
        }
        for rule in RULES.into_iter().flatten().filter(|each| !description.rules.contains(each)) {
            assert_eq!(with_method(method, &[Choose::Rule(Some(rule))]).choice().rule(), None);
        }
    }
}

#[test]
fn the_treatment_that_was_chosen_outlives_a_change_of_method() {
    let tapered = RestoreLesson::default().reduce(Choose::Treatment(Treatment::Taper).into());
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let next = tapered.reduce(Choose::Method(method).into());
        let expected = if description.treatments.contains(&Treatment::Taper) {
            Treatment::Taper
        } else {
            description.treatments[0]
        };
        assert_eq!(next.choice().treatment(), expected, "{}", description.id);
    }
}

#[test]
fn links_of_the_first_version_open_without_complaint() {
    let opens = |query: &str| {
        let (lesson, problems) = address::read::<RestoreLesson>(query);
        assert_eq!(problems, Vec::<String>::new(), "{query}");
        lesson
    };
    for id in ["inverse", "tikhonov", "regularised"] {
        for rest in
            ["", "&log=-3", "&log=-1.25", "&automatic=no", "&automatic=yes", "&log=-2&automatic=no", "&edge=mirror"]
        {
            assert_eq!(opens(&format!("method={id}{rest}")).choice().description().id, id);
        }
    }
    let choice = opens("method=tikhonov&edge=circular&log=-2&automatic=no&noise=0.01&radius=3").choice().clone();
    assert_eq!((choice.treatment(), choice.rule(), choice.place(0)), (Treatment::Circular, None, -2.0));
    assert_eq!(opens("noise=0.01&blur=motion&length=9&angle=-30").degradation().level(), 0.01);
    let best = RestoreLesson::default().choice().description().rules.first().copied();
    assert_eq!(opens("automatic=yes").choice().rule(), best);
    assert_eq!(opens("automatic=no").choice().rule(), None);
    assert_eq!(opens("picture=camera&seed=7&divider=20&zoom=4&corner=30,40").look().corner(), [30.0, 40.0]);
}

#[test]
fn a_step_of_an_arrow_key_moves_the_corner_however_much_is_magnified() {
    let mut lesson = after(&[Gaze::Zoom(8).into(), Gaze::Corner([33.33, 66.67]).into()]);
    assert_eq!(lesson.look().corner(), [33.33, 66.67]);
    through_a_link(&lesson);
    for step in 1..=4 {
        let [x, y] = lesson.look().corner();
        lesson = lesson.reduce(Gaze::Corner([x + 0.25, y - 0.25]).into());
        through_a_link(&lesson);
        let [x, y] = lesson.look().corner();
        let moved = 0.25 * f64::from(step);
        assert!((x - 33.33 - moved).abs() < 1e-9 && (66.67 - y - moved).abs() < 1e-9, "{x} {y}");
    }
}

#[test]
fn an_own_picture_stays_behind_and_the_link_says_so() {
    let own = RestoreLesson::default().reduce(RestoreAction::Picture(Picture::Own));
    assert!(!own.travels_whole());
    let query = Address::parse(&address::fragment(&own)).query;
    let (read, problems) = address::read::<RestoreLesson>(&query);
    assert_eq!(read.picture(), Picture::Star);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("own"), "{}", problems[0]);
    assert_eq!(address::read_here::<RestoreLesson>(&query, true), (own, Vec::new()));
}

#[test]
fn what_is_looked_at_and_what_is_not_chosen_asks_nothing_new() {
    let lesson = RestoreLesson::default();
    let same: [RestoreAction; 14] = [
        Gaze::Divider(3.0).into(),
        Gaze::Zoom(4).into(),
        Gaze::Corner([90.0, 90.0]).into(),
        Gaze::Stage(Stage::Compare).into(),
        Gaze::View(View::Blink).into(),
        Gaze::Why(Why::Residual).into(),
        Gaze::Compared(2, true).into(),
        Degrade::Sigma(7.0).into(),
        Degrade::Length(33.0).into(),
        Degrade::Weight { row: 0, column: 0, value: 9.0 }.into(),
        Degrade::Photons(2.0).into(),
        Degrade::Hit(0.3).into(),
        Choose::Settle(false).into(),
        Choose::StopAtNoise(true).into(),
    ];
    for action in same {
        assert_ne!(lesson.reduce(action), lesson, "{action:?}");
        assert_eq!(lesson.reduce(action).question(), lesson.question(), "{action:?}");
    }
    let other: [RestoreAction; 9] = [
        Degrade::Radius(3.0).into(),
        Degrade::Level(0.01).into(),
        Degrade::Seed(2).into(),
        Degrade::Scene(Scene::Circular).into(),
        Degrade::Missing(0.2).into(),
        Choose::Rule(None).into(),
        Choose::Treatment(Treatment::Circular).into(),
        Choose::NonNegative(true).into(),
        RestoreAction::Row(Some(30.0)),
    ];
    for action in other {
        assert_ne!(lesson.reduce(action).question(), lesson.question(), "{action:?}");
    }
}

#[test]
fn the_curve_covers_the_range_once_with_places_that_can_be_asked_for() {
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let lesson = with_method(method, &[]);
        let mut places = lesson.curve_places();
        let Some(parameter) = description.parameters.first() else {
            assert_eq!(places, Vec::<f64>::new());
            continue;
        };
        if let Scale::Words(_) = parameter.scale {
            // Between words there is no curve.
            assert_eq!(places, Vec::<f64>::new());
            continue;
        }
        let range = control_range(parameter);
        assert!(places.iter().all(|place| lesson.question_at(*place).choice().place(0) == *place));
        assert!(places.iter().all(|place| lesson.question_at(*place).choice().rule().is_none()));
        places.sort_by(f64::total_cmp);
        assert!(places.windows(2).all(|pair| pair[1] > pair[0]));
        assert!(places.len() >= 2, "{}", description.id);
        assert_eq!(places.first(), Some(range.start()), "{}", description.id);
        let last = places.last().expect("two at least");
        match parameter.scale {
            Scale::Log10(_) => assert_eq!(last, range.end(), "{}", description.id),
            Scale::Words(_) => unreachable!("words have no curve"),
            Scale::Even([_, _, step]) => assert!(range.end() - last < f64::from(step), "{}", description.id),
        }
    }
}

#[test]
fn a_comparison_asks_for_other_methods_on_the_same_picture() {
    let lesson = after(&[Degrade::Level(0.02).into(), Choose::Treatment(Treatment::Circular).into()]);
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let question = lesson.question_with(method);
        assert_eq!(question.choice().description().id, description.id);
        assert_eq!(question.degradation(), lesson.question().degradation());
    }
    assert_eq!(lesson.question_with(lesson.choice().method()), lesson.question());
}

#[test]
fn weights_without_a_sum_are_no_kernel_and_a_resized_drawing_keeps_its_middle() {
    let empty = after(&[Degrade::Drawn(Drawn::of(3, &[1.0, -1.0])).into()]);
    assert_eq!(empty.degradation().blur(), Blur::Drawn);
    assert!(empty.assumed_kernel().is_none());
    let larger = after(&[
        Degrade::Drawn(Drawn::of(3, &[1., 2., 3., 4., 5., 6., 7., 8., 9.])).into(),
        Degrade::DrawnSide(5).into(),
    ]);
    let drawn = *larger.degradation().drawn();
    assert_eq!([drawn.weight(2, 2), drawn.weight(1, 1), drawn.weight(3, 3), drawn.weight(0, 0)], [5.0, 1.0, 9.0, 0.0]);
    let back = larger.reduce(Degrade::DrawnSide(3).into());
    assert_eq!(back.degradation().drawn().weights(), [1., 2., 3., 4., 5., 6., 7., 8., 9.]);
}

#[test]
fn the_degradation_is_told_in_words() {
    let told = |actions: &[RestoreAction]| after(actions).describe();
    assert_eq!(
        told(&[]),
        "Blurred in linear light by a disc of radius 4.5 px, cut where the blur did not see all; noise σ 0.003 of full \
         light, seed 1."
    );
    assert!(told(&[Degrade::Noise(Noise::SaltAndPepper).into(), Degrade::Hit(0.07).into()]).contains(" 7 % of the"));
    assert!(told(&[Degrade::Noise(Noise::Poisson).into()]).contains("1000 photons"));
    assert!(told(&[Degrade::Missing(0.25).into()]).contains("25 % missing"));
    assert!(told(&[Degrade::AlreadyBlurred(true).into()]).contains("no original"));
    for (blur, ..) in Blur::ALL {
        assert!(told(&[Degrade::Blur(blur).into()]).starts_with("Blurred in linear light by "));
    }
}

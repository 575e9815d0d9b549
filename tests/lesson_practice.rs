//! Practising on the Matrix page: what is asked for stays unseen until it is answered, and the answer is judged on the
//! numbers that the question was asked about. Nothing here repeats the questions' own tests: this is their state.

use deconvolution_explorer::lesson::{
    Lesson,
    matrix::{
        Action, MatrixLesson,
        exercise::{Answer, Kind},
        practice::Deed,
        setup::Setup,
        spot::{Array, Spot},
    },
};

fn ask(kind: Kind) -> MatrixLesson {
    MatrixLesson::default().reduce(Action::Practise(Deed::Ask(kind)))
}

fn target(lesson: &MatrixLesson) -> usize {
    lesson.practice.as_ref().expect("a question is open").exercise.target
}

fn answer(lesson: &MatrixLesson, text: &str) -> MatrixLesson {
    lesson.reduce(Action::Practise(Deed::Answer(text.to_owned())))
}

#[test]
fn a_result_in_question_is_hidden_wherever_it_stands() {
    let lesson = ask(Kind::Result);
    let j = target(&lesson);
    for spot in [Spot::Result(j), Spot::Product(j), Spot::Input(j), Spot::InputVector(j)] {
        assert!(lesson.hides(spot), "{spot:?}");
    }
    assert!((0..4).filter(|other| *other != j).all(|other| !lesson.hides(Spot::Result(other))));

    // An E of the reader's own is not the result, and need not hide.
    let own = lesson.reduce(Action::Enter { array: Array::Input, place: 0, text: "5".to_owned() });
    let j = target(&own);
    assert!(own.hides(Spot::Result(j)) && !own.hides(Spot::Input(j)));
}

#[test]
fn a_wrong_answer_has_a_reason_and_hides_on_and_the_right_one_reveals() {
    for kind in [Kind::Result, Kind::Transposed, Kind::Overlap] {
        let lesson = ask(kind);
        let practice = lesson.practice.clone().expect("a question is open");
        let wrong = answer(&lesson, "4321");
        let told = wrong.practice.clone().expect("still open");
        let verdict = told.verdict.expect("judged");
        assert!(!verdict.right && !verdict.reason.is_empty() && !told.revealed, "{kind:?}");

        let right = match practice.exercise.solution(&lesson.derived()) {
            Answer::Number(number) => number.to_string(),
            Answer::Count(count) => count.to_string(),
            other => panic!("{other:?} is no answer to {kind:?}"),
        };
        let done = answer(&wrong, &right);
        let told = done.practice.clone().expect("still open");
        assert!(told.verdict.is_some_and(|verdict| verdict.right) && told.revealed, "{kind:?}");
        assert!(!done.hides(Spot::Result(practice.exercise.target)));
        assert!(done.lit().is_some(), "what the answer comes from is lit");
    }
}

#[test]
fn what_cannot_be_read_is_answered_with_what_to_type() {
    let lesson = answer(&ask(Kind::Result), "a dozen");
    let verdict = lesson.practice.expect("open").verdict.expect("judged");
    assert!(!verdict.right && verdict.reason.starts_with("Type a number"), "{}", verdict.reason);
}

#[test]
fn a_click_marks_a_column_only_while_one_is_asked_for() {
    let lesson = ask(Kind::Column);
    let column = target(&lesson);
    assert!((0..4).all(|j| lesson.hides(Spot::Product(j))), "the products would name the columns");
    assert_eq!(lesson.reduce(Action::Point(Some(Spot::Result(0)))).lit(), None, "the light would lead to the column");

    let other = (column + 1) % 4;
    let wrong = lesson.reduce(Action::Pin(Spot::Entry(3, other)));
    assert!(!wrong.practice.clone().expect("open").verdict.expect("judged").right);
    assert_eq!(wrong.pinned, None);

    let right = wrong.reduce(Action::Pin(Spot::Entry(9, column)));
    assert!(right.practice.clone().expect("open").revealed);
    let pinned = right.reduce(Action::Pin(Spot::Entry(9, other)));
    assert_eq!(pinned.pinned, Some(Spot::Entry(9, other)), "afterwards a click pins again");
}

#[test]
fn new_numbers_ask_anew_and_the_next_question_is_another() {
    let lesson = answer(&ask(Kind::Result), "4321");
    let edited = lesson.reduce(Action::Enter { array: Array::Patch, place: 0, text: "9".to_owned() });
    let practice = edited.practice.clone().expect("asked on the new numbers");
    assert!(practice.verdict.is_none() && !practice.revealed);

    let next = lesson.reduce(Action::Practise(Deed::Next)).practice.expect("open");
    assert_eq!(next.count, 2);
    assert!(next.verdict.is_none());
    let questions: std::collections::HashSet<String> = (0..20)
        .scan(lesson.clone(), |lesson, _| {
            *lesson = lesson.reduce(Action::Practise(Deed::Next));
            lesson.practice.as_ref().map(|practice| practice.exercise.question.clone())
        })
        .collect();
    assert_eq!(questions.len(), 4, "every result of the worked example is asked for in time");
}

#[test]
fn exercises_are_no_work_and_do_not_travel() {
    let lesson = answer(&ask(Kind::Result), "4321");
    assert!(!lesson.history.can_undo(&lesson.work));
    assert_eq!(lesson.work.setup.as_ref(), &Setup::default());
    assert_eq!(lesson.reduce(Action::Practise(Deed::End)).practice, None);
    // Without an open question nothing is judged.
    let none = MatrixLesson::default();
    assert_eq!(answer(&none, "12"), none);
}

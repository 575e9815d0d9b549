//! Take away: programs, tables and pictures of what is on the screen.

use super::pictures::comparison;
use crate::{
    engine::{FileFormat, Request},
    lesson::{
        Lesson,
        upsample::{
            UpsampleLesson, Way,
            takeaway::{
                COUNTS_NAME, CSV_TYPE, Library, NUMPY_NAME, PYTHON_TYPE, PYTORCH_NAME, SCORES_NAME, Scored, counts_csv,
                programmed, scores_csv,
            },
        },
    },
    ui::{
        components::{
            saving::{Said, TextFile, save_pixels, use_arrival},
            take_away::{Offer, take_away, use_taking_away},
        },
        pictures::desk::{Answer, Desk},
    },
    web::wire::Body,
};
use yew::prelude::*;

/// The tabs.
const TABS: [&str; 5] = ["PyTorch", "NumPy", "Scores, CSV", "Overlap, CSV", "Pictures"];
/// The libraries that the first tabs have programs for.
const LIBRARIES: [Library; 2] = [Library::PyTorch, Library::NumPy];
/// The tab that is not a text.
const PICTURES: usize = TABS.len() - 1;

/// The names and types of the files of texts, tab by tab.
const FILES: [(&str, &str); PICTURES] =
    [(PYTORCH_NAME, PYTHON_TYPE), (NUMPY_NAME, PYTHON_TYPE), (SCORES_NAME, CSV_TYPE), (COUNTS_NAME, CSV_TYPE)];

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// The worker's side.
    pub desk: Desk,
    /// The file that was asked for.
    pub wish: Option<Request>,
    /// Asks for a file, or for nothing any more.
    pub on_wish: Callback<Option<Request>>,
}

/// The button, and the dialog that it opens.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let TakeAwayProps { lesson, desk, wish, on_wish } = props;
    let state = use_taking_away::<UpsampleLesson>();
    let (open, tab) = (*state.open, *state.tab);
    use_arrival(wish, desk, on_wish, &state.said, file_of);
    let program = LIBRARIES.get(tab).filter(|_| open);
    let program = program.map(|library| Request::UpsampleProgram(programmed(lesson), *library));
    let written = program.as_ref().and_then(|request| desk.found(request));
    {
        // The worker writes programs, one at a time; a file that was asked for comes first.
        let due = program.filter(|request| written.is_none() && desk.refusal(request).is_none());
        let on_wish = on_wish.clone();
        use_effect_with((due, wish.is_some()), move |(due, busy)| {
            if due.is_some() && !busy {
                on_wish.emit(due.clone());
            }
        });
    }
    let file = use_memo((open, tab, lesson.work.clone(), lesson.weighted, desk.answer.clone(), written), {
        let (lesson, desk) = (lesson.clone(), desk.clone());
        move |(open, tab, .., written)| {
            let (name, media_type) = *FILES.get(*tab).filter(|_| *open)?;
            let text = text_of(*tab, &lesson, &desk, written.as_deref())?.into();
            Some(TextFile { text, name, media_type })
        }
    });
    let file = (*file).clone();
    let sheet = match &file {
        Some(file) => html! { <pre key="text">{ &file.text }</pre> },
        None if tab == PICTURES => pictures(lesson, desk, wish, on_wish, &state.said),
        None if tab < LIBRARIES.len() => waiting("The program is being written …"),
        None => waiting("There are no scores yet: they come with the pictures."),
    };
    let note = if lesson.travels_whole() {
        "“Share” above copies a link that holds all settings, the drawing and the picture’s name."
    } else {
        "“Share” above copies a link that holds all settings, but never your own picture: that stays here."
    };
    let (tabs, busy) = (TABS.to_vec(), is_file(wish));
    take_away(&state, Offer { tabs, file, on_save: None, busy, sheet, note: note.into() })
}

/// Says that there is nothing yet.
fn waiting(sentence: &'static str) -> Html {
    html! { <p class="note waiting" key="none">{ sentence }</p> }
}

/// The text of a tab, where it is one and there is something to tell.
fn text_of(tab: usize, lesson: &UpsampleLesson, desk: &Desk, written: Option<&Answer>) -> Option<String> {
    match tab {
        0 | 1 => match &*written?.body {
            Body::File(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            _ => None,
        },
        2 => {
            let ways = &desk.answer.as_deref().and_then(comparison)?.ways;
            let scored: Vec<Scored> = ways
                .iter()
                .map(|(way, findings)| Scored {
                    way: *way,
                    psnr: findings.psnr,
                    ssim: findings.ssim,
                    checkerboard: if findings.is_checkered { findings.checkerboard } else { f64::NAN },
                    strength: findings.strength,
                    millis: findings.millis,
                })
                .collect();
            Some(scores_csv(&scored))
        }
        3 => Some(counts_csv(lesson)),
        _ => None,
    }
}

/// A row of buttons for each picture: as it is shown, with sixteen bits, and in full precision.
fn pictures(
    lesson: &UpsampleLesson,
    desk: &Desk,
    wish: &Option<Request>,
    on_wish: &Callback<Option<Request>>,
    said: &Said,
) -> Html {
    let Some((answer, found)) = desk.answer.as_deref().and_then(|answer| Some((answer, comparison(answer)?))) else {
        return waiting("There are no pictures yet.");
    };
    let small = std::iter::once((None, "Small", 0));
    let ways = found.ways.iter().enumerate();
    let ways = ways.map(|(place, (way, _))| (Some(*way), way.name(), found.places(place).picture));
    let row = |(way, name, place): (Option<Way>, &'static str, usize)| {
        let ask = |format: FileFormat, label: &'static str| {
            let question = way.map_or_else(|| lesson.question(), |way| lesson.question_of(way));
            let request = Request::UpsampleFile(question, way, format);
            html! {
                <button
                    type="button"
                    class="btn"
                    aria-label={format!("{name}, {label}")}
                    disabled={is_file(wish)}
                    onclick={on_wish.reform(move |_: MouseEvent| Some(request.clone()))}
                >
                    { label }
                </button>
            }
        };
        let pixels = answer.pictures.get(place);
        html! {
            <tr key={name}>
                <th scope="row">{ name }</th>
                <td>
                    <span class="btns">
                        <button
                            type="button"
                            class="btn"
                            aria-label={format!("{name}, PNG")}
                            disabled={pixels.is_none()}
                            onclick={save_pixels(pixels, file_name(way, "png"), said)}
                        >
                            { "PNG" }
                        </button>
                        { ask(FileFormat::Png16, "16-bit PNG") }
                        { ask(FileFormat::Npy, "NPY") }
                    </span>
                </td>
            </tr>
        }
    };
    html! {
        <div class="take-pictures" key="pictures">
            <p class="note">
                { "PNG as it is shown; sRGB with 16 bits a sample; or linear light as 32-bit floats (NPY), of which nothing is clipped." }
            </p>
            <table class="sc">
                <tbody>{ for small.chain(ways).map(row) }</tbody>
            </table>
        </div>
    }
}

/// Whether a file is what is wished for.
fn is_file(wish: &Option<Request>) -> bool {
    wish.as_ref().and_then(file_of).is_some()
}

/// What a file of the worker's is called. A program is none: it is shown.
fn file_of(request: &Request) -> Option<String> {
    let Request::UpsampleFile(_, way, format) = request else { return None };
    let ending = match format {
        FileFormat::Png16 => "16-bit.png",
        FileFormat::Npy => "npy",
    };
    Some(file_name(*way, ending))
}

fn file_name(way: Option<Way>, ending: &str) -> String {
    format!("{}.{ending}", way.map_or("small", Way::id))
}

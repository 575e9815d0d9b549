//! The line between a page and its worker: a question in, the newest answer out, and whether it is the answer to it.

use crate::{
    engine::Request,
    web::{
        canvas::Pixels,
        worker_client::{Client, Event},
    },
};
use std::rc::Rc;
use yew::prelude::*;

/// How the stage stands to the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The answer is on its way.
    Busy,
    /// What is shown is the answer.
    Ready,
    /// There will be no answer to this question.
    Failed,
}

impl Phase {
    /// The word in the stage's `data-state`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}

/// The pictures and numbers of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub request: Rc<Request>,
    /// The key of the source that was used, if it was one from a file.
    pub source: u64,
    /// The pictures in the order of the engine's reply.
    pub pictures: Vec<Pixels>,
    /// The numbers in the order of the engine's reply.
    pub numbers: Vec<f64>,
}

/// Points of a curve: what was asked, and the number that came.
pub type Measured = Rc<Vec<(Rc<Request>, f64)>>;

/// What a page knows of its worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// The last answer, shown until a newer one comes.
    pub answer: Option<Rc<Answer>>,
    /// How it stands to the question.
    pub phase: Phase,
    /// What went wrong, as a sentence.
    pub trouble: Option<AttrValue>,
    /// What was measured of the present source, the newest last.
    pub measured: Measured,
    /// Asks for a measurement, for when the worker has nothing else to do.
    pub measure: Callback<Request>,
}

/// So many measurements are kept.
const MOST_MEASURED: usize = 200;

#[derive(Default, PartialEq)]
struct Heard {
    /// The key of the source that was measured, and what came of it.
    measured: (u64, Measured),
    answer: Option<Rc<Answer>>,
    /// The request that failed, or none where no request will be answered any more, and why.
    trouble: Option<(Option<Rc<Request>>, AttrValue)>,
}

impl Reducible for Heard {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let answer = self.answer.clone();
        let measured = self.measured.clone();
        Rc::new(match event {
            Event::Answered { request, source, numbers, .. } if matches!(*request, Request::Error(_)) => {
                let mut points = if measured.0 == source { (*measured.1).clone() } else { Vec::new() };
                points.extend(numbers.first().map(|number| (request, *number)));
                let surplus = points.len().saturating_sub(MOST_MEASURED);
                points.drain(..surplus);
                Self { answer, trouble: self.trouble.clone(), measured: (source, Rc::new(points)) }
            }
            Event::Answered { request, source, pictures, numbers } => {
                Self { answer: Some(Rc::new(Answer { request, source, pictures, numbers })), trouble: None, measured }
            }
            Event::Refused(request, sentence) => {
                Self { answer, trouble: Some((Some(request), sentence.into())), measured }
            }
            Event::Restarted(Some(request), reason) => {
                let sentence = format!(
                    "The computation stopped at this setting ({reason}) and was started anew. The last picture stays; \
                     change any setting to go on."
                );
                Self { answer, trouble: Some((Some(request), sentence.into())), measured }
            }
            // Nothing was asked, so nothing is lost.
            Event::Restarted(None, _) => return self,
            Event::Unavailable(sentence) => Self { answer, trouble: Some((None, sentence.into())), measured },
        })
    }
}

/// The page's worker, which lives as long as the page is in view. `question` is None while its picture is being loaded;
/// `source` is the picture from a file with its key, for questions about one.
#[hook]
pub fn use_desk(question: Option<Request>, source: Option<(u64, Rc<Request>)>) -> Desk {
    let heard = use_reducer_eq(Heard::default);
    let client = {
        let dispatcher = heard.dispatcher();
        use_memo((), move |()| Client::start(move |event| dispatcher.dispatch(event)))
    };
    let key = source.as_ref().map_or(0, |(key, _)| *key);
    {
        let client = client.clone();
        use_effect_with(key, move |_| {
            if let Some((key, request)) = source {
                client.set_source(key, request);
            }
        });
    }
    let measure = {
        let client = client.clone();
        use_callback((), move |request: Request, ()| client.ask_meanwhile(request))
    };
    use_effect_with((question.clone(), key), move |(question, _)| {
        if let Some(question) = question {
            client.ask(question.clone());
        }
    });
    let answered = heard
        .answer
        .as_ref()
        .is_some_and(|answer| Some(&*answer.request) == question.as_ref() && (key == 0 || answer.source == key));
    let trouble = heard.trouble.as_ref().filter(|(request, _)| match request.as_deref() {
        None => true,
        Some(Request::Source { .. }) => key != 0,
        Some(request) => Some(request) == question.as_ref(),
    });
    let phase = match (trouble, answered) {
        (Some(_), _) => Phase::Failed,
        (None, true) => Phase::Ready,
        (None, false) => Phase::Busy,
    };
    let measured = if heard.measured.0 == key || key == 0 { heard.measured.1.clone() } else { Measured::default() };
    let trouble = trouble.map(|(_, sentence)| sentence.clone());
    Desk { answer: heard.answer.clone(), phase, trouble, measured, measure }
}

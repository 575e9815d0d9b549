//! The line between a page and its worker: a question in, the newest answer out, and whether it is the answer to it.
//! Meanwhile, when the question is answered, whatever else the page wants to know.

use crate::{
    engine::Request,
    web::{
        canvas::Pixels,
        wire::{Body, Words},
        worker_client::{Client, Event},
    },
};
use gloo_timers::callback::Timeout;
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
    /// What it says beside the pictures.
    pub body: Rc<Body>,
    /// From the question to the answer, in milliseconds.
    pub millis: f64,
}

impl Answer {
    /// The error that was asked for, where it was.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        match *self.body {
            Body::Error(error) => Some(error),
            _ => None,
        }
    }
}

/// How far long work is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What was asked.
    pub request: Rc<Request>,
    /// Steps so far.
    pub iteration: usize,
    /// Steps at most.
    pub of: usize,
    /// The picture so far.
    pub picture: Pixels,
}

/// What a page knows of its worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// The last answer, shown until a newer one comes.
    pub answer: Option<Rc<Answer>>,
    /// How far the work on the question is, while it is under way.
    pub progress: Option<Rc<Progress>>,
    /// How the answer stands to the question.
    pub phase: Phase,
    /// What went wrong, as a sentence.
    pub trouble: Option<AttrValue>,
    /// Ends the work on the question with what there is.
    pub stop: Callback<()>,
    /// Forgets answers, here and in the worker, so that they are computed anew where they are still wanted.
    pub forget: Callback<Vec<Request>>,
    /// Gives an answer's memory back, a file's for instance.
    pub discard: Callback<Request>,
    found: Rc<Vec<Rc<Answer>>>,
    refused: Rc<Refusals>,
}

/// What was wanted and refused, and why.
type Refusals = Vec<(Rc<Request>, AttrValue)>;

impl Desk {
    /// The answer to a request of the present source, if it came.
    #[must_use]
    pub fn found(&self, request: &Request) -> Option<Rc<Answer>> {
        self.found.iter().rev().find(|answer| *answer.request == *request).cloned()
    }

    /// Why a request of the present source that was wanted beside the question has no answer, if it was refused.
    #[must_use]
    pub fn refusal(&self, request: &Request) -> Option<AttrValue> {
        self.refused.iter().find(|(refused, _)| **refused == *request).map(|(_, sentence)| sentence.clone())
    }
}

/// So many answers of numbers alone are kept, and so many with pictures.
const MOST_KEPT: [usize; 2] = [400, 12];
/// Answers whose pictures take more than this together are given up, the oldest first, in bytes.
const MOST_BYTES: usize = 256 << 20;
/// The worker is asked for more when the question has rested so long, in milliseconds: a slider that moves comes first.
const REST_MILLIS: u32 = 250;

#[derive(Clone, Default, PartialEq)]
struct Heard {
    /// The key of the source that the answers below belong to.
    source: u64,
    /// Answers to what was wanted meanwhile, and to former questions, the newest last.
    found: Rc<Vec<Rc<Answer>>>,
    answer: Option<Rc<Answer>>,
    progress: Option<Rc<Progress>>,
    /// The request that failed, or none where no request will be answered any more, and why.
    trouble: Option<(Option<Rc<Request>>, AttrValue)>,
    /// What was wanted meanwhile and refused: it is not asked for again while the source is the same.
    refused: Rc<Refusals>,
    /// How often something wanted meanwhile was dropped for something more urgent: it may be asked for again.
    dropped: u32,
}

enum Deed {
    /// The worker said something, on what was asked or on what was wanted meanwhile.
    Hear(Event, Concern),
    /// The question is asked: what was in its way before counts no more.
    Ask,
    Forget(Vec<Request>),
    Discard(Box<Request>),
}

/// What an event is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Concern {
    Question,
    Meanwhile,
}

impl Heard {
    fn keep(&self, source: u64, answer: &Rc<Answer>) -> Rc<Vec<Rc<Answer>>> {
        let mut found: Vec<_> = if self.source == source { (*self.found).clone() } else { Vec::new() };
        // The worker remembers: then the time is that of remembering, and the longer one that of the work.
        let before = found.iter().find(|known| known.request == answer.request).map(|known| known.millis);
        found.retain(|known| known.request != answer.request);
        let millis = before.map_or(answer.millis, |before| before.max(answer.millis));
        found.push(Rc::new(Answer { millis, ..(**answer).clone() }));
        let bytes = |answer: &Answer| -> usize {
            answer.pictures.iter().map(|pixels| pixels.width as usize * pixels.height as usize * 4).sum()
        };
        while found.len() > 1 && found.iter().map(|answer| bytes(answer)).sum::<usize>() > MOST_BYTES {
            let oldest = found.iter().position(|answer| !answer.pictures.is_empty()).unwrap_or(0);
            found.remove(oldest);
        }
        for (pictures, most) in [false, true].into_iter().zip(MOST_KEPT) {
            let count = found.iter().filter(|known| known.pictures.is_empty() != pictures).count();
            let mut surplus = count.saturating_sub(most);
            found.retain(|known| {
                let goes = surplus > 0 && known.pictures.is_empty() != pictures;
                surplus -= usize::from(goes);
                !goes
            });
        }
        Rc::new(found)
    }
}

impl Reducible for Heard {
    type Action = Deed;

    fn reduce(self: Rc<Self>, deed: Deed) -> Rc<Self> {
        let mut next = Self { ..(*self).clone() };
        match deed {
            Deed::Forget(requests) => {
                let kept = self.found.iter().filter(|known| !requests.contains(&known.request));
                next.found = Rc::new(kept.cloned().collect());
                next.refused = Rc::default();
            }
            Deed::Ask => (next.progress, next.trouble) = (None, None),
            Deed::Discard(request) => {
                next.found = Rc::new(self.found.iter().filter(|known| *known.request != *request).cloned().collect());
            }
            Deed::Hear(Event::Answered { request, source, pictures, body, millis, .. }, concern) => {
                let new = Rc::new(Answer { request, source, pictures, body, millis });
                next.found = self.keep(source, &new);
                if source != self.source {
                    next.refused = Rc::default();
                }
                next.source = source;
                if concern == Concern::Question {
                    (next.answer, next.progress, next.trouble) = (next.found.last().cloned(), None, None);
                }
            }
            Deed::Hear(Event::Progress { request, iteration, of, picture, .. }, Concern::Question) => {
                next.progress = Some(Rc::new(Progress { request, iteration, of, picture }));
            }
            Deed::Hear(
                Event::Refused(request, reason) | Event::Restarted(Some(request), reason),
                Concern::Meanwhile,
            ) => {
                let mut refused = (*self.refused).clone();
                refused.push((request, reason.into()));
                let surplus = refused.len().saturating_sub(MOST_KEPT[0]);
                refused.drain(..surplus);
                next.refused = Rc::new(refused);
            }
            Deed::Hear(Event::Refused(request, sentence), Concern::Question) => {
                (next.progress, next.trouble) = (None, Some((Some(request), sentence.into())));
            }
            Deed::Hear(Event::Restarted(Some(request), reason), Concern::Question) => {
                let sentence = format!(
                    "The computation stopped at this setting ({reason}) and was started anew. The last picture stays; \
                     change any setting to go on."
                );
                (next.progress, next.trouble) = (None, Some((Some(request), sentence.into())));
            }
            Deed::Hear(Event::Unavailable(sentence), _) => {
                (next.progress, next.trouble) = (None, Some((None, sentence.into())));
            }
            Deed::Hear(Event::Dropped(_), Concern::Meanwhile) => next.dropped += 1,
            // A newer question came, or nothing was asked, so nothing is lost; what is wanted meanwhile shows no progress.
            Deed::Hear(Event::Dropped(_), Concern::Question)
            | Deed::Hear(Event::Restarted(None, _), _)
            | Deed::Hear(Event::Progress { .. }, Concern::Meanwhile) => return self,
        }
        Rc::new(next)
    }
}

/// The page's worker, which lives as long as the page is in view. `words` are the page's own; `question` is None while its picture is being loaded;
/// `source` is the picture from a file with its key, for questions about one. What is in `wanted` is asked for one by one
/// once the question is answered.
#[hook]
pub fn use_desk(
    words: Words,
    question: Option<Request>,
    source: Option<(u64, Rc<Request>)>,
    wanted: Vec<Request>,
) -> Desk {
    let heard = use_reducer_eq(Heard::default);
    // What was asked for last, and what was wanted meanwhile and is not settled: by these an event is told to which it
    // belongs. What is neither was asked before and is still worth a look.
    let (asked, beside) = (use_mut_ref(|| None::<Request>), use_mut_ref(Vec::<Request>::new));
    let client = {
        let (dispatcher, asked, beside) = (heard.dispatcher(), asked.clone(), beside.clone());
        let concern = move |event: &Event| {
            let (about, settled) = match event {
                Event::Answered { request, .. } | Event::Refused(request, _) | Event::Dropped(request) => {
                    (Some(request), true)
                }
                Event::Progress { request, .. } => (Some(request), false),
                Event::Restarted(request, _) => (request.as_ref(), true),
                Event::Unavailable(_) => (None, false),
            };
            let Some(about) = about else { return Concern::Question };
            let place = beside.borrow().iter().position(|known| *known == **about);
            if let Some(place) = place.filter(|_| settled) {
                beside.borrow_mut().remove(place);
            }
            if place.is_some() && asked.borrow().as_ref() != Some(&**about) {
                Concern::Meanwhile
            } else {
                Concern::Question
            }
        };
        use_memo((), move |()| {
            Client::start(words, move |event| {
                let concern = concern(&event);
                dispatcher.dispatch(Deed::Hear(event, concern));
            })
        })
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
    {
        let (client, dispatcher) = (client.clone(), heard.dispatcher());
        use_effect_with((question.clone(), key), move |(question, _)| {
            if let Some(question) = question {
                dispatcher.dispatch(Deed::Ask);
                *asked.borrow_mut() = Some(question.clone());
                client.ask(question.clone());
            }
        });
    }
    let rested = use_state_eq(|| false);
    {
        let rested = rested.clone();
        use_effect_with((question.clone(), key), move |_| {
            rested.set(false);
            let timeout = Timeout::new(REST_MILLIS, move || rested.set(true));
            move || drop(timeout)
        });
    }
    let answered = heard
        .answer
        .as_ref()
        .is_some_and(|answer| Some(&*answer.request) == question.as_ref() && (key == 0 || answer.source == key));
    let trouble = heard.trouble.as_ref().filter(|(request, _)| match request.as_deref() {
        None => true,
        Some(Request::Source { .. } | Request::Signal { .. }) => key != 0,
        Some(request) => Some(request) == question.as_ref(),
    });
    let phase = match (trouble, answered) {
        (Some(_), _) => Phase::Failed,
        (None, true) => Phase::Ready,
        (None, false) => Phase::Busy,
    };
    let stop = {
        let client = client.clone();
        use_callback((), move |(), ()| client.stop())
    };
    let forget = {
        let (dispatcher, client) = (heard.dispatcher(), client.clone());
        use_callback((), move |requests, ()| {
            client.forget();
            dispatcher.dispatch(Deed::Forget(requests));
        })
    };
    let discard = {
        let dispatcher = heard.dispatcher();
        use_callback((), move |request, ()| dispatcher.dispatch(Deed::Discard(Box::new(request))))
    };
    let is_present = heard.source == key || key == 0;
    let desk = Desk {
        answer: heard.answer.clone(),
        progress: heard
            .progress
            .clone()
            .filter(|progress| phase == Phase::Busy && Some(&*progress.request) == question.as_ref()),
        phase,
        trouble: trouble.map(|(_, sentence)| sentence.clone()),
        stop,
        forget,
        discard,
        found: if is_present { heard.found.clone() } else { Rc::default() },
        refused: if is_present { heard.refused.clone() } else { Rc::default() },
    };
    let is_open = |request: &Request| desk.found(request).is_none() && desk.refusal(request).is_none();
    // What stands in the way of the question need not be in the way of others.
    let next = (*rested && phase != Phase::Busy).then(|| wanted.into_iter().find(is_open)).flatten();
    use_effect_with((next, heard.dropped), move |(next, _)| {
        if let Some(request) = next {
            let mut beside = beside.borrow_mut();
            beside.retain(|known| known != request);
            beside.push(request.clone());
            client.ask_meanwhile(request.clone());
        }
    });
    desk
}

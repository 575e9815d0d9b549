//! What is known of a restoration: the numbers of its answer, and how long that took.

use crate::{
    engine::{Facts, Request},
    lesson::restore::{RestoreLesson, narration},
    ui::pictures::desk::Answer,
    web::wire::Body,
};
use std::ops::Deref;

/// The numbers of an answer. They are read as if they stood here.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    facts: Facts,
    /// From the question to the answer, in milliseconds.
    pub millis: f64,
    /// What was asked.
    pub question: RestoreLesson,
}

impl Told {
    /// The numbers of an answer, if it is one about a restoration.
    pub fn of(answer: &Answer) -> Option<Self> {
        match (&*answer.body, &*answer.request) {
            (Body::Restored(facts), Request::Restore(question)) => {
                Some(Self { facts: facts.clone(), millis: answer.millis, question: question.clone() })
            }
            _ => None,
        }
    }
}

impl Told {
    /// What the narration and the exercises go by.
    pub fn for_narration(&self) -> narration::Told {
        narration::Told {
            parameter: self.facts.parameter,
            suggested: self.facts.suggested,
            isnr: self.facts.scores.isnr,
            residual: self.facts.residual,
            sigma: self.facts.sigma,
            iterations: self.facts.iterations,
            ending: self.facts.ending,
        }
    }
}

impl Deref for Told {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

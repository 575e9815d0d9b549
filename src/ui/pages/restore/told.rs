//! What is known of a restoration: the numbers of its answer, and how long that took.

use crate::{engine::Facts, ui::pictures::desk::Answer, web::wire::Body};
use std::ops::Deref;

/// The numbers of an answer. They are read as if they stood here.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    facts: Facts,
    /// From the question to the answer, in milliseconds.
    pub millis: f64,
}

impl Told {
    /// The numbers of an answer, if it is one about a restoration.
    pub fn of(answer: &Answer) -> Option<Self> {
        match &*answer.body {
            Body::Restored(facts) => Some(Self { facts: facts.clone(), millis: answer.millis }),
            _ => None,
        }
    }
}

impl Deref for Told {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

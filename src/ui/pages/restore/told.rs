//! The numbers of an answer, by name.


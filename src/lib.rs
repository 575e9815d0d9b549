//! Deconvolution Explorer: what *deconvolution* means in imaging and in deep learning, on one matrix.
//!
//! The house, from the ground up. A layer knows only the layers above it in this list.
//!
//! * [`fourier`]: the discrete Fourier and cosine transforms of real pictures, planned once and used often.
//! * [`convolution`]: geometry, the matrix C and its transpose, the convolution and the transposed convolution.
//! * [`imaging`]: planar pictures, colour, point-spread functions, noise, quality metrics, files.
//! * [`restoration`]: one file a method, one trait, one list of them all.
//! * [`upsampling`]: resizing, layers that enlarge, overlap counts, the checkerboard's score.
//!
//! These are pure numerics: no browser, no lesson.
//!
//! * [`lesson`]: what each page knows: state, actions, timeline, narration, share link.
//! * [`engine`]: request in, progress and result out: what the worker runs, with its caches.
//!
//! These are pure too: time, randomness and input are handed in, never read.
//!
//! * `web`: the browser, one concern a file: worker client, canvas, files, frames, storage.
//! * `ui`: Yew: the programs of the page, their pages and components.
//!
//! The last two exist for wasm32 alone, as do their dependencies, so a native `cargo test` proves the wall.

pub mod convolution;
pub mod engine;
pub mod fourier;
pub mod imaging;
pub mod lesson;
pub mod restoration;
pub mod upsampling;

#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;

/// The README's example is compiled and run with the tests, so that it cannot grow old.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

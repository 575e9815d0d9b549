//! Yew: the programs, their pages and components.
#![allow(missing_docs)] // the macros of Yew derive public builders that cannot be documented

pub mod app;
pub mod components;
pub mod frame;
pub mod handing_over;
pub mod pages;
pub mod pictures;
pub mod program;
pub mod store;
pub mod visit;

//! Yew: the app, its pages and components.

pub mod app;

//! restoration

//! upsampling

//! Pictures as files of full precision.

use super::FileFormat;
use crate::imaging::{Image, files};

/// The bytes of a picture's file.
pub(super) fn encode(image: &Image, format: FileFormat) -> Vec<u8> {
    match format {
        FileFormat::Png16 => files::png16(image),
        FileFormat::Npy => files::npy(image),
    }
}

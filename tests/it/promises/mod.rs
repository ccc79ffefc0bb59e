//! What every reader of strangers' bytes keeps to, whatever the bytes are: one check a reader, which panics where a
//! promise is broken. The fuzz targets (`fuzz/`) run them on bytes of their own making, [`crate::finds`] on those that
//! broke one once, [`crate::mutants`] on feeds that were damaged.

pub mod config;
pub mod feed;
pub mod lint;
pub mod mail;
pub mod page;
pub mod quotes;
pub mod source;
pub mod subject;

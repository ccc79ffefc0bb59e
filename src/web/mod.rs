//! What a browser is shown: the served preview. Decides nothing of an edition.

pub mod preview;

//! Text in, its language out.

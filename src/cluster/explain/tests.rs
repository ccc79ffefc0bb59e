//! What an editor may rely on when a story is explained.

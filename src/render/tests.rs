//! What must hold of every printed edition, and what one looks like.

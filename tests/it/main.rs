//! The program seen from outside: the scenes it plays in, and what it does there.

mod mailer;
mod scene;

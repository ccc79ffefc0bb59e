//! An edition in, HTML, plain text, Markdown and a subject out. No network, no disk, no clock.

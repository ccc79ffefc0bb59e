//! Fragments of HTML in, plain text or safe HTML out. Never fetches, never runs anything.

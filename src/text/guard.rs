//! HTML in, a verdict out: whether a tree parser may be let loose on it. One linear pass.

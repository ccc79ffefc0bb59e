//! A paragraph in, the spans of its sentences out.

//! A fragment of HTML in, its paragraphs as plain text out.

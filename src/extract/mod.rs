//! The HTML of one article page in, the article's own text out. No network.

//! Text in, words out: tokens, stems, stop words.

//! The reading of an article page: the same twice, plain paragraphs, and no word that is not on the page.

use reveille::pages::{self, Error, Source};

use super::source::{Words, assert_plain, declared};

const URL: &str = "https://harbour.example/2026/11/mill";

pub fn check(bytes: &[u8]) {
    let (content_type, document) = declared(bytes);
    let source = Source { url: URL, content_type };
    match (pages::page(document, &source), pages::page(document, &source)) {
        (Ok(page), Ok(again)) => {
            assert_eq!(page, again, "read differently the second time");
            assert_eq!(page.url, URL);
            assert_plain("the title", &page.title);
            page.authors.iter().for_each(|author| assert_plain("an author", author));
            assert!(page.paragraphs.iter().all(|paragraph| !paragraph.is_empty()), "an empty paragraph");
            page.paragraphs.iter().for_each(|paragraph| assert_plain("a paragraph", paragraph));
            let text = std::str::from_utf8(document).ok().filter(|text| !text.contains('\\'));
            if let Some(words) = text.filter(|_| content_type.is_none()).map(Words::of) {
                let missing = page.paragraphs.iter().find_map(|paragraph| words.first_made_up(paragraph));
                assert_eq!(missing, None, "not on the page, but in its text");
            }
        }
        (Err(error), Err(again)) => {
            assert_eq!(error.to_string(), again.to_string());
            assert!(!matches!(error, Error::Panicked { .. }), "{error}");
        }
        (one, other) => panic!("{one:?} and {other:?} of the same bytes"),
    }
}

//! Quotations of every kind, as outlets in several countries print them: the cases in the files next to this one.

use proptest::prelude::*;

use super::quotes;

/// Texts with the quotations to be found in them.
const FILES: [(&str, &str); 5] = [
    ("english", include_str!("english.txt")),
    ("german", include_str!("german.txt")),
    ("french", include_str!("french.txt")),
    ("spanish", include_str!("spanish.txt")),
    ("other", include_str!("other.txt")),
];

/// A case begins with `# its name`, followed by its text, then one line `> quotation | speaker` for each, in order.
struct Case {
    name: String,
    text: String,
    expected: Vec<(String, Option<String>)>,
}

fn cases() -> Vec<Case> {
    let files = FILES.iter().flat_map(|(file, text)| text.split("---\n").map(move |case| read(file, case)));
    files.collect()
}

fn read(file: &str, case: &str) -> Case {
    let case = case.replace("{nb}", "\u{a0}").replace("{nnb}", "\u{202f}");
    let (name, rest) = case.split_once('\n').expect("a name and a text");
    let (said, text): (Vec<&str>, Vec<&str>) = rest.lines().partition(|line| line.starts_with("> "));
    let expected = said.iter().map(|line| {
        let (quotation, speaker) = line.trim_start_matches("> ").split_once(" |").expect("a speaker");
        let speaker = speaker.trim();
        (quotation.to_owned(), (!speaker.is_empty()).then(|| speaker.to_owned()))
    });
    let expected = expected.collect();
    Case { name: format!("{file}: {}", name.trim_start_matches("# ")), text: text.join("\n"), expected }
}

#[test]
fn every_kind_of_quotation_is_found_with_its_speaker() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found: Vec<(String, Option<String>)> =
            quotes(&case.text, None).into_iter().map(|quote| (quote.text, quote.speaker)).collect();
        if found != case.expected {
            wrong.push(format!("{}\n  wanted {:?}\n  found  {found:?}", case.name, case.expected));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases().len(), wrong.join("\n"));
}

/// Valid prose, cut anywhere and strewn with quotation marks.
fn prose() -> impl Strategy<Value = String> {
    let texts: Vec<String> = cases().into_iter().map(|case| case.text).collect();
    let mark = "[“”\"„«»‘’‚'—–\\-…,.:?!() \u{a0}\u{202f}\n]{0,4}";
    let piece = (prop::sample::select(texts), 0..60_usize, 0..400_usize, mark);
    let piece = piece.prop_map(|(text, from, length, mark)| {
        text.chars().skip(from).take(length).collect::<String>() + &mark
    });
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn are_sound(text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for quote in quotes(text, None) {
        prop_assert!(quote.start >= end && quote.end > quote.start, "{quote:?} in {text:?}");
        prop_assert_eq!(text.get(quote.start..quote.end), Some(quote.text.as_str()));
        if let Some((from, to)) = quote.speaker_span {
            prop_assert!(text.get(from..to).is_some_and(|words| !words.trim().is_empty()));
        }
        end = quote.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn quotations_of_any_text_lie_in_order_and_apart(text in "\\PC{0,200}") {
        are_sound(&text)?;
    }

    #[test]
    fn quotations_of_broken_prose_lie_in_order_and_apart(text in prose()) {
        are_sound(&text)?;
    }
}

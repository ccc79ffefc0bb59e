//! Quotations found by their marks alone, and which of them are direct speech.

use super::super::quotes;

fn texts(text: &str) -> Vec<String> {
    quotes(text, None).into_iter().map(|quote| quote.text).collect()
}

#[test]
fn straight_and_typographic_marks_are_read_alike_and_mixed() {
    let wanted = |q: &str| vec![q.to_owned()];
    let straight = r#""The pier is closed until May," Jo Marlow said."#;
    assert_eq!(texts(straight), wanted(r#""The pier is closed until May,""#));
    let curly = "“The pier is closed until May,” Jo Marlow said.";
    assert_eq!(texts(curly), wanted("“The pier is closed until May,”"));
    let mixed = "“The pier is closed until May,\" Jo Marlow said.";
    assert_eq!(texts(mixed), wanted("“The pier is closed until May,\""));
}

#[test]
fn british_single_marks_quote_and_apostrophes_do_not() {
    assert_eq!(
        texts("‘We won’t let the fishers’ boats rot,’ said Ada Quill. The harbour’s crews’ mood was grim."),
        ["‘We won’t let the fishers’ boats rot,’"]
    );
    assert_eq!(
        texts("'We don't let the boats rot here,' said Ada Quill."),
        ["'We don't let the boats rot here,'"]
    );
    assert!(texts("The '90s weren't kind to the crews' boats, nor to Brackwater's.").is_empty());
}

#[test]
fn german_french_and_spanish_marks_are_known() {
    assert_eq!(
        texts("„Der Hafen bleibt bis Mai geschlossen“, sagte Jo Marlow."),
        ["„Der Hafen bleibt bis Mai geschlossen“"]
    );
    assert_eq!(
        texts("»Der Hafen bleibt bis Mai geschlossen«, sagte Jo Marlow."),
        ["»Der Hafen bleibt bis Mai geschlossen«"]
    );
    assert_eq!(
        texts("« Le port restera fermé jusqu’en mai », a déclaré Jo Marlow."),
        ["« Le port restera fermé jusqu’en mai »"]
    );
    assert_eq!(
        texts("«El puerto seguirá cerrado hasta mayo», dijo Ada Quill."),
        ["«El puerto seguirá cerrado hasta mayo»"]
    );
}

#[test]
fn a_quotation_over_several_paragraphs_is_a_piece_a_paragraph_with_one_speaker() {
    let text = "“The ice came early this year,” Ada Quill said. “We lost four boats to it.\n\n“Nobody had seen that before in all our years.”";
    let found = quotes(text, None);
    let texts: Vec<_> = found.iter().map(|q| q.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "“The ice came early this year,”",
            "“We lost four boats to it.",
            "“Nobody had seen that before in all our years.”"
        ]
    );
    assert!(found.iter().all(|q| q.speaker.as_deref() == Some("Ada Quill")), "{found:?}");
}

#[test]
fn a_mark_without_a_partner_swallows_nothing() {
    let text = "The sign read “closed and nobody minded.\n\n“The ice came early this year,” Ada Quill said.";
    assert_eq!(texts(text), ["“The ice came early this year,”"]);
    let text = "He was 6'3\" tall, they say.\n\n\"The ice came early this year,\" Ada Quill said.";
    assert_eq!(texts(text), ["\"The ice came early this year,\""]);
}

#[test]
fn quotations_inside_a_quotation_are_part_of_it() {
    assert_eq!(
        texts("“He said, ‘Go home now,’ and we all went,” Ada Quill said."),
        ["“He said, ‘Go home now,’ and we all went,”"]
    );
    assert_eq!(
        texts("“They call it “the long freeze” around here,” Ada Quill said."),
        ["“They call it “the long freeze” around here,”"]
    );
}

#[test]
fn scare_quotes_fragments_and_titles_are_not_direct_speech() {
    assert!(texts("Quill promised a “review” of the pier and called the ice “a long cold joke.”").is_empty());
    assert!(texts("She sang “The Ballad of the Frozen Pier” on Saturday.").is_empty());
}

#[test]
fn hostile_texts_are_read_in_linear_time_and_without_panic() {
    for piece in
        ["“", "\"", "‘", "'a", "»", "«", "“a” said ", "said said, ", "A, ", "\n“", "é’", "—a ", "« a, dit "]
    {
        quotes(&piece.repeat(4000), None);
    }
}

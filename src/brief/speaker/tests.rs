//! Who speaks: the forms attribution takes in news prose.

use super::super::{Quote, quotes};

/// The only quotation of a text.
fn only(text: &str) -> Quote {
    let mut found = quotes(text, None);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn speaker(text: &str) -> Option<String> {
    only(text).speaker
}

fn named(text: &str) -> String {
    speaker(text).unwrap_or_else(|| panic!("nobody speaks in {text}"))
}

#[test]
fn the_name_stands_before_or_behind_the_verb() {
    assert_eq!(named("“The ice came early this year,” Ada Quill said."), "Ada Quill");
    assert_eq!(named("“The ice came early this year,” said Ada Quill, who runs the harbour."), "Ada Quill");
    assert_eq!(
        named("Ada Quill, 61, a pilot from Brackwater, said: “The ice came early this year.”"),
        "Ada Quill"
    );
    assert_eq!(named("According to Ada Quill, “The ice came early this year.”"), "Ada Quill");
    assert_eq!(named("“The ice came early this year,” according to Ada Quill."), "Ada Quill");
    assert_eq!(named("“Did the ice come early this year?” asked Ada Quill."), "Ada Quill");
}

#[test]
fn the_span_is_the_words_that_name_the_speaker() {
    let text = "“The ice came early this year,” said pilot Ada Quill.";
    let quote = only(text);
    let (start, end) = quote.speaker_span.expect("a speaker");
    assert_eq!(&text[start..end], "pilot Ada Quill");
    assert_eq!(quote.cue.as_deref(), Some("said"));
    assert_eq!(&text[quote.start..quote.end], quote.text);
}

#[test]
fn roles_and_offices_speak_in_their_own_words() {
    assert_eq!(named("“The ice came early this year,” a harbour spokesman said."), "a harbour spokesman");
    assert_eq!(named("“The ice came early this year,” Quill’s office said."), "Quill’s office");
    assert_eq!(named("“The ice came early this year,” police said in a statement."), "police");
}

#[test]
fn a_surname_and_a_title_stand_for_the_full_name_given_elsewhere() {
    let text = "Harbour Minister Ada Quill came on Monday.\n\n“The ice came early this year,” Quill said.";
    assert_eq!(named(text), "Ada Quill");
    let text = "President Lin Daoming came on Monday.\n\n“The ice came early this year,” Lin said.";
    assert_eq!(named(text), "Lin Daoming");
    let text = "“The ice came early this year,” said Sen. Ada Quill.";
    assert_eq!(named(text), "Ada Quill");
}

#[test]
fn no_rank_of_any_service_is_a_speaker_or_part_of_the_name() {
    for rank in [
        "Gen.",
        "Brig. Gen.",
        "Lt. Col.",
        "Maj.",
        "1st Lt.",
        "Lt. j.g.",
        "Ens.",
        "Vice Adm.",
        "Chief Warrant Officer 2",
        "Command Sgt. Maj.",
        "Sgt. 1st Class",
        "Staff Sgt.",
        "SSgt",
        "Lance Cpl.",
        "Spc.",
        "Pfc.",
        "Pvt.",
        "Airman 1st Class",
        "Petty Officer 2nd Class",
        "Boatswain's Mate 3rd Class",
        "Flt Lt",
        "Wg Cdr",
        "Det.",
        "Supt.",
        "Dep.",
        "Amb.",
        "Atty. Gen.",
        "Lt. Gov.",
        "Fr.",
        "Msgr.",
    ] {
        assert_eq!(
            named(&format!("“The ice came early this year,” {rank} Ada Quill said.")),
            "Ada Quill",
            "{rank}"
        );
        assert_eq!(
            named(&format!("“The ice came early this year,” said {rank} Ada Quill, a pilot.")),
            "Ada Quill",
            "{rank}"
        );
    }
}

#[test]
fn the_name_is_found_behind_whatever_says_who_it_is() {
    for (tag, name) in [
        ("Brackwater Harriers coach B.D. Quill said.", "B.D. Quill"),
        ("said Brackwater Harriers coach Ada Quill.", "Ada Quill"),
        ("the Brackwater, N.Y., chapter of the Pilots said.", "the Brackwater, N.Y., chapter of the Pilots"),
        ("said Marn’s director, J. P. Quill.", "J. P. Quill"),
        ("Marn’s director, Ada Quill, said.", "Ada Quill"),
        ("said Marn’s eldest son, Otto.", "Otto"),
        ("D.T. Marn’s son said.", "D.T. Marn’s son"),
        ("said the union’s president, Ada von Quill.", "Ada von Quill"),
        ("said Ada de la Quill, a nurse.", "Ada de la Quill"),
        ("nurse Ada van der Quill said.", "Ada van der Quill"),
        ("according to the harbour master, Ada Quill.", "Ada Quill"),
    ] {
        assert_eq!(named(&format!("“The ice came early this year,” {tag}")), name, "{tag}");
    }
    assert_eq!(named("Now Quill said: “The ice came early this year.”"), "Quill");
}

#[test]
fn an_office_can_be_a_surname() {
    assert_eq!(named("“The ice came early this year,” said Sen. Ada King."), "Ada King");
    assert_eq!(named("“The ice came early this year,” Mr. Marshal said."), "Marshal");
    assert_eq!(named("“The ice came early this year,” Sgt. Tom Private said."), "Tom Private");
}

#[test]
fn a_surname_two_people_bear_stays_a_surname() {
    let text = "Ada Quill and her brother Tom Quill came.\n\n“The ice came early this year,” Quill said.";
    assert_eq!(named(text), "Quill");
    let text = "Ms. Ada Quill and her brother, Mr. Tom Quill, came.\n\n“The ice came early this year,” Ms. Quill said.";
    assert_eq!(named(text), "Ada Quill");
}

#[test]
fn a_pronoun_stands_for_the_only_person_it_can_mean() {
    let text = "Ada Quill came on Monday. “The ice came early this year,” she said.";
    let quote = only(text);
    assert_eq!(quote.speaker.as_deref(), Some("Ada Quill"));
    assert_eq!(quote.speaker_span.map(|(a, b)| &text[a..b]), Some("she"));
}

#[test]
fn a_pronoun_that_could_mean_nobody_named_has_no_speaker() {
    assert_eq!(speaker("The weather turned. “The ice came early this year,” she said."), None);
    assert_eq!(speaker("Mr. Tom Quill came on Monday. “The ice came early this year,” she said."), None);
}

#[test]
fn what_goes_on_without_a_verb_of_its_own_has_the_same_speaker() {
    let text = "“The ice came early,” Ada Quill said. “We lost four good boats to it.”\n\n“Nobody had seen that before.”";
    let found = quotes(text, None);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|q| q.speaker.as_deref() == Some("Ada Quill")), "{found:?}");
}

#[test]
fn a_speaker_is_not_carried_over_a_paragraph_of_prose() {
    for between in [
        "The ferry lay at the quay all day.",
        "Tom Reed, a pilot, watched from the quay.",
        "“No,” a sign read.",
    ] {
        let text = format!(
            "“The ice came early,” Ada Quill said.\n\n{between}\n\n“Nobody had seen that before in this town.”"
        );
        let found = quotes(&text, None);
        let last = found.last().expect("a quotation");
        assert!(last.text.starts_with("“Nobody"), "{found:?}");
        assert_ne!(last.speaker.as_deref(), Some("Ada Quill"), "{text}");
    }
    let text = "“The ice came early,” Ada Quill said.\n\n“Nobody had seen that before,” though the ferry lay at the quay.";
    assert_eq!(quotes(text, None).last().and_then(|quote| quote.speaker.clone()), None, "beside prose");
}

#[test]
fn a_quotation_of_several_paragraphs_is_its_whose_name_stands_at_its_end() {
    let text = "“The ice came early this year and took four boats.\n\n“We shall go out again in spring,” Ada Quill said.";
    let found = quotes(text, None);
    assert!(found.iter().all(|quote| quote.speaker.as_deref() == Some("Ada Quill")), "{found:?}");
    let apart =
        "“The ice came early this year and took four boats.”\n\n“We shall go out again,” Ada Quill said.";
    assert_eq!(quotes(apart, None)[0].speaker, None, "which was closed before");
}

#[test]
fn a_pronoun_reaches_two_paragraphs_back_to_the_last_speaker() {
    let prose = "The ferry lay at the quay.\n\n";
    let said = |between: usize| {
        let text = format!(
            "“The ice came early this year,” Ada Quill said.\n\n{}“Nobody had seen that before in this town,” she said.",
            prose.repeat(between)
        );
        quotes(&text, None).last().and_then(|quote| quote.speaker.clone())
    };
    assert_eq!([0, 1].map(said), [Some("Ada Quill".to_owned()), Some("Ada Quill".to_owned())]);
    assert_eq!(said(2), None, "by then it may be anybody");
}

#[test]
fn two_who_speak_together_are_not_one_of_them() {
    for said in ["Ada Quill and Tom Reed said.", "said Ada Quill and Tom Reed."] {
        let speaker = speaker(&format!("“The ice came early this year,” {said}"));
        assert_eq!(speaker.as_deref(), Some("Ada Quill and Tom Reed"), "{said}");
    }
}

#[test]
fn nobody_speaks_where_the_text_does_not_say() {
    assert_eq!(speaker("“The ice came early this year and took four boats.”"), None);
}

#[test]
fn a_following_sentence_about_someone_else_is_not_a_tag() {
    let text = "“The ice came early this year.” Tom Quill said he had not heard of it.";
    assert_ne!(speaker(text).as_deref(), Some("he"));
}

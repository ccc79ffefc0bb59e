//! Which credits make a text an agency's, and which only thank one.

use super::*;

fn by(byline: &str) -> Option<String> {
    credited(&[byline.to_owned()], &[], Lexicon::of("en"))
}

/// The agency of a text with these paragraphs around two of its own.
fn of(opening: &str, ending: &str) -> Option<String> {
    let middle =
        ["Divers found a hole of four metres below the engine room.", "The sound stays open to other ships."];
    credited(&[], &[opening, middle[0], middle[1], ending], Lexicon::of("en"))
}

const PLAIN: &str = "The ferry ran aground off Nordholm on Tuesday.";

#[test]
fn a_byline_of_an_agency_or_its_people_makes_the_text_the_agencys() {
    for (byline, agency) in [
        ("Associated Press", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("By Ilse Marn, Associated Press", "Associated Press"),
        ("By ILSE MARN Associated Press", "Associated Press"),
        ("Ilse Marn and Tor Hamre, The Associated Press", "Associated Press"),
        ("AP Sports Writer", "Associated Press"),
        ("Ilse Marn (Reuters)", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("AFP", "AFP"),
        ("Ilse Marn, Agence France-Presse", "AFP"),
        ("Von Ilse Marn, dpa", "dpa"),
        ("PA Reporter", "PA Media"),
        ("Ilse Marn / Yonhap", "Yonhap"),
        ("Reuters and AFP", "Reuters"),
        ("Australian Associated Press", "AAP"),
        ("By WIRE SERVICE", WIRE),
        ("Staff and agencies", WIRE),
    ] {
        assert_eq!(by(byline).as_deref(), Some(agency), "{byline}");
    }
}

#[test]
fn an_outlets_own_people_beside_an_agency_make_the_text_its_own() {
    for byline in [
        "Ilse Marn",
        "Ilse Marn and Reuters",
        "Ilse Marn with agencies",
        "Courier staff and agencies",
        "Ilse Marn, Press Gazette",
        "Ani Marn",
        "A. P. Marn",
        "CP",
        "",
    ] {
        assert_eq!(by(byline), None, "{byline}");
    }
}

#[test]
fn authors_listed_one_by_one_are_read_as_one_byline() {
    let authors = ["Ilse Marn".to_owned(), "Associated Press".to_owned()];
    assert_eq!(credited(&authors, &[], Lexicon::neutral()).as_deref(), Some("Associated Press"));
}

#[test]
fn a_dateline_names_the_agency() {
    for (opening, agency) in [
        ("NORDHOLM (AP) — The ferry ran aground.", "Associated Press"),
        ("NORDHOLM, Velmora, Nov. 22 (Reuters) - The ferry ran aground.", "Reuters"),
        ("(AFP) – The ferry ran aground.", "AFP"),
        ("Nordholm (dpa/AFP) - Die Fähre lief auf Grund.", "dpa"),
        ("Nordholm, 22 nov (EFE).- El ferri encalló.", "EFE"),
        ("(ANSA) - NORDHOLM, 22 NOV - Il traghetto si è arenato.", "ANSA"),
        ("NORDHOLM, November 22. /TASS/. The ferry ran aground.", "TASS"),
        ("Nordholm, Nov 22 (PTI) The ferry ran aground.", "PTI"),
        ("Nordholm [Velmora], November 22 (ANI): The ferry ran aground.", "ANI"),
        ("PORT SENNET, Velmora (CRS) - The ferry ran aground.", "CRS"),
    ] {
        assert_eq!(of(opening, PLAIN).as_deref(), Some(agency), "{opening}");
    }
}

#[test]
fn what_only_looks_like_a_dateline_names_nobody() {
    for opening in [
        "The Environmental Protection Agency (EPA) said the ferry ran aground.",
        "Reporters of the agency (AP) were kept away from the ferry on Tuesday.",
        "Sen. Tor Hamre (Coast) - who owns a boat - said the ferry ran aground.",
        "NORDHOLM — The ferry ran aground.",
        "FERRY LINES (FLX) closed lower on Tuesday.",
        "The ferry, reported (Reuters) - and others - to be aground, is afloat.",
    ] {
        assert_eq!(of(opening, PLAIN), None, "{opening}");
    }
}

#[test]
fn a_last_line_names_the_agency() {
    for (ending, agency) in [
        ("© 2031 AFP", "AFP"),
        ("Copyright 2031 The Associated Press. All rights reserved.", "Associated Press"),
        ("(c) Copyright Thomson Reuters 2031.", ""),
        ("(AFP)", "AFP"),
        ("– dpa", "dpa"),
        ("Source: Xinhua", "Xinhua"),
        ("This report by The Canadian Press was first published Nov. 22, 2031.", "Canadian Press"),
        ("This story was originally published by the Associated Press.", "Associated Press"),
        ("The sound stays open to other ships. – AFP", "AFP"),
        ("(This story has not been edited by the Courier and is published from a syndicated feed.)", WIRE),
    ] {
        assert_eq!(of(PLAIN, ending).unwrap_or_default(), agency, "{ending}");
    }
}

#[test]
fn thanks_to_an_agency_and_its_pictures_make_nothing_the_agencys() {
    for ending in [
        "The Associated Press contributed to this report.",
        "With inputs from ANI.",
        "Additional reporting by AFP",
        "© Ilse Marn, AFP",
        "© 2031 Orvik Courier. All rights reserved.",
        "She has worked for Reuters.",
        "It was first published in 1931.",
    ] {
        assert_eq!(of(PLAIN, ending), None, "{ending}");
    }
}

#[test]
fn a_byline_above_the_text_is_read() {
    assert_eq!(
        credited(&[], &["By THE ASSOCIATED PRESS", PLAIN], Lexicon::neutral()).as_deref(),
        Some("Associated Press")
    );
    assert_eq!(credited(&[], &["By Ilse Marn", PLAIN], Lexicon::neutral()), None);
}

#[test]
fn an_agencys_own_outlet_is_known_by_name_or_host() {
    assert_eq!(own("AP News", ""), Some("Associated Press"));
    assert_eq!(own("World wire", "https://www.reuters.com/world/ferry"), Some("Reuters"));
    assert_eq!(own("Orvik Courier", "https://courier.example/reuters.com"), None);
    assert!(
        is("Reuters", "Reuters", "")
            && is("CRS", "Coastal Radio Service", "")
            && !is("AFP", "Orvik Courier", "")
            && !is("TT", "Tarrow Tidning", "")
    );
}

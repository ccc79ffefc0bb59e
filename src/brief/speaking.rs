//! Who speaks for a story: reports before pieces beside the news, and nothing that only fills a lead.

use super::{Options, brief};
use crate::model::{Article, Brief, Story};

fn article(id: &str, title: &str, text: &str) -> Article {
    let [id, title, text] = [id, title, text].map(str::to_owned);
    Article {
        outlet: format!("The {id} Gazette"),
        lang: Some("en".into()),
        id,
        title,
        text,
        ..Article::default()
    }
}

fn made(articles: &[Article]) -> Brief {
    let articles: Vec<&Article> = articles.iter().collect();
    brief(&Story::apart(&articles), &articles, &Options::default())
}

const AGROUND: &str =
    "The ferry Kestrel ran aground off Sollund on Thursday with 214 passengers aboard, the coast guard said.";

#[test]
fn a_report_speaks_before_a_live_page_that_tells_more() {
    let told =
        format!("{AGROUND} Tugs pulled the ferry Kestrel free off Sollund at noon, and nobody was hurt.");
    let live = article("live", "Kestrel aground: what we know", &format!("{told}\n\n{told}"));
    let video =
        Article { url: "https://post.example/video/9".into(), ..article("b", "Kestrel aground", &told) };
    let report = article(
        "r",
        "Ferry Kestrel aground off Sollund",
        "The ferry Kestrel ran aground off Sollund on Thursday, police said.",
    );
    let brief = made(&[live.clone(), video, report]);
    assert_eq!(
        (brief.headline.as_str(), brief.lead[0].id.as_str()),
        ("Ferry Kestrel aground off Sollund", "r")
    );
    let stranger = article("s", "Bread dearer in Tarrow", "Bakers in Tarrow raised the price of rye.");
    assert_eq!(made(&[live, stranger]).lead[0].id, "live", "a report of something else does not speak");
}

#[test]
fn the_home_outlet_s_live_page_waits_as_well_and_a_feed_that_speaks_last_does() {
    let long = AGROUND.repeat(5).replace(".The", ". The");
    let home = |article: Article| Article { home: true, ..article };
    let other = article("b", "Kestrel runs aground", AGROUND);
    let first = |own: &Article| made(&[own.clone(), other.clone()]).lead[0].id.clone();
    assert_eq!(first(&home(article("h", "Ferry aground", &long))), "h");
    assert_eq!(first(&home(article("h", "Live updates: ferry aground", &long))), "b");
    assert_eq!(first(&Article { aside: true, ..home(article("h", "Ferry aground", &long)) }), "b");
}

#[test]
fn among_equals_the_report_with_the_latest_toll_speaks() {
    let told = |id: &str, toll: u32| {
        let title = format!("Ferry Kestrel sinks off Sollund, killing at least {toll}");
        let text = format!(
            "The ferry Kestrel sank off Sollund on Thursday, killing at least {toll} of her 214 passengers, the coast guard said."
        );
        article(id, &title, &text)
    };
    let fuller = |article: Article| Article {
        text: format!("{} Tugs from Tarrow took up 9 bodies.", article.text),
        ..article
    };
    assert_eq!(made(&[fuller(told("old", 38)), told("b", 47), told("c", 47)]).lead[0].id, "b");
    assert_ne!(
        made(&[told("b", 38), told("c", 38), told("alone", 470)]).headline,
        "",
        "one alone makes none old"
    );
}

#[test]
fn a_column_waits_for_every_report() {
    let column =
        Article { column: true, ..article("column", "Tides and tolls on 20 November", &AGROUND.repeat(2)) };
    let report = article("r", "Ferry aground", "A ferry is aground off Sollund, police said on Thursday.");
    assert_eq!(made(&[column, report]).lead[0].id, "r");
}

#[test]
fn credits_and_captions_inside_a_paragraph_are_left_out() {
    let text = format!(
        "{AGROUND} Tor Hamre/Reuters “Kestrel” is the oldest ferry of the fleet in Sollund. Ida Brask speaks to the crew on Nov. 20, 2026."
    );
    let published = "2026-11-21T06:00:00Z".parse().ok();
    let lead = made(&[Article { published, ..article("a", "Kestrel aground", &text) }]).lead;
    let told: Vec<&str> = lead.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(told, [AGROUND, "“Kestrel” is the oldest ferry of the fleet in Sollund."]);
}

#[test]
fn a_lead_does_not_say_who_has_more_and_does_not_shout() {
    let text = format!(
        "{AGROUND} Our correspondent Ida Brask takes a look at the wreck. Tor Hamre reports. SAIL ON WITH US!"
    );
    let lead = made(&[article("a", "Kestrel aground", &text)]).lead;
    assert_eq!(lead.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>(), [AGROUND]);
}

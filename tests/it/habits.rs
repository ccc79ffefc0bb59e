//! What is learned from the state: what an outlet prints below everything is in no digest, a column leads nothing that another
//! outlet reports, and a story must be worth what the newsletter says.

use mail_parser::MessageParser;

use crate::scene::{Scene, rss};

const ASKS: &str = "Write to the desk of the Sollund Post if you saw something.";

/// The digest of a morning of these feeds, by outlet, and these settings; nothing if none was made.
fn digest(settings: &str, feeds: &[(&str, &[(&str, &str)])]) -> Option<String> {
    let named =
        feeds.iter().map(|(outlet, _)| format!("[[feeds]]\nurl = \"{outlet}.xml\"\noutlet = \"{outlet}\"\n"));
    let scene = Scene::new().readers(&["ann"]).settings(&named.collect::<String>());
    let scene = scene.newsletter(&format!("title = \"Morning Post\"\n{settings}"));
    for (outlet, entries) in feeds {
        scene.write(&format!("{outlet}.xml"), rss(outlet, entries));
    }
    scene.run();
    let message = scene.mail.taken().into_iter().next()?;
    let message = MessageParser::default().parse(message.data.as_slice()).expect("a message");
    Some(message.body_text(0).expect("a text part").split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn what_an_outlet_prints_below_everything_is_in_no_digest() {
    let facts = [
        (
            "Ferry aground off Tarrow",
            "The ferry Kestrel ran aground off Tarrow at dawn with 214 people aboard.",
        ),
        ("Bakers raise prices", "Bread costs a tenth more in Sollund since the mill of Maren burned down."),
        (
            "Council shuts two schools",
            "Two schools of Velsund close in spring because the town has too few children.",
        ),
    ];
    let bodies = facts.map(|(title, fact)| (title, format!("{fact} {ASKS}")));
    let entries: Vec<(&str, &str)> = bodies.iter().map(|(title, body)| (*title, body.as_str())).collect();
    let printed = digest("", &[("post", &entries)]).expect("a digest");
    assert!(facts.iter().all(|(_, fact)| printed.contains(fact)) && !printed.contains(ASKS), "{printed}");
    let two = digest("", &[("post", &entries[..2])]).expect("a digest");
    assert!(two.contains(ASKS), "two entries are no habit: {two}");
}

#[test]
fn a_story_of_too_few_voices_or_points_is_not_printed() {
    let entries = [(
        "Ferry aground off Tarrow",
        "The ferry Kestrel ran aground off Tarrow at dawn with 214 people aboard.",
    )];
    assert!(digest("", &[("post", &entries)]).is_some());
    for setting in ["min_voices = 2\n", "min_score = 9.0\n"] {
        assert_eq!(digest(setting, &[("post", &entries)]), None, "{setting}");
    }
}

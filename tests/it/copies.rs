//! Readers' own copies of one edition: what they share is made once, and yet each copy is what a preview of it shows.

use std::collections::BTreeSet;

use crate::scene::{MORNING, Scene, smtp::Taken};

/// Readers who want all, or little, with names that must be encoded, in an order in which wishes alternate.
const READERS: &str = "
[[recipients]]
email = \"ann@example.net\"
[[recipients]]
email = \"bob@example.net\"
name = \"Bob <b>&amp; Sons\"
sections = [\"Town\"]
[[recipients]]
email = \"cid+news@example.net\"
name = \"Çid\"
[[recipients]]
email = \"dee@example.net\"
sections = [\"Town\", \"Canal\"]
";

#[test]
fn the_copy_that_is_mailed_is_the_copy_that_was_previewed_whoever_is_written_to_before() {
    let told = [
        "Ship lift works again",
        "Tram seven skips the theatre",
        "Choir wins at Veldt",
        "Frost takes the dahlias",
    ];
    let wanted = [
        "Beavers dam the mill race",
        "Owls return to the barn",
        "Herons nest in brickworks",
        "Eels climb the weir",
    ];
    let entries = |titles: [&'static str; 4]| titles.map(|title| (title, title));
    let scene = Scene::new()
        .outlet("Gazette", &entries(told))
        .section("Town")
        .outlet("Herald", &entries(wanted))
        .section("Canal")
        .settings(READERS);
    scene.configure();
    let readers = ["ann", "bob", "cid+news", "dee"].map(|name| format!("{name}@example.net"));
    for reader in &readers {
        let file = format!("{reader}.eml");
        let arguments =
            ["preview", "--config", "feeds.toml", "--at", MORNING, "--as", reader, "--output", &file];
        scene.reveille(&arguments).expect(0);
    }
    scene.run().expect(0);
    let mailed = scene.mail.taken();
    assert_eq!(mailed.len(), readers.len());
    let stories = |taken: &Taken| {
        let text = String::from_utf8_lossy(&taken.data).into_owned();
        text.split(" stories").next().and_then(|before| before.rsplit(' ').next()).map(str::to_owned)
    };
    let counts: BTreeSet<_> = mailed.iter().map(stories).collect();
    assert!(counts.len() > 1, "wishes differ: {counts:?}");
    for taken in mailed {
        let previewed = scene.read(&format!("{}.eml", taken.to.concat()));
        let mailed = String::from_utf8_lossy(&taken.data);
        // What is only looked at has nobody's names in it, as long as the real ones.
        let names = |text: &str| -> [String; 3] {
            let after = |mark: &str, end: char| {
                let rest = text.split(mark).nth(1).unwrap_or_else(|| panic!("no {mark}: {text}"));
                rest.split(end).next().unwrap_or_default().to_owned()
            };
            [after("Message-ID: <", '@'), after("boundary=\"", '"'), after("?subject=unsubscribe%20", '>')]
        };
        let (real, sample) = (names(&mailed), names(&previewed));
        let as_mailed =
            sample.iter().zip(&real).fold(previewed.replace("=\r\n", ""), |text, (sample, real)| {
                assert_ne!(sample, real);
                text.replace(sample, real)
            });
        assert_eq!(mailed.replace("=\r\n", ""), as_mailed, "{:?}", taken.to);
    }
}

//! The program of `examples/`, run on feeds of the demo.

#[path = "../../examples/stories.rs"]
#[allow(dead_code)]
mod stories;

#[test]
fn the_example_goes_from_feeds_to_briefs() {
    let newsletter = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/demo/newsletter");
    let feeds = [
        "www.hta-wire.example/feeds/all.xml",
        "www.larkhaven-ledger.example/feed.xml",
        "www.fenmark-herald.example/herald.xml",
    ];
    let files =
        feeds.map(|name| (name.to_owned(), std::fs::read(format!("{newsletter}/{name}")).expect("a feed")));
    let told = stories::told(&files).expect("sound feeds");
    assert!(told.contains(" outlets)\n  "), "{told}");
}

//! The served preview in a real browser: its views, and how it follows what is edited.

use super::{served::Served, town};
use crate::scene::{Scene, chromium::Chromium};

/// The sum of red, green and blue behind the digest: above 600 is light, below 200 dark.
const SHADE: &str = "const body = document.querySelector('#digest').contentDocument.body;
    const parts = getComputedStyle(body).backgroundColor.match(/\\d+/g).map(Number);
    return parts[0] + parts[1] + parts[2]";

/// What somebody reads in the frame.
fn digest(browser: &Chromium) -> String {
    let words =
        browser.run("return document.querySelector('#digest')?.contentDocument?.body?.innerText ?? ''");
    words.as_str().expect("a text").to_owned()
}

fn frame_width(browser: &Chromium) -> u64 {
    browser.run("return document.querySelector('#digest').clientWidth").as_u64().expect("a width")
}

/// The town, with templates of its own.
fn town_with_words() -> Scene {
    let scene = town();
    scene.reveille(&["template", "eject", "words"]).expect(0);
    let config = scene.read("feeds.toml").replace("[newsletter]\n", "[newsletter]\ntemplates = \"words\"\n");
    scene.write("feeds.toml", config);
    scene
}

#[test]
fn every_view_shows_the_digest_as_its_readers_see_it() {
    let Some(browser) = Chromium::start() else { return };
    let scene = town();
    let served = Served::start(&scene, &[]);
    browser.open(&served.address);
    browser.wait("the digest is there", |browser| digest(browser).contains("Aldersund mill grinds again"));
    assert!(frame_width(&browser) >= 616, "a whole column and its edges");
    assert!(browser.run(SHADE).as_u64() > Some(600), "light");
    assert_eq!(
        (browser.text("#stories"), browser.text("#bar h1")),
        ("2".to_owned(), "Morning Post".to_owned())
    );
    assert!(browser.text("#inbox .subject").contains("mill"), "{}", browser.text("#inbox"));
    assert!(browser.text("#findings").contains("no List-Unsubscribe-Post"), "{}", browser.text("#findings"));

    browser.click("Dark");
    browser.wait("it is dark", |browser| browser.run(SHADE).as_u64() < Some(200));
    browser.click("Phone");
    browser.wait("it is narrow", |browser| frame_width(browser) == 375);
    assert!(browser.run(SHADE).as_u64() < Some(200), "a phone stays dark");
    browser.click("Dark");
    browser.wait("it is light", |browser| browser.run(SHADE).as_u64() > Some(600));

    for (view, words) in [
        ("Text", "Aldersund mill grinds again"),
        ("Markdown", "# Morning Post"),
        ("Source", "Content-Type: multipart/alternative"),
    ] {
        browser.click(view);
        browser.wait(view, |browser| browser.text("#text").contains(words));
        assert_eq!(browser.text("nav [aria-current]"), view);
    }
    browser.run(
        "const select = document.querySelector('#as'); select.value = 'Bob@example.net';
        select.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    browser.wait("it is Bob's", |browser| browser.text("#text").contains("To: <Bob@example.net>"));
    browser.click("Desktop");
    browser.wait("Bob's page", |browser| digest(browser).contains("Bob@example.net"));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_page_follows_what_is_edited_by_itself() {
    let Some(browser) = Chromium::start() else { return };
    let scene = town_with_words();
    let served = Served::start(&scene, &["--as", "ann@example.net"]);
    browser.open(&served.address);
    browser
        .wait("it listens", |browser| browser.text("#pulse") == "Live" && digest(browser).contains("mill"));
    browser.run("window.same = true");
    let asked = scene.web.asked().len();

    scene
        .write("words/footer.md", "Printed in the cellar for {{email}}.\n\n[Unsubscribe]({{unsubscribe}})\n");
    browser
        .wait("a template", |browser| digest(browser).contains("Printed in the cellar for ann@example.net."));
    let sound = scene.read("feeds.toml");
    scene.write("feeds.toml", sound.replace("\"Morning Post\"", "\"Evening Post\""));
    browser.wait("the title", |browser| digest(browser).contains("Evening Post"));
    assert_eq!(browser.text("#bar h1"), "Evening Post");

    scene.write("feeds.toml", sound.replace("templates =", "tempaltes ="));
    browser.wait("the error", |browser| browser.text("#trouble").contains("did you mean `templates`?"));
    assert!(digest(&browser).contains("Evening Post"), "the last good digest stays");
    scene.write("feeds.toml", &sound);
    browser.wait("it is mended", |browser| browser.text("#trouble").is_empty());
    browser.wait("the old title", |browser| digest(browser).contains("Morning Post"));
    scene.write("words/footer.md", "{{emial}}");
    browser.wait("a template's error", |browser| {
        browser.text("#trouble").contains("unknown placeholder `{{emial}}`")
    });
    scene.write("words/footer.md", "Fine again.");
    browser.wait("it is fine again", |browser| digest(browser).contains("Fine again."));
    assert_eq!(scene.web.asked().len(), asked, "no feed is asked for any of that");

    scene.web.put("/Herald.xml", feed_of_one("Herald", "Lighthouse of Vik to be lit again"));
    let herald = format!("[[feeds]]\nurl = \"{}\"\noutlet = \"Herald\"\n", scene.web.url("/Herald.xml"));
    scene.write("feeds.toml", sound + &herald);
    browser.wait("a new feed's story", |browser| digest(browser).contains("Lighthouse of Vik"));
    assert_eq!(browser.run("return window.same"), true, "the page itself was never loaded anew");
    assert_eq!(browser.complaints(), [""; 0]);
    assert_eq!(served.interrupt(), 0);
    browser.wait("it says that it ended", |browser| browser.text("#pulse") == "Ended");
    assert!(scene.mailed().is_empty());
}

fn feed_of_one(outlet: &str, title: &str) -> crate::scene::http::Answer {
    let body = format!("<p>{title}, its keeper said on Saturday.</p>");
    crate::scene::http::Answer::ok("application/rss+xml", crate::scene::rss(outlet, &[(title, &body)]))
}

//! Whole messages, as readers get them: the header block and the headers of both parts to the letter, the parts
//! decoded. `INSTA_UPDATE=always cargo test` takes over what a change makes of them; read the difference.

use std::{collections::BTreeMap, sync::LazyLock};

use mail_parser::MessageParser;

use crate::{
    followup::{first_morning, second_morning},
    scene::{MORNING, Scene, http::Answer, rss},
};

const LIFT: &str = "<p>The ship lift of Oberwall, out of order since March, raised its first barge on Saturday evening.</p>\
    <p>“It groaned like my grandfather, and then it simply went up,” said the lock keeper, Marta Quill.</p>\
    <p>Forty barges had taken the long way round every week.</p>";
const LIFT_TOO: &str = "<p>The ship lift of Oberwall, out of order since March, raised its first barge on Saturday evening, \
    cheered by half the town.</p><p>The repair cost the canal board 3.2 million crowns.</p>";

/// A newsletter of a town, with a reader who wants all of it and one who wants little.
fn town() -> Scene {
    Scene::new()
        .outlet("Gazette", &[("Ship lift of Oberwall works again", LIFT)])
        .section("Canal")
        .outlet(
            "Courier",
            &[
                ("Oberwall ship lift raises first barge since March", LIFT_TOO),
                (
                    "Bakers to open at five",
                    "The bakers will open at five again, their guild decided by 31 votes to 4.",
                ),
                (
                    "No 7 tram to skip the theatre",
                    "Trams of line 7 will not stop at the theatre while its roof is mended.",
                ),
                (
                    "Town clock slow by a minute",
                    "The clock of the town hall has lost a minute since the frost.",
                ),
            ],
        )
        .section("Town")
        .outlet(
            "Herald",
            &[
                (
                    "Purple herons nest in old brickworks",
                    "A pair of purple herons has nested in the brickworks.",
                ),
                (
                    "Beavers dam the mill race",
                    "Beavers have dammed the mill race, and the miller is content to let them.",
                ),
                (
                    "Owls return to the tithe barn",
                    "Two barn owls have come back to the tithe barn after a year.",
                ),
                (
                    "First frost takes the dahlias",
                    "The first night of frost has taken the dahlias of the park.",
                ),
            ],
        )
        .section("Nature")
        .settings(
            "[[recipients]]\nemail = \"ann@example.net\"\nname = \"Ann Quist\"\n\
             [[recipients]]\nemail = \"bob@example.net\"\nsections = [\"Nature\"]\n",
        )
}

/// A newsletter, its outlets and its reader with names in other scripts, and domains in them.
fn harbours() -> Scene {
    let mut scene = Scene::new()
        .newsletter("title = \"Вестник, утро\"\noutlet = \"Ведомости\"\nlanguage = \"ru\"\n")
        .sender("from = \"Вестник, утро <post@порт.example>\"\npostal_address = \"улица Маяка, 1\"\n")
        .settings("[[recipients]]\nemail = \"zoya@почта.example\"\nname = \"Зоя Ли\"\n");
    for (outlet, host, title, body) in [
        (
            "Ведомости",
            "ведомости",
            "Паром вернулся в порт",
            "Паром вернулся в порт после девяти дней шторма.",
        ),
        ("الميناء", "مرفأ", "عودة العبّارة إلى الميناء", "عادت العبّارة إلى الميناء بعد تسعة أيام من العاصفة."),
        ("港日報", "港", "灯台の灯が九日ぶりに戻る", "岬の灯台の灯が九日ぶりに戻った。"),
    ] {
        let feed = rss(host, &[(title, body)]);
        let path = format!("/{}.xml", feed.len());
        scene.web.put(&path, Answer::ok("application/rss+xml", feed));
        let url = scene.web.url(&path);
        scene = scene.feed(outlet, &url);
    }
    scene
}

/// A newsletter with pages on the web, a key that signs, and an address for answers.
fn wired() -> Scene {
    let scene = Scene::new()
        .newsletter("title = \"Morning Post\"\nhome = \"https://example.com/\"\nsignup = \"https://example.com/join\"\n")
        .sender(
            "from = \"Morning Post <post@news.example.com>\"\nreply_to = \"desk@example.com\"\n\
             unsubscribe = \"https://example.com/leave\"\npostal_address = \"1 Example Street\"\n",
        )
        .outlet("Gazette", &[("Ship lift of Oberwall works again", LIFT)])
        .settings("[mail.dkim]\nkey_file = \"dkim.pem\"\n")
        .readers(&["ann"]);
    scene.write("dkim.pem", include_str!("../../src/cli/demo/newsletter/dkim.pem"));
    scene
}

/// The messages of all scenes by the name they have here: made once, the same every time.
pub static MESSAGES: LazyLock<BTreeMap<&'static str, Vec<u8>>> = LazyLock::new(|| {
    let (town, harbours, wired) = (town(), harbours(), wired());
    mail(&town, MORNING);
    mail(&harbours, MORNING);
    mail(&wired, MORNING);
    let told = first_morning();
    mail(&told, "2026-11-20T06:00:00Z");
    second_morning(&told);
    run(&told, "2026-11-21T06:00:00Z");
    BTreeMap::from([
        ("ordinary", read(&town, "2026-11-22.ann@example.net")),
        ("one section", read(&town, "2026-11-22.bob@example.net")),
        ("other scripts", read(&harbours, "2026-11-22.zoya@xn--80a1acny.example")),
        ("wired", read(&wired, "2026-11-22.ann@example.net")),
        ("told again", read(&told, "2026-11-21.ann@example.net")),
    ])
});

/// The first run of a scene, its messages written to the outbox.
fn mail(scene: &Scene, at: &str) {
    scene.configure();
    scene.without_chance();
    run(scene, at);
}

fn run(scene: &Scene, at: &str) {
    scene.reveille(&["run", "-c", "feeds.toml", "--at", at, "--outbox", "outbox"]).expect(0);
}

fn read(scene: &Scene, name: &str) -> Vec<u8> {
    scene.read(&format!("outbox/{name}.eml")).into_bytes()
}

/// A message as a reviewer reads it: of the HTML, each tag begins a line where another ends.
fn shown(name: &str) -> String {
    let message = &MESSAGES[name];
    let bytes = std::str::from_utf8(message).expect("ASCII");
    for line in bytes.split("\r\n") {
        assert!(line.is_ascii() && line.len() <= 998 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let read = MessageParser::default().parse(message).expect("a message");
    let raw = |from: u32, to: u32| bytes.get(from as usize..to as usize).expect("within the message");
    let parts = read.parts.iter().map(|part| {
        let content = if part.is_multipart() { "" } else { part.text_contents().expect("text") };
        format!("{}{}", raw(part.offset_header, part.offset_body), content.replace("><", ">\n<"))
    });
    parts.collect::<Vec<_>>().join("\n").replace("\r\n", "\n")
}

#[test]
fn an_ordinary_message_without_a_web_address() {
    insta::assert_snapshot!(shown("ordinary"));
}

#[test]
fn a_message_to_who_wants_one_section() {
    insta::assert_snapshot!(shown("one section"));
}

#[test]
fn a_message_with_names_titles_and_domains_in_other_scripts() {
    insta::assert_snapshot!(shown("other scripts"));
}

#[test]
fn a_signed_message_that_is_left_by_one_click() {
    insta::assert_snapshot!(shown("wired"));
}

#[test]
fn a_message_with_an_update_and_a_correction() {
    insta::assert_snapshot!(shown("told again"));
}

//! Secrets of every kind in every place that takes one, every command run, every trouble met: and none of them is found
//! in what was printed, written, mailed, kept or told to anybody else.

use std::{fs, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::scene::{
    Ended, MORNING, Scene,
    http::{Answer, Http},
    smtp::{Act, At, Smtp},
};

/// Values that stand for secrets, each in another place.
const WIRE: &str = "CANARYwire/p:w'";
const TOKEN: &str = "CANARYtoken+1";
const APIKEY: &str = "CANARYapikey";
const KEY: &str = "CANARYkey";
const PATH: &str = "CANARYpath/x";
const VARIABLE: &str = "CANARYvariable";
const PROXY: &str = "CANARYproxy";
const SMTP_URL: &str = "CANARYsmtpurl";
const SMTP_FILE: &str = "CANARYsmtpfile";
const SMTP_VARIABLE: &str = "CANARYsmtpvariable";
const DKIM: &str = "CANARYdkimCANARYdkim";

/// What was found where, to be searched at the end.
#[derive(Default)]
struct Seen(Vec<(String, Vec<u8>)>);

impl Seen {
    fn run(&mut self, scene: &Scene, arguments: &[&str]) -> Ended {
        let ended = scene.reveille(arguments);
        self.0.push((format!("{arguments:?}, standard output"), ended.stdout.clone().into_bytes()));
        self.0.push((format!("{arguments:?}, standard error"), ended.stderr.clone().into_bytes()));
        ended
    }

    /// Every file below a folder but those that hold secrets on purpose.
    fn folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() {
                self.folder(&path);
            } else if !name.ends_with(".toml") && !name.ends_with(".secret") {
                self.0.push((path.display().to_string(), fs::read(&path).expect("a file")));
            }
        }
    }

    /// What a server that was to hear no secret was told.
    fn server(&mut self, name: &str, web: &Http) {
        for asked in web.asked() {
            self.0.push((format!("{name} was asked"), format!("{asked:?}").into_bytes()));
        }
    }

    fn mail(&mut self, mail: &Smtp) {
        for taken in mail.taken() {
            self.0.push((format!("mail to {:?}", taken.to), taken.data));
        }
    }

    /// Nothing seen holds one of these, in no form that could be read back.
    #[track_caller]
    fn holds_none_of(&self, secrets: &[&str]) {
        assert!(self.0.len() > 10, "little was seen");
        let forms: Vec<(&str, String)> = secrets
            .iter()
            .flat_map(|secret| forms(secret).into_iter().map(move |form| (*secret, form)))
            .collect();
        for (place, bytes) in &self.0 {
            let text = String::from_utf8_lossy(bytes);
            // Lines of mail are folded.
            let unfolded = text.replace("=\r\n", "").replace("=\n", "");
            for (secret, form) in &forms {
                let found = text.find(form.as_str()).or_else(|| unfolded.find(form.as_str()));
                assert!(found.is_none(), "{place} holds {secret} as {form}:\n{}", excerpt(&text, form));
            }
        }
    }
}

fn excerpt(text: &str, form: &str) -> String {
    text.lines().filter(|line| line.contains(form)).take(3).collect::<Vec<_>>().join("\n")
}

/// A secret as it is, percent-encoded, and in base64 at every place of a longer text.
fn forms(secret: &str) -> Vec<String> {
    let base64 = (0..3).map(|before| {
        let encoded = BASE64_STANDARD_NO_PAD.encode(" ".repeat(before) + secret);
        // The first and the last characters are made with what stands around it.
        let begin = [0, 2, 3][before];
        encoded[begin..encoded.len() - 2].to_owned()
    });
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    base64.chain([secret.to_owned(), percent, hex, secret.to_lowercase()]).collect()
}

fn entry(title: &str, link: &str, body: &str) -> String {
    format!(
        "<item><title>{title}</title><link>{link}</link><guid>{link}</guid>\
         <pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate><description>{body}</description></item>"
    )
}

fn feed(entries: &[String]) -> Answer {
    let xml = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed</title>{}</channel></rss>",
        entries.concat()
    );
    Answer::ok("application/rss+xml", xml).with("ETag", "\"1\"")
}

/// The newsletter, whose feeds take every kind of secret and meet every kind of trouble; `other` is another origin.
fn town(scene: &Scene, other: &Http) -> String {
    let web = &scene.web;
    let at = |path: &str| web.url(path);
    let with = |login: &str, path: &str| at(path).replace("http://", &format!("http://{login}@"));
    let token = "CANARYtoken%2B1";
    let wire = "bo:CANARYwire%2Fp%3Aw'";
    let news = [
        entry(
            "Kestrel ferry to sail again on Monday",
            &at("/own-page"),
            "The ferry is to sail again on Monday.",
        ),
        entry(
            "Tarrow observatory finds a comet",
            &other.url("/other-page"),
            "The comet is the first in forty years.",
        ),
    ];
    web.put("/wire.xml", feed(&news).locked("bo", WIRE));
    web.put("/own-page", Answer::error(404).locked("bo", WIRE));
    let echo = format!("The mine of Lothmere closes, says {TOKEN} of the wire.");
    let links = [entry("Mine of Lothmere closes", &at(&format!("/story?id=7&amp;token={token}")), &echo)];
    web.put(&format!("/token.xml?token={token}"), feed(&links));
    web.put(&format!("/moved.xml?apikey={APIKEY}"), Answer::redirect(301, &other.url("/feed.xml")));
    web.put("/led-away.xml", Answer::redirect(302, &other.url("/feed.xml")).locked("bo", WIRE));
    web.put(
        &format!("/upgraded.xml?apikey={APIKEY}"),
        Answer::redirect(308, &at(&format!("/new.xml?apikey={APIKEY}"))),
    );
    web.put(
        &format!("/new.xml?apikey={APIKEY}"),
        feed(&[entry("Bakers of Tolm raise prices", &at("/tolm"), "Rye loaves cost more.")]),
    );
    web.put(
        "/private/CANARYpath%2Fx/rss",
        feed(&[entry("Glider crosses Hessar", &at("/private/CANARYpath%2Fx/1"), "In silence.")]),
    );
    web.put(
        "/variable.xml",
        feed(&[entry("Wolves seen in Karst", &at("/karst"), "Rangers say so.")]).locked("eve", VARIABLE),
    );
    web.put(&format!("/broken.xml?key={KEY}"), Answer::error(500));
    web.put(&format!("/page.xml?key={KEY}"), Answer::ok("text/html", "<html><title>Log in</title></html>"));
    other.put(
        "/feed.xml",
        feed(&[entry("Locusts strip vineyards", &other.url("/locusts"), "Near Brannick.")]),
    );
    scene.write("path.secret", format!("{PATH}\n"));
    scene.write("smtp.secret", format!("{SMTP_FILE}\n"));
    let feeds = [
        format!("url = \"{}\"\noutlet = \"Wire\"\n", with(wire, "/wire.xml")),
        format!("url = \"{}\"\noutlet = \"Token\"\n", at(&format!("/token.xml?token={token}"))),
        format!("url = \"{}\"\noutlet = \"Moved\"\n", at(&format!("/moved.xml?apikey={APIKEY}"))),
        format!("url = \"{}\"\noutlet = \"Led Away\"\n", with(wire, "/led-away.xml")),
        format!("url = \"{}\"\noutlet = \"Upgraded\"\n", at(&format!("/upgraded.xml?apikey={APIKEY}"))),
        format!(
            "url = \"{}\"\noutlet = \"Path\"\npassword_file = \"path.secret\"\n",
            at("/private/{password}/rss")
        ),
        format!(
            "url = \"{}\"\noutlet = \"Variable\"\nuser = \"eve\"\npassword_env = \"WIRE\"\n",
            at("/variable.xml")
        ),
        format!(
            "url = \"{}\"\noutlet = \"Unset\"\nuser = \"eve\"\npassword_env = \"NOWHERE\"\n",
            at("/variable.xml")
        ),
        format!("url = \"{}\"\noutlet = \"Denied\"\n", with("bo:CANARYkey", "/wire.xml")),
        format!("url = \"{}\"\noutlet = \"Broken\"\n", at(&format!("/broken.xml?key={KEY}"))),
        format!("url = \"{}\"\noutlet = \"Page\"\n", at(&format!("/page.xml?key={KEY}"))),
        format!("url = \"http://bo:{KEY}@127.0.0.1:1/x.xml?key={KEY}\"\noutlet = \"Nobody\"\n"),
    ];
    feeds.map(|feed| format!("[[feeds]]\n{feed}")).concat()
}

fn fixed(mail: &str, fetch: &str) -> String {
    format!(
        "[newsletter]\ntitle = \"Post\"\neditor = \"ann@example.net\"\n[fetch]\nallow_private = true\nhost_delay = \"0s\"\n\
         pages = \"always\"\nwarn_after = 1\n{fetch}[store]\nurl = \"sqlite:state.db\"\n\
         [report]\nmetrics = \"reveille.prom\"\n[mail]\nfrom = \"Post <post@news.example.com>\"\nretry_after = \"0s\"\n{mail}\n"
    )
}

const READERS: &str =
    "[[recipients]]\nemail = \"ann@example.net\"\n[[recipients]]\nemail = \"bob@example.net\"\n";
const C: [&str; 2] = ["-c", "feeds.toml"];

/// Every command that reads a configuration, in its forms.
fn every_command(seen: &mut Seen, scene: &Scene) {
    let at = ["--at", MORNING];
    for arguments in [
        &["check"][..],
        &["check", "--json", "-vv"],
        &["check", "--offline"],
        &["run", "--json", "-vv", "--now", at[0], at[1]],
        &["run", "-v", "--now", at[0], "2026-11-22T07:00:00Z"],
        &["run", "-vv", "--now", "--outbox", "outbox", at[0], "2026-11-23T06:00:00Z"],
        &["run", "-vv", "--now", at[0], "2026-11-24T06:00:00Z"],
        &["feeds", "list"],
        &["feeds", "health"],
        &["feeds", "health", "--json"],
        &["feeds", "remove", "https://bo:CANARYwire@nowhere.example/?token=CANARYtoken"],
        &["explain"],
        &["explain", "1"],
        &["explain", "--json"],
        &["pull", "-vv", "--now"],
        &["pull", "--json", "--now"],
        &["preview", "-vv", "--now"],
        &["preview", "--json"],
        &["preview", "--output", "page.html"],
        &["preview", "--output", "page.txt"],
        &["preview", "--output", "page.md"],
        &["preview", "--output", "page.eml"],
        &["preview", "--output", "ann.html", "--as", "ann@example.net"],
        &["test-email", "ann@example.net", "-vv"],
        &["recipients", "list"],
        &["recipients", "suppressed"],
        &["receive", "-vv"],
        &["explain", "nothing of the kind"],
        &["doctor"],
        &["doctor", "--json", "-vv"],
        &["history", "--json", "-vv"],
        &["history", "2026-11-22", "--readers"],
        &["resend", "2026-11-22", "--to", "ann@example.net", "-vv"],
        &["resend", "2026-11-22", "--failed", "--outbox", "outbox"],
        &["backup", "copy.db", "--force"],
    ] {
        seen.run(scene, &[arguments, &C].concat());
    }
}

#[test]
fn no_secret_turns_up_anywhere_whatever_is_run() {
    let other = Http::start();
    let mail = Smtp::start()
        .with_login("bo", SMTP_URL)
        .when_times(1, At::Rcpt, "bob", Act::Say("451 4.7.1 later"))
        .when_times(1, At::Dot, "ann", Act::Say("550 5.7.1 AGJvAENBTkFSWXNtdHB1cmw="));
    let scene = Scene::with_mail(mail).environment("WIRE", VARIABLE);
    let feeds = town(&scene, &other);
    let smtp = scene.mail.url().replace("smtp://", &format!("smtp://bo:{SMTP_URL}@"));
    let mut seen = Seen::default();
    seen.run(&scene, &["dkim", "new", "--domain", "news.example.com", "--output", "dkim.secret"]).expect(0);
    let dkim = "[mail.dkim]\nkey_file = \"dkim.secret\"\n";
    scene.write("feeds.toml", fixed(&format!("smtp = \"{smtp}\"\n{dkim}"), "") + &feeds + READERS);
    every_command(&mut seen, &scene);

    let added = ["feeds", "add", "http://bo:CANARYwire@127.0.0.1:1/added?token=CANARYtoken"];
    seen.run(&scene, &[&added[..], &C].concat()).expect(0);
    seen.run(&scene, &[&added[..], &C].concat()).expect(2);
    let asked = scene.web.asked();
    let was_asked = |path: &str| asked.iter().filter(|asked| asked.path == path).count();
    assert!(
        was_asked("/token.xml?token=CANARYtoken%2B1") > 0 && was_asked("/private/CANARYpath%2Fx/rss") > 0
    );
    assert!(was_asked(&format!("/new.xml?apikey={APIKEY}")) > 3, "also where it moved to");
    assert!(!scene.mail.taken().is_empty() && !other.asked().is_empty(), "the way was gone");
    let key = scene.read("dkim.secret");
    let line = key.lines().nth(3).expect("a line of the key");
    assert!(scene.path("reveille.prom").exists(), "metrics");
    assert!(scene.path("copy.db").exists(), "backup");
    seen.folder(&scene.path(""));
    seen.mail(&scene.mail);
    seen.server("another origin", &other);
    seen.holds_none_of(&[WIRE, "CANARYwire", TOKEN, APIKEY, KEY, PATH, VARIABLE, SMTP_URL, line]);
}

#[test]
fn no_secret_turns_up_when_the_mail_server_is_in_the_way() {
    let mut seen = Seen::default();
    let echo = "535 5.7.8 AGJvAENBTkFSWXNtdHB1cmw= is wrong, CANARYsmtpurl is not it";
    let mail = Smtp::start().with_login("bo", "another").when(At::Auth, "", Act::Say(echo));
    let scene = Scene::with_mail(mail).outlet("Gazette", &[("Ferry sails", "<p>The ferry sails again.</p>")]);
    scene.configure();
    let tables = scene.read("feeds.toml");
    let (_, feeds) = tables.split_once("[[feeds]]").expect("a feed");
    scene.write("smtp.secret", SMTP_FILE);
    let echo = "535 5.7.8 AGJvAENBTkFSWXNtdHBmaWxl is wrong, CANARYsmtpfile is not it";
    let another = Smtp::start().with_login("bo", "another").when(At::Auth, "", Act::Say(echo)).url();
    let server = scene.mail.url();
    let port = server.rsplit(':').next().expect("a port");
    for smtp in [
        format!("smtp = \"smtp://bo:{SMTP_URL}@127.0.0.1:{port}\""),
        format!("smtp = \"smtps://bo:{SMTP_URL}@127.0.0.1:{port}\"\ntimeout = \"2s\""),
        format!("smtp = \"smtp://bo:{SMTP_URL}@127.0.0.1:1\""),
        format!("smtp = \"smtp://bo:{SMTP_URL}@no.such.host.invalid?tls=required\"\ntimeout = \"2s\""),
        format!("smtp = \"{another}\"\nuser = \"bo\"\npassword_file = \"smtp.secret\""),
        format!("smtp = \"{server}\"\nuser = \"bo\"\npassword_file = \"missing.secret\""),
    ] {
        scene.write("feeds.toml", format!("{}[[feeds]]{feeds}{READERS}", fixed(&smtp, "")));
        for arguments in [
            &["check", "-vv"][..],
            &["check", "--json"],
            &["run", "-vv", "--json", "--at", MORNING],
            &["test-email", "ann@example.net", "-vv"],
        ] {
            seen.run(&scene, &[arguments, &C].concat());
        }
    }
    let quiet = Smtp::start().with_login("bo", "another").url();
    scene.write(
        "feeds.toml",
        format!("{}[[feeds]]{feeds}{READERS}", fixed(&format!("smtp = \"{quiet}\""), "")),
    );
    let scene = scene.environment("SMTP_PASSWORD", SMTP_VARIABLE).environment("SMTP_USERNAME", "bo");
    for arguments in [&["check", "-vv"][..], &["run", "-vv", "--at", MORNING], &["feeds", "list"]] {
        seen.run(&scene, &[arguments, &C].concat());
    }
    seen.folder(&scene.path(""));
    seen.holds_none_of(&[SMTP_URL, SMTP_FILE, SMTP_VARIABLE]);
}

#[test]
fn no_secret_turns_up_in_what_is_said_of_a_broken_configuration() {
    let mut seen = Seen::default();
    let scene = Scene::new();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{DKIM}\n-----END PRIVATE KEY-----");
    let login = format!("bo:{SMTP_URL}@");
    for broken in [
        format!("[mail\nsmtp = \"smtp://{login}mail.example\""),
        format!("[mail]\nsmtp = \"smtp://{login}mail.example\""),
        format!("[mail]\nsmtp = smtps://{login}mail.example"),
        format!("[mail]\nsmtp = [\"smtps://{login}mail.example\"]"),
        format!("[mail]\nsmtp = \"http://{login}mail.example\""),
        format!("[mail]\nsmtp = \"smtps://{login}\""),
        format!("[mail]\nsmpt = \"smtps://{login}mail.example\""),
        format!("[mail]\npassword = \"{SMTP_URL}\""),
        format!("[mail]\npassword = {SMTP_URL}"),
        format!("[mail]\npassword = \"\"\"\n{SMTP_URL}"),
        format!("mail = {{ \"password\" = \"{SMTP_URL}\", smtp = 5 }}"),
        format!("mail.\"password\" = \"{SMTP_URL}\""),
        format!("[[feeds]]\nurl = \"gopher://{login}wire.example\""),
        format!("[[feeds]]\nurl = \"http://{login}wire.example\""),
        format!("[[feeds]]\nurl = \"https://wire.example:x/?token={SMTP_URL}\""),
        format!("[[feeds]]\nurl = \"https://wire.example/?token={SMTP_URL}\"\nweight = 0"),
        format!("[[feeds]]\nurl = 5 # https://{login}wire.example/"),
        format!("feeds = [{{ url = \"https://{login}wire.example/\", weight = \"no\" }}]"),
        format!("[[feeds]]\nurl = \"https://wire.example/\"\npassword = \"{SMTP_URL}\""),
        format!("[fetch]\nproxy = \"ftp://{login}proxy.example\""),
        format!("[mail]\ndkim = \"\"\"\n{pem}\n\"\"\""),
        format!("[mail.dkim]\nkey_file = \"\"\"\n{pem}\n\"\"\"\n"),
    ] {
        scene.write("feeds.toml", broken + "\n");
        for arguments in [
            &["check", "--offline", "-vv"][..],
            &["run"],
            &["feeds", "list"],
            &["recipients", "add", "a@b.example"],
        ] {
            seen.run(&scene, &[arguments, &C].concat());
        }
    }
    let from = "[mail]\nfrom = \"Post <post@news.example.com>\"\n[[feeds]]\nurl = \"a.xml\"\n";
    scene.write("feeds.toml", format!("{from}[mail.dkim]\nkey_file = \"\"\"{pem}\"\"\"\n"));
    seen.run(&scene, &["check", "--offline", "-c", "feeds.toml"]).expect(3);
    scene.write("key.secret", pem.replace("CANARY", "CANARY!"));
    scene.write("feeds.toml", format!("{from}[mail.dkim]\nkey_file = \"key.secret\"\n"));
    seen.run(&scene, &["check", "--offline", "-c", "feeds.toml"]).expect(3);
    seen.run(
        &scene,
        &["inspect", "feed", "a.xml", "--url", &format!("https://{login}a.example/?key={SMTP_URL}")],
    );
    seen.folder(&scene.path(""));
    seen.holds_none_of(&[SMTP_URL, DKIM]);
}

#[test]
fn the_password_of_a_proxy_is_told_to_the_proxy_alone() {
    let mut seen = Seen::default();
    let scene = Scene::new();
    let proxy = scene.web.url("").replace("http://", &format!("http://bo:{PROXY}@"));
    scene
        .web
        .put("http://wire.example/rss", feed(&[entry("Ferry sails", "http://wire.example/1", "It sails.")]));
    let feeds =
        "[[feeds]]\nurl = \"http://wire.example/rss\"\n[[feeds]]\nurl = \"http://gone.example/rss\"\n";
    let smtp = format!("smtp = \"{}\"", scene.mail.url());
    for proxy in [proxy, format!("http://bo:{PROXY}@127.0.0.1:1")] {
        let config = fixed(&smtp, &format!("proxy = \"{proxy}\"\n"));
        scene.write("feeds.toml", format!("{config}{feeds}{READERS}"));
        every_command(&mut seen, &scene);
    }
    assert!(scene.web.asked().iter().any(|asked| asked.headers.contains_key("proxy-authorization")));
    seen.folder(&scene.path(""));
    seen.mail(&scene.mail);
    seen.holds_none_of(&[PROXY]);
}

//! `preview --serve` seen over HTTP: who is answered, with what, and what is left behind.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    process::{Child, Command},
    time::{Duration, Instant},
};

use super::town;
use crate::scene::{MORNING, Scene, http::Answer, rss};

/// A preview that is being served. Ends with the value, also when the test fails.
pub struct Served {
    program: Child,
    /// `http://127.0.0.1:PORT/key=KEY/`, with a query when a reader is named.
    pub address: String,
}

impl Served {
    /// Serves the scene's newsletter as of its morning, on a port that is free.
    pub fn start(scene: &Scene, more: &[&str]) -> Served {
        let arguments = ["preview", "-c", "feeds.toml", "--at", MORNING, "--serve", "--port", "0"];
        let mut program = scene.start(&[&arguments[..], more].concat());
        let mut line = String::new();
        let said = program.stdout.as_mut().expect("its output");
        BufReader::new(said).read_line(&mut line).expect("a line");
        let address = line.split(' ').next().unwrap_or_default().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{line}");
        Served { program, address }
    }

    /// Its `127.0.0.1:PORT`.
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://").split('/').next().unwrap_or_default()
    }

    /// Head and body of the answer to a request for `path` under the name `host`, from whoever has the key.
    pub fn get(&self, path: &str, host: &str) -> (String, String) {
        self.knock(&format!("/key={}{path}", self.key()), host)
    }

    fn key(&self) -> &str {
        let key = self.address.split("key=").nth(1).expect("a key");
        key.split('/').next().unwrap_or_default()
    }

    /// The same from anybody.
    fn knock(&self, path: &str, host: &str) -> (String, String) {
        let mut stream = TcpStream::connect(self.host()).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.to_ascii_lowercase(), body.to_owned())
    }

    /// Presses Ctrl-C and returns the exit status.
    pub fn interrupt(mut self) -> i32 {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.program.try_wait().expect("its status") {
                return status.code().unwrap_or(-1);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it goes on after Ctrl-C");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill().and_then(|()| self.program.wait().map(drop));
    }
}

/// Waits until something holds, for as long as a slow machine may need.
#[track_caller]
fn wait(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(30), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn only_this_machine_by_its_own_name_is_answered() {
    let scene = town();
    let served = Served::start(&scene, &[]);
    let port = served.host().split(':').nth(1).expect("a port").to_owned();
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let (head, body) = served.get("/", &format!("{host}:{port}"));
        assert!(head.starts_with("http/1.1 200") && body.contains("Morning Post"), "{host}: {head}");
    }
    for host in [format!("rebound.example:{port}"), "localhost".to_owned(), String::new()] {
        let (head, body) = served.get("/", &host);
        assert!(head.starts_with("http/1.1 421") && !body.contains("Morning Post"), "{host}: {head}");
    }
}

#[test]
fn whoever_was_not_told_the_address_is_shown_nothing() {
    let served = Served::start(&town(), &[]);
    let host = served.host();
    let key = served.key();
    for path in [
        "/",
        "/digest?as=ann%40example.net",
        "/key=/",
        "/key=AAAAAAAAAAAAAAAAAAAAAA/",
        "/changes",
        "/key=AAAA/changes",
        &format!("/?key={key}"),
        &format!("/{key}/"),
        &format!("//key={key}/"),
    ] {
        let (head, body) = served.knock(path, host);
        assert!(head.starts_with("http/1.1 403"), "{path}: {head}");
        assert!(!body.contains("example.net") && body.contains("whole address"), "{path}: {body}");
    }
    for path in ["/", "/?view=source&as=ann%40example.net", "/digest"] {
        let (head, body) = served.get(path, host);
        // A browser would tell a cookie the other ports of this machine; and what is shown may be saved and sent on.
        assert!(head.starts_with("http/1.1 200") && !head.contains("set-cookie"), "{path}: {head}");
        assert!(head.contains("referrer-policy: no-referrer"), "{head}");
        assert!(!body.contains(key), "{path} shows the key");
    }
}

#[test]
fn who_only_knocks_keeps_nobody_out() {
    let served = Served::start(&town(), &[]);
    let half: Vec<TcpStream> = (0..300)
        .map(|_| {
            let mut stream = TcpStream::connect(served.host()).expect("a connection");
            write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\nX-Half: ", served.host()).expect("sent");
            stream
        })
        .collect();
    let begun = Instant::now();
    assert!(served.get("/", served.host()).0.starts_with("http/1.1 200"));
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    // One that stays open is let go after a while, however quiet it is on this machine.
    let mut last = half.into_iter().next_back().expect("one");
    last.set_read_timeout(Some(Duration::from_secs(15))).expect("set");
    let ended = last.read(&mut [0; 1024]);
    assert!(ended.is_ok(), "it is still open: {ended:?}");
}

#[test]
fn nobody_leaves_by_trying_the_way_out_of_a_served_copy() {
    let scene = town();
    scene
        .reveille(&[
            "preview",
            "-c",
            "feeds.toml",
            "--at",
            MORNING,
            "--as",
            "ann@example.net",
            "--output",
            "a.txt",
        ])
        .expect(0);
    let token = |copy: &str| {
        let token = copy.split("subject=unsubscribe%20").nth(1).expect("a way out");
        token.split(|c: char| c.is_whitespace() || c == '>').next().expect("a token").to_owned()
    };
    let sample = token(&scene.read("a.txt"));
    assert!(sample.starts_with("sample") && sample.len() == 28, "{sample}");
    let served = Served::start(&scene, &[]);
    for path in [
        "/digest?as=ann%40example.net",
        "/?view=source&as=ann%40example.net",
        "/?view=text&as=ann%40example.net",
    ] {
        let page = served.get(path, served.host()).1.replace("=\r\n", "").replace("=\n", "");
        assert!(page.contains(&format!("unsubscribe%20{sample}")), "{path}: {page}");
    }
    let ids = |text: &str| {
        let ids = text.lines().filter_map(|line| line.strip_prefix("Message-ID: &lt;")).map(str::to_owned);
        ids.collect::<Vec<String>>()
    };
    let shown = ids(&served.get("/?view=source&as=ann%40example.net", served.host()).1);
    scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING]).expect(0);
    let mailed = String::from_utf8_lossy(&scene.mail.taken()[0].data).into_owned();
    let id = shown.first().and_then(|id| id.split("&gt;").next()).expect("a Message-ID");
    assert!(!mailed.contains(id), "the Message-ID of the message itself was shown");
    assert!(!mailed.contains(&sample), "what is mailed leads somewhere");
    // Neither token nor Message-ID of a copy to look at is a reader's word.
    for wish in [
        format!("Subject: unsubscribe {sample}\n\n"),
        format!("Subject: unsubscribe\nIn-Reply-To: <{id}>\n\n"),
    ] {
        let said = scene.fed(
            &["receive", "-c", "feeds.toml", "--at", MORNING],
            format!("From: x@example.org\n{wish}").as_bytes(),
        );
        assert!(!said.stdout.contains("unsubscribed"), "{}", said.stdout);
    }
}

#[test]
fn a_launcher_that_takes_its_time_holds_nothing_up() {
    let scene = town();
    std::fs::create_dir(scene.path("bin")).expect("a folder");
    let slow = "#!/bin/sh\nenv > environment\necho \"$1\" > shown\nwhile [ -e feeds.toml ] && [ ! -e stop ]; do sleep 0.1; done\n";
    let launcher = scene.write("bin/xdg-open", slow);
    std::fs::set_permissions(&launcher, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    let scene = scene.environment("PATH", "bin:/usr/bin:/bin").environment("SMTP_PASSWORD", "hunter2-secret");
    let scene = scene.environment("DISPLAY", ":7");
    let served = Served::start(&scene, &["--open"]);
    assert!(served.get("/", served.host()).0.starts_with("http/1.1 200"));
    wait("the launcher", || {
        std::fs::read_to_string(scene.path("shown")).is_ok_and(|shown| shown.ends_with('\n'))
    });
    // Everybody on the machine can read what a launcher is told: the key is in the page alone.
    let page = scene.read("shown").trim().to_owned();
    let (host, key) = (served.host().to_owned(), served.key().to_owned());
    let given = scene.read("environment");
    assert!(!given.contains("hunter2") && given.contains("DISPLAY=:7"), "{given}");
    assert!(!page.contains(&key) && !page.contains("http"), "{page}");
    let text = std::fs::read_to_string(&page).expect("the page");
    assert!(text.contains(&host) && text.contains(&key), "{text}");
    let mode = std::fs::metadata(&page).expect("the page").permissions().mode();
    assert_eq!(mode & 0o077, 0, "for its owner alone");
    assert_eq!(served.interrupt(), 0);
    scene.write("stop", "");
    assert!(!std::path::Path::new(&page).exists());
}

#[test]
fn an_editor_who_is_named_meanwhile_is_told_what_is_wrong() {
    let scene = town();
    scene.web.put("/Courier.xml", Answer::error(500));
    let config = scene.read("feeds.toml").replace("[fetch]\n", "[fetch]\nwarn_after = 1\n");
    scene.write("feeds.toml", &config);
    let served = Served::start(&scene, &["--as", "ann@example.net"]);
    let digest = || served.get("/digest?as=ann%40example.net", served.host()).1;
    assert!(!digest().contains("cannot be read"), "{}", digest());
    scene.write(
        "feeds.toml",
        config.replace("[newsletter]\n", "[newsletter]\neditor = \"ann@example.net\"\n"),
    );
    wait("the notice", || digest().contains("cannot be read"));
}

#[test]
fn each_preview_counts_its_versions_from_elsewhere() {
    let scene = town();
    let version = |served: Served| {
        let page = served.get("/", served.host()).1;
        page.split("data-version=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a version")
            .to_owned()
    };
    let [one, other] = [(); 2].map(|()| version(Served::start(&scene, &[])));
    assert_ne!(one, other);
}

#[test]
fn nothing_runs_in_the_digest_and_the_page_loads_only_its_own() {
    let served = Served::start(&town(), &[]);
    let (head, digest) = served.get("/digest", served.host());
    assert!(
        head.contains("content-security-policy: default-src 'none'; style-src 'unsafe-inline';"),
        "{head}"
    );
    assert!(head.contains("sandbox allow-same-origin") && !head.contains("allow-scripts"), "{head}");
    assert!(digest.contains("Aldersund mill grinds again"), "{digest}");
    let (head, page) = served.get("/", served.host());
    assert!(
        head.contains("content-security-policy: default-src 'none'; style-src 'self'; script-src 'self';"),
        "{head}"
    );
    assert!(
        page.contains(" sandbox=\"allow-same-origin allow-popups") && !page.contains("allow-scripts"),
        "{page}"
    );
    for (path, kind) in [("/style.css", "text/css"), ("/script.js", "text/javascript")] {
        let (head, body) = served.get(path, served.host());
        assert!(head.contains(kind) && head.contains("cache-control: no-store"), "{head}");
        assert!(!body.contains("http://") && !body.contains("https://"), "{path} loads from elsewhere");
    }
    assert!(served.get("/nowhere", served.host()).0.starts_with("http/1.1 404"));
}

#[test]
fn a_run_goes_on_beside_it_and_it_leaves_nothing_behind() {
    let scene = town();
    let temporary = scene.path("temporary");
    std::fs::create_dir(&temporary).expect("a folder");
    let left = || std::fs::read_dir(&temporary).expect("read").count();
    let scene = scene.environment("TMPDIR", temporary.to_str().expect("a text"));
    let served = Served::start(&scene, &["--as", "ann@example.net"]);
    assert!(served.address.ends_with("/?as=ann%40example.net"), "{}", served.address);
    assert!(left() > 0, "it works on a copy");
    for copy in std::fs::read_dir(&temporary).expect("read").flatten() {
        let mode = copy.metadata().expect("its mode").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{copy:?} is its owner's alone");
    }
    assert!(scene.mailed().is_empty());
    scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING]).expect(0);
    assert_eq!(scene.mailed(), ["Bob@example.net", "ann@example.net"]);
    assert_eq!(served.interrupt(), 0);
    assert_eq!(left(), 0);
    let copies = std::fs::read_dir(scene.path("")).expect("read").flatten();
    let names: Vec<_> = copies.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().all(|name| !name.starts_with('.') && !name.contains("preview")), "{names:?}");
}

#[test]
fn what_is_edited_while_a_digest_is_being_made_is_shown_after_it() {
    let scene = town();
    let served = Served::start(&scene, &[]);
    scene.web.slow_down(Duration::from_secs(3));
    scene
        .web
        .put("/Herald.xml", Answer::ok("application/rss+xml", rss("Herald", &[("A lamp is lit", "Lit.")])));
    let herald = format!("[[feeds]]\nurl = \"{}\"\noutlet = \"Herald\"\n", scene.web.url("/Herald.xml"));
    let config = scene.read("feeds.toml") + &herald;
    scene.write("feeds.toml", &config);
    std::thread::sleep(Duration::from_secs(1));
    scene.write("feeds.toml", config.replace("\"Morning Post\"", "\"Evening Post\""));
    wait("the title", || served.get("/", served.host()).1.contains("<h1>Evening Post</h1>"));
    assert!(served.get("/digest", served.host()).1.contains("A lamp is lit"));
}

#[test]
fn a_port_that_is_taken_is_an_error_when_it_was_asked_for() {
    let scene = town();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let refused =
        scene.reveille(&["preview", "-c", "feeds.toml", "--serve", "--port", &port]).expect(2).stderr;
    assert!(refused.contains(&format!("port {port}")) && refused.contains("--port"), "{refused}");
    scene.reveille(&["preview", "--port", "7480"]).expect(2);
    scene.reveille(&["preview", "--serve", "--output", "x.html"]).expect(2);
}

#[test]
fn of_many_readers_five_hundred_are_offered_and_who_is_shown() {
    let scene = town();
    let many: String = (0..501).map(|n| format!("[[recipients]]\nemail = \"r{n}@example.net\"\n")).collect();
    scene.write("feeds.toml", scene.read("feeds.toml") + &many);
    let served = Served::start(&scene, &[]);
    let (_, page) = served.get("/?as=r500%40example.net", served.host());
    assert!(page.contains("r497@example.net") && !page.contains("r498@example.net"), "two are before them");
    assert!(page.contains("r500@example.net") && page.contains("and 3 more"), "{page}");
}

//! The program run among strangers, and measured: how long it took, how much memory at most, what it said.

use std::{
    io::Read,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    server::{Line, Script, Server},
    wire::{Honest, Way},
};
use crate::scene::{MORNING, Scene};

/// No run may take longer; one that does is ended.
const LONGEST: Duration = Duration::from_secs(150);

/// What a command did.
pub struct Measured {
    /// −1 when it was ended by force or by a signal.
    pub status: i32,
    pub seconds: f64,
    /// The most memory it had at any moment (`VmHWM`), in MB.
    pub megabytes: f64,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a command to its end.
pub fn measured(mut command: Command) -> Measured {
    let started = Instant::now();
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let status_file = format!("/proc/{}/status", child.id());
    let (mut out, mut err) =
        (child.stdout.take().expect("its output"), child.stderr.take().expect("its errors"));
    let out = thread::spawn(move || read_all(&mut out));
    let err = thread::spawn(move || read_all(&mut err));
    let mut megabytes: f64 = 0.0;
    let status = loop {
        megabytes = megabytes.max(most_memory(&status_file));
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None if started.elapsed() > LONGEST => {
                child.kill().expect("a child");
                break child.wait().expect("a child");
            }
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    let (stdout, stderr) = (out.join().expect("a reader"), err.join().expect("a reader"));
    let seconds = started.elapsed().as_secs_f64();
    Measured { status: status.code().unwrap_or(-1), seconds, megabytes, stdout, stderr }
}

fn read_all(from: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).expect("a pipe");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn most_memory(status_file: &str) -> f64 {
    let status = std::fs::read_to_string(status_file).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<f64> =
        line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// A town of outlets: the honest ones, and who else is put there.
pub struct Town {
    scene: Scene,
    /// Tables of the configuration.
    config: String,
    pause: Duration,
}

/// What a preview came to.
pub struct Seen {
    pub measured: Measured,
    pub report: Value,
    pub html: String,
}

/// The honest outlets and their stories.
pub const HONEST: [(&str, &str); 3] = [
    ("Gazette", "Bakers of Tolm raise the price of rye loaves"),
    ("Courier", "Glider pilot crosses Hessar mountains in silence"),
    ("Herald", "Wolves seen again in Karst forest, rangers say"),
];

impl Town {
    /// `fetch` are the keys of `[fetch]` beside the leave to ask this machine; `pause` is that of what drips.
    pub fn new(fetch: &str, pause: Duration) -> Town {
        let mut town = Town::alone(&format!("allow_private = true\n{fetch}"));
        town.pause = pause;
        for (outlet, title) in HONEST {
            let text =
                format!("<p>{title}, those who were there said on Sunday, and so did their neighbours.</p>");
            let feed = feed_of(title, &text, "");
            town.outlet(outlet, "", &town.serve("application/rss+xml", feed));
        }
        town
    }

    /// A town without outlets that may not ask this machine.
    pub fn alone(fetch: &str) -> Town {
        let config = format!(
            "[newsletter]\ntitle = \"Post\"\nmax_stories = 300\nmax_words = 99999\nmax_per_section = 300\nmax_per_outlet = 3\n\
             [fetch]\n{fetch}\n[store]\nurl = \"sqlite:state.db\"\n"
        );
        Town { scene: Scene::new(), config, pause: Duration::ZERO }
    }

    /// A variable of the program's environment.
    pub fn environment(&mut self, name: &str, value: &str) {
        let scene = std::mem::replace(&mut self.scene, Scene::new());
        self.scene = scene.environment(name, value);
    }

    /// A feed, with further keys of its table.
    pub fn outlet(&mut self, name: &str, keys: &str, url: &str) {
        self.config.push_str(&format!("[[feeds]]\nurl = \"{url}\"\noutlet = \"{name}\"\n{keys}"));
    }

    /// The address of a document on a server of its own, which has no robots.txt.
    pub fn serve(&self, kind: &'static str, body: Vec<u8>) -> String {
        let headers = format!("Content-Type: {kind}\r\n");
        let script: Script = Arc::new(move |line: &mut Line| match line.path.as_str() {
            "/robots.txt" => line.answer("404 None", "", b""),
            _ => line.answer("200 OK", &headers, &body),
        });
        Server::start(self.pause, script).url("/a")
    }

    /// The address of a document that is served amiss; or whose robots.txt is.
    pub fn amiss(&self, way: &'static Way, honest: Honest, robots: bool) -> String {
        let script: Script = Arc::new(move |line: &mut Line| match (line.path.as_str(), robots) {
            ("/robots.txt", true) => {
                (way.play)(line, &Honest { kind: "text/plain", body: b"User-agent: *\nAllow: /\n".to_vec() })
            }
            ("/robots.txt", false) => line.answer("404 None", "", b""),
            (_, true) => line.answer("200 OK", &format!("Content-Type: {}\r\n", honest.kind), &honest.body),
            (_, false) => (way.play)(line, &honest),
        });
        Server::start(self.pause, script).url("/a")
    }

    /// A file in the town's folder.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        self.scene.write(name, bytes).display().to_string()
    }

    /// A preview of what there is, by the program of `HOSTILE_BIN` if one is named.
    pub fn preview(self) -> Seen {
        self.scene.write("feeds.toml", &self.config);
        let arguments = ["preview", "-c", "feeds.toml", "--json", "--at", MORNING, "--output", "p.html"];
        let measured = measured(self.command(&arguments));
        let report = serde_json::from_str(&measured.stdout).unwrap_or_default();
        let html = std::fs::read_to_string(self.scene.path("p.html")).unwrap_or_default();
        Seen { measured, report, html }
    }

    /// Any command in the town's folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut usual = self.scene.command(arguments);
        let Some(program) = std::env::var_os("HOSTILE_BIN") else { return usual };
        let program = std::fs::canonicalize(program).expect("HOSTILE_BIN is a program");
        let mut command = Command::new(program);
        command.args(usual.get_args()).current_dir(usual.get_current_dir().expect("a folder"));
        command.env_clear().stdin(Stdio::null()).envs(usual.get_envs().filter_map(|(k, v)| Some((k, v?))));
        usual.stdin(Stdio::null());
        command
    }
}

impl Seen {
    /// What was reported of an outlet's feed; nothing when it was read.
    pub fn said_of(&self, outlet: &str) -> Option<&str> {
        let errors = self.report["feeds"]["errors"].as_array()?;
        errors.iter().find(|error| error["outlet"] == outlet)?["reason"].as_str()
    }

    /// What is wrong with the run, but for what was said: it failed, or an honest story is missing.
    pub fn trouble(&self) -> Option<String> {
        let Measured { status, stderr, .. } = &self.measured;
        if *status != 0 {
            return Some(format!("it ended with {status}: {stderr}"));
        }
        let missing = HONEST.iter().find(|(_, title)| !self.html.contains(title));
        missing.map(|(outlet, _)| {
            format!("the story of the {outlet} is not there; of its feed: {:?}", self.said_of(outlet))
        })
    }
}

/// A feed with one entry.
pub fn feed_of(title: &str, html: &str, link: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed</title><item><title>{title}</title><link>{link}</link>\
         <guid>{title}</guid><pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate><description><![CDATA[{html}]]></description></item></channel></rss>"
    )
    .into_bytes()
}

/// A title and a text that are like no other's.
pub fn story(number: usize) -> (String, String) {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mi", "ren", "tas", "vor", "el", "dun", "sha", "pi", "gar", "no", "tel", "us", "ber",
        "quo",
    ];
    let mut state = number as u64 + 1;
    let mut word = || -> String {
        let syllables = (0..3).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            SYLLABLES[(state >> 33) as usize % SYLLABLES.len()]
        });
        syllables.collect()
    };
    let mut words = |count: usize| (0..count).map(|_| word()).collect::<Vec<_>>().join(" ");
    (format!("{} Q{number}", words(5)), format!("<p>{}.</p>", words(24)))
}

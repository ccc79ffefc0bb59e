//! `preview --serve` seen over HTTP: who is answered, with what, and what is left behind.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command},
    time::{Duration, Instant},
};

use super::town;
use crate::scene::{MORNING, Scene};

/// A preview that is being served. Ends with the value, also when the test fails.
pub struct Served {
    program: Child,
    /// `http://127.0.0.1:PORT/`, with a query when a reader is named.
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

    /// Head and body of the answer to a request for `path` under the name `host`.
    pub fn get(&self, path: &str, host: &str) -> (String, String) {
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
    let served = Served::start(&scene, &["--as", "ann@example.net"]);
    assert!(served.address.ends_with("/?as=ann%40example.net"), "{}", served.address);
    assert!(scene.mailed().is_empty());
    scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING]).expect(0);
    assert_eq!(scene.mailed(), ["Bob@example.net", "ann@example.net"]);
    assert_eq!(served.interrupt(), 0);
    let copies = std::fs::read_dir(scene.path("")).expect("read").flatten();
    let names: Vec<_> = copies.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().all(|name| !name.starts_with('.') && !name.contains("preview")), "{names:?}");
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

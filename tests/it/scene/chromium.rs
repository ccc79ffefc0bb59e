//! A real browser: Chromium without a window, driven over WebDriver (W3C), which is HTTP and JSON.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::tools;

/// The longest wait for one answer, or for something to come true.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser with one window of 1280 to 800 pixels. Ends with the value, also when the test fails.
pub struct Chromium {
    runtime: Runtime,
    client: reqwest::Client,
    driver: Child,
    session: String,
    _profile: tempfile::TempDir,
}

impl Chromium {
    /// A browser that can reach this machine only. `None` where Chromium or its driver is not installed; the
    /// tests that need it say so and end. In CI it must be installed.
    pub fn start() -> Option<Chromium> {
        if !tools::installed(&["chromium", "chromedriver"]) {
            return None;
        }
        let (driver, port) = driver();
        let mut browser = Chromium {
            runtime: Runtime::new().expect("a runtime"),
            client: reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client"),
            driver,
            session: format!("http://127.0.0.1:{port}/session"),
            _profile: tempfile::tempdir().expect("a folder"),
        };
        let profile = format!("--user-data-dir={}", browser._profile.path().display());
        let options = json!({
            "binary": tools::path("chromium"),
            // The sandbox does not work for root, and nothing but our own pages is shown.
            "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--window-size=1280,800", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", profile],
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let session = browser.ask("", wanted);
        browser.session =
            format!("{}/{}", browser.session, session["sessionId"].as_str().expect("a session"));
        Some(browser)
    }

    /// Shows the page at `address`.
    pub fn open(&self, address: &str) {
        self.ask("/url", json!({ "url": address }));
    }

    /// What a script in the page returns.
    pub fn run(&self, script: &str) -> Value {
        self.ask("/execute/sync", json!({ "script": script, "args": [] }))
    }

    /// The text of the first element that matches; empty when there is none.
    pub fn text(&self, selector: &str) -> String {
        let found = self.run(&format!("return document.querySelector({selector:?})?.innerText ?? ''"));
        found.as_str().expect("a text").to_owned()
    }

    /// Clicks the first link with exactly these words, as somebody would.
    pub fn click(&self, words: &str) {
        let found = self.ask("/element", json!({ "using": "link text", "value": words }));
        let element = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        self.ask(&format!("/element/{}/click", element.expect("an element")), json!({}));
    }

    /// Waits until it is so.
    #[track_caller]
    pub fn wait(&self, what: &str, is_so: impl Fn(&Chromium) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            assert!(started.elapsed() < PATIENCE, "still not so: {what}\n{}", self.text("body"));
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The browser's complaints since the last call: failed scripts, refused contents.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.ask("/se/log", json!({ "type": "browser" }));
        let lines = log.as_array().expect("a list").iter();
        lines.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn ask(&self, command: &str, body: Value) -> Value {
        let address = format!("{}{command}", self.session);
        let answer = self
            .runtime
            .block_on(async { self.client.post(address).body(body.to_string()).send().await?.text().await });
        let answer: Value = serde_json::from_str(&answer.expect("an answer")).expect("JSON");
        assert!(answer["value"]["error"].is_null(), "{command} {body}: {answer}");
        answer["value"].clone()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The browser ends with its session, and the driver after it.
        let _ = self.runtime.block_on(async { self.client.delete(&self.session).send().await });
        let _ = self.driver.kill().and_then(|()| self.driver.wait().map(drop));
    }
}

/// Starts of the driver before the test gives up: the port that it is given for IPv4 may be taken for IPv6.
const STARTS: usize = 5;

/// A driver, and the port it says it listens on.
fn driver() -> (Child, u16) {
    let mut said = String::new();
    for _ in 0..STARTS {
        let mut driver = Command::new("chromedriver");
        driver.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut driver = driver.spawn().expect("chromedriver starts");
        let lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            said += &format!("{line}\n");
            line.trim_end_matches('.').rsplit_once("successfully on port ")?.1.parse().ok()
        });
        if let Some(port) = port {
            return (driver, port);
        }
        let _ = driver.kill();
        let ended = driver.wait_with_output().expect("its end");
        said += &String::from_utf8_lossy(&ended.stderr);
    }
    panic!("chromedriver told no port in {STARTS} starts:\n{said}");
}

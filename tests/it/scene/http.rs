//! A small real HTTP server on a loopback port: paths with answers, and a record of what was asked.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};

use super::watch::{Sight, Watch};

/// What a path answers.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// Bytes of the body that are sent before the connection is cut, if it is.
    cut_at: Option<usize>,
    /// The `Authorization` without which it is a 401.
    wanted: Option<String>,
}

impl Answer {
    /// 200 with a body of this type.
    pub fn ok(kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        Answer {
            status: 200,
            headers: vec![("Content-Type", kind.to_owned())],
            body: body.into(),
            cut_at: None,
            wanted: None,
        }
    }

    /// An error page in HTML.
    pub fn error(status: u16) -> Answer {
        Answer { status, ..Answer::ok("text/html", format!("<html><body><h1>{status}</h1></body></html>")) }
    }

    /// The same with an `ETag`; asked with that very value in `If-None-Match`, it is a 304.
    pub fn tagged(mut self, etag: &str) -> Answer {
        self.headers.push(("ETag", etag.to_owned()));
        self
    }

    /// A redirect.
    pub fn redirect(status: u16, to: &str) -> Answer {
        Answer { status, ..Answer::ok("text/html", "") }.with("Location", to)
    }

    /// The same with a header.
    pub fn with(mut self, name: &'static str, value: &str) -> Answer {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same for this user alone (RFC 7617); a 401 for everybody else.
    pub fn locked(mut self, user: &str, password: &str) -> Answer {
        self.wanted = Some(format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))));
        self
    }

    /// The same, cut off after `bytes` of its body.
    pub fn cut_at(mut self, bytes: usize) -> Answer {
        self.cut_at = Some(bytes);
        self
    }

    /// The middle of what is sent of the body.
    fn half(&self) -> usize {
        self.cut_at.unwrap_or(self.body.len()) / 2
    }

    fn etag(&self) -> Option<&str> {
        self.headers.iter().find(|(name, _)| *name == "ETag").map(|(_, value)| value.as_str())
    }
}

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The whole address when it came by way of a proxy.
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    /// When it had come, and when it was about to be answered.
    pub during: Option<(Instant, Instant)>,
}

/// The server. It lives until the test process ends.
#[derive(Clone)]
pub struct Http {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: BTreeMap<String, Answer>,
    asked: Vec<Asked>,
    pause: Duration,
    watch: Watch,
}

impl Http {
    /// A server that knows no path yet.
    pub fn start() -> Http {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let server = Http { address, state: Arc::default() };
        let listening = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = listening.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    /// From now on `path` answers this.
    pub fn put(&self, path: &str, answer: Answer) {
        self.state().answers.insert(path.to_owned(), answer);
    }

    /// What `path` answers with.
    pub fn body(&self, path: &str) -> Vec<u8> {
        self.state().answers.get(path).map(|answer| answer.body.clone()).unwrap_or_default()
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on every answer takes so long.
    pub fn slow_down(&self, pause: Duration) {
        self.state().pause = pause;
    }

    /// Tells `watch` what happens here from now on.
    pub fn watched_by(&self, watch: &Watch) {
        self.state().watch = watch.clone();
    }

    /// What was asked since this was last called, in order.
    pub fn asked_since(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state().asked)
    }

    /// What was asked so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.state().asked.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panicked inside the server")
    }

    fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream);
        while let Some(mut asked) = read(&mut reader) {
            let (came, pause, watch) = {
                let state = self.state();
                (Instant::now(), state.pause, state.watch.clone())
            };
            if watch.saw(Sight::Asked, 1) {
                return None;
            }
            thread::sleep(pause);
            asked.during = Some((came, Instant::now()));
            let answer = self.state().answers.get(&asked.path).cloned().unwrap_or_else(|| Answer::error(404));
            let is_let_in =
                answer.wanted.is_none() || answer.wanted.as_ref() == asked.headers.get("authorization");
            let answer = if is_let_in { answer } else { Answer::error(401) };
            let known = answer.etag().is_some()
                && asked.headers.get("if-none-match").map(String::as_str) == answer.etag();
            self.state().asked.push(asked);
            let stream = reader.get_mut();
            if known {
                write(stream, &Answer { status: 304, body: Vec::new(), ..answer }, &watch).ok()?;
                continue;
            }
            write(stream, &answer, &watch).ok()?;
            if answer.cut_at.is_some() {
                return None;
            }
        }
        None
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut asked = Asked { path: line.split(' ').nth(1)?.to_owned(), ..Asked::default() };
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        asked.headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = asked.headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    reader.take(length).read_to_end(&mut Vec::new()).ok()?;
    Some(asked)
}

fn write(stream: &mut TcpStream, answer: &Answer, watch: &Watch) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 {} Answer\r\nContent-Length: {}\r\n", answer.status, answer.body.len())?;
    for (name, value) in &answer.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    let (half, rest) = answer.body[..answer.cut_at.unwrap_or(answer.body.len())].split_at(answer.half());
    stream.write_all(half)?;
    watch.saw(Sight::Answering, 1);
    stream.write_all(rest)?;
    watch.saw(Sight::Answered, 1);
    stream.flush()
}

//! A mail server inside the test process: a script of misbehaviour in, the messages it took and the commands it saw
//! out. It speaks SMTP over a port of its own on this machine, each connection in a thread.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::Duration,
};

use super::watch::{Sight, Watch};

/// A moment of a mail transaction at which the server can do something of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The connection was made.
    Greeting,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The whole message is here.
    Dot,
    Rset,
}

/// What it does there instead of accepting everything.
#[derive(Debug, Clone)]
pub enum Act {
    /// Answers with this line. After a 421 it hangs up.
    Say(&'static str),
    /// Hangs up without an answer.
    Drop,
    /// Never answers.
    Stall,
    /// Accepts as usual, but so much later.
    Late(Duration),
    /// Takes the command and reads nothing more.
    Deaf,
}

/// How far the answer to an accepted message got. The client's doubt ends when its next command arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heard {
    /// It was never given.
    No,
    /// It was given, and the client was gone before it read it.
    Unread,
    /// The client had read it and then said nothing more.
    Read,
    /// The client went on to its next command.
    FollowedUp,
}

/// A message as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// The text, its dots unstuffed, ending with its last CRLF.
    pub data: Vec<u8>,
    /// Which connection brought it, counted from 1.
    pub connection: usize,
    pub heard: Heard,
}

struct Rule {
    at: At,
    /// Part of the command or of the transaction's recipient; empty for every one.
    about: &'static str,
    act: Act,
    times: usize,
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    login: Option<(String, String)>,
    /// The way to log in and the user, with an access token of the form `token-…`.
    bearer: Option<(&'static str, String)>,
    tokens: Vec<String>,
    pipelining: bool,
    utf8: bool,
    grouped: usize,
    taken: Vec<Taken>,
    /// What was sent after DATA without a recipient.
    texts_for_nobody: Vec<Vec<u8>>,
    commands: Vec<String>,
    connections: usize,
    open: usize,
    watch: Watch,
}

/// The server. It lives until the test process ends.
#[derive(Clone)]
pub struct Smtp {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Smtp {
    /// A server that takes everything.
    pub fn start() -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let server = Smtp { address, state: Arc::default() };
        let listening = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = listening.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    /// At `at`, if the command or the recipient contains `about`, do `act`; every time.
    pub fn when(self, at: At, about: &'static str, act: Act) -> Smtp {
        self.when_times(usize::MAX, at, about, act)
    }

    /// The same, but only the first `times` times.
    pub fn when_times(self, times: usize, at: At, about: &'static str, act: Act) -> Smtp {
        self.state().rules.push(Rule { at, about, act, times });
        self
    }

    /// Offers AUTH PLAIN and takes this user and password only.
    pub fn with_login(self, user: &str, password: &str) -> Smtp {
        self.state().login = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// Offers this way to log in by an access token (XOAUTH2 or OAUTHBEARER), and takes this user with the tokens of
    /// [`Smtp::honour`] only.
    pub fn with_bearer(self, mechanism: &'static str, user: &str) -> Smtp {
        self.state().bearer = Some((mechanism, user.to_owned()));
        self
    }

    /// Takes this access token from now on, and no other.
    pub fn honour(&self, token: &str) {
        self.state().tokens = vec![token.to_owned()];
    }

    /// Announces PIPELINING (RFC 2920).
    pub fn with_pipelining(self) -> Smtp {
        self.state().pipelining = true;
        self
    }

    /// Takes addresses in any script (RFC 6531).
    pub fn with_utf8(self) -> Smtp {
        self.state().utf8 = true;
        self
    }

    /// The `smtp://` URL of this server.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The messages that arrived whole, in order of arrival.
    pub fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    /// What arrived after a DATA that was taken although there was no recipient, each up to its dot.
    pub fn texts_for_nobody(&self) -> Vec<Vec<u8>> {
        self.state().texts_for_nobody.clone()
    }

    /// The command lines that arrived, over all connections.
    pub fn commands(&self) -> Vec<String> {
        self.state().commands.clone()
    }

    /// How often MAIL, RCPT and DATA arrived in one piece.
    pub fn grouped(&self) -> usize {
        self.state().grouped
    }

    /// Connections made so far.
    pub fn connections(&self) -> usize {
        self.state().connections
    }

    /// Connections open now.
    pub fn open(&self) -> usize {
        self.state().open
    }

    /// Forgets the script: from now on everything is taken.
    pub fn recover(&self) {
        self.state().rules.clear();
    }

    /// Forgets the messages that arrived so far.
    pub fn forget(&self) {
        self.state().taken.clear();
    }

    /// Tells `watch` what happens here from now on.
    pub fn watched_by(&self, watch: &Watch) {
        self.state().watch = watch.clone();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panicked inside the server")
    }

    fn act(&self, at: At, about: &[&str]) -> Option<Act> {
        let mut state = self.state();
        let fits = |rule: &&mut Rule| {
            rule.times > 0 && rule.at == at && about.iter().any(|text| text.contains(rule.about))
        };
        let rule = state.rules.iter_mut().find(fits)?;
        rule.times -= 1;
        Some(rule.act.clone())
    }

    /// One connection. An error means that the client, or the script, has ended it.
    fn serve(&self, stream: TcpStream) {
        let number = {
            let mut state = self.state();
            state.connections += 1;
            state.open += 1;
            state.connections
        };
        if let Ok(reading) = stream.try_clone() {
            let (reading, watch) = (BufReader::new(reading), self.state().watch.clone());
            let talk = Talk { server: self, number, reading, writing: stream, watch, in_doubt: None };
            // Hanging up is how most of these talks end.
            let _ = talk.hold();
        }
        self.state().open -= 1;
    }
}

/// One connection's talk.
struct Talk<'a> {
    server: &'a Smtp,
    number: usize,
    reading: BufReader<TcpStream>,
    writing: TcpStream,
    watch: Watch,
    /// The place among those taken of a message after which the client has not said anything yet.
    in_doubt: Option<usize>,
}

impl Talk<'_> {
    fn hold(mut self) -> io::Result<()> {
        self.writing.set_read_timeout(Some(Duration::from_secs(30)))?;
        self.saw(Sight::Connected, 1)?;
        self.answer(At::Greeting, &[""], "220 test.example ESMTP")?;
        let (mut from, mut to) = (String::new(), Vec::<String>::new());
        let mut last = String::new();
        loop {
            let line = self.command()?;
            self.server.state().commands.push(line.clone());
            self.saw(Sight::Command, 1)?;
            let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let recipients = to.join(" ");
            match verb.as_str() {
                "EHLO" => self.greet()?,
                "AUTH" => self.auth(&line)?,
                "MAIL" => {
                    from = path(&line);
                    to.clear();
                    self.server.state().grouped +=
                        usize::from(self.reading.buffer().ends_with(b"\r\nDATA\r\n"));
                    self.answer(At::Mail, &[&line], "250 2.1.0 ok")?;
                }
                "RCPT" => {
                    last = path(&line);
                    if self.answer(At::Rcpt, &[&line], "250 2.1.5 ok")? {
                        to.push(path(&line));
                    }
                }
                "DATA" if to.is_empty() => {
                    let act = self.server.act(At::Data, &[&last]);
                    let is_taken = matches!(&act, Some(Act::Say(line)) if line.starts_with("354"));
                    self.play(act, "554 5.5.1 no valid recipients")?;
                    // A server that takes DATA waits for a text, and only then says that nobody is to have it (RFC 2920
                    // section 3.1).
                    if is_taken {
                        let text = self.text()?;
                        self.server.state().texts_for_nobody.push(text);
                        self.say("554 5.5.1 no valid recipients")?;
                    }
                }
                "DATA" => {
                    if self.answer(At::Data, &[&recipients], "354 go ahead")? {
                        let data = self.text()?;
                        self.saw(Sight::Dot, 1)?;
                        let (from, to, connection) = (from.clone(), to.clone(), self.number);
                        let taken = Taken { from, to, data, connection, heard: Heard::No };
                        self.take(taken, &recipients)?;
                    }
                    to.clear();
                }
                "RSET" => {
                    to.clear();
                    self.answer(At::Rset, &[""], "250 2.0.0 ok")?;
                }
                "NOOP" => self.say("250 2.0.0 ok")?,
                "QUIT" => return self.say("221 2.0.0 bye"),
                _ => self.say("502 5.5.2 what?")?,
            }
        }
    }

    /// Keeps a message that will be answered with 250, or never: it counts as received even if the connection
    /// is cut.
    fn take(&mut self, taken: Taken, recipients: &str) -> io::Result<()> {
        let act = self.server.act(At::Dot, &[recipients]);
        if !matches!(act, Some(Act::Say(_))) {
            let mut state = self.server.state();
            state.taken.push(taken);
            self.in_doubt = Some(state.taken.len() - 1);
        }
        self.saw(Sight::Accepted, 1)?;
        self.play(act, "250 2.0.0 taken")?;
        self.heard(Heard::Unread);
        self.saw(Sight::Replied, 1)
    }

    /// The next command; what it says of the message before is noted.
    fn command(&mut self) -> io::Result<String> {
        let line = self.line();
        match &line {
            Ok(_) => self.heard(Heard::FollowedUp),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => self.heard(Heard::Read),
            // A client that is gone before it has read everything resets the connection (RFC 1122 section 4.2.2.13).
            Err(_) => {}
        }
        self.in_doubt = None;
        line
    }

    fn heard(&self, heard: Heard) {
        let mut state = self.server.state();
        if let Some(taken) = self.in_doubt.and_then(|place| state.taken.get_mut(place)) {
            taken.heard = heard;
        }
    }

    /// Tells the watch, which may kill the client; then there is nobody left to talk to.
    fn saw(&self, sight: Sight, times: usize) -> io::Result<()> {
        if self.watch.saw(sight, times) { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
    }

    fn greet(&mut self) -> io::Result<()> {
        let (auth, pipelining, utf8) = {
            let state = self.server.state();
            let bearer = state.bearer.as_ref().map(|(mechanism, _)| *mechanism);
            (state.login.is_some().then_some("PLAIN").or(bearer), state.pipelining, state.utf8)
        };
        let auth = auth.map_or(String::new(), |way| format!("250-AUTH {way}\r\n"));
        let pipelining = if pipelining { "250-PIPELINING\r\n" } else { "" };
        let utf8 = if utf8 { "250-SMTPUTF8\r\n" } else { "" };
        self.say(&format!("250-test.example\r\n{auth}{pipelining}{utf8}250 8BITMIME"))
    }

    fn auth(&mut self, line: &str) -> io::Result<()> {
        use base64::{Engine, prelude::BASE64_STANDARD};
        let (bearer, tokens) = {
            let state = self.server.state();
            (state.bearer.clone(), state.tokens.clone())
        };
        if let Some((mechanism, user)) = bearer {
            let said = line.strip_prefix(&format!("AUTH {mechanism} ")).unwrap_or_default();
            let said = BASE64_STANDARD.decode(said).unwrap_or_default();
            let due = |token: &String| match mechanism {
                "XOAUTH2" => format!("user={user}\x01auth=Bearer {token}\x01\x01"),
                _ => {
                    let port = self.server.address.port();
                    format!("n,a={user},\x01host=127.0.0.1\x01port={port}\x01auth=Bearer {token}\x01\x01")
                }
            };
            if tokens.iter().any(|token| due(token).into_bytes() == said) {
                return self.say("235 2.7.0 welcome");
            }
            let complaint = r#"{"status":"401","schemes":"Bearer","scope":"mail"}"#;
            self.say(&format!("334 {}", BASE64_STANDARD.encode(complaint)))?;
            let farewell = if mechanism == "XOAUTH2" { "" } else { "AQ==" };
            let answer = if self.line()? == farewell { "535 5.7.3 unsuccessful" } else { "501 5.5.2 what?" };
            return self.say(answer);
        }
        let login = self.server.state().login.clone();
        let expected = login.map(|(user, password)| BASE64_STANDARD.encode(format!("\0{user}\0{password}")));
        let good = expected.is_some_and(|expected| line.ends_with(&expected));
        self.answer(At::Auth, &[""], if good { "235 2.7.0 welcome" } else { "535 5.7.8 wrong" }).map(|_| ())
    }

    /// Does what the script says for this moment, else gives the `usual` answer. Tells whether it took the command.
    fn answer(&mut self, at: At, about: &[&str], usual: &str) -> io::Result<bool> {
        let act = self.server.act(at, about);
        self.play(act, usual)
    }

    fn play(&mut self, act: Option<Act>, usual: &str) -> io::Result<bool> {
        match act {
            None => self.say(usual).map(|()| true),
            Some(Act::Say(line)) => {
                self.say(line)?;
                if line.starts_with("421") { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(false) }
            }
            Some(Act::Late(time)) => {
                thread::sleep(time);
                self.say(usual).map(|()| true)
            }
            Some(Act::Drop) => Err(io::ErrorKind::ConnectionAborted.into()),
            Some(Act::Deaf) => {
                self.say(usual)?;
                thread::sleep(Duration::from_secs(5));
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            Some(Act::Stall) => {
                io::copy(&mut self.reading, &mut io::sink())?;
                Err(io::ErrorKind::ConnectionAborted.into())
            }
        }
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        self.writing.write_all(format!("{line}\r\n").as_bytes())
    }

    fn line(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.reading.by_ref().take(2000).read_until(b'\n', &mut bytes)?;
        match bytes.strip_suffix(b"\r\n") {
            Some(line) => Ok(String::from_utf8_lossy(line).into_owned()),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// The message up to the line with a single dot (RFC 5321 section 4.5.2).
    fn text(&mut self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.reading.read_until(b'\n', &mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line == b".\r\n" {
                return Ok(text);
            }
            self.saw(Sight::Byte, line.len())?;
            text.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}

/// The address between angle brackets.
fn path(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

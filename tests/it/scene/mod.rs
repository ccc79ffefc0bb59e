//! A scene: a folder with a newsletter in it, a web server with its feeds, a mail server, and the program run
//! as its user runs it. A behaviour test says what is there, runs, and looks at what came out.

pub mod chromium;
pub mod dkimpy;
pub mod dns;
pub mod http;
pub mod imap;
pub mod mailhost;
pub mod smtp;
pub mod tools;
pub mod watch;

use std::{
    io::Write,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
};

use http::{Answer, Http};
use reveille::inside::{Store, token};
use smtp::Smtp;
use sqlx::Connection;

/// The morning on which every scene is set.
pub const MORNING: &str = "2026-11-22T06:00:00Z";

/// Two stories that have nothing to do with each other, each with its headline and its text.
pub const FERRY: (&str, &str) = (
    "Kestrel ferry to sail again on Monday",
    "<p>The ferry between Sollund and Kestrel Island is to sail again on Monday after three weeks in dock, its owners said.</p>",
);
pub const COMET: (&str, &str) = (
    "Tarrow observatory finds a comet",
    "<p>The Tarrow observatory has found a comet, its first in forty years, its director said on Saturday.</p>",
);

/// A newsletter and the world around it.
pub struct Scene {
    folder: tempfile::TempDir,
    pub web: Http,
    pub mail: Smtp,
    feeds: Vec<String>,
    readers: Vec<String>,
    top: String,
    newsletter: String,
    sender: String,
    settings: String,
    server: Option<String>,
    environment: Vec<(String, String)>,
}

/// How a command ended.
pub struct Ended {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Scene {
    /// A newsletter without feeds or readers, with a mail server that accepts everything.
    pub fn new() -> Scene {
        Scene::with_mail(Smtp::start())
    }

    /// The same with this mail server.
    pub fn with_mail(mail: Smtp) -> Scene {
        Scene {
            folder: tempfile::tempdir().expect("a folder"),
            web: Http::start(),
            mail,
            feeds: Vec::new(),
            readers: Vec::new(),
            top: String::new(),
            newsletter: "title = \"Morning Post\"\noutlet = \"Gazette\"\n".to_owned(),
            sender:
                "from = \"Morning Post <post@news.example.com>\"\npostal_address = \"1 Example Street\"\n"
                    .to_owned(),
            settings: String::new(),
            server: None,
            environment: Vec::new(),
        }
    }

    /// An outlet whose feed holds these entries: (title, body).
    pub fn outlet(mut self, name: &str, entries: &[(&str, &str)]) -> Scene {
        let path = format!("/{name}.xml");
        self.web.put(
            &path,
            Answer::ok("application/rss+xml", rss(name, entries)).tagged(&format!("\"{name}-1\"")),
        );
        self.feeds.push(format!("[[feeds]]\nurl = \"{}\"\noutlet = \"{name}\"\n", self.web.url(&path)));
        self
    }

    /// A feed at `url` of an outlet of this name.
    pub fn feed(mut self, name: &str, url: &str) -> Scene {
        self.feeds.push(format!("[[feeds]]\nurl = \"{url}\"\noutlet = \"{name}\"\n"));
        self
    }

    /// The section of the feed before.
    pub fn section(mut self, name: &str) -> Scene {
        let feed = self.feeds.last_mut().expect("a feed");
        feed.push_str(&format!("section = \"{name}\"\n"));
        self
    }

    /// Readers `name@example.net`.
    pub fn readers(mut self, names: &[&str]) -> Scene {
        self.readers =
            names.iter().map(|n| format!("[[recipients]]\nemail = \"{n}@example.net\"\n")).collect();
        self
    }

    /// Keys of the top of the configuration.
    pub fn top(mut self, keys: &str) -> Scene {
        self.top = keys.to_owned();
        self
    }

    /// Replaces the scene's newsletter: the keys of `[newsletter]`.
    pub fn newsletter(mut self, keys: &str) -> Scene {
        self.newsletter = keys.to_owned();
        self
    }

    /// Replaces the scene's sender: the keys of `[mail]` except the server.
    pub fn sender(mut self, keys: &str) -> Scene {
        self.sender = keys.to_owned();
        self
    }

    /// Further tables of the configuration.
    pub fn settings(mut self, tables: &str) -> Scene {
        self.settings = tables.to_owned();
        self
    }

    /// Replaces the scene's mail server, by its URL.
    pub fn server(mut self, url: &str) -> Scene {
        self.server = Some(url.to_owned());
        self
    }

    /// A variable of the program's environment.
    pub fn environment(mut self, name: &str, value: &str) -> Scene {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A file or folder of the scene.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the scene's folder.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file written");
        path
    }

    /// Reads a file of the scene's folder.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The bytes of a file of the scene's folder.
    pub fn read_bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Changes the state behind the program's back.
    pub fn sql(&self, statement: &'static str) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let url = format!("sqlite:{}", self.path("state.db").display());
            let mut state = sqlx::SqliteConnection::connect(&url).await.expect("the state");
            sqlx::query(statement).execute(&mut state).await.expect("done");
            state.close().await.expect("closed");
        });
    }

    /// The token by which the reader at `email` leaves, which only messages to this reader hold.
    pub fn token(&self, email: &str) -> String {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let identity = runtime.block_on(async {
            let store = Store::open_beside(&self.path("state.db")).await.expect("the state");
            let identity = store.identity().await.expect("its identity");
            store.close().await;
            identity
        });
        token::issue(&token::Key::new(&identity.secret), email)
    }

    /// What one number asked of the state is.
    pub fn number(&self, query: &'static str) -> i64 {
        self.number_in("state.db", query)
    }

    /// The same of another database.
    pub fn number_in(&self, file: &str, query: &'static str) -> i64 {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let url = format!("sqlite:{}", self.path(file).display());
            let mut state = sqlx::SqliteConnection::connect(&url).await.expect("the database");
            let number = sqlx::query_scalar(query).fetch_one(&mut state).await.expect("a number");
            state.close().await.expect("closed");
            number
        })
    }

    /// Writes the configuration and returns its path.
    pub fn configure(&self) -> PathBuf {
        let mail = self.server.clone().unwrap_or_else(|| self.mail.url());
        let (top, newsletter, sender) = (&self.top, &self.newsletter, &self.sender);
        let fixed = format!(
            "{top}\n[newsletter]\n{newsletter}\n\
             [fetch]\nallow_private = true\nhost_delay = \"0s\"\npages = \"never\"\n\
             [store]\nurl = \"sqlite:state.db\"\n\
             [mail]\nsmtp = \"{mail}\"\n{sender}"
        );
        let config = [fixed, self.settings.clone(), self.feeds.concat(), self.readers.concat()].join("\n");
        self.write("feeds.toml", config)
    }

    /// `reveille run` on the scene's morning.
    pub fn run(&self) -> Ended {
        self.run_at(MORNING)
    }

    /// `reveille run` at a moment.
    pub fn run_at(&self, at: &str) -> Ended {
        self.configure();
        self.reveille(&["run", "--config", "feeds.toml", "--at", at])
    }

    /// Makes the state, with a secret that is the same every time: so are Message-IDs and tokens.
    pub fn without_chance(&self) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let path = self.path("state.db");
            Store::open(&path).await.expect("a new state").close().await;
            let url = format!("sqlite:{}", path.display());
            let mut state = sqlx::SqliteConnection::connect(&url).await.expect("the state");
            let secret = [7_u8; 32].as_slice();
            let query = sqlx::query("update identity set secret = $1").bind(secret);
            query.execute(&mut state).await.expect("another secret");
            state.close().await.expect("closed");
        });
    }

    /// Any command, run in the scene's folder to its end.
    pub fn reveille(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().expect("the program starts").into()
    }

    /// Any command that is given `input` on its standard input.
    pub fn fed(&self, arguments: &[&str], input: &[u8]) -> Ended {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
        child.stdin.take().expect("its input").write_all(input).expect("it reads to the end");
        child.wait_with_output().expect("the program ends").into()
    }

    /// Any command, started and left running.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().expect("the program starts")
    }

    /// The command that [`Scene::reveille`] would run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reveille"));
        command.args(arguments).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let home = self.folder.path();
        command.env_clear().env("HOME", home).env("NO_COLOR", "1").env("PATH", "/usr/bin:/bin");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The addresses that got a message, sorted, once per message.
    pub fn mailed(&self) -> Vec<String> {
        let mut readers: Vec<String> = self.mail.taken().into_iter().flat_map(|taken| taken.to).collect();
        readers.sort();
        readers
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Ended {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ended {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Ended {
    /// Panics with what was printed unless the command ended so.
    #[track_caller]
    pub fn expect(self, status: i32) -> Ended {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// A feed of entries published an hour apart, the first one an hour before [`MORNING`].
pub fn rss(outlet: &str, entries: &[(&str, &str)]) -> String {
    let items: String = entries
        .iter()
        .enumerate()
        .map(|(n, (title, body))| {
            let hour = 5 - n % 6;
            format!(
                "<item><title>{title}</title><link>http://{outlet}.example/{n}</link><guid>{outlet}-{title}</guid>\
                 <pubDate>Sun, 22 Nov 2026 0{hour}:00:00 GMT</pubDate><description><![CDATA[{body}]]></description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{outlet}</title>{items}</channel></rss>"
    )
}

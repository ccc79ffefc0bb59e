//! The mailer before servers that word and shape their answers as they like: the code decides. What a server took counts
//! as taken, what it says in clear never counts under TLS, and what has no end is given up.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use reveille::inside::mailer::{Connection, Error, Outcome, Post, Reply, smtp};

use crate::mailer::send;

/// A server whose every answer can be replaced, byte for byte. One that has no line end is the last on its connection.
#[derive(Clone)]
struct Odd {
    address: SocketAddr,
    /// The commands it heard, over all connections; a dot for each message it has.
    heard: Arc<Mutex<Vec<String>>>,
}

/// What is said in place of the usual: to the connection (an empty command), a command line, or the final dot (`.`).
type Script = fn(&str) -> Option<&'static [u8]>;

impl Odd {
    fn start(script: Script) -> Odd {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let odd = Odd { address: listener.local_addr().expect("its address"), heard: Arc::default() };
        let server = odd.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                // Hanging up is how most of these talks end.
                thread::spawn(move || server.serve(&stream, script).unwrap_or_default());
            }
        });
        odd
    }

    fn serve(&self, mut stream: &TcpStream, script: Script) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream);
        let mut command = String::new();
        loop {
            let usual: &[u8] = match command.get(..4).unwrap_or(&command) {
                "" => b"220 odd.example ESMTP\r\n",
                "EHLO" => b"250-odd.example\r\n250 8BITMIME\r\n",
                "DATA" => b"354 go ahead\r\n",
                "AUTH" => b"235 welcome\r\n",
                "QUIT" => b"221 bye\r\n",
                _ => b"250 ok\r\n",
            };
            let answer = script(&command).unwrap_or(usual);
            stream.write_all(answer)?;
            if !answer.ends_with(b"\n") || command == "QUIT" {
                return Ok(());
            }
            let is_text = command == "DATA" && answer.starts_with(b"354");
            command.clear();
            while command != "." {
                let mut line = Vec::new();
                if lines.read_until(b'\n', &mut line)? == 0 {
                    return Ok(());
                }
                command = String::from_utf8_lossy(&line).trim_end().to_owned();
                if !is_text {
                    break;
                }
            }
            self.heard.lock().expect("no panic").push(command.clone());
        }
    }

    fn options(&self) -> smtp::Options {
        let mut options = smtp::Options::from_url(&format!("smtp://{}", self.address)).expect("a URL");
        options.timeout = Duration::from_secs(5);
        options
    }

    async fn connect(&self) -> Result<Connection, Error> {
        Post::Smtp(self.options()).connect().await
    }

    /// How often it heard a command that begins so.
    fn heard(&self, begin: &str) -> usize {
        self.heard.lock().expect("no panic").iter().filter(|line| line.starts_with(begin)).count()
    }
}

/// What Ann and Bo came to before this server, and how many messages it has.
async fn two(script: Script) -> ([Outcome; 2], usize) {
    let odd = Odd::start(script);
    let mut connection = odd.connect().await.expect("a connection");
    let outcomes =
        [send(&mut connection, "ann@example.net").await, send(&mut connection, "bo@example.net").await];
    connection.quit().await;
    (outcomes, odd.heard("."))
}

const BOTH_SENT: ([Outcome; 2], usize) = ([Outcome::Sent, Outcome::Sent], 2);

#[tokio::test]
async fn the_code_decides_whatever_the_words_are() {
    let scripts: [(&str, Script); 12] = [
        ("a bare code at MAIL", |said| said.starts_with("MAIL").then_some(b"250\r\n")),
        ("a bare code at RCPT", |said| said.starts_with("RCPT").then_some(b"250\r\n")),
        ("a bare code at DATA", |said| (said == "DATA").then_some(b"354\r\n")),
        ("a bare code at the dot", |said| (said == ".").then_some(b"250\r\n")),
        ("a line feed alone", |said| (said == ".").then_some(b"250 ok\n")),
        ("Latin-1", |said| said.starts_with("MAIL").then_some(b"250 danke f\xfcr die Post\r\n")),
        ("GBK at the dot", |said| (said == ".").then_some(b"250 \xd2\xd1\xbd\xd3\xca\xdc\r\n")),
        ("KOI8-R greeting", |said| said.is_empty().then_some(b"220 \xd0\xcf\xde\xd4\xc1\r\n")),
        ("no space", |said| (said == ".").then_some(b"250taken\x00\x1b[2J\r\n")),
        ("codes that differ", |said| (said == ".").then_some(b"450-busy\r\n250 taken\r\n")),
        ("251", |said| said.starts_with("RCPT").then_some(b"251 will forward\r\n")),
        ("252", |said| said.starts_with("RCPT").then_some(b"252 will try\r\n")),
    ];
    for (what, script) in scripts {
        assert_eq!(two(script).await, BOTH_SENT, "{what}");
    }
}

#[tokio::test]
async fn what_was_taken_is_taken_though_the_answer_breaks_off_or_has_no_end() {
    let scripts: [(&str, Script); 4] = [
        ("no line end", |said| (said == ".").then_some(b"250 taken")),
        ("more announced", |said| (said == ".").then_some(b"250-2.0.0 taken\r\n250-and")),
        ("the code alone", |said| (said == ".").then_some(b"250")),
        ("kilobytes", |said| (said == ".").then_some(const { &code_and_words() })),
    ];
    for (what, script) in scripts {
        assert_eq!(two(script).await, BOTH_SENT, "{what}");
    }
    let ([ann, _], _) = two(|said| (said == ".").then_some(b"25")).await;
    assert!(matches!(ann, Outcome::Unknown(_)), "{ann:?}");
    let ([ann, _], _) = two(|said| (said == ".").then_some(b"550 5.7.0 no")).await;
    assert_eq!(ann, Outcome::SenderRefused(Reply::new(550, "5.7.0 no")));
    let ([ann, _], _) = two(|said| said.starts_with("RCPT").then_some(b"250 ok")).await;
    assert!(matches!(ann, Outcome::Lost(_)), "only the final dot is decided by half an answer: {ann:?}");
}

/// `250 ` and twenty kilobytes of a line without end.
const fn code_and_words() -> [u8; 20_000] {
    let mut line = [b'x'; 20_000];
    [line[0], line[1], line[2], line[3]] = *b"250 ";
    line
}

#[tokio::test]
async fn a_refusal_keeps_what_can_be_read_of_its_words() {
    let ([ann, bo], taken) = two(|said| {
        said.starts_with("RCPT TO:<ann")
            .then_some(b"550-5.1.1 \xd3\xc3\xbb\xa7\r\n550 5.1.1 <ann> \x1b[31m\r\n")
    })
    .await;
    let Outcome::Refused(reply) = ann else { panic!("{ann:?}") };
    assert!(reply.text.starts_with("5.1.1 ") && reply.text.contains("<ann>"), "{reply}");
    assert!(!reply.text.contains('\x1b') && reply.enhanced.is_some());
    assert_eq!((bo, taken), (Outcome::Sent, 1));
}

#[tokio::test]
async fn what_a_server_can_do_is_read_in_any_case_from_one_ehlo() {
    let script: Script = |said| {
        said.starts_with("EHLO").then_some(b"250-odd\r\n250-auth=login\r\n250-auth Plain\r\n250 smtputf8\r\n")
    };
    let odd = Odd::start(script);
    let mut connection =
        Post::Smtp(odd.options().with_credentials("post", "right")).connect().await.expect("logged in");
    assert_eq!(send(&mut connection, "josé@example.net").await, Outcome::Sent);
    connection.quit().await;
    assert_eq!((odd.heard("EHLO"), odd.heard("AUTH PLAIN")), (1, 1));
}

#[tokio::test]
async fn a_server_that_asks_for_user_and_password_one_by_one_is_told_them() {
    let odd = Odd::start(|said| match said.get(..4).unwrap_or_default() {
        "EHLO" => Some(b"250-odd\r\n250 AUTH LOGIN CRAM-MD5\r\n"),
        "AUTH" => Some(b"334 VXNlcm5hbWU6\r\n"),
        "cG9z" => Some(b"334\r\n"),
        "cmln" => Some(b"235 2.7.0\r\n"),
        _ => None,
    });
    let logged_in = Post::Smtp(odd.options().with_credentials("post", "right")).connect().await;
    assert!(logged_in.is_ok(), "{logged_in:?}");
}

#[tokio::test]
async fn a_server_from_before_ehlo_is_greeted_as_of_old() {
    let odd = Odd::start(|said| said.starts_with("EHLO").then_some(b"502 5.5.1 unknown\r\n"));
    let mut connection = odd.connect().await.expect("a connection");
    assert_eq!(send(&mut connection, "ann@example.net").await, Outcome::Sent);
    assert_eq!(odd.heard("HELO"), 1);
}

#[tokio::test]
async fn a_line_without_end_is_given_up_at_once() {
    static ENDLESS: [u8; 4_000_000] = [b'2'; 4_000_000];
    for script in [(|said| said.is_empty().then_some(&ENDLESS)) as Script, |said| {
        said.starts_with("EHLO").then_some(const { &code_and_words() })
    }] {
        let (odd, begun) = (Odd::start(script), Instant::now());
        let error = odd.connect().await.expect_err("no end").to_string();
        assert!(error.contains("no end") && begun.elapsed() < Duration::from_secs(4), "{error}");
    }
}

#[tokio::test]
async fn a_server_of_another_kind_is_told_by_what_it_says() {
    let odd = Odd::start(|said| said.is_empty().then_some(b"* OK IMAP4rev1 Mailbox ready\r\n"));
    let error = odd.connect().await.expect_err("no SMTP").to_string();
    assert!(error.contains("IMAP4rev1 Mailbox ready"), "{error}");
}

#[tokio::test]
async fn nothing_is_said_on_a_connection_on_which_answers_came_before_the_encryption() {
    for script in [
        (|said| match said.get(..4).unwrap_or(said) {
            "EHLO" => Some(b"250-odd\r\n250 starttls\r\n"),
            "STAR" => Some(b"220 go\r\n250-odd\r\n250 AUTH PLAIN\r\n235 ok\r\n250 a\r\n550 5.1.1 b\r\n"),
            _ => None,
        }) as Script,
        // The consent itself came before it was asked for.
        |said| said.starts_with("EHLO").then_some(b"250-odd\r\n250 STARTTLS\r\n220 go\r\n250 odd\r\n"),
    ] {
        let odd = Odd::start(script);
        let options = smtp::Options { tls: smtp::Tls::Required, ..odd.options() };
        let post = Post::Smtp(options.with_credentials("post", "a-lamp-in-the-fog"));
        let error = post.connect().await.expect_err("not safe");
        assert!(matches!(&error, Error::Insecure { .. }) && error.to_string().contains("before"), "{error}");
        thread::sleep(Duration::from_millis(50));
        assert_eq!(odd.heard.lock().expect("no panic").last().map(String::as_str), Some("STARTTLS"));
    }
}

#[tokio::test]
async fn a_connection_on_which_the_server_said_goodbye_is_not_used_again() {
    let ([ann, bo], taken) = two(|said| (said == ".").then_some(b"250 taken\r\n421 4.4.2 leaving\r\n")).await;
    assert_eq!(([ann, bo], taken), BOTH_SENT);
}

#[tokio::test]
async fn a_refused_log_in_is_tried_once_by_all_connections() {
    for (refusal, for_good) in [(&b"535 5.7.8 no\r\n"[..], true), (b"454 4.7.0 later\r\n", false)] {
        let script: Script = match for_good {
            true => |said| match said.get(..4).unwrap_or_default() {
                "EHLO" => Some(b"250-odd\r\n250 AUTH PLAIN\r\n"),
                "AUTH" => Some(b"535 5.7.8 no\r\n"),
                _ => None,
            },
            false => |said| match said.get(..4).unwrap_or_default() {
                "EHLO" => Some(b"250-odd\r\n250 AUTH PLAIN\r\n"),
                "AUTH" => Some(b"454 4.7.0 later\r\n"),
                _ => None,
            },
        };
        let odd = Odd::start(script);
        let post = Post::Smtp(odd.options().with_credentials("post", "wrong"));
        let tried = futures_util::future::join_all((0..5).map(|_| post.connect())).await;
        for result in tried {
            let error = result.expect_err("refused");
            assert_eq!(matches!(error, Error::Denied { .. }), for_good, "{error}");
        }
        assert_eq!(odd.heard("AUTH"), 1, "{}", String::from_utf8_lossy(refusal));
    }
}

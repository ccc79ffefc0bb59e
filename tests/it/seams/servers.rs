//! The worst mail server, name server and web server there are: answers without end, in all shapes. What they fill is neither
//! the memory nor the day.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream, UdpSocket},
    thread,
};

use crate::{hostile::trial::measured, scene::Scene};

/// MB that a command may take whoever it talks to, a debug build included.
const MEMORY: f64 = 300.0;
/// Seconds, several waits for servers included.
const TIME: f64 = 60.0;

/// Writes one thing until so much of it is written or nobody listens.
fn flood(mut stream: &TcpStream, drop: &[u8], megabytes: usize) {
    let wave = drop.repeat(64 * 1024 / drop.len());
    for _ in 0..megabytes.saturating_mul(16) {
        if stream.write_all(&wave).is_err() {
            return;
        }
    }
}

/// A server of every connection of which `serve` takes care; where it listens.
fn listen(serve: impl Fn(&TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    let serve = std::sync::Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = serve.clone();
            thread::spawn(move || serve(&stream));
        }
    });
    address
}

/// A mail server that is well-behaved until the client says `at` (nothing: from the start), and then floods.
fn mail_server(at: &'static str, drop: &'static [u8]) -> String {
    listen(move |stream| {
        let mut writing = stream;
        if at.is_empty() {
            return flood(stream, drop, usize::MAX);
        }
        let mut lines = BufReader::new(stream);
        let _ = writing.write_all(b"220 worst.example ESMTP\r\n");
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
            if line.to_ascii_uppercase().starts_with(at) {
                return flood(stream, drop, usize::MAX);
            }
            let answer: &[u8] = match line.get(..4).unwrap_or_default() {
                "EHLO" => b"250-worst.example\r\n250 PIPELINING\r\n",
                "DATA" => b"354 go ahead\r\n",
                "QUIT" => b"221 bye\r\n",
                _ => b"250 ok\r\n",
            };
            if writing.write_all(answer).is_err() {
                return;
            }
            line.clear();
        }
    })
}

fn held(what: &str, scene: &Scene, arguments: &[&str]) -> String {
    let ended = measured(scene.command(arguments));
    assert!(ended.megabytes > 1.0 && ended.megabytes < MEMORY, "{what}: {} MB", ended.megabytes);
    assert!(ended.seconds < TIME && ended.status >= 0, "{what}: {} s, {}", ended.seconds, ended.stderr);
    assert!(
        ended.stderr.len() + ended.stdout.len() < 64_000,
        "{what}: {} bytes are said",
        ended.stderr.len()
    );
    ended.stdout + &ended.stderr
}

#[test]
fn the_worst_mail_server_fills_no_memory() {
    for (at, drop) in [
        ("", &b"220-"[..]),
        ("", b"220-more\r\n"),
        ("", b"\xff\x00"),
        ("EHLO", b"250-SIZE\r\n"),
        ("EHLO", b"250-AUTH"),
        ("MAIL", b"550-no\r\n"),
        ("RCPT", b"450 4"),
        ("DATA", b"354-\r\n"),
        (".", b"250-"),
        ("QUIT", b"221-bye\r\n"),
    ] {
        let scene = Scene::new()
            .outlet("Gazette", &[("Ferry sails again", "<p>The ferry sails again.</p>")])
            .readers(&["ann"])
            .server(&format!("smtp://{}", mail_server(at, drop)))
            .sender("from = \"Post <post@news.example.com>\"\npostal_address = \"x\"\ntimeout = \"3s\"\n");
        scene.configure();
        let what = format!("{at} {:?}", String::from_utf8_lossy(drop));
        held(&what, &scene, &["run", "-c", "feeds.toml", "--at", crate::scene::MORNING]);
    }
}

/// A name server that answers over UDP with `answer`, which begins behind the identifier, and floods over TCP.
fn name_server(answer: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> String {
    let address = listen(|stream| {
        let mut reading = stream;
        let _ = reading.read(&mut [0; 512]);
        flood(stream, &[0xff], usize::MAX);
    });
    let socket = UdpSocket::bind(&address).expect("the same port");
    thread::spawn(move || {
        let mut query = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut query) {
            let _ = socket.send_to(&answer(&query[..length]), from);
        }
    });
    address
}

#[test]
fn the_worst_name_server_fills_no_memory() {
    let question = |query: &[u8], flags: [u8; 2], answers: u16| {
        let mut answer = query.get(..2).unwrap_or_default().to_vec();
        answer.extend(flags);
        answer.extend([0, 1]);
        answer.extend(answers.to_be_bytes());
        answer.extend([0; 4]);
        answer.extend(query.get(12..).unwrap_or_default());
        answer
    };
    let servers: [(&str, String); 4] = [
        (
            "cut off, so TCP is asked, which floods",
            name_server(move |query| question(query, [0x83, 0x80], 0)),
        ),
        (
            "65,535 answers announced, none there",
            name_server(move |query| question(query, [0x81, 0x80], u16::MAX)),
        ),
        (
            "names that point at themselves",
            name_server(move |query| {
                let mut answer = question(query, [0x81, 0x80], 900);
                let at = answer.len();
                for n in 0..900_u16 {
                    let pointer = 0xc000 | (u16::try_from(at).unwrap_or(0) + n);
                    answer.extend(pointer.to_be_bytes());
                }
                answer
            }),
        ),
        ("noise", name_server(|query| [query.get(..2).unwrap_or_default(), &[0xff; 60_000]].concat())),
    ];
    for (what, server) in servers {
        let scene = Scene::new().outlet("Gazette", &[]).readers(&["ann"]);
        scene.configure();
        held(what, &scene, &["check", "-c", "feeds.toml", "--dns", &server]);
    }
}

#[test]
fn the_worst_web_server_fills_no_memory() {
    let mut feeds = String::new();
    for (head, drop, megabytes) in [
        (
            &b"HTTP/1.1 200 OK\r\n\r\n<rss><channel><item><title>"[..],
            &b"<rss><channel><item><title>"[..],
            usize::MAX,
        ),
        (b"HTTP/1.1 200 OK\r\n", b"X-Y: ", usize::MAX),
        // A debug build reads these more slowly than they come, and the clock of the timeout stands still meanwhile: so few
        // of them, and silence after that.
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 4),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n", 4),
        (b"", b"HTTP/1.1 ", usize::MAX),
        (b"", b"\x00", usize::MAX),
    ] {
        let address = listen(move |stream| {
            let mut both = stream;
            let _ = both.read(&mut [0; 4096]);
            if both.write_all(head).is_ok() {
                flood(stream, drop, megabytes);
            }
            let _ = both.read(&mut [0; 1]);
        });
        feeds += &format!("[[feeds]]\nurl = \"http://{address}/feed\"\noutlet = \"{address}\"\n");
    }
    let scene = Scene::new();
    scene.write(
        "feeds.toml",
        format!("[newsletter]\ntitle = \"Post\"\n[fetch]\nallow_private = true\ntimeout = \"6s\"\nhost_delay = \"0s\"\n{feeds}"),
    );
    let said = held("all at once", &scene, &["check", "-c", "feeds.toml"]);
    assert_eq!(said.matches("FAIL").count(), 6, "{said}");
}

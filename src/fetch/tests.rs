//! The fetcher before real servers on loopback ports.

mod bodies;
mod closed;
mod private;

use std::{
    io::Write as _,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;

/// What a server saw of one request.
#[derive(Debug, Clone)]
struct Seen {
    head: String,
    from: Instant,
    to: Instant,
}

/// A server on a loopback address that answers each request with the bytes `answer` makes of its head.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    async fn on(
        ip: &str,
        pause: Duration,
        answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind((ip, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move {
                    let from = Instant::now();
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        match stream.read_u8().await {
                            Ok(byte) => head.push(byte),
                            Err(_) => return,
                        }
                    }
                    let head = String::from_utf8_lossy(&head).to_lowercase();
                    sleep(pause).await;
                    for part in answer(&head).chunks(64 << 10) {
                        if stream.write_all(part).await.is_err() {
                            break;
                        }
                    }
                    log.lock().expect("the log").push(Seen { head, from, to: Instant::now() });
                });
            }
        });
        Server { address, seen }
    }

    pub async fn saying(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Server {
        Server::on("127.0.0.1", Duration::ZERO, answer).await
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths it was asked for, in order.
    pub fn paths(&self) -> Vec<String> {
        self.seen().iter().filter_map(|seen| Some(seen.head.split(' ').nth(1)?.to_owned())).collect()
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("the log").clone()
    }
}

pub fn response(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn zipped(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("gzip")
}

pub fn options() -> Options {
    Options { allow_private: true, host_delay: Duration::ZERO, feed_bytes: 1 << 20, ..Options::default() }
}

fn asking<'a>(url: &'a str, kind: Kind, validators: &'a Validators) -> Request<'a> {
    Request { url, kind, validators, allow_private: false }
}

async fn get_with(options: Options, url: &str, validators: &Validators) -> Result<Reply, Error> {
    Fetcher::new(&options).expect("a client").get(asking(url, Kind::Feed, validators)).await
}

async fn get(url: &str) -> Result<Reply, Error> {
    get_with(options(), url, &Validators::default()).await
}

async fn fetched(url: &str) -> Fetched {
    match get(url).await {
        Ok(Reply::Fetched(fetched)) => fetched,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn validators_go_back_word_for_word_and_304_is_no_news() {
    let server = Server::saying(|head| match head.contains("if-none-match: w/\"a b\"\r\n") {
        true => response("304 Not Modified", "", b""),
        false => response(
            "200 OK",
            "etag: W/\"A b\"\r\nlast-modified: Sun, 22 nov 2026\r\ncontent-type: text/xml\r\n",
            b"<rss/>",
        ),
    })
    .await;
    let first = fetched(&server.url("/")).await;
    assert_eq!(
        (first.body.as_slice(), first.content_type.as_deref()),
        (b"<rss/>".as_slice(), Some("text/xml"))
    );
    assert_eq!(first.validators.etag.as_deref(), Some("W/\"A b\""));
    assert_eq!(
        get_with(options(), &server.url("/"), &first.validators).await,
        Ok(Reply::NotModified(Terms::default()))
    );
    assert!(server.seen()[1].head.contains("if-modified-since: sun, 22 nov 2026\r\n"));
}

#[tokio::test]
async fn requests_say_who_asks_and_nothing_of_where_from() {
    let server = Server::saying(|_| response("200 OK", "set-cookie: a=b\r\n", b"x")).await;
    let fetcher = Fetcher::new(&options()).expect("a client");
    for kind in [Kind::Feed, Kind::Page] {
        let url = server.url("/");
        fetcher.get(asking(&url, kind, &Validators::default())).await.expect("an answer");
    }
    let [feed, robots, page] = server.seen().try_into().expect("three requests");
    assert!(feed.head.contains("user-agent: reveille/"), "{}", feed.head);
    assert!(feed.head.contains("accept: application/rss+xml") && page.head.contains("accept: text/html"));
    assert!(robots.head.starts_with("get /robots.txt ") && robots.head.contains("accept: text/plain"));
    assert!([feed, robots, page].iter().all(|s| !s.head.contains("cookie:") && !s.head.contains("referer:")));
}

#[tokio::test]
async fn a_body_over_the_limit_is_an_error_packed_or_not() {
    let plain = Server::saying(|_| response("200 OK", "", &vec![b'x'; (1 << 20) + 1])).await;
    let bomb =
        Server::saying(|_| response("200 OK", "content-encoding: gzip\r\n", &zipped(&vec![0; 64 << 20])))
            .await;
    for server in [plain, bomb] {
        assert!(matches!(get(&server.url("/")).await, Err(Error::TooLarge { limit: 1_048_576, .. })));
    }
    let whole = vec![b'x'; 1 << 20];
    let (packed, exact) = (zipped(&whole), whole.clone());
    for server in [
        Server::saying(move |_| response("200 OK", "", &exact)).await,
        Server::saying(move |_| response("200 OK", "content-encoding: gzip\r\n", &packed)).await,
    ] {
        let found = fetched(&server.url("/")).await;
        assert!(found.body == whole && found.broken_off.is_none(), "a body of exactly the limit is whole");
    }
}

#[tokio::test]
async fn a_body_that_drips_is_broken_off_at_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let _ = stream.read(&mut [0; 1024]).await;
        let mut drop = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec();
        while stream.write_all(&drop).await.is_ok() {
            drop = b"x".to_vec();
            sleep(Duration::from_millis(20)).await;
        }
    });
    let options = Options { timeout: Duration::from_millis(300), ..options() };
    let started = Instant::now();
    let answer = get_with(options, &url, &Validators::default()).await;
    let Ok(Reply::Fetched(fetched)) = answer else { panic!("{answer:?}") };
    assert!(matches!(fetched.broken_off.as_deref(), Some(Error::Timeout { .. })), "{:?}", fetched.broken_off);
    assert!(fetched.body.starts_with(b"xx"), "what came is kept");
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn redirects_are_followed_and_lasting_ones_reported() {
    let server = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/old") => response("301 Moved Permanently", "location: /new\r\n", b""),
        Some("/new") => response("302 Found", "location: /today\r\n", b""),
        Some("/today") => response("200 OK", "", b"<rss/>"),
        _ => response("308 Permanent Redirect", "location: /loop\r\n", b""),
    })
    .await;
    let found = fetched(&server.url("/old")).await;
    assert_eq!((found.url, found.terms.moved_for_good), (server.url("/today"), Some(server.url("/new"))));
    assert_eq!(fetched(&server.url("/new")).await.terms.moved_for_good, None);
    assert!(matches!(get(&server.url("/loop")).await, Err(Error::Redirects { limit: 5, .. })));
}

#[tokio::test]
async fn requests_to_one_host_never_overlap_and_are_spaced() {
    // Slower than the pause is long: were only the beginnings spaced, the requests would overlap.
    let server = Server::on("127.0.0.1", Duration::from_millis(300), |_| response("200 OK", "", b"x")).await;
    let delay = Duration::from_millis(100);
    let fetcher = Fetcher::new(&Options { host_delay: delay, ..options() }).expect("a client");
    let (url, none) = (server.url("/"), Validators::default());
    let ask = || fetcher.get(asking(&url, Kind::Feed, &none));
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    let seen = server.seen();
    // The server is done before the client knows, and asked after the client began: no tolerance is needed.
    assert_eq!(seen.len(), 3);
    assert!(seen.windows(2).all(|pair| pair[1].from >= pair[0].to + delay), "{seen:?}");
}

#[tokio::test]
async fn requests_to_two_hosts_overlap() {
    let pause = Duration::from_millis(300);
    let one = Server::on("127.0.0.1", pause, |_| response("200 OK", "", b"x")).await;
    let two = Server::on("127.0.0.2", pause, |_| response("200 OK", "", b"x")).await;
    let fetcher = Arc::new(Fetcher::new(&options()).expect("a client"));
    let ask = |url: String| {
        let fetcher = Arc::clone(&fetcher);
        tokio::spawn(async move { fetcher.get(asking(&url, Kind::Page, &Validators::default())).await })
    };
    let (a, b) = tokio::join!(ask(one.url("/")), ask(two.url("/")));
    assert!(a.is_ok_and(|a| a.is_ok()) && b.is_ok_and(|b| b.is_ok()));
    let (one, two) = (one.seen(), two.seen());
    assert!(one[0].from < two[0].to && two[0].from < one[0].to, "{one:?} {two:?}");
}

#[tokio::test]
async fn what_soon_passes_is_tried_once_more_and_nothing_else() {
    for (status, tries) in [("503 Busy", 2), ("429 Slow", 1), ("404 Gone", 1), ("403 No", 1), ("500 Oh", 1)] {
        let server = Server::saying(move |_| response(status, "", b"<html>")).await;
        let started = Instant::now();
        let error = get(&server.url("/")).await.expect_err("no success");
        assert!(
            tries == 1 || started.elapsed() >= Duration::from_secs(1),
            "not at once: {:?}",
            started.elapsed()
        );
        let Error::Status { status: told, .. } = error else { panic!("{error}") };
        assert_eq!((Some(told.to_string().as_str()), server.seen().len()), (status.get(..3), tries));
    }
    let later = Server::saying(|_| response("503 Busy", "retry-after: 3600\r\n", b"")).await;
    let error = get(&later.url("/")).await.expect_err("no success");
    assert_eq!((error.retry_after(), later.seen().len()), (Some(Duration::from_secs(3600)), 1));
}

#[tokio::test]
async fn validators_are_sent_only_to_the_address_that_gave_them() {
    let server = Server::saying(|head| match (head.split(' ').nth(1), head.contains("if-none-match")) {
        (Some("/feed"), false) => response("302 Found", "location: /today\r\n", b""),
        (Some("/today"), false) => response("200 OK", "etag: \"1\"\r\n", b"<rss/>"),
        (Some("/today"), true) => response("304 Not Modified", "cache-control: max-age=900\r\n", b""),
        _ => response("500 Unasked", "", b""),
    })
    .await;
    let first = fetched(&server.url("/feed")).await;
    let again = get_with(options(), &server.url("/feed"), &first.validators).await;
    let lifetime = Some(Duration::from_secs(900));
    assert_eq!(again, Ok(Reply::NotModified(Terms { lifetime, moved_for_good: None })));
}

#[tokio::test]
async fn not_modified_without_having_asked_is_an_error() {
    let server = Server::saying(|_| response("304 Not Modified", "", b"")).await;
    assert!(matches!(get(&server.url("/")).await, Err(Error::Status { status: 304, .. })));
}

#[tokio::test]
async fn what_a_redirect_led_to_is_not_the_word_of_the_address_asked() {
    let server = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/moved") => response("302 Found", "location: /gone\r\n", b""),
        _ => response("410 Gone", "", b""),
    })
    .await;
    for (path, led) in [("/gone", false), ("/moved", true)] {
        let error = get(&server.url(path)).await.expect_err("it is gone");
        assert!(
            matches!(error, Error::Status { status: 410, redirected, .. } if redirected == led),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn files_are_read_by_path_and_by_address_within_the_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let (small, large) = (folder.path().join("a b.xml"), folder.path().join("large.xml"));
    std::fs::write(&small, "<rss/>")
        .and_then(|()| std::fs::write(&large, vec![b'x'; (1 << 20) + 1]))
        .expect("two files");
    let address = Url::from_file_path(&small).expect("an address");
    for name in [small.display().to_string(), address.to_string()] {
        assert_eq!(fetched(&name).await.body, b"<rss/>");
    }
    assert!(matches!(get(&large.display().to_string()).await, Err(Error::TooLarge { .. })));
    assert!(matches!(get(&folder.path().display().to_string()).await, Err(Error::File { .. })));
    assert!(matches!(get("feeds/here.xml").await, Err(Error::Address { .. })));
}

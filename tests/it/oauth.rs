//! Access tokens in place of a password, before a provider and a mail server of our own: tokens are had, renewed, rotated
//! and refused, a person logs in by a code, and none of the secrets is seen anywhere.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use crate::scene::{Ended, Scene, smtp::Smtp};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

type Form = BTreeMap<String, String>;

/// A provider whose answers are written down: status and JSON, in the order in which they are given.
#[derive(Clone)]
struct Provider {
    address: SocketAddr,
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
    asked: Arc<Mutex<Vec<(String, Form)>>>,
}

impl Provider {
    fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let provider = Provider { address, answers: Arc::default(), asked: Arc::default() };
        let server = provider.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever asks may hang up.
                let _ = server.serve(&stream);
            }
        });
        provider
    }

    fn serve(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut reading = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        reading.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        while line != "\r\n" {
            line.clear();
            reading.read_line(&mut line)?;
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        reading.read_exact(&mut body)?;
        let form = url::form_urlencoded::parse(&body).into_owned().collect();
        self.asked.lock().expect("no panic").push((path, form));
        let next = self.answers.lock().expect("no panic").pop_front();
        let (status, json) = next.unwrap_or((500, "no answer is written down".to_owned()));
        let length = json.len();
        write!(stream, "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{json}")
    }

    fn will_answer(&self, status: u16, json: &str) {
        self.answers.lock().expect("no panic").push_back((status, json.to_owned()));
    }

    /// What it was asked since the last time: paths and forms.
    fn asked(&self) -> Vec<(String, Form)> {
        std::mem::take(&mut *self.asked.lock().expect("no panic"))
    }

    /// A newsletter whose mail goes out with tokens of this provider.
    fn newsletter(&self, mail: Smtp, grant: &str) -> Scene {
        let from = "from = \"Morning Post <post@news.example.com>\"\nuser = \"post@example.com\"\n";
        let scene = Scene::with_mail(mail).outlet("Gazette", &[("Aldersund mill grinds again", MILL)]);
        let scene = scene.readers(&["ann", "bo", "cid"]).sender(from).settings(&format!(
            "[mail.oauth]\nclient_id = \"app\"\nscope = \"mail offline\"\ntoken_url = \"http://{0}/token\"\n\
             device_url = \"http://{0}/device\"\n{grant}",
            self.address
        ));
        scene.configure();
        scene
    }
}

/// No secret of these tests is in what was printed.
fn silent(ended: Ended) -> Ended {
    for secret in ["token-", "refresh-", "device-", "s3cret"] {
        let printed = format!("{}{}", ended.stdout, ended.stderr);
        // The name of the option and of the grant.
        let printed = printed.replace("--token-from-stdin", "").replace("reveille login", "");
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    ended
}

#[test]
fn an_application_mails_with_a_token_had_for_its_secret_once_a_run() {
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        let (provider, mail) = (Provider::start(), Smtp::start().with_bearer(mechanism, "post@example.com"));
        mail.honour("token-1");
        let scene = provider
            .newsletter(mail, "grant = \"client_credentials\"\nclient_secret_file = \"app.secret\"\n");
        let refused = silent(scene.reveille(&["run", "--at", "2026-11-22T06:00:00Z"]).expect(3));
        assert!(refused.stderr.contains("app.secret"), "{}", refused.stderr);
        scene.write("app.secret", "s3cret\n");
        provider.will_answer(200, r#"{"access_token":"token-1","token_type":"Bearer","expires_in":3599}"#);
        silent(scene.run().expect(0));
        assert_eq!(scene.mailed().len(), 3);
        let asked = provider.asked();
        assert_eq!(asked.len(), 1, "one token for all connections: {asked:?}");
        let (path, form) = &asked[0];
        let said = ["grant_type", "client_id", "client_secret", "scope"].map(|name| form[name].as_str());
        assert_eq!(
            (path.as_str(), said),
            ("/token", ["client_credentials", "app", "s3cret", "mail offline"])
        );
    }
}

#[test]
fn a_person_logs_in_by_a_code_and_the_runs_renew_what_is_kept() {
    let (provider, mail) = (Provider::start(), Smtp::start().with_bearer("XOAUTH2", "post@example.com"));
    let scene = provider.newsletter(mail, "");
    let nobody = silent(scene.run().expect(3));
    assert!(nobody.stderr.contains("nobody has logged in yet") && nobody.stderr.contains("reveille login"));
    assert!(provider.asked().is_empty() && scene.mail.connections() == 0, "before anything is asked");

    provider.will_answer(
        200,
        r#"{"device_code":"device-1","user_code":"WDJB-MJHT","verification_uri":"https://login.example/go",
            "expires_in":900,"interval":1}"#,
    );
    provider.will_answer(400, r#"{"error":"authorization_pending"}"#);
    provider.will_answer(503, "busy");
    provider.will_answer(200, r#"{"access_token":"token-0","refresh_token":"refresh-1","expires_in":3599}"#);
    let login = silent(scene.reveille(&["login"]).expect(0));
    for word in ["https://login.example/go", "WDJB-MJHT", "15 minutes", "state.oauth"] {
        assert!(login.stdout.contains(word), "{word} in {}", login.stdout);
    }
    let asked = provider.asked();
    assert_eq!((asked[0].0.as_str(), asked[0].1["scope"].as_str()), ("/device", "mail offline"));
    assert_eq!((asked.len(), asked[3].1["device_code"].as_str()), (4, "device-1"));
    assert_eq!(scene.read("state.oauth").trim(), "refresh-1");
    let rights = std::fs::metadata(scene.path("state.oauth")).expect("the file").permissions();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&rights) & 0o777, 0o600);

    scene.mail.honour("token-1");
    provider
        .will_answer(200, r#"{"access_token":"token-1","refresh_token":"refresh-2","expires_in":"3599"}"#);
    let check = silent(scene.reveille(&["check", "--dns", "127.0.0.1:1"]).expect(0));
    assert!(check.stdout.contains("an access token is handed out"), "{}", check.stdout);
    assert_eq!(provider.asked()[0].1["refresh_token"], "refresh-1");
    assert_eq!(scene.read("state.oauth").trim(), "refresh-2", "rotated");

    // It holds for no time: every connection has another.
    scene.mail.honour("token-2");
    provider.will_answer(200, r#"{"access_token":"token-2","expires_in":3599}"#);
    silent(scene.run().expect(0));
    assert_eq!((scene.mailed().len(), scene.read("state.oauth").trim()), (3, "refresh-2"));
    assert_eq!(provider.asked()[0].1["refresh_token"], "refresh-2");
}

#[test]
fn a_login_that_comes_to_nothing_says_why_and_keeps_nothing() {
    let begun = r#"{"device_code":"device-1","user_code":"AB","verification_url":"https://login.example","expires_in":1800,"interval":1}"#;
    for (answer, word) in [
        (r#"{"error":"access_denied"}"#, "declined"),
        (r#"{"error":"expired_token"}"#, "not entered in time"),
        (
            r#"{"error":"invalid_client","error_description":"AADSTS7000218: device-1\r\nmore"}"#,
            "AADSTS7000218",
        ),
    ] {
        let provider = Provider::start();
        let scene = provider.newsletter(Smtp::start(), "");
        provider.will_answer(200, begun);
        provider.will_answer(400, answer);
        let ended = silent(scene.reveille(&["login"]).expect(3));
        assert!(ended.stderr.contains(word), "{word} in {}", ended.stderr);
        assert!(!scene.path("state.oauth").exists());
    }
    let provider = Provider::start();
    let scene = provider.newsletter(Smtp::start(), "");
    provider.will_answer(200, &begun.replace("1800", "4"));
    provider.will_answer(400, r#"{"error":"slow_down"}"#);
    let ended = silent(scene.reveille(&["login"]).expect(3));
    assert!(ended.stderr.contains("not entered in time"), "never asked again too soon: {}", ended.stderr);
    assert_eq!(provider.asked().len(), 2);
}

#[test]
fn a_token_that_is_not_given_or_not_taken_is_told_in_plain_words_and_tried_once() {
    let (provider, mail) = (Provider::start(), Smtp::start().with_bearer("XOAUTH2", "post@example.com"));
    let scene = provider.newsletter(mail, "");
    scene.fed(&["login", "--token-from-stdin"], b"refresh-1\n").status.eq(&0).then_some(()).expect("kept");
    provider.will_answer(
        400,
        r#"{"error":"invalid_grant","error_description":"AADSTS700082: expired refresh-1"}"#,
    );
    let run = silent(scene.run().expect(5));
    for word in ["invalid_grant", "AADSTS700082", "reveille login"] {
        assert!(run.stderr.contains(word), "{word} in {}", run.stderr);
    }
    assert_eq!((provider.asked().len(), scene.mailed().len()), (1, 0));

    provider.will_answer(200, r#"{"access_token":"token-old","expires_in":3599}"#);
    let run = silent(scene.run_at("2026-11-22T06:20:00Z").expect(5));
    assert!(run.stderr.contains("535") && run.stderr.contains("status 401"), "{}", run.stderr);
    let tried = scene.mail.commands().iter().filter(|line| line.starts_with("AUTH")).count();
    assert_eq!((provider.asked().len(), tried), (1, 1));

    scene.mail.honour("token-new");
    provider.will_answer(200, r#"{"access_token":"token-new","expires_in":3599}"#);
    silent(scene.run_at("2026-11-22T06:40:00Z").expect(0));
    assert_eq!(scene.mailed().len(), 3);
}

#[test]
fn a_token_that_has_run_out_is_renewed_within_a_run() {
    let (provider, mail) = (Provider::start(), Smtp::start().with_bearer("XOAUTH2", "post@example.com"));
    let scene =
        provider.newsletter(mail, "grant = \"client_credentials\"\nclient_secret_file = \"app.secret\"\n");
    scene.write("app.secret", "s3cret\n");
    let config = scene.read("feeds.toml");
    let config = config.replace("[mail]\n", "[mail]\nconnections = 1\nper_connection = 1\n");
    scene.write("feeds.toml", config);
    scene.mail.honour("token-1");
    for _ in 0..3 {
        provider.will_answer(200, r#"{"access_token":"token-1","expires_in":0}"#);
    }
    silent(scene.reveille(&["run", "--at", "2026-11-22T06:00:00Z"]).expect(0));
    assert_eq!((scene.mailed().len(), provider.asked().len()), (3, 3));
}

#[test]
fn what_is_missing_is_said_before_anything_is_asked() {
    let provider = Provider::start();
    for (settings, word) in [
        ("[mail.oauth]\nclient_id = \"app\"\n", "provider = \"microsoft\""),
        ("[mail.oauth]\nclient_id = \"app\"\nprovider = \"microsoft\"\n", "tenant is missing"),
        (
            "[mail.oauth]\nclient_id = \"app\"\nprovider = \"microsoft\"\ntenant = \"a/../b\"\n",
            "tenant is missing",
        ),
        (
            "[mail.oauth]\nclient_id = \"app\"\nprovider = \"microsoft\"\ntenant = \"a.example\"\ngrant = \"client_credentials\"\n",
            "SMTP_CLIENT_SECRET",
        ),
        ("[mail.oauth]\nclient_id = \"app\"\ntoken_url = \"http://login.example/token\"\n", "https"),
        ("", "there is no [mail.oauth]"),
    ] {
        let scene = provider.newsletter(Smtp::start(), "").settings(settings);
        scene.configure();
        let ended = scene.reveille(&["login"]).expect(3);
        assert!(ended.stderr.contains(word), "{word} in {}", ended.stderr);
    }
    let google = "[mail.oauth]\nclient_id = \"app\"\nprovider = \"google\"\n";
    let scene = provider.newsletter(Smtp::start(), "").settings(google);
    scene.configure();
    let ended = scene.reveille(&["login"]).expect(2);
    assert!(ended.stderr.contains("--token-from-stdin"), "{}", ended.stderr);
    assert!(provider.asked().is_empty());
}

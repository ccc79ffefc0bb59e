//! A real mail host: Postfix, which takes mail from who logs in over TLS, and Dovecot, which stores it and gives it
//! back. Both are the system's programs, run for one test from a folder of their own on loopback ports of their own;
//! nothing of the system's is read or touched but the programs.

use std::{
    fs::{self, File},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use super::{imap, tools};

/// What the newsletter logs in with to send, and everybody to read.
pub const USER: &str = "post@news.example.com";
pub const PASSWORD: &str = "correct-horse";

/// Who has a mailbox, `name@example.net`; a test takes readers of its own.
const MAILBOXES: [&str; 11] =
    ["ann", "bob", "cid", "dora", "eve", "fay", "gil", "hana", "ian", "jan", "bounces"];

/// Whom Postfix takes mail for although Dovecot has no such mailbox: that mail bounces.
pub const GONE: &str = "gone";

/// Whose mail, `piped@example.net`, Postfix hands to `reveille receive`, run as nobody in [`MailHost::piped`].
const PIPED: &str = "piped";

/// What Postfix notes of a message it takes from somebody who is logged in.
const TAKEN: &str = "sasl_method=PLAIN, sasl_username=post@news.example.com";

/// The longest wait for the servers to start, and for them to pass on a message.
const PATIENCE: Duration = Duration::from_secs(60);

/// The host.
pub struct MailHost {
    folder: PathBuf,
    ports: [u16; 3],
    /// The servers end when their standard input does: with the test process, however that ends.
    _servers: Child,
}

impl MailHost {
    /// One host for all tests, with the [`MAILBOXES`]. None where its programs, or the right to run them, are missing
    /// at home.
    pub fn shared() -> Option<&'static MailHost> {
        static HOST: LazyLock<Option<MailHost>> = LazyLock::new(MailHost::start);
        HOST.as_ref()
    }

    fn start() -> Option<MailHost> {
        if !tools::installed(&["postfix", "dovecot", "openssl"])
            || !tools::may("run Postfix as root", root("true"))
        {
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder").keep();
        // The servers' own users go through it.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("opened");
        let ports = free_ports();
        configure(&folder, ports);
        certify(&folder);
        let log = File::options().create(true).append(true).open(folder.join("log")).expect("a log");
        let mut servers = root("sh");
        servers.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/scene/mailhost/servers.sh"));
        servers.arg(&folder).stdin(Stdio::piped());
        servers.stdout(log.try_clone().expect("the log")).stderr(log);
        let host = MailHost { folder, ports, _servers: servers.spawn().expect("a shell") };
        host.wait("answer", || ports.iter().all(|&port| TcpStream::connect(("127.0.0.1", port)).is_ok()));
        Some(host)
    }

    /// Where mail is handed in: by STARTTLS, and by TLS from the first byte.
    pub fn submission(&self) -> [String; 2] {
        let [starttls, tls, _] = self.ports;
        [format!("smtp://127.0.0.1:{starttls}?tls=required"), format!("smtps://127.0.0.1:{tls}")]
    }

    /// The certificate of the authority that vouches for the host.
    pub fn authority(&self) -> String {
        self.file("ca.pem")
    }

    /// That of an authority which does not.
    pub fn other_authority(&self) -> String {
        self.file("other.pem")
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    /// Makes this folder the one of the newsletter whose mail is piped, given to the user it is piped as, and returns
    /// its path.
    pub fn piped(&self, newsletter: &Path) -> PathBuf {
        let folder = self.folder.join(PIPED);
        for (program, arguments) in
            [("cp", ["-r".as_ref(), newsletter]), ("chown", ["-R".as_ref(), "nobody".as_ref()])]
        {
            let ended = root(program).args(arguments).arg(&folder).status();
            assert!(ended.expect("it starts").success(), "{program}");
        }
        folder
    }

    /// The program as root runs it, with these variables of the environment: whoever else runs the test may not read
    /// what belongs to nobody, and of root's it is told that it may be trusted.
    pub fn reveille(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = root("env");
        command
            .arg("REVEILLE_TRUST_FILES=1")
            .args(environment.iter().map(|(name, value)| format!("{name}={value}")));
        command.arg(self.folder.join("reveille")).args(arguments).current_dir(self.folder.join(PIPED));
        command.output().expect("the program starts")
    }

    /// Waits until everything that was taken in, from these readers' messages on, has been passed on.
    pub fn settle(&self, readers: &[&str]) {
        self.wait("pass on what they took", || {
            let log = self.log();
            let mut taken = log.lines().filter(|line| line.contains(TAKEN));
            let queued = |line: &str| line.split(": client=").next()?.rsplit(' ').next().map(str::to_owned);
            taken.all(|line| queued(line).is_some_and(|id| log.contains(&format!(" {id}: removed"))))
                && readers.iter().all(|name| !self.inbox(name).is_empty())
        });
    }

    /// What is stored for `name@example.net`.
    pub fn inbox(&self, name: &str) -> Vec<Vec<u8>> {
        imap::inbox(self.ports[2], &format!("{name}@example.net"), PASSWORD)
    }

    /// What is stored for `name@example.net`, once there is something.
    pub fn awaited(&self, name: &str) -> Vec<Vec<u8>> {
        self.wait("store the message", || !self.inbox(name).is_empty());
        self.inbox(name)
    }

    /// What the servers said so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.join("log")).expect("the log")).into_owned()
    }

    /// Waits for something that the servers are to do.
    pub fn wait(&self, what: &str, done: impl Fn() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < PATIENCE, "the servers did not {what}:\n{}", self.log());
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A command run as root, by sudo where the test is not.
fn root(program: &str) -> Command {
    let id = Command::new("id").arg("-u").output().expect("an id");
    if id.stdout == b"0\n" {
        return Command::new(program);
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", program]);
    sudo
}

/// Ports nobody listens on.
fn free_ports() -> [u16; 3] {
    let taken = [(); 3].map(|()| TcpListener::bind("127.0.0.1:0").expect("a port"));
    taken.map(|listener| listener.local_addr().expect("its address").port())
}

fn configure(folder: &Path, ports: [u16; 3]) {
    let [starttls, tls, imap] = ports.map(|port| port.to_string());
    let (own, versioned) = (folder.to_str().expect("a name"), users(folder));
    let fill = |text: &str| {
        let filled = text.replace("@DIR@", own).replace("@VERSIONED@", &versioned);
        filled.replace("@STARTTLS@", &starttls).replace("@TLS@", &tls).replace("@IMAP@", &imap)
    };
    let addresses = MAILBOXES.iter().map(|name| format!("{name}@example.net"));
    let known = addresses.clone().chain([GONE, PIPED].map(|name| format!("{name}@example.net")));
    let known: String = known.map(|address| format!("{address} mailbox\n")).collect();
    let logins: String = addresses
        .chain([USER.to_owned()])
        .map(|user| format!("{user}:{{PLAIN}}{PASSWORD}:65534:65534::{own}/mail/{user}::\n"))
        .collect();
    fs::create_dir(folder.join("postfix")).expect("a folder");
    fs::copy(env!("CARGO_BIN_EXE_reveille"), folder.join("reveille"))
        .expect("the program where all may run it");
    for (name, text) in [
        ("postfix/main.cf", fill(include_str!("mailhost/main.cf"))),
        ("postfix/master.cf", fill(include_str!("mailhost/master.cf"))),
        ("dovecot.conf", fill(include_str!("mailhost/dovecot.conf"))),
        ("mailboxes", known),
        ("logins", logins),
    ] {
        fs::write(folder.join(name), text).expect("a file written");
    }
}

/// The settings of Dovecot that were renamed in 2.4.
fn users(folder: &Path) -> String {
    let logins = folder.join("logins");
    let logins = logins.display();
    let version = Command::new(tools::path("dovecot").expect("found before")).arg("--version").output();
    let version = String::from_utf8_lossy(&version.expect("a version").stdout).into_owned();
    if version.starts_with("2.3") {
        return format!(
            "mail_location = maildir:~/inbox\ndisable_plaintext_auth = no\n\
             passdb {{\n  driver = passwd-file\n  args = {logins}\n}}\n\
             userdb {{\n  driver = passwd-file\n  args = {logins}\n}}\n"
        );
    }
    format!(
        "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n\
         mail_driver = maildir\nmail_path = ~/inbox\nauth_allow_cleartext = yes\n\
         passdb passwd-file {{\n  passwd_file_path = {logins}\n}}\n\
         userdb passwd-file {{\n  passwd_file_path = {logins}\n}}\n"
    )
}

/// Makes two authorities of one day, and the server's certificate signed by the first.
fn certify(folder: &Path) {
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        command.args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-noenc",
            "-days",
            "1",
        ]);
        let ended = command.args(arguments.split(' ')).current_dir(folder).output().expect("openssl starts");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    };
    openssl("-subj /CN=authority -keyout ca.key -out ca.pem");
    openssl("-subj /CN=other -keyout other.key -out other.pem");
    openssl(
        "-subj /CN=server -keyout server.key -out server.pem -CA ca.pem -CAkey ca.key \
         -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=IP:127.0.0.1",
    );
}

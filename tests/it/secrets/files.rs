//! Who may read the files: those that the program makes are their owner's alone, and of others that hold a secret a word is
//! said.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::scene::{Ended, MORNING, Scene};

const NEWS: [(&str, &str); 1] = [("Ferry sails again", "<p>The ferry to Kestrel Island sails again.</p>")];

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())).permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
}

/// The command under a umask that forbids nothing.
fn with_umask_zero(scene: &Scene, arguments: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_reveille")]).args(arguments);
    command.current_dir(scene.path("")).env_clear().env("HOME", scene.path("")).env("PATH", "/usr/bin:/bin");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn what_the_program_writes_is_its_owners_alone_whatever_the_umask() {
    let scene = Scene::new().outlet("Gazette", &NEWS).readers(&["ann"]);
    scene.configure();
    let run = |arguments: &[&str]| {
        Ended::from(with_umask_zero(&scene, arguments).output().expect("the program starts")).expect(0)
    };
    run(&["init", "--output", "mine/feeds.toml"]);
    run(&["feeds", "list", "-c", "mine/feeds.toml"]);
    run(&["dkim", "new", "--domain", "news.example.com"]);
    scene.web.slow_down(Duration::from_millis(700));
    let arguments = ["run", "-c", "feeds.toml", "--at", MORNING, "--outbox", "outbox"];
    let mut child = with_umask_zero(&scene, &arguments).spawn().expect("the program starts");
    let (log, index) = (scene.path("state.db-wal"), scene.path("state.db-shm"));
    let patience = Instant::now() + Duration::from_secs(20);
    while !(log.exists() && index.exists()) {
        assert!(Instant::now() < patience && child.try_wait().expect("a child").is_none(), "no log was seen");
    }
    assert_eq!((mode(&log), mode(&index)), (0o600, 0o600));
    assert!(child.wait().expect("it ends").success());
    for file in
        ["mine/feeds.toml", "dkim.pem", "state.db", "state.db.lock", "outbox/2026-11-22.ann@example.net.eml"]
    {
        assert_eq!(mode(&scene.path(file)), 0o600, "{file}");
    }
    assert_eq!(mode(&scene.path("outbox")), 0o700);
}

#[test]
fn state_files_that_are_open_to_others_are_closed() {
    let scene = Scene::new().outlet("Gazette", &NEWS).readers(&["ann"]);
    scene.run().expect(0);
    for file in ["state.db", "state.db.lock"] {
        set_mode(&scene.path(file), 0o664);
    }
    let said = scene.reveille(&["preview", "-c", "feeds.toml", "-o", "now.txt", "-v"]).expect(0).stderr;
    for file in ["state.db", "state.db.lock"] {
        assert_eq!(mode(&scene.path(file)), 0o600, "{file}");
        assert!(said.contains(&format!("{file} was open to others (mode 664)")), "{said}");
    }
}

#[test]
fn a_state_that_others_may_change_or_put_in_its_place_is_not_used() {
    let scene = Scene::new().outlet("Gazette", &NEWS).readers(&["ann"]);
    let config = scene.configure();
    let elsewhere = scene.read("feeds.toml").replace("sqlite:state.db", "sqlite:kept/state.db");
    fs::write(&config, elsewhere).expect("written");
    let (folder, state) = (scene.path("kept"), scene.path("kept/state.db"));
    let run = || scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING]);
    let refused = |why: &str| {
        let said = run().expect(3).stderr;
        assert!(said.contains("state.db") && said.contains(" is not used") && said.contains(why), "{said}");
    };
    fs::create_dir(&folder).expect("a folder");
    set_mode(&folder, 0o777);
    refused("everybody on this machine may replace it");
    assert!(!state.exists(), "nor made");
    set_mode(&folder, 0o700);
    run().expect(0);
    set_mode(&state, 0o602);
    refused("everybody on this machine may write it");
    set_mode(&state, 0o600);
    run().expect(0);
    // Only root can give away what a neighbour would have put into a folder such as /tmp: a state, a link to a file of
    // another's, a pipe on which the lock is waited for.
    let give = |path: &Path| std::os::unix::fs::lchown(path, Some(4242), Some(4242)).is_ok();
    if !give(&state) {
        return;
    }
    set_mode(&folder, 0o1777);
    refused("belongs to user 4242");
    fs::remove_file(&state).expect("gone");
    let victim = scene.write("victim", "mine");
    set_mode(&victim, 0o644);
    let lock = scene.path("kept/state.db.lock");
    fs::remove_file(&lock).expect("gone");
    std::os::unix::fs::symlink(&victim, &lock).expect("a link");
    assert!(give(&lock));
    refused("belongs to user 4242");
    assert_eq!(mode(&victim), 0o644);
    fs::remove_file(&lock).expect("gone");
    assert!(Command::new("mkfifo").arg(&lock).status().expect("a pipe").success() && give(&lock));
    refused("belongs to user 4242");
    fs::remove_file(&lock).expect("gone");
    // Root looks after a service's state in that service's folder.
    run().expect(0);
    assert!(give(&state) && give(&folder));
    set_mode(&folder, 0o755);
    run().expect(0);
}

#[test]
fn a_file_with_a_password_that_everybody_can_read_is_named_once() {
    let scene = Scene::new().outlet("Gazette", &NEWS).readers(&["ann"]);
    let config = scene.configure();
    set_mode(&config, 0o644);
    let run = || scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING]).expect(0).stderr;
    let check = || scene.reveille(&["check", "-c", "feeds.toml", "--offline"]).expect(0).stdout;
    assert!(run().is_empty() && !check().contains("everybody"), "it holds no secret");
    let with_login = scene.read("feeds.toml").replace("smtp://", "smtp://bo:hunter2@");
    fs::write(&config, with_login).expect("written");
    scene.write("dkim.pem", "");
    let named = format!("everybody on this machine can read {} (mode 644)", config.display());
    for said in [run(), check()] {
        assert_eq!(said.matches("everybody").count(), 1, "{said}");
        assert!(said.contains(&named) && said.contains(&format!("chmod 600 {}", config.display())), "{said}");
    }
    let json = scene.reveille(&["check", "-c", "feeds.toml", "--offline", "--json"]).expect(0).stdout;
    assert!(json.contains("\"exposed\":[\"everybody"), "{json}");
    for closed in [0o640, 0o600] {
        set_mode(&config, closed);
        assert!(run().is_empty() && !check().contains("everybody"), "{closed:o}");
    }
}

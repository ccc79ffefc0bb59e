//! The machine itself: its own addresses, which its firewall lets itself ask.

use std::process::Command;

use crate::scene::{Scene, tools};

/// `check` in a network of its own, in which this machine has the public address 93.184.215.14. None where that may not be
/// made, as in most containers.
fn check_at_a_public_address(scene: &Scene) -> Option<String> {
    let within = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--net", "sh", "-c"]).arg(format!(
            "ip link set lo up && ip address add 93.184.215.14/32 dev lo && ip route add default dev lo && {script}"
        ));
        command.current_dir(scene.path(""));
        command.output().ok()
    };
    if !within("true").is_some_and(|made| made.status.success()) {
        tools::skipped("no network of one's own can be made here (unshare)");
        return None;
    }
    let program = env!("CARGO_BIN_EXE_reveille");
    let said = within(&format!("exec env -i HOME=. PATH=/usr/bin:/bin {program} check -c feeds.toml"))?;
    Some(String::from_utf8_lossy(&said.stdout).into_owned())
}

#[test]
fn the_machines_own_public_address_is_not_asked_and_another_is() {
    let scene = Scene::new();
    scene.write(
        "feeds.toml",
        "[newsletter]\ntitle = \"Post\"\n[fetch]\ntimeout = \"3s\"\n\
         [[feeds]]\nurl = \"http://93.184.215.14:9/own\"\noutlet = \"Own\"\n\
         [[feeds]]\nurl = \"http://93.184.215.15:9/other\"\noutlet = \"Other\"\n\
         [[feeds]]\nurl = \"http://[::ffff:93.184.215.14]:9/mapped\"\noutlet = \"Mapped\"\n",
    );
    let Some(said) = check_at_a_public_address(&scene) else { return };
    let of =
        |outlet: &str| said.lines().find(|line| line.contains(&format!("{outlet}: "))).unwrap_or_default();
    for own in ["Own", "Mapped"] {
        assert!(of(own).contains("a private address"), "{said}");
    }
    assert!(of("Other").contains("FAIL") && !of("Other").contains("private"), "{said}");
}

#[test]
fn networks_that_the_operator_names_are_private_too() {
    let scene = Scene::new();
    scene.write(
        "feeds.toml",
        "[newsletter]\ntitle = \"Post\"\n[fetch]\ntimeout = \"3s\"\nprivate_networks = [\"93.184.215.0/24\"]\n\
         [[feeds]]\nurl = \"http://93.184.215.14:9/\"\noutlet = \"Ours\"\n",
    );
    let said = scene.reveille(&["check", "-c", "feeds.toml"]).stdout;
    assert!(said.contains("93.184.215.14, a private address"), "{said}");
    scene.write("feeds.toml", "[fetch]\nprivate_networks = [\"93.184.215.0/33\"]\n");
    let said = scene.reveille(&["check", "-c", "feeds.toml", "--offline"]).expect(3).stderr;
    assert!(said.contains("`93.184.215.0/33` is no network"), "{said}");
}

#[test]
fn what_is_mounted_read_only_is_nobodys_to_replace() {
    let scene = Scene::new().outlet("Gazette", &[]);
    let config = scene.configure();
    std::fs::create_dir(scene.path("mounted")).expect("a folder");
    let within = |script: &str| {
        let script = format!("mount -t tmpfs -o mode=777 none mounted && {script}");
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]);
        let ended = command.current_dir(scene.path("")).output().ok()?;
        Some((ended.status.code()?, String::from_utf8_lossy(&ended.stderr).into_owned()))
    };
    if within("true").is_none_or(|(status, _)| status != 0) {
        tools::skipped("nothing can be mounted here (unshare)");
        return;
    }
    let check = |options: &str| {
        let (config, program) = (config.display(), env!("CARGO_BIN_EXE_reveille"));
        within(&format!(
            "ln -s {config} mounted/feeds.toml && {options} && exec env -i HOME=. {program} check -c mounted/feeds.toml --offline"
        ))
    };
    let (status, said) = check("true").expect("it starts");
    assert!(status == 3 && said.contains("may replace it"), "{said}");
    let (status, said) = check("mount -o remount,ro mounted").expect("it starts");
    assert_eq!(status, 0, "{said}");
}

#[test]
fn files_that_others_may_change_are_not_used_and_the_error_says_what_to_type() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let scene = Scene::new()
        .outlet("Gazette", &[])
        .newsletter("title = \"Post\"\ntemplates = \"words\"\n")
        .sender("from = \"Post <post@news.example.com>\"\nuser = \"bo\"\npassword_file = \"password\"\n")
        .readers(&["ann"]);
    scene.configure();
    let readers = scene.write("readers.csv", "bob@example.net\n");
    let config = format!("recipients_file = \"readers.csv\"\n{}", scene.read("feeds.toml"));
    let (config, password) = (scene.write("feeds.toml", config), scene.write("password", "hunter2\n"));
    fs::create_dir(scene.path("words")).expect("a folder");
    let (folder, template) =
        (scene.path("words"), scene.write("words/footer.md", "[Unsubscribe]({{unsubscribe}})\n"));
    let check = |trusting: bool| {
        let mut command = scene.command(&["check", "-c", "feeds.toml", "--offline"]);
        command.env("REVEILLE_TRUST_FILES", if trusting { "1" } else { "0" });
        let ended = command.output().expect("it starts");
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    };
    assert_eq!(check(false), (Some(0), String::new()));
    for (path, open) in
        [(&config, 0o666), (&readers, 0o646), (&password, 0o602), (&folder, 0o777), (&template, 0o666)]
    {
        let closed = fs::metadata(path).expect("a file").permissions();
        fs::set_permissions(path, fs::Permissions::from_mode(open)).expect("changed");
        let (status, said) = check(false);
        assert_eq!(status, Some(3), "{path:?}: {said}");
        assert!(
            said.contains("is not used") && said.contains("chmod o-w") && !said.contains("hunter2"),
            "{said}"
        );
        assert_eq!(check(true).0, Some(0), "{path:?} as it is");
        fs::set_permissions(path, closed).expect("changed back");
    }
    // A group was let in on purpose.
    fs::set_permissions(&config, fs::Permissions::from_mode(0o660)).expect("changed");
    assert_eq!(check(false).0, Some(0));
    let folder = scene.path("");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("changed");
    assert!(check(false).1.contains("may replace it"), "{}", check(false).1);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o1777)).expect("changed");
    assert_eq!(check(false).0, Some(0), "as /tmp is");
    fs::create_dir(scene.path("open")).expect("a folder");
    fs::set_permissions(scene.path("open"), fs::Permissions::from_mode(0o777)).expect("changed");
    std::os::unix::fs::symlink(&config, scene.path("open/feeds.toml")).expect("a link");
    let by_link = scene.reveille(&["check", "-c", "open/feeds.toml", "--offline"]).expect(3).stderr;
    assert!(by_link.contains("may replace it"), "{by_link}");
    // Only root can give a file away.
    if std::os::unix::fs::chown(&config, Some(4242), None).is_ok() {
        let (status, said) = check(false);
        assert_eq!(status, Some(3), "{said}");
        assert!(said.contains("belongs to user 4242") && said.contains("chown"), "{said}");
    }
}

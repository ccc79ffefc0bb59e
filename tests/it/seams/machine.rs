//! The machine itself: its own addresses, which its firewall lets itself ask.

use std::process::Command;

use crate::scene::Scene;

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
        eprintln!("skipped: no network of one's own can be made here");
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

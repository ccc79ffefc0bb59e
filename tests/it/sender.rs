//! `reveille check` before the DNS: what it says of SPF, DKIM, DMARC and MX, and what it does when nobody answers.

use std::net::UdpSocket;

use crate::scene::{Ended, Scene, dns::Dns};

const MILL: &str = "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday.</p>";
const DOMAIN: &str = "news.example.com";

fn scene() -> Scene {
    Scene::new().outlet("Gazette", &[("Aldersund mill grinds again", MILL)]).readers(&["ann"])
}

fn check(scene: &Scene, dns: &Dns) -> Ended {
    scene.configure();
    scene.reveille(&["check", "-c", "feeds.toml", "--dns", &dns.address()])
}

/// The line about `what`, and the one below it.
fn about(what: &str, said: &str) -> (String, String) {
    let mut lines = said.lines().skip_while(|line| !line.contains(&format!("  {what}: ")));
    let found = lines.next().unwrap_or_else(|| panic!("{what} in {said}")).trim().to_owned();
    (found, lines.next().unwrap_or_default().trim().to_owned())
}

#[test]
fn a_domain_without_records_is_shown_each_that_is_missing() {
    let said = check(&scene(), &Dns::start()).expect(0).stdout;
    let (spf, record) = about("SPF", &said);
    assert!(spf.starts_with("WARN") && spf.contains("no SPF record"), "{said}");
    assert_eq!(record, "news.example.com TXT v=spf1 mx ~all");
    let (dmarc, record) = about("DMARC", &said);
    assert!(dmarc.starts_with("WARN"), "{said}");
    assert_eq!(record, "_dmarc.news.example.com TXT v=DMARC1; p=none");
    assert!(said.contains("  WARN  MX: ") && said.contains("  --    DKIM: "), "{said}");
}

#[test]
fn a_domain_in_order_is_all_ok_and_the_published_key_is_compared_with_the_file() {
    let scene = scene().settings("[mail.dkim]\nkey_file = \"dkim.pem\"\n");
    let new = scene.reveille(&["dkim", "new", "--domain", DOMAIN]).expect(0).stdout;
    let key = new.lines().find_map(|line| line.trim().strip_prefix("value: ")).expect("a record");
    let published = |key: &str| {
        Dns::start()
            .text(DOMAIN, "v=spf1 include:_spf.provider.example -all")
            .text("reveille._domainkey.news.example.com", key)
            .text("_dmarc.example.com", "v=DMARC1; p=quarantine; adkim=s")
            .mail_server(DOMAIN, "mx.provider.example.")
    };
    let said = check(&scene, &published(key)).expect(0).stdout;
    for what in ["SPF", "DKIM", "DMARC", "MX"] {
        assert!(said.contains(&format!("  ok    {what}: ")), "{what} in {said}");
    }
    let other =
        scene.reveille(&["dkim", "new", "--domain", DOMAIN, "--output", "other.pem"]).expect(0).stdout;
    let other = other.lines().find_map(|line| line.trim().strip_prefix("value: ")).expect("a record");
    let (dkim, record) = about("DKIM", &check(&scene, &published(other)).expect(0).stdout);
    assert!(dkim.starts_with("WARN") && dkim.contains("not that of key_file"), "{dkim}");
    assert_eq!(record, format!("reveille._domainkey.news.example.com TXT {key}"));
}

#[test]
fn what_could_not_be_looked_up_is_not_called_missing() {
    let dns = Dns::start().broken(DOMAIN).broken("_dmarc.example.com").broken("test.example").host(DOMAIN);
    let said = check(&scene(), &dns).expect(0).stdout;
    for what in ["SPF", "DMARC", "MX", "PTR"] {
        assert!(about(what, &said).0.starts_with("--"), "{what} in {said}");
    }
    assert_eq!(
        said.matches("could not be looked up: the DNS server could not find out").count(),
        4,
        "{said}"
    );
    assert!(!said.contains("WARN"), "{said}");
}

#[test]
fn a_dns_server_that_never_answers_costs_a_check_nothing_but_the_answers() {
    let deaf = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = deaf.local_addr().expect("its address").to_string();
    let scene = scene();
    scene.configure();
    let said = scene.reveille(&["check", "-c", "feeds.toml", "--dns", &address]).expect(0).stdout;
    assert!(said.contains("  ok    Gazette: 1 entry") && said.contains("could not be looked up"), "{said}");
    assert!(!said.contains("WARN"), "{said}");
}

#[test]
fn a_check_as_json_holds_the_findings_with_their_records() {
    let scene = scene();
    scene.configure();
    let dns = Dns::start().text(DOMAIN, "v=spf1 a -all").host(DOMAIN);
    let said =
        scene.reveille(&["check", "-c", "feeds.toml", "--json", "--dns", &dns.address()]).expect(0).stdout;
    let checked: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let findings = checked["sender"].as_array().expect("findings");
    let verdicts: Vec<String> =
        findings.iter().map(|one| format!("{} {}", one["about"], one["verdict"])).collect();
    assert_eq!(verdicts.join(", ").replace('"', ""), "SPF good, DKIM unknown, DMARC bad, MX good, PTR bad");
    assert_eq!(checked["sender"][2]["record"]["name"], "_dmarc.news.example.com");
}

#[test]
fn an_offline_check_asks_nobody() {
    let scene = scene().feed("Herald", "http://127.0.0.1:1/never.xml");
    scene.configure();
    let said = scene.reveille(&["check", "-c", "feeds.toml", "--offline"]).expect(0).stdout;
    assert!(said.contains("sound; 2 feeds, 1 reader") && !said.contains("FAIL"), "{said}");
    assert_eq!((scene.mail.connections(), scene.web.asked().len()), (0, 0));
    scene.reveille(&["check", "--offline", "--dns", "192.0.2.53"]).expect(2);
    scene.reveille(&["check", "--dns", "ns.example.com"]).expect(2);
}

#[test]
fn an_editor_who_is_no_reader_is_pointed_out() {
    let says = |editor: &str| {
        let scene = scene().newsletter(&format!("title = \"Post\"\neditor = \"{editor}@example.net\"\n"));
        scene.configure();
        scene.reveille(&["check", "-c", "feeds.toml", "--offline"]).expect(0).stdout
    };
    assert!(!says("Ann").contains("WARN"));
    assert!(says("anne").contains(
        "WARN  [newsletter] editor is told nothing: anne@example.net is none of the 1 readers: \
        did you mean ann@example.net?"
    ));
}

#[test]
fn of_a_server_on_this_machine_name_and_address_are_to_lead_to_each_other() {
    let scene = scene();
    for (dns, mark, expected) in [
        (Dns::start(), "WARN", "calls itself test.example, which has no address"),
        (
            Dns::start().host("test.example"),
            "WARN",
            "192.0.2.1, the address of test.example, leads back to no name",
        ),
        (
            Dns::start().host("test.example").back("host-1.provider.example."),
            "WARN",
            "set its PTR record to test.example",
        ),
        (Dns::start().host("test.example").back("test.example."), "ok", "lead to each other"),
        (
            Dns::start()
                .host("test.example")
                .host("host-1.provider.example")
                .back("host-1.provider.example."),
            "ok",
            "lead to",
        ),
    ] {
        let said = check(&scene, &dns).expect(0).stdout;
        let (found, _) = about("PTR", &said);
        assert!(found.starts_with(mark) && found.contains(expected), "{found}");
    }
    // Another machine's name is not ours to judge.
    let elsewhere = scene.server("smtp://mail.example.com:1?tls=required");
    let said = check(&elsewhere, &Dns::start()).stdout;
    assert!(!said.contains("PTR"), "{said}");
}

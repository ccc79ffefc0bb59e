//! Who is asked and who is not: private addresses, by whom they are named, and proxies of the environment.

use std::{sync::Arc, time::Duration};

use super::{
    server::{Line, Server},
    trial::{Town, feed_of, story},
};

/// A server with a page, whose robots.txt allows everything.
fn inner() -> Server {
    let page =
        format!("<html><body><article><h1>Inner</h1>{}</article></body></html>", story(77).1.repeat(9));
    Server::start(
        Duration::ZERO,
        Arc::new(move |line: &mut Line| match line.path.as_str() {
            "/robots.txt" => line.answer("404 None", "", b""),
            "/moved" => {
                let to = format!("Location: {}/page\r\n", line.site);
                line.answer("302 Found", &to, b"")
            }
            _ => line.answer("200 OK", "Content-Type: text/html\r\n", page.as_bytes()),
        }),
    )
}

/// A town that may not ask this machine, with nobody in it.
fn outer_town() -> Town {
    Town::alone("pages = \"always\"\nhost_delay = \"0s\"\n")
}

/// A feed in a file, as a public one would be, that links to `link`.
fn link_from(town: &mut Town, outlet: &str, keys: &str, number: usize, link: &str) {
    let (title, text) = story(number);
    let file = town.file(&format!("{number}.xml"), &feed_of(&title, &text, link));
    town.outlet(outlet, keys, &file);
}

#[test]
fn a_feed_that_may_ask_private_addresses_opens_them_for_its_own_articles_and_for_nobody_else() {
    let (mut town, own, others) = (outer_town(), inner(), inner());
    link_from(&mut town, "Trusted", "allow_private = true\n", 1, &own.url("/moved"));
    link_from(&mut town, "Public", "", 2, &others.url("/page"));
    link_from(&mut town, "Sly", "", 3, &own.url("/other"));
    let feed = town.serve("application/rss+xml", feed_of("Inner feed", "Words.", ""));
    town.outlet("Intranet", "allow_private = true\n", &feed);
    let refused = town.serve("application/rss+xml", feed_of("Refused feed", "Words.", ""));
    town.outlet("Stranger", "", &refused);
    let seen = town.preview();
    assert_eq!(seen.measured.status, 0, "{}", seen.measured.stderr);
    assert_eq!(
        (own.asked(), others.asked()),
        (vec!["/robots.txt".to_owned(), "/moved".to_owned(), "/page".to_owned()], vec![])
    );
    assert_eq!(seen.report["pages"]["fetched"], 1, "{}", seen.report);
    assert_eq!(seen.report["briefs"], 4, "no story is lost: {}", seen.report);
    assert_eq!(seen.said_of("Intranet"), None);
    let said = seen.said_of("Stranger").expect("an error");
    assert!(said.contains("a private address; set allow_private if it is yours"), "{said}");
}

#[test]
fn proxies_in_the_environment_are_not_asked() {
    let (mut town, proxy) = (Town::new("host_delay = \"0s\"\n", Duration::ZERO), inner());
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"] {
        town.environment(name, &proxy.url("/"));
    }
    let seen = town.preview();
    assert_eq!((seen.trouble(), proxy.asked()), (None, vec![]));
}

//! Pages asked for under all kinds of robots.txt.

use super::*;
use crate::fetch::{
    Options,
    tests::{Server, options, response},
};

/// Which of `paths` a fetcher asked the server for.
async fn asked(fetcher: &Fetcher, server: &Server, paths: &[&str]) -> Vec<String> {
    for path in paths {
        let (url, validators) = (server.url(path), Validators::default());
        let request = Request { url: &url, kind: Kind::Page, validators: &validators, allow_private: false };
        let answer = fetcher.get(request).await;
        assert_eq!(
            answer.is_ok(),
            answer.as_ref().err().is_none_or(|error| !error.was_not_asked()),
            "{answer:?}"
        );
    }
    server.paths()
}

fn fetcher() -> Fetcher {
    Fetcher::new(&options()).expect("a client")
}

/// A server whose robots.txt is answered so; all its pages are there.
async fn site(status: &'static str, body: &'static str) -> Server {
    Server::saying(move |head| match head.split(' ').nth(1) {
        Some("/robots.txt") => response(status, "", body.as_bytes()),
        Some("/away") => response("302 Found", "location: /private/a\r\n", b""),
        _ => response("200 OK", "", b"a page"),
    })
    .await
}

#[tokio::test]
async fn a_page_is_asked_for_where_robots_txt_allows_it() {
    let rules =
        "User-agent: *\nDisallow: /\n\nUser-agent: Reveille\nDisallow: /private\nAllow: /private/open\n";
    let server = site("200 OK", rules).await;
    let paths = ["/a", "/private/a", "/private/open/a", "/b?private", "/away"];
    let seen = asked(&fetcher(), &server, &paths).await;
    assert_eq!(seen, ["/robots.txt", "/a", "/private/open/a", "/b?private", "/away"]);
}

#[tokio::test]
async fn a_site_without_a_robots_txt_allows_everything_and_one_that_cannot_say_nothing() {
    for (status, allowed) in [("404 No", true), ("403 No", true), ("500 Oh", false), ("429 Slow", false)] {
        let server = site(status, "User-agent: *\nDisallow: /").await;
        let fetcher = fetcher();
        let seen = asked(&fetcher, &server, &["/a", "/b"]).await;
        let found: Vec<Option<String>> = fetcher.robots_found().into_iter().map(|found| found.text).collect();
        assert_eq!(found, [allowed.then(String::new)], "{status}: what the next run is told");
        assert_eq!(seen.contains(&"/a".to_owned()), allowed, "{status}: {seen:?}");
        let for_robots = seen.iter().filter(|path| *path == "/robots.txt").count();
        assert_eq!(for_robots, 1, "{status}");
    }
}

#[tokio::test]
async fn of_a_long_robots_txt_the_beginning_counts() {
    let long: &'static str = Box::leak(
        format!("User-agent: *\nDisallow: /x\n#{}\nDisallow: /y\n", "-".repeat(600 << 10)).into_boxed_str(),
    );
    let seen = asked(&fetcher(), &site("200 OK", long).await, &["/x", "/y"]).await;
    assert_eq!(seen, ["/robots.txt", "/y"]);
}

#[tokio::test]
async fn what_an_earlier_run_found_is_not_asked_for_again_while_it_is_fresh() {
    let server = site("500 Oh", "").await;
    let name = origin(&Url::parse(&server.url("/")).expect("an address"));
    let rules = Some("User-agent: *\nDisallow: /x".to_owned());
    let fresh = fetcher();
    fresh.recall_robots(&name, rules.clone(), true);
    assert_eq!(asked(&fresh, &server, &["/x", "/y"]).await, ["/y"]);
    assert!(fresh.robots_found().is_empty());
    let stale = fetcher();
    stale.recall_robots(&name, rules, false);
    assert_eq!(
        asked(&stale, &server, &["/x", "/z"]).await,
        ["/y", "/robots.txt", "/z"],
        "it counts all the same"
    );
    assert_eq!(stale.robots_found(), [Found { site: name, text: None }]);
    assert!(stale.robots_found().is_empty(), "told once");
}

#[tokio::test]
async fn a_crawl_delay_is_the_hosts_pause() {
    let server = site("200 OK", "User-agent: *\nCrawl-delay: 0.2").await;
    let started = std::time::Instant::now();
    asked(&fetcher(), &server, &["/a", "/b"]).await;
    assert!(started.elapsed() >= Duration::from_millis(400), "{:?}", started.elapsed());
}

#[test]
fn no_more_than_ten_seconds_between_two_requests_are_granted() {
    let robots = Robots::new("reveille/1.0");
    let granted = |seconds: &str| {
        let rules = robots.rules(&format!("User-agent: reveille\nCrawl-delay: {seconds}\n"));
        pause(&rules).map(|pause| pause.as_millis())
    };
    assert_eq!((granted("0.2"), granted("9"), granted("10")), (Some(200), Some(9_000), Some(10_000)));
    assert_eq!((granted("11"), granted("86400"), granted("soon")), (Some(10_000), Some(10_000), None));
}

#[tokio::test]
async fn half_a_robots_txt_allows_nothing_and_redirects_without_end_are_none() {
    let broken = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/robots.txt") => {
            let mut answer = response("200 OK", "", b"User-agent: *\nAllow: /\nDisallow: /private\n");
            answer.truncate(answer.len() - 9);
            answer
        }
        _ => response("200 OK", "", b"a page"),
    })
    .await;
    assert!(!asked(&fetcher(), &broken, &["/a"]).await.contains(&"/a".to_owned()));
    let endless = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/a") => response("200 OK", "", b"a page"),
        _ => response("302 Found", "location: /robots.txt\r\n", b""),
    })
    .await;
    assert!(asked(&fetcher(), &endless, &["/a"]).await.contains(&"/a".to_owned()));
}

#[test]
fn the_token_is_how_the_user_agent_begins() {
    for (agent, token) in [
        (Options::default().user_agent.as_str(), "reveille"),
        ("Example-News/2.0 (x)", "Example-News"),
        ("", ""),
    ] {
        assert_eq!(Robots::new(agent).token, token);
    }
}

#[tokio::test]
async fn a_group_for_a_version_of_this_program_is_for_this_program() {
    let rules = "User-agent: *\nDisallow: /\n\nuser-agent : reveille/1.0 (news digest)\r\nUser-agent:other/2\nDisallow: /private\n";
    let seen = asked(&fetcher(), &site("200 OK", rules).await, &["/a", "/private/a"]).await;
    assert_eq!(seen, ["/robots.txt", "/a"]);
}

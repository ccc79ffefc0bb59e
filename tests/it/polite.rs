//! What servers see of the program over some days: every rule of politeness held against what was asked of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    time::Duration,
};

use serde_json::Value;

use crate::scene::{
    Scene,
    dns::Dns,
    http::{Answer, Asked},
};

const DELAY: Duration = Duration::from_millis(40);
const DATE: &str = "Sun, 22 Nov 2026 06:00:00 GMT";
const MODIFIED: &str = "Sun, 22 Nov 2026 05:00:07 GMT";

/// Feeds by the host that serves them, each with how it answers.
const OUTLETS: [&str; 14] = [
    "fresh", "plain", "ttl", "expires", "nocache", "forever", "busy", "later", "moved", "gone", "dead",
    "liar", "pages", "broken",
];

/// What each outlet's one entry is about.
const NEWS: [&str; 16] = [
    "fresh: Bakers of Tolm raise the price of rye loaves",
    "plain: Glider pilot crosses Hessar mountains in silence",
    "ttl: Parliament at Ormund votes to drain the northern marsh",
    "expires: Museum in Caldry finds forged Flemish drawings",
    "nocache: Volcano on Pellow island wakes after ninety years",
    "forever: Striking dockers return to Saint Anselm harbour",
    "busy: Chess prodigy aged nine beats three masters",
    "later: Locusts strip vineyards near Brannick",
    "moved: Railway tunnel under Quern strait opens to freight",
    "gone: Poet laureate resigns over a sonnet",
    "dead: Hospital ship leaves for the southern coast",
    "liar: Bank of Ersk lowers its interest rate",
    "pages: Engineers repair cracked dam above Lothmere",
    "broken: Wolves seen again in Karst forest, rangers say",
    "twin: Football final postponed because of fog",
    "double: Astronomers name a comet after a schoolgirl",
];

/// A feed with one entry, that links to `page`.
fn rss(outlet: &str, head: &str, day: u32, page: &str) -> String {
    let news = NEWS.iter().find_map(|news| news.strip_prefix(&format!("{outlet}: "))).unwrap_or(outlet);
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{outlet}</title>{head}<item>\
         <title>{news}</title><guid>{outlet} {page}</guid><link>{page}</link>\
         <pubDate>{day} Nov 2026 05:00:00 GMT</pubDate><description>{news}.</description></item></channel></rss>"
    )
}

fn feed(outlet: &str) -> Answer {
    feed_with(outlet, "", 22, &format!("http://{outlet}.example/page"))
}

fn feed_with(outlet: &str, head: &str, day: u32, page: &str) -> Answer {
    Answer::ok("application/rss+xml", rss(outlet, head, day, page)).with("Set-Cookie", "id=7; Path=/")
}

fn address(outlet: &str) -> String {
    format!("http://{outlet}.example/feed.xml")
}

/// The outlets, whose pages are all missing, behind one server that stands in for all of them as a proxy does.
fn town() -> Scene {
    let scene = Scene::new();
    let web = &scene.web;
    let put = |outlet: &str, answer| web.put(&address(outlet), answer);
    let tagged = feed("fresh").tagged("W/\"Fresh \u{e4} 1\"").with("Last-Modified", MODIFIED);
    put("fresh", tagged.with("Cache-Control", "private, max-age=3900").with("Age", "300"));
    put("plain", feed("plain"));
    put("ttl", feed_with("ttl", "<ttl>120</ttl>", 22, "http://ttl.example/page"));
    put("expires", feed("expires").with("Date", DATE).with("Expires", "Sun, 22 Nov 2026 08:00:00 GMT"));
    put("nocache", feed("nocache").with("Cache-Control", "no-cache, max-age=90000"));
    put("forever", feed("forever").with("Cache-Control", "max-age=31536000"));
    put("busy", Answer::error(429).with("Retry-After", "7200"));
    put("later", Answer::error(503).with("Date", DATE).with("Retry-After", "Mon, 23 Nov 2026 05:00:00 GMT"));
    put("moved", Answer::redirect(301, "http://new.example/feed.xml"));
    web.put("http://new.example/feed.xml", feed("moved"));
    put("gone", Answer::error(410));
    put("dead", Answer::error(500));
    put("liar", Answer::redirect(304, "http://liar.example/"));
    put("pages", feed_with("pages", "", 22, "http://pages.example/open/1"));
    put("broken", feed("broken"));
    web.put("http://twin.example/1.xml", feed_with("twin", "", 22, "http://pages.example/private/1"));
    web.put("http://twin.example/2.xml", feed_with("double", "", 22, "http://busy.example/page"));
    let rules = "User-agent: *\nDisallow: /\n\nUser-agent: reveille\nDisallow: /private\n";
    web.put("http://pages.example/robots.txt", Answer::ok("text/plain", rules));
    web.put("http://broken.example/robots.txt", Answer::error(500));
    web.slow_down(Duration::from_millis(5));
    configure(&scene);
    scene
}

fn configure(scene: &Scene) {
    let mut config = format!(
        "[newsletter]\nmin_stories = 20\nhome = \"https://news.example/\"\n[store]\nurl = \"sqlite:state.db\"\n\
         [fetch]\nproxy = \"{}\"\nhost_delay = \"{}ms\"\npages = \"always\"\nconcurrency = 3\n\
         [mail]\nfrom = \"Post <post@news.example.com>\"\nsmtp = \"{}\"\n[[recipients]]\nemail = \"ann@example.net\"\n",
        scene.web.url("/"),
        DELAY.as_millis(),
        scene.mail.url()
    );
    let twins = ["http://twin.example/1.xml", "http://twin.example/2.xml"].map(str::to_owned);
    for url in OUTLETS.map(address).iter().chain(&twins) {
        write!(config, "[[feeds]]\nurl = \"{url}\"\n").expect("a string takes it all");
    }
    scene.write("feeds.toml", config);
}

/// One run and what was asked during it.
struct Morning {
    stderr: String,
    report: Value,
    asked: Vec<Asked>,
}

fn run(scene: &Scene, at: &str, flags: &[&str]) -> Morning {
    let ended =
        scene.reveille(&[&["run", "-c", "feeds.toml", "--json", "--at", at], flags].concat()).expect(0);
    let report = serde_json::from_str(&ended.stdout).expect("one JSON object");
    Morning { stderr: ended.stderr, report, asked: scene.web.asked_since() }
}

impl Morning {
    /// How often an address was asked for.
    fn times(&self, address: &str) -> usize {
        self.asked.iter().filter(|asked| asked.path == address).count()
    }

    /// Which of these outlets' feeds were asked.
    fn feeds<'a>(&self, outlets: &[&'a str]) -> Vec<&'a str> {
        outlets.iter().copied().filter(|outlet| self.times(&address(outlet)) > 0).collect()
    }

    fn header(&self, outlet: &str, name: &str) -> Option<&str> {
        let asked = self.asked.iter().find(|asked| asked.path == address(outlet))?;
        asked.headers.get(name).map(String::as_str)
    }

    fn says(&self, words: &[&str]) -> bool {
        self.stderr.lines().any(|line| words.iter().all(|word| line.contains(word)))
    }
}

fn host(asked: &Asked) -> &str {
    asked.path.trim_start_matches("http://").split('/').next().unwrap_or_default()
}

/// Whether no two requests to one host came closer to each other than the pause between them.
fn is_spaced(asked: &[Asked]) -> bool {
    let mut by_host: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for one in asked {
        by_host.entry(host(one)).or_default().extend(one.during);
    }
    by_host.values_mut().all(|spans| {
        spans.sort();
        // The server is done before the client knows, and asked after the client began: no tolerance is needed.
        spans.windows(2).all(|pair| pair[1].0 >= pair[0].1 + DELAY)
    })
}

/// The most requests under way at one moment.
fn most_at_once(asked: &[Asked]) -> usize {
    let spans: Vec<_> = asked.iter().filter_map(|one| one.during).collect();
    spans
        .iter()
        .map(|(from, _)| spans.iter().filter(|(f, to)| f <= from && from < to).count())
        .max()
        .unwrap_or(0)
}

/// Rules and whether they were kept.
#[derive(Default)]
struct Score(Vec<(&'static str, String, bool)>);

impl Score {
    fn rule<T: PartialEq + std::fmt::Debug>(&mut self, rule: &'static str, seen: T, wanted: T) {
        let kept = seen == wanted;
        self.0.push((
            rule,
            if kept { format!("{seen:?}") } else { format!("{seen:?}, not {wanted:?}") },
            kept,
        ));
    }

    fn print(&self) -> String {
        let kept = self.0.iter().filter(|(_, _, kept)| *kept).count();
        let rows = self
            .0
            .iter()
            .map(|(rule, seen, kept)| format!("{} {rule}: {seen}\n", if *kept { "ok  " } else { "FAIL" }));
        format!("{}etiquette: {kept} of {} rules kept\n", rows.collect::<String>(), self.0.len())
    }
}

#[test]
fn servers_see_a_polite_program_for_eleven_days() {
    let scene = town();
    let mut score = Score::default();
    let timed =
        ["fresh", "plain", "ttl", "expires", "nocache", "forever", "busy", "later", "gone", "dead", "liar"];
    let none: Vec<&str> = Vec::new();

    // Slower than the pause is long: were only the beginnings spaced, the requests to one host would overlap.
    scene.web.slow_down(2 * DELAY);
    let first = run(&scene, "2026-11-22T06:00:00Z", &[]);
    scene.web.slow_down(Duration::from_millis(5));
    let hosts: BTreeSet<&str> = first.asked.iter().map(host).collect();
    score.rule("all outlets are asked at first", first.feeds(&OUTLETS).len(), OUTLETS.len());
    score.rule("nobody is sent a cookie or told where from", unwanted(&first), 0);
    let agent = format!("reveille/{} (+https://news.example/)", env!("CARGO_PKG_VERSION"));
    let agents: BTreeSet<_> =
        first.asked.iter().filter_map(|asked| asked.headers.get("user-agent").cloned()).collect();
    score.rule("the User-Agent names version and contact", agents, BTreeSet::from([agent]));
    let accept = first.header("fresh", "accept").unwrap_or_default();
    score.rule(
        "Accept names feeds",
        ["application/rss+xml", "application/atom+xml"].map(|kind| accept.contains(kind)),
        [true; 2],
    );
    score.rule(
        "answers may come compressed",
        first.header("fresh", "accept-encoding").is_some_and(|e| e.contains("gzip")),
        true,
    );
    score.rule(
        "nobody is asked conditionally at first",
        first.asked.iter().any(|a| a.headers.contains_key("if-none-match")),
        false,
    );
    score.rule("one request at a time a host, spaced", is_spaced(&first.asked), true);
    score.rule("no more at once than configured", (1..=3).contains(&most_at_once(&first.asked)), true);
    score.rule(
        "robots.txt is asked for once a host that has pages",
        first.times("http://pages.example/robots.txt"),
        1,
    );
    score.rule("robots.txt is not asked about feeds", first.times("http://twin.example/robots.txt"), 0);
    score.rule("an allowed page is asked for", first.times("http://pages.example/open/1"), 1);
    score.rule("a page that robots.txt forbids is not", first.times("http://pages.example/private/1"), 0);
    score.rule("nor one whose robots.txt cannot be read", first.times("http://broken.example/page"), 0);
    score.rule(
        "nor one of a host that said 429",
        hosts.contains("busy.example") && first.times("http://busy.example/page") == 0,
        true,
    );
    score.rule("the report counts them", first.report["pages"]["disallowed"].as_u64(), Some(3));
    score.rule(
        "not modified without having asked is an error",
        first.report["feeds"]["errors"].to_string().contains("liar.example"),
        true,
    );
    score.rule(
        "not a word of a first failure",
        (first.says(&["dead"]), first.says(&["busy"])),
        (false, false),
    );
    score.rule("410 of one morning ends no feed", first.says(&["gone.example"]), false);

    let soon = run(&scene, "2026-11-22T06:10:00Z", &[]);
    score.rule("ten minutes later nobody is asked for a feed", soon.feeds(&OUTLETS), none.clone());
    score.rule(
        "which the report says",
        (soon.report["feeds"]["not_due"].as_u64(), soon.report["feeds"]["failed"].as_u64()),
        (Some(16), Some(0)),
    );
    score.rule("what was kept serves", soon.report["articles"].clone(), first.report["articles"].clone());

    scene.web.put(&address("pages"), feed_with("pages", "", 22, "http://pages.example/open/2"));
    let later = run(&scene, "2026-11-22T06:20:00Z", &[]);
    score.rule(
        "after 15 minutes those that said nothing",
        later.feeds(&timed),
        vec!["plain", "nocache", "gone", "dead", "liar"],
    );
    score.rule(
        "robots.txt is believed for a day",
        (later.times("http://pages.example/robots.txt"), later.times("http://broken.example/robots.txt")),
        (0, 1),
    );

    scene.web.put(&address("busy"), feed("busy"));
    let hour = run(&scene, "2026-11-22T07:05:00Z", &[]);
    score.rule("max-age less Age", (soon.times(&address("fresh")), hour.times(&address("fresh"))), (0, 1));
    score.rule(
        "the exact ETag goes back",
        hour.header("fresh", "if-none-match").map(str::to_owned),
        Some("W/\"Fresh \u{e4} 1\"".to_owned()),
    );
    score.rule(
        "the exact Last-Modified goes back",
        hour.header("fresh", "if-modified-since").map(str::to_owned),
        Some(MODIFIED.to_owned()),
    );
    score.rule("unchanged is counted", hour.report["feeds"]["unchanged"].as_u64(), Some(1));
    score.rule(
        "Retry-After in seconds, ttl and Expires are obeyed",
        hour.feeds(&["busy", "ttl", "expires", "later"]),
        none.clone(),
    );

    let haste = run(&scene, "2026-11-22T07:10:00Z", &["--now"]);
    let in_haste = ["fresh", "plain", "ttl", "expires", "nocache", "forever", "gone", "dead", "liar"];
    score.rule(
        "--now asks the others, never who wants to be left alone",
        haste.feeds(&timed),
        in_haste.to_vec(),
    );

    let after = run(&scene, "2026-11-22T09:15:00Z", &[]);
    score.rule(
        "after two hours ttl, Expires and Retry-After are over",
        after.feeds(&["ttl", "expires", "busy", "later", "forever"]),
        vec!["ttl", "expires", "busy"],
    );

    scene.web.put(&address("later"), feed("later"));
    scene.web.put(&address("pages"), feed_with("pages", "", 23, "http://pages.example/open/3"));
    let second = run(&scene, "2026-11-23T06:00:00Z", &[]);
    score.rule(
        "a daily run skips nobody, whatever max-age",
        second.feeds(&["forever", "fresh", "later"]),
        vec!["forever", "fresh", "later"],
    );
    score.rule("nor who said once that it is gone", second.feeds(&["gone"]), vec!["gone"]);
    score.rule(
        "after a day robots.txt is asked for again",
        second.times("http://pages.example/robots.txt"),
        1,
    );
    score.rule(
        "after a day of failures the editor is told",
        second.says(&["dead.example", "500", "since 2026-11-22", "never read"]),
        true,
    );
    score.rule(
        "an address that moved is not believed at once",
        (second.times(&address("moved")), second.says(&["moved"])),
        (1, false),
    );

    let third = run(&scene, "2026-11-24T06:00:00Z", &[]);
    score.rule(
        "on the third day it is",
        third.says(&["has moved for good", "http://new.example/feed.xml", &address("moved")]),
        true,
    );
    score.rule("and who is gone since is told", third.says(&["gone.example", "gone for good"]), true);
    let fourth = run(&scene, "2026-11-25T06:00:00Z", &[]);
    score.rule(
        "and asked directly",
        (fourth.times(&address("moved")), fourth.times("http://new.example/feed.xml")),
        (0, 1),
    );
    score.rule(
        "who is gone is asked no more, and not told again",
        (fourth.feeds(&["gone"]), fourth.says(&["gone.example"])),
        (none.clone(), false),
    );
    score.rule("with the hint every time", fourth.says(&["has moved for good"]), true);
    let mornings = ["2026-11-30T06:00:00Z", "2026-12-01T06:00:00Z", "2026-12-02T06:00:00Z"]
        .map(|at| run(&scene, at, &[]));
    score.rule(
        "who is dead for a week is not asked every day",
        mornings.iter().map(|m| m.feeds(&["dead"]).len()).collect(),
        vec![1, 0, 1],
    );
    score.rule(
        "but named every day",
        mornings.iter().map(|m| m.says(&["dead.example"])).collect(),
        vec![true; 3],
    );

    let table = score.print();
    println!("{table}");
    assert!(score.0.iter().all(|(_, _, kept)| *kept), "{table}");
}

/// Requests that hold a cookie or say where they come from.
fn unwanted(morning: &Morning) -> usize {
    let bad = ["cookie", "referer", "from", "authorization"];
    morning.asked.iter().filter(|asked| bad.iter().any(|name| asked.headers.contains_key(*name))).count()
}

#[test]
fn a_second_preview_asks_nobody_and_says_so() {
    let scene = town();
    scene.reveille(&["preview", "-c", "feeds.toml", "-v"]).expect(0);
    assert!(!scene.web.asked_since().is_empty());
    let second = scene.reveille(&["preview", "-c", "feeds.toml", "-v"]).expect(0);
    let feeds = scene.web.asked_since().into_iter().filter(|asked| asked.path.ends_with(".xml")).count();
    assert_eq!(feeds, 0);
    assert!(second.stdout.contains("16 not due") && second.stdout.contains("--now"), "{}", second.stdout);
}

#[test]
fn with_nobody_in_order_every_reason_is_given_also_of_those_not_asked_again() {
    let scene = Scene::new();
    scene.web.put("/a.xml", Answer::error(500));
    scene.web.put("/b.xml", Answer::error(410));
    let (a, b) = (scene.web.url("/a.xml"), scene.web.url("/b.xml"));
    let scene = scene.feed("Gazette", &a).feed("Courier", &b).readers(&["ann"]);
    for (at, asked) in [("2026-11-22T06:00:00Z", 2), ("2026-11-22T06:01:00Z", 0)] {
        let ended = scene.run_at(at).expect(4);
        assert!(ended.stderr.contains("Gazette") && ended.stderr.contains("500"), "{}", ended.stderr);
        assert!(ended.stderr.contains("Courier") && ended.stderr.contains("410"), "{}", ended.stderr);
        assert_eq!(scene.web.asked_since().len(), asked);
    }
}

#[test]
fn a_morning_without_a_network_is_held_against_no_feed() {
    let scene = Scene::new()
        .feed("Gazette", "http://127.0.0.1:9/feed.xml")
        .feed("Courier", "http://127.0.0.2:9/feed.xml")
        .readers(&["ann"]);
    for _ in 0..4 {
        scene.run().expect(4);
    }
    let health = scene.reveille(&["feeds", "health", "-c", "feeds.toml", "--json"]);
    let feeds: Value = serde_json::from_str(&health.expect(0).stdout).expect("JSON");
    assert!(feeds.as_array().is_some_and(|feeds| feeds.iter().all(|feed| feed["state"] == "new")), "{feeds}");
}

#[test]
fn check_and_health_tell_what_the_runs_found() {
    let scene = town();
    // As a check has no other time than that of the machine, the runs are set before it.
    let now = reveille::inside::Clock::system().as_of();
    let at = [48, 24, 0].map(|hours| (now - jiff::SignedDuration::from_hours(hours)).to_string());
    for at in &at {
        run(&scene, at, &[]);
    }
    let health = scene.reveille(&["feeds", "health", "-c", "feeds.toml", "--at", &at[2]]).expect(0).stdout;
    assert!(scene.web.asked_since().is_empty());
    for [outlet, words] in [
        ["plain.example", "ok       2"],
        ["moved.example", "moved    2"],
        ["gone.example", "gone     never             3         never"],
        ["dead.example", "failing  never             3 "],
        ["busy.example", "held     never "],
    ] {
        let row = health.lines().find(|line| line.starts_with(outlet)).unwrap_or_default();
        assert!(row.contains(words), "{outlet}: {health}");
    }
    assert!(health.lines().all(|line| line.chars().count() <= 80), "{health}");
    assert!(health.contains("has moved for good: write http://new.example/feed.xml in"), "{health}");

    let dns = Dns::start();
    let check = scene.reveille(&["check", "-c", "feeds.toml", "--dns", &dns.address()]).expect(4).stdout;
    for words in [
        "WARN  moved.example has moved for good",
        "FAIL  gone.example: it is gone for good",
        "FAIL  busy.example: its host wants to be left alone until",
        "WARN  dead.example cannot be read: 3 failures",
    ] {
        assert!(check.contains(words), "{words} in {check}");
    }
    let asked = scene.web.asked_since();
    let unasked = ["gone", "busy", "later"].map(address);
    assert!(asked.iter().all(|asked| !unasked.contains(&asked.path)), "{asked:?}");
}

#[test]
fn the_editors_copy_ends_with_what_is_wrong_and_nobody_elses() {
    let scene = town();
    let config = scene.read("feeds.toml").replace("min_stories = 20", "editor = \"Ann@example.net\"");
    scene.write("feeds.toml", format!("{config}[[recipients]]\nemail = \"bob@example.net\"\n"));
    for (day, news) in [(22, "plain"), (23, "gone"), (24, "busy")] {
        scene.web.put(&address("plain"), feed_with(news, "", day, &format!("http://plain.example/{news}")));
        run(&scene, &format!("2026-11-{day}T06:00:00Z"), &[]);
    }
    let told: BTreeMap<String, bool> = scene
        .mail
        .taken()
        .into_iter()
        .map(|taken| {
            let message = String::from_utf8_lossy(&taken.data).replace("=\r\n", "");
            (taken.to.concat(), message.contains("dead.example cannot be read: 3 failures in a row"))
        })
        .collect();
    let wanted = [("ann@example.net", true), ("bob@example.net", false)];
    assert_eq!(told, wanted.map(|(who, told)| (who.to_owned(), told)).into());
}

#[test]
fn a_feed_that_recovers_is_read_on_the_first_run_after() {
    let scene = town();
    run(&scene, "2026-11-22T06:00:00Z", &[]);
    scene.web.put(&address("dead"), feed("dead"));
    let next = run(&scene, "2026-11-22T06:20:00Z", &[]);
    assert_eq!(next.times(&address("dead")), 1);
    let later = run(&scene, "2026-11-24T06:00:00Z", &[]);
    assert!(!later.says(&["dead"]), "{}", later.stderr);
}

#[test]
fn a_new_address_that_stops_answering_is_forgotten() {
    let scene = town();
    for day in ["22", "23", "24"] {
        run(&scene, &format!("2026-11-{day}T06:00:00Z"), &[]);
    }
    scene.web.put("http://new.example/feed.xml", Answer::error(410));
    scene.web.put(&address("moved"), feed("moved"));
    assert_eq!(run(&scene, "2026-11-25T06:00:00Z", &[]).times(&address("moved")), 0);
    let back = run(&scene, "2026-11-26T06:00:00Z", &[]);
    assert_eq!(back.times(&address("moved")), 1, "the address in feeds.toml answers again");
    assert!(!back.says(&["moved.example"]), "{}", back.stderr);
}

#[test]
fn a_feed_whose_address_was_changed_is_asked_without_its_old_validators() {
    let scene = town();
    run(&scene, "2026-11-22T06:00:00Z", &[]);
    let config = scene.read("feeds.toml");
    scene.write("feeds.toml", config.replace("fresh.example/feed.xml", "fresh.example/other.xml"));
    scene.web.put("http://fresh.example/other.xml", feed("fresh").tagged("W/\"Fresh \u{e4} 1\""));
    let renamed = run(&scene, "2026-11-23T06:00:00Z", &[]);
    assert_eq!(renamed.times("http://fresh.example/other.xml"), 1);
    assert!(renamed.asked.iter().all(|asked| !asked.headers.contains_key("if-none-match")));
}

#[test]
fn robots_txt_is_believed_for_a_day_also_where_a_page_redirects_to() {
    let scene = town();
    let asked = [("pages", "2026-11-22T06:00:00Z"), ("gone", "2026-11-22T06:20:00Z")].map(|(news, at)| {
        let page = format!("http://pages.example/open/{news}");
        scene.web.put(&page, Answer::redirect(302, &format!("http://archive.example/{news}")));
        scene.web.put(&address("pages"), feed_with(news, "", 22, &page));
        let morning = run(&scene, at, &[]);
        ["robots.txt", news].map(|path| morning.times(&format!("http://archive.example/{path}")))
    });
    assert_eq!(asked, [[1, 1], [0, 1]]);
}

/// A host that wants to be left alone for two hours once it is asked for one of these.
fn put_busy(scene: &Scene, host: &str, paths: &[&str]) {
    for path in paths {
        scene.web.put(&format!("http://{host}/{path}"), Answer::error(429).with("Retry-After", "7200"));
    }
}

#[test]
fn the_host_that_said_so_is_left_alone_and_not_the_one_that_redirected_there() {
    let scene = town();
    put_busy(&scene, "away.example", &["1.xml", "page"]);
    scene.web.put("http://twin.example/1.xml", Answer::redirect(302, "http://away.example/1.xml"));
    scene.web.put(&address("pages"), feed_with("pages", "", 22, "http://away.example/page"));
    let first = run(&scene, "2026-11-22T06:00:00Z", &[]);
    assert_eq!(first.times("http://away.example/1.xml"), 1);
    scene.web.put(&address("plain"), Answer::redirect(302, "http://away.example/2.xml"));
    let second = run(&scene, "2026-11-22T06:20:00Z", &[]);
    assert_eq!(second.times("http://twin.example/2.xml"), 1);
    assert_eq!(second.feeds(&["plain"]), ["plain"]);
    assert!(second.asked.iter().all(|asked| host(asked) != "away.example"), "{:?}", second.asked);
}

#[test]
fn a_host_that_said_so_of_a_page_is_left_alone_by_the_next_run_too() {
    let scene = town();
    put_busy(&scene, "slow.example", &["1"]);
    let asked = ["06:00", "06:20", "08:20"].map(|time| {
        scene.web.put(&address("plain"), feed_with("plain", "", 22, "http://slow.example/1"));
        let morning = run(&scene, &format!("2026-11-22T{time}:00Z"), &[]);
        morning.times("http://slow.example/1")
    });
    assert_eq!(asked, [1, 0, 1]);
}

#[test]
fn an_outlet_that_links_to_a_busy_page_of_another_does_not_keep_its_feed_out() {
    let scene = town();
    put_busy(&scene, "ttl.example", &["busy"]);
    scene.web.put("http://ttl.example/gone", Answer::error(410));
    scene.web.put(&address("plain"), feed_with("plain", "", 22, "http://ttl.example/busy"));
    scene.web.put("http://twin.example/1.xml", Answer::redirect(302, "http://ttl.example/busy"));
    scene.web.put("http://twin.example/2.xml", Answer::redirect(302, "http://ttl.example/gone"));
    let days = ["22", "23", "24", "25"].map(|day| {
        let morning = run(&scene, &format!("2026-11-{day}T06:00:00Z"), &[]);
        (morning.feeds(&["ttl"]).len(), morning.times("http://twin.example/2.xml"))
    });
    assert_eq!(days, [(1, 1); 4], "its own feed, and the one that others' 410 does not end");
}

#[test]
fn a_host_is_left_alone_by_its_own_clock_whatever_moment_a_preview_is_made_for() {
    let scene = town();
    put_busy(&scene, "away.example", &["feed.xml"]);
    scene.web.put(&address("plain"), Answer::redirect(302, "http://away.example/feed.xml"));
    let preview = |flags: &[&str]| {
        scene.reveille(&[&["preview", "-c", "feeds.toml", "--now"], flags].concat()).expect(0);
        let asked = scene.web.asked_since();
        let times = |wanted: &str| asked.iter().filter(|asked| host(asked) == wanted).count();
        [times("fresh.example") > 0, times("busy.example") > 0, times("away.example") > 0]
    };
    assert_eq!(preview(&["--at", "2020-01-01T06:00:00Z"]), [true, true, true]);
    for flags in [&["--at", "2020-01-01T06:00:00Z"][..], &["--at", "2099-01-01T06:00:00Z"], &[]] {
        assert_eq!(preview(flags), [true, false, false], "{flags:?}");
    }
    scene.web.put(&address("fresh"), Answer::redirect(302, "http://away.example/feed.xml"));
    let dns = Dns::start();
    let check = scene.reveille(&["check", "-c", "feeds.toml", "--dns", &dns.address()]).expect(4).stdout;
    assert!(check.contains("away.example wants to be left alone"), "{check}");
    assert!(
        scene.web.asked_since().iter().all(|asked| !["busy.example", "away.example"].contains(&host(asked)))
    );
}

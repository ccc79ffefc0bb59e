//! What a run forgets, and when, to the second: ages on either side of each limit of `docs/architecture.md`.

use crate::scene::{COMET, FERRY, MORNING, Scene, http::Answer, rss};

const NEXT_MORNING: &str = "2026-11-23T06:00:00Z";

/// Editions of the forty days before, composed at the same hour, each with what a run seals beside it.
const EARLIER: [&str; 5] = [
    "insert into delivery with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
     select date(edition, '-' || i || ' days'), turn, reader, body, state, attempts, outcome, code, enhanced, words,
         changed_at - i * 86400 from delivery, n",
    "insert into edition_body with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
     select date(edition, '-' || i || ' days'), body from edition_body, n",
    "insert into reasons with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
     select date(date, '-' || i || ' days'), composed_at - i * 86400, stories, body from reasons, n",
    "insert into told with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
     select entry, date(edition, '-' || i || ' days'), body from told, n",
    "insert into edition with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
     select date(date, '-' || i || ' days'), composed_at - i * 86400, sealed_at - i * 86400, stories, null from edition, n",
];

/// Of each other kind one from 30 days before the next run, and one a second older.
const OTHERS: [&str; 7] = [
    "insert into page values ('young', 1792821600, '{}'), ('old', 1792821599, '{}')",
    "insert into robots values ('young', 1792821600, '', null), ('old', 1792821599, '', null),
         ('unreadable', 1792821599, null, 1792821599)",
    "insert into closed_host values ('young', 0, 1, 1792821600), ('old', 0, 1, 1792821599)",
    "insert into wish values ('young', 0, 1792821600, ''), ('old', 0, 1792821599, ''), ('readers', 1, 1792821599, '')",
    "insert into bounces values ('young', 1, '2026-10-24', 1), ('old', 1, '2026-10-23', 1)",
    "insert into feed (url, checked_at) values ('young', 1792821600), ('old', 1792821599)",
    "insert into entry select 'young', 'other', 0, 1, 1792821600, null, 1, null, hash, null, body, text from entry union all
         select 'dated', 'other', 0, 1, 1, null, 1792821600, null, hash, null, body, text from entry union all
         select 'old', 'other', 0, 1, 1792821599, null, 1792821599, null, hash, null, body, text from entry",
];

/// A state with all that, and a run on the next morning.
fn aged(store: &str) -> Scene {
    let scene = Scene::new().outlet("Gazette", &[FERRY]).readers(&["ann"]);
    scene.configure();
    let url = "url = \"sqlite:state.db\"\n";
    scene.write("feeds.toml", scene.read("feeds.toml").replace(url, &format!("{url}{store}")));
    let run = |at: &str| scene.reveille(&["run", "-c", "feeds.toml", "--at", at, "--now"]).expect(0);
    run(MORNING);
    EARLIER.iter().chain(&OTHERS).for_each(|statement| scene.sql(statement));
    assert_eq!(scene.number("select count(*) from edition"), 41);
    let feed = rss("Gazette", &[COMET]).replace("Sun, 22 Nov", "Mon, 23 Nov");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
    run(NEXT_MORNING);
    scene
}

#[test]
fn what_is_no_longer_of_use_goes_after_thirty_days_and_not_before() {
    let scene = aged("");
    for table in ["page", "closed_host", "bounces", "feed", "entry", "robots", "wish"] {
        let key = match table {
            "page" | "feed" => "url",
            "closed_host" => "origin",
            "robots" => "site",
            "wish" => "email",
            "bounces" => "pseudonym",
            _ => "id",
        };
        let count = |name: &str| {
            let query = format!("select count(*) from {table} where {key} = '{name}'");
            scene.number(query.leak())
        };
        assert_eq!((count("young"), count("old")), (1, 0), "{table}");
    }
    assert_eq!(
        scene.number("select count(*) from robots where site = 'unreadable'"),
        1,
        "it matters since when"
    );
    assert_eq!(
        scene.number("select count(*) from wish where email = 'readers'"),
        1,
        "the operator has not decided"
    );
    assert_eq!(scene.number("select count(*) from entry where id = 'dated'"), 1);
    for (what, query) in [
        ("reasons", "select count(*) from reasons where date < '2026-10-24'"),
        ("told", "select count(*) from told where edition < '2026-10-24'"),
    ] {
        assert_eq!(scene.number(query), 0, "{what}");
    }
    assert_eq!(scene.number("select count(*) from reasons where date = '2026-10-24'"), 1);
    assert_eq!(scene.number("select count(*) from told where edition = '2026-10-24'"), 1);
    assert_eq!(scene.number("select count(*) from delivery"), 42, "kept for 60 days");
    assert_eq!(scene.number("select count(*) from edition_body"), 42, "kept for 400 days");
}

#[test]
fn deliveries_and_editions_are_kept_for_as_long_as_is_configured() {
    let oldest = |scene: &Scene| {
        let date = |query: &'static str| scene.number(query);
        [
            date("select cast(replace(min(edition), '-', '') as integer) from delivery"),
            date("select cast(replace(min(edition), '-', '') as integer) from edition_body"),
            date("select count(*) from edition"),
        ]
    };
    let scene = aged("keep_deliveries = \"20d\"\nkeep_editions = \"35d\"\n");
    assert_eq!(oldest(&scene), [20_261_103, 20_261_019, 42], "the numbers of every edition stay");
    let scene = aged("keep_deliveries = \"35d\"\nkeep_editions = \"20d\"\n");
    assert_eq!(oldest(&scene), [20_261_103, 20_261_103, 42], "nobody asks who was sent what is gone");
    let scene = aged("keep_deliveries = \"20d\"\nkeep_editions = \"20d\"\n");
    let scene = {
        scene.sql("update edition set composed_at = composed_at - 86400 * 300");
        scene.reveille(&["run", "-c", "feeds.toml", "--at", "2026-11-24T06:00:00Z", "--now"]).expect(0);
        scene
    };
    assert_eq!(oldest(&scene), [20_261_117, 20_261_117, 42], "the newest seven stay, however old");
}

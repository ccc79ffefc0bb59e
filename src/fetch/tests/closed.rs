//! Hosts that ask to be left alone, and who is to leave them alone.

use super::*;

#[tokio::test]
async fn a_host_that_asked_to_be_left_alone_is_asked_for_nothing_more() {
    for (status, headers) in [("503 Busy", "retry-after: 3600\r\n"), ("429 Slow", "")] {
        let server = Server::saying(move |_| response(status, headers, b"")).await;
        let fetcher = Fetcher::new(&options()).expect("a client");
        let none = Validators::default();
        for (path, kind) in [("/feed", Kind::Feed), ("/other", Kind::Feed), ("/page", Kind::Page)] {
            let url = server.url(path);
            let error = fetcher.get(asking(&url, kind, &none)).await.expect_err(path);
            assert_eq!(matches!(error, Error::LeftAlone { .. }), path != "/feed", "{error}");
            assert_eq!(error.was_not_asked(), path != "/feed");
        }
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_page_that_wants_to_be_left_alone_keeps_no_feed_of_its_host_out() {
    let server = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/busy") => response("429 Slow", "retry-after: 3600\r\n", b""),
        Some("/robots.txt") => response("404 No", "", b""),
        _ => response("200 OK", "", b"<rss/>"),
    })
    .await;
    let (fetcher, none) = (Fetcher::new(&options()).expect("a client"), Validators::default());
    let ask = async |path: &str, kind| fetcher.get(asking(&server.url(path), kind, &none)).await;
    assert!(matches!(ask("/busy", Kind::Page).await, Err(Error::Status { status: 429, .. })));
    assert!(
        matches!(ask("/page", Kind::Page).await, Err(Error::LeftAlone { .. })),
        "its pages are left alone"
    );
    assert!(ask("/feed", Kind::Feed).await.is_ok(), "who links there speaks for nobody");
}

#[test]
fn a_feed_that_goes_on_from_http_to_https_is_still_its_own_hosts() {
    let same = |one: &str, other: &str| {
        is_the_same(&Url::parse(one).expect("one"), &Url::parse(other).expect("other"))
    };
    assert!(same("http://quay.example/rss", "https://quay.example/feed"));
    for other in
        ["https://quay.example:8443/rss", "https://www.quay.example/rss", "https://rival.example/rss"]
    {
        assert!(!same("http://quay.example/rss", other), "{other}");
    }
}

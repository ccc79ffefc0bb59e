//! Private addresses, however they are come by: refused, but for whom they are allowed.

use super::*;

#[tokio::test]
async fn private_addresses_are_refused_at_every_step() {
    let server = Server::saying(|_| response("200 OK", "", b"secret")).await;
    let strict = Options { allow_private: false, ..options() };
    let none = Validators::default();
    let by_name = format!("http://localhost.:{}/", server.address.port());
    for url in [server.url("/"), by_name] {
        assert!(matches!(get_with(strict.clone(), &url, &none).await, Err(Error::Private { .. })), "{url}");
    }
    // The first step is let through as a proxy would: its address is public, the place it redirects to is not.
    let proxy =
        Server::saying(|_| response("302 Found", "location: http://169.254.169.254/latest\r\n", b"")).await;
    let proxied = Options { proxy: Some(Secret::new(proxy.url(""))), ..strict };
    let answer = get_with(proxied, "http://harbour.example/feed", &none).await;
    assert!(
        matches!(answer, Err(Error::Private { ref host, .. }) if host == "169.254.169.254"),
        "{answer:?}"
    );
    assert_eq!((server.seen().len(), proxy.seen().len()), (0, 1));
}

#[tokio::test]
async fn no_robots_txt_and_no_page_leads_to_a_private_address_but_for_whom_it_is_allowed() {
    let inner = Server::saying(|_| response("200 OK", "", b"secret")).await;
    let to = format!("location: {}\r\n", inner.url("/inner"));
    let proxy = Server::saying(move |head| match head.contains("get http://quay.example/robots.txt ") {
        true => response("404 None", "", b""),
        false => response("302 Found", &to, b""),
    })
    .await;
    let proxied = Options { allow_private: false, proxy: Some(Secret::new(proxy.url(""))), ..options() };
    let none = Validators::default();
    for url in ["http://quay.example/page", "http://harbour.example/page"] {
        let fetcher = Fetcher::new(&proxied).expect("a client");
        let answer = fetcher.get(asking(url, Kind::Page, &none)).await;
        assert!(matches!(answer, Err(Error::Private { .. })), "{url}: {answer:?}");
    }
    assert_eq!(inner.seen().len(), 0);
    let strict = Fetcher::new(&Options { proxy: None, ..proxied }).expect("a client");
    let url = inner.url("/inner");
    let allowed = Request { allow_private: true, ..asking(&url, Kind::Page, &none) };
    assert!(strict.get(allowed).await.is_ok());
    let refused = strict.get(asking(&url, Kind::Page, &none)).await;
    assert!(matches!(refused, Err(Error::Private { .. })), "what one may see, others may not: {refused:?}");
}

#[tokio::test]
async fn what_a_name_leads_to_is_checked_when_connecting() {
    let server = Server::saying(|_| response("200 OK", "", b"secret")).await;
    let fetcher = Fetcher::new(&Options { allow_private: false, ..options() }).expect("a client");
    let url = Url::parse(&format!("http://localhost:{}/", server.address.port())).expect("an address");
    // Past the check of the address as written, which a name of somebody's own would pass too.
    let error = fetcher.public.get(url.clone()).send().await.expect_err("no answer");
    assert!(matches!(Error::of_sending(&url, &error), Error::Private { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 0);
}

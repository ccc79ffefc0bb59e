//! Requests in, pages out: the page, the digest in its frame, news of changes. Answers only this machine,
//! under its own name, and only with the key; never lets anybody else in.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Extension, Router,
    extract::{RawQuery, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{
        Html, IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures_util::{Stream, stream};
use tokio::sync::watch;

use super::{Shown, key::Key, page, query::Query, scheme, sheet, visitors::Known};

/// What the page may load: its own style, script, frame and event stream.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src \
    'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the digest may load: its inline styles and the pictures of the outlets. Nothing in it runs.
const DIGEST_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action \
    'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// What is shown to a request without the key.
const STRANGER: &str = "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Preview</title>\n\
    <p>This preview opens only with its whole address: use the one that <code>reveille preview --serve</code> printed \
    when it began, with its <code>key</code>.</p></html>\n";

/// What is shown now, and its changes.
type Now = watch::Receiver<Arc<Shown>>;

/// All routes of this port.
pub fn router(port: u16, key: Key, now: Now) -> Router {
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], text) })
    };
    Router::new()
        .route("/{key}/", get(whole))
        .route("/{key}/digest", get(digest))
        .route("/{key}/changes", get(changes))
        .route("/{key}/style.css", file("text/css; charset=utf-8", STYLE))
        .route("/{key}/script.js", file("text/javascript; charset=utf-8", SCRIPT))
        .with_state(now)
        .layer(middleware::from_fn_with_state((port, key), guard))
}

/// Refuses requests under another name: otherwise a stranger's page whose name points here (DNS rebinding)
/// could read what is shown. And requests without the key: every user of this machine can reach the port.
async fn guard(
    State((port, key)): State<(u16, Key)>,
    Extension(known): Extension<Known>,
    request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| is_ours(host, port)) {
        let text = format!("This preview answers at http://127.0.0.1:{port}/ only.\n");
        return (StatusCode::MISDIRECTED_REQUEST, text).into_response();
    }
    let mut response = match key.opens(request.uri().path()) {
        true => {
            known.note();
            next.run(request).await
        }
        false => (StatusCode::FORBIDDEN, Html(STRANGER)).into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a `Host` is one of this machine's own names, at our port (RFC 9110 section 7.2).
fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        let rest = host
            .get(..name.len())
            .filter(|own| own.eq_ignore_ascii_case(name))
            .and_then(|_| host.get(name.len()..));
        rest.is_some_and(|rest| rest == format!(":{port}") || (rest.is_empty() && port == 80))
    })
}

async fn whole(State(now): State<Now>, RawQuery(query): RawQuery) -> Response {
    let shown = now.borrow().clone();
    let query = Query::parse(&query.unwrap_or_default());
    ([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], Html(page::page(&shown, &query))).into_response()
}

async fn digest(State(now): State<Now>, RawQuery(query): RawQuery) -> Response {
    let digest = now.borrow().digest.clone();
    let query = Query::parse(&query.unwrap_or_default());
    let Some(edition) = &digest.edition else {
        return (StatusCode::NOT_FOUND, "There would be no edition now.\n").into_response();
    };
    let reader = digest.config.reader(&query.reader).ok();
    let html = scheme::framed(&sheet::html(&digest, edition, reader), query.dark);
    ([(header::CONTENT_SECURITY_POLICY, DIGEST_POLICY)], Html(html)).into_response()
}

/// Tells the page which version is shown, now and whenever it changes (Server-Sent Events, WHATWG HTML section 9.2).
async fn changes(State(now): State<Now>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = stream::unfold((now, true), |(mut now, first)| async move {
        if !first {
            now.changed().await.ok()?;
        }
        let event = {
            let shown = now.borrow_and_update();
            let name = if shown.busy { "busy" } else { "shown" };
            Event::default().event(name).data(shown.version.to_string())
        };
        Some((Ok(event), (now, false)))
    });
    Sse::new(news).keep_alive(KeepAlive::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_at_our_port_are_ours() {
        for host in ["127.0.0.1:7480", "localhost:7480", "LocalHost:7480", "[::1]:7480"] {
            assert!(is_ours(host, 7480), "{host}");
        }
        for host in [
            "127.0.0.1",
            "localhost:7481",
            "evil.example:7480",
            "localhost.evil.example:7480",
            "[::1]",
            "",
            "ä",
        ] {
            assert!(!is_ours(host, 7480), "{host}");
        }
        assert!(is_ours("localhost", 80) && !is_ours("localhost:", 80));
    }
}

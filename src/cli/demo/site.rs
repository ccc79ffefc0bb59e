//! The bundled outlets on a loopback port: a proxy that answers for their hosts out of the program itself.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use include_dir::{Dir, include_dir};
use jiff::SignedDuration;
use url::Url;

use super::dates;

/// A folder per host; what lies below it is the path.
static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/demo/newsletter");

/// The newsletter's configuration.
pub const CONFIGURATION: &str = include_str!("newsletter/feeds.toml");

/// The key that signs its mail: no secret.
pub const KEY: &str = include_str!("newsletter/dkim.pem");

/// The served outlets, for as long as the value lives.
pub struct Site {
    /// The proxy that answers for their hosts.
    pub address: Url,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Serves the outlets on a free loopback port, with all dates so many days later than they were written.
pub async fn open(days: SignedDuration) -> anyhow::Result<Site> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = Url::parse(&format!("http://{}/", listener.local_addr()?))?;
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, Router::new().fallback(answer).with_state(days)).await {
            tracing::error!("the demo's outlets stopped answering: {error}");
        }
    });
    Ok(Site { address, server })
}

/// A request to a proxy names the whole address (RFC 9112 §3.2.2).
async fn answer(State(days): State<SignedDuration>, uri: Uri) -> Response {
    let path = format!("{}{}", uri.host().unwrap_or_default(), uri.path());
    match FILES.get_file(&path) {
        Some(file) => {
            ([(header::CONTENT_TYPE, kind(&path))], dates::moved(file.contents(), days).into_owned())
                .into_response()
        }
        None => (StatusCode::NOT_FOUND, "there is no such page").into_response(),
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("json") => "application/feed+json",
        Some("xml") => "application/xml",
        _ => "text/html; charset=utf-8",
    }
}

//! Addresses in, bytes out: feeds and pages over HTTP, or from files. Polite by construction (one request at
//! a time and a pause per host), bounded in time and size, and never led to private addresses. Never looks
//! into what it fetches.

mod address;
mod body;
mod coding;
mod deadline;
mod error;
mod host;
mod lifetime;
mod local;
mod login;
mod reply;
mod robots;
mod room;

use std::{sync::Arc, time::Duration};

use reqwest::{StatusCode, header, redirect};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep},
};
use url::Url;

use crate::{
    secret::{self, Secret},
    text::public::Network,
};
use deadline::Deadline;
use login::Login;

pub use error::Error;
pub use host::Door;
pub use reply::{Fetched, Reply, Terms, Validators};

/// Redirects followed from one address.
const MAX_REDIRECTS: usize = 5;

/// Headers of one answer; what they may take together is bounded too.
const MAX_HEADERS: usize = 1_000;

/// Pause before the one second try.
const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// The least time a second try must have.
const SHORTEST_TRY: Duration = Duration::from_secs(2);

/// How long to leave a host alone that does not say how long.
const UNSAID: Duration = Duration::from_secs(15 * 60);

/// How to fetch.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// For a whole request: redirects, a second try and the body, but not the wait for its turn.
    pub timeout: Duration,
    pub connect_timeout: Duration,
    /// Largest feed, in bytes after decompression.
    pub feed_bytes: u64,
    /// Largest page, in bytes after decompression.
    pub page_bytes: u64,
    /// Pause between the end of a request and the start of the next to the same host.
    pub host_delay: Duration,
    /// Requests under way at once, over all hosts.
    pub concurrency: usize,
    /// Says who is asking and where to complain.
    pub user_agent: String,
    /// Allows addresses reachable only from here. Leave it off unless the feeds are your own.
    pub allow_private: bool,
    /// Counts as private, besides what does everywhere.
    pub private_networks: Vec<Network>,
    /// Address of a proxy. It resolves the names, so hosts can only be checked as they are written.
    pub proxy: Option<Secret>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            timeout: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(10),
            feed_bytes: 16 << 20,
            page_bytes: 4 << 20,
            host_delay: Duration::from_secs(1),
            concurrency: 64,
            user_agent: concat!("reveille/", env!("CARGO_PKG_VERSION"), " (news digest)").to_owned(),
            allow_private: false,
            private_networks: Vec::new(),
            proxy: None,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For programs to read: robots.txt does not apply.
    Feed,
    /// For people to read: only where the site's robots.txt allows it.
    Page,
    Robots,
}

/// One request; never printed, its address may hold a log-in.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// An `http(s)` or `file` address, or the absolute path of a file. A log-in in it is told to its own origin alone.
    pub url: &'a str,
    pub kind: Kind,
    /// The validators of the last answer; empty for the first request.
    pub validators: &'a Validators,
    /// Allows private addresses for this one and its redirects, whatever the options say.
    pub allow_private: bool,
}

/// The fetcher: one for the whole program, or politeness is lost.
pub struct Fetcher {
    /// Connects to public addresses only.
    public: reqwest::Client,
    /// Connects to any; connections are never shared between the two.
    any: reqwest::Client,
    rooms: room::Rooms,
    hosts: host::Hosts,
    robots: robots::Robots,
    permits: Semaphore,
    /// Where [`Options::allow_private`] is not set.
    allowed: address::Public,
    options: Options,
}

impl Fetcher {
    /// # Errors
    /// When the options cannot be used: an invalid proxy or user agent.
    pub fn new(options: &Options) -> Result<Fetcher, Error> {
        Ok(Fetcher {
            public: client(options, false)?,
            any: client(options, true)?,
            rooms: room::Rooms::default(),
            hosts: host::Hosts::new(options.host_delay),
            robots: robots::Robots::new(&options.user_agent),
            permits: Semaphore::new(options.concurrency.max(1)),
            allowed: address::Public { but: options.private_networks.clone() },
            options: options.clone(),
        })
    }

    /// Fetches one address, and tries once more after a passing failure. Addresses in the result hold no
    /// secrets.
    ///
    /// # Errors
    /// When there is no complete, successful answer within the bounds.
    pub async fn get(&self, request: Request<'_>) -> Result<Reply, Error> {
        let answer = self.try_twice(request).await;
        answer.map(|reply| reply.reworded(secret::hidden)).map_err(|error| error.reworded(secret::hidden))
    }

    async fn try_twice(&self, request: Request<'_>) -> Result<Reply, Error> {
        if let Some(path) = local::path(request.url) {
            return local::read(&path, request.url, self.limit(request.kind)).await.map(Reply::Fetched);
        }
        let mut deadline = Deadline::new(match request.kind {
            Kind::Feed | Kind::Page => self.options.timeout,
            Kind::Robots => self.a_while(),
        });
        match self.follow(request, &mut deadline).await {
            Err(error) if error.worth_retrying() && deadline.spent() < self.a_while() => {
                let pause = error.retry_after().unwrap_or(RETRY_PAUSE);
                deadline.spend(pause);
                if deadline.left() < SHORTEST_TRY.min(self.a_while()) {
                    return Err(error);
                }
                sleep(pause).await;
                self.follow(request, &mut deadline).await
            }
            answer => answer,
        }
    }

    /// The longest a failure may take and still be tried again; and the longest wait for a robots.txt, which
    /// is short and holds up a page.
    fn a_while(&self) -> Duration {
        self.options.timeout / 3
    }

    fn limit(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Feed => self.options.feed_bytes,
            Kind::Page => self.options.page_bytes,
            Kind::Robots => robots::BYTES,
        }
    }

    /// Has a host left alone at this door for `wait`: it asked for that in an earlier run.
    pub fn leave_alone(&self, door: Door, wait: Duration) {
        self.hosts.leave_alone(door, wait);
    }

    /// The hosts that asked to be left alone since the last call, and for how much longer.
    pub fn hosts_closed(&self) -> Vec<(Door, Duration)> {
        self.hosts.closed()
    }

    /// Follows redirects to an answer, waiting its turn at each host on the way.
    async fn follow(&self, request: Request<'_>, deadline: &mut Deadline) -> Result<Reply, Error> {
        let mut url = address::web(request.url)?;
        let login = login::take(&mut url);
        let asked = url.clone();
        let feed = (request.kind == Kind::Feed).then(|| asked.origin().ascii_serialization());
        let mut moved_for_good = None;
        let mut only_for_good = true;
        for _ in 0..=MAX_REDIRECTS {
            if !self.allows_private(request) {
                self.allowed.check_literal(&url)?;
            }
            if request.kind == Kind::Page {
                let started = Instant::now();
                self.check_robots(&url, request.allow_private).await?;
                deadline.spend(started.elapsed().min(self.a_while()));
            }
            let host = url.host_str().unwrap_or_default();
            let sent_by_others =
                feed.is_none() || !(url.origin() == asked.origin() || is_the_same(&url, &asked));
            let door = host::Door::of(&url, sent_by_others);
            let turn = self.hosts.turn(host, &door, feed.as_deref()).await;
            let turn = turn.map_err(|closed| Error::of_closed(&url, host, closed))?;
            let permit = self.permits.acquire().await;
            let before = deadline.left();
            let step = self.ask(&url, login.as_ref(), request, deadline).await;
            let step = step.map_err(|error| if url == asked { error } else { error.after_redirect() });
            let failed = step.as_ref().map_or(true, Step::is_broken_off);
            self.hosts.took(host, feed.as_deref(), failed && before - deadline.left() >= self.a_while());
            if let Err(error) = &step
                && error.closes_host()
            {
                self.hosts.close(door, error.retry_after().unwrap_or(UNSAID));
            }
            drop((turn, permit));
            let redirect = match step? {
                Step::Answer(mut reply) => {
                    reply.terms_mut().moved_for_good = moved_for_good;
                    return Ok(reply);
                }
                Step::Redirect(redirect) => redirect,
            };
            only_for_good &= redirect.for_good;
            if only_for_good {
                moved_for_good = Some(redirect.to.to_string());
            }
            url = redirect.to;
        }
        Err(Error::Redirects { url: asked.into(), limit: MAX_REDIRECTS })
    }

    fn allows_private(&self, request: Request<'_>) -> bool {
        self.options.allow_private || request.allow_private
    }

    /// One exchange with one host.
    async fn ask(
        &self,
        url: &Url,
        login: Option<&Login>,
        request: Request<'_>,
        deadline: &mut Deadline,
    ) -> Result<Step, Error> {
        let accept = match request.kind {
            Kind::Feed => {
                "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, \
                 application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
            }
            Kind::Page => "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
            Kind::Robots => "text/plain, */*;q=0.1",
        };
        let validators = request.validators.headers(url, request.url);
        let conditional = !validators.is_empty();
        let login = login.map(|login| login.headers(url)).unwrap_or_default();
        let client = if self.allows_private(request) { &self.any } else { &self.public };
        let asked = client.get(url.clone()).header(header::ACCEPT, accept);
        let asked =
            asked.header(header::ACCEPT_ENCODING, coding::ACCEPTED).headers(validators).headers(login);
        let response = deadline.spent_on(url, asked.send()).await?.map_err(|e| Error::of_sending(url, &e))?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED && conditional {
            return Ok(Step::Answer(Reply::NotModified(Terms::of(&response))));
        }
        if let Some(redirect) = reply::redirect(url, &response)? {
            return Ok(Step::Redirect(redirect));
        }
        if !status.is_success() {
            return Err(Error::of_status(url, &response));
        }
        let limit = self.limit(request.kind);
        let fetched = reply::read(url, response, request.kind, limit, &self.rooms, deadline).await?;
        Ok(Step::Answer(Reply::Fetched(fetched)))
    }
}

/// A client that follows no redirects, sends no cookies and no referrer, and ignores proxies in the
/// environment. It takes headers as browsers do: folded, ill-formed or many.
fn client(options: &Options, allow_private: bool) -> Result<reqwest::Client, Error> {
    let setup = |e: reqwest::Error| Error::Setup { reason: error::chain(&e) };
    let mut builder = reqwest::Client::builder()
        .user_agent(&options.user_agent)
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(options.connect_timeout)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_max_headers(MAX_HEADERS)
        .pool_max_idle_per_host(1);
    builder = match &options.proxy {
        Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy.reveal()).map_err(setup)?),
        None if allow_private => builder.no_proxy(),
        None => {
            let but = options.private_networks.clone();
            builder.no_proxy().dns_resolver(Arc::new(address::Public { but }))
        }
    };
    builder.build().map_err(setup)
}

/// Whether two addresses are of one server that speaks http and https, each at its own port: it sends us from one to the other.
fn is_the_same(one: &Url, other: &Url) -> bool {
    one.host() == other.host() && one.port().is_none() && other.port().is_none()
}

/// What one exchange came to.
enum Step {
    Answer(Reply),
    Redirect(reply::Redirect),
}

impl Step {
    fn is_broken_off(&self) -> bool {
        matches!(self, Step::Answer(Reply::Fetched(Fetched { broken_off: Some(_), .. })))
    }
}

#[cfg(test)]
mod tests;

//! What a mail server's limits ask of the mailer: so many messages on a connection, so many in a second.

use std::time::Duration;

use reveille::inside::mailer::{Outcome, Pace, Post, smtp};

use crate::{
    mailer::{options, recipients, send},
    scene::smtp::Smtp,
};

#[tokio::test]
async fn a_connection_is_renewed_after_its_share_of_messages() {
    let server = Smtp::start();
    let post = Post::Smtp(smtp::Options { per_connection: 2, ..options(&server) });
    let mut connection = post.connect().await.expect("a connection");
    for to in ["ann@example.net", "bob@example.net", "cid@example.net"] {
        assert!(matches!(send(&mut connection, to).await, Outcome::Sent));
    }
    let connections: Vec<usize> = server.taken().iter().map(|taken| taken.connection).collect();
    assert_eq!(connections, [1, 1, 2]);
}

#[tokio::test]
async fn a_limit_holds_over_all_connections() {
    let server = Smtp::start();
    let post = Post::Smtp(smtp::Options { pace: Pace::new(Some(25.0)), ..options(&server) });
    let started = std::time::Instant::now();
    let (mut one, mut other) = (post.connect().await.expect("one"), post.connect().await.expect("another"));
    for to in ["ann@example.net", "bob@example.net"] {
        tokio::join!(send(&mut one, to), send(&mut other, to));
    }
    let passed = started.elapsed();
    assert_eq!(recipients(&server).len(), 4);
    assert!(passed >= Duration::from_millis(3 * 1000 / 25), "four messages began within {passed:?}");
}

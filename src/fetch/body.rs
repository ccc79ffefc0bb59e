//! A response in, its body out: unpacked, counted as it grows, and kept as far as it came when it breaks off. Never reads
//! more than the limit.

use std::{
    io,
    sync::{Arc, OnceLock},
};

use futures_util::stream;
use reqwest::Response;
use tokio::io::AsyncBufReadExt as _;
use tokio_util::io::StreamReader;
use url::Url;

use super::{
    coding::{self, Bytes},
    deadline::Deadline,
    error::{self, Error},
    room::{Room, Rooms},
};

/// A body.
#[derive(Debug, Default)]
pub struct Body {
    pub bytes: Vec<u8>,
    /// Why there may be more than `bytes`: the answer did not end as it should. A server that counts wrong, or forgets
    /// the last chunk, has sent all there is.
    pub broken_off: Option<Box<Error>>,
    /// There was more than is read.
    pub is_over: bool,
    pub room: Room,
}

/// Reads a body up to `limit` bytes. The wait for room to hold it does not count against the server.
///
/// # Errors
/// When nothing of it comes, or in no way that can be read.
pub async fn read(
    url: &Url,
    response: Response,
    limit: u64,
    rooms: &Rooms,
    deadline: &mut Deadline,
) -> Result<Body, Error> {
    let (headers, cut) = (response.headers().clone(), Cut::default());
    let packed = wire(response, Arc::clone(&cut));
    let mut body = Body::default();
    let ended = match deadline.spent_on(url, coding::unpacked(&headers, packed, limit)).await? {
        Ok(unpacked) => fill(&mut body, url, unpacked, limit, rooms, deadline).await,
        Err(error) => Err(Error::of_body(url, error.to_string())),
    };
    // What the wire says is the cause of what an unpacker says.
    let broken_off = match (cut.get(), ended.err()) {
        (Some(reason), _) => Some(Error::of_body(url, reason.clone())),
        (None, Some(Error::Body { reason, .. })) if body.bytes.is_empty() => {
            Some(Error::of_body(url, coding::blamed(&headers, reason)))
        }
        (None, ended) => ended,
    };
    match broken_off {
        Some(error) if body.bytes.is_empty() => Err(error),
        broken_off => Ok(Body { broken_off: broken_off.map(Box::new), ..body }),
    }
}

async fn fill(
    body: &mut Body,
    url: &Url,
    mut unpacked: Bytes,
    limit: u64,
    rooms: &Rooms,
    deadline: &mut Deadline,
) -> Result<(), Error> {
    loop {
        let part = deadline.spent_on(url, unpacked.fill_buf()).await?;
        let part = part.map_err(|e| Error::of_body(url, e.to_string()))?;
        let count = part.len();
        if count == 0 {
            return Ok(());
        }
        rooms.enough(&mut body.room, (body.bytes.len() + count) as u64).await;
        body.bytes.extend_from_slice(part);
        unpacked.as_mut().consume(count);
        if body.bytes.len() as u64 > limit {
            body.is_over = true;
            return Ok(());
        }
    }
}

/// Why the bytes on the wire ended too early.
type Cut = Arc<OnceLock<String>>;

/// The bytes of a response as they come; an error is noted in `cut` and ends them, so that all before it is unpacked.
fn wire(response: Response, cut: Cut) -> Bytes {
    let chunks = stream::unfold((response, cut), |(mut response, cut)| async {
        match response.chunk().await {
            Ok(chunk) => chunk.map(|chunk| (Ok::<_, io::Error>(chunk), (response, cut))),
            Err(error) => {
                cut.get_or_init(|| error::chain(&error));
                None
            }
        }
    });
    Box::pin(StreamReader::new(Box::pin(chunks)))
}

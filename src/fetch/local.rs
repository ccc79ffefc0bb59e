//! The address of a file in, its bytes out, unpacked, up to a limit. Never reads anything but a regular file.

use std::path::{Path, PathBuf};

use reqwest::header::HeaderMap;
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, BufReader},
};
use url::Url;

use super::{coding, error::Error, reply::Fetched};

/// The file that `address` names: a `file:` address or an absolute path.
pub fn path(address: &str) -> Option<PathBuf> {
    let path = Path::new(address);
    if path.is_absolute() {
        return Some(path.to_owned());
    }
    Url::parse(address).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

/// The whole file.
///
/// # Errors
/// When it cannot be read or holds more than `limit` bytes.
pub async fn read(path: &Path, address: &str, limit: u64) -> Result<Fetched, Error> {
    let failed = |reason: String| Error::File { path: path.display().to_string(), reason };
    let metadata = tokio::fs::metadata(path).await.map_err(|e| failed(e.to_string()))?;
    if !metadata.is_file() {
        return Err(failed("it is no regular file".to_owned()));
    }
    let file = File::open(path).await.map_err(|e| failed(e.to_string()))?;
    let packed = Box::pin(BufReader::new(file));
    let unpacked =
        coding::unpacked(&HeaderMap::new(), packed, limit).await.map_err(|e| failed(e.to_string()))?;
    let mut body = Vec::new();
    let broken_off = match unpacked.take(limit.saturating_add(1)).read_to_end(&mut body).await {
        Err(error) if body.is_empty() => return Err(failed(error.to_string())),
        read => read.err().map(|error| Box::new(failed(error.to_string()))),
    };
    if body.len() as u64 > limit {
        return Err(Error::TooLarge { url: address.to_owned(), limit });
    }
    Ok(Fetched { body, broken_off, url: address.to_owned(), ..Fetched::default() })
}

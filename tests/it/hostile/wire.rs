//! Servers that answer amiss, whatever they are asked for: a feed, a page or a robots.txt. Each has a name, and words of
//! what is reported of a feed served so; none where it can be read all the same.

use std::{
    io::{self, Write},
    sync::LazyLock,
};

use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};

use super::server::Line;

/// What would be answered if nothing were amiss.
pub struct Honest {
    pub kind: &'static str,
    pub body: Vec<u8>,
}

/// A way to answer amiss.
pub struct Way {
    pub name: &'static str,
    pub play: fn(&mut Line, &Honest) -> io::Result<()>,
    /// Part of what is said of it.
    pub said: &'static str,
}

const fn way(name: &'static str, play: fn(&mut Line, &Honest) -> io::Result<()>, said: &'static str) -> Way {
    Way { name, play, said }
}

const OK: &str = "HTTP/1.1 200 OK\r\n";
const TOO_LARGE: &str = "sent more than";
pub const LATE: &str = "did not answer in full";
const BROKEN: &str = "broke off or cannot be decoded";
const NO_HTTP: &str = "cannot connect to";
/// Bytes of the beginning of a document: no entry is whole in them.
const HEAD: usize = 60;
const SPACES: &[u8] = b"                ";

pub const WAYS: &[Way] = &[
    // Without end.
    way(
        "endless body, length said",
        |l, _| {
            l.send(format!("{OK}Content-Length: 1000000000000\r\n\r\n"))?;
            l.for_ever(SPACES)
        },
        TOO_LARGE,
    ),
    way(
        "endless body, no length",
        |l, _| {
            l.send(format!("{OK}\r\n"))?;
            l.for_ever(SPACES)
        },
        TOO_LARGE,
    ),
    way(
        "endless chunks",
        |l, _| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\n"))?;
            l.for_ever(b"10\r\n                \r\n")
        },
        TOO_LARGE,
    ),
    way(
        "endless chunks of one byte",
        |l, _| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\n"))?;
            l.for_ever(b"1\r\n \r\n")
        },
        LATE,
    ),
    way(
        "one endless chunk",
        |l, _| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n"))?;
            l.for_ever(SPACES)
        },
        TOO_LARGE,
    ),
    way(
        "endless header lines",
        |l, _| {
            l.send(OK)?;
            l.for_ever(b"X-More: and more\r\n")
        },
        NO_HTTP,
    ),
    way(
        "one endless header line",
        |l, _| {
            l.send(format!("{OK}X-More: "))?;
            l.for_ever(SPACES)
        },
        NO_HTTP,
    ),
    way(
        "endless status line",
        |l, _| {
            l.send("HTTP/1.1 200 ")?;
            l.for_ever(b"OK")
        },
        NO_HTTP,
    ),
    way("endless 100 Continue", |l, _| l.for_ever(b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
    way(
        "endless 103 Early Hints",
        |l, _| l.for_ever(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
        LATE,
    ),
    way(
        "endless trailers",
        |l, h| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\n"))?;
            chunk(l, &h.body)?;
            l.send("0\r\n")?;
            l.for_ever(b"X-More: and more\r\n")
        },
        "",
    ),
    way(
        "endless chunk extension",
        |l, _| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\n5;x="))?;
            l.for_ever(SPACES)
        },
        BROKEN,
    ),
    // Slow.
    way(
        "a body that drips",
        |l, h| {
            l.send(format!("{OK}Content-Length: 1000000\r\n\r\n"))?;
            l.drip(&h.body)
        },
        LATE,
    ),
    way(
        "chunks that drip",
        |l, _| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\n"))?;
            l.drip(b"1\r\n \r\n")
        },
        LATE,
    ),
    way(
        "headers that drip",
        |l, _| {
            l.send(OK)?;
            l.drip(b"X-More: drop\r\n")
        },
        LATE,
    ),
    way("silence", |l, _| l.fall_silent(), LATE),
    way(
        "silence after the headers",
        |l, _| {
            l.send(format!("{OK}Content-Length: 100\r\n\r\n"))?;
            l.fall_silent()
        },
        LATE,
    ),
    way(
        "silence in the midst",
        |l, h| {
            l.send(format!("{OK}Content-Length: 1000000\r\n\r\n"))?;
            l.send(h.body.get(..HEAD).unwrap_or_default())?;
            l.fall_silent()
        },
        LATE,
    ),
    way(
        "silence after the whole document",
        |l, h| {
            l.send(format!("{OK}Content-Length: 1000000\r\n\r\n"))?;
            l.send(&h.body)?;
            l.fall_silent()
        },
        "",
    ),
    way(
        "gzip that drips",
        |l, _| {
            l.send(format!("{OK}Content-Encoding: gzip\r\n\r\n"))?;
            l.drip(&gzip(b"x"))
        },
        "",
    ),
    // Packed.
    way("gzip bomb", |l, _| l.answer("200 OK", "Content-Encoding: gzip\r\n", &GZIP_BOMB), TOO_LARGE),
    way("deflate bomb", |l, _| l.answer("200 OK", "Content-Encoding: deflate\r\n", &DEFLATE_BOMB), TOO_LARGE),
    way("brotli bomb", |l, _| l.answer("200 OK", "Content-Encoding: br\r\n", &BROTLI_BOMB), TOO_LARGE),
    way(
        "zstd nobody asked for",
        |l, _| {
            l.answer("200 OK", "Content-Encoding: zstd\r\n", &[0x28, 0xb5, 0x2f, 0xfd, 4, 0, 0x51, 0, 0, 255])
        },
        "packed with zstd, which was not asked for",
    ),
    way(
        "gzip within gzip",
        |l, _| l.answer("200 OK", "Content-Encoding: gzip, gzip\r\n", &gzip(&GZIP_BOMB)),
        TOO_LARGE,
    ),
    way(
        "gzip in the body of gzip",
        |l, _| l.answer("200 OK", "Content-Encoding: gzip\r\n", &gzip(&GZIP_BOMB)),
        TOO_LARGE,
    ),
    way("gzip that is none", |l, h| l.answer("200 OK", "Content-Encoding: gzip\r\n", &h.body), BROKEN),
    way("brotli that is none", |l, h| l.answer("200 OK", "Content-Encoding: br\r\n", &h.body), BROKEN),
    way("deflate that is none", |l, h| l.answer("200 OK", "Content-Encoding: deflate\r\n", &h.body), BROKEN),
    way(
        "a coding nobody knows",
        |l, h| l.answer("200 OK", "Content-Encoding: x-evil, x-more\r\n", &h.body),
        "",
    ),
    way(
        "gzip that breaks off",
        |l, h| {
            let packed = gzip(&h.body);
            l.answer("200 OK", "Content-Encoding: gzip\r\n", &packed[..packed.len() / 2])
        },
        BROKEN,
    ),
    way("gzip that says nothing of it", |l, h| l.answer("200 OK", "", &gzip(&h.body)), ""),
    way("gzip of nothing", |l, _| l.answer("200 OK", "Content-Encoding: gzip\r\n", b""), "nothing at all"),
    // Wrong lengths.
    way(
        "a length too large",
        |l, h| {
            l.send(format!("{OK}Content-Length: {}\r\n\r\n", h.body.len() + 10))?;
            l.send(&h.body)?;
            l.close()
        },
        "",
    ),
    way(
        "a length too small",
        |l, h| {
            l.send(format!("{OK}Content-Length: 10\r\n\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        "is neither",
    ),
    way(
        "two lengths",
        |l, h| {
            l.send(format!("{OK}Content-Length: 10\r\nContent-Length: 20\r\n\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "a length below nothing",
        |l, h| {
            l.send(format!("{OK}Content-Length: -1\r\n\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "a length beyond all numbers",
        |l, h| {
            l.send(format!("{OK}Content-Length: 99999999999999999999999\r\n\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "a length and chunks",
        |l, h| {
            l.send(format!("{OK}Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n"))?;
            chunk(l, &h.body)?;
            l.send("0\r\n\r\n")
        },
        "",
    ),
    way(
        "a chunk cut short",
        |l, h| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\nffff\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        "",
    ),
    way(
        "no last chunk",
        |l, h| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\n"))?;
            chunk(l, &h.body)?;
            l.close()
        },
        "",
    ),
    way(
        "a chunk size that is no number",
        |l, h| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        BROKEN,
    ),
    way(
        "a chunk size beyond all numbers",
        |l, h| {
            l.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff0\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        BROKEN,
    ),
    // Redirects.
    way(
        "a redirect to itself",
        |l, _| {
            let to = format!("Location: {}{}\r\n", l.site, l.path);
            l.answer("302 Found", &to, b"")
        },
        "redirects more than",
    ),
    way(
        "a hundred redirects",
        |l, _| {
            let to = format!("Location: {}/{}\r\n", l.site, 1 + next(&l.path));
            l.answer("301 Moved", &to, b"")
        },
        "redirects more than",
    ),
    way(
        "a redirect to a file",
        |l, _| l.answer("302 Found", "Location: file:///etc/passwd\r\n", b""),
        "it redirects to",
    ),
    way(
        "a redirect to data",
        |l, _| l.answer("302 Found", "Location: data:text/xml,<rss/>\r\n", b""),
        "it redirects to",
    ),
    way(
        "a redirect to ftp",
        |l, _| l.answer("302 Found", "Location: ftp://127.0.0.1/\r\n", b""),
        "it redirects to",
    ),
    way(
        "a redirect to a script",
        |l, _| l.answer("302 Found", "Location: javascript:alert(1)\r\n", b""),
        "it redirects to",
    ),
    way("a redirect to nowhere", |l, _| l.answer("302 Found", "", b""), "answered 302"),
    way(
        "a redirect to a port nobody has",
        |l, _| l.answer("302 Found", "Location: http://127.0.0.1:1/\r\n", b""),
        NO_HTTP,
    ),
    way(
        "a redirect to a very long address",
        |l, _| {
            let to = format!("Location: /{}\r\n", "a".repeat(50_000));
            l.answer("302 Found", &to, b"")
        },
        "it redirects to",
    ),
    way(
        "a redirect that drips",
        |l, _| {
            l.send("HTTP/1.1 302 Found\r\nLocation: ")?;
            l.drip(b"/")
        },
        LATE,
    ),
    // Answers that are none.
    way("204", |l, _| l.send("HTTP/1.1 204 No Content\r\n\r\n"), "nothing at all"),
    way(
        "206 nobody asked for",
        |l, h| l.answer("206 Partial Content", "Content-Range: bytes 0-9/1000\r\n", &h.body[..10]),
        "is neither",
    ),
    way("304 nobody asked for", |l, _| l.send("HTTP/1.1 304 Not Modified\r\n\r\n"), "answered 304"),
    way("an empty body", |l, _| l.answer("200 OK", "", b""), "nothing at all"),
    way("a status of its own", |l, h| l.answer("999 Denied", "", &h.body), "answered 999"),
    way("a status that is no number", |l, h| l.answer("abc OK", "", &h.body), NO_HTTP),
    way(
        "101 Switching Protocols",
        |l, _| {
            l.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")?;
            l.for_ever(SPACES)
        },
        "answered 101",
    ),
    way(
        "to be left alone for ever",
        |l, _| l.answer("429 Slow", "Retry-After: 99999999999999999999\r\n", b""),
        "",
    ),
    way(
        "to be asked again, for ever",
        |l, _| l.answer("503 Busy", "Retry-After: 1\r\n", b""),
        "answered 503",
    ),
    // No HTTP.
    way(
        "HTTP/0.9",
        |l, h| {
            l.send(&h.body)?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "HTTP/2",
        |l, _| {
            l.send(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64\0\x04\x40\0\0\0")?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "TLS",
        |l, _| {
            l.send(b"\x15\x03\x01\0\x02\x02\x28")?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "SSH",
        |l, _| {
            l.send("SSH-2.0-OpenSSH_9.2\r\n")?;
            l.fall_silent()
        },
        NO_HTTP,
    ),
    way(
        "headers with NUL and more",
        |l, h| {
            l.send(format!("{OK}X-A: a\0b\r\nX\u{e4}: \u{e4}\r\n\r\n"))?;
            l.send(&h.body)?;
            l.close()
        },
        NO_HTTP,
    ),
    // Closed at every stage.
    way("closed at once", |l, _| l.close(), NO_HTTP),
    way(
        "closed in the status line",
        |l, _| {
            l.send("HTTP/1.1 20")?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "closed in the headers",
        |l, _| {
            l.send(format!("{OK}Content-Le"))?;
            l.close()
        },
        NO_HTTP,
    ),
    way(
        "closed after the headers",
        |l, _| {
            l.send(format!("{OK}Content-Length: 100\r\n\r\n"))?;
            l.close()
        },
        BROKEN,
    ),
    way(
        "closed in the body",
        |l, h| {
            l.send(format!("{OK}Content-Length: {}\r\n\r\n", h.body.len()))?;
            l.send(&h.body[..h.body.len() / 2])?;
            l.close()
        },
        BROKEN,
    ),
    // What its words may be in.
    way(
        "a character set nobody knows",
        |l, h| l.answer("200 OK", "Content-Type: text/xml; charset=klingon\r\n", &h.body),
        "",
    ),
    way(
        "a character set that is wrong",
        |l, h| l.answer("200 OK", "Content-Type: text/xml; charset=utf-16\r\n", &h.body),
        "",
    ),
    way("no type", |l, h| l.answer("200 OK", "", &h.body), ""),
    way("a type that is wrong", |l, h| l.answer("200 OK", "Content-Type: image/png\r\n", &h.body), ""),
    way(
        "ten thousand cookies",
        |l, h| {
            let cookies = "Set-Cookie: a=b\r\n".repeat(10_000);
            l.answer("200 OK", &cookies, &h.body)
        },
        NO_HTTP,
    ),
];

fn chunk(line: &mut Line, bytes: &[u8]) -> io::Result<()> {
    line.send(format!("{:x}\r\n", bytes.len()))?;
    line.send(bytes)?;
    line.send("\r\n")
}

/// The number that a path ends with.
fn next(path: &str) -> usize {
    path.rsplit('/').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Bytes that bombs come to when they go off: more than is read of any answer.
const BOMB: usize = 20 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("gzip")
}

/// Made once: that takes a while without optimisation.
static GZIP_BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip(&vec![b' '; BOMB]));

static DEFLATE_BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![b' '; BOMB]).and_then(|()| encoder.finish()).expect("zlib")
});

static BROTLI_BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut packed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 1 << 16, 1, 22);
    encoder.write_all(&vec![b' '; BOMB]).expect("brotli");
    drop(encoder);
    packed
});

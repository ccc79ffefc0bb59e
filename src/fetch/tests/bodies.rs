//! Bodies packed, cut and framed in every way that browsers read.

use super::*;

const DOCUMENT: &[u8] = b"<rss><channel><item><title>Tide</title></item></channel></rss>";

fn deflated(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("deflate")
}

fn zlib(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("zlib")
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut packed, &brotli::enc::BrotliEncoderParams::default())
        .expect("brotli");
    packed
}

/// What comes of these bytes as the whole answer of a server that closes the connection after them.
async fn of_wire(answer: Vec<u8>) -> Result<Fetched, Error> {
    let server = Server::saying(move |_| answer.clone()).await;
    match get(&server.url("/")).await {
        Ok(Reply::Fetched(fetched)) => Ok(fetched),
        Ok(reply) => panic!("{reply:?}"),
        Err(error) => Err(error),
    }
}

async fn of(headers: &str, body: &[u8]) -> Result<Fetched, Error> {
    of_wire(response("200 OK", headers, body)).await
}

fn raw(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{headers}\r\n").as_bytes(), body].concat()
}

#[tokio::test]
async fn a_body_is_unpacked_whatever_is_said_of_it() {
    let bodies: [(&str, Vec<u8>); 19] = [
        ("content-encoding: gzip\r\n", zipped(DOCUMENT)),
        ("Content-Encoding: X-GZIP\r\n", zipped(DOCUMENT)),
        ("content-encoding: br\r\n", brotli(DOCUMENT)),
        ("content-encoding: deflate\r\n", zlib(DOCUMENT)),
        ("content-encoding: deflate\r\n", deflated(DOCUMENT)),
        ("content-encoding: gzip, br\r\n", brotli(&zipped(DOCUMENT))),
        ("content-encoding: gzip\r\ncontent-encoding: br\r\n", brotli(&zipped(DOCUMENT))),
        ("content-encoding: identity, gzip\r\n", zipped(DOCUMENT)),
        ("content-encoding: gzip\r\ncontent-type: application/gzip\r\n", zipped(&zipped(DOCUMENT))),
        ("content-encoding: gzip\r\n", [zipped(&DOCUMENT[..9]), zipped(&DOCUMENT[9..])].concat()),
        ("content-type: application/x-gzip\r\n", zipped(DOCUMENT)),
        ("", zipped(DOCUMENT)),
        ("", zlib(DOCUMENT)),
        ("", deflated(DOCUMENT)),
        ("", brotli(DOCUMENT)),
        ("content-encoding: UTF-8\r\n", DOCUMENT.to_vec()),
        ("content-encoding: \r\n", DOCUMENT.to_vec()),
        ("content-encoding: none, \u{e9}\r\n", DOCUMENT.to_vec()),
        ("content-encoding: utf-8\r\n", zipped(DOCUMENT)),
    ];
    for (headers, body) in bodies {
        let fetched = of(headers, &body).await.unwrap_or_else(|error| panic!("{headers}: {error}"));
        assert_eq!((fetched.body.as_slice(), fetched.broken_off), (DOCUMENT, None), "{headers}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_packed_as_it_says_is_an_error_that_says_so() {
    for (headers, body, reason) in [
        ("content-encoding: gzip\r\n", DOCUMENT, "said to be packed as gzip"),
        ("content-encoding: br\r\n", DOCUMENT, "said to be packed as br"),
        ("content-encoding: zstd\r\n", DOCUMENT, "packed with zstd, which was not asked for"),
        ("", b"\x28\xb5\x2f\xfdtide".as_slice(), "packed with zstd"),
    ] {
        let error = of(headers, body).await.expect_err(headers);
        assert!(error.to_string().contains(reason), "{headers}: {error}");
    }
    let packed = |times: usize| (0..times).fold(DOCUMENT.to_vec(), |body, _| zipped(&body));
    assert_eq!(of("", &packed(4)).await.expect("four times").body, DOCUMENT);
    assert!(of("", &packed(5)).await.expect_err("too often").to_string().contains("more than 4 times"));
    for said in ["content-encoding: gzip\r\n", "content-encoding: br\r\n", ""] {
        let nothing = of(said, b"").await.expect("nothing is nothing, however it is said to be packed");
        assert_eq!((nothing.body.as_slice(), nothing.broken_off), (&b""[..], None), "{said}");
    }
}

#[tokio::test]
async fn what_came_of_a_body_is_kept_however_its_transfer_ends() {
    let chunk = [format!("{:x}\r\n", DOCUMENT.len()).as_bytes(), DOCUMENT, b"\r\n"].concat();
    let (chunked, packed) = ("transfer-encoding: chunked\r\n", zipped(DOCUMENT));
    let long = format!("content-length: {}\r\n", DOCUMENT.len() + 10);
    for answer in [
        raw(chunked, &chunk),
        raw(chunked, &[chunk.as_slice(), b"\r\n"].concat()),
        raw(chunked, &[chunk.as_slice(), b"xyz\r\n"].concat()),
        raw(&long, DOCUMENT),
        raw(&format!("{long}content-encoding: gzip\r\n"), &packed),
        raw("content-encoding: gzip\r\n", &packed[..packed.len() - 6]),
        raw("content-encoding: gzip\r\n", &[&packed, b"tide".as_slice()].concat()),
    ] {
        let fetched = of_wire(answer.clone()).await.expect("a body");
        assert_eq!(fetched.body, DOCUMENT, "{}", String::from_utf8_lossy(&answer));
        assert!(
            matches!(fetched.broken_off.as_deref(), Some(Error::Body { .. })),
            "{:?}",
            fetched.broken_off
        );
    }
    let nothing = of_wire(raw("content-length: 100\r\n", b"")).await.expect_err("nothing came");
    assert!(matches!(nothing, Error::Body { .. }), "{nothing}");
}

#[tokio::test]
async fn the_layers_of_a_bomb_are_bounded_each() {
    let bomb = zipped(&zipped(&vec![0; 256 << 20]));
    assert!(matches!(of("content-encoding: gzip\r\n", &bomb).await, Err(Error::TooLarge { .. })));
}

#[tokio::test]
async fn headers_are_taken_as_browsers_take_them() {
    let many: String = (0..400).map(|n| format!("x-{n}: tide\r\n")).collect();
    let headers =
        format!("{many}content-type: text/xml;\r\n\tcharset=utf-8\r\nno header at all\r\nx-name : a\r\n");
    let mut answer = raw(&headers, DOCUMENT);
    let place = answer.windows(4).position(|four| four == b"tide").expect("a value");
    answer[place] = 0xe9;
    let fetched = of_wire(answer).await.expect("an answer");
    assert_eq!(fetched.body, DOCUMENT);
    assert!(fetched.content_type.is_some_and(|kind| kind.ends_with("charset=utf-8")));
    let endless: String = (0..50_000).map(|n| format!("x-{n}: tide\r\n")).collect();
    assert!(of_wire(raw(&endless, DOCUMENT)).await.is_err());
}

#[tokio::test]
async fn a_redirect_to_an_address_in_another_encoding_is_followed() {
    let server = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/") => {
            [b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: /caf\xe9\r\n\r\n".as_slice()].concat()
        }
        Some("/caf%e9") => response("200 OK", "", DOCUMENT),
        _ => response("404 Not Found", "", b""),
    })
    .await;
    assert_eq!(fetched(&server.url("/")).await.body, DOCUMENT);
}

#[tokio::test]
async fn a_packed_file_is_unpacked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feed.xml.gz");
    std::fs::write(&path, zipped(DOCUMENT)).expect("a file");
    assert_eq!(fetched(&path.display().to_string()).await.body, DOCUMENT);
}

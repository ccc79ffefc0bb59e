//! Addresses in, a verdict out: whether they lie on the public internet. Checked as written, at every
//! redirect, and as resolved; never connects to an address other than the one checked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::error::{Error, Private};

/// Resolves names to public addresses and leaves out the others.
pub struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(public_ones(name.as_str(), &found)?.into_iter()) as Addrs)
        })
    }
}

/// Of the addresses that a name leads to, the public ones: one that is both is asked there alone.
///
/// # Errors
/// When it leads to others only.
fn public_ones(name: &str, found: &[SocketAddr]) -> Result<Vec<SocketAddr>, Private> {
    let public: Vec<SocketAddr> = found.iter().copied().filter(|a| is_public(a.ip())).collect();
    match (public.is_empty(), found.first()) {
        (true, Some(private)) => Err(Private(format!("{name} ({})", private.ip()))),
        _ => Ok(public),
    }
}

/// The address, if it is one of the web.
///
/// # Errors
/// When it is not.
pub fn web(url: &str) -> Result<Url, Error> {
    let wrong = |reason: String| Error::Address { url: url.to_owned(), reason };
    let parsed = Url::parse(url).map_err(|e| wrong(format!("it is no address ({e})")))?;
    match parsed.scheme() {
        "http" | "https" => Ok(parsed),
        scheme => Err(wrong(format!("its scheme is {scheme}"))),
    }
}

/// Refuses an address whose host is written as a private one.
///
/// # Errors
/// When it does, and private hosts are not allowed.
pub fn check_literal(url: &Url, allow_private: bool) -> Result<(), Error> {
    let public = match url.host() {
        Some(Host::Ipv4(ip)) => is_public(ip.into()),
        Some(Host::Ipv6(ip)) => is_public(ip.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name != "localhost" && !name.ends_with(".localhost")
        }
        None => false,
    };
    if public || allow_private {
        return Ok(());
    }
    Err(Error::Private { url: url.to_string(), host: url.host_str().unwrap_or_default().to_owned() })
}

/// Whether an address is globally reachable (IANA special-purpose address registries, RFC 6890).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => embedded_v4(ip).map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

/// Only global unicast, 2000::/3, without what is reserved for protocols (2001::/23, including Teredo) and
/// documentation (2001:db8::/32, 3fff::/20).
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    a & 0xe000 == 0x2000 && !(a == 0x2001 && (b < 0x0200 || b == 0x0db8)) && !(a == 0x3fff && b < 0x1000)
}

/// The IPv4 address that a mapped (RFC 4291), NAT64 (RFC 6052) or 6to4 (RFC 3056) address leads to.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match ip.segments() {
        // Not 64:ff9b:1::/48 (RFC 8215), which is a network's own.
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => ip.to_ipv4_mapped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(url: &str) -> bool {
        web(url).and_then(|url| check_literal(&url, false)).is_ok()
    }

    #[test]
    fn private_addresses_are_refused_however_they_are_written() {
        for url in [
            // loopback, in every notation
            "http://127.0.0.1/",
            "http://127.255.255.254/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0x7f000001/",
            "http://0177.0.0.01/",
            "http://127.1/",
            "http://127.0.0.1./",
            "http://%31%32%37.0.0.1/",
            "http://\u{ff11}\u{ff12}\u{ff17}.0.0.1/",
            "http://127\u{3002}0\u{3002}0\u{3002}1/",
            "http://user@127.0.0.1:80/",
            "http://localhost:80/",
            "http://LocalHost./",
            "http://db.localhost./",
            "http://[::1]/",
            // this host, private, shared (CGNAT), link-local with the clouds' metadata, protocols, benchmarks
            "http://0/",
            "http://0.0.0.0/",
            "http://0.1.2.3/",
            "http://[::]/",
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://172.31.0.1/",
            "http://192.168.0.1/",
            "http://100.64.0.1/",
            "http://100.127.255.255/",
            "http://169.254.169.254/latest",
            "http://192.0.0.8/",
            "http://192.88.99.1/",
            "http://198.18.0.1/",
            "http://198.19.255.255/",
            "http://198.51.100.7/",
            // multicast, reserved, broadcast
            "http://224.0.0.1/",
            "http://239.1.2.3/",
            "http://240.0.0.1/",
            "http://255.255.255.255/",
            // IPv6 of a network's own, link-local, site-local, multicast, for protocols, discarded
            "http://[fd00::1]/",
            "http://[fd00:ec2::254]/",
            "http://[fc00::1]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[ff02::1]/",
            "http://[100::1]/",
            "http://[2001::1]/",
            "http://[2001:10::1]/",
            "http://[2001:1ff:ffff::1]/",
            "http://[2001:db8::1]/",
            "http://[3fff::1]/",
            "http://[3fff:fff::1]/",
            "http://[1fff:ffff::1]/",
            "http://[4000::1]/",
            // IPv4 within IPv6: mapped, compatible, translated, NAT64 of the world and of a network, 6to4
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:a9fe:a9fe]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[::127.0.0.1]/",
            "http://[::ffff:0:127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[64:ff9b:1::5db8:d70e]/",
            "http://[2002:7f00:1::]/",
            "http://[2002:c0a8:1::1]/",
        ] {
            assert!(!allowed(url), "{url}");
        }
    }

    #[test]
    fn public_addresses_are_allowed() {
        for url in [
            "http://93.184.215.14/",
            "https://[2606:4700::1111]/",
            "https://harbour.example/",
            "http://100.128.0.1/",
            "http://[::ffff:93.184.215.14]/",
            "http://[64:ff9b::93.184.215.14]/",
            "http://[2002:5db8:d70e::1]/",
            "http://metadata.google.internal/",
            // the neighbours of what is refused
            "http://1.0.0.1/",
            "http://100.63.255.255/",
            "http://126.255.255.255/",
            "http://172.15.255.255/",
            "http://172.32.0.1/",
            "http://192.0.1.1/",
            "http://192.88.98.1/",
            "http://198.17.255.255/",
            "http://198.20.0.1/",
            "http://223.255.255.255/",
            "http://[2001:200::1]/",
            "http://[2001:db7::1]/",
            "http://[3fff:1000::1]/",
        ] {
            assert!(allowed(url), "{url}");
        }
    }

    #[test]
    fn only_the_web_is_fetched() {
        for url in ["ftp://harbour.example/", "gopher://x", "javascript:x", "harbour.example/feed", ""] {
            assert!(matches!(web(url), Err(Error::Address { .. })), "{url}");
        }
    }

    #[tokio::test]
    async fn names_that_lead_to_private_addresses_are_refused() {
        let Ok(name) = "localhost".parse() else { panic!("no name") };
        assert!(PublicOnly.resolve(name).await.is_err());
    }

    #[test]
    fn of_a_name_with_public_and_private_addresses_the_public_ones_alone_are_asked() {
        let at = |ips: &[&str]| -> Vec<SocketAddr> {
            ips.iter().map(|ip| (ip.parse::<IpAddr>().expect("an address"), 0).into()).collect()
        };
        let asked =
            |ips: &[&str]| public_ones("tide.example", &at(ips)).map_err(|private| private.to_string());
        let mixed = ["10.0.0.7", "93.184.215.14", "::1", "2606:4700::1111"];
        assert_eq!(asked(&mixed), Ok(at(&["93.184.215.14", "2606:4700::1111"])));
        assert!(asked(&["10.0.0.7", "::1"]).is_err_and(|why| why.contains("tide.example (10.0.0.7)")));
        assert_eq!(asked(&[]), Ok(Vec::new()), "nothing is nothing private");
    }
}

//! Addresses in, a verdict out: whether they lie on the public internet. Checked as written, at every
//! redirect, and as resolved; never connects to an address other than the one checked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::error::{Error, Private};
use crate::text::public::{Network, embedded_v4, is_public, is_public_host};

/// A port to name where nothing is sent.
const DISCARD: u16 = 9;

/// Which addresses may be asked: the public ones, without those that the operator takes for private and those of
/// this machine, which its firewall lets itself ask.
#[derive(Debug, Clone, Default)]
pub struct Public {
    pub but: Vec<Network>,
}

impl Public {
    fn allows(&self, ip: IpAddr) -> bool {
        is_public(ip) && !self.but.iter().any(|network| network.holds(ip)) && !is_ours(ip)
    }

    /// Of the addresses that a name leads to, the public ones: one that is both is asked there alone.
    ///
    /// # Errors
    /// When it leads to others only.
    fn of(&self, name: &str, found: &[SocketAddr]) -> Result<Vec<SocketAddr>, Private> {
        let public: Vec<SocketAddr> = found.iter().copied().filter(|a| self.allows(a.ip())).collect();
        match (public.is_empty(), found.first()) {
            (true, Some(private)) => Err(Private(format!("{name} ({})", private.ip()))),
            _ => Ok(public),
        }
    }

    /// Refuses an address whose host is written as a private one.
    ///
    /// # Errors
    /// When it does.
    pub fn check_literal(&self, url: &Url) -> Result<(), Error> {
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::from(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::from(ip)),
            _ => None,
        };
        if is_public_host(url) && literal.is_none_or(|ip| self.allows(ip)) {
            return Ok(());
        }
        Err(Error::Private { url: url.to_string(), host: url.host_str().unwrap_or_default().to_owned() })
    }
}

/// Resolves names to public addresses and leaves out the others.
impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(allowed.of(name.as_str(), &found)?.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of this machine's: whoever asks it asks from there, too. Nothing is sent to find out.
fn is_ours(ip: IpAddr) -> bool {
    let ip = match ip {
        IpAddr::V6(v6) => embedded_v4(v6).map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    };
    let any: IpAddr = if ip.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let from = UdpSocket::bind((any, 0)).and_then(|socket| {
        socket.connect((ip, DISCARD))?;
        socket.local_addr()
    });
    from.is_ok_and(|from| from.ip() == ip)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(url: &str) -> bool {
        web(url).and_then(|url| Public::default().check_literal(&url)).is_ok()
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
            // what only the machines of a cloud reach
            "http://168.63.129.16/metadata",
            "http://161.26.0.10/",
            "http://166.11.255.255/",
            "http://100.100.100.200/",
            "http://[::ffff:168.63.129.16]/",
            // names of a network's own
            "http://metadata.google.internal/",
            "http://router.local/",
            "http://wiki/",
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
            // the neighbours of what is refused
            "http://1.0.0.1/",
            "http://100.63.255.255/",
            "http://126.255.255.255/",
            "http://172.15.255.255/",
            "http://172.32.0.1/",
            "http://192.0.1.1/",
            "http://192.88.98.1/",
            "http://192.87.99.1/",
            "http://193.88.99.1/",
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
        assert!(Public::default().resolve(name).await.is_err());
    }

    #[test]
    fn what_the_operator_takes_for_private_is_refused_however_it_is_written() {
        let but = ["93.184.215.0/24", "2a00:1:2::/48"].map(|network| network.parse().expect("a network"));
        let public = Public { but: but.into() };
        for (url, is_allowed) in [
            ("http://93.184.215.14/", false),
            ("http://[::ffff:93.184.215.14]/", false),
            ("http://[2a00:1:2:3::4]/", false),
            ("http://93.184.216.14/", true),
            ("http://[2a00:1:3::4]/", true),
        ] {
            assert_eq!(public.check_literal(&web(url).expect("an address")).is_ok(), is_allowed, "{url}");
        }
    }

    #[test]
    fn an_address_of_this_machine_is_known_by_asking_from_it() {
        let ours = |ip: &str| is_ours(ip.parse().expect("an address"));
        assert!(ours("127.0.0.1") && ours("::ffff:127.0.0.1"));
        assert!(!ours("192.0.2.1") && !ours("2a00:1:2::1"));
    }

    #[test]
    fn of_a_name_with_public_and_private_addresses_the_public_ones_alone_are_asked() {
        let at = |ips: &[&str]| -> Vec<SocketAddr> {
            ips.iter().map(|ip| (ip.parse::<IpAddr>().expect("an address"), 0).into()).collect()
        };
        let asked = |ips: &[&str]| {
            Public::default().of("tide.example", &at(ips)).map_err(|private| private.to_string())
        };
        let mixed = ["10.0.0.7", "93.184.215.14", "::1", "2606:4700::1111"];
        assert_eq!(asked(&mixed), Ok(at(&["93.184.215.14", "2606:4700::1111"])));
        assert!(asked(&["10.0.0.7", "::1"]).is_err_and(|why| why.contains("tide.example (10.0.0.7)")));
        assert_eq!(asked(&[]), Ok(Vec::new()), "nothing is nothing private");
    }
}

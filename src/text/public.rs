//! Addresses of hosts in, whether the public internet leads to them out: as they are written, and by the registries of
//! special addresses (IANA, RFC 6890). Never asks the DNS, so a name counts by itself alone.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::{fmt, str::FromStr};

use url::{Host, Url};

/// Names that no public name server knows: of this machine (RFC 6761), of the network around it (RFC 6762, RFC 8375,
/// ICANN's `internal` of 2024), and what routers call theirs.
const PRIVATE_NAMES: [&str; 7] =
    ["localhost", "local", "internal", "home.arpa", "localdomain", "lan", "intranet"];

/// Public addresses that only machines of one cloud reach: Azure's agent, IBM's services.
const OF_CLOUDS: [(Ipv4Addr, u8); 3] = [
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(161, 26, 0, 0), 16),
    (Ipv4Addr::new(166, 8, 0, 0), 14),
];

/// Whether the host of an address is public as it is written.
pub fn is_public_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_public(ip.into()),
        Some(Host::Ipv6(ip)) => is_public(ip.into()),
        Some(Host::Domain(name)) => is_public_name(name),
        None => false,
    }
}

/// Whether the DNS of the world may know a name: it has a dot, and does not end as only private ones do.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let ends =
        |ending: &str| name.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    name.contains('.') && !PRIVATE_NAMES.into_iter().any(ends)
}

/// Whether an address is globally reachable.
pub fn is_public(ip: IpAddr) -> bool {
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
        || (a == 198 && (18..20).contains(&b))
        || OF_CLOUDS
            .into_iter()
            .any(|(first, length)| Network { first: first.into(), length }.holds(ip.into()));
    !special
}

/// Only global unicast, 2000::/3, without what is reserved for protocols (2001::/23, including Teredo) and
/// documentation (2001:db8::/32, 3fff::/20).
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    a & 0xe000 == 0x2000 && !(a == 0x2001 && (b < 0x0200 || b == 0x0db8)) && !(a == 0x3fff && b < 0x1000)
}

/// The IPv4 address that a mapped (RFC 4291), NAT64 (RFC 6052) or 6to4 (RFC 3056) address leads to.
pub fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match ip.segments() {
        // Not 64:ff9b:1::/48 (RFC 8215), which is a network's own.
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => ip.to_ipv4_mapped(),
    }
}

/// Addresses that begin alike: `203.0.113.0/24`, `2001:db8:7::/48`, or one address alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    /// How many bits they share.
    length: u8,
}

impl Network {
    /// Whether the address is one of them.
    pub fn holds(&self, ip: IpAddr) -> bool {
        let shared = |one: u128, other: u128, bits: u8| {
            let rest = u32::from(bits - self.length.min(bits));
            one.checked_shr(rest) == other.checked_shr(rest)
        };
        match (self.first, ip) {
            (IpAddr::V4(first), IpAddr::V4(ip)) => shared(u32::from(first).into(), u32::from(ip).into(), 32),
            (IpAddr::V6(first), IpAddr::V6(ip)) => shared(first.into(), ip.into(), 128),
            (IpAddr::V4(_), IpAddr::V6(ip)) => embedded_v4(ip).is_some_and(|ip| self.holds(ip.into())),
            (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// What is no network.
#[derive(Debug)]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Network, NoNetwork> {
        let (first, length) =
            text.split_once('/').map_or((text, None), |(first, length)| (first, Some(length)));
        let first: IpAddr = first.parse().map_err(|_| NoNetwork)?;
        let all = if first.is_ipv4() { 32 } else { 128 };
        let length = length.map_or(Ok(all), str::parse).map_err(|_| NoNetwork)?;
        if length <= all { Ok(Network { first, length }) } else { Err(NoNetwork) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_private_by_its_ending_or_for_want_of_a_dot() {
        for private in [
            "localhost",
            "db.localhost",
            "router.local",
            "Router.LOCAL.",
            "metadata.google.internal",
            "nas.home.arpa",
            "home.arpa",
            "box.lan",
            "wiki.intranet",
            "host.localdomain",
            "wiki",
        ] {
            assert!(!is_public_name(private), "{private}");
        }
        for public in [
            "harbour.example",
            "local.example",
            "internal.example.",
            "thelocal.example",
            "lan.arpa",
            "harbour.plan",
        ] {
            assert!(is_public_name(public), "{public}");
        }
    }

    #[test]
    fn a_network_holds_the_addresses_that_begin_as_it_does() {
        let holds = |network: &str, ip: &str| {
            network.parse::<Network>().expect("a network").holds(ip.parse().expect("an address"))
        };
        assert!(holds("203.0.113.0/24", "203.0.113.255") && !holds("203.0.113.0/24", "203.0.114.0"));
        assert!(holds("93.184.215.14", "93.184.215.14") && !holds("93.184.215.14", "93.184.215.15"));
        assert!(holds("93.184.215.14", "::ffff:93.184.215.14") && holds("93.0.0.0/8", "64:ff9b::5db8:d70e"));
        assert!(holds("2a00:1:2::/48", "2a00:1:2:ffff::1") && !holds("2a00:1:2::/48", "2a00:1:3::1"));
        assert!(holds("0.0.0.0/0", "8.8.8.8") && holds("::/0", "2a00::1") && !holds("::/0", "8.8.8.8"));
        for bad in
            ["", "203.0.113.0/33", "2a00::/129", "203.0.113/24", "a/8", "203.0.113.0/", "203.0.113.0/-1"]
        {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }
}

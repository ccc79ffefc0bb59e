//! A name in, its TXT, MX, PTR or address records out. A name without records is an empty answer; a failed lookup
//! is an error, never taken for "no records".

use std::{
    fmt,
    io::ErrorKind,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use domain::{
    base::{
        Name, ParsedName, Rtype,
        iana::{Class, Rcode},
        message::Message,
        rdata::ParseRecordData,
    },
    rdata::{A, Aaaa, Mx, Ptr, Txt},
    resolv::{
        StubResolver,
        stub::conf::{ResolvConf, ServerConf, Transport},
    },
};

/// Longest wait for an answer, over all servers and attempts.
const PATIENCE: Duration = Duration::from_secs(6);

/// Asks the machine's own DNS servers, or a given one.
pub struct Dns(StubResolver);

/// A name could not be looked up: try again later, or ask another server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} could not be looked up: {reason}")]
pub struct Unanswered {
    name: String,
    reason: String,
}

type Answer = Message<Vec<u8>>;

impl Dns {
    /// Asks the servers of `/etc/resolv.conf`.
    pub fn system() -> Dns {
        Dns(StubResolver::new())
    }

    /// Asks this server and no other.
    pub fn at(server: SocketAddr) -> Dns {
        let mut conf = ResolvConf::new();
        conf.servers.push(ServerConf::new(server, Transport::UdpTcp));
        conf.finalize();
        Dns(StubResolver::from_conf(conf))
    }

    /// The TXT records of `name`, the strings of each joined.
    ///
    /// # Errors
    /// When no server gives an answer.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, Unanswered> {
        let answer = self.ask(name, Rtype::TXT).await?;
        let text = |record: Txt<_>| {
            let bytes: Vec<u8> = record.iter().flatten().copied().collect();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        Ok(records::<Txt<_>>(&answer).map(text).collect())
    }

    /// The servers that take mail for `name`, the most preferred first. The null MX (RFC 7505) is "".
    ///
    /// # Errors
    /// When no server gives an answer.
    pub async fn mail_servers(&self, name: &str) -> Result<Vec<String>, Unanswered> {
        let answer = self.ask(name, Rtype::MX).await?;
        let mut servers: Vec<(u16, String)> = records::<Mx<ParsedName<_>>>(&answer)
            .map(|mx| (mx.preference(), mx.exchange().to_string().trim_end_matches('.').to_owned()))
            .collect();
        servers.sort();
        Ok(servers.into_iter().map(|(_, server)| server).collect())
    }

    /// The addresses of `name`.
    ///
    /// # Errors
    /// When no server gives an answer.
    pub async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Unanswered> {
        let old = self.ask(name, Rtype::A).await?;
        let new = self.ask(name, Rtype::AAAA).await?;
        let old = records::<A>(&old).map(|record| IpAddr::V4(record.addr()));
        Ok(old.chain(records::<Aaaa>(&new).map(|record| IpAddr::V6(record.addr()))).collect())
    }

    /// The names that `address` leads back to (PTR).
    ///
    /// # Errors
    /// When no server gives an answer.
    pub async fn names(&self, address: IpAddr) -> Result<Vec<String>, Unanswered> {
        let reverse = Name::<Vec<u8>>::reverse_from_addr(address);
        let unanswered = |_| Unanswered { name: address.to_string(), reason: "it has no name".to_owned() };
        let answer = self.ask(&reverse.map_err(unanswered)?.to_string(), Rtype::PTR).await?;
        let name =
            |record: Ptr<ParsedName<_>>| record.ptrdname().to_string().trim_end_matches('.').to_owned();
        Ok(records::<Ptr<ParsedName<_>>>(&answer).map(name).collect())
    }

    async fn ask(&self, name: &str, kind: Rtype) -> Result<Answer, Unanswered> {
        let unanswered = |reason: &str| Unanswered { name: name.to_owned(), reason: reason.to_owned() };
        let qname: Name<Vec<u8>> = name.parse().map_err(|_| unanswered("it is no domain name"))?;
        let query = self.0.query((&qname, kind, Class::IN));
        let answer = match tokio::time::timeout(PATIENCE, query).await {
            Ok(Ok(answer)) => Message::from_octets(answer.into_message().as_slice().to_vec()),
            Ok(Err(error)) if error.kind() != ErrorKind::TimedOut => {
                return Err(unanswered(&error.to_string()));
            }
            _ => return Err(unanswered("no DNS server answered in time")),
        };
        let answer = answer.map_err(|_| unanswered("the DNS server's answer is damaged"))?;
        match answer.header().rcode() {
            Rcode::NOERROR | Rcode::NXDOMAIN => Ok(answer),
            Rcode::SERVFAIL => Err(unanswered("the DNS server could not find out (SERVFAIL)")),
            code => Err(unanswered(&format!("the DNS server answered {code}"))),
        }
    }
}

/// The well-formed records of one type in an answer, under any name: the server has followed the aliases.
fn records<'a, D: ParseRecordData<'a, Vec<u8>> + 'a>(answer: &'a Answer) -> impl Iterator<Item = D> + 'a {
    let section = answer.answer().ok();
    section.into_iter().flat_map(|section| section.limit_to::<D>()).flatten().map(|record| record.into_data())
}

impl fmt::Debug for Dns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dns")
    }
}

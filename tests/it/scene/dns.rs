//! A DNS server inside the test process: records in, answers over UDP on a port of its own out.

use std::{
    net::{SocketAddr, UdpSocket},
    sync::{Arc, Mutex},
    thread,
};

use domain::{
    base::{
        Message, MessageBuilder, Name, Rtype, Ttl,
        iana::{Class, Rcode},
    },
    rdata::{A, Mx, Ptr, Txt},
};

type Zone = Arc<Mutex<Vec<(String, Record)>>>;

#[derive(Clone)]
enum Record {
    Text(String),
    MailServer(&'static str),
    Address,
    Pointer(&'static str),
    /// The server cannot find out.
    Failure,
}

/// The server. It knows nothing but what it was told, and lives until the test process ends.
pub struct Dns {
    address: SocketAddr,
    zone: Zone,
}

impl Dns {
    /// A server without a record.
    pub fn start() -> Dns {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let address = socket.local_addr().expect("its address");
        let zone = Zone::default();
        let known = zone.clone();
        thread::spawn(move || {
            let mut bytes = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut bytes) {
                let answer = answer(&bytes[..length], &known.lock().expect("no test panicked in here"));
                socket.send_to(&answer, from).expect("an answer sent");
            }
        });
        Dns { address, zone }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Publishes a text.
    pub fn text(self, name: &str, text: &str) -> Dns {
        self.add(name, Record::Text(text.to_owned()))
    }

    /// Publishes a server that takes mail; "." takes none.
    pub fn mail_server(self, name: &str, server: &'static str) -> Dns {
        self.add(name, Record::MailServer(server))
    }

    /// Publishes an address.
    pub fn host(self, name: &str) -> Dns {
        self.add(name, Record::Address)
    }

    /// Has the address of [`Dns::host`] lead back to this name.
    pub fn back(self, name: &'static str) -> Dns {
        self.add("1.2.0.192.in-addr.arpa", Record::Pointer(name))
    }

    /// Fails at whatever is asked of this name.
    pub fn broken(self, name: &str) -> Dns {
        self.add(name, Record::Failure)
    }

    fn add(self, name: &str, record: Record) -> Dns {
        self.zone.lock().expect("no test panicked in here").push((name.to_owned(), record));
        self
    }
}

fn answer(query: &[u8], zone: &[(String, Record)]) -> Vec<u8> {
    let query = Message::from_octets(query).expect("a message");
    let question = query.sole_question().expect("one question");
    let name = question.qname().to_string();
    let here: Vec<&Record> = zone
        .iter()
        .filter(|(own, _)| own.eq_ignore_ascii_case(name.trim_end_matches('.')))
        .map(|(_, record)| record)
        .collect();
    let code = match here.iter().any(|record| matches!(record, Record::Failure)) {
        true => Rcode::SERVFAIL,
        false if here.is_empty() => Rcode::NXDOMAIN,
        false => Rcode::NOERROR,
    };
    let mut answer = MessageBuilder::new_vec().start_answer(&query, code).expect("room");
    let (owner, ttl) = (question.qname(), Ttl::from_secs(60));
    for record in here {
        match (record, question.qtype()) {
            (Record::Text(text), Rtype::TXT) => {
                let data = Txt::<Vec<u8>>::build_from_slice(text.as_bytes()).expect("a text");
                answer.push((owner, Class::IN, ttl, data)).expect("room");
            }
            (Record::MailServer(server), Rtype::MX) => {
                let server: Name<Vec<u8>> = server.parse().expect("a name");
                answer.push((owner, Class::IN, ttl, Mx::new(10, server))).expect("room");
            }
            (Record::Pointer(to), Rtype::PTR) => {
                let to: Name<Vec<u8>> = to.parse().expect("a name");
                answer.push((owner, Class::IN, ttl, Ptr::new(to))).expect("room");
            }
            (Record::Address, Rtype::A) => {
                answer.push((owner, Class::IN, ttl, A::from_octets(192, 0, 2, 1))).expect("room");
            }
            _ => {}
        }
    }
    answer.finish()
}

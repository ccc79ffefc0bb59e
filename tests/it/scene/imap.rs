//! The few words of IMAP (RFC 3501) that empty a mailbox: a port and a login in, the messages of the inbox out.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// Every message in the inbox of `user`, oldest first, as it was stored.
pub fn inbox(port: u16, user: &str, password: &str) -> Vec<Vec<u8>> {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the IMAP server");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    let mut talk =
        Talk { reading: BufReader::new(stream.try_clone().expect("a second hand")), writing: stream };
    talk.line();
    talk.ask(&format!("LOGIN {user} {password}"));
    talk.ask("EXAMINE INBOX");
    let messages = talk.ask("FETCH 1:* BODY.PEEK[]");
    talk.ask("LOGOUT");
    messages
}

struct Talk {
    reading: BufReader<TcpStream>,
    writing: TcpStream,
}

impl Talk {
    /// Gives a command, waits for its end, and returns the literals of the answer (section 4.3).
    fn ask(&mut self, command: &str) -> Vec<Vec<u8>> {
        write!(self.writing, "a {command}\r\n").expect("the server listens");
        let mut literals = Vec::new();
        loop {
            let line = self.line();
            if let Some(length) = literal(&line) {
                let mut bytes = vec![0; length];
                self.reading.read_exact(&mut bytes).expect("a literal as long as announced");
                literals.push(bytes);
            } else if let Some(end) = line.strip_prefix("a ") {
                // An empty inbox has no message 1.
                assert!(end.starts_with("OK") || command.starts_with("FETCH"), "{command}: {end}");
                return literals;
            }
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.reading.read_line(&mut line).expect("an answer") > 0, "the IMAP server hung up");
        line.trim_end().to_owned()
    }
}

/// The length of the literal that a line announces at its end.
fn literal(line: &str) -> Option<usize> {
    line.strip_suffix('}')?.rsplit_once('{')?.1.parse().ok()
}

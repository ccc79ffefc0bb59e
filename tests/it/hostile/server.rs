//! Servers on loopback addresses of their own that answer as a script says, byte for byte.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

/// What a server does with a connection once it has been asked for a path.
pub type Script = Arc<dyn Fn(&mut Line) -> io::Result<()> + Send + Sync>;

/// A connection, and what was asked over it.
pub struct Line {
    stream: TcpStream,
    pub path: String,
    /// The server's own address, as `http://127.…:…`.
    pub site: String,
    /// The pause between two drops of what drips.
    pub pause: Duration,
}

/// A server. It lives until the test process ends.
#[derive(Clone)]
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that no other shares its address with.
    pub fn start(pause: Duration, script: Script) -> Server {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let ip = format!("127.{}.{}.{}", 20 + std::process::id() % 200, n / 250, 2 + n % 250);
        let listener = TcpListener::bind((ip.as_str(), 0)).expect("a port on a loopback address");
        let server = Server { address: listener.local_addr().expect("its address"), asked: Arc::default() };
        let listening = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (server, script) = (listening.clone(), Arc::clone(&script));
                // Whoever is asked by nobody any more has its answer cut off.
                thread::spawn(move || server.serve(stream, pause, &script).unwrap_or_default());
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no server panicked").clone()
    }

    fn serve(&self, stream: TcpStream, pause: Duration, script: &Script) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        loop {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                if reader.read_line(&mut head)? == 0 {
                    return Ok(());
                }
            }
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            self.asked.lock().expect("no server panicked").push(path.clone());
            let stream = reader.get_ref().try_clone()?;
            script(&mut Line { stream, path, site: self.url(""), pause })?;
        }
    }
}

impl Line {
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// A whole answer with its true length.
    pub fn answer(&mut self, status: &str, headers: &str, body: &[u8]) -> io::Result<()> {
        let length = body.len();
        self.send(format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n"))?;
        self.send(body)
    }

    /// The same piece again and again, until nobody listens: without a pause where drops are long apart.
    pub fn for_ever(&mut self, piece: &[u8]) -> io::Result<()> {
        let block = piece.repeat((64 << 10) / piece.len().max(1));
        loop {
            self.send(&block)?;
            if self.pause < Duration::from_secs(1) {
                thread::sleep(self.pause);
            }
        }
    }

    /// The bytes one after the other, again and again, with a pause before each.
    pub fn drip(&mut self, bytes: &[u8]) -> io::Result<()> {
        for byte in bytes.iter().cycle() {
            thread::sleep(self.pause);
            self.send([*byte])?;
        }
        Ok(())
    }

    /// Says nothing more, for longer than anybody waits.
    pub fn fall_silent(&self) -> io::Result<()> {
        thread::sleep(Duration::from_secs(120));
        self.close()
    }

    /// Ends the connection.
    pub fn close(&self) -> io::Result<()> {
        self.stream.shutdown(std::net::Shutdown::Both)?;
        Err(io::ErrorKind::ConnectionAborted.into())
    }
}

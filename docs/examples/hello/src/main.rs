//! A web server on the standard library alone.
//!
//! `GET /` says hello and names its version, `GET /health` says whether it is well. It listens on
//! `0.0.0.0:$PORT`, as Cloud Run asks of every container, and ends on SIGTERM, which Cloud Run sends
//! ten seconds before it kills one, as soon as the open requests are answered.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::IntoRawFd;
use std::os::unix::net::UnixStream;
use std::process;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

const VERSION: &str = env!("CARGO_PKG_VERSION");

static REQUESTS: AtomicUsize = AtomicUsize::new(0);

/// How many requests are being answered.
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// A request that is being answered, well or not.
struct Open;

impl Open {
    fn now() -> Self {
        OPEN.fetch_add(1, Ordering::SeqCst);
        Open
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What is broken on purpose.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    Unhealthy,
    Flaky,
}

impl Fault {
    fn chosen() -> Self {
        match env::var("HELLO_FAULT").as_deref() {
            Ok("unhealthy") => Fault::Unhealthy,
            Ok("flaky") => Fault::Flaky,
            _ if cfg!(feature = "unhealthy") => Fault::Unhealthy,
            _ if cfg!(feature = "flaky") => Fault::Flaky,
            _ => Fault::None,
        }
    }
}

fn main() -> io::Result<()> {
    let port = env::var("PORT").unwrap_or_else(|_| "8080".into());
    let listener = TcpListener::bind(format!("0.0.0.0:{port}"))?;
    let fault = Fault::chosen();
    on_sigterm(|| {
        while OPEN.load(Ordering::SeqCst) > 0 {
            thread::sleep(Duration::from_millis(5));
        }
        process::exit(0);
    })?;
    println!("hello {VERSION} listens on port {port}");
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || {
            // A client that goes away in mid-request is its own business.
            let _ = serve(stream, fault);
        });
    }
    Ok(())
}

extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    fn write(file: i32, bytes: *const u8, count: usize) -> isize;
}

const SIGTERM: i32 = 15;

/// Where the signal's handler writes: of the little a handler may do, that wakes a thread.
static BELL: AtomicI32 = AtomicI32::new(-1);

extern "C" fn ring(_: i32) {
    // SAFETY: write(2) may be called in a handler, and the byte outlives the call.
    unsafe { write(BELL.load(Ordering::SeqCst), b"!".as_ptr(), 1) };
}

/// Has a thread wait for SIGTERM, and then do that.
fn on_sigterm(then: fn()) -> io::Result<()> {
    let (bell, mut ear) = UnixStream::pair()?;
    BELL.store(bell.into_raw_fd(), Ordering::SeqCst);
    thread::spawn(move || {
        if ear.read_exact(&mut [0]).is_ok() {
            then();
        }
    });
    // SAFETY: the handler does nothing but what a handler may do.
    unsafe { signal(SIGTERM, ring) };
    Ok(())
}

/// Answers the requests of one connection until the client closes it.
fn serve(stream: TcpStream, fault: Fault) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let mut answers = stream;
    while let Some(path) = next_request(&mut requests)? {
        let _open = Open::now();
        let (status, body) = answer(&path, fault);
        write!(
            answers,
            "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )?;
    }
    Ok(())
}

/// Reads one request without a body and returns its path, or nothing at the end of the connection.
fn next_request(requests: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    if requests.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
    loop {
        let mut header = String::new();
        if requests.read_line(&mut header)? == 0 || header == "\r\n" {
            return Ok(Some(path));
        }
    }
}

fn answer(path: &str, fault: Fault) -> (&'static str, String) {
    match path {
        "/health" if fault == Fault::Unhealthy => {
            ("500 Internal Server Error", "unwell, on purpose\n".into())
        }
        "/health" => ("200 OK", "well\n".into()),
        _ if fault == Fault::Flaky && REQUESTS.fetch_add(1, Ordering::Relaxed) % 5 == 4 => {
            ("500 Internal Server Error", "flaky, on purpose\n".into())
        }
        _ => ("200 OK", format!("Hello from version {VERSION}!\n")),
    }
}

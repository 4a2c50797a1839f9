//! The web server both services are made of, on the standard library alone.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

mod stop;

/// Answers each request at `0.0.0.0:$PORT` with what `body` makes of its path; `/health` is well.
/// SIGTERM ends the program.
pub fn serve(body: impl Fn(&str) -> String + Copy + Send + 'static) -> io::Result<()> {
    let port = match env::var("PORT") {
        Ok(port) => port.parse().map_err(io::Error::other)?,
        Err(_) => 8080,
    };
    stop::on_sigterm();
    for stream in TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))?.incoming() {
        let stream = stream?;
        thread::spawn(move || {
            // A client that goes away in mid-request is its own business.
            let _ = answer(stream, body);
        });
    }
    Ok(())
}

/// Answers one request and closes the connection.
fn answer(mut stream: TcpStream, body: impl Fn(&str) -> String) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let Some(request) = lines.next().transpose()? else {
        return Ok(());
    };
    for header in lines {
        if header?.is_empty() {
            break;
        }
    }
    let body = match request.split(' ').nth(1).unwrap_or("/") {
        "/health" => "well\n".into(),
        path => body(path),
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

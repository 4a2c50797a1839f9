// The image of the Cloud Run tests: one static server whose behaviour is chosen by its environment.
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::exit;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use std::time::Duration;

fn var(name: &str) -> Option<String> {
    env::var(name).ok()
}

fn millis(name: &str) {
    if let Some(value) = var(name) {
        thread::sleep(Duration::from_millis(value.parse().unwrap()));
    }
}

extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    fn write(file: i32, bytes: *const u8, count: usize) -> isize;
    fn _exit(code: i32) -> !;
}

// What it ends with on SIGTERM; below 0 it goes on.
static TERM_EXIT: AtomicI32 = AtomicI32::new(0);

extern "C" fn terminated(_: i32) {
    unsafe {
        write(1, b"got SIGTERM\n".as_ptr(), 12);
        let code = TERM_EXIT.load(Ordering::Relaxed);
        if code >= 0 {
            _exit(code);
        }
    }
}

fn main() {
    println!("hello from {}", var("K_REVISION").unwrap_or_default());
    if let Some(code) = var("TERM_EXIT") {
        TERM_EXIT.store(code.parse().unwrap(), Ordering::Relaxed);
    }
    if var("HANDLE_TERM").is_some() {
        unsafe { signal(15, terminated) };
    }
    if let Some(code) = var("EXIT") {
        eprintln!("thread 'main' panicked: asked to exit");
        exit(code.parse().unwrap());
    }
    millis("SLOW_START");
    let host = var("BIND").unwrap_or("0.0.0.0".into());
    let port = var("FIXED_PORT").or(var("PORT")).unwrap();
    let listener = TcpListener::bind(format!("{host}:{port}")).unwrap();
    for stream in listener.incoming() {
        if let Ok(stream) = stream {
            thread::spawn(move || serve(stream));
        }
    }
}

fn serve(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let path = line.split([' ', '?']).nth(1).unwrap_or("/").to_string();
        let (mut length, mut chunked, mut head) = (0usize, false, line);
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).unwrap_or(0) == 0 {
                return;
            }
            let lower = header.to_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            chunked |= lower.starts_with("transfer-encoding:") && lower.contains("chunked");
            head.push_str(&header);
            if header == "\r\n" {
                break;
            }
        }
        if path == "/upgrade" {
            stream
                .write_all(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
                .unwrap();
            let mut word = [0u8; 1024];
            while let Ok(n @ 1..) = reader.read(&mut word) {
                stream.write_all(&word[..n]).unwrap();
            }
            return;
        }
        let body = if chunked { read_chunks(&mut reader) } else { read_exact(&mut reader, length) };
        if !answer(&mut stream, &path, &head, &body) {
            return;
        }
    }
}

fn read_exact(reader: &mut impl BufRead, length: usize) -> Vec<u8> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    body
}

fn read_chunks(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).unwrap();
        let length = usize::from_str_radix(size.trim(), 16).unwrap();
        body.extend(read_exact(reader, length));
        let mut end = String::new();
        reader.read_line(&mut end).unwrap();
        if length == 0 {
            return body;
        }
    }
}

fn answer(stream: &mut TcpStream, path: &str, head: &str, body: &[u8]) -> bool {
    let status = var("STATUS").unwrap_or("200".into());
    match path {
        "/crash" => exit(3),
        "/panic" => panic!("asked to"),
        "/eat" => {
            let eaten = vec![1u8; 200 << 20];
            thread::sleep(Duration::from_secs(30));
            println!("ate {}", eaten.iter().filter(|b| **b == 1).count());
        }
        "/close" => {
            let text = "closing";
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}", text.len());
            return false;
        }
        "/events" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            let _ = write!(stream, "9\r\ndata: 1\n\n\r\n");
            let _ = stream.flush();
            thread::sleep(Duration::from_secs(60));
            return false;
        }
        _ => {}
    }
    if let Some(pause) = path.strip_prefix("/sleep/") {
        thread::sleep(Duration::from_millis(pause.parse().unwrap()));
    }
    let text: Vec<u8> = match path {
        "/env" => env::vars().map(|(k, v)| format!("{k}={v}\n")).collect::<String>().into_bytes(),
        "/head" => head.as_bytes().to_vec(),
        "/echo" => body.to_vec(),
        "/self" => format!(
            "pid={} dir={} file={}",
            std::process::id(),
            env::current_dir().unwrap().display(),
            std::fs::read_to_string("/data/name").unwrap_or("none".into())
        )
        .into_bytes(),
        _ => var("K_REVISION").unwrap_or_default().into_bytes(),
    };
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", text.len());
    let mut whole = head.into_bytes();
    whole.extend(text);
    stream.write_all(&whole).is_ok()
}

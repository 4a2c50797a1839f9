//! Answers every request with the path it asked for, as JSON.

use std::convert::Infallible;
use std::net::SocketAddr;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{server::conn::http1, Request, Response};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio::net::TcpListener;

#[derive(Serialize)]
struct Answer<'a> {
    path: &'a str,
}

fn answer(path: &str) -> String {
    serde_json::to_string(&Answer { path }).expect("a string is always JSON")
}

async fn serve(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(Response::new(Full::new(Bytes::from(answer(request.uri().path())))))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(8080);
    let listener = TcpListener::bind(SocketAddr::from(([0, 0, 0, 0], port))).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(async move {
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service_fn(serve))
                .await;
        });
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_with_the_path() {
        assert_eq!(super::answer("/a"), r#"{"path":"/a"}"#);
    }

    #[test]
    fn can_use_the_loopback_though_there_is_no_network() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        assert!(std::net::TcpStream::connect("1.1.1.1:443").is_err());
    }
}

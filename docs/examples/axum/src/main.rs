//! A web service on axum: `GET /` greets whoever `?name=` says, `GET /health` says it is well.

use std::env;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};

use axum::extract::Query;
use axum::routing::get;
use axum::Router;
use std::collections::HashMap;
use tokio::net::TcpListener;
use tokio::signal::unix::{signal, SignalKind};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = match env::var("PORT") {
        Ok(port) => port.parse()?,
        Err(_) => 8080,
    };
    let app = Router::new()
        .route("/", get(greet))
        .route("/health", get(|| async { "well\n" }));
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port))).await?;
    let mut stop = signal(SignalKind::terminate())?;
    axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            stop.recv().await;
        })
        .await?;
    Ok(())
}

async fn greet(Query(query): Query<HashMap<String, String>>) -> String {
    let name = query.get("name").map_or("axum", String::as_str);
    format!("Hello, {name}!\n")
}

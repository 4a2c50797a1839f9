//! A web service on actix-web: `GET /NAME` greets NAME, `GET /health` says it is well.

use std::env;
use std::error::Error;
use std::net::Ipv4Addr;

use actix_web::{get, web, App, HttpServer, Responder};

#[get("/health")]
async fn health() -> impl Responder {
    "well\n"
}

#[get("/")]
async fn index() -> impl Responder {
    "Hello, actix!\n"
}

#[get("/{name}")]
async fn greet(name: web::Path<String>) -> impl Responder {
    format!("Hello, {name}!\n")
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = match env::var("PORT") {
        Ok(port) => port.parse()?,
        Err(_) => 8080,
    };
    HttpServer::new(|| App::new().service(health).service(index).service(greet))
        .bind((Ipv4Addr::UNSPECIFIED, port))?
        .run()
        .await?;
    Ok(())
}

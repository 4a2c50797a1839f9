//! `GET /` tells the seconds since 1970.

use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> std::io::Result<()> {
    shared::serve(|_| match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => format!("{}\n", since.as_secs()),
        Err(_) => "before 1970\n".into(),
    })
}

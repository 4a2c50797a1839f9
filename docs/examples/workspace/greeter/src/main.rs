//! `GET /NAME` greets NAME.

fn main() -> std::io::Result<()> {
    shared::serve(|path| match path.trim_start_matches('/') {
        "" => "Hello!\n".into(),
        name => format!("Hello, {name}!\n"),
    })
}

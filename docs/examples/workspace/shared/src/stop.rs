//! The end of a program that Cloud Run stops. Its answers take an instant, so it ends at once; the
//! example `hello` finishes what is under way.

extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    fn _exit(code: i32) -> !;
}

const SIGTERM: i32 = 15;

extern "C" fn end(_: i32) {
    // SAFETY: _exit(2) may be called in a handler.
    unsafe { _exit(0) }
}

pub fn on_sigterm() {
    // SAFETY: the handler does nothing but what a handler may do.
    unsafe { signal(SIGTERM, end) };
}

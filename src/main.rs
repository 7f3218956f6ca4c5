//! Starts the app, or, without a window, the core worker.
fn main() {}

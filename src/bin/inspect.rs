//! The core on the command line.
fn main() {}

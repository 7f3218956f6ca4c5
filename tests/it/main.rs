//! The native integration tests: one binary, so that it links once.

mod scoring;
mod tidy;
//! The native integration tests: one binary, a module for each room.

mod vault;

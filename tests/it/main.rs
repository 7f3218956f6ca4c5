//! The native integration tests: one binary, so that it links once.

mod scoring;
mod tidy;

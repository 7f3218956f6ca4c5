//! The native integration tests: one binary, so that it links once.

mod tidy;
